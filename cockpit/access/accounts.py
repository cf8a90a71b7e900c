"""Accounts: made, shown, disabled, their passwords and second factors set; every change is on the audit record."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

import pyotp
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from cockpit.access import audit, passwords
from cockpit.access.house import Access, AccessFault, AccessUnavailable
from cockpit.access.people import Person
from cockpit.access.tables import ACCOUNTS, FAILURES, GRANTS, SESSIONS
from cockpit.datasets.database.sealing import seal
from cockpit.texts import visible

_ID: Final = re.compile(r"[a-z0-9][a-z0-9._@-]{1,59}")
_LONGEST: Final = {"name": 40, "office": 80}
_ISSUER: Final = "town-cockpit"


@dataclass(frozen=True)
class Account:
    """Who may sign in. `source`: `local` with a password of ours, `oidc` or `proxy` when somebody else vouches."""

    id: str
    name: str
    office: str
    source: str
    is_active: bool
    must_change: bool
    has_totp: bool
    password_at: datetime | None
    created_at: datetime


def account_id(text: str) -> str:
    """A name of an account as it is kept: small letters, digits, and . _ - @ between them.

    Raises:
        AccessFault: it is none.
    """
    found = text.strip().casefold()
    if not _ID.fullmatch(found):
        raise AccessFault("account_id")
    return found


def add(access: Access, account: str, name: str, office: str, person: Person, *, source: str = "local") -> str:
    """Make an account without any grant; returns its first password, "" where somebody else vouches.

    Raises:
        AccessFault: the name of the account is none, or is taken; nobody's name is given; no right.
    """
    audit.demand(access, person, "administer", "account.add", account)
    account, name, office = account_id(account), _line("name", name), _line("office", office)
    if not name:
        raise AccessFault("name_missing")
    first = passwords.make(access.design) if source == "local" else ""
    values = {
        "id": account, "name": name, "office": office, "source": source, "former_passwords": "[]", "totp": "",
        "password": hashing(access).hash(first) if first else "", "password_at": access.now() if first else None,
        "must_change": bool(first), "totp_step": 0, "is_active": True, "created_at": access.now(),
    }  # fmt: skip
    try:
        with access.database.connection(writes=True) as connection:
            connection.execute(sa.insert(ACCOUNTS), values)
            audit.write(access, connection, "account.add", person=person, about=account, office=office, source=source)
    except IntegrityError:
        raise AccessFault("account_taken", account=account) from None
    return first


def _line(field: str, text: str) -> str:
    return " ".join(visible(text).split())[: _LONGEST[field]]


def every(access: Access) -> tuple[Account, ...]:
    """All accounts, by name."""
    with access.database.connection() as connection:
        rows = connection.execute(sa.select(ACCOUNTS).order_by(ACCOUNTS.c.id)).mappings().all()
    return tuple(_account(row) for row in rows)


def somebody_may_come(access: Access) -> None:
    """Refuse to begin where nobody could sign in; a database that is away is told to who tries.

    Raises:
        AccessFault: there is no account yet; says how to make the first.
    """
    try:
        if not every(access):
            raise AccessFault("nobody")
    except AccessUnavailable:
        return


def find(access: Access, account: str) -> Account | None:
    row = row_of(access, account)
    return None if row is None else _account(row)


def row_of(access: Access, account: str) -> Mapping[Any, Any] | None:
    with access.database.connection() as connection:
        return connection.execute(sa.select(ACCOUNTS).where(ACCOUNTS.c.id == account)).mappings().first()


def _known(access: Access, account: str) -> Account:
    found = find(access, account)
    if found is None:
        raise AccessFault("account_unknown", account=account)
    return found


def set_active(access: Access, account: str, is_active: bool, person: Person) -> None:
    """Disable an account, which ends its sessions, or let it in again.

    Raises:
        AccessFault: no such account, it is the own one, or no right.
    """
    event = "account.enable" if is_active else "account.disable"
    audit.demand(access, person, "administer", event, account)
    _known(access, account)
    if account == person.id and not is_active:
        raise AccessFault("own_account")
    _change(access, account, event, person, is_active=is_active)


def reset_password(access: Access, account: str, person: Person) -> str:
    """A new first password, shown once; sessions end, a lock is lifted.

    Raises:
        AccessFault: no such account, somebody else vouches for it, it is another administrator's, or no right.
    """
    audit.demand(access, person, "administer", "account.reset", account)
    _not_an_administrators(access, account, "account.reset", person)
    if _known(access, account).source != "local":
        raise AccessFault("no_password_of_ours", account=account)
    first = passwords.make(access.design)
    _change(
        access, account, "account.reset", person, password=hashing(access).hash(first), password_at=access.now(),
        must_change=True,
    )  # fmt: skip
    return first


def reset_totp(access: Access, account: str, person: Person, *, is_wanted: bool) -> str:
    """A new secret of the second factor as an otpauth address, or none any more; sessions end.

    Raises:
        AccessFault: no such account, it is another administrator's, or no right.
    """
    audit.demand(access, person, "administer", "account.totp", account)
    _not_an_administrators(access, account, "account.totp", person)
    _known(access, account)
    secret = pyotp.random_base32() if is_wanted else ""
    kept = seal(secret, sealed_for(account)) if secret else ""
    _change(access, account, "account.totp", person, totp=kept, totp_step=0)
    return pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=_ISSUER) if secret else ""


def sealed_for(account: str) -> str:
    """What the secret of an account's second factor is sealed for."""
    return f"totp:{account}"


