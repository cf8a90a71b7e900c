"""Events kept one after another, never changed; of two who write to one subject at once the second is told.

Imports the ground floor and `engine`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from cockpit.datasets.database.address import SETTING
from cockpit.datasets.database.engine import Database, Fault
from cockpit.errors import DatasetError

_TEXTS: Final = ("kind", "by", "office", "note")


class EventConflict(DatasetError):
    """Somebody wrote to the subject since it was looked at."""

    def __init__(self, subject: str) -> None:
        super().__init__(f"{subject} has moved on", where=subject, remedy="look at it again, then decide")


@dataclass(frozen=True)
class Row:
    """One event as it is kept; `subject` is what it is about, `number` its place there from 1, `detail` as given."""

    subject: str
    number: int
    at: datetime
    kind: str
    by: str
    office: str
    note: str
    detail: Mapping[str, Any]


class EventLog:
    """One table of events behind one address.

    `subject` names the column of what an event is about, `lock` is a number no other log has, `fault` makes the error
    told where the database cannot be used.
    """

    def __init__(self, url: str, table: str, subject: str, lock: int, fault: Fault) -> None:
        self._database = Database(url, fault, SETTING)
        self._lock = lock
        self._column = subject
        self._events = sa.table(
            table,
            *(sa.column(name, sa.String) for name in (subject, *_TEXTS, "detail")),
            sa.column("line", sa.BigInteger),
            sa.column("number", sa.BigInteger),
            sa.column("at", sa.DateTime(timezone=True)),
        )
        self._subject = self._events.c[subject]

    def append(self, row: Row, also: Callable[[sa.Connection], None] | None = None) -> Row:
        """Keep one event more, and what `also` writes beside it: both or neither.

        Raises:
            EventConflict: the subject has an event of this number already.
        """
        try:
            with self._database.connection(writes=True) as connection:
                self._insert(connection, [row])
                if also is not None:
                    also(connection)
        except IntegrityError:
            raise EventConflict(row.subject) from None
        return row

    def begin(self, rows: Sequence[Row]) -> int:
        """Keep events as the first of a log that holds none; returns how many, 0 where it holds one.

        Of two who do so at once, in one process or two, one does.
        """
        with self._database.connection(writes=True) as connection:
            self._database.lock(connection, self._lock)
            if connection.execute(self._counting()).scalar_one():
                return 0
            self._insert(connection, rows)
        return len(rows)

    def rows(self, subject: str | None = None) -> dict[str, tuple[Row, ...]]:
        """Events by subject, each in order; of one or of all."""
        query = sa.select(self._events).order_by(self._subject, self._events.c.number)
        if subject is not None:
            query = query.where(self._subject == subject)
        with self._database.connection() as connection:
            found = connection.execute(query).mappings().all()
        by_subject: dict[str, list[Row]] = {}
        for item in found:
            by_subject.setdefault(item[self._column], []).append(self._row(item))
        return {name: tuple(rows) for name, rows in by_subject.items()}

    def since(self, line: int) -> tuple[tuple[Row, ...], int]:
        """Events kept after a line of the log, in the order they were kept, and the last line."""
        query = sa.select(self._events).where(self._events.c.line > line).order_by(self._events.c.line)
        with self._database.connection() as connection:
            found = connection.execute(query).mappings().all()
        return tuple(self._row(item) for item in found), int(found[-1]["line"]) if found else line

    def count(self) -> int:
        """Number of all events: what was read under one count holds while it stays."""
        with self._database.connection() as connection:
            return int(connection.execute(self._counting()).scalar_one())

    def _counting(self) -> sa.Select[int]:
        return sa.select(sa.func.count()).select_from(self._events)

    def _insert(self, connection: sa.Connection, rows: Sequence[Row]) -> None:
        connection.execute(sa.insert(self._events), [self._values(row) for row in rows])

    def _values(self, row: Row) -> dict[str, Any]:
        values = {**vars(row), self._column: row.subject, "at": row.at.astimezone(UTC)}
        del values["subject"]
        return values | {"detail": json.dumps(dict(row.detail), ensure_ascii=False, sort_keys=True)}

    def _row(self, item: Mapping[Any, Any]) -> Row:
        at: datetime = item["at"]
        # SQLite keeps no zone; what was written is UTC.
        at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
        who = {name: str(item[name]) for name in _TEXTS}
        return Row(item[self._column], int(item["number"]), at=at, detail=json.loads(item["detail"]), **who)


def read_story(path: Path, subject: str) -> tuple[Row, ...]:
    """Events of a demonstration, one JSON object a line, in the order they happened; `subject` names its field.

    Raises:
        DatasetError: the file is missing or damaged.
    """
    try:
        found = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        return tuple(
            Row(**{"subject": row.pop(subject), **row, "at": datetime.fromisoformat(row["at"])}) for row in found
        )
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise DatasetError(
            f"not readable: {type(error).__name__}", where=path.name, remedy="make the demonstration data again"
        ) from error
