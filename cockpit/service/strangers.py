"""Requests that no page and no program of ours sends, put on the audit record: a foreign Origin, a name the app is not
asked for under, a header under our names. Whoever sends one may send a thousand: a line a minute of each kind and
address, with how many there were, and so many lines in all.

Imports starlette and `access`.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable
from typing import Any, Final, Literal

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.types import Scope

from cockpit.access import audit
from cockpit.access.house import Access, AccessFault

Kind = Literal["origin", "host", "header"]
_EVERY_SECONDS: Final = 60.0
_MOST_AT_ONCE: Final = 30  # lines within that time, whoever they are of
_SHOWN: Final = {"origin": "origin", "host": "host"}


class Strangers:
    """What was refused lately; one for gate and entrance together."""

    def __init__(self, access: Access, clock: Callable[[], float] = time.monotonic) -> None:
        self._access, self._clock, self._lock = access, clock, threading.Lock()
        self._lines: dict[tuple[str, str], float] = {}
        self._untold: dict[str, int] = {}

    async def note(self, kind: Kind, scope: Scope) -> None:
        """Put a request on record; what cannot be recorded was refused all the same."""
        address = str((scope.get("client") or ("",))[0])
        count = self._due(kind, address)
        if not count:
            return
        said = Headers(scope=scope).get(_SHOWN.get(kind, ""), "")[:120]
        detail: dict[str, Any] = {"why": f"foreign_{kind}", **({"said": said} if said else {})}
        detail |= {"count": count} if count > 1 else {}

        def write() -> None:
            with contextlib.suppress(AccessFault):
                audit.note(self._access, "gate", "refused", address=address, about=str(scope["path"]), more=detail)

        await run_in_threadpool(write)

    def _due(self, kind: str, address: str) -> int:
        """How many requests the next line tells of; 0 where none is due."""
        now = self._clock()
        with self._lock:
            self._lines = {key: at for key, at in self._lines.items() if now - at < _EVERY_SECONDS}
            count = self._untold.get(kind, 0) + 1
            if (kind, address) in self._lines or len(self._lines) >= _MOST_AT_ONCE:
                self._untold[kind] = count
                return 0
            self._lines[kind, address] = now
            self._untold.pop(kind, None)
            return count
