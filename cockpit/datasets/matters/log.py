"""Events of matters: kept one after another, never changed; of two who write at once the second is told.

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
from cockpit.datasets.matters.outbox import Notice, insert
from cockpit.errors import DatasetError

_LOCK: Final = 7_320_223  # numbers of matters are given one after another
_EVENTS: Final = sa.table(
    "matter_events",
    *(sa.column(name, sa.String) for name in ("matter", "kind", "by", "office", "note", "detail")),
    sa.column("line", sa.BigInteger),
    sa.column("number", sa.BigInteger),
    sa.column("at", sa.DateTime(timezone=True)),
)


class MatterConflict(DatasetError):
    """Somebody wrote to the matter since it was looked at."""

    def __init__(self, matter: str) -> None:
        super().__init__(f"{matter} has moved on", where=matter, remedy="look at it again, then decide")


@dataclass(frozen=True)
class Row:
    """One event as it is kept; `detail` as it was given."""

    matter: str
    number: int
    at: datetime
    kind: str
    by: str
    office: str
    note: str
    detail: Mapping[str, Any]


class MatterLog:
    """One log behind one address."""

    def __init__(self, url: str) -> None:
        self._database = Database(url, LogUnavailable, SETTING)

    def open_matter(self, row: Row) -> Row:
        """Keep the first event of a new matter, which gets its name: `DB-2026-0017`."""
        with self._database.connection(writes=True) as connection:
            self._database.lock(connection, _LOCK)
            head = f"DB-{row.at.year}-"
            counted = sa.select(sa.func.count()).where(_EVENTS.c.number == 1, _EVENTS.c.matter.startswith(head))
            name = f"{head}{connection.execute(counted).scalar_one() + 1:04d}"
            row = Row(name, 1, row.at, row.kind, row.by, row.office, row.note, row.detail)
            connection.execute(sa.insert(_EVENTS), _values(row))
        return row

    def begin(self, rows: Sequence[Row]) -> int:
        """Keep events as the first of a log that holds none; returns how many, 0 where it holds one."""
        with self._database.connection(writes=True) as connection:
            self._database.lock(connection, _LOCK)
            if connection.execute(sa.select(sa.func.count()).select_from(_EVENTS)).scalar_one():
                return 0
            connection.execute(sa.insert(_EVENTS), [_values(row) for row in rows])
        return len(rows)

    def append(self, row: Row, notices: Sequence[Notice] = ()) -> Row:
        """Keep one event more, and what is to be told of it: both or neither.

        Raises:
            MatterConflict: the matter has an event of this number already.
        """
        try:
            with self._database.connection(writes=True) as connection:
                connection.execute(sa.insert(_EVENTS), _values(row))
                insert(connection, notices, row.at)
        except IntegrityError:
            raise MatterConflict(row.matter) from None
        return row

    def rows(self, matter: str | None = None) -> dict[str, tuple[Row, ...]]:
        """Events by matter, each in order; of one or of all."""
        query = sa.select(_EVENTS).order_by(_EVENTS.c.matter, _EVENTS.c.number)
        if matter is not None:
            query = query.where(_EVENTS.c.matter == matter)
        with self._database.connection() as connection:
            found = connection.execute(query).mappings().all()
        by_matter: dict[str, list[Row]] = {}
        for item in found:
            by_matter.setdefault(item["matter"], []).append(_row(item))
        return {name: tuple(rows) for name, rows in by_matter.items()}

    def since(self, line: int) -> tuple[tuple[Row, ...], int]:
        """Events kept after a line of the log, in the order they were kept, and the last line."""
        query = sa.select(_EVENTS).where(_EVENTS.c.line > line).order_by(_EVENTS.c.line)
        with self._database.connection() as connection:
            found = connection.execute(query).mappings().all()
        return tuple(_row(item) for item in found), int(found[-1]["line"]) if found else line

    def count(self) -> int:
        """Number of all events: what was read under one count holds while it stays."""
        with self._database.connection() as connection:
            return int(connection.execute(sa.select(sa.func.count()).select_from(_EVENTS)).scalar_one())


@lru_cache(maxsize=8)
def matter_log(url: str) -> MatterLog:
    """The log at an address; one object for all callers."""
    return MatterLog(url)


def _values(row: Row) -> dict[str, Any]:
    detail = json.dumps(dict(row.detail), ensure_ascii=False, sort_keys=True)
    return {**vars(row), "at": row.at.astimezone(UTC), "detail": detail}


def _row(item: Mapping[Any, Any]) -> Row:
    at: datetime = item["at"]
    # SQLite keeps no zone; what was written is UTC.
    at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    who = {name: str(item[name]) for name in ("kind", "by", "office", "note")}
    return Row(matter=item["matter"], number=int(item["number"]), at=at, detail=json.loads(item["detail"]), **who)
