"""Notices waiting to be sent: written in the transaction of the event they tell of, sent once.

A line goes from `waiting` to `sending` before the message leaves, and to `sent` after. One found in `sending` later was
cut off in between: nobody knows whether it arrived, so a person is told (`unsure`) and it is not sent again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, Final

import sqlalchemy as sa

from cockpit.datasets.database.address import SETTING
from cockpit.datasets.database.engine import Database
from cockpit.datasets.decisions.entries import LogUnavailable

WAITING: Final = "waiting"
SENDING: Final = "sending"
SENT: Final = "sent"
UNSURE: Final = "unsure"
FAILED: Final = "failed"
_TRIES: Final = 6
_BACK_OFF_MINUTES: Final = 5  # doubled at every try
_CUT_OFF_MINUTES: Final = 10
_TEXTS: Final = ("key", "channel", "office", "matter", "why", "title", "due", "state", "error")
NOTICES: Final = sa.table(
    "notices",
    *(sa.column(name, sa.String) for name in _TEXTS),
    sa.column("line", sa.BigInteger),
    sa.column("tries", sa.Integer),
    sa.column("made_at", sa.DateTime(timezone=True)),
    sa.column("next_try", sa.DateTime(timezone=True)),
)


@dataclass(frozen=True)
class Notice:
    """One notice. `key` names event and channel: of one key there is one line. `not_before`: when it leaves at first,
    None for at once."""

    key: str
    channel: str
    office: str
    matter: str
    why: str
    title: str
    due: str
    state: str = WAITING
    tries: int = 0
    error: str = ""
    not_before: datetime | None = None


def insert(connection: sa.Connection, notices: Iterable[Notice], at: datetime) -> None:
    """Put notices into the outbox within the caller's transaction."""
    at = at.astimezone(UTC)
    for item in notices:
        values = {name: value for name, value in vars(item).items() if name != "not_before"}
        first = (item.not_before or at).astimezone(UTC)
        connection.execute(sa.insert(NOTICES), {**values, "made_at": at, "next_try": first})


class Outbox:
    """The outbox behind one address."""

    def __init__(self, url: str) -> None:
        self._database = Database(url, LogUnavailable, SETTING)

    def claim(self, channel: str, at: datetime) -> tuple[Notice, ...]:
        """Take all that is due on a channel; nobody else gets the same lines."""
        at = at.astimezone(UTC)
        cut_off = at - timedelta(minutes=_CUT_OFF_MINUTES)
        here = NOTICES.c.channel == channel
        with self._database.connection(writes=True) as connection:
            stale = (here, NOTICES.c.state == SENDING, NOTICES.c.next_try < cut_off)
            connection.execute(sa.update(NOTICES).where(*stale).values(state=UNSURE))
            due = (here, NOTICES.c.state == WAITING, NOTICES.c.next_try <= at)
            query = sa.select(NOTICES).where(*due).order_by(NOTICES.c.line)
            rows = connection.execute(query if self._database.is_sqlite else query.with_for_update(skip_locked=True))
            found = rows.mappings().all()
            lines = [item["line"] for item in found]
            if lines:
                taken = NOTICES.c.line.in_(lines)
                connection.execute(sa.update(NOTICES).where(taken).values(state=SENDING, next_try=at))
        return tuple(_notice(item) for item in found)

    def sent(self, notices: Sequence[Notice]) -> None:
        self._mark(notices, state=SENT, error="")

    def failed(self, notices: Sequence[Notice], why: str, at: datetime) -> None:
        """Not accepted: again later, each time after a longer while, six times at most."""
        for item in notices:
            tries = item.tries + 1
            wait = timedelta(minutes=_BACK_OFF_MINUTES * 2 ** (tries - 1))
            state = WAITING if tries < _TRIES else FAILED
            self._mark([item], state=state, tries=tries, error=why[:300], next_try=at.astimezone(UTC) + wait)

    def _mark(self, notices: Sequence[Notice], **values: Any) -> None:
        keys = [item.key for item in notices]
        with self._database.connection(writes=True) as connection:
            connection.execute(sa.update(NOTICES).where(NOTICES.c.key.in_(keys)).values(**values))

    def lines(self) -> tuple[Notice, ...]:
        """The whole outbox, the newest first."""
        with self._database.connection() as connection:
            rows = connection.execute(sa.select(NOTICES).order_by(NOTICES.c.line.desc())).mappings().all()
        return tuple(_notice(item) for item in rows)


@lru_cache(maxsize=8)
def outbox(url: str) -> Outbox:
    """The outbox at an address; one object for all callers."""
    return Outbox(url)


def _notice(item: Any) -> Notice:
    texts: Any = {name: str(item[name]) for name in _TEXTS}
    return Notice(tries=int(item["tries"]), **texts)
