"""The vitality index of one full year: scores, ranks with their intervals, groups that cannot be told apart.

Pure; part of `briefing`. The design comes from the register; the engine (`analysis.vitality`) knows no towns.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

import numpy as np
import pandas as pd

from cockpit.analysis import vitality as engine
from cockpit.analysis.measures import Cube, Mask, Values
from cockpit.datasets.store.loading import Dataset
from cockpit.policy.index_design import DERIVED, IndexDesign, IndexRecord
from cockpit.policy.register import Register
from cockpit.units import Period

_TINY: Final = 1e-9  # 900 of 1,000 draws are nine tenths
SEPARATOR: Final = "."  # between dimension and weight in an address


@dataclass(frozen=True, eq=False)
class Vitality:
    """The index of all towns named or being created at a year's end.

    `index` (town_code -> 1 to 100, NaN = 数据不足) covers the whole population; `draws` [draws, towns] has its columns
    in the order of `index.index`. `ranking` is one row a town, best first, towns without an index last: name_zh,
    name_en, industry_class, prefecture_adcode, list_status (of that year), index, rank, low, high (rank interval),
    class_rank, class_low, class_high, class_size, coverage, band (1.. from the top, 0 without an index), class_band.

    `kept_back`: classes whose median would tell the reader of too few others.
    """

    period: str
    design: IndexDesign
    result: engine.Result
    draws: Values = field(repr=False)
    ranking: pd.DataFrame
    kept_back: frozenset[str] = frozenset()

    def told(self, cube: Cube) -> Vitality:
        """As a reader is told of it; itself where nothing is kept back.

        Args:
            cube: the towns as he is told of them; what hides a sum hides a median, of any item, for the class's scores
                and the town's own tell all of them.
        """
        places = {code: place for place, code in enumerate(cube.towns)}
        known = self.result.normalised.notna() & ~self.result.imputed
        kept_back = set()
        for name, rows in self.ranked.groupby("industry_class", observed=True):
            for item in (pd.Series(True, rows.index), *(known.loc[rows.index, item] for item in known.columns)):
                counted = np.zeros(len(cube.towns), dtype=bool)
                counted[[places[code] for code in rows.index[item]]] = True
                if cube.hides(counted):
                    kept_back.add(str(name))
        return replace(self, kept_back=frozenset(kept_back)) if kept_back else self

    @property
    def index(self) -> pd.Series:
        return self.result.index

    @property
    def is_empty(self) -> bool:
        """Whether no town has an index."""
        return not int(self.index.notna().sum())

    @cached_property
    def ranked(self) -> pd.DataFrame:
        return self.ranking[self.ranking["rank"].notna()]

    @cached_property
    def unranked(self) -> pd.DataFrame:
        return self.ranking[self.ranking["rank"].isna()]

    @cached_property
    def medians(self) -> dict[str, pd.Series]:
        """Class -> scores of its median town by node, for classes that are large enough."""
        found = {}
        for name, rows in self.ranked.groupby("industry_class", observed=True):
            if len(rows) >= self.design.index.smallest_class and str(name) not in self.kept_back:
                found[str(name)] = engine.reference(self.result, list(rows.index))
        return found

    def differences(self) -> pd.DataFrame:
        """[towns, dimensions] score less the class median's, NaN where either is missing."""
        dimensions = list(self.design.dimensions)
        frame = self.result.scores[dimensions].copy()
        base = pd.DataFrame(
            {name: median[dimensions] for name, median in self.medians.items()}, dimensions, dtype=float
        )
        classes = self.ranking["industry_class"].reindex(frame.index).astype("str")
        return frame - base.T.reindex(classes).to_numpy()

    def lacking(self, town: str) -> tuple[str, ...]:
        """Items that apply to the town and that it did not report."""
        prepared = self.result.prepared
        row = self.index.index.get_loc(town)
        names = [item.id for item in self.result.structure.indicators()]
        holes = prepared.applies[row] & ~prepared.reported[row]
        return tuple(name for name, hole in zip(names, holes, strict=True) if hole)

    def explain(self, town: str) -> pd.DataFrame | None:
        """Contributions over the class's median town, see `engine.contributions`; None where there is none."""
        if town not in self.ranked.index:
            return None
        base = self.medians.get(str(self.ranked.loc[town, "industry_class"]))
        return None if base is None else engine.contributions(self.result, town, base)


@dataclass(frozen=True, eq=False)
class Trial:
    """Ranks under other weights of the dimensions; the registered ones stay what they are.

    `rank` and `class_rank` by town; `weights` rescaled to sum 100; `moved` one row a town whose rank changes: before,
    after, change (positive is up), within (still inside the registered interval), largest first.
    """

    weights: dict[str, float]
    rank: pd.Series
    class_rank: pd.Series
    moved: pd.DataFrame


