"""The vitality answer says what the page says: no rank without its interval, trial weights beside the registered."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from cockpit.briefings import open_desk, vitality
from cockpit.rights import ALL
from cockpit.service.routes import ROUTES
from tests.service.described import fits


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(Starlette(routes=ROUTES))


def test_the_answer_is_the_briefings_ranking(client: TestClient) -> None:
    answer = client.get("/api/v1/vitality").json()
    found = vitality(open_desk("demo"), "2025", ALL)
    assert found is not None
    assert answer["year"] == "2025"
    assert answer["towns_ranked"] == len(found.ranked)
    assert len(answer["vitality"]) == len(found.ranking)
    first = answer["vitality"][0]
    assert first["town_code"] == found.ranked.index[0]
    assert first["index"] == pytest.approx(found.index.max())
    assert answer["trial_weights"] is None


def test_a_rank_always_has_its_interval(client: TestClient) -> None:
    for town in client.get("/api/v1/vitality").json()["vitality"]:
        known = [town[name] is not None for name in ("rank", "rank_low", "rank_high", "class_rank", "class_rank_low")]
        assert all(known) or not any(known)
        assert (town["index"] is None) == (not known[0])
        assert known[0] or town["missing"], "a town without an index says what is missing"


def test_weights_on_trial_leave_the_registered_ranks(client: TestClient) -> None:
    plain = client.get("/api/v1/vitality").json()
    tried = client.get("/api/v1/vitality?w=innovation.40").json()
    assert [town["rank"] for town in tried["vitality"]] == [town["rank"] for town in plain["vitality"]]
    assert sum(tried["trial_weights"].values()) == pytest.approx(100)
    fits("vitality", tried)
    assert any(town["trial_rank"] != town["rank"] for town in tried["vitality"])
    junk = client.get("/api/v1/vitality?w=innovation.40&w=gold.3&w=industry.999")
    assert junk.status_code == 400
    assert [item["value"] for item in junk.json()["unknown"]] == ["gold.3", "industry.999"]


def test_filters_hide_towns_and_keep_their_ranks(client: TestClient) -> None:
    whole = {town["town_code"]: town["rank"] for town in client.get("/api/v1/vitality").json()["vitality"]}
    part = client.get("/api/v1/vitality?prefecture=330200").json()["vitality"]
    assert 0 < len(part) < len(whole)
    assert all(whole[town["town_code"]] == town["rank"] for town in part)


def test_no_real_town_gets_an_index(client: TestClient) -> None:
    answer = client.get("/api/v1/vitality?dataset=public").json()
    assert answer["towns_ranked"] == 0
    assert {town["index"] for town in answer["vitality"]} == {None}
