"""No click is lost: whatever address the browser still showed, and whichever server answers, what was picked stands.

One case a kind of widget and place in the address. Each is picked with the address of the page before it, which is what
a browser sends when the answer to the click before is still on its way.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from benchmarks.serving import Server, running_server
from tests.wire.reader import Reader

pytestmark = pytest.mark.many


@dataclass(frozen=True)
class Pick:
    """A click and what the address must hold after it."""

    page: str
    key: str
    value: Any
    name: str
    expected: list[str]
    start: str = ""
    momentary: bool = False


def diagram(what: str) -> str:
    return json.dumps({"event": "pick", "value": what})


def lead(what: str) -> str:
    return json.dumps({"event": "lead", "value": what})


PICKS = (
    Pick("", "period", "2024年全年", "period", ["2024"]),
    Pick("", "class", ["金融", "旅游"], "class", ["tourism", "finance"]),
    Pick("", "county", ["上城区"], "county", ["330102"]),
    Pick("", "status", ["命名"], "status", ["named"]),
    Pick("", "q", "小镇", "q", ["小镇"]),
    Pick("", "mountain", "只看山区26县", "mountain", ["yes"]),
    Pick("", "language", ["EN"], "lang", ["en"]),
    Pick("", "desk", diagram("gaptarget:tax_revenue_2025"), "target", ["tax_revenue_2025"], momentary=True),
    Pick("", "desk", diagram("gapby:class"), "gapby", ["class"], momentary=True),
    Pick("", "reader_aids", lead("gappart:exit"), "gappart", ["exit"], momentary=True),
    Pick("", "reader_aids", lead("class:finance"), "class", ["finance"], momentary=True),
    Pick("", "clear", True, "class", [], start="class=finance", momentary=True),
    Pick("targets", "target", ["税收收入"], "target", ["tax_revenue_2025"]),
    Pick("targets", "by", ["县"], "by", ["county"]),
    Pick("chain", "chainbox", "化妆品", "chain", ["cosmetics"]),
    Pick("chain", "nodebox", "传感器", "node", ["digital_security.sensors"], start="chain=digital_security"),
    Pick("chain", "chain_picture", diagram("chain:cosmetics"), "chain", ["cosmetics"], momentary=True),
    Pick("chain", "fq", "科技", "fq", ["科技"]),
    Pick("map", "measure", "税收收入", "measure", ["tax_revenue_yuan"]),
    Pick("map", "layers", ["小镇"], "hide", ["areas", "labels"]),
    Pick("map", "mapview", ["增速"], "mapview", ["growth"]),
    Pick("map", "pick", "杭州", "pick", ["330100"]),
    Pick("map", "draw", ["表"], "draw", ["table"]),
    Pick("vitality", "vw|industry", [40.0], "w", ["industry.40"]),
    Pick("vitality", "scope", ["类内名次"], "scope", ["class"]),
    Pick("vitality", "vnext", True, "page", ["2"], momentary=True),
    Pick("per-mu", "land", ["建设用地"], "land", ["construction"]),
    Pick("per-mu", "reader_aids", lead("per_mu_town:D330102A"), "per_mu_town", ["D330102A"], momentary=True),
    Pick("lists", "check_green", True, "check", ["green"], momentary=True),
    Pick("towns", "columns", ["总产出"], "columns", ["total_output_yuan"]),
    Pick("town", "towncode", "上城乙创投小镇 · DM-330102-B-6", "code", ["DM-330102-B-6"]),
    Pick("town", "ask", "DM-330102-B-6", "code", ["DM-330102-B-6"]),
)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with running_server() as running:
        yield running


@pytest.fixture(scope="module")
def other() -> Iterator[Server]:
    """Another process of the same app, as after a restart or behind a balancer."""
    with running_server() as running:
        yield running


def play(scene: Callable[[], Awaitable[None]]) -> None:
    asyncio.run(scene())


PREFECTURE_LABELS = {"zh": ("杭州", "宁波"), "en": ("Hangzhou", "Ningbo")}


@pytest.mark.parametrize("pick", PICKS, ids=lambda pick: f"{pick.page or 'cockpit'}-{pick.key}")
def test_a_click_made_while_the_answer_to_the_one_before_is_on_its_way_stands(server: Server, pick: Pick) -> None:
    async def scene() -> None:
        reader = await Reader.open(server.url, pick.page, pick.start)
        before = reader.address
        await reader.click("prefecture", ["杭州"])
        await reader.click(pick.key, pick.value, shown=before)
        assert reader.choices.get(pick.name, []) == pick.expected
        if pick.key != "clear":
            assert reader.choices["prefecture"] == ["330100"]
        await reader.close()

    play(scene)


@pytest.mark.parametrize("pick", PICKS, ids=lambda pick: f"{pick.page or 'cockpit'}-{pick.key}")
def test_a_click_is_not_undone_by_the_next_one(server: Server, pick: Pick) -> None:
    async def scene() -> None:
        reader = await Reader.open(server.url, pick.page, pick.start)
        before = reader.address
        await reader.click(pick.key, pick.value)
        labels = PREFECTURE_LABELS["en" if pick.key == "language" else "zh"]
        await reader.click("prefecture", [labels[0]], shown=before)
        await reader.click("prefecture", list(labels), shown=before)
        assert reader.choices.get(pick.name, []) == pick.expected
        assert reader.choices["prefecture"] == ["330100", "330200"]
        assert not reader.told.get("prefecture|zh|demo@v0003")
        await reader.close()

    play(scene)


@pytest.mark.long
@pytest.mark.parametrize("pick", PICKS, ids=lambda pick: f"{pick.page or 'cockpit'}-{pick.key}")
def test_the_first_click_stands_when_another_process_answers(server: Server, other: Server, pick: Pick) -> None:
    async def scene() -> None:
        reader = await Reader.open(server.url, pick.page, pick.start)
        if pick.key not in ("county", "clear"):
            await reader.click("prefecture", ["杭州"])
        await reader.moved_to(other.url)
        await reader.click(pick.key, pick.value)
        assert reader.choices.get(pick.name, []) == pick.expected
        if pick.key not in ("county", "clear"):
            assert reader.choices["prefecture"] == ["330100"]
        if not pick.momentary and pick.key != "language":
            wanted = [str(item) for item in (pick.value if isinstance(pick.value, list) else [pick.value])]
            assert reader.shows(pick.key) == wanted or pick.value in ("", [])
        await reader.close()

    play(scene)


def test_three_quick_picks_all_with_the_address_of_the_first(server: Server) -> None:
    async def scene() -> None:
        reader = await Reader.open(server.url, "")
        await reader.click("prefecture", ["杭州"], shown="")
        await reader.click("prefecture", ["杭州", "宁波"], shown="")
        await reader.click("prefecture", ["杭州", "宁波", "温州"], shown="prefecture=330100")
        assert reader.choices == {"prefecture": ["330100", "330200", "330300"]}
        await reader.close()

    play(scene)


def test_a_pick_taken_back_before_its_address_arrived_leaves_address_and_page_agreeing(server: Server) -> None:
    """The address then equals the one the click named; the browser, which has got another since, must be told."""

    async def scene() -> None:
        reader = await Reader.open(server.url, "")
        await reader.click("prefecture", ["杭州"], shown="")
        await reader.click("prefecture", [], shown="")
        assert reader.choices == {}
        assert any("<b>137</b> / 137" in text for text in reader.texts)
        await reader.close()

    play(scene)


def test_back_wins_over_every_widget_and_forward_again(server: Server) -> None:
    async def scene() -> None:
        reader = await Reader.open(server.url, "", "class=finance")
        await reader.click("prefecture", ["杭州"])
        await reader.click("period", "2024年全年")
        await reader.back("class=finance&prefecture=330100")
        assert reader.choices == {"class": ["finance"], "prefecture": ["330100"]}
        assert reader.shows("period") == ["2025年全年"]
        await reader.back("class=finance")
        assert reader.shows("prefecture") == []
        await reader.back("class=finance&period=2024&prefecture=330100")
        assert reader.shows("prefecture") == ["杭州"]
        assert reader.shows("period") == ["2024年全年"]
        await reader.click("class", [])
        assert reader.choices == {"period": ["2024"], "prefecture": ["330100"]}
        await reader.close()

    play(scene)


def test_an_opened_link_wins_and_its_junk_is_told(server: Server) -> None:
    async def scene() -> None:
        reader = await Reader.open(server.url, "", "prefecture=330100&class=gold")
        assert reader.choices == {"prefecture": ["330100"]}
        assert reader.shows("prefecture") == ["杭州"]
        await reader.close()

    play(scene)
