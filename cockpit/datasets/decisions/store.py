"""The decision log's table in SQLite or PostgreSQL. Only `decision_log` imports this, when first used.

The law stands in the database: a unique constraint on (dataset, town, previous) over recorded rows, and triggers that
refuse to change, replace, delete or truncate. An owner of the database can of course drop them; a program cannot by
mistake.
"""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from cockpit.acting import Act
from cockpit.datasets.decisions.entries import (
    LENGTHS,
    DecisionConflict,
    DecisionRefused,
    Draft,
    Entry,
    LogUnavailable,
    Refusal,
    UnknownSeen,
)
from cockpit.datasets.store.disk import FILE_MODE, make_folder

_SHANGHAI: Final = ZoneInfo("Asia/Shanghai")
_WAIT_SECONDS: Final = 10  # for another writer
_CONNECT_SECONDS: Final = 5
# After a failed connection reading fails at once for this long, so that pages do not wait for it at every click.
_PAUSE_SECONDS: Final = 10.0
_LOCK_NUMBER: Final = 7_320_221  # any number, the same in every process: who makes the table first

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
    # Younger than the first logs: where they are absent they are added, and older lines hold nothing in them.
    sa.Column("suggestion", sa.String(LENGTHS["suggestion"]), nullable=False, server_default=""),
    sa.Column("objection", sa.String(LENGTHS["objection"]), nullable=False, server_default=""),
    sa.Column("register", sa.String(LENGTHS["register"]), nullable=False, server_default=""),
    sqlite_autoincrement=True,  # a number is never given twice
)
_ADDED: Final = (_TABLE.c.suggestion, _TABLE.c.objection, _TABLE.c.register)
_RECORDED: Final = _TABLE.c.outcome == "recorded"
sa.Index(
    "decisions_one_after_another",
    _TABLE.c.dataset,
    _TABLE.c.town_code,
    _TABLE.c.previous,
    unique=True,
    sqlite_where=sa.text("outcome = 'recorded'"),
    postgresql_where=sa.text("outcome = 'recorded'"),
)

_REFUSES: Final = "the decision log is append-only"
_SQLITE_LAW: Final = (
    *(
        f"CREATE TRIGGER IF NOT EXISTS decisions_no_{verb.lower()} BEFORE {verb} ON decisions "
        f"BEGIN SELECT RAISE(ABORT, '{_REFUSES}'); END"
        for verb in ("UPDATE", "DELETE")
    ),
    # INSERT OR REPLACE deletes what it replaces and asks no DELETE trigger.
    "CREATE TRIGGER IF NOT EXISTS decisions_no_replace BEFORE INSERT ON decisions WHEN EXISTS (SELECT 1 FROM decisions "
    "WHERE number = NEW.number OR (outcome = 'recorded' AND NEW.outcome = 'recorded' AND dataset = NEW.dataset "
    f"AND town_code = NEW.town_code AND previous = NEW.previous)) BEGIN SELECT RAISE(ABORT, '{_REFUSES}'); END",
)
_POSTGRES_LAW: Final = (
    "CREATE OR REPLACE FUNCTION decisions_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{_REFUSES}'; END $$",
    "CREATE TRIGGER decisions_no_change BEFORE UPDATE OR DELETE ON decisions "
    "FOR EACH ROW EXECUTE FUNCTION decisions_refuse()",
    "CREATE TRIGGER decisions_no_truncate BEFORE TRUNCATE ON decisions "
    "FOR EACH STATEMENT EXECUTE FUNCTION decisions_refuse()",
)
# First letters of an SQLSTATE, or a part of SQLite's message, and what it means to a reader.
_REASONS: Final[tuple[tuple[str, str], ...]] = (
    ("28", "credentials"),
    ("3D", "no_database"),
    ("42501", "rights"),
    ("25006", "rights"),
    ("53100", "full"),
    ("55P03", "busy"),
    ("readonly", "rights"),
    ("unable to open", "rights"),
    ("locked", "busy"),
    ("full", "full"),
    ("malformed", "damaged"),
    ("not a database", "damaged"),
)


