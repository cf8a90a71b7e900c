"""Matters handed out: read, and carried on by acts whose right, scope and place in the table are asked here."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, Final, Literal
from weakref import WeakKeyDictionary

from cockpit.acting import ANSWER_TASK, FILE_TASK, VERIFY_TASK, Act, ActRefused, Deed, Fault
from cockpit.analysis.briefing import Briefing
from cockpit.analysis.briefing.goals import Reached, reached
from cockpit.analysis.supervision.events import KINDS, Event, Goal, GoalKind, Kind
from cockpit.analysis.supervision.machine import Matter, faults, fold
from cockpit.analysis.supervision.statistics import Statistics, by_kind
from cockpit.analysis.supervision.views import Lit, Tally, lit, tally
from cockpit.briefings.besides import unfit
from cockpit.briefings.desks import SHANGHAI, Desk, open_desk, today
from cockpit.briefings.outside import outside
from cockpit.briefings.telling import notices_of
from cockpit.briefings.told import event_told, matter_told
from cockpit.datasets.database.address import database_address
from cockpit.datasets.database.events import Row
from cockpit.datasets.decisions.log import LogUnavailable
from cockpit.datasets.matters.evidence import NotTaken, keep, read
from cockpit.datasets.matters.log import MatterLog, matter_log
from cockpit.datasets.store.loading import counties_of
from cockpit.errors import DatasetError, suggest
from cockpit.policy.register import load
from cockpit.policy.supervision_design import SupervisionDesign
from cockpit.rights import Scope
from cockpit.town_codes import county_of
from cockpit.units import Period

# Who may do what to a matter: hand out, answer, verify.
DEEDS: Final[Mapping[Kind, Deed]] = {
    **dict.fromkeys(
        ("filed", "assigned", "refused", "extension_granted", "extension_denied", "paused", "resumed", "reminded",
         "closed"), FILE_TASK,
    ),
    **dict.fromkeys(("accepted", "declined", "reported", "extension_asked", "closing_asked"), ANSWER_TASK),
    **dict.fromkeys(("verified", "returned", "reopened"), VERIFY_TASK),
}  # fmt: skip


# Events that may bring files along.
WITH_EVIDENCE: Final[frozenset[Kind]] = frozenset({"reported", "closing_asked"})


@dataclass(frozen=True, eq=False)
class Matters:
    """All matters, the newest first, with their events."""

    matters: tuple[Matter, ...]
    events: Mapping[str, tuple[Event, ...]]

    def seen(self, scope: Scope) -> Matters:
        """Those of places a reader may see, what was written in them free of towns outside; a matter of no place is for
        who sees the whole province."""
        return self if scope.is_all else _seen(self, scope)

    def of_dataset(self, name: str) -> Matters:
        """Those that rest on a dataset: what is simulated is never counted with what is not."""
        return _of_dataset(self, name)

    def about(self, places: frozenset[str]) -> Matters:
        """Those about some towns and areas."""
        return _about(self, places)

    def day(self, today: date) -> date:
        """The day they are looked at: today; of the demonstration's story alone, the day of its last event.

        The story ends on a fixed day, that of the data it is about: by today's clock all of it would be late. It goes
        on with today's as soon as somebody adds an event of his own.
        """
        if not self.matters or not all(item.is_simulated for item in self.matters):
            return today
        last = max(item.last_at for item in self.matters if item.last_at is not None)
        return min(today, last.astimezone(SHANGHAI).date())

    def only(self, kept: Iterable[Matter]) -> Matters:
        """Some of them with their events."""
        matters = tuple(kept)
        return Matters(matters, {item.id: self.events[item.id] for item in matters})

    def of(self, name: str) -> Matter:
        """One matter.

        Raises:
            DatasetError: there is none of this name.
        """
        for item in self.matters:
            if item.id == name:
                return item
        raise DatasetError(f"no matter {name!r}", where="matters", remedy=suggest(name, self.events))


# One object for one question, so that what is made of it is made once.
@lru_cache(maxsize=32)
def _seen(matters: Matters, scope: Scope) -> Matters:
    # One that rests on no data is about no place anybody knows of.
    counties = {name: counties_of(name) for name in {item.dataset for item in matters.matters} if name}
    told = {name: outside(open_desk(name), scope) for name in counties}
    kept = [item for item in matters.matters if item.dataset and _is_seen(item, scope, counties[item.dataset])]
    events = {item.id: tuple(event_told(at, told[item.dataset]) for at in matters.events[item.id]) for item in kept}
    return Matters(tuple(matter_told(item, told[item.dataset]) for item in kept), events)


@lru_cache(maxsize=16)
def _of_dataset(matters: Matters, name: str) -> Matters:
    if all(item.dataset == name for item in matters.matters):
        return matters
    return matters.only(item for item in matters.matters if item.dataset == name)


@lru_cache(maxsize=16)
def _about(matters: Matters, places: frozenset[str]) -> Matters:
    return matters.only(item for item in matters.matters if item.subject in places)


def all_matters() -> Matters:
    """Read the log, again whenever it holds an event more.

    Raises:
        LogUnavailable: the database cannot be used.
    """
    return _book(matter_log(database_address())).read()


def day_of(dataset: str) -> date:
    """The day a dataset is looked at on every page, answer and file of it: today; of the demonstration, as long as
    nobody has gone on with its story, the story's last day, so that dates beside each other are of one clock.

    What somebody does is done today all the same.
    """
    try:
        return all_matters().of_dataset(dataset).day(today())
    except LogUnavailable:
        return today()  # the page that shows the log says so


def events_kept() -> int:
    """How many events there are: what was drawn under one number holds while it stays.

    Raises:
        LogUnavailable: the database cannot be used.
    """
    return matter_log(database_address()).count()


class _Book:
    """What was read of one log: carried on by the events kept since, of which only the matters are folded again."""

    def __init__(self, log: MatterLog) -> None:
        self._log = log
        self._lock = threading.Lock()
        self._begin(load().supervision)

    def _begin(self, rules: SupervisionDesign) -> None:
        self._rules, self._line, self._count = rules, 0, 0
        self._events: dict[str, tuple[Event, ...]] = {}
        self._folded: dict[str, Matter] = {}
        self._matters = Matters((), {})

    def read(self) -> Matters:
        with self._lock:
            rules, count = load().supervision, self._log.count()
            if rules is not self._rules:
                self._begin(rules)
            if count != self._count and not self._carry_on(count):
                self._begin(rules)  # a line became visible behind one that was read already
                self._carry_on(count)
            return self._matters

    def _carry_on(self, count: int) -> bool:
        """Take in what came since; whether that is all there is."""
        rows, line = self._log.since(self._line)
        if self._count + len(rows) < count:
            return False
        fresh: dict[str, list[Event]] = {}
        for row in rows:
            fresh.setdefault(row.subject, []).append(_event(row))
        for name, events in fresh.items():
            every = sorted((*self._events.get(name, ()), *events), key=lambda event: event.number)
            self._events[name] = tuple(every)
            self._folded[name] = fold(every, self._rules)
        self._line, self._count = line, self._count + len(rows)
        ordered = tuple(self._folded[name] for name in sorted(self._folded, reverse=True))
        self._matters = Matters(ordered, dict(self._events))
        return True


@lru_cache(maxsize=4)
def _book(log: MatterLog) -> _Book:
    return _Book(log)


def carry_on(
    name: str | None,
    kind: Kind,
    act: Act,
    detail: Mapping[str, Any],
    office: str = "",
    at: datetime | None = None,
    files: Sequence[tuple[str, bytes]] = (),
) -> Matter:
    """Add an event to a matter, or begin one (`name` None, kind `filed`); returns the matter after it.

    Args:
        files: evidence as (name, content), kept with a report or with asking to close.

    Raises:
        ActRefused: the right or the scope is missing, the event may not follow, or a file is not taken; nothing is
            written.
        EventConflict: somebody was quicker. LogUnavailable: the database cannot be used.
    """
    register, log = load(), matter_log(database_address())
    at = at or datetime.now(UTC)
    # Offices are compared by their name: blanks around it make no other office.
    office = " ".join(office.split())
    detail = {**detail, "lead": " ".join(str(detail["lead"]).split())} if "lead" in detail else detail
    before = Matter("") if name is None else all_matters().of(name)
    if kind == "verified" and before.goal.kind == "figure":
        detail = {**detail, **_judged(before)}  # what the data say, and nobody types
    event = Event(before.id, before.number + 1, at, kind, act.who, office, act.note, detail)
    if kind not in DEEDS:
        raise ActRefused((Fault("name.file_task", "no_right"),))  # what follows by itself nobody does
    deed = DEEDS[kind]
    found = list(act.faults(deed, register.limits.length, _places(before, detail)))
    found += [Fault(f"name.{deed.id}", f"matter_{why}") for why in faults(before, event, register.supervision)]
    found += [] if found else unfit(event, before, register, all_matters().matters)
    about = name or str(detail.get("title", ""))[:60]
    if files and not found:
        told, found = _kept(files, kind, register.supervision)
        detail = {**detail, "evidence": told}
    if found:
        act.record(deed.verb, about, outcome="refused", why=found[0].problem)
        raise ActRefused(tuple(found))
    row = Row(before.id, event.number, at, kind, event.by, office, act.note, detail)
    with act.doing(deed.verb, about, kind=kind) as ended:
        kept = log.open_matter(row) if name is None else log.append_telling(row, notices_of(before, event))
        ended |= {"about": kept.subject}
    return all_matters().of(kept.subject)


def _kept(
    files: Sequence[tuple[str, bytes]], kind: Kind, design: SupervisionDesign
) -> tuple[list[dict[str, Any]], list[Fault]]:
    """Keep the evidence of an event; what its detail tells of it, and what is wrong with it."""
    most, mib = design.limit("evidence_files"), design.limit("evidence_mib")
    if kind not in WITH_EVIDENCE or len(files) > most:
        return [], [Fault("evidence", "evidence_many", limit=most)]
    told: list[dict[str, Any]] = []
    for name, content in files:
        try:
            told.append(vars(keep(name, content, mib)))
        except NotTaken as fault:
            return [], [Fault("evidence", f"evidence_{fault.why}", limit=mib, value=fault.what.partition(":")[0])]
    return told, []


def evidence_of(matter: Matter, event: Event, sha256: str) -> bytes:
    """A file of an event of a matter the caller may see.

    Raises:
        DatasetError: the event has no such file, or it is not there any more.
    """
    if sha256 not in {item["sha256"] for item in event.detail.get("evidence", ())}:
        raise DatasetError("no such file", where=matter.id, remedy="open the matter again")
    return read(sha256)


def _judged(matter: Matter) -> dict[str, Any]:
    """Version, value and verdict of a figure's goal by the data that are current now."""
    desk, found = open_desk(matter.dataset), figure_now(matter)
    assert found is not None
    return {"version": desk.dataset.manifest.version, "verdict": found.status.value, "value": found.value}


