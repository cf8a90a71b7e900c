"""Where the names of points on a map stand: in a column on either side, apart from one another, with leaders that
cross neither each other nor another point.

Pure geometry, deterministic. Both columns are sorted by height and pushed apart; then names change sides or swap places
as long as that makes the picture better.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

Side = Literal["left", "right"]
Values = npt.NDArray[np.float64]
# What spoils a picture, in units of a leader's length.
_HIDES_POINT: Final = 4000.0
_THROUGH_POINT: Final = 1500.0
_CROSSES: Final = 900.0
_THROUGH_NAME: Final = 900.0
_CLEAR: Final = 5.0  # units a leader keeps from another point
_STUB: Final = 12.0  # level piece of a leader beside its name
_EDGE: Final = 9.0  # units a name keeps from the upper and lower edge
_AIR: Final = 8.0  # between a name and its leader
_ROUNDS: Final = 60


@dataclass(frozen=True)
class Point:
    """A circle on the map."""

    x: float
    y: float
    radius: float


@dataclass(frozen=True)
class Placed:
    """A name: its side, the middle of its block, and the leader from beside it to the circle's rim."""

    side: Side
    y: float
    leader: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Board:
    """The room: width and height of the drawing, height of a name's block, least distance of two middles."""

    width: float
    height: float
    block: float
    step: float

    @property
    def most(self) -> int:
        """Names that fit one column."""
        return max(1, int((self.height - self.block) // self.step) + 1)


def apart(wanted: Sequence[float], step: float, low: float, high: float) -> list[float]:
    """Places nearest to the wanted ones (least squares) in the same order, at least `step` apart, inside low to high.

    They are squeezed evenly where they do not fit.
    """
    if len(wanted) > 1:
        step = min(step, (high - low) / (len(wanted) - 1))
    blocks: list[tuple[float, int]] = []  # mean and size: neighbours that would overlap share one place
    for number, want in enumerate(wanted):
        mean, size = want - number * step, 1
        while blocks and blocks[-1][0] >= mean:
            other, count = blocks.pop()
            mean, size = (mean * size + other * count) / (size + count), size + count
        blocks.append((mean, size))
    last = high - step * (len(wanted) - 1)
    flat = [max(low, min(last, mean)) for mean, size in blocks for _ in range(size)]
    return [place + number * step for number, place in enumerate(flat)]


def place_names(points: Sequence[Point], widths: Sequence[float], board: Board) -> tuple[tuple[Placed, ...], float]:
    """Places of the names of the first `len(widths)` points; the other points are only kept clear.

    Args:
        widths: of every name's block.

    Returns:
        The names, and what is spoilt by them: 0 where nothing is hidden or crossed.
    """
    count = len(widths)
    if not count:
        return (), 0.0
    room = _Room(points, widths, board)
    by_x = sorted(range(count), key=lambda at: (points[at].x, points[at].y))
    left = max(count - board.most, min(board.most, count // 2))
    columns: tuple[list[int], list[int]] = (by_x[:left], by_x[left:])
    for column in columns:
        column.sort(key=lambda at: (points[at].y, points[at].x))
    best, spoilt = room.cost(columns)
    for _ in range(_ROUNDS):
        before = best
        # A good picture is not made better: leaders a little shorter are not worth the search.
        for tried in _neighbours(columns, points, board.most) if spoilt else ():
            cost, worse = room.cost(tried)
            if cost < best - 1e-6:
                columns, best, spoilt = tried, cost, worse
                break
        if best == before:
            break
    return room.placed(columns), spoilt


def _neighbours(
    columns: tuple[list[int], list[int]], points: Sequence[Point], most: int
) -> list[tuple[list[int], list[int]]]:
    """Every order one step away: two names of a column swapped, one moved to the other column."""
    found = []
    for side in (0, 1):
        own, other = columns[side], columns[1 - side]
        for at in range(len(own) - 1):
            swapped = [*own]
            swapped[at], swapped[at + 1] = swapped[at + 1], swapped[at]
            found.append((swapped, other) if side == 0 else (other, swapped))
        for name in own if len(other) < most else ():
            rest = [item for item in own if item != name]
            joined = sorted([*other, name], key=lambda at: (points[at].y, points[at].x))
            found.append((rest, joined) if side == 0 else (joined, rest))
    return found


class _Room:
    """Prices an order of names. Arrays: circles [points], leaders as two segments a name."""

    def __init__(self, points: Sequence[Point], widths: Sequence[float], board: Board) -> None:
        self.points, self.widths, self.board = points, widths, board
        self.centres = np.array([(point.x, point.y) for point in points], dtype=float)
        self.radii = np.array([point.radius for point in points], dtype=float)
        apart = np.hypot(*(self.centres[:, None] - self.centres[None]).transpose(2, 0, 1))
        self.touching = apart < self.radii[:, None] + self.radii[None, :] + _CLEAR

    def heights(self, columns: tuple[list[int], list[int]]) -> dict[int, float]:
        half = self.board.block / 2 + _EDGE
        found: dict[int, float] = {}
        for column in columns:
            wanted = [self.points[at].y for at in column]
            places = apart(wanted, self.board.step, half, self.board.height - half)
            found.update(zip(column, places, strict=True))
        return found

    def leader(self, at: int, side: int, y: float) -> tuple[tuple[float, float], ...]:
        point, across = self.points[at], self.widths[at] + _AIR
        start, elbow = (across, across + _STUB) if side == 0 else (
            self.board.width - across, self.board.width - across - _STUB
        )  # fmt: skip
        dx, dy = point.x - elbow, point.y - y
        long = max((dx * dx + dy * dy) ** 0.5, 1e-6)
        reach = max(0.0, long - point.radius) / long
        return (start, y), (elbow, y), (elbow + dx * reach, y + dy * reach)

    def placed(self, columns: tuple[list[int], list[int]]) -> tuple[Placed, ...]:
        heights = self.heights(columns)
        side_of = {at: side for side, column in enumerate(columns) for at in column}
        return tuple(
            Placed("left" if side_of[at] == 0 else "right", heights[at], self.leader(at, side_of[at], heights[at]))
            for at in range(len(self.widths))
        )

    def cost(self, columns: tuple[list[int], list[int]]) -> tuple[float, float]:
        """What is spoilt together with the length of the leaders, and what is spoilt alone."""
        placed = self.placed(columns)
        starts = np.array([name.leader[1] for name in placed])
        ends = np.array([name.leader[2] for name in placed])
        off = _distances(starts, ends, self.centres) - self.radii[None, :] - _CLEAR
        # Circles that touch the one a leader goes to cannot be kept clear of.
        off[self.touching[: len(placed)]] = 1.0
        boxes = self._boxes(placed)
        near = np.maximum(boxes[:, None, :2] - self.centres[None], self.centres[None] - boxes[:, None, 2:])
        hidden = np.hypot(*np.maximum(near, 0.0).transpose(2, 0, 1)) < self.radii[None, :] + 2
        spoilt = (
            _HIDES_POINT * float(hidden.sum())
            + _THROUGH_POINT * float((off < 0).sum())
            + _CROSSES * _crossings(starts, ends)
            + _THROUGH_NAME * _entered(starts, ends, boxes)
        )
        return spoilt + float(np.hypot(*(ends - starts).T).sum()), spoilt

    def _boxes(self, placed: Sequence[Placed]) -> Values:
        half, wide = self.board.block / 2, self.board.width
        return np.array(
            [
                (0.0, name.y - half, width, name.y + half)
                if name.side == "left"
                else (wide - width, name.y - half, wide, name.y + half)
                for name, width in zip(placed, self.widths, strict=True)
            ]
        )


def _distances(starts: Values, ends: Values, centres: Values) -> Values:
    """[segments, points] distance of every point from every segment."""
    along = ends - starts
    square = np.maximum((along**2).sum(axis=1), 1e-9)
    part = np.clip(((centres[None] - starts[:, None]) * along[:, None]).sum(axis=2) / square[:, None], 0.0, 1.0)
    nearest = starts[:, None] + part[:, :, None] * along[:, None]
    away: Values = np.hypot(*(centres[None] - nearest).transpose(2, 0, 1))
    return away


def _crossings(starts: Values, ends: Values) -> float:
    """Pairs of segments that cross."""

    def turn(a: Values, b: Values, c: Values) -> Values:
        return np.asarray(
            (b[..., 0] - a[..., 0]) * (c[..., 1] - a[..., 1]) - (b[..., 1] - a[..., 1]) * (c[..., 0] - a[..., 0])
        )

    a, b, c, d = starts[:, None], ends[:, None], starts[None], ends[None]
    cross = (turn(a, b, c) * turn(a, b, d) < 0) & (turn(c, d, a) * turn(c, d, b) < 0)
    return float(np.triu(cross, 1).sum())


def _entered(starts: Values, ends: Values, boxes: Values) -> float:
    """Segments that enter the box of another name: the stretches between its sides have something in common."""
    step = (ends - starts)[:, None]
    step = np.where(np.abs(step) < 1e-9, 1e-9, step)
    first = (boxes[None, :, :2] - starts[:, None]) / step
    last = (boxes[None, :, 2:] - starts[:, None]) / step
    low = np.maximum(np.minimum(first, last).max(axis=2), 0.0)
    high = np.minimum(np.maximum(first, last).min(axis=2), 1.0)
    met = low <= high
    np.fill_diagonal(met, False)
    return float(met.sum())
