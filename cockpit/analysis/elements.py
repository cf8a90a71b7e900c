"""Elements (要素) counted: which entries count when, what the indicators of the records make of them, who has what.

Pure: frames and records in, values out. Not reported is not none: a town without entries has none only where it said
so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from cockpit.days import first_days, last_days
from cockpit.policy.elements import STATED, ElementDesign, ElementKind
from cockpit.policy.records import Indicator
from cockpit.policy.register import Register
from cockpit.units import Period

Tables = Mapping[str, pd.DataFrame]
Mask = npt.NDArray[np.bool_]
_EMPTY: Final = pd.DataFrame({"town_code": [], "period": [], "indicator": [], "value": []})


def counting(frame: pd.DataFrame, kind: ElementKind, period: Period) -> pd.DataFrame:
    """The entries that count at the end of a period.

    A span counts from `since` until `until` (that day included), a year in that full year, a period in itself, a day
    from the first of the year to the period's end.
    """
    if not len(frame):
        return frame
    end = np.datetime64(period.last_day())
    if kind.time == "year":
        return frame[frame["year"].astype(int) == period.year] if period.is_full_year else frame.iloc[:0]
    if kind.time == "period":
        return frame[frame["period"].astype(str) == str(period)]
    if kind.time == "day":
        begins = first_days(frame["on"].astype(str))
        return frame[(begins <= end) & (begins >= np.datetime64(date(period.year, 1, 1)))]
    begun = first_days(frame["since"].astype(str)) <= end
    if "until" not in frame:
        return frame[begun]
    ends = frame["until"].astype(str).where(frame["until"].notna(), "9999-12-31")
    return frame[begun & (last_days(ends) >= end)]


def speaking(tables: Tables, kind: ElementKind) -> frozenset[str]:
    """Towns that said anything of a kind: an entry, or how many they have."""
    stated = tables[STATED]
    told = stated[stated["kind"].astype(str) == kind.id]["town_code"].astype(str) if len(stated) else ()
    return frozenset(told) | frozenset(tables[kind.table]["town_code"].astype(str))


def figures(tables: Tables, register: Register, periods: Sequence[str]) -> pd.DataFrame:
    """Values of the indicators that count elements: columns `town_code`, `period`, `indicator`, `value` (base unit).

    A town that speaks of a kind and has no entry that counts has 0; before its first entry nothing is known of it.
    """
    parts = [_EMPTY]
    for indicator in register.indicators.values():
        if not indicator.element:
            continue
        kind = register.elements.kinds[indicator.element]
        frame, towns = tables[kind.table], sorted(speaking(tables, kind))
        first = _first_known(tables, kind)
        for text in periods if towns else ():
            period = Period.parse(text)
            if kind.time in ("year", "period") and not len(counting(frame, kind, period)):
                continue  # nobody was asked of that period
            known = [code for code in towns if first.get(code, date.max) <= period.last_day()]
            values = _measured(counting(frame, kind, period), kind, indicator).reindex(known)
            if kind.time in ("span", "day"):
                values = values.fillna(0.0)
            parts.append(
                pd.DataFrame(
                    {
                        "town_code": known,
                        "period": text,
                        "indicator": indicator.id,
                        "value": values.to_numpy(dtype=float),
                    }
                )
            )
    return pd.concat(parts, ignore_index=True).dropna(subset=["value"])


def _first_known(tables: Tables, kind: ElementKind) -> dict[str, date]:
    """The day from which on a town's entries of a kind are known: its first entry, else the day it said it has none."""
    frame, stated = tables[kind.table], tables[STATED]
    column = {"span": "since", "day": "on"}.get(kind.time)
    found: dict[str, date] = {}
    if len(stated):
        own = stated[stated["kind"].astype(str) == kind.id]
        for code, day in zip(own["town_code"].astype(str), first_days(own["as_of"].astype(str)), strict=True):
            found[code] = day.astype(date)
    if not len(frame):
        return found
    if column is None:
        return {**found, **dict.fromkeys(frame["town_code"].astype(str), date.min)}
    for code, day in zip(frame["town_code"].astype(str), first_days(frame[column].astype(str)), strict=True):
        began = date(day.astype(date).year, 1, 1) if kind.time == "day" else day.astype(date)
        found[code] = min(found.get(code, date.max), began)
    return found


