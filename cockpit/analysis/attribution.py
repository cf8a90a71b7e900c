"""Who makes a target's figure, its change and its gap: parts that sum exactly to the headline.

Pure. Gap: a town's expected value is the target times its share of the base year (our choice, `attribution_base_year`);
its contribution is actual less expected. For a ratio it is (numerator - target x denominator) / all denominators.
Gap and change alike are told in four parts: the same towns (counted and reported at both times), entrants, exits, and
towns counted both times that reported only once. Only the first are like for like: who leads or lags is read there.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

Values = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
# How a town takes part: counted and reported both times; newly counted; no longer counted; counted both times but
# reported only once. "silent" towns are counted now, were not before and did not report: they stand in no sum.
MOVEMENTS: Final = ("same", "entrant", "exit", "reporting")


def of_sum(actual: Values, base: Values, then: Mask, now: Mask, aim: float) -> Values:
    """Contribution of every town to (sum of `actual` - `aim`), base unit; NaN for towns that play no part.

    A town that should have reported and did not contributes minus its expected value: that keeps the sum exact and
    shows what the silence costs. Without any base-year figure there is no expected value and nothing to attribute.

    Args:
        actual, base: values of the judged period and of the base year, NaN where not reported.
        then, now: towns the target counts at the end of the base year and of the judged period.
        aim: the target in base unit.
    """
    result = np.full(len(actual), np.nan)
    had, has = then & ~np.isnan(base), now & ~np.isnan(actual)
    weight = np.where(had, base, 0.0)
    if weight.sum() <= 0 or not has.any():
        return result
    # Towns that left the list since the base year still carry their expected share: their going is part of the gap.
    counted = had | has
    result[counted] = np.where(has, actual, 0.0)[counted] - aim * weight[counted] / weight.sum()
    return result


def of_ratio(above: Values, below: Values, in_scope: Mask, aim: float) -> Values:
    """Contribution of every town to (sum above / sum below - `aim`), in share points (0.01 is one point)."""
    result = np.full(len(above), np.nan)
    counted = in_scope & ~np.isnan(above) & ~np.isnan(below)
    if counted.any():
        result[counted] = (above[counted] - aim * below[counted]) / below[counted].sum()
    return result


def movements(before: Values, after: Values, then: Mask, now: Mask) -> npt.NDArray[np.str_]:
    """The movement of every town between two periods, "silent" or "" for towns that play no part.

    Args:
        before, after: values of the two periods, NaN where not reported.
        then, now: towns the target counts at the end of each.
    """
    had, has = then & ~np.isnan(before), now & ~np.isnan(after)
    moves = np.full(len(before), "", dtype="<U9")
    moves[now & ~has] = "silent"
    moves[had & has] = "same"
    moves[has & ~then] = "entrant"
    moves[had & ~now] = "exit"
    moves[then & now & (had ^ has)] = "reporting"
    return moves


def gap_movements(had: Mask, has: Mask, then: Mask, now: Mask, *, is_ratio: bool) -> npt.NDArray[np.str_]:
    """How every town takes part in a gap: one of MOVEMENTS, or "" for towns that play no part.

    "reporting" are those counted now that did not report, and nobody else: a town that reports now and did not in the
    base year had nothing expected of it and stands with the entrants. A ratio expects nothing of a single town; there
    the base year tells only who was counted.

    Args:
        had, has: towns that reported the base year and the judged period.
        then, now: towns the target counts at the end of each.
    """
    was = then & (had | is_ratio)
    moves = np.full(len(had), "", dtype="<U9")
    moves[was & ~now] = "exit"
    moves[now & has & was] = "same"
    moves[now & has & ~was] = "entrant"
    moves[now & ~has] = "reporting"
    return moves


def level_of_sum(actual: Values, in_scope: Mask) -> Values:
    """What every town adds to the headline; NaN where it did not report or is not counted."""
    return np.where(in_scope, actual, np.nan)


def level_of_ratio(above: Values, below: Values, in_scope: Mask) -> Values:
    """What every town adds to the ratio: its numerator over all denominators, so that the parts sum to the ratio."""
    result = np.full(len(above), np.nan)
    counted = in_scope & ~np.isnan(above) & ~np.isnan(below)
    if counted.any():
        result[counted] = above[counted] / below[counted].sum()
    return result


def change_of_sum(before: Values, after: Values, then: Mask, now: Mask) -> Values:
    """What every town adds to (sum now - sum then); NaN for towns without a movement."""
    took_part = np.isin(movements(before, after, then, now), MOVEMENTS)
    was = np.where(then, np.nan_to_num(before), 0.0)
    is_now = np.where(now, np.nan_to_num(after), 0.0)
    return np.where(took_part, is_now - was, np.nan)


def change_of_ratio(
    above_before: Values, below_before: Values, above_after: Values, below_after: Values, then: Mask, now: Mask
) -> Values:
    """What every town adds to (ratio now - ratio then), in share points; NaN for towns without a movement.

    Each town is measured against the mean of both ratios, so that one above it adds by growing or joining and one below
    it by shrinking or leaving (Griliches and Regev); the parts sum exactly whatever the reference.
    """
    before, after = above_before + below_before, above_after + below_after
    had, has = then & ~np.isnan(before), now & ~np.isnan(after)
    result = np.full(len(before), np.nan)
    if not had.any() or not has.any():
        return result
    sums = below_before[had].sum(), below_after[has].sum()
    middle = (above_before[had].sum() / sums[0] + above_after[has].sum() / sums[1]) / 2
    result[had | has] = 0.0
    result[has] += (above_after[has] - middle * below_after[has]) / sums[1]
    result[had] -= (above_before[had] - middle * below_before[had]) / sums[0]
    return result


def by_group(values: Values, moves: npt.NDArray[np.str_], groups: npt.NDArray[np.str_], keep: Mask) -> pd.DataFrame:
    """Sum contributions by a group of every town, in four parts.

    Returns:
        `key`, one column for each of MOVEMENTS (NaN where a group has none of it) and `value`, their sum; the groups
        whose same towns widen the gap most come first.
    """
    known = keep & ~np.isnan(values)
    keys, place = np.unique(groups[known], return_inverse=True)
    sums = np.full((len(keys), len(MOVEMENTS)), np.nan)
    for column, movement in enumerate(MOVEMENTS):
        own = moves[known] == movement
        counts = np.bincount(place[own], minlength=len(keys))
        summed = np.bincount(place[own], weights=values[known][own], minlength=len(keys))
        sums[:, column] = np.where(counts > 0, summed, np.nan)
    order = np.argsort(np.nan_to_num(sums[:, 0]), kind="stable")
    frame = {movement: sums[order, column] for column, movement in enumerate(MOVEMENTS)}
    return pd.DataFrame({"key": keys[order], **frame, "value": np.nansum(sums, axis=1)[order]})


Places = npt.NDArray[np.intp]


def ends(values: Values, lows: int, highs: int) -> tuple[Places, Places, Places]:
    """(the lowest, the highest, those between) of contributions, as places in `values`; together they are all of them.

    Args:
        values: contributions without NaN; equal ones keep their order.
        lows, highs: how many to keep at either end; below zero at the low end, from zero on at the high end.
    """
    order = np.argsort(values, kind="stable")
    below = int((values < 0).sum())
    low, high = order[: min(lows, below)], order[max(below, len(order) - highs) :][::-1]
    return low, high, order[len(low) : len(order) - len(high)]
