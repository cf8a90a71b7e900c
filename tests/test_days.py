"""Dates as registers write them: every spelling the intake takes is read, and an end lies on its last day."""

from __future__ import annotations

from datetime import date, datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.analysis.list_facts import extension_ends, plan_covers
from cockpit.datasets.intake.when import day as read_cell
from cockpit.days import first_day, first_days, iso, last_day, last_days, parse_span

AS_OF = date(2026, 11, 29)


@pytest.mark.parametrize(
    "written",
    ["2028年6月", "2028年06月", "2028-06", "2028-6", "2028.6", "2028.06", "2028/6", "２０２８年６月", "2028 年 6 月",
     "2028年6月底", "2028年6月末", "202806"],
)  # fmt: skip
def test_a_month_runs_to_its_last_day_in_every_spelling(written: str) -> None:
    assert parse_span(written) == (date(2028, 6, 1), date(2028, 6, 30))


@pytest.mark.parametrize(
    "written",
    ["2028-02-29", "2028年2月29日", "2028.2.29", "2028/02/29", "20280229", "2028-02-29 00:00:00", "2028-02-29T00:00"],
)
def test_a_day_is_a_day_in_every_spelling(written: str) -> None:
    assert parse_span(written) == (date(2028, 2, 29), date(2028, 2, 29))


def test_a_year_runs_to_its_last_day_and_what_is_no_date_is_none() -> None:
    assert [last_day(text) for text in ("2028", "2028年", "2028年底")] == [date(2028, 12, 31)] * 3
    for text in ("", "年", "2028-13", "2028-02-30", "by end 2020", "0000-01", None, float("nan"), pd.NaT, 2028, "六月"):
        assert parse_span(text) is None, text
    assert last_day(datetime(2028, 6, 3, 12)) == date(2028, 6, 3)


def _spellings(day: date) -> list[str]:
    y, m, d = day.year, day.month, day.day
    months = [f"{y}{sep}{m}" for sep in "-/."] + [f"{y}-{m:02}", f"{y}年{m}月", f"{y}年{m:02}月", f"{y}年{m}月底"]
    days = [f"{y}{sep}{m}{sep}{d}" for sep in "-/."] + [f"{y}年{m}月{d}日", day.isoformat(), f"{y}{m:02}{d:02}"]
    return [f"{y}年", f"{y}年底", *months, *days]


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)), st.booleans())
def test_what_the_intake_takes_the_analysis_reads_as_it_was_meant(day: date, is_text: bool) -> None:
    for written in _spellings(day):
        stored, kind, _ = read_cell(written, is_text=is_text)
        if written in (f"{day.year}.1", f"{day.year}-1-{day.day}"):
            # October that lost its zero as a number, and months to date: asked back, never guessed.
            continue
        assert stored is not None, (written, kind)
        span = parse_span(stored)
        assert span is not None, (written, stored)
        assert span == parse_span(written)
        assert span[0] <= day <= span[1]
        assert iso(span) == stored


@given(st.text(st.sampled_from("0123456789年月日-/. 底末"), max_size=12))
def test_the_intake_stores_nothing_the_analysis_cannot_read(written: str) -> None:
    stored, _, _ = read_cell(written, is_text=False)
    assert stored is None or parse_span(stored) is not None


def test_bare_digits_are_no_year_in_a_cell() -> None:
    assert [read_cell(text, is_text=False)[1] for text in ("2028", 2028, "202806")] == ["not_date"] * 3
    assert read_cell(20280630, is_text=False)[0] == "2028-06-30"


@given(st.lists(st.one_of(st.none(), st.dates(date(2000, 1, 1)).map(str)), max_size=5))
def test_a_column_is_read_as_its_cells_and_no_date_lies_on_no_side(written: list[str | None]) -> None:
    for column, one in ((first_days, first_day), (last_days, last_day)):
        found = column(written)
        expected = [one(text) for text in written]
        assert [None if np.isnat(day) else day.astype(object) for day in found] == expected
        assert not ((found < np.datetime64(AS_OF)) & np.isnat(found)).any()


def _extensions(*rows: tuple[str, str]) -> pd.DataFrame:
    return pd.DataFrame([("A", *row) for row in rows], columns=["town_code", "approved_on", "ends_on"])


@pytest.mark.parametrize(
    ("rows", "end"),
    [
        ([("2025-11-07", "2027-12-31"), ("2026-10-01", "2028-06")], date(2028, 6, 30)),
        ([("2026-10-01", "2028-06"), ("2025-11-07", "2027-12-31")], date(2028, 6, 30)),
        ([("2025-11-07", "2027-12-31"), ("2026-10", "2028年6月")], date(2028, 6, 30)),
        ([("2025-11-07", "2027-12-31"), ("2026-11", "2028")], date(2028, 12, 31)),
        ([("2025-11-07", "2027-12-31"), ("2026-10-01", "?")], date(2027, 12, 31)),
        ([("2025-11-07", "2027-12-31"), ("2026-12", "2029-01-31")], date(2027, 12, 31)),
    ],
)
def test_the_newest_extension_that_can_be_read_counts(rows: list[tuple[str, str]], end: date) -> None:
    assert extension_ends(_extensions(*rows), AS_OF) == {"A": end}


def test_a_plan_that_ends_in_a_month_covers_it_to_the_last_day() -> None:
    plans = pd.DataFrame(
        {"town_code": ["A", "B", "C", "D"], "starts_on": ["2024-01", "2026-11", "2024-01-01", "2024"],
         "ends_on": ["2026-11", "2028-12", "2026-10", "2026"]}
    )  # fmt: skip
    assert plan_covers(plans, ["A", "B", "C", "D"], AS_OF) == {"A": 1, "B": 1, "C": 0, "D": 1}
