"""Fictional towns: where they are, what they do, and their way through the list (created, named, removed).

The careers are written out rather than drawn: the number of named towns at each year's end, and the towns on either
side of the five-year clock of clause 3.4, are what the demo is there to show.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
import shapely

from cockpit.errors import DatasetError
from tools.demo import calibration as cal
from tools.demo.names import COUNTY_PINYIN, ORDINALS, THEMES, Theme, short_name

# (created, named, how many). Named by year: 2, 5, 15, 20, 18, 11, 10, 7, 5; one leaves again in 2024, so 92 at the end.
_NAMED: Final = (
    *(("2015-06-05", named, n) for named, n in (
        ("2017-12-18", 2), ("2018-09-20", 5), ("2019-09-27", 10), ("2020-10-30", 8), ("2021-11-25", 4),
        ("2022-12-15", 2), ("2023-12-20", 1), ("2024-12-18", 1))),
    *(("2016-01-28", named, n) for named, n in (
        ("2019-09-27", 5), ("2020-10-30", 10), ("2021-11-25", 7), ("2022-12-15", 4), ("2023-12-20", 3),
        ("2024-12-18", 2), ("2025-12-12", 1))),
    *(("2017-07-31", named, n) for named, n in (
        ("2020-10-30", 2), ("2021-11-25", 6), ("2022-12-15", 4), ("2023-12-20", 3), ("2024-12-18", 3),
        ("2025-12-12", 2))),
    ("2018-09-10", "2021-11-25", 1), ("2018-09-10", "2022-12-15", 1), ("2018-09-10", "2023-12-20", 2),
    ("2019-09-20", "2023-12-20", 1), ("2019-09-20", "2025-12-12", 1),
    ("2020-11-06", "2024-12-18", 1), ("2020-11-06", "2025-12-12", 1),
)  # fmt: skip
_NAMED_THEN_REMOVED: Final = ("2015-06-05", "2019-09-27", "2024-12-20")  # one of the towns above
_REMOVED: Final = (
    ("2015-06-05", "2019-12-20"), ("2016-01-28", "2021-12-24"), ("2016-01-28", "2022-12-23"),
    ("2017-07-31", "2023-07-14"), ("2018-09-10", "2026-05-22"),
)  # fmt: skip
# Five full years are over in November 2026 for these eight; the leap-day town tests the clock's 29 February. Of the
# others, one reaches them on the day the version is published and three within the 60 days after it.
OVERDUE_DATES: Final = (
    "2016-01-28", "2017-07-31", "2017-07-31", "2018-09-10", "2019-09-20", "2020-02-29", "2020-11-06", "2021-08-18",
)  # fmt: skip
SILENT_CREATED_ON: Final = "2019-09-20"  # the overdue town of this date is on the list and has never returned anything
_CREATING: Final = (
    *((day, 1) for day in OVERDUE_DATES),
    ("2021-11-20", 1), ("2021-12-10", 2), ("2022-01-12", 1),
    ("2022-12-08", 4), ("2023-11-30", 4), ("2024-12-12", 3), ("2025-12-05", 1), ("2026-03-18", 1),
)  # fmt: skip
_CULTIVATING: Final = (
    ("2019-11-15", 2), ("2020-12-10", 2), ("2021-12-10", 3), ("2022-12-08", 2), ("2023-11-30", 2), ("2024-12-12", 2),
    ("2025-12-05", 1),
)  # fmt: skip

_WIDE_TOWNS: Final = 4  # towns drawn beyond 5 km2 (clause 4.3)
_SPREAD_DEGREES: Final = 0.045  # how far from the county's label point towns scatter


@dataclass(frozen=True)
class Career:
    """A town's way through the list; `entered_on` is when it was created, or put under cultivation."""

    entered_on: str
    named_on: str | None = None
    removed_on: str | None = None
    is_cultivating: bool = False
    is_silent: bool = False

    def status_on(self, day: str) -> str | None:
        """Return the list status at the end of `day` (ISO), None before the town entered the list."""
        if day < self.entered_on:
            return None
        if self.removed_on and day >= self.removed_on:
            return "removed"
        if self.named_on and day >= self.named_on:
            return "named"
        return "cultivating" if self.is_cultivating else "creating"

    @property
    def is_overdue(self) -> bool:
        """Creating for more than five years when the data end."""
        return not (self.named_on or self.removed_on or self.is_cultivating) and self.entered_on <= OVERDUE_DATES[-1]


