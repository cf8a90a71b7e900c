"""What puts the acts of a person on the audit record; handed to him as `Actor.recorder`."""

from __future__ import annotations

import getpass
from collections.abc import Mapping
from typing import cast

from cockpit.access import audit
from cockpit.access.house import Access, open_access
from cockpit.access.modes import mode
from cockpit.access.people import LOCAL, Person
from cockpit.acting import Actor, Recorder


def recorder(access: Access, person: Person, address: str = "") -> Recorder:
    """Records for a person who signed in."""

    def record(event: str, outcome: str, about: str, detail: Mapping[str, object]) -> None:
        told = cast("audit.Outcome", outcome)
        audit.note(access, event, told, person=person, address=address, about=about, more=dict(detail))

    return record


def at_the_shell(name: str) -> Actor:
    """Who gives a command on the machine itself: he may do everything, and where people have accounts it is recorded
    under the name the system knows him by."""
    if mode() == "local":
        return Actor(name, via="command", rights=LOCAL.rights)
    person = shell_person(name)
    return Actor(name, via="command", rights=LOCAL.rights, recorder=recorder(open_access(), person, "shell"))


def shell_person(name: str = "") -> Person:
    """The person at the machine's shell, by the system's name of him."""
    return Person(f"os:{getpass.getuser()}", name or getpass.getuser(), rights=LOCAL.rights, sees=LOCAL.sees)
