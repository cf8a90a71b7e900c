"""Boundaries as SVG paths in one small coordinate system, so that every drawing of the province takes the same ones.

Pure: parsed GeoJSON in, paths and places out. A plane of whole units: longitude shrunk by the cosine of the middle
latitude, north up, which for a map of this size is as true as a projection; the map is schematic in any case.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

UNITS: Final = 400.0  # units of the plane a degree of latitude
_WEST, _NORTH = 118.0, 31.2  # the plane's corner
_SHRINK: Final = math.cos(math.radians(29.2))
_SMALLEST: Final = 3  # points of a ring that is still drawn

Box = tuple[float, float, float, float]  # left, top, right, bottom


def place(lon: float, lat: float) -> tuple[float, float]:
    """Where a point lies on the plane."""
    return (lon - _WEST) * _SHRINK * UNITS, (_NORTH - lat) * UNITS


@dataclass(frozen=True)
class Area:
    """One area: its path, the box around it and around its largest ring, and where its name stands."""

    code: str
    name: str
    prefecture: str
    path: str
    box: Box
    main: Box
    label: tuple[float, float]
    rings: tuple[tuple[tuple[int, int], ...], ...] = ()


def areas(geojson: Mapping[str, Any]) -> tuple[Area, ...]:
    """Every feature of a GeoJSON with `adcode`, `name_zh`, `prefecture_adcode` and a label's place."""
    found = []
    for feature in geojson["features"]:
        about = feature["properties"]
        rings = list(_rings(feature["geometry"]))
        if not rings:
            continue
        boxes = [_box(ring) for ring in rings]
        found.append(
            Area(
                code=str(about["adcode"]),
                name=str(about["name_zh"]),
                prefecture=str(about.get("prefecture_adcode") or ""),
                path="".join(_path(ring) for ring in rings),
                box=join(boxes),
                main=max(boxes, key=lambda box: (box[2] - box[0]) * (box[3] - box[1])),
                label=place(float(about["label_lon"]), float(about["label_lat"])),
                rings=tuple(tuple(ring) for ring in rings),
            )
        )
    return tuple(found)


def join(boxes: Iterable[Box]) -> Box:
    """The box around boxes."""
    left, top, right, bottom = zip(*boxes, strict=True)
    return min(left), min(top), max(right), max(bottom)


def _rings(geometry: Mapping[str, Any]) -> Iterator[list[tuple[int, int]]]:
    """Rings in whole units, without points that fall together."""
    shapes = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    for shape in shapes:
        for ring in shape:
            points: list[tuple[int, int]] = []
            for lon, lat, *_ in ring:
                x, y = place(lon, lat)
                point = round(x), round(y)
                if not points or points[-1] != point:
                    points.append(point)
            if len(points) > 1 and points[0] == points[-1]:
                points.pop()
            if len(points) >= _SMALLEST:
                yield points


def _box(points: Sequence[tuple[int, int]]) -> Box:
    across, down = zip(*points, strict=True)
    return min(across), min(down), max(across), max(down)


def _path(points: Sequence[tuple[int, int]]) -> str:
    """A closed path in relative steps, written as short as SVG allows."""
    x, y = points[0]
    steps = [f"M{x} {y}l"]
    for next_x, next_y in points[1:]:
        dx, dy = next_x - x, next_y - y
        steps.append(f"{'' if dx < 0 or steps[-1].endswith('l') else ' '}{dx}{'' if dy < 0 else ' '}{dy}")
        x, y = next_x, next_y
    return "".join(steps) + "z"


@dataclass(frozen=True)
class View:
    """How a part of the plane is shown in a frame: x' = x * scale + left."""

    scale: float
    left: float
    top: float

    def at(self, point: tuple[float, float]) -> tuple[float, float]:
        return point[0] * self.scale + self.left, point[1] * self.scale + self.top

    def box(self, box: Box) -> Box:
        return *self.at((box[0], box[1])), *self.at((box[2], box[3]))

    @property
    def transform(self) -> str:
        return f"translate({self.left:.1f} {self.top:.1f}) scale({self.scale:.4f})"


def fit(box: Box, frame: Box) -> View:
    """The largest view of a box in a frame, in its middle."""
    wide, tall = max(box[2] - box[0], 1.0), max(box[3] - box[1], 1.0)
    scale = min((frame[2] - frame[0]) / wide, (frame[3] - frame[1]) / tall)
    return View(
        scale,
        (frame[0] + frame[2]) / 2 - scale * (box[0] + box[2]) / 2,
        (frame[1] + frame[3]) / 2 - scale * (box[1] + box[3]) / 2,
    )
