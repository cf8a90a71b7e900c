"""Shapes of the industry chains: all at a glance, one in depth."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from cockpit.analysis.chain.grading import Grade
from cockpit.analysis.chain.network import LinkState
from cockpit.policy.chains import Stage
from cockpit.policy.records import Origin
from cockpit.policy.register import load
from cockpit.service.api.shapes import ApiShape, Head, Keyed, OneOf
from cockpit.vocabulary import CHAIN_GRADES

MaybeCount = Annotated[int | None, Field(description="null when no town reported")]


class ChainPaths(ApiShape):
    """Ways through the chain from its first nodes to its last."""

    intact: int
    unclear: int
    broken: int
    total: int


class ChainSums(ApiShape):
    """A chain in sums; null where none of its towns reported."""

    id: Annotated[str, OneOf(lambda: load().chains)]
    label: str
    nodes: int
    grades: Annotated[dict[Grade, int], Keyed(lambda: CHAIN_GRADES)]
    paths: ChainPaths
    firm_count: MaybeCount
    revenue_yuan: float | None
    town_count: int
    reported_towns: int


class ChainCriterion(ApiShape):
    """A threshold of the grade and whether the node meets it."""

    id: Annotated[str, OneOf(lambda: load().chain_rules.criteria)]
    label: str
    value: float | None
    at_least: float
    is_met: bool
    origin: Origin


class ChainMend(ApiShape):
    """A town that reported none on the node and holds nodes next to it; what one firm there would change."""

    town_code: str
    held_nodes: list[str]
    held_firms: int
    towns_after: int
    prefectures_after: int
    grade_after: Grade
    criteria_met_after: int
    paths_restored: int


class ChainNode(ApiShape):
    """A node with its grade, what the grade was read from and what would mend it."""

    id: str
    label: str
    stage: Stage
    basis: Literal["source", "ours"]
    source_ids: list[str]
    grade: Grade
    grade_text: str
    criteria: list[ChainCriterion]
    firm_count: MaybeCount
    revenue_yuan: float | None
    chain_share: float | None
    province_share: float | None
    town_count: MaybeCount
    prefecture_count: MaybeCount
    reported_towns: int
    expected_towns: int
    is_dependent_on_one_town: bool | None
    top_town: str | None
    top_share: float | None
    tiers: Annotated[dict[str, MaybeCount], Keyed(lambda: load().chain_rules.tiers)]
    incubation: Annotated[dict[str, MaybeCount], Keyed(lambda: load().chain_rules.ladder)]
    paths_through: int
    paths_restored: int
    mends: list[ChainMend]
    silent_towns: list[str]


class ChainLink(ApiShape):
    """A link between two nodes; `town_codes` hold both ends."""

    source: str = Field(serialization_alias="from")
    end: str = Field(serialization_alias="to")
    basis: Annotated[str, OneOf(("order", "ours"))]
    state: LinkState
    town_count: int
    town_codes: list[str]


class ChainTown(ApiShape):
    """A town of the chain; null is a town that did not report."""

    town_code: str
    name: str
    prefecture_adcode: str
    is_mountain_county: bool
    is_member_by_industry: bool
    is_reported: bool
    node_count: MaybeCount
    firm_count: MaybeCount
    revenue_yuan: float | None
    firms_by_node: dict[str, float | None]


class ChainBreak(ApiShape):
    """A node where the chain stops, and how many ways lead through it."""

    node: str
    grade: Annotated[Grade, OneOf(("missing", "unknown"))]
    paths_through: int
    paths_restored: int


class ChainPair(ApiShape):
    """Two towns that could work together, by a pattern of clause [2.2.3]."""

    pattern: Annotated[str, OneOf(lambda: load().chain_rules.patterns)]
    pattern_text: str
    clause: str
    first_town: str
    second_town: str
    shared_nodes: list[str]
    joining_links: list[list[str]]
    first_firms: int
    second_firms: int
    is_same_prefecture: bool
    growth_firms: MaybeCount
    score: float | None


class ChainsAnswer(Head):
    """All chains, most gaps first."""

    year: str | None
    chains: list[ChainSums]


class ChainAnswer(Head):
    """One chain: nodes, links, towns, where it stops, who could work together."""

    year: str | None
    chain: ChainSums
    told_of: list[str]
    source_ids: list[str]
    nodes: list[ChainNode]
    links: list[ChainLink]
    towns: list[ChainTown]
    breaks: list[ChainBreak]
    dependent_nodes: list[str]
    top_town: str | None
    top_share: float | None
    cooperation: list[ChainPair]
