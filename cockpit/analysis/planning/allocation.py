"""Who carries how much: a sum in proportion to weights, between floors and ceilings, in whole units.

Pure. The rule is that of allocation tools (proportional spread with holds) and of published burden-sharing keys with
floors and ceilings (COM(2022)231, annex): a share is its weight times one factor, cut at its bounds, and the factor is
the one at which the shares add up to the sum. It is unique, so that neither the order of units nor that of the cuts
matters, and a unit with more weight never gets less.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
_ROUNDS: Final = 200
_CLOSE: Final = 1e-9


class CannotBeMet(ValueError):
    """The bounds leave no way to reach the sum: `least` and `most` are what they allow."""

    def __init__(self, total: float, least: float, most: float) -> None:
        super().__init__(f"{total:g} is not between {least:g} and {most:g}")
        self.total, self.least, self.most = total, least, most


@dataclass(frozen=True, eq=False)
class Shares:
    """Shares of a sum. `at_floor`, `at_ceiling`: units a bound cuts. `is_equal`: no free unit had weight, all got
    the same, which must be told."""

    values: Values
    at_floor: Mask
    at_ceiling: Mask
    is_equal: bool


def spread(total: float, weights: Values, low: Values | None = None, high: Values | None = None) -> Shares:
    """Spread a sum over units by weight.

    Args:
        total: what the shares add up to.
        weights: one a unit, none negative; a unit held to a value has it as both bounds.
        low, high: floors and ceilings; none where not given.

    Raises:
        CannotBeMet: the bounds allow no such sum.
        ValueError: a weight is negative or missing, or a floor above its ceiling.
    """
    weights = np.asarray(weights, dtype=float)
    low = np.zeros(len(weights)) if low is None else np.asarray(low, dtype=float)
    high = np.full(len(weights), np.inf) if high is None else np.asarray(high, dtype=float)
    if not np.all(weights >= 0) or not np.all(low <= high):
        raise ValueError("weights are 0 or more, floors at most the ceilings")
    least, most = float(low.sum()), float(high.sum())
    slack = _CLOSE * max(1.0, abs(total))
    if total < least - slack or total > most + slack:
        raise CannotBeMet(total, least, most)
    is_free = low < high
    is_equal = not (weights[is_free] > 0).any() and bool(is_free.any())
    used = np.where(is_free, 1.0, 0.0) if is_equal else weights
    values = np.clip(used * _factor(total, used, low, high), low, high)
    # What units without weight leave over is given to those that may take it, which only a tight ceiling makes happen.
    if (rest := total - float(values.sum())) > slack:
        values = values + rest * (high - values) / float((high - values).sum())
    return Shares(values, is_free & (values <= low + slack), is_free & (values >= high - slack), is_equal)


def _factor(total: float, weights: Values, low: Values, high: Values) -> float:
    """The factor at which the cut shares add up to the sum, found between the bounds' own ones: there it is linear."""
    heavy = weights > 0
    with np.errstate(over="ignore"):
        bounds = np.concatenate([low[heavy] / weights[heavy], high[heavy] / weights[heavy]])
    marks = np.unique(bounds[np.isfinite(bounds)])
    sums = np.array([np.clip(weights * mark, low, high).sum() for mark in marks])
    place = int(np.searchsorted(sums, total))
    if place < len(marks) and (place == 0 or sums[place] == total):
        return float(marks[place])
    if place == len(marks):
        # Above the last mark only units without a ceiling still grow.
        open_weight = float(weights[heavy & np.isinf(high)].sum())
        start, reached = (float(marks[-1]), float(sums[-1])) if len(marks) else (0.0, float(low.sum()))
        return start + (total - reached) / open_weight if open_weight else start
    before, after = float(marks[place - 1]), float(marks[place])
    return before + (after - before) * (total - float(sums[place - 1])) / float(sums[place] - sums[place - 1])


def whole(values: Values, total: int) -> npt.NDArray[np.int64]:
    """Whole numbers that add up to `total`: each rounded down, what is left to the largest remainders; of equal ones to
    the first in order."""
    floors = np.floor(values + _CLOSE).astype(np.int64)
    left = int(total - floors.sum())
    order = np.argsort(-(values - floors), kind="stable")
    found = floors.copy()
    found[order[:left]] += 1
    return found


def raise_worst(values: Values, weights: Values, aim: float) -> Values:
    """The least each unit must reach so that the weighted mean is `aim`: ratios are not shared out, the worst ones are
    raised to one level and all others stay.

    Args:
        values: a ratio a unit. weights: what its denominator will be.

    Raises:
        ValueError: the weights add up to nothing.
    """
    if not weights.sum() > 0:
        raise ValueError("the weights add up to nothing")
    low, high = float(values.min()), max(float(values.max()), aim)
    for _ in range(_ROUNDS):
        level = (low + high) / 2
        if float((np.maximum(values, level) * weights).sum() / weights.sum()) < aim:
            low = level
        else:
            high = level
    return np.maximum(values, high) if float((values * weights).sum() / weights.sum()) < aim else values


def swayed(
    total: float, parts: Values, mix: Values, low: Values, high: Values, draws: int, width: float, seed: int
) -> Values:
    """Shares under weights drawn around those set: rows are draws, columns units.

    Args:
        parts: shares of each kind of weight, a row a kind, a column a unit. mix: how much each kind counts.
        width: each of `mix` is drawn between (1 - width) and (1 + width) of itself.
    """
    drawn = np.random.default_rng(seed).uniform(1 - width, 1 + width, (draws, len(mix))) * mix
    weights = (drawn / drawn.sum(axis=1, keepdims=True)) @ parts
    return _many(total, weights, low, high)


def _many(total: float, weights: Values, low: Values, high: Values) -> Values:
    """As `spread`, for many rows of weights at once: the factor of each is halved down to."""
    least, most = np.zeros(len(weights)), np.full(len(weights), 1.0)
    for _ in range(_ROUNDS):  # a factor that is surely enough
        short = np.clip(weights * most[:, None], low, high).sum(axis=1) < total
        if not short.any():
            break
        most[short] *= 2
    for _ in range(60):
        middle = (least + most) / 2
        short = np.clip(weights * middle[:, None], low, high).sum(axis=1) < total
        least, most = np.where(short, middle, least), np.where(short, most, middle)
    found: Values = np.clip(weights * most[:, None], low, high)
    return found
