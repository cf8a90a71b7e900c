"""What Alembic runs: the steps, in the transaction that was handed in."""

from __future__ import annotations

from alembic import context

given = context.config.attributes
context.configure(connection=given["connection"], version_table=given["table"])
context.run_migrations()
