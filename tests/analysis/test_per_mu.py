"""The per-mu evaluation: arithmetic a reader can check, and what must hold whatever the figures."""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cockpit.analysis.briefing.per_mu import read_parameters
from cockpit.analysis.per_mu import (
    Evaluation,
    class_cuts,
    evaluate,
    letters_of,
    peer_groups,
    places_of,
    points_of,
    smallest_with_d,
)
from cockpit.briefings import open_desk, per_mu
from cockpit.policy.register import load
from cockpit.rights import ALL
from cockpit.units import to_base

OURS = read_parameters(load().per_mu)
SMALL = replace(OURS, smallest_group=1)
TAX = 20e4  # 20万元 a mu, above the national floor


def rows(*towns: tuple[float, ...]) -> np.ndarray:
    return np.array(towns, dtype=float)


def judge(values: np.ndarray, classes: list[str] | None = None, parameters: object = SMALL) -> Evaluation:
    young = np.zeros(len(values), dtype=bool)
    return evaluate(values, classes or ["finance"] * len(values), young, parameters)  # type: ignore[arg-type]


def test_weights_are_the_published_ones() -> None:
    assert OURS.weights == (30, 20, 20, 10, 10, 10)
    assert (OURS.cap, OURS.class_shares, OURS.tax) == (2, (0.2, 0.6, 0.95), 0)
    assert OURS.tax_floor == pytest.approx(to_base(10, "万元/亩")[0])


def test_the_median_town_scores_its_weights_and_the_cap_holds() -> None:
    # Medians are the middle town's figures; the first has half of each, the third ten times: capped at twice.
    found = judge(rows((TAX / 2,) + (1,) * 5, (TAX,) + (2,) * 5, (TAX * 10,) + (20,) * 5))
    assert found.score.tolist() == [50, 100, 200]
    assert found.is_capped.tolist() == [[False] * 6, [False] * 6, [True] * 6]
    assert found.place.tolist() == [3, 2, 1]


def test_a_missing_item_earns_no_points_and_stands_lowest_in_the_median() -> None:
    # Emission: peers have 1 and 3, the silent town stands below both, so the middle is 1: points 10 and, capped, 20.
    found = judge(rows((TAX, 2, 2, 1, 2, 2), (TAX, 2, 2, 3, 2, 2), (TAX, 2, 2, math.nan, 2, 2)))
    assert found.bases[:, 3].tolist() == [1, 1, 1]
    assert found.points[:, 3].tolist() == [10, 20, 0]
    assert found.is_missing[:, 3].tolist() == [False, False, True]
    assert not found.is_imputed.any()
    assert found.score.tolist() == [100, 110, 90]


def test_a_ratio_without_meaning_takes_the_peers_average_and_moves_no_median() -> None:
    # The third emits nothing and says so: peers have 1 and 3, base 2, points 5 and 15, average 10.
    values = rows((TAX, 2, 2, 1, 2, 2), (TAX, 2, 2, 3, 2, 2), (TAX, 2, 2, math.nan, 2, 2))
    idle = np.zeros(values.shape, dtype=bool)
    idle[2, 3] = True
    found = evaluate(values, ["finance"] * 3, np.zeros(3, dtype=bool), SMALL, idle)
    assert found.points[:, 3].tolist() == [5, 15, 10]
    assert found.is_imputed[:, 3].tolist() == [False, False, True]
    assert not found.is_missing.any()


def test_an_item_nobody_has_decides_nothing_and_one_most_lack_has_no_base() -> None:
    nan = math.nan
    found = judge(rows((TAX, 2, 2, nan, 2, 2), (TAX * 2, 2, 2, nan, 2, 2)))
    assert found.points[:, 3].tolist() == [0, 0]
    assert found.is_missing[:, 3].all()
    lone = judge(rows((TAX, 2, 2, 7, 2, 2), (TAX, 2, 2, nan, 2, 2), (TAX, 2, 2, nan, 2, 2)))
    assert np.isnan(lone.bases[:, 3]).all()
    assert lone.points[:, 3].tolist() == [20, 0, 0], "who reported has the most points"


def test_groups_below_twenty_have_no_d_and_say_so() -> None:
    assert smallest_with_d(OURS.class_shares) == 20
    for count in range(1, 60):
        values = rows(*[(TAX + at,) + (float(at + 1),) * 5 for at in range(count)])
        found = judge(values)
        assert found.has_d.all() == ("D" in found.letter) == (count >= 20)


