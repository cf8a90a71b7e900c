"""From a table to treated values: read, denominate, impute, floor and cap, winsorise, clip, transform.

Pure; part of `vitality`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from cockpit.analysis.vitality.structure import Indicator, Structure, Treatment
from cockpit.errors import DatasetError, suggest

Values = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Prepared:
    """Matrices [units, indicators] in the order of `structure.indicators()`.

    `values` before the transform, `ready` after it; `applies`: the indicator is meant for the unit; `reported`: a
    value was there before imputation.
    """

    units: pd.Index
    groups: npt.NDArray[np.str_] | None
    values: Values
    ready: Values
    applies: Mask
    reported: Mask
    imputed: Mask
    clipped: Mask
    moved: tuple[tuple[str, Any, float, float, str], ...]
    logged: tuple[str, ...]


def prepare(table: pd.DataFrame, structure: Structure, idle: Mapping[str, Mask] | None = None) -> Prepared:
    """See `Structure` for the order of the steps.

    Args:
        idle: indicator -> units it does not apply to, on top of its `only`.

    Raises:
        DatasetError: empty table, duplicate units, unknown or non-numeric columns, infinite values, ln of nothing.
    """
    if not len(table):
        raise DatasetError("no units", where="table", remedy="give at least one row")
    if not table.index.is_unique:
        twice = table.index[table.index.duplicated()][0]
        raise DatasetError(f"unit {twice!r} stands twice", where="table index", remedy="one row a unit")
    indicators = structure.indicators()
    names = list(dict.fromkeys(name for item in indicators for name in (item.source, item.denominator) if name))
    columns = {name: _numbers(table, name) for name in names}
    groups = _groups(table, structure)
    shape = (len(table), len(indicators))
    values, applies = np.full(shape, np.nan), np.ones(shape, dtype=bool)
    for place, item in enumerate(indicators):
        figures = columns[item.source]
        if item.denominator:
            below = columns[item.denominator]
            divided = np.full(len(table), np.nan)
            np.divide(figures, below, out=divided, where=below > 0)
            figures = divided
        values[:, place] = figures * item.factor
        if item.only and groups is not None:
            applies[:, place] = np.isin(groups, item.only)
        if idle and item.id in idle:
            applies[:, place] &= ~idle[item.id]
    values[~applies] = np.nan
    reported = ~np.isnan(values)
    imputed = _impute(values, applies, groups, structure)
    moved: list[tuple[str, Any, float, float, str]] = []
    logged: list[str] = []
    clipped = np.zeros(shape, dtype=bool)
    ready = np.empty(shape)
    for place, item in enumerate(indicators):
        column = values[:, place]
        if item.floor is not None or item.cap is not None:
            held = np.clip(column, item.floor, item.cap)
            clipped[:, place] |= (held != column) & ~np.isnan(column)
            column = held
        is_logged = False
        if structure.treatment is not None:
            before = column
            column, is_logged = winsorise(column, structure.treatment)
            if is_logged:
                logged.append(item.id)
            for row in np.flatnonzero((column != before) & ~np.isnan(before)) if not is_logged else ():
                tail = "high" if column[row] < before[row] else "low"
                moved.append((item.id, table.index[int(row)], float(before[row]), float(column[row]), tail))
        held = _clip(column, item, structure, is_logged)
        clipped[:, place] |= (held != column) & ~np.isnan(column)
        values[:, place] = held
        ready[:, place] = _transform(held, item, table.index)
    return Prepared(
        table.index, groups, values, ready, applies, reported, imputed, clipped, tuple(moved), tuple(logged)
    )


def _numbers(table: pd.DataFrame, name: str) -> Values:
    if name not in table.columns:
        raise DatasetError(f"unknown column {name!r}", where="table", remedy=suggest(name, map(str, table.columns)))
    if (table.columns == name).sum() > 1:
        raise DatasetError(f"column {name!r} stands twice", where="table", remedy="one column a name")
    column = table[name]
    if not pd.api.types.is_numeric_dtype(column) or pd.api.types.is_bool_dtype(column):
        raise DatasetError(
            f"column {name!r} is {column.dtype}, not numbers", where="table", remedy="convert it; blanks become NaN"
        )
    numbers = column.to_numpy(dtype=float, na_value=np.nan)
    endless = np.isinf(numbers)
    if endless.any():
        unit = table.index[int(endless.argmax())]
        raise DatasetError(f"infinite value in {name!r}", where=f"unit {unit!r}", remedy="mend it or leave it blank")
    return numbers


def _groups(table: pd.DataFrame, structure: Structure) -> npt.NDArray[np.str_] | None:
    if not structure.group:
        return None
    if structure.group not in table.columns:
        raise DatasetError(
            f"unknown group column {structure.group!r}",
            where="table",
            remedy=suggest(structure.group, map(str, table.columns)),
        )
    column = table[structure.group].astype("object")
    return np.asarray(column.where(column.notna(), "").astype("str"), dtype=np.str_)


def _impute(values: Values, applies: Mask, groups: npt.NDArray[np.str_] | None, structure: Structure) -> Mask:
    """Fill missing values in place; return which were filled."""
    filled = np.zeros(values.shape, dtype=bool)
    if structure.imputation == "none":
        return filled
    holes = np.isnan(values) & applies
    if structure.imputation == "low":
        for number, item in enumerate(structure.indicators()):
            # The goalpost that scores least. What nobody has is no silence: it takes no part.
            if not np.isnan(values[:, number]).all():
                values[holes[:, number], number] = item.low if item.direction == 1 else item.high
                filled[:, number] = holes[:, number]
        return filled
    by_group = structure.imputation == "group_mean" and groups is not None
    overall = structure.imputation == "mean" or structure.fallback == "mean"
    for place in np.flatnonzero(holes.any(axis=0)):
        column = values[:, place].copy()
        if by_group and groups is not None:
            for name in np.unique(groups[holes[:, place]]):
                known = column[(groups == name) & ~np.isnan(column)]
                if len(known):
                    values[holes[:, place] & (groups == name), place] = known.mean()
        left = np.isnan(values[:, place]) & applies[:, place]
        known = column[~np.isnan(column)]
        if overall and left.any() and len(known):
            values[left, place] = known.mean()
        filled[:, place] = holes[:, place] & ~np.isnan(values[:, place])
    return filled


def skewness_and_kurtosis(values: Values) -> tuple[float, float]:
    """Sample-adjusted (type 2) skewness and excess kurtosis of at least four values; NaN where all are equal."""
    n = len(values)
    centred = values - values.mean()
    second = (centred**2).sum()
    if second <= 0:
        return float("nan"), float("nan")
    skew = np.sqrt(n) * (centred**3).sum() / second**1.5 * np.sqrt(n * (n - 1)) / (n - 2)
    fourth = n * (centred**4).sum() / second**2
    kurt = ((n + 1) * (fourth - 3) + 6) * (n - 1) / ((n - 2) * (n - 3))
    return float(skew), float(kurt)


def winsorise(column: Values, treatment: Treatment) -> tuple[Values, bool]:
    """Treated copy of a column (NaN kept) and whether the log took the place of winsorising; see `Treatment`."""
    known = ~np.isnan(column)
    values = column[known].copy()
    if len(values) < 4:
        return column, False
    treated: set[int] = set()

    def outlying() -> tuple[bool, float]:
        skew, kurt = skewness_and_kurtosis(values)
        return abs(skew) >= treatment.skewness and kurt >= treatment.kurtosis, skew

    is_outlying, skew = outlying()
    while is_outlying and len(treated) < treatment.most:
        edge = values.max() if skew >= 0 else values.min()
        at_edge = values == edge
        values[at_edge] = values[~at_edge].max() if skew >= 0 else values[~at_edge].min()
        treated |= set(np.flatnonzero(at_edge).tolist())
        is_outlying, skew = outlying()
    out = column.copy()
    if is_outlying and treatment.fallback == "log":
        untouched = column[known]
        low, high = untouched.min(), untouched.max()
        out[known] = np.log(untouched - low + 0.01 * (high - low))
        return out, True
    out[known] = values
    return out, False


def _clip(column: Values, item: Indicator, structure: Structure, is_logged: bool) -> Values:
    if (item.normalisation or structure.normalisation) != "goalposts":
        return column
    if is_logged:
        raise DatasetError(
            "the log against outliers took its values off the goalposts' scale",
            where=f"indicator {item.id!r}",
            remedy="use transform = log with goalposts, or another normalisation",
        )
    low = item.low if item.clip in ("both", "low") else None
    high = item.high if item.clip in ("both", "high") else None
    return column if low is None and high is None else np.clip(column, low, high)


def _transform(column: Values, item: Indicator, units: pd.Index) -> Values:
    if item.transform == "none":
        return column
    shifted = column + item.offset
    bad = shifted <= 0
    if bad.any():
        raise DatasetError(
            f"ln of {column[bad.argmax()]:g} + offset {item.offset:g} does not exist",
            where=f"indicator {item.id!r}, unit {units[int(bad.argmax())]!r}",
            remedy="give an offset, a floor, or clip at a low goalpost above zero",
        )
    return np.asarray(np.log(shifted))
