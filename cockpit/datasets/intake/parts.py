"""The parts of a workbook: its sheets, and each part in pieces that cut nothing in two.

Imports the ground floor and `gate`. Pure.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from cockpit.datasets.intake.gate import pieces

_RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION: Final = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
ROW_END: Final = re.compile(rb"</(?:\w+:)?row>")
_LONGEST_ELEMENT: Final = 64 << 20


class UnreadableSheet(Exception):
    """The parts of the workbook do not fit together."""


def column_number(letters: str) -> int:
    """A -> 1, Z -> 26, AA -> 27."""
    number = 0
    for letter in letters.upper()[:8]:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """1 -> A, 27 -> AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def corners(area: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """((column, row), (column, row)) of a range: B2:C7 -> ((2, 2), (3, 7))."""
    first, _, last = area.partition(":")
    start, end = (
        (column_number("".join(filter(str.isalpha, at))), int("".join(filter(str.isdigit, at))))
        for at in (first, last or first)
    )
    return start, end


def _book_part(archive: zipfile.ZipFile) -> str:
    """The part that lists the sheets: in `xl` almost always, elsewhere if the package says so."""
    if "xl/workbook.xml" in archive.namelist():
        return "xl/workbook.xml"
    for at in fromstring(archive.read("_rels/.rels")):
        if at.get("Type", "").endswith("/officeDocument"):
            return str(at.get("Target", "")).lstrip("/")
    return "workbook.xml"


def sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str, bool]]:
    """(name, part, whether it is hidden) of every worksheet.

    Raises:
        UnreadableSheet: workbook and relations do not fit together.
    """
    try:
        place = _book_part(archive)
        folder, name = posixpath.split(place)
        book: Element = fromstring(archive.read(place))
        relations: Element = fromstring(archive.read(posixpath.join(folder, "_rels", f"{name}.rels")))
    except Exception as error:  # whatever the parser finds wrong, it is the file that is damaged
        raise UnreadableSheet(str(error)) from error
    targets = {at.get("Id"): (at.get("Target", ""), at.get("Type", "")) for at in relations}
    for at in book.iter():
        if at.tag.rpartition("}")[2] != "sheet":
            continue
        target, kind = targets.get(at.get(_RELATION) or at.get(_STRICT_RELATION), ("", ""))
        if not kind.endswith("/worksheet"):
            continue
        part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        if part not in archive.namelist():
            raise UnreadableSheet(part)
        yield at.get("name", ""), part, at.get("state", "visible") != "visible"


def whole(archive: zipfile.ZipFile, part: str, end: re.Pattern[bytes]) -> Iterator[bytes]:
    """A part in pieces that never cut in two what ends with `end`."""
    held = b""
    for piece in pieces(archive, part):
        held += piece
        if len(held) > _LONGEST_ELEMENT or b"\0" in piece:
            raise UnreadableSheet("element")
        cut = max((match.end() for match in end.finditer(held, max(0, len(held) - 65536))), default=0)
        if cut:
            yield held[:cut]
            held = held[cut:]
    yield held
