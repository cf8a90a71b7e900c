"""A sheet is held against the figures of the current version: grey figures of last time, money without a unit.

Imports the ground floor, `loading` and the other intake modules. Pure.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from cockpit.datasets import findings as findings
from cockpit.datasets.intake import cells
from cockpit.datasets.intake.header import Header, Notes, Placed
from cockpit.datasets.intake.known_towns import Towns
from cockpit.datasets.intake.reading import Grid
from cockpit.datasets.store.loading import Dataset
from cockpit.datasets.template.sheets import normal

_ROW = re.compile(r"\d+$")
_NEAR = 1e-6  # the template shows twelve digits


def hold_against(dataset: Dataset, grid: Grid, header: Header, frame: pd.DataFrame, towns: Towns, notes: Notes) -> None:
    """Tell grey figures that no version's figure explains, and money read in the template's unit unguarded."""
    for name, (field, cell) in notes.assumed.items():
        if not _is_guarded(dataset, header, frame, name):
            notes.add("unit_assumed", cell, field.label.zh, column=field.label, unit=field.unit_text)
    if header.references and header.kind.spread:
        _tell_references(dataset, grid, header, towns, notes)


def _is_guarded(dataset: Dataset, header: Header, frame: pd.DataFrame, name: str) -> bool:
    """Whether every figure of a column has an earlier one of its town, beside which a slip of the unit shows."""
    if header.kind.table != "returns" or not len(frame):
        return header.kind.table == "returns"
    new = set(frame.loc[frame["indicator"] == name, "town_code"])
    old = dataset.table("returns")
    return new <= set(old.loc[(old["indicator"] == name) & (old["value"] > 0), "town_code"].astype(str))


def _tell_references(dataset: Dataset, grid: Grid, header: Header, towns: Towns, notes: Notes) -> None:
    """A grey figure that the current version does not hold for its town and column was typed over."""
    code_at, name_at = header.get("town_code"), header.get("town_name")
    frame = dataset.table(header.kind.table)
    spread, value = header.kind.spread, header.kind.value
    for column in header.references:
        own = frame[frame[spread] == column.field.name]
        known = {code: part.to_numpy(dtype=float) for code, part in own.groupby(own["town_code"].astype(str))[value]}
        for index in range(header.first, len(grid.rows)):
            row = grid.rows[index]
            written = row[column.at] if column.at < len(row) else None
            if cells.is_blank(written):
                continue
            code = _town(row, code_at, name_at, towns)
            if code is None:
                continue
            figure, _, _ = cells.number(written, column.field, column.unit)
            if figure is None or figure is cells.TAKEN_BACK or not _is_known(figure, known.get(code)):
                label = towns.name(code)
                notes.add(
                    "reference_changed", f"{column.letters}{index + 1}", written, town=label, column=column.field.label
                )


def name_towns(header: Header, grid: Grid, towns: Towns, notes: Notes) -> None:
    """Say of what was found in a row which town the row is about."""
    code_at, name_at = header.get("town_code"), header.get("town_name")
    for at, finding in enumerate(notes.found):
        row = _ROW.search(finding.cell.partition(":")[0])
        index = int(row[0]) - 1 if row else -1
        if header.first <= index < len(grid.rows) and (code := _town(grid.rows[index], code_at, name_at, towns)):
            notes.found[at] = replace(finding, town_code=code)


def _town(row: list[Any], code_at: Placed | None, name_at: Placed | None, towns: Towns) -> str | None:
    for at in (code_at, name_at):
        if at is not None and at.at < len(row) and not cells.is_blank(row[at.at]):
            text = findings.shown(row[at.at])
            code = text if text in towns.names else towns.codes.get(normal(text))
            if code:
                return code
    return None


def _is_known(figure: float, known: Any) -> bool:
    return known is not None and bool(np.isclose(known, figure, rtol=_NEAR, atol=0).any())
