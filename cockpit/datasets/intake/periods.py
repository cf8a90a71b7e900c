"""The period a sheet states in more than one place: in its rows, in the line above them, in the template's stamp.

Imports the ground floor and the other intake modules. Pure.
"""

from __future__ import annotations

import re
from typing import Any, Final

from cockpit.datasets.intake import cells, when
from cockpit.datasets.intake.header import Header, Notes
from cockpit.datasets.intake.parts import column_letters
from cockpit.datasets.intake.reading import Grid
from cockpit.phrases import phrase
from cockpit.units import Period
from cockpit.vocabulary import Text

# 2026年1-10月, 2026年10月, 2026年三季度, 2025年全年, 2025年度; a day (2026年11月5日) is no period.
_IN_TITLE: Final = re.compile(
    r"(?<!\d)\d{4}年(?:度|全年|上半年|\s*1\s*月?\s*[-–—~～至到]\s*\d{1,2}月(?!\s*\d)|\s*\d{1,2}月(?!\s*\d)"
    r"|前[一二三四五六七八九十\d]{1,2}个?(?:季度?|月)|第?[一1](?:季度?)?[-–—~～至到]第?[二三四2-4]季度?|第?[一二三四1-4]季度?)",
    re.ASCII,
)
_STAMP: Final = phrase("intake.period_of_stamp")


def title_period(grid: Grid, header: Header) -> tuple[str, str, str] | None:
    """(period, cell, what is written) of the one period that the lines above a header state; None for none or
    several."""
    found: dict[str, tuple[str, str]] = {}
    for index in range(header.row):
        for at, cell in enumerate(grid.rows[index]):
            for written in _IN_TITLE.findall(cells.fold(cell)) if isinstance(cell, str) else ():
                if period := when.period(written)[0]:
                    found.setdefault(period, (f"{column_letters(at + 1)}{index + 1}", written))
    return next(((period, *where) for period, where in found.items()), None) if len(found) == 1 else None


def tell_periods(
    grid: Grid, header: Header, rows: list[int], periods: list[Any], filled: list[bool], stamped: str, notes: Notes
) -> str:
    """Tell rows whose period is not that of the stamp or the title, and a title that differs from the stamp.

    Returns:
        The period of rows that state none: the title's, "" where the title states none or the stamp another one.
    """
    title = title_period(grid, header)
    if title and stamped and title[0] != stamped:
        notes.add("period_differs", title[1], title[0], period=_said(title[0]), place=_STAMP, other=_said(stamped))
    stated, place = (stamped, _STAMP) if stamped else (title[0], Text(title[1], title[1])) if title else ("", _STAMP)
    column = header.get("period")
    if title and not stamped and not column:
        _, rule, values = when.period(title[2])
        if rule:
            notes.add(rule, title[1], title[2], **values)
    for index, period, says in zip(rows, periods, filled, strict=True):
        if says and column and stated and isinstance(period, str) and period != stated:
            address = f"{column.letters}{index + 1}"
            written = grid.rows[index][column.at]
            notes.add("period_differs", address, written, period=_said(period), place=place, other=_said(stated))
    return stated


def _said(text: str) -> Text:
    at = Period.parse(text)
    return Text(at.say("zh"), at.say("en"))
