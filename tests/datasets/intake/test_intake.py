"""A corpus of bad files: each fault alone is told at its cell, all of them together are told as well."""

from __future__ import annotations

import io
import re
import time
import zipfile
from datetime import datetime
from functools import cache
from types import SimpleNamespace
from typing import Any

import openpyxl
import pandas as pd
import pytest

from cockpit.datasets.findings import Finding, Upload, shown
from cockpit.datasets.intake import cells
from cockpit.datasets.intake import reading as intake_reading
from cockpit.datasets.intake.checking import check_uploads
from cockpit.datasets.intake.parts import UnreadableSheet
from cockpit.datasets.schema import TABLES
from cockpit.datasets.store.loading import load
from cockpit.datasets.store.versions import as_arrow
from cockpit.vocabulary import LANGUAGES, Text
from tests.datasets.bad_files import (
    PERIOD,
    RETURNS,
    TODAY,
    Change,
    at,
    changed,
    check,
    csv_bytes,
    empty,
    filled,
    part,
    rules,
    saved,
    with_parts,
)

pytestmark = pytest.mark.many

OUTPUT, TAX, STAFF, FIRMS = "总产出", "税收收入", "就业人数", "入驻企业"


def put(label: str, row: int, value: Any) -> Change:
    def change(book: openpyxl.Workbook, sheet: Any) -> None:
        at(sheet, label, row).value = value

    return change


def times(label: str, row: int, factor: float) -> Change:
    def change(book: openpyxl.Workbook, sheet: Any) -> None:
        cell = at(sheet, label, row)
        cell.value = cell.value * factor

    return change


def address(label: str, row: int) -> str:
    return str(at(openpyxl.load_workbook(io.BytesIO(empty()))[RETURNS], label, row).coordinate)


@pytest.mark.long
def test_a_template_filled_in_rightly_has_no_findings_and_gives_back_every_figure() -> None:
    checked = check(filled())
    assert checked.findings == ()
    assert checked.is_acceptable
    returns = checked.tables["returns"]
    old = load("demo").table("returns")
    old = old[(old["period"] == PERIOD) & old["town_code"].isin(returns["town_code"].unique())]
    key = ["town_code", "period", "indicator"]
    both = returns.merge(old.astype(dict.fromkeys(key, "object")), on=key, how="outer", suffixes=("", "_old"))
    assert len(both) == len(returns) == len(old)
    assert (both["value"] / both["value_old"] - 1).abs().max() < 1e-9
    assert set(returns["provenance"]) == {"simulated"}
    as_arrow(returns.drop(columns=["file", "sheet", "cell"]), TABLES["returns"])


def test_every_value_names_the_cell_it_came_from() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(filled()))[RETURNS]
    returns = check(filled()).tables["returns"]
    output = returns[returns["indicator"] == "total_output_yuan"]
    for row in output.itertuples():
        assert sheet[row.cell].value * 1e4 == pytest.approx(row.value)
        assert sheet.cell(sheet[row.cell].row, 1).value == row.town_code


# One fault, what is found, and where: the label of its column and its row.
FAULTS: dict[str, tuple[list[Change], list[tuple[str, str]]]] = {
    "not a number": ([put(OUTPUT, 5, "很多")], [("not_number", OUTPUT)]),
    "full-width digits": ([put(STAFF, 5, "１２３４")], [("full_width", STAFF)]),
    "thousands separators": ([put(OUTPUT, 5, "2,943,945")], [("thousands", OUTPUT)]),
    "unit in the cell": ([put(OUTPUT, 5, "294.4亿元")], [("unit_in_cell", OUTPUT)]),
    "a dash for nothing": ([put("高层次人才", 5, "—")], [("blank_word", "高层次人才")]),
    "half a person": ([put(STAFF, 5, 1234.5)], [("not_whole", STAFF)]),
    "below zero": ([put(STAFF, 5, -3)], [("out_of_range", STAFF)]),
    "more than all": ([put("绿化覆盖率", 5, 130)], [("out_of_range", "绿化覆盖率")]),
    "unknown town": ([put("小镇编码", 5, "D330102Z"), put("小镇名称", 5, None)], [("unknown_town", "小镇编码")]),
    "name of another town": ([put("小镇名称", 5, "上城丙财富小镇")], [("town_name_differs", "小镇名称")]),
    "not a period": ([put("期间", 5, "去年")], [("not_period", "期间")]),
    "a period that is not over": ([put("期间", 5, "2026-12")], []),
    "formula without value": ([put(OUTPUT, 5, "=F6*2")], [("formula_without_value", OUTPUT)]),
    "error cell": ([put(OUTPUT, 5, "#REF!")], [("error_cell", OUTPUT)]),
    "yuan for ten thousand yuan": ([times("研发经费", 5, 1e4)], [("unit_mix_up", "研发经费")]),
    "a hundred million for ten thousand": ([times("研发经费", 5, 1e-4)], [("unit_mix_up", "研发经费")]),
    "jump": ([times(TAX, 5, 9)], [("jump", TAX)]),
    "note under the table": ([put("小镇编码", 60, "注：以上数据为初步数")], []),
    "hidden row": ([lambda book, sheet: setattr(sheet.row_dimensions[6], "hidden", True)], []),
    "hidden column": ([lambda book, sheet: setattr(sheet.column_dimensions["F"], "hidden", True)], []),
    "hidden sheet": ([lambda book, sheet: setattr(sheet, "sheet_state", "hidden")], []),
}
ELSEWHERE = {
    "note under the table": [("stray_note", "A60")],
    "hidden row": [("hidden_rows", "6")],
    "hidden column": [("hidden_columns", "F")],
    "hidden sheet": [("hidden_sheet", "")],
}


