"""What stands on a sheet and in no cell: comments, text boxes, pictures, headers and footers of its pages.

Imports the ground floor, `gate` and the template's stamp. Pure. Nothing of it is read as data; who sent it is told.
Parts are looked through only up to a size: what people write there is short.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from cockpit.datasets.intake.gate import pieces
from cockpit.datasets.template.stamp import AUTHOR

_MOST_COMMENTS: Final = 200
_LONGEST_PART: Final = 8 << 20
_TEXT_BOX: Final = re.compile(rb"<(?:\w+:)?t>\s*[^<\s]")  # a shape without a word is an arrow or a frame
_SHAPE: Final = re.compile(rb"</(?:\w+:)?sp>")
_PICTURE: Final = re.compile(rb"<(?:\w+:)?pic[\s>]")
_PAGE_TEXT: Final = re.compile(rb"<(?:\w+:)?(?:odd|even|first)(?:Header|Footer)>([^<]*)<")
# Codes of fonts, page numbers and dates in headers and footers, and the words around page numbers: &C&P / &N, 第&P页.
_PAGE_CODES: Final = re.compile(
    r'&(?:[LCRPNDTFAGZBIUESXYHO]|K[0-9A-F]{6}|K\d\d[+-]\d{3}|\d+|".*?")|[第页共张/\s\d\-]|Page|of'
)


@dataclass(frozen=True)
class Beside:
    """`comments` by address; how many shapes hold words, how many pictures there are, whether its pages have texts."""

    comments: Mapping[str, str] = field(default_factory=dict)
    shapes: int = 0
    pictures: int = 0
    has_page_text: bool = False


def beside(archive: zipfile.ZipFile, part: str, end: bytes) -> Beside:
    """What stands beside the cells of a sheet, by its part and what stands there behind its rows."""
    comments: dict[str, str] = {}
    shapes = pictures = 0
    for kind, target in _relations(archive, part):
        if kind.endswith("/comments"):
            comments |= dict(_comments(_root(archive, target)))
        elif kind.endswith("/drawing"):
            for piece in _SHAPE.split(_head(archive, target)):
                shapes += bool(_TEXT_BOX.search(piece))
                pictures += len(_PICTURE.findall(piece))
    return Beside(comments, shapes, pictures, _has_page_text(end))


def _relations(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[str, str]]:
    """(kind, part) of what belongs to a sheet."""
    folder, name = posixpath.split(part)
    place = posixpath.join(folder, "_rels", f"{name}.rels")
    known = set(archive.namelist())
    root = _root(archive, place) if place in known else None
    for at in root if root is not None else ():
        target = at.get("Target", "")
        full = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        if full in known:
            yield at.get("Type", ""), full


def _head(archive: zipfile.ZipFile, part: str) -> bytes:
    """A part, or as much of it as is looked through."""
    found = b""
    for piece in pieces(archive, part):
        found += piece
        if len(found) > _LONGEST_PART:
            break
    return found


def _root(archive: zipfile.ZipFile, part: str) -> Element | None:
    """A part as a tree; None for what is none, or too long for what people write."""
    content = _head(archive, part)
    if len(content) > _LONGEST_PART:
        return None
    try:
        root: Element = fromstring(content)
    except (ParseError, DefusedXmlException, ValueError):
        return None
    return root


def _comments(root: Element | None) -> Iterator[tuple[str, str]]:
    """(address, text) of comments, without those we wrote ourselves."""
    if root is None:
        return
    authors = [at.text or "" for at in root.iter() if _name(at) == "author"]
    for at in [at for at in root.iter() if _name(at) == "comment"][:_MOST_COMMENTS]:
        place = at.get("authorId", "")
        author = authors[int(place)] if place.isdecimal() and int(place) < len(authors) else ""
        text = "".join(word.text or "" for word in at.iter() if _name(word) == "t").strip()
        if text and author not in ("", AUTHOR):
            yield at.get("ref", ""), text


def _name(at: Element) -> str:
    return at.tag.rpartition("}")[2]


def _has_page_text(end: bytes) -> bool:
    """Whether headers or footers of a sheet's printed pages hold words."""
    texts = _PAGE_TEXT.findall(end)
    return any(_PAGE_CODES.sub("", unescape(text.decode("utf-8", "replace"))).strip() for text in texts)
