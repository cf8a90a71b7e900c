"""What an event of a matter is held against beside its own course: places, indicators and other matters there are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from cockpit.acting import Fault
from cockpit.analysis.supervision.events import Event, goal_of
from cockpit.analysis.supervision.machine import Matter
from cockpit.datasets.store.loading import counties_of
from cockpit.policy.register import Register
from cockpit.vocabulary import PREFECTURES

_PROVINCE = "330000"
LONGEST_TITLE: Final = 120


def unfit(event: Event, before: Matter, register: Register, every: Iterable[Matter]) -> list[Fault]:
    """Why an event cannot be kept as it is: the log only grows, and what it holds must be judged for years.

    Args:
        before: the matter it happens to. every: all matters there are.
    """
    if event.kind == "filed":
        return _filing(event, register, every)
    if event.kind == "closed" and event.detail.get("as") == "merged":
        into = str(event.detail.get("into", ""))
        if not any(item.id == into and item.is_open and item.id != before.id for item in every):
            return [Fault("into", "matter_into_unknown", value=into)]
    return []


def _filing(event: Event, register: Register, every: Iterable[Matter]) -> list[Fault]:
    detail, goal = event.detail, goal_of(event.detail)
    dataset, subject, alert = (str(detail.get(name, "")) for name in ("dataset", "subject", "alert"))
    counties = counties_of(dataset)
    if subject not in {_PROVINCE, *PREFECTURES, *counties, *counties.values()}:
        return [Fault("subject", "matter_place_unknown", value=subject)]
    if len(str(detail.get("title", ""))) > LONGEST_TITLE:
        return [Fault("title", "matter_title_long", limit=LONGEST_TITLE)]
    if (clause := str(detail.get("clause", ""))) and clause not in register.passages:
        return [Fault("clause", "matter_clause_unknown", value=clause)]
    if goal.kind == "figure" and goal.indicator not in register.indicators:
        return [Fault("goal", "matter_indicator_unknown", value=goal.indicator)]
    # Two people may look at the same alert; the second is told.
    if alert and any(item.is_open and item.dataset == dataset and item.alert == alert for item in every):
        return [Fault("alert", "alert_in_hand")]
    return []
