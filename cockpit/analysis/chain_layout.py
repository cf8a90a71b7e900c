"""Where the nodes and links of a chain are drawn: columns from its links, few crossings, cards that never overlap.

Pure, deterministic, in abstract pixels, y downwards. Layered drawing after Sugiyama: columns by stage and longest
path, a slot for every link that skips a column, order by the mean place of the neighbours with sweeps and exchanges,
heights by weight, places as near to straight links as the cards allow.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from random import Random
from typing import Final

Link = tuple[str, str]
STAGE_ORDER: Final = ("upstream", "midstream", "downstream")
_SWEEPS: Final = 8
_STARTS: Final = 10  # beginnings tried; one alone is often stuck in a poor order
_EASE: Final = 0.6  # how much a card follows its neighbours; the rest keeps the column spread out
_ROUNDS: Final = 12


@dataclass(frozen=True)
class Frame:
    """Size of the drawing and of what stands in it, in pixels.

    `card`: width of a card, `lowest`: its least height, `slot`: height kept free for a passing link, `gap`: least
    distance in a column. In a crowded column the last three shrink together: nothing leaves the frame. `pitch`: part of
    a column's width a card takes at most, the rest is for the links.
    """

    width: float
    height: float
    card: float = 204
    lowest: float = 45
    slot: float = 8
    gap: float = 12
    samples: int = 20
    pitch: float = 0.8


@dataclass(frozen=True)
class Box:
    """A card: left, top, width, height."""

    node: str
    column: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Curve:
    """A link as points (x, y), from the right edge of a card to the left edge of another."""

    source: str
    end: str
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Layout:
    """A drawn chain: cards, links, left edge and stage of every column."""

    boxes: tuple[Box, ...]
    curves: tuple[Curve, ...]
    columns: tuple[tuple[float, str], ...]
    width: float
    height: float


@dataclass(frozen=True)
class Arrangement:
    """Columns top down, slots of skipping links included, and each link's stops from its source to its end."""

    order: tuple[tuple[str, ...], ...]
    ways: Mapping[Link, tuple[str, ...]]
    stages: Mapping[str, str]

    @property
    def nodes(self) -> tuple[str, ...]:
        """Nodes column by column, top down."""
        return tuple(node for nodes in self.order for node in nodes if node in self.stages)

    @property
    def short(self) -> list[Link]:
        """Links cut at their slots: each leads to the next column."""
        return [part for way in self.ways.values() for part in pairwise(way)]


def columns_of(stages: Mapping[str, str], links: Sequence[Link]) -> dict[str, int]:
    """Column of every node: stages in order, inside a stage the longest path from its start. No cycles allowed."""
    before: dict[str, list[str]] = {node: [] for node in stages}
    for source, end in links:
        if stages[source] == stages[end]:
            before[end].append(source)
    depth: dict[str, int] = {}

    def depth_of(node: str) -> int:
        if node not in depth:
            depth[node] = 1 + max((depth_of(other) for other in before[node]), default=-1)
        return depth[node]

    start, offset = {}, 0
    for stage in STAGE_ORDER:
        inside = [depth_of(node) for node in stages if stages[node] == stage]
        start[stage] = offset
        offset += 1 + max(inside) if inside else 0
    return {node: start[stages[node]] + depth[node] for node in stages}


def crossings(order: Sequence[Sequence[str]], links: Sequence[Link]) -> int:
    """How many pairs of links between neighbouring columns cross."""
    place = {node: (column, row) for column, nodes in enumerate(order) for row, node in enumerate(nodes)}
    rows: dict[int, list[tuple[int, int]]] = {}
    for source, end in links:
        column, row = place[source]
        rows.setdefault(column, []).append((row, place[end][1]))
    return sum(_inversions(ends) for ends in rows.values())


def _inversions(ends: list[tuple[int, int]]) -> int:
    """Pairs in opposite order on either side; links that share an end do not cross."""
    rows = [right for _, right in sorted(ends)]
    return sum(first > second for index, first in enumerate(rows) for second in rows[index + 1 :])


def arrange(stages: Mapping[str, str], links: Sequence[Link]) -> Arrangement:
    """The order with the fewest crossings found; ties keep the earlier one, so the records' order shows through."""
    column = columns_of(stages, links)
    order: list[list[str]] = [[] for _ in range(max(column.values(), default=-1) + 1)]
    for node in stages:
        order[column[node]].append(node)
    ways: dict[Link, tuple[str, ...]] = {}
    for source, end in links:
        slots = {between: f"|{source}>{end}|{between}" for between in range(column[source] + 1, column[end])}
        for between, slot in slots.items():
            order[between].append(slot)
        ways[source, end] = (source, *slots.values(), end)
    short = [part for way in ways.values() for part in pairwise(way)]
    best, fewest = order, crossings(order, short)
    shuffle = Random(len(stages)).shuffle
    for start in range(_STARTS if fewest else 0):
        tried = [list(nodes) for nodes in order]
        for nodes in tried if start else ():
            shuffle(nodes)
        count = _untangle(tried, short)
        if count < fewest:
            best, fewest = tried, count
        if not fewest:
            break
    return Arrangement(tuple(map(tuple, best)), ways, dict(stages))


