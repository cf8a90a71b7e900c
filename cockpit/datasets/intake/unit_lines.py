"""Units stated beside the names of columns: in a row below them, in lines around the table, in the sheet's name.

May import the ground floor and the other intake modules. Pure.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import Any, Final

from cockpit.datasets.intake import cells
from cockpit.datasets.intake.header import Notes, Placed
from cockpit.datasets.intake.headings import UNIT_ENDS, unit_word, units_in
from cockpit.datasets.intake.parts import column_letters
from cockpit.datasets.intake.reading import Grid
from cockpit.datasets.template.sheets import normal
from cockpit.phrases import phrase
from cockpit.texts import TURNING, visible
from cockpit.units import WRITTEN_UNITS
from cockpit.vocabulary import Text


def is_seen_as_read(written: object, address: str, label: Text, notes: Notes) -> bool:
    """Whether a name or a unit may be believed; signs nobody sees are told, and those that turn the direction make
    another text of what was seen. `label`: of its column, or what else it speaks of."""
    if not isinstance(written, str) or visible(written) == written:
        return True
    is_turned = bool(TURNING.search(written))
    notes.add("turned_round" if is_turned else "invisible_signs", address, written, column=label)
    return not is_turned


def is_unit_row(row: list[Any], columns: list[Placed]) -> bool:
    """Whether a row below the header states units and nothing else."""
    counters = {word for column in columns for word in (column.field.written, unit_word(column.field.unit_text.en))}
    words = [
        unit_word(row[column.at]) for column in columns if column.at < len(row) and isinstance(row[column.at], str)
    ]
    known = sum(word in WRITTEN_UNITS or word in counters for word in words if word)
    return known >= 1 and known * 2 >= sum(bool(word) and word not in ("单位", "Unit") for word in words)


def with_unit_row(column: Placed, row: list[Any], grid: Grid, index: int, notes: Notes) -> Placed:
    """The column with the unit that a row below the header states for it."""
    written = row[column.at] if column.at < len(row) else ""
    word = unit_word(written) if isinstance(written, str) else ""
    if not word or not column.field.unit:
        return column
    address = f"{column.letters}{index + 1}"
    if not is_seen_as_read(written, address, column.field.label, notes):
        return column
    if word == column.field.written or normal(written) == normal(column.field.unit_text.en):
        return _stated(column, column.field.written, address, notes)
    if WRITTEN_UNITS.get(word, ("",))[0] == column.field.unit:
        return _stated(column, word, address, notes)
    notes.add("unknown_unit", address, written, column=column.field.label, unit=column.field.unit_text)
    return column


# 单位：亿元, 单位（亿元）, 单位均为亿元, 人民币：亿元 around a table, and not who fills it in: 填报单位：杭州市.
_UNIT_LINE: Final = re.compile(
    r"(?:(?:^|[\s(\[【,;。:]|金额|货币|计量|数量|数据)(?:单\s*位|units?)|人民币(?=\s*[:=(]))"
    r"(\s*[:=(]|\s*(?:均|都|全部)?[为是以](?!空))?\s*([^()\[\]【】。;]*)",
    re.IGNORECASE,
)
# 以下金额以亿元计, 以亿元为单位, in 100 million yuan
_COUNTED_IN: Final = re.compile(r"(?:[以按])([^以按,。;()]{1,8}?)(?:为(?:计量)?单位|计算?(?!划))")
_TRADITIONAL: Final = str.maketrans("單億萬為幣幾計", "单亿万为币几计")
# A unit of money by itself; behind a digit it is that of an amount: 新增投资3亿元.
_MONEY: Final = re.compile(
    r"(?<![\d.美欧港日万亿千百十])(?:[十百千万亿]*(?:万|亿|千)元|[百千]?万亿元?|亿(?=[)\s]|$))"
    r"|(?:100|10)?\s*\b(?:million|billion|thousand|100m|bn)\b(?:\s*(?:yuan|rmb|cny))?",
    re.IGNORECASE,
)
_EXCEPTION: Final = re.compile(
    r"除.*外|例外|另有|另注|另计|特别注明|其余|其他为|\bexcept|\bunless|\botherwise", re.IGNORECASE
)
_UNIT_IN_TITLE: Final = re.compile(r"\(([^()]*)\)\s*$")
_UNIT_LINE_ROWS: Final = 12
_BEYOND: Final = 1 << 14  # columns no sheet has


def with_unit_line(
    columns: list[Placed], grid: Grid, heads: set[tuple[int, int]], index: int, first: int, notes: Notes
) -> list[Placed]:
    """The columns with the units that a line above or below the table, or the sheet's name, states for all of them.

    Args:
        heads: (row, column) of the names of columns, which state units of their own.
    """
    last = len(grid.rows)
    start = min((column.at for column in columns if column.field.kind == "number"), default=0)
    lines = [
        (f"{column_letters(at + 1)}{row + 1}", cell, _said_unit(grid.rows[row], at, is_above=row < index), row, at)
        for row in (*range(index + 1), *range(max(first, last - _UNIT_LINE_ROWS), last))
        for at, cell in enumerate(grid.rows[row])
        if isinstance(cell, str) and (row, at) not in heads
    ]
    if grid.sheet:
        lines.append((grid.sheet, grid.sheet, _said_unit([grid.sheet], 0, is_above=True), -1, 0))
    loose = []
    for address, cell, said, row, at in lines:
        if not said:
            loose.append((address, cell, row))
            continue
        written = cell if TURNING.search(cell) else said
        if not is_seen_as_read(written, address if row >= 0 else "", phrase("intake.unit_row"), notes):
            continue
        units, strange = units_in(said)
        bases = [WRITTEN_UNITS[unit][0] for unit in units]
        is_mixed = any(word.endswith(UNIT_ENDS) for word in strange) or len(set(bases)) < len(bases)
        if is_mixed or (units and _has_exception(cell, said, units)):
            notes.add("unknown_unit_line", address if row >= 0 else "", said)
            continue
        if not units:
            loose.append((address, cell, row))
            continue
        by_base = dict(zip(bases, units, strict=True))
        group = _group(grid.rows[row], at, start) if 0 <= row < index else None
        columns = [
            column
            if group and column.at not in group
            else _stated(column, by_base[column.field.unit], address, notes)
            if column.field.unit in by_base
            else replace(column, unit=units[0], stated=address)
            if column.field.name in ("value", "area_mu") and not column.field.unit and units and not column.stated
            else column
            for column in columns
        ]
    _tell_loose_units(columns, grid, index, loose, notes)
    return columns


def _has_exception(cell: str, said: str, units: tuple[str, ...]) -> bool:
    """Whether a cell that states units says that something is counted otherwise: 亿元（税收为万元）, 除…外."""
    text = unicodedata.normalize("NFKC", cell).translate(_TRADITIONAL)
    others = {unit_word(match[0].strip()) for match in _MONEY.finditer(text.replace(said, " ", 1))}
    return bool(_EXCEPTION.search(text)) or bool({word for word in others if word in WRITTEN_UNITS} - set(units))


def _group(row: list[Any], at: int, start: int) -> range | None:
    """The columns a caption stands above, where several stand side by side: 产出（亿元）, 投资（万元）. None for what
    speaks of the whole table."""
    said = [place for place, cell in enumerate(row) if place >= start and not cells.is_blank(cell)]
    if at not in said or len(said) < 2 or _UNIT_LINE.search(unicodedata.normalize("NFKC", row[at])):
        return None
    return range(at, next((place for place in said if place > at), len(row) + _BEYOND))


def _tell_loose_units(
    columns: list[Placed], grid: Grid, index: int, lines: list[tuple[str, str, int]], notes: Notes
) -> None:
    """Tell units of money in texts around the table that nothing reads, while the template's unit is only assumed."""
    if not any(column.field.unit == "yuan" and not column.stated and not column.is_base for column in columns):
        return
    for address, cell, row in lines:
        others = [other for other in grid.rows[row] if not cells.is_blank(other)] if row >= 0 else []
        # Below the header a text beside figures is a remark of their row.
        if row > index and (len(others) > 2 or any(isinstance(other, (int, float)) for other in others)):
            continue
        text = unicodedata.normalize("NFKC", cell).translate(_TRADITIONAL)
        words = [match[0].strip() for match in _MONEY.finditer(text)]
        if any(unit_word(word) != "万元" for word in words):
            notes.add("unknown_unit_line", address if row >= 0 else "", cell)


