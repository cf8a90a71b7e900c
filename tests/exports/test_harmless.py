"""No download can run as a formula, whoever wrote it: every writer, with the texts people would try."""

from __future__ import annotations

import csv
import io
from typing import Any

import pyarrow as pa
import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from pptx import Presentation

from cockpit.exports.pack.document import write_document
from cockpit.exports.pack.model import Chart, Column, Marked, Pack, Section, Series, Table
from cockpit.exports.pack.slides import write_slides
from cockpit.exports.pack.workbook import write_workbook
from cockpit.exports.streams import StreamColumn, stream_csv
from cockpit.exports.tables import TRIGGERS, Sheet, write_csv, write_xlsx
from cockpit.units import Figure
from cockpit.wording.statement import StatementText
from tests.exports.packs import embedded, pixel

NASTY = (
    "=cmd|' /C calc'!A0",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1",
    "＠x",
    "\x00=1",
    "<b>&",
    "]]>",
    "'",
)


def pack_of(texts: list[str]) -> Pack:
    """A pack with texts wherever data may put one."""
    text = texts[0]
    names = tuple(dict.fromkeys(texts))
    values = tuple(Figure(1.0) for _ in names)
    series = Series(text, values, "#2F5D54")
    charts = tuple(Chart(kind, text, text, names, (series, series), text) for kind in ("lines", "stacked"))
    rows = tuple((name, Marked(name, "#2F5D54"), None) for name in names)
    table = Table(text, (Column(text, text), Column(text), Column("b")), rows, brief_rows=99)
    told = StatementText(text, text, text, "zh")
    sections = (
        Section("glance", text, text, text, charts=charts[:1], tables=(table,), notes=(text,)),
        Section("a", text, text, text, statement=told, charts=charts[1:], tables=(table,)),
        Section("basis", text, text, text, tables=(table, table)),
    )
    facts = (("数据集与版本", text),)
    return Pack("zh", text, text, "模拟", text, facts, text, sections, "stem")


def formulas(book: Any) -> list[str]:
    cells = [cell for page in book.worksheets for row in page.iter_rows() for cell in row]
    return [str(cell.value) for cell in cells if cell.data_type == "f" or str(cell.value or "").startswith(TRIGGERS)]


@pytest.mark.long
@settings(max_examples=5)
@given(st.permutations(NASTY), st.lists(st.text(max_size=12), max_size=6))
def test_nothing_in_a_pack_begins_a_formula(nasty: list[str], others: list[str]) -> None:
    pack = pack_of([*nasty, *others])
    assert not formulas(load_workbook(io.BytesIO(write_workbook(pack))))
    slides = write_slides(pack)
    for book in embedded(slides):
        assert not formulas(book)
    shapes = [shape for slide in Presentation(io.BytesIO(slides)).slides for shape in slide.shapes]
    cells = [cell.text for shape in shapes if shape.has_table for row in shape.table.rows for cell in row.cells]
    paper = Document(io.BytesIO(write_document(pack, pixel)))
    cells += [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    assert len(cells) > len(nasty)
    assert not [cell for cell in cells if cell.startswith(TRIGGERS)], "a table pasted into a sheet"


@given(st.sampled_from(NASTY) | st.text())
def test_nothing_in_tables_and_streams_begins_a_formula(text: str) -> None:
    sheet = Sheet("表", (text, "b"), (text, ""), ((text, 1.0),), ((text, text),), "说明")
    assert not formulas(load_workbook(io.BytesIO(write_xlsx(sheet))))
    batch = pa.RecordBatch.from_arrays([pa.array([text])], names=["a"])
    streamed = b"".join(stream_csv([batch], (StreamColumn("a", text),)))
    for raw in (write_csv(sheet), streamed):
        lines = csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""))
        assert not [cell for line in lines for cell in line if cell.startswith(TRIGGERS)]
