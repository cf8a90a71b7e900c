"""A scenario: the cards of a set of targets with levers on the figures, beside those without.

Pure; part of `briefing`. A scenario is never data: it is looked at and dropped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from cockpit.analysis.attainment import is_met, line_of
from cockpit.analysis.briefing.cards import Card, read_limits, returns_card
from cockpit.analysis.briefing.levers import Lever, Pulled, pull
from cockpit.analysis.measures import Cube, measure
from cockpit.datasets.store.loading import Dataset
from cockpit.policy.records import Target
from cockpit.policy.register import Register

_HALVINGS: Final = 30
_HAIR: Final = 1e-9
_MOST: Final = {"growth": 1.0, "share": 1.0}  # what is looked for at most; of sums ten times the target


@dataclass(frozen=True)
class Shift:
    """One target: its card without and with the levers."""

    before: Card
    after: Card

    @property
    def difference(self) -> float | None:
        if self.before.value is None or self.after.value is None:
            return None
        return self.after.value - self.before.value

    @property
    def is_moved(self) -> bool:
        return self.before.value != self.after.value

    @property
    def is_flipped(self) -> bool:
        return self.before.status is not self.after.status


@dataclass(frozen=True, eq=False)
class Scenario:
    """All targets with the levers on, and what each lever did."""

    period: str
    moved: tuple[Shift, ...]
    pulled: tuple[Pulled, ...]
    cube: Cube

    @property
    def flipped(self) -> int:
        return sum(item.is_flipped for item in self.moved)


@dataclass(frozen=True)
class Sought:
    """What one lever would have to be for a target to be met: None where it cannot be reached; `short` is what would
    still be lacking then, base unit."""

    target: Target
    value: float | None
    short: float = 0.0


def scenario(dataset: Dataset, cube: Cube, register: Register, period: str, levers: Sequence[Lever]) -> Scenario:
    """The targets of the register's set for the whole province, with and without levers."""
    limits = read_limits(register)
    after, pulled = pull(cube, register.indicators, period, levers, places_of(dataset.towns))

    def cards(of: Cube) -> list[Card]:
        return [returns_card(dataset, of, register, item, period, None, limits) for item in register.targets.values()]

    before, with_levers = cards(cube), cards(after) if after is not cube else cards(cube)
    moved = tuple(Shift(*pair) for pair in zip(before, with_levers, strict=True))
    return Scenario(period, moved, pulled, after)


def places_of(towns: pd.DataFrame) -> dict[str, npt.NDArray[np.str_]]:
    """What towns lie in, by the words levers use."""
    columns = {"prefecture": "prefecture_adcode", "class": "industry_class", "town": "town_code"}
    found = {name: towns[column].astype(str).to_numpy(dtype=np.str_) for name, column in columns.items()}
    mountain = np.where(towns["is_mountain_county"].to_numpy(dtype=bool), "1", "")
    return {**found, "mountain": mountain.astype(np.str_)}


def by_place(found: Scenario, towns: pd.DataFrame, indicator: str, column: str) -> dict[str, list[float]]:
    """Who moves: by a column of the towns, what each lever on an indicator changes, in the order of the levers."""
    keys = towns[column].astype(str).to_numpy()
    rows: dict[str, list[float]] = {}
    own = [item for item in found.pulled if item.lever.indicator == indicator]
    for key in sorted(set(keys)):
        changes = [float(item.change[keys == key].sum()) for item in own]
        if any(changes):
            rows[str(key)] = changes
    return rows


def seek(
    dataset: Dataset, cube: Cube, register: Register, period: str, levers: Sequence[Lever], place: int, target: Target
) -> Sought:
    """What the lever at `place` would have to be for a target to be met, the others left as they are.

    More of a lever never gives less, and of sums in a straight line."""
    tolerance = read_limits(register).tolerance
    indicator, where = register.indicator(target.indicator), places_of(dataset.towns)

    def value(at: float) -> float:
        tried = [*levers]
        tried[place] = replace(levers[place], value=at)
        after, _ = pull(cube, register.indicators, period, tried, where)
        return measure(after, indicator, period, target.scope).value or 0.0

    def met(at: float) -> bool:
        return is_met(value(at), target.base_value, target.sense, tolerance)

    low, high = 0.0, _MOST.get(levers[place].kind, 10 * target.base_value)
    is_list = indicator.origin_of_value == "list"
    if is_list:  # so many are being created there and no more: beyond, the figure does not follow
        high = float(pull(cube, register.indicators, period, levers, where)[1][place].meant)
    if met(low):
        return Sought(target, low)
    line = line_of(target.base_value, target.sense, tolerance)
    if not met(high):
        return Sought(target, None, line - value(high))
    if levers[place].kind != "share":
        # The figure follows the lever in a straight line: found at once, and up by a hair where more is asked than met.
        first, last = value(low), value(high)
        found = high * (line - first) / (last - first)
        if is_list:
            return Sought(target, float(np.ceil(found - _HAIR)))
        return Sought(target, found if met(found) else found * (1 + _HAIR))
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (low, middle) if met(middle) else (middle, high)
    return Sought(target, high)


def two_way(
    dataset: Dataset,
    cube: Cube,
    register: Register,
    period: str,
    levers: Sequence[Lever],
    steps: Sequence[float],
    target: Target,
) -> list[list[float | None]]:
    """The figure of a target for steps of the first lever (columns), without the second lever and with it (rows)."""
    indicator, where = register.indicator(target.indicator), places_of(dataset.towns)
    rows: list[list[float | None]] = []
    for others in (levers[2:], levers[1:]):
        row = []
        for step in steps:
            after, _ = pull(cube, register.indicators, period, [replace(levers[0], value=step), *others], where)
            row.append(measure(after, indicator, period, target.scope).value)
        rows.append(row)
    return rows
