"""What a comparison with peers tells: never a figure of one or two towns outside, put together from all it says.

Scopes are drawn that leave a few towns of one group outside, the worst there is; what is told is turned back into the
statistic behind it, and that must stand on no other town or on three.
"""

from __future__ import annotations

import random
import re
from functools import cache

import numpy as np
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from starlette.types import Receive, Send
from starlette.types import Scope as Asked

from cockpit.analysis.briefing import PerMu
from cockpit.analysis.selection import Selection, towns_in
from cockpit.briefings import Desk, brief, chains, open_desk, per_mu, today, town_profile, vitality
from cockpit.briefings.linking import facts_of
from cockpit.phrases import say
from cockpit.policy.register import load
from cockpit.rights import ALL, Scope
from cockpit.service.entrance import PERSON
from cockpit.service.routes import ROUTES
from cockpit.vocabulary import LANGUAGES, Language
from tests.access.scoped import reader, sent, signed_in
from tests.pages.opening import open_page

PERIOD, DRAWS = "2025", 60
LEAST = load().access.limit("small_group")


@cache
def _desk() -> Desk:
    return open_desk("demo")


def _without(chance: random.Random, members: np.ndarray, others: int) -> Scope:
    """All towns but some of a group, given as a mask over all towns; now and then some of the rest are outside too."""
    towns = _desk().cube.towns
    places = np.flatnonzero(members)
    left = set(chance.sample(list(places), min(others, len(places))))
    left |= set(chance.sample(list(np.flatnonzero(~members)), chance.choice((0, 0, 5, 40))))
    return Scope(towns=frozenset(code for at, code in enumerate(towns) if at not in left))


def _others(rows: np.ndarray, scope: Scope) -> int:
    return int((rows & ~towns_in(_desk().dataset.towns, scope)).sum())


def _land(chance: random.Random) -> str:
    return chance.choice(_desk().register.per_mu.land.offered)


def _bases_had(told: PerMu, shown: np.ndarray) -> dict[tuple[str, int], float]:
    """Medians of groups by (group, item): as told, or from the figure and the points of a town one may see."""
    made, weights = told.evaluation, told.parameters.weights
    found: dict[tuple[str, int], float] = {}
    for at in np.flatnonzero(shown):
        summed = np.nansum(made.points[at]) if np.isfinite(made.score[at]) else np.nan
        for item, weight in enumerate(weights):
            key = (str(made.group[at]), item)
            if np.isfinite(made.bases[at, item]):
                found[key] = float(made.bases[at, item])
            points = made.points[at, item]
            if not np.isfinite(points) and np.isfinite(summed) and np.isfinite(made.score[at]):
                points = made.score[at] - summed
            if np.isfinite(points) and points > 0 and np.isfinite(told.values[at, item]):
                found.setdefault(key, float(weight * told.values[at, item] / points))
    return found


@pytest.mark.many
@pytest.mark.parametrize("seed", range(DRAWS))
def test_no_median_behind_the_per_mu_points_is_that_of_one_or_two(seed: int) -> None:
    chance, land = random.Random(seed), _land(random.Random(seed))
    whole = per_mu(_desk(), PERIOD, land, ALL)
    made = whole.evaluation
    ranked = made.place > 0
    group = chance.choice(sorted(set(made.group[ranked])))
    scope = _without(chance, whole.over_all(ranked & (made.group == group)), chance.randint(0, LEAST + 1))
    told = per_mu(_desk(), PERIOD, land, scope)
    shown = told.shown(brief(_desk(), Selection(PERIOD, scope=scope), today()).keep)
    had = _bases_had(told, shown)
    for name, item in had:
        counted = ranked & (made.group == name) & ~np.isnan(whole.values[:, item])
        others = _others(whole.over_all(counted), scope)
        assert others == 0 or others >= LEAST, (name, item, others)
    # Places and classes stay, and a group with none or enough others is told whole.
    assert (told.evaluation.place == made.place).all()
    assert (told.evaluation.letter == made.letter).all()
    for name in set(made.group[ranked]) - told.kept_back:
        rows = made.group == name
        assert np.array_equal(told.evaluation.score[rows], made.score[rows], equal_nan=True)


@pytest.mark.parametrize("others", range(LEAST + 2))
def test_a_peer_group_is_kept_back_for_one_or_two_others_alone(others: int) -> None:
    whole = per_mu(_desk(), PERIOD, "construction", ALL)
    made = whole.evaluation
    full = (made.place > 0) & ~np.isnan(whole.values).any(axis=1)
    groups, counts = np.unique(made.group[full], return_counts=True)
    group = groups[counts.argmax()]
    towns = np.array(_desk().cube.towns)
    outside = towns[whole.over_all(full & (made.group == group))][:others]
    scope = Scope(towns=frozenset(towns) - set(outside))
    told = per_mu(_desk(), PERIOD, "construction", scope)
    assert (str(group) in told.kept_back) == (0 < others < LEAST)
    assert np.isnan(told.evaluation.score[(made.group == group) & (made.place > 0)]).all() == (0 < others < LEAST)


