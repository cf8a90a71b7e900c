"""One target in depth: how its figure came here, how fast it must go, how far it may get, and what was said before.

Pure; part of `briefing`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cockpit.analysis import attribution, forecast
from cockpit.analysis.attainment import Limits, Pace, line_of, needed_growth, same_town_pace, yearly_growth
from cockpit.analysis.briefing.cards import Card, read_limits, returns_card, speaks_published
from cockpit.analysis.briefing.overview import Briefing
from cockpit.analysis.forecast import Forecast, Rules
from cockpit.analysis.measures import Cube, Mask, measure, same_towns
from cockpit.analysis.published import Point
from cockpit.policy.records import Indicator, Target
from cockpit.policy.register import Register
from cockpit.units import Period, reaches


@dataclass(frozen=True)
class Record:
    """How often the interval of an earlier forecast held what came: `held` of `told`, over all targets and years."""

    held: int
    told: int


@dataclass(frozen=True)
class Look:
    """What could be said at the end of an earlier year, from the figures up to it."""

    card: Card
    forecast: Forecast


@dataclass(frozen=True)
class Share:
    """One part of a change: all towns with the same movement. `value` in base unit, a ratio's in share points."""

    movement: str
    value: float
    towns: int


@dataclass(frozen=True)
class Change:
    """A change from `start` (period `since`) to `end`, split by movement; `silent` towns stand in no sum."""

    since: str
    start: float
    end: float
    shares: tuple[Share, ...]
    silent: int


@dataclass(frozen=True, eq=False)
class Depth:
    """Everything the page says of one target.

    `card` is that of the selected period. `anchor` is that of the newest full year up to it and to the due year: pace,
    required growth and forecast start there (the same card when the period is such a year; None when there is none).
    `points` are full years of the whole scope; `thin` names those whose coverage is too low to be judged.
    `outturn` is the due year's figure when the anchor is older and the data know it. `twin` is the pace of the same
    towns where its word differs from that of all; `record` how earlier forecasts of all targets came out by then.
    """

    card: Card
    anchor: Card | None
    points: tuple[Point, ...]
    thin: tuple[Period, ...]
    needed: float | None
    growth: tuple[tuple[int, float], ...]
    forecast: Forecast
    outturn: float | None
    change: Change | None
    looks: tuple[Look, ...]
    base_year: int
    rules: Rules
    twin: Pace | None = None
    record: Record | None = None

    @property
    def pace(self) -> Pace | None:
        return self.anchor.attainment.pace if self.anchor else None


def read_rules(register: Register) -> Rules:
    """The parameters of the forecast."""

    def number(name: str) -> float:
        return register.rule(f"forecast_{name}").base_value

    return Rules(
        line=int(number("points_line")),
        interval=int(number("points_interval")),
        most=int(number("points_most")),
        level=number("interval"),
        likely=number("likely"),
        unlikely=number("unlikely"),
        panel=number("panel_minimum"),
    )


