"""A database of each test's own, of either kind, a clock that stands until it is moved, and people to act."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from cockpit.access import accounts, grants
from cockpit.access.house import SETTING, Access, AccessUnavailable
from cockpit.access.people import LOCAL, Person
from cockpit.datasets.database.engine import Database
from cockpit.policy.register import load
from cockpit.rights import ALL, Scope
from tests.datasets.conftest import postgres_server, url

__all__ = ["postgres_server", "url"]
COUNTY_OF = {"330111-01": "330111", "330102-01": "330102", "330212-01": "330212"}
ROOT = replace(LOCAL, id="os:root", name="root")  # the person at the machine's shell
GOOD = "Lan-Tian-4821"
ADDRESS, AGENT = "10.0.0.8", "a browser"


@dataclass
class Clock:
    """Stands still until it is moved. What was looked up of a session is forgotten with it: the cache of two seconds
    asks another clock."""

    at: datetime = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # 09:00 in Shanghai, a Monday
    ticks: float = 0.0

    def __call__(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return self.ticks

    def move(self, **by: float) -> None:
        self.at += timedelta(**by)
        self.ticks += abs(timedelta(**by).total_seconds())

    def settle(self) -> None:
        """Let pass what a revocation may take to be felt."""
        self.move(seconds=5)


@pytest.fixture
def clock() -> Iterator[Clock]:
    made = Clock()
    with patch("cockpit.access.sessions.time.monotonic", made.monotonic):
        yield made


@pytest.fixture
def access(url: str, clock: Clock) -> Access:
    return Access(Database(url, AccessUnavailable, SETTING), load().access, clock)


@pytest.fixture
def one_access(tmp_path_factory: pytest.TempPathFactory, clock: Clock) -> Access:
    """On SQLite alone, for what does not hang on the kind of database."""
    place = f"sqlite:///{tmp_path_factory.mktemp('access')}/a.sqlite"
    return Access(Database(place, AccessUnavailable, SETTING), load().access, clock)


def make(access: Access, account: str, role: str = "", scope: Scope = ALL) -> str:
    """An account whose holder has set a password of his own, with one role; returns the password."""
    first = accounts.add(access, account, account.title(), "办公室", ROOT)
    accounts.change_password(access, account, first, GOOD, Person(account, account))
    if role:
        grants.give(access, account, role, scope, ROOT, "test", COUNTY_OF)
    return GOOD


def is_refused(access: Access, statement: sa.Executable) -> bool:
    """Whether the database itself does not carry a statement out."""
    try:
        with access.database.connection(writes=True) as connection:
            connection.execute(statement)
    except (AccessUnavailable, IntegrityError):
        return True
    return False
