"""From a grid to a table: finds the header, reads the columns, tells every cell it cannot understand.

May import the ground floor, `findings` and the other intake modules. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import zip_longest
from typing import Any, Final

import pandas as pd

from cockpit.datasets import findings as findings
from cockpit.datasets.findings import Remark
from cockpit.datasets.intake import cells
from cockpit.datasets.intake.around import has_two_headers, look_at_structure, tell_above, tell_beyond
from cockpit.datasets.intake.captions import tell_captions
from cockpit.datasets.intake.columns import HINTS, longest, read_column
from cockpit.datasets.intake.frames import frame_of, with_reasons
from cockpit.datasets.intake.header import Header, Notes, Placed
from cockpit.datasets.intake.known_towns import Towns, find_town, is_town
from cockpit.datasets.intake.periods import tell_periods, title_period
from cockpit.datasets.intake.reading import Grid
from cockpit.datasets.intake.rows import data_rows
from cockpit.datasets.intake.splits import tell_splits
from cockpit.datasets.template.sheets import TOWNS, Field, normal
from cockpit.texts import visible
from cockpit.town_codes import read
from cockpit.vocabulary import Text

# Told of rows that name a town and say nothing else, too.
_OF_CODES: Final = frozenset({"unknown_town", "code_check", "bad_code"})


def missing_columns(header: Header, towns: Towns) -> list[Field]:
    """Required columns that are not there; a town's name stands in for its code, the stamp for the period."""
    have = {column.field.name for column in header.columns}
    if "town_name" in have:
        have.add("town_code")
    if towns.period:
        have.add("period")
    return [field for field in header.kind.fields if field.is_required and field.name not in have]


def read_table(grid: Grid, header: Header, towns: Towns, notes: Notes) -> pd.DataFrame:
    """The rows as they are stored: fields by name, long tables with one value a row, with `sheet`, `file`, `cell`."""
    lost = missing_columns(header, towns)
    if lost and title_period(grid, header):
        lost = [at for at in lost if at.name != "period"]
    for at in lost:
        notes.add("missing_column", "", "", column=at.label)
    tell_above(grid, header, notes)
    rows = data_rows(grid, header, notes)
    if has_two_headers(grid, header, notes) or lost:
        return pd.DataFrame()
    look_at_structure(grid, header, rows, notes)
    longer = tell_beyond(grid, header, rows, notes)
    rows = [index for index in rows if index not in longer]
    spoilt = tell_splits(grid, header, rows, notes)
    rows = [index for index in rows if index not in spoilt]
    bad: set[int] = set()
    # Columns of the chosen rows; rows may be of different length.
    table = list(zip_longest(*(grid.rows[index] for index in rows)))
    table += [(None,) * len(rows)] * (1 + max(column.at for column in header.columns) - len(table))
    values = {
        # A figure of a long table gets its unit when its indicator is known.
        column.field.name: read_column(
            grid, rows, table[column.at], replace(column, unit="") if header.is_long else column, notes, bad
        )
        for column in header.columns
        if column.field.kind not in ("note", "town", "town_name")
    }
    filled = _filled(header, values, rows)
    values["town_code"] = _town_column(grid, rows, header, towns, notes, bad, filled)
    if "period" in {field.name for field in header.kind.fields}:
        values.setdefault("period", [None] * len(rows))
        said = tell_periods(grid, header, rows, values["period"], filled, towns.stamped, notes)
        values["period"] = [at if at is not None else said or towns.period or None for at in values["period"]]
    stated = zip(values.get("period", ()), filled, strict=False)
    tell_captions(grid, header, {at for at, says in stated if says and isinstance(at, str)}, notes)
    _tell_places(grid, rows, header, towns, values["town_code"], filled, notes)
    remarks = _remarks(grid, rows, header, values["town_code"], notes)
    frame = frame_of(grid, header, rows, values, bad, filled, notes, towns.period)
    return with_reasons(frame, remarks, notes)


def _remarks(grid: Grid, rows: list[int], header: Header, towns: list[Any], notes: Notes) -> dict[int, str]:
    """Remarks by row number as a sheet counts; all of them are kept for the reviewer."""
    at = header.get("note")
    if at is None:
        return {}
    found = {}
    for index, town in zip(rows, towns, strict=True):
        row = grid.rows[index]
        where = f"{at.letters}{index + 1}"
        if _lacks_value(grid, where, notes):
            continue
        if at.at >= len(row) or cells.is_blank(row[at.at]):
            continue
        text, rule, said = cells.text(row[at.at], longest(at.field.name), is_text=grid.is_text)
        if rule:
            notes.add(rule, where, row[at.at], **{"column": at.field.label, **said})
        if cells.is_taken_back(text) and not any(map(cells.is_taken_back, row[: at.at] + row[at.at + 1 :])):
            notes.add("remark_withdraws", where, row[at.at])
        if text:
            found[index + 1] = text
            notes.remarks.append(Remark(grid.file, grid.sheet, where, town if isinstance(town, str) else "", text))
    return found


