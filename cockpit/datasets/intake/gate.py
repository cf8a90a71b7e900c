"""The gate: says what a file is and refuses what could do harm, before anything reads it.

May import the ground floor, `policy` and `findings`. Pure: bytes in, a kind or a refusal out. A workbook is a zip file
of XML: its parts are inflated here in small pieces and counted, whatever its directory claims, and searched for the
declarations that XML attacks need; no parser sees a part before that.
"""

from __future__ import annotations

import codecs
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePath
from typing import Final, Literal

from cockpit.datasets.findings import Finding, Upload
from cockpit.phrases import phrase
from cockpit.policy.intake_design import IntakeDesign
from cockpit.vocabulary import Text

FileKind = Literal["xlsx", "csv", "parquet"]
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PARQUET: Final = b"PAR1"
_MIB: Final = 1 << 20
_PIECE: Final = 1 << 20
_DECLARATION: Final = re.compile(rb"<!\s*(DOCTYPE|ENTITY)|<\0!\0|\0<\0!", re.IGNORECASE)
_BINARY: Final = re.compile(rb"[\x00-\x08\x0e-\x1f]")
# What native readers and parsers say of memory they were refused.
_NO_MEMORY: Final = (
    "out of memory", "memory allocation", "cannot allocate memory", "bad_alloc", "capacity overflow", "error -4 ",
)  # fmt: skip
_WORKBOOKS: Final = (".xlsx", ".xls", ".xlsm", ".xlsb", ".et", ".ods")
# Endings under which people keep each kind of file.
_ENDINGS: Final[dict[FileKind, tuple[str, ...]]] = {
    "xlsx": (".xlsx", ".xlsm"),
    "csv": (".csv", ".txt", ".tsv"),
    "parquet": (".parquet",),
}
# What other programs save under a workbook's name, by how it begins (without blanks, in small letters).
_PAGE_STARTS: Final = ("<html", "<!doctype html", "<table", "<head", "<meta", "<body", "<style", "mime-version:")
_SPREADSHEET_XML: Final = "urn:schemas-microsoft-com:office:spreadsheet"
_LONGEST_ENDING: Final = 12
_LOOKED_AT: Final = 4096
_OLD_BINARY: Final = (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00\x04\x00")  # xls before its container


def judge(upload: Upload, design: IntakeDesign) -> FileKind | Finding:
    """What the file is, or why it is refused.

    A file is judged by its bytes. Text has no signature: what is called a workbook is none.
    """
    content = upload.content
    size = len(content)
    if size > design.limit("file_mib") * _MIB:
        return _refuse(upload, "too_large", size=f"{size / _MIB:.0f}", limit=design.limit("file_mib"))
    if not content.strip():
        return _refuse(upload, "no_content")
    if content.startswith(_OLE):
        return _refuse(upload, "password" if "EncryptedPackage".encode("utf-16-le") in content else "old_workbook")
    if content.startswith(_PARQUET):
        return "parquet"
    if content.startswith(b"PK"):
        return _judge_zip(upload, design)
    if content.startswith(_OLD_BINARY):
        return _refuse(upload, "old_workbook")
    if content.startswith(b"%PDF"):
        return _refuse(upload, "other_file", kind=phrase("intake.kind_of_file.pdf"))
    is_text = bool(wide_encoding(content)) or not _BINARY.search(content)
    if is_text and (kind := _markup(content)):
        return _refuse(upload, "other_file", kind=phrase(f"intake.kind_of_file.{kind}"))
    if is_text and not upload.name.casefold().endswith(_WORKBOOKS):
        return "csv"
    if is_text and any(sign in content[:_LOOKED_AT] for sign in (b"\t", b",", b";")):
        return _refuse(upload, "text_as_workbook")
    return _refuse(upload, "not_a_table_file")


def other_ending(upload: Upload, kind: FileKind) -> Finding | None:
    """What there is to say of a name whose ending is that of another kind of file; a name may have none."""
    ending = PurePath(upload.name).suffix
    if not ending or ending.casefold() in _ENDINGS[kind]:
        return None
    values = {"ending": ending[:_LONGEST_ENDING], "kind": phrase(f"intake.kind_of_file.{kind}")}
    return Finding(upload.name, "", "", "", "other_ending", "warning", values)


def _markup(content: bytes) -> str:
    """Which kind of marked-up text a file is: `page` (HTML), `xml`, or "" for plain text."""
    head = content[:_LOOKED_AT].decode(wide_encoding(content) or "utf-8", "replace")
    start = head.lstrip("\ufeff \t\r\n").casefold()
    if start.startswith(_PAGE_STARTS) or (start.startswith("<") and "<table" in start):
        return "page"
    if start.startswith("<?xml") or _SPREADSHEET_XML in start:
        return "page" if "<html" in start else "xml"
    return ""


def wide_encoding(content: bytes) -> str:
    """The encoding of two or four bytes a sign that a text begins with, "" for none."""
    if content.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):  # the first begins as that of two bytes does
        return "utf-32"
    return "utf-16" if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else ""


