"""What the map page draws, short of the shapes: figures of areas and towns, their classes, how they are written.

Pure: a `Drawing` in, values, frames and texts out; may import analysis, policy and the ground floor.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Any, Final

import numpy as np
import pandas as pd

from cockpit.analysis.briefing import (
    AreaFigure,
    Briefing,
    Level,
    area_figure,
    area_figures,
    growth_is_in_points,
)
from cockpit.phrases import say
from cockpit.policy.records import Indicator
from cockpit.policy.register import Register
from cockpit.units import Figure, Period, Scale, column_scale, percent_figure, points_figure, scale_of
from cockpit.visuals.map.classes import NO_CLASS, class_of, class_words
from cockpit.visuals.marks.palette import TOKENS, UNKNOWN, Theme
from cockpit.vocabulary import INDUSTRY_CLASSES, LIST_STATUSES, PREFECTURES, Language, Text

COUNT: Final = "town_count"
SAME: Final = "same"
READINGS: Final = ("ratio", "sum", "growth")

Boundaries = Mapping[str, Any]


@dataclass(frozen=True)
class Options:
    """What to draw: measure of the areas and how it is read, size and colour of the circles, level, layers, drawing."""

    measure: str
    reading: str
    size: str
    colour: str
    area: Level
    layers: tuple[str, ...]
    renderer: str


@dataclass(frozen=True)
class Drawing:
    """One map: the briefing, the register behind its figures, how the reader wants to see it."""

    briefing: Briefing
    register: Register
    language: Language
    theme: Theme
    options: Options

    def say(self, key: str, /, **values: object) -> str:
        return say(key, self.language, **values)

    @cached_property
    def indicator(self) -> Indicator | None:
        """What the areas tell: of a ratio read as a sum, the sum above it; None where towns are counted."""
        if self.options.measure == COUNT:
            return None
        found = self.register.indicator(self.options.measure)
        if self.options.reading == "sum" and found.numerator:
            return self.register.indicator(found.numerator)
        return found

    @property
    def reading(self) -> str:
        """`ratio`, `sum` or `growth`, as the measure allows."""
        return self.options.reading if self.options.reading in readings(self.register, self.options.measure) else "sum"

    @cached_property
    def figures(self) -> tuple[AreaFigure, ...]:
        return self.at_level(self.options.area)

    def at_level(self, level: Level) -> tuple[AreaFigure, ...]:
        """Areas by what they are coloured or sized by, high to low."""
        found = area_figures(self.briefing, self.indicator, level)
        if self.reading == "growth":
            return tuple(sorted(found, key=lambda at: (at.growth is None, -(at.growth or 0.0), at.code)))
        return found

    @cached_property
    def whole(self) -> AreaFigure:
        """The figure of all selected towns."""
        return area_figure(self.briefing, self.indicator, self.briefing.keep)

    @cached_property
    def borders(self) -> tuple[float, ...]:
        """Borders of the classes in base unit; none where areas are not coloured by a value."""
        if self.reading == "growth":
            return self.register.map.growth_borders
        if self.reading == "ratio" and self.indicator is not None:
            return self.register.map.borders_of(self.indicator)
        return ()

    @cached_property
    def scale(self) -> Scale:
        """How values of the areas are written: one unit and one number of decimals."""
        if self.indicator is None:
            return Scale(unit="个" if self.language == "zh" else "", decimals=0)
        values = [at.value for at in (*area_figures(self.briefing, self.indicator, "prefecture"), self.whole)]
        found = column_scale(values, self.indicator.unit, self.language, counter=self.indicator.counter)
        # A map is looked at: one decimal tells areas apart, more is noise.
        return replace(found, decimals=min(found.decimals or 0, 1))

    @property
    def label(self) -> str:
        """Name of what the areas tell."""
        if self.indicator is None:
            return say("map.count" if self.briefing.is_simulated() else "map.count_known", self.language)
        return self.indicator.label.say(self.language)

    @property
    def period(self) -> str:
        return Period.parse(self.briefing.selection.period).say(self.language)

    def told(self, value: float | None) -> Figure:
        return self.scale.figure(value)

    def growth_told(self, change: float | None) -> str:
        """Growth as written: per cent, or points where the figure itself is a share; a dash where it cannot be told."""
        if change is None:
            return "—"
        if self.indicator is not None and growth_is_in_points(self.indicator):
            return self.say("map.points", value=points_figure(change))
        return str(percent_figure(change, signed=True))

    def shown(self, at: AreaFigure) -> str:
        """What stands on the map for an area: its number without the unit, which the legend tells."""
        if self.reading == "growth":
            return self.growth_told(at.growth)
        return self.told(at.value).bare

    def value_of(self, at: AreaFigure) -> float | None:
        return at.growth if self.reading == "growth" else at.value

    def class_of(self, at: AreaFigure) -> int:
        return class_of(self.value_of(at), self.borders) if self.borders else NO_CLASS

    @property
    def class_words(self) -> tuple[str, ...]:
        if self.reading == "growth":
            return class_words([str(percent_figure(border, decimals=0)) for border in self.borders])
        scale = replace(self.scale, decimals=0)
        return class_words([scale.figure(border).bare for border in self.borders])

    @property
    def groups(self) -> tuple[str, dict[str, Text]]:
        """(column of the towns table, words) the circles are coloured by."""
        if self.options.colour == "class":
            return "industry_class", INDUSTRY_CLASSES
        return "list_status", LIST_STATUSES

    @cached_property
    def sized_by(self) -> Indicator | None:
        """What the circles' areas stand for; None where all are the same."""
        return None if self.options.size == SAME else self.register.indicator(self.options.size)


