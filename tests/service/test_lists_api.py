"""List management through the interface says what the page says, and nothing of real names."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from cockpit.datasets.decisions.log import Draft, open_log
from cockpit.service.routes import ROUTES
from tests.acts import by
from tests.service.described import fits


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> TestClient:
    monkeypatch.setenv("COCKPIT_DECISIONS_URL", f"sqlite:///{tmp_path}/log.sqlite")
    return TestClient(Starlette(routes=ROUTES))


def test_the_answer_is_what_the_description_requires(client: TestClient) -> None:
    answer = client.get("/api/v1/lists").json()
    fits("lists", answer)
    assert answer["is_simulated"]
    assert any(town["rules"] for town in answer["lists"])


def test_the_queue_comes_first_and_most_pressing_first(client: TestClient) -> None:
    towns = client.get("/api/v1/lists").json()["lists"]
    order = ["overdue", "near", "next", "extended", "later", "unknown", None]
    places = [(order.index(town["section"]), town["deadline"]) for town in towns if town["section"]]
    assert places == sorted(places)
    assert [town["section"] is None for town in towns] == sorted(town["section"] is None for town in towns)
    assert {"over", "ending", "due", "extended"} == {town["stage"] for town in towns if town["grade"]}
    assert "watch" in {town["stage"] for town in towns if town["section"]}, "the coming ones are in"
    assert "pending" in {town["grade"] for town in towns}, "the demo shows a grade that data leave open"
    graded = [town for town in towns if town["grade"]]
    assert all(town["points_least"] == sum(rule["points"] for rule in town["rules"]) for town in graded)


def test_no_real_town_gets_a_grade_or_a_star(client: TestClient) -> None:
    answer = client.get("/api/v1/lists?dataset=public").json()
    assert answer["is_current"] is False
    assert answer["lists"] == []


def test_an_extension_in_the_log_moves_the_clock_at_once(client: TestClient) -> None:
    before = next(town for town in client.get("/api/v1/lists").json()["lists"] if town["stage"] == "due")
    draft = Draft("demo", before["town_code"], "extend", date(2099, 1, 1), ("3.4",), "low", "demo@v0003")
    entry = open_log().append(draft, by("甲", "低风险", post="处长"), seen=0)
    assert before["decision"] is None
    after = {town["town_code"]: town for town in client.get("/api/v1/lists").json()["lists"]}[before["town_code"]]
    fits("lists", client.get("/api/v1/lists").json())
    assert (after["stage"], after["extension_end"], after["is_extended_by_log"]) == ("extended", "2099-01-01", True)
    assert (after["section"], after["deadline"], after["decision"]["action"]) == ("extended", "2099-01-01", "extend")
    taken_back = Draft("demo", before["town_code"], "correct", None, (), "", "demo@v0003")
    open_log().append(taken_back, by("甲", "误记", post="处长"), seen=entry.number)
    again = {town["town_code"]: town for town in client.get("/api/v1/lists").json()["lists"]}[before["town_code"]]
    assert (again["stage"], again["is_extended_by_log"]) == ("due", False)


def test_a_log_that_is_away_is_said_and_the_rest_answers(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COCKPIT_DECISIONS_URL", "postgresql+psycopg://nobody@127.0.0.1:1/none")
    answer = client.get("/api/v1/lists").json()
    assert answer["is_log_read"] is False
    assert answer["lists"]
