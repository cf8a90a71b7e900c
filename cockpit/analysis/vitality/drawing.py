"""How sure a rank is: the index drawn again and again under other weights, scales and means, and other fillings.

Pure: the seed comes in. Part of `vitality`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt

from cockpit.analysis.vitality.preparing import Mask, Values
from cockpit.analysis.vitality.scoring import Result, into, normalise, out_of
from cockpit.analysis.vitality.structure import Aggregation, Group, Indicator, Normalisation
from cockpit.errors import DatasetError


@dataclass(frozen=True)
class Draws:
    """How to draw: weights at every level times 1 + U(-spread, spread); a draw has one normalisation, one mean across
    the root's parts and one inside the groups below (each its own where `inner` is empty); missing cells of a ranked
    unit come from the units of its class (all units where it has none), unless `is_lending` is off: then they stay as
    the result has them."""

    count: int = 1000
    seed: int = 1
    spread: float = 0.25
    normalisations: tuple[Normalisation, ...] = ("goalposts", "minmax", "percentile")
    aggregations: tuple[Aggregation, ...] = ("geometric", "arithmetic")
    inner: tuple[Aggregation, ...] = ()
    is_lending: bool = True


@dataclass(frozen=True, eq=False)
class Uncertainty:
    """`draws` [draws, units] indices, `ranks` [draws, units], columns as the result's units; NaN without an index."""

    draws: Values

    @cached_property
    def ranks(self) -> Values:
        return rank_draws(self.draws)


def draw(result: Result, how: Draws) -> Uncertainty:
    """Draw the index `how.count` times; the same seed gives the same draws.

    An indicator whose values are all alike keeps its own normalisation in every draw.
    """
    rng = np.random.default_rng(how.seed)
    ranked = ~np.isnan(result.index.to_numpy())
    draws = np.full((how.count, len(ranked)), np.nan)
    methods = rng.integers(len(how.normalisations), size=how.count)
    means = rng.integers(len(how.aggregations), size=how.count)
    shocks = {node.id: 1 + rng.uniform(-how.spread, how.spread, how.count) for node in result.structure.nodes()}
    donors = _donors(result, ranked, how.count, rng) if how.is_lending else {}
    inner = how.inner or (None,)
    insides = rng.integers(len(inner), size=how.count)
    if ranked.any():
        for number, method in enumerate(how.normalisations):
            scores = _scores(result, method)
            for (other, mean), (third, inside) in product(enumerate(how.aggregations), enumerate(inner)):
                rows = np.flatnonzero((methods == number) & (means == other) & (insides == third))
                if len(rows):
                    draws[np.ix_(rows, ranked)] = _climb(result, scores, ranked, rows, shocks, donors, mean, inside)
    return Uncertainty(draws)


def rank_draws(draws: Values) -> Values:
    """Rank within each row, 1 the highest, ties the smaller rank; NaN stays NaN."""
    order = np.argsort(-draws, axis=1, kind="stable")
    ordered = np.take_along_axis(draws, order, axis=1)
    places = np.broadcast_to(np.arange(draws.shape[1]), draws.shape)
    is_new = np.ones(draws.shape, dtype=bool)
    is_new[:, 1:] = ordered[:, 1:] != ordered[:, :-1]
    first = np.maximum.accumulate(np.where(is_new, places, 0), axis=1) + 1.0
    ranks = np.empty(draws.shape)
    np.put_along_axis(ranks, order, first, axis=1)
    ranks[np.isnan(draws)] = np.nan
    return ranks


def small_ranks(draws: Values) -> npt.NDArray[np.int16]:
    """[units, draws] `rank_draws` as small integers, which are compared several times as fast; last without an index.

    Raises:
        OverflowError: more units than the type counts.
    """
    if draws.shape[1] >= np.iinfo(np.int16).max:
        raise OverflowError(f"{draws.shape[1]} units")
    return np.nan_to_num(rank_draws(draws), nan=draws.shape[1] + 1).T.astype(np.int16)


def clearest_order(ranks: npt.NDArray[np.int16], unit: int, others: slice) -> float:
    """The largest share of draws in which the unit stands above one of the others, or below it.

    Args:
        ranks: `small_ranks`; `others` are rows of it, at least one.
    """
    one, many = ranks[unit], ranks[others]
    below = _counts(one > many)
    most = int(below.max())
    # What stands below in so many draws stands above in the others at the most: few are left to be counted.
    open_still = below < ranks.shape[1] - most
    if open_still.any():
        most = max(most, int(_counts(one < many[open_still]).max()))
    return most / int(ranks.shape[1])