@given(st.integers(1, 400), st.integers(1, 19))
def test_cuts_are_exact_for_every_share_and_size(count: int, step: int) -> None:
    shares = (step / 20, step / 20 + 0.01, step / 20 + 0.05)
    a, b, c = class_cuts(count, shares)
    exact = [Fraction(5 * step, 100), Fraction(5 * step + 1, 100), Fraction(5 * step + 5, 100)]
    assert (a, b) == (int(exact[0] * count), int(exact[1] * count))
    assert count - c == int((1 - exact[2]) * count)


def test_without_tax_per_mu_or_with_too_little_a_town_is_not_ranked() -> None:
    nan = math.nan
    # Second: no tax. Third: tax and value added per mu and two tens: 70 of 100, just enough. Fourth: 60.
    found = judge(rows((TAX,) + (2,) * 5, (nan,) + (2,) * 5, (TAX, 2, nan, nan, 2, 2), (TAX, 2, nan, nan, nan, 2)))
    assert found.letter.tolist()[1] == "N"
    assert (found.place > 0).tolist() == [True, False, True, False]
    assert math.isnan(found.score[1])
    assert found.group_size.tolist() == [2, 2, 2, 2]


def test_young_towns_are_not_evaluated_and_set_no_base() -> None:
    values = rows((TAX,) + (2,) * 5, (TAX * 9,) + (18,) * 5)
    found = evaluate(values, ["finance"] * 2, np.array([False, True]), SMALL)
    assert found.letter[1] == "T"
    assert found.score[0] == 100


def test_below_the_national_floor_a_town_is_neither_a_nor_b() -> None:
    values = rows(*[(5e4 + at,) + (50.0 - at,) * 5 for at in range(20)])
    found = judge(values)
    assert set(found.letter) == {"C", "D"}
    assert found.is_held.sum() == 12
    assert not found.leader.any()


def test_leaders_are_the_first_of_class_a_by_tax_per_mu() -> None:
    # 20 towns: four of class A by score; among them tax decides, not the score.
    values = rows(*[(TAX + at,) + (float(20 - at),) * 5 for at in range(20)])
    found = judge(values)
    best = [at for at in range(20) if found.letter[at] == "A"]
    assert [int(found.leader[at]) for at in best] == [4, 3, 2, 1]
    few = judge(values, parameters=replace(SMALL, leaders=2))
    assert sorted(few.leader.tolist())[-2:] == [1, 2]


def test_small_classes_are_pooled_until_there_are_enough() -> None:
    classes = ["finance"] * 7 + ["environment"] * 2 + ["heritage"] * 11 + ["tourism"] * 12
    groups = peer_groups(classes, np.ones(len(classes), dtype=bool), 10)
    # 7 + 2 are still fewer than 10: the smallest class left joins.
    assert sorted(set(groups)) == ["environment+finance+heritage", "tourism"]
    assert set(peer_groups(["a"] * 10 + ["b"] * 10, np.ones(20, dtype=bool), 10)) == {"a", "b"}
    assert set(peer_groups(["a"] * 3 + ["b"] * 4, np.ones(7, dtype=bool), 10)) == {"a+b"}


def test_a_score_is_a_place_among_ones_own_group() -> None:
    values = rows((TAX,) + (2,) * 5, (TAX * 4,) + (8,) * 5)
    found = judge(values, ["finance", "tourism"])
    assert found.score.tolist() == [100, 100]


@given(st.integers(1, 400))
def test_the_counts_follow_the_rule(count: int) -> None:
    letters = letters_of(places_of(np.arange(count, dtype=float)), OURS.class_shares)
    found = {letter: int((letters == letter).sum()) for letter in "ABCD"}
    assert found["A"] == count * 20 // 100
    assert found["A"] + found["B"] == count * 60 // 100
    assert found["D"] == count * 5 // 100
    assert sum(found.values()) == count
    assert class_cuts(count, OURS.class_shares)[2] == count - count * 5 // 100


@given(st.lists(st.integers(0, 5), min_size=1, max_size=60))
def test_ties_share_a_class_and_never_make_it_worse(scores: list[int]) -> None:
    values = np.array(scores, dtype=float)
    letters = letters_of(places_of(values), OURS.class_shares)
    for score in set(scores):
        assert len(set(letters[values == score])) == 1
    # A better score never has a worse class, and ties only lift: A at least its count, D at most.
    ordered = "".join(letters[np.argsort(-values, kind="stable")])
    assert list(ordered) == sorted(ordered)
    assert (letters == "A").sum() >= len(scores) * 20 // 100
    assert (letters == "D").sum() <= len(scores) * 5 // 100


