"""Matters and sets of targets as a reader with a scope is told of them: what people wrote names no town outside.

A matter of his county may be compared with another's town in its title, a set of the province gives reasons; both are
his to read, the names in them are not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any, Final, TypeVar

from cockpit.analysis.planning.sets import Plan, PlanEvent
from cockpit.analysis.supervision.events import Event
from cockpit.analysis.supervision.machine import Matter
from cockpit.briefings.desks import Desk
from cockpit.briefings.outside import Outside, outside
from cockpit.briefings.plan_book import Plans, Saved, all_plans
from cockpit.rights import Scope
from cockpit.vocabulary import Text

T = TypeVar("T", Event, PlanEvent)
_WRITTEN_EVENT: Final = ("by", "office", "note")


def matter_told(item: Matter, told: Outside) -> Matter:
    """A matter with its texts freed; itself where none names a town outside."""
    pairs = {name: told.both(Text(at, en or at)) for name, at, en in _pairs(item)}
    changed: dict[str, Any] = {name: text.zh for name, text in pairs.items() if text.zh != getattr(item, name)}
    changed |= {f"{name}_en": pairs[name].en for name in changed if name in ("title", "lead")}
    if (doers := tuple(told.free(office, "zh") for office in item.doers)) != item.doers:
        changed["doers"] = doers
    return replace(item, **changed) if changed else item


def _pairs(item: Matter) -> list[tuple[str, str, str]]:
    plain = [(name, str(getattr(item, name)), "") for name in ("clause", "filed_by", "issuer", "alert")]
    return [("title", item.title, item.title_en), ("lead", item.lead, item.lead_en), *plain]


def event_told(event: T, told: Outside) -> T:
    """An event with what was written in it freed, in its detail as well; itself where nothing is."""
    detail = dict(_freed(event.detail, told))
    changed: dict[str, Any] = {}
    for name in _WRITTEN_EVENT:
        text = told.both(Text(getattr(event, name), str(event.detail.get(f"{name}_en") or "")))
        if text.zh != getattr(event, name):
            changed[name] = text.zh
            detail[f"{name}_en"] = text.en
    if detail == event.detail and not changed:
        return event
    return replace(event, detail=detail, **changed)


def _freed(value: Any, told: Outside) -> Any:
    """Every text in a detail; codes are keys or stand alone and are asked of by whoever shows them."""
    if isinstance(value, str):
        return told.free(value, "zh")
    if isinstance(value, Mapping):
        return {name: _english(at, told) if name.endswith("_en") else _freed(at, told) for name, at in value.items()}
    if isinstance(value, list | tuple):
        return [_freed(at, told) for at in value]
    return value


def _english(value: Any, told: Outside) -> Any:
    return told.free(value, "en") if isinstance(value, str) else value


def plans_seen(desk: Desk, scope: Scope) -> Plans:
    """The sets and scenarios people made, as a reader with a scope is told of them.

    Raises:
        LogUnavailable: the database cannot be used.
    """
    return all_plans() if scope.is_all else _plans(all_plans(), desk.dataset.name, outside(desk, scope))


@lru_cache(maxsize=32)
def _plans(plans: Plans, dataset: str, told: Outside) -> Plans:
    return Plans(
        tuple(_plan(plan, told) if plan.dataset == dataset else plan for plan in plans.plans),
        {name: tuple(event_told(event, told) for event in events) for name, events in plans.events.items()},
        {name: tuple(item for item in own if not _names_one(item, told)) for name, own in plans.scenarios.items()},
    )


def _names_one(item: Saved, told: Outside) -> bool:
    return told.names_one(item.name, item.by)


@lru_cache(maxsize=256)
def _plan(plan: Plan, told: Outside) -> Plan:
    """One object a set and scope, so that what is computed of it is kept; itself where nothing names a town outside."""
    items = {name: _item(item, told) for name, item in plan.items.items()}
    title, fixed_by = told.both(plan.title), told.free(plan.fixed_by, "zh")
    if title is plan.title and fixed_by == plan.fixed_by and all(items[name] is at for name, at in plan.items.items()):
        return plan
    return replace(plan, title=title, fixed_by=fixed_by, items=items)


def _item(item: Any, told: Outside) -> Any:
    held = {
        unit: replace(at, note=told.free(at.note, "zh"), by=told.free(at.by, "zh")) for unit, at in item.held.items()
    }
    answers = {
        unit: replace(at, note=told.both(at.note), by=told.free(at.by, "zh"), cell=told.free(at.cell, "zh"))
        for unit, at in item.answers.items()
    }
    reason, by = told.both(item.reason), told.free(item.by, "zh")
    if reason is item.reason and by == item.by and held == item.held and answers == item.answers:
        return item
    return replace(item, reason=reason, by=by, held=held, answers=answers)
