"""Who carries how much: the published cases of allocation tools and keys, and what must hold for any."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.analysis.planning.allocation import CannotBeMet, raise_worst, spread, swayed, whole


def shares(
    total: float, weights: list[float], low: list[float] | None = None, high: list[float] | None = None
) -> list[float]:
    bounds = [None if at is None else np.array(at) for at in (low, high)]
    return spread(total, np.array(weights), *bounds).values.tolist()


def test_relative_proportional_spread() -> None:
    # IBM Planning Analytics: 400 by reference 10, 20, 70.
    assert shares(400, [10, 20, 70]) == pytest.approx([40, 80, 280])


def test_equal_leaves_share_alike() -> None:
    assert shares(1200, [1, 1, 1, 1]) == pytest.approx([300] * 4)


def test_a_held_leaf_keeps_its_value_and_the_rest_shares_the_rest() -> None:
    # Hold 60 of (10, 30, 60), the whole becomes 160: 25, 75, 60.
    assert shares(160, [10, 30, 60], [0, 0, 60], [np.inf, np.inf, 60]) == pytest.approx([25, 75, 60])


def test_without_any_weight_all_get_the_same_and_it_is_told() -> None:
    found = spread(90, np.zeros(3))
    assert found.values.tolist() == pytest.approx([30, 30, 30])
    assert found.is_equal


def test_a_share_of_sales() -> None:
    # Essbase @MDALLOCATE: 200 by sales, New York 300 of 1000.
    assert shares(200, [300, 700])[0] == pytest.approx(60)


def test_the_largest_remainder_gets_what_is_left() -> None:
    assert whole(np.array([3.333, 3.333, 3.334]), 10).tolist() == [3, 3, 4]
    assert whole(np.array([2.5, 2.5, 5.0]), 10).tolist() == [3, 2, 5]  # of equal ones the first


def test_floors_and_ceilings_as_the_published_keys_have_them() -> None:
    """COM(2022)231: floor 0.15 %, ceiling 13.80 %, the rest in proportion, together 100 %."""
    weights = np.array([40.0, 20.0, 15.0, 10.0, 8.0, 4.0, 2.0, 0.9, 0.08, 0.02])
    found = spread(100.0, weights, np.full(10, 0.15), np.full(10, 13.8))
    assert found.values.sum() == pytest.approx(100)
    assert found.values[:6].tolist() == pytest.approx([13.8] * 6)
    assert found.at_ceiling[:6].all()
    assert found.at_floor.tolist() == [False] * 9 + [True]
    free = ~found.at_ceiling & ~found.at_floor
    assert np.allclose(found.values[free] / weights[free], found.values[free][0] / weights[free][0])


def test_bounds_that_cannot_be_met_are_named() -> None:
    with pytest.raises(CannotBeMet) as told:
        spread(100, np.ones(3), np.full(3, 40.0), np.full(3, 50.0))
    assert (told.value.least, told.value.most) == (120, 150)
    with pytest.raises(CannotBeMet, match="200 is not between 0 and 150"):
        spread(200, np.ones(3), np.zeros(3), np.full(3, 50.0))


def test_a_ratio_is_not_shared_out_but_the_worst_are_raised() -> None:
    values, weights = np.array([0.5, 0.6, 0.9]), np.array([100.0, 100.0, 200.0])
    assert float((values * weights).sum() / 400) == pytest.approx(0.725)
    found = raise_worst(values, weights, 0.775)
    assert found.tolist() == pytest.approx([0.65, 0.65, 0.9])
    assert float((found * weights).sum() / 400) == pytest.approx(0.775)
    assert raise_worst(values, weights, 0.7).tolist() == values.tolist()  # reached already


UNITS = st.lists(st.tuples(st.floats(0, 1e6), st.floats(0, 1e5), st.floats(0, 1e6)), min_size=1, max_size=30)


@given(UNITS, st.floats(0, 1))
def test_sums_are_exact_bounds_kept_and_order_is_nothing(units: list[tuple[float, float, float]], place: float) -> None:
    weights, low = (np.array([unit[at] for unit in units]) for at in (0, 1))
    high = low + np.array([unit[2] for unit in units])
    total = float(low.sum() + place * (high.sum() - low.sum()))
    found = spread(total, weights, low, high).values
    assert found.sum() == pytest.approx(total, rel=1e-9, abs=1e-6)
    assert (found >= low - 1e-6).all()
    assert (found <= high + 1e-6).all()
    turned = spread(total, weights[::-1], low[::-1], high[::-1]).values[::-1]
    assert np.allclose(found, turned, rtol=1e-9, atol=1e-6)


@given(st.lists(st.floats(0.01, 1e4), min_size=2, max_size=20), st.floats(1, 1e6), st.floats(1.01, 3))
def test_more_weight_never_gets_less(weights: list[float], total: float, more: float) -> None:
    heavier = np.array(weights)
    heavier[0] *= more
    assert spread(total, heavier).values[0] >= spread(total, np.array(weights)).values[0] - 1e-9 * total


@given(st.lists(st.floats(0.01, 100), min_size=1, max_size=30), st.integers(0, 100_000))
def test_whole_numbers_add_up_and_are_next_to_the_shares(weights: list[float], total: int) -> None:
    values = spread(float(total), np.array(weights)).values
    found = whole(values, total)
    assert found.sum() == total
    assert (np.abs(found - values) < 1 + 1e-6).all()


def test_drawn_weights_give_sums_that_are_exact_too() -> None:
    parts = np.array([[0.5, 0.3, 0.2], [0.2, 0.3, 0.5]])
    found = swayed(90.0, parts, np.array([0.7, 0.3]), np.full(3, 10.0), np.full(3, 40.0), 200, 0.25, 7)
    assert np.allclose(found.sum(axis=1), 90)
    assert (found <= 40 + 1e-6).all()
    assert np.array_equal(
        found, swayed(90.0, parts, np.array([0.7, 0.3]), np.full(3, 10.0), np.full(3, 40.0), 200, 0.25, 7)
    )
