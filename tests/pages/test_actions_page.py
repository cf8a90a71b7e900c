"""督办: a matter from the form to its closing, as its reader sees it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from cockpit.access.people import LOCAL
from cockpit.acting import Act
from cockpit.briefings import day_of, today
from cockpit.briefings.alerting import known_alerts
from cockpit.briefings.demonstrating import place_story
from cockpit.briefings.supervising import all_matters, carry_on, kinds_counted
from cockpit.briefings.ticking import tick
from cockpit.datasets.matters.demonstration import story
from cockpit.rights import Scope
from cockpit.visuals.actions import blocks
from tests.access.scoped import reader, signed_in
from tests.acts import EVERYTHING, by
from tests.pages.opening import open_page, words

GOAL = {"kind": "figure", "indicator": "total_output_yuan", "operator": "at_least", "value": 1.0, "period": "2025"}


@pytest.fixture(autouse=True)
def _database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COCKPIT_DATABASE_URL", f"sqlite:///{tmp_path / 'matters.sqlite'}")


def act(note: str = "n") -> Act:
    from cockpit.acting import Actor

    return Act(Actor("甲", via="screen", rights=LOCAL.rights or EVERYTHING), note)


def filed(subject: str = "330111", title: str = "补报") -> str:
    detail = {"title": title, "subject": subject, "dataset": "demo", "version": "v0001", "clause": "", "goal": GOAL}
    return carry_on(None, "filed", act(), detail, "省特镇办").id


def test_an_empty_page_says_what_to_do() -> None:
    app = open_page("actions", {"lang": "zh"})
    assert not app.exception
    assert "还没有交办的事项" in app.info[0].value


def test_a_matter_stands_in_its_column_and_opens_with_its_figure_and_its_course() -> None:
    name = filed()
    assert f'data-lead="matter:{name}"' in words(open_page("actions", {"lang": "zh"}))
    one = words(open_page("actions", {"lang": "zh", "matter": name}))
    assert "富阳区" in one
    assert "2025年全年 总产出 ≥" in one
    assert "达成" in one  # by the current data
    assert "模拟" in one
    assert "立项" in one


def test_a_click_carries_it_on_and_a_fault_is_a_sentence_that_loses_nothing() -> None:
    name = filed()
    app = open_page("actions", {"lang": "zh", "matter": name})
    app.text_input(key="act_name|file_task").set_value("甲")
    app.button(key="matter_do|zh").click().run()
    assert "请写明牵头单位" in app.warning[0].value
    assert app.text_input(key="act_name|file_task").value == "甲"
    app.text_input(key=f"m_lead|{name}|assigned").set_value("富阳区特镇办")
    app.button(key="matter_do|zh").click().run()
    assert "已记录“交办”" in app.success[0].value
    assert all_matters().of(name).state == "assigned"


def test_a_reader_sees_matters_of_his_places_only_and_is_offered_what_is_his() -> None:
    mine, other = filed("330111", "富阳的事"), filed("330102", "上城的事")
    with signed_in(reader("clerk", Scope(frozenset({"330111"})))):
        board = words(open_page("actions", {"lang": "zh"}))
        assert ("富阳的事" in board, "上城的事" in board) == (True, False)
        app = open_page("actions", {"lang": "zh", "matter": other})
        assert "上城的事" not in words(app)
        own = open_page("actions", {"lang": "zh", "matter": mine})
        assert [item.value for item in own.caption] == ["这一步不由您办理。"]


def test_an_unknown_matter_in_the_address_is_told() -> None:
    app = open_page("actions", {"lang": "zh", "matter": "DB-1999-0001"})
    assert any("DB-1999-0001" in item.value for item in app.warning)


@pytest.fixture
def _demonstration() -> None:
    assert place_story()


@pytest.mark.usefixtures("_demonstration")
def test_the_table_is_narrowed_and_sorted_by_the_address() -> None:
    late = words(open_page("actions", {"lang": "zh", "mview": "table", "mlight": "red", "msort": "-clock"}))
    rows = re.findall(r'data-lead="matter:(DB-2026-\d+)"', late)
    matters = {item.id: item for item in all_matters().matters}
    dues = [matters[name].due for name in rows]
    assert len(rows) == 6
    assert dues == sorted(dues, key=lambda day: day or date.max, reverse=True)
    assert 'aria-sort="descending"' in late
    assert "6 / 69件" in late
    none = open_page("actions", {"lang": "zh", "mview": "table", "mlight": "red", "mstate": "closed"})
    assert "0 / 69件" in words(none)


@pytest.mark.usefixtures("_demonstration")
def test_the_table_has_pages_and_an_unknown_column_is_told() -> None:
    app = open_page("actions", {"lang": "zh", "mview": "table", "msort": "person"})
    assert any("person" in item.value for item in app.warning)
    assert len(re.findall(r"<tr><td>\d{4}</td>", words(app))) == 25
    last = words(open_page("actions", {"lang": "zh", "mview": "table", "mpage": "3"}))
    assert len(re.findall(r"<tr><td>\d{4}</td>", last)) == 69 - 50


@pytest.mark.usefixtures("_demonstration")
def test_then_and_now_stand_side_by_side_with_their_versions() -> None:
    fallen = next(item for item in all_matters().matters if item.times_reopened)
    told = words(open_page("actions", {"lang": "zh", "matter": fallen.id}))
    for word in (
        "交办时",
        "第1版（2026-04-24发布）",
        "第3版（2026-11-20发布）",
        "未达成",
        "第2版 达成",
        "反弹重开",
        "模拟",
    ):
        assert word in told, word
    assert "2026年累计" in told, "the chart holds the parts of the goal's year apart"
    assert "低于目标" in told
    assert "将自动提醒" in told
    english = words(open_page("actions", {"lang": "en", "matter": fallen.id}))
    assert "version 1 (published 2026-04-24)" in english


@pytest.mark.usefixtures("_demonstration")
def test_the_story_is_looked_at_on_its_last_day_and_not_counted_with_other_data() -> None:
    assert "截至2026-11-26；在办34件，已交办67件" in words(open_page("actions", {"lang": "zh"}))
    assert "还没有交办的事项" in open_page("actions", {"lang": "zh", "dataset": "public"}).info[0].value


@pytest.mark.usefixtures("_demonstration")
def test_the_neighbours_are_those_of_the_list_come_from_and_kinds_are_counted_apart() -> None:
    late = {"lang": "zh", "mview": "table", "mlight": "red", "msort": "-clock"}
    rows = re.findall(r'data-lead="matter:(DB-2026-\d+)"', board := words(open_page("actions", late)))
    one = words(open_page("actions", late | {"matter": rows[1]}))
    assert f"第 2 项，共 {len(rows)} 项" in one
    assert re.findall(r'data-lead="matter:(DB-2026-\d+)"[^>]*>(‹ 上|下)', one) == [(rows[0], "‹ 上"), (rows[2], "下")]
    kinds = kinds_counted(all_matters(), date(2026, 11, 26))
    assert f"{kinds['figure'].in_time} / {kinds['figure'].due}" in board
    assert "不足5件" in board


@pytest.mark.usefixtures("_demonstration")
def test_the_english_page_holds_no_chinese_title_and_no_chinese_office() -> None:
    for parameters in ({}, {"mview": "table"}):
        told = words(open_page("actions", {"lang": "en", **parameters}))
        body = told.partition('<div class="mhead">')[2].partition("<style>")[0]
        found = [line for line in re.sub(r"<[^>]*>", "\n", body).split("\n") if re.search("[一-鿿]", line)]
        assert not found, found


@pytest.mark.usefixtures("_demonstration")
def test_who_must_answer_sees_what_waits_for_his_office_first() -> None:
    first = next(item for item in all_matters().matters if item.state == "working" and item.subject.isdecimal())
    turn = ("assigned", "working")
    waiting = [item for item in all_matters().matters if item.lead == first.lead and item.state in turn]
    with signed_in(replace(reader("clerk", Scope(frozenset({first.subject}))), office=first.lead)):
        app = open_page("actions", {"lang": "zh"})
        rows = set(re.findall(r'data-lead="matter:(DB-2026-\d+)"', words(app)))
    assert rows == {item.id for item in waiting}


COURSE = {
    "assigned": [("assigned", {"lead": "富阳区特镇办", "accept_by": "2030-01-02", "due": "2030-01-10"})],
    "working": [("accepted", {})],
    "asked": [("closing_asked", {})],
    "paused": [("returned", {}), ("paused", {})],
    "closed": [("closed", {"as": "moot"})],
}


@pytest.mark.long
def test_a_matter_opens_in_every_state_with_what_may_be_done() -> None:
    name = filed()
    for state, steps in COURSE.items():
        for kind, detail in steps:
            carry_on(name, kind, act(), detail, "富阳区特镇办" if kind in ("accepted", "closing_asked") else "省特镇办")  # type: ignore[arg-type]
        assert all_matters().of(name).state == state
        app = open_page("actions", {"lang": "zh", "matter": name})
        assert not app.exception, state
        kinds = app.selectbox[0].options if app.selectbox else []
        assert kinds, state
        assert not {"到期提醒", "数据已达到", "数据不再达到", "数据反弹"} & set(kinds), (
            "nobody does what follows by itself"
        )


@pytest.mark.usefixtures("_demonstration")
def test_the_course_of_every_matter_of_the_story_is_english_on_the_english_page() -> None:
    found = all_matters()
    for item in found.matters:
        told = re.sub(r"<[^>]*>", "\n", str(blocks.course(found.events[item.id], item, "en")))
        assert not [line for line in told.split("\n") if re.search("[一-鿿]", line)], item.id
        assert any(
            event.note in str(blocks.course(found.events[item.id], item, "zh")) for event in found.events[item.id]
        )
    told = words(open_page("actions", {"lang": "en", "matter": "DB-2026-0047"}))
    assert "Province town office" in told
    assert "Due, and the data are still not there" in told


JUNK = ("mview", "mlight", "mstate", "mlead", "mkind", "mregion", "msort", "mpage", "mwho")


@pytest.mark.many
@pytest.mark.parametrize("name", JUNK)
@pytest.mark.parametrize("beside", [{}, {"matter": "DB-2026-0047"}, {"alert": "all"}], ids=["list", "matter", "alerts"])
@pytest.mark.usefixtures("_demonstration")
def test_what_the_address_asks_for_and_nobody_offers_is_told_on_each_of_its_views(
    name: str, beside: dict[str, str]
) -> None:
    app = open_page("actions", {"lang": "zh", **beside, name: "zzz"})
    assert not app.exception
    assert [name in str(item.value) and "zzz" in str(item.value) for item in app.warning] == [True]


@pytest.mark.many
@pytest.mark.parametrize("name", JUNK)
def test_junk_is_told_on_an_empty_page_too(name: str) -> None:
    assert "zzz" in str(open_page("actions", {"lang": "zh", name: "zzz"}).warning[0].value)


@pytest.mark.usefixtures("_demonstration")
def test_what_the_list_waits_behind_a_matter_with_is_kept_silently() -> None:
    asked = {"lang": "zh", "matter": "DB-2026-0047", "mview": "table", "mlight": "red", "msort": "-title", "mpage": "2"}
    assert not open_page("actions", asked).warning


@pytest.mark.long
@pytest.mark.usefixtures("_demonstration")
def test_all_of_the_demonstration_is_looked_at_on_the_storys_last_day() -> None:
    last = max(row.at for row in story()).date()
    assert day_of("demo") == last < today()
    assert day_of("public") == today()
    tick("demo")
    shown = {
        name: words(open_page("actions", {"lang": "zh", **asked}))
        for name, asked in (("board", {}), ("alerts", {"alert": "all"}), ("rule", {"alert": "norms"}))
    }
    assert all(f"截至{last.isoformat()}" in told.replace("截至 ", "截至") for told in shown.values())
    assert all(today().isoformat() not in told for told in shown.values())
    assert {item.since for item in known_alerts("demo").values() if item.is_open} == {last}
    # Once somebody goes on with it all of it goes on.
    item = next(item for item in all_matters().matters if item.state == "working")
    carry_on(item.id, "reminded", by("督办员"), {}, "省特镇办")
    assert day_of("demo") == today()
    assert f"截至{today().isoformat()}" in words(open_page("actions", {"alert": "all", "lang": "zh"}))


@pytest.mark.usefixtures("_demonstration")
def test_an_answer_to_an_extension_is_offered_where_one_was_asked_for() -> None:
    working = [item for item in all_matters().matters if item.state == "working"]
    asked = next(item for item in working if item.asked_until is not None)
    other = next(item for item in working if item.asked_until is None)
    for item, is_first in ((asked, True), (other, False)):
        app = open_page("actions", {"lang": "zh", "matter": item.id})
        (choice,) = [box for box in app.selectbox if str(box.key).startswith("matter_kind|")]
        assert ("同意延期" in choice.options) == is_first
        assert (choice.options[0] == "同意延期") == is_first


@pytest.mark.usefixtures("_demonstration")
def test_a_matter_of_simulated_data_is_marked_whoever_handed_it_out() -> None:
    detail = {"title": "x", "goal": {"kind": "evidence"}, "dataset": "demo", "subject": "330100"}
    made = carry_on(None, "filed", by("督办员"), detail, "省特镇办")
    assert not made.is_simulated
    told = words(open_page("actions", {"lang": "zh", "matter": made.id}))
    assert "模拟" in told.partition('<div class="mhead">')[2][:900]
