"""Best practice (案例): what was done where, its figure before and after, and who could learn from it.

Pure; part of `briefing`. A case tells what a figure did, never that the measure did it: beside it stands what towns of
the same class did over the same years.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd

from cockpit.analysis.boundary_changes import BoundaryChange, between, is_per_area
from cockpit.analysis.measures import Cube, Values
from cockpit.days import first_day
from cockpit.policy.records import Indicator
from cockpit.policy.register import Register
from cockpit.units import Period

Changes = Mapping[str, tuple[BoundaryChange, ...]]
KIND: Final = "best_practice"
_LEARNERS: Final = 5
_FEWEST: Final = 3  # towns of a class below which no median is told
# Figures told beside the case's own, where both ends are known.
_BESIDE: Final = ("total_output_yuan", "tax_revenue_yuan", "high_tech_firm_count", "staff_count", "rd_expense_yuan")


@dataclass(frozen=True)
class Change:
    """A figure at both ends, base unit; None where it was not reported. `is_broken`: the two do not compare."""

    indicator: Indicator
    before: float | None
    after: float | None
    is_broken: bool = False

    @property
    def growth(self) -> float | None:
        """Relative change; of a share the difference. None without both ends, or from zero."""
        if self.before is None or self.after is None or self.is_broken:
            return None
        if self.indicator.unit == "share":
            return self.after - self.before
        return self.after / self.before - 1 if self.before > 0 else None


@dataclass(frozen=True)
class Point:
    """A year of a case's course: the town's figure and the median of its class, first year of the case = 100."""

    year: int
    own: float | None
    peers: float | None


@dataclass(frozen=True)
class Learner:
    """A town that could learn: of the same class, grown least over the same years."""

    code: str
    growth: float


@dataclass(frozen=True)
class Case:
    """One case. `course` are full years from three before the case to its end; `peers` the growth of the class's median
    town, None where fewer than three other towns tell. `broken_on`: a boundary changed
    in between, so that a figure per area is two series: no growth is told then, of the town or of others."""

    key: str
    code: str
    name: str
    field: str
    done: str
    since: str
    start: Period
    end: Period
    own: Change
    peers: float | None
    others: tuple[Change, ...]
    course: tuple[Point, ...]
    broken_on: date | None
    followers: tuple[str, ...]
    learners: tuple[Learner, ...]

    @property
    def began(self) -> int:
        """The year it was begun in."""
        day = first_day(self.since)
        return day.year if day else self.start.year


def cases(
    entries: pd.DataFrame,
    towns: pd.DataFrame,
    cube: Cube,
    register: Register,
    codes: frozenset[str],
    seen: frozenset[str],
    changes: Changes,
) -> tuple[Case, ...]:
    """The cases of a version, the newest first.

    Args:
        entries: rows of the kind `best_practice`.
        cube: as its reader is told of it; no median of too few others.
        codes: towns of the selection: their cases are told, and they are who could learn.
        seen: towns the reader may see at all, for who follows.
        changes: boundary changes by town.
    """
    classes = dict(zip(towns["town_code"].astype(str), towns["industry_class"].astype(str), strict=True))
    rows = [row for row in entries.to_dict("records") if str(row["town_code"]) in codes]
    found = [_case({str(k): v for k, v in row.items()}, classes, cube, register, codes, seen, changes) for row in rows]
    known = [case for case in found if case is not None]
    return tuple(sorted(known, key=lambda case: (case.since, case.key), reverse=True))


def _case(
    row: Mapping[str, Any],
    classes: Mapping[str, str],
    cube: Cube,
    register: Register,
    codes: frozenset[str],
    seen: frozenset[str],
    changes: Changes,
) -> Case | None:
    name = str(row["indicator"])
    if name not in register.indicators:
        return None
    indicator, code = register.indicators[name], str(row["town_code"])
    start, end = Period.parse(str(row["from"])), Period.parse(str(row["to"]))
    growths = _growths(cube, indicator, start, end)
    broken: dict[str, date] = {}
    if is_per_area(indicator):
        broken = {town: found[0].day for town, every in changes.items() if (found := between(every, start, end))}
        growths = np.where(np.isin(cube.towns, list(broken)), np.nan, growths)
    at = cube.towns.index(code)
    same = np.array([classes[town] == classes[code] for town in cube.towns]) & ~np.isnan(growths)
    same[at] = False
    written = "" if pd.isna(row["followers"]) else str(row["followers"])
    followers = tuple(part for part in re.split(r"[,，、;；\s]+", written) if part in seen)
    learners = [
        Learner(cube.towns[place], float(growths[place]))
        for place in np.argsort(growths)
        if same[place] and cube.towns[place] in codes and cube.towns[place] not in followers
    ]
    return Case(
        key=f"{code}.{row['name']}",
        code=code,
        name=str(row["name"]),
        field=str(row["field"]),
        done=str(row["done"]),
        since=str(row["since"]),
        start=start,
        end=end,
        own=replace(_change(cube, indicator, code, start, end), is_broken=code in broken),
        peers=float(np.median(growths[same])) if same.sum() >= _FEWEST and not cube.hides(same) else None,
        others=tuple(
            _change(cube, register.indicators[other], code, start, end)
            for other in _BESIDE
            if other != name and other in register.indicators
        ),
        course=_course(cube, indicator, at, same, start, end),
        broken_on=broken.get(code),
        followers=followers,
        learners=tuple(learners[:_LEARNERS]),
    )


def _change(cube: Cube, indicator: Indicator, code: str, start: Period, end: Period) -> Change:
    at = cube.towns.index(code)
    before, after = (float(cube.of(indicator.id, str(period))[at]) for period in (start, end))
    return Change(indicator, None if np.isnan(before) else before, None if np.isnan(after) else after)


def _growths(cube: Cube, indicator: Indicator, start: Period, end: Period) -> Values:
    before, after = (cube.of(indicator.id, str(period)) for period in (start, end))
    if indicator.unit == "share":
        return np.asarray(after - before)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(before > 0, after / before - 1, np.nan)


def _course(cube: Cube, indicator: Indicator, at: int, same: Any, start: Period, end: Period) -> tuple[Point, ...]:
    """Index of the town and of its class by year, the year before the case = 100."""
    base = cube.of(indicator.id, str(start))
    found = []
    for year in range(start.year - 3, end.year + 1):
        values = cube.of(indicator.id, str(year))
        with np.errstate(divide="ignore", invalid="ignore"):
            index = np.where(base > 0, 100 * values / base, np.nan)
        others = index[same & ~np.isnan(index)]
        own = float(index[at])
        found.append(
            Point(
                year,
                None if np.isnan(own) else own,
                float(np.median(others)) if len(others) >= _FEWEST and not cube.hides(same) else None,
            )
        )
    return tuple(found)
