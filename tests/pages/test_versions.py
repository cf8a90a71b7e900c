"""A link can pin a version; the page says so. A damaged version is said in words and the last good one shown."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from cockpit.briefings import open_desk, version_update
from cockpit.datasets.findings import Checked, Upload
from cockpit.datasets.publishing import submissions
from cockpit.datasets.publishing.releases import publish
from cockpit.datasets.store import loading
from cockpit.service.routes import ROUTES
from cockpit.town_codes import printed
from tests.acts import by
from tests.pages.opening import badge, open_page, words

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
    delivery = submissions.keep("demo", [Upload("a.xlsx", b"x")], checked, by("张三"), checked_against="v0003")
    publish("demo", delivery.id, by("李四"), "v0003")
    return tmp_path


def test_a_pinned_version_shows_its_figures_and_says_so(place: Path) -> None:
    new, old = open_page("cockpit", {"lang": "zh"}), open_page("cockpit", {"lang": "zh", "version": "v0003"})
    assert not new.warning
    assert "第3版" in old.warning[0].value
    assert "旧版本" in old.warning[0].value
    assert "演示数据 · 第4版" in badge(new)
    assert "演示数据 · 第3版" in badge(old)
    old.button(key="unpin").click().run()
    assert not old.warning
    assert "演示数据 · 第4版" in badge(old)


@pytest.mark.long
def test_the_current_version_pinned_is_no_old_one(place: Path) -> None:
    assert not open_page("cockpit", {"lang": "en", "version": "v0004"}).warning


@pytest.mark.long
@pytest.mark.many
@pytest.mark.parametrize("junk", ["v0099", "../../etc/passwd", "`x`", "", "v0003/../v0003"])
def test_junk_shows_the_current_version_with_a_notice(place: Path, junk: str) -> None:
    app = open_page("cockpit", {"lang": "zh", "version": junk})
    assert not app.exception
    assert "演示数据 · 第4版" in badge(app)
    assert [("已按默认显示" in notice.value) for notice in app.warning] == [True]


def test_a_damaged_version_is_said_and_the_last_good_one_shown(place: Path) -> None:
    path = place / "demo" / "versions" / "v0004" / "returns.parquet"
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    loading._loaded.clear()
    app = open_page("cockpit", {"lang": "zh"})
    assert not app.exception
    assert "demo/v0004/returns.parquet" in app.error[0].value
    assert "演示数据 · 第3版" in badge(app)
    ready = TestClient(Starlette(routes=ROUTES)).get("/readyz").json()
    assert (ready["version"], ready["refused"]["where"]) == ("v0003", "demo/v0004/returns.parquet")


@pytest.mark.long
@pytest.mark.parametrize(("language", "says"), [("zh", "缺失或损坏"), ("en", "missing or damaged")])
def test_data_that_cannot_be_opened_are_told_in_the_readers_language_by_file(
    place: Path, monkeypatch: pytest.MonkeyPatch, language: str, says: str
) -> None:
    monkeypatch.setattr(loading, "SHIPPED", place / "nothing")
    (place / "demo" / "versions" / "v0004" / "returns.parquet").unlink()
    loading._loaded.clear()
    told = open_page("cockpit", {"lang": language}).error[0].value
    assert "`demo/v0004/returns.parquet`" in told
    assert says in told
    assert language == "en" or "missing" not in told, "no words of the log"


def test_the_interface_answers_from_a_pinned_version(place: Path) -> None:
    client = TestClient(Starlette(routes=ROUTES))
    assert client.get("/api/v1/targets").json()["version"] == "v0004"
    assert client.get("/api/v1/targets?version=v0003").json()["version"] == "v0003"
    junk = client.get("/api/v1/targets?version=v0099")
    assert junk.status_code == 400
    assert junk.json()["unknown"] == [{"parameter": "version", "value": "v0099"}]


@pytest.mark.long
def test_the_rail_says_who_published_a_later_version_and_why(place: Path) -> None:
    assert "由李四发布：n" in words(open_page("cockpit", {"lang": "zh"}))
    assert "首个版本" in words(open_page("cockpit", {"lang": "zh", "version": "v0001"}))


def test_the_rail_says_what_a_later_version_changed_and_leads_there(place: Path) -> None:
    text = words(open_page("cockpit", {"lang": "zh"}))
    assert "<b>1</b> 个指标值不同：新报 0，改动 1，撤回 0" in text
    assert f'data-lead="/town?code={printed(TOWN)}"' in text
    assert 'data-lead="/targets?target=total_output_2025&amp;period=2025"' in text
    before, after = (open_desk("demo", version) for version in ("v0003", "v0004"))
    found = version_update(after)
    assert found is not None
    assert found.towns == (TOWN,)
    moved = next(item for item in found.moved if item.indicator.id == "total_output_yuan")
    rows = before.dataset.table("returns").set_index(["town_code", "period", "indicator"])["value"]
    assert moved.after is not None
    assert moved.before is not None
    assert moved.after - moved.before == pytest.approx(9e12 - rows[TOWN, "2025", "total_output_yuan"])
    assert version_update(open_desk("demo", "v0001")) is None
