"""Events of target sets: kept one after another, never changed; of two who write at once the second is told.

Imports the ground floor and `database`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from cockpit.datasets.database.address import SETTING
from cockpit.datasets.database.engine import Database
from cockpit.datasets.decisions.entries import LogUnavailable
from cockpit.errors import DatasetError

_LOCK: Final = 7_320_224
_TEXTS: Final = ("plan", "kind", "by", "office", "note")
_EVENTS: Final = sa.table(
    "plan_events",
    *(sa.column(name, sa.String) for name in (*_TEXTS, "detail")),
    sa.column("line", sa.BigInteger),
    sa.column("number", sa.BigInteger),
    sa.column("at", sa.DateTime(timezone=True)),
)


class PlanConflict(DatasetError):
    """Somebody wrote to the set since it was looked at."""

    def __init__(self, plan: str) -> None:
        super().__init__(f"{plan} has moved on", where=plan, remedy="look at it again, then decide")


@dataclass(frozen=True)
class PlanRow:
    """One event as it is kept; `detail` as it was given."""

    plan: str
    number: int
    at: datetime
    kind: str
    by: str
    office: str
    note: str
    detail: Mapping[str, Any]


class PlanLog:
    """One log behind one address."""

    def __init__(self, url: str) -> None:
        self._database = Database(url, LogUnavailable, SETTING)

    def append(self, row: PlanRow) -> PlanRow:
        """Keep one event more.

        Raises:
            PlanConflict: the set has an event of this number already.
        """
        try:
            with self._database.connection(writes=True) as connection:
                connection.execute(sa.insert(_EVENTS), _values(row))
        except IntegrityError:
            raise PlanConflict(row.plan) from None
        return row

    def begin(self, rows: Sequence[PlanRow]) -> int:
        """Keep events as the first of a log that holds none; returns how many, 0 where it holds one."""
        with self._database.connection(writes=True) as connection:
            self._database.lock(connection, _LOCK)
            if connection.execute(sa.select(sa.func.count()).select_from(_EVENTS)).scalar_one():
                return 0
            connection.execute(sa.insert(_EVENTS), [_values(row) for row in rows])
        return len(rows)

    def rows(self) -> dict[str, tuple[PlanRow, ...]]:
        """Events by set, each in order."""
        query = sa.select(_EVENTS).order_by(_EVENTS.c.plan, _EVENTS.c.number)
        with self._database.connection() as connection:
            found = connection.execute(query).mappings().all()
        by_plan: dict[str, list[PlanRow]] = {}
        for item in found:
            by_plan.setdefault(item["plan"], []).append(_row(item))
        return {name: tuple(rows) for name, rows in by_plan.items()}

    def count(self) -> int:
        """Number of all events: what was read under one count holds while it stays."""
        with self._database.connection() as connection:
            return int(connection.execute(sa.select(sa.func.count()).select_from(_EVENTS)).scalar_one())


@lru_cache(maxsize=8)
def plan_log(url: str) -> PlanLog:
    """The log at an address; one object for all callers."""
    return PlanLog(url)


def _values(row: PlanRow) -> dict[str, Any]:
    detail = json.dumps(dict(row.detail), ensure_ascii=False, sort_keys=True)
    return {**vars(row), "at": row.at.astimezone(UTC), "detail": detail}


def _row(item: Mapping[Any, Any]) -> PlanRow:
    at: datetime = item["at"]
    # SQLite keeps no zone; what was written is UTC.
    at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    who = {name: str(item[name]) for name in _TEXTS}
    return PlanRow(number=int(item["number"]), at=at, detail=json.loads(item["detail"]), **who)
