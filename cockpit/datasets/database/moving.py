"""Brings a database's tables to this program's state, by the steps under `migrations/versions`."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import sqlalchemy as sa

NEWEST: Final = "0003"
_TABLE: Final = "cockpit_schema"
_STEPS: Final = Path(__file__).with_name("migrations")


def is_newest(connection: sa.Connection) -> bool:
    """Whether there is nothing to be done; looked up without Alembic, whose import takes longer than the look."""
    if not sa.inspect(connection).has_table(_TABLE):
        return False
    return connection.exec_driver_sql(f"SELECT version_num FROM {_TABLE}").scalar() == NEWEST


def move_to_newest(connection: sa.Connection) -> None:
    """Run the steps that are missing, in the transaction of the connection."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", _STEPS.as_posix())
    config.attributes.update(connection=connection, table=_TABLE)
    command.upgrade(config, "head")
