"""Open sessions learn of a new version by themselves: the browser asks every few seconds which one is current, and
nothing else; when it is another one than shown, the page runs again with its filters, and says so quietly.

Not a fragment that runs by the clock: every run of any session ends with Streamlit clearing away files nobody holds,
and a file made for a download is held by nobody. With some dozens of sessions ticking, downloads failed.
"""

from __future__ import annotations

from typing import Final, TypedDict

import streamlit as st

from cockpit.access.people import Person
from cockpit.briefings import Desk, outside
from cockpit.datasets.store.loading import current_marker
from cockpit.phrases import say
from cockpit.texts import plain
from cockpit.vocabulary import Language
from cockpit.wording import data as data_words

# Milliseconds between two questions; with the rerun a session is up to date within five seconds.
EVERY_MS: Final = 3000
ADDRESS: Final = "/currentz"
_SEEN: Final = "_live_seen"
_OWN: Final = "_live_own"


class Watched(TypedDict):
    """What the browser asks for (`aids.js`): where, which version is shown, milliseconds between two questions."""

    address: str
    shown: str
    every: int


def own(version: str) -> None:
    """This session made a version current itself: it is told elsewhere, not by the notice."""
    st.session_state[_OWN] = version


def watch(desk: Desk, is_pinned: bool, person: Person, language: Language) -> Watched:
    """Say what came in since the last run; returns what the browser is to ask from now on.

    A page pinned to a version keeps its figures and asks all the same: as soon as another version becomes current it
    runs again and says that it shows an old one. A page of somebody whose rights have changed since is loaded anew.
    """
    dataset = desk.dataset
    if is_pinned:
        shown = current_marker(dataset.name)
    else:
        _announce(desk, person, language)
        shown = dataset.warning.version if dataset.warning else dataset.manifest.version
    drawn_for = "" if person.is_local else f"&as={person.mark}"
    return {"address": f"{ADDRESS}?dataset={dataset.name}{drawn_for}", "shown": shown, "every": EVERY_MS}


def _announce(desk: Desk, person: Person, language: Language) -> None:
    dataset = desk.dataset
    seen: dict[str, int] = st.session_state.setdefault(_SEEN, {})
    manifest = dataset.manifest
    before = seen.get(dataset.name)
    seen[dataset.name] = manifest.number
    if before in (None, manifest.number) or st.session_state.pop(_OWN, "") == manifest.version:
        return
    if before is not None and manifest.number < before:
        text = say("live.back", language, number=manifest.number)
    else:
        who, written = data_words.told_of(manifest, language)
        who, note = plain(who, 160), plain(outside(desk, person.sees).free(written, language), 160)
        text = say("live.updated", language, number=manifest.number, who=who, note=note)
    st.toast(text, icon=":material/update:", duration="long")
