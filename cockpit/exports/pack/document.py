"""The briefing pack as Word: headings, statements, figures of the screen, tables whose heads repeat on every page.

Pure: pack in, bytes out.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from html import escape
from typing import Any, Final

from cockpit.exports.pack.charts import FACE
from cockpit.exports.pack.fitting import fit_table, text_of
from cockpit.exports.pack.model import Marked, Pack, Picture, Section, Table
from cockpit.exports.tables import clean, harmless
from cockpit.phrases import say
from cockpit.units import Figure
from cockpit.visuals.marks.palette import TOKENS

_INK: Final = TOKENS["light"]
_WIDTH: Final = 481.9  # of the text on A4, points: 21 cm less 2 cm on either side
_PADDING: Final = 4.0
_BODY: Final = 10.5
_SMALL: Final = 8.5
_SIZES: Final = (9.0, 8.5, 8.0, 7.5, 7.0)
_ENDLESS: Final = 1e6  # a table may run over pages


def write_document(pack: Pack, draw: Callable[[Picture], bytes]) -> bytes:
    """The pack as a .docx file.

    Args:
        draw: gives the picture of a figure.
    """
    from docx import Document

    document = Document()
    _page(document)
    _styles(document)
    _running(document, pack)
    _cover(document, pack)
    for section in pack.sections:
        _chapter(document, section, pack, draw)
    properties = document.core_properties
    properties.title, properties.subject = clean(f"{pack.title} {pack.subtitle}"), clean(pack.simulated_note)
    properties.author, properties.language = clean(pack.author), pack.language
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _page(document: Any) -> None:
    from docx.shared import Cm

    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin, section.bottom_margin = Cm(2.2), Cm(2)
    section.header_distance = section.footer_distance = Cm(1)


def _styles(document: Any) -> None:
    """Faces for Latin and Chinese, sizes and colours of the styles used."""
    from docx.shared import Pt

    sizes = {
        "Normal": _BODY,
        "Title": 26,
        "Subtitle": 14,
        "Heading 1": 18,
        "Heading 2": 13,
        "Caption": 9,
        "Header": 9,
        "Footer": 9,
    }
    for name, size in sizes.items():
        style = document.styles[name]
        style.font.size = Pt(size)
        style.font.name = FACE
        _face(style.element.get_or_add_rPr())
        style.font.italic = False
        style.font.color.rgb = _rgb(_INK["primary"] if name.startswith("Heading") else _INK["ink"])
    for name in ("Header", "Footer"):
        document.styles[name].paragraph_format.tab_stops.clear_all()
    for name in ("Caption", "Header", "Footer", "Subtitle"):
        document.styles[name].font.color.rgb = _rgb(_INK["ink2"])
        document.styles[name].font.bold = False
    normal = document.styles["Normal"].paragraph_format
    normal.space_after, normal.line_spacing = Pt(6), 1.25
    document.styles["Heading 1"].paragraph_format.space_before = Pt(22)
    document.styles["Heading 1"].paragraph_format.space_after = Pt(6)
    document.styles["Heading 2"].paragraph_format.space_before = Pt(10)


def _face(properties: Any) -> None:
    """The same face for Latin and East Asian signs; themes of the template would win otherwise."""
    from docx.oxml.ns import qn

    fonts = properties.get_or_add_rFonts()
    for kind in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{kind}"), FACE)
        theme = qn(f"w:{kind}Theme")
        if theme in fonts.attrib:
            del fonts.attrib[theme]


def _rgb(colour: str) -> Any:
    from docx.shared import RGBColor

    return RGBColor.from_string(colour.removeprefix("#"))


def _running(document: Any, pack: Pack) -> None:
    """Header with title and mark, footer with version and page numbers, on every page."""
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Pt

    section = document.sections[0]
    version = next(text for label, text in pack.facts if label == say("export.dataset", pack.language))
    for part, left in ((section.header, f"{pack.title} · {pack.subtitle}"), (section.footer, version)):
        paragraph = part.paragraphs[0]
        stops = paragraph.paragraph_format.tab_stops
        stops.add_tab_stop(Pt(_WIDTH), WD_TAB_ALIGNMENT.RIGHT)
        paragraph.add_run(clean(left))
        if part is section.header:
            run = paragraph.add_run(f"\t{pack.simulated}")
            run.bold = True
        else:
            paragraph.add_run("\t" + say("pack.page", pack.language))
            _field(paragraph, "PAGE")
            paragraph.add_run(say("pack.of_pages", pack.language))
            _field(paragraph, "NUMPAGES")
            paragraph.add_run(say("pack.pages_end", pack.language))


def _field(paragraph: Any, code: str) -> None:
    """A number the program fills in."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for kind in ("begin", "instr", "separate", "text", "end"):
        run = paragraph.add_run()
        if kind == "instr":
            instruction = OxmlElement("w:instrText")
            instruction.set(qn("xml:space"), "preserve")
            instruction.text = f" {code} "
            run._r.append(instruction)
        elif kind == "text":
            run.text = "1"
        else:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)


