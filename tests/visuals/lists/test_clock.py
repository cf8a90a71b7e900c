"""The clock's marks and labels keep apart."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from cockpit.analysis.selection import Selection
from cockpit.briefings import open_desk, town_lists
from cockpit.visuals.lists.clock import draw_clock, lanes

places = st.lists(st.tuples(st.floats(0, 1000), st.floats(1, 150), st.floats(1, 150)), max_size=25)


@given(places)
def test_no_two_labels_of_a_lane_overlap(items: list[tuple[float, float, float]]) -> None:
    found = lanes(items)
    for lane in set(found):
        spans = sorted(
            (place - left, place + right) for (place, left, right), at in zip(items, found, strict=True) if at == lane
        )
        assert all(before[1] <= after[0] for before, after in pairwise(spans))


def test_the_clock_draws_each_town_once_and_bars_only_for_time_left() -> None:
    desk = open_desk("demo")
    lists = town_lists(desk, Selection("2025"), date(2026, 11, 23))
    drawing = draw_clock(lists, "zh", "light", "")
    assert drawing is not None
    assert len(drawing.rows) == len(lists.creating) == len(drawing.table)
    bars = drawing.rows[drawing.rows["has_bar"]]
    assert len(bars) == 2, "one extension is over and has no time left to draw"
    assert (bars["until"] > bars["age"]).all()
    assert set(drawing.rows["kind"]) == {"high", "medium", "low", "pending", "watch", "not_due"}
    assert (drawing.rows.loc[drawing.rows["age"] >= 5, "kind"] != "not_due").all()
