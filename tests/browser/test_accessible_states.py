"""What a page becomes once somebody works with it: every state that is opened, filled in or gone wrong, asked by axe.

Pages as they open are looked at by `test_pages_quiet`; help, clauses and the unknown address by `test_frame`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from cockpit.policy.register import load
from tests.browser.waiting import find_accessibility_faults, in_themes, wait_until_settled

Open = Callable[..., Page]
TOWN = "D330881A"


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).first.click()
    wait_until_settled(page)


@pytest.mark.long
@pytest.mark.parametrize(
    ("query", "theme"),
    [("lang=zh&theme=dark", "dark"), ("lang=en&theme=light", "light"), ("lang=zh&theme=light&dataset=public", "light")],
)
def test_every_scene_of_the_wall(open_page: Open, query: str, theme: Literal["light", "dark"]) -> None:
    page = open_page(f"/wall?{query}&town={TOWN}&dwell=3600", color_scheme=theme)
    faults = {}
    count = len(load().wall.scenes)
    for number in range(1, count + 1):
        page.keyboard.press(str(number))
        expect(page.locator(".w-now")).to_contain_text(f"{number}/{count}")
        faults[page.locator(".wall").get_attribute("data-scene")] = find_accessibility_faults(page)
    page.keyboard.press("?")
    expect(page.locator(".w-help")).to_be_visible()
    faults["keys"] = find_accessibility_faults(page)
    assert len(faults) == count + 1
    assert {name: found for name, found in faults.items() if found} == {}


DRAWERS = {
    "target": "/?lang=zh&source=target:total_output_2025:2025",
    "target in English": "/?lang=en&source=target:total_output_2025:2025",
    "published": "/?lang=zh&dataset=public&source=target:total_output_2025:2022",
    "town": f"/town?lang=zh&town={TOWN}&source=town:{TOWN}:total_output_yuan:2025",
    "vitality": f"/town?lang=zh&town={TOWN}&source=town:{TOWN}:vitality:2025",
    "not known": "/?lang=zh&source=target:total_output_2025:2015",
}


@pytest.mark.long
@pytest.mark.parametrize("name", DRAWERS)
def test_the_drawer_of_a_source(open_page: Open, name: str) -> None:
    page = open_page(DRAWERS[name], color_scheme="dark" if "English" in name else "light")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert find_accessibility_faults(page) == []


@pytest.mark.long
def test_the_decision_form_that_is_refused(open_page: Open) -> None:
    page = open_page(f"/lists?lang=zh&town={TOWN}")
    press(page, "写入记录")
    expect(page.get_by_role("alert")).to_contain_text("没有填写")
    assert find_accessibility_faults(page) == []


def upload_nonsense(page: Page) -> None:
    page.set_input_files('input[type="file"]', [{"name": "a.csv", "mimeType": "text/csv", "buffer": BAD}])
    expect(page.locator(".dverdict")).to_be_visible(timeout=30_000)


BAD = f"town_code,period,indicator,value\n{TOWN},2025,total_output_yuan,约一千\n".encode("utf-8-sig")
# Where the page is opened, what is done there, and what must then be seen.
STATES: dict[str, tuple[str, Callable[[Page], None], str]] = {
    "pack": ("/?lang=zh", lambda page: press(page, "汇报包"), '[role="dialog"]'),
    "more pages": ("/?lang=en", lambda page: press(page, "More pages"), 'button[aria-expanded="true"]'),
    "choices": ("/?lang=zh", lambda page: page.get_by_role("combobox").nth(2).click(), '[role="listbox"]'),
    "towns compared": (f"/towns?lang=zh&compare={TOWN}&compare=D330102A", lambda page: None, ".tcmp"),
    "no such town": ("/town?lang=zh&code=DM-330102-A-9", lambda page: None, ".stMain"),
    "a file refused": ("/data?lang=zh&part=submit", upload_nonsense, ".dfind"),
    "freshness": ("/data?lang=zh&part=freshness", lambda page: None, ".stMain table"),
    "trace": (f"/data?lang=en&part=trace&town={TOWN}&figure=total_output_yuan", lambda page: None, ".stMain"),
    "review": ("/data?lang=zh&part=review", lambda page: None, ".stMain"),
    "versions": ("/data?lang=zh&part=versions", lambda page: None, ".stMain"),
    "chains of the basis": (
        "/basis?lang=zh&part=chains",
        lambda page: None,
        "details[open] table, details[open] .stDataFrame",
    ),
    "a node": (
        "/chain?lang=zh&chain=integrated_circuits&node=integrated_circuits.design",
        lambda page: None,
        ".cn.sel",
    ),
}


@pytest.mark.long
@pytest.mark.parametrize("name", STATES)
def test_what_is_opened_on_the_desk(open_page: Open, name: str) -> None:
    address, act, seen = STATES[name]
    page = open_page(address, width=1366, height=768)
    act(page)
    wait_until_settled(page)
    found = {}
    for place in in_themes(page, [(1366, 768)]):
        if not page.locator(seen).first.is_visible():  # new colours are a new run, which ends a dialog
            act(page)
            wait_until_settled(page)
        expect(page.locator(seen).first).to_be_visible()
        found[place] = find_accessibility_faults(page)
    assert {place: faults for place, faults in found.items() if faults} == {}


@pytest.mark.long
@pytest.mark.parametrize("path", ["/", "/lists", "/towns", "/per-mu"])
def test_a_phone(open_page: Open, path: str) -> None:
    page = open_page(f"{path}?lang=zh", width=390, height=844, color_scheme="dark")
    assert find_accessibility_faults(page) == []