def most_weight(design: IndexDesign) -> int:
    """Largest weight a trial may give: twice the largest registered one."""
    return int(2 * max(group.weight for group in design.dimensions.values()))


def read_weights(asked: Sequence[str], design: IndexDesign) -> tuple[dict[str, int], tuple[str, ...]]:
    """Weights on trial as an address writes them, `industry.26`; what cannot be read comes back as junk."""
    weights: dict[str, int] = {}
    junk = []
    for text in asked:
        name, _, figure = text.partition(SEPARATOR)
        if name in design.dimensions and figure.isdecimal() and len(figure) < 4 and int(figure) <= most_weight(design):
            weights[name] = int(figure)
        else:
            junk.append(text)
    return weights, tuple(junk)


def write_weights(weights: Mapping[str, float], design: IndexDesign) -> list[str]:
    """The weights that differ from the registered ones, as an address writes them."""
    return [
        f"{name}{SEPARATOR}{weight:.0f}" for name, weight in weights.items() if weight != design.dimensions[name].weight
    ]


def full_year(periods: tuple[str, ...], asked: str) -> str | None:
    """The year the index is of: the one asked for, for a part of a year the newest full year up to it."""
    years = [period for text in periods if (period := Period.parse(text)).is_full_year]
    fitting = [year for year in years if year.year <= Period.parse(asked).year]
    return str(max(fitting)) if fitting else None


def town_values(dataset: Dataset, cube: Cube, design: IndexDesign, period: str) -> pd.DataFrame:
    """The table the engine reads: towns of the population by code, columns in base units, and their class."""
    keep = np.zeros(len(cube.towns), dtype=bool)
    for status in design.index.population:
        keep |= cube.in_scope(status, period)
    names = {name for item in design.items.values() for name in (item.column or item.id, item.denominator) if name}
    columns = {name: cube.of(name, period)[keep] for name in sorted(names - {*DERIVED})}
    towns = dataset.towns[keep]
    if "output_growth" in names:
        years = design.index.growth_years
        before = cube.of("total_output_yuan", str(Period(Period.parse(period).year - years)))[keep]
        now = cube.of("total_output_yuan", period)[keep]
        with np.errstate(invalid="ignore", divide="ignore"):
            columns["output_growth"] = np.where((before > 0) & (now > 0), (now / before) ** (1 / years) - 1, np.nan)
    table = pd.DataFrame(columns, index=pd.Index(towns["town_code"].astype("str"), name="town_code"))
    table["industry_class"] = towns["industry_class"].astype("str").to_numpy()
    return table


def vitality(dataset: Dataset, cube: Cube, register: Register, period: str) -> Vitality | None:
    """The index of a full year; None where the year has no towns of the population.

    Args:
        period: a full year with returns (`full_year`).
    """
    design, result = register.vitality, index_of(dataset, cube, register, period)
    if result is None:
        return None
    drawn = engine.draw(result, _draws(design.index))
    return Vitality(period, design, result, drawn.draws, _ranking(dataset, cube, period, result, drawn, design.index))


def index_of(dataset: Dataset, cube: Cube, register: Register, period: str) -> engine.Result | None:
    """Scores of a full year without draws; None where the year has no towns of the population."""
    design = register.vitality
    table = town_values(dataset, cube, design, period)
    if not len(table):
        return None
    return engine.compute(table, engine.structure_of(design), idle_items(cube, design, table, period))


def _draws(top: IndexRecord) -> engine.Draws:
    return engine.Draws(
        top.draws, top.draw_seed, top.draw_spread, top.draw_normalisations, top.draw_aggregations,
        top.draw_inner_aggregations,
    )  # fmt: skip


def star_draws(result: engine.Result, design: IndexDesign) -> Values:
    """[draws, towns] the index under other weights alone: on the registered scale and means, which the stars' levels
    are set for, and with a missing item where the index has it, so that silence steadies no star."""
    top = design.index
    only = engine.Draws(
        top.draws, top.draw_seed, top.draw_spread, (top.normalisation,), (top.aggregation,), is_lending=False
    )
    return engine.draw(result, only).draws


