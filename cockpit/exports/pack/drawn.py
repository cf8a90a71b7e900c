"""Plates as native shapes of a slide: outlines that can be moved and coloured, words that can be written over.

Pure: a plate and a box in, shapes out.
"""

from __future__ import annotations

from typing import Any, Final

from cockpit.exports.pack.fitting import fit_text, width_of
from cockpit.exports.pack.master import add_text, emu, rgb_of
from cockpit.exports.pack.model import Form, Plate, Sign
from cockpit.visuals.marks.palette import TOKENS

_SIZES: Final = (11.0, 10.5, 10.0, 9.5, 9.0, 8.5, 8.0, 7.5, 7.0)
_KEYS: Final = 22.0  # points under the drawing for the legend
_EMU: Final = 12700
_INK: Final = TOKENS["light"]


def add_plate(slide: Any, plate: Plate, box: tuple[int, int, int, int]) -> None:
    """Draw a plate as large as it fits into a box (EMU), its legend below."""
    left, top, width, height = (side / _EMU for side in box)
    head = max((-sign.y for sign in plate.signs if sign.y < 0), default=0.0) + (12.0 if _has_head(plate) else 0.0)
    scale = min(width / plate.width, (height - _KEYS) / (plate.height + head))
    across, down = left + (width - plate.width * scale) / 2, top + head * scale

    def at(x: float, y: float) -> tuple[float, float]:
        return across + x * scale, down + y * scale

    for number, form in enumerate(plate.forms):
        made = _form(slide, form, at)
        if not number:
            made._element.nvSpPr.cNvPr.set("descr", plate.alt)
    for sign in plate.signs:
        _sign(slide, sign, at, scale)
    _legend(slide, plate, left, top + height - _KEYS + 4, width)


def _has_head(plate: Plate) -> bool:
    return any(sign.y < 0 for sign in plate.signs)


def _form(slide: Any, form: Form, at: Any) -> Any:
    made: Any = None
    for ring in form.rings:
        points = [tuple(emu(side) for side in at(*point)) for point in ring]
        if made is None:
            made = slide.shapes.build_freeform(*points[0], scale=1.0)
        else:
            made.move_to(*points[0])
        made.add_line_segments(points[1:], close=bool(form.fill))
    shape = made.convert_to_shape()
    if form.fill:
        shape.fill.solid()
        shape.fill.fore_color.rgb = rgb_of(form.fill)
    else:
        shape.fill.background()
    shape.line.color.rgb = rgb_of(form.line)
    shape.line.width = emu(form.width)
    shape.shadow.inherit = False
    return shape


def _sign(slide: Any, sign: Sign, at: Any, scale: float) -> None:
    lines = sign.text.split("\n")
    x, y = at(sign.x, sign.y)
    room = sign.room * scale if sign.room else 999.0
    size = fit_text([sign.text], room, 30.0, _SIZES) if sign.room else _SIZES[2]
    wide = room if sign.room else max(width_of(line, bold=True) for line in lines) * size + 8
    tall = 30.0 if sign.room else len(lines) * size * 1.3
    made = add_text(
        slide,
        (emu(x - wide / 2), emu(y - tall / 2), emu(wide), emu(tall)),
        [(line, size, sign.colour, sign.is_bold) for line in lines],
        align="c",
        name="Name",
    )
    from pptx.enum.text import MSO_ANCHOR

    made.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE


def _legend(slide: Any, plate: Plate, left: float, top: float, width: float) -> None:
    x = left
    for colour, words in plate.keys:
        wide = width_of(words) * 10.0 + 34
        if x + wide > left + width:
            return
        corners = ((x, top + 2), (x + 16, top + 2), (x + 16, top + 12), (x, top + 12))
        _form(slide, Form((corners,), _INK["rule-strong"], colour, 0.5), lambda *point: point)
        add_text(
            slide, (emu(x + 20), emu(top), emu(wide - 20), emu(15)), [(words, 10.0, _INK["ink2"], False)], name="Key"
        )
        x += wide
