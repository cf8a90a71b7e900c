"""The drawing of a chain: cards apart and inside the frame, links that end on their cards, crossings counted right."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cockpit.analysis.chain_layout import Frame, Layout, arrange, columns_of, crossings, lay_out
from cockpit.policy.register import load

STAGES = ("upstream", "midstream", "downstream")
CHAINS = load().chains


def check(layout: Layout, frame: Frame, links: tuple[tuple[str, str], ...]) -> None:
    close = 1e-6
    for box in layout.boxes:
        assert box.width > 0
        assert box.height > 0
        assert -close <= box.x
        assert box.x + box.width <= frame.width + close
        assert -close <= box.y
        assert box.y + box.height <= frame.height + close
    for one, other in combinations(layout.boxes, 2):
        apart_x = one.x + one.width <= other.x + close or other.x + other.width <= one.x + close
        apart_y = one.y + one.height <= other.y + close or other.y + other.height <= one.y + close
        assert apart_x or apart_y, f"{one.node} and {other.node} overlap"
    place = {box.node: box for box in layout.boxes}
    assert [(curve.source, curve.end) for curve in layout.curves] == list(links)
    for curve in layout.curves:
        source, end = place[curve.source], place[curve.end]
        (x0, y0), (x1, y1) = curve.points[0], curve.points[-1]
        assert x0 == pytest.approx(source.x + source.width)
        assert source.y - close <= y0 <= source.y + source.height + close
        assert x1 == pytest.approx(end.x)
        assert end.y - close <= y1 <= end.y + end.height + close
        assert all(0 <= y <= frame.height for _, y in curve.points)
        assert all(a[0] <= b[0] for a, b in zip(curve.points, curve.points[1:], strict=False))


@st.composite
def chains(draw: st.DrawFn) -> tuple[dict[str, str], tuple[tuple[str, str], ...]]:
    count = draw(st.integers(1, 40))
    marks = sorted(draw(st.lists(st.integers(0, 2), min_size=count, max_size=count)))
    stages = {f"n{index}": STAGES[mark] for index, mark in enumerate(marks)}
    names = list(stages)
    ends = st.tuples(st.integers(0, count - 1), st.integers(0, count - 1))
    drawn = draw(st.lists(ends, max_size=60)) if count > 1 else []
    links = dict.fromkeys((names[min(pair)], names[max(pair)]) for pair in drawn if pair[0] != pair[1])
    return stages, tuple(links)


@given(chains(), st.sampled_from([(1264, 530), (900, 420), (2528, 1060)]), st.floats(0, 50))
@example(({"n0": "upstream", "n1": "upstream"}, ()), (1264, 530), 2.2250738585072014e-308)
def test_forty_nodes_never_overlap_nor_leave_the_frame(
    chain: tuple[dict[str, str], tuple[tuple[str, str], ...]], size: tuple[int, int], heaviest: float
) -> None:
    stages, links = chain
    frame = Frame(*size)
    weights = {node: index % 7 * heaviest for index, node in enumerate(stages)}
    thickness = {link: 1.6 + 1.9 * (index % 9) for index, link in enumerate(links)}
    check(lay_out(arrange(stages, links), weights, frame, thickness), frame, links)


@pytest.mark.parametrize("chain", CHAINS)
def test_the_nine_chains_at_the_size_of_the_page(chain: str) -> None:
    record = CHAINS[chain]
    stages = {record.full_id(node.id): node.stage for node in record.nodes}
    frame = Frame(1264, 430)
    made = arrange(stages, record.pairs)
    first = lay_out(made, dict.fromkeys(stages, 1.0), frame)
    check(first, frame, record.pairs)
    # Two lines of text need their height, and what is drawn twice is the same drawing.
    assert min(box.height for box in first.boxes) >= frame.lowest
    assert first == lay_out(arrange(stages, record.pairs), dict.fromkeys(stages, 1.0), frame)
    assert set(made.nodes) == set(stages)
    as_recorded = [[node for node in stages if columns_of(stages, record.pairs)[node] == number] for number in range(9)]
    direct = [link for link, way in made.ways.items() if len(way) == 2]
    assert crossings(made.order, made.short) <= 8
    assert crossings(made.order, direct) <= crossings(as_recorded, direct)


def test_columns_follow_stage_then_longest_path() -> None:
    stages = {"a": "upstream", "b": "upstream", "c": "midstream", "d": "downstream"}
    assert columns_of(stages, [("a", "b"), ("b", "c"), ("a", "d")]) == {"a": 0, "b": 1, "c": 2, "d": 3}


def test_crossings_by_example() -> None:
    order = [["a", "b"], ["x", "y"]]
    assert crossings(order, [("a", "x"), ("b", "y")]) == 0
    assert crossings(order, [("a", "y"), ("b", "x")]) == 1
    # Links that share an end do not cross.
    assert crossings(order, [("a", "x"), ("a", "y"), ("b", "y")]) == 0


@given(chains())
@settings(max_examples=settings.default.max_examples // 2)
def test_crossings_are_those_counted_pair_by_pair(chain: tuple[dict[str, str], tuple[tuple[str, str], ...]]) -> None:
    made = arrange(*chain)
    place = {node: (column, row) for column, nodes in enumerate(made.order) for row, node in enumerate(nodes)}
    count = 0
    for (a, b), (c, d) in combinations(made.short, 2):
        if place[a][0] == place[c][0]:
            count += (place[a][1] - place[c][1]) * (place[b][1] - place[d][1]) < 0
    assert crossings(made.order, made.short) == count


def test_heavier_cards_are_taller_on_one_scale() -> None:
    stages = {"a": "upstream", "b": "upstream", "c": "midstream"}
    boxes = {
        box.node: box
        for box in lay_out(
            arrange(stages, [("a", "c"), ("b", "c")]), {"a": 10, "b": 20, "c": 30}, Frame(800, 400)
        ).boxes
    }
    above = {node: box.height - 45 for node, box in boxes.items()}
    assert above["b"] == pytest.approx(2 * above["a"])
    assert above["c"] == pytest.approx(3 * above["a"])


def test_an_empty_chain_is_an_empty_drawing() -> None:
    assert lay_out(arrange({}, []), {}, Frame(100, 100)).boxes == ()
