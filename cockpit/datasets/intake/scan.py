"""What the fast reader does not tell of a sheet: formulas without value, error cells, merged and hidden parts, extent.

Imports the ground floor, `policy`, `parts`, `extent`, `runs` and `styles`. Pure. The parts were counted and searched by
the gate; sheets are looked through as bytes in pieces, because building the cells of 200,000 rows as objects takes a
hundred times as long.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from cockpit.datasets.intake.besides import Beside, beside
from cockpit.datasets.intake.extent import extent, is_too_large, plain_number, text_lengths, text_used
from cockpit.datasets.intake.parts import ROW_END, UnreadableSheet, column_number, sheets, whole
from cockpit.datasets.intake.runs import has_marks, marked_cells
from cockpit.datasets.intake.styles import Look, styles_of
from cockpit.policy.intake_design import IntakeDesign

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
_CELL_END: Final = re.compile(rb"</(?:\w+:)?c>")
_CELL_START: Final = re.compile(rb"<(?:\w+:)?c[\s>]")
_ADDRESS: Final = re.compile(rb"\sr\s*=\s*[\"']([A-Z]{1,3}\d{1,7})[\"']")
_VALUE: Final = re.compile(rb"<(?:\w+:)?v(?:\s[^<>]*)?>([^<]*)<")
# Bytes that do not stand in the tags of ordinary sheets.
_UNUSUAL: Final = (b"'", b"\t", b"\n", b"\r", b"\f", b"\v")
_AFTER_NAME: Final = np.frombuffer(b" >/", np.uint8)
_MARGIN: Final = 16
_LONGEST_ADDRESS: Final = 11


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
    beside: Beside = field(default_factory=Beside)  # what stands on the sheet and in no cell
    looks: dict[str, tuple[Look, ...]] = field(default_factory=dict)  # of cells that show more than they hold
    marked: dict[str, str] = field(default_factory=dict)  # rule by cell: a sign in it is raised, or struck


def scan(archive: zipfile.ZipFile, design: IntakeDesign) -> dict[str, Structure]:
    """Structure of every worksheet, by name.

    Raises:
        UnreadableSheet: workbook and relations do not fit together, or an address is not one.
    """
    found = {}
    styles = styles_of(archive)
    lengths, texts = text_lengths(archive)
    longest = int(lengths.max()) if len(lengths) else 0
    for name, part, is_hidden in sheets(archive):
        structure = Structure(is_hidden=is_hidden)
        piece = b""
        for piece in whole(archive, part, ROW_END):
            _look_through(piece, structure)
            if styles is not None:
                structure.looks.update(styles.find(piece))
                structure.marked.update(styles.find_struck(piece))
            if texts or has_marks(piece):
                structure.marked.update(marked_cells(piece, texts))
        structure.beside = beside(archive, part, piece)
        structure.rows += structure.bare_rows
        structure.columns += structure.bare_cells
        if is_too_large(structure.rows, structure.columns, design):
            structure.rows, structure.columns = extent(archive, part, design)
        structure.text = structure.shared * longest
        if structure.text > design.limit("text_mib") << 20:
            structure.text = text_used(archive, part, structure.shared, lengths)
        found[name] = structure
    return found


class _Bytes:
    """What a piece of a sheet holds at all, so that patterns are only used where they find something.

    `is_plain`: attributes as programs write them, ` r="A1"`, every row and cell with its address first. Then `rows` and
    `columns` are the furthest of its addresses, and `shared` counts cells with a shared text.
    """

    def __init__(self, piece: bytes) -> None:
        codes = np.frombuffer(b"\0" * _MARGIN + piece + b"\0" * _MARGIN, np.uint8)
        equals = np.flatnonzero(codes == ord("="))
        before, after = codes[equals - 1], codes[equals + 1]
        spaced = (before == ord(" ")) | (after == ord(" "))
        is_address = (before == ord("r")) & (codes[equals - 2] == ord(" ")) & (after == ord('"'))
        is_text = (before == ord("t")) & (codes[equals - 2] == ord(" ")) & (after == ord('"'))
        # Addresses sign by sign, all at once; those that have come to their quotation mark leave.
        at = equals[is_address] + 2
        column, row = np.zeros(len(at), np.int64), np.zeros(len(at), np.int64)
        self.rows = self.columns = 0
        is_odd = False
        for _ in range(_LONGEST_ADDRESS):
            signs = codes[at]
            is_open = signs != ord('"')
            if not is_open.all():
                self.rows = max(self.rows, int(row[~is_open].max()))
                self.columns = max(self.columns, int(column[~is_open].max()))
                at, column, row, signs = at[is_open], column[is_open], row[is_open], signs[is_open]
            if not len(at):
                break
            letters, digits = signs - np.uint8(ord("A")), signs - np.uint8(ord("0"))  # of others they wrap around
            is_letter, is_digit = letters < 26, digits < 10
            is_odd |= bool((~(is_letter | is_digit) | (is_letter & (row > 0))).any())
            column = np.where(is_letter, column * 26 + letters + 1, column)
            row = np.where(is_digit, row * 10 + digits, row)
            at = at + 1
        marks = np.flatnonzero(codes == ord("<"))
        first, second, third = (codes[marks + place] for place in (1, 2, 3))
        cells = marks[(first == ord("c")) & np.isin(second, _AFTER_NAME)] + len("<c")
        lines = marks[(first == ord("r")) & (second == ord("o")) & (third == ord("w"))] + len("<row")
        tags = np.concatenate([cells, lines])
        is_addressed = all((codes[tags + place] == sign).all() for place, sign in enumerate(b' r="'))
        behind_colon = codes[np.flatnonzero(codes == ord(":")) + 1]
        has_prefix = (behind_colon == ord("c")).any() or (behind_colon == ord("r")).any()
        is_strange = any(sign in piece for sign in _UNUSUAL) or spaced.any() or len(at) or is_odd
        self.is_plain = is_addressed and not has_prefix and not is_strange
        self.shared = int((is_text & (codes[equals + 2] == ord("s")) & (codes[equals + 3] == ord('"'))).sum())
        self.has_formulas = bool((first == ord("f")).any() or (behind_colon == ord("f")).any())


def _look_through(piece: bytes, structure: Structure) -> None:
    # Programs write one space and no other; what they write is told from arrays of bytes, far faster than by patterns.
    look = _Bytes(piece)
    if look.is_plain:
        structure.rows, structure.columns = max(structure.rows, look.rows), max(structure.columns, look.columns)
        structure.shared += look.shared
    else:
        if b"&" in piece and _ODD_ADDRESS.search(piece):
            raise UnreadableSheet("address")
        for match in _ADDRESSES.finditer(piece):
            structure.rows = max(structure.rows, plain_number(match[2]))
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
            low, high = (plain_number(fields.get(name, b"1")) for name in (b"min", b"max"))
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
