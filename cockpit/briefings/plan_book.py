"""The sets of targets people made, as they stand by the log of their events; begins where `desks` does.

May import analysis, datasets, policy.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final

from cockpit.analysis.planning.records import is_shown, own_of, set_of, targets_of
from cockpit.analysis.planning.sets import Plan, PlanEvent, fold
from cockpit.briefings.outside import outside_of
from cockpit.datasets.database.address import database_address
from cockpit.datasets.database.events import EventLog, Row
from cockpit.datasets.decisions.entries import LogUnavailable
from cockpit.datasets.planning.log import plan_log
from cockpit.datasets.store.loading import Dataset
from cockpit.errors import DatasetError, suggest
from cockpit.phrases import say
from cockpit.policy.register import Register
from cockpit.policy.register import load as load_register
from cockpit.rights import Scope
from cockpit.vocabulary import LANGUAGES, Text

# Saved scenarios stand in the same log, one stream a dataset.
SCENARIOS: Final = "scenario:"
_NOTHING: Final = Text("", "")


@dataclass(frozen=True)
class Saved:
    """A scenario somebody saved under a name: its levers as an address holds them, and what they were pulled on."""

    name: str
    levers: tuple[str, ...]
    target_set: str
    version: str
    number: int
    by: str


@dataclass(frozen=True, eq=False)
class Plans:
    """All sets, the newest first, with their events."""

    plans: tuple[Plan, ...]
    events: Mapping[str, tuple[PlanEvent, ...]]
    scenarios: Mapping[str, tuple[Saved, ...]] = field(default_factory=dict)

    def saved(self, dataset: str) -> tuple[Saved, ...]:
        """The saved scenarios of a dataset that were not taken off the list, the newest first."""
        return self.scenarios.get(f"{SCENARIOS}{dataset}", ())

    def of_dataset(self, name: str) -> tuple[Plan, ...]:
        """Those that rest on a dataset: what is simulated never stands with what is not."""
        return tuple(plan for plan in self.plans if plan.dataset == name)

    def of(self, name: str) -> Plan:
        """One set.

        Raises:
            DatasetError: there is none of this name.
        """
        for plan in self.plans:
            if plan.id == name:
                return plan
        raise DatasetError(f"no set {name!r}", where="plans", remedy=suggest(name, self.events))


class _Book:
    """What was read of one log, kept while it holds no event more."""

    def __init__(self, log: EventLog) -> None:
        self._log, self._lock = log, threading.Lock()
        self._count, self._plans = -1, Plans((), {})

    def read(self) -> Plans:
        with self._lock:
            if (count := self._log.count()) != self._count:
                known = self._plans.events
                rows = self._log.rows()
                events = {
                    name: tuple(_event(row) for row in own)
                    for name, own in rows.items()
                    if not name.startswith(SCENARIOS)
                }
                scenarios = {name: _saved(own) for name, own in rows.items() if name.startswith(SCENARIOS)}
                kept = {plan.id: plan for plan in self._plans.plans}
                # One object a set while nothing happens to it, so that what is computed of it is kept.
                folded = [
                    kept[name] if len(known.get(name, ())) == len(own) else fold(own) for name, own in events.items()
                ]
                folded.sort(key=lambda plan: (plan.year, plan.id), reverse=True)
                self._count, self._plans = count, Plans(tuple(folded), events, scenarios)
            return self._plans


@lru_cache(maxsize=4)
def _book(log: EventLog) -> _Book:
    return _Book(log)


def all_plans() -> Plans:
    """Read the log, again whenever it holds an event more.

    Raises:
        LogUnavailable: the database cannot be used.
    """
    return _book(plan_log(database_address())).read()


def _saved(rows: tuple[Row, ...]) -> tuple[Saved, ...]:
    kept: dict[str, Saved] = {}
    for row in rows:
        name = str(row.detail["name"])
        kept.pop(name, None)  # saved again it is the newer one
        if row.kind == "saved":
            levers = tuple(map(str, row.detail["levers"]))
            told = (str(row.detail["set"]), str(row.detail["version"]), int(row.detail["number"]))
            kept[name] = Saved(name, levers, *told, row.by)
    return tuple(reversed(kept.values()))


def _event(row: Row) -> PlanEvent:
    return PlanEvent(row.subject, row.number, row.at, row.kind, row.by, row.office, row.note, row.detail)  # type: ignore[arg-type]  # the fold refuses a kind there is not


def register_with_sets(dataset: Dataset) -> Register:
    """The register with the sets people made of a dataset; that on record where there are none, or none to be read.

    What every page judges by is everybody's: a title or a reason that names a town stays with the set itself.
    """
    try:
        plans = all_plans().of_dataset(dataset.name)
    except LogUnavailable:
        return load_register()
    return _with_sets(load_register(), tuple(_for_all(plan, dataset) for plan in plans))


@lru_cache(maxsize=64)
def _for_all(plan: Plan, dataset: Dataset) -> Plan:
    any_town = outside_of(dataset.towns, Scope())
    items = {
        name: replace(item, reason=_NOTHING) if any_town.names_one(item.reason) else item
        for name, item in plan.items.items()
    }
    is_named = any_town.names_one(plan.title)
    title = Text(*(say("plan.new_title", at, year=plan.id) for at in LANGUAGES)) if is_named else plan.title
    is_same = not is_named and all(items[name] is item for name, item in plan.items.items())
    return plan if is_same else replace(plan, title=title, items=items)


@lru_cache(maxsize=8)
def _with_sets(register: Register, plans: tuple[Plan, ...]) -> Register:
    # A set on record is what is judged by: one that people made of its name is where it came from.
    shown = [plan for plan in plans if plan.id not in register.sets and is_shown(plan, register)]
    made = {name: target for plan in plans for name, target in targets_of(plan, register).items()}
    targets = {name: target for name, target in made.items() if target.set not in register.sets}
    own = {
        name: carried
        for plan in plans
        for name, carried in own_of(plan, register).items()
        if {**made, **register.every_target}[name].base_value == made[name].base_value
    }
    if not shown and not own:
        return register
    return register.with_sets({plan.id: set_of(plan) for plan in shown}, targets, own)
