"""Elements (要素) counted: which entries count when, what the indicators of the records make of them, who has what.

Pure: frames and records in, values out. Not reported is not none: a town without entries has none only where it said
so.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

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
Values = npt.NDArray[np.float64]


def counting(frame: pd.DataFrame, kind: ElementKind, period: Period) -> pd.DataFrame:
    """The entries that count at the end of a period.

    A span counts from `since` until `until` (that day included), a year in that full year, a period in itself, a day
    from the first of the year to the period's end.
    """
    return frame[_counts(frame, kind, period)] if len(frame) else frame


def _counts(frame: pd.DataFrame, kind: ElementKind, period: Period) -> Mask:
    """Which entries count, see `counting`."""
    return _counts_at(frame, kind, [period])[0]


def _counts_at(frame: pd.DataFrame, kind: ElementKind, periods: Sequence[Period]) -> list[Mask]:
    """Which entries count at the end of each period; their days are read once."""
    if not len(frame):
        return [np.zeros(0, dtype=bool)] * len(periods)
    if kind.time == "year":
        years = frame["year"].to_numpy(dtype=int)
        return [(years == period.year) & period.is_full_year for period in periods]
    if kind.time == "period":
        written = frame["period"].astype(str).to_numpy()
        return [np.asarray(written == str(period)) for period in periods]
    begins = np.asarray(first_days(frame["on" if kind.time == "day" else "since"].astype(str)))
    last = [np.datetime64(period.last_day()) for period in periods]
    if kind.time == "day":
        firsts = [np.datetime64(date(period.year, 1, 1)) for period in periods]
        return [(begins <= end) & (begins >= first) for end, first in zip(last, firsts, strict=True)]
    if "until" not in frame:
        return [begins <= end for end in last]
    ends = np.asarray(last_days(frame["until"].astype(str).where(frame["until"].notna(), "9999-12-31")))
    return [(begins <= end) & (ends >= end) for end in last]


def speaking(tables: Tables, kind: ElementKind) -> frozenset[str]:
    """Towns that said anything of a kind: an entry, or how many they have."""
    stated = tables[STATED]
    told = stated[stated["kind"].astype(str) == kind.id]["town_code"].astype(str) if len(stated) else ()
    return frozenset(told) | frozenset(tables[kind.table]["town_code"].astype(str))


def figures(tables: Tables, register: Register, periods: Sequence[str]) -> pd.DataFrame:
    """Values of the indicators that count elements: columns `town_code`, `period`, `indicator`, `value` (base unit).

    A town that speaks of a kind and has no entry that counts has 0; before its first entry nothing is known of it.
    """
    when = [Period.parse(text) for text in periods]
    codes: list[npt.NDArray[np.str_]] = []
    told: list[tuple[str, str, Values]] = []
    by_kind: dict[str, list[Indicator]] = {}
    for indicator in register.indicators.values():
        if indicator.element:
            by_kind.setdefault(indicator.element, []).append(indicator)
    for name, asked in by_kind.items():
        kind = register.elements.kinds[name]
        frame, towns = tables[kind.table], sorted(speaking(tables, kind))
        if not towns:
            continue
        place = np.searchsorted(towns, frame["town_code"].astype(str)) if len(frame) else np.zeros(0, dtype=np.intp)
        masks = _counts_at(frame, kind, when)
        known, names = _known_from(tables, kind, towns, when), np.array(towns)
        for indicator in asked:
            amounts = _amounts(frame, kind, indicator)
            for at, mask in enumerate(masks):
                if kind.time in ("span", "day") or mask.any():  # else nobody was asked of that period
                    values, shown = _row_values(kind, indicator, place, mask, known[at], amounts)
                    codes.append(names[shown])
                    told.append((periods[at], indicator.id, values[shown]))
    sizes = [len(part) for part in codes]
    return pd.DataFrame(
        {
            "town_code": np.concatenate([*codes, np.zeros(0, dtype="<U1")]),
            "period": np.repeat([period for period, _, _ in told], sizes) if told else [],
            "indicator": np.repeat([name for _, name, _ in told], sizes) if told else [],
            "value": np.concatenate([*(values for _, _, values in told), np.zeros(0)]),
        }
    )


def _known_from(tables: Tables, kind: ElementKind, towns: Sequence[str], periods: Sequence[Period]) -> Mask:
    """Whether a town's entries are known at the end of a period: rows are periods, columns towns."""
    first = _first_known(tables, kind)
    begins = np.array([first.get(code, date.max) for code in towns], dtype="datetime64[D]")
    ends = np.array([period.last_day() for period in periods], dtype="datetime64[D]")
    found: Mask = begins[None, :] <= ends[:, None]
    return found


