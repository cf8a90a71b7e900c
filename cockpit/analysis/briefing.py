"""Everything a page, an export or a route says about one selection, computed together so that all say the same.

The one module of `analysis` that may import its neighbours. Pure: dataset, register, selection and day come in.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pandas as pd

from cockpit.analysis import attribution, decisions, lifecycle, published
from cockpit.analysis.attainment import Attainment, Limits, judge
from cockpit.analysis.decisions import Decision, Silent
from cockpit.analysis.measures import Cube, Mask, build_cube, growth, measure
from cockpit.analysis.published import Point, Published
from cockpit.analysis.selection import Choices, Selection, offer, select_towns
from cockpit.datasets.loading import Dataset
from cockpit.policy.records import Indicator, Target
from cockpit.policy.register import Register
from cockpit.units import Period
from cockpit.vocabulary import Provenance, Status


@dataclass(frozen=True)
class Card:
    """A target with the figure that answers it.

    `value` is the province's; with a filter on (`is_part`), `contribution` is the selection's part (a ratio: its own
    ratio; None when none of it is in scope or reported) and `status` stays that of the province. Money in yuan,
    shares between 0 and 1.
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
    context: Published | None = None
    source_ids: tuple[str, ...] = ()
    note: str = ""

    @property
    def status(self) -> Status:
        return self.attainment.status


@dataclass(frozen=True)
class Running:
    """A figure of the current year with its growth on the same period a year before; no target, so no verdict."""

    indicator: Indicator
    period: str
    value: float | None
    growth: float | None
    reported: int
    expected: int


@dataclass(frozen=True, eq=False)
class GapParts:
    """The gap of one target split three ways; each frame (`key`, `value`) sums to `total`."""

    card: Card
    total: float
    by_prefecture: pd.DataFrame
    by_class: pd.DataFrame
    by_town: pd.DataFrame
    rest_count: int
    per_town: pd.Series
    per_prefecture: pd.Series
    names_zh: dict[str, str]
    names_en: dict[str, str]
    base_year: str


@dataclass(frozen=True, eq=False)
class GrowthParts:
    """Growth of one indicator on a year before, by group; frames (`key`, `value`), high to low."""

    card: Card
    whole: float | None
    by_prefecture: pd.DataFrame
    by_class: pd.DataFrame


@dataclass(frozen=True, eq=False)
class Briefing:
    """The answers for one selection. `towns` is the selected part of the towns table, `keep` its mask."""

    dataset: Dataset
    selection: Selection
    as_of: date
    towns: pd.DataFrame
    town_count: int
    keep: Mask
    cards: tuple[Card, ...]
    decisions: tuple[Decision, ...]
    running: tuple[Running, ...]
    missing: tuple[Silent, ...]
    cube: Cube = field(repr=False)

    def card(self, target_id: str) -> Card:
        return next(card for card in self.cards if card.target.id == target_id)

    def tally(self) -> dict[Status, int]:
        """How many cards stand where, in the order of the statuses."""
        counts = {status: sum(card.status is status for card in self.cards) for status in Status}
        return {status: count for status, count in counts.items() if count}

    def is_simulated(self) -> bool:
        return self.dataset.manifest.is_simulated


def speaks_published(dataset: Dataset) -> bool:
    """Whether the cards read the published series instead of adding up returns."""
    return not dataset.manifest.is_simulated and len(dataset.table("published")) > 0


def read_limits(register: Register) -> Limits:
    return Limits(
        tolerance=register.rule("tolerance_about").base_value,
        coverage=register.rule("coverage_minimum").base_value,
        on_track=register.rule("on_track_ratio").base_value,
    )


def cube_of(dataset: Dataset, register: Register) -> Cube:
    return build_cube(
        dataset.towns, dataset.table("returns"), dataset.table("land"), dataset.table("list_history"), register
    )


def choices_of(dataset: Dataset, cube: Cube, register: Register) -> Choices:
    """What the filters offer. Published data offer the full years in which a target's indicator was published."""
    if not speaks_published(dataset):
        periods = [Period.parse(text) for text in cube.periods]
    else:
        figures = dataset.table("published")
        wanted = figures["indicator"].astype("str").isin({target.indicator for target in register.targets.values()})
        periods = [Period.parse(text) for text in set(figures.loc[wanted, "period"].astype("str"))]
        periods = [period for period in periods if period.is_full_year]
    newest_first = tuple(str(period) for period in sorted(set(periods), reverse=True))
    return offer(dataset.towns, newest_first, dataset.manifest.default_period)


