"""The desk's review of elements: every row that would be new or changed stands there with its cell and its values."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cockpit.datasets.findings import Upload
from cockpit.datasets.intake.checking import check_uploads
from cockpit.datasets.publishing.merging import diff
from cockpit.datasets.publishing.releases import publish
from cockpit.datasets.publishing.submissions import Submission, keep
from cockpit.datasets.store.loading import current_marker, load
from cockpit.datasets.template.workbook import HEADER_ROWS, template
from tests.acts import by
from tests.pages.opening import open_page, words

AS_OF = date(2026, 11, 23)
TOWN = "D330110A"
FUND = {"基金名称": "甲基金", "层级": "省级", "期间": "2026-06", "认缴": 5000, "实缴": 3000}


@pytest.fixture(autouse=True)
def _own_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("COCKPIT_DATA_DIR", str(tmp_path))


def deliver(row: Mapping[str, Any], who: str = "张三") -> Submission:
    """A finance workbook with one fund in it, handed in."""
    book = openpyxl.load_workbook(io.BytesIO(template(load("demo"), "2026-06", as_of=AS_OF, checker="finance")))
    sheet = book["产业基金"]
    places = {str(cell.value).rstrip("*"): cell.column for cell in sheet[1] if cell.value}
    for name, value in {"小镇编码": TOWN, **row}.items():
        for line in range(HEADER_ROWS + 1, sheet.max_row + 1):
            sheet.cell(line, places["小镇编码"]).value = None
        sheet.cell(HEADER_ROWS + 1, places[name]).value = value
    sheet.cell(HEADER_ROWS + 1, places["小镇编码"]).value = TOWN
    stream = io.BytesIO()
    book.save(stream)
    upload = Upload("基金.xlsx", stream.getvalue())
    checked = check_uploads([upload], load("demo"), as_of=AS_OF)
    assert checked.is_acceptable, [(item.rule, item.cell) for item in checked.findings]
    return keep("demo", [upload], checked, by(who), checked_against=current_marker("demo"))


def test_a_new_entry_and_a_changed_one_are_told_field_by_field() -> None:
    first = deliver(FUND)
    (row,) = diff(load("demo"), first).entries
    assert (row.table, row.town_code, row.is_new) == ("element_fund", TOWN, True)
    assert row.key == {"name": "甲基金", "period": "2026-06"}
    assert ("committed", None, 5e7) in row.fields
    text = words(open_page("data", {"part": "review", "lang": "zh"}))
    for told in (
        "会改变的条目",
        "甲基金 · 2026年1–6月",
        "认缴：5000 万元",
        "层级：省级",
        "<small>产业基金 ",
        "产业基金<small>新增",
    ):
        assert told in text, told
    publish("demo", first.id, by("李四", "年报"), current_marker("demo"))
    second = deliver({**FUND, "实缴": 4000})
    (row,) = diff(load("demo"), second).entries
    assert (row.is_new, row.fields) == (False, (("paid", 3e7, 4e7),))
    assert row.cell
    text = words(open_page("data", {"part": "review", "lang": "en"}))
    assert "Paid in: 30 million yuan → 40 million yuan" in text
    assert "Rows that would change" in text
