"""What the page of elements says about one selection: who has what, what is lacking, the panels of the records.

Pure; part of `briefing`: dataset, register, selection's towns and day come in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from cockpit.analysis.briefing.cards import speaks_published
from cockpit.analysis.briefing.element_freshness import KindFreshness, freshness, told_until
from cockpit.analysis.briefing.overview import element_tables
from cockpit.analysis.elements import Coverage, by_level, coverage, current, reading_period, rows_of
from cockpit.analysis.measures import LISTED, Cube, Mask, status_at
from cockpit.datasets.store.loading import Dataset
from cockpit.policy.elements import ElementDesign, ElementKind, ElementPanel
from cockpit.policy.register import Register
from cockpit.units import Period

TOWN: Final = "town"


@dataclass(frozen=True)
class PanelRow:
    """One row of a panel: its key (town code, word or node), amounts in base unit, None where nothing was reported."""

    key: str
    amounts: Mapping[str, float | None]
    gap: float | None
    ratio: float | None
    most: float | None


@dataclass(frozen=True, eq=False)
class Panel:
    """A panel of a kind: ladders as entries a level, or amounts by row with their total. `period` as said of them."""

    kind: ElementKind
    design: ElementPanel
    ladders: Mapping[str, Mapping[str, int]]
    rows: tuple[PanelRow, ...]
    total: PanelRow | None
    period: Period | None


@dataclass(frozen=True, eq=False)
class Elements:
    """The elements of a selection at the end of its period.

    `coverage` holds the listed towns of the selection, in the order of the towns table; `province` all listed ones,
    None for a reader with a scope. `entries` by kind: the rows that count. `names` of all towns in both languages.
    `freshness` of the listed towns of the selection, by kind, as of the day and whatever the period.
    """

    period: Period
    design: ElementDesign
    names: Mapping[str, tuple[str, str]]
    coverage: Coverage
    province: Coverage | None
    entries: Mapping[str, pd.DataFrame]
    panels: tuple[Panel, ...]
    freshness: Mapping[str, KindFreshness]

    @property
    def is_empty(self) -> bool:
        """Whether no town of the selection reported any kind."""
        return bool(np.isnan(self.coverage.counts).all())

    @property
    def cells(self) -> tuple[int, int]:
        """(cells reported, cells) of the matrix, of kinds that anybody is asked for."""
        asked = self.asked
        shown = self.coverage.counts[:, [self.coverage.kinds.index(kind.id) for kind in asked]]
        return int((~np.isnan(shown)).sum()), int(shown.size)

    @property
    def asked(self) -> tuple[ElementKind, ...]:
        """Kinds that stand in the matrix: all but those whose list is not public (八个一)."""
        return tuple(kind for kind in self.design.kinds.values() if not kind.entries)

    def lacking(self, kind: ElementKind) -> int:
        """Towns that reported and have none."""
        have, reported = self.coverage.have(kind.id)
        return reported - have


@dataclass(frozen=True, eq=False)
class Stock:
    """What stands at the end of a period, whoever asks: the rows that count by kind, who has what among all listed
    towns, and until when each town spoke of a kind."""

    period: Period
    design: ElementDesign
    rows: Mapping[str, pd.DataFrame]
    coverage: Coverage
    told: Mapping[str, pd.Series]


def stock(dataset: Dataset, cube: Cube, register: Register, period: str) -> Stock:
    """Count the elements of the whole dataset at the end of a period; selections are taken out of it."""
    when, design, tables = Period.parse(period), register.elements, element_tables(dataset, register)
    listed = np.isin(status_at(dataset.table("list_history"), cube.towns, (period,))[0], LISTED)
    every = [code for code, is_in in zip(cube.towns, listed, strict=True) if is_in]
    kinds = design.kinds.values()
    return Stock(
        period=when,
        design=design,
        rows={kind.id: current(tables[kind.table], kind, when) for kind in kinds},
        coverage=coverage(tables, design, every, when),
        told={kind.id: told_until(tables, kind) for kind in kinds},
    )


def elements(
    found: Stock, dataset: Dataset, cube: Cube, register: Register, keep: Mask, as_of: date, *, is_all: bool
) -> Elements:
    """The elements of the listed towns among `keep`.

    Args:
        as_of: the day freshness is read against.
        is_all: whether the reader sees the whole province, so that its shares may be told beside the selection's.
    """
    kept = {code for code, is_in in zip(cube.towns, keep, strict=True) if is_in}
    own = found.coverage.among(kept)
    wanted = pd.Index(own.towns, dtype=object)
    entries = {name: frame[rows_of(frame, wanted) >= 0] for name, frame in found.rows.items()}
    towns = dataset.towns
    names = zip(*(towns[column].astype(str) for column in ("town_code", "name_zh", "name_en")), strict=True)
    return Elements(
        freshness=freshness(found.told, found.design, own.towns, as_of, is_owed=not speaks_published(dataset)),
        period=found.period,
        design=found.design,
        names={code: (zh, en) for code, zh, en in names},
        coverage=own,
        province=found.coverage if is_all else None,
        entries=entries,
        panels=tuple(
            _panel(kind, kind.panel, entries[kind.id], register) for kind in found.design.kinds.values() if kind.panel
        ),
    )


def _panel(kind: ElementKind, design: ElementPanel, frame: pd.DataFrame, register: Register) -> Panel:
    words = register.elements.words
    ladders = {name: by_level(frame[name], list(words(kind.columns[name]))) for name in design.ladders}
    rows: tuple[PanelRow, ...] = ()
    total = None
    if design.by:
        written = frame["town_code" if design.by == TOWN else design.by].astype(object)
        keys = written.where(written.notna(), "").astype(str)
        found = _panel_rows(keys, frame, design)
        rows = tuple(
            sorted(found, key=lambda row: (-(row.gap or 0.0), -(row.amounts[design.amounts[0]] or 0.0), row.key))
        )
        whole = pd.Series("", index=frame.index)
        total = _panel_rows(whole, frame, design)[0] if len(frame) else None
    return Panel(kind, design, ladders, rows, total, reading_period(frame, kind))


def _panel_rows(keys: pd.Series, frame: pd.DataFrame, design: ElementPanel) -> list[PanelRow]:
    """A row a key, all of them in a few passes: a province of thousands of towns has as many."""

    def numbers(name: str) -> pd.Series:
        return pd.to_numeric(frame[name]).astype(float)

    def summed(values: pd.Series) -> pd.Series:
        return values.groupby(keys.to_numpy()).sum(min_count=1)

    found = {name: summed(numbers(name)) for name in design.amounts}
    if design.gap:  # only entries that tell both can be lacking something
        found["gap"] = summed(numbers(design.gap[0]) - numbers(design.gap[1]))
    if design.ratio:
        above, below = (numbers(name) for name in design.ratio)
        is_both = above.notna() & below.notna()
        under = summed(below.where(is_both))
        found["ratio"] = summed(above.where(is_both)) / under.where(under != 0)
    if design.most:
        found["most"] = numbers(design.most).groupby(keys.to_numpy()).max()
    columns = {name: dict(zip(values.index, values, strict=True)) for name, values in found.items()}

    def told(name: str, key: str) -> float | None:
        value = columns[name].get(key) if name in columns else None
        return None if value is None or value != value else float(value)

    return [
        PanelRow(
            str(key), {name: told(name, key) for name in design.amounts}, told("gap", key), told("ratio", key),
            told("most", key),
        )
        for key in dict.fromkeys(keys)
    ]  # fmt: skip
