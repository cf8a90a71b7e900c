"""Files made to hurt: small to send, large or endless to read. Nothing else in the tests builds them."""

from __future__ import annotations

import io
import zipfile
from functools import cache

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq

_SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)


@cache
def _blank() -> bytes:
    stream = io.BytesIO()
    openpyxl.Workbook().save(stream)
    return stream.getvalue()


def sheet_of(rows: str, shared: str = "") -> bytes:
    """A workbook whose only sheet holds the given XML between its sheetData tags, and perhaps shared texts."""
    out = io.BytesIO()
    parts = {"xl/worksheets/sheet1.xml": _SHEET.format(rows).encode()}
    if shared:
        parts["xl/sharedStrings.xml"] = shared.encode()
    with zipfile.ZipFile(io.BytesIO(_blank())) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in dict.fromkeys((*old.namelist(), *parts)):
            new.writestr(name, parts[name] if name in parts else old.read(name))
    return out.getvalue()


def parquet_of(table: pa.Table, **options: object) -> bytes:
    sink = io.BytesIO()
    pq.write_table(table, sink, **options)
    return sink.getvalue()


def long_shared_text(length: int, cells: int) -> bytes:
    """One text, written once, used by many cells; filled so that no compression ratio gives it away."""
    text = "".join(f"{number:x}" for number in range(length // 4))[:length]
    rows = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(1, cells + 1))
    xmlns = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    return sheet_of(rows, f"<sst {xmlns}><si><t>{text}</t></si></sst>")


def long_dictionary_text(length: int, rows: int) -> bytes:
    text = pa.DictionaryArray.from_arrays(pa.array([0] * rows, pa.int32()), pa.array(["x" * length]))
    return parquet_of(pa.table({"name_zh": text}))


def lists(width: int) -> bytes:
    return parquet_of(pa.table({"total_output_yuan": pa.array([[1] * width], pa.list_(pa.int64()))}))


def open_formulas(count: int) -> bytes:
    return sheet_of('<row r="1"><c r="A1">' + "<f/>" * count + "</row>")


def far_cells() -> dict[str, bytes]:
    """Cells further out than their rows say, in every spelling the reader takes."""
    cells = {
        "six digits": '<row r="1"><c r="XFD999999"><v>1</v></c></row>',
        "one letter": '<row r="1"><c r="B99999999"><v>1</v></c></row>',
        "beyond Excel": '<row r="1"><c r="ZZZZZ9"><v>1</v></c></row>',
        "small letters": '<row r="1"><c r="xfd999999"><v>1</v></c></row>',
        "a hundred digits": f'<row r="1"><c r="A{"9" * 100}"><v>1</v></c></row>',
        "five thousand digits": f'<row r="1"><c r="A{"9" * 5000}"><v>1</v></c></row>',
        "single quotes": "<row r='1'><c r='XFD999999'><v>1</v></c></row>",
        "spaces": '<row r = "1"><c  r = "XFD999999"><v>1</v></c></row>',
        "no row": '<c r="ZZ200000"><v>1</v></c>',
        "behind others": '<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="ZZ200000" t="str"><v>x</v></c></row>',
        "row without address": '<row r="999999"/><row><c r="ZZ999999"><v>1</v></c></row>',
        "cells without address": f'<row r="900000">{"<c><v>1</v></c>" * 1900}</row>',
        "inline text": '<row r="1"><c r="XFD999999" t="inlineStr"><is><t>x</t></is></c></row>',
        "written as entities": '<row r="1"><c r="&#88;FD999999"><v>1</v></c></row>',
    }
    return {name: sheet_of(cell) for name, cell in cells.items()}
