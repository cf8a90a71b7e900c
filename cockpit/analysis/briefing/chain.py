"""One chain for one selection: links, coverage by town, where it breaks, who could mend or join; one node in detail.

Pure; part of `briefing`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cockpit.analysis.briefing.chain_facts import ChainFacts, ChainTown, town_of
from cockpit.analysis.briefing.chains import ChainGlance, Chains, GradedNode
from cockpit.analysis.chain.grading import Grade, Graded, Mask, Values
from cockpit.analysis.chain.mending import Mend, mends_of
from cockpit.analysis.chain.network import LinkState, Opening, count_through, neighbours, openings_of, state_of
from cockpit.analysis.chain.pairing import Pair, Sides, pairs_by_growth, pairs_by_nodes
from cockpit.analysis.chain_layout import Arrangement, Frame, Layout, arrange, lay_out
from cockpit.policy.chain_design import CooperationPattern, FirmMark, GradeCriterion
from cockpit.policy.chains import Chain

_LINE = (1.6, 1.9)  # width in pixels of a link without and for each town at both of its ends


@dataclass(frozen=True)
class Link:
    """A link; `towns` (codes) of the selection have firms at both ends, `basis` says where it is stated."""

    source: str
    end: str
    basis: str
    towns: tuple[str, ...]
    state: LinkState

    @property
    def weight(self) -> int:
        return len(self.towns)

    @property
    def width(self) -> float:
        """Width of its line in pixels."""
        return _LINE[0] + _LINE[1] * self.weight


@dataclass(frozen=True)
class Break:
    """A node without firms: `through` of all paths need it, `restored` are whole again if it alone had a firm.

    Missing: `mends` are the best towns. Unknown: `silent` are the towns that have not reported on it.
    """

    node: str
    grade: Grade
    through: int
    restored: int
    mends: tuple[Mend, ...]
    silent: tuple[str, ...]


@dataclass(frozen=True)
class Resilience:
    """Where the chain breaks and what it rests on.

    `dependent` nodes rest on one town; `top_town` has `top_share` of the chain's output in the selection. `mends`:
    the best town of every gap, missing nodes first, then by paths restored and neighbouring nodes held.
    """

    breaks: tuple[Break, ...]
    dependent: tuple[str, ...]
    top_town: str | None
    top_share: float | None
    mends: tuple[Mend, ...]


@dataclass(frozen=True, eq=False)
class ChainBriefing:
    """One chain. Nodes in the order they are drawn, which is the matrix's: column by column, top down.

    `towns` are its towns in the selection, most nodes first; `firms` and `revenue` (towns, nodes) hold NaN where a
    town has not reported, revenue also where it has no firm.
    """

    glance: ChainGlance
    period: str | None
    nodes: tuple[GradedNode, ...]
    links: tuple[Link, ...]
    towns: tuple[ChainTown, ...]
    firms: Values
    revenue: Values
    resilience: Resilience
    pairs: tuple[Pair, ...]

    @property
    def chain(self) -> Chain:
        return self.glance.chain

    def node(self, node: str) -> GradedNode:
        """By full id; KeyError when the chain has no such node."""
        for item in self.nodes:
            if item.id == node:
                return item
        raise KeyError(node)

    def town(self, code: str) -> ChainTown | None:
        return next((item for item in self.towns if item.code == code), None)


@dataclass(frozen=True)
class CriterionLine:
    """One line of the grade rule: value and threshold in base unit, value None when not known."""

    record: GradeCriterion
    value: float | None
    threshold: float
    is_met: bool


@dataclass(frozen=True)
class NodeTown:
    """A town with firms on the node; `share` is its part of the node's output in the selection."""

    town: ChainTown
    firm_count: int
    revenue_yuan: float | None
    share: float | None


@dataclass(frozen=True)
class NodeDetail:
    """One node. `tiers` and `ladder` count firms by mark, None when no town reported; a firm may bear several marks.

    `silent` towns have not reported on the node: they are to be asked. `mends` is empty where it is not known that the
    node is short of anything.
    """

    node: GradedNode
    chain: Chain
    period: str | None
    criteria: tuple[CriterionLine, ...]
    towns: tuple[NodeTown, ...]
    before: tuple[GradedNode, ...]
    after: tuple[GradedNode, ...]
    tiers: tuple[tuple[FirmMark, int | None], ...]
    ladder: tuple[tuple[FirmMark, int | None], ...]
    mends: tuple[Mend, ...]
    silent: tuple[ChainTown, ...]
    through: int
    restored: int
    pairs: tuple[Pair, ...]


