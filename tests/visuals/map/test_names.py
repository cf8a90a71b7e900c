"""Names on a map: in their area, off circles and off one another, or left out."""

from __future__ import annotations

import numpy as np

from cockpit.visuals.map.names import Name, around, beside, ground_of, inside, place

SQUARE = np.array([(0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0)])
NOBODY = np.zeros((0, 3))


def test_a_name_stands_where_it_is_wanted_when_there_is_room() -> None:
    assert place([Name(50, 50, 30, 14, around(20, 5))], NOBODY) == [(0.0, 0.0)]


def test_a_name_keeps_off_a_circle() -> None:
    (at,) = place([Name(50, 50, 30, 14, around(40, 4))], np.array([(50.0, 50.0, 8.0)]))
    assert at is not None
    assert abs(at[1]) >= 14 or abs(at[0]) >= 22


def test_the_second_of_two_names_on_one_spot_moves_or_is_left_out() -> None:
    still = np.zeros((1, 2))
    assert place([Name(50, 50, 30, 14, still), Name(50, 50, 30, 14, still)], NOBODY) == [(0.0, 0.0), None]
    both = place([Name(50, 50, 30, 14, around(40, 4)) for _ in range(2)], NOBODY)
    assert both[1] not in (None, both[0])


def test_a_needed_name_is_never_left_out() -> None:
    still = np.zeros((1, 2))
    assert place([Name(50, 50, 30, 14, still, is_needed=True) for _ in range(2)], NOBODY) == [(0.0, 0.0)] * 2


def test_a_name_with_no_place_to_try_is_left_out() -> None:
    assert place([Name(50, 50, 30, 14, np.zeros((0, 2)))], NOBODY) == [None]


def test_a_name_beside_a_circle_does_not_cover_it() -> None:
    (at,) = place([Name(50, 50, 30, 14, beside(8, 30, 14))], np.array([(50.0, 50.0, 8.0)]))
    assert at == (0.0, 19.0), "under it, which is nearest"


def test_a_name_stays_in_its_frame() -> None:
    (at,) = place([Name(90, 50, 30, 14, beside(5, 30, 14))], NOBODY, (0.0, 0.0, 100.0, 100.0))
    assert at == (-24.0, 0.0), "not under or over it, where it would be cut"


def test_points_inside_and_the_cells_of_an_area() -> None:
    points = np.array([(50.0, 50.0), (150.0, 50.0), (50.0, -1.0)])
    assert inside(points, SQUARE).tolist() == [True, False, False]
    assert ground_of([SQUARE]).holds(points).tolist() == [True, False, False]
