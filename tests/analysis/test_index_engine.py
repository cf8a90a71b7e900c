"""The index engine: examples checked by hand, a published index, and laws that hold for any table and tree."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cockpit.analysis.vitality import (
    Draws,
    Group,
    Indicator,
    Structure,
    Treatment,
    compute,
    contributions,
    draw,
    rank_draws,
    rank_interval,
    reference,
    reweigh,
    structure_of,
)
from cockpit.errors import DatasetError, RecordError

# UNDP, Human Development Report 2023/24, Technical note 1: goalposts, caps, logarithm of income, means.
HDI = Structure(
    Group(
        "hdi",
        (
            Indicator("le", low=20, high=85),
            Group("education", (Indicator("eys", low=0, high=18), Indicator("mys", low=0, high=15))),
            Indicator("gnipc", low=100, high=75_000, transform="log"),
        ),
        aggregation="geometric",
    ),
    scale=(0, 1),
)


def test_the_human_development_index_as_published() -> None:
    table = pd.read_csv(Path(__file__).with_name("hdi.csv"), comment="#", index_col="iso3")
    result = compute(table, HDI)
    assert dict(result.index.round(3)) == dict(table["hdi"])
    assert list(result.rank.sort_values().index[:4]) == ["CHE", "NOR", "ISL", "IRL"]
    assert bool(result.clipped.loc["IRL", "gnipc"]), "income is capped at 75,000"
    assert bool(result.clipped.loc["NOR", "eys"]), "schooling is capped at 18 years"
    assert not result.clipped.loc["CHN"].any()


def two(a: list[float], b: list[float], **table: Any) -> pd.DataFrame:
    return pd.DataFrame({"a": a, "b": b, **table}, index=[f"u{number}" for number in range(len(a))])


POSTS = Group("all", (Indicator("a", low=0, high=10), Indicator("b", low=0, high=10)))


def test_goalposts_and_the_three_means() -> None:
    # a 4 of 10 is 40, b 9 of 10 is 90: mean 65, geometric root of 3600 = 60, harmonic 2/(1/40+1/90) = 55.38.
    table = two([4], [9])
    for aggregation, expected in (("arithmetic", 65.0), ("geometric", 60.0), ("harmonic", 720 / 13)):
        shape = Structure(replace(POSTS, aggregation=aggregation))
        assert compute(table, shape).index.iloc[0] == pytest.approx(expected)


def test_less_is_better_mirrors_the_scale() -> None:
    shape = Structure(Group("all", (Indicator("a", direction=-1, low=0, high=10),)), scale=(1, 100))
    assert compute(two([2.5], [0]), shape).index.iloc[0] == pytest.approx(1 + 99 * 0.75)


def test_minmax_zscore_and_percentile() -> None:
    table = pd.DataFrame({"a": [1.0, 2.0, 2.0, 5.0]})
    leaf = Group("all", (Indicator("a"),))
    assert list(compute(table, Structure(leaf, "minmax")).index) == [0, 25, 25, 100]
    # Ranks 1, 2.5, 2.5, 4 of 4: (rank - 1) / 3.
    assert list(compute(table, Structure(leaf, "percentile")).index) == [0, 50, 50, 100]
    # Mean 2.5, squares 2.25 + .25 + .25 + 6.25 = 9, sample variance 3.
    scores = compute(table, Structure(leaf, "zscore")).index
    assert list(scores) == pytest.approx([-1.5 / 3**0.5, -0.5 / 3**0.5, -0.5 / 3**0.5, 2.5 / 3**0.5])
    shape = Structure(leaf, "zscore", ddof=0, target=(100, 10))
    assert compute(table, shape).index.iloc[3] == pytest.approx(100 + 10 * 2.5 / (9 / 4) ** 0.5)


def test_denominator_factor_and_logarithm() -> None:
    item = Indicator("firms", denominator="mu", factor=1500, transform="log", low=1, high=100)
    table = pd.DataFrame({"firms": [20.0, 3.0, 3.0], "mu": [3000.0, 0.0, np.nan]})
    result = compute(table, Structure(Group("all", (item,))))
    # 20 firms on 2 km2 are 10 a km2: half way from 1 to 100 on the log.
    assert result.index.iloc[0] == pytest.approx(50)
    assert result.index.iloc[1:].isna().all(), "no land, no density"


def test_a_missing_value_is_reweighted_and_never_zero() -> None:
    parts = (Indicator("a", low=0, high=10, weight=3), Indicator("b", low=0, high=10, weight=1))
    result = compute(two([4, np.nan], [np.nan, 8]), Structure(Group("all", parts)))
    assert list(result.index) == pytest.approx([40, 80])
    assert list(result.coverage["all"]) == pytest.approx([0.75, 0.25])
    strict = compute(two([4, np.nan], [np.nan, 8]), Structure(Group("all", parts), present=2 / 3))
    assert strict.index.iloc[0] == pytest.approx(40)
    assert np.isnan(strict.index.iloc[1])
    assert np.isnan(strict.rank.iloc[1])


def test_two_thirds_of_the_weight_pass_two_thirds() -> None:
    parts = tuple(Indicator(name, low=0, high=10) for name in "abc")
    table = pd.DataFrame({"a": [1.0], "b": [2.0], "c": [np.nan]})
    assert compute(table, Structure(Group("all", parts), present=2 / 3)).index.notna().all()


def test_an_index_needs_four_fifths_of_all_weight() -> None:
    groups = (
        Group("left", (Indicator("a", low=0, high=10), Indicator("b", low=0, high=10)), weight=60),
        Group("right", (Indicator("c", low=0, high=10),), weight=40),
    )
    table = pd.DataFrame({"a": [5.0, 5.0], "b": [5.0, np.nan], "c": [5.0, 5.0]})
    result = compute(table, Structure(Group("all", groups), present_overall=0.8))
    assert list(result.index.notna()) == [True, False], "0.6 / 2 + 0.4 = 0.7 is too little"


def test_an_indicator_of_one_class_is_not_missing_elsewhere() -> None:
    parts = (Indicator("a", low=0, high=10), Indicator("visits", low=0, high=10, only=("tourism",)))
    table = pd.DataFrame({"a": [4.0, 4.0], "visits": [10.0, 10.0], "kind": ["tourism", "finance"]})
    result = compute(table, Structure(Group("all", parts), group="kind", present=1.0))
    assert list(result.index) == pytest.approx([70, 40])
    assert list(result.coverage["all"]) == [1, 1]


def test_group_means_fill_and_are_not_counted_as_reported() -> None:
    table = two([2, 4, np.nan, np.nan, 9], [1, 1, 1, 1, 1], kind=["x", "x", "x", "y", "z"])
    shape = Structure(
        Group("all", (Indicator("a", low=0, high=10),)), group="kind", imputation="group_mean", fallback="mean"
    )
    result = compute(table, shape)
    assert list(result.values["a"]) == pytest.approx([2, 4, 3, 5, 9])
    assert list(result.imputed["a"]) == [False, False, True, True, False]
    assert list(result.coverage["all"]) == [1, 1, 0, 0, 1]
    left = compute(table, replace(shape, fallback="none"))
    assert np.isnan(left.index.iloc[3])


def test_winsorising_moves_the_farthest_point_to_the_next() -> None:
    values = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 30.0, 100.0]
    series = pd.Series(values)
    assert series.skew() > 2
    assert series.kurt() > 3.5
    shape = Structure(Group("all", (Indicator("a"),)), "minmax", treatment=Treatment())
    result = compute(pd.DataFrame({"a": values}), shape)
    # 100 becomes 30; then 30 twice: skewness is within bounds.
    assert list(result.values["a"]) == [*values[:-1], 30]
    assert result.winsorised.to_dict("records") == [
        {"indicator": "a", "unit": 11, "before": 100.0, "after": 30.0, "tail": "high"}
    ]
    low = compute(pd.DataFrame({"a": [-value for value in values]}), shape)
    assert list(low.winsorised["tail"]) == ["low"]


def test_the_log_takes_over_where_winsorising_is_not_enough() -> None:
    values = [1.0] * 20 + [2.0, 50.0, 60.0]
    shape = Structure(Group("all", (Indicator("a"),)), "minmax", treatment=Treatment(most=1, fallback="log"))
    result = compute(pd.DataFrame({"a": values}), shape)
    assert result.logged == ("a",)
    assert result.values["a"].iloc[-1] == pytest.approx(np.log(59 + 0.59))


@pytest.mark.parametrize(
    ("table", "shape", "told"),
    [
        (two([1, 2], [3, 4]).rename(index={"u1": "u0"}), Structure(POSTS), ("'u0' stands twice",)),
        (two([1], [2]).rename(columns={"b": "bb"}), Structure(POSTS), ("unknown column 'b'", "did you mean 'bb'")),
        (two([1], [2]).assign(a=["x"]), Structure(POSTS), ("column 'a'", "not numbers")),
        (two([1, np.inf], [3, 4]), Structure(POSTS), ("infinite value in 'a'", "'u1'")),
        (two([1, 1], [3, 4]), Structure(POSTS, "minmax"), ("all 2 values are 1", "indicator 'a'")),
        (two([1, 1], [3, 4]), Structure(POSTS, "zscore"), ("indicator 'a'",)),
        (two([0, 1], [3, 4]), Structure(replace(POSTS, aggregation="geometric")), ("part 'a', unit 'u0'", "floor")),
        (two([], []), Structure(POSTS), ("no units",)),
        (
            two([-1], [1]),
            Structure(Group("all", (Indicator("a", transform="log", low=1, high=2, clip="none"),))),
            ("ln of -1", "'a'"),
        ),
    ],
)
def test_a_bad_table_is_told_by_name(table: pd.DataFrame, shape: Structure, told: tuple[str, ...]) -> None:
    with pytest.raises(DatasetError) as caught:
        compute(table, shape)
    for words in told:
        assert words in str(caught.value)


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: Structure(Group("all", (Indicator("a", low=5, high=5),))), "not below high"),
        (lambda: Structure(Group("all", (Indicator("a"),))), "goalposts are missing"),
        (lambda: Structure(Group("all", (Indicator("a"), Indicator("a"))), "minmax"), "used twice"),
        (lambda: Structure(Group("all", (Indicator("a", weight=-1), Indicator("b", weight=2))), "minmax"), "weight -1"),
        (lambda: Structure(Group("all", (Indicator("a", weight=0),)), "minmax"), "no part carries weight"),
        (lambda: Structure(Group("all", (Indicator("a", transform="log", low=0, high=1),))), "does not exist"),
        (lambda: structure_of({"index": {"agregation": "geometric"}}), "did you mean 'aggregation'"),
        (lambda: structure_of({"item": {"a": {"parent": "grop"}}, "group": {"group": {}}}), "did you mean 'group'"),
        (lambda: structure_of({"item": {"a": {"transform": "lg"}}}), "did you mean 'log'"),
        (lambda: structure_of({"items": {}}), "did you mean 'item'"),
    ],
)
def test_a_bad_structure_is_told_before_any_figure(make: Any, told: str) -> None:
    with pytest.raises(RecordError, match=told):
        make()


def test_a_structure_written_as_a_dict() -> None:
    tables = {
        "index": {"aggregation": "geometric", "scale_low": 0, "scale_high": 1},
        "group": {"education": {}},
        "item": {
            "le": {"low": 20, "high": 85},
            "eys": {"parent": "education", "low": 0, "high": 18},
            "mys": {"parent": "education", "low": 0, "high": 15},
            "gnipc": {"low": 100, "high": 75000, "transform": "log"},
        },
    }
    table = pd.read_csv(Path(__file__).with_name("hdi.csv"), comment="#", index_col="iso3")
    assert np.allclose(compute(table, tables).index, compute(table, HDI).index)


# Laws ------------------------------------------------------------------------------------------------------------

LEAVES = tuple("abcdef")


@st.composite
def shapes(draw_from: Any, scale: tuple[float, float] = (1.0, 100.0)) -> Structure:
    """A tree of three levels over six indicators, any means, any weights."""
    means = st.sampled_from(["arithmetic", "geometric", "harmonic"])
    weight = st.floats(0.1, 10)

    def leaf(name: str) -> Indicator:
        return Indicator(name, low=0, high=10, weight=draw_from(weight), direction=draw_from(st.sampled_from([1, -1])))

    a, b, c, d, e, f = (leaf(name) for name in LEAVES)
    inner = Group("inner", (a, b), draw_from(weight), draw_from(means))
    outer = Group("outer", (inner, c), draw_from(weight), draw_from(means))
    other = Group("other", (d, e), draw_from(weight), draw_from(means))
    return Structure(Group("root", (outer, other, f), 1.0, draw_from(means)), scale=scale)


cells = st.one_of(st.floats(0, 10), st.just(float("nan")))
tables = st.lists(st.lists(cells, min_size=6, max_size=6), min_size=2, max_size=6).map(
    lambda rows: pd.DataFrame(rows, columns=list(LEAVES), dtype=float)
)


@given(shapes(), tables)
def test_contributions_sum_exactly_down_any_tree(shape: Structure, table: pd.DataFrame) -> None:
    result = compute(table, shape)
    known = [unit for unit in table.index if result.index.notna()[unit]]
    if len(known) < 2:
        return
    for base in (reference(result, known), result.scores.loc[known[0]]):
        parts = contributions(result, known[-1], base)
        assert parts.loc["root", "contribution"] == pytest.approx(result.index[known[-1]] - base["root"], abs=1e-9)
        for group in shape.groups():
            below = parts[parts["parent"] == group.id]["contribution"].sum()
            assert below == pytest.approx(parts.loc[group.id, "contribution"], abs=1e-7)


@given(shapes(), tables, st.floats(0.01, 100))
def test_rescaling_weights_changes_nothing(shape: Structure, table: pd.DataFrame, factor: float) -> None:
    result = compute(table, shape)
    again = reweigh(result, {node.id: node.weight * factor for node in shape.nodes()})
    assert np.allclose(result.scores, again.scores, equal_nan=True)


@given(shapes(), tables, st.sampled_from(LEAVES), st.floats(0, 10))
def test_a_better_figure_never_lowers_the_index(shape: Structure, table: pd.DataFrame, name: str, step: float) -> None:
    direction = next(item.direction for item in shape.indicators() if item.id == name)
    better = table.assign(**{name: (table[name] + direction * step).clip(0, 10)})
    before, after = compute(table, shape).index, compute(better, shape).index
    assert (after.dropna() >= before.dropna() - 1e-9).all()


@settings(max_examples=settings.default.max_examples // 2)
@given(shapes(), tables)
def test_an_index_lies_between_its_smallest_and_largest_part(shape: Structure, table: pd.DataFrame) -> None:
    result = compute(table, shape)
    known = result.index.notna()
    assert (result.index[known] >= result.normalised[known].min(axis=1) - 1e-9).all()
    assert (result.index[known] <= result.normalised[known].max(axis=1) + 1e-9).all()


def test_an_arithmetic_part_by_hand() -> None:
    # Index 65 against 40: a adds (40 - 40) / 2 = 0, b adds (90 - 40) / 2 = 25.
    result = compute(two([4, 4], [9, 4]), Structure(POSTS))
    parts = contributions(result, "u0", result.scores.loc["u1"])
    assert list(parts.loc[["a", "b"], "contribution"]) == pytest.approx([0, 25])


def test_a_geometric_part_by_hand() -> None:
    # 80 and 20 against 40 and 40 make 40 and 40: ln 2 and -ln 2 share nothing; each 1/2 ln 2 x 40.
    result = compute(two([8, 4], [2, 4]), Structure(replace(POSTS, aggregation="geometric")))
    parts = contributions(result, "u0", result.scores.loc["u1"])
    assert list(parts.loc[["a", "b"], "contribution"]) == pytest.approx([20 * np.log(2), -20 * np.log(2)])


def test_a_group_without_a_score_stands_for_its_parent() -> None:
    groups = (
        Group("left", (Indicator("a", low=0, high=10), Indicator("b", low=0, high=10)), present=1.0),
        Group("right", (Indicator("c", low=0, high=10),)),
    )
    table = pd.DataFrame({"a": [9.0, 5.0], "b": [np.nan, 5.0], "c": [7.0, 5.0]})
    result = compute(table, Structure(Group("all", groups)))
    parts = contributions(result, 0, result.scores.loc[1])
    assert bool(parts.loc["left", "estimated"])
    assert bool(parts.loc["a", "estimated"]), "a figure in a group that is not scored says nothing"
    assert parts.loc[["left", "right"], "contribution"].sum() == pytest.approx(20)


# Draws -----------------------------------------------------------------------------------------------------------


def towns(count: int = 40) -> pd.DataFrame:
    rng = np.random.default_rng(7)
    table = pd.DataFrame(rng.uniform(0, 10, (count, 6)), columns=list(LEAVES))
    table.iloc[3, 2] = np.nan
    table["kind"] = rng.choice(["x", "y"], count)
    return table


def drawn_shape() -> Structure:
    left = Group("left", tuple(Indicator(name, low=0, high=10) for name in "abc"))
    right = Group("right", tuple(Indicator(name, low=0, high=10) for name in "def"))
    return Structure(Group("root", (left, right), aggregation="geometric"), scale=(1, 100), group="kind")


def test_the_same_seed_gives_the_same_draws() -> None:
    result = compute(towns(), drawn_shape())
    first, again = draw(result, Draws(50, 3)), draw(result, Draws(50, 3))
    assert np.array_equal(first.draws, again.draws)
    assert not np.array_equal(first.draws, draw(result, Draws(50, 4)).draws)


def test_draws_without_any_doubt_are_the_index() -> None:
    table = towns().drop(index=3).reset_index(drop=True)
    result = compute(table, drawn_shape())
    same = draw(result, Draws(20, 1, 0.0, ("goalposts",), ("geometric",)))
    assert np.allclose(same.draws, result.index.to_numpy())
    assert np.array_equal(same.ranks[0], result.rank)


def test_a_missing_cell_is_drawn_from_its_own_class() -> None:
    table = pd.DataFrame({"a": [2.0, 4.0, 9.0, np.nan], "b": [5.0] * 4, "kind": ["x", "x", "y", "x"]})
    shape = Structure(POSTS, group="kind")
    only = draw(compute(table, shape), Draws(400, 1, 0.0, ("goalposts",), ("arithmetic",)))
    assert set(np.unique(only.draws[:, 3].round(6))) == {35.0, 45.0}, "2 or 4 with 5, never 9"


def test_a_unit_without_an_index_is_not_ranked_in_any_draw() -> None:
    table = two([4, np.nan, 2], [4, 5, 2])
    result = compute(table, Structure(POSTS, present=1.0))
    drawn = draw(result, Draws(30, 1, 0.2, ("goalposts",), ("arithmetic",)))
    assert np.isnan(drawn.ranks[:, 1]).all()
    assert set(np.unique(drawn.ranks[:, [0, 2]])) == {1.0, 2.0}


def test_indicators_that_tell_nothing_apart_keep_their_scale() -> None:
    result = compute(two([3, 3, 3], [1, 5, 9]), Structure(POSTS, scale=(1, 100)))
    assert np.isfinite(draw(result, Draws(60, 2)).draws).all()


def test_ties_share_the_smaller_rank() -> None:
    assert rank_draws(np.array([[5.0, 7.0, 5.0, np.nan]])).tolist()[0][:3] == [2, 1, 2]
    assert compute(two([5, 7, 5], [5, 7, 5]), Structure(POSTS)).rank.tolist() == [2, 1, 2]


def test_the_interval_holds_the_middle_of_the_draws() -> None:
    ranks = np.arange(1.0, 102.0)[:, None]  # 101 draws: ranks 1 to 101
    low, high = rank_interval(ranks, 0.9)
    assert (low[0], high[0]) == (6, 96), "5 draws lie below, 5 above"


def test_ranks_within_a_class() -> None:
    table = two([9, 5, 7, 1], [9, 5, 7, 1], kind=["x", "x", "y", "y"])
    assert compute(table, Structure(POSTS, group="kind")).rank_in_group.tolist() == [1, 2, 1, 2]
