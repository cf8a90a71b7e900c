"""How the supervision works, in numbers; a rate only where there are enough, and never one of people."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from statistics import median
from typing import Literal

from cockpit.analysis.supervision.events import GoalKind
from cockpit.analysis.supervision.machine import Matter, State, days_late
from cockpit.policy.supervision_design import SupervisionDesign


@dataclass(frozen=True)
class Statistics:
    """Counts of matters by a day.

    `due` were due by then by their first due day; of them `in_time_first` were closed as done by that day, `in_time` by
    the one that held at last. `median_days`: working days from the assignment to the end.
    """

    assigned: int
    open: int
    closed: int
    due: int
    in_time_first: int
    in_time: int
    overdue: int
    returned: int
    reopened: int
    by_figure: int
    median_days: float | None

    def rate(self, count: int, fewest: int) -> float | None:
        """A share of the matters due; None below the fewest for which a rate says anything."""
        return count / self.due if self.due >= fewest else None


@dataclass(frozen=True)
class Queue:
    """Matters that wait for the same side: how many, and for how many days the longest of them."""

    count: int
    longest: int


def queue(matters: Iterable[Matter], states: Collection[State], as_of: date) -> Queue:
    """Those in some states, by the day their state began."""
    found = [item for item in matters if item.state in states]
    days = [(as_of - item.since).days for item in found if item.since is not None]
    return Queue(len(found), max(days, default=0))


@dataclass(frozen=True)
class Waiting:
    """What waits for somebody on a day, in counts of matters."""

    open: int
    to_verify: int
    extensions: int
    late: int
    fell_back: int


def waiting(matters: Iterable[Matter], as_of: date) -> Waiting:
    """Count what waits: to be verified, an extension to be answered, past its due day, fallen back after closing."""
    known = list(matters)
    return Waiting(
        open=sum(item.is_open for item in known),
        to_verify=sum(item.state == "asked" for item in known),
        extensions=sum(item.state == "working" and item.asked_until is not None for item in known),
        late=sum(days_late(item, as_of) > 0 and item.is_open for item in known),
        fell_back=sum(item.state == "closed" and bool(item.fell_back_version) for item in known),
    )


def statistics(matters: Iterable[Matter], as_of: date, design: SupervisionDesign) -> Statistics:
    """Count the matters that were assigned by a day; among the open ones those that wait to be assigned as well."""
    return by_kind(matters, as_of, design)[""]


def by_kind(
    matters: Iterable[Matter], as_of: date, design: SupervisionDesign
) -> Mapping[GoalKind | Literal[""], Statistics]:
    """The same of every kind of goal there is, and of all of them as ""."""
    every: dict[GoalKind | Literal[""], _Sums] = {"": _Sums()}
    spans: dict[tuple[date, date], int] = {}  # many begin and end on the same days
    for item in matters:
        own, whole = every.setdefault(item.goal.kind, _Sums()), every[""]
        for sums in (own, whole):
            sums.open += item.is_open
        if item.assigned_on is None or item.assigned_on > as_of:
            continue
        is_due, done = item.first_due is not None and item.first_due <= as_of, item.closed_as == "done"
        span = None
        if done and item.closed_on is not None:
            days = (item.assigned_on, item.closed_on)
            if days not in spans:
                spans[days] = design.workdays_between(*days)
            span = spans[days]
        for sums in (own, whole):
            sums.assigned += 1
            sums.closed += item.state == "closed"
            sums.due += is_due
            sums.in_time_first += is_due and _by(item, item.first_due)
            sums.in_time += is_due and _by(item, item.due)
            sums.overdue += item.is_open and days_late(item, as_of) > 0
            sums.returned += item.times_returned > 0
            sums.reopened += item.times_reopened > 0
            sums.by_figure += done and item.closed_by_figure
            if span is not None:
                sums.spans.append(span)
    return {kind: sums.told() for kind, sums in every.items()}


@dataclass
class _Sums:
    """`Statistics` while they are counted."""

    assigned: int = 0
    open: int = 0
    closed: int = 0
    due: int = 0
    in_time_first: int = 0
    in_time: int = 0
    overdue: int = 0
    returned: int = 0
    reopened: int = 0
    by_figure: int = 0
    spans: list[int] = field(default_factory=list)

    def told(self) -> Statistics:
        counts = {name: value for name, value in vars(self).items() if name != "spans"}
        return Statistics(**counts, median_days=median(self.spans) if self.spans else None)


def _by(item: Matter, day: date | None) -> bool:
    return item.closed_as == "done" and item.closed_on is not None and day is not None and item.closed_on <= day
