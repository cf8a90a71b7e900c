"""The towns with the indicators asked for, in the units people read: what the page shows and what leaves the house.

Pure: briefing in, frame or sheet out. Page and command line take the same.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

import pandas as pd

from cockpit.analysis.briefing import Briefing, town_table
from cockpit.briefings import Desk
from cockpit.exports.notes import period_words, sheet_of, standing_notes
from cockpit.exports.tables import Head, Sheet
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


_DECIMALS: Final = {"count": 0, "share": 1}
_MOST_DECIMALS: Final = 2


@lru_cache(maxsize=64)
def towns_frame(
    briefing: Briefing, desk: Desk, columns: tuple[str, ...], language: Language
) -> tuple[pd.DataFrame, dict[str, Head]]:
    """The table as shown: frame in display units, and the heads of its columns of figures by header."""
    table = town_table(briefing, desk.register)
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


def towns_sheet(briefing: Briefing, desk: Desk, columns: tuple[str, ...], language: Language) -> Sheet:
    """The table as it leaves the house: with units, period, filters, version and the simulated mark."""
    frame, heads = towns_frame(briefing, desk, columns, language)
    notes = standing_notes(
        desk,
        language,
        period=period_words(briefing.selection.period, language),
        filters=filter_words(briefing, language),
        count=f"{len(frame)} / {briefing.town_count}",
        remarks=(say("export.blank", language), say("towns.name_note", language)),
    )
    return sheet_of(frame, heads, say("export.sheet", language), notes, language)
