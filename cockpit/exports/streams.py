"""Tables too long to hold, written as CSV batch by batch.

Pure: batches in, bytes out. Column-wise throughout: a million rows take seconds, not minutes. Text from data can never
run as a formula, by the same rule as `tables.harmless`.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv

from cockpit.exports.tables import TRIGGERS, Cell, harmless

# `tables.harmless` in the words of a regular expression.
_CONTROL: Final = r"[\x00-\x08\x0b\x0c\x0e-\x1f]|\x{FFFE}|\x{FFFF}"
_RETURN: Final = r"\r\n?"
_TRIGGER: Final = rf"\A([{re.escape(''.join(TRIGGERS))}])"


@dataclass(frozen=True)
class StreamColumn:
    """A column to be written: which of the data it is, what stands above it, and the words of its codes.

    A code without a word is written as it is. Flags have the codes "true" and "false".
    """

    source: str
    header: str
    unit: str = ""
    words: Mapping[str, str] = field(default_factory=dict)


def stream_csv(batches: Iterable[pa.RecordBatch], columns: tuple[StreamColumn, ...]) -> Iterator[bytes]:
    """UTF-8 with a byte order mark, so that Excel reads the Chinese: headers with units, rows, and nothing else."""
    head = [f"{column.header} ({column.unit})" if column.unit else column.header for column in columns]
    yield _lines([head]).encode("utf-8-sig")
    options = pa_csv.WriteOptions(include_header=False)
    for batch in batches:
        arrays = [_written(batch.column(column.source), column) for column in columns]
        sink = io.BytesIO()
        table = pa.Table.from_arrays(arrays, names=[str(place) for place in range(len(arrays))])
        pa_csv.write_csv(table, sink, options)
        yield sink.getvalue()


def _lines(rows: Iterable[Iterable[Cell]]) -> str:
    stream = io.StringIO(newline="")
    csv.writer(stream, lineterminator="\n").writerows([harmless(cell) for cell in row] for row in rows)
    return stream.getvalue()


def _written(array: pa.Array, column: StreamColumn) -> pa.Array:
    if pa.types.is_floating(array.type):
        whole = pc.all(pc.equal(array, pc.round(array))).as_py()
        return array.cast(pa.int64()) if whole is not False else array  # no .0 behind whole yuan
    if pa.types.is_integer(array.type):
        return array
    text = array.cast(pa.string())
    if column.words:
        word = pa.array(list(column.words.values()), pa.string())
        place = pc.index_in(text, value_set=pa.array(list(column.words), pa.string()))
        text = pc.coalesce(word.take(place), text)
    for pattern, replacement in ((_RETURN, "\n"), (_CONTROL, ""), (_TRIGGER, r"'\1")):
        text = pc.replace_substring_regex(text, pattern, replacement)
    return text
