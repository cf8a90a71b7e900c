"""The per-mu evaluation of one year and land type: every named and creating town, classes within its peer group.

Pure; part of `briefing`. Filters play no part here: a class is a place among all peers, whoever is shown.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd

from cockpit.analysis.briefing.vitality import full_year
from cockpit.analysis.measures import Cube, Mask, Values
from cockpit.analysis.per_mu import Evaluation, Parameters, evaluate
from cockpit.analysis.published import Published, read_series
from cockpit.datasets.store.loading import Dataset
from cockpit.days import first_days
from cockpit.policy.per_mu_design import LAND, PerMuDesign
from cockpit.policy.register import Register
from cockpit.units import Period

SCOPES = ("named", "creating")
_SERIES = ("tax_per_mu_yuan", "output_per_mu_yuan")


@dataclass(frozen=True, eq=False)
class PerMu:
    """What the per-mu page says.

    `period` is the full year evaluated ("" when the data hold none). `rows` says which towns of the dataset stand here
    (positions), `values` (towns, items) in base units. `has_land` tells whether this land type has any area that year.
    `kept_back`: peer groups whose medians would tell the reader of too few others; they have places, and no bases,
    points or scores.
    """

    period: str
    land_type: str
    has_land: bool
    towns: pd.DataFrame
    rows: Mask
    values: Values
    area_mu: Values
    evaluation: Evaluation
    parameters: Parameters
    published: tuple[tuple[str, tuple[Published, ...]], ...]
    kept_back: frozenset[str] = frozenset()

    def shown(self, keep: Mask) -> Mask:
        """Which of the towns here a selection keeps, from its mask over all towns of the dataset."""
        return np.asarray(keep[self.rows])

    def over_all(self, here: Mask) -> Mask:
        """A mask of the towns here as one over all towns of the dataset."""
        whole = np.zeros(len(self.rows), dtype=bool)
        whole[self.rows] = here
        return whole

    def told(self, cube: Cube) -> PerMu:
        """As a reader is told of it; itself where nothing is kept back.

        A town's points are its figure over the group's median, its score is their sum, so they go with the medians.

        Args:
            cube: all towns of the dataset as he is told of them.
        """
        made, ranked = self.evaluation, self.evaluation.place > 0
        known = ~np.isnan(self.values)
        kept_back = frozenset(
            str(name)
            for name in np.unique(made.group)
            if any(cube.hides(self.over_all(ranked & (made.group == name) & of_item)) for of_item in (ranked, *known.T))
        )
        if not kept_back:
            return self
        hidden = np.isin(made.group, list(kept_back))
        told = replace(
            made,
            bases=np.where(hidden[:, None], np.nan, made.bases),
            points=np.where(hidden[:, None], np.nan, made.points),
            score=np.where(hidden, np.nan, made.score),
            is_capped=made.is_capped & ~hidden[:, None],
        )
        return replace(self, evaluation=told, kept_back=kept_back)

    def is_kept_back(self, row: int) -> bool:
        """Whether a town's peer group is one of those."""
        return str(self.evaluation.group[row]) in self.kept_back

    @property
    def is_computed(self) -> bool:
        return bool((self.evaluation.place > 0).any())


def read_parameters(design: PerMuDesign) -> Parameters:
    """The records as plain numbers."""
    required = tuple(item.is_required for item in design.items.values())
    return Parameters(
        weights=tuple(item.weight for item in design.items.values()),
        required=required,
        tax=required.index(True),
        cap=design.value("cap"),
        floor=design.value("floor"),
        weight_present=design.value("weight_present"),
        smallest_group=int(design.value("peer_group_minimum")),
        class_shares=(design.value("class_a"), design.value("class_b"), design.value("class_c")),
        tax_floor=design.value("tax_floor"),
        leaders=int(design.value("leaders")),
    )


def per_mu(dataset: Dataset, cube: Cube, register: Register, period: str, land_type: str) -> PerMu:
    """Evaluate the newest full year up to `period`.

    Args:
        land_type: one of those the design offers; areas of other types are not looked at.
    """
    design, year = register.per_mu, full_year(cube.periods, period) or ""
    rows = np.logical_or.reduce([cube.in_scope(scope, year) for scope in SCOPES])
    towns = dataset.towns[rows].reset_index(drop=True)
    area = _areas(dataset.table("land"), cube.towns, year, land_type)[rows]
    values = np.full((len(towns), len(design.items)), np.nan)
    idle = np.zeros(values.shape, dtype=bool)
    for column, item in enumerate(design.items.values()):
        below = area if item.denominator == LAND else cube.of(item.denominator, year)[rows]
        with np.errstate(divide="ignore", invalid="ignore"):
            # Nothing used or emitted leaves the ratio without meaning: not endless, and not silence either.
            above = cube.of(item.numerator, year)[rows]
            values[:, column] = np.where(below > 0, above / below, np.nan)
        idle[:, column] = item.is_idle_at_zero & (below == 0) & ~np.isnan(above)
    parameters = read_parameters(design)
    young = _is_young(towns["created_on"], year, int(design.value("young_years")))
    return PerMu(
        period=year,
        land_type=land_type,
        has_land=bool((~np.isnan(area)).any()),
        towns=towns,
        rows=rows,
        values=values,
        area_mu=area,
        evaluation=evaluate(values, list(towns["industry_class"].astype("str")), young, parameters, idle),
        parameters=parameters,
        published=tuple((name, read_series(dataset.table("published"), name)) for name in _SERIES),
    )


def _areas(land: pd.DataFrame, codes: tuple[str, ...], year: str, land_type: str) -> Values:
    """Area in mu of every town for one year and land type; NaN where there is none."""
    if not len(land):
        return np.full(len(codes), np.nan)
    wanted = land[(land["land_type"].astype("str") == land_type) & (land["period"].astype("str") == year)]
    areas = pd.Series(wanted["area_mu"].to_numpy(dtype=float), index=wanted["town_code"].astype("str"))
    return areas.reindex(list(codes)).to_numpy(dtype=float)


def _is_young(created: pd.Series, year: str, years: int) -> Mask:
    """Created less than `years` full years before the year's end; an unknown date counts as old."""
    if not year:
        return np.zeros(len(created), dtype=bool)
    end = Period.parse(year).last_day()
    # Created on the year's last day `years` ago: exactly that old at its end, so evaluated. A date known to the month
    # counts from its start.
    border = date(end.year - years, end.month, end.day)
    return np.asarray(first_days(created) > np.datetime64(border), dtype=bool)
