"""Classes of values by fixed borders, their words, and the round figures of a legend."""

from __future__ import annotations

import math

import pytest

from cockpit.visuals.map.classes import class_of, class_words, round_sizes

BORDERS = (40.0, 60.0, 80.0, 120.0)


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0, 0), (39.999, 0), (40, 1), (59.9, 1), (80, 3), (119.9, 3), (120, 4), (1e9, 4), (None, -1), (math.nan, -1)],
)
def test_a_value_on_a_border_is_of_the_upper_class(value: float | None, expected: int) -> None:
    assert class_of(value, BORDERS) == expected


def test_binary_noise_does_not_move_a_value_below_its_border() -> None:
    assert class_of(0.1 + 0.2, (0.3, 0.4, 0.5, 0.6)) == 1
    assert class_of(0.3 - 1e-15, (0.3, 0.4, 0.5, 0.6)) == 1


def test_classes_are_told_by_their_borders() -> None:
    assert class_words(("40", "60", "80", "120")) == ("< 40", "40–60", "60–80", "80–120", "≥ 120")
    assert class_words(()) == ()


@pytest.mark.parametrize(
    ("largest", "expected"), [(109.8, (5, 20, 100)), (7.3, (0.2, 2, 5)), (31, (1, 5, 20)), (0, ()), (math.nan, ())]
)
def test_a_legend_of_sizes_has_round_figures_below_the_largest(largest: float, expected: tuple[float, ...]) -> None:
    assert round_sizes(largest) == pytest.approx(expected)
