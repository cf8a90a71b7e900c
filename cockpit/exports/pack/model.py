"""What a briefing pack holds, whatever the format: sections of statements, tables, charts and figures.

Pure values, ready to be written; a figure knows the text the screen shows, so that three writers cannot round in three
ways. Missing is None throughout and is written as 暂无数据 or left blank, never as zero.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from cockpit.units import Figure
from cockpit.visuals.marks.charts import Spec
from cockpit.vocabulary import Language
from cockpit.wording.statement import StatementText


@dataclass(frozen=True)
class Marked:
    """A word with the colour of its status; the word carries its shape itself."""

    text: str
    colour: str


Cell = str | Figure | Marked | None


def sheet_value(figure: Figure) -> float | None:
    """What a spreadsheet stores of a figure: all its digits where it would round them to those shown, else those shown.

    A spreadsheet rounds half up, the screen to even.
    """
    if figure.shown is None:
        return None
    shown = round(figure.shown, figure.decimals)
    half_up = Decimal(repr(figure.shown)).quantize(Decimal(1).scaleb(-figure.decimals), rounding=ROUND_HALF_UP)
    return figure.shown if shown and float(half_up) == shown else shown + 0.0


def number_format(figure: Figure) -> str:
    """Spreadsheet format in which the value of `sheet_value` reads as the figure's number."""
    body = "#,##0" if figure.is_grouped else "0"
    body += f".{'0' * figure.decimals}" if figure.decimals else ""
    if figure.is_signed:
        return f'+{body};"−"{body};{body}'
    return f'{body};"−"{body}' if figure.value is not None and figure.value < 0 else body


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
    values: tuple[Figure | None, ...]
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

    def values(self) -> list[float]:
        """Every number drawn, in `unit`."""
        found = (sheet_value(figure) for series in self.series for figure in series.values if figure is not None)
        return [value for value in found if value is not None]


@dataclass(frozen=True, eq=False)
class Picture:
    """A chart of the screen for the document: its specification with rows, drawn `width` pixels wide."""

    spec: Spec
    caption: str
    alt: str
    width: int


@dataclass(frozen=True)
class Form:
    """A shape of a plate: an outline, or a line where it has no `fill`. `width` in points."""

    rings: tuple[tuple[tuple[float, float], ...], ...]
    line: str
    fill: str = ""
    width: float = 0.75


@dataclass(frozen=True)
class Sign:
    """Text of a plate around (x, y); `room` is the width it may take, in units of the plate, None for all it needs."""

    x: float
    y: float
    text: str
    colour: str
    room: float | None = None
    is_bold: bool = False


@dataclass(frozen=True)
class Plate:
    """A drawing of outlines and words, `width` x `height` units, that stays editable on a slide.

    `finding` is what it shows, in a sentence, where it has a slide of its own.
    """

    title: str
    alt: str
    width: float
    height: float
    forms: tuple[Form, ...]
    signs: tuple[Sign, ...]
    keys: tuple[tuple[str, str], ...] = ()  # (colour, word) of the legend
    finding: str = ""


@dataclass(frozen=True)
class Wish:
    """What the reader wants of a pack: its length, and what stands on its cover; "" for nothing of his own."""

    length: str = "full"
    title: str = ""
    day: str = ""
    author: str = ""


@dataclass(frozen=True, eq=False)
class Section:
    """One slide, one chapter, one or more sheets. `foot` says period, scope, version and provenance.

    `finding` is what it shows, in a sentence: the title of its slide; "" where there is nothing to find.
    """

    key: str
    title: str
    lead: str
    foot: str
    finding: str = ""
    plate: Plate | None = None
    statement: StatementText | None = None
    charts: tuple[Chart, ...] = ()
    tables: tuple[Table, ...] = ()
    pictures: tuple[Callable[[], Picture], ...] = ()
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
    author: str
    sections: tuple[Section, ...]
    stem: str
    annex: tuple[Section, ...] = ()
