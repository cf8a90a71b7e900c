"""Clause numbers as buttons: `[3.4]` in what is shown opens what the clause asks (`ui/frame/aids.js`).

Pure.
"""

from __future__ import annotations

import re
from collections.abc import Set
from functools import lru_cache
from typing import Final

from cockpit.visuals.marks.markup import Markup, html, html_of

# A tag as a whole, so that no attribute is looked into (a value never holds a bare `>`), or a number in brackets.
_PIECE: Final = re.compile(r"<(/?)([a-zA-Z][\w-]*)[^>]*>|\[(\d(?:\.\d{1,2}){0,2})\]")
# Inside these a button may not stand.
_CLOSED: Final = frozenset({"a", "button", "svg", "summary", "select", "option", "title", "label"})


@lru_cache(maxsize=512)
def cite(markup: Markup, known: Set[str]) -> Markup:
    """The same with every number of a clause in `known` as a button, but none inside of links and other buttons."""
    if "[" not in markup:
        return markup
    pieces, at, depth = [], 0, 0
    for found in _PIECE.finditer(markup):
        end, tag, number = found.groups()
        if tag:
            depth += (-1 if end else 1) if tag.lower() in _CLOSED else 0
        elif depth <= 0 and number in known:
            pieces.append(Markup(markup[at : found.start()]))
            pieces.append(_button(number))
            at = found.end()
    return html_of((*pieces, Markup(markup[at:])))


def _button(number: str) -> Markup:
    return html(
        '<button type="button" class="cl" data-clause="{}" aria-haspopup="dialog">[{}]</button>', number, number
    )
