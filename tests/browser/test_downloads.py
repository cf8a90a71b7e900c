"""What a clerk takes away: the table as seen, with units, note of the filter, and Chinese that Excel reads."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect


def test_csv_and_workbook_hold_the_table_as_seen(open_page: Callable[..., Page], tmp_path: Path) -> None:
    page = open_page("/towns?prefecture=330100&columns=tax_revenue_yuan")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="下载 CSV").click()
    raw = Path(waiting.value.path()).read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
    assert "税收收入 (亿元)" in rows[0]
    assert len(rows) == 1 + 36, "nothing but rows"
    assert {row[rows[0].index("筛选")] for row in rows[1:]} == {"杭州"}
    assert all("虚构" in row[rows[0].index("模拟")] for row in rows[1:])
    with page.expect_download() as waiting:
        page.get_by_role("button", name="下载 Excel").click()
    path = tmp_path / "towns.xlsx"
    waiting.value.save_as(path)
    book = load_workbook(path)
    assert book["小镇"].max_row == 2 + 36
    notes = {row[0]: row[1] for row in book["说明"].iter_rows(values_only=True)}
    assert notes["筛选"] == "杭州"
    assert "虚构" in notes["模拟"]


@pytest.mark.long
def test_no_picture_of_a_chart_leaves_without_its_mark(open_page: Callable[..., Page]) -> None:
    """Streamlit's own buttons would hand out bare figures: no title, no period, no unit, nothing says 模拟."""
    page = open_page("/targets")
    shown = page.get_by_test_id("stVegaLiteChart").first
    shown.scroll_into_view_if_needed()
    shown.hover()
    frame = page.get_by_test_id("stElementToolbar").first
    expect(frame).to_be_attached()
    found = page.locator('button[aria-label^="Download as"], button[aria-label^="Copy Vega-Lite"]')
    assert found.count(), "Streamlit names its buttons otherwise now: the stylesheet no longer finds them"
    for button in found.all():
        expect(button).to_be_hidden()


@pytest.mark.long
def test_the_sheet_of_a_town_and_those_of_the_filter_are_taken_along(
    open_page: Callable[..., Page], tmp_path: Path
) -> None:
    page = open_page("/town?county=330102&code=DM-330102-A-8")
    for name, pages in (("本小镇单页", 1), ("筛选内 4 个小镇合订", 1 + 4)):
        with page.expect_download() as waiting:
            page.get_by_role("button", name=name).click()
        path = tmp_path / "sheets.pdf"
        waiting.value.save_as(path)
        with pypdfium2.PdfDocument(path) as document:
            assert len(document) == pages
            assert "上城甲芯云小镇" in document[min(pages - 1, 1)].get_textpage().get_text_range()


@pytest.mark.long
def test_the_briefing_pack_is_built_beside_the_page_and_closing_its_window_cancels(
    open_page: Callable[..., Page], tmp_path: Path
) -> None:
    page = open_page("/targets?prefecture=330900")
    page.get_by_role("button", name="汇报包").click()
    window = page.get_by_role("dialog")
    for name in ("PowerPoint", "Word"):
        window.get_by_role("button", name=name).click()
    window.get_by_role("button", name="生成").click()
    with page.expect_download(timeout=60_000) as waiting:
        window.get_by_role("button", name=".xlsx").click(timeout=60_000)
    path = tmp_path / "pack.xlsx"
    waiting.value.save_as(path)
    book = load_workbook(path)
    assert "舟山" in book["2025年九项目标"]["A3"].value
    assert book["总产出"]._charts
    window.get_by_role("button", name="生成").click()
    expect(window.get_by_text("关闭本窗口即取消。")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_text("已取消，没有留下文件。")).to_be_visible()
