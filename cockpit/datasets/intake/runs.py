"""Texts of a workbook written in several looks: raised and struck signs that run into the figure beside them.

Imports nothing of the package. Pure. A 1 with a raised 9 reaches the reader as 19, and a struck 1 before 7 as 17. Texts
are looked at as bytes, and only where such a look is set at all.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Final

_LONGEST: Final = 1 << 16  # of a text with its looks; a figure takes a few hundred bytes
_TEXT_END: Final = re.compile(rb"</(?:\w+:)?si>")
_INLINE_END: Final = re.compile(rb"</(?:\w+:)?is>")
_RUN_END: Final = re.compile(rb"</(?:\w+:)?r>")
_WORDS: Final = re.compile(rb"<(?:\w+:)?t(?:\s[^<>]*)?>([^<]*)<")
_STRUCK: Final = re.compile(rb"<(?:\w+:)?strike(?:\s*/?>|\s+val\s*=\s*[\"'](?:1|true)[\"'])")
_RAISED: Final = re.compile(rb"<(?:\w+:)?vertAlign\s[^<>]*?val\s*=\s*[\"'](?:superscript|subscript)[\"']")
_CELL: Final = re.compile(rb"<(?:\w+:)?c(?=\s)[^<>]*?\sr\s*=\s*[\"']([A-Z]{1,3}\d{1,7})[\"']")
_SHARED: Final = re.compile(
    rb"<(?:\w+:)?c(?=\s)(?=[^<>]*?\st\s*=\s*[\"']s[\"'])[^<>]*?\sr\s*=\s*[\"']([A-Z]{1,3}\d{1,7})[\"'][^<>]*>"
    rb"\s*<(?:\w+:)?v(?:\s[^<>]*)?>\s*(\d{1,9})\s*<"
)


def has_marks(piece: bytes) -> bool:
    """Whether a raised or struck look is set anywhere."""
    return b"vertAlign" in piece or b"strike" in piece


def marked_texts(piece: bytes, first: int) -> Iterator[tuple[int, str]]:
    """(number, rule) of the shared texts of a piece with such signs; its first text has the number `first`."""
    last = 0
    for number, match in enumerate(_TEXT_END.finditer(piece), start=first):
        if rule := _rule(piece[last : match.start()]):
            yield number, rule
        last = match.end()


def marked_cells(piece: bytes, texts: Mapping[int, str]) -> Iterator[tuple[str, str]]:
    """(address, rule) of the cells of a piece of a sheet that hold such a text, their own or a shared one."""
    for match in _SHARED.finditer(piece) if texts else ():
        if rule := texts.get(int(match[2])):
            yield match[1].decode(), rule
    if not has_marks(piece):
        return
    last = 0
    for end in _INLINE_END.finditer(piece):
        cell = next(iter(deque(_CELL.finditer(piece, last, end.start()), 1)), None)  # the last before the text
        last = end.end()
        if cell and (rule := _rule(piece[cell.end() : end.start()])):
            yield cell[1].decode(), rule


def _rule(text: bytes) -> str:
    """What has to be said of a text with its looks: `struck_out`, `footnote_mark` or nothing."""
    if len(text) > _LONGEST or not has_marks(text):
        return ""
    runs = _RUN_END.split(text)
    words = [unescape(b"".join(_WORDS.findall(run)).decode("utf-8", "replace")) for run in runs]
    if any(word.strip() and _STRUCK.search(run) for run, word in zip(runs, words, strict=True)):
        return "struck_out"
    said = [(run, word.strip()) for run, word in zip(runs, words, strict=True) if word.strip()]
    for at, (run, word) in enumerate(said):
        # Raised behind a letter it is part of a unit: km².
        before = said[at - 1][1][-1:] if at else ""
        behind = said[at + 1][1][:1] if at + 1 < len(said) else ""
        is_beside = before.isdigit() or before == "." or (not before and (behind.isdigit() or behind == "."))
        if is_beside and any(map(str.isdigit, word)) and _RAISED.search(run):
            return "footnote_mark"
    return ""
