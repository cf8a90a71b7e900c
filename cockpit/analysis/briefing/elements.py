"""What the page of elements says about one selection: who has what, what is lacking, the panels of the records.

Pure; part of `briefing`: dataset, register, selection's towns and day come in.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd

from cockpit.analysis.briefing.cards import speaks_published
from cockpit.analysis.briefing.element_freshness import KindFreshness, freshness
from cockpit.analysis.briefing.overview import element_tables
from cockpit.analysis.elements import Coverage, by_level, coverage, current, reading_period
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


def elements(
    dataset: Dataset, cube: Cube, register: Register, period: str, keep: Mask, as_of: date, *, is_all: bool
) -> Elements:
    """Read and count the elements of the listed towns among `keep` at the end of a period.

    Args:
        as_of: the day freshness is read against.
        is_all: whether the reader sees the whole province, so that its shares may be told beside the selection's.
    """
    when, design, tables = Period.parse(period), register.elements, element_tables(dataset, register)
    listed = np.isin(status_at(dataset.table("list_history"), cube.towns, (period,))[0], LISTED)
    codes = [code for code, is_in in zip(cube.towns, keep & listed, strict=True) if is_in]
    wanted = frozenset(codes)
    towns = dataset.towns.set_index("town_code", drop=False)
    names = {str(code): (str(zh), str(en)) for code, zh, en in towns[["town_code", "name_zh", "name_en"]].values}
    entries = {}
    for kind in design.kinds.values():
        frame = current(tables[kind.table], kind, when)
        entries[kind.id] = frame[frame["town_code"].astype(str).isin(wanted)]
    every = [code for code, is_in in zip(cube.towns, listed, strict=True) if is_in]
    return Elements(
        freshness=freshness(tables, design, codes, as_of, is_owed=not speaks_published(dataset)),
        period=when,
        design=design,
        names=names,
        coverage=coverage(tables, design, codes, when),
        province=coverage(tables, design, every, when) if is_all else None,
        entries=entries,
        panels=tuple(
            _panel(kind, kind.panel, entries[kind.id], register) for kind in design.kinds.values() if kind.panel
        ),
    )


def _panel(kind: ElementKind, design: ElementPanel, frame: pd.DataFrame, register: Register) -> Panel:
    words = register.elements.words
    ladders = {name: by_level(frame[name], list(words(kind.columns[name]))) for name in design.ladders}
    rows: tuple[PanelRow, ...] = ()
    total = None
    if design.by:
        keys = frame["town_code" if design.by == TOWN else design.by].astype(str)
        found = [_panel_row(str(key), part, design) for key, part in frame.groupby(keys)]
        rows = tuple(
            sorted(found, key=lambda row: (-(row.gap or 0.0), -(row.amounts[design.amounts[0]] or 0.0), row.key))
        )
        total = _panel_row("", frame, design) if len(frame) else None
    return Panel(kind, design, ladders, rows, total, reading_period(frame, kind))


def _panel_row(key: str, frame: pd.DataFrame, design: ElementPanel) -> PanelRow:
    amounts = {name: _sum(frame[name]) for name in design.amounts}
    both = frame.dropna(subset=list(design.ratio)) if design.ratio else frame
    below = _sum(both[design.ratio[1]]) if design.ratio else None
    return PanelRow(
        key,
        amounts,
        # Only entries that tell both can be lacking something.
        gap=_gap(frame, design.gap),
        ratio=(_sum(both[design.ratio[0]]) or 0.0) / below if below else None,
        most=_most(frame[design.most]) if design.most else None,
    )


def _gap(frame: pd.DataFrame, parts: tuple[str, ...]) -> float | None:
    if not parts:
        return None
    both = frame.dropna(subset=list(parts))
    return float((pd.to_numeric(both[parts[0]]) - pd.to_numeric(both[parts[1]])).sum()) if len(both) else None


def _sum(column: pd.Series) -> float | None:
    known = pd.to_numeric(column).dropna()
    return float(known.sum()) if len(known) else None


def _most(column: pd.Series) -> float | None:
    known: Any = pd.to_numeric(column).dropna()
    return float(known.max()) if len(known) else None
