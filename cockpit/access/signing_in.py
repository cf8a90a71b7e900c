"""Who signs in: by a password, a second factor, or because somebody else vouches for him; each opens a session."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pyotp
import sqlalchemy as sa

from cockpit.access import audit, guesses, passwords
from cockpit.access.accounts import hashing, row_of, sealed_for
from cockpit.access.guesses import GuessRefused as SignInRefused
from cockpit.access.house import Access
from cockpit.access.people import Way
from cockpit.access.sessions import Opened, begin, end, found, hash_of, is_over
from cockpit.access.tables import ACCOUNTS
from cockpit.datasets.database.sealing import SealBroken, unseal

__all__ = ["SignInRefused", "enter_code", "renewed", "sign_in", "vouched"]


def sign_in(access: Access, account: str, password: str, address: str, agent: str) -> Opened:
    """Open a session by a password.

    Raises:
        SignInRefused: unknown account, wrong password, disabled, locked, or too many failures from the address; the
            same words for each, but for a lock, which accounts that do not exist come to as well.
    """
    # Without signs a database does not take: it would seem to be away, to everybody.
    account = "".join(sign for sign in account.strip().casefold() if sign.isprintable())[:60]
    row = row_of(access, account)
    failed, from_there = guesses.recent(access, account, address)
    limits = access.design.limit
    if failed >= limits("failures") or from_there >= limits("address_failures"):
        reason = "locked" if failed >= limits("failures") else "address"
        audit.note(access, "sign_in", "refused", account=account, address=address, why=reason)
        raise SignInRefused(reason, minutes=limits("lock_minutes"))
    # Hashed for unknown accounts as well: how long it takes tells nothing.
    fits = hashing(access).fits(row["password"] if row else "", password[: passwords.LONGEST])
    if row is None or not fits or not row["is_active"]:
        guesses.failed(access, "sign_in", account, address)
        left = limits("failures") - failed - 1
        if left == 0:
            raise SignInRefused("locked", minutes=limits("lock_minutes"))
        raise SignInRefused("wrong", left=left, most=limits("failures"), minutes=limits("lock_minutes"))
    if passwords.is_outdated(row["password"]):
        with access.database.connection(writes=True) as connection:
            better = hashing(access).hash(password)
            connection.execute(sa.update(ACCOUNTS).where(ACCOUNTS.c.id == account).values(password=better))
    if row["totp"]:
        return begin(access, account, "half", address, agent)
    return _pass(access, row, address, agent)


def enter_code(access: Access, token: str, code: str, address: str, agent: str) -> Opened:
    """The second factor: the half session ends, a whole one begins; a code counts once.

    Raises:
        SignInRefused: no half session, or the code is not the one of now.
    """
    half = found(access, hash_of(token))
    if half is None or half["way"] != "half" or is_over(access, half):
        raise SignInRefused("expired")
    account = row_of(access, half["account"])
    failed, _ = guesses.recent(access, half["account"], address)
    if account is None or not account["is_active"] or failed >= access.design.limit("failures"):
        end(access, half["hash"], "system")
        raise SignInRefused("locked", minutes=access.design.limit("lock_minutes"))
    try:
        secret = unseal(account["totp"], sealed_for(account["id"])) if account["totp"] else ""
    except SealBroken:
        end(access, half["hash"], "system")
        audit.note(access, "sign_in", "failed", account=account["id"], address=address, why="sealed")
        raise SignInRefused("sealed") from None
    step = _step_of(access, secret, code) if secret else None
    if step is None or step <= account["totp_step"]:
        guesses.failed(access, "sign_in", half["account"], address, why="code")
        raise SignInRefused("code")
    with access.database.connection(writes=True) as connection:
        # The step moves in one statement: of two who hand in the same code at once one finds it moved.
        newer = (ACCOUNTS.c.id == account["id"]) & (ACCOUNTS.c.totp_step < step)
        is_first = connection.execute(sa.update(ACCOUNTS).where(newer).values(totp_step=step)).rowcount == 1
    if not is_first:
        guesses.failed(access, "sign_in", half["account"], address, why="code")
        raise SignInRefused("code")
    end(access, half["hash"], account["id"])
    return _pass(access, account, address, agent)


def _step_of(access: Access, secret: str, code: str) -> int | None:
    """The half minute a code belongs to: this one or one beside it."""
    now = int(access.now().timestamp()) // 30
    made = pyotp.TOTP(secret)
    wanted = "".join(code.split()).encode("utf-8", "replace")
    return next(
        (step for step in (now, now - 1, now + 1) if secrets.compare_digest(made.at(step * 30).encode(), wanted)), None
    )


def vouched(access: Access, account: str, way: Way, address: str, agent: str) -> Opened:
    """Open a session for whom somebody else vouches: a provider of identities, or a proxy.

    Raises:
        SignInRefused: there is no such account here, or it is disabled.
    """
    row = row_of(access, account)
    if row is None or not row["is_active"]:
        audit.note(access, "sign_in", "refused", account=account, address=address, way=way)
        raise SignInRefused("no_account")
    return begin(access, account, way, address, agent)


def _pass(access: Access, row: Mapping[Any, Any], address: str, agent: str) -> Opened:
    guesses.forgive(access, row["id"])
    age = access.now() - (row["password_at"] or access.now())
    if row["must_change"] and age > timedelta(days=access.design.limit("first_password_days")):
        audit.note(access, "sign_in", "refused", account=row["id"], address=address, why="first_over")
        raise SignInRefused("first_over")
    return begin(access, row["id"], "change" if _must_change(access, row) else "password", address, agent)


def _must_change(access: Access, row: Mapping[Any, Any]) -> bool:
    """Whether an account's password is a first one, or too old."""
    days, age = access.design.limit("password_days"), access.now() - (row["password_at"] or access.now())
    return bool(row["must_change"]) or (bool(days) and age > timedelta(days=days))


def renewed(access: Access, token: str, address: str, agent: str) -> Opened:
    """A whole session in place of one that asked for a new password, which was given.

    Raises:
        SignInRefused: no such session, one that asks for a code, or the new password is still to come.
    """
    old = found(access, hash_of(token))
    account = row_of(access, old["account"]) if old else None
    if old is None or is_over(access, old) or old["way"] == "half" or account is None or _must_change(access, account):
        raise SignInRefused("expired")
    end(access, old["hash"], old["account"])
    return begin(access, old["account"], "password", address, agent)
