"""One database behind one address: transactions, faults without secrets, tables brought up to date on first use.

    database = Database(address(), AccessUnavailable)
    with database.connection(writes=True) as connection: ...

SQLAlchemy stands here and is imported on first use, so that a start does not wait for it.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from cockpit.datasets.store.disk import FILE_MODE, make_folder

_WAIT_SECONDS: Final = 10  # for another writer
_CONNECT_SECONDS: Final = 5
# After a failed connection reading fails at once for this long, so that pages do not wait for it at every click.
_PAUSE_SECONDS: Final = 10.0
_LOCK_NUMBER: Final = 7_320_221  # any number, the same in every process: who brings the tables up to date first
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
Fault = Callable[[str, str], Exception]


class Database:
    """The database at `url`; `fault(place, reason)` makes the error a caller is to see when it cannot be used.

    Safe to share between threads; between processes by the database itself.
    """

    def __init__(self, url: str, fault: Fault, setting: str) -> None:
        self._fault = fault
        self._url = _parsed(url, fault, setting)
        self.place = place_of(self._url)
        self.is_sqlite = self._url.get_backend_name() == "sqlite"
        self._engine = _engine(self._url)
        self._lock = threading.Lock()
        self._is_ready = False
        self._down_until = 0.0

    @contextmanager
    def connection(self, *, writes: bool = False) -> Iterator[sa.Connection]:
        """A transaction on a database whose tables are up to date; a writer on SQLite holds the lock from its start.

        Raises:
            IntegrityError: a constraint held. What `fault` makes: the database cannot be used; without secrets.
        """
        if not writes and time.monotonic() < self._down_until:
            raise self._fault(self.place, "no_answer")
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
            self._is_ready = False  # the file may be gone, or the server another one: look for the tables again
            raise self._fault(self.place, reason)

    def lock(self, connection: sa.Connection, number: int) -> None:
        """Let one writer at a time go on, until its transaction ends; SQLite's writers wait for each other anyway."""
        if not self.is_sqlite:
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(number)))

    def _make_ready(self) -> None:
        with self._lock:
            if self._is_ready:
                return
            if self.is_sqlite:
                file = Path(str(self._url.database))
                make_folder(file.parent)
                # SQLite gives its journals the rights of the file.
                if not file.exists():
                    os.close(os.open(file, os.O_RDWR | os.O_CREAT, FILE_MODE))
                with suppress(PermissionError):  # one made by an older version may stand open
                    os.chmod(file, file.stat().st_mode & 0o700)
            from cockpit.datasets.database.moving import NEWEST, move_to_newest, step_of

            with self._engine.connect() as connection, connection.begin():
                step = step_of(connection)
            if step > NEWEST:
                raise self._fault(self.place, "newer")
            if step < NEWEST:
                with self._engine.connect().execution_options(cockpit_writes=True) as connection, connection.begin():
                    self.lock(connection, _LOCK_NUMBER)
                    # One transaction: a table never stands without its triggers.
                    move_to_newest(connection)
            self._is_ready = True


def _parsed(url: str, fault: Fault, setting: str) -> sa.URL:
    """Parse the setting; a fault names the setting, never what stands in it."""
    try:
        parsed = sa.make_url(url)
        if parsed.drivername in {"postgres", "postgresql"}:
            parsed = parsed.set(drivername="postgresql+psycopg")
        parsed.get_dialect()
    except (ArgumentError, NoSuchModuleError, ImportError, ValueError):
        parsed = None
    if parsed is None or parsed.get_backend_name() not in {"sqlite", "postgresql"}:
        raise fault(setting, "address")
    if parsed.get_backend_name() == "sqlite" and parsed.database in {None, "", ":memory:"}:
        raise fault(setting, "address")  # a log in memory would end with the process
    return parsed


def place_of(url: sa.URL) -> str:
    """Where a database is, without user, password and options."""
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
