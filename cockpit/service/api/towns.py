"""The selected towns as JSON."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from cockpit.analysis.briefing import town_table
from cockpit.service.api.queries import Query, answer, head, plain
from cockpit.service.api.shapes import ApiShape, Head, OneOf
from cockpit.vocabulary import INDUSTRY_CLASSES, LIST_STATUSES, PREFECTURES, PROVENANCES, Provenance


class Town(ApiShape):
    """A town of the list with its figures of the period."""

    town_code: str
    name: str
    name_zh: str
    prefecture: str
    prefecture_adcode: Annotated[str, OneOf(PREFECTURES)]
    county: str
    county_adcode: str
    is_mountain_county: bool
    industry_class: Annotated[str, OneOf(INDUSTRY_CLASSES)]
    industry_class_text: str
    specialty_industry: str | None
    list_status: Annotated[str, OneOf(LIST_STATUSES)]
    list_status_text: str
    status_as_of: str | None
    created_on: str | None
    named_on: str | None
    lat: float | None
    lon: float | None
    area_km2: float | None
    area_land_type: str | None
    provenance: Provenance
    provenance_text: str
    values: dict[str, float | None] = Field(description="indicator -> value in base unit, null when not reported")


class TownsAnswer(Head):
    """The selected towns."""

    towns: list[Town]


def _town(record: dict[Any, Any], asked: Query, indicators: list[str]) -> Town:
    language, provenance = asked.language, Provenance(record["provenance"])
    return Town(
        town_code=record["town_code"],
        name=record["name_zh" if language == "zh" else "name_en"],
        name_zh=record["name_zh"],
        prefecture=PREFECTURES[record["prefecture_adcode"]].say(language),
        prefecture_adcode=record["prefecture_adcode"],
        county=record["county_zh" if language == "zh" else "county_en"],
        county_adcode=record["county_adcode"],
        is_mountain_county=bool(record["is_mountain_county"]),
        industry_class=record["industry_class"],
        industry_class_text=INDUSTRY_CLASSES[record["industry_class"]].say(language),
        specialty_industry=plain(record["specialty_industry" if language == "zh" else "specialty_industry_en"]),
        list_status=record["list_status"],
        list_status_text=LIST_STATUSES[record["list_status"]].say(language),
        status_as_of=plain(record["status_as_of"]),
        created_on=plain(record["created_on"]),
        named_on=plain(record["named_on"]),
        lat=plain(record["lat"]),
        lon=plain(record["lon"]),
        area_km2=plain(record["area_km2"]),
        area_land_type=plain(record["area_land_type"]),
        provenance=provenance,
        provenance_text=PROVENANCES[provenance].say(language),
        values={name: plain(record[name]) for name in indicators},
    )


def _answer(asked: Query) -> TownsAnswer:
    table = town_table(asked.briefing, asked.desk.register)
    indicators = [name for name in asked.desk.register.indicators if name in table.columns]
    rows = [_town(record, asked, indicators) for record in table.to_dict("records")]
    return TownsAnswer(**head(asked), towns=rows)


async def towns(request: Request) -> Response:
    """The selected towns with every indicator of the period."""
    return await answer(request, _answer)
