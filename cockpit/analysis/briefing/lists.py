"""List management of one dataset version: clocks, grades, stars and checks of every town, computed together.

Pure; part of `briefing`. Facts are those of the day `as_of`, figures those of `year`. What the decision log holds comes
in as plain values, so that nothing cached here outlives an entry.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from cockpit.analysis import list_facts as facts
from cockpit.analysis.briefing.cards import speaks_published
from cockpit.analysis.lifecycle import SECTIONS, Clock, Horizons, Section, Windows, read_clock, section_of
from cockpit.analysis.measures import Cube, Mask, status_at
from cockpit.analysis.risk import Borders, Grade, Suggestion, grade, suggest
from cockpit.analysis.star_rating import Rating, Standing, rate
from cockpit.datasets.store.loading import Dataset
from cockpit.days import parse_span
from cockpit.policy.list_records import Signal, StarRule
from cockpit.policy.register import Register
from cockpit.units import Period
from cockpit.vocabulary import LIST_STATUSES, Risk, Stage, Text

CheckName = Literal["lines", "estate", "green", "area", "plan", "output"]
# Each check with the signals it looks at, and the list statuses it binds.
CHECKS: Final[dict[CheckName, tuple[tuple[Signal, ...], tuple[str, ...]]]] = {
    "lines": (("line_breach_count",), ("named", "creating")),
    "estate": (("estate_breach_count", "residential_share"), ("named", "creating")),
    "green": (("green_cover_share",), ("named", "creating")),
    "area": (("area_km2",), ("named", "creating")),
    "plan": (("plan_cover_count",), ("named",)),
    "output": (("specialty_output_share",), ("named",)),
}
# Stages that wait for a person, as the wall, the to-do list and the head of the queue count them.
WAITING: Final = (Stage.OVER, Stage.ENDING, Stage.DUE, Stage.EXTENDED, Stage.UNKNOWN_DATE)
_WEIGHT: Final = (Risk.HIGH, Risk.PENDING, Risk.MEDIUM, Risk.LOW)


@dataclass(frozen=True)
class Place:
    """Who a town is."""

    code: str
    name: Text
    county: Text
    county_code: str


@dataclass(frozen=True)
class CreatingTown:
    """A town being created: its clock and, once the five years are over, its grade.

    `section` is its place in the queue, None when it is not yet watched.
    """

    place: Place
    created_on: str
    clock: Clock
    grade: Grade | None
    suggestion: Suggestion
    is_extended_by_log: bool = False
    section: Section | None = None


@dataclass(frozen=True)
class NamedTown:
    """A named town with its stars; `plan_ends_on` is the last day of the plan in force, "" for none."""

    place: Place
    named_on: str
    rating: Rating
    plan_ends_on: str


@dataclass(frozen=True)
class Check:
    """One norm of the bottom lines over the towns it binds: who breaks it, of whom it is not known."""

    name: CheckName
    clause: str
    is_in_principle: bool
    broken: tuple[str, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Lists:
    """List management of the selected towns. `missing` are towns with a check that cannot be told.

    Published lists are too old to say anything of today: `is_current` is False and there are counts only.
    """

    is_current: bool
    as_of: date
    year: str
    counts: Mapping[str, int]
    creating: tuple[CreatingTown, ...]
    named: tuple[NamedTown, ...]
    checks: tuple[Check, ...]
    missing: tuple[str, ...]
    figures: Mapping[str, Mapping[Signal, float | None]]
    windows: Windows
    horizons: Horizons

    @property
    def queue(self) -> tuple[CreatingTown, ...]:
        """Towns at or near their line, those coming included: by section, line, weight of the grade."""
        return tuple(sorted((town for town in self.creating if town.section), key=by_deadline))

    @property
    def waiting(self) -> tuple[CreatingTown, ...]:
        """The towns of the queue whose full term is over or cannot be told; those that only come near are not among."""
        return tuple(town for town in self.queue if town.clock.stage in WAITING)

    def town(self, code: str) -> CreatingTown | NamedTown | None:
        """The town of this code, None when it is neither being created nor named."""
        every: tuple[CreatingTown | NamedTown, ...] = (*self.creating, *self.named)
        return next((town for town in every if town.place.code == code), None)


def by_deadline(town: CreatingTown) -> tuple[int, date, int, str]:
    """Order of the queue."""
    section = SECTIONS.index(town.section) if town.section else len(SECTIONS)
    return section, town.clock.deadline or date.max, weight_of(town), town.place.code


def weight_of(town: CreatingTown) -> int:
    """0 for the heaviest grade; a town without one comes last."""
    return _WEIGHT.index(town.grade.grade) if town.grade else len(_WEIGHT)


def read_horizons(register: Register) -> Horizons:
    return Horizons(int(register.rule("queue_near").base_value), int(register.rule("queue_next").base_value))


def read_windows(register: Register) -> Windows:
    return Windows(
        full_years=register.rule("creation_clock").base_value,
        watch_years=register.rule("early_watch").base_value,
        notice_days=int(register.rule("decision_horizon").base_value),
    )


def read_borders(register: Register) -> Borders:
    return Borders(register.rule("risk_medium_from").base_value, register.rule("risk_high_from").base_value)


def town_figures(
    dataset: Dataset, cube: Cube, register: Register, year: str, as_of: date
) -> dict[str, dict[Signal, float | None]]:
    """Every signal of every town, None where it is not known."""
    towns, codes = dataset.towns, cube.towns
    land, plans = dataset.table("land"), dataset.table("plans")
    construction = facts.land_of(land, "construction", year)
    inspections = dataset.table("inspections")
    when = int(year) if year else as_of.year
    money = {
        Period.parse(text).year: cube.of("fixed_asset_investment_yuan", text)
        for text in cube.periods
        if Period.parse(text).is_full_year
    }
    since = {
        str(code): span[0].year
        for code, created in zip(towns["town_code"], towns["created_on"], strict=True)
        if (span := parse_span(created))
    }
    sums, partial = facts.invested(money, codes, since, when)
    per_mu = facts.ratios(sums, construction)
    # A sum that lacks years only grows: what already keeps the norm is known, what does not is open.
    norms = [rule for rule in register.risk.values() if rule.signal == "investment_per_mu_yuan"]
    per_mu = {
        code: value
        for code, value in per_mu.items()
        if code not in partial or all(rule.is_kept(value) for rule in norms)
    }
    by_signal: dict[Signal, Mapping[str, float]] = {
        "residential_share": facts.ratios(facts.land_of(land, "residential", year), construction),
        "line_breach_count": facts.breach_counts(inspections, facts.CONTROL_LINES, as_of),
        "estate_breach_count": facts.breach_counts(inspections, facts.REAL_ESTATE, as_of),
        "investment_per_mu_yuan": per_mu,
        "poor_assessment_years": facts.poor_years(dataset.table("assessments"), when),
        "plan_pace_share": facts.plan_pace(plans, money, codes, when),
        "plan_cover_count": facts.plan_covers(plans, codes, as_of),
        "area_km2": _known(codes, towns["area_km2"].to_numpy(dtype=float)),
    }
    returned: tuple[Signal, ...] = (
        "specialty_investment_share",
        "specialty_output_share",
        "green_cover_share",
        "tax_per_mu_yuan",
    )
    for signal in returned:
        by_signal[signal] = _known(codes, cube.of(signal, year))
    return {code: {signal: values.get(code) for signal, values in by_signal.items()} for code in codes}


def _known(codes: tuple[str, ...], values: npt.NDArray[np.float64]) -> dict[str, float]:
    return {code: float(value) for code, value in zip(codes, values, strict=True) if not np.isnan(value)}


def _checks(
    figures: Mapping[str, Mapping[Signal, float | None]], statuses: Mapping[str, str], norms: Mapping[Signal, StarRule]
) -> tuple[Check, ...]:
    found = []
    for name, (signals, bound) in CHECKS.items():
        rules = [norms[signal] for signal in signals]
        broken, unknown = [], []
        for code, status in statuses.items():
            if status not in bound:
                continue
            values = [figures[code][signal] for signal in signals]
            if any(value is not None and not rule.is_kept(value) for rule, value in zip(rules, values, strict=True)):
                broken.append(code)
            elif any(value is None for value in values):
                unknown.append(code)
        gentle = all(rule.force == "in_principle" for rule in rules)
        found.append(Check(name, rules[0].clause, gentle, tuple(broken), tuple(unknown)))
    return tuple(found)


def town_lists(
    dataset: Dataset,
    cube: Cube,
    register: Register,
    year: str,
    as_of: date,
    logged: Mapping[str, date],
    clocks: Register,
) -> Lists:
    """Compute list management of all towns but for the stars of the named ones, see `with_stars`.

    Args:
        register: with the values of the year the figures are of.
        clocks: with those of the year of `as_of`, the day the clocks are read.
        logged: town -> last day of an extension recorded in the decision log.
    """
    towns = dataset.towns
    windows, borders, horizons = read_windows(clocks), read_borders(register), read_horizons(clocks)
    if speaks_published(dataset):
        return Lists(False, as_of, year, {}, (), (), (), (), {}, windows, horizons)
    figures = town_figures(dataset, cube, register, year, as_of)
    # An extension in the log is newer than the register's.
    ends = {**facts.extension_ends(dataset.table("extensions"), as_of), **logged}
    creating: list[CreatingTown] = []
    for place, created_on in _of_status(towns, "creating", "created_on"):
        clock = read_clock(created_on, ends.get(place.code), windows, as_of)
        graded = grade(figures[place.code], register.risk.values(), borders) if clock.is_reached else None
        hint = suggest(clock.stage, graded.grade if graded else None)
        section = section_of(clock, horizons, as_of)
        creating.append(CreatingTown(place, created_on, clock, graded, hint, place.code in logged, section))
    statuses = dict(zip(towns["town_code"].astype("str"), towns["list_status"].astype("str"), strict=True))
    norms = {rule.signal: rule for rule in register.stars.values() if rule.signal}
    return Lists(
        is_current=True,
        as_of=as_of,
        year=year,
        counts={},
        creating=tuple(creating),
        named=(),
        checks=_checks(figures, statuses, norms),
        missing=(),
        figures=figures,
        windows=windows,
        horizons=horizons,
    )


def with_stars(lists: Lists, dataset: Dataset, register: Register, standings: Mapping[str, Standing]) -> Lists:
    """The lists with the named towns and their stars; most of a page's readers need none, and they are dear.

    Args:
        standings: stars by index of each town, see `briefing.stars`; those of another year than the lists' rate nobody.
    """
    if not lists.is_current:
        return lists
    plan_ends = facts.plan_ends(dataset.table("plans"), lists.as_of)
    named: list[NamedTown] = []
    for place, named_on in _of_status(dataset.towns, "named", "named_on"):
        standing = standings.get(place.code)
        is_fresh = standing is not None and str(standing.year) == lists.year
        rating = rate(standing if is_fresh else None, lists.figures[place.code], register.stars.values())
        named.append(NamedTown(place, named_on, rating, plan_ends.get(place.code, "")))
    return replace(lists, named=tuple(named))


def _of_status(towns: pd.DataFrame, status: str, dated: str) -> Iterator[tuple[Place, str]]:
    """Towns of a list status with what a column of dates holds, "" for nothing."""
    rows = towns[towns["list_status"] == status]
    names = ("name_zh", "name_en", "county_zh", "county_en")
    codes = (rows[name].astype("str") for name in ("town_code", "county_adcode"))
    for code, county_code, zh, en, county_zh, county_en, day in zip(
        *codes, *(rows[name] for name in names), rows[dated], strict=True
    ):
        yield Place(code, Text(zh, en), Text(county_zh, county_en), county_code), day if isinstance(day, str) else ""


def list_history(dataset: Dataset) -> pd.DataFrame:
    """How many towns the list is known to hold by status at each year's end: one row a year, one column a status.

    From the first entry of the history to its last year; a town counts with what was last known of it, which says
    nothing of the years since.
    """
    history = dataset.table("list_history")
    if not len(history):
        return pd.DataFrame(columns=list(LIST_STATUSES))
    years = history["effective_on"].astype("str").str[:4].astype(int)
    periods = tuple(str(year) for year in range(years.min(), years.max() + 1))
    status = status_at(history, tuple(dataset.towns["town_code"].astype("str")), periods)
    return pd.DataFrame({name: (status == name).sum(axis=1) for name in LIST_STATUSES}, index=list(periods))


def select_lists(whole: Lists, towns: pd.DataFrame, keep: Mask) -> Lists:
    """The part of the selected towns; grades and stars do not change with a filter."""
    chosen = towns[keep]
    kept = set(chosen["town_code"].astype("str"))
    checks = tuple(
        Check(
            check.name,
            check.clause,
            check.is_in_principle,
            tuple(code for code in check.broken if code in kept),
            tuple(code for code in check.unknown if code in kept),
        )
        for check in whole.checks
    )
    missing = {code for check in checks for code in check.unknown}
    return Lists(
        is_current=whole.is_current,
        as_of=whole.as_of,
        year=whole.year,
        counts={str(status): int(count) for status, count in chosen["list_status"].value_counts().items()},
        creating=tuple(town for town in whole.creating if town.place.code in kept),
        named=tuple(town for town in whole.named if town.place.code in kept),
        checks=checks,
        missing=tuple(sorted(missing)),
        figures={code: values for code, values in whole.figures.items() if code in kept},
        windows=whole.windows,
        horizons=whole.horizons,
    )
