"""Chains through the interface: the page's figures, the described shape, a helpful refusal, silence as null."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from cockpit.analysis.selection import Selection
from cockpit.briefings import chain, chains, open_desk
from cockpit.policy.register import load
from cockpit.rights import ALL
from cockpit.service.routes import ROUTES
from tests.service.described import fits


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(Starlette(routes=ROUTES))


@pytest.mark.many
@pytest.mark.parametrize("query", ["", "prefecture=330100", "dataset=public", "period=2026-09&lang=en", "q=nothing"])
@pytest.mark.parametrize("path", ["", *(f"/{name}" for name in load().chains)])
def test_answers_fit_the_description(client: TestClient, path: str, query: str) -> None:
    answer = client.get(f"/api/v1/chains{path}?{query}")
    assert answer.status_code == 200
    fits("chains/{id}" if path else "chains", answer.json())


def test_the_answer_is_the_pages(client: TestClient) -> None:
    desk, selection = open_desk("demo"), Selection("2025", scope=ALL)
    answer = client.get("/api/v1/chains", params={"period": "2025"}).json()
    assert answer["year"] == "2025"
    assert [row["id"] for row in answer["chains"]] == [item.chain.id for item in chains(desk, selection).chains]
    one = client.get("/api/v1/chains/digital_security", params={"period": "2025"}).json()
    found = chain(desk, selection, "digital_security")
    assert [(node["id"], node["grade"]) for node in one["nodes"]] == [(item.id, item.grade) for item in found.nodes]
    assert sum(town["firm_count"] for town in one["towns"]) == one["chain"]["firm_count"] == found.glance.firm_count
    assert {node["grade_text"] for node in one["nodes"]} <= {"强", "稳", "弱", "缺", "不明"}
    unknown = next(node for node in one["nodes"] if node["grade"] == "unknown")
    silent = {town["town_code"] for town in one["towns"] if town["firms_by_node"][unknown["id"]] is None}
    assert silent == set(unknown["silent_towns"])
    assert {pair["clause"] for pair in one["cooperation"]} == {"2.2.3"}


def test_published_data_say_nothing_of_firms(client: TestClient) -> None:
    answer = client.get("/api/v1/chains/biomedicine", params={"dataset": "public"}).json()
    assert answer["year"] is None
    assert {node["grade"] for node in answer["nodes"]} == {"unknown"}
    assert {node["firm_count"] for node in answer["nodes"]} == {None}
    assert any(node["source_ids"] for node in answer["nodes"])
    assert answer["towns"]
    assert {town["firm_count"] for town in answer["towns"]} == {None}


def test_an_unknown_chain_is_a_404_with_a_suggestion(client: TestClient) -> None:
    answer = client.get("/api/v1/chains/digital_secruity")
    assert answer.status_code == 404
    fits("chains/{id}", answer.json(), 404)
    assert "did you mean 'digital_security'" in answer.json()["remedy"]
