"""The demonstration's set of targets, put into a log that holds none.

Imports the ground floor, `log` and `loading`.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Final

from cockpit.datasets.planning.log import PlanLog, PlanRow
from cockpit.datasets.store.loading import SHIPPED
from cockpit.errors import DatasetError

PLANS: Final = "plans.jsonl"
DATASET: Final = "demo"


def story(folder: Path = SHIPPED / DATASET) -> tuple[PlanRow, ...]:
    """The events of the demonstration's set, in the order they happened.

    Raises:
        DatasetError: the file is missing or damaged.
    """
    try:
        found = [json.loads(line) for line in (folder / PLANS).read_text(encoding="utf-8").splitlines()]
        return tuple(PlanRow(**{**row, "at": datetime.fromisoformat(row["at"])}) for row in found)
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise DatasetError(
            f"not readable: {type(error).__name__}", where=PLANS, remedy="make the demonstration data again"
        ) from error


def place(log: PlanLog) -> int:
    """Put the story into a log without any event; returns how many events were put there, 0 where it holds some.

    Raises:
        DatasetError: the story is missing or damaged. LogUnavailable: the database cannot be used.
    """
    return log.begin(story()) if log.count() == 0 else 0
