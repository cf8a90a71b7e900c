"""Where a mark leads: a click on a bar, an area, a cell or a point narrows, a name opens. One listener serves every
page (`aids.js`), so that a page needs no part of its own for it.

A mark says what it means in `data-lead` (`visuals/marks/html`): "prefecture:330100" sets that parameter of the address
(none: takes it out), "?by=town&parts=gap" several at once, "/lists?check=lines" opens a page with what its address
shall hold beside what it holds now.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import parse_qsl

import streamlit as st

from cockpit.analysis.selection import PARAMETERS
from cockpit.town_codes import printed
from cockpit.ui.frame import address

_ASKED: Final = "_open_page"
# What is one of several shown: picked again it stays.
_PICKS: Final = frozenset({"town", "per_mu_town", "period", "matter", "alert", "case", "pind", "popen"})
# What narrows or turns a page: picked again it is taken out. Values nobody knows are told by who reads them.
_SWITCHES: Final = frozenset({*PARAMETERS, "mountain", "verdict", "gappart", "check", "permu_class", "ekind", "ecell"})
# What stands in the address for the towns that were shown before.
_BELOW: Final[dict[str, tuple[str, ...]]] = {"prefecture": ("county",)}
_PAGES: Final = ("page", "fpage")


def picked(what: str) -> None:
    """Do what a mark means; from a callback, before the next run."""
    if what.startswith("/"):
        page, _, query = what[1:].partition("?")
        st.session_state[_ASKED] = (page, dict(parse_qsl(query)))
        return
    if what.startswith("?"):
        holds = {name: [value] for name, value in parse_qsl(what[1:]) if name in address.NAMES}
        address.replace(tuple(holds), holds)
        return
    name, _, value = what.partition(":")
    if name not in _PICKS | _SWITCHES:
        return
    beside = (*_BELOW.get(name, ()), *_PAGES) if name in PARAMETERS or name == "mountain" else ()
    is_taken_out = not value or (name in _SWITCHES and address.get(name) == [value])
    address.replace((name, *beside), {} if is_taken_out else {name: [value]})


def open_town(code: str) -> None:
    """Ask, from a callback, for a town's profile: a page can only be left while it is drawn."""
    st.session_state[_ASKED] = ("town", {"code": printed(code)})


def asked() -> str | None:
    """The page asked for since the last run, once; the address holds what it shall show."""
    found: tuple[str, dict[str, str]] | None = st.session_state.pop(_ASKED, None)
    if found is None:
        return None
    for name, value in found[1].items():
        if name in address.NAMES:
            address.put(name, [value])
    return found[0]
