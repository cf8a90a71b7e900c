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
from cockpit.datasets.findings import WRITTEN, Remark
from cockpit.datasets.intake import cells
from cockpit.datasets.intake.captions import tell_captions
from cockpit.datasets.intake.columns import FAULT, HINTS, longest, read_column
from cockpit.datasets.intake.header import Header, Notes, Placed
from cockpit.datasets.intake.known_towns import Towns, find_town, is_town
from cockpit.datasets.intake.periods import tell_periods, title_period
from cockpit.datasets.intake.reading import Grid
from cockpit.datasets.intake.rows import has_two_headers, is_note, look_at_structure, tell_beyond
from cockpit.datasets.intake.scan import column_letters
from cockpit.datasets.template.sheets import TOWNS, Field, normal, sheet_kinds, unit_word
from cockpit.texts import visible
from cockpit.town_codes import read
from cockpit.units import WRITTEN_UNITS
from cockpit.vocabulary import Text

# Columns of frames of figures while they are checked: whether a figure is to be taken back, and why.
TAKEN: Final = "taken"
REASON: Final = "reason"
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
    rows = [index for index in range(header.first, len(grid.rows)) if cells.says_something(grid.rows[index])]
    rows = [index for index in rows if not is_note(grid, index, header, notes)]
    look_at_structure(grid, header, rows, notes)
    if has_two_headers(grid, header, notes) or lost:
        return pd.DataFrame()
    longer = tell_beyond(grid, header, rows, notes)
    rows = [index for index in rows if index not in longer]
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
    frame = _frame(grid, header, rows, values, bad, filled, notes, towns)
    return _with_reasons(frame, remarks, notes)


def _remarks(grid: Grid, rows: list[int], header: Header, towns: list[Any], notes: Notes) -> dict[int, str]:
    """Remarks by row number as a sheet counts; all of them are kept for the reviewer."""
    at = header.get("note")
    if at is None:
        return {}
    found = {}
    for index, town in zip(rows, towns, strict=True):
        row = grid.rows[index]
        if at.at >= len(row) or cells.is_blank(row[at.at]):
            continue
        where = f"{at.letters}{index + 1}"
        text, rule, said = cells.text(row[at.at], longest(at.field.name), is_text=grid.is_text)
        if rule:
            notes.add(rule, where, row[at.at], **{"column": at.field.label, **said})
        if text:
            found[index + 1] = text
            notes.remarks.append(Remark(grid.file, grid.sheet, where, town if isinstance(town, str) else "", text))
    return found


def _with_reasons(frame: pd.DataFrame, remarks: Mapping[int, str], notes: Notes) -> pd.DataFrame:
    """Figures to be taken back with the reason their row gives; one without a reason is told and left out."""
    if TAKEN not in frame or not frame[TAKEN].any():
        return frame.drop(columns=TAKEN, errors="ignore")
    numbers = frame["cell"].str.extract(r"(\d+)$")[0].astype(int)
    reasons = numbers.map(remarks).where(frame[TAKEN])
    lacking = frame[TAKEN] & reasons.isna()
    for row in frame[lacking].itertuples():
        notes.add("no_reason", str(row.cell), getattr(row, WRITTEN))
    return frame.assign(**{REASON: reasons.astype(object).where(reasons.notna(), None)})[~lacking].drop(columns=TAKEN)


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


