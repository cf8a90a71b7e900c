"""Sending to real receivers on this machine: a mail server, a robot that answers 200 to what it refuses, a redirect."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from cockpit.datasets.database.events import Row
from cockpit.datasets.matters.log import MatterLog
from cockpit.datasets.matters.outbox import SENT, WAITING, Notice, Outbox
from cockpit.notices import forms
from cockpit.notices.channels import Channel, Channels
from cockpit.notices.sending import send

AT = datetime(2026, 11, 30, 4, tzinfo=UTC)
LINK = "https://cockpit.example"


class Receiver:
    """A web server that keeps what it got and answers as it is told."""

    def __init__(self) -> None:
        got: list[tuple[str, dict[str, str], bytes]] = []
        answers: list[tuple[int, bytes, dict[str, str]]] = []

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                got.append((self.path, dict(self.headers), body))
                status, answer, headers = answers.pop(0) if answers else (200, b'{"errcode": 0}', {})
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_: Any) -> None:
                return

        self.got, self.answers = got, answers
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/robot/send?access_token=t"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    found = Receiver()
    yield found
    found.server.shutdown()
    found.server.server_close()


@pytest.fixture
def box(tmp_path: Any) -> tuple[Outbox, MatterLog]:
    url = f"sqlite:///{tmp_path / 'x.sqlite'}"
    log = MatterLog(url)
    log.open_matter(Row("", 1, AT, "filed", "甲", "省特镇办", "n", {"title": "补报"}))
    return Outbox(url), log


def waiting(log: MatterLog, channel: str, count: int, office: str = "甲县特镇办") -> None:
    for number in range(2, 2 + count):
        row = Row("DB-2026-0001", number, AT, "reported", "甲", "x", "n", {})
        key = f"DB-2026-0001|{number}|{channel}"
        log.append_telling(
            row, [Notice(key, channel, office, "DB-2026-0001", "assigned", f"第{number}项", "2026-12-10")]
        )


def of(kind: str, address: str, offices: dict[str, list[str]] | None = None, **more: Any) -> Channels:
    fields = {"secret": "SECRET_OF_TEST"} if kind in ("dingtalk", "json") else {}
    channel = Channel(id="c", kind=kind, address=address, offices=offices or {"*": []}, **fields, **more)
    return Channels(LINK, {"c": channel})


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(autouse=True)
def _secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_OF_TEST", "SEC")


def test_all_that_waits_leaves_in_one_message(box: tuple[Outbox, MatterLog], receiver: Receiver) -> None:
    waiting(box[1], "c", 3)
    done = send(box[0], of("dingtalk", receiver.address), AT)
    assert (done.messages, done.notices, done.failed) == (1, 3, 0)
    ((path, _, body),) = receiver.got
    signed = forms.dingtalk_address(receiver.address, "SEC", int(AT.timestamp() * 1000))
    assert signed.endswith(path)
    assert json.loads(body)["text"]["content"].count("DB-2026-0001") == 6  # number and address of each
    assert send(box[0], of("dingtalk", receiver.address), AT + timedelta(days=1)).messages == 0
    assert len(receiver.got) == 1, "nothing is sent twice"


def test_a_refusal_inside_a_200_is_a_refusal(box: tuple[Outbox, MatterLog], receiver: Receiver) -> None:
    waiting(box[1], "c", 1)
    receiver.answers.append((200, b'{"errcode": 310000, "errmsg": "sign not match"}', {}))
    assert send(box[0], of("wecom", receiver.address), AT).failed == 1
    (line,) = box[0].lines()
    assert (line.state, line.error) == (WAITING, "the robot refused it: errcode 310000")
    assert send(box[0], of("wecom", receiver.address), AT + timedelta(minutes=5)).notices == 1
    assert [item.state for item in box[0].lines()] == [SENT]


def test_a_redirect_is_not_followed(box: tuple[Outbox, MatterLog], receiver: Receiver) -> None:
    other = Receiver()
    waiting(box[1], "c", 1)
    receiver.answers.append((307, b"", {"Location": other.address}))
    assert send(box[0], of("json", receiver.address), AT).failed == 1
    assert other.got == []
    other.server.shutdown()
    other.server.server_close()
    assert box[0].lines()[0].error == "refused: HTTP 307"


def test_the_receiver_of_the_plain_form_can_check_it(box: tuple[Outbox, MatterLog], receiver: Receiver) -> None:
    waiting(box[1], "c", 1)
    send(box[0], of("json", receiver.address), AT)
    ((_, headers, body),) = receiver.got
    told = forms.plain_headers(body, "SEC", int(headers["X-Cockpit-Timestamp"]))
    assert headers["X-Cockpit-Signature"] == told["X-Cockpit-Signature"]


def test_mail_reaches_a_mail_server(box: tuple[Outbox, MatterLog]) -> None:
    got: list[bytes] = []

    class Handler:
        async def handle_DATA(self, _server: object, _session: object, envelope: Any) -> str:
            got.append(envelope.content)
            return "250 OK"

    server = Controller(Handler(), hostname="127.0.0.1", port=_free_port())
    server.start()
    try:
        port = server.port
        waiting(box[1], "c", 2)
        told = of("smtp", f"127.0.0.1:{port}", {"*": ["a@example"]}, sender="cockpit@example", is_encrypted=False)
        assert send(box[0], told, AT).messages == 1
    finally:
        server.stop()
    message = message_from_bytes(got[0], policy=default)
    assert message["Subject"] == "特色小镇督办：2项待看"
    text = message.get_content()  # type: ignore[attr-defined]
    assert "第2项" in text
    assert "第3项" in text


def test_a_server_that_is_not_there_loses_nothing(box: tuple[Outbox, MatterLog]) -> None:
    waiting(box[1], "c", 1)
    told = of("smtp", "127.0.0.1:9", {"*": ["a@example"]}, sender="cockpit@example", is_encrypted=False)
    assert send(box[0], told, AT).failed == 1
    assert [(item.state, item.tries) for item in box[0].lines()] == [(WAITING, 1)]