def _row_values(
    kind: ElementKind,
    indicator: Indicator,
    place: npt.NDArray[np.intp],
    mask: Mask,
    known: Mask,
    amounts: Values,
) -> tuple[Values, Mask]:
    """Values of the towns for one indicator and period, and which of them are told."""
    counted, count = mask & ~np.isnan(amounts), len(known)
    if indicator.times == "distinct":
        pairs = np.unique(np.column_stack([place[counted], amounts[counted].astype(np.intp)]), axis=0)
        values = np.bincount(pairs[:, 0], minlength=count).astype(float)
    else:
        values = np.bincount(place[counted], amounts[counted], minlength=count)
    is_told = np.bincount(place[counted], minlength=count) > 0
    if kind.time not in ("span", "day"):
        return values, known & is_told
    # Of what stands or happens, nothing is none; an amount nobody gave is missing.
    is_missing = ~is_told & (np.bincount(place[mask], minlength=count) > 0) & bool(indicator.amount)
    return values, known & ~is_missing


def _amounts(frame: pd.DataFrame, kind: ElementKind, indicator: Indicator) -> Values:
    """What each entry counts: 1, its amount, or the number of its word among the words; NaN where it counts nothing."""
    if not len(frame):
        return np.zeros(0)
    if indicator.times == "distinct":
        found = pd.factorize(frame[indicator.amount].astype(str))[0].astype(float)
    elif indicator.amount:
        found = pd.to_numeric(frame[indicator.amount]).to_numpy(dtype=float)
        if indicator.times:
            found = found * pd.to_numeric(frame[indicator.times]).to_numpy(dtype=float)
    else:
        found = np.ones(len(frame))
    if indicator.levels:
        words = sorted((at.type == "word", name) for name, at in kind.columns.items() if at.type in ("level", "word"))
        # The level where there is one.
        found = np.where(frame[words[0][1]].astype(str).isin(indicator.levels), found, np.nan)
    return found


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
        if np.isnat(day):
            continue  # not done yet
        began = date(day.astype(date).year, 1, 1) if kind.time == "day" else day.astype(date)
        found[code] = min(found.get(code, date.max), began)
    return found


@dataclass(frozen=True, eq=False)
class Coverage:
    """Who has what of the kinds asked for: `counts[t, k]` entries, NaN where a town has not reported the kind."""

    towns: tuple[str, ...]
    kinds: tuple[str, ...]
    counts: npt.NDArray[np.float64]

    def among(self, towns: Collection[str]) -> Coverage:
        """That of some of these towns, in the order they stand in here."""
        rows = [place for place, code in enumerate(self.towns) if code in towns]
        return Coverage(tuple(self.towns[place] for place in rows), self.kinds, self.counts[rows])

    def have(self, kind: str, rows: Mask | None = None) -> tuple[int, int]:
        """(towns that have one, towns that reported) of a kind."""
        column = self.counts[:, self.kinds.index(kind)]
        column = column if rows is None else column[rows]
        return int((column > 0).sum()), int((~np.isnan(column)).sum())


def coverage(tables: Tables, design: ElementDesign, towns: Sequence[str], period: Period) -> Coverage:
    """The matrix of towns and kinds at the end of a period.

    Yearly and half-yearly kinds are looked at over the newest of their years or periods that is not later.
    """
    counts, stated = np.full((len(towns), len(design.kinds)), np.nan), tables[STATED]
    places, words = pd.Index(list(towns), dtype=object), stated["kind"].to_numpy(dtype=object)
    told = rows_of(stated, places)
    for column, kind in enumerate(design.kinds.values()):
        for spoke in (told[words == kind.id], rows_of(tables[kind.table], places)):
            counts[spoke[spoke >= 0], column] = 0.0
        found = rows_of(current(tables[kind.table], kind, period), places)
        have = np.bincount(found[found >= 0], minlength=len(towns)).astype(float)
        counts[have > 0, column] = have[have > 0]
    return Coverage(tuple(towns), tuple(design.kinds), counts)


def rows_of(frame: pd.DataFrame, towns: pd.Index) -> npt.NDArray[np.intp]:
    """Place of each row's town among some towns, -1 for those of others."""
    return towns.get_indexer(pd.Index(frame["town_code"].to_numpy(dtype=object), dtype=object))


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
