"""How wide a text will be drawn, where nothing measures it."""

from __future__ import annotations


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Width in px: full-width signs one em, others by kind; a little more than fonts need, never less."""
    em = 0.0
    for sign in text:
        if sign >= "⺀":
            em += 1.0
        elif sign in "MWmw%@":
            em += 0.92
        elif sign in " .,·:;'|!ijlt-()fr":
            em += 0.36
        elif sign.isupper():
            em += 0.7
        else:
            em += 0.56
    return em * size * (1.04 if bold else 1.0)
