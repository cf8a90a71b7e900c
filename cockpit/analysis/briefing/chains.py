"""All chains at a glance for one selection: grades, paths, coverage, most gaps first.

Pure; part of `briefing`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from cockpit.analysis.briefing.chain_facts import ChainFacts
from cockpit.analysis.chain.grading import GRADES, Grade, Mask, NodeFigures, figures_of, grade
from cockpit.analysis.chain.network import Paths, paths_of
from cockpit.analysis.measures import Cube
from cockpit.policy.chains import Chain, ChainNode
from cockpit.units import reaches
from cockpit.vocabulary import CHAIN_STAGES


@dataclass(frozen=True)
class GradedNode:
    """A node in the selection. `met` says of every criterion its value (None when not known) and whether it is met.

    `province_share` is the selection's part of the node's output in the whole province, `province_firm_count` the firms
    known there; `is_dependent` marks a node that rests on one town.
    """

    id: str
    node: ChainNode
    grade: Grade
    met: tuple[tuple[str, float | None, bool], ...]
    figures: NodeFigures
    province_share: float | None
    province_firm_count: int | None
    is_dependent: bool

    @property
    def met_count(self) -> int:
        return sum(is_met for _, _, is_met in self.met)

    @property
    def firm_count(self) -> int | None:
        """Firms known in the selection; None when no town reported on the node."""
        return self.figures.firm_count if self.figures.reported else None


@dataclass(frozen=True)
class ChainGlance:
    """One chain in the selection. Sums are None when none of its towns reported; `reported` of `town_count` did.

    Nodes in the order of the records. `gaps` are missing and weak nodes.
    """

    chain: Chain
    nodes: tuple[GradedNode, ...]
    counts: dict[Grade, int]
    paths: Paths
    firm_count: int | None
    revenue_yuan: float | None
    town_count: int
    reported: int

    @property
    def stages(self) -> dict[str, tuple[GradedNode, ...]]:
        """Nodes of every stage."""
        return {stage: tuple(item for item in self.nodes if item.node.stage == stage) for stage in CHAIN_STAGES}

    @property
    def gaps(self) -> int:
        return self.counts["missing"] + self.counts["weak"]

    @property
    def grades(self) -> dict[str, Grade]:
        return {item.id: item.grade for item in self.nodes}


@dataclass(frozen=True, eq=False)
class Chains:
    """The answer for one selection. `period` is the full year of the firms, None when no firms are known up to it.

    `chains` with most missing nodes first, then most weak ones. `town_count` towns are selected. `seen` are the towns
    the reader may see at all: a partner elsewhere is named only where it is one of them.
    """

    period: str | None
    chains: tuple[ChainGlance, ...]
    town_count: int
    keep: Mask
    seen: Mask

    @property
    def counts(self) -> dict[Grade, int]:
        """Nodes of every grade over all chains."""
        return {name: sum(item.counts[name] for item in self.chains) for name in GRADES}

    @property
    def node_count(self) -> int:
        return sum(len(item.nodes) for item in self.chains)

    @property
    def has_firms(self) -> bool:
        return any(item.firm_count for item in self.chains)

    def of(self, chain_id: str) -> ChainGlance:
        """KeyError when there is no such chain."""
        for item in self.chains:
            if item.chain.id == chain_id:
                return item
        raise KeyError(chain_id)


def chains(facts: ChainFacts, keep: Mask, seen: Mask, told: Cube) -> Chains:
    """Grade every node of every chain over the kept towns, of those seen.

    Args:
        told: the towns as their reader is told of them: no figure of the province that is one of too few others.
    """
    figures = figures_of(facts.cube, facts.chain_of, facts.members, keep, facts.prefectures)
    graded = [_graded(facts, at, item, told) for at, item in enumerate(figures)]
    found = []
    for number, chain in enumerate(facts.chains):
        nodes = tuple(graded[at] for at in np.flatnonzero(facts.chain_of == number))
        rows = facts.members[:, number] & keep
        reported = int((rows & facts.reported).sum())
        amounts = [item.figures.revenue_yuan for item in nodes if item.figures.revenue_yuan is not None]
        counts = Counter(item.grade for item in nodes)
        found.append(
            ChainGlance(
                chain=chain,
                nodes=nodes,
                counts={name: counts[name] for name in GRADES},
                paths=paths_of(chain.node_ids, chain.pairs, {item.id: item.grade for item in nodes}),
                firm_count=sum(item.figures.firm_count for item in nodes) if reported else None,
                revenue_yuan=sum(amounts) if amounts else None,
                town_count=int(rows.sum()),
                reported=reported,
            )
        )
    found.sort(key=lambda item: (-item.counts["missing"], -item.counts["weak"]))
    return Chains(facts.period, tuple(found), int(keep.sum()), keep, seen)


def _graded(facts: ChainFacts, at: int, figures: NodeFigures, told: Cube) -> GradedNode:
    made, whole = grade(figures, facts.rule), facts.province[at]
    # The selection's part of the whole gives the whole, and less one's own that of the others.
    is_kept_back = told.hides(facts.cube.has_firms[:, at] & facts.members[:, facts.chain_of[at]])
    alone = figures.town_count == 1
    return GradedNode(
        id=figures.node,
        node=facts.nodes[figures.node],
        grade=made.grade,
        met=made.met,
        figures=figures,
        province_share=figures.revenue_yuan / whole.revenue_yuan
        if figures.revenue_yuan is not None and whole.revenue_yuan and not is_kept_back
        else None,
        province_firm_count=whole.firm_count if whole.reported and not is_kept_back else None,
        is_dependent=alone or reaches(figures.top_share or 0.0, facts.design.value("dependence_share")),
    )
