"""Which version of the data is shown: the one the address pins (`?version=v0002`), else the current one."""

from __future__ import annotations

from typing import Final

import streamlit as st

from cockpit.access.people import Person
from cockpit.briefings import Desk
from cockpit.datasets.store.loading import all_versions, current_marker
from cockpit.datasets.store.versions import is_id
from cockpit.phrases import say
from cockpit.texts import plain, quotable
from cockpit.ui.frame import address
from cockpit.vocabulary import Language

PARAMETER: Final = "version"
HISTORY: Final = "see_history"  # the verb it takes
_REFUSED: Final = "_version_refused"


def asked_version(dataset: str, person: Person) -> str | None:
    """Version pinned by the address; None for the current one.

    A version the dataset does not have is set aside. Who may not look back is shown the current one and told so, and
    learns of no other whether it is there.
    """
    asked = address.get(PARAMETER)
    if not asked:
        return None
    if not person.rights.may(HISTORY) and asked[0] != current_marker(dataset):
        unpin()
        st.session_state[_REFUSED] = True
        return None
    if is_id(asked[0]) and asked[0] in all_versions(dataset):
        return asked[0]
    address.set_aside(PARAMETER, asked)
    unpin()
    return None


def unpin() -> None:
    """Turn to the current version."""
    address.put(PARAMETER, [])


def version_notices(desk: Desk, person: Person, language: Language) -> None:
    """Say that an old version is shown, or may not be, or stands in for one that cannot be read; nothing when all is as
    usual."""
    if st.session_state.pop(_REFUSED, False):
        st.info(say("version.not_yours", language), icon=":material/lock:")
    manifest, refused = desk.dataset.manifest, desk.dataset.warning
    if refused is not None:
        st.error(
            say(
                "version.newer" if refused.is_newer else "version.damaged",
                language,
                version=plain(refused.version),
                where=quotable(refused.where, 120),
                number=manifest.number,
            ),
            icon=":material/error:",
        )
    elif asked_version(desk.dataset.name, person) is not None and manifest.version != current_marker(desk.dataset.name):
        with st.container(key="pinned", horizontal=True, vertical_alignment="center"):
            day = manifest.published_at[:10]
            st.warning(say("version.old", language, number=manifest.number, day=day), icon=":material/history:")
            st.button(say("version.show_current", language), key="unpin", on_click=unpin, width="content")
