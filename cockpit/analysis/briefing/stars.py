"""The stars the index gives, carried from year to year as they were shown.

Pure; part of `briefing`. A town is rated while it is named: its first index as a named town begins the chain.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from cockpit.analysis.briefing.vitality import index_of, star_draws
from cockpit.analysis.measures import Cube
from cockpit.analysis.star_rating import Standing, stand
from cockpit.datasets.store.loading import Dataset
from cockpit.policy.register import Register


def standings(
    dataset: Dataset, cube: Cube, register: Register, period: str, before: Mapping[str, Standing]
) -> dict[str, Standing]:
    """Standing of every town by code after a full year; a town without an index that year keeps its older one.

    Args:
        before: the same after the year before, {} for the first.
    """
    years = {str(item.year) for item in before.values()}
    named = {year: set(np.array(cube.towns)[cube.in_scope("named", year)]) for year in years}
    # What a town's index gave it before it was named was no star.
    carried = {code: item for code, item in before.items() if code in named[str(item.year)]}
    result = index_of(dataset, cube, register, period)
    if result is None:
        return carried
    levels = [rule for rule in register.stars.values() if rule.kind == "level"]
    stability = register.rule("star_stability").base_value
    draws = star_draws(result, register.vitality)
    now = {}
    for place, (code, value) in enumerate(result.index.items()):
        if not np.isnan(value):
            now[str(code)] = stand(int(period), value, draws[:, place], levels, stability, carried.get(str(code)))
    return {**carried, **now}
