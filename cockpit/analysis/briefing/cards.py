"""The card of a target: the figure that answers it, from returns or from the published series.

Pure; part of `briefing`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from cockpit.analysis import attribution, published
from cockpit.analysis.attainment import Attainment, Base, Limits, judge, judge_between
from cockpit.analysis.briefing.silence import Silence, silence
from cockpit.analysis.measures import Cube, Mask, growth, measure, reported
from cockpit.analysis.published import Point, Published
from cockpit.datasets.store.loading import Dataset
from cockpit.policy.records import Indicator, Target
from cockpit.policy.register import Register
from cockpit.units import Period
from cockpit.vocabulary import Provenance, Status


@dataclass(frozen=True)
class Card:
    """A target with the figure that answers it.

    `value` is the province's; with a filter on (`is_part`), `contribution` is the selection's part (a ratio: its own
    ratio; None when none of it is in scope or reported) and `status` stays that of the province. Money in yuan,
    shares between 0 and 1. `silence`: what the towns of the whole scope that did not report may weigh (full years).
    """

    target: Target
    indicator: Indicator
    period: str
    value: float | None
    provenance: Provenance
    attainment: Attainment
    reported: int
    expected: int
    growth: float | None = None
    trend: tuple[Point, ...] = ()
    qualifier: str = ""
    is_part: bool = False
    contribution: float | None = None
    contribution_reported: int = 0
    contribution_expected: int = 0
    gap_effect: float | None = None
    silence: Silence | None = None
    context: Published | None = None
    source_ids: tuple[str, ...] = ()
    note: str = ""

    @property
    def status(self) -> Status:
        return self.attainment.status


def speaks_published(dataset: Dataset) -> bool:
    """Whether the cards read the published series instead of adding up returns."""
    return not dataset.manifest.is_simulated and len(dataset.table("published")) > 0


def read_limits(register: Register) -> Limits:
    return Limits(
        tolerance=register.rule("tolerance_about").base_value,
        coverage=register.rule("coverage_minimum").base_value,
        on_track=register.rule("on_track_ratio").base_value,
        accelerate=register.rule("accelerate_ratio").base_value,
        limited=register.rule("limited_ratio").base_value,
        base_year=_not_before(register, "pace_base_year"),
    )


def _not_before(register: Register, rule: str) -> int:
    """The base year of a rule, but none before the set of targets began."""
    return max(int(register.rule(rule).base_value), register.sets[register.target_set].since)


def returns_card(
    dataset: Dataset, cube: Cube, register: Register, target: Target, period: str, keep: Mask | None, limits: Limits
) -> Card:
    indicator = register.indicator(target.indicator)
    when = Period.parse(period)
    whole = measure(cube, indicator, period, target.scope)
    counted, told = cube.in_scope(target.scope, period), reported(cube, indicator, period)
    quiet = silence(cube, indicator, period, target.scope) if when.is_full_year else None
    change = growth(cube, indicator, period, target.scope)
    first = measure(cube, indicator, str(limits.base_year), target.scope)
    base = Base(first.value, first.coverage)
    provenance = Provenance.SIMULATED if dataset.manifest.is_simulated else Provenance.SUBMITTED
    part = measure(cube, indicator, period, target.scope, keep) if keep is not None else None
    effect = None
    if keep is not None:
        parts = contributions(cube, indicator, target, period, register)
        known = keep & ~np.isnan(parts)
        effect = float(parts[known].sum()) if known.any() else None
    trend = tuple(
        Point(then, value, target.scope, "", provenance, breaks=False)
        for text in cube.periods
        if (then := Period.parse(text)).month == when.month and then <= when
        for value in [measure(cube, indicator, text, target.scope, keep).value]
        if value is not None
    )
    attainment = judge_between(
        quiet.low if quiet else None,
        quiet.high if quiet else None,
        whole.value,
        whole.coverage,
        target,
        when,
        base,
        limits,
        is_stock=indicator.kind == "stock",
    )
    is_kept_back = whole.value is None and cube.hides(counted & told)
    if is_kept_back:
        attainment = Attainment(Status.CANNOT_JUDGE, "small_group")
    return Card(
        target=target,
        indicator=indicator,
        period=period,
        value=whole.value,
        provenance=provenance,
        attainment=attainment,
        reported=whole.reported,
        expected=whole.expected,
        growth=growth(cube, indicator, period, target.scope, keep) if keep is not None else change,
        trend=trend,
        is_part=part is not None,
        contribution=part.value if part else None,
        contribution_reported=part.reported if part else 0,
        contribution_expected=part.expected if part else 0,
        gap_effect=effect,
        # What the silent may weigh would tell of them where they are few, and of the others where those are.
        silence=None if is_kept_back or cube.hides(counted & ~told) else quiet,
    )


def published_card(dataset: Dataset, register: Register, target: Target, period: str, limits: Limits) -> Card:
    """The card of a target from the published province series; figures of another scope become context only."""
    indicator = register.indicator(target.indicator)
    series = published.read_series(dataset.table("published"), indicator.id)
    found, context = published.pick(series, indicator.kind == "stock", Period.parse(period))
    points = published.trend(series)
    if found is None:
        silent = Attainment(Status.NO_DATA, "not_reported")
        return Card(target, indicator, period, None, Provenance.PUBLISHED, silent, 0, 0, trend=points, context=context)
    is_stock = indicator.kind == "stock"
    attainment = judge(found.value, None, target, found.period, Base(), limits, is_stock=is_stock)
    if found.period.year < target.due.year:
        # The target year is over and its figure was not published: older figures give a distance, never a verdict.
        attainment = replace(attainment, status=Status.NO_DATA, reason="target_year_missing", pace=None)
    return Card(
        target=target,
        indicator=indicator,
        period=str(found.period),
        value=found.value,
        provenance=found.provenance,
        attainment=attainment,
        reported=0,
        expected=0,
        trend=points,
        qualifier=found.qualifier,
        source_ids=found.source_ids,
        note=found.note,
    )


def contributions(
    cube: Cube, indicator: Indicator, target: Target, period: str, register: Register
) -> attribution.Values:
    """What every town adds to the distance from the target, base unit (a ratio: share points); see `attribution`."""
    now = cube.in_scope(target.scope, period)
    spread = period if indicator.is_ratio else attribution_year(register)
    if cube.hides(cube.in_scope(target.scope, spread) & reported(cube, indicator, spread)):
        return np.full(len(cube.towns), np.nan)  # a town's part of a whole tells the whole
    if indicator.numerator and indicator.denominator:
        above, below = cube.of(indicator.numerator, period), cube.of(indicator.denominator, period)
        return attribution.of_ratio(above, below, now, target.base_value)
    base_year = attribution_year(register)
    base, then = cube.of(indicator.id, base_year), cube.in_scope(target.scope, base_year)
    if own := register.own.get(target.id):
        # What was handed down to a town is what is expected of it; shares of the base year are for targets without.
        base = np.array([own.get(code, np.nan) for code in cube.towns])
    return attribution.of_sum(cube.of(indicator.id, period), base, then, now, target.base_value)


def gap_movements(
    cube: Cube, indicator: Indicator, target: Target, period: str, register: Register
) -> npt.NDArray[np.str_]:
    """How every town takes part in the distance from the target since the base year of its expected value."""
    base_year = attribution_year(register)
    return attribution.gap_movements(
        reported(cube, indicator, base_year),
        reported(cube, indicator, period),
        cube.in_scope(target.scope, base_year),
        cube.in_scope(target.scope, period),
        is_ratio=indicator.is_ratio,
    )


def attribution_year(register: Register) -> str:
    """The full year whose shares spread a target over the towns."""
    return str(_not_before(register, "attribution_base_year"))
