"""A set that people made as the records every page judges by: its set, its targets; and as the lines of a record file.

Pure.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Final, Literal

from cockpit.analysis.planning.sets import Item, Plan
from cockpit.policy.records import Origin, Scope, Target, TargetSet
from cockpit.policy.register import Register

# How a base unit is written in a target.
_WRITTEN: Final[Mapping[str, tuple[str, float]]] = {"yuan": ("亿元", 1e8), "share": ("%", 0.01)}
_RANKS: Final[Mapping[str, Literal["money", "count", "share"]]] = {"yuan": "money", "share": "share"}
_COUNT: Final = ("个", 1.0)


def set_of(plan: Plan) -> TargetSet:
    """The record of a set; a proposal until it is in force."""
    return TargetSet(
        id=plan.id, label_zh=plan.title.zh, label_en=plan.title.en, since=plan.since, due=date(plan.year, 12, 31),
        state="draft" if plan.state == "new" else plan.state, origin=_origin(plan),
    )  # fmt: skip


def targets_of(plan: Plan, register: Register) -> dict[str, Target]:
    """The targets of a set, by id; scope and rank are those the last set gave the indicator."""
    found = {}
    for item in plan.chosen:
        target = _target(plan, item, register)
        found[target.id] = target
    return found


def own_of(plan: Plan, register: Register) -> dict[str, Mapping[str, float]]:
    """What towns carry of each target in force, by target; ratios are floors and carry nothing."""
    if not plan.is_in_force:
        return {}
    return {
        _target(plan, item, register).id: item.assigned
        for item in plan.chosen
        if item.assigned and not register.indicator(item.indicator).is_ratio
    }


def is_shown(plan: Plan, register: Register) -> bool:
    """Whether pages can show the set: it has a target in money, as every set on record does."""
    return any(target.rank == "money" for target in targets_of(plan, register).values())


def scope_of(register: Register, indicator: str) -> Scope:
    """Whose figure a target of an indicator is, as the sets on record have it."""
    own = (target.scope for target in register.every_target.values() if target.indicator == indicator)
    return next(own, "province")


def _origin(plan: Plan) -> Origin:
    return "own" if plan.is_in_force else "proposed"


def _target(plan: Plan, item: Item, register: Register) -> Target:
    indicator = register.indicator(item.indicator)
    like = next((at for at in register.every_target.values() if at.indicator == item.indicator), None)
    unit, factor = _WRITTEN.get(indicator.unit, _COUNT)
    return Target(
        id=f"{item.indicator}_{plan.id}".replace("-", "_"), set=plan.id, indicator=item.indicator,
        scope=scope_of(register, item.indicator), sense=item.sense or "at_least", unit=unit,
        value=float(f"{(item.value or 0.0) / factor:.12g}"), due=date(plan.year, 12, 31), force="headline",
        origin=_origin(plan), reading_zh=item.reason.zh, reading_en=item.reason.en,
        rank=like.rank if like else _RANKS.get(indicator.unit, "count"),
    )  # fmt: skip


def toml_of(plan: Plan, register: Register) -> str:
    """The set as it would stand in target_sets.toml, and its targets as in targets.toml, one after the other."""
    found = set_of(plan)
    lines = [f"[{_key(plan.id)}]"]
    own: dict[str, object] = {
        "label_zh": found.label_zh, "label_en": found.label_en, "since": found.since, "due": found.due,
        "state": found.state, "origin": found.origin,
    }  # fmt: skip
    lines += [f"{name} = {_value(value)}" for name, value in own.items()]
    for target in targets_of(plan, register).values():
        lines += ["", f"[{_key(target.id)}]"]
        kept = {
            "set": target.set, "indicator": target.indicator, "scope": target.scope, "sense": target.sense,
            "value": target.value, "unit": target.unit, "due": target.due, "force": target.force,
            "origin": target.origin, "rank": target.rank, "reading_zh": target.reading_zh,
            "reading_en": target.reading_en,
        }  # fmt: skip
        lines += [f"{name} = {_value(value)}" for name, value in kept.items()]
    return "\n".join(lines) + "\n"


def _key(name: str) -> str:
    return name if name.replace("_", "").isalnum() and name.isascii() else json.dumps(name)


def _value(value: object) -> str:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else str(value)
