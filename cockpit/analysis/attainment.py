"""Is a target met? Verdicts when it is due, pace before, and the stated reasons when neither can be told.

Pure. The operator of the document is kept: 突破 strictly more, 以上 at least, 左右 within our tolerance.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from cockpit.policy.records import Sense, Target
from cockpit.units import Period
from cockpit.vocabulary import Status

Reason = Literal[
    "", "not_reported", "low_coverage", "within_year", "after_target", "target_year_missing", "no_growth", "filtered"
]


@dataclass(frozen=True)
class Limits:
    """Our parameters, read from the register: shares between 0 and 1."""

    tolerance: float
    coverage: float
    on_track: float


@dataclass(frozen=True)
class Attainment:
    """What can be said of one target for one period.

    `share` is value / target; `gap` is value - target in the indicator's base unit (shares: in share points);
    growth figures are annual rates.
    """

    status: Status
    reason: Reason = ""
    share: float | None = None
    gap: float | None = None
    needed_growth: float | None = None
    observed_growth: float | None = None


def is_met(value: float, target: float, sense: Sense, tolerance: float) -> bool:
    """Compare as the document says; `tolerance` counts for 左右 only and only downwards, more is never a failure."""
    if sense == "above":
        return value > target
    if sense == "at_least":
        return value >= target
    if sense == "at_most":
        return value <= target
    return value >= target * (1 - tolerance)


def needed_growth(value: float, target: float, years: int) -> float | None:
    """Annual growth that takes `value` to `target` in `years`; None when there is no base or no time."""
    if value <= 0 or years <= 0:
        return None
    return float((target / value) ** (1 / years) - 1)


def judge(
    value: float | None,
    coverage: float | None,
    target: Target,
    period: Period,
    observed_growth: float | None,
    limits: Limits,
    *,
    is_stock: bool = False,
) -> Attainment:
    """Judge a figure of `period` against `target`.

    Order of precedence: no data, cannot judge, verdict (the due year), pace (before it).

    Args:
        value: figure in base unit, or None.
        coverage: reported / expected towns, or None for a published province figure.
        observed_growth: growth on the year before, for the pace.
        is_stock: a count at a date; within a year it still has a distance to the target, a flow has none.
    """
    if value is None:
        return Attainment(Status.NO_DATA, "not_reported")
    # Part of a year, or a year no target is set for, is not like for like with the target: no distance is told.
    if period.year > target.due.year:
        return Attainment(Status.CANNOT_JUDGE, "after_target")
    aim = target.base_value
    share, gap = value / aim, value - aim
    if not period.is_full_year:
        distance = (share, gap) if is_stock else (None, None)
        return Attainment(Status.CANNOT_JUDGE, "within_year", *distance)
    if coverage is not None and coverage < limits.coverage:
        return Attainment(Status.CANNOT_JUDGE, "low_coverage", share, gap)
    met = is_met(value, aim, target.sense, limits.tolerance)
    if period.year == target.due.year:
        return Attainment(Status.ACHIEVED if met else Status.MISSED, "", share, gap)
    if met:
        return Attainment(Status.ON_TRACK, "", share, gap, None, observed_growth)
    needed = needed_growth(value, aim, target.due.year - period.year)
    if needed is None or observed_growth is None:
        return Attainment(Status.CANNOT_JUDGE, "no_growth", share, gap, needed, observed_growth)
    on_track = observed_growth / needed >= limits.on_track
    return Attainment(Status.ON_TRACK if on_track else Status.BEHIND, "", share, gap, needed, observed_growth)
