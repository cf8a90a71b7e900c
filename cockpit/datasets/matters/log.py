"""Where the events of matters are kept, each with the notices that tell of it.

Imports `database`, `decisions` and `outbox`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import sqlalchemy as sa

from cockpit.datasets.database.events import EventLog, Row
from cockpit.datasets.decisions.entries import LogUnavailable
from cockpit.datasets.matters.outbox import Notice, insert


class MatterLog(EventLog):
    """One log behind one address."""

    def __init__(self, url: str) -> None:
        super().__init__(url, "matter_events", "matter", 7_320_223, LogUnavailable)

    def open_matter(self, row: Row) -> Row:
        """Keep the first event of a new matter, which gets its name: `DB-2026-0017`, one after another."""
        with self._database.connection(writes=True) as connection:
            self._database.lock(connection, self._lock)
            head = f"DB-{row.at.year}-"
            counted = self._counting().where(self._events.c.number == 1, self._subject.startswith(head))
            name = f"{head}{connection.execute(counted).scalar_one() + 1:04d}"
            row = replace(row, subject=name, number=1)
            self._insert(connection, [row])
        return row

    def append_telling(self, row: Row, notices: Sequence[Notice]) -> Row:
        """Keep one event more, and what is to be told of it: both or neither.

        Raises:
            EventConflict: the matter has an event of this number already.
        """

        def tell(connection: sa.Connection) -> None:
            insert(connection, notices, row.at)

        return self.append(row, tell)


@lru_cache(maxsize=8)
def matter_log(url: str) -> MatterLog:
    """The log at an address; one object for all callers."""
    return MatterLog(url)
