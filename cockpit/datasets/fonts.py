"""The fonts shipped with the project, for paper and for pictures: Noto Sans CJK SC, cut down by tools/make_fonts.py.

May import the ground floor; touches files.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).resolve().parents[2] / "data" / "fonts"
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
