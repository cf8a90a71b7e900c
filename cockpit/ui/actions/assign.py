"""预警 and 交办: which alerts stand; one rule's alerts, chosen and handed out or set aside in one step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from datetime import date, timedelta
from typing import Any, Final

import streamlit as st

from cockpit.acting import FILE_TASK
from cockpit.briefings import place_names, today
from cockpit.briefings.alerting import Raised, set_aside
from cockpit.briefings.handing import Order, behind, due_for, goal_for, hand_out, offices
from cockpit.briefings.supervising import design
from cockpit.datasets.decisions.log import LogUnavailable
from cockpit.datasets.store.loading import counties_of
from cockpit.errors import DatasetError
from cockpit.phrases import say
from cockpit.policy.records import SENSES
from cockpit.texts import plain
from cockpit.ui.actions import forms
from cockpit.ui.frame import acting, address, alerted, uploads
from cockpit.ui.frame.decision_log import unavailable_words
from cockpit.ui.frame.shell import View
from cockpit.ui.frame.showing import show
from cockpit.units import Period, figure
from cockpit.visuals.actions import alerts as blocks
from cockpit.visuals.actions import objects
from cockpit.visuals.marks.html import narrows, simulated
from cockpit.visuals.marks.markup import EMPTY, html
from cockpit.vocabulary import LANGUAGES, Text
from cockpit.wording import alerts as words
from cockpit.wording import data as faults

ALL: Final = "all"
_EACH: Final = "each"
_OTHER: Final = "other"
_GOALS: Final = 3  # told one by one


def asked() -> str:
    """Which alerts the address asks for: `all`, a rule, or one by its key; "" for none."""
    return next(iter(address.get("alert")), "")


def page(view: View) -> None:
    """All alerts by rule, or those of one rule to be handed out."""
    uploads.shown()
    what = asked()
    try:
        found = alerted.raised(view)
    except LogUnavailable as error:
        st.error(unavailable_words(error, view.language), icon=":material/error:")
        return
    rule = what.partition("|")[0]
    chosen = [item for item in found if item.rule.id == rule]
    if what != ALL and not chosen:
        address.set_aside("alert", [what])
        address.put("alert", [ALL])
    _head(view, found, chosen)
    forms.said()
    if chosen:
        _assign(view, chosen, what)
    elif found:
        show(blocks.by_rule(found, view.language))
    else:
        st.info(view.say("alerts.none"), icon=":material/info:")


def _head(view: View, found: Sequence[Raised], chosen: Sequence[Raised]) -> None:
    handed = sum(bool(item.matters) for item in found)
    lead = view.say(
        "alerts.lead", day=view.briefing.as_of.isoformat(), number=view.desk.dataset.manifest.number,
        count=len(found), handed=handed,
        open=sum(not item.matters and not item.alert.is_set_aside for item in found),
    )  # fmt: skip
    title, way = view.say("alerts.title"), EMPTY
    if chosen:
        title = view.say("alerts.hand_out_of", label=chosen[0].rule.label.say(view.language))
        way = html(' › <span class="to" {}>{}</span>', narrows("alert", ALL), view.say("alerts.all"))
    back = html('<span class="to" {}>{}</span>{}', narrows("alert", ""), view.say("page.actions"), way)
    mark = simulated(view.briefing.is_simulated(), view.language)
    show(html('<div class="mhead"><p class="mback">{}</p><h1>{}</h1><p>{} {}</p></div>', back, title, lead, mark))


def _assign(view: View, found: Sequence[Raised], what: str) -> None:
    left, right = st.columns([2, 3], gap="large")
    with right:
        chosen = _objects(view, found, what)
    with left, st.container(key="massign"):
        _basis(view, found[0])
        if not acting_allowed(view):
            st.caption(view.say("actions.nothing_for_you"))
            return
        _to_whom(view, found[0], chosen or found[:1])
        forms.office(view)
        acting.fields(view, FILE_TASK, _about(found[0]))
        with st.container(horizontal=True):
            st.button(
                view.say(f"alerts.chosen{'' if chosen else '_none'}", count=len(chosen)), type="primary",
                key=f"al_go|{view.language}", disabled=not chosen, on_click=_go, args=(view, found),
            )  # fmt: skip
            with st.popover(view.say("alerts.aside_do"), width="content", disabled=not chosen):
                st.date_input(view.say("alerts.until"), value=today() + timedelta(days=30), key="al_until")
                st.button(
                    view.say("alerts.aside_do"), key=f"al_aside|{view.language}", on_click=_aside, args=(view, found)
                )
        show(html('<p class="mlighter">{}</p>', view.say("alerts.simpler")))


def _title(text: str, lead: str = "") -> None:
    show(html('<div class="mh2"><h2>{}</h2><span>{}</span></div>', text, lead))


def acting_allowed(view: View) -> bool:
    return view.person.rights.may(FILE_TASK.verb)


def _about(item: Raised) -> str:
    return f"alert|{item.rule.id}"


def _objects(view: View, found: Sequence[Raised], what: str) -> list[Raised]:
    """The rule's alerts as boxes; those in hand or set aside are not chosen, the one asked for alone is."""
    language = view.language
    show(
        html(
            '<div class="mh2"><h2>{}</h2><span>{}</span></div>',
            view.say("alerts.objects"),
            view.say("alerts.objects_lead"),
        )
    )
    drawn, chosen = behind(view.desk, found), []
    if drawn is not None:  # the worst first
        found = sorted(found, key=lambda item: item.alert.sighting.value or 0.0)
    with st.container(key="mobjects", gap=None):
        if drawn is not None:
            show(objects.head(drawn, language))
        for item in found:
            with st.container(horizontal=True, vertical_alignment="center", gap="small") if drawn else nullcontext():
                if _boxed(view, item, what, is_short=drawn is not None):
                    chosen.append(item)
                if drawn is not None:
                    show(objects.row(drawn, item.alert.sighting.key, language))
    if drawn is not None and drawn.part is not None:
        told = str(figure(drawn.short_of(item.alert.sighting.key for item in chosen), drawn.part.unit, language))
        show(html('<p class="note">{}</p>', view.say("alerts.lacking_sum", count=len(chosen), value=told)))
    return chosen


