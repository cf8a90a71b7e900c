"""Answers of prefectures and counties read back from the workbook that was sent round, cell by cell.

Only what was left open is read; where anything else was changed each cell is told and nothing is taken. The file passes
the intake's gate first. Imports the ground floor, `policy`, and the intake's gate, its reading of digits and of what
stands around cells.
"""

from __future__ import annotations

import io
import math
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from openpyxl import load_workbook

from cockpit.datasets.findings import Finding, Upload
from cockpit.datasets.intake.cells import digits, is_blank
from cockpit.datasets.intake.gate import judge
from cockpit.datasets.intake.parts import corners
from cockpit.datasets.intake.scan import Structure, scan
from cockpit.policy.intake_design import IntakeDesign
from cockpit.policy.register import load
from cockpit.rights import PROVINCE
from cockpit.texts import visible

STAMP: Final = "plan"
COLUMNS: Final = (
    "code", "unit", "base", "base_share", "suggested", "yearly", "swing", "bound", "assigned", "stated", "remark",
)  # fmt: skip
_FIRST_ROW: Final = 3
_MOST_ROWS: Final = 3000
_CLOSE: Final = 1e-6
_TINY: Final = 1e-4  # of what was proposed: a slip of the unit
_PLAIN: Final = frozenset({"", "full_width", "thousands"})  # ways to write a figure that need no second look
_OURS: Final = ("base", "suggested", "assigned")
_READ: Final = ("stated", "remark")


@dataclass(frozen=True)
class Expected:
    """What was sent to a unit, base unit; None where there is no such figure."""

    base: float
    suggested: float
    assigned: float


@dataclass(frozen=True)
class Told:
    """What is wrong at a cell: end of a phrase key `plan.read.*` with its values."""

    cell: str
    problem: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Stated:
    """One answer: unit, figure in base unit, remark, and the cell it stands in."""

    unit: str
    value: float
    note: str
    cell: str


@dataclass(frozen=True)
class Read:
    """What a workbook says: answers, or what is wrong with it; `refusal` where the gate did not let it in."""

    answers: tuple[Stated, ...] = ()
    told: tuple[Told, ...] = ()
    refusal: Finding | None = None


def stamp(plan: str, indicator: str, divisor: float, number: int) -> str:
    """The line by which a workbook is known again: of which set, in what unit, after which of its events."""
    return f"{STAMP}:{plan}:{indicator}:{divisor:.0f}:{number}"


def read_answers(
    upload: Upload,
    plan: str,
    indicator: str,
    sent: Callable[[int], Mapping[str, Expected]],
    parents: Mapping[str, str],
    design: IntakeDesign,
) -> Read:
    """Read one workbook.

    Args:
        sent: what was told each town, prefecture and the province by a workbook made after so many events of the set,
            empty where total or weights changed since. What was held since is no fault of who answers.
        parents: prefecture of every town.
    """
    kind = judge(upload, design)
    if isinstance(kind, Finding):
        return Read(refusal=kind)
    if kind != "xlsx":
        return Read(told=(Told(upload.name, "not_ours", {}),))
    try:
        book = load_workbook(io.BytesIO(upload.content), read_only=True, data_only=True)
        sheets = {sheet.title: list(_cells(sheet)) for sheet in book.worksheets}
        plain = load_workbook(io.BytesIO(upload.content), read_only=True, data_only=False)
        with zipfile.ZipFile(io.BytesIO(upload.content)) as archive:
            around = scan(archive, design)
        formulas = {
            (sheet.title, row, column)
            for sheet in plain.worksheets
            for row, cells in enumerate(_cells(sheet), start=1)
            for column, value in enumerate(cells)
            if isinstance(value, str) and value.startswith("=")
        }
    except Exception:  # openpyxl raises what it meets in a broken file: KeyError, ValueError, its own, those of XML
        return Read(told=(Told(upload.name, "not_ours", {}),))
    return _Reading(plan, indicator, sent, parents, formulas, around).read(upload.name, sheets)


