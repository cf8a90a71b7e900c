"""How far a sheet reaches and how much text it uses: what the reader would make room for.

Imports the ground floor, `policy`, `gate`, `parts` and `runs`. Pure.
"""

from __future__ import annotations

import re
import zipfile
from string import ascii_letters
from typing import Any, Final
from xml.sax import SAXException
from xml.sax.handler import ContentHandler

import numpy as np
from defusedxml.sax import make_parser

from cockpit.datasets.intake.gate import pieces
from cockpit.datasets.intake.parts import ROW_END, UnreadableSheet, column_number, whole
from cockpit.datasets.intake.runs import has_marks, marked_texts
from cockpit.policy.intake_design import IntakeDesign

_SHARED_NUMBER: Final = re.compile(rb"\st\s*=\s*[\"']s[\"'][^<>]*>\s*<(?:\w+:)?v(?:\s[^<>]*)?>\s*(\d{1,9})\s*<")
_TEXT_END: Final = re.compile(rb"</(?:\w+:)?si>")
_BEYOND: Final = 10**9  # stands for every number of more digits or letters than any sheet has


def is_too_large(rows: int, columns: int, design: IntakeDesign) -> bool:
    """Whether a sheet reaches further than is read."""
    is_far = rows > design.limit("rows") or columns > design.limit("columns")
    return is_far or rows * columns > design.limit("cells")


class _Extent(ContentHandler):
    """Follows the cells as the reader does: those that hold something, addressed or one after the other."""

    def __init__(self) -> None:
        super().__init__()
        self.rows = self.columns = 0
        self._row = self._column = 0
        self._cell = (0, 0)

    def startElement(self, name: str, attrs: Any) -> None:
        local = name.rpartition(":")[2]
        if local == "row":
            given = attrs.get("r", "")
            self._row, self._column = plain_number(given) if given else self._row + 1, 0
        elif local == "c":
            given = attrs.get("r", "")
            letters, digits = given.rstrip("0123456789"), given.lstrip(ascii_letters)
            self._column = column_number(letters) if given else self._column + 1
            self._cell = (plain_number(digits) if given else max(self._row, 1), self._column)
        elif local in ("v", "is"):
            self.rows, self.columns = max(self.rows, self._cell[0]), max(self.columns, self._cell[1])


def plain_number(digits: str | bytes) -> int:
    """A row's or a column's number; one far beyond every sheet for digits nobody could count."""
    return int(digits or 0) if len(digits) < 10 else _BEYOND


def extent(archive: zipfile.ZipFile, part: str, design: IntakeDesign) -> tuple[int, int]:
    """Last row and last column that hold a value. Read tag by tag, for the few sheets that seem too large.

    Raises:
        UnreadableSheet: the part is no XML, or a cell's address is none.
    """
    look, parser = _Extent(), make_parser()
    parser.setContentHandler(look)
    try:
        for piece in pieces(archive, part):
            parser.feed(piece)
            if is_too_large(look.rows, look.columns, design):
                break  # once beyond, always beyond
        else:
            parser.close()
    except (SAXException, ValueError) as error:
        raise UnreadableSheet(str(error)) from error
    return look.rows, look.columns


def text_lengths(archive: zipfile.ZipFile) -> tuple[np.ndarray[Any, Any], dict[int, str]]:
    """Bytes of each shared text, its markup counted in; and by number those with raised or struck signs."""
    part = next((name for name in archive.namelist() if name.casefold().endswith("sharedstrings.xml")), "")
    lengths: list[int] = []
    marked: dict[int, str] = {}
    for piece in whole(archive, part, _TEXT_END) if part else ():
        if has_marks(piece):
            marked.update(marked_texts(piece, len(lengths)))
        last = 0
        for match in _TEXT_END.finditer(piece):
            lengths.append(match.end() - last)
            last = match.end()
    return np.array(lengths, dtype=np.int64), marked


def text_used(archive: zipfile.ZipFile, part: str, shared: int, lengths: np.ndarray[Any, Any]) -> int:
    """Bytes of shared texts a sheet uses; a cell whose text cannot be told counts as the longest."""
    total = known = 0
    for piece in whole(archive, part, ROW_END):
        numbers = np.array([int(match) for match in _SHARED_NUMBER.findall(piece)], dtype=np.int64)
        numbers = numbers[numbers < len(lengths)]
        known += len(numbers)
        total += int(lengths[numbers].sum()) if len(numbers) else 0
    return total + max(0, shared - known) * int(lengths.max())
