"""A next target proposed and broken down: the methods side by side, and who would carry how much of a sum.

Pure; part of `briefing`. Everything here is a proposal of ours (建议): no published figure rests on it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from cockpit.analysis.measures import Cube, Mask, Values
from cockpit.analysis.planning.allocation import CannotBeMet, Hold, spread_held, swayed, whole_bounds
from cockpit.analysis.planning.methods import (
    CEILINGS,
    METHODS,
    Proposal,
    benchmark,
    capacity,
    carried_on,
    catch_up,
    yearly_growth,
)
from cockpit.datasets.store.loading import Dataset
from cockpit.errors import CockpitError
from cockpit.policy.planning_design import PlanDesign
from cockpit.policy.records import Indicator

_LAND: Final = "land_in_use_mu"
_STAFF: Final = "staff_count"
_BASE_YEARS: Final = 3
_AHEAD: Final = 50  # years a target may lie ahead
_FEW: Final = 3  # methods a median is told of
_INVESTMENT: Final = "effective_investment_yuan"
_SEED: Final = 20_301_231
_BAND: Final = (5, 95)
# Where a fault lies, for who says it in words.
WEIGHTS: Final = "weights"
HELD: Final = "held "


@dataclass(frozen=True)
class Proposed:
    """What the methods propose for an indicator by a year. `observed` is the growth a year of the same towns over the
    last three full years, `span` the least and the most of those years; `median` that of the methods that gave a
    figure, ceilings apart, told of three and more."""

    indicator: Indicator
    base_year: int
    year: int
    base: float
    observed: float | None
    span: tuple[float, float] | None
    proposals: tuple[Proposal, ...]

    @property
    def median(self) -> float | None:
        known = [item.value for item in self.proposals if item.value is not None and item.method not in CEILINGS]
        return float(np.median(known)) if len(known) >= _FEW else None

    @property
    def median_yearly(self) -> float | None:
        """The growth a year the median asks for."""
        return None if self.median is None else yearly_growth(self.base, self.median, self.year - self.base_year)


@dataclass(frozen=True, eq=False)
class Breakdown:
    """A sum shared out.

    `shares` by town code in whole units that add up to `total` less `reserve`; `low`, `high` are what the share of a
    town, county or prefecture swings between under swayed weights. `without_base`: listed towns with no figure, which
    carry nothing and are named. `at_bound`: floor, ceiling, or `whole` where no whole unit lies between the two and
    one above the ceiling was taken. `held` are areas and towns with a sum a person gave them, `weights` those used.
    """

    indicator: Indicator
    base_year: int
    year: int
    total: float
    unit: float
    shares: Mapping[str, float]
    bases: Mapping[str, float]
    low: Mapping[str, float]
    high: Mapping[str, float]
    at_bound: Mapping[str, str]
    without_base: tuple[str, ...]
    is_equal: bool
    reserve: float = 0.0
    held: Mapping[str, float] = field(default_factory=dict)
    weights: Mapping[str, float] = field(default_factory=dict)

    @property
    def shared(self) -> float:
        """What the towns carry together."""
        return self.total - self.reserve


def last_full_year(cube: Cube) -> int:
    """The last year there are returns of.

    Raises:
        CockpitError: there is none.
    """
    years = [int(text) for text in cube.periods if len(text) == 4]
    if not years:
        raise CockpitError("no full year has returns", where="plan", remedy="choose a dataset with yearly returns")
    return max(years)


def propose(cube: Cube, dataset: Dataset, indicator: Indicator, year: int, design: PlanDesign) -> Proposed:
    """The methods side by side for one indicator of sums.

    Raises:
        CockpitError: a ratio, a year that is not ahead, no town with a base.
    """
    start = _checked(cube, indicator, year)
    listed = cube.in_scope("province", str(start))
    values = np.where(listed, cube.of(indicator.id, str(start)), np.nan)
    sizes = np.where(listed, cube.of(_LAND, str(start)), np.nan)
    if not (values > 0).any():
        raise CockpitError("no town has a base", where=indicator.id, remedy="choose another indicator or dataset")
    classes = np.asarray(dataset.towns["industry_class"].astype(str), dtype=np.str_)
    base = float(np.nansum(values))
    observed, span = _observed(cube, indicator, start)
    years, at = year - start, design.limit("benchmark")
    found = {
        "continue": carried_on(base, observed, years),
        "outer": carried_on(base, design.limit("outer"), years) if indicator.unit == "yuan" else None,
        "benchmark": benchmark(values, sizes, classes, at),
        "catch_up": catch_up(values, sizes, classes, design.limit("half_life"), years),
        "capacity": capacity(values, sizes, _planned_land(cube, dataset, start), classes, at),
        "bottom_up": _planned(cube, dataset, listed, start + 1) if indicator.id == _INVESTMENT else None,
    }
    proposals = tuple(
        Proposal(name, value, None if value is None else yearly_growth(base, value, years))
        for name, value in ((name, found[name]) for name in METHODS)
    )
    return Proposed(indicator, start, year, base, observed, span, proposals)


def _observed(cube: Cube, indicator: Indicator, start: int) -> tuple[float | None, tuple[float, float] | None]:
    """Growth a year of the same towns over the last three full years, and the least and most of single years."""
    now = cube.of(indicator.id, str(start))
    yearly = []
    for back in range(_BASE_YEARS):
        before, after = (cube.of(indicator.id, str(start - step)) for step in (back + 1, back))
        same = cube.in_scope("province", str(start)) & ~np.isnan(before) & ~np.isnan(after)
        grown = yearly_growth(float(before[same].sum()), float(after[same].sum()), 1)
        yearly += [] if grown is None else [grown]
    same = cube.in_scope("province", str(start)) & ~np.isnan(now)
    first = cube.of(indicator.id, str(start - _BASE_YEARS))
    same &= ~np.isnan(first)
    whole = yearly_growth(float(first[same].sum()), float(now[same].sum()), _BASE_YEARS) if same.any() else None
    return whole, (min(yearly), max(yearly)) if len(yearly) == _BASE_YEARS else None


def _planned_land(cube: Cube, dataset: Dataset, start: int) -> Values:
    """Land planned for production (all planned less residential), mu, by town; NaN where it is not told."""
    land = dataset.table("land")
    own = land[land["period"].astype(str) == str(start)]
    found = own.pivot_table(index="town_code", columns="land_type", values="area_mu", aggfunc="sum", observed=True)
    found = found.reindex(list(cube.towns))
    planned = found["planned"] if "planned" in found else pd.Series(np.nan, index=found.index)
    homes = found["residential"].fillna(0.0) if "residential" in found else 0.0
    return np.asarray(planned - homes, dtype=float)


def _planned(cube: Cube, dataset: Dataset, listed: Mask, year: int) -> float | None:
    """Investment a year in the three-year plans that run in a year, clause [3.4]; of towns that have one."""
    plans = dataset.table("plans")
    known = frozenset(code for code, is_on in zip(cube.towns, listed, strict=True) if is_on)
    starts, ends = (plans[name].astype(str).str[:4].astype(int) for name in ("starts_on", "ends_on"))
    runs = (starts <= year) & (ends >= year) & plans["town_code"].astype(str).isin(known)
    yearly = plans["planned_investment_yuan"] / (ends - starts + 1)
    return float(yearly[runs].sum()) if runs.any() else None


def break_down(
    cube: Cube,
    towns: pd.DataFrame,
    indicator: Indicator,
    year: int,
    total: float,
    unit: float,
    design: PlanDesign,
    *,
    mix: Mapping[str, float] | None = None,
    held: Mapping[str, float] | None = None,
    reserve: float = 0.0,
    sways: bool = True,
) -> Breakdown:
    """Share a sum out over the listed towns with a base.

    Args:
        total: base unit; a whole number of `unit`, in which the shares are whole.
        mix: weights in place of the record's, by their names; brought to a sum of 1.
        held: what towns, counties (330102) and prefectures (330100) carry together, by code, base unit.
        reserve: kept back for towns still to come and those without a base, base unit.
        sways: whether to draw what shares hang on; `low` and `high` are empty without.

    Raises:
        CockpitError: a ratio, a year that is not ahead, no town with a base, weights without a sum, a unit with no
            town that has a base.
        CannotBeMet: floors, ceilings and holds allow no such sum; `unit` names the area.
    """
    start = _checked(cube, indicator, year)
    if not (np.isfinite(total) and np.isfinite(reserve) and reserve >= 0):
        raise CockpitError(f"{total} less {reserve} is no sum", where="plan", remedy="give figures of 0 or more")
    listed = cube.in_scope("province", str(start))
    base = cube.of(indicator.id, str(start))
    has_base = listed & (base > 0)
    if not has_base.any():
        raise CockpitError("no town has a base", where=indicator.id, remedy="choose another indicator or dataset")
    at = np.flatnonzero(has_base)
    without = tuple(cube.towns[place] for place in np.flatnonzero(listed & ~has_base))
    limits = _bounds(base[at], towns["is_mountain_county"].to_numpy(dtype=bool)[at], year - start, design)
    low, high, is_tight = whole_bounds(*(limit / unit for limit in limits))
    parts, used = _parts(cube, indicator, at, start), weights_used(design, mix)
    holds = _holds(towns.iloc[at], {name: value / unit for name, value in (held or {}).items()})
    shared = total - reserve
    try:
        found = spread_held(round(shared / unit), used @ parts, low, high, holds)
    except CannotBeMet as told:
        kept = 0.0 if told.unit else reserve  # the whole is asked for with what is kept back
        total, least, most = (figure * unit + kept for figure in (told.total, told.least, told.most))
        raise CannotBeMet(total, least, most, told.unit, told.held * unit) from None
    codes = [cube.towns[place] for place in at]
    bounds = {code: "floor" for code, is_at in zip(codes, found.at_floor, strict=True) if is_at}
    bounds |= {code: "ceiling" for code, is_at in zip(codes, found.at_ceiling, strict=True) if is_at}
    own = dict(held or {})
    bounds |= {code: "whole" for code, is_at in zip(codes, is_tight, strict=True) if is_at and code not in own}

    def by_town(column: Values) -> dict[str, float]:
        return dict(zip(codes, map(float, column), strict=True))

    lower: dict[str, float] = {}
    upper: dict[str, float] = {}
    if sways:
        in_base = [Hold(hold.unit, hold.members, hold.value * unit) for hold in holds]
        count, width = int(design.limit("draws")), design.limit("sway")
        draws = swayed(shared, parts, used, low * unit, high * unit, count, width, _SEED, in_base)
        areas, members = _areas(towns.iloc[at])
        edges = [round(edge / 100 * (len(draws) - 1)) for edge in _BAND]
        swing = np.partition(np.hstack([draws, draws @ members]), edges, axis=0)
        names = (*codes, *areas)
        lower, upper = (dict(zip(names, map(float, swing[edge]), strict=True)) for edge in edges)
    return Breakdown(
        indicator, start, year, total, unit, by_town(found.values * unit), by_town(base[at]), lower, upper, bounds,
        without, found.is_equal, reserve, own, dict(zip(design.weights, map(float, used), strict=True)),
    )  # fmt: skip


def _areas(towns: pd.DataFrame) -> tuple[list[str], Values]:
    """Codes of counties and prefectures, and which towns (rows) lie in which (columns)."""
    names: list[str] = []
    columns: list[Values] = []
    for column in ("county_adcode", "prefecture_adcode"):
        codes = towns[column].astype(str).to_numpy()
        for name in sorted(set(codes)):
            names.append(name)
            columns.append((codes == name).astype(float))
    return names, np.column_stack(columns)


def weights_used(design: PlanDesign, mix: Mapping[str, float] | None) -> Values:
    """Weights in the order of the record, with a sum of 1.

    Raises:
        CockpitError: one is negative or unknown, or they add up to nothing.
    """
    given = np.array([(mix or {}).get(name, 0.0 if mix else item.value) for name, item in design.weights.items()])
    if not set(mix or {}) <= set(design.weights) or (given < 0).any() or not given.sum() > 0:
        raise CockpitError("weights add up to nothing", where=WEIGHTS, remedy="raise one of them above 0")
    return np.asarray(given / given.sum())


def _holds(towns: pd.DataFrame, held: Mapping[str, float]) -> Sequence[Hold]:
    """Held towns, then counties, then prefectures."""
    found: list[Hold] = []
    for column in ("town_code", "county_adcode", "prefecture_adcode"):
        codes = towns[column].astype(str).to_numpy()
        for unit in sorted(set(codes) & set(held)):
            found.append(Hold(unit, codes == unit, float(round(held[unit]))))
    if strange := sorted(set(held) - {hold.unit for hold in found}):
        raise CockpitError("no town with a base", where=f"{HELD}{strange[0]}", remedy="release it")
    return found


def _checked(cube: Cube, indicator: Indicator, year: int) -> int:
    start = last_full_year(cube)
    if indicator.kind == "ratio" or not indicator.is_additive:
        raise CockpitError(
            f"{indicator.id} is a ratio and is not shared out", where="plan", remedy="raise its worst towns instead"
        )
    if not start < year <= start + _AHEAD:
        wrong = "is not after" if year <= start else f"is more than {_AHEAD} years after"
        raise CockpitError(f"{year} {wrong} {start}", where="plan", remedy="name a year ahead")
    return start


def _bounds(base: Values, is_mountain: Mask, years: int, design: PlanDesign) -> tuple[Values, Values]:
    ceiling = np.where(is_mountain, design.limit("ceiling_mountain"), design.limit("ceiling"))
    return base * (1 + design.limit("floor")) ** years, base * (1 + ceiling) ** years


def _parts(cube: Cube, indicator: Indicator, at: npt.NDArray[np.intp], start: int) -> Values:
    """Shares of each kind of weight, a row a kind in the order of the record; a kind nobody has weighs as the base."""
    span = [cube.of(indicator.id, str(start - back))[at] for back in range(_BASE_YEARS)]
    with np.errstate(all="ignore"):
        mean = np.nanmean(np.vstack(span), axis=0)
    grown = np.maximum(span[0] - cube.of(indicator.id, str(start - _BASE_YEARS))[at], 0.0)
    rows = {
        "base": mean, "increment": grown, "land": cube.of(_LAND, str(start))[at],
        "staff": cube.of(_STAFF, str(start))[at],
    }  # fmt: skip
    shares = {name: np.nan_to_num(row) for name, row in rows.items()}
    base = shares["base"] / shares["base"].sum()
    return np.vstack([row / row.sum() if row.sum() > 0 else base for row in shares.values()])
