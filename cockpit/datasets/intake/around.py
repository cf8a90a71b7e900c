"""What stands around the data of a sheet: a second row of names, cells under no name, merged and hidden parts.

Imports the ground floor and the other intake modules. Pure.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import Any, Final

from cockpit.datasets.intake import cells, when
from cockpit.datasets.intake.besides import Beside
from cockpit.datasets.intake.header import Header, Notes
from cockpit.datasets.intake.headings import is_header
from cockpit.datasets.intake.parts import column_letters, corners
from cockpit.datasets.intake.reading import Grid
from cockpit.datasets.intake.rows import is_figure, is_header_row, is_remark
from cockpit.datasets.template.sheets import normal
from cockpit.phrases import phrase
from cockpit.vocabulary import Text

_LONGEST_PART: Final = 16
# What stands above or below the names of columns that have a second row of names.
_PARTS_OF_COLUMN: Final = (
    "本期", "上期", "上年", "去年", "同期", "同比", "环比", "增长", "增速", "增幅", "本年", "本月", "当月", "累计",
    "计划", "实际", "完成", "thisyear", "lastyear", "growth", "change",
)  # fmt: skip
_OTHER_YEARS: Final = ("上期", "上年", "去年", "同期", "同比", "lastyear")


def has_two_headers(grid: Grid, header: Header, notes: Notes) -> bool:
    """Tell a header of two rows (总产出 over 本期 and 上年同期): which column is this year's is not for us to guess."""
    below = grid.rows[header.row + 1] if header.row + 1 < len(grid.rows) else []
    above = grid.rows[header.row - 1] if header.row else []
    placed = [column.at for column in header.columns if column.field.kind not in ("town", "town_name", "note")]
    remarks = [column.at for column in header.columns if column.field.kind in ("note", "text")]
    towns = [column.at for column in header.columns if column.field.kind in ("town", "town_name")]
    if any(at < len(below) and not cells.is_blank(below[at]) and not is_header(below[at]) for at in towns):
        below = []  # a town: the row is one of data

    def words(row: list[Any], known: tuple[str, ...]) -> list[int]:
        texts = {
            at: normal(cell) for at, cell in enumerate(row) if isinstance(cell, str) and len(cell) <= _LONGEST_PART
        }
        said = [at for at, text in texts.items() if text.startswith(known) or text.endswith(_OTHER_YEARS)]
        return [at for at in said if at not in remarks]

    if header.first == header.row + 1 and (said := _names_below(below, header)):
        area = f"{column_letters(said[0] + 1)}{header.row + 1}:{column_letters(said[-1] + 1)}{header.row + 2}"
        notes.add("two_headers", area, below[said[0]])
        return True
    for row, number, known in ((below, header.row + 1, _PARTS_OF_COLUMN), (above, header.row - 1, _OTHER_YEARS)):
        said = words(row, known)
        is_data = any(isinstance(row[at], (int, float)) for at in placed if at < len(row))
        if said and not is_data and any(at >= min(placed, default=0) for at in said):
            low, high = sorted((header.row + 1, number + 1))
            area = f"{column_letters(min(said) + 1)}{low}:{column_letters(max(said) + 1)}{high}"
            notes.add("two_headers", area, row[said[0]])
            return True
    return False


def _names_below(row: list[Any], header: Header) -> list[int]:
    """Columns of figures under whose names stand texts, in a row that has neither a key nor a figure."""
    filled = {at: cell for at, cell in enumerate(row) if not cells.is_blank(cell)}
    keys = header.of_kind("town", "town_name", "period")
    if any(is_figure(cell) or not isinstance(cell, str) for cell in filled.values()) or keys & filled.keys():
        return []
    figures = [column for column in header.columns if column.field.kind == "number" and column.at in filled]
    return sorted(at.at for at in figures if cells.number(filled[at.at], at.field, at.unit)[1] == "not_number")