def _cover(document: Any, pack: Pack) -> None:
    document.add_paragraph(clean(pack.title), style="Title")
    document.add_paragraph(clean(pack.subtitle), style="Subtitle")
    if pack.simulated:
        paragraph = document.add_paragraph()
        run = paragraph.add_run(f"{pack.simulated} · ")
        run.bold = True
        paragraph.add_run(clean(pack.simulated_note))
    else:
        document.add_paragraph(clean(pack.simulated_note))
    for label, text in pack.facts:
        document.add_paragraph(clean(say("pack.labelled", pack.language, label=label, text=text)))
    document.add_paragraph(say("export.blank", pack.language))


def _chapter(document: Any, section: Section, pack: Pack, draw: Callable[[Picture], bytes]) -> None:
    from docx.shared import Pt

    document.add_heading(clean(section.title), level=1)
    lead = document.add_paragraph()
    run = lead.add_run(clean(section.lead))
    run.font.size, run.font.color.rgb = Pt(11.5), _rgb(_INK["primary"])
    lead.paragraph_format.keep_with_next = True
    if section.statement:
        document.add_heading(say("statement.title", pack.language), level=2)
        for label, text in section.statement.parts:
            paragraph = document.add_paragraph()
            paragraph.add_run(say("pack.labelled", pack.language, label=label, text="")).bold = True
            paragraph.add_run(clean(text))
    for make in section.pictures:
        _figure(document, make(), pack, draw)
    for table in section.tables:
        if table.brief_rows:
            _table(document, table, pack)
    for note in section.notes:
        _line(document, note, _SMALL + 0.5, _INK["ink2"])
    foot = f"{pack.simulated} · {section.foot}" if pack.simulated else section.foot
    _line(document, foot, _SMALL, _INK["ink3"])


def _line(document: Any, text: str, size: float, colour: str) -> None:
    from docx.shared import Pt

    run = document.add_paragraph().add_run(clean(text))
    run.font.size, run.font.color.rgb = Pt(size), _rgb(colour)


def _figure(document: Any, figure: Picture, pack: Pack, draw: Callable[[Picture], bytes]) -> None:
    """A picture with its caption and its text alternative."""
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    shape = paragraph.add_run().add_picture(io.BytesIO(draw(figure)), width=Pt(_WIDTH))
    properties = shape._inline.docPr
    properties.set("descr", clean(figure.alt))
    properties.set("title", clean(figure.caption))
    caption = f"{figure.caption} · {pack.simulated}" if pack.simulated else figure.caption
    document.add_paragraph(clean(caption), style="Caption")


def _table(document: Any, table: Table, pack: Pack) -> None:
    """A table whose head stands again on every page. Written as one piece: cell by cell it takes seconds."""
    from docx.oxml import parse_xml
    from docx.shared import Pt

    columns, rows = table.brief(narrow=True)
    document.add_heading(clean(table.title), level=2)
    heads = [
        say("series.axis", pack.language, label=column.head, unit=column.unit) if column.unit else column.head
        for column in columns
    ]
    size, fitted, _ = fit_table(columns, heads, rows, _WIDTH, _ENDLESS, _SIZES, _PADDING)
    widths = [round(width * 20) for width in fitted]
    is_number = [any(isinstance(row[place], Figure) for row in rows) for place in range(len(columns))]
    head = "".join(
        _cell(str(harmless(text)), width, size, _INK["ink2"], True, right, _INK["sunk"])
        for text, width, right in zip(heads, widths, is_number, strict=True)
    )
    lines = [f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>"]
    for row in rows:
        cells = "".join(
            _cell(
                text_of(cell) if isinstance(cell, Figure) else str(harmless(text_of(cell))),
                width,
                size,
                cell.colour if isinstance(cell, Marked) else _INK["ink"],
                isinstance(cell, Marked) or not place,
                isinstance(cell, Figure),
                "",
            )
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        lines.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>")
    rule = f'w:val="single" w:sz="4" w:space="0" w:color="{_INK["rule"].removeprefix("#")}"'
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    made = parse_xml(
        f'<w:tbl xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:tblPr>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f"<w:tblBorders><w:top {rule}/><w:bottom {rule}/><w:insideH {rule}/></w:tblBorders>"
        f'<w:tblLayout w:type="fixed"/><w:tblCaption w:val="{_escaped(table.title)}"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(lines)}</w:tbl>"
    )
    document.element.body.insert_element_before(made, "w:sectPr")
    hidden = len(table.rows) - len(rows)
    if hidden:
        _line(document, say("pack.more_rows", pack.language, count=hidden), _SMALL, _INK["ink3"])
    else:
        document.add_paragraph().paragraph_format.space_after = Pt(0)


def _escaped(text: str) -> str:
    return escape(clean(text), quote=True)


def _cell(text: str, width: int, size: float, colour: str, bold: bool, is_right: bool, ground: str) -> str:
    """A cell as markup; its text is escaped here. `width` in twentieths of a point."""
    keep = "<w:keepNext/>" if ground else ""  # a head never stands alone at a page's foot
    align = '<w:jc w:val="right"/>' if is_right else ""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{ground.removeprefix("#")}"/>' if ground else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr><w:p><w:pPr>{keep}'
        f'<w:spacing w:after="20" w:line="264" w:lineRule="auto"/>{align}</w:pPr>'
        f'<w:r><w:rPr>{"<w:b/>" if bold else ""}<w:color w:val="{colour.removeprefix("#")}"/>'
        f'<w:sz w:val="{round(size * 2)}"/></w:rPr><w:t xml:space="preserve">{_escaped(text)}</w:t></w:r></w:p></w:tc>'
    )