@dataclass(frozen=True)
class Town:
    """A fictional town with what the other generators need to know; `quality` is a standard normal, never published."""

    code: str
    name_zh: str
    name_en: str
    prefecture: str
    county: str
    is_mountain: bool
    industry_class: str
    theme: Theme
    career: Career
    quality: float
    lat: float
    lon: float
    planned_km2: float


def careers() -> list[Career]:
    """Return the careers of all towns, grouped by fate: named, removed, creating, cultivating."""
    result: list[Career] = []
    for created, named, count in _NAMED:
        for position in range(count):
            leaves = (created, named) == _NAMED_THEN_REMOVED[:2] and position == count - 1
            result.append(Career(created, named, _NAMED_THEN_REMOVED[2] if leaves else None))
    result += [Career(created, removed_on=removed) for created, removed in _REMOVED]
    for created, count in _CREATING:
        result += [Career(created, is_silent=created == SILENT_CREATED_ON) for _ in range(count)]
    for listed, count in _CULTIVATING:
        result += [Career(listed, is_cultivating=True) for _ in range(count)]
    return result


def make_towns(counties: pd.DataFrame, borders: dict[str, Any]) -> list[Town]:
    """Draw all towns, sorted by code.

    Args:
        counties: the counties table of the public dataset.
        borders: GeoJSON feature collection of the counties, `properties.adcode` as key.
    """
    rng = cal.stream("towns")
    ways = careers()
    if len(ways) != cal.TOWN_COUNT:
        raise DatasetError(
            f"{len(ways)} careers for {cal.TOWN_COUNT} towns", where="demo", remedy="correct the career tables"
        )
    places = _draw_counties(rng, counties)
    classes = _draw_classes(rng, [place[:4] + "00" for place in places])
    qualities = _draw_qualities(rng, ways)
    order = rng.permutation(len(ways))
    areas = _draw_areas(rng, classes)
    rows = counties.set_index("county_adcode").to_dict("index")
    shapes = {str(f["properties"]["adcode"]): shapely.geometry.shape(f["geometry"]) for f in borders["features"]}
    seen: dict[str, int] = {}
    themes_used: dict[str, int] = {}
    towns = []
    for index, county in enumerate(places):
        ordinal = seen.get(county, 0)
        seen[county] = ordinal + 1
        theme = THEMES[classes[index]][themes_used.get(classes[index], 0) % len(THEMES[classes[index]])]
        themes_used[classes[index]] = themes_used.get(classes[index], 0) + 1
        row = rows[county]
        zh, en = ORDINALS[ordinal]
        lat, lon = _draw_position(rng, shapes[county], float(row["label_lat"]), float(row["label_lon"]))
        towns.append(
            Town(
                code=f"D{county}{en}",
                name_zh=f"{short_name(str(row['name_zh']))}{zh}{theme.zh}小镇",
                name_en=f"{COUNTY_PINYIN[county]} {en} {theme.en} Town",
                prefecture=county[:4] + "00",
                county=county,
                is_mountain=bool(row["is_mountain_county"]),
                industry_class=classes[index],
                theme=theme,
                career=ways[order[index]],
                quality=float(qualities[order[index]]),
                lat=lat,
                lon=lon,
                planned_km2=float(areas[index]),
            )
        )
    return sorted(towns, key=lambda town: town.code)


def _draw_counties(rng: np.random.Generator, counties: pd.DataFrame) -> list[str]:
    """Draw a county for every town: prefectures by their share of the real list, at most four towns in a county."""
    places: list[str] = []
    for prefecture, count in cal.apportion(cal.PREFECTURE_MIX, cal.TOWN_COUNT).items():
        inside = sorted(counties.loc[counties["prefecture_adcode"] == prefecture, "county_adcode"])
        places += list(rng.permutation(inside * len(ORDINALS))[:count])
    return [str(place) for place in rng.permutation(places)]


def _draw_classes(rng: np.random.Generator, prefectures: list[str]) -> list[str]:
    """Deal the industry classes out, so that finance leans to the metropolises and heritage to the hills."""
    left = cal.apportion(cal.CLASS_MIX, cal.TOWN_COUNT)
    classes = [""] * len(prefectures)
    leaning = [p in cal.METROPOLIS or p in cal.HILLS for p in prefectures]
    for index in sorted(range(len(prefectures)), key=lambda i: not leaning[i]):
        names = [name for name in left if left[name]]
        pull = np.array([left[name] * _leaning(name, prefectures[index]) for name in names])
        name = names[int(rng.choice(len(names), p=pull / pull.sum()))]
        left[name] -= 1
        classes[index] = name
    return classes


