"""Boundaries as paths: small, closed, and towns lie in the prefecture they belong to."""

from __future__ import annotations

import re

import shapely

from cockpit.briefings import open_desk
from cockpit.datasets.boundaries import read_boundaries
from cockpit.visuals.map import shapes as map_shapes

NEAR = 8  # units: two kilometres, for a harbour or a reclaimed shore


def polygon(path: str) -> shapely.Geometry:
    """The area of a path, read back by its own small reader."""
    rings = []
    for part in path.removesuffix("z").split("z"):
        start, steps = re.fullmatch(r"M(-?\d+ -?\d+)l(.*)", part).groups()  # type: ignore[union-attr]
        x, y = map(int, start.split())
        numbers = [int(text) for text in re.findall(r"-?\d+", steps)]
        ring = [(x, y)]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            ring.append((x, y))
        rings.append(shapely.Polygon(ring).buffer(0))
    return shapely.union_all(rings)


def test_towns_lie_in_the_drawn_outline_of_their_prefecture() -> None:
    drawn = {area.code: polygon(area.path) for area in map_shapes.areas(read_boundaries("prefectures"))}
    for name in ("demo", "public"):
        towns = open_desk(name).dataset.towns.dropna(subset=["lat", "lon"])
        far = [
            code
            for code, lon, lat, prefecture in zip(
                towns["town_code"], towns["lon"], towns["lat"], towns["prefecture_adcode"].astype("str"), strict=True
            )
            if drawn[prefecture].distance(shapely.Point(map_shapes.place(lon, lat))) > NEAR
        ]
        assert not far


def test_all_outlines_are_sent_in_few_bytes() -> None:
    paths = [area.path for name in ("prefectures", "counties") for area in map_shapes.areas(read_boundaries(name))]
    assert len(paths) == 11 + 90
    assert sum(map(len, paths)) < 80_000


def test_a_view_fits_its_frame_and_keeps_one_scale() -> None:
    view = map_shapes.fit((100, 100, 300, 200), (0, 0, 1000, 1000))
    assert view.scale == 5
    assert view.box((100, 100, 300, 200)) == (0, 250, 1000, 750)