def _frame(
    grid: Grid,
    header: Header,
    rows: list[int],
    values: dict[str, list[Any]],
    bad: set[int],
    filled: list[bool],
    notes: Notes,
    towns: Towns,
) -> pd.DataFrame:
    required = [column for column in header.columns if column.field.is_required and column.field.name in values]
    for at, (index, says) in enumerate(zip(rows, filled, strict=True)):
        if not says:
            continue
        for column in required:
            if values[column.field.name][at] is None and column.field.kind != "town":
                if column.field.name == "period" and towns.period:
                    values["period"][at] = towns.period
                    continue
                notes.add("missing_value", f"{column.letters}{index + 1}", column=column.field.label)
                bad.add(index)
    if header.is_long:
        return _long_frame(grid, header, rows, values, bad, filled, notes)
    spread = [column for column in header.columns if column.field.is_value]
    if not spread:
        last = column_letters(max(column.at for column in header.columns) + 1)
        keep = [at for at, index in enumerate(rows) if filled[at] and index not in bad]
        table = {name: [column[at] for at in keep] for name, column in values.items()}
        where = [f"A{rows[at] + 1}:{last}{rows[at] + 1}" for at in keep]
        return pd.DataFrame({**table, "file": grid.file, "sheet": grid.sheet, "cell": where})
    parts = []
    # A fault in one indicator leaves the row's others as they are; a fault in town or period spoils the row.
    spoilt = [values["town_code"][at] is None or not isinstance(values["period"][at], str) for at in range(len(rows))]
    for column in spread:
        written = values[column.field.name]
        keep = [at for at, value in enumerate(written) if value is not None and value is not FAULT and not spoilt[at]]
        parts.append(
            pd.DataFrame(
                {
                    "town_code": [values["town_code"][at] for at in keep],
                    "period": [values["period"][at] for at in keep],
                    header.kind.spread: column.field.name,
                    header.kind.value: pd.Series(
                        [None if written[at] is cells.TAKEN_BACK else written[at] for at in keep], dtype="float64"
                    ),
                    TAKEN: pd.Series([written[at] is cells.TAKEN_BACK for at in keep], dtype=bool),
                    "cell": [f"{column.letters}{rows[at] + 1}" for at in keep],
                    WRITTEN: pd.Series([grid.rows[rows[at]][column.at] for at in keep], dtype="object"),
                }
            )
        )
    frame = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()
    return frame.assign(file=grid.file, sheet=grid.sheet)


def _long_frame(
    grid: Grid,
    header: Header,
    rows: list[int],
    values: dict[str, list[Any]],
    bad: set[int],
    filled: list[bool],
    notes: Notes,
) -> pd.DataFrame:
    """One value a row: bounds and unit depend on the row's indicator, so its figures are read a second time."""
    wide = next(kind for kind in sheet_kinds() if kind.table == header.kind.table)
    known = {at.name: at for at in wide.fields if at.is_value}
    place, unit_at = header.get(header.kind.value), header.get("unit")
    spread, found = values[header.kind.spread], values[header.kind.value]
    assert place is not None  # it is required
    units = values.get("unit", [None] * len(rows))
    keep: list[int] = []
    read_values: list[float | None] = []
    for at, index in enumerate(rows):
        if index in bad or not filled[at]:
            continue
        field_ = known[spread[at]]
        stated = unit_word(units[at]) if units[at] else ""
        unit = stated or (place.unit if place.stated else "")
        fits = unit in (field_.written, field_.unit) or WRITTEN_UNITS.get(unit, ("",))[0] == field_.unit
        if stated and not fits and unit_at:
            address = f"{unit_at.letters}{index + 1}"
            notes.add("unknown_unit", address, units[at], column=field_.label, unit=field_.unit_text)
            continue
        if not unit or not fits:
            # The schema's own name of the column means base units; a label means the template's.
            unit = "" if place.is_base else field_.written
            notes.assume(replace(place, stated=""), field_, header.row)
        if found[at] is cells.TAKEN_BACK:
            keep.append(at)
            read_values.append(None)
            continue
        value, rule, said = cells.number(found[at], field_, unit)
        if value is None:
            notes.add(rule, f"{place.letters}{index + 1}", found[at], **{"column": field_.label, **said})
            continue
        keep.append(at)
        read_values.append(value)
    table = {name: [values[name][at] for at in keep] for name in ("town_code", "period", header.kind.spread)}
    where = [f"{place.letters}{rows[at] + 1}" for at in keep]
    columns = {
        header.kind.value: pd.Series(read_values, dtype="float64"),
        WRITTEN: pd.Series([grid.rows[rows[at]][place.at] for at in keep], dtype="object"),
        TAKEN: pd.Series([found[at] is cells.TAKEN_BACK for at in keep], dtype=bool),
    }
    return pd.DataFrame({**table, **columns, "file": grid.file, "sheet": grid.sheet, "cell": where})
