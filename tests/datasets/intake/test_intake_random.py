"""Whatever stands in a file, the intake answers: it never raises, and never says yes to nothing."""

from __future__ import annotations

import io
from datetime import date, datetime, time
from typing import Any

import openpyxl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from cockpit.datasets.findings import Upload
from cockpit.datasets.intake.checking import check_uploads
from cockpit.datasets.intake.marks import annotate
from cockpit.datasets.store.loading import load
from cockpit.datasets.template.sheets import sheet_kinds
from cockpit.vocabulary import LANGUAGES
from tests.datasets.bad_files import TODAY, check, filled

LABELS = [field.label.zh for kind in sheet_kinds() for field in kind.fields]
LABELS += ["总产出（亿元）", "总产出（吨）", "指标", "数值"]
WORDS = ["D330102A", "D330102B", "上城甲芯云小镇", "2025", "2026-09", "2026年1-9月", "是", "优秀", "合计"]
WORDS += ["注：初步数", "１２", "1,234"]
SIGNATURES = [b"", b"PK\x03\x04", b"PAR1", b"\xff\xfe", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]
QUIET = settings(suppress_health_check=list(HealthCheck))
text = st.text(max_size=12).map(lambda word: ILLEGAL_CHARACTERS_RE.sub("", word).removeprefix("="))
cell: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.sampled_from(WORDS),
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(-(10**18), 10**18),
    st.booleans(),
    st.datetimes(datetime(1900, 3, 1), datetime(9999, 1, 1)),
    st.dates(date(1900, 3, 1), date(9999, 1, 1)),
    st.times(time(0), time(23, 59)),
    st.sampled_from(["=A1", "=1/0", "#REF!", "#N/A"]),
    text,
)
rows = st.lists(st.lists(cell, max_size=8), max_size=8)
heads = st.lists(st.one_of(st.sampled_from(LABELS), text), min_size=1, max_size=8)
titles = st.sampled_from(["指标", "用地", "年度考核", "三年计划", "延期", "核查", "企业", "说明", "Sheet1"])


@QUIET
@given(title=titles, head=heads, body=rows, merge=st.booleans(), hide=st.integers(0, 9))
def test_random_workbooks_are_answered(
    title: str, head: list[str], body: list[list[Any]], merge: bool, hide: int
) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in (head, *body):
        sheet.append(row)
    if merge:
        sheet.merge_cells("A2:B3")
    if hide:
        sheet.row_dimensions[hide].hidden = True
    stream = io.BytesIO()
    book.save(stream)
    answered(stream.getvalue(), "a.xlsx")


@QUIET
@given(head=heads, body=st.lists(st.lists(st.sampled_from(WORDS) | st.text(max_size=9), max_size=8), max_size=8))
def test_random_csv_is_answered(head: list[str], body: list[list[str]]) -> None:
    content = "\n".join(",".join(row) for row in (head, *body)).encode("utf-8", "replace")
    answered(content, "returns.csv")


@QUIET
@given(start=st.sampled_from(SIGNATURES), rest=st.binary(max_size=300))
def test_random_bytes_are_answered(start: bytes, rest: bytes) -> None:
    for name in ("a.xlsx", "a.csv", "a.parquet"):
        answered(start + rest, name)


@QUIET
@given(place=st.floats(0, 1), patch=st.binary(min_size=1, max_size=8))
def test_damaged_workbooks_are_answered(place: float, patch: bytes) -> None:
    """The filled template with a few bytes overwritten somewhere."""
    content = bytearray(filled())
    at = int(place * (len(content) - len(patch)))
    content[at : at + len(patch)] = patch
    answered(bytes(content), "a.xlsx")


def answered(content: bytes, name: str) -> None:
    checked = check(content, name)
    assert checked.is_acceptable <= bool(checked.tables)
    assert checked.findings or checked.tables
    for finding in checked.findings:
        assert all(finding.sentences(language) for language in LANGUAGES)
    assert annotate(Upload(name, content), checked.findings, "zh").startswith(b"PK")


def test_nothing_sent_is_nothing_read() -> None:
    checked = check_uploads([], load("demo"), as_of=TODAY)
    assert not checked.is_acceptable
    assert checked.findings == ()
