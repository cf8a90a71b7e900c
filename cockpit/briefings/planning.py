"""Sets of targets that people make: read, proposed, shared out, and carried on by acts whose right is asked here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Final

import numpy as np

from cockpit.acting import ANSWER_PLAN, FIX_PLAN, PLAN, Act, ActRefused, Deed, Fault
from cockpit.analysis.briefing import (
    HELD,
    WEIGHTS,
    Breakdown,
    Proposed,
    Raised,
    break_down,
    last_full_year,
    propose,
    raise_towns,
)
from cockpit.analysis.planning.allocation import CannotBeMet, spread, whole
from cockpit.analysis.planning.records import scope_of
from cockpit.analysis.planning.sets import Item, Kind, Plan, PlanEvent, after, faults
from cockpit.briefings.desks import Desk, open_desk, place_names
from cockpit.briefings.plan_book import all_plans
from cockpit.datasets.database.address import database_address
from cockpit.datasets.database.events import Row
from cockpit.datasets.planning.log import plan_log
from cockpit.datasets.store.loading import counties_of
from cockpit.errors import CockpitError
from cockpit.policy.records import Indicator
from cockpit.policy.register import load
from cockpit.rights import PROVINCE
from cockpit.units import scale_of
from cockpit.vocabulary import LANGUAGES, PREFECTURES, Language, Text

# Who may do what to a set: draft and send it, answer for one's own place, fix it.
DEEDS: Final[Mapping[Kind, Deed]] = {
    **dict.fromkeys(("made", "chosen", "left_out", "shared", "held", "released", "sent", "recalled"), PLAN),
    "answered": ANSWER_PLAN,
    **dict.fromkeys(("fixed", "returned", "in_force", "adjusted", "closed"), FIX_PLAN),
}
YI: Final = 1e8
_HAIR: Final = 1e-6


def step_of(indicator: Indicator) -> float:
    """What shares are whole numbers of: 亿元 for money, one for counts; base unit."""
    return YI if indicator.unit == "yuan" else 1.0


def is_shared(indicator: Indicator) -> bool:
    """Whether a target of it is broken down by sums: shares are not, nor is who stands on the list."""
    return indicator.is_additive and not indicator.is_ratio and indicator.origin_of_value != "list"


@lru_cache(maxsize=64)
def proposal(desk: Desk, indicator: str, year: int) -> Proposed | None:
    """The methods side by side; None where nothing can be proposed: a share, the list, no returns."""
    item = desk.register.indicator(indicator)
    try:
        return propose(desk.cube, desk.dataset, item, year, desk.register.planning) if is_shared(item) else None
    except CockpitError:
        return None


@dataclass(frozen=True, eq=False)
class Shared:
    """One indicator of a set shared out: what the system suggests without holds, and with what people held.

    `level`: of a share, the floor of every town; then there are no sums. `why`: why it cannot be shared out.
    """

    item: Item
    suggested: Breakdown | None = None
    assigned: Breakdown | None = None
    level: float | None = None
    why: CannotBeMet | CockpitError | None = None

    @property
    def by_town(self) -> Mapping[str, float]:
        """What each town carries; what was fixed stays, whatever the data say since."""
        if self.item.assigned:
            return self.item.assigned
        return self.assigned.shares if self.assigned else {}


@lru_cache(maxsize=64)
def shared_out(desk: Desk, plan: Plan, indicator: str, mix: tuple[tuple[str, float], ...] | None = None) -> Shared:
    """One indicator of a set, broken down; `mix` are weights on trial."""
    item, known = plan.items[indicator], desk.register.indicator(indicator)
    if item.value is None:
        return Shared(item)
    try:
        if known.is_ratio:
            return Shared(item, level=raised(desk, plan, indicator).level)
        if not is_shared(known):
            return Shared(item)
        weights = dict(mix) if mix is not None else dict(item.mix) or None
        plain = _broken(desk, plan, item, weights, {})
        held = {unit: at.value for unit, at in item.held.items()}
        return Shared(item, plain, _broken(desk, plan, item, weights, held) if held else plain)
    except (CannotBeMet, CockpitError) as why:
        return Shared(item, why=why)


def raised(desk: Desk, plan: Plan, indicator: str) -> Raised:
    """A share of a set: who has to come up, among the towns whose share it is.

    Raises:
        CockpitError: it is no share, or no town tells both of its parts.
    """
    known, scope = desk.register.indicator(indicator), scope_of(desk.register, indicator)
    return raise_towns(desk.cube, known, plan.items[indicator].value or 0.0, scope)


def _towns_of(desk: Desk, indicator: str, year: str) -> list[str]:
    """The towns a share is asked of."""
    counted = desk.cube.in_scope(scope_of(desk.register, indicator), year)
    return [code for code, is_on in zip(desk.cube.towns, counted, strict=True) if is_on]


def _broken(
    desk: Desk, plan: Plan, item: Item, mix: Mapping[str, float] | None, held: Mapping[str, float]
) -> Breakdown:
    known = desk.register.indicator(item.indicator)
    return break_down(
        desk.cube, desk.dataset.towns, known, plan.year, item.value or 0.0, step_of(known), desk.register.planning,
        mix=mix, held=held, reserve=item.reserve,
    )  # fmt: skip


def carry_plan(
    name: str, kind: Kind, act: Act, detail: Mapping[str, Any], office: str = "", at: datetime | None = None
) -> Plan:
    """Add an event to a set, or begin one (kind `made`); returns the set after it.

    What fixes or adjusts a set is worked out here from the current data and never given by the caller.

    Raises:
        ActRefused: the right or the scope is missing, the event may not follow, or a sum cannot be met; nothing is
            written.
        EventConflict: somebody was quicker. LogUnavailable: the database cannot be used.
    """
    plans = all_plans()
    before = Plan(name) if kind == "made" and name not in plans.events else plans.of(name)
    event = PlanEvent(name, before.number + 1, at or datetime.now(UTC), kind, act.who, office, act.note, detail)
    detail, found = weighed(before, event, act)
    if found:
        act.record("plan", name, outcome="refused", why=found[0].problem)
        raise ActRefused(tuple(found))
    row = Row(name, event.number, event.at, kind, event.by, office, act.note, detail)
    plan_log(database_address()).append(row)
    act.record("plan", name, kind=kind)
    return all_plans().of(name)


def weighed(before: Plan, event: PlanEvent, act: Act) -> tuple[Mapping[str, Any], list[Fault]]:
    """The detail of an event as it would be kept, and all that stands in its way; nothing is written."""
    register, deed = load(), DEEDS[event.kind]
    ratios = frozenset(key for key, item in register.indicators.items() if item.is_ratio)
    found = [*act.faults(deed, register.limits.length, _towns(before, event))]
    if event.kind != "answered" and not found and not act.actor.rights.scope(deed.verb).is_all:
        found.append(Fault(f"name.{deed.id}", "out_of_scope"))
    found += [Fault("plan", f"plan_{why}") for why in faults(before, event, ratios=ratios, units=_units(before))]
    return (event.detail, found) if found else _worked_out(before, event)


def _towns(plan: Plan, event: PlanEvent) -> list[tuple[str, str]] | None:
    """The places an answer speaks for; a set itself is of the whole province."""
    if event.kind != "answered":
        return None
    counties = counties_of(plan.dataset)
    units = {str(line.get("unit", "")) for line in event.detail.get("answers", ())}
    return [(unit, counties.get(unit, unit)) for unit in sorted(units)]


def _units(plan: Plan) -> frozenset[str]:
    counties = counties_of(plan.dataset) if plan.dataset else {}
    return frozenset({*counties, *counties.values(), *PREFECTURES, PROVINCE})


def _worked_out(plan: Plan, event: PlanEvent) -> tuple[Mapping[str, Any], list[Fault]]:
    """The detail as it is kept, and what cannot be met."""
    if event.kind in ("made", "answered", "left_out", "recalled", "returned", "in_force", "closed"):
        return event.detail, []
    desk = open_desk(plan.dataset)
    if event.kind in ("chosen", "shared", "held", "adjusted") and (found := _not_whole(desk, event)):
        return event.detail, found
    if event.kind == "adjusted":
        return _adjusted(desk, plan, event)
    # As it would stand after the event: a sum that cannot be met is told before anything is kept.
    then = plan if event.kind in ("sent", "fixed") else after(plan, event)
    names = [item.indicator for item in then.chosen]
    if event.kind in ("chosen", "shared", "held", "released"):
        names = [str(event.detail["indicator"])]
    shares = {name: shared_out.__wrapped__(desk, then, name) for name in names}
    found = [fault_of(desk, shared) for shared in shares.values() if shared.why is not None]
    if event.kind != "fixed" or found:
        return event.detail, found
    cube, year = desk.cube, str(last_full_year(desk.cube))
    members = [code for code, is_on in zip(cube.towns, cube.in_scope("province", year), strict=True) if is_on]
    levels = {
        name: dict.fromkeys(_towns_of(desk, name, year), shared.level)
        for name, shared in shares.items()
        if shared.level is not None
    }
    assigned = {name: dict(shared.by_town) for name, shared in shares.items()} | levels
    kept = {"assigned": assigned, "register": desk.register.fingerprint, "version": desk.dataset.manifest.version}
    return {**event.detail, **kept, "members": members}, []


def _adjusted(desk: Desk, plan: Plan, event: PlanEvent) -> tuple[Mapping[str, Any], list[Fault]]:
    """A unit's figure in force changed: its towns in proportion to what they had, the total by as much, unless another
    unit takes it over (`against`)."""
    item = plan.items[str(event.detail["indicator"])]
    towns = desk.dataset.towns
    places = [towns[name].astype(str).to_numpy() for name in ("town_code", "county_adcode", "prefecture_adcode")]
    codes = places[0]

    def own(unit: str) -> list[str]:
        return [code for code, *at in zip(codes, *places, strict=True) if unit in at and code in item.assigned]

    assigned, total = dict(item.assigned), item.value or 0.0
    unit, against = str(event.detail["unit"]), str(event.detail.get("against") or "")
    value = float(event.detail["value"])
    step = step_of(desk.register.indicator(item.indicator))
    moved = value - sum(assigned[code] for code in own(unit))
    for place, sum_of in ((unit, value), (against, sum(assigned[code] for code in own(against)) - moved)):
        members = own(place) if place else []
        if place and (not members or sum_of < 0 or (against and set(own(unit)) & set(own(against)))):
            return event.detail, [Fault("plan", "plan_unit", value=place)]
        assigned |= _in_proportion({code: assigned[code] for code in members}, sum_of, step)
    return {**event.detail, "assigned": assigned, "total": total + (0.0 if against else moved)}, []


def _in_proportion(had: Mapping[str, float], total: float, step: float) -> dict[str, float]:
    if not had:
        return {}
    found = spread(total / step, np.array(list(had.values())))
    kept = whole(found.values, round(total / step)) * step
    return dict(zip(had, map(float, kept), strict=True))


def fault_of(desk: Desk, shared: Shared) -> Fault:
    """Why something cannot be shared out, as a fault: the bounds with their unit, what was held beyond the sum, or the
    fault's own words."""
    why, known = shared.why, desk.register.indicator(shared.item.indicator)
    if isinstance(why, CannotBeMet):
        problem = "plan_held" if why.held > _free(shared.item, why) else "plan_bounds"
        return Fault("plan", problem, value=Text(*(_unmet(desk, shared.item, why, language) for language in LANGUAGES)))
    if why is not None and why.where == WEIGHTS:
        return Fault("plan", "plan_no_weights")
    if why is not None and why.where.startswith(HELD):
        unit = why.where.removeprefix(HELD)
        return Fault("plan", "plan_unit", value=Text(*(place_names(desk, at).get(unit, unit) for at in LANGUAGES)))
    return Fault("plan", "plan_cannot", value=Text(*(known.label.say(language) for language in LANGUAGES)))


