"""Figures held against those before them: slips of the unit, falls to zero, changes too large to pass unasked.

May import the ground floor, `policy`, `findings` and `template.sheets`. Pure, whole columns at a time.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np
import pandas as pd

from cockpit.datasets.findings import WRITTEN, Finding, shown
from cockpit.datasets.intake.header import severity
from cockpit.datasets.template.sheets import Field
from cockpit.policy.intake_design import IntakeDesign
from cockpit.texts import revealed
from cockpit.units import Period, figure, significant
from cockpit.vocabulary import Text

Row = Any  # a row of itertuples: its fields are those of the frame
# Orders of magnitude a slip of the unit makes: 元/万元/亿元, and a share written as a percentage.
_SLIPS: Final[dict[str, tuple[int, ...]]] = {"yuan": (4, 8), "count": (4,), "share": (2,)}


@dataclass
class Told:
    """Findings of the checks, each rule cut off per sheet. `asked`: rules that here only ask for a second look."""

    limit: int
    asked: frozenset[str] = frozenset()
    found: list[Finding] = field(default_factory=list)
    counts: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    def add(self, rule: str, row: Row, value: object, **values: object) -> None:
        """`value` is shown for rows that carry no text of their own cell."""
        if not self.is_full(rule, row):
            said = revealed(shown(getattr(row, WRITTEN, value)))
            level = "warning" if rule in self.asked else severity(rule)
            town = str(getattr(row, "town_code", "") or "")
            self.found.append(Finding(row.file, row.sheet, row.cell, said, rule, level, values, town))
        self.counts[rule, row.file, row.sheet] += 1

    def is_full(self, rule: str, row: Row) -> bool:
        """Whether one more of a sheet is only counted: its sentence need not be put together."""
        return self.counts[rule, row.file, row.sheet] >= self.limit

    def close(self) -> list[Finding]:
        for (rule, file, sheet), count in self.counts.items():
            if count > self.limit:
                first = next(f for f in self.found if (f.rule, f.file, f.sheet) == (rule, file, sheet))
                rest = {"count": count - self.limit, "cell": first.cell, "more": count}
                self.found.append(replace(first, rule="more", cell="", value="", values=rest, town_code=""))
        return self.found


def said_period(text: object) -> Text:
    at = Period.parse(str(text))
    return Text(at.say("zh"), at.say("en"))


def said_amount(value: float, unit: str) -> Text:
    return Text(str(figure(value, unit, "zh")), str(figure(value, unit, "en")))


def months(periods: pd.Series) -> pd.Series:
    """Periods as one number that grows with time: `2026-09` is 2026 * 12 + 9."""
    codes, texts = pd.factorize(periods)
    ends = [Period.parse(str(text)) for text in texts]
    return pd.Series(np.array([at.year * 12 + at.month for at in ends], dtype="int64")[codes], periods.index)


def period_at(month: int) -> str:
    """The period that `months` made a number of."""
    return str(Period((month - 1) // 12, (month - 1) % 12 + 1))


def latest(sent: pd.DataFrame, old: pd.DataFrame, key: Sequence[str], columns: Sequence[str]) -> pd.DataFrame:
    """What is published of the things sent, up to the period of each: of the same period, else the newest before it.

    Args:
        sent: `period` and the columns of the key.
        old: these and `columns`, numbers; what is missing is passed over.

    Returns:
        Rows in the order of `sent`: each column, and as `<column>_at` the `months` of its period.
    """
    whens = [f"{column}_at" for column in columns]
    names = [*columns, *whens]
    empty = pd.DataFrame(np.nan, index=range(len(sent)), columns=names)
    if sent.empty or old.empty:
        return empty
    when = months(old["period"]).astype("float64")
    numbers = {column: old[column].astype("float64") for column in columns}
    dated = {f"{column}_at": when.where(of.notna()) for column, of in numbers.items()}
    there = pd.DataFrame({**{name: old[name].astype(object) for name in key}, **numbers, **dated, "when": when})
    asked = pd.DataFrame({name: sent[name].astype(object).to_numpy() for name in key})
    asked = asked.assign(row=range(len(sent)), until=months(sent["period"]).to_numpy())
    both = asked.merge(there, on=list(key))
    both = both[both["when"] <= both["until"]]
    if both["row"].is_unique:  # one period is published of each, as is usual
        return both.set_index("row")[names].reindex(range(len(sent)))
    return both.sort_values(["row", "when"]).groupby("row")[names].last().reindex(range(len(sent)))


def against_latest(
    values: pd.Series, before: pd.Series, whens: pd.Series, name: str, sent_whens: pd.Series | None = None
) -> pd.DataFrame:
    """Figures `tell_leaps` compares, of one kind, where there is an earlier one; all in one order.

    Args:
        before, whens: as `latest` gives them.
        sent_whens: `months` of the new ones, of flows: the earlier one counts as far as their months go.
    """
    held = pd.DataFrame({"value": values.to_numpy(), "before": before.to_numpy(), "when": whens.to_numpy()})
    held["at"] = range(len(held))
    held["base"] = held["before"]
    if sent_whens is not None:
        held["base"] *= _month(pd.Series(sent_whens.to_numpy())) / _month(held["when"])
    held = held[held["base"].notna() & held["value"].notna() & (held["base"] != held["value"])]
    texts = {month: period_at(int(month)) for month in held["when"].unique()}
    return held.assign(before_period=held["when"].map(texts), indicator=pd.Categorical([name]).repeat(len(held)))


def _times(order: float) -> str:
    """How many times as much, of its power of ten: 10,000 rather than 1e+04."""
    times = 10**order
    return f"{times:,.0f}" if times >= 100 else significant(times, 3)


def _month(whens: pd.Series) -> pd.Series:
    return (whens - 1) % 12 + 1


def tell_leaps(
    compared: pd.DataFrame,
    fields: Mapping[str, Field],
    design: IntakeDesign,
    told: Told,
    places: Callable[[pd.Series], pd.DataFrame],
    subject: Callable[[Row], Text],
) -> pd.Series:
    """Tell slips of the unit, and changes too large to pass without a second look; return which rows are slips.

    Args:
        compared: `indicator`, `value`, `before` with its `before_period`, `base` (`before` as far as the months of the
            new one go), and `at`, the place among the rows sent, -1 for what is published.
        fields: by indicator.
        places: rows sent, with their own cells, by these places.
        subject: whose figure it is, of such a row.
    """
    base, value, is_new = compared["base"], compared["value"], compared["at"] >= 0
    known = is_new & (base > 0) & (value > 0)
    ratio = pd.Series(np.log10((value.where(known) / base.where(known)).to_numpy(dtype="float64")), compared.index)
    units = compared["indicator"].map({name: at.unit for name, at in fields.items()})
    slipped = pd.Series(False, index=compared.index)
    for unit, orders in _SLIPS.items():
        for order in orders:
            slipped |= (units == unit) & ((ratio.abs() - order).abs() <= design.threshold("unit_mix_up"))
    small = design.threshold("small_count")
    is_small = (units == "count") & (value < small) & (base < small)
    jumped = (ratio.abs() >= math.log10(design.threshold("jump"))) & ~slipped & ~is_small
    # Zero has no ratio: a figure that falls to it is asked for like a jump, for it may stand for nothing reported.
    to_zero = is_new & (base > 0) & (value == 0)
    compared = compared.assign(ratio=ratio)
    for rule, hits in (("unit_mix_up", slipped), ("jump", jumped), ("to_zero", to_zero)):
        told_of = compared[hits]
        for row, place in zip(told_of.itertuples(), places(told_of["at"].astype(int)).itertuples(), strict=True):
            if told.is_full(rule, place):
                told.add(rule, place, "")
                continue
            at = fields[str(row.indicator)]
            told.add(
                rule,
                place,
                f"{row.value:g}",
                town=subject(place),
                indicator=at.label,
                earlier=said_period(row.before_period),
                before=said_amount(float(row.before), at.unit),  # type: ignore[arg-type]
                now=said_amount(float(row.value), at.unit),  # type: ignore[arg-type]
                factor=_times(float(row.ratio)) if rule != "to_zero" else "",  # type: ignore[arg-type]
                unit=at.unit_text,
            )
    return slipped
