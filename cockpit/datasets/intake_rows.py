"""Which rows of a sheet are no data, and what stands around the data: totals, remarks, merged and hidden parts.

Imports the ground floor and the other intake modules. Pure.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

from cockpit.datasets import intake_cells as cells
from cockpit.datasets.intake_fields import normal
from cockpit.datasets.intake_header import Header, Notes
from cockpit.datasets.intake_headings import is_header
from cockpit.datasets.intake_parts import column_letters, column_number
from cockpit.datasets.intake_reading import Grid

# Words of a row that adds others up, is part of one, or is their mean: 合计, 杭州市合计, 其中：数字经济类.
_TOTALS: Final = ("合计", "总计", "小计", "共计", "总数", "汇总", "平均", "其中", "total", "subtotal", "sum", "average")
_TOTAL_ENDS: Final = frozenset(word[-1] for word in _TOTALS) | {":", "：", "数", "s"}
_TOTAL_STARTS: Final = frozenset(word[0] for word in _TOTALS)
_LONGEST_TOTAL: Final = 16
_NOTES: Final = (
    "注",
    "说明",
    "备注",
    "填表",
    "填报",
    "制表",
    "审核",
    "审批",
    "单位",
    "联系",
    "负责人",
    "报送",
    "统计负责",
    "经办",
    "签字",
    "签名",
    "盖章",
    "日期",
    "电话",
    "note",
    "remark",
    "source",
    "来源",
    "数据来源",
    "signed",
    "prepared by",
)


# A single text longer than this is a remark, whatever its column.
_LONG_TEXT: Final = 24


def _key_places(header: Header) -> set[int]:
    return {column.at for column in header.columns if column.field.kind in ("town", "town_name", "text")}


def _is_ordinary(row: list[Any]) -> bool:
    """Whether a row begins with three cells that say something, the first no word for a total or a signature."""
    if len(row) < 3:
        return False
    if row[0].__class__ is str and (row[0].lstrip()[:1].casefold() in _TOTAL_STARTS or "：" in row[0] or ":" in row[0]):
        return False
    return all((cell and not cell.isspace()) if cell.__class__ is str else not cells.is_blank(cell) for cell in row[:3])


@lru_cache(maxsize=4096)
def is_total(value: object) -> bool:
    """Whether a cell names a row of totals rather than a town."""
    if not isinstance(value, str) or len(value) > _LONGEST_TOTAL:
        return False
    text = value.strip().casefold()
    if not text or (text[-1] not in _TOTAL_ENDS and text[0] not in _TOTAL_STARTS):
        return False
    word = normal(text)
    if word.endswith(("镇", "town")):
        return False
    return word.startswith(_TOTALS) or word.removesuffix("数").endswith(_TOTALS)


def is_note(grid: Grid, index: int, header: Header, notes: Notes) -> bool:
    """Rows that are no data: totals, signatures, remarks around the table. Told, and left out."""
    row = grid.rows[index]
    for at in header.naming:
        if at < len(row) and row[at].__class__ is str and is_total(row[at]):
            return _left_out("total_row", row, at, index, notes)
    if _is_ordinary(row):
        return False  # there may be hundreds of thousands
    first = next(at for at, value in enumerate(row) if not cells.is_blank(value))
    value = row[first]
    if not isinstance(value, str):
        return False
    if is_total(value):
        return _left_out("total_row", row, first, index, notes)
    others = [cell for cell in row[first + 1 :] if cell != "" and not cells.is_blank(cell)]
    word = normal(value)
    looks_like_note = word.startswith(_NOTES)
    if not others:
        is_figure = any(sign.isdigit() for sign in word)  # its town is missing, which is told as such
        found = looks_like_note or len(word) > _LONG_TEXT or (first not in _key_places(header) and not is_figure)
    else:
        # A signature: 单位负责人：张某, 填表人：李某, 2026年11月5日; figures stand in none of its cells.
        found = looks_like_note and (len(others) == 1 or not any(isinstance(cell, (int, float)) for cell in others))
    return found and _left_out("stray_note", row, first, index, notes)


def _left_out(rule: str, row: list[Any], at: int, index: int, notes: Notes) -> bool:
    """Tell a row that is not read, by the range of its cells; always true."""
    filled = [place for place, cell in enumerate(row) if not cells.is_blank(cell)]
    first, last = (f"{column_letters(place + 1)}{index + 1}" for place in (filled[0], filled[-1]))
    notes.add(rule, first if first == last else f"{first}:{last}", row[at])
    return True


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
            at: normal(cell) for at, cell in enumerate(row) if isinstance(cell, str) and len(cell) <= _LONGEST_TOTAL
        }
        said = [at for at, text in texts.items() if text.startswith(known) or text.endswith(_OTHER_YEARS)]
        return [at for at in said if at not in remarks]

    for row, number, known in ((below, header.row + 1, _PARTS_OF_COLUMN), (above, header.row - 1, _OTHER_YEARS)):
        said = words(row, known)
        is_data = any(isinstance(row[at], (int, float)) for at in placed if at < len(row))
        if said and not is_data and any(at >= min(placed, default=0) for at in said):
            low, high = sorted((header.row + 1, number + 1))
            area = f"{column_letters(min(said) + 1)}{low}:{column_letters(max(said) + 1)}{high}"
            notes.add("two_headers", area, row[said[0]])
            return True
    return False


def tell_beyond(grid: Grid, header: Header, rows: list[int], notes: Notes) -> set[int]:
    """Tell cells that stand under no header; of a text file, return the rows that have more cells than the header.

    There a comma too many moves every figure after it: such a row is told and nothing of it is read.
    """
    heads = {at for at, cell in enumerate(grid.rows[header.row]) if not cells.is_blank(cell)}
    end = max(heads) + 1
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
        top, bottom = (int("".join(filter(str.isdigit, corner))) for corner in area.split(":"))
        left, right = (column_number("".join(filter(str.isalpha, corner))) for corner in area.split(":"))
        wide = any(left <= number <= right for number in placed)
        if wide and any(top <= number <= bottom for number in used) and not _is_remark(grid, top, left):
            notes.add("merged", area)


def _is_remark(grid: Grid, row: int, column: int) -> bool:
    cell = grid.rows[row - 1][column - 1] if row <= len(grid.rows) and column <= len(grid.rows[row - 1]) else ""
    return isinstance(cell, str) and normal(cell).startswith(_NOTES)
