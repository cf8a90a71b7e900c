"""Why a unit's index differs from a reference: parts that sum exactly, down any tree.

Pure; part of `vitality`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from cockpit.analysis.vitality.scoring import Result, into, out_of
from cockpit.analysis.vitality.structure import Group, Indicator, Structure
from cockpit.errors import DatasetError

# Two indices nearer than this count as equal; the logarithmic mean of equal numbers is the number.
_EQUAL = 1e-9


def reference(result: Result, units: Sequence[Any]) -> pd.Series:
    """Scores of all nodes of the median unit: the median of each indicator's score over `units`, aggregated.

    What was filled in is no figure and moves no median; an indicator none of them has takes no part. NaN everywhere
    without units.
    """
    # Without a warning on a column of nothing but NaN, as numpy's own would give.
    medians = result.normalised.mask(result.imputed).loc[list(units)].median()
    return _climb(medians, result.structure)


def _climb(leaves: pd.Series, structure: Structure) -> pd.Series:
    found: dict[str, float] = {}

    def score(node: Group | Indicator) -> float:
        found[node.id] = np.nan
        if isinstance(node, Indicator):
            found[node.id] = float(leaves[node.id])
            return found[node.id]
        values = np.array([score(part) for part in node.parts])
        weights = np.array([part.weight for part in node.parts])
        there = ~np.isnan(values) & (weights > 0)
        if there.any():
            held = _held(values[there], node, structure)
            mean = (weights[there] * into(held, node.aggregation)).sum() / weights[there].sum()
            found[node.id] = float(out_of(np.array([mean]), node.aggregation)[0])
        return found[node.id]

    score(structure.root)
    return pd.Series(found)


def _held(values: Any, group: Group, structure: Structure) -> Any:
    return (
        values if group.aggregation == "arithmetic" or structure.floor is None else np.maximum(values, structure.floor)
    )


def contributions(result: Result, unit: Any, against: pd.Series) -> pd.DataFrame:
    """What each node adds to the unit's index over the reference's.

    A part that is missing on either side stands for its group's score there, which is what rescaling the weights means:
    so one set of weights serves both sides and the sums are exact. Arithmetic w (x - r); geometric w ln(x / r) (X - R)
    / ln(X / R), with R for the quotient when X and R are equal; harmonic w X R (1 / r - 1 / x).

    Args:
        unit: one that has an index.
        against: scores of all nodes of the reference (`reference`, or a row of `result.scores`).

    Returns:
        Rows by node id, root first: parent, level (0 the root), score, reference, contribution, estimated (the unit has
        no figure of its own here). The contributions of a group's parts sum to the group's.

    Raises:
        DatasetError: the unit is unknown or has no index, or the reference has none.
    """
    structure, root = result.structure, result.structure.root
    if unit not in result.scores.index:
        raise DatasetError(f"unknown unit {unit!r}", where="contributions")
    own = result.scores.loc[unit]
    if np.isnan(own[root.id]) or np.isnan(against[root.id]):
        raise DatasetError(
            "no index to explain", where=f"unit {unit!r} or its reference", remedy="pick one with an index"
        )
    rows: list[tuple[str, str, int, float, float, float, bool]] = []

    def descend(
        node: Group | Indicator, parent: str, level: int, x: float, r: float, factor: float, known: tuple[bool, bool]
    ) -> None:
        is_leaf = isinstance(node, Indicator)
        is_filled = is_leaf and bool(result.imputed.at[unit, node.id])
        rows.append((node.id, parent, level, x, r, factor * (x - r), not known[0] or is_filled))
        if isinstance(node, Indicator):
            return
        total = sum(part.weight for part in node.parts)
        for part in node.parts:
            # Below a group that has no score of its own, its parts are not looked at either.
            has_x = known[0] and part.weight > 0 and not np.isnan(own[part.id])
            has_r = known[1] and part.weight > 0 and not np.isnan(against[part.id])
            part_x, part_r = float(own[part.id]) if has_x else x, float(against[part.id]) if has_r else r
            slope = part.weight / total * _slope(node, x, r, part_x, part_r, structure)
            descend(part, node.id, level + 1, part_x, part_r, factor * slope, (has_x, has_r))

    descend(root, "", 0, float(own[root.id]), float(against[root.id]), 1.0, (True, True))
    frame = pd.DataFrame(rows, columns=["node", "parent", "level", "score", "reference", "contribution", "estimated"])
    return frame.set_index("node")


def _slope(group: Group, x: float, r: float, part_x: float, part_r: float, structure: Structure) -> float:
    """What one point of the part's difference is worth in the group's, before the part's weight."""
    if group.aggregation == "arithmetic":
        return 1.0
    fit_x, fit_r = (float(value) for value in _held(np.array([part_x, part_r]), group, structure))
    # Below the floor a part moves without moving the mean.
    held = 1.0 if part_x == part_r else (fit_x - fit_r) / (part_x - part_r)
    if group.aggregation == "geometric":
        return held * _log_mean(x, r) / _log_mean(fit_x, fit_r)
    return held * x * r / (fit_x * fit_r)


def _log_mean(a: float, b: float) -> float:
    return b if abs(a - b) < _EQUAL else (a - b) / float(np.log1p((a - b) / b))
