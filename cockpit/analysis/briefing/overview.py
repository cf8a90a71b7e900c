"""The briefing of one selection: the cards, what waits for a decision, who is silent, the running year.

Pure; part of `briefing`: dataset, register, selection and day come in.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache

import numpy as np
import pandas as pd

from cockpit.analysis import decisions
from cockpit.analysis.briefing.cards import Card, published_card, read_limits, returns_card, speaks_published
from cockpit.analysis.decisions import Decision, Silent
from cockpit.analysis.elements import figures
from cockpit.analysis.measures import Cube, Mask, Measured, build_cube, growth, measure
from cockpit.analysis.selection import Choices, Selection, offer, select_towns, towns_in
from cockpit.datasets.store.loading import Dataset
from cockpit.policy.elements import STATED
from cockpit.policy.records import Indicator
from cockpit.policy.register import Register
from cockpit.units import Period, reaches
from cockpit.vocabulary import Status


@dataclass(frozen=True)
class Running:
    """A figure of the current year with its growth on the same period a year before; no target, so no verdict.

    `arriving` is a newer period too few have reported yet, with how many of how many have; "" where there is none.
    """

    indicator: Indicator
    period: str
    value: float | None
    growth: float | None
    reported: int
    expected: int
    arriving: str = ""
    arrived: int = 0
    awaited: int = 0


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

    @cached_property
    def seen(self) -> frozenset[str]:
        """Codes of the towns the reader may see at all; what is picked by name or code is picked from these."""
        towns = self.dataset.towns
        return frozenset(towns.loc[towns_in(towns, self.selection.scope), "town_code"].astype("str"))

    def card(self, target_id: str) -> Card:
        return next(card for card in self.cards if card.target.id == target_id)

    @property
    def due_year(self) -> int:
        """The year the set of targets is due."""
        return max(card.target.due.year for card in self.cards)

    def tally(self) -> dict[Status, int]:
        """How many cards stand where, in the order of the statuses."""
        counts = {status: sum(card.status is status for card in self.cards) for status in Status}
        return {status: count for status, count in counts.items() if count}

    def is_simulated(self) -> bool:
        return self.dataset.manifest.is_simulated


def cube_of(dataset: Dataset, register: Register) -> Cube:
    returns, land, history = (dataset.table(name) for name in ("returns", "land", "list_history"))
    counted = figures(element_tables(dataset, register), register, sorted(set(returns["period"].astype(str))))
    return build_cube(dataset.towns, returns, land, history, register, counted)


def element_tables(dataset: Dataset, register: Register) -> dict[str, pd.DataFrame]:
    """Every table of elements of a version, those without entries among them."""
    return {name: dataset.table(name) for name in (STATED, *(k.table for k in register.elements.kinds.values()))}


def choices_of(dataset: Dataset, cube: Cube, register: Register) -> Choices:
    """What the filters offer. Published data offer the full years in which a target's indicator was published."""
    if not speaks_published(dataset):
        periods = [Period.parse(text) for text in cube.periods]
    else:
        figures = dataset.table("published")
        aimed = {target.indicator for target in register.every_target.values()}
        wanted = figures["indicator"].astype("str").isin(aimed)
        periods = [Period.parse(text) for text in set(figures.loc[wanted, "period"].astype("str"))]
        periods = [period for period in periods if period.is_full_year]
    newest_first = tuple(str(period) for period in sorted(set(periods), reverse=True))
    last = max((period.year for period in periods if period.is_full_year), default=0)
    return offer(
        dataset.towns, newest_first, dataset.manifest.default_period, tuple(register.sets), _first_set(register, last)
    )


def _first_set(register: Register, last: int) -> str:
    """The set shown first: the newest closed or in force that began by the last full year there are figures for."""
    begun = [
        name
        for name, record in register.sets.items()
        if record.state in ("closed", "in_force") and record.since <= last
    ]
    return max(begun, key=lambda name: register.sets[name].due, default=register.target_set)


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
            published_card(dataset, register, target, selection.period, limits) for target in register.targets.values()
        )
    else:
        cards = tuple(
            returns_card(dataset, cube, register, target, selection.period, filtered, limits)
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
        decisions=_decisions(cards),
        running=_running(cube, register, filtered, limits.coverage),
        missing=() if speaks_published(dataset) else _missing(dataset, cube, register, selection.period, keep),
        cube=cube,
    )


def _decisions(cards: tuple[Card, ...]) -> tuple[Decision, ...]:
    """What waits for a decision on the targets; those of the clocks hang on the log and are added by `waiting`."""
    found: list[Decision] = []
    for card in cards:
        if card.attainment.reason in ("low_coverage", "silence"):
            found.append(
                Decision(
                    card.attainment.reason,
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


def _missing(dataset: Dataset, cube: Cube, register: Register, period: str, keep: Mask) -> tuple[Silent, ...]:
    """Selected towns on the list at the period's end with headline indicators missing, the quietest first."""
    return tuple(town for place, town in _silent(dataset, cube, register, period) if keep[place])


@lru_cache(maxsize=64)
def _silent(dataset: Dataset, cube: Cube, register: Register, period: str) -> tuple[tuple[int, Silent], ...]:
    """The same of all towns, with their places in the cube: what every selection of a period shares."""
    headline = {target.indicator for target in register.targets.values()}
    reported = [
        name
        for name in headline
        if register.indicator(name).origin_of_value == "returns" and not register.indicator(name).is_ratio
    ]
    gaps = np.sum([np.isnan(cube.of(name, period)) for name in reported], axis=0)
    due = np.where(cube.in_scope("province", period), gaps, 0)
    places = {code: place for place, code in enumerate(cube.towns)}
    return tuple((places[town.town_code], town) for town in decisions.silent_towns(dataset.towns, due, len(reported)))


def _running(cube: Cube, register: Register, keep: Mask | None, minimum: float) -> tuple[Running, ...]:
    """The newest year-to-date period that enough of the whole province has reported, for the money targets.

    Args:
        minimum: coverage (0-1) a period needs; the first to report do not displace the province's running figure.
    """
    targets = [target for target in register.targets.values() if target.rank == "money"]
    partial = sorted((text for text in cube.periods if not Period.parse(text).is_full_year), key=Period.parse)

    def counts(text: str, mask: Mask | None) -> list[Measured]:
        return [measure(cube, register.indicator(target.indicator), text, target.scope, mask) for target in targets]

    covered = [text for text in partial if all(reaches(item.coverage or 0.0, minimum) for item in counts(text, None))]
    if not covered:
        return ()
    period, newest = covered[-1], partial[-1]
    ahead = counts(newest, keep) if newest != period else []
    figures = []
    for place, (target, measured) in enumerate(zip(targets, counts(period, keep), strict=True)):
        indicator = register.indicator(target.indicator)
        change = growth(cube, indicator, period, target.scope, keep)
        came = (newest, ahead[place].reported, ahead[place].expected) if ahead else ("", 0, 0)
        figures.append(Running(indicator, period, measured.value, change, measured.reported, measured.expected, *came))
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
