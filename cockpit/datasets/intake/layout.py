"""Finds the header of a sheet and what its columns hold.

May import the ground floor and the other intake modules. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from cockpit.datasets.intake import cells
from cockpit.datasets.intake.header import Header, Notes, Placed
from cockpit.datasets.intake.headings import (
    is_computed,
    is_last_period,
    is_unit_like,
    read_heading,
    units_in,
    without_last,
)
from cockpit.datasets.intake.parts import column_letters
from cockpit.datasets.intake.reading import Grid
from cockpit.datasets.intake.rows import is_figure
from cockpit.datasets.intake.unit_lines import is_seen_as_read, is_unit_row, with_unit_line, with_unit_row
from cockpit.datasets.template.sheets import Field, SheetKind, header_names, long_kind, normal, sheet_kinds
from cockpit.phrases import phrase
from cockpit.units import WRITTEN_UNITS

# Strange headers whose nearest is looked for, and their signs: each takes milliseconds.
_HINTS: Final = 50
_LONGEST_HEADER: Final = 80
# Deeper headers are not looked for: a table begins near the top.
_HEADER_ROWS: Final = 12


Head = tuple[int, int, Any]  # column, row and text of a name


def _row(grid: Grid, index: int) -> list[Any]:
    return grid.rows[index] if 0 <= index < len(grid.rows) else []


def _known(cell: object, names: Mapping[str, Field]) -> Field | None:
    """The field a cell names, whatever unit stands behind the name."""
    return names.get(read_heading(cell, names).key) if isinstance(cell, str) and cell else None


_SAYS_WHERE: Final = frozenset({"town_code", "town_name", "period"})
_KEYS: Final = frozenset({"town_code", "town_name", "prefecture", "county", "period", "note"})


def _best(grid: Grid) -> tuple[int, SheetKind, bool] | None:
    """Row, table and form (one value a row) that most names of columns speak for."""
    best: tuple[int, int, SheetKind, bool] | None = None
    named = {normal(word): kind.table for kind in sheet_kinds() for word in (kind.table, *kind.title)}
    # Our own table of towns carries the register's title and brings figures.
    wanted = "returns" if _is_own_export(grid) else named.get(normal(grid.title), "")
    rows = [[cell for cell in row if isinstance(cell, str) and cell] for row in grid.rows[:_HEADER_ROWS]]
    for kind in sheet_kinds():
        if kind.checker and kind.table != wanted:
            continue  # kinds of elements share their headers: only a title tells one from the other
        for form in (kind, long_kind(kind)) if kind.spread else (kind,):
            names = header_names(form)
            for index, row in enumerate(rows):
                said = {field.name for cell in row if (field := _known(cell, names))}
                score = 2 * len(said - _KEYS) + len(said)
                if kind.table == wanted:
                    score = 2 * score + 1 if score else 0
                # Two columns of its own or its name: a lone 备注 makes no table.
                if score > 4 and (best is None or score > best[0]):
                    best = (score, index, form, form is not kind)
    return best[1:] if best else None


def find_header(grid: Grid, notes: Notes) -> Header | None:
    """The table a sheet holds and its columns, or None with a finding where nothing is recognised."""
    best = _best(grid)
    if best is None:
        return None
    index, form, is_long = best
    index, heads = _heads(grid, index, header_names(form))
    columns, references = _columns(grid, index, heads, form, notes)
    first = index + 1
    # Under its header the template says units, and explains each column; the town's column names both rows.
    town = next((column.at for column in columns if column.field.kind == "town"), None)
    below = _row(grid, first)
    # What stands under a name that is not known is told with it, or repeats our own figures.
    placed = {column.at for column in columns}
    silent = {at for at, _, _ in heads} - placed
    if not is_long and (_says(below, town, _UNIT_WORDS) or is_unit_row(below, columns)):
        columns = [with_unit_row(column, below, grid, first, notes) for column in columns]
        references = [with_unit_row(column, below, grid, first, notes) for column in references]
        own_words = _UNIT_WORDS | {normal(word) for field in form.fields for word in field.unit_text}
        _tell_others(grid, first, silent | {column.at for column in columns if column.field.unit}, own_words, notes)
        first += 1
    if _says(_row(grid, first), town, _NOTE_WORDS):
        known = _NOTE_WORDS | {normal(word) for field in form.fields for word in field.note}
        _tell_others(grid, first, silent, known, notes)
        first += 1
    top = min(row for _, row, _ in heads)
    own = {(row, at) for at, row, _ in heads if at in placed}
    columns = with_unit_line(columns, grid, own, index, first, notes)
    if not is_long:
        for column in columns:
            notes.assume(column, column.field, index)
    named = frozenset(at for at, _, _ in heads)
    return Header(form, tuple(columns), index, first, is_long, top, named, tuple(references))


def _heads(grid: Grid, index: int, names: Mapping[str, Field]) -> tuple[int, list[Head]]:
    """Last row of names, and the names: each the lowest of its column, where a header has two or three rows."""
    own = {at: field for at, cell in enumerate(_row(grid, index)) if (field := _known(cell, names))}
    below = _row(grid, index + 1)
    said = {at for at, cell in enumerate(below) if _known(cell, names)}
    keys = {at for at, field in own.items() if field.kind != "number"}
    is_free = all(cells.is_blank(below[at]) for at in keys if at < len(below))
    if said and is_free and not said & own.keys() and not any(map(is_figure, below)):
        index += 1
    heads: list[Head] = [(at, index, cell) for at, cell in enumerate(_row(grid, index)) if not cells.is_blank(cell)]
    taken = {at for at, _, _ in heads}
    for row in (index - 1, index - 2):
        above = _row(grid, row)
        if any(map(is_figure, above)):
            break
        found = [(at, row, cell) for at, cell in enumerate(above) if at not in taken and _known(cell, names)]
        heads += found
        taken |= {at for at, _, _ in found}
    return index, sorted(heads, key=lambda head: head[0])


def _tell_others(grid: Grid, index: int, places: set[int], words: frozenset[str], notes: Notes) -> None:
    """Tell what stands in a row of the template's own beside its own words: nobody reads it."""
    for at, cell in enumerate(_row(grid, index)):
        if not cells.is_blank(cell) and at not in places and normal(cell) not in words | _DASHES:
            notes.add("stray_note", f"{column_letters(at + 1)}{index + 1}", cell)


