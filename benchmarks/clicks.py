"""What a click costs in the browser: `python -m benchmarks.clicks [--towns 137,5000] [--json]`.

From the click on a prefecture in the cockpit's table to the new numbers, and to the last change of the page; beside an
empty app in the same run, whose button changes one figure. Then what the server needs for a selection
never asked before.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.browser import CHROMIUM_FLAGS, find_chromium
from benchmarks.client import StreamlitClient
from benchmarks.many_towns import write_towns
from benchmarks.serving import running_server
from cockpit.vocabulary import PREFECTURES

OPENINGS: Final = 7
TIMES: Final = 20
CLIENTS: Final = 8
EACH: Final = 12
_EMPTY: Final = """import streamlit as st
st.session_state.setdefault("count", 0)
def more():
    st.session_state["count"] += 1
st.button("more", on_click=more)
st.html(f"<b class='val'>{st.session_state['count']}</b>")
"""
_SETTLED: Final = "[data-testid=stApp][data-test-script-state=notRunning]"
# Times in the page itself: from the pointer's press to the first change of the figures, and to the last change of all.
_WATCH: Final = """
(selector) => {
  const text = () => [...document.querySelectorAll(selector)].map((node) => node.textContent).join("|");
  const before = text();
  window.seen = {from: 0, numbers: 0, last: 0};
  const pressed = () => { window.seen.from = performance.now(); };
  addEventListener("click", pressed, {capture: true, once: true});
  window.watch?.disconnect();
  window.watch = new MutationObserver(() => {
    const now = performance.now();
    window.seen.last = now;
    if (!window.seen.numbers && text() !== before) window.seen.numbers = now;
  });
  window.watch.observe(document.body, {subtree: true, childList: true, characterData: true, attributes: true});
}
"""


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--towns", default="137,5000", help="sizes of the generated data for the server's figures")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    chromium = find_chromium()
    if chromium is None:
        print("No Chromium found; tools/ensure_browser.sh says what to install.", file=sys.stderr)
        return 1
    found: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        found |= _browse(chromium, Path(folder, "empty.py"))
        for count in (int(text) for text in options.towns.split(",") if text):
            where = Path(folder, str(count))
            write_towns(where, count)
            with running_server(environment={"COCKPIT_DATA_DIR": str(where)}) as server:
                found[f"{count} towns"] = asyncio.run(_ask_ever_new(server.url)) | {"start_s": server.ready_s}
    if options.json:
        print(json.dumps(found, indent=2))
        return 0
    for name, figures in found.items():
        first = next(other for other in found.values() if other.keys() == figures.keys())
        words = [f"{key} {value:.1f} (x{value / first[key]:.2f})" for key, value in figures.items() if first.get(key)]
        print(f"{name:12} " + "  ".join(words))
    return 0


def _browse(chromium: str, script: Path) -> dict[str, dict[str, float]]:
    """The clicks of both apps, turn and turn about, so that what else the machine does weighs on both alike.

    Args:
        script: where the empty app is written.
    """
    script.write_text(_EMPTY, encoding="utf-8")
    # Ended before the server's figures are taken: while it runs, no other event loop may.
    with (
        sync_playwright() as playwright,
        running_server(script, ready_path="/_stcore/health") as empty,
        running_server() as server,
    ):
        browser = playwright.chromium.launch(executable_path=chromium, args=list(CHROMIUM_FLAGS))
        visits = {
            "empty app": _Visit(browser, empty.url, ".val", _press_button),
            "cockpit": _Visit(browser, f"{server.url}/?lang=zh", ".desk .val, .heroes", _press_prefecture),
        }
        for _ in range(OPENINGS):
            for visit in visits.values():
                visit.open()
        for place in range(TIMES):
            for visit in visits.values():
                visit.click(place)
        browser.close()
    return {name: visit.medians() for name, visit in visits.items()}


class _Visit:
    """One page that is opened and clicked again and again; every time in ms.

    Measured are: address to settled, click to new numbers, to the last change, and the page's own work a click.
    """

    def __init__(self, browser: Browser, url: str, selector: str, press: Callable[[Page, int], None]) -> None:
        self.url, self.selector, self.press = url, selector, press
        self.page = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN").new_page()
        self.session = self.page.context.new_cdp_session(self.page)
        self.session.send("Performance.enable")
        self.figures: dict[str, list[float]] = {}
        self.page.goto(url)
        self.page.wait_for_selector(_SETTLED)
        self.page.wait_for_timeout(1500)

    def _tell(self, name: str, value: float) -> None:
        self.figures.setdefault(name, []).append(value)

    def _worked(self) -> float:
        metrics = self.session.send("Performance.getMetrics")["metrics"]
        return 1000 * float(next(item["value"] for item in metrics if item["name"] == "TaskDuration"))

    def open(self) -> None:
        self.page.bring_to_front()
        self.page.evaluate("() => sessionStorage.clear()")
        began = time.perf_counter()
        self.page.goto(self.url)
        self.page.wait_for_selector(self.selector.split(",")[0])
        self.page.wait_for_selector(_SETTLED)
        self._tell("settled_ms", (time.perf_counter() - began) * 1000)
        self.page.wait_for_timeout(1200)

    def click(self, place: int) -> None:
        self.page.bring_to_front()
        self.page.evaluate(_WATCH, self.selector)
        before = self._worked()
        self.press(self.page, place)
        self.page.wait_for_timeout(1200)
        self._tell("work_ms", self._worked() - before)
        seen: dict[str, Any] = self.page.evaluate("() => window.seen")
        self._tell("numbers_ms", seen["numbers"] - seen["from"])
        self._tell("whole_ms", seen["last"] - seen["from"])

    def medians(self) -> dict[str, float]:
        return {name: statistics.median(values) for name, values in self.figures.items()}


def _press_button(page: Page, place: int) -> None:
    page.get_by_role("button", name="more").click()


def _press_prefecture(page: Page, place: int) -> None:
    """A prefecture, and at the next turn back to all of them."""
    if place % 2:
        page.evaluate("() => dispatchEvent(new Event('click'))")
        page.go_back()
    else:
        page.locator('[data-lead^="prefecture:"]').nth(place // 2).click()


async def _ask_ever_new(url: str) -> dict[str, float]:
    """One client's median for selections never asked before, and how many a second eight of them get."""
    pairs = itertools.chain(itertools.combinations(PREFECTURES, 2), itertools.combinations(PREFECTURES, 3))
    queries = [urlencode([("prefecture", code) for code in pair]) for pair in pairs]
    async with await StreamlitClient.open(url, "/") as client:
        await client.run()
        repeated = [(await client.run(queries[0])).ms for _ in range(6)][1:]
        fresh = [(await client.run(query)).ms for query in queries[1:21]]
    rest = queries[21 : 21 + CLIENTS * EACH]
    clients = [await StreamlitClient.open(url, "/") for _ in range(CLIENTS)]
    for client in clients:
        await client.run()

    async def drive(client: StreamlitClient, mine: list[str]) -> None:
        for query in mine:
            await client.run(query)

    began = time.perf_counter()
    await asyncio.gather(*(drive(client, rest[number::CLIENTS]) for number, client in enumerate(clients)))
    together = len(rest) / (time.perf_counter() - began)
    for client in clients:
        await client.__aexit__()
    return {
        "repeated_ms": statistics.median(repeated),
        "new_ms": statistics.median(fresh),
        "eight_together_a_s": together,
    }


if __name__ == "__main__":
    raise SystemExit(main())
