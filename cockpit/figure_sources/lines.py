"""The reported figures and rows behind what a page shows, one line each.

May import analysis, datasets, policy and briefings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import pandas as pd

from cockpit.briefings import Desk, trace
from cockpit.datasets.publishing.provenance import Cell
from cockpit.datasets.publishing.row_sources import cell_of_row
from cockpit.datasets.schema import TABLES
from cockpit.datasets.template.sheets import sheet_title
from cockpit.days import first_day
from cockpit.phrases import phrase
from cockpit.policy.index_design import DERIVED
from cockpit.policy.per_mu_design import LAND
from cockpit.policy.records import Indicator
from cockpit.units import Period, column_scale, figure
from cockpit.vocabulary import LAND_TYPES, LIST_STATUSES, Text

# Rows of registers a list decision rests on: table -> (column that dates a row, columns that tell it).
_ROWS: Final[dict[str, tuple[str, tuple[str, ...]]]] = {
    "list_history": ("effective_on", ("list_status",)),
    "plans": ("starts_on", ("ends_on",)),
    "extensions": ("approved_on", ("ends_on",)),
    "assessments": ("year", ("grade",)),
    "inspections": ("inspected_on", ("subject", "is_breach")),
}


@dataclass(frozen=True)
class Line:
    """One reported figure or row. `shown` is how pages show it, `amount` its base unit for sorting, None without one.

    Without `cell` it came with the version: `publisher` names the source where the data do. `is_missing`: nobody
    reported it.
    """

    town_code: str
    label: Text
    shown: Text
    period: str
    cell: Cell | None = None
    publisher: str = ""
    amount: float | None = None
    is_missing: bool = False
    indicator: str = ""  # of a reported figure


def alike(desk: Desk, lines: Iterable[Line]) -> list[Line]:
    """The lines with the figures of an indicator in one unit: what stands in one column can be compared."""
    found = list(lines)
    amounts: dict[str, list[float]] = {}
    for line in found:
        if line.amount is not None and not line.is_missing and line.indicator:
            amounts.setdefault(line.indicator, []).append(line.amount)
    scales = {
        name: [
            column_scale(
                values, desk.register.indicator(name).unit, language, counter=desk.register.indicator(name).counter
            )
            for language in ("zh", "en")
        ]
        for name, values in amounts.items()
    }
    return [
        replace(line, shown=Text(*(str(scale.figure(line.amount)) for scale in scales[line.indicator])))
        if line.amount is not None and not line.is_missing and line.indicator
        else line
        for line in found
    ]


def shown_as(value: float | None, unit: str, counter: Text | None = None, digits: int = 4) -> Text:
    """A value in base unit as people read it, a dash for none."""
    if value is None or value != value:
        return Text("—", "—")
    return Text(*(str(figure(value, unit, language, counter=counter, digits=digits)) for language in ("zh", "en")))


def figure_of(indicator: Indicator, value: float | None) -> Text:
    """An indicator's value as pages show it."""
    return shown_as(value, indicator.unit, indicator.counter)


def taken_back(reason: str) -> Text:
    """How a withdrawn figure is shown: the word and the reason, no figure."""
    said = phrase("source.withdrawn")
    return Text(said.zh.format(reason=reason), said.en.format(reason=reason))


def leaves(desk: Desk, code: str, indicator: str, period: str) -> Iterator[Line]:
    """The reported figures of a town behind an indicator."""
    for leaf in trace(desk, code, period, indicator).leaves():
        record = desk.register.indicator(leaf.indicator)
        if leaf.origin == "list":
            yield from _status(desk, code, period)
            continue
        yield Line(
            code,
            record.label,
            taken_back(leaf.reason) if leaf.origin == "withdrawn" else figure_of(record, leaf.value),
            period,
            leaf.cell,
            leaf.source[1] if leaf.source and not desk.dataset.manifest.is_simulated else "",
            leaf.value,
            leaf.origin in ("none", "withdrawn"),
            leaf.indicator,
        )


