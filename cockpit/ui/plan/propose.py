"""Step 1: what the methods propose for each indicator, and what is chosen."""

from __future__ import annotations

from typing import Any, Final

import streamlit as st

from cockpit.analysis.measures import measure
from cockpit.analysis.planning.methods import yearly_growth
from cockpit.analysis.planning.sets import Plan
from cockpit.briefings.desks import cube_seen
from cockpit.briefings.planning import proposal
from cockpit.exports.planning import methods_sheet
from cockpit.policy.records import SENSES, Indicator, Target
from cockpit.ui.frame import address
from cockpit.ui.frame.downloads import downloads
from cockpit.ui.frame.shell import View
from cockpit.ui.frame.showing import show
from cockpit.ui.plan import acts, page
from cockpit.units import percent
from cockpit.visuals.marks import html as marks
from cockpit.visuals.marks.markup import EMPTY, html
from cockpit.visuals.plan import propose as drawing
from cockpit.vocabulary import STATUSES
from cockpit.wording import plan as words

_FIRST: Final = "total_output_yuan"


def step(view: View, book: page.Book) -> None:
    """The methods on one axis, and beside it the form of the indicator picked."""
    plan = book.plan
    if plan is None:
        page.nothing(view, "plan.no_set")
        return
    rows = [_row(view, plan, name, book.base_year) for name in plan.items]
    picked = address.asked_one("pind", tuple(plan.items), _FIRST if _FIRST in plan.items else next(iter(plan.items)))
    about, stem = _about(view), f"methods-{plan.id}-{view.desk.dataset.name}"
    found = {row.indicator.id: row.proposed for row in rows}
    with st.container(key="ptop", horizontal=True, vertical_alignment="center", gap="small"):
        title = view.say("plan.propose.title", year=plan.year)
        show(page.title(view, title, _lead(view, rows)), width="stretch")
        towns = int(view.desk.cube.in_scope("province", str(plan.since)).sum())
        downloads(
            view, lambda: methods_sheet(view.desk, plan, found, view.language, about, towns), stem, prefix="methods_",
            kinds=("xlsx",),
        )  # fmt: skip
    is_open = plan.state == "draft" and acts.may(view, "chosen")
    work, side = st.columns([3.4, 1], gap="medium") if is_open else (st.container(), None)
    with work:
        show(drawing.methods(about, view.language))
        show(drawing.table(rows, picked if is_open else "", plan.year, view.language))
        if side is None:
            show(html('<p class="note">{}</p>', _closed(view, plan)))
    if side is not None:
        with side, st.container(key="pform"):
            _form(view, plan, picked)


def _closed(view: View, plan: Plan) -> str:
    """Why nothing can be chosen."""
    if not acts.may(view, "chosen"):
        return view.say("plan.not_whole")
    return view.say("plan.form.closed", state=words.state(plan, view.language))


def _row(view: View, plan: Plan, name: str, base_year: int) -> drawing.Row:
    indicator = view.desk.register.indicator(name)
    cube = cube_seen(view.desk, view.person.sees)
    last = _last_target(view, plan, name)
    scope = last.scope if last else "province"
    base = measure(cube, indicator, str(base_year), scope).value
    asked, verdict = None, EMPTY
    if last is not None and not indicator.is_ratio and last.due.year > view.desk.limits.base_year:
        first = measure(cube, indicator, str(view.desk.limits.base_year), scope).value
        asked = yearly_growth(first, last.base_value, last.due.year - view.desk.limits.base_year) if first else None
    if last is not None:
        card = next((card for card in view.briefing.cards if card.target.id == last.id), None)
        if card is not None and card.period == str(base_year):
            verdict = marks.status_chip(card.status, STATUSES[card.status].say(view.language))
    proposed = proposal(view.desk, name, plan.year) if base is not None else None
    return drawing.Row(indicator, plan.items[name], proposed, base, base_year, asked, verdict)


def _last_target(view: View, plan: Plan, name: str) -> Target | None:
    """The target of the set before that measured the same."""
    own = (target for target in view.desk.register.every_target.values() if target.indicator == name)
    before = [target for target in own if target.set != plan.id and target.due.year < plan.year]
    return max(before, key=lambda target: target.due, default=None)


def _lead(view: View, rows: list[drawing.Row]) -> str:
    first = next((row for row in rows if row.proposed and row.proposed.median is not None), None)
    if first is None or first.proposed is None:
        return ""
    median = words.amount(first.proposed.median, first.indicator, view.language)
    told = view.say(
        "plan.propose.lead", name=first.indicator.label.say(view.language), median=median,
        yearly=percent(first.proposed.median_yearly), observed=percent(first.proposed.observed),
    )  # fmt: skip
    return told + (view.say("plan.propose.asked", asked=percent(first.asked)) if first.asked is not None else "")


def _about(view: View) -> dict[str, str]:
    design = view.desk.register.planning
    at, years = percent(design.limit("benchmark"), decimals=0), f"{design.limit('half_life'):g}"
    told = {"at": at, "years": years, "outer": percent(design.limit("outer"))}
    names = ("continue", "outer", "benchmark", "catch_up", "capacity", "bottom_up")
    return {name: view.say(f"plan.about.{name}", **told) for name in names}


def _form(view: View, plan: Plan, name: str) -> None:
    """Operator, value and reason of one indicator."""
    indicator = view.desk.register.indicator(name)
    label = indicator.label.say(view.language)
    hint = view.say("plan.form.hint")
    show(html('<h2>{}</h2><p class="note">{}</p>', view.say("plan.form.title", name=label), hint))
    item, about = plan.items[name], f"{plan.id}|{name}"
    senses = list(SENSES)
    st.segmented_control(
        view.say("plan.form.sense"), senses, default=item.sense or "at_least", required=True, key=f"plan_sense|{about}",
        format_func=lambda sense: SENSES[sense].say(view.language),
    )  # fmt: skip
    divisor, decimals = words.divisor_of(indicator, view.language), words.decimals_of(indicator, view.language)
    start = item.value if item.value is not None else _median(view, name, plan.year)
    unit = words.unit_of(indicator, view.language)
    st.number_input(
        view.say("plan.form.value", year=plan.year, unit=unit), min_value=0.0, step=_step_of(indicator),
        value=None if start is None else round(start / divisor, 3 if indicator.unit == "share" else decimals),
        format="%.4g" if indicator.unit == "share" else f"%.{decimals}f", key=f"plan_value|{about}|{view.language}",
    )  # fmt: skip

    def detail() -> dict[str, Any]:
        typed = st.session_state.get(f"plan_value|{about}|{view.language}")
        value = words.kept(typed, indicator, view.language)
        return {"indicator": name, "sense": st.session_state.get(f"plan_sense|{about}"), "value": value}

    acts.form(view, plan, "chosen", about, detail)
    st.button(
        view.say("plan.do.left_out"), key=f"plan_out|{about}|{view.language}", on_click=acts.carry,
        args=(view, plan.id, "left_out", about, lambda: {"indicator": name}),
    )  # fmt: skip


def _median(view: View, name: str, year: int) -> float | None:
    found = proposal(view.desk, name, year)
    return found.median if found else None


def _step_of(indicator: Indicator) -> float:
    return 0.1 if indicator.unit == "share" else 10.0
