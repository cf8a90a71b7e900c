"""Parts of a gap sum exactly to the gap; the arithmetic is done here by hand."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from cockpit.analysis import attribution


def test_expected_is_the_target_times_the_base_share() -> None:
    actual, base = np.array([60.0, 33.0, 27.0]), np.array([50.0, 30.0, 20.0])
    all_ = np.array([True, True, True])
    parts = attribution.of_sum(actual, base, all_, all_, aim=150.0)
    # Expected 75, 45, 30: the towns miss by 15, 12 and 3, together 30 = 150 - 120.
    assert parts.tolist() == [-15.0, -12.0, -3.0]


def test_a_town_that_did_not_report_costs_its_expected_value() -> None:
    both = np.array([True, True])
    parts = attribution.of_sum(np.array([60.0, np.nan]), np.array([50.0, 50.0]), both, both, aim=100.0)
    assert parts.tolist() == [10.0, -50.0]


def test_a_town_that_left_the_list_costs_its_expected_value_and_a_new_one_adds_all_it_has() -> None:
    actual, base = np.array([60.0, 70.0, 5.0]), np.array([50.0, 50.0, np.nan])
    then, now = np.array([True, True, False]), np.array([True, False, True])
    parts = attribution.of_sum(actual, base, then, now, aim=100.0)
    assert parts.tolist() == [10.0, -50.0, 5.0]
    assert attribution.movements(base, actual, then, now).tolist() == ["same", "exit", "entrant"]


def test_a_town_outside_the_scope_of_the_base_year_is_expected_nothing_of() -> None:
    """It reported 50 but was not counted then: all 100 fall on the other, and its 60 are an entrant's."""
    actual, base = np.array([90.0, 60.0]), np.array([50.0, 50.0])
    then, now = np.array([True, False]), np.array([True, True])
    parts = attribution.of_sum(actual, base, then, now, aim=100.0)
    assert parts.tolist() == [-10.0, 60.0]
    assert attribution.movements(base, actual, then, now).tolist() == ["same", "entrant"]


def test_without_a_base_year_nothing_is_attributed() -> None:
    one = np.array([True])
    parts = attribution.of_sum(np.array([1.0]), np.array([np.nan]), one, one, aim=10.0)
    assert np.isnan(parts).all()


def test_a_share_is_split_by_numerator_and_denominator() -> None:
    # (80 + 60) / 200 = 70 %; the aim is 75 %: A is 5 over its 75, B 15 short of its 75,
    # together 10 / 200 = 5 points short.
    parts = attribution.of_ratio(np.array([80.0, 60.0]), np.array([100.0, 100.0]), np.array([True, True]), aim=0.75)
    assert np.allclose(parts, [0.025, -0.075])


values = hnp.arrays(float, 12, elements=st.floats(0, 1e6) | st.just(float("nan")))
masks = hnp.arrays(bool, 12)


@given(values, values, masks, masks, st.floats(1, 1e7))
def test_four_parts_of_a_sum_add_up_to_the_headline(
    actual: np.ndarray, base: np.ndarray, then: np.ndarray, now: np.ndarray, aim: float
) -> None:
    parts = attribution.of_sum(actual, base, then, now, aim)
    if np.isnan(parts).all():
        return
    headline = np.nansum(actual[now]) - aim
    assert np.isclose(np.nansum(parts), headline, rtol=1e-9, atol=1e-6 * max(aim, 1))
    moves = attribution.movements(base, actual, then, now)
    told = sum(np.nansum(parts[moves == movement]) for movement in attribution.MOVEMENTS)
    assert np.isclose(told, headline, rtol=1e-9, atol=1e-6 * max(aim, 1))


@given(values, values, masks, st.floats(0.1, 1))
def test_parts_of_a_ratio_add_up_to_the_headline(
    above: np.ndarray, below: np.ndarray, scope: np.ndarray, aim: float
) -> None:
    counted = scope & ~np.isnan(above) & ~np.isnan(below)
    if not counted.any() or below[counted].sum() < 1:
        return
    parts = attribution.of_ratio(above, below, scope, aim)
    assert np.isclose(np.nansum(parts), above[counted].sum() / below[counted].sum() - aim, rtol=1e-9, atol=1e-9)


@given(values)
def test_both_ends_and_the_rest_keep_the_total(parts: np.ndarray) -> None:
    told = parts[~np.isnan(parts)] - 1e5
    low, high, between = attribution.ends(told, 2, 3)
    assert sorted([*low, *high, *between]) == list(range(len(told)))
    assert (told[low] < 0).all()
    assert (told[high] >= 0).all()
    if len(between):
        assert len(low) == 2 or not (told[between] < 0).any()
        assert len(high) == 3 or not (told[between] >= 0).any()
    assert told[low].tolist() == sorted(told[told < 0].tolist())[:2]
    assert told[high].tolist() == sorted(told[told >= 0].tolist(), reverse=True)[:3]


