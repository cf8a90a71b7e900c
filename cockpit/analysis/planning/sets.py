"""The one table of what may happen to a set of targets that people make, and the fold of its events.

draft -> comment -> fixed -> in_force -> closed        recalled: comment back to draft; returned: fixed back to comment
In force a figure changes only by an adjustment, which makes a new version with a reason.
Pure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any, Final, Literal, get_args

from cockpit.policy.records import SENSES, Sense, SetState
from cockpit.vocabulary import Text

Kind = Literal[
    "made", "chosen", "left_out", "shared", "held", "released", "sent", "answered", "recalled", "fixed", "returned",
    "in_force", "adjusted", "closed",
]  # fmt: skip
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
State = SetState | Literal["new"]
# Why an event may not follow; ends phrase keys `act.fault.plan_*`.
Fault = Literal[
    "state", "reason_missing", "indicator", "operator", "value", "share", "year", "unchosen", "nothing_chosen", "unit",
    "same_person", "answers",
]  # fmt: skip

TABLE: Final[Mapping[tuple[State, Kind], State]] = MappingProxyType({
    ("new", "made"): "draft",
    ("draft", "chosen"): "draft",
    ("draft", "left_out"): "draft",
    ("draft", "shared"): "draft",
    ("draft", "held"): "draft",
    ("draft", "released"): "draft",
    ("draft", "sent"): "comment",
    ("comment", "answered"): "comment",
    ("comment", "shared"): "comment",
    ("comment", "held"): "comment",
    ("comment", "released"): "comment",
    ("comment", "recalled"): "draft",
    ("comment", "fixed"): "fixed",
    ("fixed", "returned"): "comment",
    ("fixed", "in_force"): "in_force",
    ("in_force", "adjusted"): "in_force",
    ("in_force", "closed"): "closed",
})  # fmt: skip
NEEDS_REASON: Final = frozenset({"chosen", "left_out", "held", "recalled", "returned", "adjusted"})
_NO_TITLE: Final = Text("", "")
_NO_MAP: Final[Mapping[str, Any]] = MappingProxyType({})


@dataclass(frozen=True)
class PlanEvent:
    """One event; `detail` as it was given. `number` counts the events of a set from 1."""

    plan: str
    number: int
    at: datetime
    kind: Kind
    by: str
    office: str = ""
    note: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Held:
    """What a unit was given by a person, base unit, with the reason and who."""

    value: float
    note: str
    by: str


@dataclass(frozen=True)
class Answer:
    """What a unit says it can carry, base unit: where it was written, what was said (in both languages where it was),
    who and when."""

    value: float
    note: Text
    by: str
    cell: str
    at: datetime


@dataclass(frozen=True)
class Item:
    """One indicator of a set. `value` is None where it was left out; both need a reason. `mix` are weights in place of
    the record's, `reserve` what is kept back; `assigned` by town from the day it is fixed."""

    indicator: str
    sense: Sense | None = None
    value: float | None = None
    reason: Text = _NO_TITLE
    by: str = ""
    mix: Mapping[str, float] = field(default_factory=dict)
    reserve: float = 0.0
    held: Mapping[str, Held] = field(default_factory=dict)
    answers: Mapping[str, Answer] = field(default_factory=dict)
    assigned: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Plan:
    """What became of a set by its last event. `draft` counts the times it went back to be drafted, `revision` those it
    was adjusted in force, both from 1. `register` is the fingerprint of the records it was fixed by, `version` the
    dataset version, `members` the towns frozen then."""

    id: str
    state: State = "new"
    number: int = 0
    title: Text = _NO_TITLE
    since: int = 0
    year: int = 0
    dataset: str = ""
    version: str = ""
    is_simulated: bool = False
    items: Mapping[str, Item] = field(default_factory=dict)
    draft: int = 1
    revision: int = 1
    answer_by: str = ""
    sent_at: datetime | None = None
    fixed_by: str = ""
    register: str = ""
    members: tuple[str, ...] = ()
    last_at: datetime | None = None

    @property
    def chosen(self) -> tuple[Item, ...]:
        """Indicators with a figure."""
        return tuple(item for item in self.items.values() if item.value is not None)

    @property
    def open(self) -> tuple[str, ...]:
        """Indicators nobody has chosen or left out yet."""
        return tuple(name for name, item in self.items.items() if not item.reason.zh)

    @property
    def is_in_force(self) -> bool:
        """Whether its figures are targets and no proposal; closed ones were."""
        return self.state in ("in_force", "closed")

    @property
    def is_open(self) -> bool:
        """Whether figures may still be chosen or shared out anew."""
        return self.state in ("draft", "comment")


