"""The class a value falls into, by fixed borders, and how the classes are told in a legend.

Pure.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

NO_CLASS: Final = -1


def class_of(value: float | None, borders: Sequence[float]) -> int:
    """0 for the lowest class; a value on a border is of the upper one. -1 where there is no value."""
    if value is None or value != value:
        return NO_CLASS
    # Sums of floats: what is a border but for binary noise is on it.
    return bisect_right(borders, value + 1e-9 * max(1.0, abs(value)))


def class_words(borders: Sequence[str]) -> tuple[str, ...]:
    """Words of the classes from the lowest, made of the borders as written: `< 40`, `40–60`, `≥ 120`."""
    if not borders:
        return ()
    between = (f"{low}–{high}" for low, high in pairwise(borders))
    return (f"< {borders[0]}", *between, f"≥ {borders[-1]}")


def round_sizes(largest: float) -> tuple[float, ...]:
    """Three round figures for a legend of sizes, the largest not above `largest`: 1, 2 or 5 times a power of ten."""
    if not largest > 0:
        return ()
    steps = [factor * 10.0**power for power in range(-6, 16) for factor in (1, 2, 5)]
    found = [max((step for step in steps if step <= largest * share), default=0.0) for share in (0.06, 0.3, 1.0)]
    return tuple(dict.fromkeys(step for step in found if step > 0))
