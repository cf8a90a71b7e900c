"""Chains by example: five towns, four nodes, sums a reader can check in the head; and what must hold for any
figures.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cockpit.analysis.chain.grading import Criterion, FirmCube, GradeRule, build_cube, figures_of, grade, members_of
from cockpit.analysis.chain.mending import mends_of
from cockpit.analysis.chain.network import Paths, count_paths, neighbours, openings_of, paths_of, state_of
from cockpit.analysis.chain.pairing import Sides, Weights, pairs_by_growth, pairs_by_nodes

YI = 1e8
TOWNS = ("A", "B", "C", "D", "E")
PREFECTURES = ("330100", "330100", "330200", "330200", "331100")
NODES = ("c.lens", "c.chip", "c.camera", "c.system")
LINKS = (("c.lens", "c.camera"), ("c.chip", "c.camera"), ("c.camera", "c.system"))
FIGURES = ("firm_count", "revenue_yuan", "chain_leader_count", "little_giant_count", "high_tech_count")
CELLS = pd.DataFrame(
    [
        # town, node, firms, revenue (亿元), leaders, little giants, high-tech
        ("A", "c.chip", 15, 40, 1, 2, 9),
        ("A", "c.camera", 10, 60, 1, 1, 4),
        ("B", "c.chip", 5, 10, 0, 3, 1),
        ("B", "", 7, 20, 0, 0, 0),
        ("C", "c.camera", 4, 20, 0, 0, 2),
        ("C", "c.system", 2, 5, 0, 0, 0),
        ("D", "", 3, 1, 0, 0, 0),
    ],
    columns=["town_code", "node_id", "firm_count", "revenue_yuan", *FIGURES[2:]],
).assign(period="2025", revenue_yuan=lambda rows: rows["revenue_yuan"] * YI)
NO_SILENCE = pd.DataFrame({"town_code": [], "period": [], "node_id": []})
RULE = GradeRule(
    (
        Criterion("firms", "firm_count", 20),
        Criterion("leaders", "leader_count", 1),
        Criterion("output", "revenue_yuan", 50 * YI),
        Criterion("towns", "town_count", 4),
        Criterion("prefectures", "prefecture_count", 2),
        Criterion("share", "chain_share", 0.05),
    ),
    strong_from=5,
    adequate_from=3,
)
CHAIN_OF = np.zeros(len(NODES), dtype=np.intp)
ALL = np.ones(len(TOWNS), dtype=bool)


def cube(silences: pd.DataFrame = NO_SILENCE, cells: pd.DataFrame = CELLS) -> FirmCube:
    return build_cube(cells, silences, TOWNS, NODES, FIGURES, "2025")


def silence(*pairs: tuple[str, str]) -> pd.DataFrame:
    return pd.DataFrame(pairs, columns=["town_code", "node_id"]).assign(period="2025")


def declared(*towns: str) -> np.ndarray:
    return np.isin(TOWNS, towns)[:, None]


def grades(found: FirmCube, members: np.ndarray, keep: np.ndarray = ALL) -> dict[str, str]:
    figures = figures_of(found, CHAIN_OF, members, keep, PREFECTURES)
    return {item.node: grade(item, RULE).grade for item in figures}


def test_a_town_that_reported_any_firm_reported_every_node_and_a_silent_one_none() -> None:
    found = cube(silence(("C", "c.lens")))
    assert found.firms[TOWNS.index("A")].tolist() == [0, 15, 10, 0]
    assert np.isnan(found.firms[TOWNS.index("C"), 0])
    assert found.firms[TOWNS.index("D")].tolist() == [0, 0, 0, 0]
    assert np.isnan(found.firms[TOWNS.index("E")]).all()
    # Firms outside chains stand on no node; another period's rows are not read.
    assert np.nansum(found.firms) == 36
    other = build_cube(CELLS, NO_SILENCE, TOWNS, NODES, FIGURES, "2024")
    assert np.isnan(other.values).all()


def test_firms_known_on_a_node_outweigh_a_silence_about_it() -> None:
    assert cube(silence(("A", "c.chip"))).firms[0, 1] == 15


def test_figures_of_a_node() -> None:
    found = cube()
    members = members_of(found, CHAIN_OF, declared())
    assert [town for town, is_in in zip(TOWNS, members[:, 0], strict=True) if is_in] == ["A", "B", "C"]
    chip = figures_of(found, CHAIN_OF, members, ALL, PREFECTURES)[1]
    assert (chip.firm_count, chip.leader_count, chip.town_count, chip.prefecture_count) == (20, 1, 2, 1)
    assert chip.revenue_yuan == 50 * YI
    # 50 of 135: chip 50, camera 80, system 5.
    assert chip.chain_share == pytest.approx(50 / 135)
    assert (chip.top_town, chip.top_share) == ("A", pytest.approx(0.8))
    assert (chip.reported, chip.expected) == (3, 3)
    assert chip.tags["little_giant_count"] == 5


def test_grades_of_the_four_nodes() -> None:
    found = cube()
    members = members_of(found, CHAIN_OF, declared())
    # chip: firms, leader, output, share = 4 of 6; camera: leader, output, prefectures, share = 4; system and lens none.
    assert grades(found, members) == {
        "c.lens": "missing", "c.chip": "adequate", "c.camera": "adequate", "c.system": "weak"
    }  # fmt: skip


def test_no_data_is_not_a_gap() -> None:
    found = cube()
    # E's specialty is this chain and it has reported nothing: nobody can say that the lens is missing.
    assert grades(found, members_of(found, CHAIN_OF, declared("E")))["c.lens"] == "unknown"
    silent = cube(silence(("B", "c.lens")))
    assert grades(silent, members_of(silent, CHAIN_OF, declared()))["c.lens"] == "unknown"
    # In a selection where all have reported it is missing again.
    keep = np.isin(TOWNS, ["A"])
    assert grades(silent, members_of(silent, CHAIN_OF, declared()), keep)["c.lens"] == "missing"


def test_no_town_or_no_return_says_nothing() -> None:
    empty = cube(cells=CELLS.iloc[:0])
    members = members_of(empty, CHAIN_OF, declared("A", "B"))
    assert set(grades(empty, members).values()) == {"unknown"}
    first = grade(figures_of(empty, CHAIN_OF, members, ALL, PREFECTURES)[0], RULE)
    assert [value for _, value, _ in first.met] == [None] * 6
    assert set(grades(cube(), members_of(cube(), CHAIN_OF, declared()), ~ALL).values()) == {"unknown"}


def test_amounts_nobody_gave_stay_missing() -> None:
    cells = CELLS.assign(revenue_yuan=np.nan)
    found = cube(cells=cells)
    chip = figures_of(found, CHAIN_OF, members_of(found, CHAIN_OF, declared()), ALL, PREFECTURES)[1]
    assert (chip.revenue_yuan, chip.chain_share, chip.top_town, chip.top_share) == (None, None, None, None)
    assert grade(chip, RULE).met_count == 2


def test_paths_and_what_one_node_restores() -> None:
    by_node = {"c.lens": "missing", "c.chip": "adequate", "c.camera": "weak", "c.system": "unknown"}
    # Two paths: lens-camera-system is broken, chip-camera-system ends in the unknown.
    assert paths_of(NODES, LINKS, by_node) == Paths(intact=0, unclear=1, broken=1)
    openings = {item.node: (item.through, item.restored) for item in openings_of(NODES, LINKS, by_node)}
    assert openings == {"c.system": (2, 1), "c.lens": (1, 0)}
    assert neighbours("c.camera", LINKS) == (("c.lens", "c.chip"), ("c.system",))
    assert [state_of(*ends) for ends in (("weak", "strong"), ("missing", "unknown"), ("weak", "unknown"))] == [
        "open", "broken", "unreported"
    ]  # fmt: skip


def test_mends_name_towns_that_hold_the_neighbours() -> None:
    found = cube(silence(("B", "c.system")))
    members = members_of(found, CHAIN_OF, declared())
    figures = figures_of(found, CHAIN_OF, members, ALL, PREFECTURES)
    lens = grade(figures[0], RULE)
    mends = mends_of(lens, LINKS, found, members[:, 0], PREFECTURES, RULE, restored=1, most=3)
    # The lens is next to the camera alone: A has 10 firms there, C 4.
    assert [(mend.town, mend.held, mend.held_firms) for mend in mends] == [
        ("A", ("c.camera",), 10), ("C", ("c.camera",), 4)
    ]  # fmt: skip
    assert (mends[0].towns_before, mends[0].towns_after, mends[0].grade_before, mends[0].grade_after) == (
        0, 1, "missing", "weak"
    )  # fmt: skip
    # The system has C (Ningbo); A in Hangzhou would make it two prefectures: one criterion more, still weak.
    system = mends_of(grade(figures[3], RULE), LINKS, found, members[:, 0], PREFECTURES, RULE, restored=0, most=3)
    assert [(mend.town, mend.prefectures_after, mend.met_after - mend.met_before, mend.grade_after) for mend in
    system] == [
        ("A", 2, 1, "weak")
    ]  # fmt: skip


def test_a_town_silent_on_the_node_is_no_candidate() -> None:
    found = cube(silence(("A", "c.lens")))
    members = members_of(found, CHAIN_OF, declared())
    lens = grade(figures_of(found, CHAIN_OF, members, ALL, PREFECTURES)[0], RULE)
    mends = mends_of(lens, LINKS, found, members[:, 0], PREFECTURES, RULE, restored=1, most=3)
    assert [mend.town for mend in mends] == ["C"]


WEIGHTS = Weights(shared=1, joined=2, repeat=2)
EVERY = np.arange(len(NODES), dtype=np.intp)


def sides(first: str, second: str) -> Sides:
    return Sides(np.isin(TOWNS, list(first)), np.isin(TOWNS, list(second)), EVERY, EVERY)


def test_pairs_by_shared_nodes_and_joining_links() -> None:
    found = pairs_by_nodes("p", cube(), LINKS, sides("AB", "CE"), ALL, PREFECTURES, WEIGHTS, most=5)
    # A and C: both make cameras (1 point); A's chip feeds C's camera, which C has and A too, but C lacks the chip (2);
    # A's camera feeds C's system, which A lacks (2): 5. B and C: B's chip feeds C's camera (2).
    assert [(pair.first, pair.second, pair.score) for pair in found] == [("A", "C", 5.0), ("B", "C", 2.0)]
    assert found[0].shared == ("c.camera",)
    assert found[0].joined == (("c.chip", "c.camera"), ("c.camera", "c.system"))
    assert (found[0].first_firms, found[0].second_firms) == (25, 6)
    assert (found[1].first_firms, found[1].second_firms) == (5, 4)
    about = pairs_by_nodes("p", cube(), LINKS, sides("AB", "CE"), ALL, PREFECTURES, WEIGHTS, most=5, node="c.system")
    assert [(pair.first, pair.second, pair.joined) for pair in about] == [("A", "C", (("c.camera", "c.system"),))]


def test_one_of_a_pair_must_be_selected_and_none_meets_itself() -> None:
    only_b = np.isin(TOWNS, ["B"])
    found = pairs_by_nodes("p", cube(), LINKS, sides("ABC", "ABC"), only_b, PREFECTURES, WEIGHTS, most=9)
    met = [frozenset((pair.first, pair.second)) for pair in found]
    assert met
    assert len(set(met)) == len(met)
    assert all("B" in pair and len(pair) == 2 for pair in met)


def test_pairs_by_growth_put_the_same_prefecture_first() -> None:
    tiers = ("little_giant_count", "high_tech_count")
    found = pairs_by_growth("p", cube(), sides("BD", "AC"), ALL, PREFECTURES, tiers, WEIGHTS, most=5)
    # A has max(2, 9) + max(1, 4) = 13 on its nodes, C max(0, 2) = 2. B and A are in Hangzhou, D and C in Ningbo.
    assert [(pair.first, pair.second, pair.growth_firms, pair.is_same_prefecture) for pair in found] == [
        ("B", "A", 13, True), ("D", "C", 2, True), ("D", "A", 13, False), ("B", "C", 2, False)
    ]  # fmt: skip
    assert found[0].second_nodes == ("c.chip", "c.camera")
    assert found[0].second_firms == 25


ORDER = {"strong": 4, "adequate": 3, "weak": 2, "missing": 1, "unknown": 0}
COUNTS = st.lists(st.integers(0, 30), min_size=20, max_size=20)


@given(COUNTS, st.integers(0, 4), st.integers(0, 3), st.floats(0, 100), st.booleans())
def test_a_grade_never_falls_when_a_firm_comes(
    counts: list[int], town: int, node: int, revenue: float, leads: bool
) -> None:
    firms = np.array(counts, dtype=float).reshape(5, 4)
    values = np.zeros((5, 4, len(FIGURES)))
    values[:, :, 0] = firms
    values[:, :, 1] = firms * 3 * YI
    values[:, :, 2] = firms > 25
    more = values.copy()
    more[town, node, 0] += 1
    more[town, node, 1] += revenue * YI
    more[town, node, 2] += leads
    found = []
    for each in (values, more):
        made = FirmCube(TOWNS, NODES, FIGURES, each)
        members = np.ones((5, 1), dtype=bool)
        found.append(grades(made, members)[NODES[node]])
    assert ORDER[found[1]] >= ORDER[found[0]]


@st.composite
def networks(draw: st.DrawFn) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...], dict[str, str]]:
    nodes = tuple(f"n{index}" for index in range(draw(st.integers(1, 7))))
    pairs = list(combinations(nodes, 2))
    links = tuple(pair for pair in pairs if draw(st.booleans()))
    return nodes, links, {node: draw(st.sampled_from(["strong", "weak", "missing", "unknown"])) for node in nodes}


def listed(nodes: tuple[str, ...], links: tuple[tuple[str, str], ...]) -> list[list[str]]:
    """Every path, one by one."""
    ends = {source for source, _ in links}
    ways = [[node] for node in nodes if node not in {end for _, end in links}]
    done: list[list[str]] = []
    while ways:
        way = ways.pop()
        if way[-1] not in ends:
            done.append(way)
        ways += [[*way, end] for source, end in links if source == way[-1]]
    return done


@given(networks())
@settings(max_examples=2 * settings.default.max_examples)
def test_counted_paths_are_those_listed_one_by_one(
    network: tuple[tuple[str, ...], tuple[tuple[str, str], ...], dict[str, str]],
) -> None:
    nodes, links, by_node = network
    every = listed(nodes, links)
    whole = [way for way in every if not {by_node[node] for node in way} & {"missing", "unknown"}]
    broken = [way for way in every if "missing" in {by_node[node] for node in way}]
    paths = paths_of(nodes, links, by_node)
    assert (paths.intact, paths.broken, paths.total) == (len(whole), len(broken), len(every))
    assert count_paths(nodes, links, set(nodes)) == len(every)
    for opening in openings_of(nodes, links, by_node):
        opened = {**by_node, opening.node: "weak"}
        assert opening.through == sum(opening.node in way for way in every)
        assert opening.restored == paths_of(nodes, links, opened).intact - paths.intact


def test_a_grade_rule_is_read_as_written() -> None:
    found = cube()
    camera = figures_of(found, CHAIN_OF, members_of(found, CHAIN_OF, declared()), ALL, PREFECTURES)[2]
    assert grade(camera, RULE).met_count == 4
    assert grade(camera, replace(RULE, strong_from=4)).grade == "strong"
    assert grade(camera, replace(RULE, adequate_from=5)).grade == "weak"
