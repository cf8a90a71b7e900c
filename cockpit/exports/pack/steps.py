"""The formats of a briefing pack and the steps that lead to them.

Ground for command and app; imports nothing, so that asking costs nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

FORMATS: Final = ("pptx", "docx", "xlsx")
SECTIONS: Final = (
    "glance", "gap", "lists", "actions", "map", "targets", "plan", "vitality", "per_mu", "chain", "basis",
)  # fmt: skip
LENGTHS: Final = ("full", "short")
_SHORT: Final = ("glance", "gap", "lists", "map")  # with the cover five slides
# Written in this order: pictures for the document are drawn meanwhile.
ORDER: Final = ("pptx", "xlsx", "docx")


def sections_of(length: str) -> tuple[str, ...]:
    """The sections of a pack, in order: the verdicts, their cause and what waits for a decision first."""
    return _SHORT if length == "short" else SECTIONS


def steps_of(formats: Sequence[str], length: str = LENGTHS[0]) -> tuple[str, ...]:
    """The steps of a pack, in order."""
    return (*sections_of(length), *(name for name in ORDER if name in formats))
