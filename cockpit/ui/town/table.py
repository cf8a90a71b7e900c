"""Parts of the towns page: the table with its columns and downloads, the comparison, figures from public reports."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import pandas as pd
import streamlit as st

from cockpit.analysis.briefing import Briefing, Freshness, speaks_published
from cockpit.briefings import Desk, freshness
from cockpit.exports.towns import (
    DEFAULT_INDICATORS,
    SORTED_BY,
    class_medians,
    compare_sheet,
    compared,
    sorted_towns,
    towns_sheet,
)
from cockpit.phrases import say
from cockpit.phrases.towns import FACT_NOTES_ZH
from cockpit.texts import written
from cockpit.ui.frame import address, leading
from cockpit.ui.frame.downloads import downloads
from cockpit.ui.frame.shell import View
from cockpit.ui.frame.showing import show
from cockpit.ui.frame.tables import led
from cockpit.ui.town.picking import towns_part
from cockpit.units import Period
from cockpit.visuals.data.matrix import town_badge
from cockpit.visuals.marks import html as marks
from cockpit.visuals.marks.html import simulated
from cockpit.visuals.marks.markup import EMPTY, Markup, html, html_of
from cockpit.visuals.marks.walking import walk
from cockpit.visuals.town.table import MOST, SHOWN, Asked, town_table
from cockpit.visuals.town.table import comparison as side_by_side
from cockpit.vocabulary import INDUSTRY_CLASSES, PROVENANCES, Language, Provenance
from cockpit.wording.profile_parts import qualified

FEWEST = 2


def head(view: View) -> tuple[str, ...]:
    """Title, choice of columns, note of emptiness; returns the indicators to show."""
    indicators = [name for name in view.desk.register.indicators if name != "named_town_count"]
    language = view.language

    def draw(widget: str) -> list[str]:
        return st.multiselect(
            view.say("towns.columns"),
            indicators,
            format_func=lambda name: view.desk.register.indicator(name).label.say(language),
            key=widget,
            placeholder=view.say("towns.columns"),
        )

    period = Period.parse(view.briefing.selection.period).say(language)
    # Behind a button: chosen once, and a row of chips would stand above the table for good.
    # The default set is not written into the address: an empty parameter means it.
    if not address.get("columns"):
        address.put("columns", list(DEFAULT_INDICATORS))
    with st.container(horizontal=True, vertical_alignment="center", key="townshead"):
        mark = simulated(view.briefing.is_simulated(), language)
        title = html('<section class="ans"><h1>{}</h1><p>{} {}</p></section>', view.say("towns.title"), period, mark)
        show(title, width="stretch")
        with st.popover(view.say("towns.columns"), width="content"):
            chosen = address.choose_many("columns", indicators, draw, language)
    if chosen == tuple(name for name in indicators if name in DEFAULT_INDICATORS):
        address.put("columns", [])
    briefing = view.briefing
    if speaks_published(view.desk.dataset):
        known = ~np.isnan([briefing.cube.of(name, briefing.selection.period) for name in view.desk.register.reported])
        reported = int((np.any(known, axis=0) & briefing.keep).sum())
        st.info(
            view.say("towns.no_returns", period=period, reported=reported, expected=len(briefing.towns)),
            icon=":material/info:",
        )
    _classes(view)
    return chosen or DEFAULT_INDICATORS


def _classes(view: View) -> None:
    """The classes and the mountain counties as chips with their towns: one click where the bar's lists take three."""
    now = address.get("class")
    towns = view.briefing.dataset.towns
    seen = towns["town_code"].isin(view.briefing.seen)
    counts = towns.loc[seen, "industry_class"].astype("str").value_counts()
    title = {True: view.say("filter.take_out"), False: view.say("gap.filter_to")}
    chips = html_of(
        html(
            '<span class="kchip" {} aria-pressed="{}">{} <b>{}</b></span>',
            marks.narrows("class", name, title[now == [name]], is_walked=True),
            "true" if name in now else "false",
            INDUSTRY_CLASSES[name].say(view.language),
            int(counts.get(name, 0)),
        )
        for name in view.desk.choices.classes
        if counts.get(name, 0)
    )
    mountain = int(towns.loc[seen, "is_mountain_county"].eq(True).sum())
    is_on = address.get("mountain") == ["yes"]
    if mountain:
        chips += html(
            '<span class="kchip apart" {} aria-pressed="{}">{} <b>{}</b></span>',
            marks.narrows("mountain", "yes", title[is_on], is_walked=True),
            "true" if is_on else "false",
            view.say("filter.mountain_yes"),
            mountain,
        )
    label = view.say("towns.class")
    show(html('<div class="kchips" role="group" {}><em>{}</em>{}</div>', walk(label), label, chips))


def _sort(view: View) -> str:
    """The order the address asks for; what is no column is told and left out."""
    asked = "".join(address.get("tsort")[:1])
    known = {*SORTED_BY, *view.desk.register.indicators}
    if asked and asked.removeprefix("-") not in known:
        address.set_aside("tsort", [asked])
        address.put("tsort", [])
        return ""
    return asked


