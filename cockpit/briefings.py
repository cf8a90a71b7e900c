"""Computes each briefing once per (dataset version, selection, day); pages, routes and exports all ask here.

May import analysis, datasets, policy. The caches are bounded, so memory does not grow with visitors.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

import pandas as pd

from cockpit.analysis import briefing as analysis
from cockpit.analysis.attainment import Limits
from cockpit.analysis.briefing import (
    AreaValue,
    Briefing,
    ChainBriefing,
    ChainFacts,
    Chains,
    Depth,
    Freshness,
    GapParts,
    GrowthParts,
    Lists,
    NodeDetail,
    Parts,
    PerMu,
    Profile,
    Province,
    Statement,
    Stop,
    Trial,
    VerdictChange,
    Vitality,
)
from cockpit.analysis.briefing.parts import By, Reason, What
from cockpit.analysis.chain_layout import Arrangement, Frame, Layout
from cockpit.analysis.measures import Cube
from cockpit.analysis.selection import Choices, Selection
from cockpit.datasets import firms, merging, provenance
from cockpit.datasets.decision_log import DecisionLog, Entry, open_log
from cockpit.datasets.loading import Dataset, load
from cockpit.datasets.submissions import Submission, open_submission
from cockpit.policy.register import Register
from cockpit.policy.register import load as load_register
from cockpit.units import Period

SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, eq=False)
class Desk:
    """One loaded dataset version with everything computed from it alone."""

    dataset: Dataset
    register: Register
    cube: Cube
    choices: Choices
    limits: Limits


def today() -> date:
    """The day in Shanghai, the clock every page uses."""
    return datetime.now(SHANGHAI).date()


@lru_cache(maxsize=8)
def _desk(dataset: Dataset) -> Desk:
    # By identity: `load` gives one object a version, and another one when it stands in for a damaged version.
    register = load_register()
    cube = analysis.cube_of(dataset, register)
    return Desk(dataset, register, cube, analysis.choices_of(dataset, cube, register), analysis.read_limits(register))


def open_desk(name: str, version: str | None = None) -> Desk:
    """Return the desk of the current (or the named) version of a dataset.

    Raises:
        DatasetError, RecordError: see `load`.
    """
    return _desk(load(name, version))


@lru_cache(maxsize=256)
def brief(desk: Desk, selection: Selection, as_of: date) -> Briefing:
    """The briefing of one selection; `desk` is compared by identity, which is one per version."""
    return analysis.brief(desk.dataset, desk.cube, desk.register, selection, as_of)


@lru_cache(maxsize=256)
def gap_parts(desk: Desk, selection: Selection, as_of: date, target_id: str) -> GapParts | None:
    """Attribution of one target for one selection."""
    return analysis.gap_parts(brief(desk, selection, as_of), desk.register, target_id)


@lru_cache(maxsize=256)
def growth_parts(desk: Desk, selection: Selection, as_of: date, target_id: str) -> GrowthParts | None:
    """Growth by group of one target's indicator for one selection."""
    return analysis.growth_parts(brief(desk, selection, as_of), desk.register, target_id)


def vitality(desk: Desk, period: str) -> Vitality | None:
    """The vitality index of a period's year; for a part of a year that of the newest full year before it.

    None where there are no returns of a full year. `.index` by town code, `.draws` aligned with it, `.period` the year.
    """
    year = analysis.full_year(desk.cube.periods, period)
    return None if year is None else _vitality(desk, year)


@lru_cache(maxsize=16)
def _vitality(desk: Desk, year: str) -> Vitality | None:
    return analysis.vitality(desk.dataset, desk.cube, desk.register, year)


@lru_cache(maxsize=256)
def vitality_trial(found: Vitality, weights: tuple[tuple[str, float], ...]) -> Trial:
    """Ranks under other weights of the dimensions, given as (dimension, weight)."""
    return analysis.try_weights(found, dict(weights))


@lru_cache(maxsize=256)
def target_depth(desk: Desk, selection: Selection, as_of: date, target_id: str) -> Depth:
    """One target in depth for one selection."""
    return analysis.target_depth(brief(desk, selection, as_of), desk.register, target_id)


@lru_cache(maxsize=512)
def target_parts(desk: Desk, selection: Selection, as_of: date, target_id: str, what: What, by: By) -> Parts | Reason:
    """Level, change or gap of one target split over one selection, or why it cannot be."""
    return analysis.target_parts(brief(desk, selection, as_of), desk.register, target_id, what, by)


@lru_cache(maxsize=256)
def statement(desk: Desk, selection: Selection, as_of: date, target_id: str) -> Statement:
    """The facts of what is to be said of one target for one selection."""
    asked = (desk, selection, as_of, target_id)
    briefing = brief(desk, selection, as_of)
    return analysis.statement(
        briefing, desk.register, target_id, target_depth(*asked), gap_parts(*asked), growth_parts(*asked)
    )


def per_mu(desk: Desk, period: str, land_type: str) -> PerMu:
    """The per-mu evaluation of a period's year (of the newest full year before it) by one land type."""
    return _per_mu(desk, analysis.full_year(desk.cube.periods, period) or period, land_type)


