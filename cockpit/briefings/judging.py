"""Targets: attribution, depth, parts, and what is to be said of them."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from cockpit.analysis import briefing as compute
from cockpit.analysis.briefing import AreaValue, Depth, GapParts, GrowthParts, Parts, Record, Statement
from cockpit.analysis.briefing.alerts import PROVINCE
from cockpit.analysis.briefing.parts import By, Reason, What
from cockpit.analysis.briefing.statement import Raised
from cockpit.analysis.selection import Selection
from cockpit.briefings.alerting import answered, known_alerts
from cockpit.briefings.desks import Desk, brief, open_desk
from cockpit.briefings.listing import Extensions, logged_extensions, waiting
from cockpit.briefings.supervising import all_matters
from cockpit.datasets.decisions.log import LogUnavailable
from cockpit.units import Period


@lru_cache(maxsize=256)
def gap_parts(desk: Desk, selection: Selection, as_of: date, target_id: str) -> GapParts | None:
    """Attribution of one target for one selection."""
    return compute.gap_parts(brief(desk, selection, as_of), desk.of(selection).register, target_id)


@lru_cache(maxsize=256)
def growth_parts(desk: Desk, selection: Selection, as_of: date, target_id: str) -> GrowthParts | None:
    """Growth by group of one target's indicator for one selection."""
    return compute.growth_parts(brief(desk, selection, as_of), desk.of(selection).register, target_id)


@lru_cache(maxsize=256)
def target_depth(desk: Desk, selection: Selection, as_of: date, target_id: str) -> Depth:
    """One target in depth for one selection."""
    briefing = brief(desk, selection, as_of)
    record = None if compute.speaks_published(desk.dataset) else past_record(desk, Period.parse(selection.period).year)
    return compute.target_depth(briefing, desk.of(selection).register, target_id, record)


@lru_cache(maxsize=32)
def past_record(desk: Desk, until: int) -> Record:
    """How earlier forecasts of all targets came out by a year."""
    return compute.past_record(desk.cube, desk.register, until)


@lru_cache(maxsize=512)
def target_parts(desk: Desk, selection: Selection, as_of: date, target_id: str, what: What, by: By) -> Parts | Reason:
    """Level, change or gap of one target split over one selection, or why it cannot be."""
    return compute.target_parts(brief(desk, selection, as_of), desk.of(selection).register, target_id, what, by)


def statement(desk: Desk, selection: Selection, as_of: date, target_id: str) -> Statement:
    """The facts of what is to be said of one target for one selection, the decision log's extensions among them."""
    told = _alerts_of(desk, selection, target_id)
    return _statement(desk, selection, as_of, target_id, logged_extensions(desk.dataset.name), told)


def _alerts_of(desk: Desk, selection: Selection, target_id: str) -> tuple[Raised, ...]:
    """What is on record of a target's alerts: of the whole province, the period they are judged by and the version that
    is current; none while the record cannot be read."""
    name = desk.dataset.name
    is_current = open_desk(name).dataset is desk.dataset
    if not (selection.scope.is_all and is_current and selection.period == desk.choices.default_period):
        return ()
    try:
        known, in_hand = known_alerts(name), answered(all_matters().of_dataset(name).matters)
    except LogUnavailable:
        return ()
    rules, end = desk.register.alerts, f"|{PROVINCE}|{target_id}"
    return tuple(
        Raised(rules[rule].label, item.since, tuple((one.id, one.due) for one in in_hand.get(key, ())))
        for key, item in known.items()
        if item.is_open and key.endswith(end) and (rule := key.partition("|")[0]) in rules
    )


@lru_cache(maxsize=256)
def _statement(
    desk: Desk, selection: Selection, as_of: date, target_id: str, logged: Extensions, alerts: tuple[Raised, ...]
) -> Statement:
    asked = (desk, selection, as_of, target_id)
    briefing = waiting(desk, selection, as_of, logged)
    return compute.statement(
        briefing,
        desk.of(selection).register,
        target_id,
        target_depth(*asked),
        gap_parts(*asked),
        growth_parts(*asked),
        alerts,
    )


@lru_cache(maxsize=64)
def areas(desk: Desk, selection: Selection, as_of: date, target_id: str) -> tuple[AreaValue, ...]:
    """Every prefecture's figure beside what a target expected of it; empty where nothing can be attributed."""
    parts = gap_parts(desk, selection, as_of, target_id)
    return () if parts is None else compute.area_values(parts)
