"""A table as it is printed: all its rows as markup, where the screen draws those in view on a canvas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from numbers import Real
from typing import Final
from weakref import ReferenceType, ref

import numpy as np
import pandas as pd

from cockpit.phrases import say
from cockpit.visuals.marks.markup import EMPTY, Markup, html, html_of
from cockpit.vocabulary import Language

MOST: Final = 300  # rows; paper for more is nobody's wish
_BLANK: Final = "—"
_KEPT: Final = 64
# By the frame itself: those of a page are made once and shown at many runs.
_known: dict[int, tuple[ReferenceType[pd.DataFrame], Language, Markup]] = {}


def paper(frame: pd.DataFrame, language: Language, formats: Mapping[str, str] | None = None) -> Markup:
    """The first `MOST` rows with their heads, and how many there are if there are more.

    Args:
        formats: `%.1f` of columns of numbers, by head; others are printed with up to four decimals.
    """
    kept = _known.get(id(frame))
    if kept is not None and kept[0]() is frame and kept[1] == language:
        return kept[2]
    if len(_known) >= _KEPT:
        _known.clear()
    made = _drawn(frame, language, formats or {})
    _known[id(frame)] = ref(frame), language, made
    return made


def _drawn(frame: pd.DataFrame, language: Language, formats: Mapping[str, str]) -> Markup:
    heads = [str(name) for name in frame.columns]
    are_numbers = [pd.api.types.is_numeric_dtype(kind) for kind in frame.dtypes]
    columns = [
        [text_of(value, formats.get(head, "")) for value in frame[name].head(MOST)]
        for head, name in zip(heads, frame.columns, strict=True)
    ]
    rows = html_of(
        html("<tr>{}</tr>", _cells(row, are_numbers)) for row in (zip(*columns, strict=True) if columns else ())
    )
    top = html_of(
        html('<th scope="col"{}>{}</th>', html(" class=r") if is_number else EMPTY, head)
        for head, is_number in zip(heads, are_numbers, strict=True)
    )
    rest = EMPTY
    if len(frame) > MOST:
        rest = html('<p class="paper">{}</p>', say("frame.paper_rest", language, shown=MOST, all=f"{len(frame):,}"))
    return html('<table class="paper"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>{}', top, rows, rest)


def _cells(row: Sequence[str], are_numbers: Sequence[bool]) -> Markup:
    return html_of(
        html('<td class="r">{}</td>', text) if is_number else html("<td>{}</td>", text)
        for text, is_number in zip(row, are_numbers, strict=True)
    )


def text_of(value: object, form: str) -> str:
    """A cell in words; what is missing is a dash, never a zero."""
    if isinstance(value, bool | np.bool_):
        return "✓" if value else ""
    if value is None or value is pd.NA or value != value:
        return _BLANK
    if isinstance(value, Real):
        number = float(value)
        return form % number if "%" in form else np.format_float_positional(number, precision=4, trim="-")
    return str(value)
