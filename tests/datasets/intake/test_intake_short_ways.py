"""What is read the short way is what is read cell by cell; what a look at the bytes skips holds nothing."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from cockpit.datasets.intake import columns as intake_columns
from cockpit.datasets.intake import scan as intake_scan
from cockpit.datasets.intake.columns import read_column
from cockpit.datasets.intake.header import Notes, Placed
from cockpit.datasets.intake.reading import Grid
from cockpit.datasets.intake.scan import Structure
from cockpit.datasets.template.sheets import sheet_kinds

FIELDS = {field.name: field for kind in sheet_kinds() for field in kind.fields}
COLUMNS = (
    "revenue_yuan",
    "green_cover_share",
    "staff_count",
    "lat",
    "name_zh",
    "is_listed",
    "chain_id",
    "period",
    "approved_on",
    "year",
)
CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.floats(allow_infinity=True, allow_nan=True),
    st.integers(-5, 2030),
    st.floats(0, 2),
    st.sampled_from(
        [
            "",
            "  ",
            "是",
            "否",
            "数字安防",
            "数字安妨",
            "2025",
            "2026-09",
            "去年",
            "1,234",
            "12万元",
            "３",
            "无",
            "a  b",
            "a\nb",
            "企\u202e业",
            "\u200b",
            "镇" * 61,
        ]
    ),
    st.dates(),
)


@given(st.sampled_from(COLUMNS), st.lists(CELLS, max_size=12), st.sets(st.integers(0, 11), max_size=2))
def test_a_column_is_read_alike_the_short_way_and_cell_by_cell(name: str, written: list[Any], faults: set[int]) -> None:
    def told(one_at_a_time: bool) -> tuple[list[str], set[int], list[tuple[str, str, str]]]:
        structure = Structure(errors={f"A{row + 1}": "#REF!" for row in faults})
        grid = Grid("a.xlsx", "s", [[value] for value in written], structure)
        notes, bad = Notes(grid, 100), set[int]()
        column = Placed(0, FIELDS[name], FIELDS[name].written)
        short = intake_columns._short_way
        if one_at_a_time:
            intake_columns._short_way = lambda values, *_: ([None] * len(values), list(range(len(values))))
        try:
            out = read_column(grid, list(range(len(written))), written, column, notes, bad)
        finally:
            intake_columns._short_way = short
        found = [(finding.rule, finding.cell, finding.value) for finding in notes.found]
        return [repr(value) for value in out], bad, sorted(found)

    assert told(False) == told(True)


PARTS = st.sampled_from(
    [
        '<row r="3">', '<row spans="1:2" r="1048576">', "<row r='7'>", "<row>", "</row>", '<c r="A1">', "<c/>",
        '<c r="XFD9" t="s">', '<c r="XFD999999"><v>1</v></c>', '<c r="aaaa2"/>', f'<c r="A{"9" * 30}">', '<x:c r="B2">',
        '<c r="B1234567">', "<c  r = 'C5'>", '<c t="n" r="D6">', "<f>A1</f>", "<x:f/>", "<v>1&amp;2</v>", "</c>",
        '<c r="&#65;1">',
    ]
)  # fmt: skip


@given(st.lists(PARTS, max_size=14))
def test_a_look_at_the_bytes_skips_nothing(parts: list[str]) -> None:
    piece = "".join(parts).encode()

    def found(is_looking: bool) -> object:
        structure = Structure()
        look = intake_scan._Bytes
        if not is_looking:

            class Everything(look):  # type: ignore[misc, valid-type]
                def __init__(self, piece: bytes) -> None:
                    self.is_plain, self.has_formulas = False, True

            intake_scan._Bytes = Everything  # type: ignore[misc]
        try:
            intake_scan._look_through(piece, structure)
        except intake_scan.UnreadableSheet:
            return "unreadable"
        finally:
            intake_scan._Bytes = look  # type: ignore[misc]
        return structure

    assert found(True) == found(False)