def together(reads: Sequence[tuple[str, Read]]) -> Read:
    """Workbooks handed in at once, with their names, as one: a fault of any is told with its file and none is taken,
    nor is a unit that stands in two of them."""
    if len(reads) == 1:
        return reads[0][1]
    found: dict[str, Stated] = {}
    told: list[Told] = []
    for name, read in reads:
        if read.refusal is not None:
            return read
        told += [replace(at, cell=at.cell if at.cell == name else f"{name} {at.cell}") for at in read.told]
        told += [Told(f"{name} {at.cell}", "twice", {"value": at.unit}) for at in read.answers if at.unit in found]
        found |= {at.unit: at for at in read.answers if at.unit != PROVINCE}
    return Read(told=tuple(told)) if told else Read(answers=tuple(found.values()))


def _cells(sheet: Any) -> Iterator[tuple[Any, ...]]:
    yield from sheet.iter_rows(max_row=_MOST_ROWS, max_col=len(COLUMNS), values_only=True)


class _Reading:
    """One workbook being read."""

    def __init__(
        self, plan: str, indicator: str, sent: Callable[[int], Mapping[str, Expected]], parents: Mapping[str, str],
        formulas: set[tuple[str, int, int]], around: Mapping[str, Structure],
    ) -> None:  # fmt: skip
        self._plan, self._indicator, self._sent, self._parents = plan, indicator, sent, parents
        self._expected: Mapping[str, Expected] = {}
        self._formulas, self._around = formulas, around
        self._told: list[Told] = []
        self._answers: dict[str, Stated] = {}
        self._totals: dict[str, Stated] = {}
        self._seen: set[str] = set()
        self._divisor = 1.0

    def read(self, name: str, sheets: Mapping[str, list[tuple[Any, ...]]]) -> Read:
        found = next(
            (
                str(row[0])
                for rows in sheets.values()
                for row in rows[:1]
                if row and str(row[0]).startswith(f"{STAMP}:")
            ),
            "",
        )
        parts = found.split(":")
        if (
            len(parts) != 5
            or not all(part.isdecimal() and 0 < len(part) < 16 for part in parts[3:])
            or not int(parts[3])
        ):
            return Read(told=(Told(name, "not_ours", {}),))
        if parts[1:3] != [self._plan, self._indicator]:
            values = {"other": f"{parts[1]} {parts[2]}", "own": f"{self._plan} {self._indicator}"}
            return Read(told=(Told(name, "other_set", values),))
        self._divisor, self._expected = float(parts[3]), self._sent(int(parts[4]))
        if not self._expected:
            return Read(told=(Told(name, "outdated", {}),))
        for title, rows in sheets.items():
            self._look_around(title, rows)
            for at, row in enumerate(rows[_FIRST_ROW - 1 :], start=_FIRST_ROW):
                self._line(title, at, dict(zip(COLUMNS, row, strict=False)))
        self._sums()
        if self._told:
            return Read(told=tuple(self._told))
        # A prefecture that filled in its towns need not add them up: their sum is its answer.
        return Read(answers=(*self._answers.values(), *self._totals.values()))

    def _look_around(self, sheet: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """Tell merged cells, of which only one is read, and answers nobody sees."""
        structure = self._around.get(sheet, Structure())
        ours = {COLUMNS.index(name) + 1 for name in ("code", *_READ)}
        for area in structure.merged:
            (left, _), (right, bottom) = corners(area)
            if bottom >= _FIRST_ROW and any(left <= number <= right for number in ours):
                self._told.append(Told(f"{sheet}!{area}", "merged", {}))
        for at, row in enumerate(rows[_FIRST_ROW - 1 :], start=_FIRST_ROW):
            for name in _READ:
                place = COLUMNS.index(name)
                is_column_hidden = any(low <= place + 1 <= high for low, high in structure.hidden_columns)
                is_hidden = structure.is_hidden or at in structure.hidden_rows or is_column_hidden
                if is_hidden and place < len(row) and not is_blank(row[place]):
                    self._tell(sheet, at, name, "hidden")

    def _line(self, sheet: str, row: int, cells: Mapping[str, Any]) -> None:
        code = str(cells.get("code") or "").strip()
        stated = cells.get("stated")
        has_answer = stated is not None and str(stated).strip() != ""
        is_formula = (sheet, row, COLUMNS.index("stated")) in self._formulas
        if not code and not has_answer and not is_formula:
            return
        sent = self._expected.get(code)
        if sent is None:
            is_note = all(cells.get(name) is None for name in COLUMNS[1:])  # a sentence of the notes, no unit
            if has_answer or not is_note:
                self._tell(sheet, row, "code", "code", value=code[:40])
            return
        if not self._is_as_sent(sheet, row, cells, sent):
            return
        if is_formula and not has_answer:
            self._tell(sheet, row, "stated", "formula")
            return
        note = self._note(sheet, row, cells)
        if not has_answer:
            if note:
                self._tell(sheet, row, "stated", "note_alone")
            return
        if code in self._seen:
            self._tell(sheet, row, "code", "twice", value=code)
            return
        value = _number(stated)
        if value is None:
            self._tell(sheet, row, "stated", "number", value=str(stated)[:40], divisor=self._divisor)
        elif value < 0:
            self._tell(sheet, row, "stated", "negative")
        elif value * self._divisor > (whole := self._expected[PROVINCE].assigned):
            told = {"value": f"{value:,.6g}", "whole": f"{whole / self._divisor:,.6g}"}
            self._tell(sheet, row, "stated", "beyond", **told, divisor=self._divisor)
        elif 0 < value * self._divisor < max(sent.suggested * _TINY, self._divisor * _CLOSE):
            told = {"value": f"{value:,.6g}", "ours": f"{sent.suggested / self._divisor:,.6g}"}
            self._tell(sheet, row, "stated", "tiny", **told, divisor=self._divisor)
        else:
            self._seen.add(code)
            kept = Stated(code, float(f"{value * self._divisor:.12g}"), note, f"{sheet}!{_letter('stated')}{row}")
            (self._answers if code in self._parents else self._totals)[code] = kept

    def _note(self, sheet: str, row: int, cells: Mapping[str, Any]) -> str:
        """The remark of a row; one that cannot be kept whole is told."""
        written = cells.get("remark")
        if is_blank(written) and (sheet, row, COLUMNS.index("remark")) in self._formulas:
            self._tell(sheet, row, "remark", "formula")
        note = " ".join(visible(str(written)).split()) if not is_blank(written) else ""
        if len(note) > (most := load().limits.length("note")):
            self._tell(sheet, row, "remark", "long", length=len(note), most=most)
        return note[:most]

    def _is_as_sent(self, sheet: str, row: int, cells: Mapping[str, Any], sent: Expected) -> bool:
        for column in _OURS:
            ours = getattr(sent, column) / self._divisor
            theirs = _number(cells.get(column))
            if theirs is None or not math.isclose(theirs, ours, rel_tol=_CLOSE, abs_tol=_CLOSE):
                written = cells.get(column)
                values = {
                    "column": column,
                    "ours": f"{ours:,.6g}",
                    "theirs": "—" if written is None else str(written)[:40],
                }
                self._tell(sheet, row, column, "changed", **values)
                return False
        return True

    def _sums(self) -> None:
        for code, total in self._totals.items():
            own = [at.value for unit, at in self._answers.items() if self._parents[unit] == code]
            every = [unit for unit, parent in self._parents.items() if parent == code and unit in self._expected]
            if len(own) == len(every) and own and not math.isclose(sum(own), total.value, rel_tol=_CLOSE):
                values = {
                    name: f"{value / self._divisor:,.6g}" for name, value in (("total", total.value), ("sum", sum(own)))
                }
                self._told.append(Told(total.cell, "sum", values))

    def _tell(self, sheet: str, row: int, at: str, problem: str, **values: Any) -> None:
        self._told.append(Told(f"{sheet}!{_letter(at)}{row}", problem, values))


def _letter(column: str) -> str:
    return "ABCDEFGHIJK"[COLUMNS.index(column)]


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return float(value) if math.isfinite(value) else None
    found, how = digits(str(value))
    return found if found is not None and how in _PLAIN and math.isfinite(found) else None
