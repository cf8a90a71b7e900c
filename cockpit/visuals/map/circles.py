"""Circles on a map: how large, and how far apart.

Pure geometry, deterministic.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float64]
_ROUNDS = 24
_AIR = 1.0  # px between two circles
_MOST = 800  # circles that can be told apart on one map; the work grows with their square


def radius(value: float | None, largest: float, most: float, least: float = 2.5) -> float:
    """Radius whose area stands for a value; the largest value has `most`, what is missing or nothing has `least`."""
    if value is None or value != value or value <= 0 or not largest > 0:
        return least
    return max(least, most * float(np.sqrt(value / largest)))


def part(places: Values, radii: Values, most: float) -> Values:
    """Shifts that take overlapping circles apart, none longer than `most`.

    Args:
        places: [circles, 2], px. radii: [circles].

    Returns:
        [circles, 2]; zero for a circle that touches no other. Where there is no room some still overlap; of more than
        `_MOST` circles each stays at its place, as there is room for none of them.
    """
    shifts = np.zeros((len(places), 2))
    if not 2 <= len(places) <= _MOST or most <= 0:
        return shifts
    # Only those that something can reach: the others stay, and the work grows with the square.
    apart = np.hypot(*(places[:, None] - places[None, :]).transpose(2, 0, 1))
    reach = radii[:, None] + radii[None, :] + _AIR
    np.fill_diagonal(apart, np.inf)
    crowded = (apart < reach).any(axis=1)
    crowded |= (apart[:, crowded] < reach[:, crowded] + most).any(axis=1)
    if crowded.any():
        shifts[crowded] = _parted(places[crowded], radii[crowded], most)
    return shifts


def _parted(places: Values, radii: Values, most: float) -> Values:
    count = len(places)
    shifts = np.zeros((count, 2))
    # Circles on one spot have no direction of their own: each gets one by its number.
    turn = np.arange(count) * 2.399963
    nudge = 0.01 * np.stack([np.cos(turn), np.sin(turn)], axis=1)
    wanted = radii[:, None] + radii[None, :] + _AIR
    np.fill_diagonal(wanted, 0.0)
    for _ in range(_ROUNDS):
        now = places + nudge + shifts
        off = now[:, None] - now[None, :]
        far = np.hypot(off[..., 0], off[..., 1])
        short = np.where(far < wanted, wanted - far, 0.0)
        if not short.any():
            break
        # The smaller one gives way more: a large circle is looked for at its place.
        weight = radii[None, :] / np.maximum(radii[:, None] + radii[None, :], 1e-9)
        push = (off / np.maximum(far, 1e-6)[..., None] * (short * weight)[..., None]).sum(axis=1)
        shifts = shifts + 0.6 * push
        length = np.hypot(shifts[:, 0], shifts[:, 1])
        over = length > most
        shifts[over] *= (most / length[over])[:, None]
    shifts[np.hypot(shifts[:, 0], shifts[:, 1]) < 0.05] = 0.0
    return shifts
