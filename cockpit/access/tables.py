"""The tables of access, as queries see them; made by `datasets/database/migrations`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final

import sqlalchemy as sa


class Moment(sa.types.TypeDecorator[datetime]):
    """A time with its zone; SQLite keeps none, and what is written there is UTC."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _table(name: str, *texts: str, **others: Any) -> sa.TableClause:
    named = [sa.column(column, sa.String) for column in texts]
    return sa.table(name, *named, *(sa.column(column, kind) for column, kind in others.items()))


ACCOUNTS: Final = _table(
    "accounts", "id", "name", "office", "source", "password", "former_passwords", "totp",
    password_at=Moment, must_change=sa.Boolean, totp_step=sa.BigInteger, is_active=sa.Boolean,
    created_at=Moment,
)  # fmt: skip
GRANTS: Final = _table(
    "grants", "account", "role", "scope", "by", "reason",
    number=sa.BigInteger, at=Moment, first_day=sa.Date, last_day=sa.Date, revokes=sa.BigInteger,
)  # fmt: skip
SESSIONS: Final = _table(
    "sessions", "hash", "account", "way", "address", "agent", "ended_by",
    created_at=Moment, seen_at=Moment, ended_at=Moment,
)  # fmt: skip
KEYS: Final = _table(
    "keys", "id", "hash", "kind", "label", "role", "scope", "by",
    last_day=sa.Date, created_at=Moment, used_at=Moment, revoked_at=Moment,
)  # fmt: skip
AUDIT: Final = _table(
    "audit", "event", "outcome", "account", "label", "role", "session", "address", "object", "detail", "previous",
    "hash", number=sa.BigInteger, at=Moment,
)  # fmt: skip
FAILURES: Final = _table("failures", "account", "address", number=sa.BigInteger, at=Moment)
