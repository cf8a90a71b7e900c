"""Files as people send them, made by the tests: a template filled in rightly, and one fault after another."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from cockpit.datasets.findings import Checked, Upload
from cockpit.datasets.intake.checking import check_uploads
from cockpit.datasets.store.loading import load
from cockpit.datasets.template.sheets import sheet_kinds
from cockpit.datasets.template.workbook import HEADER_ROWS, template
from cockpit.units import WRITTEN_UNITS

TODAY = date(2026, 11, 23)
PERIOD = "2026-09"
SCOPE = "330100"
RETURNS = "指标"
Change = Callable[[openpyxl.Workbook, Worksheet], object]


@cache
def empty() -> bytes:
    return template(load("demo"), PERIOD, as_of=TODAY, scope=SCOPE)


@cache
def filled() -> bytes:
    """The template with the demonstration's own figures of the period; sheets with nothing to report are deleted."""
    book = openpyxl.load_workbook(io.BytesIO(empty()))
    for title in ("年度考核", "三年计划", "延期", "核查", "企业", "清单变动", "小镇"):
        del book[title]
    for kind in sheet_kinds():
        if not kind.spread:
            continue
        sheet = book[kind.title.zh]
        frame = load("demo").table(kind.table)
        frame = frame[frame["period"] == PERIOD]
        values = frame.set_index(["town_code", kind.spread])[kind.value].to_dict()
        for field in kind.fields:
            if not field.is_value:
                continue
            column = column_of(sheet, field.label.zh)
            factor = WRITTEN_UNITS[field.written][1] if field.written in WRITTEN_UNITS else 1
            for row in range(HEADER_ROWS + 1, sheet.max_row + 1):
                value = values.get((sheet.cell(row, 1).value, field.name))
                if value is not None:
                    sheet.cell(row, column).value = float(f"{value / factor:.12g}")
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def column_of(sheet: Worksheet, label: str) -> int:
    return next(cell.column for cell in sheet[1] if cell.value in (label, label + "*"))


def at(sheet: Worksheet, label: str, row: int) -> Any:
    """The cell of a column by its label."""
    return sheet.cell(row, column_of(sheet, label))


def changed(*changes: Change, start: bytes | None = None) -> bytes:
    """The filled template after some changes to its sheet of returns."""
    book = openpyxl.load_workbook(io.BytesIO(start or filled()))
    for change in changes:
        change(book, book[RETURNS])
    return saved(book)


def check(content: bytes, name: str = "报送.xlsx", *, period: str = "", dataset: str = "demo") -> Checked:
    return check_uploads([Upload(name, content)], load(dataset), as_of=TODAY, default_period=period)


def rules(checked: Checked) -> list[tuple[str, str]]:
    return [(finding.rule, finding.cell) for finding in checked.findings]


def csv_bytes(rows: Sequence[Sequence[object]], encoding: str = "utf-8-sig", delimiter: str = ",") -> bytes:
    return "\r\n".join(delimiter.join(map(str, row)) for row in rows).encode(encoding)


def with_parts(content: bytes, parts: dict[str, bytes]) -> bytes:
    """A workbook with some of its parts replaced or added."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, parts.get(name, old.read(name)))
        for name, part in parts.items():
            if name not in old.namelist():
                new.writestr(name, part)
    return stream.getvalue()


def part(content: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)
