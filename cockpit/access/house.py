"""The place all of access works in: database, records, clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from cockpit.access.faults import AccessFault, AccessUnavailable
from cockpit.datasets.database.address import SETTING, database_address
from cockpit.datasets.database.engine import Database
from cockpit.policy.access_design import AccessDesign
from cockpit.policy.register import load

# Callers know the house; its faults come with it.
__all__ = ["SHANGHAI", "Access", "AccessFault", "AccessUnavailable", "open_access"]

SHANGHAI: Final = ZoneInfo("Asia/Shanghai")


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, eq=False)
class Access:
    """Database, records and clock. Tests set the clock."""

    database: Database
    design: AccessDesign
    clock: Callable[[], datetime] = field(default=_utc_now)

    def now(self) -> datetime:
        """The time in UTC, to the millisecond: as finely as the audit record keeps it on any database."""
        at = self.clock().astimezone(UTC)
        return at.replace(microsecond=at.microsecond // 1000 * 1000)

    def today(self) -> date:
        """The day in Shanghai, by which grants and keys begin and end."""
        return self.clock().astimezone(SHANGHAI).date()


def open_access(url: str | None = None) -> Access:
    """The access of a database; nothing is connected yet.

    Raises:
        AccessUnavailable: the address is none.
    """
    return _opened(url or database_address())


@lru_cache(maxsize=8)
def _opened(url: str) -> Access:
    return Access(Database(url, AccessUnavailable, SETTING), load().access)