def tell_above(grid: Grid, header: Header, notes: Notes) -> None:
    """Tell another table above the header, and figures there: nothing above it is read as data."""
    for index in range(header.top):
        row = grid.rows[index]
        if is_header_row(row):
            last = f"{column_letters(max(map(len, grid.rows[index : header.top])))}{header.top}"
            notes.add("second_table", f"A{index + 1}:{last}", next(cell for cell in row if not cells.is_blank(cell)))
            return
        for at, cell in enumerate(row):
            if is_figure(cell) and not when.period(cell)[0]:
                notes.add("above_table", f"{column_letters(at + 1)}{index + 1}", cell)


def tell_beside(grid: Grid, notes: Notes) -> None:
    """Tell what somebody wrote on the template's first sheet: texts beside its two columns, and a table."""
    for index, row in enumerate(grid.rows):
        if is_header_row(row):
            notes.add("second_table", f"A{index + 1}:{column_letters(len(row))}{len(grid.rows)}", row[0])
            return
        for at, cell in enumerate(row):
            if at > 1 and not cells.is_blank(cell):
                notes.add("stray_note", f"{column_letters(at + 1)}{index + 1}", cell)


def tell_beyond(grid: Grid, header: Header, rows: list[int], notes: Notes) -> set[int]:
    """Tell cells that stand under no header; of a text file, return the rows that have more cells than the header.

    There a comma too many moves every figure after it: such a row is told and nothing of it is read.
    """
    heads, end = header.heads, max(header.heads) + 1
    longer: set[int] = set()
    bare: dict[int, list[int]] = {}
    for index in rows:
        row = grid.rows[index]
        if len(row) > end or len(heads) < end:
            for at, cell in enumerate(row):
                if at not in heads and not cells.is_blank(cell):
                    if grid.is_text and at >= end:
                        longer.add(index)
                    else:
                        bare.setdefault(at, []).append(index)
    for index in sorted(longer):
        row = grid.rows[index]
        address = f"A{index + 1}:{column_letters(len(row))}{index + 1}"
        notes.add("row_too_long", address, row[end], count=len(row) - end)
    for at, found in sorted(bare.items()):
        letters = column_letters(at + 1)
        area = f"{letters}{found[0] + 1}" + (f":{letters}{found[-1] + 1}" if len(found) > 1 else "")
        notes.add("no_header", area, grid.rows[found[0]][at], count=len(found))
    return longer


def look_at_structure(grid: Grid, header: Header, rows: list[int], notes: Notes) -> None:
    structure = grid.structure
    if structure.is_hidden:
        notes.add("hidden_sheet")
    _tell_beside_cells(structure.beside, notes)
    used = {index + 1 for index in rows}
    hidden = sorted(used.intersection(structure.hidden_rows))
    if hidden:
        notes.add("hidden_rows", f"{hidden[0]}", count=len(hidden))
    # Counties and remarks may be merged: no figure of a row hangs on them.
    placed = {column.at + 1 for column in header.columns if column.field.kind != "note"}
    for low, high in structure.hidden_columns:
        inside = sorted(number for number in placed if low <= number <= high)
        if inside:
            notes.add("hidden_columns", column_letters(inside[0]), count=len(inside))
    for area in structure.merged:
        (left, top), (right, bottom) = corners(area)
        wide = any(left <= number <= right for number in placed)
        after = bisect_left(rows, top - 1)  # the first row of data at or below the top
        if wide and after < len(rows) and rows[after] < bottom and not _is_remark(grid, top, left):
            notes.add("merged", area)


def _tell_beside_cells(beside: Beside, notes: Notes) -> None:
    for address, text in beside.comments.items():
        notes.add("comment", address, text)
    kinds = (("shape", beside.shapes), ("picture", beside.pictures), ("header", int(beside.has_page_text)))
    said = [phrase(f"intake.beside.{name}") for name, count in kinds if count]
    counts = [count for _, count in kinds if count]
    if said:
        zh = "、".join(text.zh.format(count=count) for text, count in zip(said, counts, strict=True))
        en = ", ".join(text.en.format(count=count) for text, count in zip(said, counts, strict=True))
        notes.add("beside_cells", kinds=Text(zh, en))


def _is_remark(grid: Grid, row: int, column: int) -> bool:
    cell = grid.rows[row - 1][column - 1] if row <= len(grid.rows) and column <= len(grid.rows[row - 1]) else ""
    return isinstance(cell, str) and is_remark(cell)
