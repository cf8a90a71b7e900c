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
        at: [size for index in rows if (at, index) not in apart and (size := _size(grid.rows[index], at))]
        for at in {at for at, _ in apart}
    }
    spoilt: set[int] = set()
    for parted in found:
        is_split = any(int(group[0]) == 0 for group in parted.groups[1:]) or bool(remarks & {*parted.places})
        if not is_split and parted.at not in figures:
            continue  # the number of the row, a rank: not the beginning of a figure
        if not is_split:
            if all(_is_by_itself(parted, place, known, others[place]) for place in parted.places[:-1]):
                continue
            is_split = min(others[parted.at], default=0) >= _THOUSAND
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


def _is_by_itself(parted: _Parted, place: int, known: dict[int, Placed], others: list[float]) -> bool:
    """Whether a group is more likely a figure than part of one: with the next it is none of its column, or farther from
    the others there."""
    first, second = parted.groups[place - parted.at :][:2]
    bare, whole = _size([first], 0), _size([first + second], 0)
    if place not in known or cells.number(whole, known[place].field, known[place].unit)[0] is None:
        return True
    return bool(others) and bare * whole >= median(others) ** 2


def _size(row: list[Any], at: int) -> float:
    """The figure of a cell without its sign; 0 where there is none."""
    match = re.match(r"[-+]?(\d+(?:\.\d+)?)", cells.fold(row[at]).replace(",", "")) if at < len(row) else None
    return float(match[1]) if match else 0.0
