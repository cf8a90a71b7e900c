"""What carries a matter on: one form for what the reader may do to it in its state, one for a new matter."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import streamlit as st

from cockpit.acting import FILE_TASK
from cockpit.analysis.supervision.events import GOALS, Kind
from cockpit.analysis.supervision.machine import TABLE, Matter
from cockpit.briefings import today
from cockpit.briefings.besides import LONGEST_TITLE
from cockpit.briefings.supervising import DEEDS, WITH_EVIDENCE, carry_on, design
from cockpit.datasets.decisions.log import LogUnavailable
from cockpit.errors import DatasetError
from cockpit.phrases import say
from cockpit.policy.records import SENSES
from cockpit.ui.frame import acting, address, uploads
from cockpit.ui.frame.decision_log import unavailable_words
from cockpit.ui.frame.shell import View
from cockpit.units import Period
from cockpit.vocabulary import PREFECTURES
from cockpit.wording import data as words

_SAID: Final = "_matter_said"
_NEW: Final = "new"
_FIELDS: Final = ("lead", "accept_by", "due", "until", "eta", "as", "into")
# What is usually next, offered first: the earliest of these that may be done.
_NEXT: Final[tuple[Kind, ...]] = (
    "assigned", "accepted", "extension_granted", "verified", "closing_asked", "reminded", "resumed", "reopened",
)  # fmt: skip
_ANSWERS: Final[frozenset[Kind]] = frozenset({"extension_granted", "extension_denied"})


def said() -> None:
    """What became of the last act, once."""
    if told := st.session_state.pop(_SAID, None):
        kind, text = told
        (st.success if kind == "success" else st.warning)(text)


def tell(kind: str, text: str) -> None:
    """What became of an act, for the run that follows: `success` or `warning`."""
    st.session_state[_SAID] = (kind, text)


def may(view: View, item: Matter) -> None:
    """What the reader may do now; what he may not is not offered, and would be refused."""
    kinds: list[Kind] = [
        kind
        for state, kind in TABLE
        if state == item.state
        and kind in DEEDS
        and view.person.rights.may(DEEDS[kind].verb)
        # Nobody answers what was not asked.
        and (kind not in _ANSWERS or item.asked_until is not None)
    ]
    with st.container(key="mmay"):
        if not kinds:
            uploads.shown()
            st.caption(view.say("actions.nothing_for_you"))
            return
        kinds.sort(key=lambda kind: _NEXT.index(kind) if kind in _NEXT else len(_NEXT))
        kind = st.selectbox(
            view.say("actions.you_may"), kinds, format_func=lambda name: view.say(f"actions.do_{name}"),
            key=f"matter_kind|{item.id}|{item.number}|{view.language}",
        )  # fmt: skip
        about = f"{item.id}|{kind}"
        _fields(view, kind, about)
        _files(view, item, kind, about)
        office(view)
        acting.fields(view, DEEDS[kind], about)
        st.button(
            view.say(f"actions.do_{kind}"), key=f"matter_do|{view.language}", type="primary",
            on_click=_carry, args=(view, item.id, kind, about),
        )  # fmt: skip


def new_matter(view: View) -> None:
    """The form for a new matter; for who may hand out."""
    if not view.person.rights.may(FILE_TASK.verb):
        return
    with st.popover(view.say("actions.new"), icon=":material/add:", width="content"):
        st.text_input(view.say("actions.title"), key="matter_title", max_chars=LONGEST_TITLE)
        places = _places(view)
        st.selectbox(
            view.say("actions.subject"), list(places), format_func=places.__getitem__, index=None, key="matter_subject"
        )
        goal = st.segmented_control(
            view.say("actions.goal"), GOALS, default=GOALS[0], required=True,
            format_func=lambda name: view.say(f"actions.goal_{name}"), key="matter_goal",
        )  # fmt: skip
        if goal == "figure":
            _figure(view)
        office(view)
        acting.fields(view, FILE_TASK, _NEW)
        st.button(
            view.say("actions.new"), key=f"matter_new|{view.language}", type="primary",
            on_click=_carry, args=(view, None, "filed", _NEW),
        )  # fmt: skip


def _figure(view: View) -> None:
    """Indicator, comparison, value in base unit and period of a figure's goal."""
    known = {name: item for name, item in view.desk.register.indicators.items() if item.is_reported or item.is_ratio}
    names = {name: item.label.say(view.language) for name, item in known.items()}
    st.selectbox(view.say("actions.indicator"), list(names), format_func=names.__getitem__, key="matter_ind")
    left, right = st.columns(2)
    left.selectbox(
        view.say("actions.operator"), list(SENSES), index=1, key="matter_op",
        format_func=lambda name: SENSES[name].say(view.language),
    )  # fmt: skip
    unit = view.say("actions.base_unit")
    right.number_input(view.say("actions.value"), value=None, key="matter_value", help=unit)
    st.selectbox(
        view.say("filter.period"), view.desk.choices.periods, key="matter_period",
        format_func=lambda period: Period.parse(period).say(view.language),
    )  # fmt: skip


