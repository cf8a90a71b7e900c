"""Turns an accepted file into grids of cells as they were written; nothing is judged or converted here.

May import the ground floor, `policy`, `findings` and the gate. Pure: bytes in. Values come from the fast reader, what
it does not tell from `scan`; openpyxl reads 200,000 rows in half a minute, this in two seconds.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import PurePath
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from python_calamine import CalamineWorkbook

from cockpit.datasets.findings import Finding, Shown, Upload
from cockpit.datasets.intake import cells, when
from cockpit.datasets.intake.extent import is_too_large
from cockpit.datasets.intake.gate import FileKind, bomb_size, is_memory, plain_names, wide_encoding
from cockpit.datasets.intake.headings import is_header
from cockpit.datasets.intake.parts import column_number
from cockpit.datasets.intake.scan import Structure, scan
from cockpit.datasets.intake.styles import look_at
from cockpit.datasets.template.sheets import WORDS_SHEET, normal
from cockpit.policy.intake_design import IntakeDesign

# Chinese Windows writes GB18030 (of which GBK is a part); Excel's "Unicode text" is UTF-16.
_ENCODINGS: Final = ("utf-8-sig", "gb18030")
_DELIMITERS: Final = ",\t;，"
_LONGEST_FIELD: Final = 1 << 20
_HEAD_LINES: Final = 12
_HEAD_CELLS: Final = 100
_LONGEST_WORD: Final = 80
_HEAD: Final = 1 << 16  # signs that tell the delimiter
_BATCH: Final = 4096  # rows of a Parquet file looked at together


@dataclass(frozen=True, eq=False)
class Grid:
    """One sheet: rows of cells from A1 on, rows of equal length not promised. `sheet` is empty for CSV and Parquet."""

    file: str
    sheet: str
    rows: list[list[Any]]
    structure: Structure = field(default_factory=Structure)
    is_text: bool = False  # CSV: everything is text there
    delimiter: str = ""  # of a CSV

    @property
    def title(self) -> str:
        """What may name the table: the sheet's name, else the file's without its ending."""
        return self.sheet or PurePath(self.file).stem


def read(
    upload: Upload, kind: FileKind, design: IntakeDesign, names: Container[str] = frozenset()
) -> Iterator[Grid | Finding]:
    """The sheets of a file, one at a time, and what could not be read of it. `names`: codes and normalised names of
    towns, by which a row is known that stands inside a cell."""
    if kind == "csv":
        yield from _text(upload, design, names)
    else:
        yield from (_workbook if kind == "xlsx" else _parquet)(upload, design)


def _refuse(upload: Upload, rule: str, sheet: str = "", **values: object) -> Finding:
    return Finding(upload.name, sheet, "", "", rule, "refusal", values)


def _damaged(upload: Upload, error: BaseException, sheet: str = "") -> Finding:
    """The refusal of what could not be read.

    Raises:
        MemoryError: nothing is wrong with the file, it takes more memory than there is.
    """
    if is_memory(error):
        raise MemoryError from error
    return _refuse(upload, "damaged", sheet)


def _too_large(upload: Upload, design: IntakeDesign, rows: int, columns: int, sheet: str = "") -> Finding:
    if columns > design.limit("columns") and rows <= design.limit("rows"):
        return _refuse(upload, "too_many_columns", sheet, columns=columns, limit=design.limit("columns"))
    values = {"rows": rows, "columns": columns, "limit": design.limit("rows"), "cells": design.limit("cells")}
    return _refuse(upload, "too_many_rows", sheet, **values)


def _workbook(upload: Upload, design: IntakeDesign) -> Iterator[Grid | Finding]:
    try:
        content = plain_names(upload.content)
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            structures = scan(archive, design)
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = [name for name in book.sheet_names if name in structures]
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # the reader is native code: it may end in a panic, which is no Exception
        yield _damaged(upload, error)
        return
    if not names and (structures or not book.sheet_names):
        yield _refuse(upload, "damaged")
    for name in names:
        if name == WORDS_SHEET:
            continue
        structure = structures[name]
        if is_too_large(structure.rows, structure.columns, design):
            yield _too_large(upload, design, structure.rows, structure.columns, name)
            continue
        if structure.text > design.limit("text_mib") << 20:
            yield _refuse(upload, "too_much_text", name, limit=design.limit("text_mib"))
            continue
        try:
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        except (KeyboardInterrupt, SystemExit, MemoryError):
            raise
        except BaseException as error:  # as above
            yield _damaged(upload, error, name)
            continue
        _show(rows, structure)
        yield Grid(upload.name, name, rows, structure)


def _show(rows: list[list[Any]], structure: Structure) -> None:
    """Figures that the sheet shows as others, or with a unit, become figures that know it."""
    for address, looks in structure.looks.items():
        letters = address.rstrip("0123456789")
        row, column = int(address[len(letters) :]) - 1, column_number(letters) - 1
        if row < len(rows) and column < len(rows[row]) and rows[row][column].__class__ in (int, float):
            look = look_at(looks, rows[row][column])
            if not look.is_plain:
                rows[row][column] = Shown(rows[row][column], look.text, look.scale, look.word, look.is_other)


def _decode(content: bytes) -> str | None:
    wide = wide_encoding(content)
    encodings = (wide,) if wide else _ENCODINGS
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _text(upload: Upload, design: IntakeDesign, names: Container[str]) -> Iterator[Grid | Finding]:
    text = _decode(upload.content)
    if text is None:
        yield _refuse(upload, "unknown_encoding")
        return
    csv.field_size_limit(_LONGEST_FIELD)
    rows: list[list[Any]] = []
    count = 0
    delimiter = _delimiter(text)
    try:
        # Strict: a quotation mark that is never closed would make one cell of the rest of the file.
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            rows.append(row)
            count += len(row)
            if is_too_large(len(rows), len(row), design) or count > design.limit("cells"):
                yield _too_large(upload, design, len(rows), len(row))
                return
    except csv.Error:
        # An open quotation mark makes one long cell of many lines; here a single line is too long already.
        if max(map(len, text.splitlines())) > _LONGEST_FIELD:
            values = {"row": len(rows) + 1, "limit": _LONGEST_FIELD}
            yield Finding(upload.name, "", f"{len(rows) + 1}", "", "line_too_long", "refusal", values)
        else:
            yield _open_quote(upload, len(rows) + 1)
        return
    if (row_number := _swallowed(rows, delimiter, names)) is not None:
        yield _open_quote(upload, row_number)
        return
    yield Grid(upload.name, "", rows, is_text=True, delimiter=delimiter)


def _open_quote(upload: Upload, row: int) -> Finding:
    return Finding(upload.name, "", f"{row}", "", "open_quote", "refusal", {"row": row})


def _delimiter(text: str) -> str:
    """What parts the cells: under which most of the template's words stand in one line; remarks are full of commas."""
    lines = text[:_HEAD].splitlines()[:_HEAD_LINES]
    first = next((line for line in lines if line.strip()), "")

    def heads(line: str, delimiter: str) -> list[str]:
        # A long text is no header, and a table shows by its first columns what parts it.
        parts = (cell.strip('" ') for cell in line.split(delimiter, _HEAD_CELLS)[:_HEAD_CELLS])
        return [cell for cell in parts if len(cell) <= _LONGEST_WORD]

    def words(delimiter: str) -> int:
        return max((sum(map(is_header, heads(line, delimiter))) for line in lines), default=0)

    return max(_DELIMITERS, key=lambda delimiter: (words(delimiter), first.count(delimiter)))