@cache
def found_for(fault: str) -> tuple[Finding, ...]:
    return check(changed(*FAULTS[fault][0])).findings


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_alone_is_told_at_its_cell(fault: str) -> None:
    expected = FAULTS[fault][1]
    found = [(finding.rule, finding.cell) for finding in found_for(fault)]
    if fault == "a period that is not over":
        # The template is for September, and a row for December says another thing than its stamp.
        assert {rule for rule, _ in found} == {"period_ahead", "period_differs"}
        assert all(cell.endswith("5") for _, cell in found)
        return
    assert found == [(rule, address(label, 5)) for rule, label in expected] + ELSEWHERE.get(fault, [])


@pytest.mark.parametrize("fault", FAULTS)
def test_a_finding_shows_what_stands_in_its_cell(fault: str) -> None:
    """As it was typed, not as we read it: 29.4 stays 29.4 and does not turn into 294000 yuan."""
    sheet = openpyxl.load_workbook(io.BytesIO(changed(*FAULTS[fault][0])))[RETURNS]
    for finding in found_for(fault):
        if finding.cell.isalnum() and finding.cell[0].isalpha() and finding.cell[-1].isdigit():
            typed = sheet[finding.cell].value
            assert finding.value in (shown(typed), "") if str(typed).startswith("=") else finding.value == shown(typed)


@pytest.mark.long
def test_faults_together_are_all_told_and_spoil_nothing_else() -> None:
    values = [("税收收入", 7, "无"), (OUTPUT, 8, "abc"), (STAFF, 9, "１２"), ("期间", 10, "去年"), (FIRMS, 11, -1)]
    checked = check(changed(*(put(label, row, value) for label, row, value in values)))
    found = {cell: rule for rule, cell in rules(checked)}
    assert found[address("税收收入", 7)] == "blank_word"
    assert found[address(OUTPUT, 8)] == "not_number"
    assert found[address("期间", 10)] == "not_period"
    assert found[address(FIRMS, 11)] == "out_of_range"
    assert not checked.is_acceptable
    codes = set(checked.tables["returns"]["town_code"])
    whole = set(check(filled()).tables["returns"]["town_code"])
    assert len(whole - codes) == 1  # only the row whose period nobody can read


@pytest.mark.long
def test_the_same_town_twice_is_told_with_both_places() -> None:
    def twice(book: openpyxl.Workbook, sheet: Any) -> None:
        at(sheet, "小镇编码", 5).value = at(sheet, "小镇编码", 4).value
        at(sheet, "小镇名称", 5).value = at(sheet, "小镇名称", 4).value

    checked = check(changed(twice))
    duplicates = [finding for finding in checked.findings if finding.rule == "duplicate"]
    assert duplicates
    first = next(finding for finding in duplicates if finding.cell == address(OUTPUT, 5))
    assert first.values["other"] == f"{RETURNS}!{address(OUTPUT, 4)}"