def _leaning(industry_class: str, prefecture: str) -> float:
    profile = cal.PROFILES[industry_class]
    if prefecture in cal.METROPOLIS:
        return profile.metropolis
    return profile.hills if prefecture in cal.HILLS else 1.0


def _draw_qualities(rng: np.random.Generator, ways: list[Career]) -> list[float]:
    """Draw how well each town is run: early names stand higher, removed and overdue towns lower."""
    qualities = []
    for way in ways:
        centre = 0.0
        if way.named_on:
            centre = 0.7 - 0.12 * (int(way.named_on[:4]) - 2017)
        if way.removed_on:
            centre = -1.3
        elif way.is_overdue:
            centre = -0.7
        qualities.append(float(np.clip(rng.normal(centre, 0.8), -2.2, 2.2)))
    return qualities


def _draw_areas(rng: np.random.Generator, classes: list[str]) -> list[float]:
    """Draw planned areas in km2: mostly 1 to 5, larger for tourism, a few beyond the limit of clause 4.3."""
    centre = np.array([2.2 if name == "finance" else 3.6 if name == "tourism" else 3.1 for name in classes])
    areas = np.clip(centre + rng.normal(0, 0.7, len(classes)), 1.0, 4.95)
    wide = rng.choice(len(classes), _WIDE_TOWNS, replace=False)
    areas[wide] = 5.0 + rng.uniform(0.2, 1.6, _WIDE_TOWNS)
    return [round(float(area), 2) for area in areas]


def _draw_position(rng: np.random.Generator, shape: Any, lat: float, lon: float) -> tuple[float, float]:
    """Draw a point near the county's label point and inside its border; the label point itself lies inside."""
    for _ in range(200):
        y, x = lat + rng.normal(0, _SPREAD_DEGREES), lon + rng.normal(0, _SPREAD_DEGREES)
        if shapely.contains_xy(shape, x, y):
            return round(float(y), 4), round(float(x), 4)
    return lat, lon


def towns_table(towns: list[Town], day: str = cal.LAST_DAY_OF_DATA) -> pd.DataFrame:
    """Return the `towns` table as at a day (ISO)."""
    created = _batches([t.career.entered_on for t in towns if not t.career.is_cultivating])
    named = _batches([t.career.named_on for t in towns if t.career.named_on])
    records = []
    for town in towns:
        way = town.career
        records.append(
            {
                "town_code": town.code,
                "name_zh": town.name_zh,
                "name_en": town.name_en,
                "prefecture_adcode": town.prefecture,
                "county_adcode": town.county,
                "industry_class": town.industry_class,
                "industry_class_basis": "assigned by us",
                "specialty_industry": town.theme.industry_zh,
                "specialty_industry_en": town.theme.industry_en,
                "list_status": way.status_on(day),
                "status_as_of": day,
                "created_on": None if way.is_cultivating else way.entered_on,
                "named_on": way.named_on,
                "creation_batch": None if way.is_cultivating else created[way.entered_on],
                "naming_batch": named[way.named_on] if way.named_on else None,
                "lat": town.lat,
                "lon": town.lon,
                "area_km2": None if way.is_silent else town.planned_km2,
                "area_land_type": None if way.is_silent else "planned",
                "provenance": "simulated",
                "source_ids": cal.SOURCE_ID,
                "note": "虚构小镇,全部数据为模拟 (fictional town, all figures simulated)",
            }
        )
    return pd.DataFrame(records)


def history_table(towns: list[Town]) -> pd.DataFrame:
    """Return `list_history`: one row for every decision on a town."""
    records = []
    for town in towns:
        way = town.career
        steps = [(way.entered_on, "cultivating" if way.is_cultivating else "creating", "模拟:列入名单")]
        if way.named_on:
            steps.append((way.named_on, "named", "模拟:验收命名"))
        if way.removed_on:
            steps.append((way.removed_on, "removed", "模拟:清理退出"))
        for day, status, basis in steps:
            records.append(
                {
                    "town_code": town.code,
                    "effective_on": day,
                    "list_status": status,
                    "basis": basis,
                    "provenance": "simulated",
                    "source_ids": cal.SOURCE_ID,
                }
            )
    return pd.DataFrame(records)


def _batches(days: list[str]) -> dict[str, str]:
    return {day: str(number) for number, day in enumerate(sorted(set(days)), start=1)}
