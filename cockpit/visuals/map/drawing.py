"""What the map page draws, short of the map itself: values and colours of areas and points, legend, ranking, facts.

Pure: a `Drawing` and parsed boundaries in, frames and markup out; may import analysis, policy and the ground floor.

"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa

from cockpit.analysis.briefing import Briefing
from cockpit.analysis.measures import measure
from cockpit.figure_sources import FigureKey
from cockpit.phrases import say
from cockpit.policy.records import Indicator
from cockpit.policy.register import Register
from cockpit.texts import written
from cockpit.units import Period, column_scale, figure
from cockpit.visuals.map import layers as maps
from cockpit.visuals.marks.html import badge, section
from cockpit.visuals.marks.markup import EMPTY, Markup, html, html_of
from cockpit.visuals.marks.palette import MARK_COLOURS, SEQUENTIAL, UNKNOWN, Theme, class_colours, rgb
from cockpit.visuals.marks.source_button import source_button
from cockpit.vocabulary import INDUSTRY_CLASSES, LIST_STATUSES, PREFECTURES, Language, Provenance, Status, Text
from cockpit.wording.targets import as_of_words

COUNT: Final = "town_count"
SAME: Final = "same"
# A list status is no verdict; it borrows shades of lightness, not the colours of judgement.
_STATUS_ORDER: Final = ("named", "creating", "cultivating", "removed")

Boundaries = Mapping[str, Any]
# Adcode -> (colour, hover text).
Fills = dict[str, tuple[str, str]]


@dataclass(frozen=True)
class Options:
    """What to draw: measure of the areas, size and colour of the points, area level, layers, renderer."""

    measure: str
    size: str
    colour: str
    area: str
    layers: tuple[str, ...]
    renderer: str


@dataclass(frozen=True, eq=False)
class Drawing:
    """One map: the briefing, the register behind its figures, how the reader wants to see it."""

    briefing: Briefing
    register: Register
    language: Language
    theme: Theme
    options: Options

    def say(self, key: str, /, **values: object) -> str:
        return say(key, self.language, **values)

    @property
    def groups(self) -> tuple[str, dict[str, Text]]:
        """(column of the towns table, words) the points are coloured by."""
        if self.options.colour == "class":
            return "industry_class", INDUSTRY_CLASSES
        return "list_status", LIST_STATUSES


@lru_cache(maxsize=64)
def _area_values(briefing: Briefing, indicator: Indicator | None, level: str) -> pd.Series:
    towns = briefing.dataset.towns
    codes = towns["prefecture_adcode" if level == "prefecture" else "county_adcode"].astype("str").to_numpy()
    present = sorted(set(codes[briefing.keep]))
    if indicator is None:
        return pd.Series({code: float((briefing.keep & (codes == code)).sum()) for code in present}, dtype=float)
    values = {
        code: measure(
            briefing.cube, indicator, briefing.selection.period, "province", briefing.keep & (codes == code)
        ).value
        for code in present
    }
    return pd.Series({code: np.nan if value is None else value for code, value in values.items()}, dtype=float)


def area_values(drawing: Drawing) -> pd.Series:
    """Value of every area that has selected towns: adcode -> value in base unit, NaN where nothing is reported."""
    name = drawing.options.measure
    indicator = None if name == COUNT else drawing.register.indicator(name)
    return _area_values(drawing.briefing, indicator, drawing.options.area)


def measure_text(register: Register, name: str, value: float | None, language: Language) -> str:
    """A value of a measure with its unit, or that there is none."""
    if value is None or value != value:
        return say("map.no_value", language)
    if name == COUNT:
        return f"{value:.0f}" + (" 个" if language == "zh" else "")
    indicator = register.indicator(name)
    return str(figure(value, indicator.unit, language, counter=indicator.counter))


def measure_label(briefing: Briefing, register: Register, name: str, language: Language) -> str:
    """Name of a measure; published data count the known towns only, and say so."""
    if name == COUNT:
        return say("map.count" if briefing.is_simulated() else "map.count_known", language)
    return register.indicator(name).label.say(language)


def _text(drawing: Drawing, name: str, value: float | None) -> str:
    return measure_text(drawing.register, name, value, drawing.language)


def _label(drawing: Drawing, name: str) -> str:
    return measure_label(drawing.briefing, drawing.register, name, drawing.language)


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


def fills(drawing: Drawing, boundaries: Boundaries) -> tuple[Fills, list[float]]:
    """Fill and hover text of every area, and the upper bounds of the colour steps."""
    values, name = area_values(drawing), drawing.options.measure
    bounds = maps.steps(list(values))
    label = _label(drawing, name)
    found: Fills = {}
    for code, area in area_names(drawing.briefing, boundaries, drawing.language).items():
        value = float(values[code]) if code in values.index else None
        hover = f"{area}\n{label} {_text(drawing, name, value)}"
        found[code] = (maps.colour_of(value, bounds, drawing.theme), hover)
    return found, bounds


def point_colours(theme: Theme, by: str) -> dict[str, str]:
    """Colour of each industry class, or of each list status."""
    if by == "class":
        return class_colours(theme)
    ramp = SEQUENTIAL[theme]
    shades = (ramp[4], ramp[2], ramp[1], MARK_COLOURS[theme][Status.NO_DATA][0])
    return dict(zip(_STATUS_ORDER, shades, strict=True))


def points(drawing: Drawing) -> pd.DataFrame:
    """Towns with coordinates: code, lon, lat, share (0-1 of the largest), hex (colour), hover."""
    briefing, size = drawing.briefing, drawing.options.size
    towns, sized = briefing.towns, size != SAME
    values = briefing.cube.of(size, briefing.selection.period)[briefing.keep] if sized else np.ones(len(towns))
    column, words = drawing.groups
    colours = point_colours(drawing.theme, drawing.options.colour)
    names = towns["name_zh" if drawing.language == "zh" else "name_en"]
    # Where nobody has any, every share is 0 of 1: a ratio to nothing would reach the browser as NaN.
    largest = float(np.nanmax(values)) if not np.isnan(values).all() else 0.0
    top = largest if largest > 0 else 1.0
    rows = []
    for code, lon, lat, name, group, value in zip(
        towns["town_code"], towns["lon"], towns["lat"], names, towns[column].astype("str"), values, strict=True
    ):
        if pd.isna(lat) or pd.isna(lon):
            continue
        hover = f"{name}\n{words[group].say(drawing.language)}"
        if sized:
            hover += f"\n{_label(drawing, size)} {_text(drawing, size, float(value))}"
        # Area, not radius, carries the value; an unreported town keeps the smallest dot and says so on hover.
        share = float(np.sqrt(max(value, 0) / top)) if value == value and sized else 0.0
        place = {"lon": round(float(lon), 4), "lat": round(float(lat), 4)}
        rows.append({"code": code, **place, "share": share, "hex": colours[group], "hover": hover})
    return pd.DataFrame(rows, columns=["code", "lon", "lat", "share", "hex", "hover"])


def deck_points(towns: pd.DataFrame) -> pd.DataFrame:
    """The points as deck.gl wants them: radius in metres, colour as numbers."""
    colours: Any = [rgb(colour, 215) for colour in towns["hex"]]
    drawn = towns.assign(radius=900 + 6500 * towns["share"], colour=colours)
    return drawn[["code", "lon", "lat", "radius", "colour", "hover"]]


def labels(drawing: Drawing, prefectures: Boundaries) -> pd.DataFrame:
    """Names of the prefectures at their label points: text, lon, lat. County names would cover the map."""
    names = area_names(drawing.briefing, prefectures, drawing.language)
    places = [feature["properties"] for feature in prefectures["features"]]
    return pd.DataFrame(
        [{"text": names[place["adcode"]], "lon": place["label_lon"], "lat": place["label_lat"]} for place in places]
    )


def legend(drawing: Drawing, bounds: list[float]) -> Markup:
    """Measure, period and provenance, then a swatch for each step and each group of points that is there."""
    briefing, language, name = drawing.briefing, drawing.language, drawing.options.measure
    head = html("<b>{}</b>", _label(drawing, name))
    if name != COUNT:
        head += f" · {Period.parse(briefing.selection.period).say(language)}"
    provenance = Provenance.SIMULATED if briefing.is_simulated() else Provenance.PUBLISHED
    parts = [html("<span>{}</span>", head), badge(provenance, language)]
    if "areas" in drawing.options.layers:
        swatches = [
            (maps.colour_of(bound, bounds, drawing.theme), f"≤ {_text(drawing, name, bound)}") for bound in bounds
        ]
        swatches.append((UNKNOWN[drawing.theme], drawing.say("map.no_value")))
        parts += [
            html('<span><i style="border-radius:2px;background:{}"></i>{}</span>', colour, text)
            for colour, text in swatches
        ]
    if "towns" in drawing.options.layers:
        column, words = drawing.groups
        present = set(briefing.towns[column].astype("str"))
        parts += [
            html('<span><i style="background:{}"></i>{}</span>', colour, words[code].say(language))
            for code, colour in point_colours(drawing.theme, drawing.options.colour).items()
            if code in present
        ]
    return html('<div class="legend">{}</div>', html_of(parts))


def plain_rows(drawing: Drawing, areas: Fills, towns: pd.DataFrame, names: pd.DataFrame) -> pa.Table:
    """Rows of the plain chart: kind area|town|label, code, colour, hover, lon, lat, size."""
    shown = "areas" in drawing.options.layers
    rows: list[dict[str, Any]] = [
        {
            "kind": "area",
            "code": code,
            "colour": colour if shown else UNKNOWN[drawing.theme],
            "hover": hover,
            "lon": None,
            "lat": None,
            "size": 0.0,
        }
        for code, (colour, hover) in areas.items()
    ]
    placed: Any = towns.itertuples()
    rows.extend(
        {
            "kind": "town",
            "code": row.code,
            "colour": row.hex,
            "hover": row.hover,
            "lon": row.lon,
            "lat": row.lat,
            "size": 40 + 760 * row.share**2,
        }
        for row in placed
    )
    written: Any = names.itertuples()
    rows.extend(
        {"kind": "label", "code": "", "colour": "", "hover": row.text, "lon": row.lon, "lat": row.lat, "size": 0.0}
        for row in written
    )
    return pa.Table.from_pylist(rows)


def _area_scale(drawing: Drawing, values: pd.Series) -> Callable[[float], str]:
    """How the values of all areas are written: one unit, and the decimals the largest leaves."""
    name = drawing.options.measure
    if name == COUNT or not values.notna().any():
        return lambda value: _text(drawing, name, value)
    indicator = drawing.register.indicator(name)
    scale = column_scale(values, indicator.unit, drawing.language, counter=indicator.counter)
    return lambda value: drawing.say("map.no_value") if value != value else str(scale.figure(value))


def value_table(drawing: Drawing, boundaries: Boundaries) -> pd.DataFrame:
    """The areas by value, high to low, as a table to read instead of the map."""
    names = area_names(drawing.briefing, boundaries, drawing.language)
    ordered = area_values(drawing).sort_values(ascending=False)
    told = _area_scale(drawing, ordered)
    name = drawing.options.measure
    return pd.DataFrame(
        {
            drawing.say("map.area"): [names.get(str(code), str(code)) for code in ordered.index],
            _label(drawing, name): [told(float(value)) for value in ordered],
        }
    )


def ranking(drawing: Drawing, boundaries: Boundaries, most: int = 15) -> Markup:
    """Areas by the chosen measure, high to low, as bars."""
    name = drawing.options.measure
    values = area_values(drawing).dropna().sort_values(ascending=False).head(most)
    names = area_names(drawing.briefing, boundaries, drawing.language)
    top = float(values.max()) if len(values) else 1.0
    told = _area_scale(drawing, values)

    def item(code: str, value: float) -> Markup:
        width = 100 * max(value, 0) / (top or 1)
        return html(
            '<li><span>{}</span><b><i style="width:{:.1f}%"></i></b><em>{}</em></li>',
            names.get(code, code),
            width,
            told(value),
        )

    rows = html_of(item(str(code), float(value)) for code, value in values.items())
    aside = html('<span class="cnt">{}</span>', drawing.say("map.ranking"))
    return section(_label(drawing, name), aside, html('<ul class="rank">{}</ul>', rows))


def _facts(pairs: list[tuple[str, str]], sources: Mapping[str, str] | None = None) -> Markup:
    """`sources`: label -> markup that asks where the figure comes from."""
    more = sources or {}
    body = html_of(html("<dt>{}</dt><dd>{} {}</dd>", label, text, more.get(label, "")) for label, text in pairs)
    return html("<dl class='facts'>{}</dl>", body)


def town_facts(drawing: Drawing, code: str) -> Markup:
    """What is known of one selected town: place, class, status, and the figures the targets ask for."""
    briefing, language = drawing.briefing, drawing.language
    row: Any = briefing.towns.set_index("town_code").loc[code]
    county = row["county_zh" if language == "zh" else "county_en"]
    pairs = [
        (drawing.say("towns.code"), code),
        (drawing.say("towns.county"), f"{PREFECTURES[row['prefecture_adcode']].say(language)} · {county}"),
        (drawing.say("towns.class"), INDUSTRY_CLASSES[row["industry_class"]].say(language)),
        (drawing.say("towns.status"), LIST_STATUSES[row["list_status"]].say(language)),
    ]
    if as_of := written(row["status_as_of"]):
        pairs.append((drawing.say("towns.status_as_of"), as_of_words(as_of, language)))
    place, sources = list(briefing.cube.towns).index(code), dict[str, str]()
    for target in drawing.register.targets.values():
        indicator = drawing.register.indicator(target.indicator)
        if indicator.origin_of_value == "list":
            continue
        value = float(briefing.cube.of(indicator.id, briefing.selection.period)[place])
        label = indicator.label.say(language)
        pairs.append((label, _text(drawing, indicator.id, value)))
        if value == value:
            asked = FigureKey("town", code, briefing.selection.period, indicator.id)
            sources[label] = source_button(asked, label, language)
    if pd.notna(row["position_uncertainty_km"]):
        pairs.append(("", drawing.say("map.uncertain", km=f"{row['position_uncertainty_km']:g}")))
    name = row["name_zh"] if language == "zh" else f"{row['name_en']} ({row['name_zh']})"
    period = Period.parse(briefing.selection.period).say(language)
    aside = html('<span class="cnt">{} {}</span>', period, badge(Provenance(row["provenance"]), language))
    return section(name, aside, _facts(pairs, sources))


def area_facts(drawing: Drawing, code: str, boundaries: Boundaries, most: int = 12) -> Markup:
    """How many selected towns an area has, its value, the first of its towns by name; "" for an area not drawn."""
    names = area_names(drawing.briefing, boundaries, drawing.language)
    if code not in names:
        return EMPTY
    column = "prefecture_adcode" if drawing.options.area == "prefecture" else "county_adcode"
    inside = drawing.briefing.towns[drawing.briefing.towns[column].astype("str") == code]
    name = drawing.options.measure
    pairs = [(_label(drawing, COUNT), _text(drawing, COUNT, float(len(inside))))]
    if name != COUNT:
        values = area_values(drawing)
        value = float(values[code]) if code in values.index else None
        pairs.append((_label(drawing, name), _text(drawing, name, value)))
    towns = inside["name_zh" if drawing.language == "zh" else "name_en"].head(most)
    listed = html_of(html("<li>{}</li>", town) for town in towns)
    return section(names[code], "", html('{}<ul class="names">{}</ul>', _facts(pairs), listed))
