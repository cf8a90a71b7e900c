"""The packs opened by LibreOffice, a reader that knows nothing of how they were written: pages, and every text on them.

Run by `make test-office`; skipped where LibreOffice or poppler is not installed.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from cockpit.exports.pack.fitting import text_of
from tests.exports.packs import CASES, made

pytestmark = [
    pytest.mark.office,
    pytest.mark.skipif(
        not (shutil.which("soffice") and shutil.which("pdftotext")), reason="LibreOffice or poppler-utils is missing"
    ),
]


def read(raw: bytes, kind: str, folder: Path) -> list[str]:
    """Text of every page of the file as LibreOffice prints it, without the white between the words."""
    path = folder / f"pack.{kind}"
    path.write_bytes(raw)
    office = [f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
    subprocess.run(
        ["soffice", *office, "--outdir", str(folder), str(path)], check=True, capture_output=True, timeout=120
    )
    told = subprocess.run(["pdftotext", "-layout", str(folder / "pack.pdf"), "-"], check=True, capture_output=True)
    return [squeezed(page) for page in told.stdout.decode("utf-8").split("\f")[:-1]]


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def missing(texts: list[str], page: str) -> list[str]:
    """Words and figures that are not on the page, and Chinese signs that stand there too seldom.

    Lines of neighbouring cells may stand between those of one, so that longer stretches are not looked for.
    """
    whole = "\n".join(texts)
    words = {word for word in re.findall(r"[A-Za-z]{4,}|\d[\d,.]*\d", whole) if word not in page}
    there = Counter(page)
    signs = {sign for sign, count in Counter(re.findall(r"[一-鿿]", whole)).items() if there[sign] < count}
    return sorted(words | signs)


@pytest.mark.parametrize("case", CASES)
def test_every_slide_is_one_page_with_its_table_statement_and_footnote(case: str, tmp_path: Path) -> None:
    whole = made(case)
    pages = read(whole.pptx, "pptx", tmp_path)
    slides: list[Any] = list(whole.deck.slides)
    assert len(pages) == len(slides)
    for page, slide in zip(pages, slides, strict=True):
        texts = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
        texts += [
            cell.text for shape in slide.shapes if shape.has_table for row in shape.table.rows for cell in row.cells
        ]
        assert not missing(texts, page), slide.shapes.title.text
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= whole.deck.slide_width
            assert shape.top + shape.height <= whole.deck.slide_height, shape.name


@pytest.mark.parametrize("case", CASES)
def test_paper_and_sheets_lose_no_text(case: str, tmp_path: Path) -> None:
    whole = made(case)
    paper = read(whole.docx, "docx", tmp_path)
    assert 5 <= len(paper) <= 30
    version = whole.desk.dataset.manifest.version
    assert all(version in page and whole.pack.simulated in page for page in paper), "header and footer on every page"
    texts = [text for section in whole.pack.sections for text in (section.title, section.lead, section.foot)]
    texts += [text for section in whole.pack.sections if section.statement for _, text in section.statement.parts]
    texts += [
        text_of(cell)
        for section in whole.pack.sections
        for table in section.tables
        for row in table.brief(narrow=True)[1]
        for cell in row
    ]
    assert not missing(texts, "".join(paper))
    sheets = "".join(read(whole.xlsx, "xlsx", tmp_path))
    figures = [
        text_of(cell)
        for section in whole.pack.sections
        for table in section.tables
        for row in table.rows
        for cell in row
    ]
    assert not missing(figures, sheets), "figures read as on screen, through the sheet's own number formats"
