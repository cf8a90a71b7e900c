"""The map in two drawings from one set of values: deck.gl layers, and a plain chart where there is no WebGL.

Pure: boundaries come in as parsed GeoJSON or by address, values as frames.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import altair as alt
import numpy as np
import pandas as pd
import pydeck as pdk

from cockpit.visuals.marks.charts import Spec, finish
from cockpit.visuals.marks.palette import DIVERGING, SEQUENTIAL, TOKENS, UNKNOWN, Theme, rgb

CENTRE = (29.12, 120.6)
BLANK = "\u3000"


class CompactDeck(pdk.Deck):  # type: ignore[misc]  # pydeck ships no types
    """A deck whose JSON is written without the indentation pydeck adds: a quarter of the bytes."""

    def to_json(self) -> str:
        return json.dumps(json.loads(super().to_json()), ensure_ascii=False, separators=(",", ":"))


def steps(values: Sequence[float], count: int = 5) -> list[float]:
    """Upper bounds of `count` classes with about as many values each; duplicates fall together."""
    known = np.asarray([value for value in values if value == value], dtype=float)
    if not len(known):
        return []
    bounds = np.quantile(known, np.linspace(0, 1, count + 1)[1:])
    return [float(bound) for bound in np.unique(bounds)]


def _features_at(address: str) -> alt.UrlData:
    """GeoJSON the browser fetches itself, so that no rerun sends it again."""
    return alt.UrlData(url=address, format=alt.JsonDataFormat(type="json", property="features"))


def colour_of(value: float | None, bounds: Sequence[float], theme: Theme) -> str:
    """Colour of a value among sequential steps; grey where it is missing."""
    if value is None or value != value or not bounds:
        return UNKNOWN[theme]
    ramp = SEQUENTIAL[theme]
    position = min(int(np.searchsorted(bounds, value, side="left")), len(bounds) - 1)
    # Few distinct values use the ends of the ramp, so that their order still shows.
    return ramp[round(position * (len(ramp) - 1) / max(len(bounds) - 1, 1))]


def _names(rows: alt.Chart, field: str, theme: Theme) -> tuple[alt.Chart, alt.Chart]:
    """Place names with a halo of the page's colour, so that they read on any fill."""
    colour = TOKENS[theme]
    # Names lie over the areas: the pointer on one is told what the area tells.
    hint = [alt.Tooltip("hint:N", title=BLANK)]
    place = {"longitude": "lon:Q", "latitude": "lat:Q", "text": field, "tooltip": hint}
    halo = rows.mark_text(
        fontSize=12, fontWeight=500, stroke=colour["halo"], strokeWidth=3, strokeOpacity=0.75, lineBreak="\n"
    ).encode(**place)
    return halo, rows.mark_text(fontSize=12, fontWeight=500, color=colour["ink"], lineBreak="\n").encode(**place)


@lru_cache(maxsize=8)
def _mini(theme: Theme, address: str) -> Spec:
    colour = TOKENS[theme]
    areas = _features_at(address)
    shapes = (
        alt.Chart(areas)
        .mark_geoshape(stroke=colour["panel"], strokeWidth=1.2)
        .transform_lookup(
            lookup="properties.adcode",
            from_=alt.LookupData(data=alt.NamedData("rows"), key="adcode", fields=["hint", "step"]),
        )
        .encode(
            color=alt.Color(
                "step:N",
                scale=alt.Scale(domain=["a", "b", "c", "d", "e"], range=list(DIVERGING[theme])),
                legend=None,
            ),
            tooltip=[alt.Tooltip("hint:N", title=BLANK)],
        )
    )
    plain = alt.Chart(areas).mark_geoshape(fill=UNKNOWN[theme], stroke=colour["panel"], strokeWidth=1.2)
    rows = alt.Chart(alt.NamedData("rows"))
    towns = (
        rows.mark_circle(size=16, color=colour["ink"], opacity=0.35)
        .transform_filter("datum.kind == 'town'")
        .encode(longitude="lon:Q", latitude="lat:Q", tooltip=[alt.Tooltip("hint:N", title=BLANK)])
    )
    names = _names(rows.transform_filter("datum.kind == 'area'"), "label:N", theme)
    chart = alt.layer(plain, shapes, towns, *names).project(type="identity", reflectY=True)
    return finish(chart, theme)


def mini_map(theme: Theme, address: str, height: int) -> Spec:
    """Prefectures coloured by their effect on a gap, towns as dots. Data table: see `mini_rows`."""
    return {**_mini(theme, address), "height": height, "width": "container"}


def diverging_step(value: float, largest: float) -> str:
    """One of five classes a..e: strong widening, widening, slight widening, closing, strong closing."""
    if value < 0:
        share = -value / largest if largest else 0
        return "a" if share > 0.6 else "b" if share > 0.25 else "c"
    return "e" if largest and value / largest > 0.4 else "d"


