"""The way from a town's name on any page to its profile: one button, or one cell of a table."""

from __future__ import annotations

from typing import Final

import streamlit as st

from cockpit.town_codes import printed
from cockpit.ui.frame import address
from cockpit.ui.frame.shell import PAGES_FOLDER, View

_ASKED: Final = "_open_town"


def button(view: View, code: str) -> None:
    """A button that opens the profile; filters stay as they are."""
    if st.button(view.say("town.go"), key=f"open_town|{view.language}", icon=":material/qr_code_2:", type="tertiary"):
        _open(code)


def ask(code: str) -> None:
    """Remember, from a callback, that a profile is to be opened: a page can only be left while it is drawn."""
    st.session_state[_ASKED] = code


def follow() -> None:
    """Open what was asked for since the last run."""
    if code := st.session_state.pop(_ASKED, ""):
        _open(code)


def _open(code: str) -> None:
    address.put("code", [printed(code)])
    st.switch_page(PAGES_FOLDER / "town.py")
