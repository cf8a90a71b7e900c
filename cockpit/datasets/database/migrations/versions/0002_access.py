"""Accounts, grants, sessions, keys and the audit record."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from cockpit.datasets.database.laws import append_only

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Five tables; grants and the audit record are append-only."""
    big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    at = sa.DateTime(timezone=True)

    def text(name: str, length: int) -> sa.Column[str]:
        return sa.Column(name, sa.String(length), nullable=False, server_default="")

    op.create_table(
        "accounts",
        sa.Column("id", sa.String(60), primary_key=True),
        text("name", 60),
        text("office", 80),
        text("source", 10),
        text("password", 200),
        sa.Column("former_passwords", sa.Text(), nullable=False, server_default="[]"),
        sa.Column("password_at", at),
        sa.Column("must_change", sa.Boolean(), nullable=False, server_default=sa.false()),
        text("totp", 64),
        sa.Column("totp_step", sa.BigInteger(), nullable=False, server_default="0"),
        sa.Column("is_active", sa.Boolean(), nullable=False, server_default=sa.true()),
        sa.Column("created_at", at, nullable=False),
    )
    op.create_table(
        "grants",
        sa.Column("number", big, primary_key=True, autoincrement=True),
        sa.Column("at", at, nullable=False),
        text("account", 60),
        text("role", 40),
        sa.Column("scope", sa.Text(), nullable=False, server_default=""),
        sa.Column("first_day", sa.Date()),
        sa.Column("last_day", sa.Date()),
        text("by", 120),
        text("reason", 500),
        sa.Column("revokes", sa.BigInteger(), nullable=False, server_default="0"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "sessions",
        sa.Column("hash", sa.String(64), primary_key=True),
        text("account", 60),
        text("way", 10),
        sa.Column("created_at", at, nullable=False),
        sa.Column("seen_at", at, nullable=False),
        text("address", 60),
        text("agent", 200),
        sa.Column("ended_at", at),
        text("ended_by", 120),
    )
    op.create_index("sessions_of", "sessions", ["account"])
    op.create_table(
        "keys",
        sa.Column("id", sa.String(20), primary_key=True),
        text("hash", 64),
        text("kind", 10),
        text("label", 80),
        text("role", 40),
        sa.Column("scope", sa.Text(), nullable=False, server_default=""),
        sa.Column("last_day", sa.Date()),
        sa.Column("created_at", at, nullable=False),
        text("by", 120),
        sa.Column("used_at", at),
        sa.Column("revoked_at", at),
    )
    op.create_table(
        "audit",
        sa.Column("number", big, primary_key=True, autoincrement=True),
        sa.Column("at", at, nullable=False),
        text("event", 40),
        text("outcome", 10),
        text("account", 60),
        text("label", 120),
        text("role", 200),
        text("session", 16),
        text("address", 60),
        text("object", 200),
        sa.Column("detail", sa.Text(), nullable=False, server_default="{}"),
        text("previous", 64),
        text("hash", 64),
        sqlite_autoincrement=True,
    )
    op.create_index("audit_at", "audit", ["at"])
    op.create_table(
        "failures",
        sa.Column("number", big, primary_key=True, autoincrement=True),
        sa.Column("at", at, nullable=False),
        text("account", 60),
        text("address", 60),
    )
    op.create_index("failures_at", "failures", ["at"])
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for table, words in (("grants", "grants are append-only"), ("audit", "the audit record is append-only")):
        for statement in append_only(table, words, is_sqlite=is_sqlite):
            op.execute(statement)


def downgrade() -> None:
    """Nothing is taken back: what was recorded is kept."""