def idle_items(cube: Cube, design: IndexDesign, table: pd.DataFrame, period: str) -> dict[str, Mask]:
    """Item -> towns it does not apply to: a growth over years in which the town was not yet on the list, and a ratio
    over a zero that was reported where the record says so. What merely was not reported is not among them."""
    at_zero = {name: item.denominator for name, item in design.items.items() if item.is_idle_at_zero}
    found = {name: (table[column] == 0).to_numpy() for name, column in at_zero.items()}
    before = str(Period(Period.parse(period).year - design.index.growth_years))
    if before in cube.periods:
        listed = np.logical_or.reduce([cube.in_scope(status, before) for status in design.index.population])
        places = {code: place for place, code in enumerate(cube.towns)}
        rows = [places[code] for code in table.index]
        found |= {name: ~listed[rows] for name, item in design.items.items() if (item.column or name) in DERIVED}
    return found


def _ranking(
    dataset: Dataset, cube: Cube, period: str, result: engine.Result, drawn: engine.Uncertainty, top: IndexRecord
) -> pd.DataFrame:
    interval = top.interval
    towns = dataset.towns.set_index(dataset.towns["town_code"].astype("str"))
    # The status of that year, not today's: the list has moved on since.
    towns = towns.assign(list_status=cube.status[cube.periods.index(period)]).loc[result.index.index]
    frame = pd.DataFrame(
        {
            name: towns[name].astype("str")
            for name in ("name_zh", "name_en", "industry_class", "prefecture_adcode", "county_adcode", "list_status")
        }
    )
    frame["index"] = result.index
    frame["rank"], frame["class_rank"] = result.rank, result.rank_in_group
    frame["coverage"] = result.coverage[result.structure.root.id]
    frame["low"], frame["high"] = engine.rank_interval(drawn.ranks, interval)
    frame["class_low"], frame["class_high"], frame["class_size"] = np.nan, np.nan, 0
    frame["class_band"] = 0
    for name in frame["industry_class"].unique():
        inside = (frame["industry_class"] == name).to_numpy()
        low, high = engine.rank_interval(engine.rank_draws(drawn.draws[:, inside]), interval)
        frame.loc[inside, "class_low"], frame.loc[inside, "class_high"] = low, high
        frame.loc[inside, "class_size"] = int(frame.loc[inside, "rank"].notna().sum())
        frame.loc[inside, "class_band"] = bands(frame["class_rank"][inside], drawn.draws[:, inside], top.apart)
    frame["band"] = bands(frame["rank"], drawn.draws, top.apart)
    return frame.sort_values(["rank", "name_zh"], kind="stable")


def bands(rank: pd.Series, draws: Values, apart: float) -> pd.Series:
    """Number of the band each town is in, from 1 at the top; 0 without a rank.

    By rank, a town joins the running band unless the draws order it, either way, against one of the band's towns in at
    least the share `apart`; then it begins the next. So no two towns of a band are told apart. The converse does not
    hold: towns on either side of a border may be alike too.

    Args:
        draws: [draws, towns] indices, columns in the order of `rank`.
    """
    numbers = np.zeros(len(rank), dtype=int)
    order = np.argsort(rank.to_numpy(), kind="stable")[: int(rank.notna().sum())]
    # Only towns of the running band are compared: all pairs of some thousand towns would take half a minute.
    ranks, first, number = engine.small_ranks(draws[:, order]), 0, 0
    for place, town in enumerate(order):
        if place == first or engine.clearest_order(ranks, place, slice(first, place)) >= apart - _TINY:
            first, number = place, number + 1
        numbers[town] = number
    return pd.Series(numbers, index=rank.index)


def try_weights(found: Vitality, weights: dict[str, float]) -> Trial:
    """Ranks under other weights of the dimensions; no draws are made.

    Args:
        weights: dimension -> weight, any scale, not all zero; dimensions left out keep the registered one.
    """
    given = {name: weights.get(name, group.weight) for name, group in found.design.dimensions.items()}
    total = sum(given.values())
    # The towns stay those of the registered ranking: thresholds hang on weights and would let others in or out.
    root = replace(found.result.structure.root, present=0.0)
    relaxed = replace(found.result, structure=replace(found.result.structure, root=root, present_overall=0.0))
    index = engine.reweigh(relaxed, given).index.where(found.index.notna())
    rank = pd.Series(engine.rank_of(index.to_numpy()), index=index.index)
    ranked = found.ranked
    moved = pd.DataFrame({"before": ranked["rank"], "after": rank.reindex(ranked.index)})
    moved["change"] = moved["before"] - moved["after"]
    moved["within"] = (moved["after"] >= ranked["low"]) & (moved["after"] <= ranked["high"])
    moved = moved[moved["change"] != 0]
    order = moved["change"].abs().sort_values(ascending=False, kind="stable").index
    return Trial(
        weights={name: 100 * weight / total for name, weight in given.items()},
        rank=rank,
        class_rank=index.groupby(found.ranking["industry_class"].reindex(index.index)).rank(
            ascending=False, method="min"
        ),
        moved=moved.loc[order],
    )