def _boxed(view: View, item: Raised, what: str, *, is_short: bool) -> bool:
    """The box of one alert, and whether it is chosen; what is in hand or set aside is not by itself."""
    language, register, key = view.language, view.desk.register, item.alert.sighting.key
    is_free = not item.matters and not item.alert.is_set_aside
    line = f"**{plain(place_names(view.desk, language).get(item.alert.sighting.subject, ''))}**"
    if not is_short:
        line += f"　{plain(words.matter(item.alert.sighting, register, language))}"
    if item.matters:
        named = "、".join(matter.id[-4:] if is_short else matter.id for matter in item.matters)
        line += f"　{named} {view.say('alerts.in_hand')}"
    elif item.alert.is_set_aside:
        put = item.alert.standing
        line += f"　{view.say('alerts.aside_until', day=put.until, why=plain(put.note))}"
    is_asked = what in (item.rule.id, key)
    ticked = st.checkbox(
        line, value=is_free and is_asked, disabled=bool(item.matters), key=_box(what, key),
        width=306 if is_short else "stretch",
    )  # fmt: skip
    return ticked and not item.matters


def _box(what: str, key: str) -> str:
    return f"al_box|{what}|{key}"


def _basis(view: View, first: Raised) -> None:
    rule, language = first.rule, view.language
    passage = view.desk.register.passages[rule.clause].title.say(language)
    rows = (
        (view.say("alerts.rule"), rule.reading.say(language)),
        (view.say("alerts.clause"), f"[{rule.clause}] {passage}"),
    )
    lines = [html('<tr><th scope="row">{}</th><td>{}</td></tr>', name, text) for name, text in rows]
    show(
        html(
            '<section class="mbasis"><h2>{}</h2><table><tbody>{}{}</tbody></table></section>',
            view.say("alerts.basis"), *lines,
        )
    )  # fmt: skip


def _goal(view: View, first: Raised) -> str:
    goal, language = goal_for(first.alert.sighting, view.desk.register, view.desk.dataset.towns), view.language
    if goal["kind"] != "figure":
        return view.say(f"alerts.goal_{goal['kind']}")
    indicator = view.desk.register.indicator(goal["indicator"])
    line = figure(goal["value"], indicator.unit, language, counter=indicator.counter)
    return view.say(
        "alerts.goal_figure", period=Period.parse(goal["period"]).say(language), label=indicator.label.say(language),
        line=str(line), sense=SENSES[goal["operator"]].say(language),
    )  # fmt: skip


def _goals(view: View, chosen: Sequence[Raised]) -> str:
    """What each of those chosen is to reach, every goal once."""
    every = list(dict.fromkeys(_goal(view, item) for item in chosen))
    told = ("; " if view.language == "en" else "；").join(every[:_GOALS])
    return told + (view.say("alerts.goals_more", count=len(every)) if len(every) > _GOALS else "")