def _untangle(order: list[list[str]], links: Sequence[Link]) -> int:
    """Sweep to and fro, sorting each column by its neighbours' places; leaves the best order found in `order`."""
    before: dict[str, list[str]] = {node: [] for nodes in order for node in nodes}
    behind: dict[str, list[str]] = {node: [] for nodes in order for node in nodes}
    for source, end in links:
        before[end].append(source)
        behind[source].append(end)
    best, fewest = [list(nodes) for nodes in order], crossings(order, links)
    for sweep in range(_SWEEPS):
        forward = sweep % 2 == 0
        for number in range(1, len(order)) if forward else range(len(order) - 2, -1, -1):
            fixed = {node: row for row, node in enumerate(order[number - 1 if forward else number + 1])}
            _sort_by(order[number], before if forward else behind, fixed)
        _exchange(order, before, behind)
        count = crossings(order, links)
        if count < fewest:
            best, fewest = [list(nodes) for nodes in order], count
        if not fewest:
            break
    order[:] = best
    return fewest


def _sort_by(nodes: list[str], near: Mapping[str, list[str]], fixed: Mapping[str, int]) -> None:
    """Sort by the mean place of the neighbours in the fixed column; without any a node keeps its place."""
    row = {node: index for index, node in enumerate(nodes)}
    mean = {
        node: sum(fixed[other] for other in near[node]) / len(near[node]) if near[node] else row[node] for node in nodes
    }
    nodes.sort(key=lambda node: (mean[node], row[node]))


def _exchange(order: list[list[str]], before: Mapping[str, list[str]], behind: Mapping[str, list[str]]) -> None:
    """Swap neighbours of a column while that lessens crossings: only their own links can change."""
    for number, nodes in enumerate(order):
        sides = [
            (near, {node: row for row, node in enumerate(order[other])})
            for near, other in ((before, number - 1), (behind, number + 1))
            if 0 <= other < len(order)
        ]
        improved = True
        while improved:
            improved = False
            for row, (first, second) in enumerate(pairwise(nodes)):
                change = sum(
                    (place[x] < place[y]) - (place[x] > place[y])
                    for near, place in sides
                    for x in near[first]
                    for y in near[second]
                )
                # Positive: more of their links lie in order now than would after the swap.
                if change < 0:
                    nodes[row], nodes[row + 1] = second, first
                    improved = True
                    break


def lay_out(
    arrangement: Arrangement, weights: Mapping[str, float], frame: Frame, thickness: Mapping[Link, float] | None = None
) -> Layout:
    """Cards and curves in the frame.

    Args:
        weights: what a card's height grows with, one scale for the whole chain; 0 or more.
        thickness: width of a link's line, which spaces the places where links leave and enter; 1 where not given.
    """
    order, stages = arrangement.order, arrangement.stages
    if not order:
        return Layout((), (), (), frame.width, frame.height)
    card = min(frame.card, frame.width / len(order) * (frame.pitch if len(order) > 1 else 1))
    left = [number * (frame.width - card) / max(1, len(order) - 1) for number in range(len(order))]
    heights, gaps = _heights(arrangement, weights, frame)
    middle = _places(arrangement, heights, gaps, frame.height)
    top = {node: middle[node] - height / 2 for node, height in heights.items()}
    column = {node: number for number, nodes in enumerate(order) for node in nodes}
    boxes = tuple(
        Box(node, column[node], left[column[node]], top[node], card, heights[node]) for node in arrangement.nodes
    )
    ports = _ports(arrangement, top, heights, middle, thickness or {})
    curves = []
    for link, way in arrangement.ways.items():
        stops = [(left[column[way[0]]] + card, ports[link, "out"])]
        for slot in way[1:-1]:
            stops += [(left[column[slot]], middle[slot]), (left[column[slot]] + card, middle[slot])]
        stops.append((left[column[way[-1]]], ports[link, "in"]))
        curves.append(Curve(*link, _smooth(stops, frame.samples)))
    stage = [stages[next(node for node in nodes if node in stages)] for nodes in order]
    return Layout(boxes, tuple(curves), tuple(zip(left, stage, strict=True)), frame.width, frame.height)


