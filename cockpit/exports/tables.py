"""The towns table as people take it away: a workbook with units and notes, and CSV that opens in Excel.

Pure: rows in, bytes out. Text from data can never run as a formula.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

Cell = str | float | int | None
Note = tuple[str, str]
# Signs that make a spreadsheet read a text as a formula, typed, pasted or in a CSV; the wide ones do so where Chinese
# or Japanese is typed. The one list for every download, the streamed ones included.
TRIGGERS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# What the name of a sheet may not hold, and how long it may be.
_NO_NAME: Final = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
_LONGEST_NAME: Final = 31


@dataclass(frozen=True)
class Head:
    """What stands over a column of figures: label and unit apart, and how many decimals its figures have."""

    label: str
    unit: str
    decimals: int
    indicator: str = ""

    def __str__(self) -> str:
        return f"{self.label} ({self.unit})" if self.unit else self.label


@dataclass(frozen=True)
class Sheet:
    """A table ready to be written: `headers` and `units` side by side, `rows` below, `notes` as (label, text)."""

    title: str
    headers: tuple[str, ...]
    units: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[Note, ...]
    notes_title: str


def clean(text: str) -> str:
    """Without what XML and spreadsheets cannot hold: control characters, halves of a surrogate pair."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in lines if (sign >= " " or sign in "\t\n") and not _is_unfit(ord(sign)))


def _is_unfit(code: int) -> bool:
    return 0xD800 <= code <= 0xDFFF or code in (0xFFFE, 0xFFFF)


def harmless(value: Cell) -> Cell:
    """A text that a spreadsheet would take for a formula gets an apostrophe before it; control characters go.

    A carriage return becomes a line's end: left alone in a CSV it would begin a row, and what follows a cell.
    """
    if not isinstance(value, str):
        return None if isinstance(value, float) and value != value else value
    text = clean(value)
    return "'" + text if text.startswith(TRIGGERS) else text


def tab_name(text: str) -> str:
    """A title as the name of a sheet: without the signs a workbook refuses there, cut to what it takes."""
    return " ".join(clean(text).translate(_NO_NAME).split())[:_LONGEST_NAME]


def write_xlsx(sheet: Sheet) -> bytes:
    """Workbook: headers, units, rows, frozen under both head lines; a second sheet says period, filter and source."""
    book = Workbook()
    page = book.active  # a new workbook has one sheet
    page.title = tab_name(sheet.title)
    page.append([harmless(text) for text in sheet.headers])
    page.append([harmless(text) for text in sheet.units])
    for row in sheet.rows:
        page.append([harmless(cell) for cell in row])
    head = PatternFill("solid", fgColor="EDF1EC")
    for line, bold in ((1, True), (2, False)):
        for cell in page[line]:
            cell.font, cell.fill, cell.alignment = Font(bold=bold), head, Alignment(wrap_text=True, vertical="top")
    page.freeze_panes = "B3"
    page.auto_filter.ref = f"A2:{get_column_letter(len(sheet.headers))}{len(sheet.rows) + 2}"
    for index, header in enumerate(sheet.headers, start=1):
        page.column_dimensions[get_column_letter(index)].width = max(10, min(30, 2 * len(header) + 2))
    notes = book.create_sheet(tab_name(sheet.notes_title))
    for label, text in sheet.notes:
        notes.append([harmless(label), harmless(text)])
    notes.column_dimensions["A"].width, notes.column_dimensions["B"].width = 18, 90
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def write_csv(sheet: Sheet) -> bytes:
    """UTF-8 with a byte order mark, so that Excel reads the Chinese; units stand in the headers.

    Every line below the header is a row of the table: labelled notes (period, simulated mark, filters, version) stand
    as columns of their own, the same in every row; sentences without a label are for the workbook.
    """
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    notes = [(label, text) for label, text in sheet.notes if label and label not in sheet.headers]
    heads = [f"{header} ({unit})" if unit else header for header, unit in zip(sheet.headers, sheet.units, strict=True)]
    writer.writerow([harmless(text) for text in (*heads, *(label for label, _ in notes))])
    told = [harmless(text) for _, text in notes]
    writer.writerows([*(_plain(cell) for cell in row), *told] for row in sheet.rows)
    return stream.getvalue().encode("utf-8-sig")


def _plain(value: Cell) -> Cell:
    """A cell of a text file: whole numbers without .0 behind them."""
    cell = harmless(value)
    return int(cell) if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15 else cell
