"""Who had somebody's password or second factor made anew, and who signed in with it: told to its owner and the audit.

A system administrator can reset an account and sign in with the first password himself. Nothing prevents it, so it is
not left to be found by chance: the owner is told at his next sign-in, the audit shows each reset with what followed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa

from cockpit.access.house import Access
from cockpit.access.tables import AUDIT

EVENTS: Final = ("account.reset", "account.totp")


@dataclass(frozen=True)
class Reset:
    """One reset by somebody else. `used_at` and `used_from` are those of the first sign-in after it, None and "" before
    one; `is_same_place` when that was the address the administrator himself had signed in from."""

    number: int
    at: datetime
    event: str
    account: str
    by: str
    by_name: str
    used_at: datetime | None
    used_from: str
    is_same_place: bool


def resets(access: Access, account: str = "") -> tuple[Reset, ...]:
    """The resets of the last `reset_notice_days`, of one account or of all, newest first."""
    since = access.now() - timedelta(days=access.design.limit("reset_notice_days"))
    wanted = AUDIT.c.event.in_(EVENTS) & (AUDIT.c.outcome == "ok") & (AUDIT.c.at >= since)
    wanted &= AUDIT.c.account != AUDIT.c.object
    if account:
        wanted &= AUDIT.c.object == account
    with access.database.connection() as connection:
        rows = connection.execute(sa.select(AUDIT).where(wanted).order_by(AUDIT.c.number.desc())).mappings().all()
        return tuple(_reset(connection, row) for row in rows)


def _reset(connection: sa.Connection, row: Mapping[Any, Any]) -> Reset:
    came = sa.select(AUDIT.c.at, AUDIT.c.address).where(AUDIT.c.event == "sign_in", AUDIT.c.outcome == "ok")
    after = came.where(AUDIT.c.account == row["object"], AUDIT.c.number > row["number"]).order_by(AUDIT.c.number)
    his = came.where(AUDIT.c.account == row["account"], AUDIT.c.number < row["number"]).order_by(AUDIT.c.number.desc())
    used, admin = (connection.execute(query.limit(1)).first() for query in (after, his))
    return Reset(
        number=int(row["number"]),
        at=row["at"],
        event=row["event"],
        account=row["object"],
        by=row["account"],
        by_name=row["label"],
        used_at=used.at if used else None,
        used_from=used.address if used else "",
        is_same_place=bool(used and admin and used.address == admin.address),
    )
