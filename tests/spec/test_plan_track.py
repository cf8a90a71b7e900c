"""Every unit's own line: milestones by hand, what is due within a year, verdicts by the targets' own functions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from cockpit.analysis.briefing import areas_of, break_down, lines, milestone, track
from cockpit.analysis.briefing.alerts import Judged, sightings
from cockpit.analysis.briefing.plan_lines import Line
from cockpit.analysis.measures import Cube
from cockpit.analysis.planning.sets import Item
from cockpit.analysis.selection import Selection
from cockpit.briefings import Desk, brief, open_desk, town_lists
from cockpit.briefings.handing import goal_for
from cockpit.policy.records import Target, TargetSet
from cockpit.rights import ALL, PROVINCE
from cockpit.vocabulary import Status

OUTPUT = "total_output_yuan"
YI = 1e8
TARGET = Target(
    id="total_output_2030", set="2030", indicator=OUTPUT, scope="province", sense="at_least", value=33_000.0,
    unit="亿元", due=date(2030, 12, 31), force="headline", origin="proposed", rank="money",
)  # fmt: skip


@pytest.fixture(scope="module")
def desk() -> Desk:
    return open_desk("demo")


def test_milestones_by_hand() -> None:
    assert milestone(100, 200, 2025, 2030, 2027, "linear") == 140
    assert milestone(100, 200, 2025, 2030, 2030, "constant") == pytest.approx(200)
    # 100 grown at the fifth root of 2, twice: 131.95
    assert milestone(100, 200, 2025, 2030, 2027, "constant") == pytest.approx(131.95, abs=0.005)
    assert milestone(0, 200, 2025, 2030, 2027, "constant") == 80  # nothing grows from nothing at a rate


def shares(desk: Desk) -> tuple[dict[str, float], tuple[Line, ...]]:
    towns = desk.dataset.towns
    indicator = desk.register.indicator(OUTPUT)
    found = break_down(desk.cube, towns, indicator, 2030, 33_000 * YI, YI, desk.register.planning)
    by_town = dict(found.shares)
    return by_town, lines(Item(OUTPUT, value=33_000 * YI), found, by_town, towns, areas_of(towns))


def test_within_a_year_the_same_towns_are_held_against_their_season(desk: Desk) -> None:
    by_town, found = shares(desk)
    standing = track(desk.cube, desk.dataset.towns, desk.register.indicator(OUTPUT), TARGET, by_town, found, 2025,
                     "constant", desk.limits)  # fmt: skip
    whole = standing[0]
    cube, codes = desk.cube, np.array(desk.cube.towns)
    told = np.isin(codes, list(by_town)) & ~np.isnan(cube.of(OUTPUT, "2026-09"))
    assert whole.reported == int(told.sum())
    base = float(cube.of(OUTPUT, "2025")[told].sum())
    aim = sum(by_town[code] for code in codes[told])
    both = told & ~np.isnan(cube.of(OUTPUT, "2025-09"))
    season = float(cube.of(OUTPUT, "2025-09")[both].sum() / cube.of(OUTPUT, "2025")[both].sum())
    assert whole.due_now == pytest.approx(base * (aim / base) ** 0.2 * season)
    assert whole.now == pytest.approx(float(cube.of(OUTPUT, "2026-09")[told].sum()))
    assert whole.attainment is None  # no full year is over since the base


def test_too_few_reports_give_no_distance(desk: Desk) -> None:
    by_town, found = shares(desk)
    standing = track(desk.cube, desk.dataset.towns, desk.register.indicator(OUTPUT), TARGET, by_town, found, 2025,
                     "constant", desk.limits)  # fmt: skip
    few = [item for item in standing if item.reported / max(item.line.towns, 1) < desk.limits.coverage]
    assert few
    assert all(item.against is None and item.now is None for item in few)


def test_milestones_of_towns_add_up_on_a_linear_path(desk: Desk) -> None:
    by_town, found = shares(desk)
    standing = track(desk.cube, desk.dataset.towns, desk.register.indicator(OUTPUT), TARGET, by_town, found, 2025,
                     "linear", desk.limits)  # fmt: skip
    for year in range(2026, 2031):
        towns = sum(item.milestones[year] for item in standing if item.line.level == "town")
        assert towns == pytest.approx(standing[0].milestones[year])


def year_later(cube: Cube, growth: float) -> Cube:
    """The cube with one full year more, in which every town grew alike."""
    at = cube.periods.index("2025")
    values = np.concatenate([cube.values, cube.values[at : at + 1] * (1 + growth)])
    status = np.concatenate([cube.status, cube.status[at : at + 1]])
    return replace(cube, periods=(*cube.periods, "2026"), values=values, status=status)


@pytest.mark.parametrize(("growth", "status"), [(0.20, Status.ON_TRACK), (0.01, Status.BEHIND)])
def test_a_unit_is_judged_by_its_own_target_as_the_province_is(desk: Desk, growth: float, status: Status) -> None:
    by_town, found = shares(desk)
    limits = replace(desk.limits, base_year=2025)
    later, indicator = year_later(desk.cube, growth), desk.register.indicator(OUTPUT)
    towns = desk.dataset.towns
    standing = track(later, towns, indicator, TARGET, by_town, found, 2025, "constant", limits)
    judged = [item.attainment for item in standing if item.line.level == "prefecture"]
    assert {item.status for item in judged if item is not None and item.reason != "low_coverage"} == {status}


def handed_down(desk: Desk, since: int = 2024) -> Desk:
    """A set of 2024 to 2025 in force: Hangzhou has more than it was given, Ningbo less, the others just that."""
    towns, then = desk.dataset.towns, desk.cube.of(OUTPUT, "2025")
    factor = {"330100": 0.9, "330200": 1.1}
    own = {
        code: float(value) * factor.get(str(place), 1.0)
        for code, value, place in zip(desk.cube.towns, then, towns["prefecture_adcode"].astype(str), strict=True)
        if value > 0
    }
    target = TARGET.model_copy(
        update={"id": "own_2025", "set": "own", "due": date(2025, 12, 31), "value": sum(own.values()) / YI}
    )
    record = TargetSet(id="own", label_zh="甲", label_en="a", since=since, due=date(2025, 12, 31), state="in_force",
                       origin="own")  # fmt: skip
    return replace(desk, register=desk.register.with_sets({"own": record}, {target.id: target}, {target.id: own}))


def test_an_area_is_alerted_by_its_own_target_and_handed_that_as_its_goal(desk: Desk) -> None:
    judged_by = handed_down(desk)
    selection = Selection(period="2025", scope=ALL, target_set="own")
    own = judged_by.of(selection)
    lists = town_lists(desk, Selection(period="2025", scope=ALL), date(2026, 11, 23))
    judged = Judged(brief(own, selection, date(2026, 11, 23)), lists, None, None, None, None)
    found = {item.subject: item for item in sightings(judged, own.cube, own.register, {"target"})}
    missed = {code for code, item in found.items() if item.word == "missed"}
    assert "330200" in missed
    assert "330100" not in found
    seen, towns = found["330200"], desk.dataset.towns
    ningbo = (towns["prefecture_adcode"].astype(str) == "330200").to_numpy()
    value = float(np.nansum(desk.cube.of(OUTPUT, "2025")[ningbo]))
    assert seen.value == pytest.approx(value)
    goal = goal_for(seen, own.register, towns)
    assert (goal["indicator"], goal["value"]) == (OUTPUT, pytest.approx(value * 1.1))
    assert goal["period"] == "2026"


def test_before_a_full_year_of_the_set_is_over_no_area_is_alerted(desk: Desk) -> None:
    judged_by = handed_down(desk, since=2025)
    selection = Selection(period="2025", scope=ALL, target_set="own")
    own = judged_by.of(selection)
    lists = town_lists(desk, Selection(period="2025", scope=ALL), date(2026, 11, 23))
    judged = Judged(brief(own, selection, date(2026, 11, 23)), lists, None, None, None, None)
    assert {item.subject for item in sightings(judged, own.cube, own.register, {"target"})} <= {PROVINCE}
