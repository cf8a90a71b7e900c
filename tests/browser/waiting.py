"""Waiting for Streamlit, and looking for accessibility faults, without a single fixed sleep in a test."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from cockpit.visuals.marks.palette import TOKENS

SETTLED_WITHIN_MS = 45_000
_GRAVE = frozenset({"serious", "critical"})
_TALLEST_PX = 12_000
_PAINTED = "getComputedStyle(document.documentElement).getPropertyValue('--paper').trim() === '{colour}'"

# stApp tells the state of the script and of the connection. A rerun that a click has just caused starts some
# milliseconds later, so "not running" must hold for a while, with nothing stale, nothing still being drawn in its
# place (skeletons, spinners) and the document unchanged.
_SETTLED = """
(quietMs) => new Promise((resolve) => {
  const calm = () => {
    const app = document.querySelector('[data-testid="stApp"]');
    return app !== null
      && app.dataset.testScriptState === 'notRunning'
      && app.dataset.testConnectionState === 'CONNECTED'
      && document.querySelector(
        '[data-testid="stSkeleton"], [data-testid="stAppSkeleton"], [data-testid="stSpinner"], [data-stale="true"]'
      ) === null;
  };
  let since = calm() ? performance.now() : Infinity;
  const mark = () => { since = calm() ? performance.now() : Infinity; };
  const observer = new MutationObserver(mark);
  observer.observe(document, {subtree: true, childList: true, attributes: true, characterData: true});
  const timer = setInterval(() => {
    if (since === Infinity) mark();
    if (performance.now() - since >= quietMs) {
      clearInterval(timer);
      observer.disconnect();
      resolve(true);
    }
  }, 25);
})
"""


def wait_until_settled(page: Page, quiet_ms: int = 300, timeout_ms: int = SETTLED_WITHIN_MS) -> None:
    """Return when the script has ended, everything is drawn and the page has not changed for `quiet_ms`.

    Raises playwright's TimeoutError with what the page was waiting for.
    """
    page.wait_for_selector('[data-testid="stApp"]', timeout=timeout_ms, state="attached")
    page.evaluate(
        f"(quietMs) => Promise.race([({_SETTLED})(quietMs), new Promise((_, reject) => setTimeout(() => {{"
        """
          const app = document.querySelector('[data-testid="stApp"]');
          reject(new Error(`not settled: script ${app?.dataset.testScriptState}, `
            + `connection ${app?.dataset.testConnectionState}, `
            + `${document.querySelectorAll('[data-testid="stSkeleton"]').length} skeletons, `
            + `${document.querySelectorAll('[data-testid="stSpinner"]').length} spinners, `
            + `${document.querySelectorAll('[data-stale="true"]').length} stale`));
        """
        f"}}, {timeout_ms}))])",
        quiet_ms,
    )


def wait_for(page: Page, expression: str, timeout_ms: int = SETTLED_WITHIN_MS) -> None:
    """Return once `expression` is true in the page; asked from outside, as the page's policy allows no eval there."""
    for _ in range(max(1, timeout_ms // 50)):
        if page.evaluate(f"() => Boolean({expression})"):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"not true within {timeout_ms} ms: {expression}")


def in_themes(page: Page, sizes: Iterable[tuple[int, int]]) -> Iterator[str]:
    """Show an open page in both themes at each size, without opening it again; yields what is shown, in words.

    The sizes run inside a theme, for a page is sooner at another width than in other colours.
    """
    themes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
    for theme in themes:
        page.emulate_media(color_scheme=theme)
        wait_for(page, _PAINTED.format(colour=TOKENS[theme]["paper"]))
        for width, height in sizes:
            page.set_viewport_size({"width": width, "height": height})
            wait_until_settled(page)
            yield f"{theme} {width}"


def find_accessibility_faults(page: Page, context: str | None = None) -> list[str]:
    """Return axe's serious and critical violations as lines fit for an assertion; `context` narrows to a selector.

    Settle the page first: it is read in whatever state it is. axe comes out of the installed package, no network.
    """
    before = page.viewport_size
    # axe does not judge the contrast of what is scrolled out of Streamlit's main area: show all of it at once.
    height = page.evaluate("document.querySelector('[data-testid=\"stMain\"]')?.scrollHeight ?? 0")
    if before is not None and height > before["height"]:
        page.set_viewport_size({"width": before["width"], "height": min(height, _TALLEST_PX)})
        wait_until_settled(page)
    found: dict[str, Any] = Axe().run(page, context=context).response
    if before is not None:
        page.set_viewport_size(before)
    return [_describe(fault) for fault in found["violations"] if fault["impact"] in _GRAVE]


def _describe(fault: dict[str, Any]) -> str:
    nodes = fault["nodes"]
    places = [f"{node['target']} {node.get('failureSummary', '').splitlines()[-1:]}" for node in nodes[:3]]
    more = f" and {len(nodes) - 3} more" if len(nodes) > 3 else ""
    return f"{fault['impact']} {fault['id']}: {fault['help']} at {'; '.join(places)}{more}"
