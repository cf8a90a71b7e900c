"""Keys of devices and programs: a wall's, for `/wall` alone, and a program's, for the interface. Never in an address.

A key gives a role within a scope, as a grant does: who may grant makes it, and nobody who manages accounts.

A key is written once, when it is made: `k` and its name, a point, 32 random bytes. Only the hash is kept.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any, Final, Literal

import sqlalchemy as sa

from cockpit.access import audit, guesses
from cockpit.access.grants import is_known
from cockpit.access.guesses import GuessRefused
from cockpit.access.house import Access, AccessFault
from cockpit.access.people import Person, rights_of
from cockpit.access.sessions import hash_of
from cockpit.access.tables import KEYS
from cockpit.rights import NOWHERE, Scope, read_scope
from cockpit.texts import visible

Kind = Literal["device", "api"]
ROLES: Final[Mapping[str, frozenset[str]]] = {
    "device": frozenset({"presenter"}),
    "api": frozenset({"viewer", "analyst", "leader"}),
}
_NAME: Final = re.compile(r"k[0-9a-f]{8}")
_NO_TOWNS: Final[Mapping[str, str]] = MappingProxyType({})
_COUNTED: Final = "key:"  # wrong keys are counted beside wrong passwords, apart from them
_USED_EVERY: Final = timedelta(minutes=1)


@dataclass(frozen=True)
class Key:
    """A key without its secret."""

    id: str
    kind: str
    label: str
    role: str
    scope: Scope
    last_day: date | None
    created_at: datetime
    by: str
    used_at: datetime | None
    revoked_at: datetime | None


def make(
    access: Access,
    kind: Kind,
    label: str,
    role: str,
    scope: Scope,
    last_day: date | None,
    person: Person,
    county_of: Mapping[str, str] = _NO_TOWNS,
) -> str:
    """Make a key; returns it, to be shown once. It gives a role within a scope, as a grant does, so who grants makes
    it: an administrator of accounts could read all figures with one.

    Args:
        county_of: county of every town a scope may name.

    Raises:
        AccessFault: no label, an empty, unknown or wider scope than the maker's, a role keys of the kind do not have,
            a day that is over, no right.
    """
    audit.demand(access, person, "grant", "key.make")
    label = " ".join(visible(label).split())[:80]
    for is_wrong, why in (
        (not label, "label_missing"),
        (role not in ROLES[kind], "role_not_for_key"),
        (scope == NOWHERE, "scope_empty"),
        (not is_known(scope, county_of), "scope_unknown"),
        (last_day is not None and last_day < access.today(), "day_over"),
    ):
        if is_wrong:
            raise AccessFault(why, role=role)
    if not scope.within(person.rights.scope("grant"), county_of):
        audit.note(access, "key.make", "refused", person=person, kind=kind, role=role, scope=str(scope))
        raise AccessFault("scope_wider")
    name, secret = f"k{secrets.token_hex(4)}", secrets.token_urlsafe(32)
    values = {
        "id": name, "hash": hash_of(secret), "kind": kind, "label": label, "role": role, "scope": str(scope),
        "last_day": last_day, "created_at": access.now(), "by": person.id, "used_at": None, "revoked_at": None,
    }  # fmt: skip
    with access.database.connection(writes=True) as connection:
        connection.execute(sa.insert(KEYS), values)
        audit.write(access, connection, "key.make", person=person, about=name, kind=kind, role=role, scope=str(scope))
    return f"{name}.{secret}"


def revoke(access: Access, key: str, person: Person) -> None:
    """End a key at once.

    Raises:
        AccessFault: there is none, it is revoked already, or no right.
    """
    audit.demand(access, person, "grant", "key.revoke", key)
    valid = (KEYS.c.id == key) & KEYS.c.revoked_at.is_(None)
    with access.database.connection(writes=True) as connection:
        if connection.execute(sa.update(KEYS).where(valid).values(revoked_at=access.now())).rowcount != 1:
            raise AccessFault("key_unknown")
        audit.write(access, connection, "key.revoke", person=person, about=key)


def every(access: Access) -> tuple[Key, ...]:
    """All keys, newest first."""
    with access.database.connection() as connection:
        rows = connection.execute(sa.select(KEYS).order_by(KEYS.c.created_at.desc())).mappings().all()
    return tuple(_key(row) for row in rows)


def person_of(access: Access, written: str, kind: Kind) -> Person | None:
    """Whom a key stands for; None for one of another kind, a wrong, revoked or outlived one."""
    name, _, secret = written.partition(".")
    if not _NAME.fullmatch(name):  # strangers' cookies are looked at: not all a cookie holds is text for a database
        return None
    return _holder(access, name, kind, hash_of(secret))


def enter(access: Access, written: str, kind: Kind, address: str) -> Person:
    """Whom a key stands for that somebody typed in, held to the limits of passwords.

    Raises:
        GuessRefused: no such key, or too many wrong ones of this name or from this address; the same for keys there
            are and are not.
    """
    name, limits = _name_in(written), access.design.limit
    mine, there = guesses.recent(access, name, address, kind=_COUNTED)
    if mine >= limits("failures") or there >= limits("address_failures"):
        audit.note(access, "key.use", "refused", address=address, about=name, why="address")
        raise GuessRefused("address", minutes=limits("lock_minutes"))
    person = person_of(access, written, kind)
    if person is None:
        guesses.failed(access, "key.use", name, address, why="key", kind=_COUNTED)
        raise GuessRefused("key_unknown")
    return person


def shown(access: Access, written: str, kind: Kind, address: str) -> Person | None:
    """Whom a key stands for that a program or a wall shows at every question; None for none.

    A right one always passes: a lock would stop the walls and programs that run. Wrong ones are counted and recorded up
    to the limit of an address; an old key that was right once is no guess.
    """
    person = person_of(access, written, kind)
    if person is None and not _was_right(access, written):
        _, there = guesses.recent(access, "", address, kind=_COUNTED)
        if there < access.design.limit("address_failures"):
            guesses.failed(access, "key.use", _name_in(written), address, why="key", kind=_COUNTED)
    return person


def _name_in(written: str) -> str:
    name = written.partition(".")[0]
    return name if _NAME.fullmatch(name) else ""


def _was_right(access: Access, written: str) -> bool:
    """Whether a key was made like this, revoked or outlived as it may be."""
    name, _, secret = written.partition(".")
    if not _NAME.fullmatch(name):
        return False
    with access.database.connection() as connection:
        kept = connection.execute(sa.select(KEYS.c.hash).where(KEYS.c.id == name)).scalar()
    return kept is not None and secrets.compare_digest(kept, hash_of(secret))


def person_by_name(access: Access, name: str, kind: Kind) -> Person | None:
    """As `person_of`, for one whose secret was checked when it came in."""
    return _holder(access, name, kind, None)


def _holder(access: Access, name: str, kind: Kind, hashed: str | None) -> Person | None:
    with access.database.connection() as connection:
        row = connection.execute(sa.select(KEYS).where(KEYS.c.id == name)).mappings().first()
    if row is None or row["kind"] != kind or row["revoked_at"] is not None:
        return None
    if hashed is not None and not secrets.compare_digest(row["hash"], hashed):
        return None
    if row["last_day"] is not None and access.today() > row["last_day"]:
        return None
    if row["used_at"] is None or access.now() - row["used_at"] > _USED_EVERY:
        with access.database.connection(writes=True) as connection:
            connection.execute(sa.update(KEYS).where(KEYS.c.id == name).values(used_at=access.now()))
    rights, sees = rights_of(access.design, [(row["role"], read_scope(row["scope"]))])
    return Person(row["id"], row["label"], "", (row["role"],), rights, sees, kind, row["id"])


def _key(row: Mapping[Any, Any]) -> Key:
    return Key(
        row["id"], row["kind"], row["label"], row["role"], read_scope(row["scope"]), row["last_day"],
        row["created_at"], row["by"], row["used_at"], row["revoked_at"],
    )  # fmt: skip
