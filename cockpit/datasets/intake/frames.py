"""Columns that were read into the rows that are stored: one value a row for figures, one row a row for the rest.

May import the ground floor, `findings` and the other intake modules. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import pandas as pd

from cockpit.datasets.findings import CELLS, LETTERS, WRITTEN
from cockpit.datasets.intake import cells
from cockpit.datasets.intake.columns import FAULT
from cockpit.datasets.intake.header import Header, Notes
from cockpit.datasets.intake.headings import is_unit_like, unit_word
from cockpit.datasets.intake.parts import column_letters
from cockpit.datasets.intake.reading import Grid
from cockpit.datasets.template.sheets import sheet_kinds
from cockpit.units import WRITTEN_UNITS

# Columns of frames of figures while they are checked: whether a figure is to be taken back, and why.
TAKEN: Final = "taken"
REASON: Final = "reason"


def frame_of(
    grid: Grid,
    header: Header,
    rows: list[int],
    values: dict[str, list[Any]],
    bad: set[int],
    filled: list[bool],
    notes: Notes,
    period: str,
) -> pd.DataFrame:
    """Rows that can be stored, with `sheet`, `file`, `cell`; those that lack something are told.

    Args:
        values: by field, one a row; `FAULT` stands for what could not be read.
        period: of rows that state none.
    """
    required = [column for column in header.columns if column.field.is_required and column.field.name in values]
    for at, (index, says) in enumerate(zip(rows, filled, strict=True)):
        if not says:
            continue
        for column in required:
            if values[column.field.name][at] is None and column.field.kind != "town":
                if column.field.name == "period" and period:
                    values["period"][at] = period
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
        found = pd.DataFrame({**table, "file": grid.file, "sheet": grid.sheet, "cell": where})
        if header.kind.checker:  # what is wrong between the fields of an element is told at the field
            letters = {column.field.name: column.letters for column in header.columns}
            found[LETTERS] = pd.Series([letters] * len(found), found.index, dtype=object)
            found[CELLS] = pd.Series([grid.rows[rows[at]] for at in keep], found.index, dtype=object)
        return found
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
            rule = "unknown_unit" if stated in WRITTEN_UNITS or is_unit_like(stated) else "other_figure"
            notes.add(rule, address, units[at], column=field_.label, unit=field_.unit_text)
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
        if rule:
            notes.add(rule, f"{place.letters}{index + 1}", found[at], **{"column": field_.label, **said})
        if value is None:
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


def with_reasons(frame: pd.DataFrame, remarks: Mapping[int, str], notes: Notes) -> pd.DataFrame:
    """Figures to be taken back with the reason their row gives; one without a reason is told and left out."""
    if TAKEN not in frame or not frame[TAKEN].any():
        return frame.drop(columns=TAKEN, errors="ignore")
    numbers = frame["cell"].str.extract(r"(\d+)$")[0].astype(int)
    reasons = numbers.map({row: text for row, text in remarks.items() if cells.is_reason(text)}).where(frame[TAKEN])
    lacking = frame[TAKEN] & reasons.isna()
    for row in frame[lacking].itertuples():
        notes.add("no_reason", str(row.cell), getattr(row, WRITTEN))
    return frame.assign(**{REASON: reasons.astype(object).where(reasons.notna(), None)})[~lacking].drop(columns=TAKEN)