def _lacks_value(grid: Grid, address: str, notes: Notes) -> bool:
    """Whether a cell holds a formula and no value, which is told: to the reader it is empty."""
    is_told = address in grid.structure.formulas_without_value
    if is_told:
        notes.add("formula_without_value", address)
    return is_told


def _tell_places(
    grid: Grid, rows: list[int], header: Header, towns: Towns, codes: list[Any], filled: list[bool], notes: Notes
) -> None:
    """County and prefecture beside a town are held against those it lies in."""
    for name in ("prefecture", "county"):
        at = header.get(name)
        if at is None:
            continue
        for index, code, says in zip(rows, codes, filled, strict=True):
            row = grid.rows[index]
            if not says or code not in towns.places or at.at >= len(row) or cells.is_blank(row[at.at]):
                continue
            spellings, label = towns.places[code]
            if normal(findings.shown(row[at.at])) not in spellings:
                values = {"town": towns.name(code), "county": label}
                notes.add("county_differs", f"{at.letters}{index + 1}", row[at.at], **values)


def _filled(header: Header, values: Mapping[str, list[Any]], rows: list[int]) -> list[bool]:
    """Whether a row says anything beside its town: the template lists every town, and most clerks fill in a few."""
    names = [
        column.field.name
        for column in header.columns
        if column.field.is_value or column.field.kind not in ("town", "town_name", "note", "period", "unit")
    ]
    if header.is_long:
        names = [header.kind.value]
    if not (columns := [values[name] for name in names if name in values]):
        return [False] * len(rows)
    return [any(value is not None for value in row) for row in zip(*columns, strict=True)]


def _town_column(
    grid: Grid, rows: list[int], header: Header, towns: Towns, notes: Notes, bad: set[int], filled: list[bool]
) -> list[Any]:
    code_at, name_at = header.get("town_code"), header.get("town_name")
    texts: dict[Any, str] = {}  # as a cell shows them: they repeat by the thousand
    odd: set[Any] = set()  # cells with signs nobody sees
    out: list[Any] = []
    known: dict[tuple[str, str], tuple[str | None, str, Text]] = {}
    strange = 0
    main = code_at or name_at
    for index, says in zip(rows, filled, strict=True):
        row = grid.rows[index]
        lacking = [_lacks_value(grid, f"{at.letters}{index + 1}", notes) for at in (code_at, name_at) if at and says]
        if lacking and all(lacking):
            out.append(None)
            bad.add(index)
            continue
        code, name = (_told(row, at, texts, odd) for at in (code_at, name_at))
        if (code, name) not in known:
            may_be_new = header.kind.table == TOWNS
            known[code, name] = find_town(code, name, towns, strange < HINTS, may_be_new)
            strange += known[code, name][1] == "unknown_town"
        town, rule, near = known[code, name]
        out.append(town)
        for at in (code_at, name_at) if odd and says else ():
            if at is not None and at.at < len(row) and (raw := row[at.at]) in odd:
                notes.add("invisible_signs", f"{at.letters}{index + 1}", raw, column=at.field.label)
        if not says and rule not in _OF_CODES:
            continue
        if rule and main:
            holder = name_at if rule in ("town_name_differs", "name_of_two") and name_at else main
            written = name if holder is name_at else code or name
            said = towns.name(town or "")
            values: dict[str, object] = {"hint": near, "town": said}
            if rule == "code_check":
                values["expected"] = read(code).expected
            if rule == "bad_code":
                values["example"] = towns.example(code)
            is_told = says or rule != "unknown_town" or is_town(code or name)
            notes.add(rule if is_told else "stray_note", f"{holder.letters}{index + 1}", written, **values)
        if not says:
            continue
        if town is None:
            bad.add(index)
        elif main and towns.codes_in_scope and town not in towns.codes_in_scope and town in towns.names:
            notes.add("outside_scope", f"{main.letters}{index + 1}", towns.names[town])
    return out


def _told(row: list[Any], at: Placed | None, written: dict[Any, str], odd: set[Any]) -> str:
    if at is None or at.at >= len(row):
        return ""
    value = row[at.at]
    if value.__class__ is not str:
        return "" if cells.is_blank(value) else findings.shown(value)
    found = written.get(value)
    if found is None:
        found = written[value] = "" if cells.is_blank(value) else visible(findings.shown(value))
        if visible(value) != value:
            odd.add(value)
    return found
