"""From returns to figures: the cube of town values and its sums, ratios, coverage and growth.

Pure. A missing value is NaN inside and None outside; it is never zero. Shares are ratios of sums.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from cockpit.policy.records import Indicator
from cockpit.policy.register import Register
from cockpit.units import Period

Values = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
LISTED: Final = ("named", "creating", "cultivating")


@dataclass(frozen=True)
class Measured:
    """A figure with its coverage: `reported` of `expected` towns stand behind `value`."""

    value: float | None
    reported: int
    expected: int

    @property
    def coverage(self) -> float | None:
        return self.reported / self.expected if self.expected else None


@dataclass(frozen=True, eq=False)
class Cube:
    """Values of every town, period and indicator of one dataset version.

    `values[p, t, i]` is in base units, NaN where not reported. `status[p, t]` is the list status at the period's end,
    "" before the town was listed. Towns stand in the order of the towns table.

    `seen` are the towns of a reader with a scope (None: all). He is told no sum that holds fewer than `least` others:
    less his own it would be theirs.
    """

    periods: tuple[str, ...]
    towns: tuple[str, ...]
    indicators: tuple[str, ...]
    values: Values
    status: npt.NDArray[np.str_]
    seen: Mask | None = None
    least: int = 0

    def hides(self, rows: Mask) -> bool:
        """Whether a sum over some towns would tell its reader of too few others."""
        return self.seen is not None and 0 < int((rows & ~self.seen).sum()) < self.least

    def of(self, indicator: str, period: str) -> Values:
        """Values of all towns for one indicator and period; NaN everywhere for a period without returns."""
        if period not in self.periods or indicator not in self.indicators:
            return np.full(len(self.towns), np.nan)
        return np.asarray(self.values[self.periods.index(period), :, self.indicators.index(indicator)])

    def in_scope(self, scope: str, period: str) -> Mask:
        """Towns a target of this scope counts at the period's end: all listed, or named, or creating ones."""
        return _in_scope(self, scope, period)


@lru_cache(maxsize=1024)
def _in_scope(cube: Cube, scope: str, period: str) -> Mask:
    if period not in cube.periods:
        found = np.zeros(len(cube.towns), dtype=bool)
    else:
        found = np.isin(cube.status[cube.periods.index(period)], LISTED if scope == "province" else (scope,))
    found.setflags(write=False)  # asked for hundreds of times a selection, so computed once and shared
    return found


def build_cube(
    towns: pd.DataFrame,
    returns: pd.DataFrame,
    land: pd.DataFrame,
    history: pd.DataFrame,
    register: Register,
    counted: pd.DataFrame | None = None,
) -> Cube:
    """Pivot returns and land into a cube and derive what is computed (investment, ratios per town, named count).

    Args:
        counted: values of the indicators that count elements, a row each (`analysis.elements.figures`).
    """
    codes = tuple(towns["town_code"].astype("str"))
    periods = tuple(sorted(set(map(str, returns["period"].unique())), key=Period.parse))
    names = tuple(register.indicators)
    values = np.full((len(periods), len(codes), len(names)), np.nan)
    _scatter(values, returns, codes, periods, names)
    if len(land):
        used = land[land["land_type"] == "in_use"]
        by_town = pd.DataFrame(
            {
                "town_code": used["town_code"],
                "period": used["period"],
                "indicator": "land_in_use_mu",
                "value": used["area_mu"],
            }
        )
        _scatter(values, by_town, codes, periods, names)
    if counted is not None:
        _scatter(values, counted, codes, periods, names)
    status = status_at(history, codes, periods)
    for name, indicator in register.indicators.items():
        column = values[:, :, names.index(name)]
        if indicator.origin_of_value == "list":
            column[:] = np.where(status == "", np.nan, (status == "named").astype(float))
        elif indicator.plus:
            column[:] = sum(values[:, :, names.index(part)] for part in indicator.plus) - sum(
                values[:, :, names.index(part)] for part in indicator.minus
            )
    for name, indicator in register.indicators.items():
        if indicator.numerator and indicator.denominator:
            below = values[:, :, names.index(indicator.denominator)]
            with np.errstate(divide="ignore", invalid="ignore"):
                ratio = values[:, :, names.index(indicator.numerator)] / below
            values[:, :, names.index(name)] = np.where(below > 0, ratio, np.nan)
    values.setflags(write=False)
    return Cube(periods, codes, names, values, status)


