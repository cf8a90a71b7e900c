"""The decision log: who decided what about a town, when, on what basis and which data version. Append-only.

    log = DecisionLog.open()                      # COCKPIT_DECISIONS_URL, else var/decisions.sqlite
    log.append(draft, act, seen)                  # DecisionConflict when somebody was quicker

SQLite by default, PostgreSQL by `postgresql+psycopg://...`; the database itself refuses changes and deletions, and a
unique constraint (not a check of ours) lets one decision follow another once only. Imports the ground floor and
`policy`; SQLAlchemy stands in `store` and is imported on first use, so that a start does not wait for it.
"""

from __future__ import annotations

import threading
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from cockpit.acting import Act, ActRefused
from cockpit.datasets.database.address import database_address
from cockpit.datasets.decisions.entries import (
    CLAUSES_AT_MOST,
    LENGTHS,
    SETTING,
    DecisionConflict,
    DecisionRefused,
    Draft,
    Entry,
    LogUnavailable,
    UnknownSeen,
    faults_of,
)
from cockpit.texts import visible

if TYPE_CHECKING:
    from cockpit.datasets.decisions.store import Store

# Callers know the log; what it speaks of comes with it.
__all__ = [
    "CLAUSES_AT_MOST", "LENGTHS", "SETTING", "DecisionConflict", "DecisionLog", "DecisionRefused", "Draft", "Entry",
    "LogUnavailable", "UnknownSeen", "faults_of", "open_log",
]  # fmt: skip


class DecisionLog:
    """One log; safe to share between threads, and between processes by the database."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._lock = threading.Lock()
        self._opened: Store | None = None

    @staticmethod
    def open(url: str | None = None) -> DecisionLog:
        """Return the log at `url`, else where the database is (`database.address`).

        Nothing is connected yet: a database that is away costs the page its log, not its start.
        """
        return _log(url or database_address())

    @property
    def _store(self) -> Store:
        with self._lock:
            if self._opened is None:
                from cockpit.datasets.decisions.store import Store

                self._opened = Store(self._url)
            return self._opened

    def append(self, draft: Draft, act: Act, seen: int) -> Entry:
        """Record a decision and return its entry.

        Args:
            seen: number of the newest recorded entry on this town that the decider saw, 0 for none.

        Raises:
            ActRefused: a field is empty, too long or unknown; nothing is written.
            DecisionConflict: a newer entry exists. UnknownSeen: `seen` does not exist. Both attempts are kept.
            LogUnavailable: the database cannot be used.
        """
        draft = replace(draft, objection=visible(draft.objection).strip())
        about = f"{draft.dataset}/{draft.town_code}"
        if faults := faults_of(draft, act):
            act.record("decide", about, outcome="refused", why=faults[0].problem)
            raise ActRefused(faults)
        with act.doing("decide", about, action=draft.action) as ended:
            entry = self._store.append(draft, act, seen)
            ended |= {"number": entry.number}
        return entry

    def entries(
        self, dataset: str, town_code: str | None = None, limit: int = 200, year: int | None = None
    ) -> tuple[Entry, ...]:
        """Entries of a dataset (of one town, of one year in Shanghai), refused attempts included, newest first."""
        return self._store.entries(dataset, town_code, limit, year)

    def latest(self, dataset: str) -> dict[str, Entry]:
        """Newest recorded entry of every town that has one."""
        return self._store.latest(dataset)

    def count(self, dataset: str) -> int:
        """Number of entries, refused attempts included."""
        return self._store.count(dataset)

    def marker(self, dataset: str) -> int:
        """A number that changes with every entry: what was read under one marker holds while it stays.

        It is the count, because lines are only ever added; the newest number would not do, as a database may show
        entry 8 before entry 7.
        """
        return self._store.count(dataset)


@lru_cache(maxsize=8)
def _log(url: str) -> DecisionLog:
    return DecisionLog(url)


# For callers outside: a call named `open` reads as touching a file.
open_log = DecisionLog.open
