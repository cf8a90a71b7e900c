"""Read-only JSON for other platforms, clause [2.4.1]: the same briefing the pages show, with the same filters.

Imports no streamlit UI. Values are in base units (yuan, shares 0-1, counts) with a text as people read it beside them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from cockpit.analysis.briefing import Briefing, Card, town_table
from cockpit.analysis.selection import PARAMETERS, Junk, read_parameters
from cockpit.briefings import Desk, brief, open_desk, today
from cockpit.datasets.loading import NAMES, default_dataset
from cockpit.errors import CockpitError, suggest
from cockpit.service.openapi import document
from cockpit.visuals import wording
from cockpit.vocabulary import INDUSTRY_CLASSES, LANGUAGES, LIST_STATUSES, PREFECTURES, PROVENANCES, Language

_KNOWN: Final = frozenset({*PARAMETERS, "period", "mountain", "q", "dataset", "lang"})


@dataclass(frozen=True)
class Asked:
    """A request understood: desk, briefing, language, and the values that were not."""

    desk: Desk
    briefing: Briefing
    language: Language
    ignored: tuple[Junk, ...]


def _understand(request: Request) -> Asked:
    query = request.query_params
    parameters = {name: query.getlist(name) for name in query}
    ignored = [Junk(name, value) for name, values in parameters.items() if name not in _KNOWN for value in values]
    name = query.get("dataset") or default_dataset()
    if name not in NAMES:
        raise CockpitError(f"unknown dataset {name!r}", where="dataset", remedy=suggest(name, NAMES))
    asked_language = query.get("lang") or "zh"
    language: Language = "en" if asked_language == "en" else "zh"
    if asked_language not in LANGUAGES:
        ignored.append(Junk("lang", asked_language))
    desk = open_desk(name)
    selection, junk = read_parameters(parameters, desk.choices)
    return Asked(desk, brief(desk, selection, today()), language, (*junk, *ignored))


def _head(asked: Asked) -> dict[str, Any]:
    manifest, selection = asked.desk.dataset.manifest, asked.briefing.selection
    return {
        "dataset": manifest.dataset,
        "version": manifest.version,
        "published_at": manifest.published_at,
        "is_simulated": manifest.is_simulated,
        "as_of": asked.briefing.as_of.isoformat(),
        "period": selection.period,
        "towns_selected": len(asked.briefing.towns),
        "towns_total": asked.briefing.town_count,
        "ignored_parameters": [{"parameter": item.parameter, "value": item.value} for item in asked.ignored],
    }


def _target(card: Card, asked: Asked) -> dict[str, Any]:
    target, reached, language = card.target, card.attainment, asked.language
    return {
        "id": target.id,
        "indicator": target.indicator,
        "label": card.indicator.label.say(language),
        "unit": card.indicator.unit,
        "period": card.period,
        "value": card.value,
        "value_text": str(wording.value_figure(card.value, card.indicator, language, card.provenance)),
        "qualifier": card.qualifier,
        "provenance": card.provenance.value if card.value is not None else None,
        "target": target.base_value,
        "target_text": wording.target_words(target, card.indicator, language),
        "sense": target.sense,
        "scope": target.scope,
        "due": target.due.isoformat(),
        "clause": target.clause,
        "status": card.status.value,
        "status_text": wording.status_words(card, language),
        "reason": reached.reason,
        "attainment_share": reached.share,
        "gap": reached.gap,
        "reported_towns": card.reported or None,
        "expected_towns": card.expected or None,
        "selection_value": card.contribution,
        "selection_reported_towns": card.contribution_reported if card.contribution is not None else None,
        "context": wording.context_words(card, language) or None,
        "source_ids": list(card.source_ids),
    }


def _plain(value: Any) -> Any:
    """JSON has no NaN: a missing figure is null, never zero."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    return value.item() if hasattr(value, "item") else value


def _towns(asked: Asked) -> list[dict[str, Any]]:
    table, language = town_table(asked.briefing, asked.desk.register), asked.language
    indicators = [name for name in asked.desk.register.indicators if name in table.columns]
    rows = []
    for record in table.to_dict("records"):
        rows.append(
            {
                "town_code": record["town_code"],
                "name": record["name_zh" if language == "zh" else "name_en"],
                "name_zh": record["name_zh"],
                "prefecture": PREFECTURES[record["prefecture_adcode"]].say(language),
                "prefecture_adcode": record["prefecture_adcode"],
                "county": record["county_zh" if language == "zh" else "county_en"],
                "county_adcode": record["county_adcode"],
                "is_mountain_county": bool(record["is_mountain_county"]),
                "industry_class": record["industry_class"],
                "industry_class_text": INDUSTRY_CLASSES[record["industry_class"]].say(language),
                "specialty_industry": _plain(
                    record["specialty_industry" if language == "zh" else "specialty_industry_en"]
                ),
                "list_status": record["list_status"],
                "list_status_text": LIST_STATUSES[record["list_status"]].say(language),
                "status_as_of": _plain(record["status_as_of"]),
                "created_on": _plain(record["created_on"]),
                "named_on": _plain(record["named_on"]),
                "lat": _plain(record["lat"]),
                "lon": _plain(record["lon"]),
                "area_km2": _plain(record["area_km2"]),
                "area_land_type": _plain(record["area_land_type"]),
                "provenance": record["provenance"],
                "provenance_text": PROVENANCES[record["provenance"]].say(language),
                "values": {name: _plain(record[name]) for name in indicators},
            }
        )
    return rows


async def _answer(request: Request, build: Any) -> Response:
    def work() -> Response:
        try:
            asked = _understand(request)
        except CockpitError as error:
            code = 400 if error.where == "dataset" else 503
            return JSONResponse({"error": error.what, "where": error.where, "remedy": error.remedy}, status_code=code)
        return JSONResponse({**_head(asked), **build(asked)})

    return await run_in_threadpool(work)


async def targets(request: Request) -> Response:
    """The nine targets with value, verdict, coverage and clause."""
    return await _answer(request, lambda asked: {"targets": [_target(card, asked) for card in asked.briefing.cards]})


async def towns(request: Request) -> Response:
    """The selected towns with every indicator of the period."""
    return await _answer(request, lambda asked: {"towns": _towns(asked)})


async def openapi(request: Request) -> Response:
    """The description of this interface."""
    return JSONResponse(document())
