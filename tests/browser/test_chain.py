"""The industry chain page in a browser: a click on a card opens its firms, by keyboard as well; a phone gets a list."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.waiting import wait_for, wait_until_settled

NODE = "digital_security.cameras"
CARD = f'.cdia [data-pick="node:{NODE}"]'


def test_a_click_on_a_node_opens_its_firms_and_stands_in_the_address(open_page: Callable[..., Page]) -> None:
    page = open_page("/chain?lang=zh&chain=digital_security")
    page.locator(CARD).click()
    wait_until_settled(page)
    assert f"node={NODE}" in page.url
    expect(page.locator(".cph h2")).to_have_text("监控摄像头制造")
    expect(page.locator(".cft tbody tr")).to_have_count(20)
    expect(page.locator(CARD)).to_have_attribute("aria-pressed", "true")
    first = page.locator(".cft tbody tr td").first.inner_text()
    page.get_by_role("button", name="下一页").click()
    wait_until_settled(page)
    assert "fpage=2" in page.url
    expect(page.locator(".cfh em")).to_contain_text("第21–40家")
    assert page.locator(".cft tbody tr td").first.inner_text() != first


@pytest.mark.long
def test_the_keyboard_picks_a_card_and_stays_on_it(open_page: Callable[..., Page]) -> None:
    page = open_page("/chain?lang=zh&chain=digital_security")
    page.locator(CARD).focus()
    page.keyboard.press("Enter")
    wait_until_settled(page)
    assert f"node={NODE}" in page.url
    assert page.evaluate("document.activeElement.dataset.pick") == f"node:{NODE}"


@pytest.mark.long
def test_a_tile_a_town_and_a_link_can_be_picked(open_page: Callable[..., Page]) -> None:
    page = open_page("/chain?lang=zh&chain=digital_security")
    page.locator(".ln-open .hit").first.click(force=True)
    wait_until_settled(page)
    assert "link=" in page.url
    page.locator('.cm [data-pick^="town:"]').first.click()
    wait_until_settled(page)
    assert "town=" in page.url
    expect(page.locator(".ctown").first).to_be_visible()
    page.locator('.ct[data-pick="chain:hosiery"]').click()
    wait_until_settled(page)
    assert "chain=hosiery" in page.url
    expect(page.locator(".st-key-cbar h2")).to_have_text("袜业")


@pytest.mark.long
def test_a_phone_gets_the_list_and_not_the_diagram(open_page: Callable[..., Page]) -> None:
    page = open_page("/chain?lang=zh&chain=digital_security", width=390, height=844)
    expect(page.locator(".clist")).to_be_visible()
    expect(page.locator(".cdia")).to_be_hidden()
    row = page.locator(f'.clist [data-pick="node:{NODE}"]')
    box = row.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    row.click()
    wait_until_settled(page)
    expect(page.locator(".cr.sel .crt")).to_be_visible()


@pytest.mark.long
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_wall_shows_larger_text(open_page: Callable[..., Page], language: str) -> None:
    page, name = open_page(f"/chain?lang={language}"), "document.querySelector('.cdia .nm')"
    heights = []
    for width, height in ((1920, 1080), (3840, 2160)):
        page.set_viewport_size({"width": width, "height": height})
        wait_for(page, name)  # the picture is a part of its own, which may come after the page has settled
        wait_until_settled(page)
        heights.append(page.evaluate(f"{name}.getBoundingClientRect().height"))
    desk, wall = heights
    assert wall > desk * 1.8
