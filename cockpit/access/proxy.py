"""A proxy that has asked people who they are: which header it says it in, and from where it is believed."""

from __future__ import annotations

import hmac
import os
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import Any, Final

from cockpit.access.faults import AccessFault

HEADER: Final = "COCKPIT_PROXY_HEADER"
FROM: Final = "COCKPIT_PROXY_FROM"
SECRET: Final = "COCKPIT_PROXY_SECRET"
_SECRET_HEADER: Final = "x-proxy-secret"


@dataclass(frozen=True)
class Proxy:
    """`header` names the account; `networks` are the addresses it is believed from, `secret` what must come with it
    where one is set: on a machine others can use as well, an address alone proves little."""

    header: str
    networks: tuple[IPv4Network | IPv6Network, ...]
    secret: str = ""

    def account(self, scope: Mapping[str, Any], headers: Mapping[str, str]) -> str:
        """The account a request is for; "" unless it comes from the proxy, with one name and the secret."""
        client = (scope.get("client") or ("",))[0]
        try:
            place = ip_address(client)
        except ValueError:
            return ""
        if not any(place in network for network in self.networks):
            return ""
        if self.secret and not hmac.compare_digest(headers.get(_SECRET_HEADER, "").encode(), self.secret.encode()):
            return ""
        given = [value for name, value in scope["headers"] if name.decode("latin-1").lower() == self.header]
        return given[0].decode("utf-8", "replace").strip().casefold() if len(given) == 1 else ""


def read_proxy(environment: Mapping[str, str] | None = None) -> Proxy:
    """The proxy as the deployment names it.

    Raises:
        AccessFault: no address is named, or one is none.
    """
    given = os.environ if environment is None else environment
    written = [part.strip() for part in given.get(FROM, "").split(",") if part.strip()]
    if not written:
        raise AccessFault("setting", setting=FROM, why="10.0.0.5, 127.0.0.1 …")
    try:
        networks = tuple(ip_network(part) for part in written)
    except ValueError as error:
        raise AccessFault("setting", setting=FROM, why=str(error)) from error
    return Proxy(given.get(HEADER, "x-forwarded-user").strip().lower(), networks, given.get(SECRET, ""))
