"""Chains of both datasets: sums reconcile with the firms, filters narrow, silence stays silent."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from cockpit.analysis.chain_layout import Frame
from cockpit.analysis.selection import Selection
from cockpit.briefings import chain, chain_layout, chain_node, chains, open_desk
from cockpit.policy.register import load
from cockpit.rights import ALL

CHAINS = tuple(load().chains)
DEMO, PUBLIC = open_desk("demo"), open_desk("public")
YEAR = Selection("2025", scope=ALL)


@pytest.fixture(scope="module")
def firms() -> pd.DataFrame:
    rows = DEMO.dataset.table("firms")
    return rows[
        (rows["period"].astype("str") == "2025") & rows["node_id"].notna() & (rows["node_id"].astype(str) != "")
    ]


def test_the_whole_is_the_firm_table(firms: pd.DataFrame) -> None:
    every = chains(DEMO, YEAR)
    assert every.period == "2025"
    by_chain = firms.groupby(firms["chain_id"].astype("str"))
    for glance in every.chains:
        rows = by_chain.get_group(glance.chain.id)
        assert glance.firm_count == len(rows)
        assert glance.revenue_yuan == pytest.approx(rows["revenue_yuan"].round().sum())
    assert sum(every.counts.values()) == every.node_count == sum(len(record.nodes) for record in load().chains.values())


@pytest.mark.parametrize("chain_id", CHAINS)
def test_towns_and_nodes_add_up_to_the_chain(chain_id: str) -> None:
    found = chain(DEMO, YEAR, chain_id)
    assert np.nansum(found.firms) == found.glance.firm_count == sum(town.firm_count or 0 for town in found.towns)
    assert np.nansum(found.revenue) == pytest.approx(found.glance.revenue_yuan)
    for column, item in enumerate(found.nodes):
        assert np.nansum(found.firms[:, column]) == item.figures.firm_count
        assert (~np.isnan(found.firms[:, column])).sum() == item.figures.reported
        detail = chain_node(DEMO, YEAR, item.id)
        assert sum(line.firm_count for line in detail.towns) == item.figures.firm_count
        assert len(detail.silent) == item.figures.expected - item.figures.reported
        shares = [line.share for line in detail.towns if line.share is not None]
        assert not shares or sum(shares) == pytest.approx(1)
        assert item.is_dependent == (len(detail.towns) == 1 or max(shares, default=0) >= 0.6)
    paths = found.glance.paths
    assert paths.broken == 0 or found.glance.counts["missing"]
    assert paths.unclear == 0 or found.glance.counts["unknown"]


def test_most_gaps_first() -> None:
    missing = [(item.counts["missing"], item.counts["weak"]) for item in chains(DEMO, YEAR).chains]
    assert missing == sorted(missing, reverse=True)
    assert missing[0][0] > 0


def test_a_filter_keeps_the_layout_and_narrows_the_figures() -> None:
    hangzhou = replace(YEAR, prefectures=("330100",))
    whole, part = chain(DEMO, YEAR, "digital_security"), chain(DEMO, hangzhou, "digital_security")
    assert [item.id for item in part.nodes] == [item.id for item in whole.nodes]
    assert {town.prefecture for town in part.towns} == {"330100"}
    assert (part.glance.firm_count or 0) < (whole.glance.firm_count or 0)
    for inner, outer in zip(part.nodes, whole.nodes, strict=True):
        if inner.province_share is not None:
            assert inner.province_share == pytest.approx(
                (inner.figures.revenue_yuan or 0) / (outer.figures.revenue_yuan or 1)
            )
        assert inner.province_firm_count == outer.firm_count
    # Both drawings hold the same cards in the same columns, apart and in the frame.
    frame = Frame(1264, 430)
    drawn = [chain_layout(DEMO, selection, "digital_security", frame) for selection in (YEAR, hangzhou)]
    assert [(box.node, box.column) for box in drawn[0].boxes] == [(box.node, box.column) for box in drawn[1].boxes]


def test_a_link_is_as_heavy_as_the_towns_at_both_ends() -> None:
    found = chain(DEMO, YEAR, "digital_security")
    codes = [town.code for town in found.towns]
    column = {item.id: number for number, item in enumerate(found.nodes)}
    for link in found.links:
        held = (found.firms[:, column[link.source]] > 0) & (found.firms[:, column[link.end]] > 0)
        assert sorted(link.towns) == sorted(code for code, is_held in zip(codes, held, strict=True) if is_held)
        grades = {found.node(link.source).grade, found.node(link.end).grade}
        assert (link.state == "broken") == ("missing" in grades)


def test_gaps_name_towns_that_could_mend_or_must_be_asked() -> None:
    resilience = chain(DEMO, YEAR, "digital_security").resilience
    assert {item.grade for item in resilience.breaks} == {"missing", "unknown"}
    for item in resilience.breaks:
        assert bool(item.silent) == (item.grade == "unknown")
        assert item.restored <= item.through
        for mend in item.mends:
            held = {line.town.code for node in mend.held for line in chain_node(DEMO, YEAR, node).towns}
            assert mend.town in held
            assert mend.grade_before == "missing"
    restored = [mend.paths_restored for mend in resilience.mends if mend.grade_before == "missing"]
    assert restored == sorted(restored, reverse=True)


def test_cooperation_pairs_are_who_their_pattern_says() -> None:
    towns = DEMO.dataset.towns.set_index("town_code")
    design = load().chain_rules
    seen = set()
    for chain_id in CHAINS:
        for pair in chain(DEMO, YEAR, chain_id).pairs:
            seen.add(pair.pattern)
            assert pair.first != pair.second
            first, second = towns.loc[pair.first], towns.loc[pair.second]
            assert "removed" not in (first["list_status"], second["list_status"])
            if pair.pattern == "finance_real":
                assert first["industry_class"] == "finance"
                assert pair.growth_firms > 0
            if pair.pattern == "developed_mountain":
                assert second["is_mountain_county"]
                assert not first["is_mountain_county"]
                assert first["prefecture_adcode"] in design.developed.prefectures
    assert seen == set(design.patterns)


@pytest.mark.parametrize("period", ["2026-09", "2026-03"])
def test_a_part_of_a_year_shows_the_newest_full_year(period: str) -> None:
    assert chains(DEMO, Selection(period, scope=ALL)).period == "2025"


@pytest.mark.parametrize(("desk", "period"), [(PUBLIC, "2022"), (PUBLIC, "2018"), (DEMO, "2024")])
def test_without_firms_every_node_is_unknown_and_no_figure_is_made_up(desk: object, period: str) -> None:
    every = chains(desk, Selection(period, scope=ALL))  # type: ignore[arg-type]
    assert every.period is None
    assert not every.has_firms
    assert every.counts["unknown"] == every.node_count
    for glance in every.chains:
        assert (glance.firm_count, glance.revenue_yuan, glance.reported) == (None, None, 0)
        assert glance.paths.unclear == glance.paths.total > 0
        found = chain(desk, Selection(period, scope=ALL), glance.chain.id)  # type: ignore[arg-type]
        assert np.isnan(found.firms).all()
        assert (found.pairs, found.resilience.mends, found.resilience.top_town) == ((), (), None)
        assert all((town.firm_count, town.is_declared) == (None, True) for town in found.towns)
        detail = chain_node(desk, Selection(period, scope=ALL), found.nodes[0].id)  # type: ignore[arg-type]
        assert {line.value for line in detail.criteria} == {None}
        assert {count for _, count in (*detail.tiers, *detail.ladder)} == {None}
        assert detail.mends == ()
    assert any(glance.town_count for glance in every.chains)


def test_an_empty_selection_keeps_the_chain() -> None:
    found = chain(DEMO, replace(YEAR, search="no such town"), "hosiery")
    assert found.towns == ()
    assert found.firms.shape == (0, len(found.nodes))
    assert {item.grade for item in found.nodes} == {"unknown"}


def test_what_is_not_there_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        chain(DEMO, YEAR, "textiles")
    with pytest.raises(KeyError):
        chain_node(DEMO, YEAR, "hosiery.lenses")