figures = st.lists(
    st.lists(st.one_of(st.just(math.nan), st.floats(0.01, 1e6)), min_size=6, max_size=6), min_size=2, max_size=25
)


@given(figures)
def test_scores_are_the_sum_of_their_points_and_stay_within_the_cap(table: list[list[float]]) -> None:
    found = judge(np.array(table))
    ranked = found.place > 0
    np.testing.assert_allclose(found.score[ranked], found.points[ranked].sum(axis=1))
    assert (found.score[ranked] <= 100 * OURS.cap + 1e-9).all()
    assert np.isnan(found.score[~ranked]).all()
    assert not np.isnan(found.points[ranked]).any()


@given(figures, st.data(), st.floats(1.01, 10))
def test_doing_better_in_one_item_never_lowers_the_score(
    table: list[list[float]], data: st.DataObject, factor: float
) -> None:
    values = np.array(table)
    town, item = data.draw(st.integers(0, len(table) - 1)), data.draw(st.integers(0, 5))
    before, better = judge(values), values.copy()
    better[town, item] *= factor
    after = judge(better)
    if before.place[town]:
        assert after.score[town] >= before.score[town] - 1e-6
        assert after.place[town] <= before.place[town] or after.score[town] == pytest.approx(before.score[town])


figures_with_signs = st.lists(
    st.lists(
        st.one_of(st.just(math.nan), st.floats(-10, 1e6), st.sampled_from([0.0, 1.0, 2.0])), min_size=6, max_size=6
    ),
    min_size=2,
    max_size=30,
)


@given(figures_with_signs, st.data())
@settings(max_examples=3 * settings.default.max_examples)
def test_leaving_an_item_out_never_raises_score_place_or_class(table: list[list[float]], data: st.DataObject) -> None:
    values = np.array(table)
    idle = np.isnan(values) & np.array(
        data.draw(st.lists(st.lists(st.booleans(), min_size=6, max_size=6), min_size=len(table), max_size=len(table)))
    )
    town, item = data.draw(st.integers(0, len(table) - 1)), data.draw(st.integers(0, 5))
    young, kinds = np.zeros(len(values), dtype=bool), ["finance"] * len(values)
    less = values.copy()
    less[town, item] = math.nan
    before, after = (evaluate(given_, kinds, young, SMALL, idle & np.isnan(values)) for given_ in (values, less))
    if after.place[town]:
        assert after.score[town] <= before.score[town] + 1e-9
        assert after.place[town] >= before.place[town]
        assert after.letter[town] >= before.letter[town]
    else:
        assert after.letter[town] == "N"


@given(st.floats(0.01, 1e4), st.floats(0.01, 1e4))
def test_points_are_in_proportion_below_the_cap(value: float, base: float) -> None:
    (points,) = points_of(np.array([value]), np.array([base]), [30])
    assert points == pytest.approx(30 * value / base)
    assert points_of(np.array([value]), np.array([0.0]), [30]) != points_of(np.array([0.0]), np.array([base]), [30])


def test_land_types_are_never_mixed() -> None:
    desk = open_desk("demo")
    land = desk.dataset.table("land")
    found = {name: per_mu(desk, "2025", name, ALL) for name in desk.register.per_mu.land.offered}
    for name, answer in found.items():
        code = str(answer.towns["town_code"].iloc[0])
        row = land[(land["town_code"] == code) & (land["period"] == "2025") & (land["land_type"] == name)]
        tax = desk.cube.of("tax_revenue_yuan", "2025")[answer.rows][0]
        assert answer.values[0, 0] == pytest.approx(tax / row["area_mu"].item())
    used = desk.cube.of("tax_per_mu_yuan", "2025")[found["in_use"].rows]
    np.testing.assert_allclose(found["in_use"].values[:, 0], used)


def test_within_the_year_the_newest_full_year_is_evaluated() -> None:
    desk = open_desk("demo")
    assert per_mu(desk, "2026-09", "in_use", ALL) is per_mu(desk, "2025", "in_use", ALL)
    assert per_mu(desk, "2026-09", "in_use", ALL).period == "2025"


def test_public_towns_get_no_class() -> None:
    found = per_mu(open_desk("public"), "2022", "in_use", ALL)
    assert not found.is_computed
    assert not found.has_land
    assert {point.value for _, series in found.published for point in series} >= {779000.0, 520000.0}
