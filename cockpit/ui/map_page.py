"""Parts of the map page: measure, layers, the map itself, and what is known of the picked place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import streamlit as st

from cockpit.analysis.briefing import Briefing
from cockpit.analysis.measures import measure
from cockpit.briefings import Desk
from cockpit.datasets.boundaries import read_boundaries
from cockpit.ui import address
from cockpit.ui.shell import View
from cockpit.ui.switches import webgl_is_missing
from cockpit.units import Period, figure
from cockpit.visuals import charts, maps
from cockpit.visuals.cards import badge
from cockpit.visuals.palette import SEQUENTIAL, STATUS_COLOURS, UNKNOWN, class_colours, rgb
from cockpit.vocabulary import INDUSTRY_CLASSES, LIST_STATUSES, PREFECTURES, Provenance, Status

HEIGHT = 700
COUNT = "town_count"
SAME = "same"
# A list status is no verdict; it borrows shapes of lightness, not the colours of judgement.
_STATUS_ORDER = ("named", "creating", "cultivating", "removed")


@dataclass(frozen=True)
class Options:
    """What to draw: measure of the areas, size and colour of the points, area level, layers, renderer."""

    measure: str
    size: str
    colour: str
    area: str
    layers: tuple[str, ...]
    renderer: str


def title(view: View) -> None:
    st.html(f'<section class="ans"><h1>{view.say("map.title")}</h1></section>')


def columns() -> list[Any]:
    return st.columns([1380, 460], gap="medium")


def _additive(desk: Desk) -> tuple[str, ...]:
    return tuple(
        name
        for name, indicator in desk.register.indicators.items()
        if indicator.origin_of_value != "list" or name == "named_town_count"
    )


def options(view: View) -> Options:
    """The row of choices above the map, all kept in the address."""
    desk, language = view.desk, view.language
    names = {name: desk.register.indicator(name).label.say(language) for name in _additive(desk)}
    has_returns = view.briefing.selection.period in view.briefing.cube.periods
    names = {COUNT: _measure_label(view, COUNT), **(names if has_returns else {})}
    sizes = {
        SAME: view.say("map.same_size"),
        **{name: label for name, label in names.items() if name not in (COUNT, "named_town_count")},
    }

    def one(name: str, key: str, labels: Mapping[str, str], default: str, width: int) -> str:
        return address.choose_one(
            name,
            tuple(labels),
            default,
            lambda widget: st.selectbox(
                view.say(key), tuple(labels), format_func=lambda code: labels[code], key=widget, width=width
            ),
            f"{language}|{desk.dataset.key}|{has_returns}",
        )

    def segments(name: str, key: str, labels: Mapping[str, str], default: str) -> str:
        return address.choose_one(
            name,
            tuple(labels),
            default,
            lambda widget: st.segmented_control(
                view.say(key),
                tuple(labels),
                format_func=lambda code: labels[code],
                key=widget,
                required=True,
                width="content",
            ),
            language,
        )

    with st.container(key="mapoptions", horizontal=True, gap="small", vertical_alignment="bottom"):
        chosen = one("measure", "map.measure", names, "total_output_yuan" if has_returns else COUNT, 220)
        size = one("size", "map.size", sizes, "tax_revenue_yuan" if has_returns else SAME, 200)
        colour = segments(
            "colour", "map.colour_of", {"class": view.say("map.by_class"), "status": view.say("map.by_status")}, "class"
        )
        area = segments(
            "area",
            "map.area",
            {"prefecture": view.say("map.area_prefecture"), "county": view.say("map.area_county")},
            "prefecture",
        )
        layers = tuple(
            st.pills(
                view.say("map.layers"),
                ("areas", "towns", "labels"),
                format_func=lambda code: view.say(f"map.layer_{code}"),
                selection_mode="multi",
                key=address.seeded(
                    f"layers|{language}",
                    [code for code in ("areas", "towns", "labels") if code not in address.get("hide")],
                ),
                width="content",
            )
        )
        address.put("hide", [code for code in ("areas", "towns", "labels") if code not in layers])
        renderer = segments(
            "draw",
            "map.renderer",
            {
                "deck": view.say("map.renderer_deck"),
                "plain": view.say("map.renderer_plain"),
                "table": view.say("map.renderer_table"),
            },
            "deck",
        )
    if webgl_is_missing() and renderer == "deck":
        renderer = "plain"
        st.info(view.say("map.no_webgl"), icon=":material/map:")
    if not has_returns:
        st.html(f'<p class="note">{escape(view.say("map.no_figures"))}</p>')
    return Options(chosen, size, colour, area, layers, renderer)


@lru_cache(maxsize=64)
def _areas(briefing: Briefing, desk: Desk, measure_name: str, level: str) -> pd.Series:
    """Value of every area that has selected towns: adcode -> value in base unit, NaN where nothing is reported."""
    towns = briefing.dataset.towns
    codes = towns["prefecture_adcode" if level == "prefecture" else "county_adcode"].astype("str").to_numpy()
    present = sorted(set(codes[briefing.keep]))
    if measure_name == COUNT:
        return pd.Series({code: float((briefing.keep & (codes == code)).sum()) for code in present}, dtype=float)
    indicator = desk.register.indicator(measure_name)
    values = {
        code: measure(
            briefing.cube, indicator, briefing.selection.period, "province", briefing.keep & (codes == code)
        ).value
        for code in present
    }
    return pd.Series({code: np.nan if value is None else value for code, value in values.items()}, dtype=float)


def _measure_text(view: View, name: str, value: float | None) -> str:
    if value is None or value != value:
        return view.say("map.no_value")
    if name == COUNT:
        return f"{value:.0f}" + (" 个" if view.language == "zh" else "")
    indicator = view.desk.register.indicator(name)
    return str(figure(value, indicator.unit, view.language, counter=indicator.counter))


def _measure_label(view: View, name: str) -> str:
    if name == COUNT:
        return view.say("map.count" if view.briefing.is_simulated() else "map.count_known")
    return view.desk.register.indicator(name).label.say(view.language)


def _area_name(view: View, feature: dict[str, Any]) -> str:
    properties = feature["properties"]
    code = properties["adcode"]
    if code in PREFECTURES:
        return PREFECTURES[code].say(view.language)
    if view.language == "zh":
        return str(properties["name_zh"])
    counties = view.desk.dataset.table("counties").set_index("county_adcode")["name_en"]
    return str(counties.get(code, properties["name_zh"]))


def _fills(view: View, chosen: Options, boundaries: dict[str, Any]) -> tuple[dict[str, tuple[str, str]], list[float]]:
    values = _areas(view.briefing, view.desk, chosen.measure, chosen.area)
    bounds = maps.steps(list(values))
    label = _measure_label(view, chosen.measure)
    fills = {}
    for feature in boundaries["features"]:
        code = feature["properties"]["adcode"]
        value = float(values[code]) if code in values.index else None
        colour = maps.colour_of(value, bounds, view.theme)
        fills[code] = (colour, f"{_area_name(view, feature)}\n{label} {_measure_text(view, chosen.measure, value)}")
    return fills, bounds


def _point_colours(view: View, by: str) -> dict[str, str]:
    if by == "class":
        return class_colours(view.theme)
    ramp = SEQUENTIAL[view.theme]
    shades = (ramp[4], ramp[2], ramp[1], STATUS_COLOURS[view.theme][Status.NO_DATA][0])
    return dict(zip(_STATUS_ORDER, shades, strict=True))


def _points(view: View, chosen: Options) -> pd.DataFrame:
    """Towns with coordinates: code, lon, lat, share (0-1 of the largest), colour, hover."""
    briefing = view.briefing
    towns = briefing.towns
    sized = chosen.size != SAME
    values = briefing.cube.of(chosen.size, briefing.selection.period)[briefing.keep] if sized else np.ones(len(towns))
    coloured = towns["industry_class" if chosen.colour == "class" else "list_status"].astype("str")
    colours = _point_colours(view, chosen.colour)
    names = towns["name_zh" if view.language == "zh" else "name_en"]
    top = np.nanmax(values) if sized and not np.isnan(values).all() else 1.0
    rows = []
    words = INDUSTRY_CLASSES if chosen.colour == "class" else LIST_STATUSES
    for code, lon, lat, name, group, value in zip(
        towns["town_code"], towns["lon"], towns["lat"], names, coloured, values, strict=True
    ):
        if pd.isna(lat) or pd.isna(lon):
            continue
        known = value == value
        hover = f"{name}\n{words[group].say(view.language)}"
        if sized:
            hover += f"\n{_measure_label(view, chosen.size)} {_measure_text(view, chosen.size, float(value))}"
        # Area, not radius, carries the value; an unreported town keeps the smallest dot and says so on hover.
        share = float(np.sqrt(max(value, 0) / top)) if known and sized else 0.0
        rows.append(
            {
                "code": code,
                "lon": round(float(lon), 4),
                "lat": round(float(lat), 4),
                "share": share,
                "hex": colours[group],
                "hover": hover,
            }
        )
    return pd.DataFrame(rows, columns=["code", "lon", "lat", "share", "hex", "hover"])


def _labels(view: View, chosen: Options, boundaries: dict[str, Any]) -> pd.DataFrame:
    features = (
        boundaries["features"] if chosen.area == "prefecture" else read_boundaries("prefectures_light")["features"]
    )
    return pd.DataFrame(
        [
            {"text": _area_name(view, f), "lon": f["properties"]["label_lon"], "lat": f["properties"]["label_lat"]}
            for f in features
        ]
    )


def _pick_box(view: View, boundaries: dict[str, Any]) -> str:
    """The select box beside the map; a click on the map sets the same choice."""
    towns = view.briefing.towns
    names = towns["name_zh" if view.language == "zh" else "name_en"]
    choices = {str(code): str(name) for code, name in zip(towns["town_code"], names, strict=True)}
    choices.update({f["properties"]["adcode"]: _area_name(view, f) for f in boundaries["features"]})
    picked = address.choose_one(
        "pick",
        ("", *choices),
        "",
        lambda widget: st.selectbox(
            view.say("map.pick"),
            ("", *choices),
            format_func=lambda code: choices.get(code, "—"),
            key=widget,
        ),
        f"{view.language}|{view.desk.dataset.key}",
    )
    return picked


def canvas(view: View, chosen: Options) -> str:
    """Draw the map and return the code clicked on it in this run, or ""."""
    boundaries = read_boundaries(f"{'prefectures' if chosen.area == 'prefecture' else 'counties'}_light")
    fills, bounds = _fills(view, chosen, boundaries)
    points = _points(view, chosen) if "towns" in chosen.layers else _points(view, chosen).iloc[:0]
    labels = (
        _labels(view, chosen, boundaries) if "labels" in chosen.layers else _labels(view, chosen, boundaries).iloc[:0]
    )
    _legend(view, chosen, bounds)
    alt = view.say("map.alt", count=len(view.briefing.towns), measure=_measure_label(view, chosen.measure))
    if chosen.renderer == "table":
        _table(view, chosen, boundaries)
        clicked = ""
    elif chosen.renderer == "plain":
        clicked = _plain(view, chosen, fills, points, labels, alt)
    else:
        clicked = _deck(view, chosen, boundaries, fills, points, labels, alt)
    unplaced = int(view.briefing.towns["lat"].isna().sum())
    if unplaced:
        st.html(f'<p class="note">{escape(view.say("map.unplaced", count=unplaced))}</p>')
    return clicked


def _legend(view: View, chosen: Options, bounds: list[float]) -> None:
    label = _measure_label(view, chosen.measure)
    period = Period.parse(view.briefing.selection.period).say(view.language)
    parts = [f"<b>{escape(label)}</b> · {escape(period)}"] if chosen.measure != COUNT else [f"<b>{escape(label)}</b>"]
    parts.append(badge(Provenance.SIMULATED if view.briefing.is_simulated() else Provenance.PUBLISHED, view.language))
    if "areas" in chosen.layers:
        lower = ""
        for bound in bounds:
            colour = maps.colour_of(bound, bounds, view.theme)
            parts.append(
                f'<span><i style="border-radius:2px;background:{colour}"></i>{lower}≤ {escape(_measure_text(view, chosen.measure, bound))}</span>'
            )
        parts.append(
            f'<span><i style="border-radius:2px;background:{UNKNOWN[view.theme]}"></i>{view.say("map.no_value")}</span>'
        )
    if "towns" in chosen.layers:
        words = INDUSTRY_CLASSES if chosen.colour == "class" else LIST_STATUSES
        column = view.briefing.towns["industry_class" if chosen.colour == "class" else "list_status"].astype("str")
        present = set(column)
        parts.extend(
            f'<span><i style="background:{colour}"></i>{escape(words[code].say(view.language))}</span>'
            for code, colour in _point_colours(view, chosen.colour).items()
            if code in present
        )
    st.html(
        f'<div class="legend">{"".join(f"<span>{part}</span>" if not part.startswith("<span") else part for part in parts)}</div>'
    )


def _deck(
    view: View,
    chosen: Options,
    boundaries: dict[str, Any],
    fills: dict[str, tuple[str, str]],
    points: pd.DataFrame,
    labels: pd.DataFrame,
    alt: str,
) -> str:
    drawn = points.assign(radius=900 + 6500 * points["share"], colour=[rgb(colour, 215) for colour in points["hex"]])
    picked = address.get("pick")
    areas = boundaries if "areas" in chosen.layers else None
    fills = fills if areas else {}
    deck = maps.deck(
        areas,
        fills,
        drawn[["code", "lon", "lat", "radius", "colour", "hover"]],
        labels,
        view.theme,
        outline=tuple(picked),
    )
    event: Any = st.pydeck_chart(
        deck, height=HEIGHT, on_select="rerun", selection_mode="single-object", key="deck", alt=alt
    )
    chosen_objects = event.selection.objects if event else {}
    for layer in ("towns", "areas"):
        for item in chosen_objects.get(layer, []):
            return str(item.get("code") or item.get("properties", {}).get("adcode", ""))
    return ""


def _plain(
    view: View, chosen: Options, fills: dict[str, tuple[str, str]], points: pd.DataFrame, labels: pd.DataFrame, alt: str
) -> str:
    rows: list[dict[str, Any]] = []
    shown = (
        fills
        if "areas" in chosen.layers
        else {code: (UNKNOWN[view.theme], hover) for code, (_, hover) in fills.items()}
    )
    rows.extend(
        {"kind": "area", "code": code, "colour": colour, "hover": hover, "lon": None, "lat": None, "size": 0.0}
        for code, (colour, hover) in shown.items()
    )
    rows.extend(
        {
            "kind": "town",
            "code": row.code,
            "colour": row.hex,
            "hover": row.hover,
            "lon": row.lon,
            "lat": row.lat,
            "size": 40 + 760 * row.share**2,
        }
        for row in points.itertuples()
    )
    rows.extend(
        {"kind": "label", "code": "", "colour": "", "hover": row.text, "lon": row.lon, "lat": row.lat, "size": 0.0}
        for row in labels.itertuples()
    )
    address_of = f"/geo/{'prefectures' if chosen.area == 'prefecture' else 'counties'}_light.geojson"
    event: Any = st.vega_lite_chart(
        charts.with_rows(maps.plain_map(view.theme, address_of, HEIGHT), pa.Table.from_pylist(rows)),
        theme=None,
        key="plain",
        on_select="rerun",
        alt=alt,
    )
    selection = event.selection if event else {}
    for name in ("town", "area"):
        for item in selection.get(name, []):
            if item.get("code"):
                return str(item["code"])
    return ""


def _table(view: View, chosen: Options, boundaries: dict[str, Any]) -> None:
    values = _areas(view.briefing, view.desk, chosen.measure, chosen.area)
    names = {f["properties"]["adcode"]: _area_name(view, f) for f in boundaries["features"]}
    ordered = values.sort_values(ascending=False)
    st.dataframe(
        pd.DataFrame(
            {
                view.say("map.area"): [names.get(code, code) for code in ordered.index],
                _measure_label(view, chosen.measure): [
                    _measure_text(view, chosen.measure, float(value)) for value in ordered
                ],
            }
        ),
        hide_index=True,
        height=HEIGHT,
    )


def panel(view: View, chosen: Options, clicked: str) -> None:
    """The select box and what is known of the picked place."""
    boundaries = read_boundaries(f"{'prefectures' if chosen.area == 'prefecture' else 'counties'}_light")
    if clicked and clicked != st.session_state.get("_clicked"):
        st.session_state["_clicked"] = clicked
        address.replace(("pick",), {"pick": [clicked]})
        st.rerun()
    if not clicked:
        st.session_state.pop("_clicked", None)
    picked = _pick_box(view, boundaries)
    towns = view.briefing.towns
    if picked in set(towns["town_code"]):
        _town_facts(view, picked)
    elif picked:
        _area_facts(view, chosen, picked, boundaries)
    else:
        st.html(f'<p class="note">{escape(view.say("map.nothing"))}</p>')
        _ranking(view, chosen, boundaries)


def _ranking(view: View, chosen: Options, boundaries: dict[str, Any], most: int = 15) -> None:
    """Areas by the chosen measure, high to low, while nothing is picked."""
    values = (
        _areas(view.briefing, view.desk, chosen.measure, chosen.area).dropna().sort_values(ascending=False).head(most)
    )
    names = {f["properties"]["adcode"]: _area_name(view, f) for f in boundaries["features"]}
    top = float(values.max()) if len(values) else 1.0
    rows = "".join(
        f'<li><span>{escape(names.get(code, code))}</span><b><i style="width:{100 * max(float(value), 0) / (top or 1):.1f}%"></i></b>'
        f"<em>{escape(_measure_text(view, chosen.measure, float(value)))}</em></li>"
        for code, value in values.items()
    )
    head = f'<h2>{escape(_measure_label(view, chosen.measure))}</h2><span class="cnt">{view.say("map.ranking")}</span>'
    st.html(f'<section class="rail"><header>{head}</header><ul class="rank">{rows}</ul></section>')


def _facts(pairs: list[tuple[str, str]]) -> str:
    return (
        "<dl class='facts'>"
        + "".join(f"<dt>{escape(label)}</dt><dd>{escape(text)}</dd>" for label, text in pairs)
        + "</dl>"
    )


def _town_facts(view: View, code: str) -> None:
    briefing, language = view.briefing, view.language
    row = briefing.towns.set_index("town_code").loc[code]
    pairs = [
        (view.say("towns.code"), code),
        (
            view.say("towns.county"),
            f"{PREFECTURES[row['prefecture_adcode']].say(language)} · {row['county_zh' if language == 'zh' else 'county_en']}",
        ),
        (view.say("towns.class"), INDUSTRY_CLASSES[row["industry_class"]].say(language)),
        (view.say("towns.status"), LIST_STATUSES[row["list_status"]].say(language)),
    ]
    if row["status_as_of"]:
        pairs.append((view.say("towns.status_as_of"), str(row["status_as_of"])))
    place = list(briefing.cube.towns).index(code)
    for target in view.desk.register.targets.values():
        indicator = view.desk.register.indicator(target.indicator)
        if indicator.origin_of_value == "list":
            continue
        value = float(briefing.cube.of(indicator.id, briefing.selection.period)[place])
        pairs.append((indicator.label.say(language), _measure_text(view, indicator.id, value)))
    if pd.notna(row["position_uncertainty_km"]):
        pairs.append(("", view.say("map.uncertain", km=f"{row['position_uncertainty_km']:g}")))
    name = row["name_zh"] if language == "zh" else f"{row['name_en']} ({row['name_zh']})"
    period = Period.parse(briefing.selection.period).say(language)
    st.html(
        f'<section class="rail"><header><h2>{escape(name)}</h2><span class="cnt">{escape(period)} {badge(Provenance(row["provenance"]), language)}</span></header>{_facts(pairs)}</section>'
    )


def _filter_to(name: str, code: str) -> None:
    address.replace((name, "pick"), {name: [code]})


def _area_facts(view: View, chosen: Options, code: str, boundaries: dict[str, Any]) -> None:
    values = _areas(view.briefing, view.desk, chosen.measure, chosen.area)
    feature = next((f for f in boundaries["features"] if f["properties"]["adcode"] == code), None)
    if feature is None:
        return
    column = "prefecture_adcode" if chosen.area == "prefecture" else "county_adcode"
    inside = view.briefing.towns[view.briefing.towns[column].astype("str") == code]
    pairs = [
        (_measure_label(view, COUNT), _measure_text(view, COUNT, float(len(inside)))),
    ]
    if chosen.measure != COUNT:
        pairs.append(
            (
                _measure_label(view, chosen.measure),
                _measure_text(view, chosen.measure, float(values[code]) if code in values.index else None),
            )
        )
    names = inside["name_zh" if view.language == "zh" else "name_en"].head(12)
    listed = "".join(f"<li>{escape(name)}</li>" for name in names)
    st.html(
        f'<section class="rail"><header><h2>{escape(_area_name(view, feature))}</h2></header>{_facts(pairs)}<ul class="names">{listed}</ul></section>'
    )
    name = "prefecture" if chosen.area == "prefecture" else "county"
    st.button(
        view.say(f"map.filter_{name}"),
        key=f"filter_to|{view.language}",
        on_click=_filter_to,
        args=(name, code),
        type="primary",
    )
