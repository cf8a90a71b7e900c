"""The scan page: small, quick, safe, in both languages; help for what is no code; off when switched off."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from cockpit import briefings
from cockpit.briefings import open_desk, today, town_profile
from cockpit.service import scan_page
from cockpit.service.routes import ROUTES
from cockpit.town_codes import printed
from cockpit.visuals.town import blocks as profile_blocks
from cockpit.wording.profile import face

pytestmark = pytest.mark.many

LARGEST = 60_000
CODE = "DM-330102-A-8"


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[TestClient]:
    monkeypatch.setenv("COCKPIT_DECISIONS_URL", f"sqlite:///{tmp_path}/log.sqlite")
    monkeypatch.delenv("COCKPIT_PUBLIC_URL", raising=False)
    scan_page._logged.clear()
    yield TestClient(Starlette(routes=ROUTES), follow_redirects=False)
    scan_page._logged.clear()


@pytest.mark.long
def test_every_town_of_both_datasets_has_a_small_page_with_its_name_and_status(client: TestClient) -> None:
    for name in ("demo", "public"):
        desk = open_desk(name)
        for code, title in zip(desk.cube.towns, desk.dataset.towns["name_zh"], strict=True):
            answer = client.get(f"/t/{printed(code)}", headers={"accept-encoding": "identity"})
            assert answer.status_code == 200
            assert len(answer.content) < LARGEST
            assert f"<h1>{title}</h1>" in answer.text
            assert printed(code) in answer.text


def test_a_second_scan_is_answered_from_memory(client: TestClient) -> None:
    client.get(f"/t/{CODE}")
    began = time.perf_counter()
    for _ in range(20):
        assert client.get(f"/t/{CODE}").status_code == 200
    assert (time.perf_counter() - began) / 20 < 0.1


def test_nothing_is_fetched_and_no_script_may_run(client: TestClient) -> None:
    answer = client.get(f"/t/{CODE}")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy, "what default-src forbids nothing else allows"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "<script" not in answer.text
    assert not re.search(r"(?:src|href)=\"https?:", re.sub(r"<a [^>]*>", "", answer.text))
    assert "set-cookie" not in answer.headers


def test_a_phone_that_has_the_page_is_told_so(client: TestClient) -> None:
    first = client.get(f"/t/{CODE}")
    assert first.headers["cache-control"].startswith("public, max-age=")
    assert {"Accept-Language", "Accept-Encoding"} <= set(first.headers["vary"].split(", "))
    again = client.get(f"/t/{CODE}", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    english = client.get(f"/t/{CODE}?lang=en", headers={"if-none-match": first.headers["etag"]})
    assert english.status_code == 200


@pytest.mark.parametrize(
    ("query", "accepted", "language"),
    [
        ("", "", "zh"),
        ("", "zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("", "en-GB,en;q=0.9,zh;q=0.5", "en"),
        ("", "de,en;q=0.7", "en"),
        ("", "de", "zh"),
        ("", "en;q=x", "zh"),
        ("?lang=en", "zh", "en"),
        ("?lang=zh", "en", "zh"),
        ("?lang=xx", "en", "en"),
    ],
)
def test_the_language_is_the_readers(client: TestClient, query: str, accepted: str, language: str) -> None:
    text = client.get(f"/t/{CODE}{query}", headers={"accept-language": accepted}).text
    assert f'<html lang="{"zh-CN" if language == "zh" else "en"}">' in text
    assert ("状态规则" in text) == (language == "zh")
    assert ("Rules of the status" in text) == (language == "en")


def test_the_english_page_holds_no_chinese_but_names(client: TestClient) -> None:
    text = client.get(f"/t/{CODE}?lang=en").text
    body = re.sub(r"<style>.*?</style>|font-family=\"[^\"]*\"|<[^>]*>", "", text, flags=re.S)
    # The Chinese name of the town stays, and the language switch names Chinese in Chinese.
    assert re.findall(r"[一-鿿]+", body) == ["中文", "上城甲芯云小镇"]


def test_it_says_what_the_desk_says_without_what_is_inner(client: TestClient) -> None:
    desk = open_desk("demo")
    profile = town_profile(desk, "D330102A", today())
    text = client.get(f"/t/{CODE}?lang=zh").text
    whole, public = face(profile, "zh", ""), face(profile.for_public(), "zh", "")
    shown = profile_blocks.facts(public)
    assert shown in text
    assert profile_blocks.standing(public) in text
    inner = [line.label for line in whole.facts if line.is_inner]
    assert inner
    assert not [label for label in inner if f"<dt>{label}" in text]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("DM-330102-A-9", "应以 8 结尾"),
        ("DM-330102-A", "缺最后一位校验位，应为 8"),
        ("ZJ-339999-01-" + "X", "校验位不对"),
        ("nonsense", "不是小镇码"),
    ],
)
def test_a_mistyped_code_gets_help(client: TestClient, typed: str, told: str) -> None:
    answer = client.get(f"/t/{typed}?lang=zh")
    assert answer.status_code == 404
    assert told in answer.text
    assert '<form action="/t" method="get"' in answer.text
    if typed.startswith("DM"):
        assert f'href="/t/{CODE}"' in answer.text, "the town that was meant stands first"
    assert answer.headers["cache-control"] == "no-store"


def test_a_correct_code_of_no_town_is_told_as_that(client: TestClient) -> None:
    from cockpit.town_codes import check_character

    code = f"ZJ-330999-01-{check_character('ZJ33099901')}"
    answer = client.get(f"/t/{code}?lang=zh")
    assert answer.status_code == 404
    assert "写法正确" in answer.text


def test_another_writing_leads_to_the_one_address(client: TestClient) -> None:
    for typed in ("dm-330102-a-8", "DM330102A8", "D330102A"):
        answer = client.get(f"/t/{typed}")
        assert (answer.status_code, answer.headers["location"]) == (302, f"/t/{CODE}")


def test_names_are_looked_up(client: TestClient) -> None:
    assert client.get("/t?lang=zh").status_code == 200
    found = client.get("/t?q=甲芯云&lang=zh").text
    assert f'href="/t/{CODE}"' in found
    both = client.get("/t?q=上城&lang=zh").text
    assert both.count('class="demo">演示<') == both.count('href="/t/DM-'), "a fictional town is marked as one"
    assert both.count('class="demo public">公开<') == both.count('href="/t/ZJ-')
    assert client.get(f"/t?q={CODE}").status_code == 200, "a code typed in full opens the page itself"
    assert "没有小镇符合" in client.get("/t?q=没有这个&lang=zh").text


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{7*7}}", "%00%0d%0aX: y"]
)
def test_what_is_typed_is_never_markup(client: TestClient, hostile: str) -> None:
    for answer in (client.get("/t", params={"q": hostile}), client.get(f"/t/{hostile.replace('/', '')}")):
        assert answer.status_code in (200, 404)
        assert "<script" not in answer.text
        assert "<img" not in answer.text
        assert "x" not in answer.headers


def test_a_hostile_name_is_text(monkeypatch: pytest.MonkeyPatch) -> None:
    import dataclasses

    from cockpit.vocabulary import Text

    profile = town_profile(open_desk("demo"), "D330102A", today())
    bad = Text("<b onload=x>镇</b>", "<script>alert(1)</script>")
    shown = face(dataclasses.replace(profile, name=bad, county=bad, industry=bad, alias=bad.en), "zh", "")
    blocks = (profile_blocks.head, profile_blocks.facts, profile_blocks.reasons, profile_blocks.history)
    drawn = "".join(block(shown) for block in blocks)
    assert "<script" not in drawn
    assert "<b onload" not in drawn


def test_switched_off_nothing_is_served(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COCKPIT_SCAN_PAGES", "off")
    for path in (f"/t/{CODE}", "/t", "/t?q=云"):
        answer = client.get(f"{path}{'&' if '?' in path else '?'}lang=zh")
        assert answer.status_code == 404
        assert "已停用" in answer.text
        assert "<form" not in answer.text
        assert "甲芯云" not in answer.text


def test_a_log_that_is_away_costs_no_scan(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    from cockpit.datasets.decisions.log import LogUnavailable

    asked = []

    def away(dataset: str) -> briefings.Decided:
        asked.append(dataset)
        raise LogUnavailable("refused", "nowhere")

    monkeypatch.setattr(scan_page, "decided", away)
    assert [client.get(f"/t/{CODE}").status_code for _ in range(5)] == [200] * 5
    assert asked == ["demo"], "asked once, then left alone for a while"


def test_the_code_of_the_page_leads_to_the_public_address(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    assert f"http://testserver/t/{CODE}" in client.get(f"/t/{CODE}").text
    monkeypatch.setenv("COCKPIT_PUBLIC_URL", "https://zj.example")
    assert f"https://zj.example/t/{CODE}" in client.get(f"/t/{CODE}").text
