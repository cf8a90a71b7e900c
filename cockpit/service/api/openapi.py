"""The OpenAPI document of the JSON interface, written from the vocabulary and the filter names."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from cockpit.analysis.lifecycle import SECTIONS
from cockpit.analysis.selection import MOUNTAIN, PARAMETERS
from cockpit.datasets.schema import TABLES
from cockpit.datasets.store.loading import NAMES
from cockpit.policy.list_records import SIGNAL_UNITS
from cockpit.service.api import chain_schema, target_depth
from cockpit.service.api import firms as firm_answers
from cockpit.vocabulary import (
    DECISION_ACTIONS,
    INDUSTRY_CLASSES,
    LAND_TYPES,
    LANGUAGES,
    LIST_STATUSES,
    ORIGINS,
    PER_MU_CLASSES,
    PREFECTURES,
    Provenance,
    Risk,
    Stage,
    Status,
)


def _nullable(kind: str, text: str = "") -> dict[str, Any]:
    return {"type": [kind, "null"], **({"description": text} if text else {})}


def _parameters() -> list[dict[str, Any]]:
    several = {
        "prefecture": list(PREFECTURES),
        "class": list(INDUSTRY_CLASSES),
        "status": list(LIST_STATUSES),
        "county": None,
        "industry": None,
    }
    found: list[dict[str, Any]] = []
    for name in PARAMETERS:
        options = several[name]
        item: dict[str, Any] = {"type": "string", **({"enum": options} if options else {})}
        found.append(
            {
                "name": name,
                "in": "query",
                "schema": {"type": "array", "items": item},
                "explode": True,
                "description": "Repeat for several.",
            }
        )
    single = {
        "period": (
            {"type": "string", "pattern": r"^\d{4}(-\d{2})?$"},
            "2025 is the full year, 2026-09 is January to September.",
        ),
        "set": ({"type": "string"}, "Set of targets, e.g. 2025; the newest closed or in force without."),
        "mountain": ({"type": "string", "enum": list(MOUNTAIN)}, "The 26 mountain counties only, or without them."),
        "q": ({"type": "string", "maxLength": 60}, "Search in names, codes and specialty industries."),
        "dataset": ({"type": "string", "enum": list(NAMES)}, "demo is simulated, public is published."),
        "version": ({"type": "string"}, "Version to answer from, e.g. v0001; the current one without."),
        "lang": ({"type": "string", "enum": list(LANGUAGES)}, "Language of the texts."),
    }
    found.extend(
        {"name": name, "in": "query", "schema": schema, "description": text} for name, (schema, text) in single.items()
    )
    return found


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _head() -> dict[str, Any]:
    text, number = {"type": "string"}, {"type": "integer"}
    return {
        "dataset": text, "version": text, "published_at": text, "is_simulated": {"type": "boolean"},
        "published_register": _nullable("string", "hash of the register in force when the version was published"),
        "register": {"type": "string", "description": "hash of the register that judged this answer"},
        "set": {"type": "string", "description": "set of targets judged by"},
        "as_of": {"type": "string", "format": "date"}, "period": text, "towns_selected": number, "towns_total": number,
    }  # fmt: skip


def _target() -> dict[str, Any]:
    text = {"type": "string"}
    return _object(
        {
            "id": text, "indicator": text, "label": text, "unit": text, "period": text,
            "value": _nullable("number", "base unit"), "value_text": text, "qualifier": text,
            "provenance": {"enum": [*Provenance, None]}, "target": {"type": "number"}, "target_text": text,
            "sense": text, "scope": text, "due": {"type": "string", "format": "date"}, "clause": text,
            "origin": {"enum": list(ORIGINS)}, "status": {"type": "string", "enum": list(Status)},
            "status_text": text, "reason": text,
            "attainment_share": _nullable("number", "value / target"), "gap": _nullable("number", "value - target"),
            "reported_towns": _nullable("integer"), "expected_towns": _nullable("integer"),
            "coverage_by_size": _nullable("number", "reporters' part of all towns' newest full-year figures"),
            "lower_bound": _nullable("number", "once the silent have reported, at least"),
            "upper_bound": _nullable("number", "once the silent have reported, at most (our method)"),
            "selection_value": _nullable("number", "part of the selected towns"),
            "selection_reported_towns": _nullable("integer"),
            "context": _nullable("string", "a published figure of another scope"),
            "source_ids": {"type": "array", "items": text},
        }
    )  # fmt: skip


def _town() -> dict[str, Any]:
    text = {"type": "string"}
    return _object(
        {
            "town_code": text, "name": text, "name_zh": text, "prefecture": text, "prefecture_adcode": text,
            "county": text, "county_adcode": text, "is_mountain_county": {"type": "boolean"},
            "industry_class": {"type": "string", "enum": list(INDUSTRY_CLASSES)}, "industry_class_text": text,
            "specialty_industry": _nullable("string"), "list_status": {"type": "string", "enum": list(LIST_STATUSES)},
            "list_status_text": text, "status_as_of": _nullable("string"), "created_on": _nullable("string"),
            "named_on": _nullable("string"), "lat": _nullable("number"), "lon": _nullable("number"),
            "area_km2": _nullable("number"), "area_land_type": _nullable("string"),
            "provenance": {"type": "string", "enum": list(Provenance)}, "provenance_text": text,
            "values": {
                "type": "object", "additionalProperties": _nullable("number"),
                "description": "indicator -> value in base unit, null when not reported",
            },
        }
    )  # fmt: skip


def _per_mu_town() -> dict[str, Any]:
    text, number = {"type": "string"}, {"type": "integer"}
    item = _object(
        {
            "value": _nullable("number", "base unit"), "unit": text,
            "peer_base": _nullable("number", "median of the peer group"), "points": _nullable("number"),
            "is_missing": {"type": "boolean", "description": "not reported: no points"},
            "is_imputed": {"type": "boolean", "description": "without meaning (nothing used): the peers' average"},
            "is_capped": {"type": "boolean"},
        }
    )  # fmt: skip
    return _object(
        {
            "town_code": text, "name": text, "class": {"type": "string", "enum": list(PER_MU_CLASSES)},
            "class_text": text, "score": _nullable("number"), "place": _nullable("integer", "within the peer group"),
            "peer_group": {"type": "array", "items": {"type": "string", "enum": list(INDUSTRY_CLASSES)}},
            "peer_group_size": number, "leader": _nullable("integer"), "is_held_by_floor": {"type": "boolean"},
            "is_d_possible": {"type": "boolean", "description": "false where the peer group is too small for a D"},
            "area_mu": _nullable("number"), "items": {"type": "object", "additionalProperties": item},
        }
    )  # fmt: skip


def _per_mu() -> dict[str, Any]:
    path = _path("Per-mu evaluation of the selected towns: score, class, leaders", "per_mu", _per_mu_town())
    types = [name for name in LAND_TYPES if name != "residential"]
    land = {"name": "land", "in": "query", "schema": {"type": "string", "enum": types}, "description": "Land type."}
    path["get"]["parameters"] = [*path["get"]["parameters"], land]
    schema = path["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    schema["properties"] |= {"year": {"type": ["string", "null"]}, "land_type": {"type": "string", "enum": types}}
    schema["required"] = list(schema["properties"])
    return path


def _path(summary: str, name: str, item: dict[str, Any]) -> dict[str, Any]:
    body = _object({**_head(), name: {"type": "array", "items": item}})
    text = {"type": "string"}
    fault = _object({"error": text, "where": text, "remedy": text})
    unknown = {"type": "array", "items": _object({"parameter": text, "value": text})}
    refused = {**fault, "properties": {**fault["properties"], "unknown": unknown}}
    return {
        "get": {
            "summary": summary,
            "operationId": name,
            "parameters": _parameters(),
            "responses": {
                "200": {"description": "OK", "content": {"application/json": {"schema": body}}},
                "400": {
                    "description": "Unknown parameter, value, version or dataset",
                    "content": {"application/json": {"schema": refused}},
                },
                "503": {"description": "Data cannot be loaded", "content": {"application/json": {"schema": fault}}},
            },
        }
    }


def _vitality() -> dict[str, Any]:
    text, whole, share = {"type": "string"}, _nullable("integer"), _nullable("number")
    town = _object(
        {
            "town_code": text, "name": text, "industry_class": {"type": "string", "enum": list(INDUSTRY_CLASSES)},
            "list_status": {"type": "string", "enum": list(LIST_STATUSES)},
            "index": _nullable("number", "1 to 100, null without enough data"), "rank": whole,
            "rank_low": whole, "rank_high": whole, "band": _nullable("integer", "towns of a band are not told apart"),
            "class_rank": whole, "class_rank_low": whole, "class_rank_high": whole, "class_size": {"type": "integer"},
            "coverage": _nullable("number", "share of the weight that was reported"),
            "dimensions": {"type": "object", "additionalProperties": share},
            "missing": {"type": "array", "items": text}, "trial_rank": whole,
        }
    )  # fmt: skip
    path = _path("Vitality index: ranks with their intervals, best first", "vitality", town)
    weight = {
        "name": "w", "in": "query", "schema": {"type": "array", "items": text}, "explode": True,
        "description": "A dimension's weight on trial, industry.26; the registered ranks stay as they are.",
    }  # fmt: skip
    path["get"]["parameters"] = [*path["get"]["parameters"], weight]
    schema = path["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    numbers = {"type": "object", "additionalProperties": {"type": "number"}}
    schema["properties"] |= {
        "year": _nullable("string", "the full year the index is of"), "index_version": text, "origin": text,
        "interval": {"type": "number"}, "towns_ranked": {"type": "integer"}, "weights": numbers,
        "trial_weights": {"type": ["object", "null"], "additionalProperties": {"type": "number"}},
    }  # fmt: skip
    schema["required"] = list(schema["properties"])
    return path


def _lists() -> dict[str, Any]:
    text, whole, number, flag = {"type": "string"}, _nullable("integer"), _nullable("number"), {"type": "boolean"}
    rule = _object(
        {
            "id": text, "label": text, "signal": {"enum": list(SIGNAL_UNITS)}, "value": {"type": "number"},
            "limit": {"type": "number"}, "clause": _nullable("string"), "origin": {"enum": list(ORIGINS)},
            "points": whole, "is_veto": flag, "stars_at_most": whole,
        }
    )  # fmt: skip
    signals = {"type": "array", "items": {"enum": list(SIGNAL_UNITS)}}
    decision = _object(
        {
            "number": {"type": "integer"}, "action": {"enum": list(DECISION_ACTIONS)}, "until": _nullable("string"),
            "is_against_suggestion": flag, "objection": _nullable("string", "why the suggestion was not followed"),
            "data_version": text, "register": _nullable("string", "hash of the register that judged then"),
        }
    )  # fmt: skip
    town = _object(
        {
            "deadline": _nullable("string", "the line in force, an approved extension counted"),
            "section": {"enum": [*SECTIONS, None], "description": "of the queue; null when not yet watched"},
            "decision": {**decision, "type": ["object", "null"]},
            "town_code": text, "name": text, "list_status": {"enum": ["creating", "named"]},
            "created_on": _nullable("string"), "stage": {"enum": [*Stage, None]}, "time_limit": _nullable("string"),
            "due_from": _nullable("string"), "due_to": _nullable("string", "later than due_from when no day is known"),
            "is_certain": {"type": ["boolean", "null"]}, "extension_end": _nullable("string"),
            "is_extended_by_log": flag, "days": _nullable("integer", "to the line in force, negative is past"),
            "grade": {"enum": [*Risk, None]}, "points_least": whole, "points_most": whole, "unknown": signals,
            "suggestion": _nullable("string", "a suggestion, subject to the authority"),
            "suggestion_text": _nullable("string"), "stars": whole, "stars_by_index": whole,
            "stability": number, "is_for_elimination": flag, "rules": {"type": "array", "items": rule},
        }
    )  # fmt: skip
    path = _path("Towns being created, most pressing first, then the named ones", "lists", town)
    schema = path["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    schema["properties"] |= {
        "year": _nullable("string", "the full year of the figures"), "subject_to": text,
        "is_current": {"type": "boolean", "description": "false for a published list: nothing is judged"},
        "is_log_read": {"type": "boolean", "description": "false when the decision log cannot be reached"},
    }  # fmt: skip
    schema["required"] = list(schema["properties"])
    return path


def _firms() -> dict[str, Any]:
    kinds = {"number": _nullable("number"), "flag": _nullable("boolean"), "category": _nullable("string")}
    row = {
        column.name: {"type": "string"} if column.required else kinds.get(column.kind, _nullable("string"))
        for column in TABLES["firms"].columns
    }
    path = _path("Firms of the selected towns, a page at a time", "firms", _object(row))
    path["get"]["parameters"] = [*path["get"]["parameters"], *firm_answers.describe(is_page=True)]
    schema = path["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    schema["properties"] |= {
        "firms_period": _nullable("string", "the full year of the firms, null where none are known"),
        "count": {"type": "integer"}, "offset": {"type": "integer"}, "limit": {"type": "integer"},
    }  # fmt: skip
    schema["required"] = list(schema["properties"])
    return path


def _firms_csv() -> dict[str, Any]:
    path = _path("All firms asked for as CSV, streamed", "firms_csv", {})
    path["get"]["parameters"] = [*path["get"]["parameters"], *firm_answers.describe(is_page=False)]
    csv = {"schema": {"type": "string", "description": "UTF-8 with byte order mark; headers in words with units"}}
    path["get"]["responses"]["200"]["content"] = {"text/csv": csv}
    return path


def document() -> dict[str, Any]:
    """The whole document."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Town cockpit 特色小镇驾驶舱",
            "version": "1",
            "description": (
                "Read-only. Filters are those of the pages' addresses; "
                "an unknown parameter or value, or a single value stated twice, is refused (400) and named in unknown."
            ),
        },
        "paths": {
            "/api/v1/targets": _path("The targets of a set: value, verdict, coverage, clause", "targets", _target()),
            "/api/v1/targets/{id}": target_depth.describe(
                _path("One target in depth: pace, forecast, who contributes", "target", _target()), _target(), _head()
            ),
            "/api/v1/towns": _path("Selected towns with every indicator of the period", "towns", _town()),
            "/api/v1/lists": _lists(),
            "/api/v1/vitality": _vitality(),
            "/api/v1/per-mu": _per_mu(),
            "/api/v1/firms": _firms(),
            "/api/v1/firms.csv": _firms_csv(),
            "/api/v1/chains": chain_schema.describe_all(
                _path("All industry chains: grades, paths, sums; most gaps first", "chains", {}), _head()
            ),
            "/api/v1/chains/{id}": chain_schema.describe_one(
                _path("One industry chain: nodes, links, towns, breaks, cooperation", "chain", {}), _head()
            ),
        },
    }


async def openapi(request: Request) -> Response:
    """The description of this interface."""
    return JSONResponse(document())
