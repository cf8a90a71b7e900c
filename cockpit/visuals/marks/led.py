"""A table whose names lead on and whose heads sort in the browser; by keyboard it is walked as a picture is.

Pure. For tables of towns, areas and years; what nobody follows is the framework's grid (`ui/frame/tables.py`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from numbers import Real
from typing import Final

import pandas as pd

from cockpit.phrases import say
from cockpit.visuals.marks.markup import EMPTY, Markup, html, html_of
from cockpit.visuals.marks.paper import text_of
from cockpit.visuals.marks.walking import walk
from cockpit.vocabulary import Language

MOST: Final = 600  # rows; more are a matter of filters


def led_table(
    frame: pd.DataFrame,
    names: Mapping[str, Sequence[Markup]],
    label: str,
    language: Language,
    formats: Mapping[str, str] | None = None,
) -> Markup:
    """The first `MOST` rows, and how many there are if there are more.

    Args:
        names: by head, the cells of a column as marks that lead on (`marks.html.town`, `narrowing`).
        label: what the table is called, for who does not see it.
        formats: `%.1f` of columns of numbers, by head; others are written with up to four decimals.
    """
    heads = [str(name) for name in frame.columns]
    are_numbers = [pd.api.types.is_numeric_dtype(kind) for kind in frame.dtypes]
    columns = [
        [
            _cell(value, (formats or {}).get(head, ""), is_number, mark)
            for value, mark in zip(frame[name].head(MOST), names.get(head) or [EMPTY] * len(frame), strict=False)
        ]
        for head, name, is_number in zip(heads, frame.columns, are_numbers, strict=True)
    ]
    rows = html_of(html("<tr>{}</tr>", html_of(row)) for row in (zip(*columns, strict=True) if columns else ()))
    top = html_of(
        html('<th scope="col"{}><button type="button" data-sort>{}</button></th>',
             html(" class=r") if is_number else EMPTY, head)
        for head, is_number in zip(heads, are_numbers, strict=True)
    )  # fmt: skip
    rest = EMPTY
    if len(frame) > MOST:
        rest = html('<p class="note">{}</p>', say("frame.paper_rest", language, shown=MOST, all=f"{len(frame):,}"))
    return html(
        '<div class="ledt" role="group" {}><table class="led"><thead><tr>{}</tr></thead>'
        "<tbody>{}</tbody></table></div>{}",
        walk(label),
        top,
        rows,
        rest,
    )


def _cell(value: object, form: str, is_number: bool, mark: Markup) -> Markup:
    """A cell; a number carries itself, for the order of its column is not that of its letters."""
    if mark:
        return html("<td>{}</td>", mark)
    text = text_of(value, form)
    if not is_number:
        return html("<td>{}</td>", text)
    known = isinstance(value, Real) and value == value
    if isinstance(value, Real) and known and form:
        text = f"{float(value):,.{form[2:-1]}f}"
    text = text.replace("-", "−")
    return html('<td class="r"{}>{}</td>', html(' data-v="{}"', str(value)) if known else html(' data-v=""'), text)
