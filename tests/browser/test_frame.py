"""The frame in the reader's hands: help, clauses and words explained, saved views, the wall's link, an unknown address.

One visit for several of them; each state is looked at by axe.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.waiting import find_accessibility_faults, wait_until_settled

# English words of the framework that a Chinese page showed once.
_SPOKEN = "[...document.querySelectorAll('[aria-label]')].map(e => e.getAttribute('aria-label'))"


@pytest.mark.long
def test_a_reader_finds_help_and_what_a_clause_asks(open_page: Callable[..., Page]) -> None:
    page = open_page("/targets?lang=zh", greeted=True, width=1366, height=768)
    hint = page.locator("#cockpit-hint")
    expect(hint).to_contain_text("第一次使用")

    page.keyboard.press("?")
    panel = page.locator(".helppanel")
    expect(panel).to_contain_text("常用操作")
    expect(hint).to_have_count(0)
    assert find_accessibility_faults(page) == []
    page.get_by_label("视图名称").fill("总产出")
    page.get_by_role("button", name="保存当前视图").click()
    expect(page.get_by_role("link", name="总产出")).to_have_attribute("href", "targets?lang=zh")

    page.get_by_role("button", name="大屏设置").click()
    dialog = page.get_by_role("dialog", name="大屏设置")
    expect(dialog.locator("[data-copy]")).to_have_attribute(
        "data-copy", f"{page.evaluate('location.origin')}/wall?lang=zh"
    )
    wait_until_settled(page)
    assert find_accessibility_faults(page) == []
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    wait_until_settled(page)

    number = page.locator("button.cl").first
    number.click()
    clause = page.locator("#cockpit-clause")
    expect(clause).to_contain_text("系统口径")
    assert find_accessibility_faults(page) == []
    page.keyboard.press("Escape")
    expect(clause).not_to_be_visible()
    expect(number).to_be_focused()

    page.locator("abbr[data-term=simulated]").first.focus()
    expect(page.get_by_role("tooltip")).to_contain_text("由程序按固定种子生成")
    spoken = page.evaluate(_SPOKEN)
    assert not {"App pages", "Select all", "Main menu", "Open", "Clear all"} & set(spoken)


@pytest.mark.long
def test_a_link_opens_a_clause(open_page: Callable[..., Page]) -> None:
    page = open_page("/basis?lang=zh&clause=3.4", width=1366, height=768)
    expect(page.locator("#clause-3-4")).to_be_in_viewport()
    assert find_accessibility_faults(page) == []


def test_a_filters_result_is_read_out(open_page: Callable[..., Page]) -> None:
    page = open_page("/towns?lang=zh")
    search = page.get_by_placeholder("小镇名称或编码")
    search.fill("户外")
    search.press("Enter")
    expect(page.locator("#cockpit-status")).to_contain_text("/ 137 个小镇")


@pytest.mark.long
def test_an_unknown_address_leads_on(open_page: Callable[..., Page]) -> None:
    page = open_page(quiet=False)
    page.goto(open_page("/basis").url.split("/basis")[0] + "/nosuch")
    expect(page.get_by_role("heading", level=1)).to_have_text("没有这个页面")
    assert find_accessibility_faults(page) == []
