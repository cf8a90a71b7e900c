"""Names, notes and quotes that are markup: every page shows them as text, in both languages and on the wall."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from cockpit import town_codes
from cockpit.datasets.store.versions import sha256
from cockpit.service.routes import ROUTES
from tests.datasets.older import lay, read, write
from tests.pages.opening import PAGES, open_page

pytestmark = pytest.mark.many

EVIL = """<img src=x onerror=alert(1)>"' onfocus="alert(2)" <evil>&lt;evil&gt;</section></g>"""
# Free texts of the tables, which anybody who hands in a file may fill.
WRITTEN = {
    "towns": ("name_zh", "name_en", "alias", "specialty_industry", "specialty_industry_en", "creation_batch",
              "naming_batch", "list_status_written", "note"),
    "counties": ("name_zh", "name_en"),
    "published": ("indicator_written", "scope_written", "unit_written", "quote", "note"),
    "facts": ("subject_written", "indicator_written", "unit_written", "quote", "note"),
    "list_history": ("basis",),
    "extensions": ("basis",),
    "inspections": ("remark",),
    "firms": ("name_zh",),
    "sources": ("publisher", "dated"),
}  # fmt: skip
CASES: tuple[tuple[str, dict[str, str | list[str]]], ...] = (
    *((page, {}) for page in PAGES),
    ("towns", {"compare": ["D330110A", "D330102A"]}),
    ("chain", {"node": "digital_security.cameras"}),
    ("lists", {"town": "D330203A"}),
    ("lists", {"check": "lines"}),
    ("map", {"pick": "D330110A"}),
    ("town", {"code": town_codes.printed("D330102A")}),
    ("cockpit", {"source": "target:total_output_2025:2025"}),
    ("data", {"part": "freshness"}),
    ("wall", {"scenes": "town", "town": "D330102A"}),
)


class Tags(HTMLParser):
    """Elements and attributes a browser would make of a text."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.found: list[tuple[str, list[tuple[str, str | None]]]] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, attrs))

    def bad(self) -> list[str]:
        return [
            f"<{tag} {name}>"
            for tag, attributes in self.found
            for name in ("", *(name for name, _ in attributes))
            if tag in ("evil", "script") or name.startswith("on")
        ]


def texts(value: Any) -> Iterator[str]:
    """Every text anywhere in what a browser part is sent."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from texts(item)


def drawn(app: AppTest) -> Iterator[str]:
    for element in app.get("html"):
        yield element.proto.body
    for element in app.get("bidi_component"):
        yield from texts(json.loads(element.proto.json or "null"))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both datasets with markup in every free text."""
    root = tmp_path_factory.mktemp("hostile")
    for dataset in ("demo", "public"):
        folder = lay(root, dataset)
        manifest = read(folder)
        for name in WRITTEN.keys() & manifest["files"].keys():
            path = folder / f"{name}.parquet"
            table = pq.read_table(path)
            for column in WRITTEN[name]:
                if column in table.column_names:
                    place = table.column_names.index(column)
                    given = table[column].cast(pa.string())
                    table = table.set_column(place, column, pc.binary_join_element_wise(given, EVIL, ""))
            pq.write_table(table, path)
            manifest["files"][name]["sha256"] = sha256(path)
        write(folder, manifest)
    return root


@pytest.fixture(autouse=True)
def _there(hostile: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COCKPIT_DATA_DIR", str(hostile))


@pytest.mark.parametrize(("dataset", "language"), [("demo", "zh"), ("demo", "en"), ("public", "zh")])
@pytest.mark.parametrize(
    ("page", "parameters"), CASES, ids=lambda value: value if isinstance(value, str) else "".join(value)
)
def test_a_page_shows_them_as_text(
    page: str, parameters: dict[str, str | list[str]], dataset: str, language: str
) -> None:
    app = open_page(page, {"lang": language, "dataset": dataset, **parameters})
    assert not app.exception, app.exception[0].message
    shown = list(drawn(app))
    assert not [bad for text in shown for bad in Tags(text).bad()]
    assert shown


@pytest.mark.parametrize(
    ("page", "parameters"), CASES, ids=lambda value: value if isinstance(value, str) else "".join(value)
)
def test_no_page_shows_a_tag_of_ours_as_text(
    page: str, parameters: dict[str, str | list[str]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Escaped once and not twice: on data without any tag, none is to be read."""
    monkeypatch.setenv("COCKPIT_DATA_DIR", str(tmp_path))
    for text in drawn(open_page(page, {"lang": "zh", **parameters})):
        assert not re.findall(r".{0,40}&(?:amp;)?lt;/?[a-z].{0,40}", text)
        assert "&amp;lt;" not in text
        assert "&amp;amp;" not in text


@pytest.mark.long
def test_they_are_on_the_pages_at_all() -> None:
    """What is looked for above is there, or the search would find nothing whatever happened."""
    for page in ("chain", "lists", "towns", "vitality", "wall", "town"):
        parameters: dict[str, str | list[str]] = {
            "lang": "zh",
            "compare": ["D330110A", "D330102A"],
            "code": town_codes.printed("D330102A"),
        }
        assert any("&lt;evil&gt;" in text for text in drawn(open_page(page, parameters))), page
    assert Tags(EVIL).bad()


@pytest.mark.parametrize("town", ["D330110A", "D330102A"])
def test_the_scan_page_shows_them_as_text(town: str) -> None:
    client = TestClient(Starlette(routes=ROUTES))
    body = client.get(f"/t/{town_codes.printed(town)}").text
    assert "&lt;evil&gt;" in body
    assert not Tags(body).bad()
