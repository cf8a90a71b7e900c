"""How much room text takes on paper, estimated from its signs: no slide may run over, and no font is asked.

Pure. Chinese signs are one em wide, Latin ones a little over half: enough to choose a size, not to set type.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Final

from cockpit.exports.pack.model import Cell, Column, Marked
from cockpit.units import Figure

_WIDE: Final = 1.0
_NARROW: Final = 0.62
_BOLD: Final = 1.14  # first columns, heads and marks are bold
LINE: Final = 1.3  # height of a line over its size; set, not left to the font


def width_of(text: str) -> float:
    """Width in em."""
    return sum(_WIDE if sign >= "⺀" else _NARROW for sign in text)


def lines_of(text: str, width: float, size: float) -> int:
    """Lines a text takes in `width` points at a size in points; Latin words do not break."""
    room = max(width / size, 1.0)
    return sum(_wrapped(line, room) for line in text.split("\n"))


def _wrapped(line: str, room: float) -> int:
    lines, used = 1, 0.0
    for piece in re.findall(r"[⺀-￿]|[^\s⺀-￿]+\s*|\s+", line):
        wide = width_of(piece.rstrip())
        if used + wide > room and used:
            lines, used = lines + 1, 0.0
        if wide > room:
            lines, wide = lines + math.ceil(wide / room) - 1, room
        used += width_of(piece) if wide < room else room
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
        words = [width_of(word) * _BOLD for word in _words(heads[place])]
        for row in rows:
            cell = row[place]
            weight = _BOLD if not place or isinstance(cell, Marked) else 1.0
            words += [
                width_of(word) * weight
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
        lines_of(text, (width - 2 * padding) / (_BOLD if is_head or not place else 1.0), size)
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
