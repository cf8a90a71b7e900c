"""From a figure to the cell it was written in."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd
import streamlit as st

from cockpit.briefings import Desk, outside, trace
from cockpit.figure_sources import lines_of
from cockpit.rights import Scope
from cockpit.ui.data.page import Book, names
from cockpit.ui.frame import address
from cockpit.ui.frame.figure_source import ALL_TOWNS, style
from cockpit.ui.frame.shell import View
from cockpit.ui.frame.showing import show
from cockpit.ui.frame.tables import led
from cockpit.units import Period
from cockpit.visuals.data import blocks
from cockpit.visuals.data import freshness as freshness_blocks
from cockpit.visuals.data import sources as source_blocks
from cockpit.visuals.marks import html as marks
from cockpit.visuals.marks.markup import Markup, html
from cockpit.vocabulary import Language

_DEFAULT = "effective_investment_yuan"


def trace_part(view: View, book: Book) -> None:
    """Pick a town and an indicator: value, version and, part by part, submission, file, sheet, cell, who and when."""
    desk, language = view.desk, view.language  # the version shown, pinned or not
    labels = {name: record.label.say(language) for name, record in desk.register.indicators.items()}
    towns = names(view, book)
    kept = set(view.briefing.towns["town_code"].astype("str"))
    known = tuple(code for code in desk.cube.towns if code in towns)
    whole = {ALL_TOWNS: view.say("source.whole_town")}
    with st.container(key="dtrace"):
        top = st.empty()
        left, right, last = st.columns([1, 1, 1], gap="small", vertical_alignment="bottom")
        with left:
            town = address.choose_one(
                "town",
                (ALL_TOWNS, *known),
                known[0],
                lambda widget: st.selectbox(
                    view.say("data.trace_town"),
                    (ALL_TOWNS, *known),
                    format_func={**whole, **towns}.__getitem__,
                    key=widget,
                ),
                f"{language}|{desk.dataset.name}",
            )
        with right:
            indicator = address.choose_one(
                "figure",
                tuple(labels),
                _DEFAULT if _DEFAULT in labels else next(iter(labels)),
                lambda widget: st.selectbox(
                    view.say("data.trace_indicator"), tuple(labels), format_func=labels.__getitem__, key=widget
                ),
                language,
            )
        with last:
            period = address.choose_one(
                "period",
                desk.choices.periods,
                desk.choices.default_period,
                lambda widget: st.selectbox(
                    view.say("filter.period"),
                    desk.choices.periods,
                    format_func=lambda item: Period.parse(item).say(language),
                    key=widget,
                ),
                f"{language}|{desk.dataset.key}",
            )
        number = view.say("data.number", number=desk.dataset.manifest.number)
        about = html("{} · {}", Period.parse(period).say(language), number)
        if town != ALL_TOWNS:
            about = html("{} · {}", marks.town(town, towns[town], language), about)
        show(blocks.head(view.say("data.part.trace"), blocks.simulated(desk.dataset, language), about), at=top)
        style()
        if town == ALL_TOWNS:
            _whole(view, tuple(code for code in known if code in kept), towns, period, indicator)
        else:
            show(_traced(desk, view.person.sees, town, period, indicator, language))


def _whole(view: View, codes: tuple[str, ...], names: dict[str, str], period: str, indicator: str) -> None:
    """Every reported figure behind an indicator of the selected towns; the table sorts, searches and downloads."""
    language, dataset = view.language, view.desk.dataset
    lines = outside(view.desk, view.person.sees).freed(lines_of(view.desk, codes, period, indicator), language)
    told = view.say("source.whole_lead", count=f"{len(lines):,}", towns=len({line.town_code for line in lines}))
    show(html('<p class="note">{}</p>', told))
    cells = [line.cell for line in lines]
    shipped = [source_blocks.shipped(dataset, line.publisher, language) for line in lines]
    columns = {
        "towns.name": [names[line.town_code] for line in lines],
        "towns.indicator": [line.label.say(language) for line in lines],
        "basis.value": [line.shown.say(language) for line in lines],
        "source.file": [cell.file if cell else said for cell, said in zip(cells, shipped, strict=True)],
        "intake.sheet": [cell.sheet if cell else "" for cell in cells],
        "source.cell": [cell.cell if cell else "" for cell in cells],
        "source.by": [source_blocks.by(cell) if cell else "" for cell in cells],
        "data.pending_pick": [cell.submission if cell else "" for cell in cells],
    }
    frame = pd.DataFrame({view.say(key): values for key, values in columns.items()})
    named = [marks.town(line.town_code, names[line.town_code], language, is_walked=True) for line in lines]
    led(
        view,
        frame,
        {view.say("towns.name"): named},
        view.say("data.part.trace"),
        period=Period.parse(period).say(language),
    )


@lru_cache(maxsize=256)
def _traced(desk: Desk, sees: Scope, town: str, period: str, indicator: str, language: Language) -> Markup:
    found = outside(desk, sees).freed(trace(desk, town, period, indicator), language)
    return freshness_blocks.trace(found, desk.register, desk.dataset, language)