_DASHES: Final = frozenset({"-", "—", "——", "/", "无"})
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


def _as_written(strange: str, odd: tuple[str, ...]) -> str:
    """What stands beside a name as it is written; of several brackets the words alone."""
    return "、".join(odd) if any(sign in strange for sign in "()[]【】") else strange


def _columns(
    grid: Grid, index: int, heads: list[Head], kind: SheetKind, notes: Notes
) -> tuple[list[Placed], list[Placed]]:
    """Columns of data, and those that repeat the last period's figures."""
    names = header_names(kind)
    placed: dict[str, Placed] = {}
    places: dict[str, str] = {}
    references: list[Placed] = []
    strange, is_beside = 0, False
    for at, row, written in heads:
        if is_beside:
            notes.add("second_table", f"{column_letters(at + 1)}{row + 1}", written)
            continue
        if is_last_period(written) and (field := names.get(without_last(written))):
            references.append(Placed(at, field, field.written))
            continue
        heading = read_heading(written, names)
        known, unit = names.get(heading.key), heading.unit
        address = f"{column_letters(at + 1)}{row + 1}"
        is_filled = any(not cells.is_blank(line[at]) for line in grid.rows[index + 1 :] if at < len(line))
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
        if not is_seen_as_read(written, address, known.label, notes):
            continue
        if heading.strange:
            values = {"column": known.label, "unit": known.unit_text}
            _, odd = units_in(heading.strange)
            is_unit = bool(odd) and all(map(is_unit_like, odd))
            notes.add(
                "unknown_unit" if is_unit else "other_figure", address, _as_written(heading.strange, odd), **values
            )
            continue
        if known.name in _SAYS_WHERE and known.name in placed and places.keys() - _KEYS:
            is_beside = True  # the keys come again after figures: another table's
            notes.add("second_table", address, written)
            continue
        if known.name in placed:
            notes.add("column_twice", address, written, other=places[known.name])
            continue
        # The value of a long table has no unit of its own: any may stand there, and each row holds it against its own.
        if unit and known.unit and WRITTEN_UNITS[unit][0] != known.unit and unit != known.written:
            notes.add("unknown_unit", address, unit, column=known.label, unit=known.unit_text)
            continue
        if heading.is_cumulative and known.kind == "number":
            notes.add("as_cumulative", address, written, read=phrase("intake.since_january"))
        # The name of the schema states the base unit; a label means the template's.
        is_base = heading.key == normal(known.name) and normal(known.label.zh) != heading.key
        stated = address if unit else ""
        places[known.name] = address
        placed[known.name] = Placed(at, known, unit or ("" if is_base else known.written), stated, is_base)
    return list(placed.values()), references
