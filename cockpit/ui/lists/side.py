"""The side of the list management page: the stars, the chosen town, the form and the decision log."""

from __future__ import annotations

import streamlit as st

from cockpit.briefings import SHANGHAI, freshness
from cockpit.exports.tables import write_xlsx
from cockpit.figure_sources import LISTS, FigureKey
from cockpit.texts import plain
from cockpit.ui.frame import address, leading
from cockpit.ui.frame.downloads import offer
from cockpit.ui.frame.shell import View
from cockpit.ui.frame.showing import show
from cockpit.ui.lists.decision_form import decision_form, outcome
from cockpit.ui.lists.exports import log_sheet
from cockpit.ui.lists.page import Book
from cockpit.visuals.data.matrix import town_badge
from cockpit.visuals.lists import blocks as list_blocks
from cockpit.visuals.lists import decisions as decision_blocks
from cockpit.visuals.marks.markup import html
from cockpit.visuals.marks.source_button import source_button
from cockpit.wording import lists as words


def stars(view: View, book: Book) -> None:
    """One square a named town."""
    language, named = view.language, book.lists.named
    with st.container(key="lstarbox"):
        lead = view.say("lists.stars_lead", count=len(named))
        legend = list_blocks.stars_legend(language)
        head = list_blocks.head(view.say("lists.stars"), view.briefing.is_simulated(), lead, language, legend)
        if not named:
            show(html('{}<p class="note">{}</p>', head, view.say("lists.stars_none")))
            return
        show(head + list_blocks.stars(book.lists, view.desk.register, language, book.code))


def _pick_town(view: View, book: Book) -> None:
    """The town the form acts on, by name."""
    towns: dict[str, str] = {
        town.place.code: words.name(town.place, view.language)
        for group in (book.lists.queue, book.lists.creating, book.lists.named)
        for town in group
    }
    chosen = address.choose_one(
        "town",
        tuple(towns),
        book.default,
        lambda widget: st.selectbox(
            view.say("lists.town_pick"),
            tuple(towns),
            format_func=lambda code: towns[code],
            key=widget,
            label_visibility="collapsed",
        ),
        f"{view.language}|{view.desk.dataset.key}",
    )
    if chosen != book.code:
        st.rerun()  # all other parts were drawn for the town before


def dossier(view: View, book: Book) -> None:
    """The chosen town with all its reasons."""
    if book.town is None:
        return
    language, rows = view.language, _history(view, book.code)
    with st.container(key="ldossier"):
        title_ = view.say("lists.chosen", town=words.name(book.town.place, language))
        asked = FigureKey("town", book.code, book.lists.year or str(book.lists.as_of.year), LISTS)
        source = source_button(asked, words.name(book.town.place, language), language)
        fresh = town_badge(freshness(view.desk, view.briefing.as_of), book.code, language)
        head = list_blocks.head(title_, view.briefing.is_simulated(), "", language, source + fresh)
        show(head + list_blocks.dossier(book.town, book.lists, view.desk.register, rows, language))
        st.button(
            view.say("town.go"),
            key=f"open_town|{language}",
            icon=":material/qr_code_2:",
            type="tertiary",
            on_click=leading.open_town,
            args=(book.code,),
        )


def decide(view: View, book: Book) -> None:
    """The form that writes to the log, for the chosen town."""
    if book.town is None:
        return
    with st.container(key="lform"):
        heading = view.say("lists.form", town=words.name(book.town.place, view.language))
        lead = view.say("lists.form_rule")
        show(list_blocks.head(heading, view.briefing.is_simulated(), lead, view.language))
        outcome()
        _pick_town(view, book)
        if book.log is not None:
            decision_form(view, book.town, book.log.latest.get(book.code))
        else:
            st.warning(plain(book.fault), icon=":material/database_off:")


def log(view: View, book: Book) -> None:
    """Who decided what, when, on what basis and which data version."""
    language, simulated = view.language, view.briefing.is_simulated()
    with st.container(key="llogbox"):
        entries = book.log.entries if book.log else ()
        year = book.lists.as_of.year
        count = sum(entry.recorded_at.astimezone(SHANGHAI).year == year for entry in entries)
        lead = view.say("lists.log_lead", year=year, count=count)
        with st.container(key="lloghead", horizontal=True, vertical_alignment="center", gap="small"):
            show(list_blocks.head(view.say("lists.log"), simulated, lead, language), width="stretch")
            offer(
                view,
                view.say("lists.download"),
                lambda: (write_xlsx(log_sheet(view, entries, book.names)), len(entries)),
                f"decisions-{view.desk.dataset.name}-{book.lists.as_of.isoformat()}.xlsx",
                key="log_xlsx",
                disabled=not entries,
            )
        if book.log is None:
            show(html('<p class="note">{}</p>', book.fault))
        else:
            show(decision_blocks.log_rows(entries, book.names, simulated, language, book.code))


def _history(view: View, code: str) -> list[tuple[str, str]]:
    rows = view.desk.dataset.table("list_history")
    rows = rows[rows["town_code"] == code].sort_values("effective_on")
    return list(zip(rows["effective_on"].astype("str"), rows["list_status"].astype("str"), strict=True))
