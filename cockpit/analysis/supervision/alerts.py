"""What rules find in the data (sightings) and what became of it (alerts): raised once, cleared once, set aside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

AlertKind = Literal["raised", "cleared", "set_aside"]


@dataclass(frozen=True)
class Sighting:
    """One fact a rule answers to. `subject` is a town, or an area by its code; `about` tells what of it (a target, a
    check, an indicator, a node), `word` the judgement. Money in yuan, shares 0-1; `count` where it is one of several.

    `is_raised` is False for a figure back over its line but not yet by the rule's margin: it raises nothing and clears
    nothing.
    """

    rule: str
    subject: str
    about: str
    word: str
    value: float | None = None
    period: str = ""
    line: date | None = None
    count: int = 1
    is_raised: bool = True

    @property
    def key(self) -> str:
        """One alert over all versions."""
        return f"{self.rule}|{self.subject}|{self.about}"


@dataclass(frozen=True)
class AlertEvent:
    """What is kept of an alert; `number` counts its events from 1. `until` is the last day it is set aside."""

    key: str
    number: int
    on: date
    kind: AlertKind
    version: str
    by: str = ""
    note: str = ""
    until: date | None = None


@dataclass(frozen=True)
class Standing:
    """An alert by its last event."""

    number: int = 0
    is_open: bool = False
    since: date | None = None
    version: str = ""
    until: date | None = None
    note: str = ""
    by: str = ""

    def is_set_aside(self, as_of: date) -> bool:
        return self.until is not None and as_of <= self.until


@dataclass(frozen=True)
class Alert:
    """A sighting that stands, since when on record (None: not yet), and whether it is set aside."""

    sighting: Sighting
    standing: Standing
    is_set_aside: bool


def stand(events: Sequence[AlertEvent]) -> Standing:
    """The state its events leave an alert in. Clearing ends what was set aside; what was set aside before anybody
    recorded that it stands stays so."""
    found = Standing()
    for event in events:
        if event.kind == "raised":
            found = Standing(event.number, True, event.on, event.version, found.until, found.note, found.by)
        elif event.kind == "cleared":
            found = Standing(event.number, False, None, event.version)
        else:
            kept = (found.is_open, found.since, found.version)
            found = Standing(event.number, *kept, event.until, event.note, event.by)
    return found


def standing_alerts(seen: Iterable[Sighting], known: Mapping[str, Standing], as_of: date) -> tuple[Alert, ...]:
    """Sightings that stand: those raised, and those within the margin of an alert that is open."""
    none = Standing()
    found = []
    for sighting in seen:
        before = known.get(sighting.key, none)
        if sighting.is_raised or before.is_open:
            found.append(Alert(sighting, before, before.is_set_aside(as_of)))
    return tuple(found)


def moves(seen: Iterable[Sighting], known: Mapping[str, Standing], version: str, as_of: date) -> tuple[AlertEvent, ...]:
    """What is to be recorded: newly raised, and open ones nothing is seen of any more."""
    held = {item.key: item for item in seen}
    found = []
    for key, item in held.items():
        before = known.get(key)
        if item.is_raised and (before is None or not before.is_open):
            found.append(AlertEvent(key, (before.number if before else 0) + 1, as_of, "raised", version))
    for key, before in known.items():
        if before.is_open and key not in held:
            found.append(AlertEvent(key, before.number + 1, as_of, "cleared", version))
    return tuple(found)
