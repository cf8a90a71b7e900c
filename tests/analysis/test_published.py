"""Published figures: like for like or context, and no line over a change of scope."""

from __future__ import annotations

import pytest

from cockpit.analysis.published import pick, read_series, trend
from cockpit.datasets.store.loading import load
from cockpit.units import Period

PUBLISHED = load("public").table("published")


def test_2022_output_is_like_for_like_and_2017_is_context() -> None:
    series = read_series(PUBLISHED, "total_output_yuan")
    found, context = pick(series, is_stock=False, period=Period(2022))
    assert found is not None
    assert (found.value, context) == (1.98e12, None)
    found, context = pick(series, is_stock=False, period=Period(2017))
    assert found is None
    assert context is not None
    assert context.scope_written == "省级创建小镇"


def test_the_share_of_all_towns_is_context_for_the_creating_towns_target() -> None:
    found, context = pick(read_series(PUBLISHED, "specialty_investment_share"), is_stock=False, period=Period(2022))
    assert found is None
    assert context is not None
    assert context.value == pytest.approx(0.759)


def test_a_count_may_date_from_before_the_period() -> None:
    found, _ = pick(read_series(PUBLISHED, "named_town_count"), is_stock=True, period=Period(2022))
    assert found is not None
    assert (found.value, str(found.period), str(found.provenance)) == (60, "2021-11", "derived")


def test_every_change_of_the_set_of_towns_breaks_the_line() -> None:
    points = trend(read_series(PUBLISHED, "total_output_yuan"))
    assert [str(point.period) for point in points] == ["2017", "2018", "2022"]
    assert [point.breaks for point in points] == [False, True, True]


def test_named_counts_are_one_unbroken_series() -> None:
    points = trend(read_series(PUBLISHED, "named_town_count"))
    assert not any(point.breaks for point in points)
