"""Parts of the targets page; each takes the view and the target's id and draws one thing."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final, cast

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from cockpit.analysis.attainment import Limits
from cockpit.analysis.briefing import Depth, Parts, speaks_published
from cockpit.analysis.briefing.parts import BYS, WHATS, By, What
from cockpit.briefings import Desk, statement, target_depth, target_parts
from cockpit.ui.frame import address
from cockpit.ui.frame.charting import leading_chart
from cockpit.ui.frame.segments import choose, is_table
from cockpit.ui.frame.shell import View
from cockpit.ui.frame.showing import show
from cockpit.ui.frame.tables import grid, led
from cockpit.ui.targets.gap import default_target
from cockpit.units import Period
from cockpit.visuals.marks import html as marks
from cockpit.visuals.marks.crumbs import crumbs
from cockpit.visuals.marks.markup import Markup, html, html_of
from cockpit.visuals.targets import parts as target_parts_drawing
from cockpit.visuals.targets import record as target_record
from cockpit.visuals.targets import saying
from cockpit.visuals.targets import trend as target_drawing
from cockpit.visuals.targets import verdict as target_words
from cockpit.vocabulary import Language
from cockpit.wording.statement import statement_text

_NAMED: Final = 8  # silent towns named in a sentence


def pick(view: View) -> str:
    """The target, kept in the address under the same name as on the cockpit."""
    register, language = view.desk.register, view.language
    names = {
        name: register.indicator(record.indicator).label.say(language) for name, record in register.targets.items()
    }
    with st.container(key="targetpick", horizontal=True, gap="small", vertical_alignment="center"):
        return address.choose_one(
            "target",
            tuple(names),
            default_target(view),
            lambda widget: st.pills(
                view.say("target.pick"),
                tuple(names),
                format_func=names.__getitem__,
                key=widget,
                required=True,
                label_visibility="collapsed",
            ),
            # A key of its own: the cockpit's box of the same name is another kind of widget.
            f"{language}|pills",
        )


def judgement_columns() -> list[Any]:
    """Trend, and the judgements beside it."""
    return st.columns([1180, 620], gap="medium")


def below(view: View, target: str, left: DeltaGenerator) -> DeltaGenerator:
    """Where the judgements of past years stand: beside pace and forecast, or below both columns where the year is over
    and the right one is short."""
    due = view.briefing.card(target).target.due.year
    return left if Period.parse(view.briefing.selection.period).year < due else st.container()


def _depth(view: View, target: str) -> Depth:
    return target_depth(view.desk, view.briefing.selection, view.briefing.as_of, target)


@lru_cache(maxsize=512)
def _verdict(depth: Depth, limits: Limits, language: Language) -> Markup:
    return target_words.verdict(depth, language, limits)


@lru_cache(maxsize=512)
def _judgement(depth: Depth, limits: Limits, language: Language) -> tuple[Markup, str, Markup]:
    """What stands above the strip of growth, the sentence under it, and what follows."""
    return (
        target_words.pace(depth, limits, language),
        target_words.needed(depth, language),
        target_words.forecast(depth, depth.rules, language) + target_words.split(depth, language),
    )


@lru_cache(maxsize=512)
def _looks(depth: Depth, language: Language) -> Markup:
    return target_record.looks(depth, depth.rules, language)


@lru_cache(maxsize=64)
def _basis(desk: Desk, depth: Depth, language: Language) -> Markup:
    return target_record.basis(desk.register, depth.card, depth.rules, language)


def verdict(view: View, target: str) -> None:
    show(_verdict(_depth(view, target), view.desk.limits, view.language))


def to_say(view: View, target: str) -> None:
    """The paragraph of the briefing pack in its three parts, with a button that copies it."""
    found = statement(view.desk, view.briefing.selection, view.briefing.as_of, target)
    show(saying.to_say(statement_text(found, view.desk.limits, view.language)))


def trend(view: View, target: str) -> None:
    """Full years with the target; published figures stand apart, each with its scope."""
    depth, language = _depth(view, target), view.language
    published = speaks_published(view.desk.dataset)
    with st.container(key="trendhead", horizontal=True, gap="small", vertical_alignment="center"):
        title = view.say("target.trend_published" if published else "target.trend")
        show(html("<h2>{}</h2>", title), width="content")
        note = ""
        if published and depth.points:
            note = view.say("series.note" if any(point.breaks for point in depth.points) else "target.points_note")
        if view.briefing.selection.is_filtered and not published:
            note = view.say("target.trend_province")
        show(html('<span class="find" title="{}">{}</span>', note, note), width="stretch")
        as_table = is_table(view, "trendview")
    if published:
        _published(view, depth, as_table)
        return
    drawing = target_drawing.draw_trend(depth, language, view.theme, depth.rules.level, view.desk.limits.tolerance)
    if drawing is None:
        is_hidden = depth.card.attainment.reason == "small_group"
        show(html('<p class="note">{}</p>', view.say("card.small_group" if is_hidden else "card.not_reported")))
    elif as_table:
        head = str(drawing.table.columns[0])
        known = dict(drawing.walk.points)
        years = [
            marks.narrowing("period", year, year, language, is_walked=True) if year in known else html("{}", year)
            for year in drawing.table[head]
        ]
        title = f"{view.say('target.trend')} {depth.card.indicator.label.say(language)}"
        years_told = f"{drawing.table[head].iloc[0]}–{drawing.table[head].iloc[-1]}"
        led(view, drawing.table, {head: years}, title, period=years_told)
    else:
        leading_chart(drawing.spec, "trend", drawing.alt, view.say("target.trend"), drawing.walk, language)
    words = [target_words.fan_words(depth.forecast, depth.rules, language)]
    if depth.thin:
        words.append(view.say("target.trend_note"))
    _notes(words)


def _notes(texts: list[str]) -> None:
    notes = html_of(html('<p class="note">{}</p>', text) for text in texts if text)
    if notes:
        show(notes)


def _published(view: View, depth: Depth, as_table: bool) -> None:
    if not depth.points:
        show(html('<p class="note">{}</p>', view.say("card.not_published")))
        return
    drawing = target_drawing.draw_published(depth.card, view.language, view.theme)
    if as_table:
        grid(drawing.table, view.language)
    else:
        st.vega_lite_chart(drawing.spec, theme=None, key="trend_published", alt=drawing.alt)


def look_back(view: View, target: str) -> None:
    found = _looks(_depth(view, target), view.language)
    if found:
        show(found)


def judgement(view: View, target: str) -> None:
    """Pace, required growth beside the observed range, chance, where the change comes from."""
    depth, language = _depth(view, target), view.language
    above, needed, below = _judgement(depth, view.desk.limits, language)
    if above:
        show(above)
    strip = target_drawing.draw_strip(depth, language, view.theme)
    show(html('<section class="rail need"><header><h2>{}</h2></header></section>', view.say("target.needed")))
    if strip is not None:
        st.vega_lite_chart(strip.spec, theme=None, key="growth_strip", alt=strip.alt)
    elif any(point.breaks for point in depth.points):
        needed = f"{needed} {view.say('target.growth_none')}"
    relative = strip is not None and depth.card.indicator.unit == "share"
    _notes([needed, view.say("target.pace_ratio_note") if relative else ""])
    show(below)


def _first_what(view: View, target: str) -> What:
    """The gap where the period has one, else the change."""
    card = view.briefing.card(target)
    return "change" if card.attainment.reason in ("within_year", "after_target") else "gap"


def parts(view: View, target: str) -> None:
    """Level, change or gap by prefecture, county, class or town: waterfall and ranked table."""
    language = view.language
    if speaks_published(view.desk.dataset):
        show(html('<div class="sect"><h2>{}</h2></div>', view.say("target.parts")))
        _notes([view.say("target.parts_no_returns")])
        return
    with st.container(key="partshead", horizontal=True, gap="small", vertical_alignment="center"):
        show(html('<h2 id="parts">{}</h2>', view.say("target.parts")), width="content")
        what = cast(
            What, choose(view, "parts", WHATS, view.say("target.what"), "target.what_", _first_what(view, target))
        )
        by = cast(By, choose(view, "by", BYS, view.say("target.by"), "target.by_"))
        found = target_parts(view.desk, view.briefing.selection, view.briefing.as_of, target, what, by)
        words = target_parts_drawing.span_words(found, language) if isinstance(found, Parts) else ""
        way = crumbs(view.briefing, language)
        show(html('<span class="find" title="{}">{} {}</span>', words, way, words), width="stretch")
        as_table = is_table(view, "partsview")
    if not isinstance(found, Parts):
        key = "unreported" if found == "no_returns" else found
        show(html('<p class="note">{}</p>', view.say(f"target.parts_{key}")))
        return
    left, right = st.columns([1060, 740], gap="medium")
    drawing = target_parts_drawing.draw_waterfall(found, language)
    with left:
        show(drawing.table if as_table else drawing.markup)
    with right:
        show(target_parts_drawing.ranked(found, language))
    _notes([view.say(f"target.method_{what}", year=int(view.desk.register.rule("attribution_base_year").base_value))])
    if found.silent:
        show(_silent(view, found))


def _silent(view: View, found: Parts) -> Markup:
    towns = view.briefing.dataset.towns
    named = dict(zip(towns["town_code"], towns["name_zh" if view.language == "zh" else "name_en"], strict=True))
    joint = "、" if view.language == "zh" else ", "
    seen = [code for code in found.silent[:_NAMED] if code in view.briefing.seen]
    names = html_of((marks.town(code, str(named[code]), view.language) for code in seen), joint)
    if len(found.silent) > _NAMED:
        names = marks.marked("target.silent_more", view.language, names=names)
    text = marks.marked("target.silent", view.language, count=len(found.silent), names=names)
    return html('<p class="note">{}</p>', text)


def basis(view: View, target: str) -> None:
    show(html('<div class="sect"><h2>{}</h2></div>', view.say("target.basis")))
    depth = _depth(view, target)
    show(_basis(view.desk, depth, view.language))
