"""How the supervision works, in numbers; a rate only where there are enough, and never one of people."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from statistics import median

from cockpit.analysis.supervision.machine import Matter, State, days_late, light
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
    every = list(matters)
    known = [item for item in every if item.assigned_on is not None and item.assigned_on <= as_of]
    done = [item for item in known if item.closed_as == "done"]
    due = [item for item in known if item.first_due is not None and item.first_due <= as_of]
    spans = [
        design.workdays_between(item.assigned_on, item.closed_on)
        for item in done
        if item.assigned_on is not None and item.closed_on is not None
    ]
    return Statistics(
        assigned=len(known),
        open=sum(item.is_open for item in every),
        closed=sum(item.state == "closed" for item in known),
        due=len(due),
        in_time_first=sum(_by(item, item.first_due) for item in due),
        in_time=sum(_by(item, item.due) for item in due),
        overdue=sum(item.is_open and light(item, as_of, design) == "red" for item in known),
        returned=sum(item.times_returned > 0 for item in known),
        reopened=sum(item.times_reopened > 0 for item in known),
        by_figure=sum(item.closed_by_figure for item in done),
        median_days=median(spans) if spans else None,
    )


def _by(item: Matter, day: date | None) -> bool:
    return item.closed_as == "done" and item.closed_on is not None and day is not None and item.closed_on <= day
