"""Who acts and why, asked in one way by every form. A name is typed by the person at his own machine only: anybody else
is who he signed in as."""

from __future__ import annotations

from typing import Final

import streamlit as st

from cockpit.access.people import Person
from cockpit.acting import Act, Actor, Deed
from cockpit.ui.frame.person import current
from cockpit.ui.frame.shell import View
from cockpit.ui.frame.showing import show
from cockpit.visuals.marks.markup import html

_ME: Final = "_acting_me"  # name and post of whoever acted last in this session


def _key(part: str, deed: Deed, *about: str) -> str:
    return "|".join((f"act_{part}", deed.id, *about))


def _who_key(part: str, deed: Deed, about: str) -> str:
    return _key(part, deed, *((about,) if deed.is_many else ()))


def fields(
    view: View, deed: Deed, about: str, *, proposed: str = "", other_than: str = "", needs_note: bool = False
) -> bool:
    """Draw name, post where the deed asks for it, and note; for who may not do it why, and his button is closed.

    Returns whether he may. What he does is asked again when it is done.

    Args:
        about: what is acted on; each has a note of its own, names stay.
        proposed: stands in the note until somebody changes it.
        other_than: whose work is looked at: his name is never offered, for somebody else is to look.
        needs_note: whether this step of the deed wants a note, where not every one does.
    """
    if not view.person.rights.may(deed.verb):
        show(html('<p class="note">{}</p>', view.say("act.fault.no_right")))
        return False
    length = view.desk.register.limits.length
    if not view.person.is_local:
        who = (_label(view, f"name.{deed.id}"), view.person.label, view.person.office)
        show(html('<p class="actas">{} <b>{}</b> {}</p>', *who))
    else:
        _named(view, deed, about, length("who"), other_than)
    st.session_state.setdefault(_key("note", deed, about), proposed)
    st.text_area(
        _label(view, f"note.{deed.id}", needed=deed.needs_note or needs_note),
        key=_key("note", deed, about),
        max_chars=length(deed.note),
        height=84,
    )
    return True


def _named(view: View, deed: Deed, about: str, longest: int, other_than: str) -> None:
    """Name and post, as whoever acted last in this session gave them."""
    me = st.session_state.get(_ME, {})
    if other_than and other_than in (me.get("name"), f"{me.get('post')} {me.get('name')}"):
        me = {}
    named = {"name": f"name.{deed.id}", **({"post": "post"} if deed.needs_post else {})}
    most = (longest + 1) // len(named) - 1  # together, with a space between, no longer than is kept
    for place, (part, field) in zip(st.columns(len(named), gap="small"), named.items(), strict=True):
        key = _who_key(part, deed, about)
        if deed.is_many and not st.session_state.get(key):
            st.session_state[key] = me.get(part, "")  # another form of it was drawn before anybody gave a name
        st.session_state.setdefault(key, me.get(part, ""))
        place.text_input(_label(view, field, needed=True), key=key, max_chars=most)


def _label(view: View, field: str, *, needed: bool | None = None) -> str:
    if needed is None:
        return view.say(f"act.field.{field}")
    return view.say("act.required" if needed else "act.optional", field=view.say(f"act.field.{field}"))


def act(deed: Deed, about: str) -> Act:
    """What stands in the fields, for the callback of a button; the name is offered to the next form."""
    name, post = (str(st.session_state.get(_who_key(part, deed, about)) or "") for part in ("name", "post"))
    note = str(st.session_state.get(_key("note", deed, about)) or "")
    # Looked up now and not when the page was drawn: a right may have ended since.
    person = current()
    if person is None:
        return Act(Actor("", via="account"), note)
    if not person.is_local:
        return Act(_signed_in(person), note)
    actor = Actor(name, post=post, via="screen", rights=person.rights)
    me = st.session_state.get(_ME, {})
    known = me.get("post", "") if me.get("name") == actor.name else ""  # another person has another post
    st.session_state[_ME] = {"name": actor.name, "post": actor.post or known}
    return Act(actor, note)


def _signed_in(person: Person) -> Actor:
    from cockpit.access.house import open_access
    from cockpit.access.recording import recorder

    return person.actor(recorder(open_access(), person))


def clear(deed: Deed, about: str) -> None:
    """It is done: the note is gone, or proposed anew; the name stays."""
    st.session_state.pop(_key("note", deed, about), None)
