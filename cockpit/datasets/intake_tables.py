"""From a grid to a table: finds the header, reads the columns, tells every cell it cannot understand.

May import the ground floor, `findings` and the other intake modules. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from cockpit.datasets import intake_cells as cells
from cockpit.datasets.findings import WRITTEN
from cockpit.datasets.intake_fields import TOWNS, Field, normal, sheet_kinds, unit_word
from cockpit.datasets.intake_header import Header, Notes, Placed
from cockpit.datasets.intake_reading import Grid
from cockpit.datasets.intake_scan import column_letters, column_number
from cockpit.town_codes import printed
from cockpit.units import WRITTEN_UNITS
from cockpit.vocabulary import Text

_TOTALS: Final = frozenset({"合计", "总计", "小计", "总数", "total", "sum", "subtotal"})
_TOTAL_STARTS: Final = frozenset(word[0] for word in _TOTALS)
_NOTES: Final = (
    "注",
    "说明",
    "备注",
    "填表",
    "填报",
    "制表",
    "审核",
    "单位",
    "联系",
    "note",
    "remark",
    "source",
    "来源",
)


@dataclass(frozen=True)
class Towns:
    """The towns a file may speak of, and what it may leave to its stamp."""

    names: Mapping[str, str]  # code -> name
    codes: Mapping[str, str]  # normalised name or alias -> code; a name two towns share is left out
    period: str = ""
    codes_in_scope: frozenset[str] = frozenset()

    def fits(self, code: str) -> bool:
        """Whether a code is of the same form as those of the dataset: real towns, or demonstration ones."""
        forms = {printed(known)[:2] for known in self.names if printed(known) != known}
        return printed(code) != code and printed(code)[:2] in forms

    def with_new(self, frame: pd.DataFrame) -> Towns:
        """With the towns of a sheet of towns, which the sheets after it may speak of."""
        if "name_zh" not in frame:
            return self
        fresh = {
            code: name
            for code, name in zip(frame["town_code"], frame["name_zh"], strict=True)
            if code not in self.names and name
        }
        codes = {normal(name): code for code, name in fresh.items() if normal(name) not in self.codes}
        scope = self.codes_in_scope | fresh.keys() if self.codes_in_scope else self.codes_in_scope
        return Towns({**self.names, **fresh}, {**self.codes, **codes}, self.period, frozenset(scope))


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
    for at in lost:
        notes.add("missing_column", "", "", column=at.label)
    rows = [index for index in range(header.first, len(grid.rows)) if not all(map(cells.is_blank, grid.rows[index]))]
    rows = [index for index in rows if not _is_note(grid, index, header, notes)]
    _look_at_structure(grid, header, rows, notes)
    if lost:
        return pd.DataFrame()
    bad: set[int] = set()
    values = {
        column.field.name: _read_column(grid, rows, column, notes, bad)
        for column in header.columns
        if column.field.kind not in ("note", "town", "town_name")
    }
    filled = _filled(header, values, rows)
    values["town_code"] = _town_column(grid, rows, header, towns, notes, bad, filled)
    if "period" in {field.name for field in header.kind.fields} and "period" not in values:
        values["period"] = [towns.period] * len(rows)
    return _frame(grid, header, rows, values, bad, filled, notes, towns)


def _filled(header: Header, values: Mapping[str, list[Any]], rows: list[int]) -> list[bool]:
    """Whether a row says anything beside its town: the template lists every town, and most clerks fill in a few."""
    names = [
        column.field.name
        for column in header.columns
        if column.field.is_value or column.field.kind not in ("town", "town_name", "note", "period", "unit")
    ]
    if header.is_long:
        names = [header.kind.value]
    return [any(values[name][at] is not None for name in names if name in values) for at in range(len(rows))]


def _convert(value: Any, column: Placed, is_text: bool, is_hinting: bool) -> cells.Outcome:
    kind, at = column.field.kind, column.field
    if kind == "number":
        return cells.number(value, at, column.unit)
    if kind == "category":
        return cells.word(value, at, is_hinting=is_hinting)
    if kind == "flag":
        return cells.flag(value)
    if kind == "date":
        return cells.day(value, is_text=is_text)
    if kind == "period":
        return cells.period(value)
    return cells.integer(value) if kind == "integer" else cells.text(value)


_FAULT: Final = object()  # stands for a cell that says something nobody can read: neither empty nor a value


def _read_column(grid: Grid, rows: list[int], column: Placed, notes: Notes, bad: set[int]) -> list[Any]:
    out: list[Any] = []
    at, letters, structure = column.at, column.letters, grid.structure
    known: dict[Any, cells.Outcome] = {}
    strange = 0
    for index in rows:
        row = grid.rows[index]
        value = row[at] if at < len(row) else None
        address = ""
        if structure.errors or structure.formulas_without_value:
            address = f"{letters}{index + 1}"
            fault = structure.errors.get(address)
            if fault is not None or address in structure.formulas_without_value:
                notes.add("error_cell" if fault is not None else "formula_without_value", address, fault or "")
                bad.add(index)
                out.append(_FAULT)
                continue
        # Equal cells are read once: words and periods repeat by the thousand. 1 and True are equal and no match.
        key = (value.__class__, value)
        outcome = known.get(key)
        if outcome is None:
            outcome = known[key] = _convert(value, column, grid.is_text, strange < _HINTS)
            strange += outcome[1] == "not_allowed"
        read, rule, values = outcome
        if rule:
            where = address or f"{letters}{index + 1}"
            notes.add(rule, where, value, **{"column": column.field.label, **values})
            if read is None and rule != "blank_word":
                bad.add(index)
                read = _FAULT
        out.append(read)
    return out


def _town_column(
    grid: Grid, rows: list[int], header: Header, towns: Towns, notes: Notes, bad: set[int], filled: list[bool]
) -> list[Any]:
    code_at, name_at = header.get("town_code"), header.get("town_name")
    out: list[Any] = []
    known: dict[tuple[str, str], tuple[str | None, str, Text]] = {}
    strange = 0
    main = code_at or name_at
    for index, says in zip(rows, filled, strict=True):
        row = grid.rows[index]
        code, name = (
            "" if at is None or at.at >= len(row) or cells.is_blank(row[at.at]) else cells.shown(row[at.at])
            for at in (code_at, name_at)
        )
        if (code, name) not in known:
            may_be_new = header.kind.table == TOWNS
            known[code, name] = _town(code, name, towns, strange < _HINTS, may_be_new)
            strange += known[code, name][1] == "unknown_town"
        town, rule, near = known[code, name]
        out.append(town)
        if not says:
            continue
        if rule and main:
            holder = name_at if rule == "town_name_differs" and name_at else main
            written = name if holder is name_at else code or name
            said = Text(*(towns.names.get(town or "", ""),) * 2)
            notes.add(rule, f"{holder.letters}{index + 1}", written, hint=near, town=said)
        if town is None:
            bad.add(index)
        elif main and towns.codes_in_scope and town not in towns.codes_in_scope and town in towns.names:
            notes.add("outside_scope", f"{main.letters}{index + 1}", towns.names[town])
    return out


def _town(
    code: str, name: str, towns: Towns, is_hinting: bool, may_be_new: bool = False
) -> tuple[str | None, str, Text]:
    folded = cells.fold(code).upper()
    by_name = towns.codes.get(normal(name)) if name else None
    if folded in towns.names:
        differs = by_name != folded if name else False
        return folded, "town_name_differs" if differs else "", Text("", "")
    if folded and may_be_new:
        return (folded, "", Text("", "")) if towns.fits(folded) else (None, "bad_code", Text("", ""))
    if not folded and by_name:
        return by_name, "", Text("", "")
    if folded and (other := towns.codes.get(normal(code))):
        return other, "", Text("", "")  # a name in the column of codes
    if not folded and not name:
        return None, "town_missing", Text("", "")
    if not is_hinting:
        return None, "unknown_town", Text("", "")
    near = cells.hint(folded, towns.names) if folded else Text("", "")
    return None, "unknown_town", near if near.zh else cells.hint(name or code, towns.names.values())


# Different strange words of one column whose nearest are looked for: each takes milliseconds.
_HINTS: Final = 50
# A single text longer than this is a remark, whatever its column.
_LONG_TEXT: Final = 24


def _key_places(header: Header) -> set[int]:
    return {column.at for column in header.columns if column.field.kind in ("town", "town_name", "text")}


def _is_note(grid: Grid, index: int, header: Header, notes: Notes) -> bool:
    """Rows that are no data: totals, and remarks under the table. Told, and left out."""
    row = grid.rows[index]
    first = next(at for at, value in enumerate(row) if not cells.is_blank(value))
    value = row[first]
    if not isinstance(value, str):
        return False
    others = (cell for cell in row[first + 1 :] if not cells.is_blank(cell))
    alone = next(others, None) is None
    pair = not alone and next(others, None) is None
    if not alone and not pair and value.strip()[:1].casefold() not in _TOTAL_STARTS:
        return False  # ordinary rows leave here: there may be hundreds of thousands
    address = f"{column_letters(first + 1)}{index + 1}"
    word = normal(value)
    if word in _TOTALS:
        notes.add("total_row", address, value)
        return True
    looks_like_note = word.startswith(_NOTES)
    if alone:
        is_figure = any(sign.isdigit() for sign in word)  # its town is missing, which is told as such
        is_note = looks_like_note or len(word) > _LONG_TEXT or (first not in _key_places(header) and not is_figure)
    else:
        is_note = looks_like_note and pair
    if is_note:
        notes.add("stray_note", address, value)
        return True
    return False


def _look_at_structure(grid: Grid, header: Header, rows: list[int], notes: Notes) -> None:
    structure = grid.structure
    if structure.is_hidden:
        notes.add("hidden_sheet")
    used = {index + 1 for index in rows}
    hidden = sorted(used.intersection(structure.hidden_rows))
    if hidden:
        notes.add("hidden_rows", f"{hidden[0]}", count=len(hidden))
    placed = {column.at + 1 for column in header.columns}
    for low, high in structure.hidden_columns:
        inside = sorted(number for number in placed if low <= number <= high)
        if inside:
            notes.add("hidden_columns", column_letters(inside[0]), count=len(inside))
    for area in structure.merged:
        top, bottom = (int("".join(filter(str.isdigit, corner))) for corner in area.split(":"))
        left, right = (column_number("".join(filter(str.isalpha, corner))) for corner in area.split(":"))
        wide = any(left <= number <= right for number in placed)
        if wide and any(top <= number <= bottom for number in used) and not _is_remark(grid, top, left):
            notes.add("merged", area)


def _is_remark(grid: Grid, row: int, column: int) -> bool:
    cell = grid.rows[row - 1][column - 1] if row <= len(grid.rows) and column <= len(grid.rows[row - 1]) else ""
    return isinstance(cell, str) and normal(cell).startswith(_NOTES)


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
        keep = [at for at, value in enumerate(written) if value is not None and value is not _FAULT and not spoilt[at]]
        parts.append(
            pd.DataFrame(
                {
                    "town_code": [values["town_code"][at] for at in keep],
                    "period": [values["period"][at] for at in keep],
                    header.kind.spread: column.field.name,
                    header.kind.value: pd.Series([written[at] for at in keep], dtype="float64"),
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
    keep, read = [], []
    for at, index in enumerate(rows):
        if index in bad or not filled[at]:
            continue
        field_ = known[spread[at]]
        unit = unit_word(units[at]) if units[at] else ""
        if (
            unit
            and unit != field_.written
            and WRITTEN_UNITS.get(unit, ("",))[0] != field_.unit
            and unit_at
            and unit != field_.unit
        ):
            notes.add(
                "unknown_unit", f"{unit_at.letters}{index + 1}", units[at], column=field_.label, unit=field_.unit_text
            )
            continue
        value, rule, said = cells.number(found[at], field_, unit)
        if value is None:
            notes.add(rule, f"{place.letters}{index + 1}", found[at], **{"column": field_.label, **said})
            continue
        keep.append(at)
        read.append(value)
    table = {name: [values[name][at] for at in keep] for name in ("town_code", "period", header.kind.spread)}
    where = [f"{place.letters}{rows[at] + 1}" for at in keep]
    columns = {
        header.kind.value: pd.Series(read, dtype="float64"),
        WRITTEN: pd.Series([grid.rows[rows[at]][place.at] for at in keep], dtype="object"),
    }
    return pd.DataFrame({**table, **columns, "file": grid.file, "sheet": grid.sheet, "cell": where})
