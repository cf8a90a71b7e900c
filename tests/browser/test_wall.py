"""The wall in a browser: keys, rotation, touch; every size without anything cut; a server that goes and comes back."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from benchmarks.serving import PROJECT, Server, free_port, running_server
from cockpit.analysis.selection import Selection
from cockpit.briefings import brief, logged_extensions, open_desk, today
from cockpit.datasets.store.loading import load
from cockpit.policy.register import load as load_register
from cockpit.rights import ALL
from cockpit.ui.wall import scenes as wall_scenes
from cockpit.visuals.wall.scene import Scene, Setting
from cockpit.vocabulary import Language
from tests.browser.waiting import wait_for, wait_until_settled

Open = Callable[..., Page]
SIZES = ((1920, 1080), (1366, 768), (3840, 2160), (6656, 1792), (2560, 1080), (1080, 1920))
TOWN = "D330102A"
SCENES = len(load_register().wall.scenes)

# Every text of the scene shown: is it inside the screen and inside what clips it, and how large is it in rem?
_LOOK = """
() => {
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
  const cut = [], small = [], over = [], set = [];
  const clips = (part) => {
    let [left, top, right, bottom] = [0, 0, innerWidth, innerHeight];
    for (let up = part.parentElement; up && up !== document.body; up = up.parentElement) {
      const style = getComputedStyle(up);
      if (style.overflowX === "visible" && style.overflowY === "visible") continue;
      const box = up.getBoundingClientRect();
      left = Math.max(left, box.left); top = Math.max(top, box.top);
      right = Math.min(right, box.right); bottom = Math.min(bottom, box.bottom);
    }
    return [left, top, right, bottom];
  };
  for (const part of document.querySelectorAll(".wall .w-stage *, .wall .w-foot *")) {
    if (part.closest("[hidden], title, defs")) continue;
    if (![...part.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim())) continue;
    const range = document.createRange();
    range.selectNodeContents(part);
    const inSvg = part instanceof SVGElement;
    const box = (inSvg ? part : range).getBoundingClientRect();
    if (!box.width) continue;
    const [left, top, right, bottom] = clips(part), slack = 0.06 * rem;
    const told = part.textContent.trim().slice(0, 24);
    // Words beside a map's or a diagram's are theirs to place; all others keep clear of each other, line by line.
    if (!inSvg) for (const text of part.childNodes) if (text.nodeType === 3 && text.textContent.trim()) {
      range.selectNodeContents(text);
      for (const line of range.getClientRects()) set.push([line, text.textContent.trim().slice(0, 24)]);
    }
    const home = inSvg ? null : part.closest("section");
    const edge = home ? Math.min(right, home.getBoundingClientRect().right) : right;
    if (box.left < left - slack || box.top < top - slack || box.right > edge + slack || box.bottom > bottom + slack)
      cut.push(told);
    const size = parseFloat(getComputedStyle(part).fontSize) * (inSvg ? part.getScreenCTM().a : 1) / rem;
    if (size < 0.97 && !told.startsWith("°")) small.push(`${told}: ${size.toFixed(2)}`);
  }
  set.forEach(([one, first], at) => { for (const [other, second] of set.slice(at + 1)) {
    const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
    // A line's box is half as high again as its signs.
    const [upper, lower] = one.top < other.top ? [one, other] : [other, one];
    const high = upper.bottom - 0.2 * upper.height - lower.top - 0.25 * lower.height;
    if (first !== second && wide > 0.1 * rem && high > 0.1 * rem) over.push(`${first} | ${second}`);
  } });
  const spill = [...document.querySelectorAll(".w-left, .w-right, .w-C, .w-bars, .w-main > *")]
    .filter((part) => part.clientHeight && part.scrollHeight > part.clientHeight + 0.3 * rem)
    .map((part) => part.className);
  const page = document.scrollingElement, main = document.querySelector("[data-testid=stMain]");
  const bars = [page, main].some((part) => getComputedStyle(part).overflowY !== "hidden"
    && (part.scrollHeight > part.clientHeight + 1 || part.scrollWidth > part.clientWidth + 1));
  return { cut, small, over, spill, bars };
}
"""


def scene(page: Page) -> str:
    return str(page.locator(".wall").get_attribute("data-scene"))


def open_wall(open_page: Open, query: str, **options: Any) -> Page:
    page = open_page(f"/wall?{query}", **options)
    expect(page.locator(".wall .w-body > *")).to_have_count(1)
    return page


@pytest.mark.long
@pytest.mark.parametrize(
    "query", ["lang=zh", "lang=en", "lang=zh&dataset=public", "lang=en&prefecture=331100", "lang=zh&prefecture=330100"]
)
def test_no_scene_is_cut_at_any_size(open_page: Open, query: str) -> None:
    page = open_wall(open_page, f"{query}&dwell=3600&theme={'light' if 'en' in query else 'dark'}")
    faults = []
    for width, height in SIZES if "dataset" not in query and "prefecture" not in query else SIZES[:1] + SIZES[3:4]:
        page.set_viewport_size({"width": width, "height": height})
        for steps in range(SCENES + 2 if "prefecture" not in query else SCENES):
            # Two prefectures, then on to the next scenes by digit.
            page.keyboard.press(
                "Home" if steps == 0 else "ArrowRight" if steps < 3 else str(steps - 1 + ("pre" in query))
            )
            page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
            found = page.evaluate(_LOOK)
            if any(found.values()):
                faults.append((f"{width}x{height}", scene(page), found))
    assert not faults, "\n".join(map(str, faults))


def _chains(language: Language, dataset: str) -> dict[str, Scene]:
    """The chain scene of every day: one a chain, as the server makes it."""
    desk = open_desk(dataset)
    briefing = brief(desk, Selection(desk.choices.default_period, scope=ALL), today())
    setting, record = Setting(language, "", briefing.is_simulated()), desk.register.wall.scenes["chain"]
    logged = logged_extensions(dataset)
    return {
        name: wall_scenes.make(desk, briefing, logged, record.model_copy(update={"subject": name}), setting, "")[0]
        for name in desk.register.chains
    }


@pytest.mark.long
@pytest.mark.parametrize(("language", "dataset"), [("zh", "demo"), ("en", "demo"), ("zh", "public")])
def test_no_chain_is_cut_and_every_node_has_its_whole_name(open_page: Open, language: Language, dataset: str) -> None:
    """Today's chain alone would prove little: each is put into the running wall."""
    page = open_wall(open_page, f"lang={language}&dataset={dataset}&scenes=chain&dwell=3600")
    faults = []
    for width, height in ((1920, 1080), (1366, 768), (2560, 1080), (3840, 1080), (1080, 1920)):
        page.set_viewport_size({"width": width, "height": height})
        for name, scene in _chains(language, dataset).items():
            page.evaluate("(body) => { document.querySelector('.w-body').innerHTML = body; }", scene.body)
            found = page.evaluate(_LOOK)
            names = page.locator(".cdia:visible .nm").all_text_contents()
            assert names
            # An upright wall has no room for every English name.
            found["names"] = [text for text in names if "…" in text and (language, width) != ("en", 1080)]
            if any(found.values()):
                faults.append((f"{width}x{height}", name, found))
    assert not faults, "\n".join(map(str, faults))


