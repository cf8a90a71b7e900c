"""Ticks by itself: soon after the start, when a version changed, and every hour, in a thread beside the pages.

`COCKPIT_TICK=off` leaves it to `python -m cockpit actions tick` of a timer. Any number of processes may do it at once.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from contextlib import suppress
from typing import Final

from cockpit.briefings.ticking import send_waiting, tick
from cockpit.datasets.store.loading import NAMES, current_marker
from cockpit.errors import CockpitError

_FIRST_SECONDS: Final = 20.0
_LOOK_SECONDS: Final = 5.0
_EVERY_SECONDS: Final = 3600.0
_LOGGER: Final = logging.getLogger(__name__)


def start() -> threading.Event | None:
    """Begin to tick; setting the event ends it. None where the environment says off."""
    if os.environ.get("COCKPIT_TICK", "").strip().lower() == "off":
        return None
    ended = threading.Event()
    threading.Thread(target=_run, args=(ended,), name="ticker", daemon=True).start()
    return ended


def _run(ended: threading.Event) -> None:
    wait, seen, last = _FIRST_SECONDS, "", 0.0
    while not ended.wait(wait):
        now, versions = time.monotonic(), _versions()
        if versions != seen or now - last >= _EVERY_SECONDS:
            once()
            seen, last = versions, now
        wait = _LOOK_SECONDS


def _versions() -> str:
    """Which versions are current, whoever published them."""
    found = []
    for name in NAMES:
        with suppress(CockpitError):  # told where it is loaded
            found.append(str(current_marker(name)))
    return " ".join(found)


def once() -> None:
    """One round over all datasets; what cannot be done now is told to the server's log and tried again at the next."""
    try:
        for name in NAMES:
            tick(name)
        send_waiting()
    except CockpitError as fault:
        _LOGGER.warning("tick: %s", fault)
