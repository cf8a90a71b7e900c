"""Evidence: looked at for what it is, kept once by its hash, handed out as it was sent."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest

from cockpit.datasets.matters.evidence import NotTaken, keep, read
from cockpit.errors import DatasetError

PDF = b"%PDF-1.7\n..."


def zipped(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COCKPIT_DATA_DIR", str(tmp_path))


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, "pdf"),
        (b"\x89PNG\r\n\x1a\n...", "png"),
        (b"\xff\xd8\xff\xe0...", "jpg"),
        (zipped("[Content_Types].xml", "word/document.xml"), "docx"),
        (zipped("[Content_Types].xml", "xl/workbook.xml"), "xlsx"),
    ],
)
def test_a_file_is_what_it_holds_whatever_its_name(content: bytes, kind: str) -> None:
    kept = keep("现场.txt", content, 1)
    assert (kept.name, kept.kind, kept.size) == ("现场.txt", kind, len(content))
    assert read(kept.sha256) == content


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (PDF + b"x" * (1 << 20), "size"),
        (b"<html><script>", "kind"),
        (b"MZ\x90", "kind"),
        (zipped("anything.txt"), "kind"),
        (b"PK\x03\x04 broken", "kind"),
        (zipped("word/document.xml", "word/vbaProject.bin"), "macros"),
    ],
)
def test_what_is_no_evidence_is_refused_and_not_kept(content: bytes, why: str, tmp_path: Path) -> None:
    with pytest.raises(NotTaken) as told:
        keep("a.pdf", content, 1)
    assert told.value.why == why
    assert not list(tmp_path.rglob("*"))


def test_the_same_bytes_are_there_once_and_for_the_owner_alone(tmp_path: Path) -> None:
    first, second = keep("a.pdf", PDF, 1), keep("b.pdf", PDF, 1)
    assert first.sha256 == second.sha256
    (file,) = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert oct(os.stat(file).st_mode & 0o777) == "0o600"


def test_a_name_with_a_way_or_a_line_in_it_is_a_name(tmp_path: Path) -> None:
    assert keep("../../etc/pass\nwd.pdf", PDF, 1).name == "pass wd.pdf"
    assert keep("C:\\x\\y.pdf", PDF, 1).name == "y.pdf"


def test_a_file_that_was_changed_or_is_gone_is_told(tmp_path: Path) -> None:
    kept = keep("a.pdf", PDF, 1)
    (file,) = [path for path in tmp_path.rglob("*") if path.is_file()]
    file.write_bytes(b"%PDF-other")
    with pytest.raises(DatasetError, match="was changed"):
        read(kept.sha256)
    file.unlink()
    with pytest.raises(DatasetError, match="not there"):
        read(kept.sha256)
    with pytest.raises(DatasetError, match="no such file"):
        read("../" * 21 + "x")
