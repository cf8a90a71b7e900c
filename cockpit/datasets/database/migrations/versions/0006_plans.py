"""Events of target sets that people make, and of saved scenarios; append-only."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from cockpit.datasets.database.laws import append_only

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """One table: an event is the only successor of the one before it."""
    big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "plan_events",
        sa.Column("line", big, primary_key=True, autoincrement=True),
        sa.Column("plan", sa.String(60), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("by", sa.String(60), nullable=False),
        sa.Column("office", sa.String(80), nullable=False),
        sa.Column("note", sa.String(2000), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("plan_events_one_after_another", "plan_events", ["plan", "number"], unique=True)
    words, is_sqlite = "the log of plans is append-only", op.get_bind().dialect.name == "sqlite"
    for statement in append_only("plan_events", words, is_sqlite=is_sqlite, replaces="line = NEW.line"):
        op.execute(statement)


def downgrade() -> None:
    """Nothing is taken back: a log that was written to is kept."""