def _to_whom(view: View, first: Raised, chosen: Sequence[Raised]) -> None:
    """Office, goals of those chosen and the two days; what the record proposes stands there already."""
    # What is done is done today, also where the page stands at the demonstration's day.
    rules, now = design(), today()
    _title(view.say("alerts.to_whom"))
    has_county = bool(offices([first], counties_of(view.desk.dataset.name))[first.alert.sighting.key])
    way = st.segmented_control(
        view.say("alerts.lead_office"), (_EACH, _OTHER), default=_EACH if has_county else _OTHER, required=True,
        format_func=lambda name: view.say("alerts.each_county" if name == _EACH else "alerts.other_office"),
        key=f"al_way|{first.rule.id}",
    )  # fmt: skip
    if way == _OTHER:
        st.text_input(
            view.say("alerts.office_name"), value=view.say("alerts.province_office"), max_chars=80, key="al_lead"
        )
    show(html('<p class="note"><b>{}</b> {}</p>', view.say("actions.goal"), _goals(view, chosen)))
    with st.container(horizontal=True):
        goal = goal_for(chosen[0].alert.sighting, view.desk.register, view.desk.dataset.towns)
        accept, due = rules.workday_after(now, rules.limit("accept_days")), due_for(goal, view.desk.register, now)
        for name, day in (("accept_by", accept), ("due", due)):
            label = view.say("actions.accept_by" if name == "accept_by" else "actions.due_day")
            st.date_input(label, value=day, key=f"al_{name}|{first.rule.id}")
    picked = _day(f"al_due|{first.rule.id}", due)
    if not rules.is_known(picked):
        st.caption(view.say("alerts.not_known", year=picked.year))


def _day(key: str, default: date) -> date:
    found = st.session_state.get(key)
    return found if isinstance(found, date) else default


def _chosen(found: Sequence[Raised]) -> list[Raised]:
    what = asked()
    boxes = ((item, st.session_state.get(_box(what, item.alert.sighting.key))) for item in found)
    return [item for item, is_chosen in boxes if is_chosen and not item.matters]


def _untick(handled: Sequence[Raised]) -> None:
    """What was handed out or set aside is chosen no more, as if it had been so when the page was opened."""
    for item in handled:
        st.session_state[_box(asked(), item.alert.sighting.key)] = False


def _go(view: View, found: Sequence[Raised]) -> None:
    chosen, names = _chosen(found), {language: place_names(view.desk, language) for language in LANGUAGES}
    counties = offices(chosen, counties_of(view.desk.dataset.name))
    typed = str(st.session_state.get("al_lead") or "").strip()
    is_each = st.session_state.get(f"al_way|{found[0].rule.id}") == _EACH
    orders = []
    for item in chosen:
        county, seen = counties[item.alert.sighting.key], item.alert.sighting
        own = Text(*(say("alerts.county_office", name, county=names[name].get(county, county)) for name in LANGUAGES))
        title = Text(*(words.told(seen, view.desk.register, names[name], name)[:120] for name in LANGUAGES))
        days = (_day(f"al_{name}|{found[0].rule.id}", today()) for name in ("accept_by", "due"))
        orders.append(Order(item, title, own if is_each and county else Text(typed, typed), *days))

    def work() -> dict[str, Any]:
        made = hand_out(view.desk, orders, acting.act(FILE_TASK, _about(found[0])), forms.office_of(view))
        _untick(chosen)
        return {"key": "alerts.handed", "count": len(made), "names": "、".join(item.id for item in made[:5])}

    _do(view, found[0], work)


def _aside(view: View, found: Sequence[Raised]) -> None:
    def work() -> dict[str, Any]:
        chosen, day = _chosen(found), view.briefing.as_of
        for item in chosen:
            act = acting.act(FILE_TASK, _about(found[0]))
            set_aside(view.desk.dataset.name, item.alert.sighting.key, _day("al_until", day), act, day)
        _untick(chosen)
        return {"key": "alerts.put_aside", "count": len(chosen)}

    _do(view, found[0], work)


def _do(view: View, first: Raised, work: Callable[[], dict[str, Any]]) -> None:
    """Do it with what stands in the fields; a fault keeps what was typed."""
    try:
        told = work()
    except LogUnavailable as error:
        forms.tell("warning", unavailable_words(error, view.language))
    except DatasetError as error:
        forms.tell("warning", faults.fault(error, view.language))
    else:
        acting.clear(FILE_TASK, _about(first))
        forms.tell("success", view.say(told.pop("key"), **told))