def _heights(
    arrangement: Arrangement, weights: Mapping[str, float], frame: Frame
) -> tuple[dict[str, float], list[float]]:
    """Height of every card and slot, one scale, as tall as the fullest column allows; gap of every column."""
    most = max((weights.get(node, 0.0) for node in arrangement.stages), default=0.0)
    # Parts of the greatest: no size of figures makes the scale overflow.
    part = {node: weights.get(node, 0.0) / most if most > 0 else 0.0 for node in arrangement.stages}
    filled = [[node for node in nodes if node in arrangement.stages] for nodes in arrangement.order]
    slots = [len(nodes) - len(cards) for nodes, cards in zip(arrangement.order, filled, strict=True)]
    least = [
        frame.lowest * len(cards) + frame.slot * count + frame.gap * (len(cards) + count - 1)
        for cards, count in zip(filled, slots, strict=True)
    ]
    squeeze = [min(1.0, frame.height / need) if need > 0 else 1.0 for need in least]
    floor = frame.lowest * min(squeeze)
    factors = [
        max(0.0, frame.height - (need * small - (frame.lowest * small - floor) * len(cards))) / total
        for cards, need, small in zip(filled, least, squeeze, strict=True)
        if (total := sum(part[node] for node in cards)) > 0
    ]
    # A part of the room stays air, so that columns do not become walls.
    scale = min(factors, default=0.0) * 0.85
    heights = {
        node: floor + scale * part[node] if node in part else frame.slot * small
        for nodes, small in zip(arrangement.order, squeeze, strict=True)
        for node in nodes
    }
    return heights, [frame.gap * small for small in squeeze]


def _places(
    arrangement: Arrangement, heights: Mapping[str, float], gaps: Sequence[float], height: float
) -> dict[str, float]:
    """Middle of every card and slot: drawn towards its neighbours, spread out, apart by the gap, inside the frame."""
    near: dict[str, list[str]] = {node: [] for nodes in arrangement.order for node in nodes}
    for source, end in arrangement.short:
        near[source].append(end)
        near[end].append(source)
    spread: dict[str, float] = {}
    for nodes in arrangement.order:
        used = sum(heights[node] for node in nodes)
        air = (height - used) / len(nodes)
        y = air / 2
        for node in nodes:
            spread[node] = y + heights[node] / 2
            y += heights[node] + air
    middle, numbered = dict(spread), list(zip(arrangement.order, gaps, strict=True))
    for turn in range(_ROUNDS):
        for nodes, gap in numbered if turn % 2 == 0 else reversed(numbered):
            pull = [sum(middle[other] for other in near[node] or [node]) / (len(near[node]) or 1) for node in nodes]
            wanted = [_EASE * at + (1 - _EASE) * spread[node] for node, at in zip(nodes, pull, strict=True)]
            middle.update(zip(nodes, _apart(wanted, [heights[node] for node in nodes], gap, height), strict=True))
    return middle


def _apart(wanted: Sequence[float], heights: Sequence[float], gap: float, height: float) -> list[float]:
    """Middles nearest to the wanted ones (least squares) that keep the order, the gap and the frame."""
    offset, offsets = 0.0, []
    for index, tall in enumerate(heights):
        offset += 0.0 if index == 0 else heights[index - 1] / 2 + gap + tall / 2
        offsets.append(offset)
    blocks: list[tuple[float, int]] = []  # mean and size: neighbours that would overlap share one place
    for want, shift in zip(wanted, offsets, strict=True):
        mean, size = want - shift, 1
        while blocks and blocks[-1][0] >= mean:
            other, count = blocks.pop()
            mean, size = (mean * size + other * count) / (size + count), size + count
        blocks.append((mean, size))
    low, high = heights[0] / 2, height - heights[-1] / 2 - offsets[-1]
    flat = [max(low, min(high, mean)) for mean, size in blocks for _ in range(size)]
    return [place + shift for place, shift in zip(flat, offsets, strict=True)]


def _ports(
    arrangement: Arrangement, top: Mapping[str, float], heights: Mapping[str, float], middle: Mapping[str, float],
    thickness: Mapping[Link, float],
) -> dict[tuple[Link, str], float]:  # fmt: skip
    """Where links leave and enter: in the order of their other ends, spaced by their width, on the card."""
    ports: dict[tuple[Link, str], float] = {}
    for side, own, other in (("out", 0, 1), ("in", -1, -2)):
        by_node: dict[str, list[tuple[float, Link]]] = {}
        for link, way in arrangement.ways.items():
            by_node.setdefault(way[own], []).append((middle[way[other]], link))
        for node, ends in by_node.items():
            room = heights[node]
            widths = [thickness.get(link, 1.0) for _, link in sorted(ends)]
            shrink = min(1.0, room / sum(widths))
            air = (room - sum(widths) * shrink) / (len(widths) + 1)
            y = top[node] + air
            for (_, link), wide in zip(sorted(ends), widths, strict=True):
                ports[link, side] = y + wide * shrink / 2
                y += wide * shrink + air
    return ports


def _smooth(stops: Sequence[tuple[float, float]], samples: int) -> tuple[tuple[float, float], ...]:
    """Points of cubics that leave and arrive level, one for each gap between columns; straight through a slot."""
    points = [stops[0]]
    for (x0, y0), (x1, y1) in pairwise(stops):
        steps = samples if abs(y0 - y1) > 1e-9 else 1
        for step in range(1, steps + 1):
            t = step / steps
            points.append((x0 + (x1 - x0) * t, y0 + (y1 - y0) * t * t * (3 - 2 * t)))
    return tuple(points)
