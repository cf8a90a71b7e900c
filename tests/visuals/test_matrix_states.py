"""A cell of several towns is an alarm only where too few of them have reported for anything to be judged."""

from __future__ import annotations

import pytest

from cockpit.visuals.data.matrix import state_of


@pytest.mark.parametrize(
    ("reported", "late", "missing", "word"),
    [(126, 0, 5, "partial"), (16, 0, 3, "missing"), (9, 0, 1, "partial"), (0, 0, 4, "missing"), (7, 1, 0, "late"),
     (8, 0, 0, "reported"), (0, 0, 0, "not_expected")],
)  # fmt: skip
def test_missing_is_told_by_share(reported: int, late: int, missing: int, word: str) -> None:
    assert state_of({"reported": reported, "late": late, "missing": missing}, 0.9) == word