def _status(desk: Desk, code: str, period: str) -> Iterator[Line]:
    """The entry of the list history that was in force at the period's end."""
    end = Period.parse(period).last_day()
    rows = [row for row in _rows_of(desk, "list_history", code) if (first_day(row.period) or end) <= end]
    yield from rows[-1:]


def _rows_of(desk: Desk, table: str, code: str) -> Iterator[Line]:
    """Rows of a register on one town, the oldest first."""
    dated, told = _ROWS[table]
    frame = desk.dataset.table(table)
    if not len(frame):
        return
    kind = sheet_title(table)
    for row in frame[frame["town_code"].astype("str") == code].sort_values(dated).to_dict("records"):
        key = tuple(str(row[name]) for name in TABLES[table].key)
        words = [_word(name, row[name]) for name in told if not pd.isna(row[name])]
        shown = Text("，".join(word.zh for word in words), ", ".join(word.en for word in words))
        yield Line(code, kind, shown, str(row[dated]), cell_of_row(desk.dataset, table, key))


def _word(column: str, value: object) -> Text:
    if column == "list_status":
        return LIST_STATUSES[str(value)]
    if column in ("grade", "subject"):
        return phrase(f"intake.{column}.{value}")
    if column == "is_breach":
        return phrase(f"source.breach_{'yes' if value else 'no'}")
    said = phrase("source.until")
    return Text(said.zh.format(day=value), said.en.format(day=value))


def _land(desk: Desk, code: str, land_type: str, period: str) -> Line:
    frame = desk.dataset.table("land")
    rows = frame[
        (frame["town_code"].astype("str") == code)
        & (frame["period"].astype("str") == period)
        & (frame["land_type"].astype("str") == land_type)
    ]
    value = float(rows["area_mu"].iloc[0]) if len(rows) else None
    cell = cell_of_row(desk.dataset, "land", (code, period, land_type)) if len(rows) else None
    missing = value is None
    return Line(code, LAND_TYPES[land_type], shown_as(value, "mu"), period, cell, amount=value, is_missing=missing)


def _many(desk: Desk, code: str, names: Iterable[str], period: str) -> Iterator[Line]:
    """Reported figures behind several indicators, each told once."""
    seen: set[tuple[Text, str]] = set()
    for name in names:
        for line in leaves(desk, code, name, period):
            if (line.label, line.shown.zh) not in seen:
                seen.add((line.label, line.shown.zh))
                yield line


def of_vitality(desk: Desk, code: str, period: str) -> Iterator[Line]:
    design = desk.register.vitality
    names = [name for item in design.items.values() for name in (item.column or item.id, item.denominator) if name]
    known = dict.fromkeys(name for name in names if name in desk.register.indicators)
    yield from _many(desk, code, known, period)
    if set(DERIVED) & set(names):
        before = str(Period(Period.parse(period).year - design.index.growth_years))
        yield from leaves(desk, code, "total_output_yuan", before)


def of_per_mu(desk: Desk, code: str, period: str, land_type: str) -> Iterator[Line]:
    items = desk.register.per_mu.items.values()
    names = dict.fromkeys(name for item in items for name in (item.numerator, item.denominator) if name != LAND)
    yield _land(desk, code, land_type, period)
    yield from _many(desk, code, names, period)


def of_lists(desk: Desk, code: str, period: str, as_of: date) -> Iterator[Line]:
    for table in _ROWS:
        yield from (row for row in _rows_of(desk, table, code) if (first_day(row.period) or as_of) <= as_of)
    for land_type in ("construction", "residential"):
        yield _land(desk, code, land_type, period)
    named = [rule.signal for rule in desk.register.stars.values()]
    named += [rule.signal for rule in desk.register.risk.values()]
    signals = dict.fromkeys(name for name in named if name is not None and name in desk.register.indicators)
    yield from _many(desk, code, signals, period)
