"""The page of planning on full, sparse and no data, with junk in its address, and as a scoped reader sees it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from cockpit.acting import Act, Actor
from cockpit.analysis.briefing.levers import read_lever
from cockpit.briefings import open_desk
from cockpit.briefings.demonstrating import place_plans
from cockpit.briefings.plan_book import all_plans
from cockpit.briefings.scenarios import keep_scenario
from cockpit.rights import ALL, Scope, joined
from tests.access.scoped import reader, sent, signed_in
from tests.pages.opening import open_page, words

STEPS = ("propose", "break", "whatif", "track")
GROW = "growth:total_output_yuan:class:digital_economy:0.06"
OTHER = "growth:total_output_yuan:class:digital_economy:0.08"


@pytest.fixture(autouse=True)
def _log(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("COCKPIT_DATABASE_URL", f"sqlite:///{tmp_path / 'plans.sqlite'}")


@pytest.mark.many
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("step", STEPS)
def test_every_step_says_what_it_is(step: str, language: str) -> None:
    place_plans()
    app = open_page("plan", {"lang": language, "step": step, "lever": GROW})
    assert not app.exception
    told = words(app)
    assert ("情景" if language == "zh" else "Scenario") in told if step == "whatif" else True
    assert ("建议" if language == "zh" else "Proposed") in told or step == "whatif"


@pytest.mark.parametrize("step", STEPS)
def test_without_a_set_every_step_says_so(step: str) -> None:
    app = open_page("plan", {"lang": "zh", "step": step})
    assert not app.exception
    if step != "whatif":
        assert "还没有编制中的目标体系" in " ".join(item.value for item in app.info)
    else:
        assert "没有假设" in words(app)


@pytest.mark.parametrize("step", STEPS)
def test_public_data_have_no_yearly_returns_and_propose_nothing(step: str) -> None:
    app = open_page("plan", {"lang": "zh", "step": step, "dataset": "public"})
    assert not app.exception
    assert "提不出目标" in " ".join(item.value for item in app.info)


def test_junk_in_the_address_is_told_and_left_out() -> None:
    place_plans()
    junk = {"step": "zzz", "plan": "1999", "pind": "nothing", "popen": "000000", "lever": ["x", GROW], "pw": "base-7"}
    app = open_page("plan", {"lang": "zh", **junk})
    assert not app.exception
    said = " ".join(item.value for item in app.warning)
    assert "`step=zzz`" in said
    assert "`plan=1999`" in said
    deeper = open_page("plan", {"lang": "zh", **junk, "step": "break"})
    said = " ".join(item.value for item in deeper.warning)
    assert "`popen=000000`" in said
    assert "`pw=base-7`" in said
    assert "`pind=nothing`" in said
    tried = open_page("plan", {"lang": "zh", **junk, "step": "whatif"})
    assert "`lever=x`" in " ".join(item.value for item in tried.warning)
    assert "增幅 6.0%" in words(tried)


def test_the_tree_unfolds_to_the_towns_and_names_those_without_a_base() -> None:
    place_plans()
    told = words(open_page("plan", {"lang": "zh", "step": "break", "popen": "330300,330304"}))
    assert 'class="l-county"' in told
    assert 'class="l-town"' in told
    assert "无基数，不作零" in told
    assert "1,771" in told  # what Lishui answered


def test_a_share_is_not_split_but_floors_are_told() -> None:
    place_plans()
    told = words(open_page("plan", {"lang": "zh", "step": "break", "pind": "specialty_investment_share"}))
    assert "占比不分摊" in told


def test_the_log_away_costs_the_page_its_sets_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COCKPIT_DATABASE_URL", "postgresql+psycopg://a:b@127.0.0.1:1/x")
    app = open_page("plan", {"lang": "zh", "step": "whatif", "lever": GROW})
    assert not app.exception
    assert "增幅 6.0%" in words(app)


def saved_one(name: str) -> None:
    desk = open_desk("demo")
    lever = read_lever(GROW, desk.register.indicators)
    assert lever is not None
    act = Act(Actor("甲", via="screen", rights=joined([(("plan",), ALL)])))
    keep_scenario(desk, name, (lever,), act)


@pytest.mark.many
@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("role", ["analyst", "clerk"])
def test_a_reader_with_a_scope_is_sent_no_foreign_town_or_area(step: str, role: str) -> None:
    place_plans()
    towns = open_desk("demo").dataset.towns
    foreign = towns[towns["prefecture_adcode"].astype(str) != "330100"]
    levers = ["growth:total_output_yuan:all::0.05", "growth:total_output_yuan:prefecture:331100:0.1"]
    with signed_in(reader(role, Scope(frozenset({"330100"})))):
        app = open_page("plan", {"lang": "zh", "step": step, "lever": levers, "popen": "330100,331100"})
    assert not app.exception
    told = sent(app)
    assert not [name for name in foreign["name_zh"].astype(str) if name in told]
    assert not [code for code in foreign["town_code"].astype(str) if code in told]
    if step in ("break", "track"):
        assert "上城区" in told
        assert "丽水" not in words(app)


def test_the_wall_shows_a_draft_asked_for_as_the_proposal_it_is() -> None:
    place_plans()
    app = open_page("wall", {"lang": "zh", "set": "2030", "scenes": "overview"})
    assert not app.exception
    (scene,) = json.loads(app.get("bidi_component")[0].proto.json)["scenes"]
    assert "建议" in scene["head"] + scene["body"]
    assert "3.3万亿元" in re.sub("<[^>]*>", "", scene["body"])


def test_a_saved_scenario_is_taken_off_the_list_by_who_may_plan_and_says_so() -> None:
    saved_one("数字经济提速")
    app = open_page("plan", {"lang": "zh", "step": "whatif"})
    app.session_state["pform_list|0"] = True
    app.run()
    app.text_input(key="act_name|plan|drop").set_value("张三")
    next(item for item in app.button if str(item.key).startswith("plan_drop|")).click().run()
    assert "已移出" in " ".join(item.value for item in app.success)
    assert all_plans().saved("demo") == ()


def test_a_name_of_the_list_is_given_up_only_where_that_is_ticked_and_the_form_shuts() -> None:
    saved_one("数字经济提速")
    app = open_page("plan", {"lang": "zh", "step": "whatif", "lever": OTHER})
    app.session_state["pform_save|0"] = True
    app.run()
    app.text_input(key="plan_save_name").set_value(" 数字经济提速 ")
    app.text_input(key="act_name|plan|scenario").set_value("张三")
    save = next(item for item in app.button if str(item.key).startswith("plan_save_do|"))
    save.click().run()
    assert "已有同名情景" in " ".join(item.value for item in app.warning)
    assert all_plans().saved("demo")[0].levers == (GROW,)
    (over,) = [item for item in app.checkbox if str(item.key).startswith("plan_save_over|")]
    assert over.label == "替换“数字经济提速”（甲所存）"
    over.check().run()
    next(item for item in app.button if str(item.key).startswith("plan_save_do|")).click().run()
    assert "已存" in " ".join(item.value for item in app.success)
    assert all_plans().saved("demo")[0].levers == (OTHER,)
    assert not [item for item in app.text_input if item.key == "plan_save_name"]


def test_forms_stand_side_by_side_and_a_step_that_wants_a_reason_asks_for_one() -> None:
    app = open_page("plan", {"lang": "zh"})
    app.session_state["pform_new|0"] = True
    app.run()
    app.text_input(key="act_name|plan|new").set_value("张三")
    next(item for item in app.button if str(item.key).startswith("plan_make|")).click().run()
    # What was done shuts its form; any two may be opened side by side.
    assert not [item for item in app.button if str(item.key).startswith("plan_make|")]
    app.session_state["pform_new|1"] = app.session_state["pform_carry|1"] = True
    app.run()
    assert not app.exception
    labels = {str(item.key): item.label for item in app.text_area}
    assert labels["act_note|plan|2030|total_output_yuan"] == "理由（必填）"
    assert labels["act_note|plan|2030|sent"] == "理由（可不填）"
    assert {item.value for item in app.text_input if str(item.key).startswith("act_name|plan|2030")} == {"张三"}
    (value,) = (item.value for item in app.number_input if str(item.key).startswith("plan_value|"))
    assert value is None or value == round(value)
