"""What became of alerts, kept one after another as matters are, in the same database.

Imports the ground floor and `database`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from cockpit.datasets.database.address import SETTING
from cockpit.datasets.database.engine import Database
from cockpit.datasets.decisions.entries import LogUnavailable

_COLUMNS: Final = ("dataset", "alert", "day", "kind", "version", "by", "note", "until")
_EVENTS: Final = sa.table(
    "alert_events",
    *(sa.column(name, sa.String) for name in _COLUMNS),
    sa.column("line", sa.BigInteger),
    sa.column("number", sa.BigInteger),
)


@dataclass(frozen=True)
class AlertRow:
    """One event as it is kept; days as ISO text, "" for none."""

    dataset: str
    alert: str
    number: int
    day: str
    kind: str
    version: str
    by: str = ""
    note: str = ""
    until: str = ""


class AlertLog:
    """One log behind one address."""

    def __init__(self, url: str) -> None:
        self._database = Database(url, LogUnavailable, SETTING)

    def append(self, rows: Iterable[AlertRow]) -> tuple[AlertRow, ...]:
        """Keep what is not kept yet; returns what was new. An event somebody else has written meanwhile is left."""
        written = []
        for row in rows:
            try:
                with self._database.connection(writes=True) as connection:
                    connection.execute(sa.insert(_EVENTS), vars(row))
            except IntegrityError:
                continue
            written.append(row)
        return tuple(written)

    def rows(self, dataset: str) -> tuple[AlertRow, ...]:
        """All events of a dataset's alerts, those of each in order."""
        query = sa.select(*(_EVENTS.c[name] for name in (*_COLUMNS, "number")))
        query = query.where(_EVENTS.c.dataset == dataset).order_by(_EVENTS.c.alert, _EVENTS.c.number)
        with self._database.connection() as connection:
            return tuple(_row(item) for item in connection.execute(query).mappings())

    def marker(self) -> int:
        """Number of all events: what was read under one holds while it stays."""
        with self._database.connection() as connection:
            return int(connection.execute(sa.select(sa.func.count()).select_from(_EVENTS)).scalar_one())


@lru_cache(maxsize=8)
def alert_log(url: str) -> AlertLog:
    """The log at an address; one object for all callers."""
    return AlertLog(url)


def _row(item: Any) -> AlertRow:
    return AlertRow(number=int(item["number"]), **{name: str(item[name]) for name in _COLUMNS})
