"""Every page at every width of a desk and a phone: nothing cut, nothing printed over, nothing to be scrolled sideways.

A page is visited once and its window drawn to each width. What is measured: every piece of text that is shown.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.office import ROLES, Office
from tests.browser.waiting import wait_until_settled

# 1366 at 125 % are 1093, 1920 at 200 % are 960 pixels.
SIZES = (
    (2560, 1440), (1920, 1080), (1600, 900), (1536, 864), (1440, 900), (1366, 768), (1280, 720), (1093, 614),
    (960, 540), (390, 844),
)  # fmt: skip
# The wall is no desk.
PAGES = ("/", "/targets", "/chain", "/vitality", "/per-mu", "/lists", "/elements", "/plan", "/data", "/basis")
# English words are the longer ones; these pages are made of parts that the others have in both languages.
IN_ENGLISH = ("/map", "/towns", "/town", "/cases", "/actions")
FILTERED = "prefecture=330100&class=finance&class=tourism&class=health&mountain=yes"
SCENARIO = "step=whatif&lever=growth:total_output_yuan:all::0.05&lever=add:listed_firm_count:prefecture:330100:20"
PUBLIC = "dataset=public"
_LOOKS = 5
USUAL = ("/", "zh", "")  # what the normal run looks at

# Text is measured where it is drawn: the box of its letters, less the leading. Boxes that scroll by themselves (tables,
# the log of decisions, a program's text) may hold more than they show; the page may not.
FAULTS = """
() => {
  const faults = [];
  const told = (kind, text, place) => faults.push(`${kind}: ${text.trim().slice(0, 60)} (${place})`);
  const root = document.querySelector('[data-testid="stMain"]');
  for (const box of [root, document.documentElement, ...document.querySelectorAll(".st-key-topbar, .st-key-filters")])
    if (box.scrollWidth > box.clientWidth + 1)
      told("sideways", `${box.scrollWidth} in ${box.clientWidth}`, box.className);
  const placeOf = (element) => element.closest("[class*='st-key-']")?.className.match(/st-key-[^ ]+/)[0]
    + " " + (element.className.baseVal ?? element.className);
  const seen = [];
  const walker = document.createTreeWalker(document.querySelector('[data-testid="stApp"]'), NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  const isHidden = (element) => !element.checkVisibility({opacityProperty: true, visibilityProperty: true});
  while (walker.nextNode()) {
    const text = walker.currentNode, element = text.parentElement;
    if (!text.data.trim() || element.closest("style, script, template, noscript, title, option")) continue;
    if (isHidden(element)) continue;
    let clip = {left: -Infinity, right: Infinity, top: -Infinity, bottom: Infinity};
    let layer = "page", isOut = false, isRolled = false, rolled = null;
    const own = element.getBoundingClientRect();
    for (let box = element; box && box !== document.body; box = box.parentElement) {
      const style = getComputedStyle(box);
      if (style.position === "fixed") { layer = box.className; }
      if (style.opacity === "0" || style.clipPath !== "none" && box.offsetWidth < 3) { isOut = true; break; }
      if (box === root) break;
      if (layer !== "page") continue;
      if (style.overflowX === "visible" && style.overflowY === "visible") continue;
      if (style.display === "inline") continue;
      const edge = box.getBoundingClientRect();
      if (edge.width < 3 || edge.height < 3) { isOut = true; break; }
      if (["auto", "scroll"].includes(style.overflowX) && box.scrollWidth > box.clientWidth) isRolled = true;
      if (["auto", "scroll"].includes(style.overflowX) || ["auto", "scroll"].includes(style.overflowY)) {
        // Out of the scrolled part it is not printed at all; of a text at its edge some lines are.
        rolled = edge;
        if (own.bottom < edge.top || own.top > edge.bottom || own.left > edge.right) isOut = true;
        clip = {left: -Infinity, right: Infinity, top: -Infinity, bottom: Infinity};
        break;
      }
      clip = {left: Math.max(clip.left, edge.left), right: Math.min(clip.right, edge.right),
              top: Math.max(clip.top, edge.top), bottom: Math.min(clip.bottom, edge.bottom)};
    }
    if (isOut) continue;
    range.selectNodeContents(text);
    const size = parseFloat(getComputedStyle(element).fontSize);
    for (const box of range.getClientRects()) {
      if (box.width < 1 || rolled && (box.top >= rolled.bottom || box.bottom <= rolled.top)) continue;
      const middle = (box.top + box.bottom) / 2, half = Math.min(size * 0.36, (box.bottom - box.top) / 2);
      const letters = {left: box.left, right: box.right, top: middle - half, bottom: middle + half};
      if (letters.right > clip.right + 1.5 || letters.left < clip.left - 1.5) told("cut", text.data, placeOf(element));
      else if (letters.bottom > clip.bottom + 2 || letters.top < clip.top - 2)
        told("cut below", text.data, placeOf(element));
      else if (letters.right > innerWidth + 1 && !isRolled && layer === "page" && clip.right === Infinity)
        told("off", text.data, placeOf(element));
      // What is rolled out of a box is printed nowhere, so over nothing.
      const shown = rolled ? {left: Math.max(letters.left, rolled.left), right: Math.min(letters.right, rolled.right),
                              top: Math.max(letters.top, rolled.top), bottom: Math.min(letters.bottom, rolled.bottom)}
                           : letters;
      if (shown.left < shown.right && shown.top < shown.bottom) seen.push([layer, shown, text.data, element]);
    }
  }
  seen.sort((one, other) => one[1].top - other[1].top);
  for (let first = 0; first < seen.length; first += 1) {
    const [layer, a, text, element] = seen[first];
    for (let second = first + 1; second < seen.length && seen[second][1].top < a.bottom - 2; second += 1) {
      const [other, b, words, beside] = seen[second];
      // A halo is the same words once more.
      if (layer !== other || text === words) continue;
      // Marks of one chart may meet where the figures do.
      const chart = element.closest(".vega-embed");
      if (chart && chart === beside.closest(".vega-embed")) continue;
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const tall = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (wide > 2 && tall > 2) told("over", `${text.trim().slice(0, 30)} × ${words.trim().slice(0, 30)}`,
        placeOf(element) + " / " + placeOf(beside));
    }
  }
  const measure = document.createElement("canvas").getContext("2d");
  for (const field of document.querySelectorAll("input[placeholder]")) {
    const style = getComputedStyle(field);
    const room = field.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    measure.font = style.font;
    if (!field.value && room > 2 && !isHidden(field) && measure.measureText(field.placeholder).width > room + 1)
      told("cut", field.placeholder, placeOf(field));
  }
  return [...new Set(faults)];
}
"""


def visits() -> list[object]:
    """Every page in both languages, and the cockpit with filters; most of it in `make test-all`."""
    wanted = [(path, language, "") for path in PAGES for language in ("zh", "en")]
    wanted += [(path, "en", "") for path in IN_ENGLISH]
    wanted += [("/actions", "zh", "alert=all")]
    wanted += [("/plan", language, SCENARIO) for language in ("zh", "en")]
    wanted += [("/", language, query) for language in ("zh", "en") for query in (FILTERED, PUBLIC)]
    return [pytest.param(*visit, marks=() if visit == USUAL else pytest.mark.long) for visit in wanted]


@pytest.mark.parametrize(("path", "language", "query"), visits())
def test_nothing_is_cut_or_printed_over_at_any_width(
    open_page: Callable[..., Page], path: str, language: str, query: str
) -> None:
    assert faults_by_width(open_page(f"{path}?lang={language}&{query}", returning=True)) == {}


@pytest.mark.long
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    ("role", "path"), [("system_admin", "/access"), ("security_admin", "/access"), ("audit_admin", "/audit")]
)
def test_nor_on_the_pages_of_administrators(
    open_page: Callable[..., Page], office: Office, role: str, path: str, language: str
) -> None:
    # Long lists are the rule in an office, and what ended stays in them.
    account = f"zz-{role}-{language}".replace("_", "-")
    office.hire(account, name="示例某某某", office="杭州市余杭区发展和改革局产业发展科")
    for _ in range(8):
        office.revoke(office.grant(account, "viewer"))
    assert faults_by_width(office.open(open_page, ROLES[role], f"{path}?lang={language}")) == {}


def faults_by_width(page: Page) -> dict[int, list[str]]:
    """What is wrong at each width it is wrong at."""
    found: dict[int, list[str]] = {}
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        # Charts take the new width a moment after the page: what is still wrong then is wrong.
        for _ in range(_LOOKS):
            wait_until_settled(page)
            if not (faults := page.evaluate(FAULTS)):
                break
        else:
            found[width] = faults
    return found