def _measured(frame: pd.DataFrame, kind: ElementKind, indicator: Indicator) -> pd.Series:
    """Value by town of the entries given: their number, that of different words, or the sum of an amount."""
    if indicator.levels:
        words = sorted((at.type == "word", name) for name, at in kind.columns.items() if at.type in ("level", "word"))
        word = words[0][1]  # the level where there is one
        frame = frame[frame[word].astype(str).isin(indicator.levels)]
    towns = frame["town_code"].astype(str)
    if not indicator.amount:
        return frame.groupby(towns).size().astype(float)
    if indicator.times == "distinct":
        return frame.groupby(towns)[indicator.amount].nunique().astype(float)
    amount = pd.to_numeric(frame[indicator.amount])
    if indicator.times:
        amount = amount * pd.to_numeric(frame[indicator.times])
    return amount.groupby(towns).sum(min_count=1)


@dataclass(frozen=True, eq=False)
class Coverage:
    """Who has what of the kinds asked for: `counts[t, k]` entries, NaN where a town has not reported the kind."""

    towns: tuple[str, ...]
    kinds: tuple[str, ...]
    counts: npt.NDArray[np.float64]

    def have(self, kind: str, rows: Mask | None = None) -> tuple[int, int]:
        """(towns that have one, towns that reported) of a kind."""
        column = self.counts[:, self.kinds.index(kind)]
        column = column if rows is None else column[rows]
        return int((column > 0).sum()), int((~np.isnan(column)).sum())


def coverage(tables: Tables, design: ElementDesign, towns: Sequence[str], period: Period) -> Coverage:
    """The matrix of towns and kinds at the end of a period.

    Yearly and half-yearly kinds are looked at over the newest of their years or periods that is not later.
    """
    counts = np.full((len(towns), len(design.kinds)), np.nan)
    place = {code: row for row, code in enumerate(towns)}
    for column, kind in enumerate(design.kinds.values()):
        for code in speaking(tables, kind):
            if code in place:
                counts[place[code], column] = 0.0
        frame = current(tables[kind.table], kind, period)
        for town, count in frame["town_code"].astype(str).value_counts().items():
            if str(town) in place:
                counts[place[str(town)], column] = float(count)
    return Coverage(tuple(towns), tuple(design.kinds), counts)


def current(frame: pd.DataFrame, kind: ElementKind, period: Period) -> pd.DataFrame:
    """What stands at the end of a period: entries that count; of yearly ones those of the newest year or period that is
    over by then."""
    if not len(frame) or kind.time in ("span", "day"):
        return counting(frame, kind, period)
    column = "year" if kind.time == "year" else "period"
    known = {Period.parse(str(text)) for text in frame[column].unique()}
    over = [at for at in known if at.last_day() <= period.last_day()]
    return counting(frame, kind, max(over)) if over else frame.iloc[:0]


def reading_period(frame: pd.DataFrame, kind: ElementKind) -> Period | None:
    """The year or half-year the current entries of a kind are of; None for kinds that stand or fall by their days."""
    if not len(frame) or kind.time in ("span", "day"):
        return None
    return Period.parse(str(frame["year" if kind.time == "year" else "period"].iloc[0]))


def by_level(written: pd.Series, levels: Sequence[str]) -> dict[str, int]:
    """Entries a level of a ladder, the levels without any among them."""
    counts = written.dropna().astype(str).value_counts()
    return {level: int(counts.get(level, 0)) for level in levels}
