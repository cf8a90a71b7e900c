"""Industry chains as records: nodes with their stage, links between them, where each is stated.

Imports the ground floor, `records` and `reading`. A chain that could not be drawn or walked is refused: an unknown
stage, a link to an unknown node, a node without links, a link back, a cycle.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final, Literal

from pydantic import Field, model_validator

from cockpit.errors import RecordError, suggest
from cockpit.policy.reading import validate
from cockpit.policy.records import Labelled, Record
from cockpit.vocabulary import Text

Stage = Literal["upstream", "midstream", "downstream"]
Role = Literal["", "research", "making", "service"]
_ORDER: Final[dict[Stage, int]] = {"upstream": 0, "midstream": 1, "downstream": 2}


class ChainNode(Record):
    """A node: `basis` source (its `source_ids` state it, in the words `written`) or ours (our completion).

    `role` says what a firm there does, for the cooperation patterns of [2.2.3].
    """

    zh: str
    en: str
    stage: Stage
    basis: Literal["source", "ours"]
    source_ids: tuple[str, ...] = Field(default=(), strict=False)
    written: tuple[str, ...] = Field(default=(), strict=False)
    role: Role = ""

    @model_validator(mode="after")
    def _stated_is_cited(self) -> ChainNode:
        if (self.basis == "source") != bool(self.source_ids):
            raise ValueError("a node of basis source names its source_ids, one of ours has none")
        return self

    @property
    def label(self) -> Text:
        return Text(self.zh, self.en)


class ChainLink(Record):
    """A link: `basis` order (the source tells the steps in this order) or ours."""

    source: str = Field(alias="from")
    end: str = Field(alias="to")
    basis: Literal["order", "ours"]


class Chain(Labelled):
    """One industry chain. `industries` are the specialty industries of towns (in Chinese) that belong to it.

    `told_of` are the real towns or clusters its sources tell of, `note` what is to be known of the sources.
    """

    industries: tuple[str, ...] = Field(strict=False)
    told_of: tuple[str, ...] = Field(strict=False)
    note_zh: str = ""
    note_en: str = ""
    nodes: tuple[ChainNode, ...] = Field(strict=False)
    links: tuple[ChainLink, ...] = Field(strict=False)

    @property
    def note(self) -> Text:
        return Text(self.note_zh, self.note_en)

    @property
    def source_ids(self) -> tuple[str, ...]:
        return tuple(sorted({source for node in self.nodes for source in node.source_ids}))

    def full_id(self, node: str) -> str:
        """The id firms carry: chain and node."""
        return f"{self.id}.{node}"

    @property
    def node_ids(self) -> tuple[str, ...]:
        return tuple(self.full_id(node.id) for node in self.nodes)

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Links as full ids."""
        return tuple((self.full_id(link.source), self.full_id(link.end)) for link in self.links)


def read_chains(tables: Mapping[str, Any], file: str) -> dict[str, Chain]:
    """Chains of one file's tables, by id.

    Raises:
        RecordError: the first fault, told with chain, node or link, and field.
    """
    chains = {}
    for name, fields in tables.items():
        parts = dict(fields) if isinstance(fields, dict) else fields
        if isinstance(parts, dict):
            if "nodes" in parts:
                parts["nodes"] = tuple(_parts(ChainNode, file, f"{name}.nodes", parts["nodes"]))
            if "links" in parts:
                parts["links"] = tuple(_parts(ChainLink, file, f"{name}.links", parts["links"]))
        chains[name] = validate(Chain, name, parts, file)
        _check(chains[name], file)
    return chains


def _parts(kind: type[Any], file: str, place: str, rows: object) -> Iterable[Any]:
    if not isinstance(rows, list):
        raise RecordError("not a list", where=f"{file} [{place}]", remedy="write it as the other chains do")
    for number, row in enumerate(rows, start=1):
        told = row if isinstance(row, dict) else {}
        name = f"{told['from']} -> {told['to']}" if {"from", "to"} <= set(told) else told.get("id", number)
        if kind is ChainNode and "id" not in told:
            where = f"{file} [{place} {number}] id"
            raise RecordError("field 'id' is missing", where=where, remedy="give the node its id")
        yield validate(kind, f"{place} {name}", row, file)


def _check(chain: Chain, file: str) -> None:
    """Refuse a chain that cannot be drawn.

    Raises:
        RecordError: a node named twice, a link to an unknown node, to itself, twice or backwards, a node without any
            link, a cycle (told step by step).
    """
    stages: dict[str, Stage] = {}
    for node in chain.nodes:
        if node.id in stages:
            where = f"{file} [{chain.id}.nodes {node.id}] id"
            raise RecordError(f"node {node.id!r} stands twice", where=where, remedy="give each node its own id")
        stages[node.id] = node.stage
    seen: set[tuple[str, str]] = set()
    for link in chain.links:
        place = f"{file} [{chain.id}.links {link.source} -> {link.end}]"
        for field, end in (("from", link.source), ("to", link.end)):
            if end not in stages:
                raise RecordError(f"unknown node {end!r}", where=f"{place} {field}", remedy=suggest(end, stages))
        if link.source == link.end or (link.source, link.end) in seen:
            raise RecordError("a link to itself or told twice", where=f"{place} to", remedy="strike it out")
        seen.add((link.source, link.end))
    cycle = _find_cycle(stages, seen)
    if cycle:
        where = f"{file} [{chain.id}] links"
        raise RecordError(f"a cycle: {' -> '.join(cycle)}", where=where, remedy="strike out one of its links")
    for source, end in sorted(seen):
        if _ORDER[stages[source]] > _ORDER[stages[end]]:
            raise RecordError(
                f"a link back from {stages[source]} to {stages[end]}",
                where=f"{file} [{chain.id}.links {source} -> {end}] to",
                remedy="turn it round, or correct a stage",
            )
    linked = {node for link in seen for node in link}
    for node_id in stages:
        if node_id not in linked:
            where = f"{file} [{chain.id}.nodes {node_id}]"
            raise RecordError(f"node {node_id!r} has no link", where=where, remedy="link it or strike it out")


def _find_cycle(nodes: Collection[str], links: set[tuple[str, str]]) -> list[str]:
    """The first cycle found, its first node repeated at the end; empty when there is none."""
    after: dict[str, list[str]] = {node: [] for node in nodes}
    for source, end in sorted(links):
        after[source].append(end)
    done: set[str] = set()

    def walk(node: str, way: list[str]) -> list[str]:
        if node in way:
            return [*way[way.index(node) :], node]
        if node in done:
            return []
        for end in after[node]:
            found = walk(end, [*way, node])
            if found:
                return found
        done.add(node)
        return []

    return next((found for node in nodes if (found := walk(node, []))), [])
