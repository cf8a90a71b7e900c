"""Shapes of one target in depth."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from cockpit.analysis.attainment import PaceReason, PaceWord
from cockpit.analysis.attribution import MOVEMENTS
from cockpit.analysis.briefing import parts as splitting
from cockpit.analysis.forecast import Band, Kind
from cockpit.analysis.forecast import Reason as NoForecast
from cockpit.service.api.shapes import ApiShape, Head, OneOf
from cockpit.service.api.targets import TargetCard
from cockpit.vocabulary import Status


class TargetPace(ApiShape):
    """Observed over required yearly growth, or why it cannot be told."""

    base_year: int
    word: PaceWord | None
    reason: PaceReason
    ratio: float | None
    observed_growth: float | None
    required_growth: float | None


class ForecastStep(ApiShape):
    """A projected year; no interval from too few points."""

    year: int
    value: float
    low: float | None
    high: float | None


class TargetForecast(ApiShape):
    """What the full years say of those to come; `steps` begin with the last known year."""

    kind: Kind
    reason: NoForecast
    points: int
    first_year: int | None
    last_year: int | None
    steps: list[ForecastStep]
    chance_band: Band | None
    panel_towns: int | None
    panel_share: float | None


class TargetPoint(ApiShape):
    """A period of the trend; `breaks` where another scope begins."""

    period: str
    value: float
    scope: str
    breaks: bool


class YearlyGrowth(ApiShape):
    """Growth from the year before, as a share."""

    year: int
    growth: float


class IntervalRecord(ApiShape):
    """How many of the earlier intervals held the figure that came."""

    held: int
    told: int


class TargetLook(ApiShape):
    """How the target stood in an earlier year."""

    year: str
    value: float | None
    status: Status
    needed_growth: float | None
    pace: TargetPace | None
    forecast: TargetForecast


class ChangeMovement(ApiShape):
    """Part of a change: the same towns, those that came, went, or began to report."""

    movement: Annotated[str, OneOf(MOVEMENTS)]
    value: float
    towns: int


class TargetChange(ApiShape):
    """From the year before to the anchor."""

    since: str
    start: float
    end: float
    silent_towns: int
    movements: list[ChangeMovement]


class ContributionRow(ApiShape):
    """What a prefecture, county, class or town adds."""

    key: str
    name: str
    value: float | None
    same: float | None
    entrant: float | None
    exit: float | None
    reporting: float | None
    reported: int
    expected: int


class Contributions(ApiShape):
    """The level, the change or the gap in parts; without rows `reason` says why."""

    parts: splitting.What
    by: splitting.By
    reason: splitting.Reason
    start: float | None
    end: float | None
    total: float | None
    rows: list[ContributionRow]


class TargetAnswer(Head):
    """One target: pace, forecast, earlier looks, who contributes."""

    target: TargetCard
    quote: str
    reading: str
    status_words: str
    anchor_period: str | None = Field(description="newest full year up to the period and the due year")
    trend: list[TargetPoint]
    thin_periods: list[str]
    yearly_growth: list[YearlyGrowth]
    needed_growth: float | None
    pace: TargetPace | None
    same_town_pace: TargetPace | None
    forecast: TargetForecast
    earlier_intervals: IntervalRecord | None
    outturn: float | None
    looks: list[TargetLook]
    change: TargetChange | None
    contributions: Contributions
