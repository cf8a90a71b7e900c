"""The map in a browser: a click chooses and filters, keys walk, the drawing keeps its letters while it is magnified."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from benchmarks.browser import CHROMIUM_FLAGS, find_chromium
from benchmarks.serving import Server
from tests.browser.waiting import find_accessibility_faults, wait_for, wait_until_settled
from tests.browser.watching import watch_page

Open = Callable[..., Page]
QUZHOU = '.m-area[data-area="330800"]'


def query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def scale(page: Page) -> float:
    """Pixels a unit of the plane."""
    return float(page.evaluate("() => document.querySelector('.mp').stage.scale"))


@pytest.mark.long
def test_a_click_chooses_and_a_second_step_filters_and_zooms(open_page: Open) -> None:
    page = open_page("/map")
    page.locator(QUZHOU).hover(position={"x": 60, "y": 80}, force=True)
    expect(page.locator(".mp-tip")).to_contain_text("33.3 万元/亩")
    expect(page.locator(".mp-tip")).to_contain_text("6/6 个小镇")
    page.locator(QUZHOU).click(position={"x": 60, "y": 80}, force=True)
    page.wait_for_url("**pick=330800**")
    wait_until_settled(page)
    assert not find_accessibility_faults(page, ".mp")
    before = scale(page)
    page.get_by_role("button", name="只看衢州").click()
    page.wait_for_url("**prefecture=330800**")
    wait_until_settled(page)
    assert query(page) == {"prefecture": ["330800"]}
    wait_for(page, f"document.querySelector('.mp').stage.scale > {1.5 * before}")
    page.locator(".mp-crumbs").get_by_role("button", name="全省").click()
    wait_until_settled(page)
    assert query(page) == {}
    wait_for(page, f"document.querySelector('.mp').stage.scale < {1.1 * before}")


@pytest.mark.long
def test_the_map_is_walked_and_zoomed_by_keys(open_page: Open) -> None:
    page = open_page("/map")
    page.locator('.m-area[data-area="330700"]').focus()
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("() => document.activeElement.dataset.area") == "330800", "Quzhou lies west of Jinhua"
    before = scale(page)
    page.keyboard.press("+")
    wait_for(page, f"document.querySelector('.mp').stage.scale > {1.3 * before}")
    page.keyboard.press("0")
    wait_for(page, f"document.querySelector('.mp').stage.scale < {1.1 * before}")
    page.keyboard.press("Enter")
    page.wait_for_url("**pick=330800**")
    wait_until_settled(page)
    expect(page.locator(".mp-panel h2")).to_have_text("选中：衢州")
    page.keyboard.press("Escape")
    wait_until_settled(page)
    assert query(page) == {}


def test_on_a_phone_nothing_is_cut_and_one_finger_scrolls(open_page: Open) -> None:
    page = open_page("/map?pick=330300", width=390, height=844)
    assert page.evaluate("() => getComputedStyle(document.querySelector('.m-svg')).touchAction") == "pan-y"
    main = page.locator("[data-testid=stMain]")
    assert main.evaluate("(main) => main.scrollWidth <= main.clientWidth")
    cut = page.evaluate(
        """() => {
          const map = document.querySelector('.mp-map').getBoundingClientRect();
          const beyond = (at) => at.left < map.left - 1 || at.right > map.right + 1;
          return [...document.querySelectorAll('.m-name:not([visibility]) text')]
            .filter((name) => beyond(name.getBoundingClientRect()))
            .map((name) => name.textContent);
        }"""
    )
    assert cut == []
    expect(page.get_by_role("button", name="只看温州")).to_be_in_viewport()


@pytest.mark.long
def test_a_town_of_the_panel_leads_to_its_profile(open_page: Open) -> None:
    page = open_page("/map?pick=330300")
    page.locator(".mp-panel").get_by_role("button", name="鹿城甲财富小镇").click()
    page.wait_for_url("**/town?**")
    wait_until_settled(page)
    expect(page.get_by_role("heading", name="鹿城甲财富小镇").first).to_be_visible()


@pytest.mark.long
def test_without_webgl_the_ordinary_map_is_shown_and_said(server: Server, browser: Browser) -> None:
    flags = [flag for flag in CHROMIUM_FLAGS if "swiftshader" not in flag and "angle" not in flag]
    plain = browser.browser_type.launch(executable_path=find_chromium(), args=[*flags, "--disable-3d-apis"])
    try:
        page = plain.new_context(locale="zh-CN", viewport={"width": 1920, "height": 1080}).new_page()
        watch_page(page)
        page.goto(server.url + "/map?draw=deck")
        expect(page.get_by_test_id("stAlert")).to_contain_text("WebGL", timeout=30_000)
        wait_until_settled(page)
        expect(page.locator(".m-svg")).to_be_visible()
        expect(page.get_by_test_id("stDeckGlJsonChart")).to_have_count(0)
    finally:
        plain.close()
