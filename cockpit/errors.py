"""The error family: every error says what is wrong, where, and what to do.

Ground floor: imports nothing from the package.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class CockpitError(Exception):
    """Base of all errors raised on purpose; `str(error)` is fit for a log or a terminal.

    Args:
        what: the fault, in one plain clause.
        where: file, record, field, sheet or cell.
        remedy: what the reader should do next.
    """

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        self.what, self.where, self.remedy = what, where, remedy
        parts = [f"{where}: {what}" if where else what]
        if remedy:
            parts.append(remedy)
        told = ". ".join(part.rstrip(".") for part in parts)
        super().__init__(told if told.endswith("?") else f"{told}.")


class RecordError(CockpitError):
    """A policy record is not usable; the start stops here, nothing is skipped."""


class DatasetError(CockpitError):
    """A dataset version is missing, damaged or does not fit the schema."""


def suggest(word: str, known: Iterable[str]) -> str:
    """Return a did-you-mean clause for `word`, or the list of known words when nothing is near."""
    options = sorted(set(known))
    near = difflib.get_close_matches(word, options, n=1, cutoff=0.6)
    if near:
        return f"did you mean {near[0]!r}?"
    return "known: " + ", ".join(options[:20]) + (" …" if len(options) > 20 else "")
