"""Every page and every answer on a version written before optional columns and tables; and on one too new to read."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from cockpit.policy.register import Register, Review
from cockpit.service.routes import ROUTES
from tests.datasets.older import lay_trimmed, newer
from tests.pages.opening import PAGES, badge, open_page, words

pytestmark = pytest.mark.many

ANSWERS = ("targets", "targets/tax_revenue_2025", "towns", "lists", "vitality", "per-mu", "firms", "firms.csv",
           "chains", "chains/hosiery")  # fmt: skip
_NOT_A_WORD = re.compile(r".{0,60}\b(?:nan|None|NaN|NaT)\b.{0,20}|.{0,60}<NA>.{0,20}")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COCKPIT_DATA_DIR", str(tmp_path))
    return tmp_path


@pytest.fixture(scope="module", params=["columns", "tables"])
def trimmed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both datasets less their optional columns, with or without the optional tables; laid and computed once."""
    folder = tmp_path_factory.mktemp("trimmed")
    for dataset in ("demo", "public"):
        lay_trimmed(folder, dataset, keeps_tables=request.param == "columns")
    return folder


@pytest.mark.parametrize("dataset", ["demo", "public"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_a_trimmed_version(
    trimmed: Path, monkeypatch: pytest.MonkeyPatch, page: str, dataset: str
) -> None:
    monkeypatch.setenv("COCKPIT_DATA_DIR", str(trimmed))
    parameters: dict[str, str | list[str]] = {"lang": "zh", "dataset": dataset}
    if page == "town":
        parameters["town"] = "D330102A"
    app = open_page(page, parameters)
    assert not app.exception, app.exception[0].message
    assert not app.error
    shown = [words(app), *(frame.value.to_csv() for frame in app.dataframe)]
    assert not [found for text in shown for found in _NOT_A_WORD.findall(text)], "a missing text shown as a word"


@pytest.mark.long
@pytest.mark.parametrize("dataset", ["demo", "public"])
def test_the_interface_answers_from_a_trimmed_version(
    trimmed: Path, monkeypatch: pytest.MonkeyPatch, dataset: str
) -> None:
    monkeypatch.setenv("COCKPIT_DATA_DIR", str(trimmed))
    client = TestClient(Starlette(routes=ROUTES))
    for path in ANSWERS:
        answer = client.get(f"/api/v1/{path}?dataset={dataset}")
        assert answer.status_code == 200, f"{path}: {answer.text[:300]}"
        assert not _NOT_A_WORD.findall(answer.text), f"{path}: a missing text sent as a word"
    assert client.get("/readyz").status_code == 200


@pytest.mark.parametrize(
    ("language", "says"), [("zh", "由更新的程序写成"), ("en", "was written by a newer program")], ids=["zh", "en"]
)
def test_a_newer_current_version_is_said_and_the_one_before_shown(place: Path, language: str, says: str) -> None:
    newer(place)
    app = open_page("cockpit", {"lang": language})
    assert not app.exception
    assert says in app.error[0].value
    assert "v0004" in app.error[0].value
    assert ("演示数据 · 第3版" if language == "zh" else "version 3") in badge(app)
    ready = TestClient(Starlette(routes=ROUTES)).get("/readyz").json()
    assert (ready["version"], ready["refused"]["version"]) == ("v0003", "v0004")


def test_a_link_to_a_newer_version_says_so_and_leads_to_the_current_one(place: Path) -> None:
    newer(place)
    (place / "demo" / "CURRENT").write_text("v0003\n", encoding="utf-8")
    app = open_page("cockpit", {"lang": "zh", "version": "v0004"})
    assert "升级程序" in app.error[0].value
    app.button(key="unpin").click().run()
    assert not app.error
    assert "演示数据 · 第3版" in badge(app)
    told = TestClient(Starlette(routes=ROUTES)).get("/api/v1/targets?version=v0004")
    assert told.status_code == 503
    assert "update the program" in told.json()["remedy"]


def test_the_basis_page_lists_what_is_past_its_review(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "没有到期须复核的规则" in words(open_page("basis", {"lang": "zh"}))
    late = Review("rules.toml tolerance_about", date(2026, 6, 30), "王五")
    monkeypatch.setattr(Register, "overdue", lambda register, as_of: (late,))
    text = words(open_page("basis", {"lang": "zh"}))
    assert "rules.toml tolerance_about" in text
    assert "2026-06-30" in text
    assert "王五" in text
