"""The JSON interface says what the pages say, and the description fits the answers."""

from __future__ import annotations

import json
import math
import re

import pytest
from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.testclient import TestClient

from cockpit.analysis.selection import Selection
from cockpit.briefings import brief, open_desk, today
from cockpit.briefings.demonstrating import place_plans
from cockpit.rights import ALL
from cockpit.service.api.openapi import document
from cockpit.service.api.target_shapes import ChangeMovement, ForecastStep
from cockpit.service.routes import ROUTES
from tests.service.described import fits

pytestmark = pytest.mark.many


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(Starlette(routes=ROUTES))


def test_health_and_readiness(client: TestClient) -> None:
    assert client.get("/healthz").text == "ok"
    ready = client.get("/readyz")
    assert ready.status_code == 200
    assert ready.json()["dataset"] == "demo"
    assert ready.json()["rows"]["towns"] == 137


def test_not_ready_says_why(client: TestClient, monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    monkeypatch.setenv("COCKPIT_DATA_DIR", str(tmp_path))
    monkeypatch.setattr("cockpit.datasets.store.loading.SHIPPED", tmp_path)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert "no current version" in answer.json()["reason"]


def test_every_session_can_ask_which_version_is_current(client: TestClient) -> None:
    assert client.get("/currentz", params={"dataset": "public"}).json() == {"version": "v0001"}
    assert set(client.get("/currentz", params={"matters": "1"}).json()) == {"version", "matters"}
    assert client.get("/currentz").headers["cache-control"] == "no-store"
    assert client.get("/currentz", params={"dataset": "nope"}).status_code == 404
    assert client.get("/currentz?dataset=demo&dataset=public").status_code == 400


def test_targets_are_the_briefings_cards(client: TestClient) -> None:
    answer = client.get("/api/v1/targets", params={"dataset": "public"}).json()
    cards = brief(open_desk("public"), Selection("2022", scope=ALL), today()).cards
    assert [item["value"] for item in answer["targets"]] == [card.value for card in cards]
    output = next(item for item in answer["targets"] if item["indicator"] == "total_output_yuan")
    assert output["value_text"] == "1.98 万亿元"
    assert output["attainment_share"] == pytest.approx(0.792)
    assert output["status"] == "no_data"
    assert output["source_ids"] == ["s66"]
    assert not answer["is_simulated"]


def test_filters_are_those_of_the_pages(client: TestClient) -> None:
    answer = client.get("/api/v1/towns?prefecture=330100&class=finance").json()
    assert answer["towns_selected"] == len(answer["towns"]) > 0
    assert {town["prefecture_adcode"] for town in answer["towns"]} == {"330100"}
    assert {town["industry_class"] for town in answer["towns"]} == {"finance"}


ANSWERS = ("targets", "targets/tax_revenue_2025", "towns", "lists", "vitality", "per-mu", "firms", "firms.csv",
           "chains", "chains/hosiery")  # fmt: skip
UNKNOWN = {
    "a parameter": ("colour=red", ("colour", "red")),
    "a value": ("class=finance&class=gold", ("class", "gold")),
    "an empty value": ("prefecture=", ("prefecture", "")),
    "a version": ("version=v9", ("version", "v9")),
    "a language": ("lang=fr", ("lang", "fr")),
    "a period": ("period=2026-13", ("period", "2026-13")),
    "two periods": ("period=2025&period=2024", ("period", "2024")),
    "the same twice": ("period=2025&period=2025", ("period", "2025")),
    "two datasets": ("dataset=demo&dataset=public", ("dataset", "public")),
    "two versions": ("version=v0001&version=v0001", ("version", "v0001")),
    "two searches": ("q=a&q=b", ("q", "b")),
    "two languages, one of them nothing": ("lang=zh&lang=", ("lang", "")),
    "a period from and to": ("period=2023-2025", ("period", "2023-2025")),
    "a word for a period": ("period=latest", ("period", "latest")),
    "a county of earlier years": ("county=330104", ("county", "330104")),
    "a search that would be cut": (f"q={'x' * 61}", ("q", "x" * 61)),
}


@pytest.mark.parametrize("path", ANSWERS)
@pytest.mark.parametrize("case", UNKNOWN)
def test_a_filter_that_is_not_understood_is_refused_and_named(client: TestClient, path: str, case: str) -> None:
    """A filter that fails may not open: whoever asked for one county would be sent the province."""
    query, (parameter, value) = UNKNOWN[case]
    answer = client.get(f"/api/v1/{path}?{query}")
    assert answer.status_code == 400
    assert answer.json()["unknown"] == [{"parameter": parameter, "value": value}]
    assert answer.json()["remedy"]
    if case == "a county of earlier years":
        assert "330102 上城区" in answer.json()["remedy"]
    if case.startswith(("two ", "the same")):
        assert answer.json()["remedy"] == f"state {parameter} once"


@pytest.mark.parametrize(
    ("query", "unknown", "remedy"),
    [
        ("firms?limit=1&limit=1", ["limit", "1"], "state limit once"),
        ("firms?limit=1-5", ["limit", "1-5"], "a whole number from 1 to 1000"),
        ("firms?limit=all", ["limit", "all"], "a whole number from 1 to 1000"),
        ("firms?limit=0", ["limit", "0"], "a whole number from 1 to 1000"),
        ("firms?offset=1..5", ["offset", "1..5"], "a whole number from 0 to 1000000000"),
        ("firms?offset=-1", ["offset", "-1"], "a whole number from 0 to 1000000000"),
        ("firms?offset=", ["offset", ""], "a whole number from 0 to 1000000000"),
        ("firms?search=" + "x" * 61, ["search", "x" * 61], "a text of at most 60 signs"),
        ("per-mu?land=in_use&land=in_use", ["land", "in_use"], "state land once"),
        ("vitality?w=industry.26&w=industry.30", ["w", "industry.30"], "state one weight for each dimension"),
        ("vitality?w=industry.26&w=industry.26", ["w", "industry.26"], "state one weight for each dimension"),
    ],
)  # fmt: skip
def test_one_value_is_one_and_a_remedy_says_what_it_may_be(
    client: TestClient, query: str, unknown: list[str], remedy: str
) -> None:
    answer = client.get(f"/api/v1/{query}")
    told = answer.json()
    assert (answer.status_code, told["unknown"], told["remedy"]) == (
        400, [{"parameter": unknown[0], "value": unknown[1]}], remedy,
    )  # fmt: skip


def test_missing_values_are_null_and_never_zero(client: TestClient) -> None:
    towns = client.get("/api/v1/towns").json()["towns"]
    silent = [town for town in towns if all(value is None for value in town["values"].values())]
    assert silent, "the demo holds a town that reported nothing"


def test_simulated_figures_say_so(client: TestClient) -> None:
    answer = client.get("/api/v1/targets?lang=en&prefecture=330100").json()
    assert answer["is_simulated"]
    assert {item["provenance"] for item in answer["targets"]} == {"simulated"}
    assert answer["targets"][1]["selection_value"] < answer["targets"][1]["value"]
    assert answer["targets"][1]["status_text"] == "Missed"


def test_an_unknown_dataset_is_a_clear_400(client: TestClient) -> None:
    answer = client.get("/api/v1/targets?dataset=publik")
    assert answer.status_code == 400
    assert "did you mean 'public'" in answer.json()["remedy"]


@pytest.mark.parametrize("query", ["", "dataset=public", "period=2022&lang=en", "q=nothing"])
@pytest.mark.parametrize("address", ["targets", "towns", "lists", "vitality", "per-mu", "firms", "chains"])
def test_answers_are_what_the_description_says(client: TestClient, address: str, query: str) -> None:
    fits(address, client.get(f"/api/v1/{address}?{query}").json())


def test_refusals_are_what_the_description_says(client: TestClient) -> None:
    fits("targets/{id}", client.get("/api/v1/targets?colour=red").json(), 400)
    fits("targets/{id}", client.get("/api/v1/targets/none").json(), 404)


def test_a_target_of_a_set_that_people_made_is_answered_and_one_of_another_set_is_told(client: TestClient) -> None:
    place_plans()
    made = client.get("/api/v1/targets/total_output_yuan_2030?period=2025&set=2030")
    assert made.status_code == 200
    fits("targets/{id}", made.json())
    assert made.json()["target"]["id"] == "total_output_yuan_2030"
    for asked, remedy in (
        ("total_output_2025?period=2025&set=2030", "it is of another set: set=2025"),
        ("total_output_yuan_2030?period=2025", "it is of another set: set=2030"),
        ("total_outptu_2025", "did you mean 'total_output_2025'"),
    ):
        answer = client.get(f"/api/v1/targets/{asked}")
        assert (answer.status_code, remedy in answer.json()["remedy"]) == (404, True), answer.text


def test_the_description_is_served_whole(client: TestClient) -> None:
    described = client.get("/api/v1/openapi.json").json()
    assert described == document()
    assert {route.path for route in ROUTES if route.path.startswith("/api/")} == {
        *described["paths"], "/api/v1/openapi.json",
    }  # fmt: skip
    named = set(re.findall(r"#/components/schemas/(\w+)", json.dumps(described)))
    assert named == set(described["components"]["schemas"])


def test_a_shape_takes_nothing_it_does_not_know_and_no_figure_that_is_none() -> None:
    step = {"year": 2026, "value": 1.5, "low": None, "high": None}
    assert ForecastStep(**step).model_dump() == step
    for spoilt in ({"value": math.nan}, {"value": "1.5"}, {"value": None}, {"year": 2026.5}, {"middle": 1.0}):
        with pytest.raises(ValidationError):
            ForecastStep(**{**step, **spoilt})
    with pytest.raises(ValidationError, match="is none of"):
        ChangeMovement(movement="sideways", value=1.0, towns=1)
