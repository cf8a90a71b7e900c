"""What a submission would do, or a version did, to figures and verdicts: two versions of a dataset side by side.

Pure; part of `briefing`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from cockpit.analysis.briefing.cards import Card
from cockpit.analysis.briefing.overview import brief
from cockpit.analysis.measures import Cube, measure
from cockpit.analysis.selection import Selection
from cockpit.datasets.store.loading import Dataset
from cockpit.policy.records import Indicator, Target
from cockpit.policy.register import Register
from cockpit.rights import ALL
from cockpit.units import Period
from cockpit.vocabulary import Status

TOTAL_COLUMNS = (
    "indicator",
    "period",
    "prefecture",
    "before",
    "after",
    "before_reported",
    "after_reported",
    "expected",
)


@dataclass(frozen=True)
class Moved:
    """A province figure of a target's indicator before and after, base unit, None where there is none."""

    target: Target
    indicator: Indicator
    period: str
    before: float | None
    after: float | None


@dataclass(frozen=True)
class Update:
    """What a version brought against the one it was made from.

    `new`, `changed`, `withdrawn` count figures of returns and land; `towns` are theirs, those with most of them first.
    """

    new: int
    changed: int
    withdrawn: int
    towns: tuple[str, ...]
    moved: tuple[Moved, ...]

    @property
    def count(self) -> int:
        return self.new + self.changed + self.withdrawn


@dataclass(frozen=True)
class VerdictChange:
    """A target whose answer for a period would be another one; values in base unit, None where there is none."""

    target: Target
    indicator: Indicator
    period: str
    before: Status
    after: Status
    before_value: float | None
    after_value: float | None

    @property
    def is_turned(self) -> bool:
        """Whether the verdict itself would change, not the value alone."""
        return self.before is not self.after


def touched(register: Register, indicators: frozenset[str]) -> tuple[str, ...]:
    """Indicators that change with the given ones: themselves and all computed from them, in the register's order."""
    found = set(indicators)
    while True:
        more = {
            name
            for name, record in register.indicators.items()
            if found & {*record.plus, *record.minus, record.numerator, record.denominator}
        }
        if more <= found:
            return tuple(name for name in register.indicators if name in found)
        found |= more


def update(before: tuple[Dataset, Cube], after: tuple[Dataset, Cube], register: Register) -> Update:
    """Compare a version with the one it was made from, figure by figure, and the province by each target's indicator.

    Args:
        before, after: each version with its cube.
    """
    cells = pd.concat(
        [
            _unlike(before[0], after[0], "returns", "indicator", "value"),
            _unlike(before[0], after[0], "land", "land_type", "area_mu"),
        ]
    )
    was, now = cells["before"].notna(), cells["after"].notna()
    moved = []
    for period in sorted(set(cells["period"]), key=Period.parse, reverse=True):
        for target in register.targets.values():
            indicator = register.indicator(target.indicator)
            old, new = (measure(cube, indicator, period, target.scope).value for _, cube in (before, after))
            if old != new:
                moved.append(Moved(target, indicator, period, old, new))
    return Update(
        new=int((~was).sum()),
        changed=int((was & now).sum()),
        withdrawn=int((~now).sum()),
        towns=tuple(map(str, cells["town_code"].value_counts().index)),
        moved=tuple(moved),
    )


def _unlike(before: Dataset, after: Dataset, table: str, kind: str, value: str) -> pd.DataFrame:
    """Figures of a table that differ: town_code, period, `before`, `after`, NaN for what is not there."""
    keys = ["town_code", "period", kind]
    one, other = (side.table(table)[[*keys, value]].astype(dict.fromkeys(keys, "str")) for side in (before, after))
    both = one.rename(columns={value: "before"}).merge(other.rename(columns={value: "after"}), "outer", keys)
    is_same = (both["before"] == both["after"]) | (both["before"].isna() & both["after"].isna())
    return both.loc[~is_same, ["town_code", "period", "before", "after"]]


def total_changes(
    before: tuple[pd.DataFrame, Cube],
    after: tuple[pd.DataFrame, Cube],
    register: Register,
    cells: frozenset[tuple[str, str]],
) -> pd.DataFrame:
    """Totals before and after by indicator, period and prefecture, as the pages add them up (towns on the list).

    Args:
        before, after: towns and cube of each version, in the same order of towns.
        cells: (period, indicator) pairs that a submission touches.

    Returns:
        Columns `TOTAL_COLUMNS`, base units, NaN where there is no total; `prefecture` "" is the province. Rows that
        stay as they are are left out.
    """
    sides = [(cube, towns["prefecture_adcode"].astype("str").to_numpy()) for towns, cube in (before, after)]
    areas = ("", *sorted({str(code) for _, places in sides for code in places}))
    rows = []
    for period in sorted({period for period, _ in cells}, key=Period.parse):
        for name in touched(register, frozenset(name for when, name in cells if when == period)):
            indicator = register.indicator(name)
            for area in areas if indicator.is_additive else ():
                old, new = (
                    measure(cube, indicator, period, "province", places == area if area else None)
                    for cube, places in sides
                )
                if old != new:
                    rows.append((name, period, area, old.value, new.value, old.reported, new.reported, new.expected))
    return pd.DataFrame(rows, columns=list(TOTAL_COLUMNS)).astype({"before": "float", "after": "float"})


def verdict_changes(
    before: tuple[Dataset, Cube],
    after: tuple[Dataset, Cube],
    register: Register,
    periods: tuple[str, ...],
    as_of: date,
) -> tuple[VerdictChange, ...]:
    """Targets whose answer would change in any of the periods, turned verdicts first.

    Args:
        before, after: each version with its cube.
        as_of: the day the clocks are read against.
    """
    found = []
    for period in periods:
        of_year = register.at(Period.parse(period).year)
        old = brief(*before, of_year, Selection(period, scope=ALL), as_of).cards
        new = brief(*after, of_year, Selection(period, scope=ALL), as_of).cards
        for one, other in zip(old, new, strict=True):
            if _answer(one) != _answer(other):
                found.append(
                    VerdictChange(
                        other.target, other.indicator, period, one.status, other.status, one.value, other.value
                    )
                )
    return tuple(sorted(found, key=lambda change: not change.is_turned))


def _answer(card: Card) -> tuple[Status, float | None, str]:
    return card.status, card.value, card.period
