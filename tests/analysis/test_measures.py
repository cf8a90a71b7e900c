"""Sums, shares, coverage and growth on the small province of `small.py`."""

from __future__ import annotations

import numpy as np
import pytest

from cockpit.analysis.measures import growth, measure
from tests.analysis.small import REGISTER, YI, close, cube

OUTPUT = REGISTER.indicator("total_output_yuan")
NAMED = REGISTER.indicator("named_town_count")


def test_the_province_is_the_sum_of_the_towns_that_reported() -> None:
    measured = measure(cube(), OUTPUT, "2025", "province")
    assert measured.value == (60 + 33 + 27) * YI


def test_a_missing_return_is_coverage_and_not_zero() -> None:
    # E is on the list since March 2025 and did not report; D left in 2024 and is not expected.
    measured = measure(cube(), OUTPUT, "2025", "province")
    assert (measured.reported, measured.expected) == (3, 4)


def test_nothing_reported_is_none() -> None:
    assert measure(cube(), REGISTER.indicator("tax_revenue_yuan"), "2025", "province").value is None
    assert measure(cube(), OUTPUT, "2031", "province").value is None


def test_the_share_of_named_towns_is_a_ratio_of_sums_over_named_towns_only() -> None:
    share = measure(cube(), REGISTER.indicator("specialty_output_share"), "2025", "named")
    assert close(share.value, (48 + 21) / (60 + 27))


def test_effective_investment_leaves_out_housing_and_complexes() -> None:
    measured = measure(cube(), REGISTER.indicator("effective_investment_yuan"), "2025", "province")
    assert measured.value == (20 - 3 - 2 + 10) * YI


def test_named_towns_are_counted_from_the_list_at_the_period_end() -> None:
    assert measure(cube(), NAMED, "2022", "province").value == 1  # A; C was named in the course of 2023
    assert measure(cube(), NAMED, "2024", "province").value == 2
    assert measure(cube(), NAMED, "2025", "province").value == 2


def test_per_mu_figures_use_land_in_use_and_nothing_else() -> None:
    per_mu = cube().of("output_per_mu_yuan", "2025")
    assert per_mu[0] == 60 * YI / 1000
    assert np.isnan(per_mu[1:]).all()


def test_growth_compares_the_same_towns() -> None:
    # A 50 -> 60, B 30 -> 33, C 25 -> 27; nobody joins or leaves the comparison.
    assert close(growth(cube(), OUTPUT, "2025", "province"), 120 / 105 - 1)


def test_growth_without_the_year_before_is_none() -> None:
    assert growth(cube(), OUTPUT, "2024", "province") is None


def test_a_filter_counts_only_its_towns() -> None:
    keep = np.array([True, True, False, False, False])
    assert measure(cube(), OUTPUT, "2025", "province", keep).value == 93 * YI


def test_green_cover_is_never_summed() -> None:
    assert measure(cube(), REGISTER.indicator("green_cover_share"), "2025", "province").value is None


def test_the_cube_cannot_be_written_to() -> None:
    with pytest.raises(ValueError, match="read-only"):
        cube().values[0, 0, 0] = 1
