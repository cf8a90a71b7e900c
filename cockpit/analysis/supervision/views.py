"""Which matters are shown and in which order, and whose turn it is; by offices and places, never by people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

from cockpit.analysis.supervision.machine import Light, Matter, State, light
from cockpit.policy.supervision_design import SupervisionDesign
from cockpit.town_codes import county_of

Turn = Literal["issuer", "lead", "verifier", "nobody"]
# Whom a matter waits for, by its state.
TURNS: Final[Mapping[str, Turn]] = {
    "filed": "issuer", "assigned": "lead", "working": "lead", "paused": "issuer", "asked": "verifier",
    "closed": "nobody",
}  # fmt: skip
# The way a matter takes, and the states it passes on it.
COLUMNS: Final[Mapping[str, tuple[State, ...]]] = {
    "to_accept": ("filed", "assigned"),
    "working": ("working", "paused"),
    "to_verify": ("asked",),
    "closed": ("closed",),
}
_GRAVITY: Final[Mapping[Light, int]] = {"red": 0, "yellow": 1, "green": 2, "none": 3, "done": 4}


@dataclass(frozen=True)
class Lit:
    """A matter as it stands on the day, with the prefecture it is in ("" where that is not known)."""

    matter: Matter
    light: Light
    region: str

    @property
    def clock(self) -> date:
        """The day that comes next: that of acceptance while it is not accepted, else the due day."""
        waits = self.matter.state == "assigned" and self.matter.accept_by
        return self.matter.accept_by if waits and self.matter.accept_by else self.matter.due or date.max


@dataclass(frozen=True)
class Narrowed:
    """What a reader narrows to; "" is all. `state` open is all but the closed ones."""

    light: str = ""
    state: str = ""
    lead: str = ""
    kind: str = ""
    region: str = ""

    def holds(self, item: Lit) -> bool:
        matter = item.matter
        return (
            self.light in ("", item.light)
            and (self.state in ("", matter.state) or (self.state == "open" and matter.is_open))
            and self.lead in ("", matter.lead)
            and self.kind in ("", matter.goal.kind)
            and self.region in ("", item.region)
        )


# Orders of the table by the name of its column; the first is that of the plain address. "-" before it turns it round.
ORDERS: Final[Mapping[str, Callable[[Lit], Any]]] = {
    "clock": lambda item: (item.matter.state == "closed", item.clock),
    "number": lambda item: item.matter.id,
    "title": lambda item: item.matter.title,
    "kind": lambda item: item.matter.goal.kind,
    "lead": lambda item: item.matter.lead,
    "state": lambda item: list(TURNS).index(item.matter.state),
    "accepted": lambda item: item.matter.accepted_on or date.max,
    "first_due": lambda item: item.matter.first_due or date.max,
    "light": lambda item: (_GRAVITY[item.light], item.clock),
    "region": lambda item: item.region,
}


def lit(
    matters: Sequence[Matter], as_of: date, design: SupervisionDesign, counties: Mapping[str, str]
) -> tuple[Lit, ...]:
    """Every matter with its light and its prefecture.

    Args:
        counties: county (adcode) of every town.
    """
    return tuple(
        Lit(item, light(item, as_of, design), region_of(county_of(item.subject, counties))) for item in matters
    )


def region_of(area: str) -> str:
    """Prefecture of a county, or of itself; "" for the province and for what is no area."""
    return f"{area[:4]}00" if len(area) == 6 and area.isdecimal() and area[2:4] != "00" else ""


def tightest(items: Sequence[Lit]) -> list[Lit]:
    """The open ones, those that press most first."""
    return sorted((item for item in items if item.matter.is_open), key=ORDERS["light"])


def closed_since(items: Sequence[Lit], day: date) -> list[Lit]:
    """What ended after a day, the newest first."""
    ended = [item for item in items if item.matter.closed_on is not None and item.matter.closed_on > day]
    return sorted(ended, key=lambda item: (item.matter.closed_on or day, item.matter.id), reverse=True)


def narrowed(items: Sequence[Lit], by: Narrowed, order: str = "") -> list[Lit]:
    """The matters a reader narrows to, in an order of `ORDERS`; those that are equal in it stay as they were."""
    kept = list(items) if by == Narrowed() else [item for item in items if by.holds(item)]
    turned = order.startswith("-")
    return sorted(kept, key=ORDERS.get(order.removeprefix("-"), ORDERS["clock"]), reverse=turned)


@dataclass(frozen=True)
class Tally:
    """What there is among matters, in one pass: what may be narrowed to, and the open and the late by prefecture."""

    lights: Counter[Light]
    states: frozenset[str]
    leads: tuple[str, ...]
    kinds: frozenset[str]
    regions: Mapping[str, tuple[int, int]]
    is_simulated: bool


def tally(items: Sequence[Lit]) -> Tally:
    """Count them; `lights` by light of all, `regions` the open ones and of these the late ones."""
    lights: Counter[Light] = Counter()
    states, leads, kinds = set[str](), set[str](), set[str]()
    regions: dict[str, tuple[int, int]] = {}
    is_simulated = False
    for item in items:
        matter = item.matter
        lights[item.light] += 1
        states.add(matter.state)
        leads.add(matter.lead)
        kinds.add(matter.goal.kind)
        is_simulated = is_simulated or matter.is_simulated
        open_, late = regions.get(item.region, (0, 0))
        regions[item.region] = (open_ + matter.is_open, late + (item.light == "red"))
    return Tally(lights, frozenset(states), tuple(sorted(leads - {""})), frozenset(kinds), regions, is_simulated)


def waits_for(matter: Matter, office: str, *, may_issue: bool, may_verify: bool) -> bool:
    """Whether it is an office's turn: of the lead by its name, of issuer and verifier by what may be done there."""
    turn = TURNS.get(matter.state, "nobody")
    if turn == "lead":
        return bool(office) and matter.lead == office
    if turn == "verifier":
        return may_verify and matter.lead != office
    return turn == "issuer" and may_issue
