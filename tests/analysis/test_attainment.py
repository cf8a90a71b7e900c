"""Verdicts, pace and the honest silences."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from cockpit.analysis.attainment import (
    Attainment,
    Base,
    Limits,
    Pace,
    is_met,
    judge,
    judge_between,
    measure_pace,
    needed_growth,
    same_town_pace,
    yearly_growth,
)
from cockpit.policy.register import load
from cockpit.units import Period
from cockpit.vocabulary import Status

LIMITS = Limits(tolerance=0.05, coverage=0.9, on_track=0.95, accelerate=0.6, limited=0.0, base_year=2022)
OUTPUT = load().targets["total_output_2025"]
BASE = Base(1.98e12, 1.0)


def test_the_published_2022_figures_give_the_shares_the_press_would_compute() -> None:
    targets = load().targets
    published = {
        "total_output_2025": 1.98e12,
        "tax_revenue_2025": 1291.5e8,
        "effective_investment_2025": 1356.5e8,
        "high_tech_firms_2025": 3188,
    }
    shares = {
        name: judge(value, None, targets[name], Period(2022), Base(), LIMITS).share for name, value in published.items()
    }
    assert {name: round((share or 0) * 100, 1) for name, share in shares.items()} == {
        "total_output_2025": 79.2,
        "tax_revenue_2025": 86.1,
        "effective_investment_2025": 90.4,
        "high_tech_firms_2025": 79.7,
    }


def test_from_2022_output_needs_8_1_percent_a_year() -> None:
    assert needed_growth(1.98e12, 2.5e12, 3) == pytest.approx(0.081, abs=0.0005)


def test_growth_from_nothing_or_in_no_time_cannot_be_told() -> None:
    assert needed_growth(0, 100, 3) is None
    assert needed_growth(50, 100, 0) is None


@pytest.mark.parametrize(
    ("value", "status", "word"),
    [
        # Required from 1.98 to 2.5 trillion in three years: 8.08 % a year. 95 % of it is 7.68 %, 60 % is 4.85 %.
        (1.98e12 * 1.0808, Status.ON_TRACK, "on_track"),
        (1.98e12 * 1.0769, Status.ON_TRACK, "on_track"),
        (1.98e12 * 1.0767, Status.BEHIND, "accelerate"),
        (1.98e12 * 1.0486, Status.BEHIND, "accelerate"),
        (1.98e12 * 1.0483, Status.BEHIND, "limited"),
        (1.98e12, Status.BEHIND, "limited"),
        (1.98e12 * 0.999, Status.BEHIND, "deteriorating"),
        (0.0, Status.BEHIND, "deteriorating"),
    ],
)
def test_before_the_due_year_the_pace_decides(value: float, status: Status, word: str) -> None:
    reached = judge(value, 1.0, OUTPUT, Period(2023), BASE, LIMITS)
    assert reached.pace is not None
    assert (reached.status, reached.pace.word) == (status, word)


def test_two_years_of_growth_are_compounded() -> None:
    pace = measure_pace(121.0, Base(100.0), OUTPUT.model_copy(update={"value": 133.0, "unit": "元"}), 2024, LIMITS)
    # 100 -> 121 in two years is 10 % a year; 100 -> 133 in three is 9.97 %.
    assert pace.observed == pytest.approx(0.10)
    assert pace.required == pytest.approx(1.33 ** (1 / 3) - 1)
    assert pace.ratio == pytest.approx(0.10 / (1.33 ** (1 / 3) - 1))


@pytest.mark.parametrize(
    ("value", "base", "year", "reason"),
    [
        (2.6e12, BASE, 2024, "already_met"),
        (2.1e12, BASE, 2022, "too_few"),
        (1.1e12, BASE, 2019, "before_base"),
        (2.1e12, Base(), 2024, "base_missing"),
        (2.1e12, Base(1.98e12, 0.89), 2024, "base_coverage"),
        (2.1e12, Base(0.0, 1.0), 2024, "base_zero"),
        (2.1e12, Base(-1.0, 1.0), 2024, "sign_change"),
        (-2.1e12, BASE, 2024, "sign_change"),
    ],
)
def test_a_pace_that_cannot_be_told_says_why_and_holds_no_number(
    value: float, base: Base, year: int, reason: str
) -> None:
    pace = measure_pace(value, base, OUTPUT, year, LIMITS)
    assert pace.reason == reason
    assert (pace.word, pace.ratio, pace.observed, pace.required) == (None, None, None, None)
    reached = judge(value, 1.0, OUTPUT, Period(year), base, LIMITS)
    met = reason == "already_met"
    assert reached.status is (Status.ON_TRACK if met else Status.CANNOT_JUDGE)
    assert reached.share is not None, "without a baseline the share still stands"


@pytest.mark.parametrize(
    ("period", "coverage", "reason"),
    [
        (Period(2025), 0.89, "low_coverage"),
        (Period(2025, 9), 1.0, "within_year"),
        (Period(2026), 1.0, "after_target"),
        (Period(2026, 9), 1.0, "after_target"),
    ],
)
def test_what_cannot_be_judged_says_why(period: Period, coverage: float, reason: str) -> None:
    reached = judge(2.4e12, coverage, OUTPUT, period, BASE, LIMITS)
    assert (reached.status, reached.reason) == (Status.CANNOT_JUDGE, reason)
    # Only a full year of the target's own time is like for like with it.
    assert reached.share == (pytest.approx(0.96) if reason == "low_coverage" else None)


def test_no_data_outranks_everything() -> None:
    assert judge(None, 0.1, OUTPUT, Period(2026, 9), BASE, LIMITS) == Attainment(Status.NO_DATA, "not_reported")


def test_coverage_at_the_limit_is_enough() -> None:
    assert judge(2.6e12, 0.9, OUTPUT, Period(2025), Base(), LIMITS).status is Status.ACHIEVED


def test_yearly_growth_leaps_over_no_missing_year() -> None:
    growth = yearly_growth([(2019, 100.0), (2020, 110.0), (2022, 150.0), (2023, 120.0), (2024, 0.0), (2025, 5.0)])
    assert [(year, round(rate, 9)) for year, rate in growth] == [(2020, 0.1), (2023, -0.2), (2024, -1.0)]


def test_operators() -> None:
    assert is_met(101, 100, "above", 0.05)
    assert not is_met(100, 100, "above", 0.05)
    assert is_met(100, 100, "at_least", 0.05)
    assert is_met(95, 100, "about", 0.05)
    assert is_met(300, 100, "about", 0.05)
    assert not is_met(5.01, 5, "at_most", 0.05)


@pytest.mark.parametrize(
    ("base", "value", "aim", "year", "due", "sense", "ratio"),
    [
        # Statistics Canada, indicators 14-2-1 and 3-13-1 as published: met in the base year, lost since.
        (68.55, 46.73, 55.0, 2023, 2025, "at_least", None),
        (7.8, 13.5, 10.0, 2022, 2030, "at_most", None),
    ],
)
def test_what_was_met_in_the_base_year_and_lost_deteriorates(
    base: float, value: float, aim: float, year: int, due: int, sense: str, ratio: float | None
) -> None:
    target = OUTPUT.model_copy(update={"value": aim, "unit": "元", "sense": sense, "due": date(due, 12, 31)})
    limits = replace(LIMITS, base_year=2015)
    pace = measure_pace(value, Base(base), target, year, limits)
    assert pace.word == "deteriorating"
    observed, required = (value / base) ** (1 / (year - 2015)) - 1, (aim / base) ** (1 / (due - 2015)) - 1
    assert pace.ratio == pytest.approx((-observed if sense == "at_most" else observed) / abs(required))
    assert pace.ratio < 0


def test_a_base_year_exactly_at_the_line_has_a_word_and_no_ratio() -> None:
    pace = measure_pace(2.4e12, Base(2.5e12, 1.0), OUTPUT.model_copy(update={"sense": "at_least"}), 2024, LIMITS)
    assert (pace.word, pace.ratio) == ("deteriorating", None)


def test_one_line_decides_verdict_pace_and_need_of_about() -> None:
    """1500亿元左右 with 5 %: the line is 1425. 1356.5 in 2022, 1415.66 in 2024: R is 1.30, 0.66 % are needed."""
    target = load().targets["effective_investment_2025"]
    found = judge(1415.66e8, 1.0, target, Period(2024), Base(1356.5e8, 1.0), LIMITS)
    observed, required = (1415.66 / 1356.5) ** 0.5 - 1, (1425 / 1356.5) ** (1 / 3) - 1
    assert found.pace is not None
    assert found.pace.ratio == pytest.approx(observed / required)
    assert found.pace.ratio == pytest.approx(1.30, abs=0.01)
    assert found.status is Status.ON_TRACK
    assert found.needed_growth == pytest.approx(1425 / 1415.66 - 1)


@pytest.mark.parametrize(
    ("low", "high", "status"),
    [
        (2.40e12, 2.48e12, Status.MISSED),  # even the upper bound misses 突破2.5万亿元
        (2.40e12, 2.51e12, Status.CANNOT_JUDGE),  # the silent could turn it
        (2.40e12, 2.50e12, Status.MISSED),  # 突破 is strictly more
    ],
)
def test_a_verdict_a_silent_town_could_turn_is_no_verdict(low: float, high: float, status: Status) -> None:
    found = judge_between(low, high, 2.40e12, 0.95, OUTPUT, Period(2025), BASE, LIMITS)
    assert found.status is status
    assert found.reason == ("silence" if status is Status.CANNOT_JUDGE else "")
    assert found.gap == pytest.approx(-0.1e12), "the distance of those who reported still stands"


def test_achieved_by_those_who_reported_stays_achieved() -> None:
    assert judge_between(2.6e12, 2.8e12, 2.6e12, 0.95, OUTPUT, Period(2025), BASE, LIMITS).status is Status.ACHIEVED


def test_a_pace_that_the_silent_could_turn_is_no_pace() -> None:
    """1.98 to 2.26 trillion in two years is 85 % of what is needed; with the silent towns' it would be on track."""
    alone = judge(2.26e12, 0.95, OUTPUT, Period(2024), BASE, LIMITS)
    assert alone.status is Status.BEHIND
    found = judge_between(2.26e12, 2.33e12, 2.26e12, 0.95, OUTPUT, Period(2024), BASE, LIMITS)
    assert (found.status, found.reason) == (Status.CANNOT_JUDGE, "silence")


def test_the_pace_of_the_same_towns_keeps_what_is_required_of_all() -> None:
    """All need 10 % a year; the same towns grew from 80 to 84.872 in two years, 3 % a year: R = 0.3, limited."""
    whole = Pace(2022, "", "on_track", 1.0, 0.10, 0.10)
    twin = same_town_pace(whole, 80.0, 84.872, 2024, LIMITS)
    assert twin is not None
    assert twin.ratio == pytest.approx(0.3)
    assert twin.word == "limited"
