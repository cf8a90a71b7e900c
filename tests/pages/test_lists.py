"""The list management page: what it shows, what it writes, and what it says when it cannot."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from cockpit.datasets.decisions.log import Draft, open_log
from cockpit.policy.register import load as load_register
from cockpit.policy.register import short
from tests.acts import by
from tests.pages.opening import ROOT, led, open_page, words

TOWN = "D330881A"  # past its five years, medium risk
RED = "D331125C"  # past its five years, a control line in breach


@pytest.fixture(autouse=True)
def _own_log(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("COCKPIT_DECISIONS_URL", f"sqlite:///{tmp_path}/log.sqlite")


def fill(app: AppTest, action: str, name: str = "甲", post: str = "处长", town: str = TOWN) -> AppTest:
    app.selectbox(key=f"decide_action|demo|{town}|zh").set_value(action)
    app.text_input(key="act_name|decide").set_value(name)
    app.text_input(key="act_post|decide").set_value(post)
    return app


def write(app: AppTest, label: str = "写入记录") -> AppTest:
    button = next(button for button in app.button if button.label == label)
    return button.click().run()


def test_the_queue_names_value_points_and_clause_of_each_rule() -> None:
    text = words(open_page("lists", {"lang": "zh"}))
    assert 'class="rc veto"' in text
    assert "一票" in text
    assert "[2.3.2]" in text
    assert "国家" in text
    assert "自定" in text
    assert text.count('class="bdg b-simulated"') >= 6, "each head carries the mark"
    for stage in ("延长期满", "延长期剩", "延长至2027-12-31", "满5年"):
        assert stage in text


def test_the_decision_is_open_and_the_basis_is_not() -> None:
    app = open_page("lists", {"lang": "zh", "town": TOWN})
    assert app.selectbox(key=f"decide_action|demo|{TOWN}|zh").value is None
    assert "连续警告或降格" in str(app.text_area(key=f"act_note|decide|demo|{TOWN}|zh").value)


def test_a_decision_is_written_and_marks_the_queue() -> None:
    app = open_page("lists", {"lang": "zh", "town": TOWN})
    write(fill(app, "name"))
    assert not app.exception
    text = words(app)
    assert "已写入第1号" in text
    assert "已记录 #1 验收命名" in text
    entry = open_log().latest("demo")[TOWN]
    assert (entry.decided_by, entry.risk_grade, entry.data_version) == ("处长 甲", "medium", "demo@v0003")
    assert (entry.suggestion, entry.objection, entry.is_against) == ("extend", "", False)
    assert entry.clauses == ("3.4",)
    for part, kept in (("name", "甲"), ("post", "处长")):
        assert app.text_input(key=f"act_{part}|decide").value == kept, "who decides stays, what was decided does not"
    assert app.selectbox(key=f"decide_action|demo|{TOWN}|zh").value is None
    assert app.date_input(key=f"decide_until|demo|{TOWN}|zh").value is None


def test_who_decided_is_offered_for_the_next_town_and_another_person_has_another_post() -> None:
    app = open_page("lists", {"lang": "zh", "town": TOWN})
    write(fill(app, "name"))
    app.switch_page(str(ROOT / "pages" / "towns.py")).run()
    app.switch_page(str(ROOT / "pages" / "lists.py")).run()
    assert [app.text_input(key=f"act_{part}|decide").value for part in ("name", "post")] == ["甲", "处长"]
    write(fill(app, "note", name="乙", post=""))
    assert "“职务”没有填写" in words(app)
    app.switch_page(str(ROOT / "pages" / "towns.py")).run()
    app.switch_page(str(ROOT / "pages" / "lists.py")).run()
    assert [app.text_input(key=f"act_{part}|decide").value for part in ("name", "post")] == ["乙", ""]


def test_against_the_suggestion_a_reason_is_asked_for_and_the_mark_stays() -> None:
    app = open_page("lists", {"lang": "zh", "town": RED})
    fill(app, "extend", town=RED)
    app.date_input(key=f"decide_until|demo|{RED}|zh").set_value(date(2027, 12, 31))
    write(app)
    text = words(app)
    assert "尚未写入。系统建议“终止创建”（依据" in text
    assert open_log().entries("demo") == (), "asked once more before anything is written"
    write(app, "确认写入：不采纳建议")
    assert open_log().entries("demo") == (), "nor without a reason"
    app.text_area(key=f"decide_objection|demo|{RED}|zh").set_value("省级部门已批准整改方案")
    write(app, "确认写入：不采纳建议")
    assert not app.exception
    (entry,) = open_log().entries("demo")
    assert (entry.action, entry.suggestion, entry.is_against) == ("extend", "terminate", True)
    assert entry.objection == "省级部门已批准整改方案"
    assert entry.register == load_register().fingerprint
    text = words(app)
    assert f"规则 {short(entry.register)}" in text, "which register judged"
    assert "⚠ 不采纳建议 #1" in text, "marked in the queue"
    assert "系统建议“终止创建”；理由：省级部门已批准整改方案" in text, "and in the log"
    assert not [button for button in app.button if button.label == "确认写入：不采纳建议"], "the form is as before"


def test_another_decision_is_asked_about_anew() -> None:
    app = open_page("lists", {"lang": "zh", "town": RED})
    write(fill(app, "name", town=RED))
    app.text_area(key=f"decide_objection|demo|{RED}|zh").set_value("理由")
    write(fill(app, "rectify", town=RED), "确认写入：不采纳建议")
    assert "须写明截止日期" in words(app)
    app.date_input(key=f"decide_until|demo|{RED}|zh").set_value(date(2027, 1, 31))
    write(app, "确认写入：不采纳建议")
    assert "您的决定是“限期整改”" in words(app)
    assert open_log().entries("demo") == ()


def test_the_queue_stands_in_sections_with_a_due_date_and_can_be_sorted() -> None:
    text = words(open_page("lists", {"lang": "zh"}))
    heads = re.findall(r'<h3 class="qsec[^>]*>([^<]+)<', text)
    assert heads == [head for head in ("逾期", "30 天内", "90 天内", "延长期内", "90 天以后（预警）") if head in heads]
    assert {"逾期", "延长期内"} < set(heads)
    dates = re.findall(r'<div class="qt[^>]*><b>(\d{4}-\d\d-\d\d)</b>', text)
    assert len(dates) == len(re.findall(r'class="qrow(?: sel)?"', text))
    by_risk = words(open_page("lists", {"lang": "zh", "sort": "risk"}))
    grades = re.findall(r'<div class="qg"><span class="chip lg t-(\S+)"', by_risk)
    assert grades
    assert grades == sorted(grades, key=["missed", "no-data", "behind", "on-track"].index)
    assert 'class="qsec' not in by_risk
    app = open_page("lists", {"lang": "zh", "sort": "table"})
    frame = led(app)
    assert list(frame.columns[:2]) == ["截止日", "分段"]
    assert sorted(frame["截止日"]) == sorted(dates)


def test_name_and_post_are_asked_for_and_nothing_is_lost() -> None:
    app = open_page("lists", {"lang": "zh", "town": TOWN})
    write(fill(app, "terminate", name="", post=" "))
    text = words(app)
    assert "“姓名”没有填写" in text
    assert "“职务”没有填写" in text
    assert app.selectbox(key=f"decide_action|demo|{TOWN}|zh").value == "terminate"
    assert open_log().latest("demo") == {}


def test_an_extension_needs_its_last_day() -> None:
    app = open_page("lists", {"lang": "zh", "town": TOWN})
    write(fill(app, "extend"))
    assert "须写明截止日期" in words(app)
    app.date_input(key=f"decide_until|demo|{TOWN}|zh").set_value(date(2028, 6, 30))
    write(app)
    text = words(app)
    assert "延长至2028-06-30" in text
    assert "据决定记录" in text


def test_the_second_to_decide_is_told_and_keeps_what_was_typed() -> None:
    first = open_page("lists", {"lang": "zh", "town": TOWN})
    second = open_page("lists", {"lang": "zh", "town": TOWN})
    write(fill(first, "name", name="甲"))
    write(fill(second, "rectify", name="乙"))  # no date: told before anything is tried
    assert "须写明截止日期" in words(second)
    third = open_page("lists", {"lang": "zh", "town": TOWN})
    draft = Draft("demo", TOWN, "note", None, ("3.4",), "", "demo@v0003")
    open_log().append(draft, by("丙", "已约谈", post="处长"), seen=1)
    write(fill(third, "name", name="乙"))
    text = words(third)
    assert "处长 丙已于" in text
    assert "已约谈" in text
    assert 'class="no' in text, "the refused attempt stands hatched in the log"
    assert third.text_input(key="act_name|decide").value == "乙"
    assert third.selectbox(key=f"decide_action|demo|{TOWN}|zh").value == "name"
    write(third)
    assert open_log().latest("demo")[TOWN].action == "name", "having read it, the second may decide again"


def test_what_people_write_is_shown_as_text() -> None:
    draft = Draft("demo", TOWN, "note", None, ("3.4",), "", "demo@v0003")
    open_log().append(draft, by("<b>x</b>", "<img src=x onerror=alert(1)>", post="处长"), seen=0)
    text = words(open_page("lists", {"lang": "zh", "town": TOWN}))
    assert "<img" not in text
    assert "&lt;img src=x" in text


def test_a_log_that_is_away_leaves_the_page_readable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COCKPIT_DECISIONS_URL", "postgresql+psycopg://nobody@127.0.0.1:1/none")
    app = open_page("lists", {"lang": "zh"})
    assert not app.exception
    assert "决策日志暂不可用" in app.warning[0].value
    assert "待处置队列" in words(app)


def test_a_check_shows_its_towns_and_narrows_the_queue() -> None:
    app = open_page("lists", {"lang": "zh", "check": "lines"})
    text = words(app)
    assert "4 个小镇" in text
    rows = re.findall(r'class="qrow(?: sel)?"', text)
    assert len(rows) == 2, "one town past its five years and one that comes near have a line in breach"


def test_published_towns_get_no_verdict() -> None:
    app = open_page("lists", {"lang": "zh", "dataset": "public"})
    text = words(app)
    assert "不能据此判断今天的状态" in app.info[0].value
    for word in ("待处置队列", "风险等级", "★", "模拟"):
        assert word not in text
    assert "2020-06-01 – 2020-06-30" in app.dataframe[1].value.iloc[:, -1].tolist()


def test_one_named_town_shows_its_stars_with_reasons() -> None:
    text = words(open_page("lists", {"lang": "zh", "q": "D330108A"}))
    for told in ("按指数3星", "封顶1星", "房地产化", "列入淘汰研究", "没有到期小镇"):
        assert told in text


def test_junk_in_the_address_is_told() -> None:
    app = open_page("lists", {"lang": "zh", "town": "zzz", "check": "zzz"})
    assert not app.exception
    assert "town=zzz" in app.warning[0].value
    assert "check=zzz" in app.warning[0].value