def readings(register: Register, name: str) -> tuple[str, ...]:
    """How a measure can be read on the map."""
    if name == COUNT:
        return ("sum",)
    return READINGS if register.indicator(name).is_ratio else ("sum", "growth")


@lru_cache(maxsize=64)
def drawing_of(briefing: Briefing, register: Register, language: Language, theme: Theme, options: Options) -> Drawing:
    """The drawing of these choices, with what it has worked out already."""
    return Drawing(briefing, register, language, theme, options)


def fill_colour(drawing: Drawing, code: str) -> str:
    """Colour of an area: that of its class, grey where there is no value."""
    at = next((item for item in drawing.figures if item.code == code), None)
    if at is None or drawing.value_of(at) is None or not drawing.borders:
        return UNKNOWN[drawing.theme]
    return TOKENS[drawing.theme][f"{'grow' if drawing.reading == 'growth' else 'map'}{drawing.class_of(at)}"]


def area_names(briefing: Briefing, boundaries: Boundaries, language: Language) -> dict[str, str]:
    """Adcode -> name of every area of the boundaries; a county unknown to the data keeps its Chinese name."""
    counties = briefing.dataset.table("counties")
    english = dict(zip(counties["county_adcode"].astype("str"), counties["name_en"].astype("str"), strict=True))
    names: dict[str, str] = {}
    for feature in boundaries["features"]:
        code, chinese = str(feature["properties"]["adcode"]), str(feature["properties"]["name_zh"])
        if code in PREFECTURES:
            names[code] = PREFECTURES[code].say(language)
        else:
            names[code] = chinese if language == "zh" else english.get(code, chinese)
    return names


@dataclass(frozen=True)
class Spot:
    """A town as a circle. `size` in base unit, None where not reported; `kind` names its mark."""

    code: str
    name: str
    lon: float
    lat: float
    size: float | None
    kind: str
    county: str


def spots(drawing: Drawing) -> tuple[Spot, ...]:
    """Selected towns with coordinates, largest first, so that small ones lie on top."""
    briefing, sized = drawing.briefing, drawing.sized_by
    towns = briefing.towns
    values = briefing.cube.of(sized.id, briefing.selection.period)[briefing.keep] if sized else np.ones(len(towns))
    column, _ = drawing.groups
    names = towns["name_zh" if drawing.language == "zh" else "name_en"]
    found = [
        Spot(str(code), str(name), float(lon), float(lat), None if np.isnan(value) else float(value), group, county)
        for code, name, lon, lat, group, county, value in zip(
            towns["town_code"],
            names,
            towns["lon"],
            towns["lat"],
            towns[column].astype("str"),
            towns["county_adcode"].astype("str"),
            values,
            strict=True,
        )
        if not (pd.isna(lat) or pd.isna(lon))
    ]
    return tuple(sorted(found, key=lambda spot: (-(spot.size or 0.0), spot.code)))


def ratio_words(drawing: Drawing, at: AreaFigure) -> tuple[str, str] | None:
    """What a ratio is made of: (`税收收入 ÷ 已用地面积`, `161.0 亿元 ÷ 1.44 万亩`); None for what is no ratio."""
    indicator = drawing.indicator
    if indicator is None or not (indicator.numerator and indicator.denominator) or at.above is None:
        return None
    parts = [drawing.register.indicator(name) for name in (indicator.numerator, indicator.denominator)]
    names = " ÷ ".join(part.label.say(drawing.language) for part in parts)
    told = " ÷ ".join(
        str(scale_of(value or 0.0, part.unit, drawing.language, counter=part.counter).figure(value, 4))
        for part, value in zip(parts, (at.above, at.below), strict=True)
    )
    return names, told


def value_table(drawing: Drawing, boundaries: Boundaries) -> pd.DataFrame:
    """The areas by value, high to low, as a table to read instead of the map."""
    names = area_names(drawing.briefing, boundaries, drawing.language)
    unit = drawing.scale.unit
    head = f"{drawing.label} ({unit})" if unit else drawing.label
    if drawing.language == "zh" and unit:
        head = f"{drawing.label}（{unit}）"
    columns: dict[str, list[str]] = {
        drawing.say("map.area"): [names.get(at.code, at.code) for at in drawing.figures],
        head: [
            drawing.say("map.no_value") if at.value is None else drawing.told(at.value).bare for at in drawing.figures
        ],
    }
    if drawing.indicator is not None:
        columns[drawing.say("map.growth")] = [drawing.growth_told(at.growth) for at in drawing.figures]
    columns[drawing.say("map.reported")] = [f"{at.reported}/{at.expected}" for at in drawing.figures]
    return pd.DataFrame(columns)
