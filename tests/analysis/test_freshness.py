"""Reported, late, missing: the reporting calendar against what is there."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from cockpit.analysis.freshness import Due, newest_due, next_due, states
from cockpit.briefings import freshness, open_desk
from cockpit.errors import RecordError
from cockpit.policy.calendar_records import read_calendar
from cockpit.policy.register import FOLDER, load

QUARTERS = (3, 6, 9)


@pytest.mark.parametrize(
    ("day", "period", "due_on"),
    [
        (date(2026, 10, 20), "2026-06", date(2026, 7, 20)),  # the last day for the third quarter is still in time
        (date(2026, 10, 21), "2026-09", date(2026, 10, 20)),
        (date(2026, 12, 31), "2026-09", date(2026, 10, 20)),
        (date(2027, 1, 5), "2026-09", date(2026, 10, 20)),  # across the turn of the year
        (date(2027, 4, 21), "2027-03", date(2027, 4, 20)),
    ],
)
def test_the_newest_period_that_was_due(day: date, period: str, due_on: date) -> None:
    due = newest_due(QUARTERS, 20, 30, day)
    assert (due.period, due.due_on) == (period, due_on)


def test_a_year_may_be_due_long_after_its_end() -> None:
    assert newest_due((12,), 400, 30, date(2027, 2, 4)).period == "2024"  # 2025 is due on 2027-02-04
    assert newest_due((12,), 400, 30, date(2027, 2, 5)).period == "2025"


def test_what_comes_next() -> None:
    assert next_due(QUARTERS, 20, 30, date(2026, 10, 20)).period == "2026-09"
    assert next_due(QUARTERS, 20, 30, date(2026, 10, 21)).period == "2027-03"


def test_an_absent_figure_is_late_first_and_missing_after() -> None:
    due = Due("2026-09", date(2026, 10, 20), date(2026, 11, 19))
    there, asked = np.array([True, False, False, True]), np.array([True, True, False, False])
    assert states(there, asked, due, date(2026, 11, 19)).tolist() == ["reported", "late", "not_expected", "reported"]
    assert states(there, asked, due, date(2026, 11, 20)).tolist() == ["reported", "missing", "not_expected", "reported"]


def test_every_figure_of_the_demo_has_a_state_and_the_counts_reconcile() -> None:
    desk = open_desk("demo")
    found = freshness(desk, date(2026, 11, 23))
    assert found is not None
    reported = found.indicators["total_output_yuan"]
    assert (reported.due.period, reported.duty.id) == ("2026-09", "quarterly")
    assert found.indicators["land_in_use_mu"].due.period == "2025"
    assert set(found.indicators) == {*load().reported, "land_in_use_mu"}
    silent = [code for code in found.towns if found.of(code, "total_output_yuan") == "missing"]
    assert len(silent) == reported.missing > 0
    for code in silent:
        assert np.isnan(desk.cube.of("total_output_yuan", "2026-09")[desk.cube.towns.index(code)])
        assert found.of_town(code)["missing"] > 0
    assert found.of("nowhere", "total_output_yuan") == "not_expected"


def test_the_counts_of_all_prefectures_add_up_to_those_of_the_indicator() -> None:
    desk = open_desk("demo")
    found = freshness(desk, date(2026, 11, 23))
    assert found is not None
    towns = desk.dataset.towns
    groups = [group["town_code"].tolist() for _, group in towns.groupby("prefecture_adcode", observed=True)]
    for name, item in found.indicators.items():
        parts = [found.counts_of(group)[name] for group in groups]
        whole = {word: sum(part[word] for part in parts) for word in ("reported", "late", "missing")}
        assert whole == {"reported": item.reported, "late": item.late, "missing": item.missing}, name
    assert sum(found.counts_of([])["total_output_yuan"].values()) == 0


def test_a_period_nobody_has_reported_is_silence_of_all_and_not_of_none() -> None:
    found = freshness(open_desk("demo"), date(2027, 4, 25))
    assert found is not None
    first_quarter = found.indicators["total_output_yuan"]
    assert first_quarter.due.period == "2027-03"
    assert (first_quarter.reported, first_quarter.missing, first_quarter.state) == (0, 0, "late")
    assert first_quarter.late > 100


def test_published_data_owe_no_return() -> None:
    assert freshness(open_desk("public"), date(2026, 11, 23)) is None


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('["land_in_use_mu"]', '["land_in_use"]', "did you mean 'land_in_use_mu'"),
        ('["land_in_use_mu"]', '["effective_investment_yuan"]', "is computed"),
        ('["land_in_use_mu"]', '["total_output_yuan"]', r"due for month 12 in \[annual\]"),
        ("months     = [3, 6, 9]", "months     = [3, 6, 13]", "from 1 to 12"),
        ("due_days   = 20", "due_days   = 0", "must be above 0"),
    ],
)
def test_a_bad_duty_stops_the_start(tmp_path: Path, before: str, after: str, told: str) -> None:
    path = Path(shutil.copy(FOLDER / "calendar.toml", tmp_path))
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(RecordError, match=told):
        read_calendar(path, load().indicators, 2025)
