"""Brings a database's tables to this program's state, by the steps under `migrations/versions`."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import sqlalchemy as sa

_TABLE: Final = "cockpit_schema"
_STEPS: Final = Path(__file__).with_name("migrations")
# Looked up without Alembic, whose import takes longer than the look; a step's file begins with its number.
NEWEST: Final = max(step.name[:4] for step in (_STEPS / "versions").glob("[0-9]*.py"))


def step_of(connection: sa.Connection) -> str:
    """Number of the last step the tables went through, e.g. "0003"; "" for an empty database."""
    if not sa.inspect(connection).has_table(_TABLE):
        return ""
    return str(connection.exec_driver_sql(f"SELECT version_num FROM {_TABLE}").scalar() or "")


def move_to_newest(connection: sa.Connection) -> None:
    """Run the steps that are missing, in the transaction of the connection."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", _STEPS.as_posix())
    config.attributes.update(connection=connection, table=_TABLE)
    command.upgrade(config, "head")
