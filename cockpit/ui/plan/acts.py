"""What carries a set of targets on: a form for the next step of its state, one for a new set; what became of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final, Literal

import streamlit as st

from cockpit.acting import Act
from cockpit.analysis.planning.sets import NEEDS_REASON, TABLE, Kind, Plan, PlanEvent
from cockpit.briefings.plan_book import Plans
from cockpit.briefings.planning import DEEDS, carry_plan
from cockpit.datasets.database.events import EventConflict
from cockpit.datasets.decisions.log import LogUnavailable
from cockpit.errors import DatasetError
from cockpit.phrases import say
from cockpit.ui.frame import acting, address
from cockpit.ui.frame.decision_log import unavailable_words
from cockpit.ui.frame.shell import View
from cockpit.ui.frame.showing import show
from cockpit.visuals.marks.markup import html, html_of
from cockpit.wording import data as words

_SAID: Final = "_plan_said"
_BOX: Final = "pform_"
_SHUT: Final = "_plan_forms_shut"  # how often
# Steps of the whole set, in the order they are offered; figures are chosen and held where they stand.
_WHOLE: Final[tuple[Kind, ...]] = ("sent", "fixed", "in_force", "closed", "recalled", "returned")
_ANSWER_DAYS: Final = 21
_AHEAD: Final = 5
_SHOWN: Final = 8  # events of the course


def said() -> None:
    """What became of the last act, once."""
    if told := st.session_state.pop(_SAID, None):
        kind, text = told
        (st.success if kind == "success" else st.warning)(text)


def tell(kind: str, text: str) -> None:
    """What became of an act, for the run that follows: `success` or `warning`. Done, its form is shut."""
    st.session_state[_SAID] = (kind, text)
    if kind == "success":
        shut()


def form_box(
    label: str, name: str, *, icon: str | None = None, width: Literal["content", "stretch"] = "content"
) -> Any:
    """Where a form of the page opens; it is built while it is open, and shut when what it asks for is done."""
    return st.popover(label, icon=icon, width=width, key=f"{_BOX}{name}|{_times_shut()}", on_change="rerun")


def _times_shut() -> int:
    return int(st.session_state.get(_SHUT, 0))


def shut() -> None:
    """Shut the forms of the page, so that what was done is seen behind them.

    Each is another one from then on: a browser that is told to shut one may still say with its next click that it is
    open, and open it again.
    """
    st.session_state[_SHUT] = _times_shut() + 1


def may(view: View, kind: Kind) -> bool:
    """Whether the reader may do something to a whole set."""
    verb = DEEDS[kind].verb
    scope = view.person.rights.scope(verb)
    return scope.is_all if kind != "answered" else view.person.rights.may(verb)


def carry_on(view: View, plan: Plan, events: Sequence[PlanEvent]) -> None:
    """The steps the set may take now, for who may take them, and the course it took."""
    kinds = [kind for kind in _WHOLE if (plan.state, kind) in TABLE and may(view, kind)]
    box = form_box(view.say("plan.carry"), "carry")
    if not box.open:
        return
    with box:
        if kinds:
            kind = st.segmented_control(
                view.say("plan.carry_lead"), kinds, default=kinds[0], required=True,
                key=f"plan_kind|{plan.id}|{plan.number}",
                format_func=lambda name: view.say(f"plan.do.{name}"),
            )  # fmt: skip
            form(view, plan, kind, f"{plan.id}|{kind}", lambda: _detail(kind))
        show(_course(view, events))


def _detail(kind: Kind) -> dict[str, Any]:
    until = st.session_state.get("plan_until")
    return {"until": until.isoformat()} if kind == "sent" and isinstance(until, date) else {}


def form(view: View, plan: Plan, kind: Kind, about: str, detail: Callable[[], Mapping[str, Any]]) -> None:
    """Who, why, and the button; `detail` is read when it is pressed."""
    if kind == "sent":
        st.date_input(
            view.say("plan.until"), value=view.briefing.as_of + timedelta(days=_ANSWER_DAYS), key="plan_until"
        )
        if plan.open:
            st.caption(view.say("plan.unchosen", count=len(plan.open)))
    if not acting.fields(view, DEEDS[kind], about, needs_note=kind in NEEDS_REASON):
        return
    st.button(
        view.say(f"plan.do.{kind}"), key=f"plan_do|{about}|{view.language}", type="primary",
        on_click=carry, args=(view, plan.id, kind, about, detail),
    )  # fmt: skip


def carry(view: View, name: str, kind: Kind, about: str, detail: Callable[[], Mapping[str, Any]]) -> None:
    """Do it with what stands in the fields now; a fault keeps what was typed."""
    act = acting.act(DEEDS[kind], about)
    if done(view, name, kind, act, detail()):
        acting.clear(DEEDS[kind], about)
        kind_word = say(f"plan.do.{kind}", view.language)
        tell("success", say("plan.done", view.language, kind=kind_word))


def done(view: View, name: str, kind: Kind, act: Act, detail: Mapping[str, Any]) -> bool:
    """Whether it was done; what stood in its way is told in the next run."""
    try:
        carry_plan(name, kind, act, detail, view.person.office)
    except LogUnavailable as error:
        tell("warning", unavailable_words(error, view.language))
    except EventConflict:
        tell("warning", say("plan.conflict", view.language))
    except DatasetError as error:
        tell("warning", words.fault(error, view.language))
    else:
        return True
    return False


def new_set(view: View, plans: Plans, base_year: int) -> None:
    """The form for a new set: its year; its indicators are those of the set on record."""
    if not may(view, "made"):
        return
    box = form_box(view.say("plan.new"), "new", icon=":material/add:")
    if not box.open:
        return
    with box:
        st.number_input(view.say("plan.new_year"), base_year + 1, base_year + 15, base_year + _AHEAD, key="plan_year")
        if acting.fields(view, DEEDS["made"], "new"):
            st.button(
                view.say("plan.do.made"), key=f"plan_make|{view.language}", type="primary", on_click=_make,
                args=(view, plans, base_year),
            )  # fmt: skip


def _make(view: View, plans: Plans, base_year: int) -> None:
    year = int(st.session_state.get("plan_year") or base_year + _AHEAD)
    taken = {*plans.events, *view.desk.register.sets}
    name = next(at for at in (str(year), *(f"{year}-{n}" for n in range(2, 100))) if at not in taken)
    manifest = view.desk.dataset.manifest
    indicators = list(dict.fromkeys(target.indicator for target in view.desk.register.targets.values()))
    title = {"title": say("plan.new_title", "zh", year=name), "title_en": say("plan.new_title", "en", year=name)}
    detail = {
        **title, "since": base_year, "year": year, "dataset": manifest.dataset, "version": manifest.version,
        "indicators": indicators, "is_simulated": manifest.is_simulated,
    }  # fmt: skip
    act = acting.act(DEEDS["made"], "new")
    if done(view, name, "made", act, detail):
        acting.clear(DEEDS["made"], "new")
        address.put("plan", [name])
        address.put("step", [])
        tell("success", say("plan.made", view.language, name=say("plan.new_title", view.language, year=name)))


def _course(view: View, events: Sequence[PlanEvent]) -> Any:
    """What was done to the set last, the newest first."""
    indicators = view.desk.register.indicators

    def what(event: PlanEvent) -> str:
        name = str(event.detail.get("indicator", ""))
        of = f" {indicators[name].label.say(view.language)}" if name in indicators else ""
        return view.say(f"plan.do.{event.kind}") + of

    earlier = len(events) - _SHOWN
    return html(
        '<h3 class="pcourse">{}</h3><ol class="mcourse pcourse">{}</ol><p class="note">{}</p>',
        view.say("plan.course"),
        html_of(
            html("<li><time>{}</time> <b>{}</b> {} {}</li>", f"{event.at:%Y-%m-%d}", what(event), event.by, event.note)
            for event in list(reversed(events))[:_SHOWN]
        ),
        view.say("plan.course.earlier", count=earlier) if earlier > 0 else "",
    )
