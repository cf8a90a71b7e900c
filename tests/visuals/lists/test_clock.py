"""The clock's marks and labels keep apart."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.analysis.selection import Selection
from cockpit.briefings import open_desk, town_lists
from cockpit.rights import ALL
from cockpit.visuals.lists.clock import draw_clock, lanes
from cockpit.vocabulary import Language

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
    lists = town_lists(desk, Selection("2025", scope=ALL), date(2026, 11, 23))
    drawing = draw_clock(lists, "zh", "light", "")
    assert drawing is not None
    assert len(drawing.rows) == len(lists.creating) == drawing.table.count('data-lead="/town?')
    bars = drawing.rows[drawing.rows["has_bar"]]
    assert len(bars) == 2, "one extension is over and has no time left to draw"
    assert (bars["until"] > bars["age"]).all()
    assert set(drawing.rows["kind"]) == {"high", "medium", "low", "pending", "watch", "not_due"}
    assert (drawing.rows.loc[drawing.rows["age"] >= 5, "kind"] != "not_due").all()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_batch_is_written_into_the_line_of_five_years(language: Language) -> None:
    lists = town_lists(open_desk("demo"), Selection("2025", scope=ALL), date(2026, 11, 30))
    drawing = draw_clock(lists, language, "light", "")
    assert drawing is not None
    told = drawing.rows[drawing.rows["batch"] != ""]
    assert len(told) > 4
    assert ((told["age"] - lists.windows.full_years).abs() > 0.3).all()
