"""The map as deck.gl layers, for who wants to tilt and fly; the SVG of `scene` is what everybody gets.

Pure. Imported only where it is drawn: pydeck weighs as much as a page.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pydeck as pdk

from cockpit.visuals.map.circles import radius
from cockpit.visuals.map.drawing import Boundaries, Drawing, fill_colour, spots
from cockpit.visuals.marks.palette import TOKENS, class_colours, rgb

CENTRE: Final = (29.12, 120.6)
_LARGEST: Final = 7400.0  # metres


class CompactDeck(pdk.Deck):  # type: ignore[misc]  # pydeck ships no types
    """A deck whose JSON is written without the indentation pydeck adds: a quarter of the bytes."""

    def to_json(self) -> str:
        return json.dumps(json.loads(super().to_json()), ensure_ascii=False, separators=(",", ":"))


def deck(drawing: Drawing, boundaries: Boundaries, names: Mapping[str, str], outline: Sequence[str] = ()) -> pdk.Deck:
    """The layers of a drawing; `outline` are codes of what is picked."""
    colour = TOKENS[drawing.theme]
    figures = {at.code: at for at in drawing.figures}
    layers: list[pdk.Layer] = []

    def hover(code: str) -> str:
        at = figures.get(code)
        value = drawing.say("map.no_value") if at is None or at.value is None else str(drawing.told(at.value))
        return f"{names.get(code, code)}\n{drawing.label} {value}\n{drawing.period}"

    if "areas" in drawing.options.layers:
        features = [
            {
                "type": "Feature",
                "properties": {
                    "adcode": (code := feature["properties"]["adcode"]),
                    "hover": hover(code),
                    "fill": rgb(fill_colour(drawing, code), 235),
                    "line": rgb(colour["ink"] if code in outline else colour["panel"]),
                    "width": 3 if code in outline else 1,
                },
                "geometry": feature["geometry"],
            }
            for feature in boundaries["features"]
        ]
        layers.append(
            pdk.Layer(
                "GeoJsonLayer", id="areas", data={"type": "FeatureCollection", "features": features},
                get_fill_color="properties.fill", get_line_color="properties.line", get_line_width="properties.width",
                line_width_units=pdk.types.String("pixels"), pickable=True,
            )
        )  # fmt: skip
    if "towns" in drawing.options.layers and (points := _points(drawing, outline)):
        layers.append(
            pdk.Layer(
                "ScatterplotLayer", id="towns", data=points, get_position=["lon", "lat"],
                get_radius="radius", radius_min_pixels=3, radius_max_pixels=26, get_fill_color="colour",
                get_line_color="ring", get_line_width="ring_width", line_width_units=pdk.types.String("pixels"),
                stroked=True, pickable=True,
            )
        )  # fmt: skip
    return CompactDeck(
        # No map style at all: any other setting fetches a base map from outside.
        map_provider=None,
        layers=layers,
        initial_view_state=pdk.ViewState(latitude=CENTRE[0], longitude=CENTRE[1], zoom=6.6, min_zoom=5.8, max_zoom=11),
        tooltip={"text": "{hover}"},
    )


def _points(drawing: Drawing, outline: Sequence[str]) -> list[dict[str, Any]]:
    colour, by_class = TOKENS[drawing.theme], class_colours(drawing.theme)
    found = spots(drawing)
    largest = max((spot.size or 0.0 for spot in found), default=0.0)
    points = [
        {
            "code": spot.code,
            "lon": round(spot.lon, 4),
            "lat": round(spot.lat, 4),
            "radius": round(radius(spot.size, largest, _LARGEST, 900.0)),
            "colour": rgb(by_class.get(spot.kind, colour["spot"] if spot.kind == "named" else colour["panel"]), 225),
            "hover": spot.name,
            "ring": rgb(colour["ink"]),
            "ring_width": 4 if spot.code in outline else 1,
        }
        for spot in found
    ]
    # Picked ones are drawn last, so that no neighbour covers their ring.
    return sorted(points, key=lambda point: point["code"] in outline)
