"""The next targets (规划) in the briefing pack: what was chosen, and who would carry how much. Marked as a proposal.

Pure but for the log of sets; see `pack`.
"""

from __future__ import annotations

from cockpit.analysis.briefing import Line, lines_seen
from cockpit.analysis.planning.methods import yearly_growth
from cockpit.analysis.planning.sets import Item, Plan
from cockpit.briefings import place_names
from cockpit.briefings.planning import Shared, is_shared, shared_out
from cockpit.briefings.told import plans_seen
from cockpit.datasets.decisions.entries import LogUnavailable
from cockpit.exports.pack.material import Material, number_of
from cockpit.exports.pack.model import Column, Section, Table
from cockpit.units import percent
from cockpit.vocabulary import ORIGINS
from cockpit.wording import plan as words

_UNITS = 12  # rows on a slide


def planned(ask: Material) -> list[Section]:
    """The section of the latest set; none where there is none, or it is not to be read."""
    try:
        plans = plans_seen(ask.desk, ask.selection.scope).of_dataset(ask.desk.dataset.name)
    except LogUnavailable:
        return []
    return [_section(ask, plans[0])] if plans and plans[0].chosen else []


def _section(ask: Material, plan: Plan) -> Section:
    in_force = plan.is_in_force
    mark = ORIGINS["own" if in_force else "proposed"].say(ask.language)
    name = ask.say("pack.plan_title", name=plan.title.say(ask.language), state=words.state(plan, ask.language))
    sums = [item for item in plan.chosen if is_shared(ask.desk.register.indicator(item.indicator))]
    first = next((item for item in sums if ask.desk.register.indicator(item.indicator).unit == "yuan"), None)
    shared = shared_out(ask.desk, plan, first.indicator) if first else None
    return Section(
        key="plan",
        title=f"{name} [{mark}]",
        lead=ask.say("pack.plan_lead_in_force" if in_force else "pack.plan_lead", base=plan.since),
        finding=_finding(ask, plan, first, shared),
        foot=f"{ask.foot(ask.say('pack.plan_period', base=plan.since, year=plan.year))} · {mark}",
        tables=(_chosen(ask, plan), *([_units(ask, shared)] if shared and shared.suggested else [])),
    )


def _finding(ask: Material, plan: Plan, item: Item | None, shared: Shared | None) -> str:
    if item is None or shared is None or shared.suggested is None:
        return ""
    known = ask.desk.register.indicator(item.indicator)
    base = sum(shared.suggested.bases.values())
    growth = yearly_growth(base, item.value or 0.0, plan.year - plan.since)
    value = words.aim(item.value, item.sense, known, ask.language)
    return ask.say(
        "pack.found_plan", year=plan.year, name=known.label.say(ask.language), value=value, growth=percent(growth)
    )


def _chosen(ask: Material, plan: Plan) -> Table:
    rows = []
    for item in plan.items.values():
        known = ask.desk.register.indicator(item.indicator)
        value = words.aim(item.value, item.sense, known, ask.language) if item.value is not None else None
        state = item.reason.say(ask.language) or ask.say("plan.to_choose")
        rows.append((known.label.say(ask.language), value or ask.say("plan.left_out"), state))
    columns = (
        Column(ask.say("plan.col.indicator"), width=1.4),
        Column(ask.say("plan.col.chosen"), width=1.4),
        Column(ask.say("act.field.note.plan"), width=3.0),
    )
    return Table(ask.say("pack.plan_targets"), columns, tuple(rows))


def _units(ask: Material, shared: Shared) -> Table:
    """Prefectures (or what a reader sees of them) with base, stated, proposed and assigned figures."""
    assert shared.suggested is not None
    known, names = shared.suggested.indicator, place_names(ask.desk, ask.language)
    towns = ask.desk.dataset.towns
    told = lines_seen(shared.item, shared.suggested, shared.by_town, towns, frozenset(), ask.selection.scope)
    divisor, unit = words.divisor_of(known, ask.language), words.unit_of(known, ask.language)
    decimals = words.decimals_of(known, ask.language)

    def row(line: Line) -> tuple[object, ...]:
        figures = (line.base, line.stated, line.suggested, line.assigned)
        values = (number_of(None if value is None else value / divisor, decimals, is_grouped=True) for value in figures)
        growth = None if line.yearly is None else line.yearly * 100
        return (names.get(line.code, line.code), *values, number_of(growth, 1))

    columns = (
        Column(ask.say("plan.col.unit"), width=1.4),
        *(Column(ask.say(f"plan.col.{name}"), unit) for name in ("base", "stated", "suggested", "assigned")),
        Column(ask.say("plan.col.yearly"), "%"),
    )
    title = ask.say("pack.plan_break", name=known.label.say(ask.language))
    return Table(title, columns, tuple(row(line) for line in told), brief_rows=_UNITS)  # type: ignore[misc]