@pytest.mark.long
def test_the_chain_and_the_queue_use_a_very_wide_wall(open_page: Open) -> None:
    page = open_wall(open_page, "lang=zh&scenes=chain,lists&dwell=3600", width=3840)
    drawn = page.locator(".cdia:visible")
    expect(drawn).to_have_count(1)
    wide = drawn.bounding_box()
    assert wide is not None
    assert wide["width"] > 0.5 * 3840, "the diagram is what the wall is for"
    page.keyboard.press("2")
    grounds = page.locator(".w-queue .y > div:visible").all_text_contents()
    assert any("特色产业投资占比" in text for text in grounds)
    assert not any("另 " in text for text in grounds), "so wide a wall leaves no reason out"


def test_keys_touch_and_rotation(open_page: Open) -> None:
    page = open_wall(open_page, "lang=zh&dwell=600")
    press = page.keyboard.press
    assert scene(page) == "overview"
    for key, there in (
        ("ArrowRight", "tour.330100"), ("PageDown", "tour.330200"), ("ArrowLeft", "tour.330100"),
        ("PageUp", "overview"), ("PageUp", "cases"), ("3", "chain"), ("9", "chain"), ("Home", "overview"),
        ("2", "tour.330100"),
    ):  # fmt: skip
        press(key)
        assert scene(page) == there, key
    page.get_by_role("button", name="绍兴").click()
    assert scene(page) == "tour.330600"

    press(" ")
    expect(page.locator(".w-now")).to_contain_text("已暂停")
    press(" ")
    expect(page.locator(".w-now")).to_contain_text("余 ")
    press("?")
    expect(page.locator(".w-help")).to_contain_text("PageDown")
    press("Escape")
    expect(page.locator(".w-help")).to_be_hidden()
    for key in ("b", "."):
        press(key)
        expect(page.locator(".w-blank")).to_be_visible()
        press("ArrowRight")  # brings the picture back, and nothing else
        expect(page.locator(".w-blank")).to_be_hidden()
        assert scene(page) == "tour.330600"

    # A touch holds, a swipe to the left turns on.
    page.evaluate(
        "() => { const wall = document.querySelector('.wall'); const at = (name, x) => wall.dispatchEvent("
        "new PointerEvent(name, {pointerType: 'touch', pointerId: 7, clientX: x, clientY: 500, bubbles: true}));"
        "at('pointerdown', 1200); at('pointerup', 700); }"
    )
    assert scene(page) == "tour.330700"
    expect(page.locator(".w-now")).to_contain_text("触摸暂停")

    turning = open_wall(open_page, "lang=zh&scenes=lists,vitality&dwell=2&scene=vitality")
    assert scene(turning) == "vitality"
    wait_for(turning, "document.querySelector('.wall').dataset.scene === 'lists'", 6000)
    wait_for(turning, "document.querySelector('.w-ring').getAttribute('stroke-dasharray') > '1'", 3000)
    wait_for(turning, "document.querySelector('.wall').dataset.scene === 'vitality'", 6000)


