"""One target in depth as JSON: pace, required growth, forecast, earlier judgements, and who contributes."""

from __future__ import annotations

from typing import Final, cast

from starlette.requests import Request
from starlette.responses import Response

from cockpit.analysis.attainment import Pace
from cockpit.analysis.attribution import MOVEMENTS
from cockpit.analysis.briefing import Card, Depth, Parts
from cockpit.analysis.briefing import parts as splitting
from cockpit.analysis.briefing.targets import Change
from cockpit.analysis.forecast import Forecast
from cockpit.briefings import target_depth, target_parts
from cockpit.service.api import target_shapes as shapes
from cockpit.service.api.queries import Query, answer, head, plain, unknown_id
from cockpit.service.api.targets import card_of
from cockpit.visuals.targets.parts import group_names
from cockpit.vocabulary import Language
from cockpit.wording import targets as wording

# The gap first: it is what is asked of a target; the page falls back to the change where there is no gap.
ALSO: Final = {"parts": tuple(reversed(splitting.WHATS)), "by": splitting.BYS}


def _pace(pace: Pace | None) -> shapes.TargetPace | None:
    if pace is None:
        return None
    return shapes.TargetPace(
        base_year=pace.base_year,
        word=pace.word,
        reason=pace.reason,
        ratio=pace.ratio,
        observed_growth=pace.observed,
        required_growth=pace.required,
    )


def _forecast(found: Forecast) -> shapes.TargetForecast:
    return shapes.TargetForecast(
        kind=found.kind,
        reason=found.reason,
        points=found.points,
        first_year=found.first or None,
        last_year=found.last or None,
        steps=[
            shapes.ForecastStep(year=step.year, value=step.middle, low=step.low, high=step.high) for step in found.steps
        ],
        chance_band=found.band,
        panel_towns=found.towns or None,
        panel_share=found.share,
    )


def _look(card: Card, found: Forecast) -> shapes.TargetLook:
    return shapes.TargetLook(
        year=card.period,
        value=card.value,
        status=card.status,
        needed_growth=card.attainment.needed_growth,
        pace=_pace(card.attainment.pace),
        forecast=_forecast(found),
    )


def _change(change: Change | None) -> shapes.TargetChange | None:
    if change is None:
        return None
    return shapes.TargetChange(
        since=change.since,
        start=change.start,
        end=change.end,
        silent_towns=change.silent,
        movements=[
            shapes.ChangeMovement(movement=share.movement, value=share.value, towns=share.towns)
            for share in change.shares
        ],
    )


def _parts(
    found: Parts | splitting.Reason, what: splitting.What, by: splitting.By, language: Language
) -> shapes.Contributions:
    if not isinstance(found, Parts):
        return shapes.Contributions(parts=what, by=by, reason=found, start=None, end=None, total=None, rows=[])
    names = group_names(found, language)
    columns = ["value", *MOVEMENTS, "reported", "expected"]
    rows = [
        shapes.ContributionRow(
            key=row["key"], name=names.get(row["key"], row["key"]), **{name: plain(row[name]) for name in columns}
        )
        for row in found.table.to_dict("records")
    ]
    return shapes.Contributions(
        parts=what, by=by, reason="", start=found.start, end=found.end, total=found.total, rows=rows
    )


def _answer(asked: Query, target_id: str) -> shapes.TargetAnswer:
    selection, day = asked.briefing.selection, asked.briefing.as_of
    register = asked.desk.of(selection).register
    if target_id not in register.targets:
        other = register.every_target.get(target_id)
        raise unknown_id(
            "target", target_id, register.targets, f"it is of another set: set={other.set}" if other else ""
        )
    depth: Depth = target_depth(asked.desk, selection, day, target_id)
    what, by = cast(splitting.What, asked.extra["parts"]), cast(splitting.By, asked.extra["by"])
    record = depth.record
    return shapes.TargetAnswer(
        **head(asked),
        target=card_of(depth.card, asked),
        quote=depth.card.target.quote,
        reading=depth.card.target.reading.say(asked.language),
        status_words=wording.light_words(depth.card, asked.language),
        anchor_period=depth.anchor.period if depth.anchor else None,
        trend=[
            shapes.TargetPoint(period=str(point.period), value=point.value, scope=point.scope, breaks=point.breaks)
            for point in depth.points
        ],
        thin_periods=[str(period) for period in depth.thin],
        yearly_growth=[shapes.YearlyGrowth(year=year, growth=rate) for year, rate in depth.growth],
        needed_growth=depth.needed,
        pace=_pace(depth.pace),
        same_town_pace=_pace(depth.twin),
        forecast=_forecast(depth.forecast),
        earlier_intervals=None if record is None else shapes.IntervalRecord(held=record.held, told=record.told),
        outturn=depth.outturn,
        looks=[_look(look.card, look.forecast) for look in depth.looks],
        change=_change(depth.change),
        contributions=_parts(target_parts(asked.desk, selection, day, target_id, what, by), what, by, asked.language),
    )


async def target(request: Request) -> Response:
    """One target in depth; an unknown id is a 404 that suggests the nearest."""
    return await answer(request, lambda asked: _answer(asked, request.path_params["id"]), ALSO)
