"""The demonstration's matters: a story that folds, whose verdicts are the data's, put into an empty log once."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from cockpit.analysis.supervision.events import KINDS, Event
from cockpit.analysis.supervision.machine import Matter, faults, fold, light
from cockpit.briefings.demonstrating import is_gone_on_with, place_story, story_end
from cockpit.briefings.supervising import all_matters, figure_now
from cockpit.cli import main
from cockpit.datasets.database.events import Row
from cockpit.datasets.matters.demonstration import story
from cockpit.datasets.matters.log import matter_log
from cockpit.datasets.store.loading import load
from cockpit.policy.register import load as load_register
from cockpit.service.warm_up import begin_demonstration

RULES = load_register().supervision
LAST = date(2026, 11, 27)
ROOT = Path(__file__).resolve().parents[3]


def courses() -> dict[str, list[Event]]:
    found: dict[str, list[Event]] = {}
    for row in story():
        assert row.kind in KINDS
        event = Event(row.subject, row.number, row.at, row.kind, row.by, row.office, row.note, row.detail)
        found.setdefault(row.subject, []).append(event)
    return found


@pytest.fixture
def address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    url = f"sqlite:///{tmp_path / 'matters.sqlite'}"
    monkeypatch.setenv("COCKPIT_DATABASE_URL", url)
    monkeypatch.delenv("COCKPIT_DATASET", raising=False)
    return url


def test_every_event_is_allowed_on_a_working_day_and_in_order() -> None:
    for name, events in courses().items():
        before = Matter(name)
        for event in events:
            assert faults(before, event, RULES) == (), (name, event.kind, event.at)
            assert RULES.is_workday(event.at.date()), (name, event.at)
            assert event.at.date() <= LAST
            before = fold([*events[: event.number]], RULES)
        assert [event.at for event in events] == sorted(event.at for event in events)


def test_there_are_matters_in_every_state() -> None:
    matters = [fold(events, RULES) for events in courses().values()]
    assert 55 <= len(matters) <= 70
    assert set(Counter(item.state for item in matters)) == {
        "filed", "assigned", "working", "paused", "asked", "closed",
    }  # fmt: skip
    assert {item.closed_as for item in matters if item.state == "closed"} >= {"done", "not_done", "moot", "merged"}
    assert {light(item, LAST, RULES) for item in matters if item.is_open} >= {"red", "yellow", "green", "none"}
    kinds = Counter(event.kind for events in courses().values() for event in events)
    assert {"extension_asked", "extension_granted", "extension_denied", "returned", "declined", "reminded"} <= set(
        kinds
    )
    assert kinds["reopened"] >= 2
    assert sum(item.closed_by_figure for item in matters) >= 2
    assert all(item.is_simulated for item in matters)


def test_a_bundle_of_missing_returns_is_one_matter_a_county_and_is_delivered_where_it_is_closed() -> None:
    asked = [fold(events, RULES) for events in courses().values()]
    asked = [item for item in asked if item.goal.kind == "return_delivered"]
    assert len({(item.subject, item.title[-10:]) for item in asked}) == len(asked)
    assert any("2个小镇" in item.title for item in asked)
    assert all(len(item.subject) == 6 and item.subject.isdecimal() for item in asked)


def test_verdicts_are_what_the_goals_say_of_the_version_and_of_one_newer_than_the_matter() -> None:
    judged = 0
    for events in courses().values():
        matter = fold(events, RULES)
        for event in events:
            if event.kind != "verified" or matter.goal.kind != "figure":
                continue
            version = str(event.detail["version"])
            found = figure_now(matter, version)
            assert found is not None
            assert (event.detail["verdict"], event.detail["value"]) == (found.status.value, found.value)
            assert version > matter.version
            assert load("demo", version).manifest.published_at < event.at.isoformat()
            judged += 1
    assert judged >= 5


def test_what_was_opened_again_is_missed_by_the_newest_version() -> None:
    for events in courses().values():
        matter = fold(events, RULES)
        if matter.times_reopened:
            found = figure_now(matter)
            assert found is not None
            assert found.status.value == "missed"


def test_no_real_person_and_no_office_but_posts() -> None:
    rows = story()
    assert all(row.by.startswith("演示") for row in rows)
    assert {row.office for row in rows if not row.office.endswith("发改局")} == {"省特镇办"}


def test_titles_and_offices_stand_in_both_languages() -> None:
    for events in courses().values():
        matter = fold(events, RULES)
        assert matter.title != matter.title_en
        assert matter.lead == "" or matter.lead_en
        assert not [sign for sign in matter.title_en + matter.lead_en if "一" <= sign <= "鿿"]


def test_it_is_put_there_once_and_never_beside_a_real_matter(address: str) -> None:
    assert place_story() == len(story())
    assert place_story() == 0
    assert len(all_matters().matters) == len(courses())


def test_a_log_with_a_real_matter_stays_as_it_is(address: str) -> None:
    log = matter_log(address)
    log.open_matter(Row("", 1, datetime.now(UTC), "filed", "甲", "省特镇办", "", {"title": "真的"}))
    assert place_story() == 0
    assert log.count() == 1


@pytest.mark.long
def test_two_processes_at_once_give_one_set(address: str) -> None:
    matter_log(address).count()  # the tables are there
    command = [sys.executable, "-m", "cockpit", "actions", "demo"]
    both = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    told = sorted(int(process.communicate(timeout=120)[0].split("\t")[0]) for process in both)
    assert told == [0, len(story())]
    assert matter_log(address).count() == len(story())


@pytest.mark.parametrize(
    ("access", "dataset", "is_there"), [("local", "", True), ("accounts", "", False), ("local", "public", False)]
)
def test_the_start_puts_it_there_for_one_person_who_looks_at_the_demonstration(
    address: str, access: str, dataset: str, is_there: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COCKPIT_ACCESS", access)
    monkeypatch.setenv("COCKPIT_DATASET", dataset)
    begin_demonstration()
    assert (matter_log(address).count() > 0) == is_there


def test_the_story_is_looked_at_on_its_last_day_until_somebody_goes_on_with_it(address: str) -> None:
    assert CliRunner().invoke(main, ["actions", "demo"]).exit_code == 0
    assert all_matters().day(date(2031, 1, 1)) == max(row.at for row in story()).date()
    log = matter_log(address)
    log.open_matter(Row("", 1, datetime(2030, 5, 1, tzinfo=UTC), "filed", "甲", "省", "", {"title": "真的"}))
    assert all_matters().day(date(2031, 1, 1)) == date(2031, 1, 1)


def test_a_story_gone_on_with_is_told_from_the_day_after_its_last() -> None:
    end = story_end()
    assert end == date(2026, 11, 26)
    assert [is_gone_on_with("demo", end + timedelta(days=more)) for more in (0, 1)] == [False, True]
    assert not is_gone_on_with("public", end + timedelta(days=9))
