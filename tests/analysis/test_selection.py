"""Filters in the URL: codes in, the same selection out, junk set aside and named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.analysis.selection import (
    PARAMETERS,
    Choices,
    Junk,
    Selection,
    read_parameters,
    select_towns,
    write_parameters,
)
from cockpit.datasets.store.loading import load
from cockpit.rights import ALL
from tests.analysis.small import TOWNS

CHOICES = Choices(
    periods=("2025", "2024"), default_period="2025", counties=("330106", "330110"), industries=("温泉", "私募")
)


def codes(selection: Selection) -> list[str]:
    return TOWNS["town_code"][select_towns(TOWNS, selection)].tolist()


def test_no_parameters_mean_everything_in_the_default_period() -> None:
    selection, junk = read_parameters({}, CHOICES, scope=ALL)
    assert selection == Selection("2025", scope=ALL)
    assert not selection.is_filtered
    assert junk == ()
    assert codes(selection) == ["A", "B", "C", "D", "E"]


def test_filters_narrow_together() -> None:
    selection, _ = read_parameters({"prefecture": ["330100", "330200"], "class": ["finance"]}, CHOICES, scope=ALL)
    assert codes(selection) == ["A", "C"]


@pytest.mark.parametrize("typed", ["DM-330102-A-8", "dm330102a8", "ＤＭ 330102 A", "DM-330102"])
def test_search_finds_the_code_that_is_printed(typed: str) -> None:
    towns = load("demo").towns
    found = towns.loc[select_towns(towns, Selection("2025", search=typed, scope=ALL)), "town_code"].astype("str")
    assert "D330102A" in set(found)
    assert all(code.startswith("D330102") for code in found)


def test_search_finds_names_aliases_codes_and_industries_in_any_case() -> None:
    assert codes(Selection("2025", search="旧乙", scope=ALL)) == ["B"]
    assert codes(Selection("2025", search="bING", scope=ALL)) == ["C"]
    assert codes(Selection("2025", search="青瓷", scope=ALL)) == ["E"]
    assert codes(Selection("2025", search=".*", scope=ALL)) == []


def test_mountain_counties_only_or_without() -> None:
    assert codes(Selection("2025", mountain=True, scope=ALL)) == ["E"]
    assert codes(Selection("2025", mountain=False, scope=ALL)) == ["A", "B", "C", "D"]


def test_unknown_values_are_left_out_and_reported() -> None:
    selection, junk = read_parameters(
        {"class": ["finance", "金融"], "period": ["1999"], "mountain": ["maybe"]}, CHOICES, scope=ALL
    )
    assert selection == Selection("2025", classes=("finance",), scope=ALL)
    assert set(junk) == {Junk("class", "金融"), Junk("period", "1999"), Junk("mountain", "maybe")}


def test_the_order_of_the_choice_does_not_matter() -> None:
    one, _ = read_parameters({"class": ["finance", "tourism"]}, CHOICES, scope=ALL)
    other, _ = read_parameters({"class": ["tourism", "finance"]}, CHOICES, scope=ALL)
    assert one == other
    assert hash(one) == hash(other)


some = st.text(max_size=80)


@given(st.dictionaries(st.sampled_from([*PARAMETERS, "period", "mountain", "q", "zzz"]), st.lists(some, max_size=4)))
def test_any_junk_gives_a_selection_and_never_an_exception(parameters: dict[str, list[str]]) -> None:
    selection, _ = read_parameters(parameters, CHOICES, scope=ALL)
    select_towns(TOWNS, selection)
    again, junk = read_parameters(write_parameters(selection, CHOICES), CHOICES, scope=ALL)
    assert again == selection
    assert junk == ()
