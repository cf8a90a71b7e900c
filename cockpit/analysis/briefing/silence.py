"""What a figure could still become: bounds from the last figures of the towns that did not report.

Pure. A sum over those who reported is a lower bound, never the whole; a ratio may move either way. Our own method
(rule `silent_bounds`): a silent town counts with its newest earlier full-year figure carried on by the growth of the
same towns since then, never shrunk; one that has never reported counts like the median of those that did (in a ratio
with the outer quartile of their ratios).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from cockpit.analysis.measures import Cube, Mask, Values, measure, reported, same_towns
from cockpit.policy.records import Indicator
from cockpit.units import Period


@dataclass(frozen=True)
class Silence:
    """What the silent towns of one figure may weigh.

    `low` and `high` bound the figure (base unit), both equal to it where nobody is silent, None where nothing was
    reported. `last` is the sum of the silent towns' last figures (of a ratio its denominator), `unknown` how many of
    them have none. `weight` is the reporters' part (0-1) of all last figures, None where there are none.
    """

    towns: int
    low: float | None
    high: float | None
    last: float
    unknown: int
    weight: float | None


@lru_cache(maxsize=1024)
def silence(cube: Cube, indicator: Indicator, period: str, scope: str) -> Silence:
    """Bounds of one indicator's figure for one full year over a whole scope."""
    expected = cube.in_scope(scope, period)
    known = expected & reported(cube, indicator, period)
    silent = expected & ~known
    value = measure(cube, indicator, period, scope).value
    names = (indicator.numerator, indicator.denominator) if indicator.numerator else (indicator.id,)
    last = [_last(cube, indicator, str(name), period, scope) for name in names]
    weights = last[-1][0]
    whole = float(np.nansum(weights[expected]))
    found = Silence(
        towns=int(silent.sum()),
        low=value,
        high=value,
        last=float(np.nansum(weights[silent])),
        unknown=int((silent & np.isnan(weights)).sum()),
        weight=float(np.nansum(weights[known])) / whole if whole > 0 else None,
    )
    if value is None or not silent.any():
        return found
    if indicator.numerator and indicator.denominator:
        low, high = _ratio_ends(cube, indicator, period, known, silent, last[0][1], last[1][1])
    else:
        could = np.where(np.isnan(last[0][1]), _quantile(cube.of(indicator.id, period)[known], 50), last[0][1])[silent]
        low, high = value + float(np.minimum(could, 0.0).sum()), value + float(np.maximum(could, 0.0).sum())
    return Silence(found.towns, low, high, found.last, found.unknown, found.weight)


def _last(cube: Cube, indicator: Indicator, name: str, period: str, scope: str) -> tuple[Values, Values]:
    """(newest earlier full-year figure of every town, the same carried on by same towns' growth); NaN where none."""
    year = Period.parse(period).year
    newest, carried = np.full(len(cube.towns), np.nan), np.full(len(cube.towns), np.nan)
    for text in cube.periods:
        when = Period.parse(text)
        if not when.is_full_year or when.year >= year:
            continue
        told = reported(cube, indicator, text)
        figures = cube.of(name, text)
        same = same_towns(cube, indicator, scope, text, period)
        then, now = float(figures[same].sum()), float(cube.of(name, period)[same].sum())
        growth = max(1.0, now / then) if then > 0 else 1.0
        newest[told], carried[told] = figures[told], figures[told] * growth
    return newest, carried


def _quantile(values: Values, percent: float) -> float:
    return float(np.percentile(values, percent))


def _ratio_ends(
    cube: Cube, indicator: Indicator, period: str, known: Mask, silent: Mask, above: Values, below: Values
) -> tuple[float, float]:
    """Lowest and highest ratio of sums when any of the silent towns report what they last had."""
    tops, bottoms = cube.of(str(indicator.numerator), period)[known], cube.of(str(indicator.denominator), period)[known]
    has_figure = bottoms > 0
    own = tops[has_figure] / bottoms[has_figure]
    middle = float(np.median(bottoms))
    blank = silent & (np.isnan(above) | np.isnan(below))
    ends = []
    for sign, quartile in ((1, 25), (-1, 75)):
        numerators, denominators = above.copy(), below.copy()
        denominators[blank] = middle
        numerators[blank] = middle * _quantile(own, quartile)
        # Towns join from the outermost ratio on, as long as each still moves the whole that way.
        ratios = np.where(denominators[silent] > 0, numerators[silent] / np.maximum(denominators[silent], 1e-9), np.nan)
        top, bottom = float(tops.sum()), float(bottoms.sum())
        for place in np.argsort(sign * ratios):
            if np.isnan(ratios[place]) or (ratios[place] - top / bottom) * sign >= 0:
                break
            top, bottom = top + numerators[silent][place], bottom + denominators[silent][place]
        ends.append(top / bottom)
    return ends[0], ends[1]
