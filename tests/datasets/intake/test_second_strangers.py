"""What a second round of strangers tried: names that take back, codes of two towns in a row, dates for months.

Units with exceptions, remarks that contradict, void sheets.
"""

from __future__ import annotations

from datetime import date, datetime

import pytest

from cockpit.datasets.intake.when import period
from tests.datasets.intake.papers import TOWN, book, check, figures, table, told

pytestmark = pytest.mark.many

HEAD = "小镇名称,期间,总产出（万元）"


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("小镇编码,中文名,备注", "D330102B,撤回,名称有误"),
        ("小镇编码,英文名,备注", "D330102B,Withdraw,slip"),
        ("企业编码,企业名称,小镇编码,期间,营业收入（万元）", "F99999,撤回,D330102A,2025,100"),
    ],
)
def test_a_name_is_not_taken_back(head: str, row: str) -> None:
    checked = check(table(head, row))
    assert "cannot_withdraw" in told(checked)
    assert not checked.is_acceptable


def test_a_new_name_of_a_town_is_told() -> None:
    checked = check(table("小镇编码,中文名,备注", "D330102A,上城甲芯片小镇,更名"))
    found = next(item for item in checked.findings if item.rule == "town_renamed")
    assert found.what("zh") == "D330102A 由“上城甲芯云小镇”改名为“上城甲芯片小镇”"
    assert checked.is_acceptable


def test_the_code_of_another_town_beside_a_code_is_told() -> None:
    head = "小镇编码," + HEAD
    assert told(check(table(head, "D330102A,D330102B,2026-09,9052000"))) == {"town_name_differs": "B2"}
    assert told(check(table(head, "D330102A,DM-330102-B-9,2026-09,9052000")))["code_check"]
    assert told(check(table(head, "D330102A,D330102A,2026-09,9052000"))) == {}


@pytest.mark.parametrize(
    ("day", "one", "other"),
    [
        (date(2026, 1, 9), "2026年1月", "2026年1–9月"),
        (datetime(2026, 1, 12), "2026年1月", "2026年全年"),
        (date(2025, 1, 1), "2025年1月", "2025年全年"),
    ],
)
def test_a_date_of_january_is_asked_about(day: date, one: str, other: str) -> None:
    read, rule, values = period(day)
    assert (read, rule) == (None, "unclear_date")
    assert (str(values["one"].zh), str(values["other"].zh)) == (one, other)  # type: ignore[attr-defined]


@pytest.mark.parametrize("day", [date(2026, 9, 1), date(2026, 9, 30), date(2026, 1, 31)])
def test_any_other_date_stands_for_its_month(day: date) -> None:
    assert period(day)[:2] == (f"{day:%Y-%m}", "")


def test_a_remark_that_takes_back_beside_a_figure_is_asked_about() -> None:
    checked = check(table(HEAD + ",备注", f"{TOWN},2026-09,9052000,撤回"))
    assert told(checked) == {"remark_withdraws": "D2"}
    assert not checked.is_acceptable


@pytest.mark.parametrize(
    "line",
    [
        "注：除税收收入外，单位为亿元", "单位：亿元（税收为万元）", "单位：亿元（特别注明的除外）",
        "单位：万元（总产出为亿元）",
    ],
)  # fmt: skip
def test_a_unit_with_an_exception_is_no_unit_of_the_table(line: str) -> None:
    checked = check(book([[line], ["小镇名称", "期间", "总产出", "税收收入"], [TOWN, "2026-09", 905.2, 73.1]]))
    assert "unknown_unit_line" in told(checked)


@pytest.mark.parametrize("line", ["单位：亿元（人民币）", "单位：亿元，家", "单位：亿元"])
def test_a_unit_without_one_is(line: str) -> None:
    checked = check(book([[line], ["小镇名称", "期间", "总产出", "税收收入"], [TOWN, "2026-09", 905.2, 73.1]]))
    assert told(checked) == {}
    assert figures(checked)[0] == ("2026-09", "total_output_yuan", 9.052e10)


def test_a_unit_below_the_table_that_was_read_is_not_told_as_unread() -> None:
    rows: list[list[object]] = [
        ["小镇名称", "期间", "总产出", "税收收入"],
        [TOWN, "2026-09", 905.2, 73.1],
        ["注：单位为亿元"],
    ]
    checked = check(book(rows))
    assert told(checked) == {}
    assert figures(checked)[0] == ("2026-09", "total_output_yuan", 9.052e10)


@pytest.mark.parametrize("title", ["作废", "草稿，请勿使用", "draft"])
def test_a_void_sheet_is_told_by_its_title_and_by_its_name(title: str) -> None:
    rows: list[list[object]] = [["小镇名称", "期间", "总产出（万元）", "就业人数"], [TOWN, "2026-09", 9052000.0, None]]
    above = check(book([[title], *rows]))
    assert told(above) == {"other_figure_above": "A1"}
    named = check(book(rows, title=f"指标{title}"))
    assert told(named) == {"other_figure_above": ""}


def test_the_name_of_a_sheet_that_states_another_period_is_told() -> None:
    checked = check(book([["小镇名称", "期间", "总产出（万元）"], [TOWN, "2026-09", 9052000.0]], title="2025年上半年"))
    assert told(checked) == {"other_period_above": ""}


def test_a_second_report_names_the_file_of_the_first() -> None:
    row = f"{TOWN},2026-09,9052000"
    checked = check(table(HEAD, row, name="甲.csv"), table(HEAD, row, name="乙.csv"))
    found = next(item for item in checked.findings if item.rule == "duplicate")
    assert "甲.csv" in found.what("zh")


def test_what_stands_beside_a_name_is_quoted_as_written() -> None:
    checked = check(table("小镇名称,期间,总产出（1-8月快报）", f"{TOWN},2026-09,9052000"))
    found = next(item for item in checked.findings if item.rule == "other_figure")
    assert "1-8月快报" in found.what("zh")
