"""Which rows of a sheet are data, and which are totals, signatures, notes, the header again or another table.

Imports the ground floor, `policy` and the other intake modules. Pure. There may be hundreds of thousands of rows: what
their cells say is looked up once a word, and only rows with something odd are looked at one by one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from itertools import pairwise, zip_longest
from typing import Any, Final

from cockpit.datasets.findings import shown
from cockpit.datasets.intake import cells, when
from cockpit.datasets.intake.header import Header, Notes
from cockpit.datasets.intake.headings import is_header, read_heading
from cockpit.datasets.intake.parts import column_letters
from cockpit.datasets.intake.reading import Grid
from cockpit.datasets.template.sheets import header_names, normal
from cockpit.policy.register import load
from cockpit.vocabulary import PREFECTURES

_LONGEST_TOTAL: Final = 24
_LONGEST_HEADER: Final = 80
# A single text longer than this is a remark, whatever its column.
_LONG_TEXT: Final = 24
_BRACKETS: Final = re.compile(r"[(\[【].*")
_PAUSE: Final = re.compile(r"[：:，,。；;]")
_DIGITS: Final = re.compile(r"[+-]?[\d,]*\.?\d+", re.ASCII)
_TOWN: Final = ("镇", "town")  # how the names of towns end


@lru_cache(maxsize=1)
def _words() -> dict[str, tuple[str, ...]]:
    return {name: tuple(normal(word) for word in at.words) for name, at in load().intake.rows.items()}


@lru_cache(maxsize=4096)
def is_total(value: object) -> bool:
    """Whether a cell names a row that adds others up, is part of one, or is computed of them, rather than a town."""
    if not isinstance(value, str) or len(value) > _LONGEST_TOTAL:
        return False
    word = _BRACKETS.sub("", normal(value).lstrip("([【"))
    totals = _words()["total"]
    if word.endswith(_TOWN):  # 合计3个镇 is no town, 平均小镇 may be one
        return any(word.startswith(total) and word[len(total) : len(total) + 1].isdigit() for total in totals)
    return word.startswith(totals) or word.rstrip(")]】").removesuffix("数").endswith(totals)


@lru_cache(maxsize=4096)
def _is_area(value: str) -> bool:
    """Whether a cell names all towns of an area: 全省（131个）."""
    return len(value) <= _LONGEST_TOTAL and _BRACKETS.sub("", normal(value)) in _words()["area"]


@lru_cache(maxsize=1)
def _prefectures() -> frozenset[str]:
    return frozenset(normal(word) for at in PREFECTURES.values() for word in (at.zh, f"{at.zh}市", at.en))


@lru_cache(maxsize=4096)
def _is_heading(value: str) -> bool:
    return len(value) <= _LONGEST_HEADER and is_header(value, exactly=True)


def is_remark(text: str) -> bool:
    """Whether a text begins as signatures and notes do, or says that it is signed."""
    word = normal(text).lstrip("([【《※#")
    if word.endswith(_TOWN) and not _PAUSE.search(text):
        return False
    return word.startswith(_words()["signature"]) or any(at in word for at in _words()["signed"])


@lru_cache(maxsize=1)
def _first_signs() -> frozenset[str]:
    words = [word for name in ("total", "signature") for word in _words()[name]]
    return frozenset(sign for word in words for sign in (word[0], word[0].upper())) | frozenset(" (（[【《※#")


def is_header_row(row: Sequence[Any]) -> bool:
    """Whether a row holds names of columns and no figure."""
    filled = [cell for cell in row if not cells.is_blank(cell)]
    if not all(isinstance(cell, str) and not cell.lstrip()[:1].isdigit() for cell in filled):
        return False
    words = sum(map(_is_heading, filled))
    return words >= 2 and words * 2 >= len(filled)


def data_rows(grid: Grid, header: Header, notes: Notes) -> list[int]:
    """Indices of the rows of data. What is none is told and left out; so is all that follows another header."""
    rows = [index for index in range(header.first, len(grid.rows)) if cells.says_something(grid.rows[index])]
    told: dict[int, str] = {}
    units = {column.stated for column in header.columns}
    for index in _odd(grid, header, rows):
        row = grid.rows[index]
        if is_header_row(row):
            before = grid.rows[rows[rows.index(index) - 1] if index > rows[0] else header.row]
            # A note or a title between may state another unit or period for the rows that follow.
            is_apart = sum(not cells.is_blank(cell) for cell in before) < 2 or told.get(index - 1) == "stray_note"
            if not is_apart and _is_again(row, header):
                told[index] = "header_again"
                notes.add("header_again", area_of(row, index), _first(row))
                continue
            last = f"{column_letters(max(map(len, grid.rows[index:])))}{len(grid.rows)}"
            notes.add("second_table", f"A{index + 1}:{last}", _first(row))
            rows = [at for at in rows if at < index]
            break
        if rule := _no_data(row, header):
            told[index] = rule[0]
            if f"{column_letters(rule[1] + 1)}{index + 1}" not in units:  # its unit was read
                notes.add(rule[0], area_of(row, index), row[rule[1]])
    return [index for index in rows if index not in told] if told else rows


def _odd(grid: Grid, header: Header, rows: list[int]) -> list[int]:
    """Rows that may be no data: one of the first three cells is blank, or a word there or among the figures is odd."""
    columns = list(zip_longest(*(grid.rows[index] for index in rows)))
    figures = header.of_kind("number")
    odd: set[int] = set()
    for at in {0, 1, 2, *header.naming, *figures}:
        column: Sequence[Any] = columns[at] if at < len(columns) else [None] * len(rows)
        if at in figures and at > 2 and str not in set(map(type, column)):
            continue
        values = set(column)
        words = [value for value in values if value.__class__ is str]
        if at in figures:
            said = {word for word in words if not word[:1].isdigit() and _is_heading(word)}
        elif at in header.naming:
            said = {word for word in words if _names_no_town(word, at, header)}
        else:  # there may be the codes of hundreds of thousands of firms
            near = (
                [word for word in words if word[:1] in _first_signs() or ":" in word or "：" in word] if at == 0 else ()
            )
            said = {word for word in near if is_total(word) or is_remark(word) or _is_heading(word)}
        if at < 3:
            said |= {at for at in values if (not at.strip() if at.__class__ is str else cells.is_blank(at))}
        if said:
            odd |= {place for place, value in enumerate(column) if value in said}
    towns = [columns[at] for at in header.of_kind("town", "town_name") if at < len(columns)]
    if all(None in column or "" in column for column in towns):
        odd |= {place for place, names in enumerate(zip(*towns, strict=True)) if all(map(cells.is_blank, names))}
    return [rows[place] for place in sorted(odd)]


def _names_no_town(word: str, at: int, header: Header) -> bool:
    return _names_area(word, at, header) or _is_heading(word) or (at == 0 and is_remark(word))


def _names_area(word: str, at: int, header: Header) -> bool:
    return (
        is_total(word)
        or _is_area(word)
        or (at in header.of_kind("town", "town_name") and normal(word) in _prefectures())
    )


def _is_again(row: Sequence[Any], header: Header) -> bool:
    """Whether a row names the columns as the header does, in the same places and units."""
    names = header_names(header.kind)
    for column in header.columns:
        heading = read_heading(row[column.at], names) if column.at < len(row) else None
        if heading is None or names.get(heading.key) != column.field or heading.unit not in ("", column.unit):
            return False
    return True


def _no_data(row: Sequence[Any], header: Header) -> tuple[str, int] | None:
    """(rule, place of the word that says so) of a row that is no data, None for one that is."""
    for at in header.naming:
        if at < len(row) and row[at].__class__ is str and _names_area(row[at], at, header):
            return "total_row", at
    filled = [at for at, value in enumerate(row) if not cells.is_blank(value)]
    first = filled[0]
    value = row[first]
    if not header.of_kind("town", "town_name") & {*filled}:
        start = min(header.of_kind("number"), default=0)
        if (total := next((at for at in filled if at < start and is_total(row[at])), None)) is not None:
            return "total_row", total
    if len(filled) == 1 and first not in header.of_kind("date", "period") and _is_day(value):
        return "stray_note", first  # below the signature
    if not isinstance(value, str):
        return None
    if is_total(value):
        return "total_row", first
    if len(filled) == 1:
        has_digit = any(sign.isdigit() for sign in value)  # its town is missing, which is told as such
        is_alone = first not in header.of_kind("town", "town_name", "text") and not has_digit
        return ("stray_note", first) if is_remark(value) or len(normal(value)) > _LONG_TEXT or is_alone else None
    # A signature: 单位负责人：张某, 填表人：李某, 电话, 85151234. A figure in it follows a word of its own.
    loose = [place for before, place in pairwise(filled) if is_figure(row[place]) and not is_remark(shown(row[before]))]
    return ("stray_note", first) if is_remark(value) and not loose else None


def is_figure(cell: Any) -> bool:
    """Whether a cell holds a number, as a number or as text."""
    return isinstance(cell, (int, float)) or (isinstance(cell, str) and bool(_DIGITS.fullmatch(cells.fold(cell))))


def _is_day(value: Any) -> bool:
    if isinstance(value, date):
        return True
    return isinstance(value, str) and value.strip().endswith("日") and when.day(value, is_text=True)[0] is not None


def _first(row: Sequence[Any]) -> Any:
    return next(cell for cell in row if not cells.is_blank(cell))


def area_of(row: Sequence[Any], index: int) -> str:
    """The range of a row's cells that say something."""
    filled = [place for place, cell in enumerate(row) if not cells.is_blank(cell)]
    first, last = (f"{column_letters(place + 1)}{index + 1}" for place in (filled[0], filled[-1]))
    return first if first == last else f"{first}:{last}"
