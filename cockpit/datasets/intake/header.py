"""Finds the header of a sheet and what its columns hold; keeps the findings of one sheet.

May import the ground floor, `findings` and the other intake modules. Pure.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Final

from cockpit.datasets import findings as findings
from cockpit.datasets.findings import Finding, Remark, Severity
from cockpit.datasets.intake import cells
from cockpit.datasets.intake.reading import Grid
from cockpit.datasets.intake.scan import column_letters
from cockpit.datasets.template.sheets import (
    UNIT_ENDS,
    Field,
    SheetKind,
    header_names,
    is_computed,
    is_last_period,
    long_kind,
    normal,
    read_heading,
    sheet_kinds,
    unit_word,
    units_in,
    without_last,
)
from cockpit.phrases import phrase
from cockpit.units import WRITTEN_UNITS
from cockpit.vocabulary import Text

# Strange headers whose nearest is looked for, and their signs: each takes milliseconds.
_HINTS: Final = 50
_LONGEST_HEADER: Final = 80
# Deeper headers are not looked for: a table begins near the top.
_HEADER_ROWS: Final = 12
WARNINGS: Final = frozenset(
    {
        "blank_word", "full_width", "thousands", "unit_in_cell", "date_as_text", "stray_note", "total_row",
        "hidden_sheet", "hidden_rows", "hidden_columns", "unknown_sheet", "unknown_column", "town_name_differs",
        "jump", "invisible_signs", "old_template", "outside_scope", "empty_sheet", "more", "unit_assumed", "to_zero",
        "reference_changed", "county_differs", "far_from_county", "no_header", "computed_column", "period_differs",
        "firm_code_read", "firm_name_differs", "name_passed_on",
    }
)  # fmt: skip


def severity(rule: str) -> Severity:
    return "warning" if rule in WARNINGS else "error"


@dataclass
class Notes:
    """Findings of one sheet, cut off where a rule repeats too often, and the remarks that stand beside its figures."""

    grid: Grid
    limit: int
    remarks: list[Remark] = field(default_factory=list)
    assumed: dict[str, tuple[Field, str]] = field(default_factory=dict)  # name -> field and cell of its header
    found: list[Finding] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def assume(self, column: Placed, field: Field, row: int) -> None:
        """Note money whose unit nothing states: the template's is taken, and told where no earlier figure guards it."""
        if field.unit == "yuan" and not column.stated and not column.is_base:
            self.assumed.setdefault(field.name, (field, f"{column.letters}{row + 1}"))

    def add(self, rule: str, cell: str = "", value: object = "", **values: object) -> None:
        self.counts[rule] += 1
        if self.counts[rule] <= self.limit:
            shown = findings.shown(value)
            self.found.append(Finding(self.grid.file, self.grid.sheet, cell, shown, rule, severity(rule), values))

    def close(self) -> list[Finding]:
        for rule, count in self.counts.items():
            if count > self.limit:
                first = next(finding for finding in self.found if finding.rule == rule)
                rest = {"count": count - self.limit, "cell": first.cell, "more": count}
                self.found.append(replace(first, rule="more", cell="", value="", values=rest))
        return self.found


@dataclass(frozen=True)
class Placed:
    """A column of the grid that is understood: where it stands, what it holds, the unit it is written in.

    `stated` is the cell that states the unit, "" while nothing does and the template's is taken; `is_base`: the header
    is the schema's name, which states the base unit.
    """

    at: int
    field: Field
    unit: str
    stated: str = ""
    is_base: bool = False

    @property
    def letters(self) -> str:
        return column_letters(self.at + 1)


@dataclass(frozen=True)
class Header:
    """Where the columns stand. `first` is the index of the first row of data; `is_long`: one value a row."""

    kind: SheetKind
    columns: tuple[Placed, ...]
    row: int
    first: int
    is_long: bool
    references: tuple[Placed, ...] = ()  # columns that repeat the last period's figures

    @cached_property
    def naming(self) -> tuple[int, ...]:
        """Columns that say which town a row is about, or which area: where totals are named."""
        kinds = ("town", "town_name")
        return tuple(
            at.at for at in self.columns if at.field.kind in kinds or at.field.name in ("prefecture", "county")
        )

    def get(self, name: str) -> Placed | None:
        return next((column for column in self.columns if column.field.name == name), None)


def _row(grid: Grid, index: int) -> list[Any]:
    return grid.rows[index] if index < len(grid.rows) else []


def _names(row: list[Any], names: Mapping[str, Field]) -> int:
    return len(
        {names[key].name for cell in row if cell not in ("", None) and (key := read_heading(cell, names).key) in names}
    )


