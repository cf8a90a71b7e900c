"""Secrets of second factors are sealed; those that stood plain are sealed here."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from cockpit.datasets.database.sealing import is_sealed, seal

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """A column wide enough, and what stands in it sealed for its account."""
    bind = op.get_bind()
    if bind.dialect.name != "sqlite":  # which does not look at lengths
        op.alter_column("accounts", "totp", type_=sa.String(200), existing_nullable=False)
    accounts = sa.table("accounts", sa.column("id", sa.String), sa.column("totp", sa.String))
    for account, secret in bind.execute(sa.select(accounts.c.id, accounts.c.totp).where(accounts.c.totp != "")).all():
        if not is_sealed(secret):
            sealed = seal(secret, f"totp:{account}")
            bind.execute(sa.update(accounts).where(accounts.c.id == account).values(totp=sealed))


def downgrade() -> None:
    """Nothing is taken back: a secret that was sealed stays so."""
