"""Names beside a map: apart, inside, and leaders that cross nothing where that is possible."""

from __future__ import annotations

from itertools import combinations, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from cockpit.visuals.map.label_places import Board, Point, apart, place_names

BOARD = Board(width=770, height=700, block=54, step=66)
WIDE = 170.0


@given(st.lists(st.floats(0, 700), max_size=10).map(sorted))
def test_places_keep_order_distance_and_frame(wanted: list[float]) -> None:
    found = apart(wanted, 66, 27, 673)
    assert all(27 - 1e-6 <= place <= 673 + 1e-6 for place in found)
    assert all(after - before >= 66 - 1e-6 for before, after in pairwise(found))


def test_places_that_are_apart_stay_where_they_are() -> None:
    assert apart([100, 200, 400], 66, 27, 673) == [100, 200, 400]
    assert apart([200, 200], 66, 27, 673) == [167, 233], "pushed apart by as much to either side"


def test_more_places_than_fit_are_squeezed_evenly() -> None:
    assert apart([0, 0, 0], 66, 0, 100) == [0, 50, 100]


points = st.builds(Point, st.floats(230, 540), st.floats(60, 640), st.floats(6, 17))


@settings(max_examples=settings.default.max_examples // 2)
@given(st.lists(points, min_size=1, max_size=12))
def test_names_never_overlap_and_never_leave_the_board(found: list[Point]) -> None:
    placed, _ = place_names(found, [WIDE] * len(found), BOARD)
    assert len(placed) == len(found)
    for name in placed:
        assert BOARD.block / 2 <= name.y <= BOARD.height - BOARD.block / 2
        assert all(0 <= x <= BOARD.width for x, _ in name.leader)
    for one, two in combinations(placed, 2):
        assert one.side != two.side or abs(one.y - two.y) >= BOARD.block


def test_a_leader_ends_on_the_rim_of_its_own_circle() -> None:
    placed, _ = place_names([Point(400, 300, 15)], [WIDE], BOARD)
    x, y = placed[0].leader[-1]
    assert abs(((x - 400) ** 2 + (y - 300) ** 2) ** 0.5 - 15) < 1e-6


def test_crossed_leaders_are_untangled() -> None:
    # By height alone the right ones' leaders cross: the upper point lies behind the lower one.
    found = [Point(300, 200, 7), Point(320, 500, 7), Point(420, 340, 7), Point(530, 352, 7)]
    placed, spoilt = place_names(found, [WIDE] * 4, BOARD)
    assert spoilt == 0, placed


def test_the_same_points_give_the_same_picture() -> None:
    found = [Point(250 + 37 * at % 280, 90 + 53 * at % 520, 8) for at in range(10)]
    assert place_names(found, [WIDE] * 10, BOARD) == place_names(found, [WIDE] * 10, BOARD)
