"""Towns side by side: which is best, and the line their dots stand on."""

from __future__ import annotations

import math

import pytest

from cockpit.visuals.town.table import best_of, spread


@pytest.mark.parametrize(
    ("values", "polarity", "expected"),
    [
        ([3.0, 9.0, math.nan], "higher", 9.0),
        ([3.0, 9.0, math.nan], "lower", 3.0),
        ([3.0, 9.0], "neutral", None),
        ([3.0, math.nan], "higher", None),
        ([3.0, 3.0], "higher", None),
        ([], "higher", None),
    ],
)
def test_best_is_told_only_where_there_is_something_to_compare(
    values: list[float], polarity: str, expected: float | None
) -> None:
    assert best_of(values, polarity) == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [([2.0, 8.0], (0.0, 8.0)), ([-3.0, 8.0], (-3.0, 8.0)), ([math.nan, None], (0.0, 1.0)), ([-2.0], (-2.0, 0.0))],
)
def test_dots_stand_on_a_line_from_zero(values: list[float | None], expected: tuple[float, float]) -> None:
    assert spread(values) == expected
