"""Speaks to the app as its page does, over a socket of its own: with headers and addresses no browser would send."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

_WAIT_SECONDS = 30.0


@dataclass(frozen=True)
class Run:
    """What one run of a page sent: under which session of the app, and every message as bytes."""

    session: str
    sent: bytes

    def says(self, text: str) -> bool:
        return text.encode() in self.sent


def line(
    url: str,
    *,
    cookie: str = "",
    session: str = "",
    origin: str | None = None,
    headers: dict[str, str] | None = None,
    source: str = "127.0.0.1",
) -> ClientConnection:
    """An open socket to the app at `url`; `session` is said to be the app's own name of an earlier run of ours.

    Raises websockets' InvalidStatus where none is opened.
    """
    return connect(
        f"ws://{urlsplit(url).netloc}/_stcore/stream",
        subprotocols=[Subprotocol(name) for name in ("streamlit", "no-token", session) if name],
        origin=Origin(url if origin is None else origin),
        additional_headers={**({"Cookie": cookie} if cookie else {}), **(headers or {})},
        source_address=(source, 0),
        max_size=None,
        proxy=None,
    )


def ask(url: str, *, page: str = "", query: str = "lang=zh", **more: Any) -> Run:
    """Open a `line`, run a page by its name (the first for none) and return what came.

    Raises websockets' InvalidStatus where no socket is opened.
    """
    with line(url, **more) as socket:
        asked = BackMsg()
        asked.rerun_script.query_string = query
        asked.rerun_script.page_name = page
        socket.send(asked.SerializeToString())
        known, sent = "", []
        while True:
            raw = socket.recv(timeout=_WAIT_SECONDS)
            assert isinstance(raw, bytes)
            message = ForwardMsg.FromString(raw)
            sent.append(raw)
            if message.WhichOneof("type") == "new_session":
                known = message.new_session.initialize.session_id
            if message.WhichOneof("type") == "script_finished" and known:
                return Run(known, b"".join(sent))