def test_the_same_figure_in_two_files_is_told() -> None:
    uploads = [Upload("甲.xlsx", filled()), Upload("乙.xlsx", filled())]
    checked = check_uploads(uploads, load("demo"), as_of=TODAY)
    assert {(finding.rule, finding.file) for finding in checked.findings} >= {("duplicate", "乙.xlsx")}
    assert not checked.is_acceptable


def test_parts_that_exceed_the_whole() -> None:
    """3,500,000 万元 of specialty output are 350 亿元, more than the 334 亿元 of all output."""
    checked = check(changed(put("特色产业产出", 5, 3_500_000)))
    (finding,) = [finding for finding in checked.findings if finding.rule == "part_exceeds"]
    assert finding.cell == address("特色产业产出", 5)
    assert "特色产业产出为 350 亿元" in finding.what("zh")
    assert "超过总产出" in finding.what("zh")


@pytest.mark.long
def test_a_flow_that_falls_within_the_year() -> None:
    half_year = load("demo").table("returns")
    town = "D330102B"
    rows = half_year[(half_year["town_code"] == town) & (half_year["period"] == "2026-06")]
    tax = float(rows[rows["indicator"] == "tax_revenue_yuan"]["value"].iloc[0])
    checked = check(changed(put(TAX, 5, tax / 1e4 * 0.8)))
    assert ("flow_falls", address(TAX, 5)) in rules(checked)
    # Within the rounding of ten thousand yuan nothing fell.
    assert ("flow_falls", address(TAX, 5)) not in rules(check(changed(put(TAX, 5, tax / 1e4 * 0.999))))


@pytest.mark.long
def test_merged_cells_among_the_data() -> None:
    checked = check(changed(lambda book, sheet: sheet.merge_cells("F5:F6")))
    assert ("merged", "F5:F6") in rules(checked)
    assert not checked.is_acceptable

    # A title merged above the table harms nobody.
    def titled(book: openpyxl.Workbook, sheet: Any) -> None:
        sheet.insert_rows(1)
        sheet["A1"] = "2026年三季度特色小镇报送表"
        sheet.merge_cells("A1:H1")

    assert check(changed(titled)).findings == ()


@pytest.mark.long
def test_columns_missing_misspelt_strange_and_doubled() -> None:
    def misspell(book: openpyxl.Workbook, sheet: Any) -> None:
        at(sheet, TAX, 1).value = "税收入"

    (finding,) = check(changed(misspell)).findings
    assert (finding.rule, finding.cell, finding.severity) == ("misspelt_column", address(TAX, 1), "error")
    assert "“税收收入”" in finding.what("zh")

    def strange(book: openpyxl.Workbook, sheet: Any) -> None:
        sheet.cell(1, 70).value = "联系电话列"
        sheet.cell(5, 70).value = "x"

    assert rules(check(changed(strange))) == [("unknown_column", "BR1")]

    def double(book: openpyxl.Workbook, sheet: Any) -> None:
        at(sheet, "特色产业产出", 1).value = OUTPUT

    assert ("column_twice", address("特色产业产出", 1)) in rules(check(changed(double)))

    def townless(book: openpyxl.Workbook, sheet: Any) -> None:
        at(sheet, "小镇编码", 1).value = None
        at(sheet, "小镇名称", 1).value = None

    missing, note = check(changed(townless)).findings
    assert note.rule == "stray_note"  # without a column of towns nothing says that row 3 explains the columns
    assert (missing.rule, missing.what("zh")) == ("missing_column", "缺少“小镇编码”列")


@pytest.mark.long
def test_units_may_be_changed_in_the_header_and_unknown_ones_are_told() -> None:
    def in_hundred_millions(book: openpyxl.Workbook, sheet: Any) -> None:
        at(sheet, OUTPUT, 2).value = "亿元"
        for row in range(4, sheet.max_row + 1):
            cell = at(sheet, OUTPUT, row)
            cell.value = cell.value / 1e4 if cell.value else cell.value

    checked = check(changed(in_hundred_millions))
    assert checked.findings == ()
    changed_sum = checked.tables["returns"].query("indicator == 'total_output_yuan'")["value"].sum()
    sent_sum = check(filled()).tables["returns"].query("indicator == 'total_output_yuan'")["value"].sum()
    assert changed_sum == pytest.approx(sent_sum)
    assert ("unknown_unit", address(OUTPUT, 2)) in rules(check(changed(put(OUTPUT, 2, "万吨"))))


