"""How much room text takes on paper: no slide may run over.

Pure. Widths are those of the project's own font; Office may set another, hence a reserve.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Final

from cockpit.datasets import fonts
from cockpit.exports.pack.model import Cell, Column, Marked
from cockpit.units import Figure

_RESERVE: Final = 1.05
LINE: Final = 1.3  # height of a line over its size; set, not left to the font


def width_of(text: str, *, bold: bool = False) -> float:
    """Width in em, with a reserve for the font of another machine."""
    return fonts.width_of(text, bold=bold) * _RESERVE


def lines_of(text: str, width: float, size: float, *, bold: bool = False) -> int:
    """Lines a text takes in `width` points at a size in points; Latin words do not break."""
    room = max(width / size, 1.0)
    return sum(_wrapped(line, room, bold) for line in text.split("\n"))


def _wrapped(line: str, room: float, bold: bool) -> int:
    lines, used = 1, 0.0
    for piece in re.findall(r"[⺀-￿]|[^\s⺀-￿]+\s*|\s+", line):
        wide = width_of(piece.rstrip(), bold=bold)
        if used + wide > room and used:
            lines, used = lines + 1, 0.0
        if wide > room:
            lines, wide = lines + math.ceil(wide / room) - 1, room
        used += width_of(piece, bold=bold) if wide < room else room
    return lines


def text_of(cell: Cell) -> str:
    """A cell as it is read; missing is blank."""
    if cell is None:
        return ""
    return cell.number if isinstance(cell, Figure) else cell.text if isinstance(cell, Marked) else cell


def widths_of(
    columns: Sequence[Column],
    heads: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    width: float,
    size: float,
    padding: float,
) -> list[float] | None:
    """Widths of a table's columns: figures and single words stay whole, the rest is shared out as the columns ask.

    None where not even the words fit at this size.

    Args:
        heads: the heads as written, with their units.
    """

    def least(place: int) -> float:
        words = [width_of(word, bold=True) for word in _words(heads[place])]
        for row in rows:
            cell = row[place]
            # First columns, heads and marks are bold.
            bold = not place or isinstance(cell, Marked)
            words += [
                width_of(word, bold=bold)
                for word in ([text_of(cell)] if isinstance(cell, Figure | Marked) else _words(text_of(cell)))
            ]
        return max(words, default=1.0) * size + 2 * padding + 1

    needed = [least(place) for place in range(len(columns))]
    spare = width - sum(needed)
    if spare < 0:
        return None
    shares = [width * column.width / sum(item.width for item in columns) for column in columns]
    wants = [max(0.0, share - need) for share, need in zip(shares, needed, strict=True)]
    total = sum(wants) or 1.0
    return [need + spare * want / total for need, want in zip(needed, wants, strict=True)]


def _words(text: str) -> list[str]:
    """What does not break across lines: Latin words, and Chinese by at most two signs."""
    found: list[str] = []
    for word in re.findall(r"[⺀-￿]+|[^\s⺀-￿]+", text):
        found += [word[:2]] if word[0] >= "⺀" else [word]
    return found


def row_height(
    cells: Sequence[str], widths: Sequence[float], size: float, padding: float, *, is_head: bool = False
) -> float:
    """Height of a table's row in points; `padding` is that of one side, across and down."""
    lines = max(
        lines_of(text, width - 2 * padding, size, bold=is_head or not place)
        for place, (text, width) in enumerate(zip(cells, widths, strict=True))
    )
    return lines * size * LINE + padding


def fit_text(texts: Sequence[str], width: float, height: float, sizes: Sequence[float]) -> float:
    """Largest size in which paragraphs fit; the smallest when none does."""
    for size in sizes:
        if sum(lines_of(text, width, size) * size * LINE + size * 0.5 for text in texts) <= height:
            return size
    return sizes[-1]


def fit_table(
    columns: Sequence[Column],
    heads: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    width: float,
    height: float,
    sizes: Sequence[float],
    padding: float,
) -> tuple[float, list[float], int]:
    """(size, widths, number of rows): all rows as large as they fit, else as many as the smallest size holds."""
    texts = [[text_of(cell) for cell in row] for row in rows]
    for size in sizes:
        widths = widths_of(columns, heads, rows, width, size, padding)
        if widths is None:
            continue
        used = row_height(heads, widths, size, padding, is_head=True)
        if used + sum(row_height(cells, widths, size, padding) for cells in texts) <= height:
            return size, widths, len(rows)
    size = sizes[-1]
    widths = widths_of(columns, heads, rows, width, size, padding) or [
        width * column.width / sum(item.width for item in columns) for column in columns
    ]
    used = row_height(heads, widths, size, padding, is_head=True)
    for number, cells in enumerate(texts):
        used += row_height(cells, widths, size, padding)
        if used > height:
            return size, widths, number
    return size, widths, len(rows)