def test_groups_are_ranked_by_their_same_towns_not_by_what_entrants_hide() -> None:
    """x: same towns -9, an entrant +8, in sum -1; y: same towns -5. In sum y looks worse, of the same towns x is."""
    values, moves = np.array([-9.0, 8.0, -5.0, 2.0]), np.array(["same", "entrant", "same", "exit"])
    keep = np.array([True, True, True, False])
    frame = attribution.by_group(values, moves, np.array(["x", "x", "y", "y"]), keep)
    assert frame["key"].tolist() == ["x", "y"]
    assert frame["same"].tolist() == [-9.0, -5.0]
    assert frame["value"].tolist() == [-1.0, -5.0]
    assert frame["exit"].isna().all()


def test_entrants_exits_and_silence_stand_apart() -> None:
    nan = float("nan")
    before = np.array([10.0, 20.0, nan, 5.0, nan, 7.0])
    after = np.array([14.0, nan, 8.0, nan, nan, 9.0])
    then = np.array([True, True, False, True, False, True])
    now = np.array([True, True, True, False, True, True])
    moves = attribution.movements(before, after, then, now)
    assert moves.tolist() == ["same", "reporting", "entrant", "exit", "silent", "same"]
    # 42 before, 31 after: +4 and +2 of the same towns, -20 not reported any more, +8 joined, -5 left.
    parts = attribution.change_of_sum(before, after, then, now)
    assert np.allclose(parts, [4.0, -20.0, 8.0, -5.0, nan, 2.0], equal_nan=True)


def test_a_share_changes_by_towns_above_and_below_the_mean() -> None:
    # 60/100 and 40/100 are 50 %; then 80/100 and 40/100 are 60 %. The mean is 55 %.
    # A: (80 - 55) / 200 - (60 - 55) / 200 = 10 points; B: (40 - 55) / 200 - (40 - 55) / 200 = 0.
    whole, both = np.array([100.0, 100.0]), np.array([True, True])
    parts = attribution.change_of_ratio(np.array([60.0, 40.0]), whole, np.array([80.0, 40.0]), whole, both, both)
    assert np.allclose(parts, [0.1, 0.0])


def test_a_town_below_the_mean_that_leaves_raises_the_share() -> None:
    # 70 % and 30 % of 100 each are 50 %; the second leaves: 70 %, mean 60 %.
    # A: (70 - 60) / 100 - (70 - 60) / 200 = +5 points; B: -(30 - 60) / 200 = +15 points.
    whole, nan = np.array([100.0, 100.0]), float("nan")
    parts = attribution.change_of_ratio(
        np.array([70.0, 30.0]), whole, np.array([70.0, nan]), np.array([100.0, nan]),
        np.array([True, True]), np.array([True, False]),
    )  # fmt: skip
    assert np.allclose(parts, [0.05, 0.15])


@given(values, values, masks, masks)
def test_parts_of_a_change_add_up_to_it(
    before: np.ndarray, after: np.ndarray, then: np.ndarray, now: np.ndarray
) -> None:
    parts = attribution.change_of_sum(before, after, then, now)
    assert np.isclose(np.nansum(parts), np.nansum(after[now]) - np.nansum(before[then]), rtol=1e-9, atol=1e-3)
    moves = attribution.movements(before, after, then, now)
    assert (~np.isnan(parts) == np.isin(moves, attribution.MOVEMENTS)).all()


@given(values, values, values, values, masks, masks)
def test_parts_of_a_shares_change_add_up_to_it(
    above0: np.ndarray, below0: np.ndarray, above1: np.ndarray, below1: np.ndarray, then: np.ndarray, now: np.ndarray
) -> None:
    had, has = then & ~np.isnan(above0 + below0), now & ~np.isnan(above1 + below1)
    if not had.any() or not has.any() or below0[had].sum() < 1 or below1[has].sum() < 1:
        return
    parts = attribution.change_of_ratio(above0, below0, above1, below1, then, now)
    change = above1[has].sum() / below1[has].sum() - above0[had].sum() / below0[had].sum()
    scale = above1[has].sum() / below1[has].sum() + above0[had].sum() / below0[had].sum()
    assert np.isclose(np.nansum(parts), change, rtol=1e-6, atol=1e-8 * max(scale, 1))


@given(values, values, masks)
def test_parts_of_a_level_add_up_to_it(above: np.ndarray, below: np.ndarray, scope: np.ndarray) -> None:
    assert np.isclose(np.nansum(attribution.level_of_sum(above, scope)), np.nansum(above[scope]))
    counted = scope & ~np.isnan(above) & ~np.isnan(below)
    if counted.any() and below[counted].sum() >= 1:
        parts = attribution.level_of_ratio(above, below, scope)
        assert np.isclose(np.nansum(parts), above[counted].sum() / below[counted].sum())
