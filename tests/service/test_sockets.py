"""What a socket may bring: too large ends it, too fast waits, what no page of ours sends is left out."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg

from cockpit.policy.register import load
from cockpit.service import sockets

LIMITS = load().limits
MOST = LIMITS.limit("message_kib") << 10
PACE = LIMITS.limit("messages_per_second")
FILES = LIMITS.limit("files_per_request")


def rerun(query: str = "") -> bytes:
    message = BackMsg()
    message.rerun_script.query_string = query
    return message.SerializeToString()


class Visitor:
    """A socket that brings the messages given, each at its second, on a clock that only waiting moves."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *messages: bytes | str, every: float = 0.0) -> None:
        self.now, self.waited, self.told, self.is_gone = 0.0, 0.0, list[Any](), False
        self._every = every
        self._left: list[Any] = [
            {"type": "websocket.receive", ("text" if isinstance(item, str) else "bytes"): item} for item in messages
        ]

        async def sleep(seconds: float) -> None:
            self.now += seconds
            self.waited += seconds

        monkeypatch.setattr(sockets.asyncio, "sleep", sleep)
        self.receive, self.send = sockets.bounded(self._receive, self._send, LIMITS, lambda: self.now)

    async def _receive(self) -> Any:
        self.now += self._every
        return self._left.pop(0) if self._left else {"type": "websocket.disconnect", "code": 1001}

    async def _send(self, message: Any) -> None:
        if self.is_gone:
            raise OSError("nobody is there")
        self.told.append(message)

    def all_of_it(self) -> list[bytes]:
        """What reaches the app until the socket ends."""

        async def read() -> list[bytes]:
            found = []
            while (message := await self.receive())["type"] == "websocket.receive":
                found.append(message["bytes"])
                await self.send({"type": "websocket.send", "bytes": b"answer"})
            await self.send({"type": "websocket.send", "bytes": b"a run still tells something"})
            return found

        return asyncio.run(read())


@pytest.mark.parametrize("large", [rerun("x" * MOST), b"\0" * (MOST + 1), "text", ""])
def test_a_message_too_large_or_in_text_ends_the_socket(monkeypatch: pytest.MonkeyPatch, large: bytes | str) -> None:
    fits = rerun("x" * (MOST - 20))
    visitor = Visitor(monkeypatch, fits, large, rerun())
    assert visitor.all_of_it() == [fits], "what comes after is not read"
    assert [item["type"] for item in visitor.told] == ["websocket.send", "websocket.close"], "nothing after the end"
    assert visitor.told[-1]["code"] == 1009


def test_telling_something_to_who_has_gone_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    visitor = Visitor(monkeypatch, rerun())
    visitor.is_gone = True
    assert visitor.all_of_it() == [rerun()]


def unwanted() -> list[bytes]:
    found = [b"\xff\xff\xff", b"", b"\0" * 100]
    for name in ("clear_cache", "load_git_info", "set_run_on_save", "debug_shutdown_runtime"):
        message = BackMsg()
        setattr(message, name, True)
        found.append(message.SerializeToString())
    many = BackMsg()
    many.file_urls_request.file_names.extend([""] * (FILES + 1))
    return [*found, many.SerializeToString()]


@pytest.mark.parametrize("message", unwanted())
def test_what_no_page_of_ours_sends_is_left_out_and_the_socket_stays(
    monkeypatch: pytest.MonkeyPatch, message: bytes
) -> None:
    assert Visitor(monkeypatch, message, rerun()).all_of_it() == [rerun()]


def test_what_the_pages_send_comes_through() -> None:
    wanted = [BackMsg() for _ in range(5)]
    wanted[0].rerun_script.query_string = "lang=zh"
    wanted[1].stop_script = wanted[2].app_heartbeat = True
    wanted[3].file_urls_request.file_names.extend(["a.xlsx"] * FILES)
    wanted[4].backend_operation_request.deferred_file.file_id = "f"
    assert all(sockets._is_wanted(message.SerializeToString(), FILES) for message in wanted)
    assert all(len(message.SerializeToString()) < MOST for message in wanted)


def test_a_flood_waits_and_its_sender_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    visitor = Visitor(monkeypatch, *[rerun()] * 1000)
    assert len(visitor.all_of_it()) == 1000, "nothing is lost"
    assert visitor.waited == pytest.approx(1000 / PACE - 1)


def test_unwanted_messages_count_too(monkeypatch: pytest.MonkeyPatch) -> None:
    visitor = Visitor(monkeypatch, *[b"\xff"] * 1000)
    assert visitor.all_of_it() == []
    assert visitor.waited == pytest.approx(1000 / PACE - 1)


def test_who_clicks_and_types_never_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    visitor = Visitor(monkeypatch, *[rerun()] * 1000, every=1.01 / PACE)
    assert len(visitor.all_of_it()) == 1000
    assert visitor.waited == pytest.approx(0, abs=1e-9)
    burst = Visitor(monkeypatch, *[rerun()] * PACE)
    assert len(burst.all_of_it()) == PACE
    assert burst.waited == pytest.approx(0, abs=1e-9)
