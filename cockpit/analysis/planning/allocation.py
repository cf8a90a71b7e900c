"""Who carries how much: a sum in proportion to weights, between floors and ceilings, in whole units.

Pure. The rule is that of allocation tools (proportional spread with holds) and of published burden-sharing keys with
floors and ceilings (COM(2022)231, annex): a share is its weight times one factor, cut at its bounds, and the factor is
the one at which the shares add up to the sum. It is unique, so that neither the order of units nor that of the cuts
matters, and a unit with more weight never gets less.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
_ROUNDS: Final = 200
_CLOSE: Final = 1e-9


class CannotBeMet(ValueError):
    """The bounds leave no way to reach the sum: `least` and `most` are what they allow, `unit` the held area whose sum
    it is, "" for the whole; `held` is what people gave units within it."""

    def __init__(self, total: float, least: float, most: float, unit: str = "", held: float = 0.0) -> None:
        super().__init__(f"{total:g} is not between {least:g} and {most:g}" + (f" in {unit}" if unit else ""))
        self.total, self.least, self.most, self.unit, self.held = total, least, most, unit, held


@dataclass(frozen=True, eq=False)
class Hold:
    """Units (`members`, at least one) that a person gave a sum together; of nested ones the smaller come first."""

    unit: str
    members: Mask
    value: float


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


def spread_held(total: int, weights: Values, low: Values, high: Values, holds: Sequence[Hold]) -> Shares:
    """Spread a whole sum over units in whole numbers, each held area keeping its own sum.

    A held single unit has its value whatever its bounds. Within a held area, and over what no hold covers, the rest is
    spread as by `spread` between whole bounds.

    Args:
        total: whole number. holds: the smaller areas first; areas are nested or apart, values whole.

    Raises:
        CannotBeMet: with the area whose sum its bounds, or the holds within it, do not allow.
    """
    low, high, _ = whole_bounds(low, high)
    values, floors, ceilings = np.full(len(weights), np.nan), *np.zeros((2, len(weights)), dtype=bool)
    is_equal = False
    everything = Hold("", np.ones(len(weights), dtype=bool), total)
    for hold in (*holds, everything):
        at = np.flatnonzero(hold.members & np.isnan(values))
        given = float(np.nansum(values[hold.members]))
        rest = hold.value - given
        if int(hold.members.sum()) == 1 and hold.unit:
            values[at] = rest
            continue
        try:
            part = spread(rest, weights[at], low[at], high[at]) if len(at) else None
        except CannotBeMet as bounds:
            raise CannotBeMet(hold.value, given + bounds.least, given + bounds.most, hold.unit, given) from None
        if part is None:
            if abs(rest) > _CLOSE * max(1.0, abs(hold.value)):
                raise CannotBeMet(hold.value, given, given, hold.unit, given)
            continue
        values[at] = whole(part.values, round(rest))
        floors[at], ceilings[at] = part.at_floor, part.at_ceiling
        is_equal = is_equal or part.is_equal
    return Shares(values, floors, ceilings, is_equal)


def whole_bounds(low: Values, high: Values) -> tuple[Values, Values, Mask]:
    """Floors and ceilings in whole numbers, and where none lies between the two: there the floor, rounded up, is both,
    above the ceiling, which must be told."""
    up, down = np.ceil(low - _CLOSE), np.floor(high + _CLOSE)
    return up, np.maximum(down, up), down < up


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
    total: float,
    parts: Values,
    mix: Values,
    low: Values,
    high: Values,
    draws: int,
    width: float,
    seed: int,
    holds: Sequence[Hold] = (),
) -> Values:
    """Shares under weights drawn around those set: rows are draws, columns units.

    Args:
        parts: shares of each kind of weight, a row a kind, a column a unit. mix: how much each kind counts.
        width: each of `mix` is drawn between (1 - width) and (1 + width) of itself.
        holds: as `spread_held` takes them, which must have accepted them.
    """
    drawn = np.random.default_rng(seed).uniform(1 - width, 1 + width, (draws, len(mix))) * mix
    weights = (drawn / drawn.sum(axis=1, keepdims=True)) @ parts
    values: Values = np.empty_like(weights)
    is_open = np.ones(parts.shape[1], dtype=bool)
    for hold in (*holds, Hold("", np.ones(parts.shape[1], dtype=bool), total)):
        at = np.flatnonzero(hold.members & is_open)
        given = float(values[0, hold.members & ~is_open].sum())
        if len(at):
            is_single = int(hold.members.sum()) == 1 and hold.unit
            rest = hold.value - given
            values[:, at] = rest if is_single else _many(rest, weights[:, at], low[at], high[at])
        is_open &= ~hold.members
    return values


def _many(total: float, weights: Values, low: Values, high: Values) -> Values:
    """As `spread`, for many rows of weights at once: what passes a bound is cut and the rest shared again, the side
    that passes by more first, until nothing changes."""
    values: Values = np.where(weights > 0, 0.0, low)
    is_free = weights > 0
    for _ in range(weights.shape[1] + 1):
        free = np.where(is_free, weights, 0.0)
        above = free.sum(axis=1)
        rest = total - np.where(is_free, 0.0, values).sum(axis=1)
        asked = weights * np.divide(rest, above, out=np.zeros_like(rest), where=above > 0)[:, None]
        under, over = is_free & (asked < low), is_free & (asked > high)
        short = np.where(under, low - asked, 0.0).sum(axis=1)
        much = np.where(over, asked - high, 0.0).sum(axis=1)
        cut_low, cut_high = under & (short >= much)[:, None], over & (much >= short)[:, None]
        values = np.where(is_free, asked, values)
        if not (cut_low.any() or cut_high.any()):
            break
        values = np.where(cut_low, low, np.where(cut_high, high, values))
        is_free &= ~(cut_low | cut_high)
    return values
