"""The template and the marked return: opened again, as a clerk's program would."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest

from cockpit.datasets.findings import Upload
from cockpit.datasets.intake.marks import annotate
from cockpit.datasets.store.loading import load
from cockpit.datasets.template.sheets import sheet_kinds
from cockpit.datasets.template.stamp import template_version
from cockpit.datasets.template.workbook import HEADER_ROWS, template
from cockpit.errors import CockpitError, DatasetError
from tests.datasets.bad_files import PERIOD, RETURNS, TODAY, at, changed, check, csv_bytes, empty, filled


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def test_the_first_sheet_says_version_period_and_scope() -> None:
    about = opened(empty())["说明"]
    facts = {row[0]: row[1] for row in about.iter_rows(min_row=2, max_row=12, max_col=2, values_only=True) if row[0]}
    assert facts["模板版本"] == template_version()
    assert facts["报送期间"] == PERIOD
    assert facts["范围"] == "330100 杭州"
    assert facts["模拟"] == "演示数据：小镇为虚构，上期数为模拟"


def test_a_sheet_for_each_table_with_label_unit_and_note() -> None:
    book = opened(empty())
    assert book.sheetnames == ["说明", *(kind.title.zh for kind in sheet_kinds() if not kind.checker), "_lists"]
    sheet = book[RETURNS]
    head = at(sheet, "总产出", 1)
    assert sheet.cell(2, head.column).value == "万元"
    assert "当年累计" in sheet.cell(3, head.column).value
    assert "条款" in sheet.cell(3, head.column).value
    assert sheet.freeze_panes == "C4"


def test_headers_are_locked_and_figures_are_not() -> None:
    book = opened(empty())
    for kind in (kind for kind in sheet_kinds() if not kind.checker):
        sheet = book[kind.title.zh]
        assert sheet.protection.sheet
        for field in kind.fields:
            assert at(sheet, field.label.zh, 1).protection.locked
            if field.is_value or field.kind == "category":
                assert not at(sheet, field.label.zh, HEADER_ROWS + 1).protection.locked


def test_last_figures_stand_in_grey_beside_the_empty_cells() -> None:
    sheet = opened(empty())[RETURNS]
    cell = at(sheet, "总产出·上期", HEADER_ROWS + 1)
    town = sheet.cell(HEADER_ROWS + 1, 1).value
    returns = load("demo").table("returns").set_index(["town_code", "period", "indicator"])["value"]
    assert cell.value == pytest.approx(returns[town, "2025-09", "total_output_yuan"] / 1e4)
    assert sheet.cell(3, cell.column).value == "2025年1–9月"
    assert cell.protection.locked
    assert at(sheet, "总产出", HEADER_ROWS + 1).value is None


@pytest.mark.long
def test_only_towns_of_the_scope_are_listed() -> None:
    for scope, column in (("330100", "prefecture_adcode"), ("330110", "county_adcode"), ("", "")):
        sheet = opened(template(load("demo"), PERIOD, as_of=TODAY, scope=scope))[RETURNS]
        listed = [cell.value for cell in sheet["A"][HEADER_ROWS:] if cell.value]
        towns = load("demo").towns
        wanted = towns[towns[column].astype(str) == scope] if scope else towns
        assert listed == wanted["town_code"].tolist()
    with pytest.raises(DatasetError, match="no town in '999999'"):
        template(load("demo"), PERIOD, as_of=TODAY, scope="999999")
    with pytest.raises(CockpitError, match="not a period"):
        template(load("demo"), "2026-13", as_of=TODAY)


def test_drop_downs_and_ranges_are_those_of_the_intake() -> None:
    book = opened(empty())
    lists = {rule.formula1 for rule in book["年度考核"].data_validations.dataValidation}
    assert '"优秀,良好,合格,警告,降格"' in lists
    firms = {rule.formula1 for rule in book["企业"].data_validations.dataValidation}
    assert any(rule.lstrip("=").startswith("list_node_id_") for rule in firms)
    assert '"是,否"' in firms
    words = [cell.value for cell in book["_lists"]["A"]]
    assert "数字安防·传感器" in words
    ranges = [rule for rule in book[RETURNS].data_validations.dataValidation if rule.type in ("whole", "decimal")]
    assert len(ranges) == sum(field.is_value for field in sheet_kinds()[0].fields)


@pytest.mark.long
def test_english_templates_are_english_and_read_like_chinese_ones() -> None:
    book = opened(template(load("demo"), PERIOD, as_of=TODAY, scope="330100", language="en"))
    for sheet in book:
        for row in sheet.iter_rows(values_only=True, max_row=HEADER_ROWS):
            for value in row:
                assert not any("\u4e00" <= sign <= "\u9fff" for sign in str(value or "")), value
    sheet = book["Returns"]
    at(sheet, "Total output", 4).value = 8_490_869
    stream = io.BytesIO()
    book.save(stream)
    checked = check(stream.getvalue())
    assert checked.findings == ()
    assert checked.tables["returns"]["value"].tolist() == [84_908_690_000]


@pytest.mark.long
def test_the_public_dataset_has_a_template_too() -> None:
    content = template(load("public"), "2025", as_of=date(2026, 11, 23))
    assert "模拟" not in [cell.value for cell in opened(content)["说明"]["A"]]
    assert [finding.rule for finding in check(content, dataset="public").findings] == ["empty_template"]


def test_the_marked_return_colours_comments_and_lists() -> None:
    content = changed(
        lambda book, sheet: setattr(at(sheet, "总产出", 5), "value", "很多"),
        lambda book, sheet: setattr(at(sheet, "就业人数", 6), "value", "１２３４"),
    )
    checked = check(content)
    book = opened(annotate(Upload("报送.xlsx", content), checked.findings, "zh"))
    summary, sheet = book.worksheets[0], book[RETURNS]
    assert summary.title == "检查结果"
    assert summary.max_row == 1 + len(checked.findings)
    red, amber = at(sheet, "总产出", 5), at(sheet, "就业人数", 6)
    assert red.fill.fgColor.rgb.endswith("F8B4AE")
    assert amber.fill.fgColor.rgb.endswith("FCE5A6")
    assert "应为数字，现为“很多”" in red.comment.text
    assert summary.cell(2, 4).hyperlink.location == f"'{RETURNS}'!{red.coordinate}"
    # Sent again as it is, the marks change nothing.
    stream = io.BytesIO()
    book.save(stream)
    again = check(stream.getvalue())
    assert [(finding.rule, finding.cell) for finding in again.findings] == [
        (finding.rule, finding.cell) for finding in checked.findings
    ]


def test_the_return_of_a_csv_runs_no_formula() -> None:
    content = csv_bytes([["小镇编码", "期间", "总产出"], ["=HYPERLINK(1)", "2026-09", "5"]])
    checked = check(content, "returns.csv")
    book = opened(annotate(Upload("returns.csv", content), checked.findings, "en"))
    for sheet in book:
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_the_return_of_a_refused_file_is_the_list_alone() -> None:
    checked = check(b"PK\x03\x04zz")
    book = opened(annotate(Upload("报送.xlsx", b"PK\x03\x04zz"), checked.findings, "zh"))
    assert book.sheetnames == ["检查结果"]
    assert book["检查结果"]["A2"].value == "拒收"


def test_filled_templates_stay_valid_after_saving() -> None:
    sheet = opened(filled())[RETURNS]
    assert sheet.protection.sheet
    assert sheet.freeze_panes == "C4"
