"""The per-mu answer says what the page says, and the description fits it."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from cockpit.briefings import open_desk, per_mu
from cockpit.rights import ALL
from cockpit.service.routes import ROUTES
from tests.service.described import fits


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(Starlette(routes=ROUTES))


def test_scores_and_classes_are_the_pages(client: TestClient) -> None:
    answer = client.get("/api/v1/per-mu", params={"period": "2025", "land": "construction"}).json()
    found = per_mu(open_desk("demo"), "2025", "construction", ALL)
    fits("per-mu", answer)
    assert (answer["year"], answer["land_type"]) == ("2025", "construction")
    assert [town["class"] for town in answer["per_mu"]] == found.evaluation.letter.tolist()
    for town in answer["per_mu"]:
        points = [item["points"] for item in town["items"].values()]
        if town["score"] is None:
            assert set(points) == {None}
        else:
            assert sum(points) == pytest.approx(town["score"])


def test_a_filter_narrows_and_changes_no_class(client: TestClient) -> None:
    whole = {town["town_code"]: town for town in client.get("/api/v1/per-mu").json()["per_mu"]}
    part = client.get("/api/v1/per-mu?prefecture=330100").json()["per_mu"]
    assert 0 < len(part) < len(whole)
    assert all(whole[town["town_code"]] == town for town in part)


def test_public_towns_get_no_class(client: TestClient) -> None:
    answer = client.get("/api/v1/per-mu?dataset=public").json()
    assert answer["per_mu"] == []
    assert answer["land_type"] == "in_use"
    assert client.get("/api/v1/per-mu?dataset=public&land=gold").status_code == 400
