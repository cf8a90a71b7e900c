"""Boundaries for the maps, read once; the files can be replaced by `COCKPIT_GEO_DIR`.

May import the ground floor. The shipped files are derived by tools/make_boundaries.py; see data/geo/NOTICE.md.
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from cockpit.errors import DatasetError

_KM_PER_DEGREE: Final = 111.2
FOLDER: Final = Path(__file__).resolve().parents[2] / "data" / "geo"


def boundaries_folder() -> Path:
    return Path(os.environ.get("COCKPIT_GEO_DIR") or FOLDER)


@lru_cache(maxsize=8)
def read_boundaries(name: str, folder: Path | None = None) -> dict[str, Any]:
    """Parsed GeoJSON of `prefectures_light`, `counties_light` and the like; shared, never written to.

    Raises:
        DatasetError: the file is missing or not GeoJSON.
    """
    path = (folder or boundaries_folder()) / f"{name}.geojson"
    try:
        parsed: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, json.JSONDecodeError) as error:
        raise DatasetError(
            f"boundaries cannot be read: {error}",
            where=path.name,
            remedy="run tools/make_boundaries.py or mend COCKPIT_GEO_DIR",
        ) from error
    if parsed.get("type") != "FeatureCollection":
        raise DatasetError(
            "not a FeatureCollection",
            where=path.name,
            remedy="replace it by a GeoJSON FeatureCollection with properties.adcode",
        )
    return parsed


def kilometres_outside(county: str, lat: float, lon: float) -> float | None:
    """How far a point lies outside a county's boundary in kilometres, 0 inside; None where there is no boundary.

    Args:
        county: its adcode. lat, lon: degrees. The boundary is schematic: a kilometre or two says nothing.
    """
    feature = next(
        (at for at in read_boundaries("counties")["features"] if str(at["properties"].get("adcode")) == county), None
    )
    if feature is None:
        return None
    shape = feature["geometry"]
    areas = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
    if any(_is_inside(area[0], lon, lat) for area in areas):
        return 0.0
    stretch = math.cos(math.radians(lat))
    nearest = min(
        math.hypot((x - lon) * stretch, y - lat)
        for area in areas
        for line in pairwise(area[0])
        for x, y in (_nearest(line[0], line[1], lon, lat),)
    )
    return nearest * _KM_PER_DEGREE


def _is_inside(ring: Sequence[Sequence[float]], x: float, y: float) -> bool:
    inside = False
    for (x1, y1), (x2, y2) in pairwise(ring):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


def _nearest(start: Sequence[float], end: Sequence[float], x: float, y: float) -> tuple[float, float]:
    """The point of a line nearest to another point."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = dx * dx + dy * dy
    share = 0.0 if length == 0 else min(1.0, max(0.0, ((x - start[0]) * dx + (y - start[1]) * dy) / length))
    return start[0] + share * dx, start[1] + share * dy
