"""Parts of the map page: measure, layers, the map itself, and what is known of the picked place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import pyarrow as pa
import streamlit as st

from cockpit.briefings import Desk
from cockpit.datasets.boundaries import read_boundaries
from cockpit.ui.frame import address, town_link
from cockpit.ui.frame.shell import View
from cockpit.ui.frame.showing import show
from cockpit.ui.frame.switches import webgl_is_missing
from cockpit.visuals.map import drawing as map_drawing
from cockpit.visuals.map import layers as maps
from cockpit.visuals.map.drawing import COUNT, SAME, Drawing, Options
from cockpit.visuals.marks import charts
from cockpit.visuals.marks.markup import html

HEIGHT: Final = 700
_LAYERS: Final = ("areas", "towns", "labels")
# Area level -> stem of its boundaries' file.
_FILES: Final = {"prefecture": "prefectures", "county": "counties"}


def title(view: View) -> None:
    show(html('<section class="ans"><h1>{}</h1></section>', view.say("map.title")))


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
    count = map_drawing.measure_label(view.briefing, desk.register, COUNT, language)
    has_returns = view.briefing.selection.period in view.briefing.cube.periods
    names = {COUNT: count, **(names if has_returns else {})}
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
            f"{language}|{desk.dataset.key}",
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
        widget = address.seeded(f"layers|{language}", [code for code in _LAYERS if code not in address.get("hide")])
        layers = tuple(
            st.pills(
                view.say("map.layers"),
                _LAYERS,
                format_func=lambda code: view.say(f"map.layer_{code}"),
                selection_mode="multi",
                key=widget,
                width="content",
            )
        )
        address.put("hide", [code for code in _LAYERS if code not in layers])
        address.drawn(widget)
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
        show(html('<p class="note">{}</p>', view.say("map.no_figures")))
    return Options(chosen, size, colour, area, layers, renderer)


def _drawing(view: View, chosen: Options) -> Drawing:
    return Drawing(view.briefing, view.desk.register, view.language, view.theme, chosen)


def _boundaries(chosen: Options) -> dict[str, Any]:
    return read_boundaries(f"{_FILES[chosen.area]}_light")


def _pick_box(view: View, boundaries: dict[str, Any]) -> str:
    """The select box beside the map; a click on the map sets the same choice."""
    towns = view.briefing.towns
    names = towns["name_zh" if view.language == "zh" else "name_en"]
    choices = {str(code): str(name) for code, name in zip(towns["town_code"], names, strict=True)}
    choices.update(map_drawing.area_names(view.briefing, boundaries, view.language))
    return address.choose_one(
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


def canvas(view: View, chosen: Options) -> str:
    """Draw the map and return the code clicked on it in this run, or ""."""
    drawing, boundaries = _drawing(view, chosen), _boundaries(chosen)
    fills, bounds = map_drawing.fills(drawing, boundaries)
    points = map_drawing.points(drawing)
    labels = map_drawing.labels(drawing, read_boundaries("prefectures_light"))
    if "towns" not in chosen.layers:
        points = points.iloc[:0]
    if "labels" not in chosen.layers:
        labels = labels.iloc[:0]
    show(map_drawing.legend(drawing, bounds))
    label = map_drawing.measure_label(view.briefing, view.desk.register, chosen.measure, view.language)
    alt = view.say("map.alt", count=len(view.briefing.towns), measure=label)
    if chosen.renderer == "table":
        st.dataframe(map_drawing.value_table(drawing, boundaries), hide_index=True, height=HEIGHT)
        clicked = ""
    elif chosen.renderer == "plain":
        rows = map_drawing.plain_rows(drawing, fills, points, labels)
        clicked = _plain(view, f"/geo/{_FILES[chosen.area]}_light.geojson", rows, alt)
    else:
        deck = maps.deck(
            boundaries if "areas" in chosen.layers else None,
            fills,
            map_drawing.deck_points(points),
            labels,
            view.theme,
            outline=tuple(address.get("pick")),
        )
        clicked = _deck(deck, alt)
    unplaced = int(view.briefing.towns["lat"].isna().sum())
    if unplaced:
        show(html('<p class="note">{}</p>', view.say("map.unplaced", count=unplaced)))
    return clicked


def _deck(deck: Any, alt: str) -> str:
    event: Any = st.pydeck_chart(
        deck, height=HEIGHT, on_select="rerun", selection_mode="single-object", key="deck", alt=alt
    )
    chosen_objects = event.selection.objects if event else {}
    for layer in ("towns", "areas"):
        for item in chosen_objects.get(layer, []):
            return str(item.get("code") or item.get("properties", {}).get("adcode", ""))
    return ""


def _plain(view: View, geo_address: str, rows: pa.Table, alt: str) -> str:
    event: Any = st.vega_lite_chart(
        charts.with_rows(maps.plain_map(view.theme, geo_address, HEIGHT), rows),
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


def panel(view: View, chosen: Options, clicked: str) -> None:
    """The select box and what is known of the picked place."""
    drawing, boundaries = _drawing(view, chosen), _boundaries(chosen)
    if clicked and clicked != st.session_state.get("_clicked"):
        st.session_state["_clicked"] = clicked
        address.replace(("pick",), {"pick": [clicked]})
        st.rerun()
    if not clicked:
        st.session_state.pop("_clicked", None)
    picked = _pick_box(view, boundaries)
    if picked in set(view.briefing.towns["town_code"]):
        show(map_drawing.town_facts(drawing, picked))
        town_link.button(view, picked)
    elif picked:
        _area_panel(drawing, picked, boundaries)
    else:
        show(html('<p class="note">{}</p>', view.say("map.nothing")))
        show(map_drawing.ranking(drawing, boundaries))


def _filter_to(name: str, code: str) -> None:
    address.replace((name, "pick"), {name: [code]})


def _area_panel(drawing: Drawing, code: str, boundaries: dict[str, Any]) -> None:
    """The area's facts and the button that filters every page to it."""
    facts = map_drawing.area_facts(drawing, code, boundaries)
    if not facts:
        return
    show(facts)
    name = drawing.options.area
    st.button(
        drawing.say(f"map.filter_{name}"),
        key=f"filter_to|{drawing.language}",
        on_click=_filter_to,
        args=(name, code),
        type="primary",
    )