def fold(events: Sequence[PlanEvent]) -> Plan:
    """The set its events make; they must be those of one set, in order.

    Raises:
        ValueError: an event cannot follow the ones before it.
    """
    plan = Plan(events[0].plan if events else "")
    for event in events:
        plan = after(plan, event)
    return plan


def after(plan: Plan, event: PlanEvent) -> Plan:
    """The set as one event leaves it.

    Raises:
        ValueError: the event cannot follow.
    """
    state = TABLE.get((plan.state, event.kind))
    if state is None or event.number != plan.number + 1:
        raise ValueError(f"{event.plan}: {event.kind} (no. {event.number}) cannot follow {plan.state}")
    return replace(_after(plan, event), state=state, number=event.number, last_at=event.at)


def faults(plan: Plan, event: PlanEvent, *, ratios: frozenset[str], units: frozenset[str]) -> tuple[Fault, ...]:
    """Why an event may not follow; empty when it may. Rights, scope and whether sums can be met are asked elsewhere.

    Args:
        ratios: indicators that are shares. units: codes of towns, counties and prefectures there are.
    """
    if (plan.state, event.kind) not in TABLE:
        return ("state",)
    found: list[Fault] = []
    if event.kind in NEEDS_REASON and not event.note.strip():
        found.append("reason_missing")
    name = str(event.detail.get("indicator", ""))
    if event.kind == "made":
        return (*found, *_making(event))
    if event.kind in ("chosen", "left_out", "shared", "held", "released", "adjusted") and name not in plan.items:
        return (*found, "indicator")
    if event.kind in ("shared", "held") and name in ratios:
        found.append("share")
    if event.kind == "shared" and not _are_parts(event):
        found.append("value")
    if event.kind == "chosen":
        found += _choosing(event, is_ratio=name in ratios)
    if event.kind in ("held", "released", "adjusted") and str(event.detail.get("unit", "")) not in units:
        found.append("unit")
    if event.kind in ("held", "adjusted") and not _is_figure(event.detail.get("value")):
        found.append("value")
    if event.kind == "answered" and not _are_answers(plan, event, ratios, units):
        found.append("answers")
    if event.kind == "sent":
        found += ["unchosen"] if plan.open else [] if plan.chosen else ["nothing_chosen"]
    if event.kind == "in_force" and event.by == plan.fixed_by:
        found.append("same_person")
    return tuple(found)


def _are_answers(plan: Plan, event: PlanEvent, ratios: frozenset[str], units: frozenset[str]) -> bool:
    """Whether every line names a chosen sum of the set, a unit there is and a figure."""
    lines = event.detail.get("answers") or ()
    sums = {item.indicator for item in plan.chosen} - ratios
    return bool(lines) and all(
        line.get("indicator") in sums and line.get("unit") in units and _is_figure(line.get("value")) for line in lines
    )


def _making(event: PlanEvent) -> list[Fault]:
    year, since = event.detail.get("year"), event.detail.get("since")
    found: list[Fault] = []
    if not (isinstance(year, int) and isinstance(since, int) and since < year):
        found.append("year")
    if not event.detail.get("indicators"):
        found.append("nothing_chosen")
    return found


