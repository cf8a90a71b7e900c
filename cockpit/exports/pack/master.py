"""The master of the slides: theme, two layouts, and text boxes on them.

Pure. Faces, colours and places are set here once; slides only fill them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from cockpit.exports.pack.charts import FACE
from cockpit.exports.pack.fitting import LINE
from cockpit.exports.tables import clean
from cockpit.visuals.marks.palette import MARK_COLOURS, TOKENS
from cockpit.vocabulary import Status

WIDTH, HEIGHT = 960.0, 540.0  # 16:9, points
LEFT: Final = 40.0
INNER: Final = WIDTH - 2 * LEFT
_EMU: Final = 12700  # of a point
_INK: Final = TOKENS["light"]


def emu(points: float) -> int:
    return round(points * _EMU)


def box_of(left: float, top: float, width: float, height: float) -> tuple[int, int, int, int]:
    return emu(left), emu(top), emu(width), emu(height)


def rgb_of(colour: str) -> Any:
    from pptx.dml.color import RGBColor

    make: Any = RGBColor.from_string
    return make(colour.removeprefix("#"))


def dress_master(deck: Any) -> None:
    """Colours, fonts and geometry of the theme; two layouts are left, cover and content."""
    from pptx.opc.constants import RELATIONSHIP_TYPE as KIND

    master = deck.slide_masters[0]
    theme = master.part.part_related_by(KIND.THEME)
    theme._blob = _theme(theme.blob.decode("utf-8")).encode("utf-8")
    for layout in [item for number, item in enumerate(master.slide_layouts) if number not in (0, 5)]:
        master.slide_layouts.remove(layout)
    master.background.fill.solid()
    master.background.fill.fore_color.rgb = rgb_of(_INK["panel"])
    for holder in list(master.placeholders):
        if holder.placeholder_format.type not in (1, 2):  # title and body; date, footer and number are drawn here
            holder._element.getparent().remove(holder._element)
    cover, content = master.slide_layouts
    for layout in (cover, content):
        for holder in list(layout.placeholders):
            if holder.placeholder_format.idx > 1:
                holder._element.getparent().remove(holder._element)
    _place(master.placeholders[0], LEFT, 22, INNER - 90, 40, 26, True)
    _place(content.placeholders[0], LEFT, 22, INNER - 90, 40, 26, True)
    _place(cover.placeholders[0], 72, 140, WIDTH - 144, 70, 30, True)
    _place(cover.placeholders[1], 72, 214, WIDTH - 144, 40, 20, False)
    _bar(master, 0, 0, 12, HEIGHT, _INK["primary"])
    _bar(content, LEFT, 90, INNER, 0.75, _INK["rule-strong"])
    _bar(content, LEFT, 500, INNER, 0.75, _INK["rule"])
    number = add_text(content, box_of(WIDTH - LEFT - 60, 506, 60, 20), [("", 9, _INK["ink3"], False)], align="r")
    _number_field(number)


def _theme(xml: str) -> str:
    """The default theme with our colours and faces."""
    colours = {
        "dk1": _INK["ink"], "lt1": _INK["panel"], "dk2": _INK["primary"], "lt2": _INK["paper"],
        "accent1": _INK["fill"], "accent2": MARK_COLOURS["light"][Status.BEHIND][0],
        "accent3": MARK_COLOURS["light"][Status.ON_TRACK][0], "accent4": MARK_COLOURS["light"][Status.MISSED][0],
        "accent5": _INK["band"], "accent6": _INK["ink3"], "hlink": _INK["primary"], "folHlink": _INK["ink2"],
    }  # fmt: skip
    for name, colour in colours.items():
        inner = f'<a:srgbClr val="{colour.removeprefix("#")}"/>'
        xml = re.sub(rf"(<a:{name}>).*?(</a:{name}>)", rf"\g<1>{inner}\g<2>", xml, flags=re.DOTALL)
    fonts = (
        f'<a:latin typeface="{FACE}"/><a:ea typeface="{FACE}"/><a:cs typeface=""/>'
        '<a:font script="Hans" typeface="Noto Sans CJK SC"/>'
    )
    for kind in ("majorFont", "minorFont"):
        xml = re.sub(rf"(<a:{kind}>).*?(</a:{kind}>)", rf"\g<1>{fonts}\g<2>", xml, flags=re.DOTALL)
    return xml


def _place(holder: Any, left: float, top: float, width: float, height: float, size: float, bold: bool) -> None:
    from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
    from pptx.oxml.ns import qn
    from pptx.util import Pt

    holder.left, holder.top, holder.width, holder.height = box_of(left, top, width, height)
    frame = holder.text_frame
    frame.word_wrap = True
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    frame.margin_left = frame.margin_right = 0
    # Defaults of the placeholder, so that what is typed later looks the same.
    styles = frame._txBody.find(qn("a:lstStyle"))
    for child in list(styles):
        styles.remove(child)
    level = styles.makeelement(qn("a:lvl1pPr"), {"algn": "l", "marL": "0", "indent": "0"})
    level.append(level.makeelement(qn("a:buNone"), {}))
    defaults = level.makeelement(qn("a:defRPr"), {"sz": str(int(size * 100)), "b": "1" if bold else "0"})
    level.append(defaults)
    styles.append(level)
    for paragraph in frame.paragraphs:
        paragraph.alignment = PP_ALIGN.LEFT
        paragraph.font.size, paragraph.font.bold = Pt(size), bold


def _bar(owner: Any, left: float, top: float, width: float, height: float, colour: str) -> None:
    """A filled rectangle on the master or a layout, which offer no shapes of their own."""
    from pptx.oxml import parse_xml

    x, y, across, down = box_of(left, top, width, height)
    tree = owner.shapes._spTree
    number = max(int(item.get("id")) for item in tree.iter() if item.tag.endswith("}cNvPr")) + 1
    shape = parse_xml(
        '<p:sp xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        f'<p:nvSpPr><p:cNvPr id="{number}" name="Rule {number}"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr>'
        f'<p:spPr><a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{across}" cy="{down}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        f'<a:solidFill><a:srgbClr val="{colour.removeprefix("#")}"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr>'
        "<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:endParaRPr/></a:p></p:txBody></p:sp>"
    )
    tree.insert(2, shape)


def add_text(
    owner: Any,
    box: tuple[int, int, int, int],
    lines: Sequence[tuple[str, float, str, bool]],
    *,
    align: str = "l",
    name: str = "",
    space: float = 0.0,
) -> Any:
    """A text box of paragraphs (text, size, colour, bold); text is set as text, whatever it holds."""
    from pptx.enum.text import MSO_AUTO_SIZE, PP_ALIGN
    from pptx.util import Pt

    shapes = owner.shapes  # a layout's cannot add
    made = shapes.add_textbox(*box) if hasattr(shapes, "add_textbox") else _layout_textbox(owner, box)
    made.name = name or made.name
    frame = made.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.auto_size = MSO_AUTO_SIZE.NONE
    for number, (text, size, colour, bold) in enumerate(lines):
        paragraph = frame.paragraphs[0] if not number else frame.add_paragraph()
        paragraph.alignment = {"l": PP_ALIGN.LEFT, "r": PP_ALIGN.RIGHT, "c": PP_ALIGN.CENTER}[align]
        paragraph.space_after = Pt(space)
        paragraph.line_spacing = Pt(size * LINE)
        run = paragraph.add_run()
        run.text = clean(text)
        run.font.size, run.font.bold = Pt(size), bold
        run.font.color.rgb = rgb_of(colour)
    return made


def _layout_textbox(owner: Any, box: tuple[int, int, int, int]) -> Any:
    from pptx.oxml.shapes.autoshape import CT_Shape
    from pptx.shapes.autoshape import Shape

    make: Any = CT_Shape.new_textbox_sp
    tree = owner.shapes._spTree
    number = max(int(item.get("id")) for item in tree.iter() if item.tag.endswith("}cNvPr")) + 1
    element = make(number, f"Text {number}", *box)
    tree.append(element)
    return Shape(element, owner.shapes)


def _number_field(made: Any) -> None:
    """The slide's number, which the program fills in."""
    from pptx.oxml.ns import qn

    paragraph = made.text_frame.paragraphs[0]._p
    run = paragraph.find(qn("a:r"))
    field = paragraph.makeelement(qn("a:fld"), {"id": "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}", "type": "slidenum"})
    for child in list(run):
        field.append(child)
    field.find(qn("a:t")).text = "‹#›"
    paragraph.replace(run, field)
