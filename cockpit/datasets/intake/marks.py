"""The file that was sent, returned with its faults marked: red and amber cells, comments, a sheet that lists all.

May import the ground floor, `policy`, `findings` and the intake's reading. Pure: bytes in, bytes out. A file that was
refused is not opened: its return is the list alone; so is that of a sheet too large to write out again.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final
from xml.sax.saxutils import escape

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from cockpit.datasets.findings import Finding, Upload
from cockpit.datasets.intake.gate import FileKind, judge, plain_names
from cockpit.datasets.intake.parts import UnreadableSheet, column_number, sheets
from cockpit.datasets.intake.reading import Grid, read
from cockpit.datasets.intake.scan import scan
from cockpit.datasets.template.stamp import AUTHOR
from cockpit.phrases import phrase, say
from cockpit.policy.intake_design import IntakeDesign
from cockpit.policy.register import load
from cockpit.vocabulary import Language

# Red and amber of a spreadsheet's own palette: this is paper for Excel, not a screen of ours.
_FILLS: Final = {"error": PatternFill("solid", fgColor="F8B4AE"), "warning": PatternFill("solid", fgColor="FCE5A6")}
_HEAD: Final = PatternFill("solid", fgColor="DCE6DF")
_WIDEST: Final = 60  # cells of one range that are coloured; a merged area may span a million
_WIDTHS: Final = (8, 18, 14, 14, 28, 60, 44)


def annotate(upload: Upload, findings: Sequence[Finding], language: Language) -> bytes:
    """The workbook to return for one file; `findings` of other files are left out."""
    design = load().intake
    own = [finding for finding in findings if finding.file == upload.name]
    kind = judge(upload, design)
    book = None if isinstance(kind, Finding) else _opened(upload, kind, design, language)
    if book is None:
        book = Workbook()
        book.remove(book.active)
    else:
        _mark(book, own, language)
    _summary(book, own, language)
    stream = io.BytesIO()
    book.save(stream)
    has_formulas = kind == "xlsx" and len(book.worksheets) > 1
    return with_values(stream.getvalue(), _values(upload, design)) if has_formulas else stream.getvalue()


def _values(upload: Upload, design: IntakeDesign) -> dict[str, list[list[Any]]]:
    """What the cells of each sheet show, formulas included."""
    return {grid.sheet: grid.rows for grid in read(upload, "xlsx", design) if isinstance(grid, Grid)}


_FORMULA: Final = re.compile(rb'<c r="([A-Z]+)(\d+)"([^>]*)><f>(.*?)</f><v\s*/?>(?:</v>)?</c>', re.DOTALL)
_KIND: Final = re.compile(rb'\st="\w+"')


def with_values(content: bytes, values: Mapping[str, list[list[Any]]]) -> bytes:
    """A workbook as openpyxl writes it, its formulas with the values they had: without them a reader that does not
    compute, ours among them, would find them empty when the file is sent back."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        parts = {part: name for name, part, _ in sheets(old)}
        for info in old.infolist():
            data = old.read(info)
            rows = values.get(parts.get(info.filename, ""))
            if rows is not None and b"<f>" in data:
                data = _FORMULA.sub(partial(_valued, rows), data)
            new.writestr(info, data)
    return stream.getvalue()


def _valued(rows: list[list[Any]], match: re.Match[bytes]) -> bytes:
    row, column = int(match[2]) - 1, column_number(match[1].decode()) - 1
    value = rows[row][column] if row < len(rows) and column < len(rows[row]) else None
    if isinstance(value, bool) or not isinstance(value, (int, float, str)) or value == "":
        return match[0]
    kind = b' t="str"' if isinstance(value, str) else b""
    said = escape(ILLEGAL_CHARACTERS_RE.sub("", value)) if isinstance(value, str) else repr(float(value))
    head = _KIND.sub(b"", match[3]) + kind
    return b'<c r="%s%s"%s><f>%s</f><v>%s</v></c>' % (match[1], match[2], head, match[4], said.encode())


