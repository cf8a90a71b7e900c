"""What the fast reader does not tell of a sheet: formulas without value, error cells, merged and hidden parts, extent.

Imports the ground floor and `intake_files`. Pure. The parts were counted and searched by the gate; sheets are looked
through as bytes in pieces, because building the cells of 200,000 rows as objects takes a hundred times as long.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from xml.etree.ElementTree import Element

import numpy as np
from defusedxml.ElementTree import fromstring

from cockpit.datasets.intake_files import pieces

_RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION: Final = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_ROW_NUMBER: Final = re.compile(rb"<(?:\w+:)?row\b[^<>]*?\sr\s*=\s*[\"'](\d+)")
_HIDDEN_ROW: Final = re.compile(rb"<(?:\w+:)?row\b(?=[^<>]*\shidden\s*=\s*[\"'](?:1|true))[^>]*?\sr\s*=\s*[\"'](\d+)")
_FAR_COLUMN: Final = re.compile(rb"\sr\s*=\s*[\"']([A-Z]{2,})\d")
# A cell may claim another row than the one it stands in; the reader would believe it.
_FAR_ROW: Final = re.compile(rb"\sr\s*=\s*[\"'][A-Z]*(\d{7,})")
# Bytes that do not stand in the tags of ordinary sheets.
_UNUSUAL: Final = np.isin(np.arange(256), list(b"'\t\n\r\f\v"))
_MARGIN: Final = 16
_PLAIN_FAR_COLUMN: Final = re.compile(rb' r="([A-Z]{2,})\d')
_PLAIN_FAR_ROW: Final = re.compile(rb' r="[A-Z]*(\d{7,})')
_PLAIN_ROW: Final = re.compile(rb'<row r="(\d+)')
_ODD_ADDRESS: Final = re.compile(rb"\sr\s*=\s*[\"'][^\"']*&")
_COLUMN: Final = re.compile(rb"<(?:\w+:)?col\b([^<>]*)>")
_MERGED: Final = re.compile(rb"<(?:\w+:)?mergeCell\b[^<>]*?ref\s*=\s*[\"']([A-Z]+\d+:[A-Z]+\d+)")
_FORMULA: Final = re.compile(rb"<(?:\w+:)?f(?=[\s>/])")
_ERROR: Final = re.compile(rb"\st\s*=\s*[\"']e[\"']")
_CELL_END: Final = re.compile(rb"</(?:\w+:)?c>")
_CELL_START: Final = re.compile(rb"<(?:\w+:)?c[\s>]")
_ADDRESS: Final = re.compile(rb"\sr\s*=\s*[\"']([A-Z]+\d+)[\"']")
_VALUE: Final = re.compile(rb"<(?:\w+:)?v(?:\s[^<>]*)?>([^<]*)<")
_PERCENT_FORMATS: Final = ("9", "10")  # built in: 0% and 0.00%
_QUOTED: Final = re.compile(r'"[^"]*"|\\.')  # literal text of a number format
_LONGEST_ROW: Final = 64 << 20
_ROW_END: Final = re.compile(rb"</(?:\w+:)?row>")


class UnreadableSheet(Exception):
    """The parts of the workbook do not fit together."""


@dataclass
class Structure:
    """What stands around the values of one sheet. Rows and columns count from 1."""

    is_hidden: bool = False
    rows: int = 0
    columns: int = 0
    merged: list[str] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    formulas_without_value: set[str] = field(default_factory=set)
    errors: dict[str, str] = field(default_factory=dict)
    percents: list[str] = field(default_factory=list)  # cells shown as percentages, empty ones included


def column_number(letters: str) -> int:
    """A -> 1, Z -> 26, AA -> 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """1 -> A, 27 -> AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def scan(archive: zipfile.ZipFile) -> dict[str, Structure]:
    """Structure of every worksheet, by name.

    Raises:
        UnreadableSheet: workbook and relations do not fit together, or an address is not one.
    """
    found = {}
    percent = _percent_cells(archive)
    for name, part, is_hidden in _sheets(archive):
        structure = Structure(is_hidden=is_hidden)
        for piece in _whole_rows(archive, part):
            _look_through(piece, structure)
            if percent is not None:
                structure.percents += [match[1].decode() for match in percent.finditer(piece)]
        found[name] = structure
    return found


def sheet_parts(archive: zipfile.ZipFile) -> list[tuple[str, str]]:
    """(name, part) of every worksheet.

    Raises:
        UnreadableSheet: workbook and relations do not fit together.
    """
    return [(name, part) for name, part, _ in _sheets(archive)]


def _percent_cells(archive: zipfile.ZipFile) -> re.Pattern[bytes] | None:
    """What finds the cells whose number format is a percentage; None where the workbook has no such format."""
    part = next((name for name in archive.namelist() if name.casefold().endswith("styles.xml")), None)
    if part is None:
        return None
    try:
        book: Element = fromstring(archive.read(part))
    except Exception as error:  # as below
        raise UnreadableSheet(str(error)) from error
    formats = set(_PERCENT_FORMATS)
    styles: list[str] = []
    for at in book:
        tag = at.tag.rpartition("}")[2]
        if tag == "numFmts":
            known = {item.get("numFmtId", ""): item.get("formatCode", "") for item in at}
            formats |= {number for number, code in known.items() if "%" in _QUOTED.sub("", code)}
        elif tag == "cellXfs":
            styles = [str(number) for number, item in enumerate(at) if item.get("numFmtId") in formats]
    if not styles:
        return None
    wanted = "|".join(styles).encode()
    return re.compile(
        rb"<(?:\w+:)?c(?=\s[^<>]*?\bs\s*=\s*[\"'](?:" + wanted + rb")[\"'])[^<>]*?\sr\s*=\s*[\"']([A-Z]+\d+)[\"']"
    )


def _book_part(archive: zipfile.ZipFile) -> str:
    """The part that lists the sheets: in `xl` almost always, elsewhere if the package says so."""
    if "xl/workbook.xml" in archive.namelist():
        return "xl/workbook.xml"
    for at in fromstring(archive.read("_rels/.rels")):
        if at.get("Type", "").endswith("/officeDocument"):
            return str(at.get("Target", "")).lstrip("/")
    return "workbook.xml"


def _sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str, bool]]:
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


def _whole_rows(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """The sheet in pieces that never cut a row in two."""
    held = b""
    for piece in pieces(archive, part):
        held += piece
        if len(held) > _LONGEST_ROW:
            raise UnreadableSheet("row")
        cut = max((match.end() for match in _ROW_END.finditer(held, max(0, len(held) - 65536))), default=0)
        if cut:
            yield held[:cut]
            held = held[cut:]
    yield held


class _Look:
    """What a piece of a sheet holds at all, so that patterns are only used where they find something.

    `is_plain`: attributes as programs write them, ` r="A1"`. `is_far`: perhaps a cell beyond column Z or row 999,999.
    `may_be_odd`: perhaps an address written with entities.
    """

    def __init__(self, piece: bytes) -> None:
        codes = np.frombuffer(b"\0" * _MARGIN + piece + b"\0" * _MARGIN, np.uint8)
        equals = np.flatnonzero(codes == ord("="))
        spaced = (codes[equals - 1] == ord(" ")) | (codes[equals + 1] == ord(" "))
        self.is_plain = not (_UNUSUAL[codes].any() or spaced.any())
        is_address = (codes[equals - 1] == ord("r")) & (codes[equals - 2] == ord(" ")) & (codes[equals + 1] == ord('"'))
        starts = equals[is_address] + 2
        seconds = codes[starts + 1]
        # From the third sign to the eighth an address of one letter and up to six digits ends.
        ends, entities = np.zeros(len(starts), dtype=bool), codes[starts] == ord("&")
        for place in range(1, 8):
            signs = codes[starts + place]
            ends |= signs == ord('"')
            entities |= signs == ord("&")
        self.is_far = bool((~ends).any() or ((seconds >= ord("A")) & (seconds <= ord("Z"))).any())
        self.may_be_odd = not self.is_plain or self.is_far or bool(entities.any())
        tags = np.flatnonzero(codes == ord("<"))
        self.has_formulas = bool((codes[tags + 1] == ord("f")).any()) or b":f" in piece


def _look_through(piece: bytes, structure: Structure) -> None:
    # Programs write one space and no other; what they write is told from arrays of bytes, far faster than by patterns.
    look = _Look(piece)
    if look.may_be_odd and b"&" in piece and _ODD_ADDRESS.search(piece):
        raise UnreadableSheet("address")
    if look.is_plain and piece.count(b"<row ") == piece.count(b'<row r="') and b":row" not in piece:
        rows = _PLAIN_ROW.finditer(piece)
    else:
        rows = _ROW_NUMBER.finditer(piece)
    for match in rows:
        structure.rows = max(structure.rows, int(match[1]))
    structure.columns = max(structure.columns, 26)
    # Ordinary sheets end before column AA and row one million.
    if not look.is_plain or look.is_far:
        far_row, far_column = (_PLAIN_FAR_ROW, _PLAIN_FAR_COLUMN) if look.is_plain else (_FAR_ROW, _FAR_COLUMN)
        for match in far_row.finditer(piece):
            structure.rows = max(structure.rows, int(match[1]))
        far = {match[1] for match in far_column.finditer(piece)}
        structure.columns = max([structure.columns, *(column_number(letters.decode()) for letters in far)])
    if b"hidden" in piece:
        structure.hidden_rows += [int(match[1]) for match in _HIDDEN_ROW.finditer(piece)]
    if b"mergeCell" in piece:
        structure.merged += [match[1].decode() for match in _MERGED.finditer(piece)]
    for match in _COLUMN.finditer(piece) if b"hidden" in piece else ():
        fields = dict(re.findall(rb"(\w+)\s*=\s*[\"']([^\"']*)", match[1]))
        if fields.get(b"hidden") in (b"1", b"true"):
            low, high = int(fields.get(b"min", b"1")), int(fields.get(b"max", b"1"))
            structure.hidden_columns.append((low, high))
    for match in _FORMULA.finditer(piece) if look.has_formulas else ():
        address, value, kind = _cell(piece, match.start())
        if address and not value and kind != b"str":
            structure.formulas_without_value.add(address)
    for match in _ERROR.finditer(piece) if b'"e"' in piece or b"'e'" in piece else ():
        address, value, kind = _cell(piece, match.end())
        if address and kind == b"e":
            structure.errors[address] = value or "#"


def _cell(piece: bytes, inside: int) -> tuple[str, str, bytes]:
    """Address, value and type of the cell around a position."""
    window = max(0, inside - 4096)
    start = piece.rfind(b"<c ", window, inside)
    if start < 0:  # written with a prefix
        start = max((match.start() for match in _CELL_START.finditer(piece, window, inside)), default=-1)
    end = _CELL_END.search(piece, inside)
    if start < 0 or end is None:
        return "", "", b""
    cell = piece[start : end.start()]
    address, value = _ADDRESS.search(cell), _VALUE.search(cell)
    kind = re.search(rb"\st\s*=\s*[\"'](\w+)", cell[: cell.find(b">")])
    return (
        address[1].decode() if address else "",
        value[1].decode("utf-8", "replace").strip() if value else "",
        kind[1] if kind else b"",
    )
