"""Texts from data where Streamlit reads Markdown: labels, tooltips, toasts, notices, steps of a progress bar.

The one place that says how; whatever stands in a text, it draws no picture, makes no link and changes no look.
"""

from __future__ import annotations

import re
from typing import Final

from cockpit.texts import visible

_SIGNS: Final = re.compile(r"([!-/:-@\[-`{-~])")
# Bare addresses become links after escapes were undone: a joiner, which shows nothing, keeps them from being one.
_JOINER: Final = "\u2060"
_ADDRESS: Final = re.compile(r"(?i)(https?:|www\b|mailto:|xmpp:|(?<=\w)(?=@))")


def plain(text: object, longest: int = 200) -> str:
    """Text of people or files as it stands, on one line, cut at so many signs."""
    line = " ".join(visible(str(text)).split())
    line = line if len(line) <= longest else line[: longest - 1] + "…"
    return _SIGNS.sub(r"\\\1", _ADDRESS.sub(rf"\1{_JOINER}", line))


def quotable(text: str, longest: int = 40) -> str:
    """Text from the address as it may stand between back-ticks: without the sign that would end them, and short."""
    return "".join(sign for sign in text if sign != "`" and sign.isprintable())[:longest]
