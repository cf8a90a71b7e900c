"""Finds the header of a sheet and what its columns hold.

May import the ground floor and the other intake modules. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from cockpit.datasets import intake_cells as cells
from cockpit.datasets.intake_fields import Field, SheetKind, header_names, long_kind, normal, sheet_kinds
from cockpit.datasets.intake_header import Header, Notes, Placed
from cockpit.datasets.intake_headings import UNIT_ENDS, is_computed, is_last_period, read_heading, without_last
from cockpit.datasets.intake_parts import column_letters
from cockpit.datasets.intake_reading import Grid
from cockpit.datasets.intake_unit_lines import is_unit_row, with_unit_line, with_unit_row
from cockpit.phrases import phrase
from cockpit.units import WRITTEN_UNITS

# Strange headers whose nearest is looked for, and their signs: each takes milliseconds.
_HINTS: Final = 50
_LONGEST_HEADER: Final = 80
# Deeper headers are not looked for: a table begins near the top.
_HEADER_ROWS: Final = 12


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
    if not is_long and (_says(below, town, _UNIT_WORDS) or is_unit_row(below, columns)):
        columns = [with_unit_row(column, below, grid, first, notes) for column in columns]
        references = [with_unit_row(column, below, grid, first, notes) for column in references]
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
            rule, values = cells.strange_name(str(written)[:_LONGEST_HEADER], labels if strange <= _HINTS else ())
            notes.add(rule if rule == "other_measure" else f"{rule}_column", address, written, **values)
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
