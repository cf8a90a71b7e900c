"""The demonstration's set of targets, put into a log that holds none.

Imports `database` and `loading`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from cockpit.datasets.database.events import EventLog, Row, read_story
from cockpit.datasets.store.loading import SHIPPED

PLANS: Final = "plans.jsonl"
DATASET: Final = "demo"


def story(folder: Path = SHIPPED / DATASET) -> tuple[Row, ...]:
    """The events of the demonstration's set, in the order they happened.

    Raises:
        DatasetError: the file is missing or damaged.
    """
    return read_story(folder / PLANS, "plan")


def place(log: EventLog) -> int:
    """Put the story into a log without any event; returns how many events were put there, 0 where it holds some.

    Raises:
        DatasetError: the story is missing or damaged. LogUnavailable: the database cannot be used.
    """
    return log.begin(story()) if log.count() == 0 else 0
