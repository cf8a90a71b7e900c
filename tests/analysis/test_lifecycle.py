"""The five-year clock."""

from __future__ import annotations

from datetime import date

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from cockpit.analysis.lifecycle import creation_clock, parse_day, years_after


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


def test_only_exact_days_start_a_clock() -> None:
    assert parse_day("2020-02-29") == date(2020, 2, 29)
    assert parse_day("2020-02") is None
    assert parse_day("2020-02-30") is None
    assert parse_day(float("nan")) is None


def test_the_queue_holds_creating_towns_in_order_of_due_day() -> None:
    towns = pd.DataFrame(
        {
            "town_code": ["A", "B", "C", "D"],
            "list_status": ["creating", "named", "creating", "creating"],
            "created_on": ["2021-12-01", "2015-01-01", "2020-11-23", "2021-06"],
        }
    )
    clock = creation_clock(towns, 5, date(2025, 11, 23))
    assert clock["town_code"].tolist() == ["C", "A"]
    assert clock["days_left"].tolist() == [0, 373]
