"""Industry chains, their layout, and pages of firms."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from cockpit.analysis import briefing as compute
from cockpit.analysis.briefing import ChainBriefing, ChainFacts, Chains, NodeDetail
from cockpit.analysis.chain_layout import Arrangement, Frame, Layout
from cockpit.analysis.selection import Selection, towns_in
from cockpit.briefings.desks import Desk, cube_seen
from cockpit.datasets.store import firms


@lru_cache(maxsize=16)
def _chain_facts(desk: Desk, period: str | None) -> ChainFacts:
    return compute.chain_facts(desk.dataset, desk.at(period).register if period else desk.register, period)


@lru_cache(maxsize=64)
def _chain_period(desk: Desk, period: str) -> str | None:
    return compute.chain_period(desk.dataset, period)


def facts_of(desk: Desk, selection: Selection) -> ChainFacts:
    return _chain_facts(desk, _chain_period(desk, selection.period))


@lru_cache(maxsize=256)
def chains(desk: Desk, selection: Selection) -> Chains:
    """All industry chains of one selection, most gaps first; firms of the newest full year up to its period."""
    facts = facts_of(desk, selection)
    return compute.chains(
        facts, facts.keep(selection), towns_in(facts.towns, selection.scope), cube_seen(desk, selection.scope)
    )


@lru_cache(maxsize=64)
def _arrangement(desk: Desk, chain_id: str) -> Arrangement:
    return compute.arrangement(desk.register.chains[chain_id])


@lru_cache(maxsize=256)
def chain(desk: Desk, selection: Selection, chain_id: str) -> ChainBriefing:
    """One chain of one selection.

    Raises:
        KeyError: no such chain.
    """
    order = _arrangement(desk, chain_id).nodes
    return compute.chain_briefing(facts_of(desk, selection), chains(desk, selection), chain_id, order)


def told_of(desk: Desk, selection: Selection, chain_id: str) -> tuple[str, ...]:
    """The towns or clusters a chain's sources tell of; for a reader with a scope those of its towns alone."""
    names, towns = desk.register.chains[chain_id].told_of, desk.dataset.towns
    if selection.scope.is_all:
        return names
    own = set(towns.loc[towns_in(towns, selection.scope), "name_zh"].astype("str"))
    return tuple(name for name in names if name in own)


@lru_cache(maxsize=512)
def chain_node(desk: Desk, selection: Selection, node: str) -> NodeDetail:
    """One node, by its full id (`chain.node`), of one selection.

    Raises:
        KeyError: no such chain or node.
    """
    found = chain(desk, selection, node.partition(".")[0])
    return compute.node_detail(facts_of(desk, selection), chains(desk, selection), found, node)


@lru_cache(maxsize=256)
def chain_layout(desk: Desk, selection: Selection, chain_id: str, frame: Frame) -> Layout:
    """Where the cards and links of a chain stand in a frame (`cockpit.analysis.chain_layout.Frame`).

    Raises:
        KeyError: no such chain.
    """
    return compute.chain_layout(chain(desk, selection, chain_id), _arrangement(desk, chain_id), frame)


@lru_cache(maxsize=256)
def firm_page(desk: Desk, query: firms.FirmQuery, offset: int, limit: int) -> tuple[pd.DataFrame, int]:
    """A page of firms and how many the query finds in all."""
    return firms.page_of(desk.dataset, query, offset, limit), firms.count_of(desk.dataset, query)
