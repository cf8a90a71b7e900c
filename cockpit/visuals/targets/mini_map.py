"""The small map of the cockpit: what each prefecture's same towns do to the gap, towns as dots.

Pure: briefing and parts in, rows and a chart specification out.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final

import numpy as np
import pyarrow as pa

from cockpit.analysis.briefing import Briefing, GapParts
from cockpit.analysis.measures import reported
from cockpit.phrases import say
from cockpit.visuals.map import layers as maps
from cockpit.visuals.marks import charts
from cockpit.visuals.marks.palette import Theme
from cockpit.vocabulary import PREFECTURES, Language
from cockpit.wording.gap import gap_table

HEIGHT: Final = 320

# Adcode, longitude and latitude of a prefecture's label.
LabelPoint = tuple[str, float, float]


def mini_rows(
    briefing: Briefing, parts: GapParts | None, places: Sequence[LabelPoint], language: Language
) -> list[dict[str, Any]]:
    """Rows of the small map: an `area` a prefecture with its part of the gap, a `town` for each placed town."""
    rows: list[dict[str, Any]] = []
    table = gap_table(parts, language) if parts else None
    # One prefecture is told by county; on the map it has the part of all.
    areas = {row.key: (row.value("same"), row.text("same")) for row in table.areas} if table else {}
    if parts and table and table.by_county:
        same = table.part("same")
        areas = {str(parts.by_prefecture["key"].iloc[0]): (same.figure.value or 0.0, same.text)}
    largest = max((abs(value) for value, _ in areas.values()), default=0.0)
    blank = dict.fromkeys(("kind", "adcode", "lon", "lat", "name", "hint", "label"), "") | {"step": None}
    for code, lon, lat in places:
        name = PREFECTURES[code].say(language)
        area = {**blank, "kind": "area", "adcode": code, "lon": lon, "lat": lat, "name": name, "label": name}
        area["hint"] = name
        value, text = areas.get(code, (0.0, ""))
        if parts and table and text:
            area |= {"label": f"{name}\n{text}", "step": maps.diverging_step(value, largest)}
            area["hint"] = _hint(briefing, parts, code, name, f"{text} {table.unit}", language)
        rows.append(area)
    placed = briefing.towns.dropna(subset=["lat", "lon"])
    title = "name_zh" if language == "zh" else "name_en"
    rows.extend(
        {**blank, "kind": "town", "lon": lon, "lat": lat, "name": name, "hint": name}
        for lon, lat, name in zip(placed["lon"], placed["lat"], placed[title], strict=True)
    )
    return rows


def _hint(briefing: Briefing, parts: GapParts, code: str, name: str, amount: str, language: Language) -> str:
    """What the pointer tells of a prefecture: its same towns' part, and how many of its towns reported."""
    card, period = parts.card, briefing.selection.period
    here = briefing.keep & (briefing.dataset.towns["prefecture_adcode"].astype("str").to_numpy() == code)
    expected = here & briefing.cube.in_scope(card.target.scope, period)
    known = int(np.count_nonzero(expected & reported(briefing.cube, card.indicator, period)))
    return say("mini.hint", language, name=name, value=amount, reported=known, expected=int(expected.sum()))


@lru_cache(maxsize=256)
def draw_mini(
    briefing: Briefing,
    parts: GapParts | None,
    places: tuple[LabelPoint, ...],
    address: str,
    language: Language,
    theme: Theme,
) -> charts.Spec:
    """The small map with its rows; `address` is where the browser fetches the prefectures."""
    rows = pa.Table.from_pylist(mini_rows(briefing, parts, places, language))
    return charts.with_rows(maps.mini_map(theme, address, HEIGHT), rows)
