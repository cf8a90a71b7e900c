"""One target through the interface: the page's figures, the described shape, a helpful refusal."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from cockpit.analysis.attribution import MOVEMENTS
from cockpit.analysis.selection import Selection
from cockpit.briefings import open_desk, target_depth, today
from cockpit.policy.register import load
from cockpit.rights import ALL
from cockpit.service.routes import ROUTES
from tests.service.described import fits


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(Starlette(routes=ROUTES))


@pytest.mark.many
@pytest.mark.parametrize("query", ["", "period=2024&by=town&parts=change", "dataset=public", "period=2026-09"])
@pytest.mark.parametrize("target", load().targets)
def test_answers_fit_the_description(client: TestClient, target: str, query: str) -> None:
    answer = client.get(f"/api/v1/targets/{target}?{query}")
    assert answer.status_code == 200
    fits("targets/{id}", answer.json())


def test_the_answer_is_the_pages(client: TestClient) -> None:
    answer = client.get("/api/v1/targets/total_output_2025", params={"period": "2024", "by": "class"}).json()
    depth = target_depth(open_desk("demo"), Selection("2024", scope=ALL), today(), "total_output_2025")
    assert answer["needed_growth"] == depth.needed
    assert depth.pace is not None
    assert (answer["pace"]["word"], answer["pace"]["ratio"]) == (depth.pace.word, depth.pace.ratio)
    assert answer["forecast"]["chance_band"] == depth.forecast.band
    assert answer["status_words"] == answer["target"]["status_text"] == "无法判断"
    assert answer["target"]["reason"] == "silence"
    parts = answer["contributions"]
    assert (parts["parts"], parts["by"]) == ("gap", "class")
    assert sum(row["value"] for row in parts["rows"]) == pytest.approx(parts["total"])
    for row in parts["rows"]:
        told = [row[movement] for movement in MOVEMENTS if row[movement] is not None]
        assert sum(told) == pytest.approx(row["value"])
    assert parts["end"] - parts["start"] == pytest.approx(parts["total"])


def test_an_unknown_target_is_a_404_with_a_suggestion(client: TestClient) -> None:
    answer = client.get("/api/v1/targets/total_ouput_2025")
    assert answer.status_code == 404
    assert "did you mean 'total_output_2025'" in answer.json()["remedy"]


def test_parts_nobody_knows_are_refused(client: TestClient) -> None:
    assert client.get("/api/v1/targets/tax_revenue_2025?parts=level").json()["contributions"]["by"] == "prefecture"
    answer = client.get("/api/v1/targets/tax_revenue_2025?by=street&parts=level")
    assert answer.status_code == 400
    assert answer.json()["unknown"] == [{"parameter": "by", "value": "street"}]
