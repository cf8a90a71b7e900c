"""Student's t against printed tables, the rules by number of points, and how often the interval holds the truth."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.analysis.forecast import Forecast, Rules, from_line, latest_run, project, t_cdf, t_quantile, to_line

RULES = Rules(line=3, interval=4, most=6, level=0.8, likely=0.8, unlikely=0.2, panel=0.5)


def ahead(
    values: list[float], target: float, due: int = 2025, is_share: bool = False, sense: str = "above"
) -> Forecast:
    points = [(2024 - len(values) + 1 + index, value) for index, value in enumerate(values)]
    return project(points, values[-1], due, target, sense, 0.05, is_share, RULES)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("share", "freedom", "printed"),
    [
        (0.9, 1, 3.078), (0.9, 2, 1.886), (0.9, 3, 1.638), (0.9, 4, 1.533), (0.9, 5, 1.476), (0.9, 30, 1.310),
        (0.975, 1, 12.706), (0.975, 2, 4.303), (0.975, 4, 2.776), (0.95, 9, 1.833), (0.5, 3, 0.0), (0.1, 4, -1.533),
    ],
)  # fmt: skip
def test_student_t_is_the_one_of_the_printed_tables(share: float, freedom: int, printed: float) -> None:
    assert t_quantile(share, freedom) == pytest.approx(printed, abs=0.0006)


@given(st.floats(-40, 40), st.integers(1, 12))
def test_student_t_is_symmetric_and_within_bounds(value: float, freedom: int) -> None:
    share = t_cdf(value, freedom)
    assert -1e-12 <= share <= 1 + 1e-12
    assert share + t_cdf(-value, freedom) == pytest.approx(1, abs=1e-9)


@given(st.floats(0.001, 0.999), st.integers(1, 12))
def test_the_quantile_undoes_the_distribution(share: float, freedom: int) -> None:
    assert t_cdf(t_quantile(share, freedom), freedom) == pytest.approx(share, abs=1e-9)


def test_one_or_two_points_project_nothing() -> None:
    for values in ([100.0], [100.0, 110.0]):
        assert (ahead(values, 120).kind, ahead(values, 120).reason) == ("none", "too_few")


def test_three_points_draw_a_line_without_interval_or_chance() -> None:
    found = ahead([100.0, 110.0, 121.0], 130)
    assert (found.kind, found.chance, found.band) == ("line", None, None)
    assert found.steps[-1].middle == pytest.approx(133.1)
    assert found.steps[-1].low is None


def test_four_points_give_the_interval_the_formula_gives() -> None:
    # Growth 10, 12 and 8 % on the log; one year ahead: m = 3, se = s * sqrt(1 * (1 + 1/3)), t(0.9; 2) = 1.886.
    logs = [0.10, 0.12, 0.08]
    found = ahead([100.0, *(100 * math.exp(sum(logs[: index + 1])) for index in range(3))], 140)
    se = 0.02 * math.sqrt(4 / 3)
    step = found.steps[-1]
    assert step.middle == pytest.approx(100 * math.exp(0.4))
    assert step.low == pytest.approx(100 * math.exp(0.4 - 1.8856 * se), rel=1e-4)
    assert step.high == pytest.approx(100 * math.exp(0.4 + 1.8856 * se), rel=1e-4)
    assert (found.kind, found.points, found.band) == ("interval", 4, "likely")


@pytest.mark.parametrize(("target", "band"), [(100.0, "likely"), (149.2, "open"), (300.0, "unlikely")])
def test_the_chance_is_told_in_bands(target: float, band: str) -> None:
    assert ahead([100.0, 111.0, 124.0, 135.0], target).band == band


def test_about_counts_from_the_tolerance_down() -> None:
    values = [100.0, 111.0, 124.0, 135.0]
    about, above = ahead(values, 150, sense="about"), ahead(values, 150)
    assert (about.chance or 0) > (above.chance or 0)
    assert about.chance == pytest.approx(ahead(values, 142.5).chance)


def test_at_most_turns_the_chance_round() -> None:
    values = [100.0, 111.0, 124.0, 135.0]
    assert (ahead(values, 150).chance or 0) + (ahead(values, 150, sense="at_most").chance or 0) == pytest.approx(1)


def test_only_the_newest_six_points_are_used() -> None:
    found = ahead([1.0, 500.0, 100.0, 110.0, 119.0, 131.0, 140.0, 155.0], 160)
    assert (found.points, found.first, found.last) == (6, 2019, 2024)


def test_a_missing_year_is_not_bridged() -> None:
    assert latest_run([(2019, 1.0), (2020, 2.0), (2022, 3.0), (2023, 4.0)], 6) == ((2022, 3.0), (2023, 4.0))


@pytest.mark.parametrize("values", [[0.0, 1, 2, 3], [-1.0, 1, 2, 3]])
def test_a_log_of_nothing_is_a_stated_reason(values: list[float]) -> None:
    assert ahead(values, 10).reason == "not_positive"


def test_a_whole_share_has_no_logit() -> None:
    assert ahead([0.8, 0.9, 0.95, 1.0], 0.7, is_share=True).reason == "not_positive"


def test_years_that_grew_alike_give_no_interval_of_width_zero() -> None:
    found = ahead([100.0, 200.0, 400.0, 800.0], 1500)
    assert (found.kind, found.reason, found.band) == ("line", "no_spread", None)


def test_in_the_due_year_nothing_is_left_to_forecast() -> None:
    assert ahead([100.0, 110.0, 120.0, 131.0], 140, due=2024).reason == "no_time"


@given(st.lists(st.floats(0.02, 0.98), min_size=4, max_size=6))
def test_a_share_never_leaves_its_bounds(values: list[float]) -> None:
    for step in ahead(values, 0.7, due=2030, is_share=True).steps:
        ends = [step.middle, *(end for end in (step.low, step.high) if end is not None)]
        assert all(0 <= end <= 1 for end in ends)
        assert step.low is None or step.low <= step.middle * (1 + 1e-12)


@given(st.floats(0.01, 0.99))
def test_the_logit_comes_back(value: float) -> None:
    assert from_line(to_line(value, True), True) == pytest.approx(value)


@pytest.mark.long
@pytest.mark.parametrize(("points", "horizon"), [(4, 1), (5, 3), (6, 2)])
def test_the_interval_holds_the_truth_about_eighty_times_in_a_hundred(points: int, horizon: int) -> None:
    chance = np.random.default_rng(20260101)
    held = 0
    trials = 1500
    for _ in range(trials):
        walk = np.exp(np.cumsum(chance.normal(0.06, 0.05, points + horizon)))
        known = [(2000 + index, float(value)) for index, value in enumerate(walk[:points])]
        due = known[-1][0] + horizon
        end = project(known, known[-1][1], due, 1.0, "above", 0.0, False, RULES).steps[-1]
        assert end.low is not None
        assert end.high is not None
        held += end.low <= walk[-1] <= end.high
    assert held / trials == pytest.approx(0.8, abs=0.035)
