"""Every page on public, demo, an empty selection and one town: no console error, no request to another host, no grave
accessibility fault, nothing beside the page.

`open_page` asserts both when the test ends, with the outside cut off.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.waiting import find_accessibility_faults, wait_until_settled

PATHS = (
    "/", "/targets", "/chain", "/map", "/vitality", "/per-mu", "/lists", "/elements", "/plan", "/towns", "/town",
    "/data", "/basis", "/wall",
)  # fmt: skip
# Query, theme and pages; each visit is looked at for everything, so that no page is opened twice to be asked two
# questions. Every page's script on little data is run in tests/pages; here stand the pages whose shape it changes.
FEW = ("/", "/chain", "/vitality", "/town", "/wall")
# Where who waits has accessibility looked at as well: it takes as long as the visit itself.
LOOKED_AT = ("/", "/data")
VIEWS = {
    "demo": ("lang=zh", "light", PATHS),
    "demo in English": ("lang=en", "dark", PATHS),
    "public": ("dataset=public&lang=zh", "dark", PATHS),
    "one town": ("q=D330110A&lang=en", "light", FEW),
    "empty": ("q=zzzz&lang=zh", "light", FEW),
}
SIZES = ((1920, 1080), (390, 844))


def visits() -> list[object]:
    """Every page once for who waits, in Chinese and in English by turns; all of it in `make test-all`."""
    found: list[object] = []
    for view, (_, _, paths) in VIEWS.items():
        for number, path in enumerate(paths):
            first = view == ("demo", "demo in English")[number % 2] or (view == "empty" and path == "/")
            if first and path not in LOOKED_AT:
                found.append(pytest.param(view, path, False))
            short = first and path in LOOKED_AT
            found.append(pytest.param(view, path, True, marks=() if short else pytest.mark.long))
    return found


@pytest.mark.parametrize(("view", "path", "is_whole"), visits())
def test_every_view_is_quiet_accessible_and_within_its_width(
    open_page: Callable[..., Page], path: str, view: str, is_whole: bool
) -> None:
    query, theme, _ = VIEWS[view]
    page = open_page(f"{path}?{query}", color_scheme=theme, returning=True)
    expect(page.get_by_test_id("stException")).to_have_count(0)
    if view == "empty" and path not in ("/data", "/basis", "/plan", "/wall"):
        expect(page.get_by_text("筛选后没有小镇。")).to_be_visible()
        return
    expect(page.locator(".stHtml h1, .wall h1")).to_be_visible()
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        wait_until_settled(page)
        wide, shown = page.evaluate(
            "(() => { const main = document.querySelector('[data-testid=stMain]');"
            " return [main.scrollWidth, main.clientWidth]; })()"
        )
        assert wide <= shown, f"runs out of the page sideways at {width} px"
        if width == SIZES[0][0] and is_whole:
            assert find_accessibility_faults(page) == []


@pytest.mark.many
@pytest.mark.parametrize("view", ["lang=zh", "lang=zh&dataset=public", "lang=en&dataset=public", "lang=en"])
def test_the_cockpit_fits_one_screen_and_no_text_of_a_card_is_cut(open_page: Callable[..., Page], view: str) -> None:
    page = open_page(f"/?{view}")
    tall, shown = page.evaluate(
        "(() => { const main = document.querySelector('[data-testid=stMain]');"
        " return [main.scrollHeight, main.clientHeight]; })()"
    )
    assert tall <= shown, "nine cards, attribution and map must stand on 1920x1080 without scrolling"
    for selector in (".heroes", ".minis", ".ghead", ".dec"):
        expect(page.locator(selector).first).to_be_in_viewport()
    cut = page.evaluate(
        "[...document.querySelectorAll('.desk h3, .desk .gap, .desk .tgt, .desk .val, .desk .chip')]"
        ".filter((part) => part.scrollWidth > part.clientWidth + 1).map((part) => part.textContent)"
    )
    assert cut == []
