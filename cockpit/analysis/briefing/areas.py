"""What each prefecture or county has of a measure: figure, growth of the same towns, coverage, best town.

A ratio is one of sums; missing is None, and an area without a selected town is not in the list.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

import numpy as np

from cockpit.analysis.briefing.overview import Briefing
from cockpit.analysis.measures import Mask, growth, measure, same_towns
from cockpit.policy.records import Indicator
from cockpit.units import Period

Level = Literal["prefecture", "county"]
_SCOPE: Final = "province"
_IN_POINTS: Final = "share"


@dataclass(frozen=True)
class AreaFigure:
    """One area: `value` in base unit, `above` and `below` the sums of a ratio, `growth` of the same towns on the year
    before (a share; of shares the difference), `reported` of `expected` towns, the town with the highest value."""

    code: str
    value: float | None
    growth: float | None
    above: float | None
    below: float | None
    reported: int
    expected: int
    best: str = ""
    best_value: float | None = None

    @property
    def is_silent(self) -> bool:
        """Towns there are, but no figure."""
        return self.value is None


def growth_is_in_points(indicator: Indicator) -> bool:
    """Whether growth of an indicator is a difference of shares."""
    return indicator.is_ratio and indicator.unit == _IN_POINTS


@lru_cache(maxsize=256)
def area_figures(briefing: Briefing, indicator: Indicator | None, level: Level) -> tuple[AreaFigure, ...]:
    """Every area with selected towns, high to low, those without a figure last; None counts the towns."""
    codes = briefing.dataset.towns[f"{level}_adcode"].astype("str").to_numpy()
    found = [
        area_figure(briefing, indicator, briefing.keep & (codes == code), str(code))
        for code in sorted(set(codes[briefing.keep]))
    ]
    return tuple(sorted(found, key=lambda area: (area.value is None, -(area.value or 0.0), area.code)))


def area_figure(briefing: Briefing, indicator: Indicator | None, keep: Mask, code: str = "") -> AreaFigure:
    """The figure of the towns in `keep`."""
    if indicator is None:
        count = int(keep.sum())
        return AreaFigure(code, float(count), None, None, None, count, count)
    cube, period = briefing.cube, briefing.selection.period
    measured = measure(cube, indicator, period, _SCOPE, keep)
    above = below = None
    if indicator.numerator and indicator.denominator and measured.value is not None:
        known = keep & cube.in_scope(_SCOPE, period) & same_towns(cube, indicator, _SCOPE, period)
        above, below = (
            float(cube.of(name, period)[known].sum()) for name in (indicator.numerator, indicator.denominator)
        )
    towns = np.where(keep & cube.in_scope(_SCOPE, period), cube.of(indicator.id, period), np.nan)
    best, best_value = "", None
    if not np.isnan(towns).all():
        place = int(np.nanargmax(towns))
        best, best_value = cube.towns[place], float(towns[place])
    change = _growth(briefing, indicator, keep)
    return AreaFigure(
        code, measured.value, change, above, below, measured.reported, measured.expected, best, best_value
    )


def _growth(briefing: Briefing, indicator: Indicator, keep: Mask) -> float | None:
    cube, period = briefing.cube, briefing.selection.period
    change = growth(cube, indicator, period, _SCOPE, keep)
    if change is None or not indicator.is_ratio or growth_is_in_points(indicator):
        return change
    # Of money per something the change is told in per cent of what it was, like that of the money itself.
    before = str(Period.parse(period).year_before())
    both = keep & same_towns(cube, indicator, _SCOPE, period, before)
    then = measure(cube, indicator, before, _SCOPE, both).value
    return change / then if then else None
