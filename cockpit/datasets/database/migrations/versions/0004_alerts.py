"""What became of alerts, append-only; and the outbox of notices, whose lines are marked as they are sent."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from cockpit.datasets.database.laws import append_only

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Two tables; a notice of one key is there once, whoever writes it."""
    big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "alert_events",
        sa.Column("line", big, primary_key=True, autoincrement=True),
        sa.Column("dataset", sa.String(60), nullable=False),
        sa.Column("alert", sa.String(200), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("version", sa.String(20), nullable=False),
        sa.Column("by", sa.String(60), nullable=False),
        sa.Column("note", sa.String(2000), nullable=False),
        sa.Column("until", sa.String(10), nullable=False),
        sqlite_autoincrement=True,
    )
    order = ["dataset", "alert", "number"]
    op.create_index("alert_events_one_after_another", "alert_events", order, unique=True)
    words, is_sqlite = "the log of alerts is append-only", op.get_bind().dialect.name == "sqlite"
    for statement in append_only("alert_events", words, is_sqlite=is_sqlite, replaces="line = NEW.line"):
        op.execute(statement)
    op.create_table(
        "notices",
        sa.Column("line", big, primary_key=True, autoincrement=True),
        sa.Column("key", sa.String(200), nullable=False, unique=True),
        sa.Column("channel", sa.String(40), nullable=False),
        sa.Column("office", sa.String(80), nullable=False),
        sa.Column("matter", sa.String(20), nullable=False),
        sa.Column("why", sa.String(20), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("due", sa.String(10), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_try", sa.DateTime(timezone=True), nullable=False),
        sa.Column("error", sa.String(300), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("notices_to_send", "notices", ["state", "next_try"])


def downgrade() -> None:
    """Nothing is taken back: a log that was written to is kept."""