def brief(dataset: Dataset, cube: Cube, register: Register, selection: Selection, as_of: date) -> Briefing:
    """Compute the briefing of one selection.

    Args:
        cube: of the same dataset and register (`cube_of`).
        as_of: the day the clocks are read against.
    """
    towns = dataset.towns
    keep = select_towns(towns, selection)
    limits = read_limits(register)
    filtered = keep if selection.is_filtered else None
    if speaks_published(dataset):
        cards = tuple(
            _published_card(dataset, register, target, selection.period, limits) for target in register.targets.values()
        )
    else:
        cards = tuple(
            _returns_card(dataset, cube, register, target, selection.period, filtered, limits)
            for target in register.targets.values()
        )
    return Briefing(
        dataset=dataset,
        selection=selection,
        as_of=as_of,
        towns=towns[keep],
        town_count=len(towns),
        keep=keep,
        cards=cards,
        decisions=_decisions(towns[keep], cards, register, as_of, dataset),
        running=_running(cube, register, filtered),
        missing=() if speaks_published(dataset) else _missing(towns, cube, register, selection.period, keep),
        cube=cube,
    )


def _returns_card(
    dataset: Dataset, cube: Cube, register: Register, target: Target, period: str, keep: Mask | None, limits: Limits
) -> Card:
    indicator = register.indicator(target.indicator)
    when = Period.parse(period)
    whole = measure(cube, indicator, period, target.scope)
    change = growth(cube, indicator, period, target.scope)
    provenance = Provenance.SIMULATED if dataset.manifest.is_simulated else Provenance.SUBMITTED
    part = measure(cube, indicator, period, target.scope, keep) if keep is not None else None
    effect = None
    if keep is not None:
        parts = _contributions(cube, indicator, target, period, register)
        known = keep & ~np.isnan(parts)
        effect = float(parts[known].sum()) if known.any() else None
    trend = tuple(
        Point(text, value, target.scope, "", provenance, breaks=False)
        for text in cube.periods
        if (then := Period.parse(text)).month == when.month and then <= when
        for value in [measure(cube, indicator, text, target.scope, keep).value]
        if value is not None
    )
    return Card(
        target=target,
        indicator=indicator,
        period=period,
        value=whole.value,
        provenance=provenance,
        attainment=judge(whole.value, whole.coverage, target, when, change, limits, is_stock=indicator.kind == "stock"),
        reported=whole.reported,
        expected=whole.expected,
        growth=growth(cube, indicator, period, target.scope, keep) if keep is not None else change,
        trend=trend,
        is_part=part is not None,
        contribution=part.value if part else None,
        contribution_reported=part.reported if part else 0,
        contribution_expected=part.expected if part else 0,
        gap_effect=effect,
    )


