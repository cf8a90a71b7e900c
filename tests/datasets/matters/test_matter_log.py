"""The log of matters: append-only, one event after another, the same on SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from cockpit.datasets.database.events import EventConflict, Row
from cockpit.datasets.matters.log import MatterLog

AT = datetime(2026, 11, 2, 4, tzinfo=UTC)
FILED = Row("", 1, AT, "filed", "甲", "省特镇办", "n", {"title": "补报"})


def test_matters_are_numbered_by_year_and_read_back_whole(url: str) -> None:
    log = MatterLog(url)
    first, second = log.open_matter(FILED), log.open_matter(FILED)
    assert (first.subject, second.subject) == ("DB-2026-0001", "DB-2026-0002")
    later = log.append(Row(first.subject, 2, AT, "assigned", "甲", "省特镇办", "", {"lead": "乙"}))
    assert MatterLog(url).rows()[first.subject] == (first, later)
    assert set(log.rows("DB-2026-0002")) == {"DB-2026-0002"}
    assert log.count() == 3


def test_of_two_who_write_at_once_the_second_is_told_and_nothing_of_his_is_kept(url: str) -> None:
    log = MatterLog(url)
    name = log.open_matter(FILED).subject
    log.append(Row(name, 2, AT, "assigned", "甲", "省特镇办", "", {}))
    with pytest.raises(EventConflict):
        log.append(Row(name, 2, AT, "refused", "丙", "省特镇办", "", {}))
    assert [row.kind for row in log.rows(name)[name]] == ["filed", "assigned"]


@pytest.mark.parametrize("statement", ["UPDATE matter_events SET note = 'x'", "DELETE FROM matter_events"])
def test_the_database_refuses_changes(url: str, statement: str) -> None:
    MatterLog(url).open_matter(FILED)
    engine = sa.create_engine(url)
    with pytest.raises(sa.exc.DBAPIError, match="append-only"), engine.begin() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()
