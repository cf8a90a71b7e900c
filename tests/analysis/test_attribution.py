"""Parts of a gap sum exactly to the gap; the arithmetic is done here by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from cockpit.analysis import attribution


def test_expected_is_the_target_times_the_base_share() -> None:
    actual, base = np.array([60.0, 33.0, 27.0]), np.array([50.0, 30.0, 20.0])
    parts = attribution.of_sum(actual, base, np.array([True, True, True]), aim=150.0)
    # Expected 75, 45, 30: the towns miss by 15, 12 and 3, together 30 = 150 - 120.
    assert parts.tolist() == [-15.0, -12.0, -3.0]


def test_a_town_that_did_not_report_costs_its_expected_value() -> None:
    parts = attribution.of_sum(np.array([60.0, np.nan]), np.array([50.0, 50.0]), np.array([True, True]), aim=100.0)
    assert parts.tolist() == [10.0, -50.0]


def test_a_town_that_left_the_list_costs_its_expected_value_and_a_new_one_adds_all_it_has() -> None:
    actual, base = np.array([60.0, 70.0, 5.0]), np.array([50.0, 50.0, np.nan])
    parts = attribution.of_sum(actual, base, np.array([True, False, True]), aim=100.0)
    assert parts.tolist() == [10.0, -50.0, 5.0]


def test_without_a_base_year_nothing_is_attributed() -> None:
    parts = attribution.of_sum(np.array([1.0]), np.array([np.nan]), np.array([True]), aim=10.0)
    assert np.isnan(parts).all()


def test_a_share_is_split_by_numerator_and_denominator() -> None:
    # (80 + 60) / 200 = 70 %; the aim is 75 %: A is 5 over its 75, B 15 short of its 75,
    # together 10 / 200 = 5 points short.
    parts = attribution.of_ratio(np.array([80.0, 60.0]), np.array([100.0, 100.0]), np.array([True, True]), aim=0.75)
    assert np.allclose(parts, [0.025, -0.075])


values = hnp.arrays(float, 12, elements=st.floats(0, 1e6) | st.just(float("nan")))
masks = hnp.arrays(bool, 12)


@given(values, values, masks, st.floats(1, 1e7))
def test_parts_of_a_sum_add_up_to_the_headline(
    actual: np.ndarray, base: np.ndarray, scope: np.ndarray, aim: float
) -> None:
    parts = attribution.of_sum(actual, base, scope, aim)
    if np.isnan(parts).all():
        return
    headline = np.nansum(actual[scope]) - aim
    assert np.isclose(np.nansum(parts), headline, rtol=1e-9, atol=1e-6 * max(aim, 1))


@given(values, values, masks, st.floats(0.1, 1))
def test_parts_of_a_ratio_add_up_to_the_headline(
    above: np.ndarray, below: np.ndarray, scope: np.ndarray, aim: float
) -> None:
    counted = scope & ~np.isnan(above) & ~np.isnan(below)
    if not counted.any() or below[counted].sum() < 1:
        return
    parts = attribution.of_ratio(above, below, scope, aim)
    assert np.isclose(np.nansum(parts), above[counted].sum() / below[counted].sum() - aim, rtol=1e-9, atol=1e-9)


@given(values, masks)
def test_both_ends_and_the_rest_keep_the_total(parts: np.ndarray, keep: np.ndarray) -> None:
    codes = pd.Series([f"T{index:02d}" for index in range(12)])
    frame, rest = attribution.by_town(parts, codes, keep, ends=2)
    assert np.isclose(frame["value"].sum(), np.nansum(parts[keep]), atol=1e-6)
    assert rest + len(frame[frame["key"] != ""]) == int((keep & ~np.isnan(parts)).sum())


def test_groups_are_sorted_from_widening_to_closing() -> None:
    groups = pd.Series(["x", "y", "x"])
    frame = attribution.by_group(np.array([1.0, -5.0, 2.0]), groups, np.array([True, True, True]))
    assert frame.to_dict("list") == {"key": ["y", "x"], "value": [-5.0, 3.0]}
