"""The gap of a target and the growth of its indicator, split over towns, prefectures and classes.

Pure; part of `briefing`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import pandas as pd

from cockpit.analysis import attribution
from cockpit.analysis.briefing.cards import Card, attribution_year, contributions, gap_movements
from cockpit.analysis.briefing.overview import Briefing
from cockpit.analysis.measures import growth
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

    That is where there are no returns, and for periods the target says nothing of: within a year, after its due year.
    """
    card, cube = briefing.card(target_id), briefing.cube
    text = briefing.selection.period
    period = Period.parse(text)
    if not period.is_full_year or period.year > card.target.due.year:
        return None
    towns, keep = briefing.dataset.towns, briefing.keep
    values = contributions(cube, card.indicator, card.target, text, register)
    known = keep & ~np.isnan(values)
    if not known.any():
        return None
    moves = gap_movements(cube, card.indicator, card.target, text, register)
    codes = towns["town_code"].astype("str").to_numpy()
    prefectures = towns["prefecture_adcode"].astype("str").to_numpy()
    actual = np.where(cube.in_scope(card.target.scope, text), cube.of(card.indicator.id, text), np.nan)
    took_part = keep & (moves != "")
    frame = pd.DataFrame(
        {
            "part": np.where(moves == "silent", "reporting", moves),
            "value": values,
            "actual": actual,
            "expected": np.full(len(codes), np.nan) if card.indicator.is_ratio else np.nan_to_num(actual) - values,
            "prefecture": prefectures,
            "status": cube.status[cube.periods.index(text)],
        },
        index=codes,
    )[took_part]
    counties = attribution.by_group(values, moves, towns["county_adcode"], keep)
    return GapParts(
        card=card,
        total=float(values[known].sum()),
        parts=tuple(_part(frame, movement) for movement in MOVEMENTS),
        by_prefecture=attribution.by_group(values, moves, towns["prefecture_adcode"], keep),
        by_county=counties if len(set(prefectures[took_part])) == 1 else counties[:0],
        by_class=attribution.by_group(values, moves, towns["industry_class"], keep),
        towns=frame,
        names_zh=_names(towns, "zh"),
        names_en=_names(towns, "en"),
        base_year=attribution_year(register),
    )


def _part(frame: pd.DataFrame, movement: Movement) -> Part:
    own = frame.loc[frame["part"] == movement, "value"]
    return Part(movement, float(own.sum()) if own.notna().any() else None, len(own))


def _names(towns: pd.DataFrame, end: str) -> dict[str, str]:
    """Names of towns and counties by their codes."""
    counties = dict(zip(towns["county_adcode"].astype("str"), towns[f"county_{end}"], strict=True))
    return counties | dict(zip(towns["town_code"].astype("str"), towns[f"name_{end}"], strict=True))


def growth_parts(briefing: Briefing, register: Register, target_id: str) -> GrowthParts | None:
    """Growth on the same period a year before by prefecture and class; None where no group can be compared."""
    card = briefing.card(target_id)
    towns, period, scope = briefing.dataset.towns, briefing.selection.period, card.target.scope

    def split(column: str) -> pd.DataFrame:
        groups = towns[column].astype("str").to_numpy()
        rows = {
            key: change
            for key in sorted(set(groups[briefing.keep]))
            if (change := growth(briefing.cube, card.indicator, period, scope, briefing.keep & (groups == key)))
            is not None
        }
        frame = pd.DataFrame({"key": list(rows), "value": list(rows.values())})
        return frame.sort_values(["value", "key"], ascending=[False, True], ignore_index=True)

    parts = GrowthParts(card, card.growth, split("prefecture_adcode"), split("industry_class"))
    return parts if len(parts.by_prefecture) else None