def _positions(known: tuple[str, ...], wanted: pd.Series) -> npt.NDArray[np.intp]:
    """Place of every wanted word among the known ones, -1 where it is none of them."""
    # Looked up once a distinct word: returns repeat a few hundred words over tens of thousands of rows.
    codes, words = pd.factorize(wanted)
    places = pd.Index(known).get_indexer(pd.Index(words).astype("str"))
    return np.where(codes < 0, -1, places[codes]) if len(places) else np.full(len(wanted), -1)


def _scatter(
    values: Values, rows: pd.DataFrame, codes: tuple[str, ...], periods: tuple[str, ...], names: tuple[str, ...]
) -> None:
    town = _positions(codes, rows["town_code"])
    period = _positions(periods, rows["period"])
    name = _positions(names, rows["indicator"])
    known = (town >= 0) & (period >= 0) & (name >= 0)
    values[period[known], town[known], name[known]] = rows["value"].to_numpy(dtype=float)[known]


def status_at(history: pd.DataFrame, codes: tuple[str, ...], periods: tuple[str, ...]) -> npt.NDArray[np.str_]:
    """List status of every town at the end of every period; "" before its first entry.

    Dates known to the month (`2020-10`) sort before any day of that month, which counts them from its start.
    """
    status = np.full((len(periods), len(codes)), "", dtype="<U16")
    ordered = history.assign(effective_on=history["effective_on"].astype("str"))
    ordered = ordered.sort_values("effective_on", kind="stable")  # of one day the later entry counts
    town = _positions(codes, ordered["town_code"])
    effective, words = ordered["effective_on"].to_numpy(), ordered["list_status"].astype("str").to_numpy()
    for row, period in enumerate(periods):
        end = Period.parse(period).last_day().isoformat()
        for index, day, word in zip(town, effective, words, strict=True):
            if index >= 0 and day <= end:
                status[row, index] = word
    return status


def measure(cube: Cube, indicator: Indicator, period: str, scope: str, keep: Mask | None = None) -> Measured:
    """Sum (or ratio of sums) over the towns in scope, with coverage; None where it would tell of too few others.

    Args:
        keep: which towns of the cube to count; None for all.
    """
    expected = cube.in_scope(scope, period)
    if keep is not None:
        expected = expected & keep
    known = expected & reported(cube, indicator, period)
    count, total = int(known.sum()), int(expected.sum())
    # Who is on the list is public, and so is how many are.
    is_hidden = indicator.origin_of_value != "list" and cube.hides(known)
    if not count or not indicator.is_additive or is_hidden:
        return Measured(None, count, total)
    if indicator.numerator and indicator.denominator:
        above, below = (cube.of(name, period)[known].sum() for name in (indicator.numerator, indicator.denominator))
        return Measured(float(above / below) if below > 0 else None, count, total)
    return Measured(float(cube.of(indicator.id, period)[known].sum()), count, total)


def same_towns(cube: Cube, indicator: Indicator, scope: str, *periods: str) -> Mask:
    """Towns in scope at the end of every one of `periods` that reported the figure of each."""
    found = np.ones(len(cube.towns), dtype=bool)
    for period in periods:
        found &= cube.in_scope(scope, period) & reported(cube, indicator, period)
    return found


def reported(cube: Cube, indicator: Indicator, period: str) -> Mask:
    """Towns that reported a figure; of a ratio both of its parts, so that a zero below is a report."""
    parts = (indicator.numerator, indicator.denominator)
    return _reported(cube, parts if all(parts) else (indicator.id,), period)


@lru_cache(maxsize=1024)
def _reported(cube: Cube, parts: tuple[str, ...], period: str) -> Mask:
    found: Mask = np.logical_and.reduce([~np.isnan(cube.of(part, period)) for part in parts])
    found.setflags(write=False)  # shared, as what is in scope
    return found


def growth(cube: Cube, indicator: Indicator, period: str, scope: str, keep: Mask | None = None) -> float | None:
    """Growth on the same period a year before, like for like; None when it cannot be told.

    Like for like are the towns in scope at both times that reported both; of the list itself, whose figure is who is on
    it, all towns are. A ratio's change comes back in points (0.012 is 1.2 points).
    """
    before = str(Period.parse(period).year_before())
    if before not in cube.periods:
        return None
    both = same_towns(cube, indicator, scope, period, before)
    if indicator.origin_of_value == "list":
        both = np.ones(len(cube.towns), dtype=bool)
    if keep is not None:
        both = both & keep
    now, then = (measure(cube, indicator, when, scope, both).value for when in (period, before))
    if now is None or then is None:
        return None
    if indicator.is_ratio:
        return now - then
    return now / then - 1 if then > 0 else None
