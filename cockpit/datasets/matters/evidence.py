"""Files that show how a matter stands (材料): kept by their hash, never changed, never shown on a page.

Imports the ground floor and `store`. What is kept is what was sent; what it is said to be is looked at, not its name.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cockpit.datasets.store.disk import FILE_MODE, make_folder, sync
from cockpit.datasets.store.loading import data_root
from cockpit.errors import DatasetError
from cockpit.texts import visible

_FOLDER: Final = "evidence"
_LONGEST_NAME: Final = 120
_FIRST_BYTES: Final[dict[str, bytes]] = {"pdf": b"%PDF-", "png": b"\x89PNG\r\n\x1a\n", "jpg": b"\xff\xd8\xff"}
_IN_A_ZIP: Final[dict[str, str]] = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
KINDS: Final = (*_FIRST_BYTES, *_IN_A_ZIP)
_MACROS: Final = "vbaproject.bin"
_MOST_PARTS: Final = 5000


class NotTaken(DatasetError):
    """A file is no evidence; `why` ends a phrase key `act.fault.evidence_*`."""

    def __init__(self, why: str, name: str) -> None:
        self.why = why
        super().__init__(f"{name}: {why}", where="evidence", remedy=f"send {', '.join(KINDS)} within the limit")


@dataclass(frozen=True)
class Kept:
    """One file: name as sent, kind, bytes, and the SHA-256 it is kept by."""

    name: str
    kind: str
    size: int
    sha256: str


def keep(name: str, content: bytes, most_mib: int) -> Kept:
    """Keep a file; the same bytes are there once.

    Raises:
        NotTaken: empty, above the limit, of no kind that is taken, or with macros.
    """
    shown = " ".join(visible(Path(name.replace("\\", "/")).name).split())[-_LONGEST_NAME:] or "file"
    if not content:
        raise NotTaken("empty", shown)
    if len(content) > most_mib << 20:
        raise NotTaken("size", shown)
    kept = Kept(shown, _kind_of(content, shown), len(content), hashlib.sha256(content).hexdigest())
    place = _place(kept.sha256)
    if not place.exists():
        make_folder(place.parent)
        part = place.with_suffix(".part")
        part.touch(FILE_MODE)
        part.write_bytes(content)
        sync(part)
        part.replace(place)
    return kept


def read(sha256: str) -> bytes:
    """A file as it was sent.

    Raises:
        DatasetError: it is not there, or is not what it was.
    """
    try:
        content = _place(sha256).read_bytes()
    except OSError:
        raise DatasetError("the file is not there", where="evidence", remedy="restore it from a copy") from None
    if hashlib.sha256(content).hexdigest() != sha256:
        raise DatasetError("the file was changed", where="evidence", remedy="restore it from a copy")
    return content


def _place(sha256: str) -> Path:
    if len(sha256) != hashlib.sha256().digest_size * 2 or not sha256.isalnum():
        raise DatasetError("no such file", where="evidence", remedy="open the matter again")
    return data_root() / _FOLDER / sha256[:2] / sha256


def _kind_of(content: bytes, name: str) -> str:
    for kind, first in _FIRST_BYTES.items():
        if content.startswith(first):
            return kind
    if content.startswith(b"PK\x03\x04"):
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                parts = {part.lower() for part in archive.namelist()[:_MOST_PARTS]}
        except (zipfile.BadZipFile, ValueError, NotImplementedError, UnicodeDecodeError):
            raise NotTaken("kind", name) from None
        if any(part.endswith(_MACROS) for part in parts):
            raise NotTaken("macros", name)
        for kind, inside in _IN_A_ZIP.items():
            if inside in parts:
                return kind
    raise NotTaken("kind", name)
