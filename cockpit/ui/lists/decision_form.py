"""The form that writes to the decision log, and what it says when it cannot.

A decision rests on the entry its writer saw: that number is kept while the page is looked at and goes with the draft,
so that of two people deciding at once the second is told and nothing is overwritten. A decision against the suggestion
is not written at the first press: the form asks for the reason and to be pressed once more.
"""

from __future__ import annotations

from datetime import date
from typing import Final

import streamlit as st

from cockpit.acting import DECIDE, ActRefused
from cockpit.analysis.briefing.lists import CreatingTown, NamedTown
from cockpit.briefings import SHANGHAI, record
from cockpit.datasets.decisions.log import (
    DecisionConflict,
    Draft,
    Entry,
    LogUnavailable,
    UnknownSeen,
    faults_of,
)
from cockpit.phrases import say
from cockpit.ui.frame import acting
from cockpit.ui.frame.decision_log import unavailable_words
from cockpit.ui.frame.shell import View
from cockpit.ui.frame.showing import show
from cockpit.visuals.marks.markup import html
from cockpit.vocabulary import DECISION_ACTIONS, Language
from cockpit.wording import lists as words

# What may be decided about a town being created, and about a named one.
_CREATING: Final = ("extend", "terminate", "name", "rectify", "note", "correct")
_NAMED: Final = ("star", "rectify", "remove", "note", "correct")
_SAID: Final = "_decision_said"
_SEEN: Final = "_decision_seen"
_ASKED: Final = "_decision_asked"  # (dataset, town) -> the decision against the suggestion that was asked about


def _conflict_words(entry: Entry, language: Language) -> str:
    told = say(
        "decision.conflict",
        language,
        who=entry.decided_by,
        when=f"{entry.recorded_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}",
        action=DECISION_ACTIONS[entry.action].say(language),
        number=entry.number,
    )
    newer = say("lists.form_newer", language, number=entry.number, basis=entry.basis)
    return f"{told} {newer} {say('lists.form_kept', language)}"


def _keys(about: str) -> dict[str, str]:
    return {name: f"decide_{name}|{about}" for name in ("action", "until", "objection")}


def _against_words(draft: Draft, lang: Language) -> str:
    """What goes against what, by which clauses, and what has to be done to write it all the same."""
    return say(
        "lists.form_against",
        lang,
        suggestion=say(f"lists.suggest.{draft.suggestion}", lang),
        action=DECISION_ACTIONS[draft.action].say(lang),
        clauses=" ".join(f"[{clause}]" for clause in draft.clauses),
        button=say("lists.form_confirm", lang),
    )


def _is_answered(draft: Draft) -> bool:
    """Whether the reader was asked about this very decision and gave a reason; remembers that it was asked."""
    asked = st.session_state.setdefault(_ASKED, {})
    place, what = (draft.dataset, draft.town_code), (draft.action, draft.until)
    was_asked = asked.get(place) == what
    asked[place] = what
    return was_asked and bool(draft.objection)


def _clear(about: str, place: tuple[str, str]) -> None:
    """Empty the form. Values are set, not dropped: a browser keeps what it shows until it is told otherwise."""
    st.session_state.get(_ASKED, {}).pop(place, None)
    acting.clear(DECIDE, about)
    keys = _keys(about)
    st.session_state.update({keys["action"]: None, keys["until"]: None, keys["objection"]: ""})


