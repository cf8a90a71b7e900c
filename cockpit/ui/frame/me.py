"""The reader's own corner of the bar: who he is, what he may do and where, the way out."""

from __future__ import annotations

from typing import Final

import pandas as pd
import streamlit as st

from cockpit.access.house import open_access
from cockpit.access.people import Person
from cockpit.access.resets import resets
from cockpit.access.sessions import end_others, of_account
from cockpit.phrases import say
from cockpit.policy.access_design import AccessDesign
from cockpit.texts import plain
from cockpit.ui.frame.showing import show
from cockpit.visuals.access.recorded import reset_words
from cockpit.visuals.access.tables import own_sessions, scope_words
from cockpit.visuals.marks.markup import html
from cockpit.vocabulary import Language

_RESETS: Final = "_resets_to_tell"


def tell_resets(person: Person, language: Language) -> None:
    """That somebody else had his password or second factor made anew, once for each time he signs in; closed by him."""
    if person.is_local or person.way == "device":
        return
    if _RESETS not in st.session_state:
        st.session_state[_RESETS] = resets(open_access(), person.id)
    if not st.session_state[_RESETS]:
        return
    with st.container(horizontal=True, key="resets", vertical_alignment="center"):
        text = " ".join(plain(reset_words(item, language), 400) for item in st.session_state[_RESETS])
        st.warning(text, icon=":material/lock_reset:")
        if st.button(say("person.reset_seen", language), key="resets_seen", type="tertiary"):
            st.session_state[_RESETS] = ()
            st.rerun()


def corner(person: Person, design: AccessDesign, towns: pd.DataFrame, language: Language) -> None:
    """The person at his own machine is named; anybody else opens what he is signed in as."""
    if person.is_local:
        show(html('<span class="me">{}</span>', say("person.local", language)), width="content")
        return
    opened = st.popover(person.name, key="me", width="content", on_change="rerun")
    if not opened.open:
        return
    roles = [design.roles[role].label.say(language) for role in person.roles if role in design.roles]
    counties = dict(zip(towns["county_adcode"].astype("str"), towns[f"county_{language}"].astype("str"), strict=True))
    with opened:
        show(
            html(
                '<div class="mewho"><b>{}</b><p>{}</p><p>{}</p><p class="note">{}</p>'
                '<p class="megoes"><a href="/signin/password">{}</a> '
                '<button type="button" data-leave>{}</button></p></div>',
                person.id,
                person.office,
                "、".join(roles) or say("person.none", language),
                say("person.where", language, scope=scope_words(person.sees, counties, language)),
                say("person.password", language),
                say("person.out", language),
            )
        )
        mine = of_account(open_access(), person.id)
        show(own_sessions(mine, person.session, language))
        if len(mine) > 1 and st.button(say("person.out_others", language), key="out_others", type="tertiary"):
            ended = end_others(open_access(), person)
            st.toast(say("person.out_others_done", language, count=ended), icon=":material/check:")
