"""The published list: what was known of each town and when. No verdict of today stands on a real name."""

from __future__ import annotations

import re
from functools import lru_cache

import pandas as pd
import streamlit as st

from cockpit.analysis.lifecycle import years_after
from cockpit.briefings import Desk, list_history
from cockpit.days import parse_span
from cockpit.phrases import say
from cockpit.ui.frame.shell import View
from cockpit.ui.frame.showing import show
from cockpit.ui.frame.tables import grid
from cockpit.ui.lists.page import Book
from cockpit.visuals.lists import blocks as list_blocks
from cockpit.visuals.lists import history as list_history_drawing
from cockpit.visuals.marks import charts
from cockpit.visuals.marks.markup import html
from cockpit.vocabulary import LIST_STATUSES, Language


def known_list(view: View, book: Book) -> None:
    """Counts as last known, how the list went year by year, and each town with the day its status was known."""
    history = list_history(view.desk)
    show(list_blocks.counts(book.lists.counts, view.language), width="content")
    last = str(history.index[-1]) if len(history) else "—"
    st.info(view.say("lists.public_note", year=last), icon=":material/history:")
    left, right = st.columns([5, 7], gap="medium")
    with left:
        show(html('<div class="col">{}</div>', view.say("lists.public_chart")))
        if len(history):
            rows, alt = list_history_drawing.rows_of(history, view.language)
            spec = list_history_drawing.stacked_years(view.theme, view.language)
            st.vega_lite_chart(charts.with_rows(spec, rows), theme=None, key=f"history|{view.language}", alt=alt)
            shown = history.rename(columns={name: text.say(view.language) for name, text in LIST_STATUSES.items()})
            grid(shown.rename_axis(view.say("lists.public_year")).reset_index(), view.language)
    with right:
        years = view.desk.register.rule("creation_clock").base_value
        show(
            html(
                '<div class="col">{}<small>{}</small></div>',
                view.say("lists.public_towns"),
                view.say("lists.public_term_help"),
            )
        )
        frame = _towns(view.desk, tuple(view.briefing.towns["town_code"]), years, view.language)
        grid(frame, view.language, height=560)


@lru_cache(maxsize=32)
def _towns(desk: Desk, codes: tuple[str, ...], years: float, language: Language) -> pd.DataFrame:
    towns = desk.dataset.towns.set_index("town_code").loc[list(codes)]
    blank = say("lists.public_unknown", language)

    def text(column: str) -> list[str]:
        return [value if isinstance(value, str) and value else blank for value in towns[column]]

    def known(written: str) -> str:
        """The date in `2020-12-31 (考核)`; `by end 2020` in words."""
        found = re.search(r"\d{4}(-\d{2}){0,2}", written)
        if not found:
            return written
        return say("lists.by_end", language, year=found[0]) if written.startswith("by end") else found[0]

    spans = [parse_span(value) for value in towns["created_on"]]
    terms = []
    for span in spans:
        first, last = (years_after(day, years).isoformat() for day in span) if span else (blank, blank)
        terms.append(first if first == last else f"{first} – {last}")
    titles = {
        "town": text("name_zh" if language == "zh" else "name_en"),
        "county": text("county_zh" if language == "zh" else "county_en"),
        "status": [LIST_STATUSES[status].say(language) for status in towns["list_status"].astype("str")],
        "as_of": [known(written) for written in text("status_as_of")],
        "created": text("created_on"),
    }
    frame = pd.DataFrame({say(f"lists.column.{name}", language): values for name, values in titles.items()})
    frame[say("lists.public_term", language, years=f"{years:g}")] = terms
    return frame
