"""QR codes of public addresses, by segno: level Q, quiet zone of four modules, dark on white in every theme.

Pure. Level Q survives a fold or a coffee stain on a printed sheet (a quarter of the code), and is never raised
silently, so that the modules of all sheets are alike.
"""

from __future__ import annotations

import io
from functools import lru_cache
from typing import Final

import segno

from cockpit.visuals.marks.markup import Markup

QUIET_ZONE: Final = 4
_DARK, _LIGHT = "#0E1A1F", "#FFFFFF"  # the same on dark paper: scanners want dark on light


@lru_cache(maxsize=1024)
def svg(text: str, title: str = "", dark: str = _DARK) -> Markup:
    """The code as an SVG without a size of its own (viewBox in modules), white plate and quiet zone included."""
    code = segno.make_qr(text, error="q", boost_error=False)
    out = io.BytesIO()
    code.save(
        out,
        kind="svg",
        border=QUIET_ZONE,
        dark=dark,
        light=_LIGHT,
        xmldecl=False,
        omitsize=True,
        nl=False,
        title=title or None,
        svgclass=None,
        lineclass=None,
    )
    return Markup(out.getvalue().decode("utf-8"))  # segno escapes the title; the rest are its own modules
