"""The one table of what may happen to a matter in which state, and the fold of its events.

filed -> assigned -> working -> asked -> closed        declined: back to filed; returned: back to working
                      ^   |                |           paused: the span is added to the due day
                      +-- paused           +-> reopened: working again
met: the goal is reached by the data, working -> asked by itself; lost: no more, back to working.
escalated and fell_back leave the state as it is: one tells that time runs out, the other that the figure fell back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final, Literal
from zoneinfo import ZoneInfo

from cockpit.analysis.supervision.events import BY_ITSELF, ClosedAs, Event, Goal, Kind, day_of, goal_of
from cockpit.policy.supervision_design import SupervisionDesign
from cockpit.vocabulary import Text

State = Literal["new", "filed", "assigned", "working", "paused", "asked", "closed"]
Light = Literal["done", "green", "yellow", "red", "none"]
# Why an event may not follow; ends phrase keys `actions.fault.*`.
Fault = Literal[
    "state", "lead_missing", "due_past", "due_holiday", "accept_late", "goal_incomplete", "too_late", "until_missing",
    "until_earlier", "same_office", "not_reached", "no_data", "version_older", "reminded_enough", "as_missing",
    "as_done", "into_missing", "not_by_lead", "eta_past", "note_missing", "title_missing", "told_already",
    "clock_back",
]  # fmt: skip
_SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
_SOON_WORKDAYS: Final = 3

TABLE: Final[Mapping[tuple[State, Kind], State]] = {
    ("new", "filed"): "filed",
    ("filed", "assigned"): "assigned",
    ("filed", "refused"): "closed",
    ("assigned", "accepted"): "working",
    ("assigned", "declined"): "filed",
    ("assigned", "reminded"): "assigned",
    ("assigned", "closed"): "closed",
    ("working", "reported"): "working",
    ("working", "extension_asked"): "working",
    ("working", "extension_granted"): "working",
    ("working", "extension_denied"): "working",
    ("working", "paused"): "paused",
    ("working", "reminded"): "working",
    ("working", "closing_asked"): "asked",
    ("working", "closed"): "closed",
    ("paused", "resumed"): "working",
    ("paused", "closed"): "closed",
    ("asked", "reported"): "asked",
    ("asked", "verified"): "closed",
    ("asked", "returned"): "working",
    ("asked", "closed"): "closed",
    ("closed", "reopened"): "working",
    ("assigned", "escalated"): "assigned",
    ("working", "escalated"): "working",
    ("asked", "escalated"): "asked",
    ("working", "met"): "asked",
    ("asked", "lost"): "working",
    ("closed", "fell_back"): "closed",
}
_NEEDS_NOTE: Final = frozenset(
    {
        "refused", "declined", "reported", "extension_asked", "extension_denied", "paused", "returned", "closed",
        "reopened",
    }
)  # fmt: skip

_ANSWERS: Final[frozenset[Kind]] = frozenset({"accepted", "reported", "extension_asked", "closing_asked"})
# Clocks of two servers may differ by so much; one further behind is wrong, and with it every day counted by it.
_SKEW: Final = timedelta(days=1)


@dataclass(frozen=True)
class Matter:
    """What became of a matter by its last event. Days in Shanghai; `due` moves with extensions and pauses, `first_due`
    never. `asked_until` is an extension that waits for an answer, `step` the last of the ladder told for this due day,
    `met_version` the version told to reach the goal, `fell_back_version` the one by which it fell back, `since` the day
    its present state began. `title_en` and `lead_en` are "" where somebody typed one name for both languages.
    `doers` are the offices that answered since it was assigned: one may answer for the lead, none of them verifies."""

    id: str
    state: State = "new"
    number: int = 0
    title: str = ""
    subject: str = ""
    dataset: str = ""
    version: str = ""
    clause: str = ""
    goal: Goal = field(default_factory=lambda: Goal("evidence"))
    filed_by: str = ""
    issuer: str = ""
    lead: str = ""
    assigned_on: date | None = None
    accept_by: date | None = None
    accepted_on: date | None = None
    first_due: date | None = None
    due: date | None = None
    eta: date | None = None
    asked_until: date | None = None
    paused_on: date | None = None
    closed_on: date | None = None
    closed_as: ClosedAs | Literal["refused", ""] = ""
    closed_by_figure: bool = False
    into: str = ""
    is_simulated: bool = False
    times_returned: int = 0
    times_reopened: int = 0
    times_reminded: int = 0
    alert: str = ""
    step: str = ""
    met_version: str = ""
    is_asked_by_figure: bool = False
    fell_back_version: str = ""
    last_at: datetime | None = None
    since: date | None = None
    title_en: str = ""
    lead_en: str = ""
    doers: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        return self.state not in ("new", "closed")

    def is_carried_out_by(self, office: str) -> bool:
        """Whether an office is in the lead, or has answered for it."""
        return bool(office) and office in (self.lead, *self.doers)

    @property
    def name(self) -> Text:
        """Its title in both languages."""
        return Text(self.title, self.title_en or self.title)

    @property
    def office(self) -> Text:
        """The office in the lead in both languages."""
        return Text(self.lead, self.lead_en or self.lead)


def fold(events: Sequence[Event], design: SupervisionDesign) -> Matter:
    """The matter its events make; they must be those of one matter, in order.

    Raises:
        ValueError: an event cannot follow the ones before it.
    """
    matter = Matter(events[0].task if events else "")
    for event in events:
        if (matter.state, event.kind) not in TABLE or event.number != matter.number + 1:
            raise ValueError(f"{event.task}: {event.kind} (no. {event.number}) cannot follow {matter.state}")
        matter = _after(matter, event, design)
    return matter


def faults(matter: Matter, event: Event, design: SupervisionDesign) -> tuple[Fault, ...]:
    """Why an event may not follow; empty when it may. Rights and scope are asked elsewhere."""
    if (matter.state, event.kind) not in TABLE:
        return ("state",)
    found: list[Fault] = []
    if event.kind in _NEEDS_NOTE and not event.note.strip():
        found.append("note_missing")
    today, until = _day(event.at), day_of(event, "until")
    if matter.last_at is not None and event.at < matter.last_at - _SKEW:
        found.append("clock_back")
    if event.kind == "filed":
        found += [] if str(event.detail.get("title", "")).strip() else ["title_missing"]
        found += [] if goal_of(event.detail).is_complete else ["goal_incomplete"]
    elif event.kind == "assigned":
        found += _assigning(event, today, design)
    elif event.kind == "extension_asked":
        if matter.due is not None and today > matter.due:
            found.append("too_late")
        found += _until(until, matter.due, design)
    elif event.kind == "extension_granted":
        found += _until(until, matter.due, design) if matter.asked_until is not None else ["state"]
    elif event.kind == "extension_denied" and matter.asked_until is None:
        found.append("state")
    elif event.kind == "reminded" and matter.times_reminded >= design.limit("reminders_a_level"):
        found.append("reminded_enough")
    elif event.kind in ("verified", "returned") and matter.is_carried_out_by(event.office):
        found.append("same_office")
    if event.kind == "verified" and matter.goal.kind == "figure":
        found += _reached(matter, event)
    if event.kind == "closed":
        found += _closing(event)
    found += _beside(matter, event, today, design)
    if event.kind in BY_ITSELF:
        found += _by_itself(matter, event, design)
    return tuple(found)


def _beside(matter: Matter, event: Event, today: date, design: SupervisionDesign) -> list[Fault]:
    """Days an event may name beside, and what the lead may not do: end it otherwise, or give himself more time."""
    if event.kind in ("closed", "extension_granted"):
        return ["not_by_lead"] if matter.is_carried_out_by(event.office) else []
    eta, due = day_of(event, "eta"), day_of(event, "due")
    if event.kind == "reported" and eta is not None and eta < today:
        return ["eta_past"]
    return _due(due, today, design) if event.kind == "reopened" and due is not None else []


def _by_itself(matter: Matter, event: Event, design: SupervisionDesign) -> list[Fault]:
    """Each step of the ladder once a due day, the later after the earlier; each version once."""
    version = str(event.detail.get("version", ""))
    if event.kind == "escalated":
        step, names = str(event.detail.get("step", "")), list(design.steps)
        is_later = step in names and (matter.step == "" or names.index(step) > names.index(matter.step))
        return [] if is_later else ["told_already"]
    if event.kind == "met":
        is_old = matter.goal.kind == "figure" and version <= matter.version
        return ["told_already"] if version == matter.met_version else ["version_older"] if is_old else []
    if event.kind == "lost" and not matter.is_asked_by_figure:
        return ["state"]
    is_told = event.kind == "fell_back" and (matter.closed_as != "done" or version == matter.fell_back_version)
    return ["told_already"] if is_told else []


def _assigning(event: Event, today: date, design: SupervisionDesign) -> list[Fault]:
    found: list[Fault] = []
    due, accept_by = day_of(event, "due"), day_of(event, "accept_by")
    if not str(event.detail.get("lead", "")).strip():
        found.append("lead_missing")
    found += _due(due, today, design)
    if accept_by is None or accept_by < today or (due is not None and accept_by > due):
        found.append("accept_late")
    return found


def _due(due: date | None, today: date, design: SupervisionDesign) -> list[Fault]:
    if due is None or due <= today:
        return ["due_past"]
    return [] if design.is_workday(due) else ["due_holiday"]


def _until(until: date | None, due: date | None, design: SupervisionDesign) -> list[Fault]:
    if until is None:
        return ["until_missing"]
    if due is not None and until <= due:
        return ["until_earlier"]
    return [] if design.is_workday(until) else ["due_holiday"]


def _reached(matter: Matter, event: Event) -> list[Fault]:
    """A figure closes a matter only where a version published after the assignment says that it is reached."""
    verdict, version = str(event.detail.get("verdict", "")), str(event.detail.get("version", ""))
    if verdict in ("", "no_data", "cannot_judge"):
        return ["no_data"]
    if verdict != "achieved":
        return ["not_reached"]
    return ["version_older"] if version <= matter.version else []


def _closing(event: Event) -> list[Fault]:
    closed_as = event.detail.get("as")
    if closed_as == "done":
        return ["as_done"]  # done is what somebody of another office has verified
    if closed_as not in ("not_done", "moot", "merged"):
        return ["as_missing"]
    return ["into_missing"] if closed_as == "merged" and not event.detail.get("into") else []


def _after(matter: Matter, event: Event, design: SupervisionDesign) -> Matter:
    day = _day(event.at)
    state = TABLE[matter.state, event.kind]
    since = matter.since if state == matter.state else day
    if event.kind in _ANSWERS and event.office not in ("", *matter.doers):
        matter = _changed(matter, doers=(*matter.doers, event.office))
    matter = _changed(matter, number=event.number, state=state, last_at=event.at, since=since)
    if event.kind == "filed":
        text = {name: str(event.detail.get(name, "")) for name in ("title", "subject", "dataset", "version", "clause")}
        return _changed(
            matter, goal=goal_of(event.detail), filed_by=event.by, issuer=event.office, title=text["title"],
            subject=text["subject"], dataset=text["dataset"], version=text["version"], clause=text["clause"],
            is_simulated=bool(event.detail.get("simulated")),
            alert=str(event.detail.get("alert", "")), title_en=str(event.detail.get("title_en", "")),
        )  # fmt: skip
    if event.kind == "assigned":
        due = day_of(event, "due")
        return _changed(
            matter, lead=str(event.detail["lead"]), lead_en=str(event.detail.get("lead_en", "")), assigned_on=day,
            accept_by=day_of(event, "accept_by"), due=due, first_due=matter.first_due or due, accepted_on=None,
            times_reminded=0, step="", doers=(),
        )  # fmt: skip
    if event.kind == "resumed" and matter.paused_on is not None and matter.due is not None:
        lost = design.workdays_between(matter.paused_on, day)
        return _changed(matter, due=design.workday_after(matter.due, lost), paused_on=None, step="")
    return _simply_after(matter, event, day)


def _simply_after(matter: Matter, event: Event, day: date) -> Matter:
    match event.kind:
        case "accepted":
            return _changed(matter, accepted_on=day)
        case "declined":
            return _changed(matter, lead="", lead_en="", due=None, accept_by=None)
        case "reported":
            return _changed(matter, eta=day_of(event, "eta") or matter.eta)
        case "extension_asked":
            return _changed(matter, asked_until=day_of(event, "until"))
        case "extension_granted":
            return _changed(matter, due=day_of(event, "until"), asked_until=None, step="")
        case "extension_denied":
            return _changed(matter, asked_until=None)
        case "paused":
            return _changed(matter, paused_on=day)
        case "reminded":
            return _changed(matter, times_reminded=matter.times_reminded + 1)
        case "escalated":
            return _changed(matter, step=str(event.detail["step"]))
    return _ending(matter, event, day)


def _ending(matter: Matter, event: Event, day: date) -> Matter:
    """What leads to the end, or back from it."""
    version = str(event.detail.get("version", ""))
    match event.kind:
        case "met":
            return _changed(matter, met_version=version, is_asked_by_figure=True)
        case "lost":
            return _changed(matter, met_version="", is_asked_by_figure=False)
        case "fell_back":
            return _changed(matter, fell_back_version=version)
        case "closing_asked":
            return _changed(matter, is_asked_by_figure=False)
        case "returned":
            return _changed(matter, times_returned=matter.times_returned + 1, is_asked_by_figure=False)
        case "verified":
            return _changed(matter, closed_on=day, closed_as="done", closed_by_figure=matter.goal.kind == "figure")
        case "refused":
            return _changed(matter, closed_on=day, closed_as="refused")
        case "closed":
            return _changed(matter, closed_on=day, closed_as=event.detail["as"], into=str(event.detail.get("into", "")))
        case "reopened":
            return _changed(
                matter, closed_on=None, closed_as="", into="", closed_by_figure=False, met_version="",
                times_reopened=matter.times_reopened + 1, is_asked_by_figure=False, step="",
                due=day_of(event, "due") or matter.due, fell_back_version="",
            )  # fmt: skip
    return matter


def light(matter: Matter, as_of: date, design: SupervisionDesign) -> Light:
    """How a matter stands on a day: red overdue, yellow within three working days or not accepted in time."""
    if matter.state == "closed":
        return "done"
    if matter.due is None:
        return "none"
    if matter.state == "paused":
        return "green"
    if as_of > matter.due:
        return "red"
    is_late_to_accept = matter.state == "assigned" and matter.accept_by is not None and as_of > matter.accept_by
    is_near = design.workdays_between(as_of, matter.due) <= _SOON_WORKDAYS
    return "yellow" if is_near or is_late_to_accept else "green"


def step_due(matter: Matter, as_of: date, design: SupervisionDesign) -> str:
    """The latest step of the ladder reached on a day and not told yet for this due day, "" for none. After a time in
    which nobody looked only the latest is told, not all that were missed."""
    if matter.due is None or matter.state not in ("assigned", "working", "asked"):
        return ""
    gone = design.workdays_between(matter.due, as_of)
    reached = [name for name, step in design.steps.items() if gone >= step.workdays]
    names = list(design.steps)
    is_new = bool(reached) and (matter.step == "" or names.index(reached[-1]) > names.index(matter.step))
    return reached[-1] if is_new else ""


def steps_to_come(matter: Matter, as_of: date, design: SupervisionDesign) -> tuple[tuple[date, str], ...]:
    """What the ladder will still tell of a matter, and on which day, as long as nothing happens to it."""
    if matter.due is None or matter.state not in ("assigned", "working", "asked"):
        return ()
    names = list(design.steps)
    rest = names[names.index(matter.step) + 1 :] if matter.step else names
    days = ((design.step_on(matter.due, name), name) for name in rest)
    return tuple((day, name) for day, name in days if day > as_of)


def days_late(matter: Matter, as_of: date) -> int:
    """Days beyond the due day, as of the day it was closed where it is; 0 where it is in time."""
    if matter.due is None or matter.state == "paused":
        return 0
    return max(0, ((matter.closed_on or as_of) - matter.due) // timedelta(days=1))


def _day(at: datetime) -> date:
    return at.astimezone(_SHANGHAI).date()


def _changed(matter: Matter, **told: Any) -> Matter:
    """As `dataclasses.replace` in a tenth of its time: the first look folds a log of years."""
    made = copy(matter)
    vars(made).update(told)
    return made
