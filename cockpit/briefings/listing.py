"""List management: the decision log beside what the dataset tells."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

import pandas as pd

from cockpit.acting import Act, ActRefused, Fault
from cockpit.analysis import briefing as compute
from cockpit.analysis.briefing import Briefing, Lists
from cockpit.analysis.briefing.lists import CreatingTown
from cockpit.analysis.selection import Selection
from cockpit.analysis.star_rating import Standing
from cockpit.briefings.desks import Desk, brief
from cockpit.datasets.decisions.entries import faults_of
from cockpit.datasets.decisions.log import DecisionLog, Draft, Entry, LogUnavailable, open_log

Extensions = tuple[tuple[str, date], ...]  # (town_code, end of the creation period as extended)


@dataclass(frozen=True, eq=False)
class Decided:
    """What the decision log holds of one dataset: entries newest first, refused attempts included.

    `latest` is the newest recorded entry of each town, `extensions` the ends of creation periods extended by it,
    `against` the newest decision of a town (notes apart) where it was taken against the suggestion.
    """

    entries: tuple[Entry, ...]
    latest: Mapping[str, Entry]
    extensions: Extensions
    against: Mapping[str, Entry]

    def seen(self, towns: Container[str]) -> Decided:
        """What it holds of some towns; itself where that is all."""
        if all(entry.town_code in towns for entry in self.entries) and all(code in towns for code in self.latest):
            return self
        return Decided(
            tuple(entry for entry in self.entries if entry.town_code in towns),
            {code: entry for code, entry in self.latest.items() if code in towns},
            tuple((code, until) for code, until in self.extensions if code in towns),
            {code: entry for code, entry in self.against.items() if code in towns},
        )


LOG_LENGTH = 2000
# What a town's newest entry of these kinds says of its period: a later one takes an extension back.
_ON_PERIOD = frozenset({"extend", "terminate", "name", "remove", "correct"})


def decided(dataset: str) -> Decided:
    """The decision log of a dataset, read again whenever it holds a new entry.

    Raises:
        LogUnavailable: the database cannot be used.
    """
    log = open_log()
    return _decided(log, dataset, log.marker(dataset))


def logged_extensions(dataset: str) -> Extensions:
    """Extensions recorded in the decision log; none while it is away: those of the dataset hold then."""
    try:
        return decided(dataset).extensions
    except LogUnavailable:
        return ()


@lru_cache(maxsize=16)
def _decided(log: DecisionLog, dataset: str, marker: int) -> Decided:
    entries = log.entries(dataset, limit=LOG_LENGTH)
    newest: dict[str, Entry] = {}
    for entry in entries:
        if entry.outcome == "recorded" and entry.action in _ON_PERIOD:
            newest.setdefault(entry.town_code, entry)
    extensions = sorted((code, entry.until) for code, entry in newest.items() if entry.until)
    decisions: dict[str, Entry] = {}
    for entry in entries:
        if entry.outcome == "recorded" and entry.action != "note":
            decisions.setdefault(entry.town_code, entry)
    against = {code: entry for code, entry in decisions.items() if entry.is_against}
    return Decided(entries, log.latest(dataset), tuple(extensions), against)


def record(desk: Desk, selection: Selection, as_of: date, draft: Draft, act: Act, seen: int) -> Entry:
    """Write a decision to the log, judged against what the system suggests now and not against what a page says it did.

    Raises:
        ActRefused, DecisionRefused, LogUnavailable: as `DecisionLog.append`; the first also where the date is not later
            than today or, of an extension, than the line in force.
    """
    lists = whole_lists(desk, selection.period, as_of, decided(draft.dataset).extensions)
    town = lists.town(draft.town_code)
    told = town.suggestion if isinstance(town, CreatingTown) and town.suggestion != "none" else ""
    risk = town.grade.grade.value if isinstance(town, CreatingTown) and town.grade else draft.risk_grade
    line = as_of
    if isinstance(town, CreatingTown) and draft.action == "extend":
        line = max(day for day in (as_of, town.clock.due_to, town.clock.extension_end) if day is not None)
    if draft.until is not None and draft.until <= line and not faults_of(draft, act):
        # Only to who may decide it is told what is in force. The log can only be added to: an end that is over would be
        # an extension of nothing.
        raise ActRefused((Fault("until", "date_over", value=line.isoformat()),))
    draft = replace(draft, suggestion=told, risk_grade=risk, register=desk.register.fingerprint)
    return open_log().append(draft, act, seen)


@lru_cache(maxsize=256)
def town_lists(desk: Desk, selection: Selection, as_of: date, logged: Extensions = ()) -> Lists:
    """List management of one selection.

    Args:
        logged: extensions recorded in the decision log (`Decided.extensions`), so that no cache outlives an entry.
    """
    whole = whole_lists(desk, selection.period, as_of, logged)
    return compute.select_lists(whole, desk.dataset.towns, brief(desk, selection, as_of).keep)


@lru_cache(maxsize=32)
def whole_lists(desk: Desk, period: str, as_of: date, logged: Extensions) -> Lists:
    lists = _clocked(desk, period, as_of, logged)
    standings = _standings(desk, lists.year) if lists.year else {}
    return compute.with_stars(lists, desk.dataset, desk.at(lists.year or period).register, standings)


@lru_cache(maxsize=32)
def _clocked(desk: Desk, period: str, as_of: date, logged: Extensions) -> Lists:
    """The lists without stars."""
    year = compute.full_year(desk.cube.periods, period) or ""
    of_figures, of_today = desk.at(year or period).register, desk.at(str(as_of.year)).register
    return compute.town_lists(desk.dataset, desk.cube, of_figures, year, as_of, dict(logged), of_today)


@lru_cache(maxsize=64)
def _standings(desk: Desk, year: str) -> dict[str, Standing]:
    """Stars by index after a full year, carried from the first year with returns on."""
    earlier = compute.full_year(desk.cube.periods, str(int(year) - 1))
    before = _standings(desk, earlier) if earlier else {}
    return compute.standings(desk.dataset, desk.cube, desk.at(year).register, year, before)


@lru_cache(maxsize=256)
def waiting(desk: Desk, selection: Selection, as_of: date, logged: Extensions) -> Briefing:
    """The briefing of a selection with the decisions its clocks ask for; `logged` as for `town_lists`."""
    lists = _clocked(desk, selection.period, as_of, logged)
    return compute.with_clocks(brief(desk, selection, as_of), lists, desk.of(selection).register)


def list_history(desk: Desk) -> pd.DataFrame:
    """How many towns the list is known to hold by status at each year's end."""
    return compute.list_history(desk.dataset)
