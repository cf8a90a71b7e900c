"""One target in depth as JSON: pace, required growth, forecast, earlier judgements, and who contributes."""

from __future__ import annotations

from typing import Any, Final, cast, get_args

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from cockpit.analysis.attainment import Pace, PaceReason, PaceWord
from cockpit.analysis.attribution import MOVEMENTS
from cockpit.analysis.briefing import Card, Depth, Parts
from cockpit.analysis.briefing import parts as splitting
from cockpit.analysis.forecast import Band, Forecast, Kind
from cockpit.analysis.forecast import Reason as NoForecast
from cockpit.briefings import target_depth, target_parts
from cockpit.errors import suggest
from cockpit.policy.register import load
from cockpit.service.api.asking import Asked, answer, plain
from cockpit.service.api.targets import describe_card
from cockpit.visuals.targets.parts import group_names
from cockpit.wording import targets as wording

# The gap first: it is what is asked of a target; the page falls back to the change where there is no gap.
_ALSO: Final = {"parts": tuple(reversed(splitting.WHATS)), "by": splitting.BYS}


def _pace(pace: Pace | None) -> dict[str, Any] | None:
    if pace is None:
        return None
    return {
        "base_year": pace.base_year,
        "word": pace.word,
        "reason": pace.reason,
        "ratio": pace.ratio,
        "observed_growth": pace.observed,
        "required_growth": pace.required,
    }


def _forecast(found: Forecast) -> dict[str, Any]:
    return {
        "kind": found.kind,
        "reason": found.reason,
        "points": found.points,
        "first_year": found.first or None,
        "last_year": found.last or None,
        "steps": [
            {"year": step.year, "value": step.middle, "low": step.low, "high": step.high} for step in found.steps
        ],
        "chance_band": found.band,
        "panel_towns": found.towns or None,
        "panel_share": found.share,
    }


def _look(card: Card, found: Forecast) -> dict[str, Any]:
    return {
        "year": card.period,
        "value": card.value,
        "status": card.status.value,
        "needed_growth": card.attainment.needed_growth,
        "pace": _pace(card.attainment.pace),
        "forecast": _forecast(found),
    }


def _parts(found: Parts | str, asked: Asked) -> dict[str, Any]:
    what, by = asked.extra["parts"], asked.extra["by"]
    if not isinstance(found, Parts):
        return {"parts": what, "by": by, "reason": found, "start": None, "end": None, "total": None, "rows": []}
    names = group_names(found, asked.language)
    columns = ["value", *MOVEMENTS, "reported", "expected"]
    rows = [
        {"key": row["key"], "name": names.get(row["key"], row["key"])} | {name: plain(row[name]) for name in columns}
        for row in found.table.to_dict("records")
    ]
    return {
        "parts": what, "by": by, "reason": "", "start": found.start, "end": found.end, "total": found.total,
        "rows": rows,
    }  # fmt: skip


def _answer(asked: Asked, target_id: str) -> dict[str, Any]:
    selection, day = asked.briefing.selection, asked.briefing.as_of
    depth: Depth = target_depth(asked.desk, selection, day, target_id)
    what, by = cast(splitting.What, asked.extra["parts"]), cast(splitting.By, asked.extra["by"])
    change = depth.change
    return {
        "target": describe_card(depth.card, asked),
        "quote": depth.card.target.quote,
        "reading": depth.card.target.reading.say(asked.language),
        "status_words": wording.light_words(depth.card, asked.language),
        "anchor_period": depth.anchor.period if depth.anchor else None,
        "trend": [
            {"period": str(point.period), "value": point.value, "scope": point.scope, "breaks": point.breaks}
            for point in depth.points
        ],
        "thin_periods": [str(period) for period in depth.thin],
        "yearly_growth": [{"year": year, "growth": rate} for year, rate in depth.growth],
        "needed_growth": depth.needed,
        "pace": _pace(depth.pace),
        "same_town_pace": _pace(depth.twin),
        "forecast": _forecast(depth.forecast),
        "earlier_intervals": None if depth.record is None else {"held": depth.record.held, "told": depth.record.told},
        "outturn": depth.outturn,
        "looks": [_look(look.card, look.forecast) for look in depth.looks],
        "change": None
        if change is None
        else {
            "since": change.since,
            "start": change.start,
            "end": change.end,
            "silent_towns": change.silent,
            "movements": [
                {"movement": share.movement, "value": share.value, "towns": share.towns} for share in change.shares
            ],
        },
        "contributions": _parts(target_parts(asked.desk, selection, day, target_id, what, by), asked),
    }


