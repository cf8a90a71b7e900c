"""What if (情景): levers on the figures of some towns, and the cube they give, judged by the same measures as data.

Pure; part of `briefing`. Nothing here is kept as data: a cube with levers on it is made, looked at and dropped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, get_args

import numpy as np
import numpy.typing as npt

from cockpit.analysis.measures import Cube, Mask, Values
from cockpit.policy.records import Indicator
from cockpit.units import Period

LeverKind = Literal["fill", "share", "set", "growth", "add"]
# They work in this order, so that it does not matter which was pulled first.
LEVER_KINDS: Final[tuple[LeverKind, ...]] = get_args(LeverKind)
Where = Literal["all", "prefecture", "class", "town", "mountain"]
WHERES: Final[tuple[Where, ...]] = get_args(Where)
MOST_LEVERS: Final = 8
_PARTS: Final = 5
_MOST: Final = 1e15  # base unit; above every economy there is, so it was a slip


@dataclass(frozen=True, order=True)
class Lever:
    """One assumption. `value`: growth and share as a share (0.06 is 6 %), add and set in base unit, 0 for fill."""

    kind: LeverKind
    indicator: str
    where: Where
    code: str
    value: float

    def __str__(self) -> str:
        """As it stands in an address."""
        return f"{self.kind}:{self.indicator}:{self.where}:{self.code}:{self.value:.12g}"


@dataclass(frozen=True, eq=False)
class Pulled:
    """A lever with what it did: change by town (base unit), how many towns it touched and how many it was meant for."""

    lever: Lever
    change: Values
    touched: int
    meant: int


def read_lever(text: str, indicators: Mapping[str, Indicator]) -> Lever | None:
    """The lever an address holds; None where it is none."""
    parts = text.split(":")
    if len(parts) != _PARTS or not text.isascii() or "_" in parts[-1]:
        return None
    kind, name, where, code, number = parts
    try:
        value = float(number)
    except ValueError:
        return None
    indicator = indicators.get(name)
    if indicator is None or kind not in kinds_for(indicator) or where not in WHERES or not np.isfinite(value):
        return None
    if bool(code) != (where in ("prefecture", "class", "town")) or not _is_within(kind, value):
        return None
    return Lever(kind, name, where, code, value)


def _is_within(kind: str, value: float) -> bool:
    if kind == "growth":
        return -1 <= value <= 10
    return 0 <= value <= 1 if kind == "share" else abs(value) <= _MOST and (value >= 0 or kind == "add")


def kinds_for(indicator: Indicator) -> tuple[LeverKind, ...]:
    """What can be done to an indicator: a ratio is raised in its towns, the list grows by towns, sums take the rest."""
    if indicator.is_ratio:
        return ("share",)
    if indicator.origin_of_value == "list":
        return ("add",)
    return ("growth", "add", "set", "fill") if indicator.is_additive else ()


def pull(
    cube: Cube,
    indicators: Mapping[str, Indicator],
    period: str,
    levers: Sequence[Lever],
    places: Mapping[str, npt.NDArray[np.str_]],
) -> tuple[Cube, tuple[Pulled, ...]]:
    """The cube with all levers on it, and what each did; levers of one kind start from the same figures.

    Args:
        places: columns `prefecture`, `class`, `town`, `mountain` ("1") by town, in the cube's order.

    Raises:
        ValueError: the period has no returns.
    """
    if period not in cube.periods:
        raise ValueError(period)
    done: dict[Lever, Pulled] = {}
    for kind in LEVER_KINDS:
        before = cube
        for lever in sorted(item for item in levers if item.kind == kind):
            item = indicators[lever.indicator]
            changed = item.numerator if item.is_ratio and item.numerator else item.id
            found = _pulled(before, item, period, lever, places)
            cube = _with(cube, indicators, period, changed, found.change)
            done[lever] = found
    return cube, tuple(done[lever] for lever in levers)


def _pulled(
    cube: Cube, item: Indicator, period: str, lever: Lever, places: Mapping[str, npt.NDArray[np.str_]]
) -> Pulled:
    meant = cube.in_scope("province", period) & _at(lever, places, len(cube.towns))
    if cube.seen is not None:
        meant = meant & cube.seen  # a reader assumes for his own towns only
    values = cube.of(item.id, period)
    known = meant & ~np.isnan(values)
    change = np.zeros(len(values))
    if lever.kind == "fill":
        silent = meant & np.isnan(values)
        last = cube.of(item.id, str(Period.parse(period).year_before()))
        change = np.where(silent & ~np.isnan(last), last, 0.0)
        return Pulled(lever, change, int((silent & ~np.isnan(last)).sum()), int(silent.sum()))
    if lever.kind == "share" and item.numerator and item.denominator:
        above, below = cube.of(item.numerator, period), cube.of(item.denominator, period)
        low = known & (values < lever.value)
        change = np.where(low, lever.value * below - above, 0.0)
        return Pulled(lever, change, int(low.sum()), int(known.sum()))
    if item.origin_of_value == "list":
        return _named(cube, period, lever, meant)
    if lever.kind == "growth":
        change = np.where(known, values * lever.value, 0.0)
    else:
        total = float(values[known].sum())
        # Nobody has less than nothing: more is not taken away than there is.
        more = max(lever.value, -total) if lever.kind == "add" else lever.value - total
        count = max(int(known.sum()), 1)
        change = np.where(known, more * (values / total if total > 0 else 1 / count), 0.0)
    return Pulled(lever, change, int(known.sum()), int(meant.sum()))


def _named(cube: Cube, period: str, lever: Lever, meant: Mask) -> Pulled:
    """So many of the towns being created are named, those with the most output first."""
    output = np.nan_to_num(cube.of("total_output_yuan", period), nan=-1.0)
    creating = meant & cube.in_scope("creating", period)
    order = np.argsort(np.where(creating, -output, np.inf), kind="stable")
    taken = order[: min(max(round(lever.value), 0), int(creating.sum()))]
    change = np.zeros(len(output))
    change[taken] = 1.0
    return Pulled(lever, change, len(taken), int(creating.sum()))


def _at(lever: Lever, places: Mapping[str, npt.NDArray[np.str_]], count: int) -> Mask:
    if lever.where == "all":
        return np.ones(count, dtype=bool)
    found: Mask = places[lever.where] == ("1" if lever.where == "mountain" else lever.code)
    return found


def _with(cube: Cube, indicators: Mapping[str, Indicator], period: str, changed: str, change: Values) -> Cube:
    """The cube with a change of one indicator, and of all that are made of it, in one period."""
    if not change.any():
        return cube
    values, row = cube.values.copy(), cube.periods.index(period)
    column = {name: place for place, name in enumerate(cube.indicators)}
    moved = [(changed, change)]
    moved += [(item.id, change) for item in indicators.values() if changed in item.plus]
    moved += [(item.id, -change) for item in indicators.values() if changed in item.minus]
    for name, by in moved:
        old = values[row, :, column[name]]
        # A town that was silent has the figure now that was filled in for it.
        values[row, :, column[name]] = np.where(by != 0, np.nan_to_num(old) + by, old)
    names = {name for name, _ in moved}
    for item in indicators.values():
        if item.numerator and item.denominator and names & {item.numerator, item.denominator}:
            above, below = (values[row, :, column[part]] for part in (item.numerator, item.denominator))
            with np.errstate(divide="ignore", invalid="ignore"):
                values[row, :, column[item.id]] = np.where(below > 0, above / below, np.nan)
    values.setflags(write=False)
    return replace(cube, values=values)
