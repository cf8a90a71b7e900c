"""What the fast reader does not tell of a sheet: formulas without value, error cells, merged and hidden parts, extent.

Imports the ground floor, `policy` and `intake_files`. Pure. The parts were counted and searched by the gate; sheets are
looked through as bytes in pieces, because building the cells of 200,000 rows as objects takes a hundred times as long.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from string import ascii_letters
from typing import Any, Final
from xml.etree.ElementTree import Element
from xml.sax import SAXException
from xml.sax.handler import ContentHandler

import numpy as np
from defusedxml.ElementTree import fromstring
from defusedxml.sax import make_parser

from cockpit.datasets.intake.gate import pieces
from cockpit.policy.intake_design import IntakeDesign

_RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION: Final = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
# An address of any length: the reader believes a cell, whatever row it stands in.
_ADDRESSES: Final = re.compile(rb"\sr\s*=\s*[\"']([A-Za-z]*)(\d*)")
_TAGS: Final = re.compile(rb"<(?:\w+:)?(c|row)(?=[\s/>])([^<>]*)")
_HAS_ADDRESS: Final = re.compile(rb"\sr\s*=")
_ODD_ADDRESS: Final = re.compile(rb"\sr\s*=\s*[\"'][^\"']*&")
_HIDDEN_ROW: Final = re.compile(
    rb"<(?:\w+:)?row\b(?=[^<>]*\shidden\s*=\s*[\"'](?:1|true))[^<>]*?\sr\s*=\s*[\"'](\d{1,9})"
)
_COLUMN: Final = re.compile(rb"<(?:\w+:)?col\b([^<>]*)>")
_ATTRIBUTE: Final = re.compile(rb"(?<!\w)(\w{1,20})\s*=\s*[\"']([^\"']*)")
_MERGED: Final = re.compile(rb"<(?:\w+:)?mergeCell\b[^<>]*?ref\s*=\s*[\"']([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})[\"']")
_FORMULA: Final = re.compile(rb"<(?:\w+:)?f(?=[\s>/])")
_ERROR: Final = re.compile(rb"\st\s*=\s*[\"']e[\"']")
_SHARED: Final = re.compile(rb"\st\s*=\s*[\"']s[\"']")
_SHARED_NUMBER: Final = re.compile(rb"\st\s*=\s*[\"']s[\"'][^<>]*>\s*<(?:\w+:)?v(?:\s[^<>]*)?>\s*(\d{1,9})\s*<")
_CELL_END: Final = re.compile(rb"</(?:\w+:)?c>")
_CELL_START: Final = re.compile(rb"<(?:\w+:)?c[\s>]")
_ADDRESS: Final = re.compile(rb"\sr\s*=\s*[\"']([A-Z]{1,3}\d{1,7})[\"']")
_VALUE: Final = re.compile(rb"<(?:\w+:)?v(?:\s[^<>]*)?>([^<]*)<")
_ROW_END: Final = re.compile(rb"</(?:\w+:)?row>")
_TEXT_END: Final = re.compile(rb"</(?:\w+:)?si>")
_LONGEST_ELEMENT: Final = 64 << 20
# Bytes that do not stand in the tags of ordinary sheets.
_UNUSUAL: Final = np.isin(np.arange(256), list(b"'\t\n\r\f\v"))
_MARGIN: Final = 16
_PERCENT_FORMATS: Final = ("9", "10")  # built in: 0% and 0.00%
_QUOTED: Final = re.compile(r'"[^"]*"|\\.')  # literal text of a number format
_LONGEST_ADDRESS: Final = 11
_BEYOND: Final = 10**9  # stands for every number of more digits or letters than any sheet has


class UnreadableSheet(Exception):
    """The parts of the workbook do not fit together."""


@dataclass
class Structure:
    """What stands around the values of one sheet. Rows and columns count from 1.

    `rows`, `columns` and `text` (bytes of shared texts, each as often as it is used) are what the reader will make room
    for, or more; where they come above a limit, exactly that.
    """

    is_hidden: bool = False
    rows: int = 0
    columns: int = 0
    text: int = 0
    shared: int = 0  # cells that hold a shared text
    bare_rows: int = 0  # without an address: one after the last
    bare_cells: int = 0
    merged: list[str] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    formulas_without_value: set[str] = field(default_factory=set)
    errors: dict[str, str] = field(default_factory=dict)
    percents: list[str] = field(default_factory=list)  # cells shown as percentages, empty ones included


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


def scan(archive: zipfile.ZipFile, design: IntakeDesign) -> dict[str, Structure]:
    """Structure of every worksheet, by name.

    Raises:
        UnreadableSheet: workbook and relations do not fit together, or an address is not one.
    """
    found = {}
    percent = _percent_cells(archive)
    lengths = _text_lengths(archive)
    longest = int(lengths.max()) if len(lengths) else 0
    for name, part, is_hidden in _sheets(archive):
        structure = Structure(is_hidden=is_hidden)
        for piece in _whole(archive, part, _ROW_END):
            _look_through(piece, structure)
            if percent is not None:
                structure.percents += [match[1].decode() for match in percent.finditer(piece)]
        structure.rows += structure.bare_rows
        structure.columns += structure.bare_cells
        if is_too_large(structure, design):
            structure.rows, structure.columns = extent(archive, part, design)
        structure.text = structure.shared * longest
        if structure.text > design.limit("text_mib") << 20:
            structure.text = _text_used(archive, part, structure.shared, lengths)
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
        rb"<(?:\w+:)?c(?=\s[^<>]*?\bs\s*=\s*[\"'](?:"
        + wanted
        + rb")[\"'])[^<>]*?\sr\s*=\s*[\"']([A-Z]{1,3}\d{1,7})[\"']"
    )


def _book_part(archive: zipfile.ZipFile) -> str:
    """The part that lists the sheets: in `xl` almost always, elsewhere if the package says so."""
    if "xl/workbook.xml" in archive.namelist():
        return "xl/workbook.xml"
    for at in fromstring(archive.read("_rels/.rels")):
        if at.get("Type", "").endswith("/officeDocument"):
            return str(at.get("Target", "")).lstrip("/")
    return "workbook.xml"


def is_too_large(structure: Structure, design: IntakeDesign) -> bool:
    """Whether a sheet reaches further than is read."""
    rows, columns = structure.rows, structure.columns
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
            self._row, self._column = _number(given) if given else self._row + 1, 0
        elif local == "c":
            given = attrs.get("r", "")
            letters, digits = given.rstrip("0123456789"), given.lstrip(ascii_letters)
            self._column = column_number(letters) if given else self._column + 1
            self._cell = (_number(digits) if given else max(self._row, 1), self._column)
        elif local in ("v", "is"):
            self.rows, self.columns = max(self.rows, self._cell[0]), max(self.columns, self._cell[1])


def _number(digits: str | bytes) -> int:
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
            if is_too_large(Structure(rows=look.rows, columns=look.columns), design):
                break  # once beyond, always beyond
        else:
            parser.close()
    except (SAXException, ValueError) as error:
        raise UnreadableSheet(str(error)) from error
    return look.rows, look.columns


def _text_lengths(archive: zipfile.ZipFile) -> np.ndarray[Any, Any]:
    """Bytes of each shared text, its markup counted in."""
    part = next((name for name in archive.namelist() if name.casefold().endswith("sharedstrings.xml")), "")
    lengths: list[int] = []
    for piece in _whole(archive, part, _TEXT_END) if part else ():
        last = 0
        for match in _TEXT_END.finditer(piece):
            lengths.append(match.end() - last)
            last = match.end()
    return np.array(lengths, dtype=np.int64)


def _text_used(archive: zipfile.ZipFile, part: str, shared: int, lengths: np.ndarray[Any, Any]) -> int:
    """Bytes of shared texts a sheet uses; a cell whose text cannot be told counts as the longest."""
    total = known = 0
    for piece in _whole(archive, part, _ROW_END):
        numbers = np.array([int(match) for match in _SHARED_NUMBER.findall(piece)], dtype=np.int64)
        numbers = numbers[numbers < len(lengths)]
        known += len(numbers)
        total += int(lengths[numbers].sum()) if len(numbers) else 0
    return total + max(0, shared - known) * int(lengths.max())


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


def _whole(archive: zipfile.ZipFile, part: str, end: re.Pattern[bytes]) -> Iterator[bytes]:
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


class _Look:
    """What a piece of a sheet holds at all, so that patterns are only used where they find something.

    `is_plain`: attributes as programs write them, ` r="A1"`, every row and cell with its address first. Then `rows` and
    `columns` are the furthest of its addresses.
    """

    def __init__(self, piece: bytes) -> None:
        codes = np.frombuffer(b"\0" * _MARGIN + piece + b"\0" * _MARGIN, np.uint8)
        equals = np.flatnonzero(codes == ord("="))
        spaced = (codes[equals - 1] == ord(" ")) | (codes[equals + 1] == ord(" "))
        is_address = (codes[equals - 1] == ord("r")) & (codes[equals - 2] == ord(" ")) & (codes[equals + 1] == ord('"'))
        starts = equals[is_address] + 2
        column, row = np.zeros(len(starts), np.int64), np.zeros(len(starts), np.int64)
        is_open, is_odd = np.ones(len(starts), dtype=bool), np.zeros(len(starts), dtype=bool)
        for place in range(_LONGEST_ADDRESS):
            signs = codes[starts + place].astype(np.int64)
            is_open &= signs != ord('"')
            if not is_open.any():
                break
            is_letter = is_open & (signs >= ord("A")) & (signs <= ord("Z"))
            is_digit = is_open & (signs >= ord("0")) & (signs <= ord("9"))
            column = np.where(is_letter, column * 26 + signs - 64, column)
            row = np.where(is_digit, row * 10 + signs - 48, row)
            is_odd |= (is_open & ~is_letter & ~is_digit) | (is_letter & (row > 0))
        self.rows, self.columns = int(row.max(initial=0)), int(column.max(initial=0))
        tags = (piece.count(b"<c ") + piece.count(b"<c>") + piece.count(b"<c/"), piece.count(b"<row"))
        is_addressed = tags == (piece.count(b'<c r="'), piece.count(b'<row r="'))
        has_prefix = b":c" in piece or b":row" in piece
        is_strange = _UNUSUAL[codes].any() or spaced.any() or is_open.any() or is_odd.any()
        self.is_plain = is_addressed and not has_prefix and not is_strange
        marks = np.flatnonzero(codes == ord("<"))
        self.has_formulas = bool((codes[marks + 1] == ord("f")).any()) or b":f" in piece


def _look_through(piece: bytes, structure: Structure) -> None:
    # Programs write one space and no other; what they write is told from arrays of bytes, far faster than by patterns.
    look = _Look(piece)
    if look.is_plain:
        structure.rows, structure.columns = max(structure.rows, look.rows), max(structure.columns, look.columns)
        structure.shared += piece.count(b' t="s"')
    else:
        if b"&" in piece and _ODD_ADDRESS.search(piece):
            raise UnreadableSheet("address")
        for match in _ADDRESSES.finditer(piece):
            structure.rows = max(structure.rows, _number(match[2]))
            structure.columns = max(structure.columns, column_number(match[1].decode()))
        for match in _TAGS.finditer(piece):
            if not _HAS_ADDRESS.search(match[2]):
                structure.bare_rows += match[1] == b"row"
                structure.bare_cells += match[1] == b"c"
        structure.shared += len(_SHARED.findall(piece))
    if b"hidden" in piece:
        structure.hidden_rows += [int(match[1]) for match in _HIDDEN_ROW.finditer(piece)]
    if b"mergeCell" in piece:
        structure.merged += [match[1].decode() for match in _MERGED.finditer(piece)]
    for match in _COLUMN.finditer(piece) if b"hidden" in piece else ():
        fields = dict(_ATTRIBUTE.findall(match[1]))
        if fields.get(b"hidden") in (b"1", b"true"):
            low, high = (_number(fields.get(name, b"1")) for name in (b"min", b"max"))
            structure.hidden_columns.append((low, high))
    for address, value, kind in _cells(piece, _FORMULA) if look.has_formulas else ():
        if address and not value and kind != b"str":
            structure.formulas_without_value.add(address)
    for address, value, kind in _cells(piece, _ERROR) if b'"e"' in piece or b"'e'" in piece else ():
        if address and kind == b"e":
            structure.errors[address] = value or "#"


def _cells(piece: bytes, pattern: re.Pattern[bytes]) -> Iterator[tuple[str, str, bytes]]:
    """Address, value and type of every cell with a match in it, once. Goes forward only, however the cells are made."""
    done = 0
    for match in pattern.finditer(piece):
        if match.start() < done:
            continue
        window = max(done, match.start() - 4096)
        start = piece.rfind(b"<c ", window, match.start())
        if start < 0:  # written with a prefix
            start = max((at.start() for at in _CELL_START.finditer(piece, window, match.end())), default=-1)
        end = _CELL_END.search(piece, match.end())
        if end is None:
            return
        done = end.end()
        if start < 0:
            continue
        cell = piece[start : end.start()]
        address, value = _ADDRESS.search(cell), _VALUE.search(cell)
        kind = re.search(rb"\st\s*=\s*[\"'](\w+)", cell[: cell.find(b">")])
        yield (
            address[1].decode() if address else "",
            value[1].decode("utf-8", "replace").strip() if value else "",
            kind[1] if kind else b"",
        )