def arrangement(chain: Chain) -> Arrangement:
    """What stands where, whatever is selected."""
    return arrange({chain.full_id(node.id): node.stage for node in chain.nodes}, chain.pairs)


def chain_layout(found: ChainBriefing, arranged: Arrangement, frame: Frame) -> Layout:
    """The drawing: heights grow with output, links as wide as the towns at both ends."""
    weights = {item.id: item.figures.revenue_yuan or 0.0 for item in found.nodes}
    return lay_out(arranged, weights, frame, {(link.source, link.end): link.width for link in found.links})


def chain_briefing(facts: ChainFacts, every: Chains, chain_id: str, order: tuple[str, ...]) -> ChainBriefing:
    """One chain of the glance in depth.

    Args:
        order: nodes as they are drawn (`Arrangement.nodes`).

    Raises:
        KeyError: no such chain.
    """
    glance, number = every.of(chain_id), facts.index(chain_id)
    rows = np.flatnonzero(facts.members[:, number] & every.keep)
    towns = sorted(
        ((town_of(facts, at, number), at) for at in rows.tolist()),
        key=lambda pair: (-(pair[0].node_count or 0), -(pair[0].firm_count or 0), pair[0].code),
    )
    at_rows = np.array([at for _, at in towns], dtype=np.intp)
    columns = facts.cube.columns(order)
    by_id = {item.id: item for item in glance.nodes}
    held = facts.cube.has_firms
    links = tuple(
        Link(
            source=source,
            end=end,
            basis=record.basis,
            towns=tuple(
                facts.cube.towns[at]
                for at in rows[held[rows, facts.cube.place[source]] & held[rows, facts.cube.place[end]]]
            ),
            state=state_of(by_id[source].grade, by_id[end].grade),
        )
        for record, (source, end) in zip(glance.chain.links, glance.chain.pairs, strict=True)
    )
    return ChainBriefing(
        glance=glance,
        period=facts.period,
        nodes=tuple(by_id[node] for node in order),
        links=links,
        towns=tuple(town for town, _ in towns),
        firms=facts.cube.firms[np.ix_(at_rows, columns)],
        revenue=facts.cube.revenue[np.ix_(at_rows, columns)],
        resilience=_resilience(facts, every, glance, [town for town, _ in towns]),
        pairs=_pairs(facts, every, number, ""),
    )


def node_detail(facts: ChainFacts, every: Chains, found: ChainBriefing, node: str) -> NodeDetail:
    """One node of a chain.

    Raises:
        KeyError: the chain has no such node.
    """
    item, chain = found.node(node), found.chain
    number, column = facts.index(chain.id), facts.cube.place[node]
    firms, revenue = facts.cube.firms[:, column], facts.cube.revenue[:, column]
    towns, silent, total = [], [], item.figures.revenue_yuan
    for town in found.towns:
        at = facts.place[town.code]
        amount = None if np.isnan(revenue[at]) else float(revenue[at])
        if firms[at] > 0:
            share = amount / total if amount is not None and total else None
            towns.append(NodeTown(town, int(firms[at]), amount, share))
        elif np.isnan(firms[at]):
            silent.append(town)
    towns.sort(key=lambda line: (-(line.revenue_yuan or 0.0), -line.firm_count, line.town.code))
    before, after = neighbours(node, chain.pairs)
    opening = _openings(found.glance).get(node)
    through = opening.through if opening else count_through(chain.node_ids, chain.pairs, set(chain.node_ids))[node]
    known = item.figures.reported > 0
    criteria = facts.design.criteria
    return NodeDetail(
        node=item,
        chain=chain,
        period=facts.period,
        criteria=tuple(
            CriterionLine(criteria[name], value, criteria[name].base_value, is_met) for name, value, is_met in item.met
        ),
        towns=tuple(towns),
        before=tuple(found.node(name) for name in before),
        after=tuple(found.node(name) for name in after),
        tiers=tuple((mark, item.figures.tags[name] if known else None) for name, mark in facts.design.tiers.items()),
        ladder=tuple((mark, item.figures.tags[name] if known else None) for name, mark in facts.design.ladder.items()),
        mends=_mends(facts, every, item, chain, number, opening.restored if opening else 0),
        silent=tuple(silent),
        through=through,
        restored=opening.restored if opening else 0,
        pairs=_pairs(facts, every, number, node),
    )


