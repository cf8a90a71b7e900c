"""Data versions of before, and those that were never finished, are opened by who has the right; others see the current
one and are told so, whether the version they named is there or not."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from starlette.types import Receive, Send
from starlette.types import Scope as Asked

from cockpit.access.people import Person
from cockpit.briefings import open_desk
from cockpit.datasets.publishing.releases import publish
from cockpit.phrases import say
from cockpit.policy.register import load
from cockpit.rights import ALL
from cockpit.service.entrance import PERSON
from cockpit.service.routes import ROUTES
from tests.access.scoped import reader, sent, signed_in
from tests.acts import by
from tests.datasets import publishing_small
from tests.pages.opening import badge, open_page

LOOK_BACK = {"leader", "analyst", "publisher", "supervisor"}
READERS = [name for name, role in load().access.roles.items() if role.reads != "none"]
OLD, NOW, NONE = "v0003", "v0004", "v0099"


@pytest.fixture(autouse=True)
def _two_versions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COCKPIT_DATA_DIR", str(tmp_path))
    code = str(open_desk("demo").dataset.towns["town_code"].iloc[0])
    kept = publishing_small.submit({(code, "2025", "total_output_yuan"): 999.0})
    publish("demo", kept.id, by("李四"), OLD)


def _client(person: Person) -> TestClient:
    app = Starlette(routes=ROUTES)

    async def as_person(scope: Asked, receive: Receive, send: Send) -> None:
        await app({**scope, PERSON: person} if scope["type"] == "http" else scope, receive, send)

    return TestClient(as_person)


def test_the_record_says_who_looks_back() -> None:
    roles = load().access.roles
    assert {name for name, role in roles.items() if "see_history" in role.verbs} == LOOK_BACK


@pytest.mark.many
@pytest.mark.parametrize("role", READERS)
@pytest.mark.parametrize("asked", [OLD, NOW, NONE])
def test_a_page_shows_the_current_version_to_who_may_not_look_back(role: str, asked: str) -> None:
    may = role in LOOK_BACK
    with signed_in(reader(role, ALL)):
        app = open_page("cockpit", {"lang": "zh", "version": asked})
    assert not app.exception
    assert f"第{3 if may and asked == OLD else 4}版" in badge(app)
    told = [notice.value for notice in app.info]
    assert (say("version.not_yours", "zh") in told) == (not may and asked != NOW)


@pytest.mark.long
@pytest.mark.parametrize("role", ["viewer", "presenter", "analyst"])
def test_a_wall_does_the_same(role: str) -> None:
    with signed_in(reader(role, ALL)):
        told = sent(open_page("wall", {"dataset": "demo", "version": OLD, "scenes": "overview"}))
    assert (say("wall.pinned", "zh", number=3) in told) == (role in LOOK_BACK)


@pytest.mark.long
@pytest.mark.many
@pytest.mark.parametrize("role", READERS)
def test_the_interface_refuses_a_past_version_and_one_there_is_not_alike(role: str) -> None:
    client, may = _client(reader(role, ALL)), role in LOOK_BACK
    said = {}
    for path in ("towns", "targets", "firms"):
        for asked in (OLD, NOW, NONE):
            answer = client.get(f"/api/v1/{path}", params={"dataset": "demo", "version": asked})
            expected = 200 if asked == NOW or (may and asked == OLD) else 400 if may else 403
            assert answer.status_code == expected, (path, asked)
            said[path, asked] = answer.text
    assert may or said["towns", OLD] == said["towns", NONE]
    assert client.get("/api/v1/firms.csv", params={"dataset": "demo", "version": NONE}).status_code == (
        400 if may else 403
    )
