"""A database of any earlier step is brought to this program's state; one of a later program is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from cockpit.datasets.database import moving
from cockpit.datasets.database.engine import Database

STEPS = ScriptDirectory(str(moving._STEPS))
NUMBERS = sorted(step.revision for step in STEPS.walk_revisions())


class Unusable(Exception):
    """What the tests' database raises: place and reason."""


def _tables(database: Database) -> set[str]:
    with database.connection() as connection:
        return set(sa.inspect(connection).get_table_names())


def test_the_newest_step_is_the_head_of_the_steps_and_a_step_is_named_by_its_file() -> None:
    assert STEPS.get_current_head() == moving.NEWEST
    assert all(STEPS.get_revision(number).path.rpartition("/")[2].startswith(f"{number}_") for number in NUMBERS)


@pytest.mark.many
@pytest.mark.parametrize("number", NUMBERS)
def test_a_database_of_an_earlier_step_has_every_table_after_its_first_use(url: str, number: str) -> None:
    there = Database(url, Unusable, "X")
    expected = _tables(there)
    engine = sa.create_engine(there._url)
    with engine.begin() as connection:
        for table in sa.inspect(connection).get_table_names():
            connection.exec_driver_sql(f"DROP TABLE {table}")
    with engine.begin() as connection:
        _by_steps(connection, number)
    assert _tables(Database(url, Unusable, "X")) == expected
    engine.dispose()


def test_a_database_at_the_newest_step_is_not_moved_again(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    tables = _tables(Database(url, Unusable, "X"))
    monkeypatch.setattr(moving, "move_to_newest", None)
    assert _tables(Database(url, Unusable, "X")) == tables


def test_a_database_of_a_later_program_is_refused_and_stays_as_it_is(url: str) -> None:
    there = Database(url, Unusable, "X")
    with there.connection(writes=True) as connection:
        connection.exec_driver_sql("UPDATE cockpit_schema SET version_num = '9999'")
    with pytest.raises(Unusable) as refused, Database(url, Unusable, "X").connection():
        pass
    assert refused.value.args[1] == "newer"
    with there.connection() as connection:
        assert moving.step_of(connection) == "9999"


def test_a_file_laid_at_once_is_the_file_the_steps_make(tmp_path: Path) -> None:
    """Guards tests/sparing.py: every other test on SQLite stands on it."""
    laid, moved = (sa.create_engine(f"sqlite:///{tmp_path / name}") for name in ("laid", "moved"))
    for engine, move in ((laid, moving.move_to_newest), (moved, _by_steps)):
        with engine.begin() as connection:
            move(connection)
    assert _schema(laid) == _schema(moved)
    assert len(_schema(laid)) > 20


def _by_steps(connection: sa.Connection, number: str = "head") -> None:
    config = Config()
    config.set_main_option("script_location", moving._STEPS.as_posix())
    config.attributes.update(connection=connection, table=moving._TABLE)
    command.upgrade(config, number)


def _schema(engine: sa.Engine) -> list[tuple[str, ...]]:
    with engine.connect() as connection:
        return sorted(
            tuple(map(str, row)) for row in connection.exec_driver_sql("SELECT type, name, sql FROM sqlite_master")
        )
