"""The demonstration's matters and set of targets: put into their logs where it is the demonstration that is served, or
by a command."""

from __future__ import annotations

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


def is_served() -> bool:
    """Whether a visitor is shown the demonstration first."""
    return default_dataset() == demonstration.DATASET
