"""Rows and headers as sheets bring them: names over two rows, tables in a row, totals and signatures."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

import openpyxl
import pytest

from cockpit.datasets.findings import Checked
from cockpit.datasets.intake.rows import is_remark, is_total
from tests.datasets.bad_files import RETURNS, check, csv_bytes, filled, saved

pytestmark = pytest.mark.many

NAME, OTHER, PERIOD = "上城甲芯云小镇", "上城乙创投小镇", "2026-10"
HEAD = ["小镇名称", "期间", "总产出（万元）", "就业人数"]
ROW = [NAME, PERIOD, 9052000, 25000]
MORE = [OTHER, PERIOD, 3440000, 9000]


def read(*rows: list[Any], merged: tuple[str, ...] = (), is_csv: bool = False) -> Checked:
    if is_csv:
        return check(csv_bytes([["" if cell is None else cell for cell in row] for row in rows]), "a.csv")
    book = openpyxl.Workbook()
    page = book.active
    page.title = RETURNS
    for row in rows:
        page.append(row)
    for area in merged:
        page.merge_cells(area)
    return check(saved(book))


def told(checked: Checked) -> list[tuple[str, str]]:
    """Findings of the sheet itself, without those that compare figures."""
    return [(at.rule, at.cell) for at in checked.findings if at.rule not in ("jump", "flow_falls", "part_exceeds")]


def cells(checked: Checked) -> set[str]:
    return set(checked.tables["returns"]["cell"]) if "returns" in checked.tables else set()


# A header of two rows

GROUPS = [["小镇名称", "期间", "产出", None, "就业人数"], [None, None, "总产出（万元）", "税收收入（万元）", None]]
MERGED = ("A1:A2", "B1:B2", "C1:D1", "E1:E2")


@pytest.mark.parametrize("is_csv", [False, True])
def test_names_merged_over_two_rows_are_read_with_those_below_their_groups(is_csv: bool) -> None:
    row = [NAME, PERIOD, 9052000, 731000, 25000]
    checked = read(*GROUPS, row, merged=MERGED, is_csv=is_csv)
    assert told(checked) == []
    assert cells(checked) == {"C3", "D3", "E3"}


def test_names_over_three_rows_and_a_row_of_units_are_read() -> None:
    head = [
        ["小镇名称", "期间", "经济", None, "就业人数"],
        [None, None, "产出", None, None],
        [None, None, "总产出", "税收收入", None],
        [None, None, "亿元", "万元", "人"],
    ]
    checked = read(["2026年特色小镇统计表"], *head, [NAME, PERIOD, 905.2, 731000, 25000])
    assert told(checked) == []
    assert cells(checked) == {"C6", "D6", "E6"}
    frame = checked.tables["returns"].set_index("cell")["value"]
    assert frame["C6"] == pytest.approx(9.052e10)
    assert frame["D6"] == pytest.approx(7.31e9)


def test_a_group_under_most_names_is_read_too() -> None:
    head = [
        ["小镇名称", "期间", "就业人数", "入驻企业", "产出", None],
        [None, None, None, None, "总产出（万元）", "税收收入（万元）"],
    ]
    checked = read(*head, [NAME, PERIOD, 25000, 900, 9052000, 731000])
    assert told(checked) == []
    assert cells(checked) == {"C3", "D3", "E3", "F3"}


def test_the_unit_of_a_group_is_that_of_its_columns() -> None:
    head = [
        ["小镇名称", "期间", "产出（亿元）", None, "投资（万元）", None],
        [None, None, "总产出", "税收收入", "固定资产投资", "民间投资"],
    ]
    checked = read(*head, [NAME, PERIOD, 905.2, 73.1, 400000, 90000])
    frame = checked.tables["returns"].set_index("cell")["value"]
    assert frame.tolist() == pytest.approx([9.052e10, 7.31e9, 4e9, 9e8])
    assert told(checked) == []


@pytest.mark.parametrize(
    "names",
    [["本期", "上年同期"], ["数值", "排名"], ["金额", "增速（%）"], ["一季度", "二季度"]],
)
def test_a_figure_with_parts_below_its_name_is_not_guessed(names: list[str]) -> None:
    head = [["小镇名称", "期间", "总产出（万元）", None], [None, None, *names]]
    checked = read(*head, [NAME, PERIOD, 9052000, 8890000], merged=("A1:A2", "B1:B2", "C1:D1"))
    assert [rule for rule, _ in told(checked)].count("two_headers") == 1
    assert not checked.is_acceptable
    assert cells(checked) == set()


# Tables in a row


def test_a_header_that_stands_again_is_skipped_and_told() -> None:
    assert told(read(HEAD, HEAD, ROW)) == [("header_again", "A2:D2")]
    for between in ([], [["本页小计", None, 9052000, 25000]]):
        checked = read(HEAD, ROW, *between, HEAD, MORE)
        again = f"A{3 + len(between)}:D{3 + len(between)}"
        assert ("header_again", again) in told(checked)
        assert checked.is_acceptable
        assert cells(checked) == {"C2", "D2", f"C{4 + len(between)}", f"D{4 + len(between)}"}


@pytest.mark.parametrize(
    "second",
    [
        ["小镇名称", "期间", "就业人数", "总产出（万元）"],
        ["小镇名称", "期间", "总产出（亿元）", "就业人数"],
        ["小镇名称", "期间", "税收收入（万元）", "入驻企业"],
        ["小镇编码", "期间", "规划面积", "建设用地"],
        [None, "小镇名称", "期间", "税收收入"],
    ],
)
@pytest.mark.parametrize("is_csv", [False, True])
def test_another_table_below_is_an_error_and_none_of_its_cells_is_read(second: list[Any], is_csv: bool) -> None:
    checked = read(HEAD, ROW, second, MORE, MORE, is_csv=is_csv)
    assert ("second_table", "A3:D5") in told(checked)
    assert not checked.is_acceptable
    assert cells(checked) == {"C2", "D2"}


@pytest.mark.parametrize("between", [["单位：亿元"], ["表2 2025年1-10月"], [None, "2025年"]])
def test_a_line_between_two_headers_makes_them_two_tables(between: list[Any]) -> None:
    """It may state another unit or period for the rows below."""
    checked = read(HEAD, ROW, between, HEAD, MORE)
    assert ("second_table", "A4:D5") in told(checked)
    assert cells(checked) <= {"C2", "D2"}


def test_another_table_above_is_told() -> None:
    above = [["小镇名称", "期间", "税收收入（万元）"], [OTHER, PERIOD, 5]]
    checked = read(*above, [*HEAD, "入驻企业"], [*ROW, 900])
    assert ("second_table", "A1:E2") in told(checked)
    assert not checked.is_acceptable


def test_a_figure_above_the_header_is_told_and_a_period_is_not() -> None:
    checked = read(["小镇数", 131, None, 2026], HEAD, ROW)
    assert told(checked) == [("above_table", "B1")]


# Totals and signatures

TOTALS = [
    "上城区合计（3个）", "累计", "均值", "平均", "全市", "全省", "小计", "总计", "全省（131个）", "合计3个镇",
    "（合计）", "平均值", "杭州市", "浙江省", "全部小镇", "合计：", "中位数", "3个小镇合计", "同比增长",
    "占全省比重", "Average", "全市平均（个）", "一、合计", "总 计", "共计（万元）", "杭州", "Province",
]  # fmt: skip


@pytest.mark.parametrize("word", TOTALS)
@pytest.mark.parametrize("is_csv", [False, True])
def test_totals_of_every_wording_are_told_and_left_out(word: str, is_csv: bool) -> None:
    checked = read(HEAD, ROW, [word, None, 12492000, 34000], [word, PERIOD, 12492000, 34000], is_csv=is_csv)
    assert told(checked) == [("total_row", "A3:D3"), ("total_row", "A4:D4")]
    assert checked.is_acceptable
    assert cells(checked) == {"C2", "D2"}


@pytest.mark.parametrize("place", [1, 2])
def test_a_total_is_found_in_whatever_text_stands_before_the_figures(place: int) -> None:
    head = ["序号", "乡镇", "所属园区", "小镇编码", "期间", "总产出（万元）"]
    total: list[Any] = [9, None, None, None, None, 12492000]
    total[place] = "合计"
    checked = read(head, [1, "甲", "乙", "D330102A", PERIOD, 9052000], total)
    assert ("total_row", "A3:F3") in told(checked)
    assert "town_missing" not in [rule for rule, _ in told(checked)]


@pytest.mark.parametrize(
    "name", ["全域旅游小镇", "平均小镇", "中位数小镇", "Average Town", "总部小镇", "杭州湾小镇", "各镇小镇"]
)
def test_towns_are_no_totals(name: str) -> None:
    assert not is_total(name)
    checked = read(HEAD, ROW, [name, PERIOD, 12492000, 34000])
    assert ("unknown_town", "A3") in told(checked)


SIGNATURES = [
    ["填表人："],
    ["填表人：", "李某", "审核：", "王某"],
    ["审核：王某", None, "填报日期：", datetime(2026, 11, 5)],
    ["联系电话", 85151234],
    ["填表人：李某", None, "联系电话", 13800000000],
    ["（盖章）"],
    ["杭州市统计局（盖章）"],
    ["盖章", None, None, "2026年11月5日"],
    ["填报日期", "2026-11-05"],
    ["单位负责人：张某", "统计负责人：李某", "填表人：王某", "报出日期：2026年11月5日"],
    ["分管领导签字："],
    [None, None, "2026年11月5日"],
    [None, None, None, datetime(2026, 11, 5)],
    ["※ 注：快报数"],
    ["复核：", "传真：0571-85151234", "邮箱：a@b.cn"],
]


@pytest.mark.parametrize("row", SIGNATURES)
def test_signatures_of_every_wording_are_told_and_left_out(row: list[Any]) -> None:
    checked = read(HEAD, ROW, row)
    assert [rule for rule, _ in told(checked)] == ["stray_note"]
    assert checked.is_acceptable
    assert cells(checked) == {"C2", "D2"}


@pytest.mark.parametrize("word", ["说明", "备注", "时间小镇", "日期"])
def test_a_row_with_figures_is_no_signature(word: str) -> None:
    checked = read(HEAD, ROW, [word, PERIOD, 3440000, 9000])
    assert ("unknown_town", "A3") in told(checked)
    assert not checked.is_acceptable


def test_a_town_may_be_called_like_the_beginning_of_a_note() -> None:
    assert not is_remark("时间小镇")
    assert is_remark("注：数据来自各镇")


# Rows and sheets of the template's own


def test_what_somebody_writes_beside_the_templates_instructions_is_told() -> None:
    book = openpyxl.load_workbook(io.BytesIO(filled()))
    about = book["说明"]
    about["D3"] = "本期为快报数"
    about.cell(about.max_row + 2, 1, "小镇名称")
    about.cell(about.max_row, 2, "总产出（万元）")
    findings = check(saved(book)).findings
    assert [(at.sheet, at.rule, at.value) for at in findings] == [
        ("说明", "stray_note", "本期为快报数"),
        ("说明", "second_table", "小镇名称"),
    ]
    assert check(filled()).findings == ()


def test_what_somebody_writes_into_the_templates_own_rows_is_told() -> None:
    head = ["小镇编码", "期间", "总产出", "就业人数", "备注"]
    rows = [
        ["单位", None, "万元", "人", "含新区"],
        ["说明", "快报", None, None, "待核"],
        ["D330102A", PERIOD, 9052000, 25000],
    ]
    checked = read(head, *rows)
    assert told(checked) == [("stray_note", "E2"), ("stray_note", "B3"), ("stray_note", "E3")]
    assert cells(checked) == {"C4", "D4"}
