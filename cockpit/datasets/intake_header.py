"""Finds the header of a sheet and what its columns hold; keeps the findings of one sheet.

May import the ground floor, `findings` and the other intake modules. Pure.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from cockpit.datasets import intake_cells as cells
from cockpit.datasets.findings import Finding, Severity
from cockpit.datasets.intake_fields import (
    Field,
    SheetKind,
    header_names,
    is_last_period,
    long_kind,
    normal,
    sheet_kinds,
    split_header,
    unit_word,
)
from cockpit.datasets.intake_reading import Grid
from cockpit.datasets.intake_scan import column_letters
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
        "jump", "invisible_signs", "old_template", "outside_scope", "empty_sheet", "more",
    }
)  # fmt: skip


def severity(rule: str) -> Severity:
    return "warning" if rule in WARNINGS else "error"


@dataclass
class Notes:
    """Findings of one sheet, cut off where a rule repeats too often."""

    grid: Grid
    limit: int
    found: list[Finding] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, rule: str, cell: str = "", value: object = "", **values: object) -> None:
        self.counts[rule] += 1
        if self.counts[rule] <= self.limit:
            shown = cells.shown(value)
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
    """A column of the grid that is understood: where it stands, what it holds, the unit it is written in."""

    at: int
    field: Field
    unit: str

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

    def get(self, name: str) -> Placed | None:
        return next((column for column in self.columns if column.field.name == name), None)


def _row(grid: Grid, index: int) -> list[Any]:
    return grid.rows[index] if index < len(grid.rows) else []


def _names(row: list[Any], names: Mapping[str, Field]) -> int:
    return len({names[key].name for cell in row if cell not in ("", None) and (key := split_header(cell)[0]) in names})


def find_header(grid: Grid, notes: Notes) -> Header | None:
    """The table a sheet holds and its columns, or None with a finding where nothing is recognised."""
    best: tuple[int, int, SheetKind, bool] | None = None
    named = {normal(word): kind.table for kind in sheet_kinds() for word in (kind.table, *kind.title)}
    wanted = named.get(normal(grid.title), "")
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
    columns = _columns(grid, index, form, notes)
    first = index + 1
    # Under its header the template says units, and explains each column; the town's column names both rows.
    town = next((column.at for column in columns if column.field.kind == "town"), None)
    below = _row(grid, first)
    if not is_long and (_says(below, town, _UNIT_WORDS) or _is_unit_row(below, columns)):
        columns = [_with_unit_row(column, below, grid, first, notes) for column in columns]
        first += 1
    if _says(_row(grid, first), town, _NOTE_WORDS):
        first += 1
    return Header(form, tuple(columns), index, first, is_long)


_UNIT_WORDS: Final = frozenset(normal(word) for word in phrase("intake.unit_row"))
_NOTE_WORDS: Final = frozenset(normal(word) for word in phrase("intake.note_row"))


def _says(row: list[Any], at: int | None, words: frozenset[str]) -> bool:
    return at is not None and at < len(row) and normal(row[at]) in words


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
    if word == column.field.written or normal(written) == normal(column.field.unit_text.en):
        return replace(column, unit=column.field.written)
    if WRITTEN_UNITS.get(word, ("",))[0] == column.field.unit:
        return replace(column, unit=word)
    notes.add(
        "unknown_unit", f"{column.letters}{index + 1}", written, column=column.field.label, unit=column.field.unit_text
    )
    return column


def _columns(grid: Grid, index: int, kind: SheetKind, notes: Notes) -> list[Placed]:
    names = header_names(kind)
    placed: dict[str, Placed] = {}
    strange = 0
    for at, written in enumerate(_row(grid, index)):
        if cells.is_blank(written) or is_last_period(written):
            continue
        key, unit = split_header(written)
        known = names.get(key)
        address = f"{column_letters(at + 1)}{index + 1}"
        if known is None:
            labels = [field.label.zh for field in kind.fields] + [field.label.en for field in kind.fields]
            strange += 1
            near = cells.hint(str(written)[:_LONGEST_HEADER], labels) if strange <= _HINTS else Text("", "")
            if any(not cells.is_blank(row[at]) for row in grid.rows[index + 1 :] if at < len(row)):
                notes.add("misspelt_column" if near.zh else "unknown_column", address, written, hint=near)
            continue
        if known.name in placed:
            notes.add("column_twice", address, written, other=f"{placed[known.name].letters}{index + 1}")
            continue
        if unit and WRITTEN_UNITS[unit][0] != known.unit and unit != known.written:
            notes.add("unknown_unit", address, written, column=known.label, unit=known.unit_text)
            unit = ""
        # The name of the schema states the base unit; a label means the template's.
        is_base = key == normal(known.name) and normal(known.label.zh) != key
        placed[known.name] = Placed(at, known, unit or ("" if is_base else known.written))
    return list(placed.values())