async def target(request: Request) -> Response:
    """One target in depth; an unknown id is a 404 that suggests the nearest."""
    target_id, known = request.path_params["id"], load().targets
    if target_id not in known:
        fault = {"error": f"unknown target {target_id[:60]!r}", "where": "id", "remedy": suggest(target_id[:60], known)}
        return JSONResponse(fault, status_code=404)
    return await answer(request, lambda asked: _answer(asked, target_id), _ALSO)


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties)}


def describe(path: dict[str, Any], card: dict[str, Any], head: dict[str, Any]) -> dict[str, Any]:
    """The OpenAPI path of this answer.

    Args:
        path: a plain path with the shared filters and faults.
        card: schema of a target's card.
        head: properties every answer carries.
    """
    text, number, share = {"type": "string"}, {"type": ["number", "null"]}, {"type": "integer"}
    none_or_year = {"type": ["integer", "null"]}

    def word(options: Any, *, nullable: bool = False) -> dict[str, Any]:
        return {"enum": [*get_args(options), None] if nullable else list(get_args(options))}

    def rows(item: dict[str, Any]) -> dict[str, Any]:
        return {"type": "array", "items": item}

    pace = _object(
        {
            "base_year": share, "word": word(PaceWord, nullable=True), "reason": word(PaceReason), "ratio": number,
            "observed_growth": number, "required_growth": number,
        }
    )  # fmt: skip
    pace_or_none = {"oneOf": [pace, {"type": "null"}]}
    step = _object({"year": share, "value": {"type": "number"}, "low": number, "high": number})
    forecast = _object(
        {
            "kind": word(Kind), "reason": word(NoForecast), "points": share, "first_year": none_or_year,
            "last_year": none_or_year, "steps": rows(step), "chance_band": word(Band, nullable=True),
            "panel_towns": none_or_year, "panel_share": number,
        }
    )  # fmt: skip
    movement = _object({"movement": {"enum": list(MOVEMENTS)}, "value": {"type": "number"}, "towns": share})
    change = _object(
        {"since": text, "start": {"type": "number"}, "end": {"type": "number"}, "silent_towns": share,
         "movements": rows(movement)}
    )  # fmt: skip
    row = _object(
        {"key": text, "name": text, "value": number, **dict.fromkeys(MOVEMENTS, number), "reported": share,
         "expected": share}
    )  # fmt: skip
    contributions = _object(
        {
            "parts": word(splitting.What), "by": word(splitting.By), "reason": word(splitting.Reason),
            "start": number, "end": number, "total": number, "rows": rows(row),
        }
    )  # fmt: skip
    look = _object(
        {"year": text, "value": number, "status": text, "needed_growth": number, "pace": pace_or_none,
         "forecast": forecast}
    )  # fmt: skip
    point = _object({"period": text, "value": {"type": "number"}, "scope": text, "breaks": {"type": "boolean"}})
    body = _object(
        {
            **head, "target": card, "quote": text, "reading": text, "status_words": text,
            "anchor_period": {"type": ["string", "null"]}, "trend": rows(point), "thin_periods": rows(text),
            "yearly_growth": rows(_object({"year": share, "growth": {"type": "number"}})), "needed_growth": number,
            "pace": pace_or_none, "same_town_pace": pace_or_none, "forecast": forecast, "outturn": number,
            "earlier_intervals": {"oneOf": [_object({"held": share, "told": share}), {"type": "null"}]},
            "looks": rows(look),
            "change": {"oneOf": [change, {"type": "null"}]}, "contributions": contributions,
        }
    )  # fmt: skip
    get = path["get"]
    fault = get["responses"]["400"]["content"]
    own = [
        {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "enum": list(load().targets)}},
        *(
            {"name": name, "in": "query", "schema": {"type": "string", "enum": list(options)}}
            for name, options in _ALSO.items()
        ),
    ]
    return {
        "get": {
            **get,
            "operationId": "target",
            "parameters": [*own, *get["parameters"]],
            "responses": {
                **get["responses"],
                "200": {"description": "OK", "content": {"application/json": {"schema": body}}},
                "404": {"description": "Unknown target", "content": fault},
            },
        }
    }