def _write(view: View, code: str, town: str, suggestion: str, risk: str, clauses: tuple[str, ...]) -> None:
    """Runs before the page is drawn again, with the entry the reader was looking at when pressing the button."""
    lang, desk, briefing = view.language, view.desk, view.briefing
    dataset = desk.dataset.name
    about = f"{dataset}|{code}|{lang}"
    typed = {name: st.session_state.get(key) for name, key in _keys(about).items()}
    act = acting.act(DECIDE, about)
    until = typed["until"] if isinstance(typed["until"], date) else None
    draft = Draft(
        dataset=dataset,
        town_code=code,
        action=str(typed["action"] or ""),
        until=until,
        clauses=clauses,
        risk_grade=risk,
        data_version=desk.dataset.key,
        suggestion=suggestion,
        objection=str(typed["objection"] or "").strip(),
    )
    said: tuple[str, str]
    faults = [fault for fault in faults_of(draft, act) if fault.problem != "reason_needed"]
    if not faults and draft.is_against and not _is_answered(draft):
        st.session_state[_SAID] = ("warning", _against_words(draft, lang))
        return
    try:
        seen = st.session_state.get(_SEEN, {}).get((dataset, code), 0)
        entry = record(desk, briefing.selection, briefing.as_of, draft, act, seen)
        action = DECISION_ACTIONS[entry.action].say(lang)
        said = ("success", say("lists.form_done", lang, number=entry.number, town=town, action=action))
        _clear(about, (dataset, code))
    except ActRefused as error:
        # The field for the reason is shown once the rest is in order.
        told = [fault for fault in error.faults if fault.problem != "reason_needed"] or error.faults
        said = ("warning", " ".join(fault.say(lang) for fault in told))
    except DecisionConflict as error:
        said = ("error", _conflict_words(error.entry, lang))
    except UnknownSeen as error:
        said = ("error", say("decision.unknown_seen", lang, number=error.attempt.previous))
    except LogUnavailable as error:
        said = ("error", unavailable_words(error, lang))
    st.session_state[_SAID] = said


def outcome() -> None:
    """What became of the last attempt, as text: what people wrote is never read as markup."""
    said = st.session_state.pop(_SAID, None)
    if said:
        kind, text = said
        role = "status" if kind == "success" else "alert"
        show(html('<p class="lsaid {}" role="{}">{}</p>', kind, role, text))


def decision_form(view: View, town: CreatingTown | NamedTown, newest: Entry | None) -> None:
    """The form for one town: basis from the triggered rules, the decision itself left open."""
    language, dataset = view.language, view.desk.dataset
    code, clock = town.place.code, view.desk.register.rule("creation_clock").clause
    # Seen is what stands on the page now; the next press of the button is judged against it.
    st.session_state.setdefault(_SEEN, {})[(dataset.name, code)] = newest.number if newest else 0
    about = f"{dataset.name}|{code}|{language}"  # the basis is proposed in the reader's language
    keys = _keys(about)
    label = view.say("lists.form_action")
    if isinstance(town, CreatingTown):
        actions: tuple[str, ...] = _CREATING
        suggestion = "" if town.suggestion == "none" else town.suggestion
        basis, cited = words.basis(town, clock, language), words.clauses(town, clock)
        risk = town.grade.grade.value if town.grade else ""
        if suggestion:
            label = view.say("lists.form_suggested", suggestion=words.suggestion(town, language))
    else:
        rating = town.rating
        cited = tuple(dict.fromkeys(cap.rule.clause for cap in rating.caps if cap.rule.clause))
        cited = (view.desk.register.rule("star_rating").clause, *cited)
        actions, suggestion, risk = _NAMED, "", ""
        basis = words.star_basis(rating, language)
    with st.form(f"decide|{code}|{language}", border=False, enter_to_submit=False):
        st.selectbox(
            label,
            actions,
            index=None,
            format_func=lambda action: DECISION_ACTIONS[action].say(language),
            placeholder=view.say("lists.form_choose"),
            key=keys["action"],
        )
        st.date_input(view.say("lists.form_until"), value=None, key=keys["until"], format="YYYY-MM-DD")
        may = acting.fields(view, DECIDE, about, proposed=basis)
        is_asked = (dataset.name, code) in st.session_state.get(_ASKED, {})
        if is_asked:
            st.text_area(view.say("lists.form_objection"), key=keys["objection"], max_chars=2000, height=84)
        st.form_submit_button(
            view.say("lists.form_confirm" if is_asked else "lists.form_write"),
            type="primary",
            disabled=not may,
            on_click=_write,
            args=(view, code, words.name(town.place, language), suggestion, risk, cited),
        )
