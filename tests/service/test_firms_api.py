"""Firms through the interface: the filters of the pages and of the table, a page as JSON, any number as CSV."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import anyio
import pandas as pd
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from cockpit.datasets.store.loading import load
from cockpit.datasets.store.versions import write_version
from cockpit.policy.register import load as load_register
from cockpit.service.api import firms as firms_api
from cockpit.service.api.openapi import document
from cockpit.service.routes import ROUTES
from cockpit.service.streaming import Places, Stream
from tests.service.described import fits
from tools.make_firms import make_firms

KNITTING = "hosiery.knitting"
ROWS = 1_000_000


@pytest.fixture(scope="module")
def client() -> TestClient:
    return TestClient(Starlette(routes=ROUTES))


@pytest.fixture(scope="module")
def firms() -> pd.DataFrame:
    return load("demo").table("firms")


def lines(text: str) -> list[list[str]]:
    rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff"))))
    return rows[1:]


def test_a_node_is_paged_largest_first(client: TestClient, firms: pd.DataFrame) -> None:
    of_node = firms[firms["node_id"] == KNITTING]
    first = client.get(f"/api/v1/firms?node={KNITTING}&limit=10").json()
    second = client.get(f"/api/v1/firms?node={KNITTING}&limit=10&offset=10").json()
    assert first["count"] == len(of_node)
    assert first["firms_period"] == "2025"
    assert first["is_simulated"]
    assert [row["firm_id"] for row in first["firms"] + second["firms"]] == of_node["firm_id"].head(20).tolist()
    assert {row["provenance"] for row in first["firms"]} == {"simulated"}


def test_filters_are_those_of_the_pages_and_of_the_table(client: TestClient, firms: pd.DataFrame) -> None:
    towns = load("demo").towns
    shaoxing = towns.loc[towns["prefecture_adcode"] == "330600", "town_code"]
    wanted = firms[firms["town_code"].isin(shaoxing) & (firms["chain_id"] == "hosiery") & firms["is_high_tech"]]
    query = "prefecture=330600&chain=hosiery&tag=is_high_tech&limit=1000"
    found = client.get(f"/api/v1/firms?{query}").json()
    assert found["count"] == len(wanted) > 0
    assert {row["firm_id"] for row in found["firms"]} == set(wanted["firm_id"])
    one = wanted["town_code"].iloc[0]
    assert client.get(f"/api/v1/firms?{query}&town={one}").json()["count"] == (wanted["town_code"] == one).sum()
    outside = towns.loc[towns["prefecture_adcode"] != "330600", "town_code"].iloc[0]
    assert client.get(f"/api/v1/firms?{query}&town={outside}").json()["count"] == 0


def test_search_and_order(client: TestClient) -> None:
    found = client.get("/api/v1/firms?search=12891&sort=name_zh").json()
    assert [row["firm_id"] for row in found["firms"]] == ["F12891"]
    rows = client.get("/api/v1/firms?chain=hosiery&sort=staff_count&order=asc").json()["firms"]
    staff = [row["staff_count"] for row in rows]
    assert staff == sorted(staff)


@pytest.mark.parametrize("path", ["firms", "firms.csv"])
@pytest.mark.parametrize(
    "junk",
    ["node=hosiery.kniting", "tag=is_x", "sort=1;drop", "town=zz", "town=", "search=" + "x" * 61, "carrier=shed",
     "order=up", "sort=name_zh&sort=tax_yuan"],
)  # fmt: skip
def test_a_filter_of_the_firms_that_is_not_understood_is_refused(client: TestClient, path: str, junk: str) -> None:
    answer = client.get(f"/api/v1/{path}?{junk}")
    assert answer.status_code == 400
    assert {item["parameter"] for item in answer.json()["unknown"]} == {junk.partition("=")[0]}


@pytest.mark.parametrize("junk", ["offset=-1", "limit=5000", "limit=0"])
def test_a_page_out_of_range_is_refused(client: TestClient, junk: str) -> None:
    assert client.get(f"/api/v1/firms?{junk}").status_code == 400


def test_what_is_searched_is_text(client: TestClient) -> None:
    assert client.get("/api/v1/firms", params={"search": "' or '1'='1"}).json()["count"] == 0


def test_published_data_hold_no_firms(client: TestClient) -> None:
    found = client.get("/api/v1/firms?dataset=public").json()
    assert (found["count"], found["firms"], found["firms_period"]) == (0, [], None)
    assert lines(client.get("/api/v1/firms.csv?dataset=public").text) == []
    assert client.get("/api/v1/firms.csv?dataset=publik").status_code == 400


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_csv_holds_the_same_firms_in_words(client: TestClient, firms: pd.DataFrame, lang: str) -> None:
    answer = client.get(f"/api/v1/firms.csv?node={KNITTING}&lang={lang}")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="firms-demo-simulated-2025.csv"'
    assert answer.headers["x-simulated"] == "true"
    assert answer.headers["x-dataset"].startswith("demo@")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    found = lines(answer.text)
    of_node = firms[firms["node_id"] == KNITTING]
    assert [row[0] for row in found] == of_node["firm_id"].tolist()
    head = answer.text.splitlines()[0]
    assert ("营业收入 (元)" if lang == "zh" else "Operating revenue (yuan)") in head
    assert {row[-1] for row in found} == {"模拟" if lang == "zh" else "Simulated"}
    assert {row[6] for row in found} == {"袜子织造" if lang == "zh" else "Hosiery knitting"}
    assert sum(int(row[-4]) for row in found) == of_node["revenue_yuan"].sum()
    # Every line is a firm: what machines add up holds no sentences.
    assert len(pd.read_csv(io.BytesIO(answer.content))) == len(of_node)
    assert set(pd.read_csv(io.BytesIO(answer.content))["期间" if lang == "zh" else "Period"].astype(str)) == {"2025"}


def test_a_damaged_table_is_told_before_the_first_byte(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    demo = load("demo")
    frames = {name: frame for name, frame in demo.frames.items() if name != "firm_cubes"}
    write_version(tmp_path, replace(demo.manifest, files={}), {**frames, "firms": demo.table("firms").head(9)})
    path = tmp_path / "demo" / "versions" / demo.manifest.version / "firms.parquet"
    path.write_bytes(path.read_bytes() + b"x")
    monkeypatch.setenv("COCKPIT_DATA_DIR", str(tmp_path))
    monkeypatch.setattr("cockpit.datasets.store.loading.SHIPPED", tmp_path / "nothing")  # no other version stands in
    answer = client.get("/api/v1/firms.csv")
    assert answer.status_code == 503
    assert "differs from its manifest" in answer.json()["error"]


def test_the_description_fits_the_answer(client: TestClient) -> None:
    paths = document()["paths"]
    page = paths["/api/v1/firms"]["get"]
    fits("firms", client.get("/api/v1/firms?limit=1000").json())
    told = {item["name"] for item in page["parameters"]}
    assert {"chain", "node", "tag", "carrier", "town", "search", "sort", "order", "offset", "limit"} <= told
    assert list(paths["/api/v1/firms.csv"]["get"]["responses"]["200"]["content"]) == ["text/csv"]


DRAIN = """
import asyncio, json, resource
from starlette.applications import Starlette
from cockpit.service.routes import ROUTES
from tests.service.described import fits