def _unmet(desk: Desk, item: Item, why: CannotBeMet, language: Language) -> str:
    """`总产出 杭州 12,206 亿元 – 20,554 亿元`, or the units held with what they have and what there is."""
    known, names = desk.register.indicator(item.indicator), place_names(desk, language)

    def said(value: float) -> str:
        step = YI if language == "zh" else 10 * YI
        scale = scale_of(value, known.unit, language, counter=known.counter, step=step)
        return str(replace(scale, is_grouped=True).figure(value, 5))

    if why.held > _free(item, why):
        units = (f"{names.get(unit, unit)} {said(held.value)}" for unit, held in sorted(item.held.items()))
        return f"{', '.join(units)} > {said(_free(item, why))}"
    where = filter(None, (known.label.say(language), names.get(why.unit, why.unit)))
    return " ".join((*where, f"{said(why.least)} – {said(why.most)}"))


def _free(item: Item, why: CannotBeMet) -> float:
    """What there is to share out: of the whole, without what is kept back."""
    return why.total - (0.0 if why.unit else item.reserve)


def _not_whole(desk: Desk, event: PlanEvent) -> list[Fault]:
    """A figure of a sum that no whole units add up to."""
    known = desk.register.indicator(str(event.detail["indicator"]))
    step = step_of(known)
    given = [float(event.detail[name]) for name in ("value", "reserve") if event.detail.get(name) is not None]
    if not is_shared(known) or all(abs(value / step - round(value / step)) < _HAIR for value in given):
        return []
    words = (str(scale_of(step, known.unit, at, counter=known.counter).figure(step)) for at in LANGUAGES)
    return [Fault("plan", "plan_whole", value=Text(*words))]
