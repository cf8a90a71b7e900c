"""What one socket may bring: how large a message, how many a second, of which kind. One visitor's flood is no other's.

Streamlit handles messages on the event loop. One that asks for addresses of 100,000 files took it two seconds, 20,000
empty ones twenty. Imports starlette and the policy, and streamlit lazily: only it knows its messages.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from starlette.types import Message, Receive, Send

from cockpit.policy.limit_design import LimitDesign

if TYPE_CHECKING:
    from streamlit.proto.BackMsg_pb2 import BackMsg

# What the app's page sends: others look into the repository, empty everybody's caches or install things.
_KINDS: Final = frozenset(
    {"rerun_script", "stop_script", "app_heartbeat", "file_urls_request", "backend_operation_request"}
)
_TOO_BIG: Final = 1009


def bounded(
    receive: Receive, send: Send, limits: LimitDesign, clock: Callable[[], float] = time.monotonic
) -> tuple[Receive, Send]:
    """A socket's two ends, held to the limits.

    A message that is too large closes the socket, as does one in text; what comes too fast waits, and its sender with
    it; what the app's page never sends is left out.
    """
    most, pace = limits.limit("message_kib") << 10, limits.limit("messages_per_second")
    due, is_closed = -math.inf, False

    async def receive_bounded() -> Message:
        nonlocal due, is_closed
        while True:
            message = await receive()
            if message["type"] != "websocket.receive":
                return message
            due = max(due, clock() - 1) + 1 / pace  # a second's worth may come at once
            if (early := due - clock()) > 0:
                await asyncio.sleep(early)
            data = message.get("bytes")
            if data is None or len(data) > most:
                is_closed = True
                await send({"type": "websocket.close", "code": _TOO_BIG, "reason": "too large"})
                return {"type": "websocket.disconnect", "code": _TOO_BIG}
            if _is_wanted(data, limits.limit("files_per_request")):
                return message

    async def send_open(message: Message) -> None:
        """A run may still be telling something to who has gone; Streamlit would fill the log with tracebacks."""
        nonlocal is_closed
        if not is_closed:
            try:
                await send(message)
            except (OSError, RuntimeError):  # what comes in next says so in good order
                is_closed = True

    return receive_bounded, send_open


def _is_wanted(data: bytes, most_files: int) -> bool:
    """Whether a message is one the app's page sends; what cannot be read is none."""
    from google.protobuf.message import DecodeError

    try:
        message = _kind().FromString(data)
    except DecodeError:
        return False
    return message.WhichOneof("type") in _KINDS and len(message.file_urls_request.file_names) <= most_files


@lru_cache(maxsize=1)
def _kind() -> type[BackMsg]:
    from streamlit.proto.BackMsg_pb2 import BackMsg

    return BackMsg
