"""Downloads: figures as seen, units beside them, nothing that runs as a formula."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from pandas import read_csv

from cockpit.exports.tables import Sheet, harmless, write_csv, write_xlsx

NASTY = ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\tx", "\rx"]


def sheet(rows: tuple[tuple[str | float | int | None, ...], ...]) -> Sheet:
    return Sheet("小镇", ("小镇", "总产出"), ("", "亿元"), rows, (("期间", "2025年全年"),), "说明")


def test_workbook_has_units_frozen_heads_and_notes() -> None:
    book = load_workbook(io.BytesIO(write_xlsx(sheet((("余杭甲数智小镇", 12.5), ("无报送小镇", None))))))
    page = book["小镇"]
    assert [cell.value for cell in page[1]] == ["小镇", "总产出"]
    assert [cell.value for cell in page[2]] == [None, "亿元"]
    assert page["B3"].value == 12.5
    assert page["B4"].value is None, "missing stays blank, never zero"
    assert page.freeze_panes == "B3"
    assert book["说明"]["B1"].value == "2025年全年"


def test_csv_opens_in_excel_with_its_units() -> None:
    raw = write_csv(sheet((("余杭甲数智小镇", 12.5),)))
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
    # Nothing but rows: what is to be known of the table stands in columns, where no machine adds it up.
    assert rows == [["小镇", "总产出 (亿元)", "期间"], ["余杭甲数智小镇", "12.5", "2025年全年"]]
    assert read_csv(io.BytesIO(write_csv(sheet((("甲", 128.0),))))).iloc[0, 1] == 128
    assert b"128.0" not in write_csv(sheet((("甲", 128.0),)))


def test_no_text_runs_as_a_formula() -> None:
    book = load_workbook(io.BytesIO(write_xlsx(sheet(tuple((text, 1.0) for text in NASTY)))))
    cells = [row[0] for row in book["小镇"].iter_rows(min_row=3)]
    assert all(cell.data_type == "s" for cell in cells)
    assert all(str(cell.value).startswith("'") for cell in cells)


@given(st.text())
def test_harmless_text_never_starts_a_formula(text: str) -> None:
    assert not str(harmless(text)).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_numbers_stay_numbers() -> None:
    assert harmless(-5.5) == -5.5
    assert harmless(float("nan")) is None


@pytest.mark.parametrize("title", ["Targets of 2030: how much [proposed]", "'a/b\\c*d?'", "目标" * 40])
def test_a_title_no_workbook_takes_as_a_sheets_name_is_made_one(title: str) -> None:
    found = Sheet(title, ("a",), ("",), ((1,),), (), "[说明]")
    book = load_workbook(io.BytesIO(write_xlsx(found)))
    assert all(0 < len(name) <= 31 for name in book.sheetnames)
