"""Loads and computes what the first visitor would otherwise wait for.

Imports no streamlit UI; charts and maps are imported for their weight, not for use.
"""

from __future__ import annotations

import importlib
from typing import Final

import pyarrow

from cockpit.analysis.selection import Selection
from cockpit.briefings import chain, chains, gap_parts, logged_extensions, open_desk, today, vitality, waiting
from cockpit.datasets.store.loading import NAMES, default_dataset

_HEAVY: Final = (
    "altair",
    "pydeck",
    "pyarrow",
    "cockpit.visuals.marks.charts",
    "cockpit.visuals.map.layers",
    "cockpit.visuals.targets.cards",
)


def warm_up() -> None:
    """Import the heavy libraries and brief the default view of every dataset.

    Raises:
        CockpitError: the default dataset or the register cannot be used. Another dataset's fault is left to the page
            that asks for it.
    """
    # Arrow's own pool keeps what it once held; the system's gives it back, about 20 MiB after loading.
    pyarrow.set_memory_pool(pyarrow.system_memory_pool())
    for module in _HEAVY:
        importlib.import_module(module)
    first = default_dataset()
    for name in (first, *(other for other in NAMES if other != first)):
        desk = open_desk(name)
        selection = Selection(period=desk.choices.default_period)
        waiting(desk, selection, today(), logged_extensions(name))
        for target in desk.register.targets:
            gap_parts(desk, selection, today(), target)
        vitality(desk, selection.period)
        chain(desk, selection, chains(desk, selection).chains[0].chain.id)
