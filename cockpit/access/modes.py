"""The way of access of a deployment: `COCKPIT_ACCESS`, and where it may listen. Imports the ground floor."""

from __future__ import annotations

import os
from collections.abc import Mapping
from ipaddress import ip_address
from typing import Final, Literal, get_args
from urllib.parse import urlsplit

from cockpit.access.faults import AccessFault

SETTING: Final = "COCKPIT_ACCESS"
Mode = Literal["local", "accounts", "oidc", "proxy"]
MODES: Final[tuple[Mode, ...]] = get_args(Mode)


def mode(environment: Mapping[str, str] | None = None) -> Mode:
    """How people come in; `local` unless something is set.

    Raises:
        AccessFault: what is set is none of the known ways; nobody is let in by a word that is misspelt.
    """
    given = (os.environ if environment is None else environment).get(SETTING, "").strip() or "local"
    found = next((known for known in MODES if known == given), None)
    if found is None:
        raise AccessFault("mode", mode=repr(given))
    return found


def is_here(address: str) -> bool:
    """Whether an address to listen on is one of this machine alone; none at all means everywhere."""
    text = address.strip().strip("[]")
    if text == "localhost":
        return True
    try:
        return ip_address(text).is_loopback
    except ValueError:
        return False


def check(found: Mode, listening: str, names: str = "") -> None:
    """Refuse to serve others in `local` mode, where whoever comes may do everything.

    Args:
        listening: the address the server listens on. names: hosts it answers to besides (`COCKPIT_HOSTS`).

    Raises:
        AccessFault: it would be served elsewhere; says how to make the first administrator.
    """
    if found != "local":
        return
    if not is_here(listening):
        raise AccessFault("local_elsewhere", where=listening or "0.0.0.0")
    for name in filter(None, (part.strip() for part in names.split(","))):
        try:
            host = urlsplit(name if "://" in name else f"//{name}").hostname or ""
        except ValueError:
            host = ""  # what is wrong with it is told where names are read
        if not is_here(host):
            raise AccessFault("local_elsewhere", where=name)
