"""The towns page in a browser: a head sorts, a tick compares, a name leads to the profile."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, expect

from tests.browser.waiting import find_accessibility_faults, wait_until_settled

Open = Callable[..., Page]


def query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def test_heads_sort_ticks_compare_and_names_lead_on(open_page: Open) -> None:
    page = open_page("/towns?prefecture=330100")
    page.get_by_role("button", name="税收收入 亿元").click()
    page.wait_for_url("**tsort=-tax_revenue_yuan**")
    wait_until_settled(page)
    expect(page.locator(".tt tbody tr").first).to_contain_text("桐庐甲芯云小镇")
    for number in (0, 1):
        page.locator(".tt tbody input").nth(number).check()
        wait_until_settled(page)
    assert len(query(page)["compare"]) == 2
    expect(page.locator(".tcmp thead")).to_contain_text("上城甲芯云小镇")
    assert not find_accessibility_faults(page, ".tcmp")
    page.locator(".tcmp").get_by_role("button", name="移出").first.click()
    wait_until_settled(page)
    assert len(query(page)["compare"]) == 1
    page.locator(".tt").get_by_role("button", name="桐庐甲芯云小镇", exact=True).click()
    page.wait_for_url("**/town?**")
    expect(page.get_by_role("heading", name="桐庐甲芯云小镇").first).to_be_visible()


def test_on_a_phone_towns_are_cards_with_figures(open_page: Open) -> None:
    page = open_page("/towns", width=390, height=844)
    card = page.locator(".tt tbody tr").first
    box = card.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    expect(card).to_contain_text("1213")
    expect(page.locator(".tt tbody tr").nth(30)).to_be_hidden()
    page.get_by_role("button", name="全部 137 个").click()
    expect(page.locator(".tt tbody tr").nth(30)).to_be_visible()
