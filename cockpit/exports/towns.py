"""The towns with the indicators asked for, in the units people read: what the page shows and what leaves the house.

Pure: briefing in, frame or sheet out. Page and command line take the same.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any, Final

import numpy as np
import pandas as pd

from cockpit.analysis.briefing import Briefing, town_table
from cockpit.briefings import Desk
from cockpit.exports.notes import period_words, sheet_of, standing_notes
from cockpit.exports.tables import Cell, Head, Sheet
from cockpit.phrases import say
from cockpit.units import column_scale
from cockpit.vocabulary import INDUSTRY_CLASSES, LAND_TYPES, LIST_STATUSES, PREFECTURES, PROVENANCES, Language

DEFAULT_INDICATORS: Final = (
    "total_output_yuan",
    "tax_revenue_yuan",
    "effective_investment_yuan",
    "high_tech_firm_count",
    "specialty_output_share",
    "tax_per_mu_yuan",
    "green_cover_share",
)


# Columns of the towns table that are sorted by as they are; any indicator besides.
SORTED_BY: Final = {"name": "name_zh", "place": "county_adcode", "class": "industry_class", "status": "list_status"}


def sorted_towns(briefing: Briefing, desk: Desk, sort: str = "") -> pd.DataFrame:
    """The selected towns with their figures, in base units.

    Args:
        sort: a key of `SORTED_BY` or an indicator, `-` before it for high to low; "" keeps the order of the register.
            Towns without a figure come last either way.
    """
    table = town_table(briefing, desk.register)
    key, is_falling = sort.removeprefix("-"), sort.startswith("-")
    column = SORTED_BY.get(key, key)
    if column not in table.columns:
        return table
    if key in SORTED_BY:
        order = table[column].astype("str")
        return table.iloc[order.argsort(kind="stable").to_numpy()[:: -1 if is_falling else 1]].reset_index(drop=True)
    return table.sort_values(column, ascending=not is_falling, na_position="last", kind="stable").reset_index(drop=True)


_DECIMALS: Final = {"count": 0, "share": 1}
_MOST_DECIMALS: Final = 2


@lru_cache(maxsize=64)
def towns_frame(
    briefing: Briefing, desk: Desk, columns: tuple[str, ...], language: Language, sort: str = ""
) -> tuple[pd.DataFrame, dict[str, Head]]:
    """The table as shown: frame in display units, and the heads of its columns of figures by header.

    Args:
        sort: as in `sorted_towns`.
    """
    table = sorted_towns(briefing, desk, sort)
    chinese = language == "zh"

    def words(column: str, mapping: dict[str, Any]) -> list[str]:
        return [mapping[code].say(language) if code in mapping else "" for code in table[column].astype("str")]

    def text(column: str) -> pd.Series:
        return table[column].astype("object").where(table[column].notna(), "").astype("str")

    frame = pd.DataFrame(
        {
            say("towns.name", language): text("name_zh" if chinese else "name_en"),
            say("towns.code", language): text("town_code"),
            say("towns.prefecture", language): words("prefecture_adcode", PREFECTURES),
            say("towns.county", language): text("county_zh" if chinese else "county_en"),
            say("towns.class", language): words("industry_class", INDUSTRY_CLASSES),
            say("towns.specialty", language): text("specialty_industry" if chinese else "specialty_industry_en"),
            say("towns.status", language): words("list_status", LIST_STATUSES),
            say("towns.status_as_of", language): text("status_as_of"),
            say("towns.created", language): text("created_on"),
            say("towns.named", language): text("named_on"),
            say("towns.area", language): table["area_km2"],
            say("towns.land_type", language): words("area_land_type", LAND_TYPES),
        }
    )
    if (frame[say("towns.status_as_of", language)] == "").all():
        frame = frame.drop(columns=say("towns.status_as_of", language))
    area = say("towns.area", language)
    heads = {area: Head(area, "", _MOST_DECIMALS)}
    for name in columns:
        indicator = desk.register.indicator(name)
        scale = column_scale(table[name], indicator.unit, language, counter=indicator.counter)
        decimals = _DECIMALS.get(indicator.unit, _MOST_DECIMALS)
        head = Head(indicator.label.say(language), scale.unit, decimals, name)
        frame[str(head)] = (table[name] / scale.divisor).round(4)
        heads[str(head)] = head
    frame[say("towns.provenance", language)] = words(
        "provenance", {key.value: text for key, text in PROVENANCES.items()}
    )
    return frame, heads


def filter_words(briefing: Briefing, language: Language) -> str:
    """The filters in words, for the notes of a download."""
    selection = briefing.selection
    parts = [
        *([scope_words(briefing, language)] if not selection.scope.is_all else []),
        *(PREFECTURES[code].say(language) for code in selection.prefectures),
        *selection.counties,
        *(INDUSTRY_CLASSES[code].say(language) for code in selection.classes),
        *(LIST_STATUSES[code].say(language) for code in selection.statuses),
        *selection.industries,
    ]
    if selection.mountain is not None:
        parts.append(say(f"filter.mountain_{'yes' if selection.mountain else 'no'}", language))
    if selection.search:
        parts.append(selection.search)
    return ("、" if language == "zh" else ", ").join(parts) or say("export.none", language)


def scope_words(briefing: Briefing, language: Language) -> str:
    """What a reader may see, in words: prefectures and counties by name, single towns by their number."""
    scope, towns = briefing.selection.scope, briefing.dataset.towns
    names = dict(zip(towns["county_adcode"].astype("str"), towns[f"county_{language}"].astype("str"), strict=True))
    areas = [
        PREFECTURES[area].say(language) if area in PREFECTURES else names.get(area, area)
        for area in sorted(scope.areas)
    ]
    if scope.towns:
        areas.append(say("access.towns", language, count=len(scope.towns)))
    return say("access.within", language, areas=("、" if language == "zh" else ", ").join(areas))


def towns_sheet(briefing: Briefing, desk: Desk, columns: tuple[str, ...], language: Language, sort: str = "") -> Sheet:
    """The table as it leaves the house: with units, period, filters, version and the simulated mark."""
    frame, heads = towns_frame(briefing, desk, columns, language, sort)
    notes = standing_notes(
        desk,
        language,
        period=period_words(briefing.selection.period, language),
        filters=filter_words(briefing, language),
        count=f"{len(frame)} / {briefing.town_count}",
        remarks=(say("export.blank", language), say("towns.name_note", language)),
    )
    return sheet_of(frame, heads, say("export.sheet", language), notes, language)


def class_medians(briefing: Briefing, name: str) -> dict[str, float]:
    """Industry class -> median of all its listed towns that reported an indicator."""
    values = briefing.cube.of(name, briefing.selection.period)
    known = ~np.isnan(values) & briefing.cube.in_scope("province", briefing.selection.period)
    classes = briefing.dataset.towns["industry_class"].astype("str").to_numpy()
    peers = {str(code): known & (classes == code) for code in set(classes[known])}
    # Of two towns the median tells the other.
    return {code: float(np.median(values[rows])) for code, rows in peers.items() if not briefing.cube.hides(rows)}


def compared(briefing: Briefing, desk: Desk, chosen: tuple[str, ...]) -> pd.DataFrame:
    """The chosen towns of the whole data set with their figures, in the order chosen."""
    return town_table(briefing, desk.register, everything=True).set_index("town_code").loc[list(chosen)]


def compare_sheet(briefing: Briefing, desk: Desk, chosen: tuple[str, ...], language: Language) -> Sheet:
    """Towns side by side as they leave the house: a line an indicator, the median of each town's class beside it."""
    table = compared(briefing, desk, chosen)
    names = [str(name) for name in table["name_zh" if language == "zh" else "name_en"]]
    classes = [str(code) for code in table["industry_class"].astype("str")]
    present = list(dict.fromkeys(classes))
    median = say("towns.median", language)
    headers = (
        say("towns.indicator", language),
        say("towns.unit", language),
        *names,
        *(f"{median} {INDUSTRY_CLASSES[code].say(language)}" for code in present),
    )
    rows: list[tuple[Cell, ...]] = []
    for name, indicator in desk.register.indicators.items():
        if name not in table.columns or table[name].isna().all():
            continue
        values = [float(value) for value in table[name]]
        scale = column_scale(values, indicator.unit, language, counter=indicator.counter)
        medians = class_medians(briefing, name)
        told = [*values, *(medians.get(code, math.nan) for code in present)]
        shown = (None if math.isnan(value) else round(value / scale.divisor, 4) for value in told)
        rows.append((indicator.label.say(language), scale.unit, *shown))
    notes = standing_notes(
        desk,
        language,
        period=period_words(briefing.selection.period, language),
        count=str(len(chosen)),
        remarks=(say("export.blank", language), say("towns.name_note", language)),
    )
    return Sheet(
        title=say("towns.compare_title", language),
        headers=headers,
        units=("",) * len(headers),
        rows=tuple(rows),
        notes=notes,
        notes_title=say("export.notes", language),
    )
