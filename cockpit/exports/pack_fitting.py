"""How much room text takes on paper, estimated from its signs: no slide may run over, and no font is asked.

Pure. Chinese signs are one em wide, Latin ones a little over half: enough to choose a size, not to set type.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Final

from cockpit.exports.pack_model import Cell, Column, Marked, Num

_WIDE: Final = 1.0
_NARROW: Final = 0.6
LINE: Final = 1.32  # height of a line over its size


def width_of(text: str) -> float:
    """Width in em."""
    return sum(_WIDE if sign >= "⺀" else _NARROW for sign in text)


def lines_of(text: str, width: float, size: float) -> int:
    """Lines a text takes in `width` points at a size in points."""
    room = max(width / size, 1.0)
    return sum(max(1, math.ceil(width_of(line) / room - 0.02)) for line in text.split("\n"))


def text_of(cell: Cell) -> str:
    """A cell as it is read; missing is blank."""
    if cell is None:
        return ""
    return cell.text if isinstance(cell, Num | Marked) else cell


def widths_of(
    columns: Sequence[Column], heads: Sequence[str], rows: Sequence[Sequence[Cell]], width: float, padding: float
) -> list[float]:
    """Widths of a table's columns: figures and single words stay whole, the rest is shared out as the columns ask.

    Args:
        heads: the heads as written, with their units.
    """
    size = 10.5  # a common one: widths are shares, and the size is chosen for them

    def least(place: int) -> float:
        words = [word for text in heads[place : place + 1] for word in _words(text)]
        for row in rows:
            words += [text_of(row[place])] if isinstance(row[place], Num | Marked) else _words(text_of(row[place]))
        return max((width_of(word) for word in words), default=1.0) * size + 2 * padding + 1

    needed = [least(place) for place in range(len(columns))]
    spare = width - sum(needed)
    if spare <= 0:
        return [need * width / sum(needed) for need in needed]
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


def row_height(cells: Sequence[str], widths: Sequence[float], size: float, padding: float) -> float:
    """Height of a table's row in points; `padding` is that of one side, across and down."""
    lines = max(lines_of(text, width - 2 * padding, size) for text, width in zip(cells, widths, strict=True))
    return lines * size * LINE + padding


def fit_text(texts: Sequence[str], width: float, height: float, sizes: Sequence[float]) -> float:
    """Largest size in which paragraphs fit; the smallest when none does."""
    for size in sizes:
        if sum(lines_of(text, width, size) * size * LINE + size * 0.5 for text in texts) <= height:
            return size
    return sizes[-1]


def fit_table(
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    height: float,
    sizes: Sequence[float],
    padding: float,
) -> tuple[float, int]:
    """(size, number of rows) that fit: all rows as large as possible, else as many as fit in the smallest size."""
    for size in sizes:
        total = sum(row_height(cells, widths, size, padding) for cells in [head, *rows])
        if total <= height:
            return size, len(rows)
    size, used = sizes[-1], row_height(head, widths, sizes[-1], padding)
    for number, cells in enumerate(rows):
        used += row_height(cells, widths, size, padding)
        if used > height:
            return size, number
    return size, len(rows)
