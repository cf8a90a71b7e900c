"""The gap of a target and the growth of its indicator, split over towns, prefectures and classes.

Pure; part of `briefing`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from cockpit.analysis import attribution
from cockpit.analysis.briefing.cards import Card, attribution_year, contributions, gap_movements
from cockpit.analysis.briefing.overview import Briefing
from cockpit.analysis.measures import growth
from cockpit.datasets.store.loading import Dataset
from cockpit.policy.register import Register
from cockpit.units import Period

Movement = Literal["same", "entrant", "exit", "reporting"]
MOVEMENTS: Final[tuple[Movement, ...]] = ("same", "entrant", "exit", "reporting")


@dataclass(frozen=True)
class Part:
    """One of the four parts of a gap: all towns that take part in the same way.

    `value` in base unit (a ratio's in share points), None where such towns stand in no sum: what a town did not report
    is in no ratio. `towns` counts them all, those without a value too.
    """

    movement: Movement
    value: float | None
    towns: int


@dataclass(frozen=True, eq=False)
class GapParts:
    """The gap of one target in four parts, and each part by prefecture, class and town.

    The frames have `key`, a column for each movement and `value`, their sum; the columns sum to the parts, `value` to
    `total`. `by_county` stands beside `by_prefecture` where one prefecture is left, else it is empty. `towns` is by
    town code: part, value, actual, expected (NaN where there is none), prefecture, status; those in no sum included.
    """

    card: Card
    total: float
    parts: tuple[Part, ...]
    by_prefecture: pd.DataFrame
    by_county: pd.DataFrame
    by_class: pd.DataFrame
    towns: pd.DataFrame
    names_zh: dict[str, str]
    names_en: dict[str, str]
    base_year: str

    def part(self, movement: str) -> Part:
        return next(part for part in self.parts if part.movement == movement)


@dataclass(frozen=True, eq=False)
class GrowthParts:
    """Growth of one indicator on a year before, by group; frames (`key`, `value`), high to low."""

    card: Card
    whole: float | None
    by_prefecture: pd.DataFrame
    by_class: pd.DataFrame


def gap_parts(briefing: Briefing, register: Register, target_id: str) -> GapParts | None:
    """Split the gap of one target over the selected towns; None where nothing can be split.

    That is where there are no returns, and for periods the target says nothing of: within a year, after its due year,
    before the year whose shares spread it over the towns.
    """
    card, cube = briefing.card(target_id), briefing.cube
    text = briefing.selection.period
    period = Period.parse(text)
    if not period.is_full_year or not int(attribution_year(register)) <= period.year <= card.target.due.year:
        return None
    keep, columns = briefing.keep, _columns(briefing.dataset)
    values = contributions(cube, card.indicator, card.target, text, register)
    known = keep & ~np.isnan(values)
    if not known.any():
        return None
    moves = gap_movements(cube, card.indicator, card.target, text, register)
    actual = np.where(cube.in_scope(card.target.scope, text), cube.of(card.indicator.id, text), np.nan)
    expected = np.full(len(values), np.nan) if card.indicator.is_ratio else np.nan_to_num(actual) - values
    took_part = keep & (moves != "")
    frame = pd.DataFrame(
        {
            "part": moves[took_part],
            "value": values[took_part],
            "actual": actual[took_part],
            "expected": expected[took_part],
            "prefecture": columns.prefecture[took_part],
            "status": cube.status[cube.periods.index(text)][took_part],
            "listed_then": cube.in_scope(card.target.scope, attribution_year(register))[took_part],
        },
        index=columns.code[took_part],
    )
    is_one = len(set(columns.prefecture[took_part])) == 1
    counties = attribution.by_group(values, moves, columns.county, keep & is_one)
    return GapParts(
        card=card,
        total=float(values[known].sum()),
        parts=tuple(_part(movement, values[took_part & (moves == movement)]) for movement in MOVEMENTS),
        by_prefecture=attribution.by_group(values, moves, columns.prefecture, keep),
        by_county=counties,
        by_class=attribution.by_group(values, moves, columns.industry_class, keep),
        towns=frame,
        names_zh=columns.names_zh,
        names_en=columns.names_en,
        base_year=attribution_year(register),
    )


def _part(movement: Movement, own: attribution.Values) -> Part:
    return Part(movement, float(np.nansum(own)) if (~np.isnan(own)).any() else None, len(own))


@dataclass(frozen=True, eq=False)
class _Columns:
    """Columns of the towns table as plain arrays, and the names of towns and counties by their codes."""

    code: npt.NDArray[np.str_]
    prefecture: npt.NDArray[np.str_]
    county: npt.NDArray[np.str_]
    industry_class: npt.NDArray[np.str_]
    names_zh: dict[str, str]
    names_en: dict[str, str]


@lru_cache(maxsize=4)
def _columns(dataset: Dataset) -> _Columns:
    towns = dataset.towns

    def text(column: str) -> npt.NDArray[np.str_]:
        return np.array(towns[column].astype("str"), dtype=np.str_)

    code, county = text("town_code"), text("county_adcode")
    names = [
        dict(zip(county.tolist(), towns[f"county_{end}"], strict=True))
        | dict(zip(code.tolist(), towns[f"name_{end}"], strict=True))
        for end in ("zh", "en")
    ]
    return _Columns(code, text("prefecture_adcode"), county, text("industry_class"), names[0], names[1])


def growth_parts(briefing: Briefing, register: Register, target_id: str) -> GrowthParts | None:
    """Growth on the same period a year before by prefecture and class; None where no group can be compared."""
    card = briefing.card(target_id)
    period, scope, columns = briefing.selection.period, card.target.scope, _columns(briefing.dataset)

    def split(groups: npt.NDArray[np.str_]) -> pd.DataFrame:
        rows = {
            key: change
            for key in sorted(set(groups[briefing.keep].tolist()))
            if (change := growth(briefing.cube, card.indicator, period, scope, briefing.keep & (groups == key)))
            is not None
        }
        frame = pd.DataFrame({"key": list(rows), "value": list(rows.values())})
        return frame.sort_values(["value", "key"], ascending=[False, True], ignore_index=True)

    parts = GrowthParts(card, card.growth, split(columns.prefecture), split(columns.industry_class))
    return parts if len(parts.by_prefecture) else None
