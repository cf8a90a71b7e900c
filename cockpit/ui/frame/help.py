"""The reader's corner of the top bar: help of the page, its link, saved views, the set-up of a wall."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from cockpit.phrases import say
from cockpit.ui.frame.showing import show
from cockpit.ui.frame.views import views
from cockpit.visuals.marks.help import panel
from cockpit.visuals.marks.markup import html
from cockpit.vocabulary import Language

_ASKED: Final = "_wall_link_asked"


def button(script: str, pages: Sequence[str], language: Language) -> None:
    """Draw it, and what lies behind it once it is open.

    The wall's dialog needs the selection and is opened later in the run, see `wants_wall`.
    """
    opened = st.popover(say("help.button", language), key="help", width="content", on_change="rerun")
    if not opened.open:
        return
    with opened:
        show(panel(script, language))
        show(html('<h3 class="helphead">{}</h3>', say("views.title", language)))
        views(pages, language)
        label = say("help.wall", language)
        st.button(label, key=f"wall_link|{language}", icon=":material/slideshow:", on_click=_ask_wall)


def _ask_wall() -> None:
    st.session_state[_ASKED] = True
    st.session_state["help"] = False  # the dialog must not lie under the panel


def wants_wall() -> bool:
    """Whether the wall's dialog was asked for in this run."""
    return bool(st.session_state.pop(_ASKED, False))
