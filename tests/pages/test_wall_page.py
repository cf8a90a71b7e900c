"""The wall's page: all data, plans by link, the desk's own figures, honest silences."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from cockpit.analysis.selection import Selection
from cockpit.briefings import brief, logged_extensions, open_desk, today, town_lists
from cockpit.briefings.demonstrating import place_story
from cockpit.briefings.supervising import all_matters, count_matters, events_kept, tally_matters
from cockpit.phrases import say
from cockpit.policy.register import load
from cockpit.rights import ALL, Scope
from cockpit.vocabulary import Language
from cockpit.wording import lists as list_words
from cockpit.wording import targets as wording
from tests.access.scoped import reader, signed_in
from tests.pages.opening import open_page

KINDS = tuple(load().wall.scenes)


@pytest.fixture(scope="module", autouse=True)
def _demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A log with the demonstration's matters."""
    address = f"sqlite:///{tmp_path_factory.mktemp('wall') / 'matters.sqlite'}"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COCKPIT_DATABASE_URL", address)
        assert place_story()
        yield


def played(parameters: dict[str, str | list[str]]) -> dict[str, Any]:
    app = open_page("wall", parameters)
    assert not app.exception, app.exception[0].message
    proto = app.get("bidi_component")[0].proto
    data: dict[str, Any] = json.loads(proto.json)
    return data


def text_of(markup: str) -> str:
    return re.sub(r"<[^>]*>", "\n", markup)


def test_all_scenes_are_sent_at_once_in_the_order_of_the_records() -> None:
    data = played({"lang": "zh"})
    ids = [scene["id"] for scene in data["scenes"]]
    assert [name.partition(".")[0] for name in dict.fromkeys(name.partition(".")[0] for name in ids)] == list(KINDS)
    assert sum(name.startswith("tour.") for name in ids) == 11
    assert data["start"] == "overview"
    assert {scene["dwell"] for scene in data["scenes"]} == {20}
    assert len(json.dumps(data, ensure_ascii=False).encode()) < 700_000


def test_a_plan_by_link() -> None:
    data = played({"lang": "zh", "scenes": "lists,tour", "dwell": "7", "scene": "tour.330600"})
    assert [scene["number"] for scene in data["scenes"]] == [1] + [2] * 11
    assert data["scenes"][0]["dwell"] == 7
    assert data["start"] == "tour.330600"
    assert data["notice"] == ""


def test_junk_in_the_link_is_told_and_the_default_played() -> None:
    data = played({"lang": "zh", "scenes": "tour,<b>`x`", "dwell": "1", "scene": "zzz", "theme": "pink"})
    assert data["start"] == "tour.330100"
    assert data["scenes"][0]["dwell"] == 20
    for told in ("scenes=<b>x", "dwell=1", "scene=zzz", "theme=pink"):
        assert told in data["notice"]


def test_figures_are_those_of_the_desk() -> None:
    desk = open_desk("demo")
    briefing = brief(desk, Selection(desk.choices.default_period, scope=ALL), today())
    overview = text_of(played({"lang": "zh", "scenes": "overview"})["scenes"][0]["body"])
    for card in briefing.cards:
        figure = wording.value_figure(card.value, card.indicator, "zh", card.provenance)
        assert f"\n{figure.number}\n" in overview, card.target.id


@pytest.mark.long
def test_a_simulated_wall_says_so_on_every_scene_and_a_real_one_never() -> None:
    for scene in played({"lang": "zh"})["scenes"]:
        assert "模拟" in scene["body"] or "模拟" in scene["source"], scene["id"]
    for scene in played({"lang": "zh", "dataset": "public"})["scenes"]:
        assert "模拟" not in scene["head"] + scene["body"] + scene["source"], scene["id"]


def test_published_data_give_no_verdict_and_no_status() -> None:
    data = played({"lang": "zh", "dataset": "public"})
    words = {name: text_of(scene["head"] + scene["body"]) for scene in data["scenes"] for name in [scene["id"]]}
    assert "暂无数据" in words["overview"]
    assert "1.98" in words["overview"]
    assert "达成 \n" not in words["overview"]
    assert not any(word in words["tour.330600"] for word in ("正常", "整改", "指数 "))
    assert next(scene for scene in data["scenes"] if scene["id"] == "vitality")["empty"]


def test_a_filter_leaves_contributions_and_names_what_is_selected() -> None:
    data = played({"lang": "zh", "prefecture": ["330100"], "class": "finance"})
    overview = data["scenes"][0]
    assert "杭州、金融" in overview["head"]
    assert "占全省" in overview["body"]
    assert "未达成" not in overview["head"] + overview["body"]
    tours = [scene["id"] for scene in data["scenes"] if scene["id"].startswith("tour")]
    assert tours == ["tour.330100"]


