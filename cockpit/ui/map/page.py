"""Parts of the map page: the row of choices, the map with its ranking and what is known of the picked place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from cockpit.analysis.briefing import Level
from cockpit.briefings import Desk
from cockpit.datasets.boundaries import read_boundaries
from cockpit.ui.frame import address, leading
from cockpit.ui.frame.shell import View
from cockpit.ui.frame.showing import show
from cockpit.ui.frame.switches import webgl_is_missing
from cockpit.ui.frame.tables import led
from cockpit.ui.map.stage import keep_outlines, stage
from cockpit.visuals.map import drawing as drawings
from cockpit.visuals.map import panels, scene
from cockpit.visuals.map.drawing import COUNT, SAME, Drawing, Options
from cockpit.visuals.marks import html as marks
from cockpit.visuals.marks.markup import Markup, html

HEIGHT: Final = 700
FIRST: Final = "tax_per_mu_yuan"
_LAYERS: Final = ("areas", "towns", "labels")
# Area level -> stem of its boundaries' file.
_FILES: Final = {"prefecture": "prefectures", "county": "counties"}


def _additive(desk: Desk) -> tuple[str, ...]:
    """What areas can tell, ratios first: they are what a map is coloured by."""
    indicators = desk.register.indicators
    found = [
        name
        for name, indicator in indicators.items()
        if indicator.is_additive and (indicator.origin_of_value != "list" or name == "named_town_count")
    ]
    return tuple(sorted(found, key=lambda name: (name != FIRST, not indicators[name].is_ratio)))


def _level(view: View) -> Level:
    """Where the filter has come to: counties are told once a prefecture or county is looked at."""
    selection = view.briefing.selection
    return "county" if selection.counties or len(selection.prefectures) == 1 else "prefecture"


def options(view: View) -> Options:
    """The row of choices above the map, all kept in the address."""
    desk, language = view.desk, view.language
    has_returns = view.briefing.selection.period in view.briefing.cube.periods
    labels = {name: desk.register.indicator(name).label.say(language) for name in _additive(desk)}
    count = view.say("map.count" if view.briefing.is_simulated() else "map.count_known")
    names = {**(labels if has_returns else {}), COUNT: count}
    ratios = {name for name in labels if desk.register.indicator(name).is_ratio}
    sums = {name: label for name, label in labels.items() if name not in ratios and name != "named_town_count"}
    sizes = {SAME: view.say("map.same_size"), **(sums if has_returns else {})}
    scope = f"{language}|{desk.dataset.key}"

    def one(name: str, key: str, said: Mapping[str, str], default: str, *, is_bare: bool = False) -> str:
        return address.choose_one(
            name,
            tuple(said),
            default,
            lambda widget: st.selectbox(
                view.say(key),
                tuple(said),
                format_func=lambda code: said[code],
                key=widget,
                label_visibility="collapsed" if is_bare else "visible",
                width=210 if is_bare else "stretch",
            ),
            scope,
        )

    def segments(name: str, key: str, said: Mapping[str, str], default: str, *, is_bare: bool = True) -> str:
        return address.choose_one(
            name,
            tuple(said),
            default,
            lambda widget: st.segmented_control(
                view.say(key),
                tuple(said),
                format_func=lambda code: said[code],
                key=widget,
                required=True,
                label_visibility="collapsed" if is_bare else "visible",
                width="content",
            ),
            f"{language}|{','.join(said)}",
        )

    def said(prefix: str, codes: tuple[str, ...]) -> dict[str, str]:
        return {code: view.say(f"{prefix}_{code}") for code in codes}

    with st.container(key="mapoptions", horizontal=True, gap="small", vertical_alignment="center"):
        chosen = one("measure", "map.measure", names, FIRST if has_returns else COUNT, is_bare=True)
        ways = drawings.readings(desk.register, chosen)
        reading = segments("mapview", "map.reading", said("map.reading", ways), ways[0]) if len(ways) > 1 else ways[0]
        area = segments("area", "map.area", said("map.level", ("prefecture", "county")), _level(view))
        with st.popover(view.say("map.more"), width="content"):
            size = one("size", "map.size", sizes, "tax_revenue_yuan" if has_returns else SAME)
            colour = segments("colour", "map.colour_of", said("map.by", ("status", "class")), "status", is_bare=False)
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
                "draw", "map.renderer", said("map.renderer", ("plain", "deck", "table")), "plain", is_bare=False
            )
        with st.container(key="mappick", width="content"):
            _pick_box(view)
    if renderer == "deck" and webgl_is_missing():
        renderer = "plain"
        st.info(view.say("map.no_webgl"), icon=":material/map:")
    if not has_returns:
        show(html('<p class="note">{}</p>', view.say("map.no_figures")))
    return Options(chosen, reading, size, colour, "county" if area == "county" else "prefecture", layers, renderer)


def _boundaries(level: str) -> dict[str, Any]:
    return read_boundaries(f"{_FILES[level]}_light")


def _names(view: View) -> dict[str, str]:
    return {
        code: name
        for level in _FILES
        for code, name in drawings.area_names(view.briefing, _boundaries(level), view.language).items()
    }


def _pick_box(view: View) -> str:
    """A box to type the name of a town or an area into; a click on the map sets the same choice."""
    towns = view.briefing.towns
    names = towns["name_zh" if view.language == "zh" else "name_en"]
    choices = {str(code): str(name) for code, name in zip(towns["town_code"], names, strict=True)}
    choices.update(_names(view))
    return address.choose_one(
        "pick",
        ("", *choices),
        "",
        lambda widget: st.selectbox(
            view.say("map.pick"),
            ("", *choices),
            format_func=lambda code: choices.get(code, view.say("map.pick")),
            key=widget,
            label_visibility="collapsed",
            width=220,
        ),
        f"{view.language}|{view.desk.dataset.key}",
    )


def _pick(code: str) -> None:
    address.replace(("pick",), {"pick": [code]})


def _clear(_: str) -> None:
    address.replace(("pick",), {})


def _only(code: str) -> None:
    """Filter every page to an area."""
    name = "prefecture" if code.endswith("00") else "county"
    found = {name: [code]} if name == "prefecture" else {name: [code], "prefecture": [f"{code[:4]}00"]}
    address.replace(("prefecture", "county", "pick", "area"), found)


def _up(code: str) -> None:
    address.replace(("prefecture", "county", "pick", "area"), {} if code == "all" else {"prefecture": [code]})


def head() -> DeltaGenerator:
    """The place of the title: what it says is known once the choices below it are."""
    return st.container()


def canvas(view: View, chosen: Options, above: DeltaGenerator) -> None:
    """The sentence, the map in the drawing asked for, and what is known of the picked place."""
    drawing = drawings.drawing_of(view.briefing, view.desk.register, view.language, view.theme, chosen)
    names = _names(view)
    show(panels.finding(drawing, names), at=above)
    if chosen.renderer == "table":
        frame = drawings.value_table(drawing, _boundaries(chosen.area))
        head, kind = str(frame.columns[0]), "county" if chosen.area == "county" else "prefecture"
        pairs = zip((at.code for at in drawing.figures), frame[head], strict=True)
        areas = [marks.narrowing(kind, code, str(name), view.language, is_walked=True) for code, name in pairs]
        led(view, frame, {head: areas}, drawing.label)
        show(html('<p class="note">{}</p>', view.say("map.note_growth")))
        return
    if chosen.renderer == "deck":
        _deck(view, drawing, names)
        return
    shapes = scene.shapes_of(_boundaries("prefecture"), _boundaries("county"))
    found = scene.scene_of(drawing, shapes, tuple(names.items()))
    picked = "".join(address.get("pick")[:1])
    parts = panels.Parts(names, found)
    keep_outlines(scene.outlines(shapes))
    label = view.say("map.alt", count=len(view.briefing.towns), measure=drawing.label)
    words = {
        "label": f"{label}. {view.say('map.keys')}",
        "in": view.say("map.zoom_in"),
        "out": view.say("map.zoom_out"),
        "all": view.say("map.whole"),
    }
    data = scene.as_data(found, shapes, drawing) | {
        "side": panels.side(drawing, parts),
        "crumbs": panels.crumbs(drawing, names),
        "panel": _panel(drawing, parts, picked, shapes),
        "tips": panels.tips(drawing, names),
        "picked": picked,
        "words": words,
    }
    stage(data, {"pick": _pick, "only": _only, "clear": _clear, "up": _up, "open": leading.open_town})


def _panel(drawing: Drawing, parts: panels.Parts, picked: str, shapes: scene.Shapes) -> Markup:
    if picked in set(drawing.briefing.towns["town_code"]):
        return panels.town_panel(drawing, picked)
    if picked in parts.names:
        picture = scene.enlarged(drawing, shapes, tuple(parts.names.items()), picked)
        return panels.area_panel(drawing, picked, parts, picture)
    return panels.nothing_chosen(drawing)


def _deck(view: View, drawing: Drawing, names: Mapping[str, str]) -> None:
    # Only here: it weighs as much as a page, and few ask for it.
    from cockpit.visuals.map.deck import deck

    event: Any = st.pydeck_chart(
        deck(drawing, _boundaries(drawing.options.area), names, tuple(address.get("pick"))),
        height=HEIGHT,
        on_select="rerun",
        selection_mode="single-object",
        key="deck",
        alt=view.say("map.alt", count=len(view.briefing.towns), measure=drawing.label),
    )
    chosen = event.selection.objects if event else {}
    for layer in ("towns", "areas"):
        for item in chosen.get(layer, []):
            code = str(item.get("code") or item.get("properties", {}).get("adcode", ""))
            if code and code != st.session_state.get("_clicked"):
                st.session_state["_clicked"] = code
                _pick(code)
                st.rerun()
    if not any(chosen.values()):
        st.session_state.pop("_clicked", None)
