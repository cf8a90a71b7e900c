"""One target in depth on the shipped data and on the small province: sums, standpoints, honest silences."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from cockpit.analysis.briefing.parts import BYS, WHATS, Parts
from cockpit.analysis.briefing.targets import forecast_from, read_rules, since_period
from cockpit.analysis.measures import Cube, measure
from cockpit.analysis.selection import Selection
from cockpit.briefings import open_desk, target_depth, target_parts
from cockpit.policy.register import load
from cockpit.rights import ALL
from cockpit.vocabulary import PREFECTURES, Status
from tests.analysis.small import REGISTER, close
from tests.analysis.small import cube as small_cube

pytestmark = pytest.mark.many

DAY = date(2026, 11, 23)
DEMO, PUBLIC = open_desk("demo"), open_desk("public")
TARGETS = list(DEMO.register.targets)


def parts_of(target: str, what: str, by: str, selection: Selection) -> Parts | str:
    return target_parts(DEMO, selection, DAY, target, what, by)  # type: ignore[arg-type]


@pytest.mark.parametrize("by", BYS)
@pytest.mark.parametrize("what", WHATS)
@pytest.mark.parametrize("target", TARGETS)
def test_bars_and_table_sum_exactly_to_the_headline(target: str, what: str, by: str) -> None:
    for selection in (
        Selection("2025", scope=ALL),
        Selection("2023", scope=ALL),
        Selection("2025", classes=("finance", "tourism"), scope=ALL),
    ):
        found = parts_of(target, what, by, selection)
        if isinstance(found, str):
            assert found in ("no_returns", "out_of_scope")
            continue
        near = pytest.approx(found.total, rel=1e-9, abs=1e-9)
        assert sum(bar.value for bar in found.bars) == near
        assert found.table["value"].sum() == near
        assert found.end - found.start == near
        if what == "change":
            assert found.table[["same", "entrant", "exit", "reporting"]].sum().sum() == near


@pytest.mark.parametrize("target", TARGETS)
def test_the_ends_of_the_waterfall_are_the_figures_of_the_cards(target: str) -> None:
    card = target_depth(DEMO, Selection("2025", scope=ALL), DAY, target).card
    scope = card.target.scope
    level, change, gap = (parts_of(target, what, "prefecture", Selection("2025", scope=ALL)) for what in WHATS)
    assert isinstance(level, Parts)
    assert isinstance(change, Parts)
    assert isinstance(gap, Parts)
    assert level.total == pytest.approx(card.value)
    assert change.start == pytest.approx(measure(DEMO.cube, card.indicator, "2022", scope).value)
    assert change.end == pytest.approx(card.value)
    assert (gap.start, gap.end) == (pytest.approx(card.target.base_value), pytest.approx(card.value))


@pytest.mark.parametrize("what", WHATS)
def test_the_prefectures_selected_one_by_one_add_up_to_the_province(what: str) -> None:
    for target in ("total_output_2025", "specialty_output_share_2025"):
        whole = parts_of(target, what, "town", Selection("2025", scope=ALL))
        assert isinstance(whole, Parts)
        totals = [
            found.total
            for code in PREFECTURES
            if isinstance(
                found := parts_of(target, what, "town", Selection("2025", prefectures=(code,), scope=ALL)), Parts
            )
        ]
        assert sum(totals) == pytest.approx(whole.total)


def test_silent_towns_are_named_and_in_no_bar() -> None:
    found = parts_of("total_output_2025", "level", "town", Selection("2025", scope=ALL))
    assert isinstance(found, Parts)
    assert len(found.silent) == found.card.expected - found.card.reported > 0
    rows = found.table.set_index("key").loc[list(found.silent), "value"]
    assert np.isnan(rows.to_numpy(dtype=float)).all()


@pytest.mark.parametrize("target", TARGETS)
def test_the_change_by_movement_is_the_change(target: str) -> None:
    change = target_depth(DEMO, Selection("2025", scope=ALL), DAY, target).change
    assert change is not None
    assert change.since == "2022"
    assert sum(share.value for share in change.shares) == pytest.approx(change.end - change.start)


def test_the_pace_of_the_page_is_the_pace_of_the_card() -> None:
    for target in TARGETS:
        depth = target_depth(DEMO, Selection("2024", scope=ALL), DAY, target)
        assert depth.anchor is depth.card
        assert depth.pace == depth.card.attainment.pace


def test_an_earlier_standpoint_knows_nothing_later() -> None:
    cube = DEMO.cube
    cut = sum(len(period) == 4 and period <= "2024" for period in cube.periods)
    order = [cube.periods.index(str(year)) for year in range(2017, 2025)]
    assert len(order) == cut
    short = replace(
        cube,
        periods=tuple(str(year) for year in range(2017, 2025)),
        values=cube.values[order],
        status=cube.status[order],
    )
    target = DEMO.register.targets["total_output_2025"]
    indicator, rules = DEMO.register.indicator(target.indicator), read_rules(DEMO.register)

    def at(known: Cube) -> object:
        return forecast_from(known, indicator, target, "2024", 0.05, rules)

    assert at(short) == at(cube) == target_depth(DEMO, Selection("2024", scope=ALL), DAY, target.id).forecast


def test_a_closed_year_has_a_verdict_a_look_back_and_no_forecast() -> None:
    depth = target_depth(DEMO, Selection("2025", scope=ALL), DAY, "total_output_2025")
    assert (depth.card.status, depth.forecast.kind, depth.needed) == (Status.MISSED, "none", None)
    assert [look.card.period for look in depth.looks] == ["2022", "2023", "2024"]
    assert depth.looks[-1].forecast.kind == "interval"


def test_within_a_year_the_newest_full_year_carries_the_pace() -> None:
    depth = target_depth(DEMO, Selection("2025-09", scope=ALL), DAY, "total_output_2025")
    assert depth.card.period == "2025-09"
    assert depth.anchor is not None
    assert depth.anchor.period == "2024"
    assert depth.forecast.last == 2024
    late = target_depth(DEMO, Selection("2026-09", scope=ALL), DAY, "total_output_2025")
    assert late.anchor is not None
    assert (late.anchor.period, late.anchor.status, late.forecast.reason) == ("2025", Status.MISSED, "no_time")


def test_the_number_of_named_towns_is_not_projected() -> None:
    assert target_depth(DEMO, Selection("2024", scope=ALL), DAY, "named_towns_2025").forecast.reason == "by_decision"


def test_published_figures_give_the_required_growth_and_no_forecast() -> None:
    depth = target_depth(PUBLIC, Selection("2022", scope=ALL), DAY, "total_output_2025")
    assert depth.needed == pytest.approx(0.081, abs=0.0005)
    assert (depth.forecast.kind, depth.forecast.reason) == ("none", "scopes")
    assert depth.growth == ()
    assert depth.card.status is Status.NO_DATA
    silent = target_depth(PUBLIC, Selection("2022", scope=ALL), DAY, "listed_firms_2025")
    assert (silent.anchor, silent.needed) == (None, None)
    assert target_parts(PUBLIC, Selection("2022", scope=ALL), DAY, "total_output_2025", "gap", "town") == "no_returns"


def test_part_of_a_year_is_compared_with_the_same_months() -> None:
    assert since_period("2026-09", 2022) == "2025-09"
    assert since_period("2025", 2022) == "2022"
    assert since_period("2022", 2022) is None


def test_no_gap_is_split_where_no_target_is_set() -> None:
    assert parts_of("total_output_2025", "gap", "town", Selection("2026-09", scope=ALL)) == "no_target"
    assert parts_of("total_output_2025", "change", "town", Selection("2022", scope=ALL)) == "no_base"


def test_two_years_of_the_small_province_project_nothing() -> None:
    target = REGISTER.targets["total_output_2025"]
    found = forecast_from(small_cube(), REGISTER.indicator(target.indicator), target, "2024", 0.05, read_rules(load()))
    assert (found.kind, found.reason) == ("none", "too_few")


def test_growth_is_that_of_the_same_towns() -> None:
    # Towns 1 and 2 grow by a tenth a year; a third joins in the last year and must not look like growth.
    values = np.full((4, 3, 1), np.nan)
    for year in range(4):
        values[year, :2, 0] = np.array([100.0, 50.0]) * 1.1**year * (1 + 0.01 * (year % 2))
    values[3, 2, 0] = 60.0
    status = np.array([["creating", "creating", ""]] * 3 + [["creating"] * 3])
    cube = Cube(("2021", "2022", "2023", "2024"), ("A", "B", "C"), ("total_output_yuan",), values, status)
    target = REGISTER.targets["total_output_2025"]
    found = forecast_from(cube, REGISTER.indicator(target.indicator), target, "2024", 0.05, read_rules(load()))
    same, whole = 150 * 1.1**3 * 1.01, 150 * 1.1**3 * 1.01 + 60
    assert (found.towns, found.points) == (2, 4)
    assert close(found.share, same / whole)
    assert found.growth == pytest.approx((1.331 * 1.01) ** (1 / 3) - 1)
    assert found.steps[0].middle == pytest.approx(whole)