def _not_an_administrators(access: Access, account: str, event: str, person: Person) -> None:
    """Refuse what would let one administrator sign in as another; who commands the machine itself may (break-glass).

    Raises:
        AccessFault: the account holds, or will hold, a role that stands apart; the refusal is on record.
    """
    if person.is_local or account == person.id:
        return
    query = sa.select(GRANTS.c.role).where(GRANTS.c.account == account, GRANTS.c.revokes == 0)
    query = query.where(sa.or_(GRANTS.c.last_day.is_(None), GRANTS.c.last_day >= access.today()))
    query = query.where(GRANTS.c.number.not_in(sa.select(GRANTS.c.revokes)))
    with access.database.connection() as connection:
        held = set(connection.execute(query).scalars())
    if held & {name for name, role in access.design.roles.items() if role.is_apart}:
        audit.note(access, event, "refused", person=person, about=account, why="administrator")
        raise AccessFault("administrator", account=account)


def change_password(access: Access, account: str, old: str, new: str, person: Person) -> None:
    """The holder's own change; his other sessions end.

    Raises:
        AccessFault: the old one is wrong, or the new one may not be taken.
    """
    row = row_of(access, account)
    if row is None or not hashing(access).fits(row["password"], old):
        audit.note(access, "password.change", "failed", person=person, about=account)
        raise AccessFault("old_password")
    if found := passwords.faults(access.design, account, new):
        raise AccessFault(f"password_{found[0]}", length=access.design.limit("password_length"))
    former = [row["password"], *json.loads(row["former_passwords"])][: access.design.limit("passwords_kept")]
    if passwords.was_used(hashing(access), former, new):
        raise AccessFault("password_used", count=access.design.limit("passwords_kept"))
    _change(
        access, account, "password.change", person, password=hashing(access).hash(new), must_change=False,
        former_passwords=json.dumps(former), password_at=access.now(),
    )  # fmt: skip


def _change(access: Access, account: str, event: str, person: Person, **values: Any) -> None:
    """Write values of an account, end its sessions but that of `person`, and say so, all in one transaction."""
    with access.database.connection(writes=True) as connection:
        connection.execute(sa.update(ACCOUNTS).where(ACCOUNTS.c.id == account).values(**values))
        ended = {"ended_at": access.now(), "ended_by": person.id}
        mine = (SESSIONS.c.account == account) & SESSIONS.c.ended_at.is_(None)
        if person.session:
            mine &= sa.not_(SESSIONS.c.hash.startswith(person.session, autoescape=True))
        connection.execute(sa.update(SESSIONS).where(mine).values(**ended))
        if event == "account.reset":  # a lock is lifted
            connection.execute(sa.delete(FAILURES).where(FAILURES.c.account == account))
        audit.write(access, connection, event, person=person, about=account)


@lru_cache(maxsize=8)
def hashing(access: Access) -> passwords.Hashing:
    """The one place of a process where passwords are hashed."""
    return passwords.Hashing(access.design.limit("hashings_at_once"))


def _account(row: Mapping[Any, Any]) -> Account:
    return Account(
        id=row["id"],
        name=row["name"],
        office=row["office"],
        source=row["source"],
        is_active=bool(row["is_active"]),
        must_change=bool(row["must_change"]),
        has_totp=bool(row["totp"]),
        password_at=row["password_at"],
        created_at=row["created_at"],
    )
