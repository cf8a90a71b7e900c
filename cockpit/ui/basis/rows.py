"""The tables of the basis page: rows to be read, and the cells every record with a clause shares."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from cockpit.policy.records import Clause
from cockpit.ui.basis.finding import finder
from cockpit.ui.frame.shell import SCRIPTS, View
from cockpit.ui.frame.showing import show
from cockpit.visuals.marks.html import opens
from cockpit.visuals.marks.markup import Markup, html, html_of
from cockpit.vocabulary import ORIGINS, Text
from cockpit.wording.targets import clause_words

# Columns of short texts, which read worse broken than wide.
_NARROW: Final = frozenset({"due", "clause", "origin", "force", "unit", "version", "at"})


def read_rows(view: View, titles: dict[str, str], rows: Iterable[dict[str, Any]]) -> None:
    """A table to be read, of the rows that are looked for: sentences wrap, nothing is cut; a date or a clause number
    stays in one piece.

    On a phone each row becomes a block whose lines carry the column's name.
    """
    labels = {key: view.say(name) for key, name in titles.items()}
    head = html_of(html('<th scope="col">{}</th>', label) for label in labels.values())
    cells = {
        key: html('<td data-label="{}"{}>', label, " class=narrow" if key in _NARROW else "")
        for key, label in labels.items()
    }
    body = html_of(
        html("<tr>")
        + html_of(
            html("{}{}</td>", cells[key], row[key] if isinstance(row[key], Markup) else str(row[key])) for key in titles
        )
        + html("</tr>")
        for row in rows
        if finder().holds(" ".join(_plain(row[key]) for key in titles))
    )
    show(
        html(
            '<div class="scroll" tabindex="0"><table class="doc"><thead><tr>{}</tr></thead>'
            "<tbody>{}</tbody></table></div>",
            head,
            body,
        )
    )


def _plain(cell: Any) -> str:
    return cell.striptags() if isinstance(cell, Markup) else str(cell)


def led_name(text: str, page: str, title: str, **holds: str) -> Markup:
    """A record's name, which opens the page that works by it."""
    return html('<span class="to" {}>{}</span>', opens(page, title, **holds), text)


# Page that works by a rule, by what the rule is about; the rest is of lists.
_WORKS_BY: Final = {
    "targets": "targets",
    "forecast": "targets",
    "attribution": "targets",
    "returns": "targets",
    "tax_per_mu_yuan": "per-mu",
}


def rule_name(view: View, label: Text, subject: str) -> Markup:
    """A rule's name, which opens the page that works by it."""
    path = _WORKS_BY.get(subject, "lists")
    return led_name(label.say(view.language), path, view.say(f"page.{SCRIPTS[path]}"))


def cited_cells(view: View, item: Clause) -> dict[str, Any]:
    """What stands in every row of a record that has a clause: value, force, clause, quote, reading, origin."""
    return {
        "value": clause_words(item, view.language),
        "force": view.say(f"basis.force_{item.force}"),
        "clause": f"[{item.clause}]" if item.clause else "—",
        "quote": item.quote or "—",
        "reading": item.reading.say(view.language) or "—",
        "origin": ORIGINS[item.origin].say(view.language),
    }
