"""Is a target met? Verdicts when it is due, pace before, and the stated reasons when neither can be told.

Pure. The operator of the document is kept: 突破 strictly more, 以上 at least, 左右 within our tolerance. The pace is
that of the official statistics of the Sustainable Development Goals: observed over required compound annual growth
since a base year. What that method cannot tell is said with its reason; no number is put in its place.
A figure of those who reported is judged only where those who did not could not turn the word: see `judge_between`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from cockpit.policy.records import Sense, Target
from cockpit.units import Period, reaches
from cockpit.vocabulary import Status

# Why no pace can be told; "" where it can.
PaceReason = Literal[
    "", "already_met", "before_base", "too_few", "base_missing", "base_coverage", "base_zero", "sign_change"
]
PaceWord = Literal["on_track", "accelerate", "limited", "deteriorating"]
Reason = (
    Literal[
        "not_reported", "low_coverage", "silence", "within_year", "after_target", "target_year_missing", "small_group"
    ]
    | PaceReason
)


@dataclass(frozen=True)
class Limits:
    """Our parameters, read from the register: shares between 0 and 1, `base_year` a calendar year."""

    tolerance: float
    coverage: float
    on_track: float
    accelerate: float
    limited: float
    base_year: int


@dataclass(frozen=True)
class Base:
    """The figure of the base year with its coverage; both None where that year was not reported."""

    value: float | None = None
    coverage: float | None = None


@dataclass(frozen=True)
class Pace:
    """Observed over required compound annual growth since the base year, or the reason why it cannot be told.

    `observed` and `required` are annual rates over `base_year` to the judged year and to the due year. `ratio` is None
    beside a word where nothing was required: the base year stood exactly at the line.
    """

    base_year: int
    reason: PaceReason = ""
    word: PaceWord | None = None
    ratio: float | None = None
    observed: float | None = None
    required: float | None = None


@dataclass(frozen=True)
class Attainment:
    """What can be said of one target for one period.

    `share` is value / target; `gap` is value - target in the indicator's base unit (shares: in share points);
    `needed_growth` is the annual rate from this figure to the due year.
    """

    status: Status
    reason: Reason = ""
    share: float | None = None
    gap: float | None = None
    needed_growth: float | None = None
    pace: Pace | None = None


def is_met(value: float, target: float, sense: Sense, tolerance: float) -> bool:
    """Compare as the document says; see `line_of` for 左右, where more is never a failure."""
    line = line_of(target, sense, tolerance)
    if sense == "above":
        return value > line
    if sense == "at_most":
        return value <= line
    return value >= line


def line_of(target: float, sense: Sense, tolerance: float) -> float:
    """The figure that decides verdict, pace, need and chance alike: the target, for 左右 our tolerance below it."""
    return target * (1 - tolerance) if sense == "about" else target


def needed_growth(value: float, target: float, years: float) -> float | None:
    """Annual growth that takes `value` to `target` in `years`; None when there is no base or no time."""
    if value <= 0 or years <= 0:
        return None
    return float((target / value) ** (1 / years) - 1)


def yearly_growth(points: Sequence[tuple[int, float]]) -> tuple[tuple[int, float], ...]:
    """(year, growth on the year before) for every two neighbouring years of `points` with a base above zero.

    Args:
        points: (year, value) in time order; a year left out breaks the chain, it is not bridged.
    """
    return tuple(
        (year, value / before - 1)
        for (last, before), (year, value) in pairwise(points)
        if year == last + 1 and before > 0
    )


def measure_pace(value: float, base: Base, target: Target, year: int, limits: Limits) -> Pace:
    """R = observed / required compound annual growth, both from the base year.

    Args:
        value: figure of the full year `year`, base unit.
        base: figure of `limits.base_year`.
    """

    def cannot(reason: PaceReason) -> Pace:
        return Pace(limits.base_year, reason)

    aim, sense = target.base_value, target.sense
    line = line_of(aim, sense, limits.tolerance)
    if is_met(value, aim, sense, limits.tolerance):
        return cannot("already_met")
    if year <= limits.base_year:
        return cannot("too_few" if year == limits.base_year else "before_base")
    if base.value is None:
        return cannot("base_missing")
    if base.coverage is not None and not reaches(base.coverage, limits.coverage):
        return cannot("base_coverage")
    if base.value == 0:
        return cannot("base_zero")
    if base.value < 0 or value < 0 or aim <= 0:
        return cannot("sign_change")
    observed = float((value / base.value) ** (1 / (year - limits.base_year)) - 1)
    required = float((line / base.value) ** (1 / (target.due.year - limits.base_year)) - 1)
    if required == 0:
        return Pace(limits.base_year, "", "deteriorating", None, observed, required)
    # Over the size of what is required, as the official method has it: what was met in the base year and lost since
    # would need a decline, and decline over decline must not read as progress.
    ratio = (-observed if sense == "at_most" else observed) / abs(required)
    return Pace(limits.base_year, "", pace_word(ratio, limits), ratio, observed, required)


def same_town_pace(whole: Pace, before: float | None, after: float | None, year: int, limits: Limits) -> Pace | None:
    """The pace of the same towns, their growth over what is required of all; None where none can be told.

    Args:
        whole: pace of all towns, whose required growth is kept.
        before, after: figures of the same towns in the base year and in `year`, base unit.
    """
    if not whole.required or before is None or after is None or before <= 0 or after <= 0 or year <= whole.base_year:
        return None
    observed = float((after / before) ** (1 / (year - whole.base_year)) - 1)
    ratio = observed / whole.required if whole.required > 0 else -observed / abs(whole.required)
    return Pace(whole.base_year, "", pace_word(ratio, limits), ratio, observed, whole.required)


def pace_word(ratio: float, limits: Limits) -> PaceWord:
    """The band a ratio of growths falls into."""
    if ratio >= limits.on_track:
        return "on_track"
    if ratio >= limits.accelerate:
        return "accelerate"
    return "limited" if ratio >= limits.limited else "deteriorating"


def judge(
    value: float | None,
    coverage: float | None,
    target: Target,
    period: Period,
    base: Base,
    limits: Limits,
    *,
    is_stock: bool = False,
) -> Attainment:
    """Judge a figure of `period` against `target`.

    Order of precedence: no data, cannot judge, verdict (the due year), pace (before it). A figure that meets the target
    before it is due is on track whatever its pace.

    Args:
        value: figure in base unit, or None.
        coverage: reported / expected towns, or None for a published province figure.
        base: the same figure of the base year, for the pace.
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
    if coverage is not None and not reaches(coverage, limits.coverage):
        return Attainment(Status.CANNOT_JUDGE, "low_coverage", share, gap)
    met = is_met(value, aim, target.sense, limits.tolerance)
    if period.year == target.due.year:
        return Attainment(Status.ACHIEVED if met else Status.MISSED, "", share, gap)
    pace = measure_pace(value, base, target, period.year, limits)
    if met:
        return Attainment(Status.ON_TRACK, "", share, gap, None, pace)
    needed = needed_growth(value, line_of(aim, target.sense, limits.tolerance), target.due.year - period.year)
    if pace.word is None:
        return Attainment(Status.CANNOT_JUDGE, pace.reason, share, gap, needed, pace)
    status = Status.ON_TRACK if pace.word == "on_track" else Status.BEHIND
    return Attainment(status, "", share, gap, needed, pace)


def judge_between(
    low: float | None,
    high: float | None,
    value: float | None,
    coverage: float | None,
    target: Target,
    period: Period,
    base: Base,
    limits: Limits,
    *,
    is_stock: bool = False,
) -> Attainment:
    """`judge` a figure, but only where it would be judged alike anywhere between `low` and `high`.

    Args:
        low, high: what the figure could be once those who are silent have reported; None where that is not told.
    """

    def judged(figure: float | None) -> Attainment:
        return judge(figure, coverage, target, period, base, limits, is_stock=is_stock)

    found = judged(value)
    if found.status in (Status.NO_DATA, Status.CANNOT_JUDGE) or low is None or high is None:
        return found
    if all(judged(end).status is found.status for end in (low, high)):
        return found
    return replace(found, status=Status.CANNOT_JUDGE, reason="silence")
