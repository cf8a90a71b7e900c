"""Figures as people read them, and back."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.errors import CockpitError
from cockpit.units import (
    WRITTEN_UNITS,
    Figure,
    Period,
    Scale,
    column_scale,
    figure,
    minus,
    percent,
    places,
    reaches,
    short_of_all,
    significant,
    to_base,
)
from cockpit.vocabulary import Text


@pytest.mark.parametrize(
    ("share", "told"),
    [(0.9996, "99.9%"), (0.99949, "99.9%"), (1.0, "100.0%"), (1.0004, "100.0%"), (0.5, "50.0%"), (None, "—")],
)
def test_what_falls_short_of_a_target_never_reads_a_hundred(share: float | None, told: str) -> None:
    assert percent(short_of_all(share)) == told


@pytest.mark.parametrize(
    ("value", "unit", "base"),
    [
        (1.98, "万亿元", 1.98e12),
        (1291.5, "亿元", 1291.5e8),
        (77.9, "万元/亩", 779000.0),
        (70, "%", 0.7),
        (193.2, "万人", 1932000.0),
        (5, "平方公里", 5.0),
    ],
)
def test_written_units_become_base_units_exactly(value: float, unit: str, base: float) -> None:
    assert to_base(value, unit)[0] == base


def test_an_unknown_unit_is_answered_with_a_suggestion() -> None:
    with pytest.raises(CockpitError, match="did you mean"):
        to_base(1, "平方公理")


@pytest.mark.parametrize(
    ("value", "unit", "zh", "en"),
    [
        (1.98e12, "yuan", "1.98 万亿元", "1.98 trillion yuan"),
        (1291.5e8, "yuan", "1291.5 亿元", "129.15 billion yuan"),
        (9.35e6, "yuan", "935 万元", "9.35 million yuan"),
        (-8.2e10, "yuan", "−820 亿元", "−82 billion yuan"),
        (0.0, "yuan", "0 元", "0 yuan"),
        (0.759, "share", "75.9%", "75.9%"),
        (779000.0, "yuan_per_mu", "77.9 万元/亩", "779 thousand yuan/mu"),
        (3.5, "km2", "3.5 平方公里", "3.5 km²"),
        (None, "yuan", "—", "—"),
    ],
)
def test_figures_read_as_people_say_them(value: float | None, unit: str, zh: str, en: str) -> None:
    assert str(figure(value, unit, "zh", digits=5)) == zh
    assert str(figure(value, unit, "en", digits=5)) == en


def test_counts_carry_their_measure_word_and_english_commas() -> None:
    firms = Text("家", "firms")
    assert str(figure(3188, "count", "zh", counter=firms)) == "3188 家"
    assert str(figure(3188, "count", "en", counter=firms)) == "3,188 firms"
    assert str(figure(1932000, "count", "zh", counter=Text("人", "people"))) == "193.2 万人"


def test_a_forced_step_sets_value_and_target_in_one_unit() -> None:
    assert str(figure(8741.9e8, "yuan", "zh", scale=1e12)) == "0.8742 万亿元"


def test_an_unknown_base_unit_is_an_error() -> None:
    with pytest.raises(CockpitError, match="unknown base unit"):
        figure(1, "parsec", "zh")


def test_percent_has_a_real_minus_and_none_is_a_dash() -> None:
    assert percent(-0.0129, signed=True) == "−1.3%"
    assert percent(0.967) == "96.7%"
    assert percent(None) == "—"
    assert minus("-5") == "−5"


@given(st.floats(min_value=1e-3, max_value=1e15), st.integers(min_value=2, max_value=6))
def test_significant_digits_stay_within_half_a_step(value: float, digits: int) -> None:
    # Numbers with more digits before the point than asked for keep them all: 1234567 is never cut to 1235000.
    shown = float(significant(value, digits))
    assert abs(shown - value) <= max(value * 0.5 * 10 ** (1 - digits), 0.5) * 1.0001


@given(st.sampled_from(sorted(WRITTEN_UNITS)), st.floats(min_value=0.01, max_value=1e6))
def test_to_base_keeps_twelve_digits(unit: str, value: float) -> None:
    assert to_base(value, unit)[0] == pytest.approx(value * WRITTEN_UNITS[unit][1], rel=1e-11)


@pytest.mark.parametrize(
    ("text", "zh", "en", "end"),
    [
        ("2025", "2025年全年", "Full year 2025", date(2025, 12, 31)),
        ("2026-09", "2026年1–9月", "Jan–Sep 2026", date(2026, 9, 30)),
        ("2024-02", "2024年1–2月", "Jan–Feb 2024", date(2024, 2, 29)),
    ],
)
def test_periods(text: str, zh: str, en: str, end: date) -> None:
    period = Period.parse(text)
    assert (period.say("zh"), period.say("en"), period.last_day(), str(period)) == (zh, en, end, text)


@pytest.mark.parametrize("text", ["2025年", "2025-13", "25", "", "2025-9", "2026-Q3"])
def test_what_is_not_a_period_is_refused(text: str) -> None:
    with pytest.raises(CockpitError, match="write 2025 or 2026-09"):
        Period.parse(text)


@given(st.integers(1990, 2100), st.integers(1, 12))
def test_a_period_survives_writing_and_reading(year: int, month: int) -> None:
    period = Period(year, month)
    assert Period.parse(str(period)) == period
    assert period.year_before().last_day().year == year - 1


@given(st.integers(1, 100), st.integers(1, 4000), st.sampled_from([1.0, 0.1, 0.3, 1e8, 1 / 3]))
@pytest.mark.long
def test_k_of_n_reaches_its_own_share_however_it_is_measured(percent_: int, size: int, unit: float) -> None:
    limit = to_base(percent_, "%")[0]
    part, whole = percent_ * size * unit, 100 * size * unit
    assert reaches(part / whole, limit)
    assert reaches(limit, part / whole)
    assert not reaches((part - unit * size / 1000) / whole, limit)


def test_a_share_of_land_at_its_limit_is_at_its_limit() -> None:
    assert 0.1 + 0.2 > 0.3, "binary noise is there"
    assert reaches(0.3, 0.1 + 0.2)
    assert reaches(0.3 - 1e-16, 0.3)
    assert reaches(2 / 3, 0.6666666666)
    assert not reaches(0.2999, 0.3)
    assert not reaches(117 / 131, 0.9)
    assert reaches(117 / 130, 0.9)


@given(st.floats(-1e13, 1e13), st.sampled_from(["yuan", "count", "share", "mu"]), st.sampled_from(["zh", "en"]))
def test_a_figure_knows_what_its_number_was_made_from(value: float, unit: str, language: str) -> None:
    shown = figure(value, unit, language, counter=Text("家", "firms"))  # type: ignore[arg-type]
    number = float(shown.number.replace(",", "").replace("−", "-"))
    assert shown.value == value
    assert shown.shown is not None
    assert abs(shown.shown - number) <= 0.5000001 * 10.0**-shown.decimals
    assert shown.number not in ("-0", "−0"), "no zero has a sign"


@given(st.floats(1e-9, 1e13), st.integers(1, 6))
def test_a_significant_number_has_no_exponent_and_no_trailing_zero(value: float, digits: int) -> None:
    text = significant(value, digits)
    assert "e" not in text
    assert not text.endswith(".")
    assert "." not in text or not text.endswith("0")
    assert len(text.partition(".")[2]) == places(value, digits)


def test_a_scale_sets_a_whole_column_in_one_unit_with_the_decimals_its_largest_leaves() -> None:
    scale = Scale(1e12, "万亿元").fixed([6.93e11, 8.742e11, 1.072e12, 1.98e12, None], 4)
    assert [scale.figure(value).number for value in (6.93e11, 1.98e12, None)] == ["0.693", "1.980", "—"]
    assert Scale().fixed([4527.4, 12.25], 4).decimals == 0
    assert Scale().fixed([80.0, 90.0], 4).decimals == 0, "no more than one of them has"


def test_where_space_is_short_units_are_short() -> None:
    assert figure(8.2e11, "yuan", "en").short("en") == "820 bn yuan"
    assert figure(8.2e11, "yuan", "zh").short("zh") == "8200亿元"
    assert figure(0.301, "share", "en").short("en") == figure(0.301, "share", "en").bare == "30.1%"
    assert Figure(None).short("en") == "—"


def test_a_ranking_has_one_unit_and_one_number_of_decimals() -> None:
    values = [1.104e12, 2.779e11, 1.863e10]
    scale = column_scale(values, "yuan", "zh")
    assert [str(scale.figure(value)) for value in values] == ["11,040 亿元", "2,779 亿元", "186 亿元"]
    counts = column_scale([3.9, 57.4], "count", "zh", counter=Text("家", "firms"))
    assert str(counts.figure(57.4)) == "57 家", "nobody counts in fractions"


@pytest.mark.parametrize(
    ("value", "unit", "scale", "en", "zh"),
    [
        (3.409e9, "yuan", 1e6, "3,409 million yuan", "34.09 亿元"),
        (3357.0, "mu", None, "3,357 mu", "3357 亩"),
        (14410.0, "mu", None, "14,410 mu", "14,410 亩"),
        (4127.0, "count", None, "4,127", "4127"),
    ],
)
def test_english_groups_four_digits_in_every_unit_and_chinese_five(
    value: float, unit: str, scale: float | None, en: str, zh: str
) -> None:
    assert str(figure(value, unit, "en", scale=scale)) == en
    assert str(figure(value, unit, "zh")) == zh


@pytest.mark.parametrize("value", [5e3, 7.79e5, 4.52e6, 3e9])
def test_money_per_mu_has_one_unit_whatever_its_size(value: float) -> None:
    assert figure(value, "yuan_per_mu", "zh").unit == "万元/亩"
    assert figure(value, "yuan_per_mu", "en").unit == "thousand yuan/mu"


def test_published_figures_on_one_axis_claim_no_digits_they_were_not_published_with() -> None:
    values = [6.93e11, 8.7419e11, 1.98e12]
    scale = Scale(1e12, "万亿元").coarsest(values, 5)
    assert [scale.figure(value).number for value in values] == ["0.69", "0.87", "1.98"]