def _ticked(view: View) -> tuple[str, ...]:
    known = view.briefing.seen
    asked = address.get("compare")
    address.set_aside("compare", [code for code in asked if code not in known])
    return tuple(code for code in dict.fromkeys(asked) if code in known)[:MOST]


def table(view: View, columns: tuple[str, ...]) -> None:
    """The table and its two downloads, in one order."""
    sort = _sort(view)
    towns = sorted_towns(view.briefing, view.desk, sort)
    with st.container(horizontal=True, vertical_alignment="center", key="tablehead"):
        note = f"{view.say('towns.sort')} {view.say('source.pick_cell')}"
        show(html('<p class="note">{}</p>', note), width="stretch")
        stem = f"towns-{view.desk.dataset.name}-{view.briefing.selection.period}"
        downloads(view, lambda: towns_sheet(view.briefing, view.desk, columns, view.language, sort), stem)
    asked = Asked(view.briefing.selection.period, view.language, sort, _ticked(view))
    on = {"sort": _set_sort, "tick": _tick, "open": leading.open_town}
    towns_part(_table(view.briefing, view.desk, columns, asked) if len(towns) else EMPTY, on)
    if len(towns) > SHOWN:
        show(html('<p class="note">{}</p>', view.say("towns.first", shown=SHOWN, all=len(towns))))
    if view.language == "en":
        show(html('<p class="note">{}</p>', view.say("towns.name_note")))


@lru_cache(maxsize=32)
def _table(briefing: Briefing, desk: Desk, columns: tuple[str, ...], asked: Asked) -> Markup:
    indicators = [desk.register.indicator(name) for name in columns]
    return town_table(sorted_towns(briefing, desk, asked.sort), indicators, asked)


def _set_sort(order: str) -> None:
    address.replace(("tsort",), {"tsort": [order]})


def _tick(code: str) -> None:
    """Into the comparison or out of it again."""
    now = [item for item in address.get("compare") if item != code]
    if len(now) == len(address.get("compare")) and len(now) < MOST:
        now.append(code)
    address.replace(("compare",), {"compare": now})


def comparison(view: View) -> None:
    """Two to five towns side by side, whatever the filters hide."""
    language, chosen = view.language, _ticked(view)
    title = html('<div class="sect"><h2>{}</h2></div>', view.say("towns.compare"))
    with st.container(horizontal=True, vertical_alignment="center", key="comparehead"):
        show(title, width="stretch")
        if len(chosen) > 1:
            stem = f"compare-{view.desk.dataset.name}-{view.briefing.selection.period}"
            downloads(
                view,
                lambda: compare_sheet(view.briefing, view.desk, chosen, language),
                stem,
                prefix="compare_",
                kinds=("xlsx",),
            )
    if len(chosen) < FEWEST:
        show(html('<p class="note">{}</p>', view.say("towns.compare_more" if chosen else "towns.compare_none")))
    if chosen:
        fresh = freshness(view.desk, view.briefing.as_of)
        show(_comparison(view.briefing, view.desk, fresh, chosen, language))


@lru_cache(maxsize=64)
def _comparison(
    briefing: Briefing, desk: Desk, fresh: Freshness | None, chosen: tuple[str, ...], language: Language
) -> Markup:
    period = Period.parse(briefing.selection.period).say(language)
    kind = PROVENANCES[Provenance.SIMULATED if briefing.is_simulated() else Provenance.PUBLISHED].say(language)
    corner = html('<th scope="col">{}<small>{} · {}</small></th>', say("towns.indicator", language), period, kind)
    indicators = list(desk.register.indicators.values())
    return side_by_side(
        compared(briefing, desk, chosen),
        indicators,
        {item.id: class_medians(briefing, item.id) for item in indicators},
        {code: town_badge(fresh, code, language) for code in chosen},
        Asked(briefing.selection.period, language, "", chosen),
        corner,
    )


def _in_words(written_so: str, language: Language) -> str:
    return FACT_NOTES_ZH.get(written_so, written_so) if language == "zh" else written_so


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
    frame = pd.DataFrame(
        {
            view.say("towns.name"): [names[code] for code in facts["town_code"]],
            view.say("towns.indicator"): facts["indicator_written"].to_numpy(),
            view.say("basis.period"): [written(period) for period in facts["period_written"]],
            view.say("basis.value"): [
                qualified(value, written(unit), written(qualifier), view.language) if value == value else "—"
                for qualifier, value, unit in zip(
                    facts["qualifier"], facts["value_written"], facts["unit_written"], strict=True
                )
            ],
            view.say("basis.quote"): [written(quote) for quote in facts["quote"]],
            view.say("basis.note"): [
                view.say("towns.fact_conflict") if written(other) else _in_words(written(note), view.language)
                for other, note in zip(facts["conflicts_with"], facts["note"], strict=True)
            ],
            view.say("basis.sources"): [written(ids) for ids in facts["source_ids"]],
        }
    )
    named = [marks.town(str(code), names[code], view.language, is_walked=True) for code in facts["town_code"]]
    each = view.say("towns.facts_period")
    led(view, frame, {view.say("towns.name"): named}, view.say("towns.facts"), period=each)
