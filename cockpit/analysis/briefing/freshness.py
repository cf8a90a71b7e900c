"""How fresh the returns are by indicator and town, against the reporting calendar.

Pure; part of `briefing`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from cockpit.analysis.briefing.cards import speaks_published
from cockpit.analysis.freshness import LATE, MISSING, NOT_EXPECTED, REPORTED, Due, States, newest_due, next_due, states
from cockpit.analysis.measures import LISTED, Cube, Mask, status_at
from cockpit.datasets.store.loading import Dataset
from cockpit.policy.calendar_records import Duty
from cockpit.policy.records import Indicator
from cockpit.policy.register import Register


@dataclass(frozen=True)
class IndicatorFreshness:
    """One indicator: the return it belongs to, the period that was due last, how many towns stand where.

    `expected` = reported + late + missing among towns with a duty; a town without one that reported all the same counts
    in neither.
    """

    indicator: Indicator
    duty: Duty
    due: Due
    reported: int
    late: int
    missing: int

    @property
    def expected(self) -> int:
        return self.reported + self.late + self.missing

    @property
    def state(self) -> str:
        """`reported` when nobody is silent, else the worst there is."""
        return MISSING if self.missing else LATE if self.late else REPORTED


@dataclass(frozen=True, eq=False)
class Freshness:
    """Reported, late and missing by indicator and town.

    `states[town, indicator]` is a word of `analysis.freshness`, `expected` tells which were due; towns in the order of
    the towns table, indicators as in `indicators`. `upcoming` are the returns to come, the next first.
    """

    as_of: date
    towns: tuple[str, ...]
    indicators: Mapping[str, IndicatorFreshness]
    upcoming: tuple[tuple[Duty, Due], ...]
    states: States = field(repr=False)
    expected: Mask = field(repr=False)

    def of(self, town_code: str, indicator: str) -> str:
        """State of one figure; `not_expected` for what nobody reports."""
        if town_code not in self.towns or indicator not in self.indicators:
            return NOT_EXPECTED
        return str(self.states[self.towns.index(town_code), list(self.indicators).index(indicator)])

    def of_town(self, town_code: str) -> dict[str, int]:
        """How many indicators of a town stand where: `reported`, `late`, `missing`."""
        row = self.states[self.towns.index(town_code)]
        return {word: int((row == word).sum()) for word in (REPORTED, LATE, MISSING)}

    def counts_of(self, towns: Collection[str]) -> dict[str, dict[str, int]]:
        """Indicator -> how many of these towns stand where, of those with a duty: `reported`, `late`, `missing`."""
        rows = np.isin(self.towns, list(towns))
        states, expected = self.states[rows], self.expected[rows]
        return {
            name: {word: int(((states[:, at] == word) & expected[:, at]).sum()) for word in (REPORTED, LATE, MISSING)}
            for at, name in enumerate(self.indicators)
        }

    def count(self, state: str) -> int:
        """How many figures stand in a state."""
        return int((self.states == state).sum())


def freshness(dataset: Dataset, cube: Cube, register: Register, as_of: date) -> Freshness | None:
    """Freshness of a dataset's returns on a day; None for published data, which no town owes a return."""
    if speaks_published(dataset):
        return None
    history = dataset.table("list_history")
    found: dict[str, IndicatorFreshness] = {}
    columns: list[States] = []
    dues: list[Mask] = []
    listed: dict[str, np.ndarray] = {}
    for name, indicator in register.indicators.items():
        duties = [duty for duty in register.calendar.values() if duty.covers(indicator)]
        if not duties:
            continue
        asked = [(newest_due(duty.months, duty.due_days, duty.late_days, as_of), duty) for duty in duties]
        due, duty = max(asked, key=lambda item: item[0].due_on)
        if due.period not in listed:
            # Not the cube's own: nobody may have reported anything for the period that was due.
            listed[due.period] = np.isin(status_at(history, cube.towns, (due.period,))[0], LISTED)
        expected = listed[due.period]
        column = states(~np.isnan(cube.of(name, due.period)), expected, due, as_of)
        columns.append(column)
        dues.append(expected)
        counts = {word: int(((column == word) & expected).sum()) for word in (REPORTED, LATE, MISSING)}
        found[name] = IndicatorFreshness(indicator, duty, due, **counts)
    upcoming = [
        (duty, next_due(duty.months, duty.due_days, duty.late_days, as_of)) for duty in register.calendar.values()
    ]
    upcoming.sort(key=lambda item: item[1].due_on)
    matrix = np.stack(columns, axis=1) if columns else np.empty((len(cube.towns), 0), dtype="<U12")
    duties_of = np.stack(dues, axis=1) if dues else np.empty((len(cube.towns), 0), dtype=bool)
    return Freshness(as_of, cube.towns, found, tuple(upcoming), matrix, duties_of)
