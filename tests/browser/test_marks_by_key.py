"""Marks by keyboard, everywhere alike: a picture is one stop of Tab, arrows go from mark to mark, Enter leads."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.clerking import DECISION
from tests.browser.waiting import wait_until_settled

Open = Callable[..., Page]
# Page, the picture, keys pressed once it has the focus, parameter of the address that is set then.
WALKS = (
    ("/per-mu", ".walk", "ArrowDown ArrowDown", "per_mu_town"),
    ("/per-mu", "ol.lead", "ArrowDown ArrowDown", "per_mu_town"),
    ("/targets", ".walk", "ArrowRight", "period"),
    ("/lists", ".st-key-lclock .walk", "ArrowRight", "town"),
    ("/lists", ".sqs >> nth=1", "ArrowDown ArrowRight", "town"),
    ("/vitality", "table.vrank", "ArrowDown ArrowDown", "town"),
    ("/data?part=freshness", ".dscroll[data-walk]", "ArrowRight ArrowDown", "prefecture"),
    ("/towns", ".tt-scroll", "ArrowDown ArrowRight ArrowRight ArrowRight", "county"),
)
PAGES = (
    "/", "/targets?by=class&partsview=table", "/vitality", "/per-mu?per_mu_view=table", "/lists",
    "/lists?clockview=table&sort=table", "/towns", "/town?code=DM-330102-A-8", "/data?part=freshness",
    "/data?part=trace&town=all",
)  # fmt: skip
# Marks no key comes to: no stop of their own, none of a picture that is walked, and nothing else leads to the same.
_UNREACHED = """() => {
  const marks = [...document.querySelectorAll('[data-lead]')].filter((mark) => mark.getClientRects().length);
  const reached = new Set(marks.filter((mark) => mark.tabIndex >= 0
    || (mark.hasAttribute('tabindex') && mark.closest('[data-walk][tabindex="0"]'))).map((mark) => mark.dataset.lead));
  return [...new Set(marks.map((mark) => mark.dataset.lead))].filter((lead) => !reached.has(lead));
}"""


@pytest.mark.many
@pytest.mark.parametrize(("start", "picture", "keys", "name"), WALKS, ids=[f"{one[0]} {one[1]}" for one in WALKS])
def test_arrows_go_from_mark_to_mark_and_enter_leads(
    open_page: Open, start: str, picture: str, keys: str, name: str
) -> None:
    page = open_page(start, width=1366, height=900)
    page.locator(picture).first.focus()
    for key in keys.split():
        page.keyboard.press(key)
    held = page.evaluate("document.activeElement.dataset.lead")
    assert held
    assert held.startswith(f"{name}:")
    page.keyboard.press("Enter")
    wait_until_settled(page)
    assert parse_qs(urlsplit(page.url).query)[name] == [held.partition(":")[2]]
    if page.locator(f'[data-lead="{held}"]').count():  # who came by key stays where he was
        assert page.evaluate("document.activeElement.dataset.lead") == held


@pytest.mark.long
@pytest.mark.parametrize("path", PAGES)
def test_every_mark_is_reached_by_key(open_page: Open, path: str) -> None:
    page = open_page(path, width=1366, height=900)
    assert page.evaluate("document.querySelectorAll('[data-lead]').length")
    assert page.evaluate(_UNREACHED) == []


@pytest.mark.long
def test_a_point_of_a_chart_is_told_where_it_is_walked_to(open_page: Open) -> None:
    page = open_page("/per-mu", width=1366, height=900)
    page.keyboard.press("Tab")  # keys, so that what has the focus shows it
    page.locator(".walk").focus()
    told = page.locator("#cockpit-term")
    expect(told).to_contain_text("方向键")
    page.keyboard.press("ArrowRight")
    expect(told).to_contain_text("万元/亩")
    page.keyboard.press("Escape")
    expect(told).to_be_hidden()


@pytest.mark.long
def test_a_head_sorts_and_what_is_missing_stands_last(open_page: Open) -> None:
    page = open_page("/per-mu", width=1366, height=900)
    head = page.locator(".led thead button").nth(2)
    column = "[...document.querySelectorAll('.led tbody tr')].map((row) => row.cells[2].dataset.v)"
    for order in ("descending", "ascending"):
        head.click()
        expect(page.locator(".led thead th").nth(2)).to_have_attribute("aria-sort", order)
        shown = page.evaluate(column)
        known = [float(value) for value in shown if value]
        assert known == sorted(known, reverse=order == "descending")
        assert len(known) < len(shown)
        assert all(not value for value in shown[len(known) :])


@pytest.mark.long
def test_a_list_reached_by_scrolling_stays_open(open_page: Open) -> None:
    page = open_page("/lists", width=1366, height=768)
    page.get_by_role("combobox", name=DECISION).click()  # far below: the click scrolls first
    expect(page.get_by_role("listbox")).to_be_visible()
    page.get_by_role("option").first.hover()
    wait_until_settled(page)
    expect(page.get_by_role("listbox")).to_be_visible()


@pytest.mark.long
def test_the_wall_speaks_the_readers_language_to_the_keyboard(open_page: Open) -> None:
    page = open_page("/wall?scene=nope")
    said = "getComputedStyle(document.querySelector('[data-testid=stSkipToContent]'), '::after').content"
    assert "跳" in page.evaluate(said)
    expect(page.get_by_text("scene=nope")).to_be_visible()
