"""Parts of the cockpit page; each takes the view and draws one thing."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

import streamlit as st

from cockpit.analysis.briefing import Briefing, speaks_published
from cockpit.briefings import gap_parts, growth_parts, logged_extensions, waiting
from cockpit.datasets.boundaries import read_boundaries
from cockpit.phrases import say
from cockpit.ui.frame import address
from cockpit.ui.frame.segments import is_table
from cockpit.ui.frame.shell import PAGES_FOLDER, View
from cockpit.ui.frame.showing import show
from cockpit.ui.targets import gap as cockpit_gap
from cockpit.visuals.marks import charts
from cockpit.visuals.marks.markup import Markup, html, html_of
from cockpit.visuals.marks.palette import DIVERGING
from cockpit.visuals.targets import cards, gap_drawing, rail
from cockpit.visuals.targets import mini_map as mini_map_drawing
from cockpit.wording import gap as gap_words
from cockpit.wording.gap import gap_table

GEO_ADDRESS: Final = "/geo/prefectures_light.geojson"


def desk_columns() -> list[Any]:
    """Main part and rail."""
    return st.columns([1412, 424], gap="medium")


def lower_columns() -> list[Any]:
    return st.columns([966, 414], gap="medium")


def selected_target(view: View) -> str:
    """Target whose gap is attributed: the one in the address, else the first money target."""
    targets = list(view.desk.register.targets)
    asked = address.get("target")
    return asked[0] if asked and asked[0] in targets else default_target(view)


def default_target(view: View) -> str:
    return next(name for name, target in view.desk.register.targets.items() if target.rank == "money")


@lru_cache(maxsize=512)
def _board(briefing: Briefing, view_key: tuple[Any, ...], target: str) -> Markup:
    desk, language, theme = view_key
    return cards.board(briefing, desk.limits, target, language, theme)


@lru_cache(maxsize=512)
def _rail(briefing: Briefing, view_key: tuple[Any, ...]) -> Markup:
    desk, language, _ = view_key
    decided, changed = rail.decisions(briefing, desk.limits, language), rail.changes(briefing, language)
    if any(card.source_ids for card in briefing.cards):
        return decided + changed + rail.sources(briefing, language)
    # One screen holds six decisions beside four silent towns; each further decision takes the room of two of them.
    shown = max(1, 4 - 2 * max(0, len(briefing.decisions) - 6))
    return decided + rail.running(briefing, language) + rail.missing(briefing, language, shown) + changed


def _key(view: View) -> tuple[Any, ...]:
    return view.desk, view.language, view.theme


def target_board(view: View, target: str) -> None:
    show(_board(view.briefing, _key(view), target))


def decision_rail(view: View) -> None:
    logged = logged_extensions(view.desk.dataset.name)
    show(_rail(waiting(view.desk, view.briefing.selection, view.briefing.as_of, logged), _key(view)))


def gap_attribution(view: View, target: str) -> None:
    """Who makes the gap, in four parts that sum to it; growth or the published series where no gap can be split."""
    desk, language = view.desk, view.language
    parts = gap_parts(desk, view.briefing.selection, view.briefing.as_of, target)
    submitted = not speaks_published(desk.dataset)
    running = None
    if parts is None and submitted:
        running = growth_parts(desk, view.briefing.selection, view.briefing.as_of, target)
    title = view.say("gap.title" if parts else "growth.title" if submitted else "series.title")
    with st.container(key="gaphead", horizontal=True, gap="small", vertical_alignment="center"):
        show(html("<h2>{}</h2>", title), width="content")
        names = {
            name: desk.register.indicator(record.indicator).label.say(language)
            for name, record in desk.register.targets.items()
        }
        chosen = address.choose_one(
            "target",
            tuple(names),
            default_target(view),
            lambda widget: st.selectbox(
                view.say("gap.target"),
                tuple(names),
                format_func=names.__getitem__,
                key=widget,
                label_visibility="collapsed",
                width=190,
            ),
            language,
        )
        if chosen != target:
            st.rerun()
        st.page_link(PAGES_FOLDER / "targets.py", label=view.say("gap.depth"), icon=":material/arrow_forward:")
        lead = gap_drawing.draw_growth(running, language, view.theme) if running else None
        note = view.say("gap.none_period" if submitted else "series.note")
        finding = "" if parts else lead.finding if lead else note
        show(html('<span class="find" title="{}">{}</span>', finding, finding), width="stretch")
        if parts:
            show(html('<span class="cnt">{}</span>', cockpit_gap.aside(view, parts)), width="content")
            by = cockpit_gap.grouping(view)
        else:
            if lead:
                show(html('<span class="cnt">{}</span>', lead.unit), width="content")
            as_table = is_table(view, "gapview")
    if parts:
        cockpit_gap.four_parts(view, parts, by)
        show(html('<p class="note gmethod">{}</p>', gap_table(parts, language).method))
        return
    if lead is None:
        if not submitted:
            _published(view, target, as_table)
        return
    columns = st.columns(len(lead.columns), gap="medium")
    for column, part in zip(columns, lead.columns, strict=True):
        with column:
            show(html('<div class="col">{}<small>{}</small></div>', part.title, part.note))
            if as_table:
                st.dataframe(part.table, hide_index=True, height=330)
            else:
                st.vega_lite_chart(part.spec, theme=None, key=f"gap_{part.name}", alt=part.alt)
    show(html('<p class="note">{}</p>', lead.method))


def _published(view: View, target: str, as_table: bool) -> None:
    """What was published for the target, scope by scope, and the mix of the known list."""
    card, language = view.briefing.card(target), view.language
    scale = gap_words.display_scale(card, language)
    divisor, unit = scale.divisor, scale.unit
    label = card.indicator.label.say(language)
    rows = gap_drawing.series_rows(card, language)
    left, right = st.columns([2, 1], gap="medium")
    with left:
        show(html('<div class="col">{}</div>', say("series.axis", language, label=label, unit=unit)))
        if not len(rows):
            show(html('<p class="note">{}</p>', view.say("card.not_published")))
        elif as_table:
            titles = {"period": view.say("basis.period"), "number": f"{label} ({unit})"}
            titles["scope"] = view.say("basis.scope")
            st.dataframe(rows[list(titles)].rename(columns=titles), hide_index=True)
        else:
            goal = f"{view.say('card.target')} {card.target.base_value / divisor:g}"
            spec = charts.published_series(
                view.theme,
                f"{label} ({unit})",
                card.target.base_value / divisor,
                goal,
                view.say("series.year"),
                card.target.due.year,
            )
            spec = charts.fit_axes(
                spec, [float(when) for when in rows["when"]], [float(value) for value in rows["value"]]
            )
            st.vega_lite_chart(
                charts.with_rows(spec, rows),
                theme=None,
                key="series",
                alt=f"{label}: " + "; ".join(f"{a} {b}" for a, b in zip(rows["period"], rows["text"], strict=True)),
            )
    with right:
        show(html('<div class="col">{}</div>', view.say("series.known")))
        mix = gap_drawing.class_mix(view.briefing, language)
        if as_table:
            st.dataframe(
                mix[["name", "value"]].rename(
                    columns={"name": view.say("towns.class"), "value": view.say("map.count")}
                ),
                hide_index=True,
            )
        else:
            st.vega_lite_chart(
                charts.with_rows(charts.count_bars(view.theme, view.say("map.count"), len(mix)), mix),
                theme=None,
                key="mix",
                alt=view.say("series.known"),
            )
        show(html('<p class="note">{}</p>', view.say("series.known_note")))


@lru_cache(maxsize=4)
def _label_points() -> tuple[mini_map_drawing.LabelPoint, ...]:
    properties = [feature["properties"] for feature in read_boundaries("prefectures_light")["features"]]
    return tuple((place["adcode"], place["label_lon"], place["label_lat"]) for place in properties)


def mini_map(view: View, target: str) -> None:
    """Small map: effect of each prefecture on the gap, towns as dots."""
    parts = gap_parts(view.desk, view.briefing.selection, view.briefing.as_of, target)
    label = view.briefing.card(target).indicator.label.say(view.language)
    subtitle = (
        view.say("mini.subtitle", label=label, unit=gap_words.scale_of(parts.card, view.language).unit)
        if parts
        else view.say("mini.subtitle_towns")
    )
    show(html('<div class="sect"><h2>{}</h2><p>{}</p></div>', view.say("mini.title"), subtitle))
    spec = mini_map_drawing.draw_mini(view.briefing, parts, _label_points(), GEO_ADDRESS, view.language, view.theme)
    st.vega_lite_chart(spec, theme=None, key="mini", alt=subtitle)
    ramp = html_of(html('<span><i style="background:{}"></i></span>', shade) for shade in DIVERGING[view.theme])
    if parts:
        show(
            html(
                '<div class="ramp"><span>{}</span>{}<span style="text-align:right">{}</span></div>',
                view.say("gap.widens"),
                ramp,
                view.say("gap.closes"),
            )
        )
