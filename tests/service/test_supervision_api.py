"""Matters and alerts over the interface: what stands, who has it in hand, and no name of a person."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from cockpit.briefings.supervising import carry_on
from cockpit.service.routes import ROUTES
from tests.acts import by
from tests.service.described import fits


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> TestClient:
    monkeypatch.setenv("COCKPIT_DATABASE_URL", f"sqlite:///{tmp_path}/log.sqlite")
    return TestClient(Starlette(routes=ROUTES))


def test_an_alert_and_the_matter_that_answers_it(client: TestClient) -> None:
    answer = client.get("/api/v1/alerts").json()
    fits("alerts", answer)
    first = next(item for item in answer["alerts"] if item["rule"] == "investment_share_low")
    assert first["tasks"] == []
    assert first["value"] < 0.7
    detail = {"title": "补投资", "subject": first["subject"], "dataset": "demo", "version": answer["version"],
              "clause": "1", "goal": {"kind": "evidence"}, "alert": first["key"]}  # fmt: skip
    made = carry_on(None, "filed", by("名字不外传"), detail, "省特镇办")
    again = client.get("/api/v1/alerts").json()["alerts"]
    assert [item["tasks"] for item in again if item["key"] == first["key"]] == [[made.id]]
    tasks = client.get("/api/v1/tasks").json()
    fits("tasks", tasks)
    assert [(item["id"], item["alert"], item["state"]) for item in tasks["tasks"]] == [(made.id, first["key"], "filed")]
    assert "名字不外传" not in client.get("/api/v1/tasks").text


def test_published_data_have_no_matters_of_the_demonstration(client: TestClient) -> None:
    assert client.get("/api/v1/tasks?dataset=public").json()["tasks"] == []


def test_without_the_database_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COCKPIT_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    answer = TestClient(Starlette(routes=ROUTES)).get("/api/v1/tasks")
    assert answer.status_code == 503
    assert answer.json()["error"]
