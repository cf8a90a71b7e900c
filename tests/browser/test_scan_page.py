"""The scan page on a phone: whole at 390 and 320 px, accessible in both themes, without a script, with real targets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from benchmarks.serving import Server
from tests.browser.waiting import find_accessibility_faults

pytestmark = pytest.mark.many

_SIDEWAYS = "document.documentElement.scrollWidth - innerWidth"
# Text that its own box cuts off: nothing on the page may be.
_CUT = """() => [...document.querySelectorAll('main *')]
  .filter(node => node.scrollWidth > node.clientWidth + 1 && getComputedStyle(node).overflow !== 'visible')
  .map(node => node.className)"""
_SMALL = """() => [...document.querySelectorAll('.langs a, form button, form input:not([type=hidden]), .hits a')]
  .filter(node => node.getBoundingClientRect().height < 44).length"""


@pytest.mark.parametrize(
    ("path", "theme", "heading"),
    [
        ("/t/DM-330102-B-6?lang=zh", "light", "上城乙创投小镇"),
        ("/t/DM-330382-A-L?lang=en", "dark", "Yueqing A Solar Town"),  # the longest word of a status
        ("/t/ZJ-330681-01-P?lang=zh", "dark", "诸暨袜艺小镇"),
        ("/t/DM-330102-B-7?lang=en", "light", "This town code was not found"),
    ],
)
def test_a_scan_on_a_phone(
    open_page: Callable[..., Page], server: Server, path: str, theme: Literal["light", "dark"], heading: str
) -> None:
    # A page that is not there tells the console so.
    page = open_page("", width=390, height=844, color_scheme=theme, quiet="B-7" not in path)
    page.goto(server.url + path)
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    assert find_accessibility_faults(page) == []
    for width in (390, 320, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate(_SIDEWAYS) <= 0, f"runs out of the page sideways at {width} px"
        assert page.evaluate(_CUT) == []
        assert page.evaluate(_SMALL) == 0
    assert page.locator("script").count() == 0
    if "-B-7" not in path:
        plate = page.locator(".tqr")
        assert plate.evaluate("node => getComputedStyle(node).backgroundColor") == "rgb(255, 255, 255)"
        page.set_viewport_size({"width": 390, "height": 844})
        status = page.locator(".tword").bounding_box()
        assert status is not None
        assert status["y"] < 600, "the answer stands on the first screen"
        page.get_by_role("link", name="EN" if "zh" in path else "中文").click()
        expect(page.locator("html")).to_have_attribute("lang", "en" if "zh" in path else "zh-CN")
