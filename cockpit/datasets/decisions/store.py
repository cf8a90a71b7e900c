"""The decision log's table in SQLite or PostgreSQL. Only `log` imports this, when first used.

The law stands in the database (`database/migrations`): a unique constraint on (dataset, town, previous) over recorded
rows, and triggers that refuse to change, replace, delete or truncate.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from cockpit.acting import Act
from cockpit.datasets.database.engine import Database
from cockpit.datasets.decisions.entries import (
    LENGTHS,
    SETTING,
    DecisionConflict,
    DecisionRefused,
    Draft,
    Entry,
    LogUnavailable,
    Refusal,
    UnknownSeen,
)

_SHANGHAI: Final = ZoneInfo("Asia/Shanghai")

_TABLE: Final = sa.Table(
    "decisions",
    sa.MetaData(),
    sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), primary_key=True, autoincrement=True),
    sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("dataset", sa.String(LENGTHS["dataset"]), nullable=False),
    sa.Column("town_code", sa.String(LENGTHS["town_code"]), nullable=False),
    sa.Column("action", sa.String(LENGTHS["action"]), nullable=False),
    sa.Column("until", sa.Date()),
    sa.Column("decided_by", sa.String(LENGTHS["decided_by"]), nullable=False),
    sa.Column("basis", sa.String(LENGTHS["basis"]), nullable=False),
    sa.Column("clauses", sa.Text(), nullable=False),  # a list in JSON
    sa.Column("risk_grade", sa.String(LENGTHS["risk_grade"]), nullable=False),
    sa.Column("data_version", sa.String(LENGTHS["data_version"]), nullable=False),
    sa.Column("previous", sa.BigInteger(), nullable=False),
    sa.Column("outcome", sa.String(10), sa.CheckConstraint("outcome IN ('recorded', 'refused')"), nullable=False),
    sa.Column("refused_because", sa.String(20), nullable=False),
    sa.Column("newer", sa.BigInteger(), nullable=False),
    sa.Column("suggestion", sa.String(LENGTHS["suggestion"]), nullable=False),
    sa.Column("objection", sa.String(LENGTHS["objection"]), nullable=False),
    sa.Column("register", sa.String(LENGTHS["register"]), nullable=False),
)
_RECORDED: Final = _TABLE.c.outcome == "recorded"


class Store:
    """The table behind one address. `clock` gives aware times; tests set it."""

    def __init__(self, url: str, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._database = Database(url, LogUnavailable, SETTING)
        self._clock = clock

    def append(self, draft: Draft, act: Act, seen: int) -> Entry:
        """See `DecisionLog.append`."""
        town = (_TABLE.c.dataset == draft.dataset) & (_TABLE.c.town_code == draft.town_code) & _RECORDED
        newest_first = sa.select(_TABLE).where(town).order_by(_TABLE.c.number.desc()).limit(1)
        try:
            with self._database.connection(writes=True) as connection:
                row = connection.execute(newest_first).mappings().first()
                if (int(row["number"]) if row else 0) == seen:
                    return self._insert(connection, draft, act, seen)
        except IntegrityError:
            pass  # somebody wrote between our look and our line: the constraint held, theirs is read below
        with self._database.connection(writes=True) as connection:
            row = connection.execute(newest_first).mappings().first()
            if row is None or int(row["number"]) <= seen:
                refusal: DecisionRefused = UnknownSeen(self._insert(connection, draft, act, seen, "unknown_seen"))
            else:
                theirs = _entry(row)
                attempt = self._insert(connection, draft, act, seen, "newer_entry", theirs.number)
                refusal = DecisionConflict(theirs, attempt)
        raise refusal

    def entries(self, dataset: str, town_code: str | None, limit: int, year: int | None) -> tuple[Entry, ...]:
        """See `DecisionLog.entries`."""
        query = sa.select(_TABLE).where(_TABLE.c.dataset == dataset)
        if town_code is not None:
            query = query.where(_TABLE.c.town_code == town_code)
        if year is not None:
            first, after = (datetime(y, 1, 1, tzinfo=_SHANGHAI).astimezone(UTC) for y in (year, year + 1))
            query = query.where(_TABLE.c.recorded_at >= first, _TABLE.c.recorded_at < after)
        with self._database.connection() as connection:
            rows = connection.execute(query.order_by(_TABLE.c.number.desc()).limit(limit)).mappings().all()
        return tuple(_entry(row) for row in rows)

    def latest(self, dataset: str) -> dict[str, Entry]:
        """See `DecisionLog.latest`."""
        mine = (_TABLE.c.dataset == dataset) & _RECORDED
        newest = sa.select(sa.func.max(_TABLE.c.number)).where(mine).group_by(_TABLE.c.town_code)
        query = sa.select(_TABLE).where(_TABLE.c.number.in_(newest)).order_by(_TABLE.c.town_code)
        with self._database.connection() as connection:
            return {row["town_code"]: _entry(row) for row in connection.execute(query).mappings()}

    def count(self, dataset: str) -> int:
        """See `DecisionLog.count`."""
        with self._database.connection() as connection:
            query = sa.select(sa.func.count()).select_from(_TABLE).where(_TABLE.c.dataset == dataset)
            return int(connection.execute(query).scalar_one())

    def _insert(
        self, connection: sa.Connection, draft: Draft, act: Act, seen: int, because: Refusal = "", newer: int = 0
    ) -> Entry:
        values = {
            **asdict(draft),
            "decided_by": act.who,
            "basis": act.note,
            "clauses": json.dumps(draft.clauses, ensure_ascii=False),
            "recorded_at": self._clock().astimezone(UTC),
            "previous": seen,
            "outcome": "refused" if because else "recorded",
            "refused_because": because,
            "newer": newer,
        }
        number = connection.execute(sa.insert(_TABLE).returning(_TABLE.c.number), values).scalar_one()
        return _entry({**values, "number": number})


def _entry(row: Mapping[Any, Any]) -> Entry:
    at: datetime = row["recorded_at"]
    values = {**row, "clauses": tuple(json.loads(row["clauses"]))}
    # SQLite keeps no zone; what was written is UTC.
    values["recorded_at"] = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    return Entry(**values)