def _choosing(event: PlanEvent, *, is_ratio: bool) -> list[Fault]:
    value = event.detail.get("value")
    found: list[Fault] = []
    if event.detail.get("sense") not in SENSES:
        found.append("operator")
    if not _is_figure(value) or value == 0 or (is_ratio and float(value or 0) > 1):
        found.append("value")
    return found


def _are_parts(event: PlanEvent) -> bool:
    """Whether weights and reserve are figures; whether they add up to something is asked where they are used."""
    mix = event.detail.get("mix") or {}
    return isinstance(mix, Mapping) and all(map(_is_figure, (*mix.values(), event.detail.get("reserve") or 0.0)))


def _is_figure(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < float("inf")


def _after(plan: Plan, event: PlanEvent) -> Plan:
    told = event.detail
    if event.kind == "made":
        items = {str(name): Item(str(name)) for name in told["indicators"]}
        return replace(
            plan, title=Text(str(told["title"]), str(told.get("title_en") or told["title"])), since=int(told["since"]),
            year=int(told["year"]), dataset=str(told["dataset"]), version=str(told["version"]), items=items,
            is_simulated=bool(told.get("is_simulated")),
        )  # fmt: skip
    if event.kind == "sent":
        return replace(plan, answer_by=str(told.get("until", "")), sent_at=event.at)
    if event.kind in ("recalled", "returned"):
        back = {name: replace(item, assigned=_NO_MAP) for name, item in plan.items.items()}
        return replace(plan, draft=plan.draft + 1, items=back, fixed_by="", members=())
    if event.kind == "fixed":
        items = {
            name: replace(item, assigned=_figures(told["assigned"].get(name, {}))) for name, item in plan.items.items()
        }
        return replace(
            plan, items=items, fixed_by=event.by, register=str(told["register"]), version=str(told["version"]),
            members=tuple(told["members"]),
        )  # fmt: skip
    if event.kind == "answered":
        items = dict(plan.items)
        for line in told["answers"]:
            item = items[str(line["indicator"])]
            note = _both(str(line.get("note", "")), line.get("note_en"))
            said = Answer(float(line["value"]), note, event.by, str(line.get("cell", "")), event.at)
            items[item.indicator] = replace(item, answers={**item.answers, str(line["unit"]): said})
        return replace(plan, items=items)
    if event.kind in ("in_force", "closed"):
        return plan
    item = plan.items[str(told["indicator"])]
    changed = {**plan.items, item.indicator: _changed(item, event)}
    return replace(plan, items=changed, revision=plan.revision + (event.kind == "adjusted"))


def _changed(item: Item, event: PlanEvent) -> Item:
    told = event.detail
    if event.kind == "chosen":
        # Another figure is another sum: what units were given of the old one is no longer part of it.
        kept = item.held if item.value == float(told["value"]) else _NO_MAP
        return replace(
            item,
            sense=told["sense"],
            value=float(told["value"]),
            reason=_both(event.note, told.get("note_en")),
            by=event.by,
            held=kept,
        )
    if event.kind == "left_out":
        return replace(
            item, sense=None, value=None, reason=_both(event.note, told.get("note_en")), by=event.by, held=_NO_MAP
        )
    if event.kind == "shared":
        return replace(item, mix=_figures(told.get("mix") or {}), reserve=float(told.get("reserve") or 0.0))
    unit = str(told["unit"])
    if event.kind == "released":
        return replace(item, held={name: held for name, held in item.held.items() if name != unit})
    held = {**item.held, unit: Held(float(told["value"]), event.note, event.by)}
    if event.kind == "held":
        return replace(item, held=held)
    return replace(
        item, held=held, assigned=_figures(told["assigned"]), value=float(told.get("total", item.value or 0))
    )


def _both(text: str, english: object) -> Text:
    """What somebody wrote, in both languages where it was written in both, as in the demonstration."""
    return Text(text, str(english or text))


def _figures(told: Mapping[str, Any]) -> Mapping[str, float]:
    return {str(name): float(value) for name, value in told.items()}