class Store:
    """The table behind one address. `clock` gives aware times; tests set it."""

    def __init__(self, url: str, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._url = _address(url)
        self._place = place_of(self._url)
        self._clock = clock
        self._is_sqlite = self._url.get_backend_name() == "sqlite"
        self._engine = _engine(self._url)
        self._lock = threading.Lock()
        self._is_ready = False
        self._down_until = 0.0

    def append(self, draft: Draft, act: Act, seen: int) -> Entry:
        """See `DecisionLog.append`."""
        town = (_TABLE.c.dataset == draft.dataset) & (_TABLE.c.town_code == draft.town_code) & _RECORDED
        newest_first = sa.select(_TABLE).where(town).order_by(_TABLE.c.number.desc()).limit(1)
        try:
            with self._connection(writes=True) as connection:
                row = connection.execute(newest_first).mappings().first()
                if (int(row["number"]) if row else 0) == seen:
                    return self._insert(connection, draft, act, seen)
        except IntegrityError:
            pass  # somebody wrote between our look and our line: the constraint held, theirs is read below
        with self._connection(writes=True) as connection:
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
        with self._connection() as connection:
            rows = connection.execute(query.order_by(_TABLE.c.number.desc()).limit(limit)).mappings().all()
        return tuple(_entry(row) for row in rows)

    def latest(self, dataset: str) -> dict[str, Entry]:
        """See `DecisionLog.latest`."""
        mine = (_TABLE.c.dataset == dataset) & _RECORDED
        newest = sa.select(sa.func.max(_TABLE.c.number)).where(mine).group_by(_TABLE.c.town_code)
        query = sa.select(_TABLE).where(_TABLE.c.number.in_(newest)).order_by(_TABLE.c.town_code)
        with self._connection() as connection:
            return {row["town_code"]: _entry(row) for row in connection.execute(query).mappings()}

    def count(self, dataset: str) -> int:
        """See `DecisionLog.count`."""
        with self._connection() as connection:
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

    @contextmanager
    def _connection(self, *, writes: bool = False) -> Iterator[sa.Connection]:
        """A transaction on a database that has the table; faults come out as `LogUnavailable`, without secrets."""
        if not writes and time.monotonic() < self._down_until:
            raise LogUnavailable(self._place, "no_answer")
        reason = ""
        try:
            self._make_ready()
            with self._engine.connect().execution_options(cockpit_writes=writes) as connection, connection.begin():
                yield connection
            self._down_until = 0.0
        except IntegrityError:
            raise
        except (DBAPIError, OSError) as error:
            reason = reason_of(error)
        except SQLAlchemyError:
            reason = "no_answer"  # no connection came free in time
        if reason:
            # Raised outside the handler: the driver's own error may quote the address, and a traceback would show it.
            self._down_until = time.monotonic() + (_PAUSE_SECONDS if reason == "no_answer" else 0.0)
            self._is_ready = False  # the file may be gone, or the server another one: look for the table again
            raise LogUnavailable(self._place, reason)

    def _make_ready(self) -> None:
        with self._lock:
            if self._is_ready:
                return
            if self._is_sqlite:
                file = Path(str(self._url.database))
                make_folder(file.parent)
                # SQLite gives its journals the rights of the file.
                if not file.exists():
                    os.close(os.open(file, os.O_RDWR | os.O_CREAT, FILE_MODE))
                with suppress(PermissionError):  # one made by an older version may stand open
                    os.chmod(file, file.stat().st_mode & 0o700)
            with self._engine.connect().execution_options(cockpit_writes=True) as connection, connection.begin():
                if not self._is_sqlite:
                    connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK_NUMBER)))
                # One transaction: the table never stands without its triggers.
                if not sa.inspect(connection).has_table(_TABLE.name):
                    _TABLE.create(connection)
                    for statement in _SQLITE_LAW if self._is_sqlite else _POSTGRES_LAW:
                        connection.exec_driver_sql(statement)
                else:
                    _complete(connection)
            self._is_ready = True


def _complete(connection: sa.Connection) -> None:
    """Add the columns an older log lacks. Its lines and triggers stay as they are: nothing is updated."""
    there = {column["name"] for column in sa.inspect(connection).get_columns(_TABLE.name)}
    for column in _ADDED:
        if column.name not in there:
            kind = column.type.compile(connection.dialect)
            connection.exec_driver_sql(f"ALTER TABLE {_TABLE.name} ADD COLUMN {column.name} {kind} NOT NULL DEFAULT ''")


def _entry(row: Mapping[Any, Any]) -> Entry:
    at: datetime = row["recorded_at"]
    values = {**row, "clauses": tuple(json.loads(row["clauses"]))}
    # SQLite keeps no zone; what was written is UTC.
    values["recorded_at"] = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    return Entry(**values)


def _address(url: str) -> sa.URL:
    """Parse the setting; a fault names the setting, never what stands in it."""
    try:
        parsed = sa.make_url(url)
        if parsed.drivername in {"postgres", "postgresql"}:
            parsed = parsed.set(drivername="postgresql+psycopg")
        parsed.get_dialect()
    except (ArgumentError, NoSuchModuleError, ImportError, ValueError):
        parsed = None
    if parsed is None or parsed.get_backend_name() not in {"sqlite", "postgresql"}:
        raise LogUnavailable("COCKPIT_DECISIONS_URL", "address")
    if parsed.get_backend_name() == "sqlite" and parsed.database in {None, "", ":memory:"}:
        raise LogUnavailable("COCKPIT_DECISIONS_URL", "address")  # a log in memory would end with the process
    return parsed


def place_of(url: sa.URL) -> str:
    """Where the log is, without user, password and options."""
    if url.get_backend_name() == "sqlite":
        return f"SQLite {Path(str(url.database)).name}"
    return f"PostgreSQL {url.host or 'localhost'}:{url.port or 5432}/{url.database or ''}"


def _engine(url: sa.URL) -> sa.Engine:
    if url.get_backend_name() != "sqlite":
        options = {"connect_timeout": _CONNECT_SECONDS}
        return sa.create_engine(
            url,
            connect_args=options,
            isolation_level="READ COMMITTED",
            pool_pre_ping=True,
            pool_timeout=_CONNECT_SECONDS,
            hide_parameters=True,
        )
    engine = sa.create_engine(url, connect_args={"timeout": _WAIT_SECONDS}, poolclass=NullPool, hide_parameters=True)

    @sa.event.listens_for(engine, "connect")
    def _we_begin(connection: Any, _record: object) -> None:
        # The driver's own BEGIN comes only with the first write: too late to hold the look and the line together.
        connection.isolation_level = None

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        # A writer takes the lock at once: two that read first and write later would both fail instead of queueing.
        writes = connection.get_execution_options().get("cockpit_writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def reason_of(error: Exception) -> str:
    """End of a phrase key `decision.reason.*` for a driver's fault, whose own words may hold secrets."""
    cause = getattr(error, "orig", None) or error
    state = str(getattr(cause, "sqlstate", None) or "")
    message = "" if state else str(cause)
    for sign, reason in _REASONS:
        if state.startswith(sign) or (sign.islower() and sign in message):
            return reason
    if isinstance(error, OSError):
        return "rights"
    if "password authentication failed" in message:  # refused before there is a session: no SQLSTATE
        return "credentials"
    if "does not exist" in message:
        return "no_database"
    return "fault" if state else "no_answer"
