"""Quick clicks over a slow line, and a click after the server has been started anew: what was picked stands."""

from __future__ import annotations

import random
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from benchmarks.serving import free_port, running_server
from cockpit.vocabulary import PREFECTURES
from tests.browser.slow_line import slow_line
from tests.browser.waiting import wait_for, wait_until_settled

Open = Callable[..., Page]
TRIALS = 20
BETWEEN_MS = 200
ONE_WAY_S = 0.05


def query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


@pytest.mark.long
def test_three_picks_in_quick_succession_stand_in_every_trial(open_page: Open) -> None:
    chance, port = random.Random(7), free_port()
    with (
        running_server(environment={"COCKPIT_HOSTS": f"http://127.0.0.1:{port}"}) as server,
        slow_line(int(server.url.rpartition(":")[2]), ONE_WAY_S, port) as url,
    ):
        page = open_page("", quiet=False)
        page.goto(url)
        wait_until_settled(page)
        wrong = []
        for trial in range(TRIALS):
            picked = chance.sample(sorted(PREFECTURES)[:6], 3)
            page.get_by_role("combobox", name="设区市").click()
            for code in picked:
                page.get_by_role("option", name=PREFECTURES[code].zh, exact=True).click()
                page.wait_for_timeout(BETWEEN_MS)
            page.keyboard.press("Escape")
            wait_until_settled(page)
            chips = page.locator('.st-key-filters [data-testid="stMultiSelect"]').first.inner_text()
            shown = [PREFECTURES[code].zh in chips for code in picked]
            if query(page) != {"prefecture": sorted(picked)} or not all(shown):
                wrong.append((trial, picked, query(page), chips))
            page.get_by_role("button", name="清除筛选").click()
            wait_until_settled(page)
        assert not wrong


@pytest.mark.long
def test_the_first_pick_stands_after_the_server_was_started_anew_under_an_open_page(open_page: Open) -> None:
    port = free_port()
    with running_server(port=port) as first:
        page = open_page("/?class=finance", at=first, quiet=False)
    wait_for(page, "document.querySelector('[data-testid=stApp]').dataset.testConnectionState!=='CONNECTED'")
    with running_server(port=port):
        # The page finds the new server by itself; nothing is run there before the click.
        wait_for(page, "document.querySelector('[data-testid=stApp]').dataset.testConnectionState==='CONNECTED'")
        page.get_by_role("combobox", name="设区市").click()
        page.get_by_role("option", name="杭州", exact=True).click()
        page.keyboard.press("Escape")
        wait_until_settled(page)
        expect(page.locator('.st-key-filters [data-testid="stMultiSelect"]').first).to_contain_text("杭州")
        assert query(page) == {"class": ["finance"], "prefecture": ["330100"]}
        # And the next one, by now an ordinary click.
        page.get_by_role("combobox", name="设区市").click()
        page.get_by_role("option", name="宁波", exact=True).click()
        page.keyboard.press("Escape")
        wait_until_settled(page)
        assert query(page) == {"class": ["finance"], "prefecture": ["330100", "330200"]}