def _said_unit(row: list[Any], at: int, *, is_above: bool) -> str:
    """What a cell says of the unit of the whole table, "" for nothing."""
    text = unicodedata.normalize("NFKC", row[at]).translate(_TRADITIONAL).strip()
    if (match := _COUNTED_IN.search(text)) and units_in(match[1])[0] and not units_in(match[1])[1]:
        return match[1]
    if match := _UNIT_LINE.search(text):
        said = match[2].strip()
        if not said:
            following = (str(cell).strip() for cell in row[at + 1 :] if not cells.is_blank(cell))
            said = unicodedata.normalize("NFKC", next(following, "")).translate(_TRADITIONAL)
        units, strange = units_in(said)
        # Without a colon it is a unit or another word: 单位亿元, 单位负责人.
        return said if match[1] or (units and not strange) else ""
    if is_above and (match := _UNIT_IN_TITLE.search(text)) and units_in(match[1])[0]:
        return match[1]
    return ""


def _stated(column: Placed, unit: str, address: str, notes: Notes) -> Placed:
    """The column with the unit a cell states; where another cell states another one, neither is believed."""
    if column.stated and unit != column.unit:
        notes.add("units_disagree", address, unit, column=column.field.label, other=column.unit, place=column.stated)
    return replace(column, unit=unit, stated=address)
