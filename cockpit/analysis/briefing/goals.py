"""Whether the figure a matter is about is reached: by the functions that judge the targets."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from cockpit.analysis.attainment import Limits, is_met
from cockpit.analysis.measures import Cube, measure
from cockpit.analysis.selection import towns_in
from cockpit.analysis.supervision.events import Goal
from cockpit.policy.records import SENSES
from cockpit.policy.register import Register
from cockpit.rights import read_scope
from cockpit.units import reaches
from cockpit.vocabulary import Status


@dataclass(frozen=True)
class Reached:
    """What a figure's goal says by one version: the value in base unit, of how many towns of how many, the verdict."""

    status: Status
    value: float | None
    reported: int
    expected: int


def reached(cube: Cube, towns: pd.DataFrame, register: Register, goal: Goal, subject: str, limits: Limits) -> Reached:
    """Judge a figure's goal over the towns of a place.

    Args:
        subject: town, or area by its code; "" for the province.

    Without a figure it is no data, with too few returns it cannot be judged: neither closes anything.
    """
    indicator = register.indicators.get(goal.indicator)
    if indicator is None or goal.value is None or goal.operator not in SENSES or goal.period not in cube.periods:
        return Reached(Status.NO_DATA, None, 0, 0)
    keep = towns_in(towns, read_scope(subject or "330000"))
    found = measure(cube, indicator, goal.period, "province", np.asarray(keep))
    if found.value is None:
        return Reached(Status.NO_DATA, None, found.reported, found.expected)
    if not reaches(found.coverage or 0.0, limits.coverage):
        return Reached(Status.CANNOT_JUDGE, found.value, found.reported, found.expected)
    met = is_met(found.value, goal.value, goal.operator, limits.tolerance)
    return Reached(Status.ACHIEVED if met else Status.MISSED, found.value, found.reported, found.expected)
