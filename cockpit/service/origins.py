"""Under which names the app may be asked for, and from which pages: exact lists, read once at the start.

A page elsewhere can point its own name at this machine (DNS rebinding) and would then read and write as if it were
ours; only the names told here are answered. Imports the ground floor.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from cockpit.errors import CockpitError

SETTING: Final = "COCKPIT_HOSTS"
PUBLIC: Final = "COCKPIT_PUBLIC_URL"
_LOOPBACK: Final = ("127.0.0.1", "localhost", "[::1]")
_PORTS: Final = {"http": 80, "https": 443}


@dataclass(frozen=True)
class Names:
    """`hosts`: what may stand in the Host header; `origins`: scheme, host and port of pages that may act.

    Both without the ports browsers leave out. Loopback names belong to it with whatever port the server listens on.
    """

    hosts: frozenset[str] = frozenset()
    origins: frozenset[str] = frozenset()

    def knows(self, host: str, port: int | None) -> bool:
        """Whether a request to `host` (as the header says it) on our `port` is meant for us."""
        return host.lower() in self.hosts | _here(port)

    def may_act(self, origin: str, scheme: str, port: int | None) -> bool:
        """Whether a page of `origin` may open a socket or change something."""
        return origin.lower() in self.origins or origin.lower() in {f"{scheme}://{host}" for host in _here(port)}


def _here(port: int | None) -> frozenset[str]:
    if port is None:  # behind a socket file
        return frozenset(_LOOPBACK)
    named = frozenset(f"{host}:{port}" for host in _LOOPBACK)
    return named | frozenset(_LOOPBACK) if port in _PORTS.values() else named


def read_names(environment: Mapping[str, str] | None = None) -> Names:
    """Names of a deployment: those of `COCKPIT_HOSTS`, separated by commas, and that of `COCKPIT_PUBLIC_URL`.

    `https://towns.example.cn` allows exactly that; `towns.example.cn` allows http as well.

    Raises:
        CockpitError: something there is neither a name nor an address.
    """
    given = os.environ if environment is None else environment
    hosts: set[str] = set()
    origins: set[str] = set()
    written = [(SETTING, item) for item in given.get(SETTING, "").split(",")] + [(PUBLIC, given.get(PUBLIC, ""))]
    for setting, text in written:
        if not text.strip():
            continue
        for scheme, host in _read(setting, text.strip().lower()):
            hosts.add(host)
            origins.add(f"{scheme}://{host}")
    return Names(frozenset(hosts), frozenset(origins))


def _read(setting: str, text: str) -> list[tuple[str, str]]:
    """(scheme, host with its port unless it is the scheme's own) of one entry."""
    has_scheme = "://" in text
    parts = urlsplit(text if has_scheme else f"//{text}")
    try:
        port, name = parts.port, parts.hostname
    except ValueError:
        port, name = None, None
    is_bare = has_scheme or not (parts.path or parts.query or parts.fragment)
    if not name or not is_bare or parts.username is not None or parts.scheme not in ("", *_PORTS) or "*" in name:
        raise CockpitError(
            f"{text!r} is no name of a host", where=setting, remedy="write e.g. https://towns.example.cn, no pattern"
        )
    host = f"[{name}]" if ":" in name else name
    schemes = [parts.scheme] if has_scheme else list(_PORTS)
    return [(scheme, host if port in (None, _PORTS[scheme]) else f"{host}:{port}") for scheme in schemes]
