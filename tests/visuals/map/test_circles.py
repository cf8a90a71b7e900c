"""Circles: area for value, and apart without running away."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cockpit.visuals.map.circles import _MOST, part, radius


def test_the_area_stands_for_the_value() -> None:
    assert radius(100, 100, 17) == 17
    assert radius(25, 100, 17) == pytest.approx(8.5), "a quarter of the value has a quarter of the area"


@pytest.mark.parametrize("value", [None, math.nan, 0.0, -3.0])
def test_what_is_missing_or_nothing_has_the_smallest_circle(value: float | None) -> None:
    assert radius(value, 100, 17) == 2.5


def test_nobody_with_a_value_is_no_ratio_to_nothing() -> None:
    assert radius(5, 0.0, 17) == 2.5


def test_circles_that_touch_nothing_stay() -> None:
    places, radii = np.array([[0.0, 0.0], [100.0, 0.0], [0.0, 80.0]]), np.array([10.0, 10.0, 10.0])
    assert not part(places, radii, 15).any()


def test_two_circles_on_one_spot_are_taken_apart() -> None:
    places, radii = np.zeros((2, 2)), np.array([6.0, 6.0])
    moved = part(places, radii, 15)
    assert np.hypot(*(moved[0] - moved[1])) >= 12
    assert part(places, radii, 15).tolist() == moved.tolist(), "the same picture every time"


def test_the_smaller_one_gives_way() -> None:
    moved = np.hypot(*part(np.array([[0.0, 0.0], [8.0, 0.0]]), np.array([14.0, 4.0]), 15).T)
    assert moved[0] < moved[1]


spots = st.tuples(st.floats(0, 120), st.floats(0, 120), st.floats(2.5, 17))


@settings(max_examples=40, deadline=None)
@given(st.lists(spots, min_size=1, max_size=25))
def test_no_circle_is_moved_further_than_allowed(found: list[tuple[float, float, float]]) -> None:
    values = np.array(found)
    moved = part(values[:, :2], values[:, 2], 15)
    assert (np.hypot(moved[:, 0], moved[:, 1]) <= 15 + 1e-6).all()


@pytest.mark.long
def test_more_circles_than_a_map_has_room_for_stay_where_they_are() -> None:
    crowd = np.zeros((_MOST + 1, 2))
    assert not part(crowd, np.full(len(crowd), 4.0), 20.0).any()
    assert part(crowd[1:], np.full(_MOST, 4.0), 20.0).any()
