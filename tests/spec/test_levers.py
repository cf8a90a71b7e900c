"""What if: levers on the figures of some towns, judged by the same measures; nothing of them is ever data."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest

from cockpit.acting import Act, Actor, ActRefused
from cockpit.analysis.briefing import by_place, scenario, seek, two_way
from cockpit.analysis.briefing.levers import Lever, read_lever
from cockpit.briefings import Desk, open_desk
from cockpit.briefings.desks import cube_seen
from cockpit.briefings.plan_book import all_plans
from cockpit.briefings.scenarios import keep_scenario, saved_for, tried
from cockpit.rights import ALL, Scope, joined
from cockpit.vocabulary import Status

OUTPUT, LISTED, INVESTED = "total_output_yuan", "listed_firm_count", "specialty_investment_share"
YI = 1e8
GROW = f"growth:{OUTPUT}:class:digital_economy:0.06"
FILL = f"fill:{OUTPUT}:all::0"
RAISE = f"share:{INVESTED}:all::0.7"
MORE = f"add:{LISTED}:prefecture:330100:10"


@pytest.fixture(scope="module")
def desk() -> Desk:
    return open_desk("demo")


def levers(desk: Desk, *texts: str) -> tuple[Lever, ...]:
    found = tuple(read_lever(text, desk.register.indicators) for text in texts)
    assert all(found)
    return tuple(lever for lever in found if lever)


def moved(desk: Desk, *texts: str) -> dict[str, tuple[float | None, float | None]]:
    found = scenario(desk.dataset, desk.cube, desk.register, "2025", levers(desk, *texts))
    return {shift.before.target.indicator: (shift.before.value, shift.after.value) for shift in found.moved}


def test_six_per_cent_more_of_a_class_is_six_per_cent_of_what_it_has(desk: Desk) -> None:
    own = (desk.dataset.towns["industry_class"] == "digital_economy").to_numpy()
    own = own & desk.cube.in_scope("province", "2025")
    had = float(np.nansum(desk.cube.of(OUTPUT, "2025")[own]))
    before, after = moved(desk, GROW)[OUTPUT]
    assert before is not None
    assert after == pytest.approx(before + 0.06 * had)


def test_only_the_numerator_of_a_share_moves(desk: Desk) -> None:
    found = moved(desk, RAISE)
    assert found["effective_investment_yuan"][0] == found["effective_investment_yuan"][1]
    before, after = found[INVESTED]
    assert before is not None
    assert after is not None
    assert before < 0.7 < after  # each town below comes up to 70 %, those above stay


def test_what_a_share_rests_on_moves_it_too(desk: Desk) -> None:
    before, after = moved(desk, GROW)["specialty_output_share"]
    assert after is not None
    assert before is not None
    assert after < before  # output grew, specialty output did not


def test_levers_add_up_in_any_order(desk: Desk) -> None:
    texts = (GROW, FILL, RAISE, MORE, f"add:{OUTPUT}:mountain::5000000000")
    first = moved(desk, *texts)
    for order in itertools.islice(itertools.permutations(texts), 0, 120, 17):
        assert moved(desk, *order) == first


def test_what_is_filled_in_is_last_years_figure_of_the_silent(desk: Desk) -> None:
    found = scenario(desk.dataset, desk.cube, desk.register, "2025", levers(desk, FILL))
    silent = desk.cube.in_scope("province", "2025") & np.isnan(desk.cube.of(OUTPUT, "2025"))
    last = desk.cube.of(OUTPUT, "2024")[silent]
    assert found.pulled[0].meant == int(silent.sum())
    assert found.pulled[0].touched == int((~np.isnan(last)).sum())
    assert float(found.pulled[0].change.sum()) == pytest.approx(float(np.nansum(last)))


def test_towns_being_created_are_named_the_largest_first(desk: Desk) -> None:
    before, after = moved(desk, "add:named_town_count:all::3")["named_town_count"]
    assert before is not None
    assert after == before + 3
    assert moved(desk, "add:named_town_count:all::99999")["named_town_count"][1] is not None


def test_the_data_stay_as_they_are(desk: Desk) -> None:
    kept = desk.cube.values.copy()
    moved(desk, GROW, FILL, RAISE, MORE)
    assert np.array_equal(desk.cube.values, kept, equal_nan=True)


def test_who_moves_adds_up_to_the_difference(desk: Desk) -> None:
    found = scenario(desk.dataset, desk.cube, desk.register, "2025", levers(desk, GROW, FILL))
    shift = next(item for item in found.moved if item.before.indicator.id == OUTPUT)
    rows = by_place(found, desk.dataset.towns, OUTPUT, "prefecture_adcode")
    assert sum(map(sum, rows.values())) == pytest.approx(shift.difference)


def test_a_verdict_is_given_only_where_the_silent_could_not_turn_it(desk: Desk) -> None:
    found = scenario(desk.dataset, desk.cube, desk.register, "2025", levers(desk, GROW, FILL))
    shift = next(item for item in found.moved if item.before.indicator.id == OUTPUT)
    assert (shift.before.status, shift.after.status) == (Status.MISSED, Status.CANNOT_JUDGE)


@pytest.mark.parametrize("lever", [GROW, f"add:{OUTPUT}:all::1", f"set:{OUTPUT}:all::1"])
def test_what_is_sought_is_just_enough(desk: Desk, lever: str) -> None:
    target = desk.register.targets["total_output_2025"]
    pulled = levers(desk, lever)
    found = seek(desk.dataset, desk.cube, desk.register, "2025", pulled, 0, target)
    assert found.value is not None
    reached = [
        two_way(desk.dataset, desk.cube, desk.register, "2025", [*pulled, *pulled], (value,), target)[0][0]
        for value in (found.value, found.value * 0.999)
    ]
    assert reached[0] is not None
    assert reached[0] > target.base_value > (reached[1] or 0.0)


@pytest.mark.parametrize(("where", "enough"), [("all:", 3), ("prefecture:330100", 3)])
def test_so_many_towns_are_sought_as_are_lacking_and_no_more_than_can_be_named(
    desk: Desk, where: str, enough: int
) -> None:
    target = desk.register.targets["named_towns_2025"]
    pulled = levers(desk, f"add:named_town_count:{where}:1")
    assert seek(desk.dataset, desk.cube, desk.register, "2025", pulled, 0, target).value == enough
    few = levers(desk, "add:named_town_count:prefecture:330900:1")
    found = seek(desk.dataset, desk.cube, desk.register, "2025", few, 0, target)
    assert found.value is None
    assert 0 < found.short <= 3


def test_what_cannot_be_reached_says_how_much_is_short(desk: Desk) -> None:
    target = desk.register.targets["total_output_2025"]
    tiny = levers(desk, f"growth:{OUTPUT}:prefecture:330900:0.1")
    found = seek(desk.dataset, desk.cube, desk.register, "2025", tiny, 0, target)
    assert found.value is None
    assert found.short > 0


@pytest.mark.parametrize(
    "text",
    [
        "", "growth", "growth:nothing:all::0.1", f"growth:{OUTPUT}:all::x", f"growth:{OUTPUT}:all::nan",
        f"growth:{OUTPUT}:prefecture::0.1", f"growth:{OUTPUT}:all:330100:0.1", f"share:{OUTPUT}:all::0.7",
        f"growth:{INVESTED}:all::0.1", f"share:{INVESTED}:all::7", f"growth:{OUTPUT}:all::99", f"set:{OUTPUT}:all::-1",
        f"growth:{OUTPUT}:moon::0.1", f"growth:{OUTPUT}:all::0.1:more",
    ],
)  # fmt: skip
def test_what_is_no_lever_is_none(desk: Desk, text: str) -> None:
    assert read_lever(text, desk.register.indicators) is None


def test_a_lever_reads_as_it_is_written(desk: Desk) -> None:
    for text in (GROW, FILL, RAISE, MORE):
        assert levers(desk, str(levers(desk, text)[0])) == levers(desk, text)


def test_a_reader_with_a_scope_assumes_for_his_own_towns_only(desk: Desk) -> None:
    scope = Scope(frozenset({"330300"}))
    found = tried(desk, "2025", scope, levers(desk, f"growth:{OUTPUT}:all::0.1"))
    own = (desk.dataset.towns["prefecture_adcode"].astype(str) == "330300").to_numpy()
    assert not found.pulled[0].change[~own].any()
    assert found.pulled[0].change[own].any()
    assert cube_seen(desk, scope).seen is not None


def test_a_saved_scenario_names_its_version_and_a_foreign_place_is_not_told(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("COCKPIT_DATABASE_URL", f"sqlite:///{tmp_path / 'plans.sqlite'}")
    act = Act(Actor("甲", via="screen", rights=joined([(("plan",), ALL)])))
    keep_scenario(desk, "数字经济提速", levers(desk, GROW), act)
    keep_scenario(desk, "杭州上市", levers(desk, MORE), act)
    found = saved_for(all_plans(), desk, ALL)
    assert [item.name for item in found] == ["杭州上市", "数字经济提速"]
    assert {item.version for item in found} == {desk.dataset.manifest.version}
    wenzhou = Scope(frozenset({"330300"}))
    assert [item.name for item in saved_for(all_plans(), desk, wenzhou)] == ["数字经济提速"]
    with pytest.raises(ActRefused, match="已有同名情景"):
        keep_scenario(desk, " 数字\u200b经济提速 ", levers(desk, MORE), act)
    assert [item.levers for item in saved_for(all_plans(), desk, ALL)][1] == (GROW,)
    keep_scenario(desk, "数字经济提速", levers(desk, MORE), act, replaces=found[1])
    assert [item.name for item in saved_for(all_plans(), desk, ALL)] == ["数字经济提速", "杭州上市"]
    with pytest.raises(ActRefused):  # what one means to replace was replaced meanwhile
        keep_scenario(desk, "数字经济提速", levers(desk, GROW), act, replaces=found[1])
    keep_scenario(desk, "数字经济提速", levers(desk, GROW), act, replaces=saved_for(all_plans(), desk, ALL)[0])
    keep_scenario(desk, "杭州上市", (), act, is_dropped=True)
    assert [item.name for item in saved_for(all_plans(), desk, ALL)] == ["数字经济提速"]
    for name, pulled in (("", levers(desk, GROW)), ("空", ()), ("长" * 41, levers(desk, GROW))):
        with pytest.raises(ActRefused):
            keep_scenario(desk, name, pulled, act)
    with pytest.raises(ActRefused):
        keep_scenario(desk, "无权", levers(desk, GROW), Act(Actor("乙", via="screen")))
