"""A link can pin a version; the page says so. A damaged version is said in words and the last good one shown."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from cockpit.datasets.findings import Checked, Upload
from cockpit.datasets.publishing import submissions
from cockpit.datasets.publishing.releases import publish
from cockpit.datasets.store import loading
from cockpit.service.routes import ROUTES
from tests.acts import by
from tests.pages.opening import open_page, words

TOWN = "D330110A"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A second version in which one town's output of 2025 is 9 万亿元."""
    monkeypatch.setenv("COCKPIT_DATA_DIR", str(tmp_path))
    frame = pd.DataFrame(
        [(TOWN, "2025", "total_output_yuan", 9e12, "simulated", "a.xlsx", "s", "D5")],
        columns=["town_code", "period", "indicator", "value", "provenance", "file", "sheet", "cell"],
    )
    checked = Checked(("a.xlsx",), {"returns": frame}, ())
    delivery = submissions.keep("demo", [Upload("a.xlsx", b"x")], checked, by("张三"), checked_against="v0001")
    publish("demo", delivery.id, by("李四"), "v0001")
    return tmp_path


def test_a_pinned_version_shows_its_figures_and_says_so(place: Path) -> None:
    new, old = open_page("cockpit", {"lang": "zh"}), open_page("cockpit", {"lang": "zh", "version": "v0001"})
    assert not new.warning
    assert "第1版" in old.warning[0].value
    assert "旧版本" in old.warning[0].value
    assert "演示数据 · 第2版" in words(new)
    assert "演示数据 · 第1版" in words(old)
    old.button(key="unpin").click().run()
    assert not old.warning
    assert "演示数据 · 第2版" in words(old)


def test_the_current_version_pinned_is_no_old_one(place: Path) -> None:
    assert not open_page("cockpit", {"lang": "en", "version": "v0002"}).warning


@pytest.mark.parametrize("junk", ["v0099", "../../etc/passwd", "`x`", "", "v0001/../v0001"])
def test_junk_shows_the_current_version_with_a_notice(place: Path, junk: str) -> None:
    app = open_page("cockpit", {"lang": "zh", "version": junk})
    assert not app.exception
    assert "演示数据 · 第2版" in words(app)
    assert [("已按默认显示" in notice.value) for notice in app.warning] == [True]


def test_a_damaged_version_is_said_and_the_last_good_one_shown(place: Path) -> None:
    path = place / "demo" / "versions" / "v0002" / "returns.parquet"
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    loading._loaded.clear()
    app = open_page("cockpit", {"lang": "zh"})
    assert not app.exception
    assert "demo/v0002/returns.parquet" in app.error[0].value
    assert "演示数据 · 第1版" in words(app)
    ready = TestClient(Starlette(routes=ROUTES)).get("/readyz").json()
    assert (ready["version"], ready["refused"]["where"]) == ("v0001", "demo/v0002/returns.parquet")


@pytest.mark.parametrize(("language", "says"), [("zh", "缺失或损坏"), ("en", "missing or damaged")])
def test_data_that_cannot_be_opened_are_told_in_the_readers_language_by_file(
    place: Path, monkeypatch: pytest.MonkeyPatch, language: str, says: str
) -> None:
    monkeypatch.setattr(loading, "SHIPPED", place / "nothing")
    (place / "demo" / "versions" / "v0002" / "returns.parquet").unlink()
    loading._loaded.clear()
    told = open_page("cockpit", {"lang": language}).error[0].value
    assert "`demo/v0002/returns.parquet`" in told
    assert says in told
    assert language == "en" or "missing" not in told, "no words of the log"


def test_the_interface_answers_from_a_pinned_version(place: Path) -> None:
    client = TestClient(Starlette(routes=ROUTES))
    assert client.get("/api/v1/targets").json()["version"] == "v0002"
    assert client.get("/api/v1/targets?version=v0001").json()["version"] == "v0001"
    junk = client.get("/api/v1/targets?version=v0099")
    assert junk.status_code == 400
    assert junk.json()["unknown"] == [{"parameter": "version", "value": "v0099"}]


def test_the_rail_says_who_published_a_later_version_and_why(place: Path) -> None:
    assert "由李四发布：n" in words(open_page("cockpit", {"lang": "zh"}))
    assert "首个版本" in words(open_page("cockpit", {"lang": "zh", "version": "v0001"}))
