"""Who looks at this page: found anew at every run and every act, for what he may do can end while the page stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from cockpit.access.modes import mode
from cockpit.access.people import LOCAL, Person


def current() -> Person | None:
    """The person of this session; None when it has ended.

    The entrance (`service/entrance.py`) says which session a socket belongs to, under a name no client can set.
    """
    return finder()()


def finder() -> Callable[[], Person | None]:
    """What finds the person of this session again also where no run is: a file is made when it is taken."""
    if mode() == "local":
        return lambda: LOCAL
    name = str(st.user.get("session") or "")
    if not name:
        return lambda: None
    from cockpit.access.house import open_access
    from cockpit.service.entrance import look_up

    return lambda: look_up(open_access(), name)


def ask(person: Person, verb: str, event: str, about: str) -> None:
    """Ask whether the person of the page still may, before work is begun; what comes of it is recorded by `again`.

    Raises:
        AccessFault: the session has ended or the right has, since the page was drawn; the refusal is on record.
    """
    if not person.is_local:
        _now(person, verb, event, about, current)


def again(
    person: Person,
    verb: str,
    event: str,
    about: str,
    told: Mapping[str, object],
    find: Callable[[], Person | None] = current,
) -> None:
    """Ask once more, when a button is used, whether the person of the page may; and put it on record.

    Args:
        find: a `finder` made while the page was drawn, for what happens outside a run.

    Raises:
        AccessFault: the session has ended or the right has, since the page was drawn.
    """
    if person.is_local:
        return
    from cockpit.access import audit
    from cockpit.access.house import open_access

    now = _now(person, verb, event, about, find)
    audit.note(open_access(), event, person=now, about=about, more=dict(told))


def _now(person: Person, verb: str, event: str, about: str, find: Callable[[], Person | None]) -> Person:
    from cockpit.access import audit
    from cockpit.access.house import AccessFault, open_access

    now = find()
    if now is None or now.id != person.id or not now.rights.may(verb):
        audit.note(open_access(), event, "refused", person=person, about=about, why="no_right")
        raise AccessFault("no_right")
    return now