sent, peak = [], lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
async def receive(): await asyncio.sleep(3600)
async def send(message):
    sent.append(len(message.get("body", b"")))
    if len(sent) == 3: marks.append(peak())
marks, query = [], b"sort=tax_yuan"
scope = {"type": "http", "method": "GET", "path": "/api/v1/firms.csv", "raw_path": b"", "query_string": query,
         "headers": [], "root_path": "", "scheme": "http", "server": ("t", 80), "asgi": {"version": "3.0"}}
asyncio.run(Starlette(routes=ROUTES)(scope, receive, send))
print(json.dumps({"bytes": sum(sent), "pieces": len(sent), "largest": max(sent), "grown": peak() - marks[0]}))
"""


@pytest.mark.long
def test_a_million_firms_are_streamed_and_never_held(tmp_path: Path) -> None:
    demo, source = load("demo"), tmp_path / "firms.parquet"
    make_firms(source, ROWS)
    frames = {name: frame for name, frame in demo.frames.items() if name != "firm_cubes"}
    write_version(tmp_path, replace(demo.manifest, files={}), {**frames, "firms": source})
    environment = {**os.environ, "COCKPIT_DATA_DIR": str(tmp_path)}
    root = Path(__file__).resolve().parents[2]
    ran = subprocess.run(
        [sys.executable, "-c", DRAIN], env=environment, cwd=root, check=True, capture_output=True, text=True
    )
    found = json.loads(ran.stdout)
    assert found["bytes"] > 120e6
    assert found["pieces"] >= ROWS // 20_480
    assert found["largest"] < 8e6
    assert found["grown"] < 120, "MiB held beyond what the third piece needed"


@pytest.fixture
def slow_places(monkeypatch: pytest.MonkeyPatch) -> Places:
    places = Places(2)
    monkeypatch.setattr(firms_api, "_places", lambda: places)
    return places


def test_a_few_read_all_firms_at_once_and_the_next_is_told_when(client: TestClient, slow_places: Places) -> None:
    assert slow_places.take()
    for _ in range(3):  # a place is given back at the end, also of a refusal
        assert client.get(f"/api/v1/firms.csv?node={KNITTING}").status_code == 200
        assert client.get("/api/v1/firms.csv?dataset=nonexist").status_code == 400
    assert slow_places.take()
    answer = client.get("/api/v1/firms.csv")
    assert answer.status_code == 503
    assert int(answer.headers["retry-after"]) == load_register().limits.limit("stream_retry_seconds")
    assert client.get("/api/v1/firms").status_code == 200, "a page of them costs little"
    slow_places.give_back()
    assert client.get("/api/v1/firms.csv").status_code == 200


def _send(stall: float, takes: int) -> tuple[list[bytes], Places, list[str]]:
    """Send to a reader that takes so many messages and then none; returns what it took."""
    closed: list[str] = []

    def lines() -> Iterator[bytes]:
        try:
            for _ in range(100):
                yield b"x" * 700_000
        finally:
            closed.append("the query")

    took: list[bytes] = []

    async def send(message: Any) -> None:
        if len(took) >= takes:
            await anyio.sleep(60)
        took.append(message.get("body", b""))

    places = Places(1)
    assert places.take()
    stream = Stream(lines(), places, stall, media_type="text/csv", headers={})
    anyio.run(stream, {"type": "http"}, None, send)
    return took, places, closed


def test_a_reader_that_stalls_loses_its_place_and_its_query() -> None:
    began = time.monotonic()
    took, places, closed = _send(0.2, 5)
    assert time.monotonic() - began < 5
    assert len(took) == 5
    assert closed == ["the query"]
    assert places.take(), "the place is free again"


def test_a_reader_that_takes_gets_everything_in_pieces_that_can_be_timed() -> None:
    took, places, closed = _send(5, 10_000)
    assert sum(map(len, took)) == 70_000_000
    assert max(map(len, took)) <= 256 << 10
    assert closed == ["the query"]
    assert places.take()
