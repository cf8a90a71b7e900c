"""What a day or a version brings by itself: alerts raised and cleared, closings proposed, the ladder, what fell back.

May be run at any time, twice at once, and be killed in between: every line it writes has a place of its own in the logs
(the next number of an alert or a matter), so that a second one finds it taken and leaves it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from cockpit.analysis.supervision.alerts import moves
from cockpit.analysis.supervision.events import Event, Kind
from cockpit.analysis.supervision.machine import Matter, faults, fold, step_due
from cockpit.briefings.alerting import known_alerts, matched, seen_now
from cockpit.briefings.desks import SHANGHAI, open_desk
from cockpit.briefings.supervising import all_matters, design, figure_now
from cockpit.briefings.telling import notices_of
from cockpit.datasets.database.address import database_address
from cockpit.datasets.database.events import EventConflict, Row
from cockpit.datasets.matters.alerts import AlertRow, alert_log
from cockpit.datasets.matters.log import matter_log
from cockpit.datasets.matters.outbox import Notice, outbox
from cockpit.notices.channels import channels
from cockpit.notices.sending import Sent, send
from cockpit.vocabulary import Status

SYSTEM = "系统"  # who writes what follows by itself


@dataclass
class Ticked:
    """How many of each were written."""

    raised: int = 0
    cleared: int = 0
    written: dict[str, int] = field(default_factory=dict)

    @property
    def is_idle(self) -> bool:
        return not (self.raised or self.cleared or self.written)


def tick(dataset: str, at: datetime | None = None) -> Ticked:
    """Bring alerts and matters of a dataset up to its current version and a moment.

    Raises:
        LogUnavailable: the database cannot be used. DatasetError: the dataset cannot be read.
    """
    at = at or datetime.now(UTC)
    as_of = at.astimezone(SHANGHAI).date()
    version, done = open_desk(dataset).dataset.manifest.version, Ticked()
    read = all_matters().of_dataset(dataset)
    # The demonstration's story stands still until somebody goes on with it, and its alerts with it.
    day = read.day(as_of)
    events = moves(seen_now(dataset, day), known_alerts(dataset), version, day)
    rows = [
        AlertRow(dataset, item.key, item.number, item.on.isoformat(), item.kind, version, SYSTEM) for item in events
    ]
    for row in alert_log(database_address()).append(rows):
        done.raised += row.kind == "raised"
        done.cleared += row.kind == "cleared"
    standing = {matched(key) for key, item in known_alerts(dataset).items() if item.is_open}
    for matter in read.matters:
        if matter.is_open or matter.closed_as == "done":
            due = _due(matter, version, as_of if day == as_of else None, standing)
            for kind in _carry_on(matter, read.events[matter.id], due, at):
                done.written[kind] = done.written.get(kind, 0) + 1
    return done


def _carry_on(
    matter: Matter, events: Sequence[Event], due: Sequence[tuple[Kind, dict[str, Any]]], at: datetime
) -> Iterator[Kind]:
    """Write what is due, one after another; what was written. Where somebody was quicker the rest waits."""
    known = list(events)
    for kind, detail in due:
        event = Event(matter.id, len(known) + 1, at, kind, SYSTEM, "", "", detail)
        if not _write(fold(known, design()), event):
            return
        known.append(event)
        yield kind


def send_waiting(at: datetime | None = None) -> Sent:
    """Send the notices that wait, where there are channels.

    Raises:
        RecordError: the file of channels is not usable. LogUnavailable: the database cannot be used.
    """
    told = channels()
    return send(outbox(database_address()), told, at) if told.channels else Sent()


def notices() -> tuple[Notice, ...]:
    """The outbox, the newest first."""
    return outbox(database_address()).lines()


def _due(matter: Matter, version: str, as_of: date | None, standing: set[str]) -> list[tuple[Kind, dict[str, Any]]]:
    """What follows for a matter by itself: at most a change of state and, where time runs, a step of the ladder."""
    found: list[tuple[Kind, dict[str, Any]]] = []
    told = {"version": version}
    if matter.state in ("working", "asked") or matter.closed_as == "done":
        is_met = _is_met(matter, standing)
        if matter.state == "working" and is_met is True:
            found.append(("met", told))
        elif matter.state == "asked" and matter.is_asked_by_figure and is_met is not True:
            found.append(("lost", told))
        elif matter.state == "closed" and (is_met is False or (matter.closed_by_figure and is_met is None)):
            # Closed because the data said so: where they say nothing any more, somebody must know.
            found.append(("fell_back", told))
    if as_of is not None and (step := step_due(matter, as_of, design())):
        found.append(("escalated", {"step": step}))
    return found


def _is_met(matter: Matter, standing: set[str]) -> bool | None:
    """Whether its goal is reached by the current data; None where they do not say: no data close and open nothing.

    A matter without a figure is met when the alert it answers is cleared.
    """
    if (now := figure_now(matter)) is not None:
        return {Status.ACHIEVED: True, Status.MISSED: False}.get(now.status)
    return matched(matter.alert) not in standing if matter.alert else None


def _write(matter: Matter, event: Event) -> bool:
    """Write an event that may follow, with what is to be told of it; False where it may not or is written already."""
    if faults(matter, event, design()):
        return False
    row = Row(matter.id, event.number, event.at, event.kind, event.by, event.office, event.note, event.detail)
    try:
        matter_log(database_address()).append_telling(row, notices_of(matter, event))
    except EventConflict:
        return False
    return True
