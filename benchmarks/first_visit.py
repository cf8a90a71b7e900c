"""Bytes over the wire in Chromium on a first and a second visit: `python -m benchmarks.first_visit [--json]`.

The second visit is a new tab of the same browser, whose cache holds what the first one was allowed to keep.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, sync_playwright

from benchmarks.browser import CHROMIUM_FLAGS, find_chromium
from benchmarks.serving import Server, running_server

FIRST_VISIT_LIMIT_MB: Final = 3.0
_SETTLED: Final = "[data-testid=stApp][data-test-script-state=notRunning]"
_QUIET_S: Final = 1.5


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--app", type=Path, help="launcher to serve instead of the project's")
    parser.add_argument("--path", default="/", help="page to visit, such as /chain")
    parser.add_argument("--top", type=int, default=0, help="also list the N largest answers of the first visit")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    chromium = find_chromium()
    if chromium is None:
        print("No Chromium found; tools/ensure_browser.sh says what to install.", file=sys.stderr)
        return 1
    with running_server(options.app) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(CHROMIUM_FLAGS))
        try:
            visits = {}
            for name in ("coldest", "later newcomer"):
                context = browser.new_context(viewport={"width": 1920, "height": 1080}, locale="zh-CN")
                visits[f"first visit, {name}"] = measure_visit(context, server, options.path)
                visits[f"second visit, {name}"] = measure_visit(context, server, options.path)
                context.close()
        finally:
            browser.close()
    if options.json:
        print(json.dumps(visits, ensure_ascii=False, indent=2))
        return 0
    for name, visit in visits.items():
        ratio = visit["wire_mb"] / FIRST_VISIT_LIMIT_MB
        print(
            f"{name:28} {visit['wire_mb']:7.3f} MB  ({ratio:4.2f} of {FIRST_VISIT_LIMIT_MB:.0f} MB)"
            f"  {visit['requests']:4d} requests  {visit['from_cache']:4d} from cache  {visit['settled_s']:5.2f} s"
        )
    for name, size in next(iter(visits.values()))["largest"][: options.top]:
        print(f"  {size / 1000:9.1f} KB  {name}")
    return 0


def measure_visit(context: BrowserContext, server: Server, path: str) -> dict[str, Any]:
    """Open `path` in a new tab, wait until the script ended and the wire is quiet; return counts and bytes."""
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    names: dict[str, str] = {}
    sizes: Counter[str] = Counter()
    from_cache: set[str] = set()
    last = [time.monotonic()]

    def on_request(event: dict[str, Any]) -> None:
        names[event["requestId"]] = urlsplit(event["request"]["url"]).path
        last[0] = time.monotonic()

    def on_finished(event: dict[str, Any]) -> None:
        sizes[event["requestId"]] += int(event["encodedDataLength"])
        last[0] = time.monotonic()

    def on_frame(event: dict[str, Any]) -> None:
        # Length of the message before websocket compression: an upper bound of what was on the wire.
        names["websocket"] = "websocket messages (before compression)"
        response = event["response"]
        data = len(response["payloadData"])
        sizes["websocket"] += data * 3 // 4 if response["opcode"] == 2 else data
        last[0] = time.monotonic()

    devtools.on("Network.requestWillBeSent", on_request)
    devtools.on("Network.loadingFinished", on_finished)
    devtools.on("Network.requestServedFromCache", lambda event: from_cache.add(event["requestId"]))
    devtools.on("Network.webSocketFrameReceived", on_frame)
    began = time.monotonic()
    page.goto(server.url + path)
    page.wait_for_selector(_SETTLED, timeout=60_000)
    settled_s = time.monotonic() - began
    deadline = began + 90
    while time.monotonic() - last[0] < _QUIET_S and time.monotonic() < deadline:
        page.wait_for_timeout(100)
    page.close()
    http = {key: size for key, size in sizes.items() if key != "websocket"}
    cached = sum(1 for key, size in http.items() if size == 0 or key in from_cache)
    return {
        "wire_mb": round(sum(http.values()) / 1e6, 3),
        "websocket_mb": round(sizes["websocket"] / 1e6, 3),
        "requests": len(http),
        "from_cache": cached,
        "settled_s": round(settled_s, 2),
        "largest": [(names.get(key, key), size) for key, size in sizes.most_common(30)],
    }


if __name__ == "__main__":
    sys.exit(main())
