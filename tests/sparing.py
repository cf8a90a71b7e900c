"""What every test pays and only few are about, made cheap: hashes of passwords, the tables of a new SQLite file, the
empty rows of a template, and Streamlit's search for components in everything installed."""

from __future__ import annotations

import functools
from pathlib import Path

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher
from streamlit.components.v2 import manifest_scanner

from cockpit.access import passwords
from cockpit.datasets.database import moving
from cockpit.datasets.template import workbook

WEAKEST = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def hash_weakly(patch: pytest.MonkeyPatch) -> None:
    """Hash in a millisecond, by the same function; processes that tests start hash as the app does."""
    patch.setattr(passwords, "_HASHER", WEAKEST)


def leave_few_rows(patch: pytest.MonkeyPatch) -> None:
    """Templates with fifteen empty rows a sheet: written, read and checked ten times as fast as two hundred."""
    patch.setattr(workbook, "SPARE_ROWS", 15)


def look_for_components_once(patch: pytest.MonkeyPatch) -> None:
    """A server looks once, when it starts; AppTest would at every run: half of what a page costs."""
    patch.setattr(
        manifest_scanner, "scan_component_manifests", functools.cache(manifest_scanner.scan_component_manifests)
    )


def lay_tables_once(patch: pytest.MonkeyPatch, folder: Path) -> None:
    """Give an empty SQLite file the tables that the steps made once, statement by statement; all else goes by steps."""
    by_steps = moving.move_to_newest

    @functools.cache
    def statements() -> list[str]:
        engine = sa.create_engine(f"sqlite:///{folder / 'tables.sqlite'}")
        with engine.begin() as connection:
            by_steps(connection)
        with engine.begin() as connection:
            # Tables before what stands on them: the order in which they were made.
            made = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid")
            found = [str(row[0]) for row in made if "sqlite_sequence" not in str(row[0])]
        engine.dispose()
        return [*found, f"INSERT INTO {moving._TABLE} VALUES ('{moving.NEWEST}')"]

    def move(connection: sa.Connection) -> None:
        if connection.dialect.name != "sqlite" or sa.inspect(connection).get_table_names():
            by_steps(connection)
            return
        for statement in statements():
            connection.exec_driver_sql(statement)

    patch.setattr(moving, "move_to_newest", move)
