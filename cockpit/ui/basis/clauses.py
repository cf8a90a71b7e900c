"""The basis page's part on the policy's clauses: our summary, what is quoted, how it is read, where it is used."""

from __future__ import annotations

from cockpit.policy.records import Passage
from cockpit.policy.register import citing
from cockpit.ui.basis.finding import finder
from cockpit.ui.frame.shell import PAGES, View
from cockpit.ui.frame.showing import show
from cockpit.visuals.marks.markup import EMPTY, Markup, html, html_of


def clauses(view: View) -> None:
    """Every clause; the one the address asks for is marked and scrolled to."""
    find = finder()
    show(html('<p class="note">{}</p>', view.say("basis.clauses_note")))
    shown = [
        _clause(view, number, passage, number == find.clause and not find.words)
        for number, passage in view.desk.register.passages.items()
        if find.holds(_words(view, number, passage))
    ]
    show(html('<div class="clauses">{}</div>', html_of(shown)))


def _words(view: View, number: str, passage: Passage) -> str:
    quotes = (f"{label.say(view.language)} {item.quote}" for label, item in citing(view.desk.register, number))
    return " ".join([f"[{number}]", passage.title.say(view.language), passage.text.say(view.language), *quotes])


def _clause(view: View, number: str, passage: Passage, is_asked: bool) -> Markup:
    language, paths = view.language, {script: path for script, path, _ in PAGES}
    rows = html_of(
        html(
            "<li><b>{}</b> {}{}</li>",
            label.say(language),
            html("<q>{}</q>", item.quote) if item.quote else EMPTY,
            html("<span>{}</span>", item.reading.say(language)) if item.reading.say(language) else EMPTY,
        )
        for label, item in citing(view.desk.register, number)
    )
    links = html_of(
        (
            html('<a href="{}" data-page="{}">{}</a>', f"./{paths[script]}", paths[script], view.say(f"page.{script}"))
            for script in passage.pages
        ),
        " ",
    )
    return html(
        '<article class="clause{}" id="clause-{}"{}><h2>{} {}</h2><p>{}</p>{}{}</article>',
        " asked" if is_asked else "",
        number.replace(".", "-"),
        html(' data-here="{}"', f"clause-{number}") if is_asked else EMPTY,
        number,
        passage.title.say(language),
        passage.text.say(language),
        html("<ul>{}</ul>", rows) if rows else EMPTY,
        html('<p class="used">{}{}</p>', view.say("frame.used"), links) if links else EMPTY,
    )