def deck(
    areas: dict[str, Any] | None,
    fills: dict[str, tuple[str, str]],
    towns: pd.DataFrame,
    labels: pd.DataFrame,
    theme: Theme,
    outline: Sequence[str] = (),
) -> pdk.Deck:
    """The interactive map.

    Args:
        areas: GeoJSON of prefectures or counties, or None to leave them out.
        fills: adcode -> (colour, hover text).
        towns: columns code, lon, lat, radius (metres), colour, hover; may be empty.
        labels: columns text, lon, lat; may be empty.
        outline: adcodes drawn with a strong outline (picked ones).
    """
    colour = TOKENS[theme]
    layers: list[pdk.Layer] = []
    if areas is not None:
        features = [
            {
                "type": "Feature",
                "properties": {
                    "adcode": feature["properties"]["adcode"],
                    "hover": fills.get(feature["properties"]["adcode"], ("", feature["properties"]["name_zh"]))[1],
                    "fill": rgb(fills.get(feature["properties"]["adcode"], (UNKNOWN[theme], ""))[0], 235),
                    "line": rgb(colour["ink"]) if feature["properties"]["adcode"] in outline else rgb(colour["panel"]),
                    "width": 3 if feature["properties"]["adcode"] in outline else 1,
                },
                "geometry": feature["geometry"],
            }
            for feature in areas["features"]
        ]
        layers.append(
            pdk.Layer(
                "GeoJsonLayer", id="areas", data={"type": "FeatureCollection", "features": features},
                get_fill_color="properties.fill", get_line_color="properties.line", get_line_width="properties.width",
                line_width_units=pdk.types.String("pixels"), pickable=True,
            )
        )  # fmt: skip
    if len(towns):
        points = [
            {
                **{str(name): value for name, value in point.items()},
                "ring": rgb(colour["ink"] if point["code"] in outline else colour["panel"]),
                "ring_width": 4 if point["code"] in outline else 1,
            }
            for point in towns.to_dict("records")
        ]
        # Picked ones are drawn last, so that no neighbour covers their ring.
        points.sort(key=lambda point: point["code"] in outline)
        layers.append(
            pdk.Layer(
                "ScatterplotLayer", id="towns", data=points, get_position=["lon", "lat"],
                get_radius="radius", radius_min_pixels=3, radius_max_pixels=26, get_fill_color="colour",
                get_line_color="ring", get_line_width="ring_width", line_width_units=pdk.types.String("pixels"),
                stroked=True, pickable=True,
            )
        )  # fmt: skip
    if len(labels):
        layers.append(
            pdk.Layer(
                "TextLayer", id="labels", data=labels.to_dict("records"), get_position=["lon", "lat"], get_text="text",
                get_size=14, get_color=rgb(colour["ink"]), character_set=pdk.types.String("auto"),
                font_family=pdk.types.String("Noto Sans CJK SC, Microsoft YaHei, sans-serif"), background=True,
                get_background_color=rgb(colour["panel"], 190), background_padding=[3, 1], pickable=False,
            )
        )  # fmt: skip
    return CompactDeck(
        # No map style at all: any other setting fetches a base map from outside.
        map_provider=None,
        layers=layers,
        initial_view_state=pdk.ViewState(latitude=CENTRE[0], longitude=CENTRE[1], zoom=6.6, min_zoom=5.8, max_zoom=11),
        tooltip={"text": "{hover}"},
    )


@lru_cache(maxsize=16)
def plain_map(theme: Theme, address: str, height: int) -> Spec:
    """The same map as a chart: no WebGL, click selects. Rows: kind area|town, adcode, colour, hover, lon, lat, size."""
    colour = TOKENS[theme]
    areas = _features_at(address)
    rows = alt.Chart(alt.NamedData("rows"))
    shapes = (
        alt.Chart(areas)
        .mark_geoshape(stroke=colour["panel"], strokeWidth=1)
        .transform_calculate(code="datum.properties.adcode")
        .transform_lookup(
            lookup="code", from_=alt.LookupData(data=alt.NamedData("rows"), key="code", fields=["colour", "hover"])
        )
        .encode(
            color=alt.Color("colour:N", scale=None),
            tooltip=[alt.Tooltip("hover:N", title=BLANK)],
        )
        .add_params(alt.selection_point(name="area", fields=["code"], empty=False))
    )
    towns = (
        rows.transform_filter("datum.kind == 'town'")
        .mark_circle(opacity=0.9, stroke=colour["panel"], strokeWidth=1)
        .encode(
            longitude="lon:Q", latitude="lat:Q", size=alt.Size("size:Q", scale=None),
            color=alt.Color("colour:N", scale=None), tooltip=[alt.Tooltip("hover:N", title=BLANK)],
        )
        .add_params(alt.selection_point(name="town", fields=["code"], empty=False))
    )  # fmt: skip
    names = _names(rows.transform_filter("datum.kind == 'label'"), "hover:N", theme)
    spec = finish(alt.layer(shapes, towns, *names).project(type="identity", reflectY=True), theme)
    return {**spec, "height": height, "width": "container"}