def test_totals_and_stray_notes_are_left_out() -> None:
    def total(book: openpyxl.Workbook, sheet: Any) -> None:
        row = sheet.max_row + 1
        sheet.cell(row, 1).value = "合计"
        at(sheet, OUTPUT, row).value = 123

    checked = check(changed(total))
    assert [rule for rule, _ in rules(checked)] == ["total_row"]
    assert checked.is_acceptable


def test_an_empty_template_says_so_once() -> None:
    assert rules(check(empty())) == [("empty_template", "")]


def test_towns_outside_the_templates_scope() -> None:
    other = str(load("demo").table("towns").query("prefecture_adcode != '330100'")["town_code"].iloc[0])
    name = load("demo").table("towns").set_index("town_code")["name_zh"][other]
    checked = check(changed(put("小镇编码", 5, other), put("小镇名称", 5, name)))
    assert ("outside_scope", "A5") in rules(checked)


def test_an_old_template_is_read_and_told() -> None:
    def older(book: openpyxl.Workbook, sheet: Any) -> None:
        book["说明"]["B2"] = "T-00000000"

    assert rules(check(changed(older))) == [("old_template", "")]


# CSV and Parquet


HEAD = ["小镇编码", "期间", "总产出（亿元）", "就业人数"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16", "utf-32"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_csv_in_the_encodings_people_send(encoding: str, delimiter: str) -> None:
    content = csv_bytes([HEAD, ["D330102B", "2026年1-9月", "294.4", "9000"]], encoding, delimiter)
    checked = check(content, "returns.csv")
    values = checked.tables["returns"].set_index("indicator")["value"]
    assert values["total_output_yuan"] == 294.4e8
    assert checked.tables["returns"]["cell"].tolist() == ["C2", "D2"]
    assert set(checked.tables["returns"]["period"]) == {"2026-09"}


def test_csv_that_is_no_text_is_refused() -> None:
    assert rules(check(b"\x81\x20\xff\xff,abc\n\xff", "a.csv")) == [("unknown_encoding", "")]


def test_long_tables_and_parquet_come_back_as_they_went() -> None:
    returns = load("demo").table("returns")
    sent = returns[(returns["period"] == PERIOD)].astype({"town_code": str, "period": str, "indicator": str})
    stream = io.BytesIO()
    sent[["town_code", "period", "indicator", "value"]].to_parquet(stream, index=False)
    for name, content in (
        ("returns.parquet", stream.getvalue()),
        ("returns.csv", sent[["town_code", "period", "indicator", "value"]].to_csv(index=False).encode()),
    ):
        checked = check(content, name)
        assert checked.findings == ()
        back = checked.tables["returns"]
        assert back["value"].tolist() == sent["value"].tolist()
        assert back["cell"].iloc[0] == "D2"


def test_a_long_table_may_state_units_and_they_must_fit() -> None:
    rows = [
        ["小镇编码", "期间", "指标", "数值", "单位"],
        ["D330102B", "2026-09", "总产出", "294.4", "亿元"],
        ["D330102B", "2026-09", "就业人数", "9000", "吨"],
    ]
    checked = check(csv_bytes(rows), "指标.csv")
    assert checked.tables["returns"]["value"].tolist() == [294.4e8]
    assert rules(checked) == [("unknown_unit", "E3")]


def test_firms_their_words_and_their_chain() -> None:
    rows = [
        ["企业编码", "企业名称", "小镇编码", "期间", "产业链", "链上环节", "高新技术企业", "营业收入（万元）"],
        ["F1", "演示甲", "D330102B", "2025", "数字安防", "数字安防·传感器", "是", "1200"],
        ["F2", "演示乙", "D330102B", "2025", "", "digital_security.sensors", "否", "5"],
        ["F3", "演示丙", "D330102B", "2025", "生物医药", "数字安防·传感器", "也许", "5"],
        ["F1", "演示甲", "D330102B", "2025", "", "", "", "1"],
        ["", "演示丁", "D330102B", "2025", "数字安仿", "", "", "1"],
    ]
    checked = check(csv_bytes(rows), "企业.csv")
    firms = checked.tables["firms"]
    assert firms["firm_id"].tolist() == ["F1", "F2"]
    assert firms["chain_id"].tolist() == ["digital_security", "digital_security"]
    assert firms["is_high_tech"].tolist() == [True, False]
    assert firms["revenue_yuan"].tolist() == [12_000_000, 50_000]
    assert set(rules(checked)) >= {
        ("not_flag", "G4"),
        ("duplicate_row", "A5:H5"),
        ("not_allowed", "E6"),
        ("missing_value", "A6"),
    }
    as_arrow(firms.drop(columns=["file", "sheet", "cell"]), TABLES["firms"])


def test_a_node_of_another_chain() -> None:
    rows = [
        ["企业编码", "企业名称", "小镇编码", "期间", "产业链", "链上环节"],
        ["F3", "演示丙", "D330102B", "2025", "生物医药", "数字安防·传感器"],
    ]
    assert rules(check(csv_bytes(rows), "firms.csv")) == [("other_chain", "A2:F2")]


def test_dates_flags_and_grades_of_the_smaller_sheets() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "核查"
    sheet.append(["小镇编码", "核查日期", "核查事项", "是否触碰"])
    sheet.append(["D330102A", datetime(2026, 5, 12), "生态保护红线", "否"])
    sheet.append(["D330102A", "2026年5月12日", "永久基本农田", "是"])
    sheet.append(["D330102A", "五月", "城镇开发边界", "否"])
    sheet.append(["D330102A", datetime(2027, 5, 12), "城镇开发边界", "否"])
    sheet.append(["D330102A", datetime(2026, 5, 12), "城镇边界", "否"])
    grades = book.create_sheet("年度考核")
    grades.append(["小镇编码", "年度", "考核等次"])
    grades.append(["D330102A", 2025, "优秀"])
    grades.append(["D330102B", "2025年", "优"])
    plans = book.create_sheet("三年计划")
    plans.append(["小镇编码", "计划开始日期", "截止日期", "计划投资"])
    plans.append(["D330102A", "2026-01-01", "2025-12-31", 1000])
    checked = check(saved(book))
    found = set(rules(checked))
    assert found >= {("date_as_text", "B3"), ("not_date", "B4"), ("date_ahead", "A5:D5"), ("not_allowed", "C6")}
    assert ("not_allowed", "C3") in found
    assert ("dates_reversed", "A2:D2") in found
    assert checked.tables["inspections"]["inspected_on"].tolist()[:2] == ["2026-05-12", "2026-05-12"]
    assert checked.tables["inspections"]["is_breach"].tolist()[:2] == [False, True]
    assert checked.tables["assessments"]["grade"].tolist() == ["excellent"]


def test_an_end_known_to_the_month_lies_on_its_last_day_and_an_event_of_this_month_has_happened() -> None:
    book = openpyxl.Workbook()
    plans = book.active
    plans.title = "三年计划"
    plans.append(["小镇编码", "计划开始日期", "截止日期", "计划投资"])
    plans.append(["D330102A", "2026-11-15", "2026年11月", 1000])
    plans.append(["D330102B", "2026-11-15", "2026年10月", 1000])
    checked = check(saved(book))
    reversed_ = [place for rule, place in rules(checked) if rule == "dates_reversed"]
    assert reversed_ == ["A3:D3"], "the month of the start ends after it"
    assert checked.tables["plans"]["ends_on"].tolist()[0] == "2026-11"


# Refusals: nothing is opened


def bomb() -> bytes:
    return with_parts(filled(), {"xl/worksheets/sheet2.xml": b"<worksheet>" + b" " * (300 << 20)})


def lying_bomb() -> bytes:
    """The directory claims a small part where a large one follows."""
    content = bytearray(with_parts(filled(), {"xl/zz.xml": b"<a/>" + b" " * (20 << 20)}))
    real = (4 + (20 << 20)).to_bytes(4, "little")
    return bytes(content).replace(real, (100).to_bytes(4, "little"))


def entity_attack() -> bytes:
    shared = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    book = part(filled(), "xl/workbook.xml")
    return with_parts(filled(), {"xl/workbook.xml": shared + re.sub(rb"^<\?xml[^>]*\?>", b"", book)})


def macro_workbook() -> bytes:
    return with_parts(filled(), {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"})


def linked_workbook() -> bytes:
    return with_parts(filled(), {"xl/externalLinks/externalLink1.xml": b"<externalLink/>"})


def workbook_of_many_parts() -> bytes:
    return with_parts(filled(), {f"xl/media/{number}.xml": b"<a/>" for number in range(2001)})


def tightly_packed_workbook() -> bytes:
    return with_parts(filled(), {"xl/media/a.bin": b"\0" * (3 << 20)})


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
REFUSED = {
    "zip bomb": ("a.xlsx", bomb, "zip_bomb"),
    "zip bomb whose directory lies": ("a.xlsx", lying_bomb, "damaged"),
    "too many parts": ("a.xlsx", workbook_of_many_parts, "too_many_parts"),
    "tightly packed": ("a.xlsx", tightly_packed_workbook, "zip_bomb"),
    "XML entities": ("a.xlsx", entity_attack, "xml_entities"),
    "macros": ("a.xlsm", macro_workbook, "macros"),
    "external links": ("a.xlsx", linked_workbook, "external_links"),
    "password": ("a.xlsx", lambda: OLE + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600, "password"),
    "old workbook": ("a.xls", lambda: OLE, "old_workbook"),
    "OpenDocument": ("a.ods", lambda: with_parts(filled(), {"mimetype": b"x"}), "other_workbook"),
    "a picture": ("a.xlsx", lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "not_a_table_file"),
    "a picture called csv": ("a.csv", lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "not_a_table_file"),
    "another zip": ("a.xlsx", lambda: with_parts(zip_of("readme.txt"), {}), "not_a_table_file"),
    "half a workbook": ("a.xlsx", lambda: filled()[: len(filled()) // 2], "damaged"),
    "nothing": ("a.xlsx", lambda: b"", "no_content"),
    "too large": ("a.xlsx", lambda: b"PK\x03\x04" + b"\0" * (65 << 20), "too_large"),
    "half a Parquet file": ("a.parquet", lambda: b"PAR1" + b"\0" * 50 + b"PAR1", "damaged"),
}


def zip_of(name: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(name, "x")
    return stream.getvalue()


@cache
def found_in(case: str) -> tuple[Finding, ...]:
    name, make, _ = REFUSED[case]
    checked = check(make(), name)
    assert checked.is_refused
    assert not checked.is_acceptable
    assert dict(checked.tables) == {}
    return checked.findings


@pytest.mark.parametrize("case", REFUSED)
def test_what_could_do_harm_is_refused_before_it_is_read(case: str) -> None:
    assert [(finding.rule, finding.severity) for finding in found_in(case)] == [(REFUSED[case][2], "refusal")]


def test_a_refusal_names_its_own_cause() -> None:
    """A file of many small parts is not large, and one that is packed tightly may be small."""
    assert "2000" in found_in("too many parts")[0].what("zh")
    assert "200 倍" in found_in("tightly packed")[0].what("zh")
    assert "MiB" not in found_in("tightly packed")[0].what("zh")
    for case in ("too many parts", "tightly packed", "zip bomb"):
        for language in LANGUAGES:
            assert "{" not in found_in(case)[0].sentences(language)


@pytest.mark.parametrize("others", [[], ["备用"]])
def test_a_sheet_that_is_refused_is_not_called_no_table_as_well(others: list[str]) -> None:
    book = openpyxl.Workbook()
    book.active.title = RETURNS
    book.active.cell(1_048_576, 1, "x")
    for title in others:
        book.create_sheet(title).append(["其他", "内容"])
    found = check(saved(book)).findings
    assert [at.rule for at in found if at.severity != "warning"] == ["too_many_rows"]


def test_a_workbook_of_charts_alone_is_not_damaged() -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    book.create_chartsheet("图")
    assert [at.rule for at in check(saved(book)).findings] == ["no_table"]


@pytest.mark.parametrize("where", ["scan", "CalamineWorkbook", "plain_names"])
@pytest.mark.parametrize(
    "fault", [MemoryError(), OSError(12, "Cannot allocate memory"), RuntimeError("memory allocation of 8 bytes failed")]
)
def test_memory_that_ran_out_is_not_called_damage(
    monkeypatch: pytest.MonkeyPatch, where: str, fault: Exception
) -> None:
    """Readers wrap what they could not have into faults of their own; the caller has words for it."""

    def wrapped(*_: object) -> None:
        try:
            raise fault
        except Exception as error:
            raise UnreadableSheet(str(error)) from error

    is_reader = where == "CalamineWorkbook"
    monkeypatch.setattr(intake_reading, where, SimpleNamespace(from_filelike=wrapped) if is_reader else wrapped)
    with pytest.raises(MemoryError):
        check(filled())


def test_a_stray_cell_far_out_costs_no_memory() -> None:
    checked = check(changed(lambda book, sheet: sheet.cell(1_048_576, 16_384, "x")))
    assert [(finding.rule, finding.sheet) for finding in checked.findings] == [("too_many_rows", RETURNS)]


def test_a_refused_file_does_not_hide_another() -> None:
    uploads = [Upload("坏.xlsx", b"PK\x03\x04zz"), Upload("好.xlsx", filled())]
    checked = check_uploads(uploads, load("demo"), as_of=TODAY)
    assert [finding.file for finding in checked.findings] == ["坏.xlsx"]
    assert len(checked.tables["returns"]) > 100
    assert not checked.is_acceptable


def test_a_rule_that_breaks_everywhere_is_cut_off_and_counted() -> None:
    rows = [HEAD] + [["D330102B", "2026-09", "x", ""] for _ in range(2500)]
    checked = check(csv_bytes(rows), "returns.csv")
    assert sum(finding.rule == "not_number" for finding in checked.findings) == 2000
    (more,) = [finding for finding in checked.findings if finding.rule == "more"]
    assert more.values["count"] == 500


@pytest.mark.long
def test_many_strange_words_cost_no_more_than_many_rows() -> None:
    """Nearest words are looked for fifty times a column, not ten thousand times."""
    head = ["企业编码", "企业名称", "小镇编码", "期间", "链上环节"]
    rows = [head] + [[f"F{at}", "演示", f"D3301{at:05d}Z", "2025", f"数字安防·传感{at}"] for at in range(10_000)]
    start = time.process_time()
    checked = check(csv_bytes(rows), "firms.csv")
    assert time.process_time() - start < 5
    first = next(finding for finding in checked.findings if finding.rule == "unknown_town")
    assert isinstance(first.values["hint"], Text)
    assert first.values["hint"].zh.startswith("是否为“D33")
    assert (
        sum(finding.values["hint"] != Text("", "") for finding in checked.findings if finding.rule == "not_allowed")
        == 50
    )


def test_a_lone_figure_misses_its_town() -> None:
    checked = check(
        csv_bytes([HEAD, ["D330102B", "2026-09", "294.4", "9000"], ["", "2026-09", "5", ""], ["", "", "7", ""]]),
        "returns.csv",
    )
    assert [finding.rule for finding in checked.findings if finding.severity == "error"].count("town_missing") == 2


def all_findings() -> list[Finding]:
    return [f for fault in FAULTS for f in found_for(fault)] + [f for case in REFUSED for f in found_in(case)]


@pytest.mark.long
def test_every_finding_speaks_both_languages() -> None:
    for finding in all_findings():
        for language in LANGUAGES:
            text = finding.sentences(language)
            assert "{" not in text, finding.rule
            said = text.replace(finding.value, "")
            if language == "en":
                # Names of towns and units on the sheet stay as they are written there.
                assert len(re.findall(r"[\u4e00-\u9fff]", said)) <= 12, text


def test_real_data_are_submitted_never_simulated() -> None:
    town = str(load("public").table("towns")["town_code"].iloc[0])
    checked = check(csv_bytes([HEAD, [town, "2025", "3.5", "900"]]), "returns.csv", dataset="public")
    assert set(checked.tables["returns"]["provenance"]) == {"submitted"}
    assert isinstance(checked.tables["returns"]["value"].dtype, type(pd.Series([1.0]).dtype))


def test_a_text_has_a_longest_length_by_column() -> None:
    def told(name: str) -> list[tuple[str, str]]:
        head = ["企业编码", "企业名称", "小镇编码", "期间", "产业链", "链上环节"]
        row = ["B1", name, "D330102A", "2025", "数字安防", "数字安防·传感器"]
        return rules(check(csv_bytes([head, row]), "企业.csv"))

    assert told("镇" * 60) == []
    assert told("镇" * 61) == [("text_too_long", "B2")]
    assert told("镇" * 500_000) == [("text_too_long", "B2")]
    assert told("企\u202e业") == [("invisible_signs", "B2")]
    assert ("invisible_signs", "B2") in told("\u200b")


def test_a_text_that_is_too_long_says_column_length_and_limit() -> None:
    found = cells.text("镇" * 61, 60)
    assert found == (None, "text_too_long", {"length": 61, "limit": 60})
    assert cells.text("镇\u200b" * 60, 60) == ("镇" * 60, "invisible_signs", {})
