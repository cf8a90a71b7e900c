"""A Streamlit browser without a browser: speaks the app's websocket protocol and times whole script runs.

It does what the page does as far as the server can tell: names the page it is on, sends the changed address as a
history step, and says which large messages it still holds, so that the server may send a reference instead.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import Final, Self

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

RUN_WITHIN_S: Final = 30.0
# Streamlit's page drops a cached message that this many runs did not use (global.maxCachedMessageAge).
_CACHE_RUNS: Final = 2


class ScriptFailed(RuntimeError):
    """The script ended with an exception on the page: its timing would mean nothing."""


class _CountingConnection(ClientConnection):
    """Counts the bytes as they come off the wire, after websocket compression."""

    wire_bytes = 0

    def data_received(self, data: bytes) -> None:
        self.wire_bytes += len(data)
        super().data_received(data)


@dataclass(frozen=True)
class Run:
    """One finished script run: milliseconds from request to script_finished, and what it sent."""

    ms: float
    wire_bytes: int
    message_bytes: int
    messages: int


class StreamlitClient:
    """One session. Use `async with await StreamlitClient.open(url)`; one run at a time."""

    def __init__(self, connection: _CountingConnection, page_name: str) -> None:
        self._connection = connection
        self._page_name = page_name
        self._page_hash = ""
        self._held: dict[str, int] = {}
        self._runs = 0
        self._buttons: dict[str, tuple[str, str]] = {}  # label -> widget and fragment

    @classmethod
    async def open(cls, url: str, path: str = "/", cookie: str = "") -> Self:
        """Connect to the server at `url` (http://...) as a visitor of `path`; no script runs yet.

        Args:
            cookie: of a session, where people have accounts.
        """
        address = url.replace("http", "ws", 1) + "/_stcore/stream"
        connection = await connect(
            address,
            subprotocols=["streamlit"],  # type: ignore[list-item]
            max_size=None,
            proxy=None,
            create_connection=_CountingConnection,
            additional_headers={"Cookie": cookie} if cookie else None,
        )
        return cls(connection, path.strip("/"))  # type: ignore[arg-type]

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._connection.close()

    async def run(self, query: str = "") -> Run:
        """Ask for a full run with the address `?query` and wait for its end.

        Raises ScriptFailed when the page shows an exception or does not exist, TimeoutError after RUN_WITHIN_S.
        """
        message = BackMsg()
        message.rerun_script.query_string = query
        return await self._send(message)

    async def press(self, label: str) -> Run:
        """Press the button of that label, wherever it stands; returns when its run, or its fragment's, has ended.

        Raises KeyError when no run has drawn such a button, else as `run`; without a limit of time.
        """
        message = BackMsg()
        widget, fragment = self._buttons[label]
        message.rerun_script.fragment_id = fragment
        pressed = message.rerun_script.widget_states.widgets.add()
        pressed.id, pressed.trigger_value = widget, True
        return await self._send(message, within=None)

    async def _send(self, message: BackMsg, within: float | None = RUN_WITHIN_S) -> Run:
        state = message.rerun_script
        state.page_script_hash = self._page_hash
        state.page_name = "" if self._page_hash else self._page_name
        # A changed address with nothing clicked is a step in the browser's history; bound widgets then follow it.
        state.is_history_navigation = self._runs > 0
        state.cached_message_hashes.extend(self._held)
        state.context_info.timezone = "Asia/Shanghai"
        state.context_info.timezone_offset = -480
        state.context_info.locale = "zh-CN"
        state.context_info.color_scheme = "light"
        self._runs += 1
        before = self._connection.wire_bytes
        began = time.perf_counter()
        await self._connection.send(message.SerializeToString())
        size, count = await asyncio.wait_for(self._read_until_finished(bool(state.fragment_id)), within)
        ms = (time.perf_counter() - began) * 1000
        self._held = {key: used for key, used in self._held.items() if self._runs - used < _CACHE_RUNS}
        return Run(ms, self._connection.wire_bytes - before, size, count)

    async def _read_until_finished(self, is_fragment: bool = False) -> tuple[int, int]:
        size = count = 0
        while True:
            data = await self._connection.recv(decode=False)
            size += len(data)
            count += 1
            message = ForwardMsg.FromString(bytes(data))
            kind = message.WhichOneof("type")
            if kind == "ref_hash":
                self._held[message.ref_hash] = self._runs
            elif message.metadata.cacheable and message.hash:
                self._held[message.hash] = self._runs
            if kind == "new_session" and not self._page_hash:
                self._page_hash = message.new_session.page_script_hash
            elif kind == "navigation":
                self._page_hash = message.navigation.page_script_hash
            elif kind == "page_not_found":
                raise ScriptFailed(f"no page {self._page_name!r}")
            elif kind == "delta" and message.delta.new_element.WhichOneof("type") == "exception":
                error = message.delta.new_element.exception
                raise ScriptFailed(f"the page shows {error.type}: {error.message}")
            elif kind == "delta" and message.delta.new_element.WhichOneof("type") == "button":
                button = message.delta.new_element.button
                self._buttons[button.label] = (button.id, message.delta.fragment_id)
            elif kind == "script_finished":
                if is_fragment and message.script_finished == ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY:
                    return size, count
                if message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                    return size, count
                if message.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                    raise ScriptFailed("the script does not compile")
                # FINISHED_EARLY_FOR_RERUN and fragment runs: the run asked for is still to come.
