"""The decision log, as it was before steps were counted: made where it is missing, completed where it is older."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from cockpit.datasets.database.laws import append_only

revision = "0001"
down_revision = None

# Younger than the first logs: where they are absent they are added, and older lines hold nothing in them.
_ADDED = (("suggestion", 20), ("objection", 2000), ("register", 64))


def upgrade() -> None:
    """Nothing is updated: lines and triggers of an older log stay as they are."""
    connection = op.get_bind()
    if sa.inspect(connection).has_table("decisions"):
        there = {column["name"] for column in sa.inspect(connection).get_columns("decisions")}
        for name, length in _ADDED:
            if name not in there:
                op.execute(f"ALTER TABLE decisions ADD COLUMN {name} VARCHAR({length}) NOT NULL DEFAULT ''")
        return
    big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "decisions",
        sa.Column("number", big, primary_key=True, autoincrement=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("dataset", sa.String(40), nullable=False),
        sa.Column("town_code", sa.String(40), nullable=False),
        sa.Column("action", sa.String(20), nullable=False),
        sa.Column("until", sa.Date()),
        sa.Column("decided_by", sa.String(60), nullable=False),
        sa.Column("basis", sa.String(2000), nullable=False),
        sa.Column("clauses", sa.Text(), nullable=False),
        sa.Column("risk_grade", sa.String(20), nullable=False),
        sa.Column("data_version", sa.String(80), nullable=False),
        sa.Column("previous", sa.BigInteger(), nullable=False),
        sa.Column("outcome", sa.String(10), sa.CheckConstraint("outcome IN ('recorded', 'refused')"), nullable=False),
        sa.Column("refused_because", sa.String(20), nullable=False),
        sa.Column("newer", sa.BigInteger(), nullable=False),
        sa.Column("suggestion", sa.String(20), nullable=False, server_default=""),
        sa.Column("objection", sa.String(2000), nullable=False, server_default=""),
        sa.Column("register", sa.String(64), nullable=False, server_default=""),
        sqlite_autoincrement=True,  # a number is never given twice
    )
    op.create_index(
        "decisions_one_after_another",
        "decisions",
        ["dataset", "town_code", "previous"],
        unique=True,
        sqlite_where=sa.text("outcome = 'recorded'"),
        postgresql_where=sa.text("outcome = 'recorded'"),
    )
    is_sqlite = connection.dialect.name == "sqlite"
    replaces = (
        "number = NEW.number OR (outcome = 'recorded' AND NEW.outcome = 'recorded' AND dataset = NEW.dataset "
        "AND town_code = NEW.town_code AND previous = NEW.previous)"
    )
    words = "the decision log is append-only"
    for statement in append_only("decisions", words, is_sqlite=is_sqlite, replaces=replaces):
        op.execute(statement)


def downgrade() -> None:
    """Nothing is taken back: a log that was written to is kept."""
