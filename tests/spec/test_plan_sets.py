"""A set of targets as people make it: every step allowed or refused, and what each leaves behind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from cockpit.acting import Act, Actor, ActRefused
from cockpit.analysis.planning.records import own_of, targets_of, toml_of
from cockpit.analysis.planning.sets import KINDS, TABLE, Kind, Plan, PlanEvent, after, faults, fold
from cockpit.analysis.selection import Selection
from cockpit.briefings import Desk, brief, gap_parts, open_desk, today
from cockpit.briefings.demonstrating import place_plans
from cockpit.briefings.plan_book import all_plans
from cockpit.briefings.plan_import import begin_from
from cockpit.briefings.planning import carry_plan, fault_of, shared_out
from cockpit.datasets.database.address import database_address
from cockpit.datasets.database.events import EventConflict, Row
from cockpit.datasets.planning.log import plan_log
from cockpit.errors import DatasetError
from cockpit.rights import ALL, Scope, joined

OUTPUT, SHARE = "total_output_yuan", "specialty_output_share"
YI = 1e8
LISHUI, HANGZHOU, NINGBO = "331100", "330100", "330200"
AT = datetime(2026, 11, 20, tzinfo=UTC)
STATES = ("new", "draft", "comment", "fixed", "in_force", "closed")


def actor(name: str, *verbs: str, scope: Scope = ALL) -> Actor:
    return Actor(name, via="screen", rights=joined([(verbs or ("plan", "decide", "submit"), scope)]))


PLANNER, LEADER = actor("甲"), actor("乙")


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("COCKPIT_DATABASE_URL", f"sqlite:///{tmp_path / 'plans.sqlite'}")
    place_plans()


@pytest.fixture
def desk() -> Desk:
    return open_desk("demo")


def event(plan: Plan, kind: Kind, note: str = "理由", by: str = "甲", **detail: Any) -> PlanEvent:
    return PlanEvent(plan.id, plan.number + 1, AT, kind, by, "", note, detail)


def made(*names: str) -> Plan:
    told = {"title": "2030年目标", "since": 2025, "year": 2030, "dataset": "demo", "version": "v0003"}
    return fold([PlanEvent("2030", 1, AT, "made", "甲", detail={**told, "indicators": list(names or (OUTPUT,))})])


def test_every_pair_of_state_and_step_is_allowed_or_refused_by_the_one_table() -> None:
    for state in STATES:
        for kind in KINDS:
            plan = replace(made(), state=state)
            found = faults(plan, event(plan, kind), ratios=frozenset(), units=frozenset())
            assert (found == ("state",)) == ((state, kind) not in TABLE), (state, kind)


def test_the_same_events_give_the_same_set_and_others_cannot_be_folded() -> None:
    plan = made()
    events = [event(plan, "chosen", indicator=OUTPUT, sense="at_least", value=3.3e12)]
    once = after(plan, events[0])
    assert once.items == after(made(), events[0]).items
    with pytest.raises(ValueError, match="cannot follow"):
        after(once, events[0])  # the same number again
    with pytest.raises(ValueError, match="cannot follow"):
        after(plan, event(plan, "in_force"))


@pytest.mark.parametrize(
    ("kind", "note", "detail", "why"),
    [
        ("chosen", "", {"indicator": OUTPUT, "sense": "at_least", "value": 1.0}, "reason_missing"),
        ("chosen", "好", {"indicator": OUTPUT, "sense": "maybe", "value": 1.0}, "operator"),
        ("chosen", "好", {"indicator": OUTPUT, "sense": "above", "value": 0.0}, "value"),
        ("chosen", "好", {"indicator": OUTPUT, "sense": "above", "value": None}, "value"),
        ("chosen", "好", {"indicator": OUTPUT, "sense": "above", "value": float("nan")}, "value"),
        ("chosen", "好", {"indicator": SHARE, "sense": "above", "value": 70.0}, "value"),
        ("chosen", "好", {"indicator": "nothing", "sense": "above", "value": 1.0}, "indicator"),
        ("shared", "", {"indicator": SHARE, "mix": {}}, "share"),
        ("held", "好", {"indicator": OUTPUT, "unit": "999999", "value": 1.0}, "unit"),
        ("held", "好", {"indicator": OUTPUT, "unit": LISHUI, "value": True}, "value"),
        ("sent", "", {}, "unchosen"),
    ],
)
def test_what_is_wrong_with_a_step_is_said(kind: Kind, note: str, detail: dict[str, Any], why: str) -> None:
    plan = made(OUTPUT, SHARE)
    step = event(plan, kind, note, **detail)
    assert why in faults(plan, step, ratios=frozenset({SHARE}), units=frozenset({LISHUI}))


def test_a_year_that_is_not_ahead_makes_no_set() -> None:
    told = {"indicators": [OUTPUT], "since": 2025, "year": 2025}
    assert "year" in faults(Plan("x"), event(Plan("x"), "made", **told), ratios=frozenset(), units=frozenset())


def test_the_demonstration_waits_for_answers_of_which_two_are_in(log: None, desk: Desk) -> None:
    plan = all_plans().of("2030")
    assert plan.state == "comment"
    assert set(plan.items[OUTPUT].answers) == {LISHUI, "330300"}
    assert plan.is_simulated
    assert all(shared_out(desk, plan, item.indicator).why is None for item in plan.chosen)


def test_a_held_prefecture_keeps_its_sum_and_the_others_share_the_rest(log: None, desk: Desk) -> None:
    plan = carry_plan(
        "2030", "held", Act(PLANNER, "接受意见"), {"indicator": OUTPUT, "unit": LISHUI, "value": 1771 * YI}
    )
    found = shared_out(desk, plan, OUTPUT)
    towns = dict(zip(desk.dataset.towns["town_code"], desk.dataset.towns["prefecture_adcode"].astype(str), strict=True))
    own = sum(value for code, value in found.by_town.items() if towns[code] == LISHUI)
    assert own == 1771 * YI
    assert sum(found.by_town.values()) + plan.items[OUTPUT].reserve == 33_000 * YI
    assert found.suggested is not None
    before = sum(value for code, value in found.suggested.shares.items() if towns[code] == LISHUI)
    assert before > own  # the suggestion stays what it was


@pytest.mark.parametrize(
    ("kind", "detail", "said"),
    [
        ("held", {"indicator": OUTPUT, "unit": LISHUI, "value": 90_000 * YI}, "丽水"),
        ("shared", {"indicator": OUTPUT, "mix": {}, "reserve": 20_000 * YI}, "只容许"),
        ("shared", {"indicator": OUTPUT, "mix": {"base": 0.0}, "reserve": 0.0}, "权重合计为零"),
    ],
)
def test_what_cannot_be_met_is_told_with_its_bounds_and_nothing_is_kept(
    log: None, kind: Kind, detail: dict[str, Any], said: str
) -> None:
    before = all_plans().of("2030").number
    with pytest.raises(ActRefused, match=said):
        carry_plan("2030", kind, Act(PLANNER, "试"), detail)
    assert all_plans().of("2030").number == before


def test_who_fixes_does_not_put_in_force_and_what_is_fixed_stays(log: None, desk: Desk) -> None:
    plan = carry_plan("2030", "fixed", Act(PLANNER), {})
    assert plan.register == desk.register.fingerprint
    assert len(plan.members) == int(desk.cube.in_scope("province", "2025").sum())
    assert sum(plan.items[OUTPUT].assigned.values()) == 32_400 * YI
    with pytest.raises(ActRefused, match="另一人"):
        carry_plan("2030", "in_force", Act(PLANNER), {})
    assert carry_plan("2030", "in_force", Act(LEADER), {}).state == "in_force"
    with pytest.raises(ActRefused):
        carry_plan("2030", "held", Act(PLANNER, "晚了"), {"indicator": OUTPUT, "unit": LISHUI, "value": 1.0})


def in_force() -> Plan:
    carry_plan("2030", "fixed", Act(PLANNER), {})
    return carry_plan("2030", "in_force", Act(LEADER), {})


def test_in_force_a_figure_changes_only_by_a_new_revision_with_a_reason(log: None, desk: Desk) -> None:
    in_force()
    told = {"indicator": OUTPUT, "unit": LISHUI, "value": 1800 * YI}
    with pytest.raises(ActRefused, match="理由"):
        carry_plan("2030", "adjusted", Act(LEADER), told)
    plan = carry_plan("2030", "adjusted", Act(LEADER, "台风"), {**told, "against": HANGZHOU})
    assert plan.revision == 2
    assert sum(plan.items[OUTPUT].assigned.values()) == 32_400 * YI  # another unit takes it over
    moved = carry_plan("2030", "adjusted", Act(LEADER, "又"), {**told, "value": 1700 * YI})
    assert moved.items[OUTPUT].value == 32_900 * YI  # nobody does: the total is less
    assert sum(moved.items[OUTPUT].assigned.values()) == 32_300 * YI


def test_a_set_in_force_is_judged_as_the_sets_on_record_are(log: None) -> None:
    plan = in_force()
    desk = open_desk("demo")
    assert desk.register.sets["2030"].state == "in_force"
    briefing = brief(desk, Selection(period="2025", scope=ALL, target_set="2030"), today())
    assert {card.target.set for card in briefing.cards} == {"2030"}
    assert {card.target.origin for card in briefing.cards} == {"own"}
    # What is expected of a town is what it was given, no share of the base year.
    target = f"{OUTPUT}_2030"
    parts = gap_parts(desk, briefing.selection, today(), target)
    assert parts is not None
    assigned = plan.items[OUTPUT].assigned
    whole = 33_000 / 32_400  # the reserve is carried by nobody and expected of all
    for code, expected in parts.towns["expected"].dropna().items():
        assert expected == pytest.approx(assigned[str(code)] * whole), code
    assert own_of(plan, desk.register)[target] == assigned


def test_a_draft_is_a_proposal_wherever_it_is_shown(log: None) -> None:
    desk = open_desk("demo")
    assert desk.register.sets["2030"].origin == "proposed"
    assert desk.choices.default_set == "2025"  # shown only when it is asked for
    assert {target.origin for target in targets_of(all_plans().of("2030"), desk.register).values()} == {"proposed"}


def test_rights_are_asked_where_it_is_done(log: None) -> None:
    county = actor("县", "plan", "submit", "decide", scope=Scope(frozenset({LISHUI})))
    line = {"indicator": OUTPUT, "unit": LISHUI, "value": 1.0 * YI, "note": "", "cell": ""}
    with pytest.raises(ActRefused, match="范围"):
        carry_plan("2030", "held", Act(county, "自己定"), {"indicator": OUTPUT, "unit": LISHUI, "value": 1.0})
    assert LISHUI in carry_plan("2030", "answered", Act(county), {"answers": [line]}).items[OUTPUT].answers
    with pytest.raises(ActRefused, match="范围"):
        carry_plan("2030", "answered", Act(county), {"answers": [{**line, "unit": HANGZHOU}]})
    with pytest.raises(ActRefused):
        carry_plan("2030", "fixed", Act(actor("看", "read")), {})


@pytest.mark.parametrize("wrong", [{"value": -1.0}, {"unit": "000000"}, {"indicator": SHARE}, {"indicator": "none"}])
def test_an_answer_with_a_wrong_line_is_refused_whole(log: None, wrong: dict[str, Any]) -> None:
    line = {"indicator": OUTPUT, "unit": NINGBO, "value": 1.0 * YI, "note": "", "cell": ""}
    with pytest.raises(ActRefused):
        carry_plan("2030", "answered", Act(PLANNER), {"answers": [line, {**line, **wrong}]})
    assert NINGBO not in all_plans().of("2030").items[OUTPUT].answers


def test_of_two_who_write_at_once_the_second_is_told_and_the_log_refuses_change(log: None) -> None:
    row = Row("2030", 14, AT, "sent", "甲", "", "", {})
    with pytest.raises(EventConflict):
        plan_log(database_address()).append(row)
    engine = sa.create_engine(database_address())
    for statement in ("UPDATE plan_events SET note = 'x'", "DELETE FROM plan_events"):
        with pytest.raises(sa.exc.DBAPIError, match="append-only"), engine.begin() as connection:
            connection.execute(sa.text(statement))


def test_a_set_goes_out_as_records_and_comes_back_the_same(log: None, desk: Desk) -> None:
    plan = all_plans().of("2030")
    text = toml_of(plan, desk.register).replace("2030]", "2031]").replace('"2030"', '"2031"')
    text = text.replace("_2030]", "_2031]").replace('state = "comment"', 'state = "draft"')
    back = begin_from(desk, text.encode(), Act(PLANNER, "导入"))
    assert back.id == "2031"
    assert {item.indicator: (item.sense, item.value, item.reason) for item in back.chosen} == {
        item.indicator: (item.sense, item.value, item.reason) for item in plan.chosen
    }


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: "not toml [", "TOML"),
        (lambda text: text.replace("total_output_yuan", "total_outputs"), "total_output"),
        (lambda text: text.replace("33000.0", "990000.0"), "界限"),
        (lambda text: text.replace('unit = "亿元"', 'unit = "家"'), "unit"),
    ],
)
def test_records_that_do_not_fit_begin_no_set(log: None, desk: Desk, change: Callable[[str], str], said: str) -> None:
    text = toml_of(all_plans().of("2030"), desk.register).replace("2030]", "2032]").replace('"2030"', '"2032"')
    with pytest.raises((DatasetError, Exception), match=said):
        begin_from(desk, change(text).encode(), Act(PLANNER, "导入"))
    assert "2032" not in all_plans().events


@pytest.mark.parametrize(
    ("kind", "detail", "said"),
    [
        ("held", {"unit": HANGZHOU, "value": 14_000.5 * YI}, "1 亿元的整数倍"),
        ("shared", {"mix": {}, "reserve": 600.4 * YI}, "1 亿元的整数倍"),
        ("shared", {"mix": {}, "reserve": -600 * YI}, "大于零"),
        ("shared", {"mix": {"base": "0.7"}, "reserve": 0.0}, "大于零"),
        ("held", {"unit": "D330102A", "value": 40_000 * YI}, "上城甲芯云小镇 40,000 亿元 > 32,400 亿元"),
        ("held", {"unit": HANGZHOU, "value": 100 * YI}, "总产出 杭州 12,206 亿元 – 20,554 亿元"),
    ],
)
def test_a_figure_that_cannot_be_is_refused_with_what_could(log: None, kind: Kind, detail: Any, said: str) -> None:
    with pytest.raises(ActRefused, match=said):
        carry_plan("2030", kind, Act(PLANNER, "理由"), {"indicator": OUTPUT, **detail})
    assert len(all_plans().events["2030"]) == 14


def test_bounds_are_told_with_what_is_kept_back_and_in_the_readers_language(log: None, desk: Desk) -> None:
    plan = all_plans().of("2030")
    item = replace(plan.items[OUTPUT], value=26_800 * YI)
    found = shared_out(desk, replace(plan, items={**plan.items, OUTPUT: item}), OUTPUT)
    fault = fault_of(desk, found)
    assert "27,357 亿元" in fault.say("zh")  # 26,757 and the reserve of 600: less than that cannot be chosen
    assert "2,735.7 billion yuan" in fault.say("en")
    assert not any("\u4e00" <= sign <= "\u9fff" for sign in fault.say("en"))


def test_a_record_that_is_refused_late_leaves_nothing_begun(log: None, desk: Desk) -> None:
    text = toml_of(all_plans().of("2030"), desk.register).replace("2030]", "2032]").replace('"2030"', '"2032"')
    with pytest.raises(ActRefused, match="整数倍"):
        begin_from(desk, text.replace("5500.0", "5500.5").encode(), Act(PLANNER, "导入"))
    assert "2032" not in all_plans().events