@pytest.mark.many
@pytest.mark.parametrize("seed", range(DRAWS))
def test_no_part_of_a_chains_node_gives_the_figure_of_one_or_two(seed: int) -> None:
    chance, desk = random.Random(seed), _desk()
    facts = facts_of(desk, Selection(PERIOD, scope=ALL))
    holders = facts.cube.has_firms & facts.members[:, facts.chain_of]
    column = chance.choice([at for at in range(holders.shape[1]) if holders[:, at].sum() > 1])
    scope = _without(chance, holders[:, column], chance.randint(0, LEAST + 1))
    prefectures = tuple(chance.sample(desk.choices.prefectures, chance.choice((0, 0, 1, 3))))
    nodes = {
        node.id: node
        for chain in chains(desk, Selection(PERIOD, prefectures=prefectures, scope=scope)).chains
        for node in chain.nodes
    }
    for at, name in enumerate(facts.cube.nodes):
        others = _others(holders[:, at], scope)
        if 0 < others < LEAST:
            assert (nodes[name].province_share, nodes[name].province_firm_count) == (None, None), (name, others)
    whole = {node.id: node for chain in chains(desk, Selection(PERIOD, scope=ALL)).chains for node in chain.nodes}
    told = [name for at, name in enumerate(facts.cube.nodes) if _others(holders[:, at], scope) >= LEAST]
    assert all(nodes[name].province_firm_count == whole[name].province_firm_count for name in told)
    for code in chance.sample(sorted(brief(desk, Selection(PERIOD, scope=scope), today()).seen), 3):
        place = town_profile(desk, code, today(), (), scope).chain
        for stop in place.stops if place else ():
            others = _others(holders[:, facts.cube.nodes.index(stop.id)], scope)
            assert stop.share is None or others == 0 or others >= LEAST, (code, stop.id)


@pytest.mark.long
@pytest.mark.many
@pytest.mark.parametrize("seed", range(DRAWS))
def test_no_median_of_an_item_of_the_index_is_that_of_one_or_two(seed: int) -> None:
    """A class of many towns whose item few others have: the median of the item is one of theirs."""
    chance, desk = random.Random(seed), _desk()
    whole = vitality(desk, PERIOD, ALL)
    assert whole is not None
    known = whole.result.normalised.notna() & ~whole.result.imputed
    name = chance.choice(sorted(whole.medians))
    item = chance.choice(list(known.columns))
    rows = whole.ranked.index[whole.ranked["industry_class"] == name]
    members = np.isin(desk.cube.towns, rows[known.loc[rows, item]])
    scope = _without(chance, members, chance.randint(0, LEAST + 1))
    told = vitality(desk, PERIOD, scope)
    assert told is not None
    for code in told.medians:
        rows = whole.ranked.index[whole.ranked["industry_class"] == code]
        for column in known.columns:
            others = _others(np.isin(desk.cube.towns, rows[known.loc[rows, column]]), scope)
            assert others == 0 or others >= LEAST, (code, column)


def _few() -> tuple[Scope, PerMu, int]:
    """A scope that leaves two of a peer group outside, and the row of one inside."""
    land = _desk().register.per_mu.land.default
    whole = per_mu(_desk(), PERIOD, land, ALL)
    made = whole.evaluation
    rows = np.flatnonzero((made.place > 0) & (made.group == made.group[made.place > 0][0]))
    outside = set(whole.towns["town_code"].iloc[rows[:2]].astype(str))
    return Scope(towns=frozenset(_desk().cube.towns) - outside), whole, int(rows[-1])


def test_the_interface_says_that_it_keeps_back() -> None:
    scope, whole, row = _few()
    person, app = reader("analyst", scope), Starlette(routes=ROUTES)

    async def as_person(asked: Asked, receive: Receive, send: Send) -> None:
        await app({**asked, PERSON: person} if asked["type"] == "http" else asked, receive, send)

    told = TestClient(as_person).get("/api/v1/per-mu", params={"dataset": "demo", "period": PERIOD}).json()["per_mu"]
    group = str(whole.evaluation.group[row]).split("+")
    alike = [town for town in told if town["peer_group"] == group]
    assert alike
    for town in alike:
        assert town["is_kept_back"]
        assert town["score"] is None
        assert {(item["peer_base"], item["points"]) for item in town["items"].values()} == {(None, None)}
    assert any(town["score"] is not None and not town["is_kept_back"] for town in told)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_that_it_keeps_back(language: Language) -> None:
    scope, whole, row = _few()
    town = str(whole.towns["town_code"].iloc[row])
    asked = {"dataset": "demo", "period": PERIOD, "lang": language, "per_mu_town": town}
    line = say("permu.town_line_kept_back", language, group="", place="", size="")
    tail = line.split("；" if language == "zh" else "; ")
    pages = {}
    for seen in (scope, ALL):
        with signed_in(reader("analyst", seen)):
            page = open_page("per_mu", dict(asked))
        assert not page.exception
        pages[seen] = sent(page)
    assert tail[1] in pages[scope]
    assert tail[1] not in pages[ALL]
    assert f"{whole.evaluation.score[row]:.1f}分" not in pages[scope]
    assert not re.search(r">nan|\bnan\b", pages[scope])
