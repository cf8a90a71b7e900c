"""Packs of the tests, written once each, and how a spreadsheet reads a number format."""

from __future__ import annotations

import base64
import io
import re
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook
from pptx import Presentation

from cockpit.analysis.selection import Selection
from cockpit.briefings import Desk, brief, open_desk
from cockpit.briefings.demonstrating import place_story
from cockpit.exports.pack.building import build
from cockpit.exports.pack.document import write_document
from cockpit.exports.pack.model import Pack, Picture
from cockpit.exports.pack.slides import write_slides
from cockpit.exports.pack.workbook import write_workbook
from cockpit.rights import ALL
from cockpit.vocabulary import Language

DAY = date(2026, 11, 23)
CASES: dict[str, tuple[str, Selection, Language]] = {
    "demo": ("demo", Selection("2025", scope=ALL), "zh"),
    "public": ("public", Selection("2022", scope=ALL), "en"),
    "one prefecture": ("demo", Selection("2025", prefectures=("330900",), scope=ALL), "en"),
    "within the year": ("demo", Selection("2026-09", scope=ALL), "zh"),
}
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@dataclass(frozen=True, eq=False)
class Made:
    desk: Desk
    pack: Pack
    pptx: bytes
    docx: bytes
    xlsx: bytes

    @property
    def deck(self) -> Any:
        return Presentation(io.BytesIO(self.pptx))

    @property
    def document(self) -> Any:
        return Document(io.BytesIO(self.docx))

    @property
    def book(self) -> Any:
        return load_workbook(io.BytesIO(self.xlsx))


def pixel(figure: Picture) -> bytes:
    return PIXEL


@contextmanager
def told() -> Iterator[None]:
    """A log that holds the demonstration's matters."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("COCKPIT_DATABASE_URL", f"sqlite:///{folder}/matters.sqlite")
        assert place_story()
        yield


@lru_cache(maxsize=8)
def made(case: str) -> Made:
    name, selection, language = CASES[case]
    desk = open_desk(name)
    with told():
        pack = build(desk, selection, DAY, language)
    return Made(desk, pack, write_slides(pack), write_document(pack, pixel), write_workbook(pack, pixel))


def briefing_of(case: str) -> Any:
    name, selection, _ = CASES[case]
    return brief(open_desk(name), selection, DAY)


def as_shown(value: float, code: str) -> str:
    """What a spreadsheet shows of a value under one of the formats used: [+]0[.00], thousands, words in quotes."""
    sections = code.split(";")
    section = sections[0] if value > 0 or len(sections) == 1 else sections[2 if value == 0 else 1]
    match = re.fullmatch(r'(?:"([^"]*)")?(\+|"−")?(#,##0|0)(\.0+)?(?:"([^"]*)")?', section)
    assert match, code
    lead, sign, body, decimals, tail = (part or "" for part in match.groups())
    places = max(len(decimals) - 1, 0)
    digits = f"{abs(value):{',' if ',' in body else ''}.{places}f}"
    plain = "-" if value < 0 and len(sections) == 1 else ""
    return f"{lead}{plain}{sign.strip(chr(34))}{digits}{tail}"


def embedded(pptx: bytes) -> Iterator[Any]:
    """The workbooks behind the charts of a deck."""
    with zipfile.ZipFile(io.BytesIO(pptx)) as parts:
        for name in parts.namelist():
            if name.startswith("ppt/embeddings/"):
                yield load_workbook(io.BytesIO(parts.read(name)))
