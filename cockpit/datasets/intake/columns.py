"""One column of a sheet into values: whole columns the short way, cells that need a word one at a time.

Imports the ground floor and the other intake modules. Pure. Both ways give the same values; a test holds them together.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time, timedelta
from typing import Any, Final

import numpy as np

from cockpit.datasets.intake import cells, when
from cockpit.datasets.intake.header import Notes, Placed
from cockpit.datasets.intake.reading import Grid
from cockpit.policy.register import load
from cockpit.texts import TURNING, visible
from cockpit.units import WRITTEN_UNITS

FAULT: Final = object()  # stands for a cell that says something nobody can read: neither empty nor a value
# Different strange words of one column whose nearest are looked for: each takes milliseconds.
HINTS: Final = 50
_TEXTS: Final = frozenset({str, type(None)})
_FIGURES: Final = frozenset({int, float})
_EQUAL: Final = frozenset({bool, int, float})  # 1, 1.0 and True are equal and do not mean the same
_FIGURE_KINDS: Final = frozenset({"number", "integer", "year", "period", "date"})
_DAYS: Final = frozenset({"date", "period", "year"})
_WORDS: Final = frozenset({"category", "flag", "period", "date", "integer", "year"})


def read_column(
    grid: Grid, rows: list[int], written: Sequence[Any], column: Placed, notes: Notes, bad: set[int]
) -> list[Any]:
    """Values of a column from what is written in the given rows: None for nothing, `FAULT` for what cannot be read, and
    those rows are put among the `bad` ones."""
    structure = grid.structure
    known: dict[Any, cells.Outcome] = {}
    out, slow = _short_way(written, column, grid.is_text, known)
    marked = structure.marked if column.field.kind in _FIGURE_KINDS else {}
    if structure.errors or structure.formulas_without_value or marked:
        faults = {*structure.errors, *structure.formulas_without_value, *marked}
        slow = _with_faults(slow, rows, column.letters, faults)
    strange = sum(outcome[1] == "not_allowed" for outcome in known.values())
    for place in slow:
        index, value = rows[place], written[place]
        address = f"{column.letters}{index + 1}"
        fault = structure.errors.get(address)
        if fault is not None or address in structure.formulas_without_value:
            notes.add("error_cell" if fault is not None else "formula_without_value", address, fault or "")
            bad.add(index)
            out[place] = FAULT
            continue
        if address in marked and any(map(str.isdigit, str(value))):
            notes.add(marked[address], address, value, column=column.field.label)
            bad.add(index)
            out[place] = FAULT
            continue
        # Equal cells are read once: words and periods repeat by the thousand.
        key = (value.__class__, value)
        outcome = known.get(key)
        if outcome is None:
            outcome = known[key] = convert(value, column, grid.is_text, strange < HINTS)
            strange += outcome[1] == "not_allowed"
        read, rule, values = outcome
        if rule:
            seen = "" if rule == "no_day" else value  # a reader makes midnight of it, which nobody typed
            notes.add(rule, address, seen, **{"column": column.field.label, **values})
            if read is None and rule != "blank_word":
                bad.add(index)
                read = FAULT
        out[place] = read
    return out


def convert(value: Any, column: Placed, is_text: bool, is_hinting: bool) -> cells.Outcome:
    """One cell."""
    kind, at = column.field.kind, column.field
    if kind != "text" and isinstance(value, str) and (bare := visible(value)) != value:
        return _without_unseen(value, bare, column, is_text, is_hinting)
    if kind != "number" and cells.is_taken_back(value):
        return None, "cannot_withdraw", cells.NOTHING
    if kind in _DAYS and isinstance(value, (time, timedelta)):
        return None, "no_day", cells.NOTHING
    if kind == "number":
        return cells.number(value, at, column.unit)
    if kind == "category":
        return cells.word(value, at, is_hinting=is_hinting)
    if kind == "flag":
        return cells.flag(value)
    if kind == "date":
        return when.day(value, is_text=is_text)
    if kind == "period":
        return when.period(value)
    if kind == "integer":
        return cells.whole(value, at)
    if kind == "year":
        return when.year(value)
    return cells.text(value, longest(at.name), is_text=is_text)


def _without_unseen(value: str, bare: str, column: Placed, is_text: bool, is_hinting: bool) -> cells.Outcome:
    """A cell that holds signs nobody sees, read without them; where they turn the direction it was seen otherwise."""
    if TURNING.search(value):
        return None, "turned_round", cells.NOTHING
    read, rule, values = convert(bare, column, is_text, is_hinting)
    return (read, "invisible_signs", cells.NOTHING) if read is not None else (read, rule, values)


def longest(name: str) -> int:
    """Most signs of a text column."""
    return load().limits.length(name)


def _with_faults(slow: list[int], rows: list[int], letters: str, addresses: set[str]) -> list[int]:
    """Places to go through one at a time, those of error cells and formulas without value among them."""
    start = len(letters)
    numbers = {int(text[start:]) - 1 for text in addresses if text.startswith(letters) and text[start:].isdigit()}
    if not numbers:
        return slow
    return sorted({*slow, *(place for place, index in enumerate(rows) if index in numbers)})


def _short_way(
    written: Sequence[Any], column: Placed, is_text: bool, known: dict[Any, cells.Outcome]
) -> tuple[list[Any], list[int]]:
    """Values of whatever needs no second look, and the places of the rest; `known` is filled with words looked up."""
    types = frozenset(map(type, written))
    kind = column.field.kind
    if kind == "number":
        return _figures(written, column)
    if kind == "text" and types <= _TEXTS:
        joined = "\x1f".join(filter(None, written))
        is_plain = "  " not in joined and "E+" not in joined and "e+" not in joined
        is_plain = is_plain and joined.replace("\x1f", "").isprintable() and visible(joined) == joined
        is_plain = is_plain and not any(map(cells.is_taken_back, set(filter(cells.may_take_back, written))))
        if is_plain and max(map(len, filter(None, written)), default=0) <= longest(column.field.name):
            return [(value.strip() or None) if value else None for value in written], []
    if kind in _WORDS and len(types & _EQUAL) < 2:
        strange = 0
        for value in dict.fromkeys(written):
            outcome = known[value.__class__, value] = convert(value, column, is_text, strange < HINTS)
            strange += outcome[1] == "not_allowed"
        told = {value for (_, value), outcome in known.items() if outcome[1]}
        quiet = {value: outcome[0] for (_, value), outcome in known.items()}
        slow = [place for place, value in enumerate(written) if value in told] if told else []
        return list(map(quiet.__getitem__, written)), slow
    return [None] * len(written), list(range(len(written)))


def _figures(written: Sequence[Any], column: Placed) -> tuple[list[Any], list[int]]:
    out: list[Any] = [None] * len(written)
    places = [place for place, value in enumerate(written) if value.__class__ in _FIGURES]
    slow = [
        place
        for place, value in enumerate(written)
        if value.__class__ not in _FIGURES and value is not None and value != ""
    ]
    unit, field = column.unit, column.field
    figures = [float(written[place]) for place in places]
    if unit in WRITTEN_UNITS:
        factor = WRITTEN_UNITS[unit][1]
        figures = [float(f"{figure * factor:.12g}") for figure in figures]  # as `units.to_base` rounds
    values = np.array(figures, dtype=float)  # base units: of a share in percent, 1% is 0.01
    low, high = field.minimum, field.maximum
    fits = np.isfinite(values)
    fits &= (values >= (low if low is not None else -np.inf)) & (values <= (high if high is not None else np.inf))
    if unit == "%":
        fits &= ~cells.is_fraction(values * 100)
    if field.is_whole:
        with np.errstate(invalid="ignore"):
            fits &= values == np.floor(values)
    for place, figure, is_fine in zip(places, figures, fits.tolist(), strict=True):
        if is_fine:
            out[place] = figure
        else:
            slow.append(place)
    return out, sorted(slow)
