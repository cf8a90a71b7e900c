"""Every mark leads on: a click narrows or opens, by mouse and by key, and one step back undoes it."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.waiting import wait_until_settled

Open = Callable[..., Page]
# A mark of each kind: where it stands, what is clicked, page and address after it.
MARKS = (
    ("/", ".gtab td.b[data-lead='prefecture:330300']", "/", {"prefecture": ["330300"]}),
    ("/", ".zmap g[data-lead='prefecture:330100']", "/", {"prefecture": ["330100"]}),
    ("/", ".dec .to[data-lead='/lists?check=over']", "/lists", {"check": ["over"]}),
    ("/targets", ".wfall i[data-lead='prefecture:330100']", "/targets", {"prefecture": ["330100"]}),
    ("/targets?by=class", ".wfall .to[data-lead='class:health']", "/targets", {"by": ["class"], "class": ["health"]}),
    ("/per-mu", "ol.lead li >> nth=3", "/per-mu", {"per_mu_town": ["D330122A"]}),
    ("/vitality", ".vrank tr[data-lead] >> nth=4", "/vitality", {"town": ["D330102A"]}),
    ("/lists?check=over", ".pill", "/lists", {}),
    ("/data?part=freshness", ".dfm .to[data-lead='prefecture:330100']", "/data",
     {"part": ["freshness"], "prefecture": ["330100"]}),
    ("/data?part=freshness&prefecture=330100", ".crumbs .to", "/data", {"part": ["freshness"]}),
    ("/towns", ".kchip[data-lead='class:health']", "/towns", {"class": ["health"]}),
    ("/per-mu", ".tally [data-lead='permu_class:D']", "/per-mu", {"permu_class": ["D"]}),
    ("/targets", ".split .to", "/targets", {"parts": ["change"], "by": ["town"]}),
    ("/towns", ".tt td [data-lead='class:finance'] >> nth=0", "/towns", {"class": ["finance"]}),
)  # fmt: skip


def at(page: Page) -> tuple[str, dict[str, list[str]]]:
    parts = urlsplit(page.url)
    return parts.path, parse_qs(parts.query)


@pytest.mark.many
@pytest.mark.parametrize(("start", "mark", "path", "holds"), MARKS, ids=[f"{one[0]} {one[1]}" for one in MARKS])
def test_a_click_leads_on_and_a_step_back_undoes_it(
    open_page: Open, start: str, mark: str, path: str, holds: dict[str, list[str]]
) -> None:
    page = open_page(start, width=1366, height=768)
    before = at(page)
    page.locator(mark).first.click()
    wait_until_settled(page)
    assert at(page) == (path, holds)
    page.go_back()
    wait_until_settled(page)
    assert at(page) == before


@pytest.mark.long
def test_a_name_opens_the_town_by_key_and_the_page_left_keeps_its_address(open_page: Open) -> None:
    page = open_page("/?period=2024&gappart=exit")
    name = page.locator(".gtowns .to").first
    code = parse_qs(urlsplit(name.get_attribute("data-lead") or "").query)["code"]
    name.focus()
    page.keyboard.press("Enter")
    wait_until_settled(page)
    path, holds = at(page)
    assert (path, holds["code"], holds["period"]) == ("/town", code, ["2024"])
    page.go_back()
    wait_until_settled(page)
    assert at(page) == ("/", {"period": ["2024"], "gappart": ["exit"]})


@pytest.mark.long
def test_the_way_through_the_province_is_told_and_goes_back_step_by_step(open_page: Open) -> None:
    page = open_page("/?prefecture=330100&county=330102", width=1366, height=768)
    crumbs = page.locator(".crumbs")
    expect(crumbs).to_have_text("全省 › 杭州 › 上城区")
    crumbs.get_by_text("杭州").click()
    wait_until_settled(page)
    assert at(page) == ("/", {"prefecture": ["330100"]})
    crumbs.get_by_text("全省").click()
    wait_until_settled(page)
    assert at(page) == ("/", {})
    expect(crumbs).to_have_count(0)


@pytest.mark.long
def test_the_gap_begins_on_the_first_screen_of_a_small_desk(open_page: Open) -> None:
    page = open_page("/", width=1366, height=768)
    box = page.locator(".ghead").bounding_box()
    assert box is not None
    assert box["y"] < 470
