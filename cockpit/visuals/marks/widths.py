"""How wide a text will be drawn, where the browser is not there to be asked."""

from __future__ import annotations

from cockpit.datasets.fonts import width_of


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Width in px at a size in px, in the first font of the pages."""
    return width_of(text, bold=bold) * size
