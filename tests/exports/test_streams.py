"""Long tables as CSV: the same words, the same harmlessness as the short ones, whatever the batches."""

from __future__ import annotations

import csv
import io

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from cockpit.exports.streams import StreamColumn, stream_csv
from cockpit.exports.tables import harmless

NASTY = ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\x00=1", "\x07+1", "'=1", "a\n=1", '"', "a,b", ""]
COLUMNS = (
    StreamColumn("name", "名称"),
    StreamColumn("town", "小镇", words={"D1": "余杭甲镇", "D2": "=坏镇"}),
    StreamColumn("is_listed", "上市", words={"true": "是", "false": "否"}),
    StreamColumn("revenue_yuan", "营业收入", "元"),
)


def batch(rows: list[tuple[str | None, str | None, bool | None, float | None]]) -> pa.RecordBatch:
    kinds = [pa.string(), pa.string(), pa.bool_(), pa.float64()]
    arrays = [pa.array([row[place] for row in rows], kind) for place, kind in enumerate(kinds)]
    return pa.RecordBatch.from_arrays(arrays, names=[column.source for column in COLUMNS])


def read(raw: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


def test_headers_carry_units_and_missing_stays_blank() -> None:
    rows = [("甲", "D1", True, 12e8), (None, "D9", None, None), ("乙", "D2", False, 0.5)]
    raw = b"".join(stream_csv([batch(rows)], COLUMNS))
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\xef\xbb\xbf") == 1
    assert read(raw) == [
        ["名称", "小镇", "上市", "营业收入 (元)"],
        ["甲", "余杭甲镇", "是", "1200000000"],
        ["", "D9", "", ""],
        ["乙", "'=坏镇", "否", "0.5"],
    ]


def test_large_amounts_are_written_out() -> None:
    raw = b"".join(stream_csv([batch([("甲", "D1", None, 9007199254740992.0)])], COLUMNS))
    assert read(raw)[1][3] == "9007199254740992"


@given(st.lists(st.text() | st.sampled_from(NASTY), max_size=8), st.integers(1, 4))
def test_every_text_is_as_harmless_as_in_the_short_tables(names: list[str], size: int) -> None:
    batches = [batch([(name, "D1", None, None) for name in names[i : i + size]]) for i in range(0, len(names), size)]
    written = [row[0] for row in read(b"".join(stream_csv(batches, COLUMNS)))[1 : len(names) + 1]]
    # A lone carriage return is a line's end to the reader of this test; to a spreadsheet it is text.
    assert written == [harmless(name) for name in names]
    assert not [text for text in written if text.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_nothing_found_is_a_table_with_headers() -> None:
    assert read(b"".join(stream_csv([], COLUMNS))) == [["名称", "小镇", "上市", "营业收入 (元)"]]
