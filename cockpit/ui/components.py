"""Parts of the cockpit page; each takes the view and draws one thing."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from typing import Any

import pandas as pd
import pyarrow as pa
import streamlit as st

from cockpit.analysis.briefing import Briefing, Card, GapParts
from cockpit.briefings import gap_parts
from cockpit.datasets.boundaries import read_boundaries
from cockpit.phrases import say
from cockpit.ui import address
from cockpit.ui.shell import View
from cockpit.units import Period, figure, minus, money_step
from cockpit.visuals import cards, charts, maps, rail, wording
from cockpit.visuals.palette import DIVERGING, Theme
from cockpit.vocabulary import INDUSTRY_CLASSES, PREFECTURES, Language

GEO_ADDRESS = "/geo/prefectures_light.geojson"


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
def _board(briefing: Briefing, view_key: tuple[Any, ...], target: str) -> str:
    desk, language, theme = view_key
    return cards.board(briefing, desk.limits, target, language, theme)


@lru_cache(maxsize=512)
def _rail(briefing: Briefing, view_key: tuple[Any, ...]) -> str:
    desk, language, _ = view_key
    decided, changed = rail.decisions(briefing, desk.limits, language), rail.changes(briefing, language)
    if any(card.source_ids for card in briefing.cards):
        return decided + changed + rail.sources(briefing, language)
    return decided + rail.running(briefing, language) + rail.missing(briefing, language) + changed


def _key(view: View) -> tuple[Any, ...]:
    return view.desk, view.language, view.theme


def target_board(view: View, target: str) -> None:
    st.html(_board(view.briefing, _key(view), target))


def decision_rail(view: View) -> None:
    st.html(_rail(view.briefing, _key(view)))


def _switch(view: View, name: str) -> bool:
    """Chart or table; True for the table."""
    chosen = address.choose_one(
        name,
        ("chart", "table"),
        "chart",
        lambda widget: st.segmented_control(
            view.say("view.label"),
            ("chart", "table"),
            format_func=lambda option: view.say(f"view.{option}"),
            key=widget,
            required=True,
            label_visibility="collapsed",
            width="content",
        ),
        view.language,
    )
    return chosen == "table"


def gap_attribution(view: View, target: str) -> None:
    """Who widens and who closes the gap, three ways that each sum to it; published data show their series instead."""
    desk, language = view.desk, view.language
    parts = gap_parts(desk, view.briefing.selection, view.briefing.as_of, target)
    title = view.say("gap.title") if parts else view.say("series.title")
    with st.container(key="gaphead", horizontal=True, gap="small", vertical_alignment="center"):
        st.html(f"<h2>{escape(title)}</h2>", width="content")
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
        lead = _gap_drawings(parts, language, view.theme) if parts else None
        st.html(
            f'<span class="cnt">{escape(lead.finding if lead else view.say("series.note"))}</span>', width="stretch"
        )
        if lead:
            st.html(f'<span class="cnt">{escape(view.say("gap.unit", unit=lead.unit))}</span>', width="content")
        as_table = _switch(view, "gapview")
    if lead is None:
        _published(view, target, as_table)
        return
    columns = st.columns(3, gap="medium")
    for column, part in zip(columns, lead.columns, strict=True):
        with column:
            st.html(f'<div class="col">{escape(part.title)}<small>{escape(part.note)}</small></div>')
            if as_table:
                st.dataframe(part.table, hide_index=True, height=330)
            else:
                st.vega_lite_chart(part.spec, theme=None, key=f"gap_{part.name}", alt=part.alt)
    st.html(f'<p class="note">{escape(lead.method)}</p>')


class _Column:
    """One of the three attribution columns, ready to draw."""

    def __init__(self, name: str, title: str, note: str, spec: charts.Spec, table: pd.DataFrame, alt: str) -> None:
        self.name, self.title, self.note, self.spec, self.table, self.alt = name, title, note, spec, table, alt


class _Gap:
    def __init__(self, columns: list[_Column], finding: str, method: str, unit: str) -> None:
        self.columns, self.finding, self.method, self.unit = columns, finding, method, unit


def gap_scale(parts: GapParts, language: Language) -> tuple[float, str]:
    """(divisor, unit) in which the parts of a gap are written; one for all, set by the headline target."""
    card = parts.card
    if card.indicator.unit == "share":
        return 0.01, say("gap.points", language)
    if card.indicator.unit == "yuan":
        # One step finer than the target: a gap of 81.4 billion yuan reads as 814 亿元.
        step = 1e8 if language == "zh" else 1e9
        return step, figure(step, "yuan", language, scale=step).unit
    return 1.0, card.indicator.counter.say(language)


def signed(value: float, divisor: float) -> str:
    """A part of a gap in display unit with its sign; one decimal where parts are small."""
    shown = value / divisor
    text = f"{shown:+.0f}" if abs(shown) >= 100 or (divisor == 1.0 and float(shown).is_integer()) else f"{shown:+.1f}"
    return minus("0" if float(text) == 0 else text)


@lru_cache(maxsize=256)
def _gap_drawings(parts: GapParts, language: Language, theme: Theme) -> _Gap:
    divisor, unit = gap_scale(parts, language)
    town_names = _town_names(parts, language)
    frames = {
        "prefecture": (parts.by_prefecture, {code: name.say(language) for code, name in PREFECTURES.items()}, 84),
        "class": (
            parts.by_class,
            {code: name.say(language) for code, name in INDUSTRY_CLASSES.items()},
            104 if language == "zh" else 132,
        ),
        "town": (
            parts.by_town,
            {**town_names, "": say("gap.rest", language, count=parts.rest_count)},
            132 if language == "zh" else 168,
        ),
    }
    low = min(float(frame["value"].min()) for frame, _, _ in frames.values()) / divisor
    high = max(float(frame["value"].max()) for frame, _, _ in frames.values()) / divisor
    total = signed(parts.total, divisor)
    columns = []
    for name, (frame, names, label_width) in frames.items():
        labels = [names.get(key, key) for key in frame["key"]]
        values = [float(value) / divisor for value in frame["value"]]
        texts = [signed(float(value), divisor) for value in frame["value"]]
        kinds = [
            "rest" if not key else "down" if value < 0 else "up"
            for key, value in zip(frame["key"], values, strict=True)
        ]
        rows = pa.table({"name": labels, "value": values, "text": texts, "kind": kinds})
        note = f"{say('gap.total', language)} {total}"
        if name == "town" and parts.rest_count:
            note = f"{say('gap.both_ends', language, count=len(labels) - 1)} · {note}"
        table = pd.DataFrame(
            {say("gap.column_name", language): labels, say("gap.column_value", language, unit=unit): texts}
        )
        title = say(f"gap.by_{name}", language)
        alt = f"{title}: " + "; ".join(f"{label} {text}" for label, text in zip(labels, texts, strict=True))
        spec = charts.with_rows(charts.gap_bars(theme, len(labels), low, high, label_width), rows)
        columns.append(_Column(name, title, note, spec, table, alt))
    widening = [
        (PREFECTURES[key].say(language), value)
        for key, value in zip(parts.by_prefecture["key"], parts.by_prefecture["value"], strict=True)
        if value < 0
    ][:3]
    if widening:
        joint = "、" if language == "zh" else ", "
        amount = signed(sum(value for _, value in widening), divisor).lstrip("−+")
        finding = say("gap.finding", language, names=joint.join(name for name, _ in widening), value=f"{amount} {unit}")
    else:
        finding = say("gap.finding_none", language)
    key = "gap.method_ratio" if parts.card.indicator.is_ratio else "gap.method_sum"
    return _Gap(columns, finding, say(key, language, year=parts.base_year), unit)


def _town_names(parts: GapParts, language: Language) -> dict[str, str]:
    return parts.names_zh if language == "zh" else parts.names_en


def display_scale(card: Card, language: Language) -> tuple[float, str]:
    """(divisor, unit) for the axis of one target."""
    indicator = card.indicator
    if indicator.unit == "share":
        return 0.01, "%"
    if indicator.unit == "yuan":
        step = money_step(card.target.base_value, language) or 1.0
        return step, figure(step, "yuan", language, scale=step).unit
    return 1.0, indicator.counter.say(language)


def _published(view: View, target: str, as_table: bool) -> None:
    """What was published for the target, scope by scope, and the mix of the known list."""
    card, language = view.briefing.card(target), view.language
    divisor, unit = display_scale(card, language)
    label = card.indicator.label.say(language)
    rows = pd.DataFrame(
        {
            "when": [
                Period.parse(point.period).year + (Period.parse(point.period).month - 12) / 12 for point in card.trend
            ],
            "value": [point.value / divisor for point in card.trend],
            "text": [
                str(wording.value_figure(point.value, card.indicator, language, point.provenance))
                for point in card.trend
            ],
            "side": _sides([Period.parse(point.period).year for point in card.trend]),
            "scope": [point.scope_written.split(" DERIVED")[0] for point in card.trend],
            "period": [point.period for point in card.trend],
        }
    )
    left, right = st.columns([2, 1], gap="medium")
    with left:
        st.html(f'<div class="col">{escape(say("series.axis", language, label=label, unit=unit))}</div>')
        if not len(rows):
            st.html(f'<p class="note">{escape(view.say("card.not_published"))}</p>')
        elif as_table:
            titles = {"period": view.say("basis.period"), "text": f"{label} ({unit})", "scope": view.say("basis.scope")}
            st.dataframe(rows[list(titles)].rename(columns=titles), hide_index=True)
        else:
            goal = f"{view.say('card.target')} {card.target.base_value / divisor:g}"
            spec = charts.published_series(
                view.theme, f"{label} ({unit})", card.target.base_value / divisor, goal, view.say("series.year")
            )
            st.vega_lite_chart(
                charts.with_rows(spec, rows),
                theme=None,
                key="series",
                alt=f"{label}: " + "; ".join(f"{a} {b}" for a, b in zip(rows["period"], rows["text"], strict=True)),
            )
    with right:
        st.html(f'<div class="col">{escape(view.say("series.known"))}</div>')
        counts = view.briefing.towns["industry_class"].astype("str").value_counts()
        mix = pd.DataFrame(
            {"name": [INDUSTRY_CLASSES[code].say(language) for code in counts.index], "value": counts.to_numpy()}
        )
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
        st.html(f'<p class="note">{escape(view.say("series.known_note"))}</p>')


def _sides(years: list[int]) -> list[str]:
    """Where each label stands: neighbours closer than two years lean away from each other."""
    sides = []
    for index, year in enumerate(years):
        after = index + 1 < len(years) and years[index + 1] - year < 2
        before = index > 0 and year - years[index - 1] < 2
        sides.append("right" if after and not before else "left" if before and not after else "center")
    return sides


@lru_cache(maxsize=4)
def _label_points() -> dict[str, tuple[float, float]]:
    features = read_boundaries("prefectures_light")["features"]
    return {f["properties"]["adcode"]: (f["properties"]["label_lon"], f["properties"]["label_lat"]) for f in features}


@lru_cache(maxsize=256)
def _mini_spec(briefing: Briefing, parts: GapParts | None, language: Language, theme: Theme) -> charts.Spec:
    rows: list[dict[str, Any]] = []
    divisor = gap_scale(parts, language)[0] if parts else 1.0
    largest = float(parts.per_prefecture.abs().max()) if parts is not None else 0.0
    for code, (lon, lat) in _label_points().items():
        name = PREFECTURES[code].say(language)
        value = parts.per_prefecture.get(code) if parts is not None else None
        text = signed(float(value), divisor) if value is not None else ""
        step = maps.diverging_step(float(value), largest) if value is not None else None
        rows.append(
            {
                "kind": "area",
                "adcode": code,
                "lon": lon,
                "lat": lat,
                "name": name,
                "text": text,
                "label": f"{name}\n{text}".strip(),
                "step": step,
                "value": 0.0,
            }
        )
    placed = briefing.towns.dropna(subset=["lat", "lon"])
    title = "name_zh" if language == "zh" else "name_en"
    for lon, lat, name in zip(placed["lon"], placed["lat"], placed[title], strict=True):
        rows.append(
            {
                "kind": "town",
                "adcode": "",
                "lon": lon,
                "lat": lat,
                "name": name,
                "text": "",
                "label": "",
                "step": None,
                "value": 0.0,
            }
        )
    return charts.with_rows(maps.mini_map(theme, GEO_ADDRESS, 320), pa.Table.from_pylist(rows))


def mini_map(view: View, target: str) -> None:
    """Small map: effect of each prefecture on the gap, towns as dots."""
    parts = gap_parts(view.desk, view.briefing.selection, view.briefing.as_of, target)
    label = view.briefing.card(target).indicator.label.say(view.language)
    subtitle = (
        view.say("mini.subtitle", label=label, unit=gap_scale(parts, view.language)[1])
        if parts
        else view.say("mini.subtitle_towns")
    )
    st.html(f'<div class="sect"><h2>{view.say("mini.title")}</h2><p>{escape(subtitle)}</p></div>')
    st.vega_lite_chart(
        _mini_spec(view.briefing, parts, view.language, view.theme), theme=None, key="mini", alt=subtitle
    )
    ramp = "".join(f'<span><i style="background:{shade}"></i></span>' for shade in DIVERGING[view.theme])
    if parts:
        st.html(
            f'<div class="ramp"><span>{view.say("gap.widens")}</span>{ramp}<span style="text-align:right">{view.say("gap.closes")}</span></div>'
        )
