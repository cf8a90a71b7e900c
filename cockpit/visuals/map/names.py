"""Where names stand on a map: inside their area, clear of circles and of one another; a name with no room is left out.

Pure geometry, deterministic; all in pixels of one scale.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from cockpit.visuals.map.shapes import Box

Values = npt.NDArray[np.float64]
Ring = npt.NDArray[np.float64]
_CELL: Final = 6.0  # units of the plane a cell of a `Ground`
_OVER_NAME: Final = 600.0
_OVER_CIRCLE: Final = 4.0  # a pixel of radius,
_ON_CIRCLE: Final = 26.0  # and any circle at all: the smallest spoils a name as well
_RIM: Final = 3.0  # pixels a name keeps from a circle
_OUTSIDE: Final = 24.0  # a corner outside the area
_AWAY: Final = 0.12  # a pixel from where it is wanted


@dataclass(frozen=True, eq=False)
class Ground:
    """An area as cells, so that thousands of places can be asked whether they lie in it."""

    left: float
    top: float
    cells: npt.NDArray[np.bool_]

    def holds(self, points: Values) -> npt.NDArray[np.bool_]:
        """Which points of the plane lie in the area, to a cell's breadth."""
        column = np.floor((points[:, 0] - self.left) / _CELL).astype(int)
        row = np.floor((points[:, 1] - self.top) / _CELL).astype(int)
        tall, wide = self.cells.shape
        known = (column >= 0) & (row >= 0) & (column < wide) & (row < tall)
        found = np.zeros(len(points), dtype=bool)
        found[known] = self.cells[row[known], column[known]]
        return found


def ground_of(rings: Sequence[Ring]) -> Ground:
    """The cells of the largest ring; islands are no place for a name."""
    ring = max(rings, key=lambda points: float(np.ptp(points[:, 0]) * np.ptp(points[:, 1])))
    left, top = ring.min(axis=0)
    right, bottom = ring.max(axis=0)
    across, down = np.arange(left, right, _CELL) + _CELL / 2, np.arange(top, bottom, _CELL) + _CELL / 2
    points = np.array([(x, y) for y in down for x in across]).reshape(-1, 2)
    return Ground(float(left), float(top), inside(points, ring).reshape(len(down), len(across)))


@dataclass(frozen=True, eq=False)
class Name:
    """A text of `width` x `height` wanted in the middle of (x, y).

    Attributes:
        tries: shifts to try, nearest first.
        ground: the area it should stand in, None where it does not matter; `scale` is pixels a unit of the plane.
        is_needed: it stands where it does least harm; any other is left out rather than cover something.
    """

    x: float
    y: float
    width: float
    height: float
    tries: Values
    ground: Ground | None = None
    scale: float = 1.0
    is_needed: bool = False


@lru_cache(maxsize=8)
def around(reach: float, step: float) -> Values:
    """Shifts on a grid, nearest first."""
    side = np.arange(-reach, reach + 1e-9, step)
    grid = np.array([(x, y) for y in side for x in side])
    return np.asarray(grid[np.argsort(np.hypot(grid[:, 0], grid[:, 1]), kind="stable")])


def beside(radius: float, width: float, height: float) -> Values:
    """Shifts beside, under and over a circle."""
    across, down = radius + 4 + width / 2, radius + 4 + height / 2
    return np.array([(across, 0.0), (-across, 0.0), (0.0, down), (0.0, -down), (across, down - 6), (-across, down - 6)])


def place(names: Sequence[Name], circles: Values, frame: Box | None = None) -> list[tuple[float, float] | None]:
    """The shift of every name from where it is wanted, None where it is left out; earlier names go first.

    Args:
        circles: [circles, 3]: x, y, radius. frame: what no name may leave.
    """
    taken: list[Box] = []
    found: list[tuple[float, float] | None] = []
    for name in names:
        at, price = _best(name, circles, np.array(taken).reshape(-1, 4), frame)
        if at is None or (price > 0 and not name.is_needed):
            found.append(None)
            continue
        x, y = name.x + at[0], name.y + at[1]
        taken.append((x - name.width / 2, y - name.height / 2, x + name.width / 2, y + name.height / 2))
        found.append(at)
    return found


def _best(name: Name, circles: Values, taken: Values, frame: Box | None) -> tuple[tuple[float, float] | None, float]:
    """The best shift, and what it covers there."""
    if not len(name.tries):
        return None, 0.0
    middle = np.array([name.x, name.y]) + name.tries
    half = np.array([name.width / 2, name.height / 2])
    low, high = middle - half, middle + half
    covered = np.zeros(len(middle))
    least, last = low.min(axis=0), high.max(axis=0)
    # What lies beyond every try is not asked again and again.
    if len(circles):
        edge = circles[:, 2:]
        circles = circles[((circles[:, :2] + edge > least) & (circles[:, :2] - edge < last)).all(axis=1)]
    if len(taken):
        taken = taken[((taken[:, 2:] > least) & (taken[:, :2] < last)).all(axis=1)]
    if len(taken):
        meets = (
            (low[:, None, 0] < taken[None, :, 2]) & (high[:, None, 0] > taken[None, :, 0])
            & (low[:, None, 1] < taken[None, :, 3]) & (high[:, None, 1] > taken[None, :, 1])
        )  # fmt: skip
        covered += _OVER_NAME * meets.sum(axis=1)
    if len(circles):
        out = np.maximum(low[:, None] - circles[None, :, :2], circles[None, :, :2] - high[:, None])
        near = np.hypot(*np.maximum(out, 0.0).transpose(2, 0, 1)) < circles[None, :, 2] + _RIM
        covered += (near * (_ON_CIRCLE + _OVER_CIRCLE * circles[None, :, 2])).sum(axis=1)
    if frame is not None:
        leaves = (low < frame[:2]).any(axis=1) | (high > frame[2:]).any(axis=1)
        covered += _OVER_NAME * leaves
    price = covered + _AWAY * np.hypot(name.tries[:, 0], name.tries[:, 1])
    if name.ground is not None:
        corners = middle[:, None] + np.array([(x, y) for x in (-1, 0, 1) for y in (-1, 1)]) * half * 0.92
        outside = ~name.ground.holds(corners.reshape(-1, 2) / name.scale).reshape(len(middle), -1)
        price = price + _OUTSIDE * outside.sum(axis=1)
    best = int(np.argmin(price))
    return (float(name.tries[best, 0]), float(name.tries[best, 1])), float(covered[best])


def inside(points: Values, ring: Ring) -> npt.NDArray[np.bool_]:
    """Which points lie in a ring."""
    after = np.roll(ring, -1, axis=0)
    rises = (ring[None, :, 1] > points[:, None, 1]) != (after[None, :, 1] > points[:, None, 1])
    down = after[:, 1] - ring[:, 1]
    cross = (after[:, 0] - ring[:, 0])[None] * (points[:, None, 1] - ring[None, :, 1])
    at = cross / np.where(down == 0, 1.0, down)[None] + ring[None, :, 0]
    return np.asarray(((points[:, None, 0] < at) & rises).sum(axis=1) % 2 == 1)
