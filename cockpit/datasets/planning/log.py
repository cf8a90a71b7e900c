"""Where the events of target sets and saved scenarios are kept.

Imports `database` and `decisions`.
"""

from __future__ import annotations

from functools import lru_cache

from cockpit.datasets.database.events import EventLog
from cockpit.datasets.decisions.entries import LogUnavailable


@lru_cache(maxsize=8)
def plan_log(url: str) -> EventLog:
    """The log at an address; one object for all callers."""
    return EventLog(url, "plan_events", "plan", 7_320_224, LogUnavailable)
