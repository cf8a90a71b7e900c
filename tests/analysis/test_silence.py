"""What a figure could still become once the silent have reported, with arithmetic to be checked in the head."""

from __future__ import annotations

import numpy as np
import pytest

from cockpit.analysis.briefing.overview import _running
from cockpit.analysis.briefing.silence import silence
from cockpit.analysis.measures import Cube
from cockpit.policy.register import load

REGISTER = load()
OUTPUT = REGISTER.indicator("total_output_yuan")
SHARE = REGISTER.indicator("specialty_output_share")
NAN = float("nan")


def cube(periods: dict[str, dict[str, list[float]]], status: list[str] | None = None) -> Cube:
    """A cube of three towns from period -> indicator -> values."""
    names = ("total_output_yuan", "specialty_output_yuan", "specialty_output_share", "tax_revenue_yuan",
             "fixed_asset_investment_yuan", "effective_investment_yuan")  # fmt: skip
    values = np.full((len(periods), 3, len(names)), NAN)
    for place, told in enumerate(periods.values()):
        for name, row in told.items():
            values[place, :, names.index(name)] = row
    word = np.array([status or ["named"] * 3] * len(periods))
    return Cube(tuple(periods), ("A", "B", "C"), names, values, word)


def test_a_silent_town_counts_with_its_last_figure_and_the_same_towns_growth() -> None:
    """A and B grew from 100 to 120 in sum, by 20 %; C last had 30: 36 at most are missing, nothing at least."""
    made = cube({"2024": {"total_output_yuan": [60, 40, 30]}, "2025": {"total_output_yuan": [72, 48, NAN]}})
    found = silence(made, OUTPUT, "2025", "province")
    assert (found.towns, found.last, found.unknown) == (1, 30.0, 0)
    assert (found.low, found.high) == pytest.approx((120.0, 156.0))
    assert found.weight == pytest.approx(100 / 130)


def test_a_shrinking_province_does_not_shrink_what_is_missing() -> None:
    made = cube({"2024": {"total_output_yuan": [60, 40, 30]}, "2025": {"total_output_yuan": [50, 30, NAN]}})
    assert silence(made, OUTPUT, "2025", "province").high == pytest.approx(110.0)


def test_a_town_that_never_reported_counts_like_the_median_of_those_that_did() -> None:
    made = cube({"2024": {"total_output_yuan": [60, 40, NAN]}, "2025": {"total_output_yuan": [60, 40, NAN]}})
    found = silence(made, OUTPUT, "2025", "province")
    assert (found.unknown, found.high) == (1, pytest.approx(150.0))


def test_a_share_may_move_either_way() -> None:
    """70 of 100 reported; C last had 10 of 100: down to 80 of 200, never up."""
    made = cube(
        {
            "2024": {"total_output_yuan": [50, 50, 100], "specialty_output_yuan": [35, 35, 10]},
            "2025": {"total_output_yuan": [50, 50, NAN], "specialty_output_yuan": [35, 35, NAN]},
        }
    )
    found = silence(made, SHARE, "2025", "province")
    assert (found.low, found.high) == pytest.approx((0.4, 0.7))


def test_where_nobody_is_silent_the_figure_is_its_own_bound() -> None:
    made = cube({"2025": {"total_output_yuan": [1, 2, 3]}})
    found = silence(made, OUTPUT, "2025", "province")
    assert (found.towns, found.low, found.high) == (0, 6.0, 6.0)


def money(output: list[float]) -> dict[str, list[float]]:
    return dict.fromkeys(("total_output_yuan", "tax_revenue_yuan", "effective_investment_yuan"), output)


def test_the_first_to_report_do_not_displace_the_running_figure() -> None:
    made = cube({"2026-09": money([1, 2, 3]), "2026-10": money([2, NAN, NAN])})
    found = _running(made, REGISTER, None, 0.9)
    assert {item.period for item in found} == {"2026-09"}
    assert {(item.arriving, item.arrived, item.awaited) for item in found} == {("2026-10", 1, 3)}


def test_a_newer_period_enough_have_reported_takes_over() -> None:
    made = cube({"2026-09": money([1, 2, 3]), "2026-10": money([2, 3, 4])})
    found = _running(made, REGISTER, None, 0.9)
    assert {(item.period, item.arriving) for item in found} == {("2026-10", "")}
