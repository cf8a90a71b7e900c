"""Every row and cell of a file is accounted for: it was read, it is blank, or somebody is told of it."""

from __future__ import annotations

from typing import Any

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from cockpit.datasets.findings import Checked, Finding
from cockpit.datasets.intake.header import Header, Notes
from cockpit.datasets.intake.headings import is_header
from cockpit.datasets.intake.layout import find_header
from cockpit.datasets.intake.parts import corners
from cockpit.datasets.intake.reading import Grid
from cockpit.datasets.intake.when import period
from tests.datasets.bad_files import RETURNS, check, csv_bytes, saved

KEYS = ("town_code", "town_name", "period", "county")
NAMES = ("小镇编码", "小镇名称", "期间", "县（市、区）")
KNOWN = [*NAMES, "总产出（万元）", "税收收入（万元）", "就业人数", "绿化覆盖率", "备注"]
HEADS = [*KNOWN, "联系电话", "", "总产出（吨）", "总产出（亿元）", "总产出增速", "就业人数·上期", "固投·上期"]
TOWNS = ["D330102A", "上城甲芯云小镇", "上城乙创投小镇", "DM-330102-A-8"]
WORDS = ["无名镇", "合计", "单位负责人：张某", "说明", "单位", "杭州市", "小镇名称", "期间", "就业人数", "备注"]
TEXTS = ["2026-10", "2025", "去年", "5", "1,234", "12①", "—", "撤回", "上城区", "余杭区", "万元", "052", "待核", None]
cell = st.one_of(
    st.sampled_from([*TOWNS, *WORDS, *TEXTS]),
    st.floats(1, 1e6).map(lambda value: round(value, 2)),
    st.integers(0, 10**6),
)
heads = st.one_of(
    st.lists(st.sampled_from(HEADS), min_size=1, max_size=8), st.lists(st.sampled_from(NAMES), min_size=1, max_size=4)
)
above = st.lists(
    st.lists(
        st.sampled_from(["特色小镇统计表", "2026年", "单位：万元", "产出", 131, "", "小镇名称", "期间", "就业人数"]),
        min_size=1,
        max_size=4,
    ),
    max_size=2,
)


@st.composite
def sheets(draw: st.DrawFn) -> list[list[Any]]:
    head = draw(heads)
    width = st.integers(len(head), len(head) + 2)
    row = st.one_of(
        width.flatmap(lambda count: st.lists(cell, min_size=count, max_size=count)),
        st.tuples(st.sampled_from([*WORDS, "填表人：李某"])).map(list),
        st.just(head),
        heads,
    )
    return [*draw(above), head, *draw(st.lists(row, max_size=6))]


# Findings for which nothing of the sheet is read, and those at one cell for which nothing of its row is.
OF_SHEET = frozenset({"missing_column", "no_table", "two_headers", "unknown_sheet", "open_quote"})
OF_ROW = frozenset(
    {
        "unknown_town", "town_missing", "not_period", "lost_zero", "too_early", "missing_value", "code_check",
        "total_row", "stray_note", "row_too_long", "period_ahead", "split_figure",
    }
)  # fmt: skip
OF_COLUMN = frozenset(
    {
        "unknown_column", "misspelt_column", "column_twice", "computed_column", "other_measure", "other_figure",
        "unknown_unit",
    }
)  # fmt: skip


def covers(finding: Finding, row: int, column: int) -> bool:
    """Whether a finding speaks of a cell; rows and columns count from 1."""
    if finding.rule in OF_SHEET:
        return True
    if not any(sign.isdigit() for sign in finding.cell):
        return False
    (left, top), (right, bottom) = corners(finding.cell)
    if finding.rule in OF_COLUMN and top == bottom and row >= top:
        return column == left
    return top <= row <= bottom and (left <= column <= right or finding.rule in OF_ROW)


def lost(rows: list[list[Any]], checked: Checked) -> list[tuple[int, int, Any]]:
    """Cells that say something, were not read, and of which nobody is told."""
    places = {at for frame in checked.tables.values() for at in frame["cell"]}
    places |= {*checked.withdrawn["cell"], *(remark.cell for remark in checked.remarks)}
    known = {corners(at)[0] for at in places}
    known |= {
        (column, row)
        for row, line in enumerate(rows, start=1)
        for column in range(1, len(line) + 1)
        if any(covers(finding, row, column) for finding in checked.findings)
    }
    grid = Grid("a", RETURNS, rows)
    header = find_header(grid, Notes(grid, 99))
    if header is None:
        assert [finding.rule for finding in checked.findings] == ["no_table"]
        return []
    keys = {column.at + 1: column.field.name for column in header.columns if column.field.name in KEYS}
    last = {column.at + 1 for column in header.references}
    out = []
    for row, line in enumerate(rows, start=1):
        filled = {column for column, value in enumerate(line, start=1) if value not in (None, "")}
        figures = filled - keys.keys()
        for column in filled - {column for column, at in known if at == row}:
            value = line[column - 1]
            if row <= header.row + 1:
                # Titles and captions are read as what they say of the table, names as those of its columns.
                is_caption = row <= header.row and (isinstance(value, str) or period(value)[0] is not None)
                is_read = is_caption or is_header(value) or column in last
                is_read = is_read or (row > header.row and not is_used(rows, header, column))
            elif row <= header.first:
                is_read = value in ("单位", "说明", "万元", "—")  # the template's rows of units and notes
            elif column in keys:
                # What a row is about is read with its figures, or has none: the template lists every town.
                is_read = not figures or any((other, row) in known for other in figures)
                # Of a town's code and name one is enough.
                towns = {at for at in keys.keys() & filled if keys[column][:4] == keys[at][:4]}
                is_read = is_read and any(is_understood(keys[at], line[at - 1]) for at in towns)
                is_read = is_read or any((other, row) in known for other in keys.keys() & filled)
            else:
                is_read = column in last  # held against our own
            if not is_read:
                out.append((row, column, value))
    return out


def is_used(rows: list[list[Any]], header: Header, column: int) -> bool:
    return any(line[column - 1] not in (None, "") for line in rows[header.row + 1 :] if len(line) >= column)


def is_understood(name: str, value: Any) -> bool:
    return name == "county" or (period(value)[0] is not None if name == "period" else value in TOWNS)


@settings(deadline=None, max_examples=2 * settings.default.max_examples)
@given(sheets(), st.booleans())
def test_read_and_blank_and_told_make_up_every_cell(sheet: list[list[Any]], is_csv: bool) -> None:
    rows = sheet
    if is_csv:
        content = csv_bytes([['"' + ("" if at is None else str(at)) + '"' for at in row] for row in rows])
        checked = check(content, "指标.csv", period="2025")
    else:
        book = openpyxl.Workbook()
        book.active.title = RETURNS
        for row in rows:
            book.active.append(row)
        checked = check(saved(book), period="2025")
    assert not lost(rows, checked)
