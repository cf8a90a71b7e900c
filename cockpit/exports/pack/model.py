"""What a briefing pack holds, whatever the format: sections of statements, tables, charts and figures.

Pure values, ready to be written; a number stands beside the text the screen shows, so that three writers cannot round
in three ways. Missing is None throughout and is written as 暂无数据 or left blank, never as zero.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, Literal

from cockpit.visuals.marks.charts import Spec
from cockpit.vocabulary import Language
from cockpit.wording.statement import StatementText

_NUMBER: Final = re.compile(
    r"^(?P<lead>[^\d+−-]*)(?P<sign>[+−-]?)(?P<digits>[\d,]+)(?P<decimals>\.\d+)?(?P<tail>[^\d]*)$"
)


@dataclass(frozen=True)
class Num:
    """A figure: `text` as the screen shows it, `value` in the same unit with all its digits."""

    value: float
    text: str

    @property
    def number_format(self) -> str:
        """Spreadsheet format in which `value` reads as `text`."""
        return number_format(self.text)


@dataclass(frozen=True)
class Marked:
    """A word with the colour of its status; the word carries its shape itself."""

    text: str
    colour: str


Cell = str | Num | Marked | None


def num(value: float | None, text: str) -> Num | None:
    """A figure from a base-unit value and its text, whose unit differs from the base by a power of ten.

    None where there is no figure, or the text is a dash.
    """
    match = _NUMBER.match(text)
    if value is None or math.isnan(value) or match is None:
        return None
    shown = _read(text)
    if shown == 0 or value == 0:
        return Num(0.0, text)
    exact = value / 10.0 ** round(math.log10(abs(value) / abs(shown)))
    return Num(_fitting(exact, match), text)


def num_of_text(text: str) -> Num | None:
    """A figure known by its text alone; None when the text is none."""
    return Num(_read(text), text) if _NUMBER.match(text) else None


def _read(text: str) -> float:
    match = _NUMBER.match(text)
    assert match is not None, text
    number = float(f"{match['digits'].replace(',', '')}{match['decimals'] or ''}")
    return -number if match["sign"] in ("−", "-") else number


def _fitting(exact: float, match: re.Match[str]) -> float:
    """The exact value where a spreadsheet rounds it to the digits shown, else those digits."""
    places = len(match["decimals"] or ".") - 1
    shown = _read(match.string)
    rounded = Decimal(repr(exact)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return exact if float(rounded) == shown else shown


def number_format(text: str) -> str:
    """Spreadsheet format of a figure as shown: its decimals, sign, thousands and the words around it."""
    match = _NUMBER.match(text)
    if match is None:
        return "General"
    lead, tail = (f'"{part}"' if (part := match[name]) else "" for name in ("lead", "tail"))
    body = "#,##0" if "," in match["digits"] else "0"
    places = len(match["decimals"] or ".") - 1
    body += f".{'0' * places}" if places else ""
    if match["sign"]:
        return f'{lead}+{body}{tail};{lead}"−"{body}{tail};{lead}{body}{tail}'
    return f"{lead}{body}{tail}"


@dataclass(frozen=True)
class Column:
    """Head of a column; `unit` stands beside it. `width` is its share of the table.

    `is_brief` keeps it where space is short, on a slide and on paper; `is_narrow` on upright paper as well.
    """

    head: str
    unit: str = ""
    width: float = 1.0
    is_brief: bool = True
    is_narrow: bool = True


@dataclass(frozen=True)
class Table:
    """`brief_rows` of the rows stand on a slide and in the document, all of them in the workbook."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    brief_rows: int = 12

    def brief(self, *, narrow: bool = False) -> tuple[tuple[Column, ...], tuple[tuple[Cell, ...], ...]]:
        """The columns and rows where space is short; `narrow` on upright paper."""
        kept = [
            place for place, column in enumerate(self.columns) if column.is_brief and (column.is_narrow or not narrow)
        ]
        return tuple(self.columns[place] for place in kept), tuple(
            tuple(row[place] for place in kept) for row in self.rows[: self.brief_rows]
        )


@dataclass(frozen=True)
class Series:
    """One row of figures; None is a gap. Colours are `#RRGGBB`; `colours` by point where they differ.

    `hollow` are the places of points that are shown and not judged by.
    """

    name: str
    values: tuple[Num | None, ...]
    colour: str
    colours: tuple[str, ...] = ()
    line: Literal["solid", "dashed", "none"] = "solid"
    has_markers: bool = True
    has_labels: bool = True
    hollow: tuple[int, ...] = ()


@dataclass(frozen=True)
class Chart:
    """A chart that stays editable: bars lie, columns stand, stacked bars lie, lines run over the categories."""

    kind: Literal["bars", "columns", "stacked", "lines"]
    title: str
    unit: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    alt: str
    starts_at_zero: bool = True


@dataclass(frozen=True, eq=False)
class Figure:
    """A chart of the screen for the document: its specification with rows, drawn `width` pixels wide."""

    spec: Spec
    caption: str
    alt: str
    width: int


@dataclass(frozen=True, eq=False)
class Section:
    """One slide, one chapter, one or more sheets. `foot` says period, scope, version and provenance."""

    key: str
    title: str
    lead: str
    foot: str
    statement: StatementText | None = None
    charts: tuple[Chart, ...] = ()
    tables: tuple[Table, ...] = ()
    figures: tuple[Callable[[], Figure], ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Pack:
    """The whole pack. `simulated` is the mark, "" for published data; `facts` are (label, text) of the cover.

    `annex` are sections that only the workbook has room for.
    """

    language: Language
    title: str
    subtitle: str
    simulated: str
    simulated_note: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    stem: str
    annex: tuple[Section, ...] = ()
