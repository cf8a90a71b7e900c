"""Figures of a comma-separated text that fell apart at their thousands: 9,052,000 without quotes is 9, 052 and 000.

Every cell after such a figure stands in a column that is not its own. Imports the ground floor and the other intake
modules. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from typing import Any, Final

from cockpit.datasets.intake import cells
from cockpit.datasets.intake.header import Header, Notes, Placed
from cockpit.datasets.intake.headings import unit_word
from cockpit.datasets.intake.parts import column_letters
from cockpit.datasets.intake.reading import Grid
from cockpit.units import WRITTEN_UNITS

_COMMAS: Final = (",", "，")
_SEAM: Final = "\0"  # no blank, as the separators of ASCII are
# One to three digits, then cells of three; the last may bring decimals and a unit.
_PARTED: Final = re.compile(
    rf"(?<![^{_SEAM}])\s*[-+−]?[1-9１-９]\d{{0,2}}\s*"
    rf"(?:{_SEAM}\s*\d{{3}}\s*)*{_SEAM}\s*\d{{3}}(?:[.．]\d*)?([^\d.．{_SEAM}]*)(?![^{_SEAM}])"
)
_FIGURE: Final = re.compile(r"[-+]?(\d+(?:\.\d+)?)", re.ASCII)
_THOUSAND: Final = 1000


@dataclass(frozen=True)
class _Parted:
    """What may be one figure: the index of its row, its first column, its cells."""

    row: int
    at: int
    groups: tuple[str, ...]

    @property
    def places(self) -> range:
        return range(self.at, self.at + len(self.groups))


def tell_splits(grid: Grid, header: Header, rows: list[int], notes: Notes) -> set[int]:
    """Tell what may be one figure in several cells; return the rows, not to be read, where it can be nothing else.

    It can be nothing else where a group begins with a zero or stands among remarks, or where all other figures of its
    column are longer. Otherwise it is asked about, unless each group fits its column better than with those after it.
    """
    if grid.delimiter not in _COMMAS:
        return set()
    known = {column.at: column for column in (*header.columns, *header.references)}
    figures = {at for at, column in known.items() if column.field.kind == "number"}
    remarks = {at for at, column in known.items() if _is_remark(column)}
    found = [parted for index in rows for parted in _parted(grid.rows[index], index) if figures & {*parted.places}]
    apart = {(place, parted.row) for parted in found for place in parted.places}
    others = {
        at: _sizes(grid, at, [index for index in rows if (at, index) not in apart]) for at in {at for at, _ in apart}
    }
    spoilt: set[int] = set()
    for parted in found:
        is_split = any(int(group[0]) == 0 for group in parted.groups[1:]) or bool(remarks & {*parted.places})
        if not is_split and parted.at not in figures:
            continue  # the number of the row, a rank: not the beginning of a figure
        if not is_split:
            if all(_is_by_itself(parted, place, known.get(place), others[place][1]) for place in parted.places[:-1]):
                continue
            is_split = others[parted.at][0] >= _THOUSAND
        first, last = (f"{column_letters(place + 1)}{parted.row + 1}" for place in (parted.at, parted.places[-1]))
        values = {"count": len(parted.groups)}
        notes.add("split_figure" if is_split else "maybe_split", f"{first}:{last}", ",".join(parted.groups), **values)
        if is_split:
            spoilt.add(parted.row)
    return spoilt


def _is_remark(column: Placed) -> bool:
    return column.field.kind in ("note", "unit") or (column.field.kind == "text" and not column.field.is_required)


def _parted(row: list[Any], index: int) -> Iterator[_Parted]:
    line = _SEAM.join(row)
    for match in _PARTED.finditer(line):
        if not match[1].strip() or unit_word(match[1]) in WRITTEN_UNITS:
            groups = tuple(group.strip() for group in match[0].split(_SEAM))
            yield _Parted(index, line.count(_SEAM, 0, match.start()), groups)


def _is_by_itself(parted: _Parted, place: int, column: Placed | None, typical: float) -> bool:
    """Whether a group is more likely a figure than part of one: with the next it is too large for its column, or
    farther from what is typical there."""
    if column is None:
        return True
    first, second = parted.groups[place - parted.at :][:2]
    bare, whole = _size(first), _size(first + second)
    most, unit = column.field.maximum, column.unit
    if most is not None and whole * (WRITTEN_UNITS[unit][1] if unit in WRITTEN_UNITS else 1.0) > most:
        return True
    return bare * whole >= typical**2 > 0


def _sizes(grid: Grid, at: int, rows: list[int]) -> tuple[float, float]:
    """(smallest, median) of the figures of a column in some rows, without their signs; zeros where there are none."""
    sizes = [size for index in rows if at < len(grid.rows[index]) and (size := _size(grid.rows[index][at]))]
    return (min(sizes), median(sizes)) if sizes else (0.0, 0.0)


def _size(cell: str) -> float:
    """The figure a cell begins with, without its sign; 0 where there is none."""
    match = _FIGURE.match(cells.fold(cell).replace(",", ""))
    return float(match[1]) if match else 0.0
