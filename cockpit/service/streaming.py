"""Answers too long to hold, for a few readers at once: the next is told when to come again, who stalls loses the place.

Imports starlette only.
"""

from __future__ import annotations

import threading
from collections.abc import Generator, Iterable, Mapping
from typing import Final

import anyio
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect
from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

_PIECE: Final = 256 << 10  # bytes that must be taken within the time for a stall


class Places:
    """So many at once, nobody waits: taken at once or not at all. Safe to share between threads."""

    def __init__(self, count: int) -> None:
        self._free = threading.BoundedSemaphore(count)

    def take(self) -> bool:
        return self._free.acquire(blocking=False)

    def give_back(self) -> None:
        self._free.release()


class Stream(StreamingResponse):
    """Sends pieces as they are made; ends where none was taken for `stall` seconds, and gives its place back."""

    def __init__(
        self, lines: Iterable[bytes], places: Places, stall: float, *, media_type: str, headers: Mapping[str, str]
    ) -> None:
        super().__init__((), media_type=media_type, headers=headers)
        self._lines, self._places, self._stall = _in_pieces(lines), places, stall

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self._send_all(send)
        except (TimeoutError, OSError, ClientDisconnect):
            return  # the answer stays unfinished, which the server makes an end of the connection
        finally:
            with anyio.CancelScope(shield=True):
                await run_in_threadpool(self._close)

    async def _send_all(self, send: Send) -> None:
        start = {"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers}
        with anyio.fail_after(self._stall):
            await send(start)
        while (piece := await run_in_threadpool(next, self._lines, None)) is not None:
            with anyio.fail_after(self._stall):
                await send({"type": "http.response.body", "body": piece, "more_body": True})
        with anyio.fail_after(self._stall):
            await send({"type": "http.response.body", "body": b"", "more_body": False})

    def _close(self) -> None:
        try:
            self._lines.close()
        finally:
            self._places.give_back()


def _in_pieces(lines: Iterable[bytes]) -> Generator[bytes]:
    for line in lines:
        view = memoryview(line)
        for start in range(0, len(view), _PIECE):
            yield bytes(view[start : start + _PIECE])