def find_header(grid: Grid, notes: Notes) -> Header | None:
    """The table a sheet holds and its columns, or None with a finding where nothing is recognised."""
    best: tuple[int, int, SheetKind, bool] | None = None
    named = {normal(word): kind.table for kind in sheet_kinds() for word in (kind.table, *kind.title)}
    # Our own table of towns carries the register's title and brings figures.
    wanted = "returns" if _is_own_export(grid) else named.get(normal(grid.title), "")
    for kind in sheet_kinds():
        for form in (kind, long_kind(kind)) if kind.spread else (kind,):
            names = header_names(form)
            own = {field.name for field in form.fields} - {
                "town_code",
                "town_name",
                "prefecture",
                "county",
                "period",
                "note",
            }
            for index in range(min(_HEADER_ROWS, len(grid.rows))):
                row = _row(grid, index)
                score = 2 * _names(row, {key: at for key, at in names.items() if at.name in own}) + _names(row, names)
                if kind.table == wanted:
                    score = 2 * score + 1 if score else 0
                # Two columns of its own or its name: a lone 备注 makes no table.
                if score > 4 and (best is None or score > best[0]):
                    best = (score, index, form, form is not kind)
    if best is None:
        return None
    _, index, form, is_long = best
    columns, references = _columns(grid, index, form, notes)
    first = index + 1
    # Under its header the template says units, and explains each column; the town's column names both rows.
    town = next((column.at for column in columns if column.field.kind == "town"), None)
    below = _row(grid, first)
    if not is_long and (_says(below, town, _UNIT_WORDS) or _is_unit_row(below, columns)):
        columns = [_with_unit_row(column, below, grid, first, notes) for column in columns]
        references = [_with_unit_row(column, below, grid, first, notes) for column in references]
        first += 1
    if _says(_row(grid, first), town, _NOTE_WORDS):
        first += 1
    columns = with_unit_line(columns, grid, index, first, notes)
    if not is_long:
        for column in columns:
            notes.assume(column, column.field, index)
    return Header(form, tuple(columns), index, first, is_long, tuple(references))


_UNIT_WORDS: Final = frozenset(normal(word) for word in phrase("intake.unit_row"))
_NOTE_WORDS: Final = frozenset(normal(word) for word in phrase("intake.note_row"))


_OWN_EXPORT: Final = tuple(
    frozenset(normal(word) for word in words)
    for words in zip(*(phrase(f"towns.{key}") for key in ("name", "code", "provenance")), strict=True)
)


def _is_own_export(grid: Grid) -> bool:
    heads = {normal(cell) for cell in _row(grid, 0) if isinstance(cell, str)}
    return any(words <= heads for words in _OWN_EXPORT)


def _says(row: list[Any], at: int | None, words: frozenset[str]) -> bool:
    """Whether the town's column names a row of the template's own, which holds words and never a figure."""
    return (
        at is not None
        and at < len(row)
        and normal(row[at]) in words
        and not any(isinstance(cell, (int, float)) for cell in row)
    )


def _is_unit_row(row: list[Any], columns: list[Placed]) -> bool:
    counters = {word for column in columns for word in (column.field.written, unit_word(column.field.unit_text.en))}
    words = [
        unit_word(row[column.at]) for column in columns if column.at < len(row) and isinstance(row[column.at], str)
    ]
    known = sum(word in WRITTEN_UNITS or word in counters for word in words if word)
    return known >= 1 and known * 2 >= sum(bool(word) and word not in ("单位", "Unit") for word in words)


def _with_unit_row(column: Placed, row: list[Any], grid: Grid, index: int, notes: Notes) -> Placed:
    written = row[column.at] if column.at < len(row) else ""
    word = unit_word(written) if isinstance(written, str) else ""
    if not word or not column.field.unit:
        return column
    address = f"{column.letters}{index + 1}"
    if word == column.field.written or normal(written) == normal(column.field.unit_text.en):
        return _stated(column, column.field.written, address, notes)
    if WRITTEN_UNITS.get(word, ("",))[0] == column.field.unit:
        return _stated(column, word, address, notes)
    notes.add("unknown_unit", address, written, column=column.field.label, unit=column.field.unit_text)
    return column


def _stated(column: Placed, unit: str, address: str, notes: Notes) -> Placed:
    """The column with the unit a cell states; where another cell states another one, neither is believed."""
    if column.stated and unit != column.unit:
        notes.add("units_disagree", address, unit, column=column.field.label, other=column.unit, place=column.stated)
    return replace(column, unit=unit, stated=address)


