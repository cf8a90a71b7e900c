"""Star rating: levels, caps, stability; no quota, and nothing missing counts as kept."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.analysis.star_rating import Rating, Standing, rate, stand, stars_of
from cockpit.policy.list_records import Signal
from cockpit.policy.register import load

RULES = tuple(load().stars.values())
LEVELS = [rule for rule in RULES if rule.kind == "level"]
KEPT: dict[Signal, float | None] = {
    "specialty_output_share": 0.8,
    "green_cover_share": 0.4,
    "plan_cover_count": 1,
    "line_breach_count": 0,
    "estate_breach_count": 0,
    "area_km2": 3.0,
    "residential_share": 0.1,
}
STEADY = 0.8
NONE = np.array([])


def standing(index: float, draws: np.ndarray = NONE, before: Standing | None = None, year: int = 2025) -> Standing:
    return stand(year, index, draws, LEVELS, STEADY, before)


def of(index: float, changes: dict[Signal, float | None] | None = None) -> Rating:
    return rate(None if np.isnan(index) else standing(index), {**KEPT, **(changes or {})}, RULES)


def around(index: float, share: float, other: float) -> np.ndarray:
    """100 draws, the share of them at `index`, the rest at `other`."""
    return np.array([index] * round(100 * share) + [other] * (100 - round(100 * share)))


def test_levels_hold_their_border() -> None:
    index = np.array([100, 80, 79.99, 65, 64.9, 50, 49, 35, 34, 0, np.nan])
    assert stars_of(index, LEVELS).tolist() == [5, 5, 4, 4, 3, 3, 2, 2, 1, 1, 0]


def test_no_quota_is_forced() -> None:
    assert {of(90.0).stars for _ in range(50)} == {5}


@pytest.mark.parametrize(
    ("changes", "stars", "is_listed"),
    [
        ({"specialty_output_share": 0.699}, 3, False),
        ({"green_cover_share": 0.299}, 4, False),
        ({"plan_cover_count": 0}, 3, False),
        ({"line_breach_count": 1}, 1, True),
        ({"estate_breach_count": 1}, 1, True),
        ({"area_km2": 7.0, "residential_share": 0.4}, 5, False),
        ({"green_cover_share": 0.2, "plan_cover_count": 0}, 3, False),
    ],
)
def test_caps_and_elimination(changes: dict[Signal, float | None], stars: int, is_listed: bool) -> None:
    found = of(88.0, changes)
    assert found.base == 5
    assert found.stars == stars
    assert found.is_for_elimination is is_listed
    assert found.is_capped is (stars < 5)


def test_every_cap_cites_a_clause() -> None:
    assert all(rule.clause and rule.quote for rule in RULES if rule.kind == "cap")


def test_without_an_index_there_is_no_star_but_a_breach_is_still_listed() -> None:
    found = of(np.nan, {"line_breach_count": 1})
    assert found.stars is None
    assert found.is_for_elimination


def test_a_missing_figure_leaves_the_stars_open_downwards() -> None:
    found = of(88.0, {"green_cover_share": None, "plan_cover_count": None})
    assert (found.stars, found.lowest, found.highest) == (None, 3, 5)
    low = of(40.0, {"green_cover_share": None})
    assert low.stars == 2, "a cap of four stars cannot touch two"


def test_a_first_rating_shows_how_many_draws_agree() -> None:
    found = standing(66.0, around(66.0, 0.7, 64.0))
    assert (found.nominal, found.stars) == (4, 4)
    assert found.stability == pytest.approx(0.7)


def test_a_star_changes_only_when_four_of_five_draws_lie_on_the_new_side() -> None:
    three, four = standing(60.0), standing(70.0)
    held = standing(66.0, around(66.0, 0.79, 64.0), three)
    assert (held.nominal, held.stars) == (4, 3)
    assert held.stability == pytest.approx(0.79)
    assert rate(held, KEPT, RULES).kept == 3
    changed = standing(66.0, around(66.0, 0.8, 64.0), three)
    assert (changed.stars, rate(changed, KEPT, RULES).kept) == (4, None)
    assert standing(64.0, around(64.0, 0.5, 66.0), four).stars == 4
    assert standing(64.0, around(64.0, 0.8, 66.0), four).stars == 3


def test_a_star_moves_as_far_as_the_draws_agree() -> None:
    two = standing(40.0)
    # Two steps up by the index: all draws give three stars or more, 60 of 100 give four.
    assert standing(66.0, around(66.0, 0.6, 64.0), two).stars == 3
    five = standing(85.0)
    assert standing(64.0, around(64.0, 0.6, 66.0), five).stars == 4


def test_the_shown_rating_is_carried_and_not_the_nominal_one() -> None:
    # 2023 35.38 gives two stars; 2024 34.16 is one by the index, not stably: two stay; 2025 35.03 is two again.
    first = standing(35.38, around(35.4, 0.6, 34.0), year=2023)
    second = standing(34.16, around(34.2, 0.7, 35.5), first, year=2024)
    third = standing(35.03, around(35.1, 0.28, 34.9), second, year=2025)
    assert [item.nominal for item in (first, second, third)] == [2, 1, 2]
    assert [item.stars for item in (first, second, third)] == [2, 2, 2]


def test_a_star_that_was_held_does_not_fall_later_while_the_index_rises() -> None:
    held = standing(34.0, around(34.0, 0.7, 36.0), standing(36.0), year=2024)
    assert held.stars == 2
    assert standing(34.5, around(34.5, 0.9, 36.0), held).stars == 2, "more draws agree now, but the index rose"
    assert standing(33.9, around(33.9, 0.9, 36.0), held).stars == 1


_INDEX = st.floats(1, 100)
_YEARS = st.lists(st.tuples(_INDEX, st.lists(_INDEX, min_size=1, max_size=20)), min_size=2, max_size=6)


@given(_YEARS)
def test_no_star_falls_while_the_index_rises_and_none_rises_while_it_falls(
    years: list[tuple[float, list[float]]],
) -> None:
    before = None
    for number, (index, draws) in enumerate(years):
        now = standing(index, np.array(draws), before, 2020 + number)
        if before is not None:
            assert (now.stars - before.stars) * (now.index - before.index) >= 0
        before = now


@given(_INDEX, _INDEX, st.lists(st.tuples(_INDEX, st.floats(0, 20)), min_size=1, max_size=20), st.floats(0, 20))
def test_a_lower_index_with_lower_draws_never_has_the_higher_star(
    earlier: float, index: float, draws: list[tuple[float, float]], less: float
) -> None:
    before = standing(earlier)
    high = standing(index, np.array([value for value, _ in draws]), before)
    lower = np.array([max(value - step, 1.0) for value, step in draws])
    assert standing(max(index - less, 1.0), lower, before).stars <= high.stars


def test_a_cap_needs_no_draws_and_comes_off_with_its_cause() -> None:
    four = standing(66.0, around(66.0, 1.0, 66.0), standing(70.0))
    found = rate(four, {**KEPT, "line_breach_count": 1}, RULES)
    assert (found.stars, found.kept, found.is_capped) == (1, None, True)
    assert rate(four, KEPT, RULES).stars == 4


@given(
    st.floats(0, 100),
    st.floats(0, 100),
    st.sets(st.sampled_from(["specialty_output_share", "green_cover_share", "plan_cover_count", "line_breach_count"])),
)
def test_a_higher_index_never_costs_a_star_and_a_breach_never_gives_one(
    first: float, second: float, broken: set[Signal]
) -> None:
    bad: dict[Signal, float | None] = {
        "specialty_output_share": 0.1,
        "green_cover_share": 0.1,
        "plan_cover_count": 0,
        "line_breach_count": 3,
    }
    changes = {signal: bad[signal] for signal in broken}
    low, high = sorted((first, second))
    assert (of(low, changes).stars or 0) <= (of(high, changes).stars or 0)
    assert (of(high, changes).stars or 0) <= (of(high).stars or 0)
