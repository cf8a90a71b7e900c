"""The map: the select box and a click choose a place; without WebGL the plain chart takes over."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Browser, Page, expect

from benchmarks.browser import CHROMIUM_FLAGS, find_chromium
from benchmarks.serving import Server
from tests.browser.waiting import wait_until_settled
from tests.browser.watching import watch_page

Open = Callable[..., Page]


def query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def test_the_select_box_shows_a_town(open_page: Open) -> None:
    page = open_page("/map")
    page.get_by_role("combobox", name="选一个小镇或县").click()
    page.keyboard.type("余杭甲")
    page.get_by_role("option").first.click()
    wait_until_settled(page)
    assert query(page) == {"pick": ["D330110A"]}
    expect(page.locator(".facts")).to_contain_text("D330110A")


def test_a_picked_prefecture_filters_everything(open_page: Open) -> None:
    page = open_page("/map?pick=330100")
    expect(page.locator(".rail h2")).to_have_text("杭州")
    page.get_by_role("button", name="只看此市").click()
    wait_until_settled(page)
    assert query(page) == {"prefecture": ["330100"]}
    expect(page.locator(".town-count")).to_contain_text("36 / 137")


def test_a_click_on_the_plain_chart_picks_an_area(open_page: Open) -> None:
    page = open_page("/map?draw=plain&hide=towns&hide=labels")
    canvas = page.locator("[data-testid=stVegaLiteChart] canvas, [data-testid=stVegaLiteChart] svg").first
    box = canvas.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_url("**pick=33**")
    wait_until_settled(page)
    expect(page.locator(".rail h2")).to_be_visible()


def test_a_click_on_the_interactive_map_picks_an_area(open_page: Open) -> None:
    page = open_page("/map?hide=towns&hide=labels")
    canvas = page.locator("[data-testid=stDeckGlJsonChart] canvas").first
    box = canvas.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    # Software rendering answers the press too late for a tap; the clock stands still while the button is down.
    page.evaluate("() => { const now = Date.now(); window.__now = Date.now; Date.now = () => now; }")
    page.mouse.down()
    page.mouse.up()
    page.wait_for_url("**pick=33**")
    page.evaluate("() => { Date.now = window.__now; }")
    wait_until_settled(page)
    expect(page.locator(".rail h2")).to_be_visible()


def test_without_webgl_the_plain_chart_is_shown_and_said(server: Server, browser: Browser) -> None:
    flags = [flag for flag in CHROMIUM_FLAGS if "swiftshader" not in flag and "angle" not in flag]
    plain = browser.browser_type.launch(executable_path=find_chromium(), args=[*flags, "--disable-3d-apis"])
    try:
        page = plain.new_context(locale="zh-CN", viewport={"width": 1920, "height": 1080}).new_page()
        watch_page(page)
        page.goto(server.url + "/map")
        expect(page.get_by_test_id("stAlert")).to_contain_text("WebGL", timeout=30_000)
        wait_until_settled(page)
        expect(page.get_by_test_id("stVegaLiteChart")).to_be_visible()
        expect(page.get_by_test_id("stDeckGlJsonChart")).to_have_count(0)
    finally:
        plain.close()
