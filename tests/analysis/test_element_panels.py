"""Panels of elements: the rows by town, as worked out by hand, and as quick for thousands of towns as for a few."""

from __future__ import annotations

import time

import pandas as pd
import pytest

from cockpit.analysis.briefing.elements import _panel_rows
from tests.spec.entries import KINDS


def test_a_row_adds_what_is_told_and_lacks_only_where_both_are() -> None:
    design = KINDS["land_award"].panel
    assert design is not None
    frame = pd.DataFrame({"used": [100.0, 50.0, 80.0], "due": [60.0, None, 40.0], "received": [20.0, 5.0, None]})
    first, second = _panel_rows(pd.Series(["甲", "甲", "乙"]), frame, design)
    assert (first.key, dict(first.amounts), first.gap) == ("甲", {"used": 150.0, "due": 60.0, "received": 25.0}, 40.0)
    assert (second.amounts["received"], second.gap, second.ratio, second.most) == (None, None, None, None)


def test_leverage_is_of_the_funds_that_tell_both_and_of_nothing_there_is_none() -> None:
    design = KINDS["fund"].panel
    assert design is not None
    above, below = design.ratio
    frame = pd.DataFrame({name: [None, None, None, None] for name in design.amounts}, dtype=float)
    frame[above], frame[below] = [30.0, 9.0, None, 7.0], [10.0, None, 4.0, 0.0]
    rows = {row.key: row for row in _panel_rows(pd.Series(["甲", "甲", "乙", "丙"]), frame, design)}
    assert rows["甲"].ratio == pytest.approx(3.0)
    assert (rows["乙"].ratio, rows["丙"].ratio) == (None, None)


def test_thousands_of_towns_cost_no_pass_each() -> None:
    design, count = KINDS["land_award"].panel, 5_000
    assert design is not None
    frame = pd.DataFrame({"used": 1.0, "due": 0.6, "received": 0.5}, index=range(count))
    began = time.perf_counter()
    rows = _panel_rows(pd.Series([f"T{at:05d}" for at in range(count)]), frame, design)
    assert len(rows) == count
    assert time.perf_counter() - began < 2.0  # a pass of pandas a town took tens of seconds
