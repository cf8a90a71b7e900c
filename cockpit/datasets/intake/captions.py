"""What stands above the names of the columns: captions and titles that say the figures are of another kind or period.

Imports the ground floor, `policy` and the other intake modules. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any, Final

from cockpit.datasets import findings as findings
from cockpit.datasets.intake import cells, when
from cockpit.datasets.intake.header import Header, Notes
from cockpit.datasets.intake.parts import column_letters
from cockpit.datasets.intake.periods import title_period
from cockpit.datasets.intake.reading import Grid
from cockpit.phrases import phrase
from cockpit.policy.intake_design import OtherFigure
from cockpit.policy.register import load
from cockpit.texts import visible
from cockpit.units import Period

# Longer texts are explanations: they speak of last year and of growth without being captions.
_LONGEST_CAPTION: Final = 40
# A day says when the sheet was made, a number in brackets is that of a decree: 2025年11月5日, 浙统〔2025〕3号.
_NO_PERIOD: Final = re.compile(r"日期|时间|\d{4}年\s*\d{1,2}月\s*\d{1,2}|[〔\[]\d{4}[〕\]]|文号|批|date", re.IGNORECASE)
_YEAR: Final = re.compile(r"(?<!\d)(20\d{2})(?!\d)", re.ASCII)
_MONTHS: Final = re.compile(r"(?:1\s*月?\s*[-–—~至到]\s*)?(1[0-2]|[1-9])\s*月(?:份|末|底|止|累计)?", re.ASCII)
_YEAR_MONTHS: Final = re.compile(r"20\d{2}年\s*(?:1\s*月?\s*[-–—~至到]\s*)?\d{1,2}月", re.ASCII)


def tell_captions(grid: Grid, header: Header, periods: Collection[str], notes: Notes) -> None:
    """Tell captions above columns of figures, and titles, that contradict the rows below.

    Args:
        periods: those that the rows with figures state.
    """
    figures = {column.at for column in header.columns if column.field.kind == "number"}
    first = min(figures, default=0)
    title = title_period(grid, header)
    kinds = [kind for kind in load().intake.other_figures.values() if header.kind.table in kind.tables]
    if grid.sheet:
        is_told = _tell_kind(grid.sheet, "", kinds, notes, is_title=True)
        if not is_told and periods and title is None and _is_other_period(grid.sheet, grid.sheet, periods):
            notes.add("other_period_above", "", grid.sheet, other="、".join(sorted(periods)[:3]))
    for index in range(header.row):
        for at, cell in enumerate(grid.rows[index]):
            if isinstance(cell, bool) or cells.is_blank(cell):
                continue
            text = cells.fold(findings.shown(cell))
            address = f"{column_letters(at + 1)}{index + 1}"
            is_unseen = isinstance(cell, str) and visible(cell) != cell
            if is_unseen and not any(finding.cell == address for finding in notes.found):
                notes.add("invisible_signs", address, cell, column=phrase("intake.above_names"))
            if len(text) > _LONGEST_CAPTION:
                continue
            is_title = at < first or (index == 0 and header.row > 1)
            told = _tell_kind(text, address, kinds, notes, is_title=is_title)
            # A title that states one period is held against every row elsewhere.
            is_open = at >= first or title is None
            if not told and is_open and periods and _is_other_period(text, cell, periods):
                other = "、".join(sorted(periods)[:3])
                notes.add("other_period_above", address, cell, other=other)


def _tell_kind(text: str, address: str, kinds: list[OtherFigure], notes: Notes, *, is_title: bool) -> bool:
    for kind in kinds:
        if (kind.is_told_in_title or not is_title) and kind.is_said_by(text):
            notes.add("other_figure_above", address, text, kind=kind.label)
            return True
    return False


def _is_other_period(text: str, cell: Any, periods: Collection[str]) -> bool:
    if _NO_PERIOD.search(text):
        return False
    known = [Period.parse(period) for period in periods]
    whole = when.period(cell)[0] if len(text) < 20 else None
    if whole is None and (match := _YEAR_MONTHS.search(text)):
        whole = when.period(match[0])[0]
    if isinstance(whole, str) and len(whole) > 4:
        return whole not in {str(period) for period in known}
    if match := _MONTHS.fullmatch(text):
        return int(match[1]) not in {period.month for period in known}
    years = {int(year) for year in _YEAR.findall(text)}
    return bool(years) and not years & {period.year for period in known}
