"""A set that people made as the records every page judges by: its set, its targets; and as the lines of a record file.

Pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final, Literal

from cockpit.analysis.planning.sets import Item, Plan
from cockpit.policy.records import Origin, Target, TargetSet
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
    if plan.state not in ("in_force", "closed"):
        return {}
    return {
        _target(plan, item, register).id: item.assigned
        for item in plan.chosen
        if item.assigned and not register.indicator(item.indicator).is_ratio
    }


def is_shown(plan: Plan, register: Register) -> bool:
    """Whether pages can show the set: it has a target in money, as every set on record does."""
    return any(target.rank == "money" for target in targets_of(plan, register).values())


def _origin(plan: Plan) -> Origin:
    return "own" if plan.state in ("in_force", "closed") else "proposed"


def _target(plan: Plan, item: Item, register: Register) -> Target:
    indicator = register.indicator(item.indicator)
    like = next((at for at in register.every_target.values() if at.indicator == item.indicator), None)
    unit, factor = _WRITTEN.get(indicator.unit, _COUNT)
    return Target(
        id=f"{item.indicator}_{plan.id}".replace("-", "_"), set=plan.id, indicator=item.indicator,
        scope=like.scope if like else "province", sense=item.sense or "at_least", unit=unit,
        value=float(f"{(item.value or 0.0) / factor:.12g}"), due=date(plan.year, 12, 31), force="headline",
        origin=_origin(plan), reading_zh=item.reason.zh, reading_en=item.reason.en,
        rank=like.rank if like else _RANKS.get(indicator.unit, "count"),
    )  # fmt: skip