def _columns(grid: Grid, index: int, kind: SheetKind, notes: Notes) -> tuple[list[Placed], list[Placed]]:
    """Columns of data, and those that repeat the last period's figures."""
    names = header_names(kind)
    placed: dict[str, Placed] = {}
    references: list[Placed] = []
    strange = 0
    for at, written in enumerate(_row(grid, index)):
        if cells.is_blank(written):
            continue
        if is_last_period(written):
            if field := names.get(without_last(written)):
                references.append(Placed(at, field, field.written))
            continue
        heading = read_heading(written, names)
        known, unit = names.get(heading.key), heading.unit
        address = f"{column_letters(at + 1)}{index + 1}"
        is_filled = any(not cells.is_blank(row[at]) for row in grid.rows[index + 1 :] if at < len(row))
        if known is None:
            if not is_filled:
                continue
            if is_computed(heading.key, kind):
                notes.add("computed_column", address, written)
                continue
            labels = [field.label.zh for field in kind.fields] + [field.label.en for field in kind.fields]
            strange += 1
            near = cells.hint(str(written)[:_LONGEST_HEADER], labels) if strange <= _HINTS else Text("", "")
            notes.add("misspelt_column" if near.zh else "unknown_column", address, written, hint=near)
            continue
        if heading.strange:
            values = {"column": known.label, "unit": known.unit_text}
            looks_like_unit = heading.strange.rstrip(") ]】").endswith(UNIT_ENDS)
            notes.add("unknown_unit" if looks_like_unit else "other_figure", address, heading.strange, **values)
            continue
        if known.name in placed:
            notes.add("column_twice", address, written, other=f"{placed[known.name].letters}{index + 1}")
            continue
        # The value of a long table has no unit of its own: any may stand there, and each row holds it against its own.
        if unit and known.unit and WRITTEN_UNITS[unit][0] != known.unit and unit != known.written:
            notes.add("unknown_unit", address, unit, column=known.label, unit=known.unit_text)
            continue
        # The name of the schema states the base unit; a label means the template's.
        is_base = heading.key == normal(known.name) and normal(known.label.zh) != heading.key
        stated = address if unit else ""
        placed[known.name] = Placed(at, known, unit or ("" if is_base else known.written), stated, is_base)
    return list(placed.values()), references


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
_UNIT_IN_TITLE: Final = re.compile(r"\(([^()]*)\)\s*$")
_UNIT_LINE_ROWS: Final = 12


def with_unit_line(columns: list[Placed], grid: Grid, index: int, first: int, notes: Notes) -> list[Placed]:
    """The columns with the units that a line above or below the table, or the sheet's name, states for all of them."""
    last = len(grid.rows)
    placed = {column.at for column in columns}
    lines = [
        (f"{column_letters(at + 1)}{row + 1}", cell, _said_unit(_row(grid, row), at, is_above=row < index), row)
        for row in (*range(index + 1), *range(max(first, last - _UNIT_LINE_ROWS), last))
        for at, cell in enumerate(_row(grid, row))
        if isinstance(cell, str) and not (row == index and at in placed)
    ]
    if grid.sheet:
        lines.append((grid.sheet, grid.sheet, _said_unit([grid.sheet], 0, is_above=True), -1))
    loose = []
    for address, cell, said, row in lines:
        if not said:
            loose.append((address, cell, row))
            continue
        units, strange = units_in(said)
        bases = [WRITTEN_UNITS[unit][0] for unit in units]
        if any(word.endswith(UNIT_ENDS) for word in strange) or len(set(bases)) < len(bases):
            notes.add("unknown_unit_line", address if row >= 0 else "", said)
            continue
        if not units:
            loose.append((address, cell, row))
            continue
        by_base = dict(zip(bases, units, strict=True))
        columns = [
            _stated(column, by_base[column.field.unit], address, notes)
            if column.field.unit in by_base
            else replace(column, unit=units[0], stated=address)
            if column.field.name in ("value", "area_mu") and not column.field.unit and units and not column.stated
            else column
            for column in columns
        ]
    _tell_loose_units(columns, grid, index, loose, notes)
    return columns


def _tell_loose_units(
    columns: list[Placed], grid: Grid, index: int, lines: list[tuple[str, str, int]], notes: Notes
) -> None:
    """Tell units of money in texts around the table that nothing reads, while the template's unit is only assumed."""
    if not any(column.field.unit == "yuan" and not column.stated and not column.is_base for column in columns):
        return
    for address, cell, row in lines:
        others = [other for other in _row(grid, row) if not cells.is_blank(other)] if row >= 0 else []
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
