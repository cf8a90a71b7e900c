"""What no page and no program of ours sends: told in the reader's language, and on the audit record within measure."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from cockpit import acting
from cockpit.access import audit
from cockpit.access.house import Access
from cockpit.acting import Deed
from cockpit.phrases import keys
from cockpit.service.compression import streamlit_page
from cockpit.service.doors import Doors
from cockpit.service.entrance import Entrance
from cockpit.service.strangers import Strangers
from tests.service.gates import HOME, gate_of

READS = {"accept": "text/html", "accept-language": "zh-CN"}


async def _open(request: Request) -> Response:
    return PlainTextResponse("open")


@pytest.fixture
def door(one_access: Access) -> TestClient:
    """Gate and entrance with one record of strangers, before a page of sign-in."""
    strangers = Strangers(one_access, lambda: 0.0)
    routes = [Route("/signin", _open, methods=["GET", "POST"])]
    inner = Entrance(Starlette(routes=routes), "accounts", one_access, strangers=strangers)
    doors = Doors(routes, streamlit_page().parent)
    return TestClient(gate_of(inner, strangers=strangers, doors=doors), base_url=HOME, raise_server_exceptions=False)


@pytest.mark.parametrize(
    ("headers", "why", "status"),
    [
        ({"origin": "http://evil.example"}, "foreign_origin", 403),
        ({"origin": "null"}, "foreign_origin", 403),
        ({"host": "evil.example"}, "foreign_host", 421),
        ({"x-cockpit-session": "abc"}, "foreign_header", 200),
    ],
)
def test_what_strangers_send_is_on_record(
    door: TestClient, one_access: Access, headers: dict[str, str], why: str, status: int
) -> None:
    answer = door.post("/signin", data={"account": "a"}, headers=headers)
    assert answer.status_code == status
    (line,) = audit.lines(one_access)
    assert (line.event, line.outcome, line.object, line.detail["why"]) == ("gate", "refused", "/signin", why)
    assert line.address
    assert "abc" not in repr(line)


@pytest.mark.parametrize(
    ("language", "words"), [("zh-CN", "不接受其他网站发来的请求"), ("en", "Requests of other pages")]
)
def test_a_reader_is_told_in_his_language_and_a_program_in_json(door: TestClient, language: str, words: str) -> None:
    foreign = {"origin": "http://evil.example"}
    page = door.post("/signin", headers={**READS, **foreign, "accept-language": language})
    assert page.status_code == 403
    assert words in page.text
    assert door.post("/signin", headers=foreign).json() == {"error": "foreign origin"}
    named = door.get("/signin", headers={**READS, "accept-language": language, "host": "evil.example"})
    assert named.status_code == 421
    assert "COCKPIT_HOSTS" in named.text


def test_who_sends_a_thousand_fills_no_record(one_access: Access) -> None:
    now = [0.0]
    strangers = Strangers(one_access, lambda: now[0])
    due = [strangers._due("origin", "10.0.0.1") for _ in range(1000)]
    assert due == [1, *[0] * 999]
    now[0] = 61.0
    assert strangers._due("origin", "10.0.0.1") == 1000
    many = [strangers._due("host", f"10.0.{at // 250}.{at % 250}") for at in range(1000)]
    assert sum(map(bool, many)) == 29, "the thirtieth is the one of before"


def test_every_deed_has_a_word_on_the_record() -> None:
    verbs = {deed.verb for deed in vars(acting).values() if isinstance(deed, Deed)} | {
        "gate",
        "clock.back",
        "set_aside",
    }
    missing = {f"access.event.{verb}" for verb in verbs} - set(keys())
    assert not missing, f"write them in cockpit/phrases/access.py: {sorted(missing)}"
