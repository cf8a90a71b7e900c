"""The formats of a briefing pack and the steps that lead to them.

Ground for command and app; imports nothing, so that asking costs nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

FORMATS: Final = ("pptx", "docx", "xlsx")
SECTIONS: Final = ("glance", "targets", "gap", "vitality", "per_mu", "chain", "lists", "basis")
# Written in this order: pictures for the document are drawn meanwhile.
ORDER: Final = ("pptx", "xlsx", "docx")


def steps_of(formats: Sequence[str]) -> tuple[str, ...]:
    """The steps of a pack, in order."""
    return (*SECTIONS, *(name for name in ORDER if name in formats))
