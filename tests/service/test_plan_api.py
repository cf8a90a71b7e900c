"""Sets of targets over the interface: proposals marked, sums exact, a scoped caller told of his own."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from cockpit.briefings.demonstrating import place_plans
from cockpit.service.routes import ROUTES
from tests.service.described import fits


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> TestClient:
    monkeypatch.setenv("COCKPIT_DATABASE_URL", f"sqlite:///{tmp_path / 'plans.sqlite'}")
    return TestClient(Starlette(routes=ROUTES))


def test_without_sets_the_answer_is_empty(client: TestClient) -> None:
    answer = client.get("/api/v1/plan").json()
    fits("plan", answer)
    assert answer["sets"] == []


def test_a_draft_is_a_proposal_and_its_sums_are_exact(client: TestClient) -> None:
    place_plans()
    answer = client.get("/api/v1/plan?plan=2030").json()
    fits("plan", answer)
    (found,) = answer["sets"]
    assert found["is_proposal"]
    assert found["state"] == "comment"
    item = next(item for item in found["items"] if item["indicator"] == "total_output_yuan")
    by_level = {
        level: sum(unit["assigned"] for unit in item["units"] if unit["level"] == level)
        for level in ("province", "prefecture", "county", "town")
    }
    assert by_level.pop("province") == item["value"]
    assert set(by_level.values()) == {item["value"] - item["reserve"]}
    share = next(item for item in found["items"] if item["indicator"] == "specialty_investment_share")
    assert share["units"] == []
    assert share["floor_of_each_town"] > 0


def test_units_are_told_of_the_set_asked_for_and_a_set_there_is_not_is_refused(client: TestClient) -> None:
    place_plans()
    (found,) = client.get("/api/v1/plan").json()["sets"]
    assert not [unit for item in found["items"] for unit in item["units"]]
    assert client.get("/api/v1/plan?plan=1999").status_code == 400


def test_a_filter_leaves_no_unit_that_reaches_beyond_it(client: TestClient) -> None:
    place_plans()
    (found,) = client.get("/api/v1/plan?plan=2030&prefecture=331100").json()["sets"]
    item = next(item for item in found["items"] if item["indicator"] == "total_output_yuan")
    assert {unit["level"] for unit in item["units"]} == {"prefecture", "county", "town"}
    assert all(unit["code"].removeprefix("D").startswith("3311") for unit in item["units"])
    (town,) = client.get("/api/v1/plan?plan=2030&class=finance&prefecture=330200").json()["sets"]
    levels = {unit["level"] for item in town["items"] for unit in item["units"]}
    assert "prefecture" not in levels


def test_a_set_of_another_dataset_is_refused(client: TestClient) -> None:
    place_plans()
    answer = client.get("/api/v1/plan?plan=2030&dataset=public")
    assert answer.status_code == 400
    assert answer.json()["unknown"] == [{"parameter": "plan", "value": "2030"}]
