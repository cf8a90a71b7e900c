"""Who acts and why, asked in one way by every form: the only place on screen where a name is typed."""

from __future__ import annotations

from typing import Final

import streamlit as st

from cockpit.acting import Act, Actor, Deed
from cockpit.ui.frame.shell import View

_ME: Final = "_acting_me"  # name and post of whoever acted last in this session


def _key(part: str, deed: Deed, *about: str) -> str:
    return "|".join((f"act_{part}", deed.id, *about))


def fields(view: View, deed: Deed, about: str, *, proposed: str = "") -> None:
    """Draw name, post where the deed asks for it, and note.

    Args:
        about: what is acted on; each has a note of its own, names stay.
        proposed: stands in the note until somebody changes it.
    """
    length, me = view.desk.register.limits.length, st.session_state.get(_ME, {})
    named = {"name": f"name.{deed.id}", **({"post": "post"} if deed.needs_post else {})}
    most = (length("who") + 1) // len(named) - 1  # together, with a space between, no longer than is kept
    for place, (part, field) in zip(st.columns(len(named), gap="small"), named.items(), strict=True):
        st.session_state.setdefault(_key(part, deed), me.get(part, ""))
        place.text_input(_label(view, field, needed=True), key=_key(part, deed), max_chars=most)
    st.session_state.setdefault(_key("note", deed, about), proposed)
    st.text_area(
        _label(view, f"note.{deed.id}", needed=deed.needs_note),
        key=_key("note", deed, about),
        max_chars=length(deed.note),
        height=84,
    )


def _label(view: View, field: str, *, needed: bool) -> str:
    return view.say("act.required" if needed else "act.optional", field=view.say(f"act.field.{field}"))


def act(deed: Deed, about: str) -> Act:
    """What stands in the fields, for the callback of a button; the name is offered to the next form."""
    name, post = (str(st.session_state.get(_key(part, deed)) or "") for part in ("name", "post"))
    actor = Actor(name, post=post, via="screen")
    me = st.session_state.get(_ME, {})
    known = me.get("post", "") if me.get("name") == actor.name else ""  # another person has another post
    st.session_state[_ME] = {"name": actor.name, "post": actor.post or known}
    return Act(actor, str(st.session_state.get(_key("note", deed, about)) or ""))


def clear(deed: Deed, about: str) -> None:
    """It is done: the note is gone, or proposed anew; the name stays."""
    st.session_state.pop(_key("note", deed, about), None)
