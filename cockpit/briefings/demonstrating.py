"""The demonstration's matters and set of targets: put into their logs where it is the demonstration that is served, or
by a command."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from cockpit.briefings.desks import SHANGHAI
from cockpit.datasets.database.address import database_address
from cockpit.datasets.matters import demonstration
from cockpit.datasets.matters.log import matter_log
from cockpit.datasets.planning import demonstration as plans
from cockpit.datasets.planning.log import plan_log
from cockpit.datasets.store.loading import default_dataset


def place_story() -> int:
    """Put the demonstration's matters into a log without any event; returns how many events, 0 where it holds some.

    Raises:
        DatasetError: the story is missing or damaged. LogUnavailable: the database cannot be used.
    """
    return demonstration.place(matter_log(database_address()))


def place_plans() -> int:
    """Put the demonstration's set of targets into a log without any event; returns how many events, 0 where it holds
    some.

    Raises:
        DatasetError: the story is missing or damaged. LogUnavailable: the database cannot be used.
    """
    return plans.place(plan_log(database_address()))


@lru_cache(maxsize=1)
def story_end() -> date:
    """The last day of the demonstration's story.

    Raises:
        DatasetError: the story is missing or damaged.
    """
    return max(row.at for row in demonstration.story()).astimezone(SHANGHAI).date()


def is_gone_on_with(dataset: str, as_of: date) -> bool:
    """Whether the demonstration is looked at on a later day than its story's last: somebody has gone on with it, and
    what the story left open has grown late since."""
    return dataset == demonstration.DATASET and as_of > story_end()


def is_served() -> bool:
    """Whether a visitor is shown the demonstration first."""
    return default_dataset() == demonstration.DATASET
