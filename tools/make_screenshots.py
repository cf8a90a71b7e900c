"""Takes the README's pictures from the running app, so that they can never show what is not there.

    python tools/make_screenshots.py

Development tool: needs Chromium (tools/ensure_browser.sh). Starts the app on a free loopback port and ends it.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

ROOT: Final = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Browser, sync_playwright  # noqa: E402

from benchmarks.browser import CHROMIUM_FLAGS, find_chromium  # noqa: E402
from benchmarks.serving import running_server  # noqa: E402
from tests.browser.waiting import wait_until_settled  # noqa: E402

FOLDER: Final = ROOT / "docs" / "screenshots"


@dataclass(frozen=True)
class Picture:
    """One picture: file name, address, size and looks."""

    name: str
    path: str
    width: int = 1920
    height: int = 1080
    theme: Literal["light", "dark"] = "light"


PICTURES: Final = (
    Picture("cockpit-demo", "/?lang=zh"),
    Picture("cockpit-public", "/?lang=zh&dataset=public"),
    Picture("cockpit-filtered-dark-en", "/?lang=en&prefecture=330100", theme="dark"),
    Picture("map", "/map?lang=zh"),
    Picture("towns", "/towns?lang=zh"),
    Picture("basis", "/basis?lang=zh"),
    Picture("chain", "/chain?lang=zh"),
    Picture("town", "/town?lang=zh&code=D330225A"),
    Picture("wall", "/wall?lang=zh&dwell=600", theme="dark"),
    Picture("cockpit-phone", "/?lang=zh", 390, 844),
    Picture("scan-phone", "/t/DM-330225-A-Y?lang=zh", 390, 844),
)


def take(browser: Browser, home: str, picture: Picture) -> Path:
    context = browser.new_context(
        viewport={"width": picture.width, "height": picture.height},
        locale="zh-CN",
        color_scheme=picture.theme,
        timezone_id="Asia/Shanghai",
    )
    # The hint for a first visit would lie over every picture.
    context.add_init_script("localStorage.setItem('cockpit-hint-closed', '1')")
    page = context.new_page()
    page.goto(home + picture.path)
    if not picture.path.startswith("/t/"):  # a plain page is there when it is loaded
        # A wall's clock ticks every second.
        wait_until_settled(page, quiet_ms=600 if picture.path.startswith("/wall") else 1200)
    target = FOLDER / f"{picture.name}.png"
    page.screenshot(path=target)
    context.close()
    return target


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with running_server() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(CHROMIUM_FLAGS))
        for picture in PICTURES:
            print(take(browser, server.url, picture).relative_to(ROOT))
        browser.close()


if __name__ == "__main__":
    main()