def _published_card(dataset: Dataset, register: Register, target: Target, period: str, limits: Limits) -> Card:
    """The card of a target from the published province series; figures of another scope become context only."""
    indicator = register.indicator(target.indicator)
    series = published.read_series(dataset.table("published"), indicator.id)
    found, context = published.pick(series, indicator.kind == "stock", Period.parse(period))
    points = published.trend(series)
    if found is None:
        silent = Attainment(Status.NO_DATA, "not_reported")
        return Card(target, indicator, period, None, Provenance.PUBLISHED, silent, 0, 0, trend=points, context=context)
    is_stock = indicator.kind == "stock"
    attainment = judge(found.value, None, target, Period.parse(found.period), None, limits, is_stock=is_stock)
    if Period.parse(found.period).year < target.due.year:
        # The target year is over and its figure was not published: older figures give a distance, never a verdict.
        attainment = Attainment(Status.NO_DATA, "target_year_missing", attainment.share, attainment.gap)
    return Card(
        target=target,
        indicator=indicator,
        period=found.period,
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


def _contributions(
    cube: Cube, indicator: Indicator, target: Target, period: str, register: Register
) -> attribution.Values:
    scope = cube.in_scope(target.scope, period)
    if indicator.numerator and indicator.denominator:
        above, below = cube.of(indicator.numerator, period), cube.of(indicator.denominator, period)
        return attribution.of_ratio(above, below, scope, target.base_value)
    base_year = f"{register.rule('attribution_base_year').base_value:.0f}"
    return attribution.of_sum(cube.of(indicator.id, period), cube.of(indicator.id, base_year), scope, target.base_value)


def gap_parts(briefing: Briefing, register: Register, target_id: str) -> GapParts | None:
    """Split the gap of one target over the selected towns; None where nothing can be split.

    That is where there are no returns, and for periods the target says nothing of: within a year, after its due year.
    """
    card = briefing.card(target_id)
    period = Period.parse(briefing.selection.period)
    if not period.is_full_year or period.year > card.target.due.year:
        return None
    towns = briefing.dataset.towns
    parts = _contributions(briefing.cube, card.indicator, card.target, briefing.selection.period, register)
    known = briefing.keep & ~np.isnan(parts)
    if not known.any():
        return None
    by_town, rest = attribution.by_town(parts, towns["town_code"], briefing.keep)
    by_prefecture = attribution.by_group(parts, towns["prefecture_adcode"], briefing.keep)
    return GapParts(
        card=card,
        total=float(parts[known].sum()),
        by_prefecture=by_prefecture,
        by_class=attribution.by_group(parts, towns["industry_class"], briefing.keep),
        by_town=by_town,
        rest_count=rest,
        per_town=pd.Series(parts[known], index=towns["town_code"].astype("str").to_numpy()[known]),
        per_prefecture=by_prefecture.set_index("key")["value"],
        names_zh=dict(zip(towns["town_code"], towns["name_zh"], strict=True)),
        names_en=dict(zip(towns["town_code"], towns["name_en"], strict=True)),
        base_year=f"{register.rule('attribution_base_year').base_value:.0f}",
    )


def growth_parts(briefing: Briefing, register: Register, target_id: str) -> GrowthParts | None:
    """Growth on the same period a year before by prefecture and class; None where no group can be compared."""
    card = briefing.card(target_id)
    towns, period, scope = briefing.dataset.towns, briefing.selection.period, card.target.scope

    def split(column: str) -> pd.DataFrame:
        groups = towns[column].astype("str").to_numpy()
        rows = {
            key: change
            for key in sorted(set(groups[briefing.keep]))
            if (change := growth(briefing.cube, card.indicator, period, scope, briefing.keep & (groups == key)))
            is not None
        }
        frame = pd.DataFrame({"key": list(rows), "value": list(rows.values())})
        return frame.sort_values(["value", "key"], ascending=[False, True], ignore_index=True)

    parts = GrowthParts(card, card.growth, split("prefecture_adcode"), split("industry_class"))
    return parts if len(parts.by_prefecture) else None


def _decisions(
    towns: pd.DataFrame, cards: tuple[Card, ...], register: Register, as_of: date, dataset: Dataset
) -> tuple[Decision, ...]:
    """What waits for a decision, overdue first. Published lists are too old to say anything of today's clocks."""
    found: list[Decision] = []
    if not speaks_published(dataset):
        rule = register.rule("creation_clock")
        clock = lifecycle.creation_clock(towns, int(rule.base_value), as_of)
        found += decisions.of_clock(clock, int(register.rule("decision_horizon").base_value), rule.clause)
    for card in cards:
        if card.attainment.reason == "low_coverage":
            found.append(
                Decision(
                    "low_coverage",
                    card.target.clause,
                    card.expected - card.reported,
                    total=card.expected,
                    subject=card.target.id,
                )
            )
    unanswered = [card for card in cards if card.status is Status.NO_DATA]
    if unanswered:
        found.append(Decision("no_data", unanswered[0].target.clause, len(unanswered), total=len(cards)))
    for card in cards:
        if card.target.sense == "about" and card.status is Status.ACHIEVED and (card.attainment.gap or 0) < 0:
            found.append(Decision("own_tolerance", card.target.clause, subject=card.target.id))
    return tuple(found)


def _missing(towns: pd.DataFrame, cube: Cube, register: Register, period: str, keep: Mask) -> tuple[Silent, ...]:
    """Selected towns on the list at the period's end with headline indicators missing, the quietest first."""
    headline = {target.indicator for target in register.targets.values()}
    reported = [
        name
        for name in headline
        if register.indicator(name).origin_of_value == "returns" and not register.indicator(name).is_ratio
    ]
    gaps = np.sum([np.isnan(cube.of(name, period)) for name in reported], axis=0)
    return decisions.silent_towns(towns, np.where(keep & cube.in_scope("province", period), gaps, 0), len(reported))


def _running(cube: Cube, register: Register, keep: Mask | None) -> tuple[Running, ...]:
    """The newest year-to-date period, for the money targets."""
    partial = [text for text in cube.periods if not Period.parse(text).is_full_year]
    if not partial:
        return ()
    period = max(partial, key=Period.parse)
    figures = []
    for target in register.targets.values():
        if target.rank == "money":
            indicator = register.indicator(target.indicator)
            measured = measure(cube, indicator, period, target.scope, keep)
            change = growth(cube, indicator, period, target.scope, keep)
            figures.append(Running(indicator, period, measured.value, change, measured.reported, measured.expected))
    return tuple(figures)


def town_table(briefing: Briefing, register: Register, *, everything: bool = False) -> pd.DataFrame:
    """The selected towns with every indicator of the period as columns (base units, NaN where not reported).

    Args:
        everything: all towns of the data set, whatever the filters say.
    """
    rows = np.ones_like(briefing.keep) if everything else briefing.keep
    columns = {
        name: briefing.cube.of(name, briefing.selection.period)[rows]
        for name in register.indicators
        if name != "named_town_count"
    }
    return pd.concat([briefing.dataset.towns[rows].reset_index(drop=True), pd.DataFrame(columns)], axis=1)
