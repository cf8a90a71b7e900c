"""A target's figure, its change or its gap split over prefectures, counties, classes or towns.

Pure; part of `briefing`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, get_args

import numpy as np
import pandas as pd

from cockpit.analysis import attribution
from cockpit.analysis.briefing.cards import (
    Card,
    attribution_year,
    contributions,
    gap_movements,
    read_limits,
    speaks_published,
)
from cockpit.analysis.briefing.overview import Briefing
from cockpit.analysis.briefing.targets import change_values, since_period
from cockpit.analysis.measures import measure
from cockpit.policy.register import Register
from cockpit.units import Period

What = Literal["level", "change", "gap"]
By = Literal["prefecture", "county", "class", "town"]
Reason = Literal["", "no_returns", "no_base", "no_target", "out_of_scope"]
WHATS: Final[tuple[What, ...]] = get_args(What)
BYS: Final[tuple[By, ...]] = get_args(By)
_COLUMNS: Final[dict[By, str]] = {
    "prefecture": "prefecture_adcode",
    "county": "county_adcode",
    "class": "industry_class",
    "town": "town_code",
}
MOST: Final = 14  # a waterfall of more groups shows this many, those with the greatest effect


@dataclass(frozen=True)
class Bar:
    """One step of the waterfall. `kind` is `part`, `rest` (many groups in one) or a movement other than `same`."""

    key: str
    kind: str
    value: float
    towns: int


@dataclass(frozen=True, eq=False)
class Parts:
    """`bars` sum to `total` = `end` - `start`; `table` has every group, its columns summing to the same.

    `table` columns: key, value (NaN where no town of the group reported), same, entrant, exit, reporting, which sum to
    value, reported, expected (towns counted at the period's end) and movement (for towns). Of a change and of a gap the
    bars of groups are those of the same towns, the others stand apart. `start` is 0 where parts add up from nothing.
    `struck_off` are towns of the part that left, no longer on the list.
    """

    card: Card
    what: What
    by: By
    since: str
    start: float
    end: float
    total: float
    bars: tuple[Bar, ...]
    table: pd.DataFrame
    silent: tuple[str, ...]
    struck_off: frozenset[str]
    names_zh: dict[str, str]
    names_en: dict[str, str]


def target_parts(briefing: Briefing, register: Register, target_id: str, what: What, by: By) -> Parts | Reason:
    """Split one target over the selected towns, or the reason why it cannot be split."""
    card, cube, period = briefing.card(target_id), briefing.cube, briefing.selection.period
    if speaks_published(briefing.dataset) or period not in cube.periods:
        return "no_returns"
    towns, keep = briefing.dataset.towns, briefing.keep
    scope = cube.in_scope(card.target.scope, period)
    since = since_period(period, read_limits(register).base_year) or ""
    moves = np.where(scope & ~np.isnan(cube.of(card.indicator.id, period)), "same", np.where(scope, "silent", ""))
    if what == "level":
        values = _levels(briefing, card, period)
    elif what == "change":
        found = change_values(briefing, card, since) if since else None
        if found is None:
            return "no_base"
        values, moves = found
    else:
        when = Period.parse(period)
        if not when.is_full_year or when.year > card.target.due.year:
            return "no_target"
        if when.year < int(attribution_year(register)):
            return "no_base"
        values = contributions(cube, card.indicator, card.target, period, register)
        moves = gap_movements(cube, card.indicator, card.target, period, register)
        since = attribution_year(register)
    known = keep & ~np.isnan(values)
    if not known.any():
        return "no_returns" if (keep & scope).any() else "out_of_scope"
    total = float(values[known].sum())
    start, end = _ends(briefing, card, what, since, total)
    frame = pd.DataFrame(
        {
            "key": towns[_COLUMNS[by]].astype("str").to_numpy(),
            "value": values,
            "movement": moves,
            "expected": scope.astype(int),
            "reported": (scope & ~np.isnan(cube.of(card.indicator.id, period))).astype(int),
        }
    )[keep & (scope | ~np.isnan(values))]
    for movement in attribution.MOVEMENTS:
        frame[movement] = frame["value"].where(frame["movement"] == movement)
    chinese, english = _names(briefing, by)
    codes = towns["town_code"].astype("str").to_numpy()
    return Parts(
        card=card,
        what=what,
        by=by,
        since=since,
        start=start,
        end=end,
        total=total,
        bars=_bars(frame, what),
        table=_table(frame, by, what),
        struck_off=frozenset(codes[keep & (moves == "exit") & (cube.status[cube.periods.index(period)] == "removed")]),
        silent=tuple(codes[keep & scope & np.isnan(cube.of(card.indicator.id, period))]),
        names_zh=chinese,
        names_en=english,
    )


def _levels(briefing: Briefing, card: Card, period: str) -> attribution.Values:
    cube, indicator = briefing.cube, card.indicator
    scope = cube.in_scope(card.target.scope, period)
    if indicator.numerator and indicator.denominator:
        return attribution.level_of_ratio(
            cube.of(indicator.numerator, period), cube.of(indicator.denominator, period), scope
        )
    return attribution.level_of_sum(cube.of(indicator.id, period), scope)


def _ends(briefing: Briefing, card: Card, what: What, since: str, total: float) -> tuple[float, float]:
    """Where the waterfall starts and ends: figures people know where there are any, else zero and the total."""
    is_ratio, is_part = card.indicator.is_ratio, card.is_part
    if what == "level" or (is_ratio and is_part):
        return 0.0, total
    if what == "gap":
        now = measure(briefing.cube, card.indicator, briefing.selection.period, card.target.scope, briefing.keep)
        end = (now.value or 0.0) if is_part else (card.value or 0.0)
        return end - total, end
    keep = briefing.keep if is_part else None
    then = measure(briefing.cube, card.indicator, since, card.target.scope, keep).value or 0.0
    return then, then + total


def _bars(frame: pd.DataFrame, what: What) -> tuple[Bar, ...]:
    """Same towns by group from adding to taking away, small ones as one, then what came, went or is not reported."""
    own = frame if what == "level" else frame[frame["movement"] == "same"]
    own = own.dropna(subset=["value"])
    summed = own.groupby("key", sort=True)["value"].agg(["sum", "count"]).reset_index()
    summed = summed.sort_values(["sum", "key"], ascending=[False, True], ignore_index=True)
    shown = summed["sum"].abs().rank(method="first", ascending=False) <= MOST
    bars = [
        Bar(str(key), "part", float(value), int(towns))
        for key, value, towns in summed[shown].itertuples(index=False, name=None)
    ]
    if not shown.all():
        rest = summed[~shown]
        bars.append(Bar("", "rest", float(rest["sum"].sum()), int(rest["count"].sum())))
    if what != "level":
        for movement in attribution.MOVEMENTS[1:]:
            group = frame[frame["movement"] == movement].dropna(subset=["value"])
            if len(group):
                bars.append(Bar(movement, movement, float(group["value"].sum()), len(group)))
    return tuple(bars)


def _table(frame: pd.DataFrame, by: By, what: What) -> pd.DataFrame:
    sums = frame.groupby("key", sort=True)[["value", *attribution.MOVEMENTS]].sum(min_count=1)
    counts = frame.groupby("key", sort=True)[["reported", "expected"]].sum()
    table = sums.join(counts)
    table["movement"] = frame.groupby("key", sort=True)["movement"].first() if by == "town" else ""
    # Of a change and of a gap who leads is read from the same towns.
    order = table["value"] if what == "level" else table["same"].fillna(0.0)
    table = table.assign(order=order).reset_index()
    return table.sort_values(["order", "key"], ascending=[False, True], ignore_index=True).drop(columns="order")


def _names(briefing: Briefing, by: By) -> tuple[dict[str, str], dict[str, str]]:
    """Names of towns or counties by code; prefectures and classes have theirs in the vocabulary."""
    if by not in ("town", "county"):
        return {}, {}
    towns, stem = briefing.dataset.towns, "name" if by == "town" else "county"
    codes = towns[_COLUMNS[by]].astype("str")
    chinese, english = (dict(zip(codes, towns[f"{stem}_{end}"], strict=True)) for end in ("zh", "en"))
    return chinese, english
