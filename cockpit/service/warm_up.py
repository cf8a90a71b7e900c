"""Loads and computes what the first visitor of the first page would otherwise wait for.

Imports no streamlit UI; charts and maps are imported for their weight, not for use.
"""

from __future__ import annotations

import importlib
from contextlib import suppress
from typing import Final

import pyarrow

from cockpit.access.modes import mode
from cockpit.analysis.selection import Selection
from cockpit.briefings import day_of, gap_parts, logged_extensions, open_desk, waiting
from cockpit.briefings.demonstrating import is_served, place_plans, place_story
from cockpit.datasets.boundaries import read_boundaries
from cockpit.datasets.decisions.entries import LogUnavailable
from cockpit.datasets.store.loading import NAMES, default_dataset
from cockpit.rights import ALL
from cockpit.visuals.map.scene import prepare

_HEAVY: Final = (
    "altair",
    "pyarrow",
    "cockpit.visuals.marks.charts",
    "cockpit.visuals.targets.mini_map",
    "cockpit.visuals.map.panels",
    "cockpit.visuals.targets.cards",
)


def begin_demonstration() -> None:
    """Put the demonstration's matters and plans into empty logs, where one person looks at it on his machine.

    Never where there are accounts: what is handed out there is meant. A database that is away costs the pages nothing.
    """
    if mode() == "local" and is_served():
        with suppress(LogUnavailable):
            place_story()
            place_plans()


def warm_up() -> None:
    """Import the heavy libraries and brief the default view of every dataset.

    What only other pages show (index, chains, stars) is computed when one of them is opened: the start must not grow
    with the towns.

    Raises:
        CockpitError: the default dataset or the register cannot be used. Another dataset's fault is left to the page
            that asks for it.
    """
    # Arrow's own pool keeps what it once held; the system's gives it back, about 20 MiB after loading.
    pyarrow.set_memory_pool(pyarrow.system_memory_pool())
    for module in _HEAVY:
        importlib.import_module(module)
    prepare(read_boundaries("prefectures_light"), read_boundaries("counties_light"))
    begin_demonstration()  # first: its day is the one all is warmed for
    first = default_dataset()
    for name in (first, *(other for other in NAMES if other != first)):
        desk = open_desk(name)
        selection = Selection(period=desk.choices.default_period, scope=ALL)
        waiting(desk, selection, day_of(name), logged_extensions(name))
        for target in desk.register.targets:
            gap_parts(desk, selection, day_of(name), target)