@pytest.mark.long
def test_old_data_are_told_with_their_age(open_page: Open, server: Server) -> None:
    page = open_page("")
    page.clock.set_system_time("2027-06-01T10:00:00+08:00")
    page.goto(f"{server.url}/wall?lang=zh&scenes=lists")
    expect(page.locator(".wall.stale .w-version")).to_contain_text("天未更新")
    expect(page.locator(".w-date")).to_contain_text("2027-06-01")


@pytest.mark.long
def test_a_presenter_steps_out_with_the_filters_and_comes_back(open_page: Open) -> None:
    page = open_wall(open_page, "lang=zh&dwell=600&scenes=tour,chain&class=digital_economy")
    page.keyboard.press("ArrowRight")
    assert scene(page) == "tour.330200"
    page.keyboard.press("Enter")
    back = page.get_by_role("button", name="返回大屏")
    expect(back).to_be_visible(timeout=20_000)
    wait_until_settled(page)
    asked = parse_qs(urlsplit(page.url).query)
    assert urlsplit(page.url).path == "/map"
    assert (asked["prefecture"], asked["class"]) == (["330200"], ["digital_economy"])
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "15px", "the desk has its own unit"
    back.click()
    expect(page.locator(".wall .w-body > *")).to_have_count(1, timeout=20_000)
    wait_until_settled(page)
    assert scene(page) == "tour.330200"
    asked = parse_qs(urlsplit(page.url).query)
    assert (asked["scenes"], asked["dwell"], asked["class"]) == (["tour,chain"], ["600"], ["digital_economy"])
    assert "prefecture" not in asked
    assert "wall" not in asked


@pytest.mark.long
def test_a_new_version_and_a_restarted_server_keep_the_scene(open_page: Open, tmp_path: Path) -> None:
    """One server from start to end: publish, kill, start again; the page is never loaded anew."""
    environment = {"COCKPIT_DATA_DIR": str(tmp_path / "data")}
    port = free_port()
    with running_server(environment=environment, port=port) as home:
        page = open_wall(open_page, "lang=zh&dwell=600", at=home, quiet=False)
        loads: list[int] = []
        page.on("load", lambda _: loads.append(1))
        page.keyboard.press("2")
        before = page.locator(".w-kpi.big .v").inner_text()
        value = load("demo").table("returns").astype({"town_code": "str", "period": "str", "indicator": "str"})
        figure = float(
            value.set_index(["town_code", "period", "indicator"])["value"][TOWN, "2025", "total_output_yuan"]
        )
        sheet = tmp_path / "returns.csv"
        sheet.write_text(
            f"town_code,period,indicator,value\n{TOWN},2025,total_output_yuan,{figure * 1.09}\n", encoding="utf-8-sig"
        )
        subprocess.run(
            [sys.executable, "-m", "cockpit", "publish", str(sheet), "--by", "李四", "--note", "三季度", "--json"],
            cwd=PROJECT, env={**os.environ, **environment}, check=True, capture_output=True,
        )  # fmt: skip
        expect(page.locator(".w-version")).to_contain_text("第 4 版", timeout=20_000)
        expect(page.locator(".w-notice")).to_contain_text("已更新到第 4 版")
        assert scene(page) == "tour.330100"
        assert page.locator(".w-kpi.big .v").inner_text() != before
        home.process.kill()
        home.process.wait()
        expect(page.locator(".w-version")).to_contain_text("重连中", timeout=10_000)
        page.keyboard.press("ArrowRight")
        assert scene(page) == "tour.330200", "the show goes on without a server"
        page.keyboard.press("Enter")
        assert scene(page) == "tour.330200", "and nobody is led to a page that is not there"
    with running_server(environment=environment, port=port):
        expect(page.locator(".w-version")).to_contain_text("第 4 版", timeout=60_000)
        wait_until_settled(page)
        assert scene(page) == "tour.330200"
        page.keyboard.press("4")
        assert scene(page) == "vitality"
    assert not loads
