"""Elements over the interface: every kind counted, the entries of one with the fields of its record."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from cockpit.policy.register import load
from cockpit.service.routes import ROUTES
from tests.service.described import fits


@pytest.fixture
def client() -> TestClient:
    return TestClient(Starlette(routes=ROUTES))


def test_every_kind_is_counted_and_one_is_listed(client: TestClient) -> None:
    answer = client.get("/api/v1/elements?period=2026-06").json()
    fits("elements", answer)
    assert [item["kind"] for item in answer["kinds"]] == list(load().elements.kinds)
    assert answer["entries"] == []
    assert next(item for item in answer["kinds"] if item["kind"] == "eight_ones")["awaits"]
    listed = client.get("/api/v1/elements?period=2026-06&kind=fund").json()
    fits("elements", listed)
    assert set(listed["entries"][0]["values"]) == set(load().elements.kinds["fund"].fields)
    assert {item["values"]["period"] for item in listed["entries"]} == {"2026-06"}


def test_a_kind_there_is_not_is_refused(client: TestClient) -> None:
    answer = client.get("/api/v1/elements?kind=funds")
    assert answer.status_code == 400
    assert answer.json()["unknown"] == [{"parameter": "kind", "value": "funds"}]
    assert "fund" in answer.json()["remedy"]


def test_data_without_elements_say_that_nobody_reported(client: TestClient) -> None:
    answer = client.get("/api/v1/elements?dataset=public").json()
    fits("elements", answer)
    assert {(item["have"], item["reported"]) for item in answer["kinds"]} == {(0, 0)}
