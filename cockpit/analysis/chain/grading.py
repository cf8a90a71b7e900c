"""Firms by town and node, the figures of every node, and its grade.

Pure. Grades follow a rule of records (`GradeRule`), which is ours. Missing means that every town of the chain has
reported and none has a firm there; where some have not reported and no firm is known, the grade is unknown: no data
is not a gap.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from cockpit.units import reaches

Values = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
Places = npt.NDArray[np.intp]
Grade = Literal["strong", "adequate", "weak", "missing", "unknown"]
Measure = Literal["firm_count", "leader_count", "revenue_yuan", "town_count", "prefecture_count", "chain_share"]
GRADES: Final[tuple[Grade, ...]] = ("strong", "adequate", "weak", "missing", "unknown")
FIRMS: Final = "firm_count"
REVENUE: Final = "revenue_yuan"
LEADERS: Final = "chain_leader_count"
STAFF: Final = "staff_count"  # counts heads, which firms may leave out; the other counts are of firms


@dataclass(frozen=True)
class Criterion:
    """One line of the grade rule: met at `at_least` (base unit) or more."""

    id: str
    measure: Measure
    at_least: float


@dataclass(frozen=True)
class GradeRule:
    """Criteria and how many of them make a node strong or adequate; fewer is weak."""

    criteria: tuple[Criterion, ...]
    strong_from: int
    adequate_from: int


@dataclass(frozen=True, eq=False)
class FirmCube:
    """Figures of one period: `values[town, node, figure]`.

    NaN where a town has not reported on a node, 0 where it reported none. Amounts in yuan; an amount is NaN as well
    where there are firms and none gave it. `nodes` are full ids (`chain.node`).
    """

    towns: tuple[str, ...]
    nodes: tuple[str, ...]
    figures: tuple[str, ...]
    values: Values

    @cached_property
    def firms(self) -> Values:
        """Number of firms, shape (towns, nodes)."""
        return np.asarray(self.values[:, :, self.figures.index(FIRMS)])

    @cached_property
    def revenue(self) -> Values:
        """Revenue in yuan where there are firms, NaN elsewhere; shape (towns, nodes)."""
        return np.where(self.has_firms, self.values[:, :, self.figures.index(REVENUE)], np.nan)

    @cached_property
    def has_firms(self) -> Mask:
        return np.nan_to_num(self.firms) > 0

    @cached_property
    def counts(self) -> tuple[tuple[str, ...], Values]:
        """Names of the figures that count firms, and their values with 0 for what is not reported."""
        names = tuple(name for name in self.figures if name.endswith("_count") and name != STAFF)
        chosen = [self.figures.index(name) for name in names]
        return names, np.nan_to_num(self.values[:, :, chosen])

    @cached_property
    def place(self) -> dict[str, int]:
        return {node: index for index, node in enumerate(self.nodes)}

    def columns(self, nodes: Sequence[str]) -> Places:
        return np.array([self.place[node] for node in nodes], dtype=np.intp)


def build_cube(
    cells: pd.DataFrame,
    silences: pd.DataFrame,
    towns: Sequence[str],
    nodes: Sequence[str],
    figures: Sequence[str],
    period: str,
) -> FirmCube:
    """Cube of one period.

    A town with any row (firms outside the chains too) has reported: nodes without a row hold none. Without rows it has
    reported nothing. A node it is silent on stays open, unless firms are known there.

    Args:
        cells: town_code, period, node_id and `figures`, one row a town and node; node_id "" for firms outside chains.
        silences: town_code, period, node_id.
    """
    values = np.full((len(towns), len(nodes), len(figures)), np.nan)
    town_index = {town: at for at, town in enumerate(towns)}
    node_index = {node: at for at, node in enumerate(nodes)}

    def place(rows: pd.DataFrame) -> tuple[pd.DataFrame, Places, Places]:
        chosen = rows[rows["period"].astype("str") == period]
        at = np.array([town_index.get(str(town), -1) for town in chosen["town_code"]], dtype=np.intp)
        on = np.array([node_index.get(str(node), -1) for node in chosen["node_id"]], dtype=np.intp)
        return chosen, at, on

    rows, at, on = place(cells)
    values[np.unique(at[at >= 0])] = 0.0
    _, silent, about = place(silences)
    known = (silent >= 0) & (about >= 0)
    values[silent[known], about[known]] = np.nan
    known = (at >= 0) & (on >= 0)
    values[at[known], on[known]] = rows[list(figures)].to_numpy(dtype=float, na_value=np.nan)[known]
    values.setflags(write=False)
    return FirmCube(tuple(towns), tuple(nodes), tuple(figures), values)


@dataclass(frozen=True)
class NodeFigures:
    """What is known to stand on one node in the selected towns of its chain.

    Counts are of those that reported: `reported` of `expected` towns; with none of them nothing is known. Money in
    yuan, shares 0-1, None when nobody gave an amount. `tags` counts firms by figure (`single_champion_count`, ...).
    """

    node: str
    firm_count: int
    leader_count: int
    revenue_yuan: float | None
    town_count: int
    prefecture_count: int
    chain_share: float | None
    top_town: str | None
    top_share: float | None
    reported: int
    expected: int
    tags: Mapping[str, int]


@dataclass(frozen=True)
class Graded:
    """Figures with their grade and, criterion by criterion, the value (None when not known) and whether it is met."""

    figures: NodeFigures
    grade: Grade
    met: tuple[tuple[str, float | None, bool], ...]

    @property
    def met_count(self) -> int:
        return sum(is_met for _, _, is_met in self.met)


def members_of(cube: FirmCube, chain_of: Places, declared: Mask) -> Mask:
    """Towns of each chain, shape (towns, chains): with a firm on one of its nodes, or named by their specialty
    industry.

    Args:
        chain_of: number of the chain each node of the cube belongs to.
        declared: towns whose specialty industry belongs to the chain, shape (towns, chains).
    """
    members = declared.copy()
    for chain in range(declared.shape[1]):
        members[:, chain] |= cube.has_firms[:, chain_of == chain].any(axis=1)
    return members


def figures_of(
    cube: FirmCube, chain_of: Places, members: Mask, keep: Mask, prefectures: Sequence[str]
) -> tuple[NodeFigures, ...]:
    """Figures of every node of the cube over the kept towns of its chain, all nodes at once.

    Args:
        members: towns of each chain (`members_of`). keep: towns selected. prefectures: of every town.
    """
    rows = members[:, chain_of] & keep[:, None]
    present = cube.has_firms & rows
    reported = (~np.isnan(cube.firms) & rows).sum(axis=0)
    amounts = np.where(present, cube.revenue, np.nan)
    revenue = np.nansum(amounts, axis=0)
    has_amount: Mask = np.asarray(np.isfinite(amounts).any(axis=0))
    totals = np.bincount(chain_of, weights=revenue, minlength=members.shape[1])[chain_of]
    tops = np.where(np.isnan(amounts), -np.inf, amounts).argmax(axis=0) if len(cube.towns) else np.zeros(0, dtype=int)
    groups, group_of = np.unique(np.asarray(prefectures, dtype="str"), return_inverse=True)
    is_in = np.eye(len(groups))[group_of]
    places = np.count_nonzero(present.T.astype(float) @ is_in, axis=1)
    names, counts = cube.counts
    tags = np.einsum("tn,tnf->nf", rows.astype(float), counts).astype(int)
    found = []
    for at, node in enumerate(cube.nodes):
        amount = float(revenue[at]) if has_amount[at] else None
        marks = dict(zip(names, tags[at].tolist(), strict=True))
        top = int(tops[at]) if amount else None
        found.append(
            NodeFigures(
                node=node,
                firm_count=marks[FIRMS],
                leader_count=marks.get(LEADERS, 0),
                revenue_yuan=amount,
                town_count=int(present[:, at].sum()),
                prefecture_count=int(places[at]),
                chain_share=amount / float(totals[at]) if amount is not None and totals[at] > 0 else None,
                top_town=None if top is None else cube.towns[top],
                top_share=float(amounts[top, at]) / amount if top is not None and amount else None,
                reported=int(reported[at]),
                expected=int(rows[:, at].sum()),
                tags=marks,
            )
        )
    return tuple(found)


def grade(figures: NodeFigures, rule: GradeRule) -> Graded:
    """Grade one node: without a firm it is missing when all towns of the chain have reported, else unknown."""
    met = []
    for line in rule.criteria:
        value = getattr(figures, line.measure) if figures.reported else None
        met.append(
            (line.id, None if value is None else float(value), value is not None and reaches(value, line.at_least))
        )
    count = sum(reached for _, _, reached in met)
    found: Grade
    if not figures.firm_count:
        found = "missing" if figures.expected and figures.reported == figures.expected else "unknown"
    elif count >= rule.strong_from:
        found = "strong"
    else:
        found = "adequate" if count >= rule.adequate_from else "weak"
    return Graded(figures, found, tuple(met))