@lru_cache(maxsize=32)
def _per_mu(desk: Desk, year: str, land_type: str) -> PerMu:
    return analysis.per_mu(desk.dataset, desk.cube, desk.register, year, land_type)


@dataclass(frozen=True, eq=False)
class Decided:
    """What the decision log holds of one dataset: entries newest first, refused attempts included.

    `latest` is the newest recorded entry of each town, `extensions` the ends of creation periods extended by it.
    """

    entries: tuple[Entry, ...]
    latest: Mapping[str, Entry]
    extensions: tuple[tuple[str, date], ...]


LOG_LENGTH = 2000
# What a town's newest entry of these kinds says of its period: a later one takes an extension back.
_ON_PERIOD = frozenset({"extend", "terminate", "name", "remove", "correct"})


def decided(dataset: str) -> Decided:
    """The decision log of a dataset, read again whenever it holds a new entry.

    Raises:
        LogUnavailable: the database cannot be used.
    """
    log = open_log()
    return _decided(log, dataset, log.marker(dataset))


@lru_cache(maxsize=16)
def _decided(log: DecisionLog, dataset: str, marker: int) -> Decided:
    entries = log.entries(dataset, limit=LOG_LENGTH)
    newest: dict[str, Entry] = {}
    for entry in entries:
        if entry.outcome == "recorded" and entry.action in _ON_PERIOD:
            newest.setdefault(entry.town_code, entry)
    extensions = sorted((code, entry.until) for code, entry in newest.items() if entry.until)
    return Decided(entries, log.latest(dataset), tuple(extensions))


@lru_cache(maxsize=256)
def town_lists(desk: Desk, selection: Selection, as_of: date, logged: tuple[tuple[str, date], ...] = ()) -> Lists:
    """List management of one selection.

    Args:
        logged: extensions recorded in the decision log (`Decided.extensions`), so that no cache outlives an entry.
    """
    whole = _whole_lists(desk, selection.period, as_of, logged)
    return analysis.select_lists(whole, desk.dataset.towns, brief(desk, selection, as_of).keep)


@lru_cache(maxsize=32)
def _whole_lists(desk: Desk, period: str, as_of: date, logged: tuple[tuple[str, date], ...]) -> Lists:
    index = vitality(desk, period)
    before = vitality(desk, str(Period.parse(index.period).year_before())) if index else None
    if index is None or before is None or before.period == index.period:
        before = None
    year = analysis.full_year(desk.cube.periods, period) or ""
    return analysis.town_lists(
        desk.dataset,
        desk.cube,
        desk.register,
        year,
        as_of,
        dict(logged),
        index.index if index else None,
        index.draws if index else None,
        before.index if before else None,
    )


@lru_cache(maxsize=64)
def areas(desk: Desk, selection: Selection, as_of: date, target_id: str) -> tuple[AreaValue, ...]:
    """Every prefecture's figure beside what a target expected of it; empty where nothing can be attributed."""
    parts = gap_parts(desk, selection, as_of, target_id)
    return () if parts is None else analysis.area_values(brief(desk, selection, as_of), parts)


@lru_cache(maxsize=16)
def tour(desk: Desk, selection: Selection, as_of: date, targets: tuple[str, ...]) -> tuple[Stop, ...]:
    """Every prefecture of the selection by itself, those without towns as well."""
    wanted = selection.prefectures or desk.choices.prefectures
    briefings = {code: brief(desk, replace(selection, prefectures=(code,)), as_of) for code in wanted}
    index = vitality(desk, selection.period)
    return tuple(
        analysis.tour_stop(own, briefings, code, targets, index.index if index else None)
        for code, own in briefings.items()
    )


def list_history(desk: Desk) -> pd.DataFrame:
    """How many towns the list is known to hold by status at each year's end."""
    return analysis.list_history(desk.dataset)


@lru_cache(maxsize=16)
def _chain_facts(desk: Desk, period: str | None) -> ChainFacts:
    return analysis.chain_facts(desk.dataset, desk.register, period)


@lru_cache(maxsize=64)
def _chain_period(desk: Desk, period: str) -> str | None:
    return analysis.chain_period(desk.dataset, period)


def _facts(desk: Desk, selection: Selection) -> ChainFacts:
    return _chain_facts(desk, _chain_period(desk, selection.period))


@lru_cache(maxsize=256)
def chains(desk: Desk, selection: Selection) -> Chains:
    """All industry chains of one selection, most gaps first; firms of the newest full year up to its period."""
    facts = _facts(desk, selection)
    return analysis.chains(facts, facts.keep(selection))


@lru_cache(maxsize=64)
def _arrangement(desk: Desk, chain_id: str) -> Arrangement:
    return analysis.arrangement(desk.register.chains[chain_id])


@lru_cache(maxsize=256)
def chain(desk: Desk, selection: Selection, chain_id: str) -> ChainBriefing:
    """One chain of one selection.

    Raises:
        KeyError: no such chain.
    """
    order = _arrangement(desk, chain_id).nodes
    return analysis.chain_briefing(_facts(desk, selection), chains(desk, selection), chain_id, order)


