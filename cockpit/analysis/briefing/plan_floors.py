"""A share reached by its worst towns: shares are not split, everybody below one floor comes up to it.

Pure; part of `briefing`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from cockpit.analysis.briefing.plan import last_full_year
from cockpit.analysis.measures import Cube
from cockpit.analysis.planning.allocation import raise_worst
from cockpit.errors import CockpitError
from cockpit.policy.records import Indicator


@dataclass(frozen=True, eq=False)
class Raised:
    """A ratio reached by its worst towns: all below `level` come up to it. `raised` by town code: (now, then)."""

    indicator: Indicator
    base_year: int
    now: float
    aim: float
    level: float
    raised: Mapping[str, tuple[float, float]]


def raise_towns(cube: Cube, indicator: Indicator, aim: float, scope: str) -> Raised:
    """The one floor for all towns of a scope at which their weighted mean reaches a ratio, by denominators of today.

    Args:
        scope: whose share it is, as a target has it: all listed towns, the named or those being created.

    Raises:
        CockpitError: no ratio, or no town that tells both of its parts.
    """
    start = last_full_year(cube)
    if not indicator.is_ratio or indicator.denominator is None:
        raise CockpitError(f"{indicator.id} is no ratio", where="plan", remedy="break it down instead")
    values, below = (cube.of(name, str(start)) for name in (indicator.id, indicator.denominator))
    known = cube.in_scope(scope, str(start)) & ~np.isnan(values) & (below > 0)
    if not 0 < aim <= 1:
        raise CockpitError(f"{aim} is no share", where="plan", remedy="name one above 0 and at most 1: 0.75")
    if not known.any():
        raise CockpitError("no town tells it", where=indicator.id, remedy="choose another indicator or dataset")
    own, weights = values[known], below[known]
    found = raise_worst(own, weights, aim)
    codes = [cube.towns[place] for place in np.flatnonzero(known)]
    raised = {
        code: (float(before), float(after))
        for code, before, after in zip(codes, own, found, strict=True)
        if after > before
    }
    now = float((own * weights).sum() / weights.sum())
    return Raised(indicator, start, now, aim, float(found.min()), raised)