def _swallowed(rows: list[list[Any]], delimiter: str, names: Container[str]) -> int | None:
    """Number of the first row one of whose cells holds a row or a part of one: its quotation mark was closed rows too
    late. Which of two readings is meant cannot be told, so any delimiter behind a line break counts."""

    def is_key(text: str) -> bool:
        return cells.fold(text).upper() in names or normal(text) in names or bool(when.period(text)[0])

    for number, row in enumerate(rows, start=1):
        for cell in row:
            if "\n" in cell or "\r" in cell:
                first, *rest = cell.splitlines() or [""]
                if any(delimiter in line or is_key(line) for line in rest):
                    return number
                if delimiter in first and any(map(is_key, first.split(delimiter))):
                    return number
    return None


def _parquet(upload: Upload, design: IntakeDesign) -> Iterator[Grid | Finding]:
    try:
        with pq.ParquetFile(io.BytesIO(upload.content)) as file:
            meta, schema = file.metadata, file.schema_arrow
            nested = [column.name for column in schema if not _is_plain(column.type)]
            if nested:
                yield _refuse(upload, "nested_column", column=str(nested[0])[:80])
                return
            if is_too_large(meta.num_rows, meta.num_columns, design):
                yield _too_large(upload, design, meta.num_rows, meta.num_columns)
                return
            size = sum(meta.row_group(index).total_byte_size for index in range(meta.num_row_groups))
            if size > design.limit("unpacked_mib") << 20:
                yield Finding(upload.name, "", "", "", "zip_bomb", "refusal", bomb_size(design))
                return
        rows: list[list[Any]] = [list(schema.names)]
        texts = [column.name for column in schema if _is_text(column.type)]
        text = 0
        # Texts stay in their dictionaries until it is known how long they are altogether: one text may stand in
        # a million rows and take its own length in the file.
        with pq.ParquetFile(io.BytesIO(upload.content), read_dictionary=texts) as file:
            for batch in file.iter_batches(_BATCH, use_threads=False):
                text += sum(_text_size(column) for column in batch.columns)
                if text > design.limit("text_mib") << 20:
                    yield _refuse(upload, "too_much_text", limit=design.limit("text_mib"))
                    return
                columns = [column.to_pylist() for column in batch.columns]
                rows += [[_plain(value) for value in row] for row in zip(*columns, strict=True)]
    except MemoryError:
        raise
    except (pa.ArrowException, OSError, ValueError, OverflowError, KeyError) as error:
        yield _damaged(upload, error)
        return
    yield Grid(upload.name, "", rows, is_text=True)


def _is_text(kind: pa.DataType) -> bool:
    return any(test(kind) for test in (pa.types.is_string, pa.types.is_large_string, pa.types.is_binary))


def _is_plain(kind: pa.DataType) -> bool:
    """Whether a column holds one value a row: lists and records have no place in a table."""
    kind = kind.value_type if pa.types.is_dictionary(kind) else kind
    return not (pa.types.is_nested(kind) or isinstance(kind, pa.BaseExtensionType))


def _text_size(column: pa.Array) -> int:
    """Bytes of a column's texts once each row has its own."""
    if not pa.types.is_dictionary(column.type):
        return int(column.nbytes)
    if not _is_text(column.type.value_type):
        return 0
    lengths = pc.binary_length(column.dictionary)
    return int(pc.sum(lengths.take(column.indices)).as_py() or 0)


def _plain(value: object) -> object:
    """What no rule knows (times, decimals) is shown as text and falls to the rules of its column."""
    return value if value is None or isinstance(value, (str, int, float, bool, date, datetime)) else str(value)