@lru_cache(maxsize=512)
def chain_node(desk: Desk, selection: Selection, node: str) -> NodeDetail:
    """One node, by its full id (`chain.node`), of one selection.

    Raises:
        KeyError: no such chain or node.
    """
    found = chain(desk, selection, node.partition(".")[0])
    return analysis.node_detail(_facts(desk, selection), chains(desk, selection), found, node)


@lru_cache(maxsize=256)
def chain_layout(desk: Desk, selection: Selection, chain_id: str, frame: Frame) -> Layout:
    """Where the cards and links of a chain stand in a frame (`cockpit.analysis.chain_layout.Frame`).

    Raises:
        KeyError: no such chain.
    """
    return analysis.chain_layout(chain(desk, selection, chain_id), _arrangement(desk, chain_id), frame)


@lru_cache(maxsize=256)
def firm_page(desk: Desk, query: firms.FirmQuery, offset: int, limit: int) -> tuple[pd.DataFrame, int]:
    """A page of firms and how many the query finds in all."""
    return firms.page_of(desk.dataset, query, offset, limit), firms.count_of(desk.dataset, query)


@lru_cache(maxsize=8)
def freshness(desk: Desk, as_of: date) -> Freshness | None:
    """Reported, late and missing by indicator and town; None for published data, which no town owes a return."""
    return analysis.freshness(desk.dataset, desk.cube, desk.register, as_of)


@lru_cache(maxsize=8)
def province(desk: Desk, as_of: date, logged: tuple[tuple[str, date], ...] = ()) -> Province:
    """What all town profiles share: `statuses` by town_code, the year of the figures.

    Args:
        logged: extensions recorded in the decision log (`Decided.extensions`), as for `town_lists`.
    """
    selection = Selection(desk.choices.default_period)
    facts = _facts(desk, selection)
    return analysis.province(
        desk.dataset,
        desk.cube,
        desk.register,
        _whole_lists(desk, selection.period, as_of, logged),
        freshness(desk, as_of),
        facts,
        chains(desk, selection),
        as_of,
    )


@lru_cache(maxsize=512)
def town_profile(desk: Desk, town_code: str, as_of: date, logged: tuple[tuple[str, date], ...] = ()) -> Profile:
    """One town from every side; `.for_public()` is what a passer-by may read.

    Raises:
        KeyError: no such town_code.
    """
    return analysis.profile(province(desk, as_of, logged), town_code)


@dataclass(frozen=True, eq=False)
class Review:
    """What a reviewer sees before publishing a submission over a desk's version.

    `totals`: see `analysis.briefing.changes.total_changes`. `verdicts`: target answers that would change, turned ones
    first, for the periods the submission touches, the default period and the years the targets are due.
    """

    submission: Submission
    difference: merging.Diff
    totals: pd.DataFrame
    verdicts: tuple[VerdictChange, ...]


def review(desk: Desk, submission: str, as_of: date) -> Review:
    """Compare a submission with the version of `desk`; publish with `expected_parent=review.difference.parent`.

    Raises:
        DatasetError: no such submission, or its accepted values are damaged.
    """
    delivery = open_submission(desk.dataset.name, submission)
    return Review(delivery, *_review(desk, submission, as_of))


@lru_cache(maxsize=16)
def _review(desk: Desk, submission: str, as_of: date) -> tuple[merging.Diff, pd.DataFrame, tuple[VerdictChange, ...]]:
    # Files of a submission never change; its log does, and is read outside.
    delivery = open_submission(desk.dataset.name, submission)
    difference = merging.diff(desk.dataset, delivery)
    after = merging.preview(desk.dataset, delivery)
    cube = analysis.cube_of(after, desk.register)
    cells = frozenset(zip(difference.cells["period"].astype("str"), difference.cells["indicator"], strict=True))
    totals = analysis.total_changes((desk.dataset.towns, desk.cube), (after.towns, cube), desk.register, cells)
    due = {str(target.due.year) for target in desk.register.targets.values()}
    periods = {period for period, _ in cells} | {desk.choices.default_period} | due
    newest_first = tuple(sorted(periods, key=Period.parse, reverse=True))
    verdicts = analysis.verdict_changes((desk.dataset, desk.cube), (after, cube), desk.register, newest_first, as_of)
    return difference, totals, verdicts


def trace(desk: Desk, town_code: str, period: str, indicator: str) -> provenance.Trace:
    """Where a town's figure comes from, down to the cells of its parts.

    Raises:
        RecordError: unknown indicator. KeyError: unknown town.
    """
    if town_code not in desk.cube.towns:
        raise KeyError(town_code)
    place = desk.cube.towns.index(town_code)

    def value_of(name: str) -> float | None:
        value = float(desk.cube.of(name, period)[place])
        return None if value != value else value

    return provenance.trace(desk.dataset, desk.register, town_code, period, indicator, value_of)
