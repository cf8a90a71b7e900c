"""Texts of people and files: signs nobody sees taken out, and Markdown kept from reading any of it.

Streamlit reads labels, tooltips, toasts, notices and steps of a progress bar as Markdown. Whatever stands in a text, it
draws no picture, makes no link and changes no look. Ground floor: imports nothing from the package.
"""

from __future__ import annotations

import re
from typing import Final

_SIGNS: Final = re.compile(r"([!-/:-@\[-`{-~])")
# Bare addresses become links after escapes were undone: a joiner, which shows nothing, keeps them from being one.
_JOINER: Final = "\u2060"
_ADDRESS: Final = re.compile(r"(?i)(https?:|www\b|mailto:|xmpp:|(?<=\w)(?=@))")
# They make one name look like another, or turn what stands beside them: format controls (category Cf); fillers, joiners
# and variation selectors, which count as letters or marks and show nothing of their own; control signs but those that
# part lines and words (and 1F, which parts texts looked at together); whatever else Unicode says to leave unseen.
INVISIBLE: Final = re.compile(
    "["
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"
    "\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890-\u0891\u08e2\u115f-\u1160\u17b4-\u17b5"
    "\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0"
    "\ufff0-\ufffc\U000110bd\U000110cd\U00013430-\U00013438\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a"
    "\U000e0000-\U000e0fff"
    "]"
)

# Full-width forms stand for the ASCII signs 0xFEE0 below them; no other sign may turn into a digit, as ① and ² would by
# Unicode's own folding.
_HALF_WIDTH: Final[dict[int, int | str]] = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},
    **dict.fromkeys((0x3000, 0xA0, 0x2002, 0x2003, 0x2007, 0x2009, 0x202F), " "),
    **dict.fromkeys((0x2010, 0x2011, 0x2212), "-"),
}
# Signs that turn the direction: what is read is not what was seen.
TURNING: Final = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def half_width(text: str) -> str:
    """The text with half-width signs for full-width ones, plain blanks and hyphens; what is no width stays."""
    return text.translate(_HALF_WIDTH)


def revealed(text: str) -> str:
    """The text with the names of signs nobody sees in their places: 905[U+2060]2."""
    if text.isascii() and text.isprintable():
        return text
    return INVISIBLE.sub(lambda sign: f"[U+{ord(sign[0]):04X}]", text)


def written(cell: object) -> str:
    """The text of a cell, nothing where it is missing: a missing text is None or NaN, and neither is a word."""
    return cell if isinstance(cell, str) else ""


def visible(text: str) -> str:
    """The text without signs nobody sees; line breaks stay."""
    return text if text.isascii() and text.isprintable() else INVISIBLE.sub("", text)


def plain(text: object, longest: int = 200) -> str:
    """A text as it stands where Markdown is read: on one line, cut at so many signs."""
    line = " ".join(visible(str(text)).split())
    line = line if len(line) <= longest else line[: longest - 1] + "…"
    return _SIGNS.sub(r"\\\1", _ADDRESS.sub(rf"\1{_JOINER}", line))


def quotable(text: str, longest: int = 40) -> str:
    """A text as it may stand between back-ticks: without the sign that would end them, and short."""
    return "".join(sign for sign in text if sign != "`" and sign.isprintable())[:longest]
