"""Whether a wall can run for days: `python -m benchmarks.wall --minutes 30`.

Plays all scenes with a short dwell and looks, every half minute, at the browser's heap (after a collection), its
elements and listeners and the server's memory; prints start, end and slope of each. Also what a wall costs to open:
bytes over the wire and the server's time for all scenes.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import CDPSession, Page, sync_playwright

from benchmarks.browser import CHROMIUM_FLAGS, find_chromium
from benchmarks.serving import Server, running_server

EVERY_S = 30.0
# What is not yet settled: scenes seen for the first time, caches filling.
WARM_UP = 0.2
_METRICS = {"heap": "JSHeapUsedSize", "elements": "Nodes", "listeners": "JSEventListeners"}


@dataclass(frozen=True)
class Sample:
    """One look: seconds since the start, browser heap in MiB, its elements and listeners, server memory in MiB."""

    seconds: float
    heap: float
    elements: float
    listeners: float
    server: float
    scenes: int


def _look(session: CDPSession, server: Server, began: float, scenes: int) -> Sample:
    session.send("HeapProfiler.collectGarbage")
    found = {item["name"]: item["value"] for item in session.send("Performance.getMetrics")["metrics"]}
    return Sample(
        time.monotonic() - began,
        found[_METRICS["heap"]] / 2**20,
        found[_METRICS["elements"]],
        found[_METRICS["listeners"]],
        server.rss_mib(),
        scenes,
    )


def _play(page: Page, server: Server, minutes: float) -> Iterator[Sample]:
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    page.evaluate(
        "() => { window.turns = 0; new MutationObserver(() => { window.turns += 1; })"
        ".observe(document.querySelector('.wall'), {attributeFilter: ['data-scene']}); }"
    )
    began = time.monotonic()
    while True:
        yield _look(session, server, began, int(page.evaluate("window.turns")))
        left = minutes * 60 - (time.monotonic() - began)
        if left <= 0:
            return
        page.wait_for_timeout(1000 * min(EVERY_S, left))


def _slope(samples: list[Sample], name: str) -> float:
    """Growth an hour by least squares, without the first part."""
    kept = samples[int(len(samples) * WARM_UP) :]
    times, values = [sample.seconds / 3600 for sample in kept], [float(getattr(sample, name)) for sample in kept]
    return statistics.linear_regression(times, values).slope if len(kept) > 1 else float("nan")


def _report(samples: list[Sample]) -> None:
    settled = samples[int(len(samples) * WARM_UP)]
    last = samples[-1]
    print(f"{last.scenes} scenes shown in {last.seconds / 60:.1f} min, {len(samples)} looks")
    print(f"{'':24}{'start':>10}{'settled':>10}{'end':>10}{'an hour':>12}")
    for name, label in (
        ("heap", "browser heap, MiB"),
        ("elements", "elements"),
        ("listeners", "listeners"),
        ("server", "server memory, MiB"),
    ):
        values = [float(getattr(sample, name)) for sample in (samples[0], settled, last)]
        print(f"{label:24}" + "".join(f"{value:10.1f}" for value in values) + f"{_slope(samples, name):+12.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--dwell", type=int, default=2)
    parser.add_argument("--samples", type=Path, help="write every look to this file, tab-separated")
    options = parser.parse_args()
    with running_server() as server, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=list(CHROMIUM_FLAGS))
        page = chromium.new_context(viewport={"width": 1920, "height": 1080}, locale="zh-CN").new_page()
        received = [0]
        page.on("websocket", lambda socket: socket.on("framereceived", lambda data: received.append(len(data or b""))))
        began = time.monotonic()
        page.goto(f"{server.url}/wall?lang=zh&dwell={options.dwell}")
        page.wait_for_selector(".wall .w-body > *", timeout=60_000)
        print(f"first picture after {time.monotonic() - began:.1f} s, {sum(received) / 1024:.0f} KiB of messages")
        samples: list[Sample] = []
        for sample in _play(page, server, options.minutes):
            samples.append(sample)
            if options.samples:
                lines = ["\t".join(f"{value:.2f}" for value in vars(item).values()) for item in samples]
                options.samples.write_text("\n".join(["\t".join(vars(sample)), *lines]) + "\n", encoding="utf-8")
        _report(samples)
        chromium.close()


if __name__ == "__main__":
    main()