def _fields(view: View, kind: Kind, about: str) -> None:
    """What an event takes beside its note."""
    rules, now = design(), today()  # what is done is done today, whatever day the page stands at
    if kind == "assigned":
        st.text_input(view.say("actions.lead"), key=f"m_lead|{about}", max_chars=80)
        first, last = (rules.workday_after(now, rules.limit(name)) for name in ("accept_days", "due_days"))
        st.date_input(view.say("actions.accept_by"), value=first, key=f"m_accept_by|{about}")
        st.date_input(view.say("actions.due_day"), value=last, key=f"m_due|{about}")
    elif kind == "reopened":
        # The first due day is long over: the lead gets time anew.
        again = rules.workday_after(now, rules.limit("due_days"))
        st.date_input(view.say("actions.due_day"), value=again, key=f"m_due|{about}")
    elif kind in ("extension_asked", "extension_granted"):
        st.date_input(view.say("actions.until"), value=None, key=f"m_until|{about}")
    elif kind == "reported":
        st.date_input(view.say("actions.eta"), value=None, key=f"m_eta|{about}")
    elif kind == "closed":
        ways = ("not_done", "moot", "merged")
        how = st.segmented_control(
            view.say("actions.closed_as"), ways, default=ways[0], required=True, key=f"m_as|{about}",
            format_func=lambda name: view.say(f"actions.closed_{name}"),
        )  # fmt: skip
        if how == "merged":
            st.text_input(view.say("actions.into"), key=f"m_into|{about}")


def _uploader(about: str) -> str:
    return f"m_files|{about}"


def _files(view: View, item: Matter, kind: Kind, about: str) -> None:
    """Files beside a report, where no figure says how the matter stands."""
    if kind not in WITH_EVIDENCE or item.goal.kind == "figure":
        uploads.shown()
        return
    limit = design().limit("evidence_mib")
    uploads.shown(_uploader(about))
    with st.container(key="mfiles"):
        uploads.speak(view.desk.register, view.language, limit)
        st.file_uploader(
            view.say("actions.files"), accept_multiple_files=True, key=_uploader(about),
            max_upload_size=uploads.page_limit(limit), help=view.say("actions.files_lead", limit=limit),
        )  # fmt: skip


def office(view: View) -> None:
    """The office one acts for: that of the account; typed by the person at his own machine."""
    if view.person.is_local:
        st.text_input(view.say("actions.office"), key="matter_office", max_chars=80)


def office_of(view: View) -> str:
    """The office whoever acts belongs to."""
    return str(st.session_state.get("matter_office") or "").strip() if view.person.is_local else view.person.office


def _carry(view: View, name: str | None, kind: Kind, about: str) -> None:
    """Do it with what stands in the fields now; a fault keeps what was typed."""
    deed, language = DEEDS[kind], view.language
    own = office_of(view)
    detail = _said_of_new(view) if name is None else _said_of(about)
    try:
        after = carry_on(name, kind, acting.act(deed, about), detail, own, files=_sent(about))
    except LogUnavailable as error:
        tell("warning", unavailable_words(error, language))
    except DatasetError as error:
        tell("warning", words.fault(error, language))
    else:
        acting.clear(deed, about)
        address.put("matter", [after.id])
        kind_word = say(f"actions.kind_{kind}", language)
        tell("success", say("actions.done", language, matter=after.id, kind=kind_word))


def _sent(about: str) -> list[tuple[str, bytes]]:
    return [(file.name, file.getvalue()) for file in uploads.files_of(_uploader(about))]


def _said_of(about: str) -> dict[str, Any]:
    """The fields of an event that hold something, as it keeps them."""
    found = {name: _plain(st.session_state.get(f"m_{name}|{about}")) for name in _FIELDS}
    return {name: value for name, value in found.items() if value}


def _said_of_new(view: View) -> dict[str, Any]:
    state, manifest = st.session_state, view.desk.dataset.manifest
    goal: dict[str, Any] = {"kind": state.get("matter_goal") or GOALS[0]}
    if goal["kind"] == "figure":
        kept = {"indicator": "matter_ind", "operator": "matter_op", "period": "matter_period"}
        goal |= {name: state.get(key) or "" for name, key in kept.items()} | {"value": state.get("matter_value")}
    return {
        "title": _plain(state.get("matter_title")), "subject": state.get("matter_subject") or "",
        "dataset": manifest.dataset, "version": manifest.version, "clause": "", "goal": goal,
    }  # fmt: skip


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "").strip()


def _places(view: View) -> dict[str, str]:
    """Towns, counties and prefectures the reader may hand matters out for."""
    scope, towns = view.person.rights.scope(FILE_TASK.verb), view.desk.dataset.towns
    own, county = ("name_zh", "county_zh") if view.language == "zh" else ("name_en", "county_en")
    found = {code: text.say(view.language) for code, text in PREFECTURES.items() if scope.holds_area(code)}
    rows = zip(towns["town_code"].astype("str"), towns[own].astype("str"), towns["county_adcode"].astype("str"),
               towns[county].astype("str"), strict=True)  # fmt: skip
    listed = list(rows)
    found |= {code: name for _, _, code, name in listed if scope.holds_area(code)}
    return found | {code: name for code, name, place, _ in listed if scope.holds(code, place)}
