"""What the wall adds to the desk's answers: areas against their expected value, one prefecture with its towns.

Pure; part of `briefing`. Every figure is the desk's: cards, parts of a gap, the vitality index.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cockpit.analysis.briefing.cards import Card
from cockpit.analysis.briefing.gaps import GapParts
from cockpit.analysis.briefing.overview import Briefing
from cockpit.vocabulary import LIST_STATUSES, Text


@dataclass(frozen=True)
class AreaValue:
    """A prefecture's figure and the part of the target it was expected to bring, base unit; `relative` their distance
    as a share of the expected, None where nothing was expected."""

    code: str
    value: float | None
    expected: float
    relative: float | None


@dataclass(frozen=True)
class Standing:
    """One target's figure in a prefecture: `card` is the prefecture's contribution card.

    `share` of the province, `rank` among `of` prefectures that reported; None where it cannot be told.
    """

    card: Card
    share: float | None
    rank: int | None
    of: int


@dataclass(frozen=True)
class StopTown:
    """A town as it stands on the map; `tax` in yuan and `index` 1 to 100 are None where they are not known."""

    code: str
    name: Text
    county: Text
    industry_class: str
    status: str
    lon: float | None
    lat: float | None
    tax: float | None
    index: float | None
    output: float | None


@dataclass(frozen=True, eq=False)
class Stop:
    """One prefecture of the tour: its standing by target and its towns, the largest by tax first."""

    prefecture: str
    briefing: Briefing
    standings: tuple[Standing, ...]
    towns: tuple[StopTown, ...]

    @property
    def counts(self) -> dict[str, int]:
        """Towns by list status, in the order of the vocabulary."""
        counts = {status: sum(town.status == status for town in self.towns) for status in LIST_STATUSES}
        return {status: count for status, count in counts.items() if count}


def area_values(parts: GapParts) -> tuple[AreaValue, ...]:
    """Every prefecture with a part in a gap: what its same towns have, what was expected of them, how far apart both.

    Args:
        parts: of a target that adds up.
    """
    same = parts.towns[parts.towns["part"] == "same"]
    found = []
    for code in parts.by_prefecture["key"]:
        own = same[same["prefecture"] == code]
        value, expected = float(own["actual"].sum()), float(own["expected"].sum())
        relative = (value - expected) / expected if expected > 0 else None
        found.append(AreaValue(str(code), value if len(own) else None, expected, relative))
    return tuple(found)


def tour_stop(
    briefing: Briefing,
    others: Mapping[str, Briefing],
    prefecture: str,
    targets: tuple[str, ...],
    index: pd.Series | None,
) -> Stop:
    """One prefecture.

    Args:
        briefing: of the selection narrowed to the prefecture.
        others: the same for every prefecture of the tour, by adcode; ranks are among them.
        index: vitality index by town code, NaN where it cannot be computed; None where there is none.
    """
    standings = []
    for target in targets:
        card = briefing.card(target)
        higher = {
            code: own.contribution
            for code, other in others.items()
            if (own := other.card(target)).contribution is not None and own.is_part
        }
        mine = card.contribution if card.is_part else None
        rank = None if mine is None else 1 + sum(value > mine for value in higher.values() if value is not None)
        is_part = mine is not None and not card.indicator.is_ratio and bool(card.value)
        share = mine / card.value if is_part and mine is not None and card.value else None
        standings.append(Standing(card, share, rank, len(higher)))
    return Stop(prefecture, briefing, tuple(standings), _towns(briefing, index))


def _towns(briefing: Briefing, index: pd.Series | None) -> tuple[StopTown, ...]:
    period = briefing.selection.period
    rows = np.flatnonzero(briefing.keep)
    known = period in briefing.cube.periods
    tax, output = (
        briefing.cube.of(name, period)[rows] if known else np.full(len(rows), np.nan)
        for name in ("tax_revenue_yuan", "total_output_yuan")
    )
    found = [
        StopTown(
            code=str(row["town_code"]),
            name=Text(str(row["name_zh"]), str(row["name_en"])),
            county=Text(str(row["county_zh"]), str(row["county_en"])),
            industry_class=str(row["industry_class"]),
            status=str(row["list_status"]),
            lon=_known(row["lon"]),
            lat=_known(row["lat"]),
            tax=_known(tax[at]),
            index=None if index is None else _known(index.get(str(row["town_code"]), math.nan)),
            output=_known(output[at]),
        )
        for at, row in enumerate(briefing.towns.to_dict("records"))
    ]
    return tuple(sorted(found, key=lambda town: (-(town.tax or 0.0), -(town.output or 0.0), town.code)))


def _known(value: object) -> float | None:
    number = float(value) if isinstance(value, int | float | np.floating) else math.nan
    return None if math.isnan(number) else number
