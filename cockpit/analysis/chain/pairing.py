"""Cooperation of [2.2.3]: pairs of towns with something to exchange in a chain, best first, with the reason.

Pure. Who may stand on either side and what counts is a `Pattern` of records; the weights are ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cockpit.analysis.chain.grading import FirmCube, Mask, Places, Values
from cockpit.analysis.chain.network import Links


@dataclass(frozen=True)
class Weights:
    """Points for a node both hold and for a link that joins them; how often one town may stand in a list."""

    shared: float
    joined: float
    repeat: int


@dataclass(frozen=True)
class Pair:
    """Two towns; the first plays the first word of the pattern.

    `shared` nodes hold firms of both, `joined` links lead from a node of one to a node of the other where at least
    one of the two lacks the other's end: something to exchange. `first_firms` and `second_firms` stand on those
    nodes. Of a pair found by `growth`: `growth_firms` firms of the tiers on the second's nodes (`second_nodes`),
    which could take capital.
    """

    pattern: str
    first: str
    second: str
    shared: tuple[str, ...]
    joined: tuple[tuple[str, str], ...]
    first_firms: int
    second_firms: int
    is_same_prefecture: bool
    growth_firms: int
    second_nodes: tuple[str, ...]
    score: float


@dataclass(frozen=True, eq=False)
class Sides:
    """Who may stand on either side, and the nodes (columns of the cube) that count there."""

    first: Mask
    second: Mask
    first_columns: Places
    second_columns: Places


def pairs_by_nodes(
    pattern: str,
    cube: FirmCube,
    links: Links,
    sides: Sides,
    keep: Mask,
    prefectures: Sequence[str],
    weights: Weights,
    most: int,
    node: str = "",
) -> tuple[Pair, ...]:
    """Pairs with shared nodes or joining links: most points first, then most firms on those nodes, then by code.

    Args:
        keep: selected towns; one of the two must be among them.
        node: only what touches this node counts, "" for the whole chain.
    """
    # Only towns that may stand on a side are looked at: a chain has a dozen or two of them, not the whole province.
    a_rows, b_rows = np.flatnonzero(sides.first), np.flatnonzero(sides.second)
    held = (cube.has_firms[a_rows], cube.has_firms[b_rows])
    firms = (np.nan_to_num(cube.firms[a_rows]), np.nan_to_num(cube.firms[b_rows]))
    both = np.intersect1d(sides.first_columns, sides.second_columns)
    if node:
        both = both[both == cube.place[node]]
    on_a, on_b = held[0][:, both].astype(float), held[1][:, both].astype(float)
    shared = on_a @ on_b.T
    weight = firms[0][:, both] @ on_b.T + on_a @ firms[1][:, both].T
    joined = np.zeros_like(shared)
    first_columns, second_columns = set(sides.first_columns.tolist()), set(sides.second_columns.tolist())
    exchanges: list[tuple[tuple[str, str], int, int, Mask]] = []
    for source, end in links:
        x, y = cube.place[source], cube.place[end]
        if node not in ("", source, end):
            continue
        for a, b in ((x, y), (y, x)):
            if a in first_columns and b in second_columns:
                exchange = _exchanges(held, a, b)
                exchanges.append(((source, end), a, b, exchange))
                joined += exchange
                weight += exchange * (firms[0][:, a][:, None] + firms[1][:, b][None, :])
    score = weights.shared * shared + weights.joined * joined
    allowed = _allowed(a_rows, b_rows, keep) & (score > 0)
    found = []
    for a, b in _spread(score, weight, allowed, a_rows, b_rows, weights.repeat, most):
        here = [(link, x, y) for link, x, y, exchange in exchanges if exchange[a, b]]
        nodes = both[held[0][a, both] & held[1][b, both]].tolist()
        first, second = int(a_rows[a]), int(b_rows[b])
        found.append(
            Pair(
                pattern=pattern,
                first=cube.towns[first],
                second=cube.towns[second],
                shared=tuple(cube.nodes[at] for at in nodes),
                joined=tuple(link for link, _, _ in here),
                first_firms=int(sum(firms[0][a, at] for at in {*nodes, *(x for _, x, _ in here)})),
                second_firms=int(sum(firms[1][b, at] for at in {*nodes, *(y for _, _, y in here)})),
                is_same_prefecture=prefectures[first] == prefectures[second],
                growth_firms=0,
                second_nodes=(),
                score=float(score[a, b]),
            )
        )
    return tuple(found)


def pairs_by_growth(
    pattern: str,
    cube: FirmCube,
    sides: Sides,
    keep: Mask,
    prefectures: Sequence[str],
    tiers: Sequence[str],
    weights: Weights,
    most: int,
    node: str = "",
) -> tuple[Pair, ...]:
    """Pairs of a town that brings capital and one that makes: same prefecture first, then most firms of the tiers.

    Args:
        tiers: figures whose firms count; a firm may stand in several, so the most numerous tier of a node is taken.
    """
    names, counts = cube.counts
    chosen = np.array([names.index(name) for name in tiers], dtype=np.intp)
    columns = sides.second_columns if not node else sides.second_columns[sides.second_columns == cube.place[node]]
    a_rows, b_rows = np.flatnonzero(sides.first), np.flatnonzero(sides.second)
    growth = counts[np.ix_(b_rows, columns, chosen)].max(axis=2, initial=0.0).sum(axis=1)
    firms = np.nan_to_num(cube.firms[np.ix_(b_rows, columns)]).sum(axis=1)
    where = np.asarray(prefectures, dtype="str")
    near = where[a_rows][:, None] == where[b_rows][None, :]
    # One place in the same prefecture outweighs any number of firms: the order, not the number, is what is told.
    rank = near * (growth.max(initial=0.0) + 1) + growth[None, :]
    weight = np.broadcast_to(firms[None, :], near.shape)
    allowed = _allowed(a_rows, b_rows, keep) & (growth[None, :] > 0)
    found = []
    for a, b in _spread(rank, weight, allowed, a_rows, b_rows, weights.repeat, most):
        second = int(b_rows[b])
        found.append(
            Pair(
                pattern=pattern,
                first=cube.towns[int(a_rows[a])],
                second=cube.towns[second],
                shared=(),
                joined=(),
                first_firms=0,
                second_firms=int(firms[b]),
                is_same_prefecture=bool(near[a, b]),
                growth_firms=int(growth[b]),
                second_nodes=tuple(cube.nodes[at] for at in columns[cube.has_firms[second, columns]]),
                score=float(growth[b]),
            )
        )
    return tuple(found)


def _exchanges(held: tuple[Mask, Mask], a: int, b: int) -> Mask:
    """Pairs whose first holds `a` and second `b`, and one of them lacks what the other brings."""
    first, second = held
    both = first[:, a][:, None] & second[:, b][None, :]
    return np.asarray(both & ~(first[:, b][:, None] & second[:, a][None, :]))


def _allowed(a_rows: Places, b_rows: Places, keep: Mask) -> Mask:
    """One of the two is selected, and no town meets itself."""
    return np.asarray((keep[a_rows][:, None] | keep[b_rows][None, :]) & (a_rows[:, None] != b_rows[None, :]))


def _spread(
    score: Values, firms: Values, allowed: Mask, a_rows: Places, b_rows: Places, repeat: int, most: int
) -> list[tuple[int, int]]:
    """The `most` best pairs (places among the rows), by score, then firms, then code.

    No town stands in more than `repeat` of them and no two towns meet twice.
    """
    rows, columns = np.nonzero(allowed)
    order = np.lexsort((columns, rows, -firms[rows, columns], -score[rows, columns]))
    stands: dict[int, int] = {}
    met: set[frozenset[int]] = set()
    taken: list[tuple[int, int]] = []
    for a, b in zip(rows[order].tolist(), columns[order].tolist(), strict=True):
        towns = frozenset((int(a_rows[a]), int(b_rows[b])))
        if len(taken) == most:
            break
        if towns in met or any(stands.get(town, 0) >= repeat for town in towns):
            continue
        met.add(towns)
        taken.append((a, b))
        for town in towns:
            stands[town] = stands.get(town, 0) + 1
    return taken
