"""A figure leads back to its cell, a derived one to the cells of its parts; a review tells what would change."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from cockpit.briefings import Desk, open_desk, review, trace
from cockpit.datasets.findings import Checked, Upload
from cockpit.datasets.publishing import submissions
from cockpit.datasets.publishing.releases import publish, roll_back
from cockpit.datasets.store import loading
from cockpit.vocabulary import Status
from tests.acts import by

AS_OF = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COCKPIT_DATA_DIR", str(tmp_path))


def deliver(rows: list[tuple[str, str, str, float]], table: str = "returns") -> submissions.Submission:
    """A delivery of (town, period, indicator or land type, base unit), from row 5 of sheet 年报 on."""
    names = ["town_code", "period", "indicator", "value"]
    if table == "land":
        names = ["town_code", "period", "land_type", "area_mu"]
    frame = pd.DataFrame(rows, columns=names).assign(provenance="simulated", file="杭州.xlsx", sheet="年报")
    frame["cell"] = [f"E{row}" for row in range(5, 5 + len(frame))]
    checked = Checked(("杭州.xlsx",), {table: frame}, ())
    return submissions.keep("demo", [Upload("杭州.xlsx", b"x")], checked, by("张三"), checked_against="v0003")


def town(desk: Desk) -> str:
    return str(desk.cube.towns[0])


def test_a_submitted_figure_leads_to_its_cell_and_a_derived_one_to_those_of_its_parts() -> None:
    code = town(open_desk("demo"))
    delivery = deliver(
        [(code, "2025", "fixed_asset_investment_yuan", 4e9), (code, "2025", "specialty_investment_yuan", 2e9)]
    )
    publish("demo", delivery.id, by("李四"), "v0003")
    desk = open_desk("demo")
    share = trace(desk, code, "2025", "specialty_investment_share")
    above, below = share.parts
    assert (above.role, above.origin, above.value) == ("numerator", "cell", 2e9)
    assert above.cell is not None
    assert (above.cell.file, above.cell.sheet, above.cell.cell, above.cell.submitted_by) == (
        "杭州.xlsx", "年报", "E6", "张三",
    )  # fmt: skip
    assert below.origin == "parts"
    fixed, housing, complexes = below.parts
    assert (fixed.role, fixed.cell.cell if fixed.cell else "") == ("plus", "E5")
    assert (housing.role, housing.origin, housing.source) == ("minus", "source", ("demo", "演示数据生成器"))
    assert below.value == pytest.approx((fixed.value or 0) - (housing.value or 0) - (complexes.value or 0))
    assert share.value == pytest.approx(2e9 / (below.value or 0))
    assert len(share.leaves()) == 4


def test_land_leads_to_its_cell_too() -> None:
    code = town(open_desk("demo"))
    publish("demo", deliver([(code, "2025", "in_use", 1500.0)], "land").id, by("李四"), "v0003")
    found = trace(open_desk("demo"), code, "2025", "land_in_use_mu")
    assert (found.value, found.origin, found.cell.cell if found.cell else "") == (1500.0, "cell", "E5")


def test_an_old_version_is_traced_as_it_was() -> None:
    code = town(open_desk("demo"))
    publish("demo", deliver([(code, "2025", "total_output_yuan", 5e9)]).id, by("李四"), "v0003")
    assert trace(open_desk("demo"), code, "2025", "total_output_yuan").origin == "cell"
    assert trace(open_desk("demo", "v0003"), code, "2025", "total_output_yuan").origin == "source"
    roll_back("demo", "v0003", by("李四"))
    assert trace(open_desk("demo"), code, "2025", "total_output_yuan").origin == "source"
    assert trace(open_desk("demo"), code, "1999", "total_output_yuan").origin == "none"
    assert trace(open_desk("demo"), code, "2025", "named_town_count").origin == "list"


def test_a_review_tells_totals_and_the_verdicts_that_would_turn() -> None:
    desk = open_desk("demo")
    code = town(desk)
    before = next(
        float(row["value"])
        for _, row in desk.dataset.table("returns").iterrows()
        if (row["town_code"], row["period"], row["indicator"]) == (code, "2025", "total_output_yuan")
    )
    found = review(desk, deliver([(code, "2025", "total_output_yuan", before + 9e11)]).id, AS_OF)
    assert found.difference.cells["after"].tolist() == [before + 9e11]
    province = found.totals[(found.totals["prefecture"] == "") & (found.totals["indicator"] == "total_output_yuan")]
    assert (province["after"] - province["before"]).tolist() == pytest.approx([9e11])
    prefecture = desk.dataset.towns["prefecture_adcode"].iloc[0]
    assert set(found.totals["prefecture"]) == {"", prefecture}, "other prefectures stay as they are"
    turned = {change.target.id: (change.before, change.after) for change in found.verdicts if change.is_turned}
    assert turned["total_output_2025"] == (Status.MISSED, Status.ACHIEVED)
    assert all(change.is_turned for change in found.verdicts[: len(turned)]), "turned verdicts come first"


def test_a_review_of_nothing_new_changes_nothing() -> None:
    desk = open_desk("demo")
    row = desk.dataset.table("returns").iloc[0]
    same = deliver([(str(row["town_code"]), str(row["period"]), str(row["indicator"]), float(row["value"]))])
    found = review(desk, same.id, AS_OF)
    assert found.difference.is_empty
    assert not len(found.totals)
    assert not found.verdicts


def test_shipped_versions_and_written_ones_are_not_mixed_up() -> None:
    assert loading.home_of("demo", "v0003") == loading.SHIPPED / "demo"
    code = town(open_desk("demo"))
    publish("demo", deliver([(code, "2025", "total_output_yuan", 5e9)]).id, by("李四"), "v0003")
    assert loading.home_of("demo", "v0004") == loading.data_root() / "demo"
