"""Who has reported: the matrix of returns, what is outstanding by indicator and by town, the calendar."""

from __future__ import annotations

from datetime import date

import streamlit as st

from cockpit.analysis.briefing import Freshness
from cockpit.briefings import freshness
from cockpit.ui.data.page import Book, names
from cockpit.ui.frame.segments import choose, is_table
from cockpit.ui.frame.shell import View
from cockpit.ui.frame.showing import show
from cockpit.ui.frame.tables import led
from cockpit.visuals.data import blocks, matrix
from cockpit.visuals.data import freshness as freshness_blocks
from cockpit.visuals.marks import html as marks
from cockpit.visuals.marks.crumbs import crumbs
from cockpit.visuals.marks.markup import html
from cockpit.vocabulary import PREFECTURES


def who_has_reported(view: View, book: Book) -> None:
    """Reported, late and missing by indicator and by town, for the towns of the filters."""
    fresh: Freshness | None = freshness(book.desk, view.briefing.as_of)
    language = view.language
    if fresh is None:
        show(html('<p class="note">{}</p>', view.say("data.fresh_none")))
        return
    mark = blocks.simulated(book.desk.dataset, language)
    codes = [str(code) for code in view.briefing.towns["town_code"]]
    _matrix(view, book, fresh, codes)
    left, right = st.columns([3, 2], gap="medium")
    with left, st.container(key="dfresh"):
        show(
            blocks.head(view.say("data.fresh"), mark, _fresh_lead(view, fresh, view.briefing.as_of))
            + freshness_blocks.by_indicator(fresh, _floor(view), language)
        )
    with right, st.container(key="dtowns"):
        show(
            blocks.head(view.say("data.fresh_towns"), mark)
            + freshness_blocks.by_town(fresh, codes, names(view, book), language)
            + blocks.head(view.say("data.fresh_calendar"))
            + freshness_blocks.calendar(fresh, language)
        )


def _floor(view: View) -> float:
    return view.desk.register.rule("coverage_minimum").base_value


def _fresh_lead(view: View, fresh: Freshness, day: date) -> str:
    counts = {
        word: sum(getattr(item, word) for item in fresh.indicators.values())
        for word in ("expected", "reported", "late", "missing")
    }
    return view.say("data.fresh_lead", day=day.isoformat(), **counts)


def _matrix(view: View, book: Book, fresh: Freshness, codes: list[str]) -> None:
    """Returns by prefecture or by town; towns first where the filters leave one prefecture."""
    language = view.language
    groups: dict[str, list[str]] = {}
    for code, prefecture in zip(codes, view.briefing.towns["prefecture_adcode"].astype(str), strict=True):
        groups.setdefault(prefecture, []).append(code)
    groups = dict(sorted(groups.items()))
    with st.container(key="dmatrix"):
        with st.container(key="dmatrixhead", horizontal=True, gap="small", vertical_alignment="center"):
            slot = st.empty()
            first = "town" if len(groups) == 1 else "prefecture"
            label = view.say("data.fresh_across")
            across = choose(view, "across", ("prefecture", "town"), label, "data.fresh_across.", first)
            as_table = is_table(view, "freshview")
        by_prefecture = across == "prefecture"
        lead = view.say("data.fresh_cells" if by_prefecture else "data.fresh_shapes")
        mark = blocks.simulated(book.desk.dataset, language)
        show(blocks.head(view.say("data.fresh_matrix"), mark + crumbs(view.briefing, language), lead), at=slot)
        ordered, day = matrix.worst_first(fresh, codes), view.briefing.as_of.isoformat()
        if as_table and by_prefecture:
            frame = matrix.prefecture_frame(fresh, groups, language)
            areas = [
                marks.narrowing("prefecture", code, PREFECTURES[code].say(language), language, is_walked=True)
                for code in groups
                for _ in fresh.indicators
            ]
            led(view, frame, {view.say("data.template_prefecture"): areas}, view.say("data.fresh_matrix"), period=day)
        elif as_table:
            called = names(view, book)
            towns = [marks.town(code, called.get(code, code), language, is_walked=True) for code in ordered]
            frame = matrix.town_frame(fresh, ordered, called, language)
            led(view, frame, {view.say("towns.name"): towns}, view.say("data.fresh_matrix"), period=day)
        else:
            drawn = (
                matrix.by_prefecture(fresh, groups, _floor(view), language)
                if by_prefecture
                else matrix.by_town(fresh, codes, names(view, book), language)
            )
            show(drawn + matrix.legend(language))
