"""The audit record: what happened, who did it, from where, whether it was allowed. Append-only, chained by hashes.

Every line's hash covers the line and the hash before it, so that a line changed, taken out or put in by hand is found.
Never in it: passwords, tokens, keystrokes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final, Literal

import sqlalchemy as sa

from cockpit.access.house import SHANGHAI, Access, AccessFault
from cockpit.access.people import Person
from cockpit.access.tables import AUDIT
from cockpit.datasets.database.laws import append_only, lifted

Outcome = Literal["begun", "ok", "failed", "refused"]
FIRST: Final = "0" * 64
_LOCK: Final = 7_320_222  # one line follows another
_LENGTHS: Final = {"label": 120, "role": 200, "address": 60, "object": 200, "account": 60, "session": 16, "event": 40}
_PAGE: Final = 2000
_CLOCK_SLACK: Final = timedelta(minutes=2)  # machines beside each other are never quite of one time


@dataclass(frozen=True)
class Line:
    """One event. `detail` holds codes, counts and filters; `session` the first signs of its hash."""

    number: int
    at: datetime
    event: str
    outcome: Outcome
    account: str
    label: str
    role: str
    session: str
    address: str
    object: str
    detail: Mapping[str, Any]
    previous: str
    hash: str


@dataclass(frozen=True)
class Verified:
    """Result of looking through the chain: lines looked at, and the number of the first that does not fit (0: none).

    `unended` are the numbers of acts that were begun and of whose end nothing is known: broken off, or under way.
    """

    lines: int
    broken_at: int
    unended: tuple[int, ...] = ()


def note(
    access: Access,
    event: str,
    outcome: Outcome = "ok",
    *,
    person: Person | None = None,
    account: str = "",
    address: str = "",
    about: str = "",
    more: Mapping[str, Any] | None = None,
    **detail: Any,
) -> None:
    """Add a line. `about` is what it was done to; `more` and what is given besides go into `detail`.

    Raises:
        AccessUnavailable: the database cannot be used; what was to be recorded must not be done then.
    """
    with access.database.connection(writes=True) as connection:
        write(
            access,
            connection,
            event,
            outcome,
            person=person,
            account=account,
            address=address,
            about=about,
            **(more or {}),
            **detail,
        )


def demand(access: Access, person: Person, verb: str, event: str, about: str = "") -> None:
    """Let go on only who has a right; what a page does not show is no protection.

    Raises:
        AccessFault: he has not; the refusal is on record.
    """
    if not person.rights.may(verb):
        note(access, event, "refused", person=person, about=about, why="no_right")
        raise AccessFault("no_right")


def write(
    access: Access,
    connection: sa.Connection,
    event: str,
    outcome: Outcome = "ok",
    *,
    person: Person | None = None,
    account: str = "",
    address: str = "",
    about: str = "",
    session: str = "",
    **detail: Any,
) -> None:
    """As `note`, in the transaction of what it records: both stand, or neither.

    A clock that was set back is told by a line before: what is over could begin again by it.
    """
    access.database.lock(connection, _LOCK)
    at = access.now()
    last = connection.execute(sa.select(AUDIT.c.hash, AUDIT.c.at).order_by(AUDIT.c.number.desc()).limit(1)).first()
    if last is not None and last.at - at > _CLOCK_SLACK and event != "clock.back":
        back = {"seconds": int((last.at - at).total_seconds()), "before": last.at.isoformat(timespec="seconds")}
        write(access, connection, "clock.back", "failed", **back)
        last = connection.execute(sa.select(AUDIT.c.hash, AUDIT.c.at).order_by(AUDIT.c.number.desc()).limit(1)).first()
    values: dict[str, Any] = {
        "event": event,
        "account": person.id if person else account,
        "label": person.name if person else "",
        "role": ",".join(person.roles) if person else "",
        "session": person.session if person else session,
        "address": address or (person.address if person else ""),
        "object": about,
    }
    values = {
        name: "".join(sign for sign in text if sign.isprintable())[: _LENGTHS[name]] for name, text in values.items()
    }
    values |= {"at": at, "outcome": outcome, "detail": json.dumps(detail, ensure_ascii=False, sort_keys=True)}
    values["previous"] = last.hash if last is not None else FIRST
    connection.execute(sa.insert(AUDIT), {**values, "hash": _hash(values)})


def _hash(values: Mapping[str, Any]) -> str:
    said = {name: values[name] for name in (*_LENGTHS, "outcome", "detail", "previous")}
    said["at"] = values["at"].isoformat(timespec="milliseconds")
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def lines(
    access: Access,
    *,
    since: date | None = None,
    until: date | None = None,
    account: str = "",
    event: str = "",
    outcome: str = "",
    most: int = 200,
) -> tuple[Line, ...]:
    """Lines newest first; `since` and `until` are days in Shanghai, both included."""
    query = sa.select(AUDIT).order_by(AUDIT.c.number.desc()).limit(most)
    for column, wanted in ((AUDIT.c.account, account), (AUDIT.c.event, event), (AUDIT.c.outcome, outcome)):
        query = query.where(column == wanted) if wanted else query
    if since is not None:
        query = query.where(AUDIT.c.at >= _start(since))
    if until is not None:
        query = query.where(AUDIT.c.at < _start(until + timedelta(days=1)))
    with access.database.connection() as connection:
        return tuple(_line(row) for row in connection.execute(query).mappings())


def _start(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)


def verify(access: Access) -> Verified:
    """Look through the whole chain. A purge leaves the hash it went on from in its own line."""
    count, last = 0, ""
    begun: dict[str, int] = {}
    for row in _rows(access):
        count += 1
        fits = row["hash"] == _hash(row) and (row["previous"] == last or not last)
        if not fits or (count == 1 and not _may_begin(access, row)):
            return Verified(count, int(row["number"]))
        last = row["hash"]
        if deed := json.loads(row["detail"]).get("deed"):
            if row["outcome"] == "begun":
                begun[deed] = int(row["number"])
            else:
                begun.pop(deed, None)
    return Verified(count, 0, tuple(begun.values()))


def _may_begin(access: Access, row: Mapping[str, Any]) -> bool:
    """Whether a chain may begin with a line: the very first, or the one a purge says it left as the oldest."""
    if row["previous"] == FIRST:
        return True
    purges = lines(access, event="audit.purge", most=_PAGE)
    return any(purge.detail.get("last_hash") == row["previous"] for purge in purges)


def _rows(access: Access) -> Iterator[dict[str, Any]]:
    after = 0
    while True:
        query = sa.select(AUDIT).where(AUDIT.c.number > after).order_by(AUDIT.c.number).limit(_PAGE)
        with access.database.connection() as connection:
            page = connection.execute(query).mappings().all()
        yield from ({str(name): value for name, value in row.items()} for row in page)
        if len(page) < _PAGE:
            return
        after = int(page[-1]["number"])


def purge(access: Access, before: date, person: Person) -> int:
    """Delete the lines of whole months before a day, and say so in a line; returns how many were deleted.

    Raises:
        AccessFault: the day is none of the first of a month, lines would go that must be kept, or no right.
    """
    demand(access, person, "audit", "audit.purge")
    kept_from = access.today() - timedelta(days=access.design.limit("audit_days"))
    if before.day != 1 or before > kept_from:
        raise AccessFault("purge_too_new", days=access.design.limit("audit_days"))
    words, is_sqlite = "the audit record is append-only", access.database.is_sqlite
    with access.database.connection(writes=True) as connection:
        old = AUDIT.c.at < _start(before)
        last = connection.execute(sa.select(AUDIT.c.hash).where(old).order_by(AUDIT.c.number.desc()).limit(1)).scalar()
        if last is None:
            return 0
        for statement in lifted("audit", is_sqlite=is_sqlite):
            connection.exec_driver_sql(statement)
        count = connection.execute(sa.delete(AUDIT).where(old)).rowcount
        for statement in append_only("audit", words, is_sqlite=is_sqlite):
            connection.exec_driver_sql(statement)
        told = {"before": before.isoformat(), "lines": count, "last_hash": last}
        write(access, connection, "audit.purge", person=person, **told)
    return int(count)


def _line(row: Mapping[Any, Any]) -> Line:
    return Line(**{**row, "detail": json.loads(row["detail"])})
