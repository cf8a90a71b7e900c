"""Sets of targets people make as JSON (规划): what was chosen, who carries how much. No names of people."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import pandas as pd
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from cockpit.analysis.briefing import areas_of, lines_seen
from cockpit.analysis.planning.sets import Item, Plan
from cockpit.analysis.selection import Junk
from cockpit.briefings import Desk, outside
from cockpit.briefings.plan_book import all_plans
from cockpit.briefings.planning import fault_of, shared_out
from cockpit.briefings.told import plans_seen
from cockpit.datasets.decisions.entries import LogUnavailable
from cockpit.errors import suggest
from cockpit.policy.records import SENSES, SetState
from cockpit.rights import PROVINCE, Scope
from cockpit.service.api.queries import Query, UnknownParameters, answer, head
from cockpit.service.api.shapes import ApiShape, Head, Number, OneOf
from cockpit.vocabulary import Language


class PlanUnit(ApiShape):
    """What one unit carries, base unit. `stated` is its answer, `suggested` ours without holds, `assigned` with; of the
    province both hold the reserve. Only units that lie within the filters as a whole."""

    code: str = Field(description="town, county, prefecture or 330000 the province, as far as the caller may see it")
    level: str
    base: Number
    stated: Number | None
    suggested: Number
    assigned: Number
    growth_a_year: Number | None
    share_shift: Number = Field(description="share of the target less share of the base")
    is_held: bool


class PlanItem(ApiShape):
    """One indicator of a set. `value` is null where it was left out or not chosen yet; `reason` says why."""

    indicator: str
    label: str
    operator: Annotated[str, OneOf(tuple(SENSES))] | None
    value: Number | None
    reason: str | None
    reserve: Number
    floor_of_each_town: Number | None = Field(description="of a share: the level every town comes up to")
    cannot_be_shared: str | None
    units: list[PlanUnit]


class PlanSet(ApiShape):
    """A set of targets. `is_proposal` until it is in force: 建议, never policy."""

    id: str
    title: str
    state: SetState
    is_proposal: bool
    base_year: int
    year: int
    draft: int
    revision: int
    answers_until: date | None
    fixed_register: str | None
    fixed_version: str | None
    towns_frozen: int | None
    items: list[PlanItem]


class PlanAnswer(Head):
    """The sets people made of the dataset, the latest year first; units of the one asked for by `plan` only."""

    sets: list[PlanSet]


def _answer(asked: Query) -> PlanAnswer:
    scope, picked = asked.briefing.selection.scope, asked.extra["plan"]
    found = plans_seen(asked.desk, scope).of_dataset(asked.desk.dataset.name)
    if picked and picked not in {plan.id for plan in found}:
        raise UnknownParameters(
            [Junk("plan", picked)],
            suggest(picked, [plan.id for plan in found]) if found else "leave plan out: no set of this dataset",
        )
    within = frozenset(asked.briefing.towns["town_code"].astype(str))
    told = [_set(asked.desk, plan, asked.language, scope, within if plan.id == picked else None) for plan in found]
    return PlanAnswer(**head(asked), sets=told)


def _set(desk: Desk, plan: Plan, language: Language, scope: Scope, within: frozenset[str] | None) -> PlanSet:
    return PlanSet(
        id=plan.id,
        title=plan.title.say(language),
        state="draft" if plan.state == "new" else plan.state,
        is_proposal=not plan.is_in_force,
        base_year=plan.since,
        year=plan.year,
        draft=plan.draft,
        revision=plan.revision,
        answers_until=date.fromisoformat(plan.answer_by) if plan.answer_by else None,
        fixed_register=plan.register or None,
        fixed_version=plan.version if plan.members else None,
        towns_frozen=len(plan.members) or None,
        items=[_item(desk, plan, item, language, scope, within) for item in plan.items.values()],
    )


def _item(
    desk: Desk, plan: Plan, item: Item, language: Language, scope: Scope, within: frozenset[str] | None
) -> PlanItem:
    shared = shared_out(desk, plan, item.indicator)
    units: list[PlanUnit] = []
    if within is not None and shared.suggested is not None:
        towns = desk.dataset.towns
        partly = _not_within(towns, within)
        units = [
            PlanUnit(
                code=line.code, level=line.level, base=line.base, stated=line.stated, suggested=line.suggested,
                assigned=line.assigned, growth_a_year=line.yearly, share_shift=line.shift,
                is_held=line.held is not None,
            )
            for line in lines_seen(item, shared.suggested, shared.by_town, towns, areas_of(towns), scope)
            if line.code not in partly
        ]  # fmt: skip
    return PlanItem(
        indicator=item.indicator,
        label=desk.register.indicator(item.indicator).label.say(language),
        operator=item.sense,
        value=item.value,
        reason=item.reason.say(language) or None,
        reserve=item.reserve,
        floor_of_each_town=shared.level,
        cannot_be_shared=outside(desk, scope).free(fault_of(desk, shared).say(language), language)
        if shared.why is not None
        else None,
        units=units,
    )


def _not_within(towns: pd.DataFrame, within: frozenset[str]) -> frozenset[str]:
    """Towns a filter leaves out, and every area that holds one: its sum would be of more than was asked for."""
    out = towns[~towns["town_code"].astype(str).isin(within)]
    codes = (set(out[name].astype(str)) for name in ("town_code", "county_adcode", "prefecture_adcode"))
    return frozenset().union(*codes, {PROVINCE} if len(out) else ())


def plan_options() -> tuple[str, ...]:
    """What `plan` may be: the sets there are, or none; a log that is away is told by the answer."""
    try:
        return ("", *all_plans().events)
    except LogUnavailable:
        return ("",)


async def plan(request: Request) -> Response:
    """The sets people made, and the units of one."""
    return await answer(request, _answer, {"plan": plan_options()})
