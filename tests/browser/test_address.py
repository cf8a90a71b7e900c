"""The address is the memory: what is chosen stands in it, and a link opens the same view."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.waiting import wait_until_settled

Open = Callable[..., Page]


def query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def choose(page: Page, label: str, option: str) -> None:
    """Pick an option in a select or multiselect box by its accessible label."""
    page.get_by_role("combobox", name=label, exact=True).click()
    page.get_by_role("option", name=option, exact=True).click()
    page.keyboard.press("Escape")
    wait_until_settled(page)


def test_a_choice_stands_in_the_address_by_code_and_survives_navigation_and_reload(open_page: Open) -> None:
    page = open_page("/")
    choose(page, "设区市", "杭州")
    assert query(page) == {"prefecture": ["330100"]}
    expect(page.locator(".town-count")).to_contain_text("36 / 137")
    page.get_by_test_id("stTopNav").get_by_text("小镇", exact=True).click()
    expect(page).to_have_title("小镇 · 特色小镇驾驶舱")
    wait_until_settled(page)
    assert urlsplit(page.url).path == "/towns"
    assert query(page) == {"prefecture": ["330100"]}
    page.reload()
    wait_until_settled(page)
    expect(page.locator(".town-count")).to_contain_text("36 / 137")


@pytest.mark.long
def test_escape_in_a_closed_choice_keeps_the_filter(open_page: Open) -> None:
    page = open_page("/?lang=zh&mountain=yes&class=finance")
    for label in ("山区26县", "类型"):
        page.get_by_role("combobox", name=label, exact=True).focus()
        page.keyboard.press("Escape")
        wait_until_settled(page)
    assert query(page) == {"lang": ["zh"], "mountain": ["yes"], "class": ["finance"]}


@pytest.mark.long
def test_a_link_opens_the_same_view_in_the_other_language(open_page: Open) -> None:
    page = open_page("/?class=finance&class=tourism&prefecture=330100&lang=en", locale="zh-CN")
    chips = page.locator(".st-key-filters")
    for word in ("Hangzhou", "Finance", "Tourism"):
        expect(chips).to_contain_text(word)
    assert query(page) == {"class": ["tourism", "finance"], "lang": ["en"], "prefecture": ["330100"]}


def test_back_returns_to_the_view_before(open_page: Open) -> None:
    page = open_page("/")
    choose(page, "设区市", "杭州")
    choose(page, "设区市", "宁波")
    assert query(page) == {"prefecture": ["330100", "330200"]}
    page.go_back()
    wait_until_settled(page)
    assert query(page) == {"prefecture": ["330100"]}
    expect(page.locator(".town-count")).to_contain_text("36 / 137")


@pytest.mark.long
def test_clear_takes_every_filter_out(open_page: Open) -> None:
    page = open_page("/?prefecture=330100&class=finance&q=%E5%B0%8F&mountain=no&period=2024")
    page.get_by_role("button", name="清除筛选").click()
    wait_until_settled(page)
    assert query(page) == {}
    expect(page.locator(".town-count")).to_contain_text("137 / 137")


@pytest.mark.long
def test_junk_is_a_notice_and_leaves_the_address_clean(open_page: Open) -> None:
    page = open_page("/?class=gold&period=9999&dataset=nope&lang=fr")
    expect(page.get_by_test_id("stAlert")).to_contain_text("class=gold")
    wait_until_settled(page)
    assert query(page) == {}
    expect(page.locator(".heroes")).to_be_visible()


@pytest.mark.long
def test_language_follows_the_browser_and_the_switch_fixes_it(open_page: Open) -> None:
    page = open_page("/", locale="en-GB")
    expect(page.locator(".stHtml h1")).to_have_text("The nine targets of 2025")
    page.get_by_text("中", exact=True).click()
    expect(page.locator(".stHtml h1")).to_have_text("2025年九项目标")
    wait_until_settled(page)
    assert query(page) == {"lang": ["zh"]}
    page.get_by_test_id("stTopNav").get_by_text("依据", exact=True).click()
    expect(page).to_have_title("依据 · 特色小镇驾驶舱")
    expect(page.locator(".stHtml h1")).to_have_text("依据")


@pytest.mark.long
def test_the_public_data_are_behind_the_badge(open_page: Open) -> None:
    page = open_page("/")
    page.locator(".st-key-topbar").get_by_role("button", name="演示数据").click()
    page.get_by_text("公开数据（真实）", exact=True).click()
    expect(page.locator(".st-key-badge_public")).to_contain_text("公开数据")
    wait_until_settled(page)
    assert query(page) == {"dataset": ["public"]}
    expect(page.locator(".heroes")).to_contain_text("1291.5")


@pytest.mark.long
def test_the_attributed_target_stands_in_the_address(open_page: Open) -> None:
    page = open_page("/?target=specialty_output_share_2025")
    expect(page.locator(".mini.sel")).to_contain_text("特色产业产出占比")
    page.get_by_label("归因目标").select_option("税收收入")
    wait_until_settled(page)
    assert query(page) == {"target": ["tax_revenue_2025"]}
    expect(page.locator(".hero.sel").first).to_contain_text("税收收入")


@pytest.mark.long
@pytest.mark.parametrize("start", ["light", "dark"])
def test_the_theme_switch_holds_on_every_page(open_page: Open, start: str) -> None:
    other = "dark" if start == "light" else "light"
    page = open_page("/", color_scheme=start)
    colour = "getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor"
    before = page.evaluate(colour)
    with page.expect_navigation():
        page.get_by_label("外观").select_option(other.capitalize())
    wait_until_settled(page)
    assert page.evaluate(colour) != before
    page.get_by_test_id("stTopNav").get_by_text("一图", exact=True).click()
    expect(page).to_have_title("一图 · 特色小镇驾驶舱")
    wait_until_settled(page)
    page.reload()
    wait_until_settled(page)
    assert page.evaluate(colour) != before


@pytest.mark.long
def test_back_goes_through_the_pages_and_keeps_every_choice(open_page: Open) -> None:
    """Twenty steps back, over five pages: no entry of the history lacks the choices."""
    chosen = {"lang": ["zh"], "period": ["2024"], "prefecture": ["330100"]}
    page = open_page("/?lang=zh&period=2024&prefecture=330100", locale="en-GB")
    pages = (("目标", "/targets"), ("产业链全景", "/chain"), ("一图", "/map"), ("活力指数", "/vitality"))
    for _ in range(5):
        path = urlsplit(page.url).path
        for title, _ in pages:
            page.get_by_test_id("stTopNav").get_by_text(title, exact=True).click()
            wait_until_settled(page)
        for expected in (*(path for _, path in reversed(pages[:-1])), path):
            page.go_back()
            wait_until_settled(page)
            assert urlsplit(page.url).path == expected
            assert query(page) == chosen
            expect(page.locator(".town-count")).to_contain_text("36 / 137")


@pytest.mark.long
def test_a_pick_after_a_change_of_page_is_a_step_of_its_own(open_page: Open) -> None:
    page = open_page("/")
    page.get_by_test_id("stTopNav").get_by_text("小镇", exact=True).click()
    wait_until_settled(page)
    choose(page, "设区市", "杭州")
    page.go_back()
    wait_until_settled(page)
    assert (urlsplit(page.url).path, query(page)) == ("/towns", {})
    expect(page.locator(".town-count")).to_contain_text("137 / 137")


@pytest.mark.long
def test_a_name_no_page_knows_is_a_notice(open_page: Open) -> None:
    page = open_page("/targets?prefectur=330100&class=finance")
    expect(page.get_by_test_id("stAlert")).to_contain_text("prefectur=330100")
    wait_until_settled(page)
    assert query(page) == {"class": ["finance"]}