def test_a_prefecture_without_towns_says_so_and_is_marked_in_the_footer() -> None:
    data = played({"lang": "zh", "scenes": "tour", "class": "heritage"})
    empties = [scene for scene in data["scenes"] if scene["empty"]]
    assert empties
    assert len(empties) < 11
    assert "○ " in data["scenes"][0]["names"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_queue_says_why_a_town_has_its_grade(language: Language) -> None:
    """Every broken norm and every missing figure stands there, or how many are left out for want of room."""
    desk = open_desk("demo")
    lists = town_lists(desk, Selection(desk.choices.default_period, scope=ALL), today(), logged_extensions("demo"))
    body = played({"lang": language, "scenes": "lists"})["scenes"][0]["body"]
    told = {}
    for row in re.findall(r"<li>(.*?)</li>", body.partition("w-queue")[2].partition("</ul>")[0]):
        near, far = re.search(r'<div class="y"><div>(.*?)</div><div class="far">(.*?)</div>', row).groups()
        told[re.findall(r"[^\n]+", text_of(row))[0]] = [re.findall(r"<u>(.*?)[、,]?</u>", part) for part in (near, far)]
    graded = [town for town in lists.queue if town.grade is not None and town.place.name.say(language) in told]
    assert len(graded) > 5
    for town in graded:
        wanted = list_words.grounds(town.grade, desk.register, language)
        for parts in told[town.place.name.say(language)]:
            shown = [part for part in parts if part in wanted]
            rest = say("wall.grounds_rest", language, count=len(wanted) - len(shown))
            assert parts == (wanted if len(shown) == len(wanted) else [*wanted[: len(shown)], rest])
            assert shown


def test_the_matters_are_those_of_the_page_by_office_and_by_no_person() -> None:
    data = played({"lang": "zh", "scenes": "actions"})
    scene, found = data["scenes"][0], all_matters()
    told = text_of(scene["head"] + scene["body"])
    counts, lights = count_matters(found, found.day(today())), tally_matters(found, found.day(today())).lights
    assert f"在办 {counts.open} 项" in told
    assert re.findall(r"<b>(\d+)</b>", scene["head"]) == [
        str(lights[name]) for name in ("red", "yellow", "green", "none")
    ]
    assert f"按首次期限，{counts.in_time_first} / {counts.due}" in told
    own = [int(count) for count in re.findall(r"<li><div><b>(\d+)</b>", scene["body"])]
    assert len(own) == 11
    assert sum(own) == counts.open
    assert not {event.by for events in found.events.values() for event in events} & set(told.split("\n"))
    assert data["matters"] == events_kept()
    assert data["address"].endswith("&matters=1")


def test_a_wall_of_a_prefecture_and_a_reader_of_one_have_its_matters_alone() -> None:
    name = "淳安乙美妍小镇"
    for parameters, scope in (({"prefecture": "330100"}, "330000"), ({}, "330100")):
        with signed_in(reader("analyst", Scope(frozenset({scope})))):
            scene = played({"lang": "zh", "scenes": "actions", **parameters})["scenes"][0]
        counts = count_matters(all_matters().seen(Scope(frozenset({"330100"}))), date(2026, 11, 26))
        assert f"在办 {counts.open} 项" in text_of(scene["head"])
        assert name in scene["body"]
        assert "新昌" not in scene["body"]


def test_a_wall_without_matters_says_so_and_one_that_cannot_read_them_too(monkeypatch: pytest.MonkeyPatch) -> None:
    scene = played({"lang": "zh", "scenes": "actions", "dataset": "public"})["scenes"][0]
    assert scene["empty"]
    assert "没有在办的事项" in scene["body"]
    monkeypatch.setenv("COCKPIT_DATABASE_URL", "postgresql+psycopg://a:b@127.0.0.1:1/x")
    data = played({"lang": "zh", "scenes": "actions"})
    assert "督办记录现在读不到" in data["scenes"][0]["body"]
    assert data["matters"] is None


def test_nothing_selected_is_said_in_every_scene() -> None:
    data = played({"lang": "zh", "q": "没有这个小镇"})
    assert all(scene["empty"] for scene in data["scenes"])
    assert "筛选后没有小镇" in data["scenes"][0]["body"]


@pytest.mark.long
@pytest.mark.parametrize("dataset", ["demo", "public"])
def test_english_scenes_hold_no_chinese(dataset: str) -> None:
    for scene in played({"lang": "en", "dataset": dataset})["scenes"]:
        # Publishers are names, which have no translation.
        body = re.sub(r'<div class="w-sources">.*?</div>', "", scene["body"])
        words = text_of(scene["head"] + body + scene["source"] + scene["names"])
        found = {sign for sign in words if "一" <= sign <= "鿿"}
        assert not found, (scene["id"], "".join(sorted(found)))


def test_one_town_by_link_carries_its_printed_code() -> None:
    scene = played({"lang": "zh", "scenes": "town", "town": "D330102A"})["scenes"][0]
    assert "DM-330102-A-" in scene["body"]


def test_text_from_data_is_escaped() -> None:
    data = played({"lang": "zh", "q": "<script>alert(1)</script>"})
    assert not any("<script" in scene["head"] + scene["body"] for scene in data["scenes"])
    assert "&lt;script" in data["scenes"][0]["head"], "the filter is named"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_cases_stand_on_the_wall_with_one_of_the_day_and_leave_room_where_there_are_none(language: str) -> None:
    scene = played({"lang": language, "scenes": "cases"})["scenes"][0]
    told = text_of(scene["head"] + scene["body"])
    assert {"zh": "最佳实践 7 个", "en": "Best practice: 7 published"}[language] in told
    assert {"zh": "今日案例", "en": "Case of the day"}[language] in told
    assert {"zh": "同类小镇中位", "en": "median town of the class"}[language] in told
    assert {"zh": "只说明前后变化", "en": "not that the measure did it"}[language] in told
    assert played({"lang": language, "scenes": "cases", "dataset": "public"})["scenes"][0]["empty"]
