"""Parts of the page of cases: the list, one case, and where a case is nominated and reviewed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from cockpit.analysis.briefing import Case
from cockpit.analysis.selection import Selection
from cockpit.briefings import cases, cases_waiting
from cockpit.exports.notes import standing_notes
from cockpit.exports.tables import Sheet
from cockpit.ui.frame import address
from cockpit.ui.frame.downloads import downloads
from cockpit.ui.frame.picture import drawing
from cockpit.ui.frame.shell import View
from cockpit.ui.frame.showing import show
from cockpit.visuals.cases import blocks
from cockpit.visuals.marks import html as marks
from cockpit.visuals.marks.markup import html


@dataclass(frozen=True)
class Book:
    """The cases of the selection, and the one looked at; None where there are none."""

    cases: tuple[Case, ...]
    chosen: Case | None
    names: Mapping[str, str]


def open_book(view: View) -> Book:
    """Read cases and address, under the title."""
    found = cases(view.desk, view.briefing.selection, view.briefing.as_of, view.language)
    asked = "".join(address.get(blocks.CASE)[:1])
    chosen = next((case for case in found if case.key == asked), None)
    if asked and chosen is None:
        address.set_aside(blocks.CASE, [asked])
        address.put(blocks.CASE, [])
    towns = view.desk.dataset.towns
    called = towns[f"name_{view.language}"].astype("str")
    book = Book(
        found, chosen or (found[0] if found else None), dict(zip(towns["town_code"].astype("str"), called, strict=True))
    )
    _title(view, book)
    return book


def _title(view: View, book: Book) -> None:
    kind = view.desk.register.elements.kinds["best_practice"]
    waiting = cases_waiting(view.desk, view.person.sees)
    with st.container(key="casetop", horizontal=True, vertical_alignment="center"):
        text = html(
            '<section class="ans"><h1>{}</h1>{}{}<p>{}</p></section><p class="note">{}</p>',
            view.say("cases.title"),
            marks.clause(kind.clause),
            marks.simulated(view.briefing.is_simulated(), view.language),
            view.say("cases.lead", published=len(book.cases), waiting=waiting),
            kind.awaits.say(view.language),
        )
        show(text, width="stretch")
        aims = [("nominate", {"part": "submit", "sheets": kind.checker})]
        aims += [("review", {"part": "review"})] if waiting else []
        for name, holds in aims:
            label = view.say(f"cases.{name}")
            show(html('<span class="to" {}>{} →</span>', marks.opens("data", label, **holds), label), width="content")
        if book.cases:
            stem = f"cases-{view.desk.dataset.name}"
            downloads(view, lambda: sheet(view, book), stem, prefix="cases_")


def stop_if_none(view: View, book: Book) -> bool:
    """Say how a case comes about; True when the page ends here."""
    if book.cases:
        return False
    st.info(view.say("cases.none"), icon=":material/info:")
    return True


def columns() -> list[Any]:
    return list(st.columns([1, 2.2], gap="medium"))


def listing(view: View, book: Book) -> None:
    """The cases, the newest first."""
    design = view.desk.register.elements
    words = design.words(design.kinds["best_practice"].columns["field"])
    picked = book.chosen.key if book.chosen else ""
    show(blocks.listing(book.cases, picked, book.names, words, view.language))


def one(view: View, book: Book) -> None:
    """The case looked at."""
    if (case := book.chosen) is not None:
        show(blocks.head(case, book.names, view.desk.register, view.language))
        drawing(blocks.course(case, view.language), "case_course")
        show(blocks.rest(case, book.names, view.language))


def of_town(view: View, code: str) -> None:
    """The cases of one town, and those it follows, on its own page, whatever the filters are."""
    here = Selection(period=view.briefing.selection.period, scope=view.person.sees)
    found = cases(view.desk, here, view.briefing.as_of, view.language)
    own = [case for case in found if case.code == code]
    followed = [case for case in found if code in case.followers]
    if own or followed:
        show(blocks.of_town(own, followed, view.language))


def sheet(view: View, book: Book) -> Sheet:
    """The cases as people take them away; figures in base unit."""
    language = view.language
    heads: tuple[str, ...] = (
        "town_code",
        view.say("elements.town"),
        view.say("elements.column_name"),
        view.say("cases.column_field"),
    )
    heads += (
        view.say("cases.done"),
        view.say("cases.figure"),
        view.say("cases.column_before"),
        view.say("cases.column_after"),
    )
    rows = tuple(
        (
            case.code, book.names[case.code], case.name, case.field, case.done, case.own.indicator.label.say(language),
            case.own.before, case.own.after,
        )
        for case in book.cases
    )  # fmt: skip
    return Sheet(
        title=view.say("cases.title"),
        headers=heads,
        units=("",) * len(heads),
        rows=rows,
        notes=standing_notes(
            view.desk,
            language,
            period=view.briefing.selection.period,
            count=str(len(rows)),
            remarks=(view.say("cases.not_proof"), view.say("elements.base_unit")),
        ),
        notes_title=view.say("export.notes"),
    )