def _openings(glance: ChainGlance) -> dict[str, Opening]:
    return {item.node: item for item in openings_of(glance.chain.node_ids, glance.chain.pairs, glance.grades)}


def _mends(
    facts: ChainFacts, every: Chains, item: GradedNode, chain: Chain, number: int, restored: int
) -> tuple[Mend, ...]:
    if item.grade in ("strong", "unknown"):
        return ()
    rows = facts.members[:, number] & every.keep & facts.is_listed
    most = int(facts.design.value("mend_count"))
    node = Graded(item.figures, item.grade, item.met)
    return mends_of(node, chain.pairs, facts.cube, rows, facts.prefectures, facts.rule, restored, most)


def _resilience(facts: ChainFacts, every: Chains, glance: ChainGlance, towns: list[ChainTown]) -> Resilience:
    chain, number = glance.chain, facts.index(glance.chain.id)
    rows = facts.members[:, number] & every.keep
    by_id = {item.id: item for item in glance.nodes}
    breaks: list[Break] = []
    best: list[Mend] = []
    openings = _openings(glance)
    for node, opening in openings.items():
        item = by_id[node]
        silent = np.flatnonzero(rows & np.isnan(facts.cube.firms[:, facts.cube.place[node]]))
        breaks.append(
            Break(
                node=node,
                grade=item.grade,
                through=opening.through,
                restored=opening.restored,
                mends=_mends(facts, every, item, chain, number, opening.restored),
                silent=tuple(facts.cube.towns[at] for at in silent) if item.grade == "unknown" else (),
            )
        )
        best += breaks[-1].mends[:1]
    for item in glance.nodes:
        if item.grade == "weak":
            best += _mends(facts, every, item, chain, number, 0)[:1]
    best.sort(
        key=lambda mend: (
            mend.grade_before != "missing",
            -mend.paths_restored,
            mend.met_before - mend.met_after,
            -len(mend.held),
            -mend.held_firms,
        )
    )
    amounts = [(town.revenue_yuan, town.code) for town in towns if town.revenue_yuan]
    top = max(amounts, default=None)
    return Resilience(
        breaks=tuple(breaks),
        dependent=tuple(item.id for item in glance.nodes if item.is_dependent),
        top_town=top[1] if top else None,
        top_share=top[0] / glance.revenue_yuan if top and glance.revenue_yuan else None,
        mends=tuple(best),
    )


def _pairs(facts: ChainFacts, every: Chains, number: int, node: str) -> tuple[Pair, ...]:
    """The best pairs of every pattern; those that touch one node when it is given."""
    chain, most = facts.chains[number], int(facts.design.value("pair_count"))
    found: list[Pair] = []
    for pattern in facts.design.patterns.values():
        sides = _sides(facts, number, pattern, every.seen)
        if pattern.evidence == "growth":
            found += pairs_by_growth(
                pattern.id, facts.cube, sides, every.keep, facts.prefectures, tuple(facts.design.tiers), facts.weights,
                most, node,
            )  # fmt: skip
        else:
            found += pairs_by_nodes(
                pattern.id, facts.cube, chain.pairs, sides, every.keep, facts.prefectures, facts.weights, most, node
            )
    return tuple(found)


def _sides(facts: ChainFacts, number: int, pattern: CooperationPattern, seen: Mask) -> Sides:
    """Who may stand on either side. Towns that bring capital need no firm in the chain, all others do."""
    chain = facts.chains[number]
    held = facts.cube.has_firms
    masks: list[Mask] = []
    columns = []
    for side, role, wanted, place in (
        ("first", pattern.first_role, pattern.first_class, pattern.first_place),
        ("second", pattern.second_role, pattern.second_class, pattern.second_place),
    ):
        nodes = [chain.full_id(node.id) for node in chain.nodes if role in ("", node.role)]
        columns.append(facts.cube.columns(nodes))
        mask = facts.is_listed & seen
        if side == "second" or pattern.evidence == "nodes":
            mask &= held[:, columns[-1]].any(axis=1)
        if wanted:
            mask &= np.array([name == wanted for name in facts.classes], dtype=bool)
        if place:
            mask &= facts.is_mountain if place == "mountain" else facts.is_developed
        masks.append(mask)
    return Sides(masks[0], masks[1], columns[0], columns[1])
