"""The basis page's part on the policy's clauses: our summary, what is quoted, how it is read, where it is used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cockpit.policy.records import Passage
from cockpit.policy.register import Answered, answers, citing
from cockpit.ui.basis.finding import finder
from cockpit.ui.frame.shell import PAGES, View
from cockpit.ui.frame.showing import show
from cockpit.visuals.marks.html import clause, opens
from cockpit.visuals.marks.markup import EMPTY, Markup, html, html_of
from cockpit.vocabulary import Text


def clauses(view: View) -> None:
    """Every clause; the one the address asks for is marked and scrolled to."""
    find = finder()
    show(html('<p class="note">{}</p>', view.say("basis.clauses_note")))
    if not find.words:
        show(_coverage(view, answers(view.desk.register)))
    shown = [
        _clause(view, number, passage, number == find.clause and not find.words)
        for number, passage in view.desk.register.passages.items()
        if find.holds(_words(view, number, passage))
    ]
    show(html('<div class="clauses">{}</div>', html_of(shown)))


def _coverage(view: View, found: Mapping[str, Answered]) -> Markup:
    """What answers each clause, counted, with the way to it; what nothing can answer, with the reason."""
    language, paths = view.language, {script: path for script, path, _ in PAGES}
    head = view.say("basis.coverage", answered=sum(item.is_answered for item in found.values()), all=len(found))
    columns = ("clause", "targets", "rules", "kinds", "alerts", "pages", "lacks")
    top = html_of(html('<th scope="col">{}</th>', view.say(f"basis.coverage_{name}")) for name in columns)
    body = html_of(
        html(
            '<tr><th scope="row">{} {}</th><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>',
            clause(number),
            item.passage.title.say(language),
            len(item.targets) or EMPTY,
            html('<span title="{}">{}</span>', _list(view, item.rules), len(item.rules)) if item.rules else EMPTY,
            html_of(
                html('<span class="to" {}>{}</span>', opens("elements", ekind=kind.id), kind.label.say(language))
                for kind in view.desk.register.elements.kinds.values()
                if number in kind.clauses
            ),
            html('<span title="{}">{}</span>', _list(view, item.alerts), len(item.alerts)) if item.alerts else EMPTY,
            html_of(
                html('<a href="./{}" data-page="{}">{}</a>', paths[script], paths[script], view.say(f"page.{script}"))
                for script in item.passage.pages
            ),
            item.passage.lacks.say(language),
        )
        for number, item in found.items()
    )
    return html(
        '<section class="cover"><h2>{}</h2><div class="coverbox"><table><thead><tr>{}</tr></thead><tbody>{}</tbody>'
        "</table></div></section>",
        head,
        top,
        body,
    )


def _list(view: View, names: Sequence[Text]) -> str:
    return ("、" if view.language == "zh" else ", ").join(name.say(view.language) for name in names)


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
