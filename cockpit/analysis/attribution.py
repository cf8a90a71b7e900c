"""Who opens and who closes the gap to a target: parts that sum exactly to the headline.

Pure. A town's expected value is the target times its share of the base year (our choice, `attribution_base_year`);
its contribution is actual less expected. For a ratio it is (numerator - target x denominator) / all denominators.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

Values = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]


def of_sum(actual: Values, base: Values, in_scope: Mask, aim: float) -> Values:
    """Contribution of every town to (sum of `actual` - `aim`), base unit; NaN for towns that play no part.

    A town that should have reported and did not contributes minus its expected value: that keeps the sum exact and
    shows what the silence costs. Without any base-year figure there is no expected value and nothing to attribute.

    Args:
        actual, base: values of the judged period and of the base year, NaN where not reported.
        in_scope: towns the target counts in the judged period.
        aim: the target in base unit.
    """
    result = np.full(len(actual), np.nan)
    base = np.nan_to_num(base)
    if base.sum() <= 0 or not (in_scope & ~np.isnan(actual)).any():
        return result
    expected = aim * base / base.sum()
    # Towns that left the list since the base year still carry their expected share: their going is part of the gap.
    counted = in_scope | (base > 0)
    result[counted] = np.where(in_scope, np.nan_to_num(actual), 0.0)[counted] - expected[counted]
    return result


def of_ratio(above: Values, below: Values, in_scope: Mask, aim: float) -> Values:
    """Contribution of every town to (sum above / sum below - `aim`), in share points (0.01 is one point)."""
    result = np.full(len(above), np.nan)
    counted = in_scope & ~np.isnan(above) & ~np.isnan(below)
    if counted.any():
        result[counted] = (above[counted] - aim * below[counted]) / below[counted].sum()
    return result


def by_group(values: Values, groups: pd.Series, keep: Mask) -> pd.DataFrame:
    """Sum contributions by a column of the towns table; returns `key`, `value` sorted from widening to closing."""
    known = keep & ~np.isnan(values)
    frame = pd.DataFrame({"key": groups.astype("str").to_numpy()[known], "value": values[known]})
    summed = frame.groupby("key", sort=True)["value"].sum().reset_index()
    return summed.sort_values(["value", "key"], ignore_index=True)


def by_town(values: Values, codes: pd.Series, keep: Mask, ends: int = 5) -> tuple[pd.DataFrame, int]:
    """Both ends of the ranking and one row for all others (key ""), so that the rows still sum to the whole.

    Returns the frame (`key`, `value`) and how many towns the middle row stands for.
    """
    known = keep & ~np.isnan(values)
    frame = pd.DataFrame({"key": codes.astype("str").to_numpy()[known], "value": values[known]})
    frame = frame.sort_values(["value", "key"], ignore_index=True)
    if len(frame) <= 2 * ends + 1:
        return frame, 0
    middle = frame.iloc[ends:-ends]
    rest = pd.DataFrame({"key": [""], "value": [middle["value"].sum()]})
    return pd.concat([frame.iloc[:ends], rest, frame.iloc[-ends:]], ignore_index=True), len(middle)
