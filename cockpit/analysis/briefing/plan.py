"""A next target proposed and broken down: the methods side by side, and who would carry how much of a sum.

Pure; part of `briefing`. Everything here is a proposal of ours (建议): no published figure rests on it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from cockpit.analysis.measures import Cube, Mask, Values
from cockpit.analysis.planning.allocation import raise_worst, spread, swayed, whole
from cockpit.analysis.planning.methods import (
    METHODS,
    Proposal,
    benchmark,
    carried_on,
    catch_up,
    yearly_growth,
)
from cockpit.errors import CockpitError
from cockpit.policy.planning_design import PlanDesign
from cockpit.policy.records import Indicator

_LAND: Final = "land_in_use_mu"
_STAFF: Final = "staff_count"
_BASE_YEARS: Final = 3
_SEED: Final = 20_301_231
_BAND: Final = (5, 95)


@dataclass(frozen=True)
class Proposed:
    """What the methods propose for an indicator by a year. `observed` is the growth a year of the same towns over the
    last three full years, `median` that of the methods that gave a figure."""

    indicator: Indicator
    base_year: int
    year: int
    base: float
    observed: float | None
    proposals: tuple[Proposal, ...]

    @property
    def median(self) -> float | None:
        known = [item.value for item in self.proposals if item.value is not None]
        return float(np.median(known)) if known else None


@dataclass(frozen=True, eq=False)
class Breakdown:
    """A sum shared out. `shares` by town code in whole units that add up to `total`; `low`, `high` are what the share
    swings between under swayed weights. `without_base`: listed towns with no figure, which carry nothing and are named.
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


def last_full_year(cube: Cube) -> int:
    """The last year there are returns of.

    Raises:
        CockpitError: there is none.
    """
    years = [int(text) for text in cube.periods if len(text) == 4]
    if not years:
        raise CockpitError("no full year has returns", where="plan", remedy="choose a dataset with yearly returns")
    return max(years)


def propose(cube: Cube, towns: pd.DataFrame, indicator: Indicator, year: int, design: PlanDesign) -> Proposed:
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
    classes = np.asarray(towns["industry_class"].astype(str), dtype=np.str_)
    base = float(np.nansum(values))
    same = ~np.isnan(values) & ~np.isnan(cube.of(indicator.id, str(start - _BASE_YEARS)))
    before = float(cube.of(indicator.id, str(start - _BASE_YEARS))[same].sum())
    observed = yearly_growth(before, float(values[same].sum()), _BASE_YEARS) if same.any() else None
    years = year - start
    found = {
        "continue": carried_on(base, observed, years),
        "benchmark": benchmark(values, sizes, classes, design.limit("benchmark")),
        "catch_up": catch_up(values, sizes, classes, design.limit("half_life"), years),
    }
    proposals = tuple(
        Proposal(name, value, None if value is None else yearly_growth(base, value, years))
        for name, value in ((name, found[name]) for name in METHODS)
    )
    return Proposed(indicator, start, year, base, observed, proposals)


def break_down(
    cube: Cube, towns: pd.DataFrame, indicator: Indicator, year: int, total: float, unit: float, design: PlanDesign
) -> Breakdown:
    """Share a sum out over the listed towns with a base.

    Args:
        total: base unit; a whole number of `unit`, in which the shares are whole.

    Raises:
        CockpitError: a ratio, a year that is not ahead, no town with a base.
        CannotBeMet: floors and ceilings allow no such sum.
    """
    start = _checked(cube, indicator, year)
    listed = cube.in_scope("province", str(start))
    base = cube.of(indicator.id, str(start))
    has_base = listed & (base > 0)
    if not has_base.any():
        raise CockpitError("no town has a base", where=indicator.id, remedy="choose another indicator or dataset")
    at = np.flatnonzero(has_base)
    without = tuple(cube.towns[place] for place in np.flatnonzero(listed & ~has_base))
    low, high = _bounds(base[at], towns["is_mountain_county"].to_numpy(dtype=bool)[at], year - start, design)
    parts = _parts(cube, indicator, at, start)
    mix = np.array([item.value for item in design.weights.values()])
    found = spread(total, mix @ parts, low, high)
    values = whole(found.values / unit, round(total / unit)) * unit
    draws = swayed(total, parts, mix, low, high, int(design.limit("draws")), design.limit("sway"), _SEED)
    lower, upper = np.percentile(draws, _BAND, axis=0)
    codes = [cube.towns[place] for place in at]
    bounds = {code: "floor" for code, is_at in zip(codes, found.at_floor, strict=True) if is_at}
    bounds |= {code: "ceiling" for code, is_at in zip(codes, found.at_ceiling, strict=True) if is_at}

    def by_town(column: Values) -> dict[str, float]:
        return dict(zip(codes, map(float, column), strict=True))

    return Breakdown(
        indicator, start, year, total, unit, by_town(values.astype(float)), by_town(base[at]), by_town(lower),
        by_town(upper), bounds, without, found.is_equal,
    )  # fmt: skip


@dataclass(frozen=True, eq=False)
class Raised:
    """A ratio reached by its worst towns: all below `level` come up to it. `raised` by town code: (now, then)."""

    indicator: Indicator
    base_year: int
    now: float
    aim: float
    level: float
    raised: Mapping[str, tuple[float, float]]


def raise_towns(cube: Cube, indicator: Indicator, aim: float) -> Raised:
    """The one floor for all towns at which their weighted mean reaches a ratio, by the denominators of today.

    Raises:
        CockpitError: no ratio, or no town that tells both of its parts.
    """
    start = last_full_year(cube)
    if not indicator.is_ratio or indicator.denominator is None:
        raise CockpitError(f"{indicator.id} is no ratio", where="plan", remedy="break it down instead")
    values, below = (cube.of(name, str(start)) for name in (indicator.id, indicator.denominator))
    known = cube.in_scope("province", str(start)) & ~np.isnan(values) & (below > 0)
    if not known.any():
        raise CockpitError("no town tells it", where=indicator.id, remedy="choose another indicator or dataset")
    own, weights = values[known], below[known]
    found = raise_worst(own, weights, aim)
    codes = [cube.towns[place] for place in np.flatnonzero(known)]
    raised = {
        code: (float(before), float(after))
        for code, before, after in zip(codes, own, found, strict=True)
        if after > before
    }
    now = float((own * weights).sum() / weights.sum())
    return Raised(indicator, start, now, aim, float(found.min()), raised)


def _checked(cube: Cube, indicator: Indicator, year: int) -> int:
    start = last_full_year(cube)
    if indicator.kind == "ratio" or not indicator.is_additive:
        raise CockpitError(
            f"{indicator.id} is a ratio and is not shared out", where="plan", remedy="raise its worst towns instead"
        )
    if not start < year:
        raise CockpitError(f"{year} is not after {start}", where="plan", remedy="name a year ahead")
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
