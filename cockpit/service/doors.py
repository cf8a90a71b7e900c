"""Which addresses the app has. Streamlit answers any other with its page, as success, and routes more than we use.

Imports starlette; where Streamlit keeps its files is handed in.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final, Literal

from starlette.routing import BaseRoute, Match
from starlette.types import Scope

_PAGES: Final = Path(__file__).resolve().parents[2] / "pages"
# Of Streamlit's own routes those its page asks for. Not among them: metrics, the agent interface, the script check,
# components with files of their own, an app's static files, what an installed web app asks for.
_ASKED: Final = frozenset({"/favicon.png", "/_stcore/health", "/_stcore/host-config"})
_STREAM: Final = "/_stcore/stream"
_BELOW: Final = {"/media/": ("GET", "HEAD"), "/_stcore/upload_file/": ("PUT", "DELETE")}
_LOGIN: Final = frozenset({"/auth/login", "/auth/logout", "/oauth2callback"})

Door = Literal["known", "no page", "no interface", "none"]


def page_addresses() -> frozenset[str]:
    """Addresses of the pages, by their scripts; that of the first is `/`."""
    names = {path.stem.replace("_", "-") for path in _PAGES.glob("*.py")}
    return frozenset({"/", *(f"/{name}" for name in names - {"cockpit"})})


class Doors:
    """Every address there is.

    Args:
        routes: our own.
        static: Streamlit's folder of files.
        has_login: whether log-ins are configured.
        base: path before Streamlit's addresses, where one is set.
    """

    def __init__(self, routes: Sequence[BaseRoute], static: Path, *, has_login: bool = False, base: str = "") -> None:
        files = (path for path in (static / "static").rglob("*") if path.is_file())
        assets = frozenset("/" + path.relative_to(static).as_posix() for path in files)
        self._routes = routes
        self._base = f"/{base.strip('/')}".rstrip("/")
        self._known = page_addresses() | assets | _ASKED | (_LOGIN if has_login else frozenset())

    def at(self, scope: Scope) -> Door:
        """What stands at the address asked for; `no page` where a reader may have mistyped that of one."""
        path = str(scope["path"])
        bare = path.rstrip("/") or "/"
        for asked in {path, bare}:  # with a slash too many Streamlit leads to the one without
            if any(route.matches({**scope, "path": asked})[0] is not Match.NONE for route in self._routes):
                return "known"
        below = bare.removeprefix(self._base) or "/"
        if scope["type"] == "websocket":
            return "known" if below == _STREAM else "none"
        if below in self._known or any(
            below.startswith(start) and scope["method"] in how for start, how in _BELOW.items()
        ):
            return "known"
        if f"{path.casefold()}/".startswith("/api/"):
            return "no interface"
        return "no page" if below.count("/") == 1 and "." not in below else "none"
