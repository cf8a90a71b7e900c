"""The page of planning on full, sparse and no data, with junk in its address, and as a scoped reader sees it."""

from __future__ import annotations

from pathlib import Path

import pytest

from cockpit.briefings.demonstrating import place_plans
from tests.pages.opening import open_page, words

STEPS = ("propose", "break", "whatif", "track")
GROW = "growth:total_output_yuan:class:digital_economy:0.06"


@pytest.fixture(autouse=True)
def _log(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("COCKPIT_DATABASE_URL", f"sqlite:///{tmp_path / 'plans.sqlite'}")


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
