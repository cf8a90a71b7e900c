"""What leaves the page of planning as a table: a scenario, marked as one in title, head and notes; the methods.

Pure: values in, a sheet out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cockpit.analysis.briefing import Card, Proposed, Scenario
from cockpit.analysis.briefing.levers import Lever
from cockpit.analysis.planning.methods import METHODS
from cockpit.analysis.planning.sets import Plan
from cockpit.briefings import Desk
from cockpit.exports.notes import period_words, standing_notes
from cockpit.exports.tables import Cell, Sheet
from cockpit.phrases import say
from cockpit.policy.records import SENSES
from cockpit.vocabulary import STATUSES, Language
from cockpit.wording import plan as words


def scenario_sheet(
    desk: Desk, found: Scenario, levers: Sequence[Lever], names: Mapping[str, str], language: Language, towns: int
) -> Sheet:
    """Targets without and with the levers, figures in base unit; every assumption stands in the notes."""
    mark = say("plan.scenario", language)
    rows: list[tuple[Cell, ...]] = []
    for item in found.moved:
        before, after = item.before, item.after
        rows.append(
            (mark, before.indicator.label.say(language), before.target.base_value, before.value, after.value,
             item.difference, _verdict(before, language), _verdict(after, language))
        )  # fmt: skip
    heads = (
        mark, say("plan.col.target", language), say("plan.export.aim", language), say("plan.col.before", language),
        say("plan.col.after", language), say("plan.col.difference", language),
        f"{say('plan.col.verdict', language)} ({say('plan.col.before', language)})",
        f"{say('plan.col.verdict', language)} ({say('plan.col.after', language)})",
    )  # fmt: skip
    said = [
        f"{desk.register.indicator(lever.indicator).label.say(language)} {words.where(lever, names, language)} "
        f"{words.size(lever, desk.register, language)}"
        for lever in levers
    ]
    notes = standing_notes(
        desk, language, period=period_words(found.period, language), count=str(towns),
        special=((mark, say("plan.scenario.band", language)), (say("plan.levers", language), "; ".join(said))),
        remarks=(say("elements.base_unit", language),),
    )  # fmt: skip
    title = f"{mark} {say('plan.targets', language)}"
    return Sheet(title, heads, ("",) * len(heads), tuple(rows), notes, say("export.notes", language))


def _verdict(card: Card, language: Language) -> str:
    return STATUSES[card.status].say(language)


def methods_sheet(
    desk: Desk,
    plan: Plan,
    found: Mapping[str, Proposed | None],
    language: Language,
    about: Mapping[str, str],
    towns: int,
) -> Sheet:
    """What each method proposes for each indicator and what was chosen, in base unit; a proposal until in force."""
    heads = (
        say("plan.col.indicator", language), say("plan.base_year", language, year=plan.since),
        *(say(f"plan.method.{name}", language) for name in METHODS), say("plan.col.median", language),
        say("plan.form.sense", language), say("plan.col.chosen", language), say("act.field.note.plan", language),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for name, item in plan.items.items():
        own = found.get(name)
        told: dict[str, float | None] = {at.method: at.value for at in own.proposals} if own else {}
        rows.append(
            (desk.register.indicator(name).label.say(language), own.base if own else None,
             *(told.get(method) for method in METHODS), own.median if own else None,
             SENSES[item.sense].say(language) if item.sense else None, item.value, item.reason.say(language) or None)
        )  # fmt: skip
    mark = say(f"plan.state.{plan.state}" if plan.is_in_force else "plan.proposed", language)
    formulas = tuple((say(f"plan.method.{name}", language), about[name]) for name in METHODS)
    notes = standing_notes(
        desk, language, period=say("plan.base_year", language, year=plan.since), count=str(towns),
        special=((mark, _standing(plan, language)), *formulas),
        remarks=(say("elements.base_unit", language),),
    )  # fmt: skip
    title = f"{mark} {say('plan.propose.title', language, year=plan.year)}"
    return Sheet(title, heads, ("",) * len(heads), tuple(rows), notes, say("export.notes", language))


def _standing(plan: Plan, language: Language) -> str:
    if plan.is_in_force:
        return say("plan.note_in_force", language, base=plan.since, state=say(f"plan.state.{plan.state}", language))
    return say("plan.note", language, base=plan.since)
