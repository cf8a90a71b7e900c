"""From a figure on any page to its cell: after a real return was published, what the drawer says of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from cockpit.datasets.findings import Checked, Upload
from cockpit.datasets.publishing.releases import publish
from cockpit.datasets.publishing.submissions import keep
from tests.acts import by
from tests.pages.opening import led, open_page, words

pytestmark = pytest.mark.many

TOWN = "D330102A"
CHAIN = "digital_security"
NODE = f"{CHAIN}.sensors"


def rows(table: str, columns: dict[str, Any], cell: str) -> pd.DataFrame:
    where = {"provenance": "simulated", "file": "上城2025.xlsx", "sheet": table, "cell": cell}
    return pd.DataFrame({"town_code": [TOWN], **{name: [value] for name, value in columns.items()}}).assign(**where)


@pytest.fixture(scope="module", autouse=True)
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A delivery with a figure of each kind, published: returns, land, a plan, a firm."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COCKPIT_DATA_DIR", str(tmp_path_factory.mktemp("data")))
        figures = {"period": "2025"}
        firm = {"firm_id": "B1", "name_zh": "新企业", "chain_id": CHAIN, "node_id": NODE, **figures}
        tables = {
            "returns": pd.concat(
                [
                    rows("returns", {**figures, "indicator": "total_output_yuan", "value": 1.3e11}, "F4"),
                    rows("returns", {**figures, "indicator": "tax_revenue_yuan", "value": 9.9e9}, "H4"),
                ],
                ignore_index=True,
            ),
            "land": rows("land", {**figures, "land_type": "construction", "area_mu": 3300.0}, "G4"),
            "plans": rows("plans", {"starts_on": "2026-01-01", "ends_on": "2028-12-31"}, "A4:H4"),
            "firms": rows("firms", firm, "A9:Q9"),
        }
        upload = Upload("上城2025.xlsx", b"as sent")
        delivery = keep("demo", [upload], Checked((upload.name,), tables, ()), by("张三"), checked_against="v0003")
        publish("demo", delivery.id, by("李四", "年报"), "v0003")
        yield delivery.id


def opened(page: str, asked: str, **more: str) -> AppTest:
    app = open_page(page, {"lang": "zh", "source": asked, **more})
    assert not app.exception, app.exception[0].message
    assert not app.warning
    return app


@pytest.mark.parametrize(
    ("page", "asked", "cell"),
    [
        ("cockpit", "target:total_output_2025:2025", "returns F4"),
        ("targets", "target:specialty_output_share_2025:2025", "returns F4"),
        ("towns", f"town:{TOWN}:total_output_yuan:2025", "returns F4"),
        ("vitality", f"town:{TOWN}:vitality:2025", "returns H4"),
        ("per_mu", f"town:{TOWN}:per_mu.construction:2025", "land G4"),
        ("lists", f"town:{TOWN}:lists:2025", "plans A4:H4"),
        ("map", f"town:{TOWN}:tax_revenue_yuan:2025", "returns H4"),
        ("town", f"town:{TOWN}:lists:2025", "plans A4:H4"),
        ("chain", f"node:{NODE}:2025", "firms"),
    ],
)
def test_a_figure_leads_to_its_cell_on_every_page(page: str, asked: str, cell: str, published: str) -> None:
    own = {"towns": {"compare": TOWN}, "chain": {"node": NODE}, "map": {"pick": TOWN}, "town": {"code": TOWN}}.get(
        page, {}
    )
    text = words(opened(page, asked, **own))
    for told in (cell, "上城2025.xlsx", "张三", "第4版"):
        assert told in text, told
    assert published in text or page in ("vitality", "towns", "map"), "the delivery is named"
    assert 'data-source="' in text, "the page offers the question"


def test_a_sum_tells_how_many_figures_each_file_brought_and_leaves_nobody_out() -> None:
    text = words(opened("cockpit", "target:specialty_output_share_2025:2025"))
    assert "特色产业产出 ÷ 总产出" in text
    assert '<td data-label="数字">1 个</td>' in text, "one figure of the file"
    assert "177 个，89 个小镇" in text, "the others of the 89 towns that reported both"
    assert "另有 3 个小镇没有报送" in text


def test_firms_of_a_node_say_what_brought_them() -> None:
    text = words(opened("chain", f"node:{NODE}:2025", node=NODE))
    assert '<td data-label="数字">1家</td>' in text
    assert '<td data-label="数字">8家</td>' in text, "shipped with the version"


def test_published_cards_quote_their_source() -> None:
    text = words(opened("cockpit", "target:tax_revenue_2025:2022", dataset="public"))
    assert "税收收入超过1291.5亿元" in text
    assert "s66" in text


def test_nothing_is_computed_until_somebody_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError("computed without being asked")

    monkeypatch.setattr("cockpit.ui.frame.figure_source.figure_source", never)
    assert not open_page("cockpit", {"lang": "zh"}).exception
    assert open_page("cockpit", {"lang": "zh", "source": "target:total_output_2025:2025"}).exception


@pytest.mark.parametrize("junk", ["zzz", "town:nowhere:total_output_yuan:2025", "target:total_output_2025:soon", ":::"])
def test_an_unknown_figure_is_a_notice(junk: str) -> None:
    app = open_page("cockpit", {"lang": "zh", "source": junk})
    assert not app.exception
    assert "source=" in app.warning[0].value


def test_the_whole_list_stands_on_the_data_page_and_follows_the_filters() -> None:
    query = {"part": "trace", "town": "all", "figure": "total_output_yuan", "period": "2025", "lang": "zh"}
    app = open_page("data", query)
    frame = led(app)
    assert frame.iloc[0]["单元格"] == "F4", "submitted ones first"
    assert len(frame) == 124
    assert all(value.endswith("亿元") for value in frame["数值"]), "one unit in one list"
    few = led(open_page("data", {**query, "prefecture": "330100"}))
    assert 0 < len(few) < len(frame)
    assert few.iloc[0]["单元格"] == "F4"
