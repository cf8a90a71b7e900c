"""Boundary changes (四至调整): where a town's area changed, a figure per area is two series and not one.

Pure. Land in use is reported by period, so a figure per mu is of the area of its day; what cannot be said is a change
of it across the day a new boundary took effect.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd

from cockpit.days import first_day
from cockpit.policy.elements import PREFIX
from cockpit.policy.records import Indicator
from cockpit.units import Period

TABLE: Final = f"{PREFIX}boundary_change"
_PER_AREA: Final = "yuan_per_mu"


@dataclass(frozen=True)
class BoundaryChange:
    """A change on the day it took effect; areas in km2, `before` None where it was not reported."""

    day: date
    before: float | None
    after: float


def boundary_changes(entries: pd.DataFrame) -> Mapping[str, tuple[BoundaryChange, ...]]:
    """Town -> its changes, oldest first, from rows of the kind's table."""
    found: dict[str, list[BoundaryChange]] = {}
    for row in entries.to_dict("records"):
        day = first_day(str(row["on"]))
        if day is not None:
            before = None if pd.isna(row["before"]) else float(row["before"])
            found.setdefault(str(row["town_code"]), []).append(BoundaryChange(day, before, float(row["after"])))
    return {code: tuple(sorted(changes, key=lambda at: at.day)) for code, changes in found.items()}


def is_per_area(indicator: Indicator) -> bool:
    return indicator.unit == _PER_AREA


def between(changes: Iterable[BoundaryChange], start: Period, end: Period) -> tuple[BoundaryChange, ...]:
    """The changes after the end of one period and up to that of a later one: figures per area of the two do not
    compare."""
    return tuple(change for change in changes if start.last_day() < change.day <= end.last_day())
