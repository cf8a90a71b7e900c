"""Verdicts, pace and the honest silences."""

from __future__ import annotations

import pytest

from cockpit.analysis.attainment import Attainment, Limits, is_met, judge, needed_growth
from cockpit.policy.register import load
from cockpit.units import Period
from cockpit.vocabulary import Status

LIMITS = Limits(tolerance=0.05, coverage=0.9, on_track=0.95)
OUTPUT = load().targets["total_output_2025"]


def test_the_published_2022_figures_give_the_shares_the_press_would_compute() -> None:
    targets = load().targets
    published = {
        "total_output_2025": 1.98e12,
        "tax_revenue_2025": 1291.5e8,
        "effective_investment_2025": 1356.5e8,
        "high_tech_firms_2025": 3188,
    }
    shares = {
        name: judge(value, None, targets[name], Period(2022), None, LIMITS).share for name, value in published.items()
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
    ("observed", "status", "reason"),
    [
        (0.0815, Status.ON_TRACK, ""),
        (0.078, Status.ON_TRACK, ""),
        (0.0765, Status.BEHIND, ""),
        (-0.02, Status.BEHIND, ""),
        (None, Status.CANNOT_JUDGE, "no_growth"),
    ],
)
def test_before_the_due_year_the_pace_decides(observed: float | None, status: Status, reason: str) -> None:
    reached = judge(1.98e12, 1.0, OUTPUT, Period(2022), observed, LIMITS)
    assert (reached.status, reached.reason) == (status, reason)


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
    reached = judge(2.4e12, coverage, OUTPUT, period, 0.1, LIMITS)
    assert (reached.status, reached.reason) == (Status.CANNOT_JUDGE, reason)
    # Only a full year of the target's own time is like for like with it.
    assert reached.share == (pytest.approx(0.96) if reason == "low_coverage" else None)


def test_no_data_outranks_everything() -> None:
    assert judge(None, 0.1, OUTPUT, Period(2026, 9), 0.1, LIMITS) == Attainment(Status.NO_DATA, "not_reported")


def test_coverage_at_the_limit_is_enough() -> None:
    assert judge(2.6e12, 0.9, OUTPUT, Period(2025), None, LIMITS).status is Status.ACHIEVED


def test_operators() -> None:
    assert is_met(101, 100, "above", 0.05)
    assert not is_met(100, 100, "above", 0.05)
    assert is_met(100, 100, "at_least", 0.05)
    assert is_met(95, 100, "about", 0.05)
    assert is_met(300, 100, "about", 0.05)
    assert not is_met(5.01, 5, "at_most", 0.05)
