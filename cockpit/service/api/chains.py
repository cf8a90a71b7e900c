"""The industry chains as JSON: all at a glance, one in depth."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from cockpit.analysis.briefing import ChainBriefing
from cockpit.analysis.briefing.chains import ChainGlance, GradedNode
from cockpit.analysis.chain.mending import Mend
from cockpit.analysis.chain.pairing import Pair
from cockpit.briefings import chain as chain_of
from cockpit.briefings import chain_node, chains, told_of
from cockpit.service.api import chain_shapes as shapes
from cockpit.service.api.queries import Query, answer, head, plain, unknown_id
from cockpit.vocabulary import CHAIN_GRADES


def _sums(glance: ChainGlance, asked: Query) -> shapes.ChainSums:
    """A chain in sums; null where none of its towns reported."""
    paths = glance.paths
    return shapes.ChainSums(
        id=glance.chain.id,
        label=glance.chain.label.say(asked.language),
        nodes=len(glance.nodes),
        grades=dict(glance.counts),
        paths=shapes.ChainPaths(intact=paths.intact, unclear=paths.unclear, broken=paths.broken, total=paths.total),
        firm_count=glance.firm_count,
        revenue_yuan=glance.revenue_yuan,
        town_count=glance.town_count,
        reported_towns=glance.reported,
    )


def _node(item: GradedNode, asked: Query) -> shapes.ChainNode:
    figures, known = item.figures, item.figures.reported > 0
    detail = chain_node(asked.desk, asked.briefing.selection, item.id)
    return shapes.ChainNode(
        id=item.id,
        label=item.node.label.say(asked.language),
        stage=item.node.stage,
        basis=item.node.basis,
        source_ids=list(item.node.source_ids),
        grade=item.grade,
        grade_text=CHAIN_GRADES[item.grade].say(asked.language),
        criteria=[
            shapes.ChainCriterion(
                id=line.record.id,
                label=line.record.label.say(asked.language),
                value=line.value,
                at_least=line.threshold,
                is_met=line.is_met,
                origin=line.record.origin,
            )
            for line in detail.criteria
        ],
        firm_count=item.firm_count,
        revenue_yuan=figures.revenue_yuan,
        chain_share=figures.chain_share,
        province_share=item.province_share,
        town_count=figures.town_count if known else None,
        prefecture_count=figures.prefecture_count if known else None,
        reported_towns=figures.reported,
        expected_towns=figures.expected,
        is_dependent_on_one_town=item.is_dependent if known else None,
        top_town=figures.top_town,
        top_share=figures.top_share,
        tiers={mark.id: count for mark, count in detail.tiers},
        incubation={mark.id: count for mark, count in detail.ladder},
        paths_through=detail.through,
        paths_restored=detail.restored,
        mends=[_mend(mend) for mend in detail.mends],
        silent_towns=[town.code for town in detail.silent],
    )


def _mend(mend: Mend) -> shapes.ChainMend:
    return shapes.ChainMend(
        town_code=mend.town,
        held_nodes=list(mend.held),
        held_firms=mend.held_firms,
        towns_after=mend.towns_after,
        prefectures_after=mend.prefectures_after,
        grade_after=mend.grade_after,
        criteria_met_after=mend.met_after,
        paths_restored=mend.paths_restored,
    )


def _pair(pair: Pair, asked: Query) -> shapes.ChainPair:
    pattern = asked.desk.register.chain_rules.patterns[pair.pattern]
    return shapes.ChainPair(
        pattern=pair.pattern,
        pattern_text=pattern.label.say(asked.language),
        clause=pattern.clause,
        first_town=pair.first,
        second_town=pair.second,
        shared_nodes=list(pair.shared),
        joining_links=[list(link) for link in pair.joined],
        first_firms=pair.first_firms,
        second_firms=pair.second_firms,
        is_same_prefecture=pair.is_same_prefecture,
        growth_firms=pair.growth_firms if pattern.evidence == "growth" else None,
        score=pair.score if pattern.evidence == "nodes" else None,
    )


def _towns(found: ChainBriefing, asked: Query) -> list[shapes.ChainTown]:
    return [
        shapes.ChainTown(
            town_code=town.code,
            name=town.name.say(asked.language),
            prefecture_adcode=town.prefecture,
            is_mountain_county=town.is_mountain,
            is_member_by_industry=town.is_declared,
            is_reported=town.is_reported,
            node_count=town.node_count,
            firm_count=town.firm_count,
            revenue_yuan=town.revenue_yuan,
            firms_by_node={item.id: plain(found.firms[row, column].item()) for column, item in enumerate(found.nodes)},
        )
        for row, town in enumerate(found.towns)
    ]


def _chain(asked: Query, chain_id: str) -> shapes.ChainAnswer:
    if chain_id not in asked.desk.register.chains:
        raise unknown_id("chain", chain_id, asked.desk.register.chains)
    found = chain_of(asked.desk, asked.briefing.selection, chain_id)
    resilience = found.resilience
    return shapes.ChainAnswer(
        **head(asked),
        year=found.period,
        chain=_sums(found.glance, asked),
        told_of=list(told_of(asked.desk, asked.briefing.selection, chain_id)),
        source_ids=list(found.chain.source_ids),
        nodes=[_node(item, asked) for item in found.nodes],
        links=[
            shapes.ChainLink(
                source=link.source,
                end=link.end,
                basis=link.basis,
                state=link.state,
                town_count=link.weight,
                town_codes=list(link.towns),
            )
            for link in found.links
        ],
        towns=_towns(found, asked),
        breaks=[
            shapes.ChainBreak(
                node=item.node, grade=item.grade, paths_through=item.through, paths_restored=item.restored
            )
            for item in resilience.breaks
        ],
        dependent_nodes=list(resilience.dependent),
        top_town=resilience.top_town,
        top_share=resilience.top_share,
        cooperation=[_pair(pair, asked) for pair in found.pairs],
    )


def _chains(asked: Query) -> shapes.ChainsAnswer:
    every = chains(asked.desk, asked.briefing.selection)
    return shapes.ChainsAnswer(
        **head(asked), year=every.period, chains=[_sums(glance, asked) for glance in every.chains]
    )


async def all_chains(request: Request) -> Response:
    """Every chain with its grades, paths and sums, most gaps first."""
    return await answer(request, _chains)


async def one_chain(request: Request) -> Response:
    """One chain in depth; an unknown id is a 404 that suggests the nearest."""
    return await answer(request, lambda asked: _chain(asked, request.path_params["id"]))
