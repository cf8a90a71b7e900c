"""Codes of firms: what is none is told, one firm is one however it is typed, and its figures can be taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.datasets.findings import Checked, Upload
from cockpit.datasets.publishing.merging import diff, merged
from cockpit.datasets.publishing.releases import publish
from cockpit.datasets.publishing.submissions import Submission, keep
from cockpit.datasets.store.firm_codes import as_published, fault, folded, published
from cockpit.datasets.store.loading import Dataset, load
from cockpit.policy.register import load as register
from cockpit.visuals.data import blocks as data_blocks
from tests.acts import by
from tests.datasets.bad_files import check, csv_bytes
from tests.datasets.intake.test_intake_tells import sheet

pytestmark = pytest.mark.many

HEAD = ["企业编码", "企业名称", "小镇编码", "期间", "营业收入（万元）", "从业人数", "备注"]
FIRM = ("F03516", "演示企业03516", "D330110A", "2025")  # 20,292 万元, 148 people
KEY = "F03516.revenue_yuan"


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COCKPIT_DATA_DIR", str(tmp_path))


def of(*rows: list[Any]) -> Checked:
    return check(sheet([HEAD, *rows], "企业"), "企业.xlsx")


def row(code: object = FIRM[0], revenue: object = None, staff: object = None, note: object = None) -> list[Any]:
    return [code, *FIRM[1:], revenue, staff, note]


def sent(checked: Checked) -> Submission:
    return keep("demo", [Upload("企业.xlsx", b"x")], checked, by("张三"), checked_against="v0003")


def told(checked: Checked, severity: str = "error") -> list[tuple[str, str]]:
    return [(finding.rule, finding.cell) for finding in checked.findings if finding.severity == severity]


NO_CODES = [
    "-", "—", "/", "无", "暂无", "待定", "不详", "同上", "N/A", "ＮＡ", "nan", "none", "null", "TBD", "True", "false",
    True, False, "是", 0, "0", "000", "-0", "?", "***", "F", "甲公司", "企业001", 1.5, "1.5", "9,130", "2025-01-01",
    "2025/9/30", "浙A001", "2025-9", "2025年9月", date(2025, 1, 1), datetime(2025, 1, 1, 8, 30), "08:30",
]  # fmt: skip


@pytest.mark.parametrize("code", NO_CODES, ids=repr)
def test_what_stands_for_no_code_is_told_and_nothing_of_its_row_is_read(code: object) -> None:
    checked = of(row(code, 5))
    assert told(checked) == [("bad_firm_code", "A2")]
    assert "firms" not in checked.tables
    for language in ("zh", "en"):
        assert "{" not in checked.findings[0].sentences(language)


@pytest.mark.parametrize("code", [9.13e17, "9.13E+17", "9.13E17", "9e17", "913301001234568000", 913301001234568000])
def test_a_code_that_lost_its_digits_is_told(code: object) -> None:
    assert told(of(row(code, 5))) == [("digits_lost", "A2")]


@pytest.mark.parametrize("code", ["F1", "123", 123, "91330100MA2ABCDE1X", "12345678-9", "A.001", "QY_2025/3"])
def test_what_may_be_a_code_is_one(code: object) -> None:
    assert told(of(row(code, 5))) == []


def test_codes_in_a_csv_are_held_to_the_same() -> None:
    rows = [HEAD[:5], ["True", *FIRM[1:], 5], ["f03516", *FIRM[1:], 5]]
    checked = check(csv_bytes(rows), "企业.csv")
    assert told(checked) == [("bad_firm_code", "A2")]
    assert checked.tables["firms"]["firm_id"].tolist() == ["F03516"]


SPELLINGS = ["f03516", "Ｆ03516", "F 03516", " f０3516", "F03\u200b516", "F03516\ufe0f", "F\u300003516"]


@pytest.mark.long
@pytest.mark.parametrize("typed", SPELLINGS, ids=ascii)
def test_a_code_meets_its_published_firm_however_it_is_typed(typed: str) -> None:
    checked = of(row(typed, 5))
    assert told(checked) == []
    assert ("firm_code_read", "A2") in told(checked, "warning") or ("invisible_signs", "A2") in told(checked, "warning")
    delivery = sent(checked)
    assert diff(load("demo"), delivery).rows["firms"] == (0, 1)
    publish("demo", delivery.id, by("李四"), "v0003")
    firms = load("demo").table("firms").set_index("firm_id")
    assert len(firms) == 20346, "no second firm beside it"
    assert firms.loc["F03516", "revenue_yuan"] == 50_000
    assert firms.loc["F03516", "staff_count"] == 148


@given(st.text(alphabet=st.characters(max_codepoint=0x3000)))
def test_folding_once_is_enough(code: str) -> None:
    assert folded(folded(code)) == folded(code)
    assert fault(folded(code)) in ("", "bad_firm_code", "digits_lost")


def older(*codes: str) -> Dataset:
    """The demonstration with some firms under codes as an older program let them in."""
    dataset = load("demo")
    firms = dataset.table("firms").head(len(codes)).assign(firm_id=list(codes))
    return replace(dataset, frames={**dataset.frames, "firms": firms})


def test_a_firm_published_in_another_spelling_is_met_by_the_folded_code() -> None:
    dataset = older("ab 1", "ＣD2", "EF3")
    assert as_published(dataset, pd.Series(["AB1", "cd2", "ef 3", "gh4"])).tolist() == ["ab 1", "ＣD2", "EF3", "GH4"]
    assert published(dataset, {"AB1", "EF3"}, ["name_zh"])["folded"].tolist() == ["AB1", "EF3"]


def test_merging_meets_it_too_in_a_delivery_kept_by_an_older_program() -> None:
    """Accepted rows lie as they were accepted: here with a code nobody folded."""
    checked = of(row("F03516", 5))
    frame = checked.tables["firms"].assign(firm_id="ｆ 03516")
    delivery = sent(replace(checked, tables={"firms": frame}))
    assert diff(load("demo"), delivery).rows["firms"] == (0, 1)
    firms = merged(load("demo"), delivery)["firms"]
    assert len(firms) == 20346
    assert firms.loc[firms["firm_id"] == "F03516", "revenue_yuan"].tolist() == [50_000]


def test_a_code_that_is_another_firms_is_told() -> None:
    checked = of(["F03516", "别的公司", *FIRM[2:], 20000, None, None])
    assert told(checked, "warning") == [("firm_name_differs", "A2:G2")]
    assert "演示企业03516" in checked.findings[0].what("zh")
    assert told(of(row(revenue=20000)), "warning") == []


# Figures taken back


@pytest.mark.long
def test_a_firms_figure_is_taken_back_with_its_reason_and_stands_in_the_difference() -> None:
    checked = of(row("f03516", "撤回", 150, "误报"))
    assert told(checked) == []
    assert checked.withdrawn.to_dict("records") == [
        {"table": "firms", "town_code": "D330110A", "period": "2025", "indicator": KEY, "reason": "误报",
         "file": "企业.xlsx", "sheet": "企业", "cell": "E2"}
    ]  # fmt: skip
    delivery = sent(checked)
    found = diff(load("demo"), delivery)
    (cell,) = found.cells.to_dict("records")
    assert (cell["table"], cell["indicator"], cell["before"], cell["reason"]) == ("firms", KEY, 202_920_000, "误报")
    assert (found.withdrawn, pd.isna(cell["after"])) == (1, True)
    for language, words in (
        ("zh", ("F03516 营业收入", "2.029 亿元", "撤回：误报")),
        ("en", ("F03516 Revenue", "202.9 million")),
    ):
        shown = data_blocks.cells(found.cells, register(), {}, language)
        assert all(word in shown for word in words), shown
    before = load("demo").table("firm_cubes")["revenue_yuan"].sum()
    publish("demo", delivery.id, by("李四"), "v0003")
    firm = load("demo").table("firms").set_index("firm_id").loc["F03516"]
    assert pd.isna(firm["revenue_yuan"]), "missing, not zero"
    assert (firm["tax_yuan"], firm["staff_count"]) == (40_770_000, 150), "its other figures are as they were or as sent"
    assert before - load("demo").table("firm_cubes")["revenue_yuan"].sum() == 202_920_000
    kept = load("demo").table("withdrawals").to_dict("records")[0]
    assert (kept["table"], kept["indicator"], kept["value"], kept["submitted_by"]) == (
        "firms",
        KEY,
        202_920_000,
        "张三",
    )
    again = of(row(revenue=7))
    publish("demo", sent(again).id, by("李四", "重报"), "v0004")
    assert load("demo").table("firms").set_index("firm_id").loc["F03516", "revenue_yuan"] == 70_000


def test_two_figures_of_two_firms_are_each_their_own() -> None:
    checked = of(
        row(revenue="撤回", staff="撤回", note="误报"),
        ["F03526", "演示企业03526", "D330110A", "2025", 5, "Withdraw", "other"],
    )
    assert checked.withdrawn[["indicator", "cell", "reason"]].values.tolist() == [
        [KEY, "E2", "误报"], ["F03516.staff_count", "F2", "误报"], ["F03526.staff_count", "F3", "other"]
    ]  # fmt: skip
    firms = merged(load("demo"), sent(checked))["firms"].set_index("firm_id")
    assert firms.loc[["F03516", "F03526"], "staff_count"].isna().all()
    assert firms.loc["F03526", "revenue_yuan"] == 50_000
    assert firms["staff_count"].isna().sum() == load("demo").table("firms")["staff_count"].isna().sum() + 2


@pytest.mark.parametrize(
    ("given", "rule", "cell"),
    [
        (row(revenue="撤回"), "no_reason", "E2"),
        (["F99999", "新企业", *FIRM[2:], "撤回", None, "误报"], "nothing_to_withdraw", "E2"),
        ([*FIRM[:3], "2024", "撤回", None, "误报"], "nothing_to_withdraw", "E2"),
        (row(revenue="已作废", note="误报"), "withdrawal_words", "E2"),
    ],
)
def test_what_cannot_be_taken_back_is_told(given: list[Any], rule: str, cell: str) -> None:
    checked = of(given)
    assert told(checked) == [(rule, cell)]
    assert not len(checked.withdrawn)


def test_figures_that_nobody_can_take_back_are_said_to_be_such() -> None:
    head = ["小镇编码", "计划开始日期", "截止日期", "计划投资（万元）", "备注"]
    checked = check(sheet([head, ["D330110A", "2025-01-01", "2027-12-31", "撤回", "误报"]], "三年计划"))
    assert ("cannot_withdraw", "D2") in told(checked)
    assert "指标、用地和企业" in next(at for at in checked.findings if at.rule == "cannot_withdraw").what("zh")
