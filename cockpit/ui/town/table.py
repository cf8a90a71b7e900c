"""Parts of the towns page: the table with its columns and downloads, the comparison, figures from public reports."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from cockpit.analysis.briefing import Briefing, Freshness, speaks_published, town_table
from cockpit.briefings import Desk, freshness
from cockpit.exports.towns import DEFAULT_INDICATORS, towns_frame, towns_sheet
from cockpit.figure_sources import FigureKey
from cockpit.phrases import say
from cockpit.texts import written
from cockpit.ui.frame import address, figure_source, town_link
from cockpit.ui.frame.downloads import downloads
from cockpit.ui.frame.shell import View
from cockpit.ui.frame.showing import show
from cockpit.units import Period, column_scale
from cockpit.visuals.data.matrix import town_badge
from cockpit.visuals.marks.markup import EMPTY, Markup, html, html_of
from cockpit.visuals.marks.source_button import source_button
from cockpit.vocabulary import (
    INDUSTRY_CLASSES,
    LIST_STATUSES,
    PREFECTURES,
    PROVENANCES,
    QUALIFIERS,
    Language,
    Provenance,
)

_MOST = 5
_TABLE = "towns_table"
_FEW = 12


def head(view: View) -> tuple[str, ...]:
    """Title, choice of columns, note of emptiness; returns the indicators to show."""
    indicators = [name for name in view.desk.register.indicators if name != "named_town_count"]
    language = view.language
    show(html('<section class="ans"><h1>{}</h1></section>', view.say("towns.title")))

    def draw(widget: str) -> list[str]:
        return st.multiselect(
            view.say("towns.columns"),
            indicators,
            format_func=lambda name: view.desk.register.indicator(name).label.say(language),
            key=widget,
            placeholder=view.say("towns.columns"),
        )

    # The default set is not written into the address: an empty parameter means it.
    if not address.get("columns"):
        address.put("columns", list(DEFAULT_INDICATORS))
    chosen = address.choose_many("columns", indicators, draw, language)
    if chosen == tuple(name for name in indicators if name in DEFAULT_INDICATORS):
        address.put("columns", [])
    briefing = view.briefing
    if speaks_published(view.desk.dataset):
        known = ~np.isnan([briefing.cube.of(name, briefing.selection.period) for name in view.desk.register.reported])
        reported = int((np.any(known, axis=0) & briefing.keep).sum())
        period = Period.parse(briefing.selection.period).say(language)
        st.info(
            view.say("towns.no_returns", period=period, reported=reported, expected=len(briefing.towns)),
            icon=":material/info:",
        )
    return chosen or DEFAULT_INDICATORS


def table(view: View, columns: tuple[str, ...]) -> None:
    """The table and its two downloads."""
    frame, heads = towns_frame(view.briefing, view.desk, columns, view.language)
    with st.container(horizontal=True, vertical_alignment="center", key="tablehead"):
        note = f"{view.say('towns.sort')} {view.say('source.pick_cell')}"
        show(html('<p class="note">{}</p>', note), width="stretch")
        stem = f"towns-{view.desk.dataset.name}-{view.briefing.selection.period}"
        downloads(view, lambda: towns_sheet(view.briefing, view.desk, columns, view.language), stem)
    config: dict[str, Any] = {
        header: st.column_config.NumberColumn(header, format=f"%.{head.decimals}f")
        for header, head in heads.items()
        if header in frame
    }
    for key in ("towns.created", "towns.named"):
        config[view.say(key)] = st.column_config.TextColumn(view.say(key), width=104)
    first = frame.columns[0]
    config[first] = st.column_config.TextColumn(
        first, pinned=True, help=view.say("towns.name_note") if view.language == "en" else None
    )
    st.dataframe(
        frame,
        hide_index=True,
        height=520 if len(frame) > _FEW else "content",
        column_config=config,
        key=_TABLE,
        placeholder="—",
        selection_mode="single-cell",
        on_select=lambda: _picked(view, frame, {header: head.indicator for header, head in heads.items()}),
    )
    town_link.follow()


def _picked(view: View, frame: pd.DataFrame, indicators: dict[str, str]) -> None:
    """A figure of the table was clicked: ask where it comes from."""
    cells = st.session_state[_TABLE]["selection"]["cells"]
    for row, header in cells[:1]:
        code = str(frame[view.say("towns.code")].iloc[row])
        if header == view.say("towns.code"):
            town_link.ask(code)
        if indicators.get(header) and not pd.isna(frame[header].iloc[row]):
            figure_source.ask(FigureKey("town", code, view.briefing.selection.period, indicators[header]))


def comparison(view: View) -> None:
    """Two to five towns side by side, the best of each row marked by weight and word."""
    # Any town of the data set can be compared: a filter on the table does not take a picked town away.
    towns = view.briefing.dataset.towns
    language = view.language
    names = {
        str(code): str(name)
        for code, name in zip(towns["town_code"], towns["name_zh" if language == "zh" else "name_en"], strict=True)
    }
    show(html('<div class="sect"><h2>{}</h2></div>', view.say("towns.compare")))

    def draw(widget: str) -> list[str]:
        return st.multiselect(
            view.say("towns.compare_pick"),
            tuple(names),
            format_func=lambda code: names[code],
            max_selections=_MOST,
            key=widget,
            placeholder=view.say("towns.compare_pick"),
            label_visibility="collapsed",
        )

    chosen = address.choose_many("compare", tuple(names), draw, f"{language}|{view.desk.dataset.key}")[:_MOST]
    if not chosen:
        return
    if len(chosen) == 1:
        show(html('<p class="note">{}</p>', view.say("towns.compare_more")))
    fresh = freshness(view.desk, view.briefing.as_of)
    show(_comparison(view.briefing, view.desk, fresh, chosen, language))


@lru_cache(maxsize=64)
def _comparison(
    briefing: Briefing, desk: Desk, fresh: Freshness | None, chosen: tuple[str, ...], language: Language
) -> Markup:
    table = town_table(briefing, desk.register, everything=True).set_index("town_code").loc[list(chosen)]
    chinese = language == "zh"
    head = html_of(
        html(
            '<th scope="col">{}<small>{} · {} · {}</small>{}</th>',
            row["name_zh" if chinese else "name_en"],
            PREFECTURES[row["prefecture_adcode"]].say(language),
            INDUSTRY_CLASSES[row["industry_class"]].say(language),
            LIST_STATUSES[row["list_status"]].say(language),
            town_badge(fresh, str(code), language),
        )
        for code, row in table.iterrows()
    )
    body = []
    for name, indicator in desk.register.indicators.items():
        if name not in table.columns or table[name].isna().all():
            continue
        values = table[name].to_numpy(dtype=float)
        best: int | None = None
        if indicator.polarity != "neutral" and (~np.isnan(values)).sum() > 1:
            best = int(np.nanargmax(values) if indicator.polarity == "higher" else np.nanargmin(values))
        scale = column_scale(values.tolist(), indicator.unit, language, counter=indicator.counter)
        cells = []
        for position, value in enumerate(values):
            shown = scale.figure(float(value))
            asked = FigureKey("town", str(table.index[position]), briefing.selection.period, name)
            source = (
                EMPTY if np.isnan(value) else html(" {}", source_button(asked, indicator.label.say(language), language))
            )
            cells.append(html('<td class="{}">{}{}</td>', "best" if position == best else "", str(shown), source))
        body.append(html('<tr><th scope="row">{}</th>{}</tr>', indicator.label.say(language), html_of(cells)))
    period = Period.parse(briefing.selection.period).say(language)
    badge = PROVENANCES[Provenance.SIMULATED if briefing.is_simulated() else Provenance.PUBLISHED].say(language)
    corner = html('<th scope="col">{}<small>{} · {}</small></th>', say("towns.indicator", language), period, badge)
    empty = EMPTY if body else html('<p class="note">{}</p>', say("map.no_value", language))
    return html(
        '<div class="scroll" tabindex="0"><table class="compare"><thead><tr>{}{}</tr></thead>'
        "<tbody>{}</tbody></table></div>{}",
        corner,
        head,
        html_of(body),
        empty,
    )


def public_facts(view: View) -> None:
    """Figures from public reports on the selected towns, each with its own definition; never summed."""
    facts = view.desk.dataset.table("facts")
    if not len(facts):
        return
    facts = facts[facts["town_code"].isin(view.briefing.towns["town_code"])]
    show(
        html(
            '<div class="sect"><h2>{}</h2><span class="cnt">{}</span></div>',
            view.say("towns.facts"),
            view.say("towns.facts_note"),
        )
    )
    names = dict(
        zip(
            view.briefing.towns["town_code"],
            view.briefing.towns["name_zh" if view.language == "zh" else "name_en"],
            strict=True,
        )
    )
    st.dataframe(
        pd.DataFrame(
            {
                view.say("towns.name"): [names[code] for code in facts["town_code"]],
                view.say("towns.indicator"): facts["indicator_written"].to_numpy(),
                view.say("basis.period"): [written(period) for period in facts["period_written"]],
                view.say("basis.value"): [
                    f"{QUALIFIERS[written(qualifier)].say(view.language)} {value:g} {written(unit)}".strip()
                    if value == value
                    else "—"
                    for qualifier, value, unit in zip(
                        facts["qualifier"], facts["value_written"], facts["unit_written"], strict=True
                    )
                ],
                view.say("basis.quote"): [written(quote) for quote in facts["quote"]],
                view.say("basis.note"): [
                    view.say("towns.fact_conflict") if written(other) else written(note)
                    for other, note in zip(facts["conflicts_with"], facts["note"], strict=True)
                ],
                view.say("basis.sources"): [written(ids) for ids in facts["source_ids"]],
            }
        ),
        hide_index=True,
        height=360,
    )
