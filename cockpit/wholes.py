"""Whole numbers: as a heading writes them, and as parts that add up.

Ground floor: imports only `vocabulary`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from cockpit.vocabulary import Language

_DIGITS: Final = "零一二三四五六七八九"
_COUNTS: Final = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip


def count_word(count: int, language: Language) -> str:
    """A small number as a heading writes it: 九, 十八; nine, eighteen. Figures from a hundred, in English from 21."""
    if language == "en":
        return _COUNTS[count] if count < len(_COUNTS) else str(count)
    tens, ones = divmod(count, 10)
    if tens > 9:
        return str(count)
    lead = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return lead + (_DIGITS[ones] if ones or not tens else "")


def rounded_to_sum(values: Sequence[float | None], total: float, step: float) -> list[int | None]:
    """Round parts to whole numbers of `step` so that they add up to the rounded total (largest remainder).

    Args:
        values: the parts; None stays None and takes no share. They should sum to `total`.
        step: what one unit of the answer stands for, above zero.

    Returns:
        Counts of `step`. Ties go to the earlier part; a part of exactly zero stays zero where others can take the rest.
    """
    known = [place for place, value in enumerate(values) if value is not None]
    if not known:
        return [None] * len(values)
    exact = {place: (values[place] or 0.0) / step for place in known}
    floors = {place: math.floor(exact[place]) for place in known}
    missing = math.floor(total / step + 0.5) - sum(floors.values())
    order = sorted(known, key=lambda place: (values[place] == 0, -(exact[place] - floors[place]), place))
    found: list[int | None] = [None] * len(values)
    for place in known:
        found[place] = floors[place]
    # Parts that do not quite sum to the total may leave more to hand out than there are parts.
    turn = 0
    while missing and turn < 4 * len(order):
        place = order[turn % len(order)] if missing > 0 else order[-1 - turn % len(order)]
        found[place] = (found[place] or 0) + (1 if missing > 0 else -1)
        missing += -1 if missing > 0 else 1
        turn += 1
    return found
