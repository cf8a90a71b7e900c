"""Normalise, aggregate up the tree, rank.

Pure; part of `vitality`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from cockpit.analysis.vitality.preparing import Mask, Prepared, Values, prepare
from cockpit.analysis.vitality.structure import Aggregation, Group, Indicator, Structure, structure_of
from cockpit.errors import DatasetError

# Shares of weight are sums of quotients: two thirds must pass a threshold of two thirds, also one written 0.6666667.
_SLACK = 1e-6


@dataclass(frozen=True, eq=False)
class Result:
    """What `compute` returns; rows are the table's units in their order, NaN is "not enough data".

    Attributes:
        scores: [units, nodes] score of every node, columns by node id, root first (`structure.nodes()`).
        values: [units, indicators] after denominating, imputing, treating and clipping, before transform and scale.
        clipped, imputed: [units, indicators] flags: cut at a floor, cap or goalpost; filled in.
        winsorised: one row a moved point: indicator, unit, before, after, tail (high or low).
        logged: indicators the treatment put on a log.
        coverage: [units, groups] share of the group's weight that was reported (1 = all that applies).
        groups: class of each unit, None without a group column.
    """

    structure: Structure
    scores: pd.DataFrame
    values: pd.DataFrame
    clipped: pd.DataFrame
    imputed: pd.DataFrame
    winsorised: pd.DataFrame
    logged: tuple[str, ...]
    coverage: pd.DataFrame
    groups: pd.Series | None
    prepared: Prepared = field(repr=False)

    @property
    def index(self) -> pd.Series:
        """Score of the root by unit."""
        return self.scores[self.structure.root.id]

    @cached_property
    def normalised(self) -> pd.DataFrame:
        """[units, indicators] scores of the indicators."""
        return self.scores[[item.id for item in self.structure.indicators()]]

    @cached_property
    def rank(self) -> pd.Series:
        """1 is the highest index; ties share the smaller rank; NaN without an index."""
        return pd.Series(rank_of(self.index.to_numpy()), index=self.index.index)

    @cached_property
    def rank_in_group(self) -> pd.Series:
        """Rank among the units of the same class; overall rank without a group column."""
        if self.groups is None:
            return self.rank
        return self.index.groupby(self.groups.to_numpy()).rank(ascending=False, method="min")


def compute(
    table: pd.DataFrame, structure: Structure | Mapping[str, Any], idle: Mapping[str, Mask] | None = None
) -> Result:
    """Compute a composite index.

    Args:
        table: one row a unit, the index holds the unit codes (unique); raw figures in numeric columns, NaN missing;
            class labels in the column named by `structure.group`. Further columns are ignored.
        structure: see `Structure`; or the tables of an index file as a dict (`structure_of`).
        idle: indicator -> units (bool, in the table's order) it does not apply to, on top of its `only`.

    Steps and formulas (x a value, n the units that have one):
        denominate x / denominator * factor; impute; floor and cap; treat outliers; clip at goalposts; ln(x + offset);
        goalposts lo + (hi - lo) (x - low) / (high - low), goalposts transformed as x is; minmax the same with the
        smallest and largest x; zscore mean + sd (x - mean(x)) / sd(x), sample sd unless ddof = 0; percentile
        lo + (hi - lo) (rank - 1) / (n - 1), rank 1 the smallest, ties the average rank. Direction -1 mirrors: hi + lo
        less the score, 2 mean less the z-score. Means: sum(w x), exp(sum(w ln x)), 1 / sum(w / x), w rescaled to sum 1
        among the parts present.

    Returns:
        `Result`.

    Raises:
        DatasetError: unknown, doubled or non-numeric column, infinite value, duplicate unit, an indicator whose values
            are all alike under minmax, zscore or percentile, a part not above zero in a geometric or harmonic mean.
        RecordError: the structure itself is not usable.
    """
    shape = structure if isinstance(structure, Structure) else structure_of(structure)
    prepared = prepare(table, shape, idle)
    indicators = shape.indicators()
    normalised = np.empty_like(prepared.ready)
    for place, item in enumerate(indicators):
        normalised[:, place] = normalise(prepared.ready[:, place], item, shape)
    scores, coverage = aggregate(normalised, prepared, shape)
    units, names = prepared.units, [item.id for item in indicators]
    return Result(
        structure=shape,
        scores=scores,
        values=pd.DataFrame(prepared.values, index=units, columns=names),
        clipped=pd.DataFrame(prepared.clipped, index=units, columns=names),
        imputed=pd.DataFrame(prepared.imputed, index=units, columns=names),
        winsorised=pd.DataFrame(list(prepared.moved), columns=["indicator", "unit", "before", "after", "tail"]),
        logged=prepared.logged,
        coverage=coverage,
        groups=None if prepared.groups is None else pd.Series(prepared.groups, index=units),
        prepared=prepared,
    )


def reweigh(result: Result, weights: Mapping[str, float]) -> Result:
    """The same figures under other weights of some nodes (id -> weight); nothing else is computed again.

    Raises:
        RecordError: the weights make no index (all zero in a group, negative).
    """

    def change(node: Group | Indicator) -> Group | Indicator:
        if isinstance(node, Indicator):
            return replace(node, weight=weights.get(node.id, node.weight))
        return replace(node, weight=weights.get(node.id, node.weight), parts=tuple(change(part) for part in node.parts))

    root = change(result.structure.root)
    assert isinstance(root, Group)
    shape = replace(result.structure, root=root)
    scores, coverage = aggregate(result.normalised.to_numpy(), result.prepared, shape)
    return replace(result, structure=shape, scores=scores, coverage=coverage)


def rank_of(values: Values) -> Values:
    """Rank 1 for the highest; ties take the smaller rank; NaN stays NaN."""
    known = ~np.isnan(values)
    ordered = np.sort(-values[known])
    ranks = np.full(len(values), np.nan)
    ranks[known] = np.searchsorted(ordered, -values[known], side="left") + 1
    return ranks


def normalise(ready: Values, item: Indicator, structure: Structure, method: str | None = None) -> Values:
    """Scores of one indicator; `method` overrides its own."""
    method = method or item.normalisation or structure.normalisation
    lo, hi = structure.scale
    known = ~np.isnan(ready)
    if method == "goalposts":
        if item.low is None or item.high is None:
            raise DatasetError("goalposts are missing", where=f"indicator {item.id!r}", remedy="give low and high")
        posts = np.array([item.low, item.high])
        low, high = np.log(posts + item.offset) if item.transform == "log" else posts
    elif not known.any():
        return ready
    else:
        low, high = ready[known].min(), ready[known].max()
        if not low < high:
            raise DatasetError(
                f"all {int(known.sum())} values are {low:g}; {method} cannot tell them apart",
                where=f"indicator {item.id!r}",
                remedy="take it out, or use goalposts",
            )
    if method == "zscore":
        mean, spread = structure.target
        figures = ready[known]
        scores = np.full(len(ready), np.nan)
        scores[known] = item.direction * (figures - figures.mean()) / figures.std(ddof=structure.ddof)
        return mean + spread * scores
    if method == "percentile":
        share = np.full(len(ready), np.nan)
        share[known] = (_average_ranks(ready[known]) - 1) / (known.sum() - 1)
    else:
        share = (ready - low) / (high - low)
    return lo + (hi - lo) * (share if item.direction == 1 else 1 - share)


def _average_ranks(values: Values) -> Values:
    ordered = np.sort(values)
    first = np.searchsorted(ordered, values, side="left")
    last = np.searchsorted(ordered, values, side="right")
    return (first + 1 + last) / 2


def into(values: Values, aggregation: Aggregation) -> Values:
    """The scale on which the mean is a weighted sum: as is, logarithm, reciprocal."""
    if aggregation == "arithmetic":
        return values
    return np.asarray(np.log(values)) if aggregation == "geometric" else 1 / values


def out_of(values: Values, aggregation: Aggregation) -> Values:
    if aggregation == "arithmetic":
        return values
    return np.asarray(np.exp(values)) if aggregation == "geometric" else 1 / values


def check_positive(parts: Values, group: Group, structure: Structure, units: pd.Index) -> Values:
    """Parts fit for the group's mean: raised to the floor, or an error where one is not above zero."""
    if group.aggregation == "arithmetic":
        return parts
    if structure.floor is not None:
        return np.maximum(parts, structure.floor)
    bad = parts <= 0
    if bad.any():
        row, column = np.argwhere(bad)[0]
        raise DatasetError(
            f"{group.aggregation} mean of {parts[row, column]:g} does not exist",
            where=f"{group.id!r}, part {group.parts[column].id!r}, unit {units[row]!r}",
            remedy="give the structure a floor, or a scale above zero",
        )
    return parts


def aggregate(normalised: Values, prepared: Prepared, structure: Structure) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Scores of all nodes [units, nodes] and coverage of all groups [units, groups]."""
    units = prepared.units
    place = {item.id: number for number, item in enumerate(structure.indicators())}
    scores: dict[str, Values] = {}
    coverage: dict[str, Values] = {}
    applies: dict[str, Mask] = {}

    def climb(node: Group | Indicator) -> tuple[Values, Mask, Values]:
        """Score, whether it applies, share of its weight reported; fills the tables on the way, parents first."""
        scores[node.id] = np.empty(0)
        if isinstance(node, Indicator):
            column = place[node.id]
            found = normalised[:, column], prepared.applies[:, column], prepared.reported[:, column].astype(float)
        else:
            coverage[node.id] = np.empty(0)
            parts = [climb(part) for part in node.parts]
            found = _mean_of(node, parts, structure, units)
            coverage[node.id] = found[2]
        scores[node.id], applies[node.id] = found[0], found[1]
        return found

    score, _, reported = climb(structure.root)
    enough = reported >= structure.present_overall - _SLACK
    scores[structure.root.id] = np.where(enough, score, np.nan)
    return pd.DataFrame(scores, index=units), pd.DataFrame(coverage, index=units)


def _mean_of(
    group: Group, parts: list[tuple[Values, Mask, Values]], structure: Structure, units: pd.Index
) -> tuple[Values, Mask, Values]:
    values = np.column_stack([part[0] for part in parts])
    applies = np.column_stack([part[1] for part in parts])
    reported = np.column_stack([part[2] for part in parts])
    given = np.array([part.weight for part in group.parts], dtype=float)
    weights = np.where(applies, given / given.sum(), 0.0)
    meant = weights.sum(axis=1)
    applicable = meant > 0
    with np.errstate(invalid="ignore", divide="ignore"):
        # A part that does not apply has no share of its own, which must not become the whole's.
        share = np.where(applicable, np.where(weights > 0, weights * reported, 0.0).sum(axis=1) / meant, np.nan)
    there = ~np.isnan(values) & applies
    present = np.where(there, weights, 0.0)
    total = present.sum(axis=1)
    # What was there before imputation decides: a filled hole is no figure. A part that is a group counts once scored.
    is_group = np.array([isinstance(part, Group) for part in group.parts])
    counted = np.where(is_group, there, reported > 0)
    threshold = structure.present if group.present is None else group.present
    with np.errstate(invalid="ignore", divide="ignore"):
        enough = (weights * counted).sum(axis=1) / meant >= threshold - _SLACK
    fit = check_positive(np.where(there, values, np.inf), group, structure, units)
    with np.errstate(invalid="ignore", divide="ignore"):
        summed = (present * np.where(there, into(fit, group.aggregation), 0.0)).sum(axis=1) / total
        score = out_of(summed, group.aggregation)
    return np.where((total > 0) & (enough | (threshold <= 0)), score, np.nan), applicable, share
