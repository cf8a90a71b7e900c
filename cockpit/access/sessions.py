"""Sessions: opened by `signing_in`, kept in the database by the hash of their token, ended by time or by somebody.

A token is 32 random bytes and known to the browser alone. What a person may do is looked up anew every few seconds.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, Final, Literal

import sqlalchemy as sa

from cockpit.access import audit, grants
from cockpit.access.accounts import row_of
from cockpit.access.house import Access, AccessFault
from cockpit.access.people import Person, Way, rights_of
from cockpit.access.tables import SESSIONS

# A session is first half a one, where a second factor or a new password is still asked for.
Step = Literal["code", "change", ""]
STEPS: Final[Mapping[str, Step]] = {"half": "code", "change": "change"}
_STEP_MINUTES: Final = 10
_SHORT: Final = 12  # signs of a hash by which a session is named
_FRESH_SECONDS: Final = 2.0  # so long what was looked up holds: a revocation is felt within five
_SEEN_SECONDS: Final = 30.0
_CLOCK_SLACK: Final = timedelta(minutes=2)


@dataclass(frozen=True)
class Opened:
    """A session just opened: its token, for the cookie, and what is still asked for."""

    token: str
    step: Step


@dataclass(frozen=True)
class Session:
    """One session as its holder and an administrator see it; `id` are the first signs of its hash."""

    id: str
    account: str
    way: str
    created_at: datetime
    seen_at: datetime
    address: str
    agent: str
    ended_at: datetime | None


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def begin(access: Access, account: str, way: str, address: str, agent: str) -> Opened:
    """Open a session for who was found to be somebody (`signing_in`); its token is told once."""
    token = secrets.token_urlsafe(32)
    at, full_hash = access.now(), hash_of(token)
    values = {
        "hash": full_hash, "account": account, "way": way, "created_at": at, "seen_at": at,
        "address": address[:60], "agent": agent[:200], "ended_at": None, "ended_by": "",
    }  # fmt: skip
    with access.database.connection(writes=True) as connection:
        connection.execute(sa.insert(SESSIONS), values)
        short = full_hash[:_SHORT]
        audit.write(access, connection, "sign_in", account=account, address=address, session=short, way=way)
    return Opened(token, STEPS.get(way, ""))


def end(access: Access, full_hash: str, ended_by: str) -> None:
    """End one session."""
    open_one = (SESSIONS.c.hash == full_hash) & SESSIONS.c.ended_at.is_(None)
    with access.database.connection(writes=True) as connection:
        row = connection.execute(sa.select(SESSIONS.c.account, SESSIONS.c.address).where(open_one)).first()
        connection.execute(sa.update(SESSIONS).where(open_one).values(ended_at=access.now(), ended_by=ended_by))
        if row is not None and ended_by != "system":
            # From where it was opened, when its holder ends it; who else ends one is known by a line of his own.
            address = row.address if ended_by == row.account else ""
            short = full_hash[:_SHORT]
            audit.write(
                access, connection, "sign_out", account=ended_by, about=row.account, address=address, ended=short
            )
    _seen(access).forget(full_hash)


def end_named(access: Access, short: str, person: Person) -> None:
    """End the session an administrator, or its holder, names by the first signs of its hash.

    Raises:
        AccessFault: there is none, or it is somebody else's and the person administers no accounts.
    """
    with access.database.connection() as connection:
        query = sa.select(SESSIONS).where(
            SESSIONS.c.hash.startswith(short, autoescape=True), SESSIONS.c.ended_at.is_(None)
        )
        row = connection.execute(query).mappings().first() if len(short) == _SHORT else None
    if row is None or not (row["account"] == person.id or person.rights.may("administer")):
        raise AccessFault("session_unknown")
    end(access, row["hash"], person.id)


def end_others(access: Access, person: Person) -> int:
    """End all sessions of a person but this one; returns how many."""
    others = [item for item in of_account(access, person.id) if item.id != person.session]
    for item in others:
        end_named(access, item.id, person)
    return len(others)


def of_account(access: Access, account: str | None) -> tuple[Session, ...]:
    """Sessions that are open and not over, newest first; of everybody for None."""
    query = sa.select(SESSIONS).where(SESSIONS.c.ended_at.is_(None)).order_by(SESSIONS.c.created_at.desc())
    if account is not None:
        query = query.where(SESSIONS.c.account == account)
    with access.database.connection() as connection:
        rows = connection.execute(query).mappings().all()
    kept = [row for row in rows if not is_over(access, row)]
    return tuple(
        Session(
            row["hash"][:_SHORT], row["account"], row["way"], row["created_at"], row["seen_at"], row["address"],
            row["agent"], row["ended_at"],
        )
        for row in kept
    )  # fmt: skip


def step_of(access: Access, token: str) -> Step | None:
    """What a session still asks for; None where there is none."""
    row = found(access, hash_of(token)) if token else None
    return None if row is None or is_over(access, row) else STEPS.get(row["way"], "")


def account_of(access: Access, token: str) -> str:
    """Whose session it is, half or whole; "" for none."""
    row = found(access, hash_of(token)) if token else None
    return "" if row is None or is_over(access, row) else str(row["account"])


def person_of(access: Access, full_hash: str) -> Person | None:
    """Who holds a session, with what he may do now; None where it is none, over, ended, or half.

    What was looked up holds for two seconds.
    """
    return _seen(access).look_up(full_hash)


def person_of_account(access: Access, account: str) -> Person | None:
    """Who an account is that a proxy vouches for at every request; None for none, or a disabled one."""
    return _seen(access).look_up(f"account:{account}")


def is_touched(access: Access, full_hash: str) -> bool:
    """Whether it was noted lately that the person does something; asked at every message, and free of charge."""
    return _seen(access).is_touched(full_hash)


def touch(access: Access, full_hash: str) -> None:
    """The person did something: the session is idle from now on only. Written at most twice a minute."""
    _seen(access).touch(full_hash)


def found(access: Access, full_hash: str) -> Mapping[Any, Any] | None:
    """The row of a session, half or whole, over or not."""
    with access.database.connection() as connection:
        return connection.execute(sa.select(SESSIONS).where(SESSIONS.c.hash == full_hash)).mappings().first()


def is_over(access: Access, row: Mapping[Any, Any]) -> bool:
    """Whether a session was ended or has run out."""
    now, limit = access.now(), access.design.limit
    idle = timedelta(minutes=_STEP_MINUTES if row["way"] in STEPS else limit("idle_minutes"))
    return (
        row["ended_at"] is not None
        or now - row["seen_at"] > idle
        or now - row["created_at"] > timedelta(hours=limit("session_hours"))
        # A clock that was set back makes a session of the future, which would outlive its limits.
        or row["seen_at"] - now > _CLOCK_SLACK
    )


class _Seen:
    """What was looked up of sessions lately, by the hash; for all threads of a process."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self._lock = threading.Lock()
        self._people: dict[str, tuple[float, Person | None]] = {}
        self._touched: dict[str, float] = {}

    def look_up(self, full_hash: str) -> Person | None:
        now = time.monotonic()
        with self._lock:
            at, person = self._people.get(full_hash, (-_FRESH_SECONDS, None))
        if now - at < _FRESH_SECONDS:
            return person
        person = _person(self._access, full_hash)
        with self._lock:
            if len(self._people) > 5000:  # strangers' cookies are looked up as well
                self._people.clear()
            self._people[full_hash] = (now, person)
        return person

    def is_touched(self, full_hash: str) -> bool:
        return time.monotonic() - self._touched.get(full_hash, -_SEEN_SECONDS) < _SEEN_SECONDS

    def touch(self, full_hash: str) -> None:
        now = time.monotonic()
        with self._lock:
            if self.is_touched(full_hash):
                return
            if len(self._touched) > 5000:
                self._touched.clear()
            self._touched[full_hash] = now
        # One that is over already does not come back.
        idle = timedelta(minutes=self._access.design.limit("idle_minutes"))
        with self._access.database.connection(writes=True) as connection:
            mine = (SESSIONS.c.hash == full_hash) & SESSIONS.c.ended_at.is_(None)
            mine &= SESSIONS.c.seen_at >= self._access.now() - idle
            connection.execute(sa.update(SESSIONS).where(mine).values(seen_at=self._access.now()))

    def forget(self, full_hash: str) -> None:
        with self._lock:
            self._people.pop(full_hash, None)


@lru_cache(maxsize=8)
def _seen(access: Access) -> _Seen:
    return _Seen(access)


def _person(access: Access, name: str) -> Person | None:
    """By the hash of a session, or by `account:` and its name."""
    kind, _, given = name.partition(":")
    if kind == "account" and given:
        return _holder(access, given, "proxy", "")
    row = found(access, name)
    if row is None or row["way"] in STEPS or is_over(access, row):
        return None
    return _holder(access, row["account"], row["way"], name[:_SHORT], row["address"])


def _holder(access: Access, name: str, way: Way, session: str, address: str = "") -> Person | None:
    account = row_of(access, name)
    if account is None or not account["is_active"]:
        return None
    today = access.today()
    held = [
        (grant.role, grant.scope) for grant in grants.of_account(access, account["id"]) if grant.state(today) == "valid"
    ]
    rights, sees = rights_of(access.design, held)
    roles = tuple(dict.fromkeys(role for role, _ in held))
    return Person(account["id"], account["name"], account["office"], roles, rights, sees, way, session, address)
