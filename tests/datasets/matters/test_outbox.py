"""The outbox and the log of alerts: once each, whoever writes; a cut-off sending is told and not repeated."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from cockpit.datasets.database.events import EventConflict, Row
from cockpit.datasets.matters.alerts import AlertLog, AlertRow
from cockpit.datasets.matters.log import MatterLog
from cockpit.datasets.matters.outbox import FAILED, SENT, UNSURE, WAITING, Notice, Outbox

AT = datetime(2026, 11, 30, 4, tzinfo=UTC)
TOLD = Notice("DB-2026-0001|2|ding", "ding", "甲县特镇办", "DB-2026-0001", "assigned", "补报", "2026-12-10")
ASSIGNED = Row("DB-2026-0001", 2, AT, "assigned", "甲", "省特镇办", "", {"lead": "甲县特镇办"})


@pytest.fixture
def box(url: str) -> Outbox:
    log = MatterLog(url)
    log.open_matter(Row("", 1, AT, "filed", "甲", "省特镇办", "n", {"title": "补报"}))
    log.append_telling(ASSIGNED, [TOLD])
    return Outbox(url)


def test_of_a_refused_event_nothing_is_told(box: Outbox, url: str) -> None:
    with pytest.raises(EventConflict):
        MatterLog(url).append_telling(ASSIGNED, [Notice("other", "ding", "乙", "DB-2026-0001", "assigned", "补报", "")])
    assert [item.key for item in box.lines()] == [TOLD.key]


def test_taken_once_sent_once(box: Outbox) -> None:
    taken = box.claim("ding", AT)
    assert [item.key for item in taken] == [TOLD.key]
    assert box.claim("ding", AT) == ()
    assert box.claim("mail", AT) == ()
    box.sent(taken)
    assert [item.state for item in box.lines()] == [SENT]


def test_not_accepted_it_waits_longer_each_time_and_ends(box: Outbox) -> None:
    at = AT
    for tries in range(1, 7):
        taken = box.claim("ding", at)
        assert len(taken) == 1, tries
        box.failed(taken, "refused: HTTP 500", at)
        wait = timedelta(minutes=5 * 2 ** (tries - 1))
        assert box.claim("ding", at + wait - timedelta(seconds=1)) == ()
        at += wait
    assert box.claim("ding", at + timedelta(days=9)) == ()
    (line,) = box.lines()
    assert (line.state, line.tries, line.error) == (FAILED, 6, "refused: HTTP 500")


def test_cut_off_while_sending_it_is_not_sent_again_by_itself(box: Outbox) -> None:
    box.claim("ding", AT)
    assert box.claim("ding", AT + timedelta(minutes=11)) == ()
    assert [item.state for item in box.lines()] == [UNSURE]


def test_a_digest_leaves_at_its_hour(box: Outbox, url: str) -> None:
    later = AT + timedelta(hours=20)
    row = Row("DB-2026-0001", 3, AT, "accepted", "乙", "甲县特镇办", "", {})
    MatterLog(url).append_telling(
        row, [Notice("k", "ding", "乙", "DB-2026-0001", "assigned", "x", "", not_before=later)]
    )
    assert [item.key for item in box.claim("ding", AT)] == [TOLD.key]
    assert [item.key for item in box.claim("ding", later)] == ["k"]
    assert WAITING not in {item.state for item in box.lines()}


def test_an_alert_has_one_event_of_a_number(url: str) -> None:
    log = AlertLog(url)
    row = AlertRow("demo", "norms|D1|green", 1, "2026-11-30", "raised", "v0001", "系统")
    assert log.append([row]) == (row,)
    assert log.append([row]) == ()
    assert log.rows("demo") == (row,)
    assert log.rows("public") == ()
    assert log.marker() == 1
