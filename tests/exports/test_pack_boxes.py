"""No box of a slide lies outside it or upon another; the shapes of a drawing are one picture."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from pptx.util import Pt

from tests.exports.packs import CASES, made

SLACK = Pt(1)


def _boxes(slide: Any) -> list[tuple[str, int, int, int, int]]:
    """Name and edges of what stands on a slide by itself: left, top, right, bottom. A table is as high as its rows."""
    found = []
    for shape in slide.shapes:
        if shape.name.startswith(("Freeform", "Name")):  # a map and the names on it
            continue
        height = sum(row.height for row in shape.table.rows) if shape.has_table else shape.height
        found.append((shape.name, shape.left, shape.top, shape.left + shape.width, shape.top + height))
    return found


def _upon(one: tuple[str, int, int, int, int], other: tuple[str, int, int, int, int]) -> bool:
    across, down = min(one[3], other[3]) - max(one[1], other[1]), min(one[4], other[4]) - max(one[2], other[2])
    return min(across, down) > SLACK


@pytest.mark.many
@pytest.mark.parametrize("case", CASES)
def test_no_box_lies_outside_its_slide_and_the_title_leaves_the_mark_its_place(case: str) -> None:
    deck = made(case).deck
    for number, slide in enumerate(deck.slides, 1):
        boxes = _boxes(slide)
        for name, left, top, right, bottom in boxes:
            assert min(left, top) >= 0, (number, name)
            assert right <= deck.slide_width, (number, name)
            assert bottom <= deck.slide_height, (number, name)
        heads = [box for box in boxes if box[0].startswith("Title") or box[0] == "Simulated mark"]
        assert not [number for one, other in combinations(heads, 2) if _upon(one, other)], number


@pytest.mark.long
@pytest.mark.many
@pytest.mark.parametrize("case", CASES)
def test_no_box_of_a_slide_stands_upon_another(case: str) -> None:
    for number, slide in enumerate(made(case).deck.slides, 1):
        found = [(number, one[0], other[0]) for one, other in combinations(_boxes(slide), 2) if _upon(one, other)]
        assert found == []