def _places(before: Matter, detail: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The town or area a matter is of, as (town_code, county_adcode)."""
    subject = before.subject or str(detail.get("subject", ""))
    counties = counties_of(before.dataset or str(detail.get("dataset", "")))
    return [(subject, county_of(subject, counties))]


def _is_seen(item: Matter, scope: Scope, counties: Mapping[str, str]) -> bool:
    return bool(item.subject) and scope.holds(item.subject, county_of(item.subject, counties))


@lru_cache(maxsize=8)
def lit_matters(matters: Matters, as_of: date) -> tuple[Lit, ...]:
    """All of them as they stand on a day; kept for as long as nothing happens to one."""
    counties: dict[str, str] = {}
    for name in {item.dataset for item in matters.matters} - {""}:
        counties |= counties_of(name)
    rules = load().supervision
    known = _lit(as_of, id(rules))
    # Only what something happened to is looked at again: the others are the same objects as before.
    kept = [(item, known.get(item.id)) for item in matters.matters]
    fresh = [item for item, at in kept if at is None or at.matter is not item]
    made = {item.id: at for item, at in kept if at is not None}
    made |= {at.matter.id: at for at in lit(fresh, as_of, rules, counties)}
    known.update(made)
    return tuple(made[item.id] for item in matters.matters)


@lru_cache(maxsize=4)
def _lit(as_of: date, rules: int) -> dict[str, Lit]:
    """How each stood when it was last looked at on a day."""
    return {}


@lru_cache(maxsize=8)
def tally_matters(matters: Matters, as_of: date) -> Tally:
    """What there is among them on a day."""
    return tally(lit_matters(matters, as_of))


def count_matters(matters: Matters, as_of: date) -> Statistics:
    """The supervision in numbers."""
    return _counted(matters, as_of)[""]


def kinds_counted(matters: Matters, as_of: date) -> Mapping[GoalKind, Statistics]:
    """The same of each kind of goal there is."""
    return {kind: found for kind, found in _counted(matters, as_of).items() if kind}


@lru_cache(maxsize=8)
def _counted(matters: Matters, as_of: date) -> Mapping[GoalKind | Literal[""], Statistics]:
    return by_kind(matters.matters, as_of, load().supervision)


def of_selection(found: Matters, briefing: Briefing) -> Matters:
    """Those about the towns selected, their counties, and prefectures selected as a whole."""
    return found.about(places_selected(briefing)) if briefing.selection.is_filtered else found


def places_selected(briefing: Briefing) -> frozenset[str]:
    """Codes of the towns selected, of their counties, and of prefectures selected as a whole."""
    codes = (briefing.towns[name].astype("str") for name in ("town_code", "county_adcode"))
    return frozenset().union(*codes, briefing.selection.prefectures)


def figure_now(matter: Matter, version: str | None = None) -> Reached | None:
    """What the current data, or those of a version, say of a figure's goal; None for another kind of goal.

    Raises:
        DatasetError: the version cannot be read.
    """
    if matter.goal.kind != "figure" or not matter.dataset:
        return None
    return _figure(open_desk(matter.dataset, version), matter.goal, matter.subject)


@dataclass(frozen=True)
class Then:
    """A goal's figure as the version a matter was filed on had it; `period` is the goal's, or the newest there was."""

    number: int
    published_on: str
    period: str
    figure: Reached


def figure_standing(matter: Matter) -> Standing | None:
    """As `standing`; None as well where the data cannot be read: what stands beside it is as good without."""
    try:
        return standing(matter)
    except DatasetError:
        return None


@dataclass(frozen=True)
class Standing:
    """A figure's goal then and now; `then` is None where the version it was filed on cannot be read."""

    then: Then | None
    now: Then

    def value_then(self, *, is_ratio: bool) -> float | None:
        """The figure then where it can stand beside that of now: of the same period, or a ratio of whichever period."""
        if self.then is None or (self.then.period != self.now.period and not is_ratio):
            return None
        return self.then.figure.value


def standing(matter: Matter) -> Standing | None:
    """Then and now of a figure's goal; None for another kind of goal.

    Raises:
        DatasetError: the current data cannot be read.
    """
    if matter.goal.kind != "figure" or not matter.dataset or not matter.goal.has_period:
        return None
    now = _then(open_desk(matter.dataset), matter.goal, matter.subject)
    try:
        then = _then(open_desk(matter.dataset, matter.version or None), matter.goal, matter.subject)
    except DatasetError:  # what is current is as good as ever
        then = None
    return Standing(then, now)


def _then(desk: Desk, goal: Goal, subject: str) -> Then:
    manifest, period = desk.dataset.manifest, goal.period
    if period not in desk.cube.periods:
        # What the version had instead: the newest period, named beside its figure.
        period = desk.cube.periods[-1] if desk.cube.periods else period
    shown = goal if period == goal.period else replace(goal, period=period)
    return Then(manifest.number, manifest.published_at[:10], period, _figure(desk, shown, subject))


@dataclass(frozen=True)
class Course:
    """A goal's figure over the full years there are and over the parts of the goal's year, by the current data."""

    years: tuple[tuple[str, float], ...]
    parts: tuple[tuple[str, float], ...]
    before: float | None  # of the goal's period a year earlier

    @property
    def is_empty(self) -> bool:
        return len(self.years) + len(self.parts) < 2


def course_of(matter: Matter) -> Course | None:
    """The figure of a goal period by period; None for another kind of goal.

    Raises:
        DatasetError: the current data cannot be read.
    """
    if matter.goal.kind != "figure" or not matter.dataset or not matter.goal.has_period:
        return None
    desk, goal = open_desk(matter.dataset), Period.parse(matter.goal.period)

    def values(kept: Callable[[Period], bool]) -> tuple[tuple[str, float], ...]:
        found = (
            (period, _figure(desk, replace(matter.goal, period=period), matter.subject).value)
            for period in desk.cube.periods
            if kept(Period.parse(period))
        )
        return tuple((period, value) for period, value in found if value is not None)

    return Course(
        values(lambda period: period.is_full_year and period.year <= goal.year),
        values(lambda period: not period.is_full_year and period.year == goal.year),
        next((value for _, value in values(lambda period: period == goal.year_before())), None),
    )


# What was judged once, by the desk it was judged on, and gone with it.
_JUDGED: Final[WeakKeyDictionary[Desk, dict[tuple[Goal, str], Reached]]] = WeakKeyDictionary()


def _figure(desk: Desk, goal: Goal, subject: str) -> Reached:
    known = _JUDGED.setdefault(desk, {})
    if (goal, subject) not in known:
        known[goal, subject] = reached(desk.cube, desk.dataset.towns, desk.register, goal, subject, desk.limits)
    return known[goal, subject]


def _event(row: Row) -> Event:
    if row.kind not in KINDS:
        raise DatasetError(f"unknown event {row.kind!r}", where=row.subject, remedy="a newer program wrote it: update")
    return Event(row.subject, row.number, row.at, row.kind, row.by, row.office, row.note, row.detail)


def design() -> SupervisionDesign:
    """Working days and limits, as recorded."""
    return load().supervision
