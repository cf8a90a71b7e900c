"""Guesses: wrong passwords, codes and keys, counted by what was guessed at and by the address they came from."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from cockpit.access import audit
from cockpit.access.house import Access, AccessFault
from cockpit.access.tables import FAILURES


class GuessRefused(AccessFault):
    """Not let in; `reason` is e.g. `wrong`, `locked` or `address`, the same for accounts there are and are not."""


def recent(access: Access, account: str, address: str, *, kind: str = "") -> tuple[int, int]:
    """Failures within the length of a lock: at an account (or key), and from an address."""
    account, address = f"{kind}{account}"[:60], f"{kind}{address}"[:60]
    of_late = sa.select(sa.func.count()).where(FAILURES.c.at >= _since(access))
    with access.database.connection() as connection:
        mine = connection.execute(of_late.where(FAILURES.c.account == account)).scalar_one()
        there = connection.execute(of_late.where(FAILURES.c.address == address)).scalar_one()
    return int(mine), int(there)


def failed(access: Access, event: str, account: str, address: str, why: str = "password", *, kind: str = "") -> None:
    """Count a failure, and say so on the audit record under an event.

    Args:
        kind: put before account and address where they are counted, so that one kind of guess locks no other.
    """
    with access.database.connection(writes=True) as connection:
        connection.execute(sa.delete(FAILURES).where(FAILURES.c.at < _since(access)))
        connection.execute(sa.insert(FAILURES), _counted(access, kind, account, address))
        audit.write(access, connection, event, "failed", account=account, address=address, why=why)


def forgive(access: Access, account: str) -> None:
    """It was right this time: what was counted at an account is forgotten."""
    with access.database.connection(writes=True) as connection:
        connection.execute(sa.delete(FAILURES).where(FAILURES.c.account == account))


def _counted(access: Access, kind: str, account: str, address: str) -> dict[str, object]:
    return {"at": access.now(), "account": f"{kind}{account}"[:60], "address": f"{kind}{address}"[:60]}


def _since(access: Access) -> datetime:
    return access.now() - timedelta(minutes=access.design.limit("lock_minutes"))
