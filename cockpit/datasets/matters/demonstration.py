"""The demonstration's matters, put into a log that holds none: a story that comes with the demonstration data.

Imports the ground floor, `log` and `loading`.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Final

from cockpit.datasets.matters.log import MatterLog, Row
from cockpit.datasets.store.loading import SHIPPED
from cockpit.errors import DatasetError

MATTERS: Final = "matters.jsonl"
DATASET: Final = "demo"


def story(folder: Path = SHIPPED / DATASET) -> tuple[Row, ...]:
    """The events of the demonstration's matters, in the order they happened.

    Raises:
        DatasetError: the file is missing or damaged.
    """
    path = folder / MATTERS
    try:
        found = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        return tuple(Row(**{**row, "at": datetime.fromisoformat(row["at"])}) for row in found)
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise DatasetError(
            f"not readable: {type(error).__name__}", where=MATTERS, remedy="make the demonstration data again"
        ) from error


def place(log: MatterLog) -> int:
    """Put the story into a log without any event; returns how many events were put there, 0 where it holds some.

    Of two who do so at once, in one process or two, one does.

    Raises:
        DatasetError: the story is missing or damaged. LogUnavailable: the database cannot be used.
    """
    return log.begin(story()) if log.count() == 0 else 0
