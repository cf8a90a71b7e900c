"""Rows of tables other than returns that a submission would add or change, as HTML; pure."""

from __future__ import annotations

from collections.abc import Sequence

from cockpit.datasets.publishing.merging import RowChange
from cockpit.datasets.template.sheets import sheet_title
from cockpit.phrases import say
from cockpit.visuals.data.blocks import MOST_CELLS, Names, table
from cockpit.visuals.marks.html import town as town_name
from cockpit.visuals.marks.markup import EMPTY, Markup, html, html_of
from cockpit.vocabulary import Language
from cockpit.wording import rows as words


def rows(found: Sequence[RowChange], count: int, names: Names, language: Language) -> Markup:
    """Each row with its table, town, what tells it from others, its fields before and after, and where it was written.

    Args:
        count: how many would change in all.
    """
    shown = [
        (
            html("{}<small>{}</small>", sheet_title(row.table).say(language), say(f"data.row_{_what(row)}", language)),
            town_name(row.town_code, names.get(row.town_code, row.town_code), language) if row.town_code else "—",
            html("<b>{}</b>", words.entry(row, language) or "—"),
            html_of(html("<div>{}</div>", line) for line in words.lines(row, language)) or "—",
            html("{}<small>{} {}</small>", row.file, row.sheet, row.cell),
        )
        for row in found[:MOST_CELLS]
    ]
    keys = ("data.row_table", "towns.name", "data.row_entry", "data.row_what", "data.trace_where")
    more = EMPTY
    if count > len(shown):
        more = html('<p class="note">{}</p>', say("data.rows_more", language, shown=len(shown), count=f"{count:,}"))
    return table([say(key, language) for key in keys], shown) + more


def _what(row: RowChange) -> str:
    return "new" if row.is_new else "changed"
