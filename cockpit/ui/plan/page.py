"""What the four steps of planning share: the set looked at, the step, the line of its state, and what carries it on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import streamlit as st

from cockpit.analysis.briefing import last_full_year, speaks_published
from cockpit.analysis.planning.sets import Plan
from cockpit.briefings import outside, place_names
from cockpit.briefings.plan_book import Plans
from cockpit.briefings.planning import Shared, fault_of
from cockpit.briefings.told import plans_seen
from cockpit.datasets.decisions.log import LogUnavailable
from cockpit.errors import CockpitError
from cockpit.policy.records import Indicator
from cockpit.ui.frame import address
from cockpit.ui.frame.decision_log import unavailable_words
from cockpit.ui.frame.segments import choose
from cockpit.ui.frame.shell import View
from cockpit.ui.frame.showing import show
from cockpit.ui.plan import acts
from cockpit.visuals.marks import html as marks
from cockpit.visuals.marks.markup import Markup, html, html_of
from cockpit.visuals.plan.breakdown import OPENED
from cockpit.wording import plan as words

STEPS: Final = ("propose", "break", "whatif", "track")
_STATES: Final = ("draft", "comment", "fixed", "in_force", "closed")


@dataclass(frozen=True)
class Book:
    """The sets of the dataset, the one looked at (None: there is none), the step, the base year, names of places."""

    plans: Plans
    plan: Plan | None
    step: str
    base_year: int
    names: Mapping[str, str]


def open_book(view: View) -> Book | None:
    """Read the log and the address, draw steps and state; None where there is nothing to plan from, which is told."""
    base_year = _base_year(view)
    if base_year is None:
        nothing(view, "plan.no_returns")
        return None
    try:
        plans = plans_seen(view.desk, view.person.sees)
    except LogUnavailable as error:
        st.error(unavailable_words(error, view.language), icon=":material/error:")
        plans = Plans((), {})
    own = plans.of_dataset(view.desk.dataset.name)
    with st.container(key="pbar", horizontal=True, vertical_alignment="center", gap="small"):
        step = choose(view, "step", STEPS, view.say("plan.step.label"), "plan.step.")
        plan = _chosen(view, own)
        if plan is not None:
            show(_state(view, plan), width="stretch")
            acts.carry_on(view, plan, plans.events[plan.id])
        acts.new_set(view, plans, base_year)
    acts.said()
    return Book(plans, plan, step, base_year, place_names(view.desk, view.language))


def nothing(view: View, key: str) -> None:
    """The page's title and why there is nothing below it."""
    show(html('<section class="ans"><h1>{}</h1></section>', view.say("page.plan")))
    st.info(view.say(key), icon=":material/info:")


def _base_year(view: View) -> int | None:
    """The year sets begin from; None where towns return no full year, or a few do and the province is published."""
    if speaks_published(view.desk.dataset):
        return None
    try:
        return last_full_year(view.desk.cube)
    except CockpitError:
        return None


def _chosen(view: View, own: tuple[Plan, ...]) -> Plan | None:
    """The set in the address; a choice is shown where there are several."""
    if not own:
        address.asked_one("plan", (), "")
        return None
    names = {plan.id: plan.title.say(view.language) for plan in own}
    if len(own) == 1:
        address.asked_one("plan", tuple(names), own[0].id)
        return own[0]
    picked = address.choose_one(
        "plan",
        tuple(names),
        own[0].id,
        lambda widget: st.selectbox(
            view.say("plan.set"), list(names), format_func=names.__getitem__, key=widget, label_visibility="collapsed",
            width=190,
        ),
        view.language,
    )  # fmt: skip
    return next(plan for plan in own if plan.id == picked)


def _state(view: View, plan: Plan) -> Markup:
    """草案 → 征求意见 → …, the present one strong; draft, answers and list beside."""
    names = ((name, view.say(f"plan.state.{name}")) for name in _STATES)
    way = html_of(
        (html("<b>{}</b>", word) if name == plan.state else html("<span>{}</span>", word) for name, word in names),
        " → ",
    )
    beside: list[str] = []
    if plan.is_open:
        beside.append(view.say("plan.draft_no", number=plan.draft))
    if plan.state == "comment" and plan.answer_by:
        answered = {unit for item in plan.items.values() for unit in item.answers}
        beside.append(view.say("plan.answer_by", day=plan.answer_by, count=len(answered)))
    if plan.revision > 1:
        beside.append(view.say("plan.revision_no", number=plan.revision - 1))
    if plan.members:
        beside.append(view.say("plan.frozen", count=len(plan.members)))
    return html(
        '<p class="pstate"><b>{}</b> {} <span>{}</span></p>', plan.title.say(view.language), way, " · ".join(beside)
    )


def title(view: View, text: str, lead: str, *, is_scenario: bool = False, is_fixed: bool = False) -> Markup:
    """The title with its mark: everything on this page is a proposal or a scenario until it is in force."""
    mark = marks.origin_mark("own" if is_fixed else "proposed", view.language)
    if is_scenario:
        mark = html('<span class="own scenario">{}</span>', view.say("plan.scenario"))
    simulated = marks.simulated(view.briefing.is_simulated(), view.language)
    return html('<section class="ans ptitle"><h1>{}</h1>{}{}<p>{}</p></section>', text, mark, simulated, lead)


def chosen_indicators(view: View, plan: Plan) -> dict[str, Indicator]:
    """Indicators of a set that have a figure."""
    return {item.indicator: view.desk.register.indicator(item.indicator) for item in plan.chosen}


def picked_indicator(view: View, names: Mapping[str, Indicator], default: str) -> str:
    """The indicator in the address, by a select box."""
    return address.choose_one(
        "pind",
        tuple(names),
        default,
        lambda widget: st.selectbox(
            view.say("plan.break.indicator"), list(names), key=widget, label_visibility="collapsed", width=220,
            format_func=lambda name: names[name].label.say(view.language),
        ),
        view.language,
    )  # fmt: skip


def amount_words(view: View, plan: Plan, name: str) -> str:
    """The figure of an indicator with its operator."""
    item = plan.items[name]
    return words.aim(item.value, item.sense, view.desk.register.indicator(name), view.language)


def cannot(view: View, found: Shared) -> None:
    """Why a sum cannot be shared out, with the bounds that stand in its way."""
    if found.why is not None:
        told = outside(view.desk, view.person.sees)
        why = told.free(fault_of(view.desk, found).say(view.language), view.language)
        st.warning(f"{view.say('plan.cannot_title')} · {why}", icon=":material/block:")


def opened(known: frozenset[str]) -> frozenset[str]:
    """The units unfolded, as the address has them; others are told."""
    asked = [code for text in address.get(OPENED) for code in text.split(",")]
    address.set_aside(OPENED, [code for code in asked if code not in known])
    found = frozenset(asked) & known
    address.put(OPENED, [",".join(sorted(found))] if found else [])
    return found
