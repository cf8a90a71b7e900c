"""The vitality index of the towns: what the record says is computed, and nothing is said without its interval."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from cockpit.analysis import briefing as compute
from cockpit.analysis import vitality as engine
from cockpit.analysis.briefing import (
    Vitality,
    full_year,
    most_weight,
    read_weights,
    standings,
    town_values,
    try_weights,
)
from cockpit.analysis.briefing.vitality import bands, idle_items, star_draws
from cockpit.analysis.star_rating import Standing, stand
from cockpit.briefings import Desk, open_desk, vitality
from cockpit.rights import ALL


@pytest.fixture(scope="module")
def desk() -> Desk:
    return open_desk("demo")


@pytest.fixture(scope="module")
def found(desk: Desk) -> Vitality:
    index = vitality(desk, "2025", ALL)
    assert index is not None
    return index


def test_part_of_a_year_takes_the_newest_full_year_up_to_it() -> None:
    periods = ("2023", "2024", "2025-09", "2026-03")
    assert full_year(periods, "2026-03") == "2024"
    assert full_year(periods, "2023") == "2023"
    assert full_year(periods, "2019") is None


def test_draws_stand_in_the_order_of_the_index(found: Vitality) -> None:
    assert found.draws.shape == (found.design.index.draws, len(found.index))
    known = found.index.notna().to_numpy()
    assert np.isnan(found.draws[:, ~known]).all()
    assert np.isfinite(found.draws[:, known]).all()


def test_the_population_is_the_towns_named_or_being_created_at_the_years_end(desk: Desk, found: Vitality) -> None:
    assert set(found.ranking["list_status"]) == {"named", "creating"}
    expected = desk.cube.in_scope("named", "2025") | desk.cube.in_scope("creating", "2025")
    assert len(found.ranking) == expected.sum()


def test_every_ranked_town_has_all_dimensions_and_four_fifths_of_the_weight(found: Vitality) -> None:
    dimensions = list(found.design.dimensions)
    assert found.result.scores.loc[found.ranked.index, dimensions].notna().all().all()
    assert (found.ranked["coverage"] >= 0.8).all()
    assert all(found.lacking(str(code)) for code in found.unranked.index)


def test_one_index_by_hand(found: Vitality) -> None:
    town = found.ranked.index[0]
    weights = {name: group.weight for name, group in found.design.dimensions.items()}
    scores = found.result.scores.loc[town]
    logs = sum(weight * np.log(scores[name]) for name, weight in weights.items())
    assert found.index[town] == pytest.approx(np.exp(logs / sum(weights.values())))


def test_tax_per_mu_is_scored_as_its_record_says(desk: Desk, found: Vitality) -> None:
    item = found.design.items["tax_per_mu"]
    assert item.low == 10
    place = desk.cube.towns.index(found.ranked.index[20])
    wan = desk.cube.of("tax_per_mu_yuan", "2025")[place] / 1e4
    share = np.log(min(max(wan, item.low), item.high) / item.low) / np.log(item.high / item.low)
    assert found.result.scores.at[found.ranked.index[20], "tax_per_mu"] == pytest.approx(1 + 99 * share)


def test_only_tourism_towns_are_scored_by_visitors(found: Vitality) -> None:
    kinds = found.ranking["industry_class"]
    scored = found.result.scores["visitor_density"].notna().reindex(kinds.index)
    assert set(kinds[scored]) == {"tourism"}


def test_parts_sum_to_the_distance_from_the_class_median(found: Vitality) -> None:
    for town in found.ranked.index[::7]:
        parts = found.explain(str(town))
        if parts is None:
            continue
        distance = parts["contribution"].iloc[0]
        assert parts["score"].iloc[0] == pytest.approx(found.index[town])
        assert parts[parts["level"] == 1]["contribution"].sum() == pytest.approx(distance, abs=1e-9)
        assert parts[parts["level"] == 2]["contribution"].sum() == pytest.approx(distance, abs=1e-9)


def test_a_class_of_two_has_no_median(found: Vitality) -> None:
    sizes = found.ranked["industry_class"].value_counts()
    assert set(found.medians) == {str(name) for name, size in sizes.items() if size >= 3}
    small = found.ranked[~found.ranked["industry_class"].isin(list(found.medians))]
    assert found.differences().loc[small.index].isna().all().all()


def test_a_band_holds_only_towns_the_draws_cannot_order() -> None:
    # Ten draws of four towns and one without an index. 1 beats 2 in six of ten: one band. 3 loses to 1 in nine: it
    # begins the next, though it beats 2 in four. 4 loses to 3 in eight: it stays with 3.
    draws = np.array([[9.0, 8, 7, 6, np.nan]] * 3 + [[9, 8, 10, 1, np.nan]] + [[8, 9, 7, 6, np.nan]] * 3
                     + [[9, 5, 8, 8.5, np.nan]] * 2 + [[9, 6, 7, 1, np.nan]])  # fmt: skip
    ranks = engine.small_ranks(draws)
    assert [engine.clearest_order(ranks, 0, slice(1, 2)), engine.clearest_order(ranks, 0, slice(1, 3))] == [0.7, 0.9]
    assert [engine.clearest_order(ranks, 2, slice(1, 2)), engine.clearest_order(ranks, 3, slice(2, 3))] == [0.6, 0.8]
    rank = pd.Series([1.0, 2, 3, 4, np.nan], index=list("ABCDE"))
    assert bands(rank, draws, 0.9).tolist() == [1, 1, 2, 2, 0]
    assert bands(rank, draws, 1.0).tolist() == [1, 1, 1, 2, 0], "1 beats 4 in all ten"
    assert bands(rank, draws, 0.8).tolist() == [1, 1, 2, 3, 0]


def test_no_two_towns_of_one_band_are_told_apart(found: Vitality) -> None:
    draws = pd.DataFrame(found.draws, columns=found.index.index)
    apart = found.design.index.apart
    assert apart == 0.9
    for column, group in (("band", None), ("class_band", "industry_class")):
        bands_ = found.ranked.groupby([column, group] if group else [column], observed=True)
        for _, rows in bands_:
            for first, second in combinations(rows.index, 2):
                above = float((draws[first] > draws[second]).mean())
                assert max(above, float((draws[second] > draws[first]).mean())) < apart
    first_of = found.ranked.groupby("band").head(1).index[1:]
    for code in first_of:  # a border stands where some town of the band above is told apart from the next
        above_it = found.ranked[found.ranked["band"] == found.ranked.at[code, "band"] - 1].index
        assert max(max((draws[a] > draws[code]).mean(), (draws[code] > draws[a]).mean()) for a in above_it) >= apart


def test_leaving_any_item_out_never_raises_the_index(desk: Desk, found: Vitality) -> None:
    table = town_values(desk.dataset, desk.cube, found.design, "2025")
    idle = idle_items(desk.cube, found.design, table, "2025")
    shape = engine.structure_of(found.design)
    for column in [name for name in table.columns if name != "industry_class"]:
        for offset in range(3):  # every third town at once: no town's index hangs on another's figures
            less = table.copy()
            less.loc[table.index[offset::3], column] = np.nan
            after = engine.compute(less, shape, idle).index
            both = after.notna() & found.index.notna()
            assert (after[both] <= found.index[both] + 1e-9).all(), column


@pytest.mark.long
def test_leaving_an_item_out_never_raises_a_star(desk: Desk, found: Vitality) -> None:
    levels = [rule for rule in desk.register.stars.values() if rule.kind == "level"]
    steady = desk.register.rule("star_stability").base_value
    table = town_values(desk.dataset, desk.cube, found.design, "2025")
    idle = idle_items(desk.cube, found.design, table, "2025")
    shape, design = engine.structure_of(found.design), found.design
    full = star_draws(found.result, design)
    places = {code: place for place, code in enumerate(table.index)}
    for column in (
        "specialty_output_yuan",
        "high_tech_firm_count",
        "rd_expense_yuan",
        "talent_count",
        "energy_use_tce",
    ):
        for offset in range(4):  # every fourth town at once: no town's index hangs on another's figures
            less = table.copy()
            less.loc[table.index[offset::4], column] = np.nan
            result = engine.compute(less, shape, idle)
            drawn = star_draws(result, design)
            for code in table.index[offset::4]:
                if np.isnan(result.index[code]) or np.isnan(found.index[code]):
                    continue
                place = places[code]
                for earlier in (20.0, 40.0, 60.0, 75.0, 90.0):
                    before = stand(2024, earlier, np.array([]), levels, steady)
                    after = stand(2025, result.index[code], drawn[:, place], levels, steady, before)
                    assert after.stars <= stand(2025, found.index[code], full[:, place], levels, steady, before).stars


def test_two_of_three_equal_items_are_two_thirds(found: Vitality) -> None:
    items = {name: {"parent": "g", "low": 0, "high": 10} for name in "abc"}
    table = pd.DataFrame({"a": [5.0], "b": [5.0], "c": [np.nan]}, index=["u"])
    for written in ("2/3", 2 / 3, 0.6666667, 0.666667):
        design = {"index": {"id": "i", "present_in_group": written}, "group": {"g": {}}, "item": items}
        assert engine.compute(table, design).index["u"] == pytest.approx(50), written
    over = {"index": {"id": "i", "present_in_group": 0.67}, "group": {"g": {}}, "item": items}
    assert np.isnan(engine.compute(table, over).index["u"])
    assert found.design.index.present_in_group == 2 / 3
    # Tourism towns with two of three items of function and ecology are ranked.
    assert {"D330122C", "D330727A"} <= set(found.ranked.index)
    assert len(found.ranked) == 102


def test_a_group_that_does_not_apply_leaves_the_index(found: Vitality) -> None:
    design = {
        "index": {"id": "i", "group": "kind", "aggregation": "geometric", "scale_low": 1, "scale_high": 100,
                  "present": 1, "present_in_group": "2/3", "present_overall": 0.8},
        "group": {"all": {}, "guests": {}},
        "item": {"a": {"parent": "all", "low": 0, "high": 10},
                 "visitors": {"parent": "guests", "low": 0, "high": 10, "only": ["tourism"]}},
    }  # fmt: skip
    table = pd.DataFrame(
        {"a": [10.0, 10, 10], "visitors": [np.nan, 0, np.nan], "kind": ["finance", "tourism", "tourism"]},
        index=list("xyz"),
    )
    result = engine.compute(table, design)
    assert result.index["x"] == pytest.approx(100)
    assert result.index["y"] == pytest.approx(10)
    assert np.isnan(result.index["z"]), "a tourism town that did not report its visitors is not let off"
    assert result.coverage.loc["x", "i"] == 1.0
    assert np.isfinite(engine.draw(result, engine.Draws(20)).draws[:, 0]).all()


def test_a_town_not_yet_listed_three_years_ago_owes_no_growth(desk: Desk, found: Vitality) -> None:
    listed = desk.cube.in_scope("named", "2022") | desk.cube.in_scope("creating", "2022")
    young = [code for code, was in zip(desk.cube.towns, listed, strict=True) if not was and code in found.index.index]
    assert young
    place = [item.id for item in found.result.structure.indicators()].index("output_growth")
    rows = found.index.index.get_indexer(young)
    assert not found.result.prepared.applies[rows, place].any()
    assert "output_growth" not in {name for code in young for name in found.lacking(code)}


def test_no_star_of_the_demonstration_falls_while_its_index_rises(desk: Desk) -> None:
    before: dict[str, Standing] = {}
    seen = 0
    for year in range(2017, 2026):
        now = standings(desk.dataset, desk.cube, desk.register, str(year), before)
        for code, item in now.items():
            earlier = before.get(code)
            named = desk.cube.in_scope("named", str(earlier.year))[desk.cube.towns.index(code)] if earlier else False
            if earlier and named and item.year == year:
                seen += 1
                assert (item.stars - earlier.stars) * (item.index - earlier.index) >= 0, (code, year)
        before = now
    assert seen > 300


def test_the_registered_weights_on_trial_change_nothing(found: Vitality) -> None:
    trial = try_weights(found, {})
    assert not len(trial.moved)
    assert trial.rank.equals(found.result.rank)


def test_a_trial_ranks_the_same_towns(found: Vitality) -> None:
    trial = try_weights(found, {"industry": 0, "function": 0, "innovation": 44})
    assert trial.rank.notna().equals(found.result.rank.notna())
    assert sum(trial.weights.values()) == pytest.approx(100)
    assert set(trial.moved.index) <= set(found.ranked.index)


def test_weights_in_an_address_are_read_or_told(found: Vitality) -> None:
    asked = ["industry.26", "gold.3", "industry", "innovation.-1", "innovation.9999", "function.0"]
    weights, junk = read_weights(asked, found.design)
    assert weights == {"industry": 26, "function": 0}
    assert junk == ("gold.3", "industry", "innovation.-1", "innovation.9999")
    assert most_weight(found.design) == 44


def test_every_count_and_amount_is_per_land_job_or_another_figure(found: Vitality) -> None:
    shares = {"specialty_output_share", "specialty_investment_share", "green_cover", "output_growth"}
    bare = {name for name, item in found.design.items.items() if not item.denominator}
    assert bare == shares


def test_every_record_has_both_labels_and_a_basis(found: Vitality) -> None:
    design = found.design
    for record in (design.index, *design.groups.values(), *design.items.values()):
        assert record.label_zh, record.id
        assert record.label_en, record.id
    for item in design.items.values():
        from_base = "base_year" in (item.low_from, item.high_from)
        assert from_base or item.basis_zh, f"{item.id} does not say where its goalposts come from"
        assert item.origin == "own" or item.basis_zh, item.id


def test_public_towns_get_no_index() -> None:
    index = vitality(open_desk("public"), "2022", ALL)
    assert index is not None
    assert index.is_empty
    assert index.medians == {}


def test_no_returns_of_a_full_year_is_no_index(desk: Desk) -> None:
    assert compute.full_year(desk.cube.periods, "2016") is None
    assert vitality(desk, "2016", ALL) is None
