"""A published figure is taken back with its reason, and what stands in the remarks reaches the reviewer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from cockpit.briefings import open_desk, review, trace
from cockpit.datasets.findings import Checked, Upload
from cockpit.datasets.publishing.releases import publish, roll_back
from cockpit.datasets.publishing.submissions import Submission, keep, remarks_of
from cockpit.datasets.store.loading import load
from cockpit.figure_sources.lines import leaves
from cockpit.visuals.data import blocks as data_blocks
from tests.acts import by
from tests.datasets.bad_files import TODAY, check, csv_bytes

pytestmark = pytest.mark.many

TOWN, NAME = "D330102A", "上城甲芯云小镇"
REASON = "误报为甲镇，应属乙镇"


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COCKPIT_DATA_DIR", str(tmp_path))


def sent(rows: list[list[Any]], name: str = "指标.csv") -> tuple[Checked, Upload]:
    upload = Upload(name, csv_bytes(rows))
    return check(upload.content, name), upload


def deliver(checked: Checked, upload: Upload) -> Submission:
    return keep("demo", [upload], checked, by("张三"), checked_against=load("demo").manifest.version)


def taken_back(word: str = "撤回", reason: str = REASON) -> tuple[Checked, Upload]:
    return sent([["小镇名称", "期间", "总产出（万元）", "就业人数", "备注"], [NAME, "2025", word, "", reason]])


@pytest.mark.parametrize("word", ["撤回", " 撤回 ", "Withdraw", "withdrawn", "撤销"])
def test_a_clerk_writes_the_word_and_the_reason(word: str) -> None:
    checked, _ = taken_back(word)
    assert checked.findings == ()
    assert checked.is_acceptable
    assert not checked.tables
    assert checked.withdrawn.to_dict("records") == [
        {"table": "returns", "town_code": TOWN, "period": "2025", "indicator": "total_output_yuan", "reason": REASON,
         "file": "指标.csv", "sheet": "", "cell": "C2"}
    ]  # fmt: skip


def test_without_a_reason_nothing_is_taken_back() -> None:
    checked, _ = taken_back(reason="")
    assert [(finding.rule, finding.cell) for finding in checked.findings] == [("no_reason", "C2")]
    assert not len(checked.withdrawn)


LOOK_ALIKES = [
    "作废", "已撤回", "撤回：误报", "撤回。", "【撤回】", "取消", "删除", "请删去", "作废（误报）", "已注销", "清空",
    "收回", "deleted", "Cancelled", "withdraw: wrong town", "void",
]  # fmt: skip


@pytest.mark.parametrize("word", LOOK_ALIKES)
@pytest.mark.parametrize("is_long", [False, True])
def test_what_looks_like_taking_back_is_told_how_it_is_done(word: str, is_long: bool) -> None:
    wide = [["小镇名称", "期间", "总产出（万元）", "备注"], [NAME, "2025", word, REASON]]
    long = [["小镇名称", "期间", "指标", "数值", "备注"], [NAME, "2025", "总产出", word, REASON]]
    checked, _ = sent(long if is_long else wide)
    (finding,) = checked.findings
    assert (finding.rule, finding.severity) == ("withdrawal_words", "error")
    assert "格内只写“撤回”二字，原因写在同一行“备注”" in finding.remedy("zh")
    assert "Withdraw" in finding.remedy("en")


def test_what_was_never_published_cannot_be_taken_back() -> None:
    checked, _ = sent([["小镇名称", "期间", "总产出（万元）", "备注"], [NAME, "2026-10", "撤回", REASON]])
    assert [(finding.rule, finding.cell) for finding in checked.findings] == [("nothing_to_withdraw", "C2")]


def test_a_long_table_and_land_take_back_as_well() -> None:
    long, _ = sent([["小镇名称", "期间", "指标", "数值", "备注"], [NAME, "2025", "总产出", "撤回", REASON]])
    assert long.withdrawn["indicator"].tolist() == ["total_output_yuan"]
    land, _ = sent([["小镇名称", "期间", "已用地", "备注"], [NAME, "2025", "撤回", REASON]], "用地.csv")
    assert land.withdrawn[["table", "indicator"]].values.tolist() == [["land", "in_use"]]


@pytest.mark.long
def test_a_figure_taken_back_is_missing_and_leaves_its_trace() -> None:
    before = open_desk("demo")
    at = before.cube.towns.index(TOWN)
    value = float(before.cube.of("total_output_yuan", "2025")[at])
    delivery = deliver(*taken_back())
    found = review(before, delivery.id, TODAY)
    (row,) = found.difference.cells.to_dict("records")
    assert (row["before"], row["reason"], pd.isna(row["after"])) == (value, REASON, True)
    assert (found.difference.withdrawn, found.difference.new, found.difference.changed) == (1, 0, 0)
    total = found.totals[(found.totals["indicator"] == "total_output_yuan") & (found.totals["period"] == "2025")].iloc[
        0
    ]
    assert total["before"] - total["after"] == pytest.approx(value)
    assert REASON in data_blocks.cells(found.difference.cells, before.register, {TOWN: NAME}, "zh")
    publish("demo", delivery.id, by("李四", "撤回"), "v0003")
    desk = open_desk("demo")
    assert pd.isna(desk.cube.of("total_output_yuan", "2025")[at]), "missing, not zero"
    told = trace(desk, TOWN, "2025", "total_output_yuan")
    assert (told.origin, told.value, told.reason) == ("withdrawn", None, REASON)
    assert told.cell is not None
    assert (told.cell.cell, told.cell.submitted_by, told.cell.file) == ("C2", "张三", "指标.csv")
    (line,) = leaves(desk, TOWN, "total_output_yuan", "2025")
    assert (line.is_missing, line.shown.zh) == (True, f"已撤回：{REASON}")
    assert load("demo").table("withdrawals")["value"].tolist() == [value], "what it was is kept"
    # Other towns and other figures of the town stay.
    assert len(load("demo").table("returns")) == len(before.dataset.table("returns")) - 1


@pytest.mark.long
def test_a_figure_taken_back_may_be_reported_anew_and_a_version_comes_back_whole() -> None:
    value = float(open_desk("demo").cube.of("total_output_yuan", "2025")[0])
    publish("demo", deliver(*taken_back()).id, by("李四", "撤回"), "v0003")
    checked, upload = sent([["小镇名称", "期间", "总产出（万元）"], [NAME, "2025", value / 1e4]])
    publish("demo", deliver(checked, upload).id, by("李四", "重报"), "v0004")
    desk = open_desk("demo")
    assert float(desk.cube.of("total_output_yuan", "2025")[0]) == pytest.approx(value)
    assert trace(desk, TOWN, "2025", "total_output_yuan").origin == "cell"
    roll_back("demo", "v0003", by("李四", "回退"))
    assert trace(open_desk("demo"), TOWN, "2025", "total_output_yuan").origin == "source"


@pytest.mark.long
def test_a_submitted_figure_loses_its_cell_when_it_is_taken_back() -> None:
    checked, upload = sent([["小镇名称", "期间", "总产出（万元）"], [NAME, "2025", 15_000_000]])
    publish("demo", deliver(checked, upload).id, by("李四"), "v0003")
    publish("demo", deliver(*taken_back()).id, by("李四", "撤回"), "v0004")
    assert not len(load("demo").table("return_sources"))


def test_reporting_and_taking_back_the_same_figure_is_told() -> None:
    checked, _ = sent(
        [["小镇名称", "期间", "总产出（万元）", "备注"], [NAME, "2025", "15000000", ""], [NAME, "2025", "撤回", REASON]]
    )
    assert [finding.rule for finding in checked.findings] == ["restated", "duplicate"]


def test_remarks_are_kept_and_shown_to_the_reviewer() -> None:
    checked, upload = sent(
        [
            ["小镇名称", "期间", "总产出（万元）", "备注"],
            [NAME, "2025", "15000000", "含新增企业<b>三</b>家"],
            [NAME, "", "", "待核"],
        ]
    )
    assert [(remark.cell, remark.town_code) for remark in checked.remarks] == [("D2", TOWN), ("D3", TOWN)]
    delivery = deliver(checked, upload)
    assert remarks_of(delivery) == checked.remarks
    shown = data_blocks.remarks(remarks_of(delivery), {TOWN: NAME}, "zh")
    assert "含新增企业&lt;b&gt;三" in shown
    assert NAME in shown
