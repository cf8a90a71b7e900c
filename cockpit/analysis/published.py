"""Published province figures: the one that is like for like with a target, its neighbours of other scopes, the trend.

Pure. A figure of another set of towns is context, never a value; a change of the set breaks the line.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from cockpit.texts import written
from cockpit.units import Period
from cockpit.vocabulary import Provenance


@dataclass(frozen=True)
class Point:
    """One point of a trend. `breaks` says that it cannot be joined to the point before: another set of towns."""

    period: Period
    value: float
    scope: str
    scope_written: str
    provenance: Provenance
    breaks: bool


@dataclass(frozen=True)
class Published:
    """One published figure in base unit, as the source says it."""

    value: float
    unit: str
    period: Period
    scope: str
    scope_written: str
    provenance: Provenance
    qualifier: str
    is_target_scope: bool
    source_ids: tuple[str, ...]
    note: str


def read_series(published: pd.DataFrame, indicator: str) -> tuple[Published, ...]:
    """All figures of one indicator in time order."""
    rows: Any = published[published["indicator"].astype("str") == indicator].itertuples()
    series = [
        Published(
            value=float(row.value),
            unit=str(row.unit),
            period=Period.parse(str(row.period)),
            scope=str(row.scope),
            scope_written=str(row.scope_written),
            provenance=Provenance(row.provenance),
            qualifier=written(row.qualifier),
            is_target_scope=bool(row.is_target_scope),
            source_ids=tuple(written(row.source_ids).split()),
            note=written(row.note),
        )
        for row in rows
    ]
    return tuple(sorted(series, key=lambda item: item.period))


def pick(series: tuple[Published, ...], is_stock: bool, period: Period) -> tuple[Published | None, Published | None]:
    """Return (like for like figure, context) for a period; the second only when there is no first.

    A stock may date from before the period (the newest count still stands), a flow must be of the period itself.
    """
    usable = [item for item in series if (item.period <= period if is_stock else item.period == period)]
    like = [item for item in usable if item.is_target_scope]
    if like:
        return like[-1], None
    return None, usable[-1] if usable else None


def trend(series: tuple[Published, ...]) -> tuple[Point, ...]:
    """The series as points, none if nothing was ever like for like.

    The set of towns is the same when both are like for like or the source words it the same.
    """
    if not any(item.is_target_scope for item in series):
        return ()
    points: list[Point] = []
    before: Published | None = None
    for item in series:
        same = before is not None and (
            (before.is_target_scope and item.is_target_scope and before.scope == item.scope)
            or before.scope_written == item.scope_written
        )
        points.append(
            Point(
                item.period,
                item.value,
                item.scope,
                item.scope_written,
                item.provenance,
                breaks=before is not None and not same,
            )
        )
        before = item
    return tuple(points)