def _opened(upload: Upload, kind: FileKind, design: IntakeDesign, language: Language) -> Workbook | None:
    most = design.limit("annotated_cells")
    if kind == "xlsx":
        try:
            content = plain_names(upload.content)
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                if sum(at.rows * at.columns for at in scan(archive, design).values()) > most:
                    return None
            return load_workbook(io.BytesIO(content), keep_links=False)
        except (UnreadableSheet, zipfile.BadZipFile):
            return None
        except Exception:  # a file other programs read and openpyxl does not: the list is still worth having
            return None
    grids = [grid for grid in read(upload, kind, design) if isinstance(grid, Grid)]
    if not grids or sum(map(len, grids[0].rows)) > most:
        return None
    book = Workbook()
    sheet = book.active
    sheet.title = say("intake.file", language)
    for row, cells in enumerate(grids[0].rows, start=1):
        for column, value in enumerate(cells, start=1):
            _write(sheet.cell(row, column), value)
    return book


def _write(cell: Cell, value: Any) -> None:
    """Text stays text: what begins with = must not become a formula on the way back."""
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:32000]
        cell.data_type = "s"
    else:
        cell.value = None if value != value else value


def _mark(book: Workbook, findings: Sequence[Finding], language: Language) -> None:
    said: dict[tuple[str, int, int], list[str]] = {}
    for finding in findings:
        sheet = _sheet_of(book, finding)
        if sheet is None or not any(map(str.isdigit, finding.cell)) or not any(map(str.isalpha, finding.cell)):
            continue
        left, top, right, bottom = range_boundaries(finding.cell)
        fill = _FILLS.get(finding.severity)
        for column in range(left, min(right, left + _WIDEST) + 1):
            for row in range(top, min(bottom, top + _WIDEST) + 1):
                cell = sheet.cell(row, column)
                # An error's red stays when a warning speaks of the same cell.
                if fill is not None and not (finding.severity == "warning" and cell.fill == _FILLS["error"]):
                    cell.fill = fill
        said.setdefault((sheet.title, top, left), []).append(finding.sentences(language))
    for (title, row, column), sentences in said.items():
        cell = book[title].cell(row, column)
        if not isinstance(cell, Cell):
            continue  # inside a merged area only the corner takes a comment
        text = ILLEGAL_CHARACTERS_RE.sub("", "\n".join(sentences))
        cell.comment = Comment(text, AUTHOR, height=40 + 36 * len(sentences), width=320)


def _sheet_of(book: Workbook, finding: Finding) -> Worksheet | None:
    if finding.sheet:
        return book[finding.sheet] if finding.sheet in book.sheetnames else None
    return book.worksheets[0] if finding.cell else None


def _summary(book: Workbook, findings: Sequence[Finding], language: Language) -> None:
    """A first sheet with every finding; those with a cell lead to it."""
    title = phrase("intake.sheet.summary").say(language)
    while title in book.sheetnames:
        title += "·"
    sheet = book.create_sheet(title, 0)
    book.active = 0
    for other in book.worksheets[1:]:
        other.sheet_view.tabSelected = False
    heads = ("severity", "file", "sheet", "cell", "written", "what", "do")
    for column, name in enumerate(heads, start=1):
        cell = sheet.cell(1, column, say(f"intake.{name}", language))
        cell.font, cell.fill = Font(bold=True), _HEAD
        sheet.column_dimensions[cell.column_letter].width = _WIDTHS[column - 1]
    for row, finding in enumerate(findings, start=2):
        level = say(f"intake.severity.{finding.severity}", language)
        told = (level, finding.file, finding.sheet, finding.cell, finding.value)
        for column, text in enumerate((*told, finding.what(language), finding.remedy(language)), start=1):
            cell = sheet.cell(row, column)
            _write(cell, text)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.cell(row, 1).fill = _FILLS.get(finding.severity, _FILLS["error"])
        target = _sheet_of(book, finding)
        if target is not None and target is not sheet and finding.cell and any(map(str.isdigit, finding.cell)):
            corner = finding.cell.split(":")[0]
            if any(map(str.isalpha, corner)):
                name = target.title.replace("'", "''")
                sheet.cell(row, 4).hyperlink = Hyperlink(ref=f"D{row}", location=f"'{name}'!{corner}")
                sheet.cell(row, 4).font = Font(underline="single", color="1F5FA8")
    if not findings:
        sheet.cell(2, 1, say("intake.result.clean", language))
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:G{max(2, len(findings) + 1)}"
