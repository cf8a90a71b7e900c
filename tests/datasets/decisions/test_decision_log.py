"""The decision log, the same cases on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import multiprocessing
import subprocess
import sys
import threading
import traceback
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from cockpit.acting import Act, ActRefused
from cockpit.datasets.decisions.log import (
    CLAUSES_AT_MOST,
    LENGTHS,
    SETTING,
    DecisionConflict,
    DecisionLog,
    Draft,
    Entry,
    LogUnavailable,
    UnknownSeen,
    faults_of,
)
from cockpit.datasets.decisions.store import Store
from cockpit.phrases import say
from cockpit.vocabulary import DECISION_ACTIONS, DECISIONS_WITH_DATE, LANGUAGES
from tests.acts import by
from tests.datasets.postgres import PASSWORD

pytestmark = pytest.mark.many

NOTE = Draft("demo", "D001", "note", None, ("3.4",), "low", "demo@v0001")
EXTEND = replace(NOTE, action="extend", until=date(2028, 2, 29), clauses=("3.4", "4.3"))

ACT = by("张三", "现场核查", post="处长")
OTHER = by("李四", "现场核查", post="处长")


def open_log(url: str) -> DecisionLog:
    return DecisionLog(url)  # not DecisionLog.open: each a log of its own, as in two processes


def test_what_is_decided_is_read_back_after_a_restart(url: str) -> None:
    before = datetime.now(UTC)
    written = open_log(url).append(EXTEND, ACT, seen=0)
    (read,) = open_log(url).entries("demo")
    assert read == written
    assert read.until == date(2028, 2, 29)
    assert read.clauses == ("3.4", "4.3")
    assert (read.previous, read.outcome, read.data_version) == (0, "recorded", "demo@v0001")
    assert read.recorded_at.tzinfo is UTC
    assert before <= read.recorded_at <= datetime.now(UTC)


def test_newest_first_by_town_and_the_latest_of_each(url: str) -> None:
    log = open_log(url)
    first = log.append(NOTE, ACT, seen=0)
    second = log.append(EXTEND, ACT, seen=first.number)
    other = log.append(replace(NOTE, town_code="D002"), ACT, seen=0)
    log.append(replace(NOTE, dataset="public"), ACT, seen=0)
    assert [entry.number for entry in log.entries("demo")] == [other.number, second.number, first.number]
    assert log.entries("demo", "D001") == (second, first)
    assert log.entries("demo", limit=1) == (other,)
    assert log.latest("demo") == {"D001": second, "D002": other}
    assert (log.count("demo"), log.count("public"), log.count("nothing")) == (3, 1, 0)


def test_a_new_data_version_continues_the_same_log(url: str) -> None:
    log = open_log(url)
    first = log.append(NOTE, ACT, seen=0)
    second = log.append(replace(NOTE, data_version="demo@v0002"), ACT, seen=first.number)
    assert [entry.data_version for entry in log.entries("demo")] == ["demo@v0002", "demo@v0001"]
    assert second.previous == first.number


def test_a_year_is_a_year_in_shanghai(url: str) -> None:
    # 2025-12-31 16:30 UTC is half past midnight of 1 January 2026 in Shanghai.
    store = Store(url, clock=lambda: datetime(2025, 12, 31, 16, 30, tzinfo=UTC))
    written = store.append(NOTE, ACT, 0)
    assert store.entries("demo", None, 9, 2026) == (written,)
    assert store.entries("demo", None, 9, 2025) == ()


def test_the_second_of_two_is_told_and_both_are_kept(url: str) -> None:
    log = open_log(url)
    theirs = log.append(EXTEND, ACT, seen=0)
    marker = log.marker("demo")
    with pytest.raises(DecisionConflict) as told:
        log.append(replace(NOTE, action="terminate"), OTHER, seen=0)
    assert told.value.entry == theirs
    attempt = told.value.attempt
    assert (attempt.outcome, attempt.refused_because, attempt.newer) == ("refused", "newer_entry", theirs.number)
    assert log.entries("demo", "D001") == (attempt, theirs)
    assert log.latest("demo") == {"D001": theirs}
    assert log.marker("demo") != marker
    # Having read theirs, the second may decide; the refused line in between does not count as seen.
    again = log.append(replace(NOTE, action="terminate"), OTHER, seen=theirs.number)
    assert log.latest("demo")["D001"] == again


@pytest.mark.parametrize(
    ("suggestion", "risk", "followed", "against"),
    [
        ("terminate", "high", {"terminate"}, {"extend", "name", "rectify"}),
        ("extend", "low", {"extend", "name", "rectify"}, {"terminate", "remove"}),
        ("accept_or_end", "low", {"name", "terminate", "rectify"}, {"extend"}),
        ("complete_data", "pending", {"rectify"}, {"extend", "terminate", "name"}),
        ("", "high", {"terminate"}, {"extend", "name"}),  # the clause itself ends it, told or not
        ("", "low", {"extend", "terminate", "name"}, set()),
    ],
)
def test_a_decision_against_the_suggestion_needs_its_reason(
    tmp_path: Path, suggestion: str, risk: str, followed: set[str], against: set[str]
) -> None:
    log = open_log(f"sqlite:///{tmp_path}/log.sqlite")
    for number, action in enumerate(sorted(followed | against | {"note", "correct"})):
        until = date(2028, 1, 1) if action in DECISIONS_WITH_DATE else None
        draft = replace(
            NOTE, town_code=f"D{number}", action=action, until=until, suggestion=suggestion, risk_grade=risk
        )
        if action in against:
            with pytest.raises(ActRefused) as told:
                log.append(replace(draft, objection="  "), ACT, seen=0)
            assert [(fault.field, fault.problem) for fault in told.value.faults] == [("objection", "reason_needed")]
            entry = log.append(replace(draft, objection="专家组意见"), ACT, seen=0)
            assert (entry.is_against, entry.objection) == (True, "专家组意见")
        else:
            assert not log.append(draft, ACT, seen=0).is_against
    assert len(log.entries("demo")) == len(followed | against) + 2, "what was refused is not in the log"


def test_a_log_older_than_the_rule_opens_as_before_and_keeps_its_law(url: str) -> None:
    engine = sa.create_engine(sa.make_url(url))
    log = open_log(url)
    first = log.append(NOTE, ACT, seen=0)
    with engine.begin() as connection:  # the table as it was: alone, before the columns were added
        for table in set(sa.inspect(connection).get_table_names()) - {"decisions"}:
            connection.exec_driver_sql(f"DROP TABLE {table}")
        for column in ("suggestion", "objection", "register"):
            connection.exec_driver_sql(f"ALTER TABLE decisions DROP COLUMN {column}")
    again = open_log(url)
    assert again.entries("demo") == (first,)
    against = replace(NOTE, action="terminate", suggestion="extend", objection="地方申请退出", register="ab" * 32)
    second = again.append(against, ACT, seen=first.number)
    assert again.latest("demo")["D001"] == second
    assert second.is_against
    assert (first.register, second.register) == ("", "ab" * 32)
    assert not first.is_against
    with pytest.raises(sa.exc.DBAPIError), engine.begin() as connection:
        connection.exec_driver_sql("UPDATE decisions SET objection = ''")
    engine.dispose()


def test_an_entry_that_was_never_there_is_no_ground(url: str) -> None:
    with pytest.raises(UnknownSeen):
        open_log(url).append(NOTE, ACT, seen=99)
    (kept,) = open_log(url).entries("demo")
    assert (kept.outcome, kept.refused_because) == ("refused", "unknown_seen")


def attempt(url: str, name: str, start: Any, told: Any) -> None:
    log = open_log(url)
    log.count("demo")
    start.wait()
    try:
        told.append(log.append(NOTE, by(name, "现场核查", post="处长"), seen=0).outcome)
    except DecisionConflict as conflict:
        told.append(f"after {conflict.entry.decided_by}")


def judge_race(url: str, told: list[str], people: int) -> None:
    entries = open_log(url).entries("demo")
    (winner,) = [entry for entry in entries if entry.outcome == "recorded"]
    assert sorted(told) == [f"after {winner.decided_by}"] * (people - 1) + ["recorded"]
    assert len(entries) == people


def test_eight_threads_at_once_leave_one_decision(url: str) -> None:
    start, told = threading.Barrier(8), list[str]()
    people = [threading.Thread(target=attempt, args=(url, f"第{n}人", start, told)) for n in range(8)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    judge_race(url, told, 8)


@pytest.mark.long
def test_two_processes_at_once_leave_one_decision(url: str) -> None:
    # Fresh processes: a fork would share the parent's open connections.
    context = multiprocessing.get_context("spawn")
    with context.Manager() as manager:
        start, told = manager.Barrier(2), manager.list()
        people = [context.Process(target=attempt, args=(url, name, start, told)) for name in ("甲", "乙")]
        for person in people:
            person.start()
        for person in people:
            person.join()
        judge_race(url, list(told), 2)


class Blind(Store):
    """A store that looks before the other writes, every time: only the constraint is left to hold."""

    def append_blindly(self, draft: Draft, act: Act, seen: int) -> Entry:
        with self._database.connection(writes=True) as connection:
            return self._insert(connection, draft, act, seen)


def test_the_database_itself_refuses_a_second_line_on_the_same_ground(url: str) -> None:
    store = Blind(url)
    store.append_blindly(NOTE, ACT, 0)
    with pytest.raises(sa.exc.IntegrityError):
        store.append_blindly(NOTE, ACT, 0)
    assert store.count("demo") == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE decisions SET basis = 'other'",
        "UPDATE decisions SET outcome = 'refused' WHERE number = 1",
        "DELETE FROM decisions",
        "DELETE FROM decisions WHERE number = 1",
    ],
)
def test_the_database_itself_refuses_to_change_or_delete(url: str, statement: str) -> None:
    log = open_log(url)
    written = log.append(NOTE, ACT, seen=0)
    refuse(url, statement)
    assert log.entries("demo") == (written,)


def test_the_back_doors_are_closed_too(url: str) -> None:
    log = open_log(url)
    written = log.append(NOTE, ACT, seen=0)
    if url.startswith("sqlite"):
        names = "recorded_at, dataset, town_code, action, decided_by, basis, clauses, risk_grade, data_version"
        names += ", previous, outcome, refused_because, newer"
        values = "'2026-01-01 00:00:00.0', 'demo', 'D001', 'note', 'x', 'x', '[]', '', 'v', 0, 'recorded', '', 0"
        refuse(url, f"INSERT OR REPLACE INTO decisions (number, {names}) VALUES (1, {values})")
        refuse(url, f"INSERT OR REPLACE INTO decisions ({names}) VALUES ({values})")
    else:
        refuse(url, "TRUNCATE decisions")
    assert log.entries("demo") == (written,)


def refuse(url: str, statement: str) -> None:
    engine = sa.create_engine(url)
    with pytest.raises(sa.exc.DBAPIError, match="append-only"), engine.begin() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()


@pytest.mark.parametrize(
    "text", ["=HYPERLINK('x')", "<b onclick=x>粗</b>", "'); DROP TABLE decisions; --", "%s {x} \\ \n 第二行 😀"]
)
def test_any_text_is_kept_as_text(url: str, text: str) -> None:
    log = open_log(url)
    log.append(replace(NOTE, clauses=(text,)), by(text, text, post=text), seen=0)
    (entry,) = log.entries("demo")
    line = " ".join(text.split())
    assert (entry.basis, entry.clauses, entry.decided_by) == (text, (text,), f"{line} {line}")


def test_the_longest_text_fits_and_one_more_does_not(url: str) -> None:
    longest = {field: "字" * LENGTHS[field] for field in ("dataset", "town_code", "data_version")}
    act = by("字" * (LENGTHS["decided_by"] - 3), "字" * LENGTHS["basis"], post="处长")
    clauses = ("款" * LENGTHS["clauses"],) * CLAUSES_AT_MOST
    written = open_log(url).append(replace(NOTE, **longest, clauses=clauses, risk_grade="x" * 20), act, seen=0)
    assert open_log(url).entries(longest["dataset"]) == (written,)
    with pytest.raises(ActRefused):
        open_log(url).append(NOTE, replace(act, note=act.note + "字"), seen=0)
    assert open_log(url).count("demo") == 0


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"town_code": ""}, [("town_code", "empty")]),
        ({"clauses": ("x" * 41,)}, [("clauses", "too_long")]),
        ({"clauses": ("x",) * 21}, [("clauses", "too_many")]),
        ({"objection": "a\ud800"}, [("objection", "not_text")]),
        ({"action": "extend"}, [("until", "date_needed")]),
        ({"action": "rectify"}, [("until", "date_needed")]),
        ({"action": "extent"}, [("action", "unknown")]),
        ({"until": date(2027, 1, 1)}, [("until", "date_not_wanted")]),
        ({"action": ""}, [("action", "empty")]),
    ],
)
def test_what_is_wrong_is_said_field_by_field(change: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    faults = faults_of(replace(NOTE, **change), ACT)
    assert [(fault.field, fault.problem) for fault in faults] == expected
    for fault in faults:
        for language in LANGUAGES:
            assert "{" not in fault.say(language)


def test_every_action_can_be_recorded(url: str) -> None:
    log, seen = open_log(url), 0
    for action in DECISION_ACTIONS:
        until = date(2027, 6, 30) if action in {"extend", "rectify"} else None
        seen = log.append(replace(NOTE, action=action, until=until), ACT, seen).number
    assert len(log.entries("demo")) == len(DECISION_ACTIONS)


@pytest.mark.parametrize("kind", ["wrong password", "no database", "nobody there"])
def test_a_server_that_is_away_is_told_without_its_secrets(postgres_server: str, kind: str) -> None:
    right = sa.make_url(postgres_server)
    wrong, reason = {
        "wrong password": (right.set(password="another-secret"), "credentials"),
        "no database": (right.set(database="elsewhere"), "no_database"),
        "nobody there": (right.set(port=1), "no_answer"),
    }[kind]
    log = open_log(wrong.render_as_string(hide_password=False))
    with pytest.raises(LogUnavailable) as told:
        log.append(NOTE, ACT, seen=0)
    assert told.value.reason == reason
    shown = "".join(traceback.format_exception(told.value)) + str(told.value) + repr(told.value.__context__)
    assert PASSWORD not in shown
    assert "another-secret" not in shown
    assert str(wrong.username) not in told.value.place
    for language in LANGUAGES:
        where, why = told.value.place, say(f"decision.reason.{reason}", language)
        assert why in say("decision.unavailable", language, where=where, reason=why)


def test_a_log_that_is_away_does_not_hold_up_every_click() -> None:
    log = open_log("postgresql+psycopg://a:b@127.0.0.1:1/x")
    for _ in range(3):
        with pytest.raises(LogUnavailable):
            log.entries("demo")


@pytest.mark.parametrize(
    "url", ["", "nonsense", "mysql://a:sesame@x/y", "sqlite://", "sqlite:///:memory:", "postgresql://a:sesame@h:port/x"]
)
def test_an_address_that_cannot_serve_is_refused_without_being_quoted(url: str) -> None:
    with pytest.raises(LogUnavailable) as told:
        open_log(url).count("demo")
    assert told.value.reason == "address"
    assert "sesame" not in "".join(traceback.format_exception(told.value))


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    path = tmp_path / "decisions.sqlite"
    path.write_text("not a database at all, " * 100)
    with pytest.raises(LogUnavailable) as told:
        open_log(f"sqlite:///{path}").count("demo")
    assert told.value.reason == "damaged"
    assert path.read_text().startswith("not a database")


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file in the way")
    with pytest.raises(LogUnavailable):
        open_log(f"sqlite:///{tmp_path}/var/decisions.sqlite").count("demo")


def test_one_setting_chooses_the_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SETTING, f"sqlite:///{tmp_path}/here.sqlite")
    DecisionLog.open().append(NOTE, ACT, seen=0)
    assert (tmp_path / "here.sqlite").exists()
    assert DecisionLog.open() is DecisionLog.open()


def test_importing_the_log_does_not_import_the_database_library() -> None:
    code = "import cockpit.datasets.decisions.log, sys; sys.exit('sqlalchemy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