def target_depth(briefing: Briefing, register: Register, target_id: str, record: Record | None = None) -> Depth:
    """One target in depth for one selection; published series and returns give the same shape.

    Args:
        record: of the forecasts of all targets (`past_record`), computed once for all of them.
    """
    card = briefing.card(target_id)
    limits = read_limits(register)
    if speaks_published(briefing.dataset):
        return _published(card, limits, read_rules(register))
    cube, period = briefing.cube, Period.parse(briefing.selection.period)
    target, indicator = card.target, card.indicator
    last = min(period.year if period.is_full_year else period.year - 1, target.due.year)
    years = [text for text in cube.periods if Period.parse(text).is_full_year]
    past = [text for text in years if Period.parse(text).year <= last]

    def card_at(text: str) -> Card:
        if text == card.period and not card.is_part:
            return card
        return returns_card(briefing.dataset, cube, register, target, text, None, limits)

    anchor = card_at(past[-1]) if past else None
    measured = {text: measure(cube, indicator, text, target.scope) for text in years}
    thin = tuple(text for text, item in measured.items() if not reaches(item.coverage or 0.0, limits.coverage))
    # The line goes on to the selected period's year; what lies after it was not known from its standpoint.
    shown = [text for text in years if Period.parse(text).year <= period.year]
    points = tuple(
        Point(Period.parse(text), value, target.scope, "", card.provenance, breaks=False)
        for text in shown
        if (value := measured[text].value) is not None
    )
    judged = [
        (Period.parse(text).year, value)
        for text in past
        if text not in thin and (value := measured[text].value) is not None
    ]
    rules = read_rules(register)

    def forecast_at(text: str, thin_there: bool) -> Forecast:
        if thin_there:
            return Forecast("none", "low_coverage")
        return forecast_from(cube, indicator, target, text, limits.tolerance, rules)

    due = measured.get(str(target.due.year))
    is_due = anchor is not None and Period.parse(anchor.period).year >= target.due.year
    looks = tuple(
        Look(card_at(text), forecast_at(text, text in thin))
        for text in past
        if limits.base_year <= Period.parse(text).year < target.due.year
    )
    needed = None
    if anchor is not None and anchor.value is not None and not is_due and anchor.attainment.pace is not None:
        line = line_of(target.base_value, target.sense, limits.tolerance)
        needed = needed_growth(anchor.value, line, target.due.year - Period.parse(anchor.period).year)
    return Depth(
        card=card,
        anchor=anchor,
        points=points,
        thin=tuple(Period.parse(text) for text in thin if text in shown),
        needed=needed,
        growth=yearly_growth(judged),
        forecast=Forecast("none", "no_time")
        if anchor is None or is_due
        else forecast_at(anchor.period, anchor.period in thin),
        outturn=due.value if due is not None and not is_due and str(target.due.year) not in thin else None,
        change=change_of(briefing, card, limits.base_year),
        looks=looks,
        base_year=limits.base_year,
        rules=rules,
        twin=_twin(cube, anchor, limits),
        record=record,
    )


def _twin(cube: Cube, anchor: Card | None, limits: Limits) -> Pace | None:
    """The pace of the towns counted and reported in the base year and now, where it reads otherwise than of all."""
    pace = anchor.attainment.pace if anchor else None
    if anchor is None or pace is None or pace.word is None or anchor.indicator.origin_of_value == "list":
        return None
    scope, base_year = anchor.target.scope, str(limits.base_year)
    same = same_towns(cube, anchor.indicator, scope, base_year, anchor.period)
    before, after = (measure(cube, anchor.indicator, text, scope, same).value for text in (base_year, anchor.period))
    found = same_town_pace(pace, before, after, Period.parse(anchor.period).year, limits)
    return found if found is not None and found.word != pace.word else None


def past_record(cube: Cube, register: Register, until: int) -> Record:
    """Look back: every interval forecast since the base year, year by year, against what came up to year `until`.

    Each year is judged and forecast by the values of that year, so that a later value rewrites nothing.
    """
    base_year = read_limits(register.at(until)).base_year
    held = told = 0
    for target in register.targets.values():
        indicator = register.indicator(target.indicator)
        came: dict[int, float] = {}
        for text in cube.periods:
            when = Period.parse(text)
            found = measure(cube, indicator, text, target.scope)
            coverage = read_limits(register.at(when.year)).coverage
            is_told = found.value is not None and reaches(found.coverage or 0.0, coverage)
            if when.is_full_year and when.year <= until and is_told:
                came[when.year] = float(found.value or 0.0)
        for year in came:
            if not base_year <= year < target.due.year:
                continue
            then = register.at(year)
            tolerance, rules = read_limits(then).tolerance, read_rules(then)
            for step in forecast_from(cube, indicator, target, str(year), tolerance, rules).steps:
                outturn = came.get(step.year)
                if step.year > year and step.low is not None and step.high is not None and outturn is not None:
                    told += 1
                    held += step.low <= outturn <= step.high
    return Record(held, told)


def _published(card: Card, limits: Limits, rules: Rules) -> Depth:
    """Published figures: each of its own set of towns, so nothing is projected across them."""
    needed, target = None, card.target
    if card.value is not None and card.value < target.base_value:
        # A count may date from within a year: its months count too.
        period = Period.parse(card.period)
        line = line_of(target.base_value, target.sense, limits.tolerance)
        needed = needed_growth(card.value, line, target.due.year - period.year + (12 - period.month) / 12)
    silence: forecast.Reason = "scopes" if card.trend else "too_few"
    if card.indicator.origin_of_value == "list":
        silence = "by_decision"
    return Depth(
        card=card,
        anchor=card if card.value is not None else None,
        points=card.trend,
        thin=(),
        needed=needed,
        growth=(),
        forecast=Forecast("none", silence, points=sum(not point.breaks for point in card.trend)),
        outturn=None,
        change=None,
        looks=(),
        base_year=limits.base_year,
        rules=rules,
    )


