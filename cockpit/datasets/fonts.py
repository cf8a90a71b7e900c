"""The fonts shipped with the project, for paper and for pictures: Noto Sans CJK SC, cut down by tools/make_fonts.py.

May import the ground floor; touches files.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

FOLDER: Final = Path(__file__).resolve().parents[2] / "data" / "fonts"
_EM: Final = 1000  # units in which a sign is measured, those of the fonts
FAMILY: Final = "Noto Sans CJK SC"


@lru_cache(maxsize=1)
def characters() -> frozenset[str]:
    """Every character the fonts can set."""
    return frozenset((FOLDER / "characters.txt").read_text(encoding="utf-8"))


def lacking(text: str) -> str:
    """The characters of a text the fonts have no sign for, each once, in order of appearance."""
    known = characters()
    return "".join(dict.fromkeys(sign for sign in text if sign not in known and not sign.isspace()))


def named(signs: str) -> str:
    """Characters as they can be read where the font lacks them: 𠮷 (U+20BB7)."""
    return ", ".join(f"{sign} (U+{ord(sign):04X})" for sign in signs)


@lru_cache(maxsize=1 << 14)
def width_of(text: str, *, bold: bool = False) -> float:
    """Width in em as the fonts set it, sign by sign.

    Kerning is left out: it takes up to 6 % off a short word and adds less than 1 %.
    """
    return sum(_advance(sign, bold) for sign in text)


@lru_cache(maxsize=1 << 15)
def _advance(sign: str, bold: bool) -> float:
    """A sign the fonts lack has the width of their empty box, one em."""
    return _face(bold).getlength(sign) / _EM


@lru_cache(maxsize=2)
def _face(bold: bool) -> FreeTypeFont:
    # Here and not above: a start need not wait for it.
    from PIL import ImageFont

    path = FOLDER / f"NotoSansCJKsc-{'Bold' if bold else 'Regular'}.otf"
    return ImageFont.truetype(path, _EM, layout_engine=ImageFont.Layout.BASIC)
