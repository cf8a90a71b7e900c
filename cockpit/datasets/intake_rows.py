"""Which rows of a sheet are no data, and what stands around the data: totals, remarks, merged and hidden parts.

Imports the ground floor and the other intake modules. Pure.
"""

from __future__ import annotations

from typing import Any, Final

from cockpit.datasets import intake_cells as cells
from cockpit.datasets.intake_fields import normal
from cockpit.datasets.intake_header import Header, Notes
from cockpit.datasets.intake_reading import Grid
from cockpit.datasets.intake_scan import column_letters, column_number

_TOTALS: Final = frozenset({"合计", "总计", "小计", "总数", "total", "sum", "subtotal"})
_TOTAL_STARTS: Final = frozenset(word[0] for word in _TOTALS)
_NOTES: Final = (
    "注",
    "说明",
    "备注",
    "填表",
    "填报",
    "制表",
    "审核",
    "单位",
    "联系",
    "note",
    "remark",
    "source",
    "来源",
)


# A single text longer than this is a remark, whatever its column.
_LONG_TEXT: Final = 24


def _key_places(header: Header) -> set[int]:
    return {column.at for column in header.columns if column.field.kind in ("town", "town_name", "text")}


def _is_ordinary(row: list[Any]) -> bool:
    """Whether a row begins with three cells that say something, the first no word for a total."""
    if len(row) < 3 or (row[0].__class__ is str and row[0].lstrip()[:1].casefold() in _TOTAL_STARTS):
        return False
    return all((cell and not cell.isspace()) if cell.__class__ is str else not cells.is_blank(cell) for cell in row[:3])


def is_note(grid: Grid, index: int, header: Header, notes: Notes) -> bool:
    """Rows that are no data: totals, and remarks under the table. Told, and left out."""
    row = grid.rows[index]
    if _is_ordinary(row):
        return False  # there may be hundreds of thousands
    first = next(at for at, value in enumerate(row) if not cells.is_blank(value))
    value = row[first]
    if not isinstance(value, str):
        return False
    others = 0
    for cell in row[first + 1 :]:
        if cell != "" and not cells.is_blank(cell):
            others += 1
            if others > 1:
                break
    alone, pair = others == 0, others == 1
    if not alone and not pair and value.strip()[:1].casefold() not in _TOTAL_STARTS:
        return False
    address = f"{column_letters(first + 1)}{index + 1}"
    word = normal(value)
    if word in _TOTALS:
        notes.add("total_row", address, value)
        return True
    looks_like_note = word.startswith(_NOTES)
    if alone:
        is_figure = any(sign.isdigit() for sign in word)  # its town is missing, which is told as such
        is_note = looks_like_note or len(word) > _LONG_TEXT or (first not in _key_places(header) and not is_figure)
    else:
        is_note = looks_like_note and pair
    if is_note:
        notes.add("stray_note", address, value)
        return True
    return False


def look_at_structure(grid: Grid, header: Header, rows: list[int], notes: Notes) -> None:
    structure = grid.structure
    if structure.is_hidden:
        notes.add("hidden_sheet")
    used = {index + 1 for index in rows}
    hidden = sorted(used.intersection(structure.hidden_rows))
    if hidden:
        notes.add("hidden_rows", f"{hidden[0]}", count=len(hidden))
    placed = {column.at + 1 for column in header.columns}
    for low, high in structure.hidden_columns:
        inside = sorted(number for number in placed if low <= number <= high)
        if inside:
            notes.add("hidden_columns", column_letters(inside[0]), count=len(inside))
    for area in structure.merged:
        top, bottom = (int("".join(filter(str.isdigit, corner))) for corner in area.split(":"))
        left, right = (column_number("".join(filter(str.isalpha, corner))) for corner in area.split(":"))
        wide = any(left <= number <= right for number in placed)
        if wide and any(top <= number <= bottom for number in used) and not _is_remark(grid, top, left):
            notes.add("merged", area)


def _is_remark(grid: Grid, row: int, column: int) -> bool:
    cell = grid.rows[row - 1][column - 1] if row <= len(grid.rows) and column <= len(grid.rows[row - 1]) else ""
    return isinstance(cell, str) and normal(cell).startswith(_NOTES)
