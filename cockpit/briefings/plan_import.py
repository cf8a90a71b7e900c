"""A set begun from the lines of a record file, as `plan toml` prints them: all checked before anything is kept."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, Final

from cockpit.acting import Act, ActRefused
from cockpit.analysis.planning.sets import Kind, Plan, PlanEvent, after
from cockpit.briefings.desks import Desk
from cockpit.briefings.plan_book import all_plans
from cockpit.briefings.planning import carry_plan, weighed
from cockpit.errors import DatasetError, suggest
from cockpit.policy.reading import validate
from cockpit.policy.records import Target, TargetSet
from cockpit.units import to_base

_WHERE: Final = "plan import"


def begin_from(desk: Desk, content: bytes, act: Act) -> Plan:
    """Begin the set and choose its figures, each with the reading as its reason; nothing is kept if a line is wrong.

    Raises:
        DatasetError: not TOML, no set, several sets, a set there is already, an indicator or unit that does not fit.
        RecordError: a field is missing, unknown or of the wrong kind. ActRefused: the right is missing.
    """
    try:
        tables = tomllib.loads(content.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DatasetError(
            f"not readable as TOML: {error}", where=_WHERE, remedy="take what `plan toml` prints"
        ) from None
    sets = {name: table for name, table in tables.items() if isinstance(table, dict) and "state" in table}
    if len(sets) != 1:
        raise DatasetError(f"{len(sets)} sets", where=_WHERE, remedy="one table with `state`, the others targets of it")
    name, own = next(iter(sets.items()))
    record = validate(TargetSet, name, own, _WHERE)
    targets = [_target(desk, key, table, name) for key, table in tables.items() if key != name]
    if name in {*all_plans().events, *desk.register.sets}:
        raise DatasetError(f"{name} is there already", where=_WHERE, remedy="give the set another name")
    manifest = desk.dataset.manifest
    begun = {
        "title": record.label_zh, "title_en": record.label_en, "since": record.since, "year": record.due.year,
        "dataset": manifest.dataset, "version": manifest.version, "is_simulated": manifest.is_simulated,
        "indicators": [target.indicator for target in targets],
    }  # fmt: skip
    chosen = [(replace(act, note=target.reading_zh or act.note), _detail(target)) for target in targets]
    _tried(name, [("made", act, begun), *(("chosen", *told) for told in chosen)])
    plan = carry_plan(name, "made", act, begun)
    for reasoned, detail in chosen:
        plan = carry_plan(name, "chosen", reasoned, detail)
    return plan


def _detail(target: Target) -> dict[str, Any]:
    told = {"indicator": target.indicator, "sense": target.sense, "value": target.base_value}
    return {**told, "note_en": target.reading_en}


def _tried(name: str, steps: Sequence[tuple[Kind, Act, dict[str, Any]]]) -> None:
    """The set as it would be: what stands in the way of any step is told before the first is kept."""
    plan, now = Plan(name), datetime.now(UTC)
    for kind, act, detail in steps:
        event = PlanEvent(name, plan.number + 1, now, kind, act.who, note=act.note, detail=detail)
        if found := weighed(plan, event, act)[1]:
            raise ActRefused(tuple(found))
        plan = after(plan, event)


def _target(desk: Desk, key: str, table: Any, set_name: str) -> Target:
    target = validate(Target, key, table, _WHERE)
    where = f"{_WHERE} [{key}]"
    if target.set != set_name or not isinstance(target.due, date):
        raise DatasetError(f"is of set {target.set!r}", where=where, remedy=f"it belongs to {set_name}")
    if target.indicator not in desk.register.indicators:
        remedy = suggest(target.indicator, desk.register.indicators)
        raise DatasetError(f"unknown indicator {target.indicator!r}", where=where, remedy=remedy)
    unit = desk.register.indicator(target.indicator).unit
    if to_base(target.value, target.unit)[1] != unit:
        raise DatasetError(f"{target.unit} is not a unit of {unit}", where=where, remedy="use one that is")
    return target