def _counts(found: Mask) -> npt.NDArray[np.int64]:
    """True cells by row; bits are counted, as adding truths up takes ten times as long."""
    counts: npt.NDArray[np.int64] = np.bitwise_count(np.packbits(found, axis=1)).sum(axis=1, dtype=np.int64)
    return counts


def rank_interval(ranks: Values, interval: float) -> tuple[Values, Values]:
    """(low, high) rank by unit, between which the middle `interval` of the draws lie; whole ranks, NaN without any."""
    tail = (1 - interval) / 2
    ordered = np.sort(ranks, axis=0)
    last = len(ordered) - 1
    # Rounded first: a tail of 0.05 is a little less than that in binary.
    return ordered[int(np.floor(round(tail * last, 6)))], ordered[int(np.ceil(round((1 - tail) * last, 6)))]


def _scores(result: Result, method: Normalisation) -> Values:
    """[units, indicators] scores under another normalisation."""
    scores = result.normalised.to_numpy().copy()
    for place, item in enumerate(result.structure.indicators()):
        if method == "goalposts" and item.low is None:
            continue
        ready = result.prepared.ready[:, place]
        if method != "goalposts":  # a hole that was filled is no figure: it stretches no scale
            ready = np.where(result.prepared.imputed[:, place], np.nan, ready)
        known = ready[~np.isnan(ready)]
        if method == "goalposts" or (len(known) and known.min() < known.max()):
            scores[:, place] = normalise(ready, item, result.structure, method)
    return scores


def _donors(
    result: Result, ranked: Mask, count: int, rng: np.random.Generator
) -> dict[int, tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]]:
    """Indicator's place -> (ranked units without it, counted among the ranked; [draws, those units] rows that lend)."""
    prepared = result.prepared
    groups = prepared.groups
    # A filled hole is as unknown as an empty one: it is drawn too, and lends nothing.
    holes = prepared.applies & ~prepared.reported & ranked[:, None]
    found: dict[int, tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]] = {}
    position = np.cumsum(ranked) - 1
    for place in np.flatnonzero(holes.any(axis=0)):
        lenders = prepared.reported[:, place]
        units, rows = [], []
        for unit in np.flatnonzero(holes[:, place]):
            pool = np.flatnonzero(lenders & (groups == groups[unit])) if groups is not None else np.flatnonzero(lenders)
            pool = pool if len(pool) else np.flatnonzero(lenders)
            if len(pool):
                units.append(position[unit])
                rows.append(pool[rng.integers(len(pool), size=count)])
        if units:
            found[int(place)] = np.array(units), np.column_stack(rows)
    return found


def _climb(
    result: Result,
    scores: Values,
    ranked: Mask,
    rows: npt.NDArray[np.intp],
    shocks: dict[str, Values],
    donors: dict[int, tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]],
    mean: Aggregation,
    inside: Aggregation | None,
) -> Values:
    """[rows, ranked units] index of these draws."""
    structure = result.structure
    place = {item.id: number for number, item in enumerate(structure.indicators())}

    def evaluate(node: Group | Indicator) -> Values:
        """Score, [1 or rows, ranked units], NaN where it takes no part."""
        if isinstance(node, Indicator):
            column = scores[:, place[node.id]]
            base: Values = column[ranked][None, :]
            if place[node.id] in donors:
                units, lent = donors[place[node.id]]
                base = np.repeat(base, len(rows), axis=0)
                base[:, units] = column[lent[rows]]
            return base
        aggregation = mean if node is structure.root else inside or node.aggregation
        total: Any = 0.0
        weight: Any = 0.0
        given = sum(part.weight for part in node.parts)
        for part in node.parts:
            if not part.weight:
                continue
            value = evaluate(part)
            if aggregation != "arithmetic":
                value = _positive(value, structure.floor, node.id, part.id)
            moved = into(value, aggregation)
            weights = (part.weight / given * shocks[part.id][rows])[:, None]
            absent = np.isnan(moved)
            if absent.any():
                total = total + weights * np.where(absent, 0.0, moved)
                weight = weight + weights * ~absent
            else:
                total = total + weights * moved
                weight = weight + weights
        with np.errstate(invalid="ignore", divide="ignore"):
            return out_of(np.asarray(total / weight), aggregation)

    return evaluate(structure.root)


def _positive(value: Values, floor: float | None, group: str, part: str) -> Values:
    if floor is not None:
        return np.maximum(value, floor)
    if (value <= 0).any():
        raise DatasetError(
            "a draw needs a geometric or harmonic mean of a part that is not above zero",
            where=f"{group!r}, part {part!r}",
            remedy="give the structure a floor or a scale above zero, or draw with the arithmetic mean only",
        )
    return value
