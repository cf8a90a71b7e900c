"""Finds Chromium and starts it in the quiet, offline way that the measurements and the browser tests share."""

from __future__ import annotations

import shutil
from typing import Final

# The first paints the same and has no windows: a new visitor costs it a seventh of what he costs the whole browser.
CHROMIUM_NAMES: Final = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM_FLAGS: Final = (
    "--no-sandbox",
    "--disable-dev-shm-usage",
    # Pages are painted without a graphics process, a quarter faster on two cores; WebGL is still there for the map.
    "--disable-gpu",
    "--enable-unsafe-swiftshader",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
    "--no-default-browser-check",
    "--force-color-profile=srgb",
    "--font-render-hinting=none",  # letters as wide as on a screen; without windows Chromium rounds their widths
)


def find_chromium() -> str | None:
    """Return the path of an installed Chromium, or None."""
    return next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), None)
