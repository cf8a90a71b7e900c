"""The five-year clock."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from cockpit.analysis.lifecycle import Windows, age_in_years, read_clock, years_after
from cockpit.vocabulary import Stage

WINDOWS = Windows(full_years=5, watch_years=4.5, notice_days=60)


def test_five_full_years_end_on_the_same_day() -> None:
    assert years_after(date(2020, 11, 20), 5) == date(2025, 11, 20)


def test_the_29th_of_february_falls_due_on_the_28th() -> None:
    assert years_after(date(2020, 2, 29), 5) == date(2025, 2, 28)
    assert years_after(date(2020, 2, 29), 4) == date(2024, 2, 29)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(1, 9))
def test_a_clock_never_runs_longer_than_its_years(day: date, years: int) -> None:
    due = years_after(day, years)
    assert due.year == day.year + years
    assert (due.month, due.day) in {(day.month, day.day), (2, 28)}


def test_four_and_a_half_years_are_54_months() -> None:
    assert years_after(date(2022, 5, 23), 4.5) == date(2026, 11, 23)
    assert years_after(date(2020, 8, 31), 4.5) == date(2025, 2, 28), "February has no 31st"


def test_the_anniversary_is_a_whole_age() -> None:
    assert age_in_years(date(2020, 2, 29), date(2025, 2, 28)) == 5.0
    assert age_in_years(date(2021, 11, 20), date(2026, 11, 19)) < 5
    assert age_in_years(date(2021, 1, 1), date(2021, 7, 2)) == 182 / 365


def test_a_month_only_date_is_due_when_its_last_day_is() -> None:
    open_ = read_clock("2020-10", None, WINDOWS, date(2025, 10, 15))
    assert (open_.stage, open_.is_certain, open_.is_reached) == (Stage.WATCH, False, False)
    assert (open_.due_from, open_.due_to) == (date(2025, 10, 1), date(2025, 10, 31))
    assert read_clock("2020-10", None, WINDOWS, date(2025, 9, 30)).is_certain
    assert read_clock("2020-10", None, WINDOWS, date(2025, 10, 31)).stage is Stage.DUE


def test_an_unknown_date_has_no_age_and_no_days() -> None:
    clock = read_clock(None, None, WINDOWS, date(2026, 11, 23))
    assert (clock.stage, clock.age, clock.days, clock.due_to) == (Stage.UNKNOWN_DATE, None, None, None)


def test_an_extension_is_over_on_the_day_after_its_end() -> None:
    end = date(2026, 12, 31)
    stages = {
        day: read_clock("2018-09-10", end, WINDOWS, day).stage
        for day in (date(2026, 11, 1), date(2026, 11, 2), date(2026, 12, 31), date(2027, 1, 1))
    }
    assert list(stages.values()) == [Stage.ENDING, Stage.ENDING, Stage.ENDING, Stage.OVER]
    assert read_clock("2018-09-10", end, WINDOWS, date(2026, 10, 31)).stage is Stage.EXTENDED
    assert read_clock("2018-09-10", end, WINDOWS, date(2027, 11, 23)).days == -327


def test_an_extension_before_the_five_years_changes_nothing() -> None:
    clock = read_clock("2024-12-12", date(2031, 1, 1), WINDOWS, date(2026, 11, 23))
    assert clock.stage is Stage.NOT_DUE


@given(st.dates(date(2000, 1, 1), date(2030, 1, 1)), st.dates(date(2000, 1, 1), date(2040, 1, 1)))
def test_a_clock_never_runs_backwards(created: date, day: date) -> None:
    order = [Stage.NOT_DUE, Stage.WATCH, Stage.DUE]
    now = read_clock(created.isoformat(), None, WINDOWS, day)
    later = read_clock(created.isoformat(), None, WINDOWS, day + (date(2001, 1, 31) - date(2001, 1, 1)))
    assert order.index(later.stage) >= order.index(now.stage)
    assert now.is_reached == (day >= years_after(created, 5))