def _refuse(upload: Upload, rule: str, **values: object) -> Finding:
    return Finding(upload.name, "", "", "", rule, "refusal", values)


def is_memory(error: BaseException | None) -> bool:
    """Whether a fault, or one it was made of, is that of a reader that could not have the memory it asked for."""
    while error is not None:
        words = str(error).casefold()
        if isinstance(error, MemoryError) or any(word in words for word in _NO_MEMORY):
            return True
        error = error.__cause__ or error.__context__
    return False


def bomb_size(design: IntakeDesign) -> dict[str, object]:
    """Values of `zip_bomb` for what is too large once unpacked."""
    said, limit = phrase("intake.bomb.size"), design.limit("unpacked_mib")
    return {"why": Text(said.zh.format(limit=limit), said.en.format(limit=limit))}


def _bomb_ratio(design: IntakeDesign) -> dict[str, object]:
    said, limit = phrase("intake.bomb.ratio"), design.limit("ratio")
    return {"why": Text(said.zh.format(limit=limit), said.en.format(limit=limit))}


def pieces(archive: zipfile.ZipFile, part: zipfile.ZipInfo | str) -> Iterator[bytes]:
    """A part in pieces of a MiB, never whole."""
    with archive.open(part) as file:
        while piece := file.read(_PIECE):
            yield piece


def plain_names(content: bytes) -> bytes:
    """A workbook with slashes in the names of its parts, where some programs write backslashes. After `judge` only."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if not any("\\" in name for name in archive.namelist()):
            return content
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as copy:
            for part in archive.infolist():
                with copy.open(part.filename.replace("\\", "/"), "w") as file:
                    for piece in pieces(archive, part):
                        file.write(piece)
    return stream.getvalue()


def _judge_zip(upload: Upload, design: IntakeDesign) -> FileKind | Finding:
    try:
        with zipfile.ZipFile(io.BytesIO(upload.content)) as archive:
            return _judge_parts(upload, archive, design) or "xlsx"
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, RuntimeError) as error:
        if is_memory(error):
            raise MemoryError from error
        return _refuse(upload, "password" if "encrypted" in str(error) else "damaged")


def _judge_parts(upload: Upload, archive: zipfile.ZipFile, design: IntakeDesign) -> Finding | None:
    return _judge_names(upload, archive, design) or _judge_contents(upload, archive, design)


def _judge_names(upload: Upload, archive: zipfile.ZipFile, design: IntakeDesign) -> Finding | None:
    """What the names and the stated sizes of the parts refuse, before any is unpacked."""
    parts = archive.infolist()
    names = [part.filename.replace("\\", "/").casefold() for part in parts]
    if len(parts) > design.limit("parts"):
        return _refuse(upload, "too_many_parts", count=len(parts), limit=design.limit("parts"))
    if "xl/workbook.bin" in names or "mimetype" in names:
        return _refuse(upload, "other_workbook")
    if any("vbaproject" in name or "/activex/" in name or "/macrosheets/" in name for name in names):
        return _refuse(upload, "macros")
    if any("/externallinks/" in name or name.endswith("/connections.xml") for name in names):
        return _refuse(upload, "external_links")
    if any("/embeddings/" in name or "/oleobject" in name for name in names):
        return _refuse(upload, "embedded")  # whatever it is, nobody has looked into it
    if "word/document.xml" in names:
        return _refuse(upload, "other_file", kind=phrase("intake.kind_of_file.word"))
    if not {"xl/workbook.xml", "workbook.xml"} & set(names) or "[content_types].xml" not in names:
        return _refuse(upload, "not_a_table_file")
    if len(set(names)) < len(names):
        return _refuse(upload, "damaged")
    if sum(part.file_size for part in parts) > design.limit("unpacked_mib") * _MIB:
        return _refuse(upload, "zip_bomb", **bomb_size(design))
    return None


def _judge_contents(upload: Upload, archive: zipfile.ZipFile, design: IntakeDesign) -> Finding | None:
    """What the parts hold, unpacked piece by piece and never kept."""
    unpacked = 0
    for part in archive.infolist():
        if part.flag_bits & 1:
            return _refuse(upload, "password")
        size, tail = 0, b""
        for piece in pieces(archive, part):
            size += len(piece)
            if unpacked + size > design.limit("unpacked_mib") * _MIB:
                return _refuse(upload, "zip_bomb", **bomb_size(design))
            if size > _MIB and size > design.limit("ratio") * max(part.compress_size, 1):
                return _refuse(upload, "zip_bomb", **_bomb_ratio(design))
            if part.filename.casefold().endswith((".xml", ".rels", ".vml")):
                # Finding two bytes is a hundred times as fast as the pattern, which almost never has anything to find.
                told = tail + piece
                if (b"<!" in told or b"\0" in told) and _DECLARATION.search(told):
                    return _refuse(upload, "xml_entities")
                if part.filename == "[Content_Types].xml" and b"macroEnabled" in tail + piece:
                    return _refuse(upload, "macros")
                tail = piece[-32:]
        unpacked += size
    return None