def change_of(briefing: Briefing, card: Card, base_year: int) -> Change | None:
    """The change to the selected period, split by movement, over the selected towns; None where nothing compares."""
    since = since_period(briefing.selection.period, base_year)
    parts = None if since is None else change_values(briefing, card, since)
    if since is None or parts is None:
        return None
    values, moves = parts
    keep = briefing.keep
    known = keep & ~np.isnan(values)
    if not known.any():
        return None
    then, now = (
        measure(briefing.cube, card.indicator, text, card.target.scope, keep if card.is_part else None)
        for text in (since, briefing.selection.period)
    )
    shares = tuple(
        Share(movement, float(values[rows].sum()), int(rows.sum()))
        for movement in attribution.MOVEMENTS
        for rows in [known & (moves == movement)]
    )
    return Change(since, then.value or 0.0, now.value or 0.0, shares, int((keep & (moves == "silent")).sum()))


def since_period(period: str, base_year: int) -> str | None:
    """The period a change is counted from: the base year for later full years, a year before for part of a year."""
    when = Period.parse(period)
    if not when.is_full_year:
        return str(when.year_before())
    return str(base_year) if when.year > base_year else None


def change_values(
    briefing: Briefing, card: Card, since: str
) -> tuple[attribution.Values, np.ndarray[tuple[int], np.dtype[np.str_]]] | None:
    """(contribution, movement) of every town to the change since a period; None where either is without returns."""
    cube, now, indicator = briefing.cube, briefing.selection.period, card.indicator
    if since not in cube.periods or now not in cube.periods:
        return None
    then_in, now_in = cube.in_scope(card.target.scope, since), cube.in_scope(card.target.scope, now)
    if indicator.numerator and indicator.denominator:
        above, below = indicator.numerator, indicator.denominator
        values = attribution.change_of_ratio(
            cube.of(above, since), cube.of(below, since), cube.of(above, now), cube.of(below, now), then_in, now_in
        )
    else:
        values = attribution.change_of_sum(cube.of(indicator.id, since), cube.of(indicator.id, now), then_in, now_in)
    moves = attribution.movements(cube.of(indicator.id, since), cube.of(indicator.id, now), then_in, now_in)
    return values, moves


def forecast_from(
    cube: Cube, indicator: Indicator, target: Target, period: str, tolerance: float, rules: Rules
) -> Forecast:
    """Project the figure of a full year to the due year with the growth of one and the same towns.

    The longest run of years is taken whose constant towns (counted and reported in every one of them) still hold the
    share of the latest figure the rules ask for.
    """
    level = measure(cube, indicator, period, target.scope).value
    if indicator.origin_of_value == "list":
        # Towns are named in batches by decision: a trend of them would soon count more towns than there are.
        return Forecast("none", "by_decision")
    if level is None:
        return Forecast("none", "too_few")
    last = Period.parse(period).year
    run = [str(last)]
    while len(run) < rules.most and str(int(run[0]) - 1) in cube.periods:
        run.insert(0, str(int(run[0]) - 1))
    weight = indicator.denominator or indicator.id
    whole = measure_of(cube, weight, period, cube.in_scope(target.scope, period))
    for first in range(len(run) - rules.line + 1):
        window = run[first:]
        panel = np.logical_and.reduce(
            [cube.in_scope(target.scope, text) & ~np.isnan(cube.of(indicator.id, text)) for text in window]
        )
        share = measure_of(cube, weight, period, panel) / whole if whole > 0 else 0.0
        if share >= rules.panel:
            points = [
                (int(text), value)
                for text in window
                if (value := measure(cube, indicator, text, target.scope, panel).value) is not None
            ]
            found = forecast.project(
                points,
                level,
                target.due.year,
                target.base_value,
                target.sense,
                tolerance,
                indicator.unit == "share",
                rules,
            )
            return forecast.with_panel(found, int(panel.sum()), share)
    return Forecast("none", "no_panel" if len(run) >= rules.line else "too_few", len(run), int(run[0]), last)


def measure_of(cube: Cube, indicator: str, period: str, keep: Mask) -> float:
    """Sum over towns of `keep` that reported."""
    return float(np.nansum(cube.of(indicator, period)[keep]))
