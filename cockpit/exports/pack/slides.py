"""The briefing pack as PowerPoint: a designed master, native charts and tables, the statement in the notes.

Pure: pack in, bytes out. Sizes are chosen so that nothing runs over a slide; rows that do not fit are counted.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from html import escape
from typing import Any, Final

from cockpit.exports.pack.charts import add_chart
from cockpit.exports.pack.drawn import add_plate
from cockpit.exports.pack.fitting import LINE, fit_table, fit_text, lines_of, row_height, text_of
from cockpit.exports.pack.master import HEIGHT, INNER, LEFT, WIDTH, add_text, box_of, dress_master, emu, rgb_of
from cockpit.exports.pack.model import Column, Marked, Pack, Section, Table
from cockpit.exports.tables import clean, harmless
from cockpit.phrases import say
from cockpit.units import Figure
from cockpit.visuals.marks.palette import TOKENS

_TOP: Final = 98.0  # of the body
_BOTTOM: Final = 492.0
_GAP: Final = 18.0
_PADDING: Final = 4.0
_MARK: Final = 84.0  # width of the simulated mark
_NARROW: Final = 60.0
_LEAST: Final = 118.0  # height of a chart below a table
_TITLE: Final = (26.0, 24.0, 22.0, 20.0, 18.0, 16.0, 14.5, 13.0)
_TEXT: Final = (14.0, 13.0, 12.0, 11.0, 10.5, 10.0)
_CELL: Final = (13.0, 12.0, 11.0, 10.5, 10.0, 9.5, 9.0, 8.5)
_INK: Final = TOKENS["light"]
# Share of the width the chart takes, by section; the table or the statement has the rest.
_SPLIT: Final = {"vitality": 0.3, "per_mu": 0.38, "chain": 0.42, "lists": 0.24, "actions": 0.26, "gap": 0.5}


def write_slides(pack: Pack) -> bytes:
    """The pack as a .pptx file."""
    from pptx import Presentation

    deck: Any = Presentation()
    deck.slide_width, deck.slide_height = emu(WIDTH), emu(HEIGHT)
    dress_master(deck)
    _cover(deck, pack)
    for section in pack.sections:
        _slides_of(deck, section, pack)
    properties = deck.core_properties
    properties.title, properties.subject = clean(f"{pack.title} {pack.subtitle}"), clean(pack.simulated_note)
    properties.author, properties.language = clean(pack.author), pack.language
    stream = io.BytesIO()
    deck.save(stream)
    return stream.getvalue()


def _cover(deck: Any, pack: Pack) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[0])
    slide.shapes.title.text = clean(pack.title)
    slide.placeholders[1].text = clean(pack.subtitle)
    if pack.simulated:
        _badge(slide, pack, WIDTH - 72 - _MARK, 112)
    lines: list[tuple[str, float, str, bool]] = [
        (say("pack.labelled", pack.language, label=label, text=text), 14.0, _INK["ink2"], False)
        for label, text in pack.facts
    ]
    add_text(slide, box_of(72, 284, WIDTH - 144, 150), lines, name="Facts", space=3)
    foot = [(pack.simulated_note, 11.0, _INK["ink3"], False)]
    add_text(slide, box_of(72, 470, WIDTH - 144, 40), foot, name="Footnote")
    slide.notes_slide.notes_text_frame.text = clean(f"{pack.title} {pack.subtitle}\n{pack.simulated_note}")


def _badge(slide: Any, pack: Pack, left: float, top: float) -> None:
    """The simulated mark, framed by dashes as on screen."""
    from pptx.enum.dml import MSO_LINE
    from pptx.enum.text import MSO_ANCHOR

    made = add_text(
        slide,
        box_of(left, top, _MARK, 22),
        [(pack.simulated, 12.0, _INK["ink2"], True)],
        align="c",
        name="Simulated mark",
    )
    made.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    made.line.color.rgb = rgb_of(_INK["ink3"])
    made.line.dash_style = MSO_LINE.DASH
    made.line.width = emu(1)


def _slides_of(deck: Any, section: Section, pack: Pack) -> None:
    """The slides of a section: one, but where it holds several tables and no chart one a table."""
    tables = [table for table in section.tables if table.brief_rows]
    if section.charts or section.statement or not tables or section.plate:
        slide = _content(deck, section, pack)
        _body(slide, section, pack, tables)
        if section.charts and section.plate:
            slide = _content(deck, section, pack, f" · {section.plate.title}", section.plate.finding)
            add_plate(slide, section.plate, box_of(LEFT, _TOP, INNER, _BOTTOM - _TOP))
        return
    for table in tables:
        slide = _content(deck, section, pack, "" if table is tables[0] else f" · {table.title}")
        notes = section.notes if table is tables[-1] else ()
        bottom = _notes(slide, notes, LEFT, INNER)
        _table(slide, table, pack, LEFT, _TOP, INNER, bottom - _TOP)


def _content(deck: Any, section: Section, pack: Pack, more: str = "", finding: str = "") -> Any:
    """A slide with what every slide carries: title, finding, mark, footnote, speaker notes.

    Args:
        more: what it is of the section, "" for its first slide, whose title is the section's finding.
        finding: of a further slide.
    """
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    # What the slide shows is its title; what it is about stands below, smaller.
    topic, said = f"{section.title}{more}", section.lead
    finding = finding if more else section.finding
    if finding:
        said = f"{topic} · {section.lead}" if section.lead else topic
    _title(slide, finding or topic)
    size = fit_text([said], INNER, 24, (15.0, 14.0, 13.0, 12.0, 11.0, 10.0))
    add_text(slide, box_of(LEFT, 63, INNER, 24), [(said, size, _INK["primary"], False)], name="Topic")
    if pack.simulated:
        _badge(slide, pack, WIDTH - LEFT - _MARK, 30)
    foot = f"{pack.simulated} · {section.foot}" if pack.simulated else section.foot
    size = fit_text([foot], INNER - 70, 24, (9.0, 8.5, 8.0))
    add_text(slide, box_of(LEFT, 505, INNER - 70, 26), [(foot, size, _INK["ink3"], False)], name="Footnote")
    spoken = [text for text in (finding, topic, section.lead) if text]
    spoken += [f"{label}: {text}" if pack.language == "en" else f"{label}：{text}" for label, text in _parts(section)]
    slide.notes_slide.notes_text_frame.text = clean("\n".join([*spoken, *section.notes, foot]))
    return slide


def _title(slide: Any, text: str) -> None:
    """A title as large as it fits beside the mark, on two lines at most."""
    from pptx.util import Pt

    slide.shapes.title.text = clean(text)
    size = fit_text([text], INNER - 90, 42, _TITLE)
    for paragraph in slide.shapes.title.text_frame.paragraphs:
        paragraph.font.size = Pt(size)


def _parts(section: Section) -> tuple[tuple[str, str], ...]:
    return section.statement.parts if section.statement else ()


def _notes(slide: Any, notes: Sequence[str], left: float, width: float) -> float:
    """Notes at the foot of the body; returns where the room above them ends."""
    if not notes:
        return _BOTTOM
    size = fit_text(notes, width, 60, (10.5, 10.0, 9.5, 9.0))
    height = sum(lines_of(text, width, size) * size * LINE + 2 for text in notes)
    lines = [(text, size, _INK["ink2"], False) for text in notes]
    add_text(slide, box_of(left, _BOTTOM - height, width, height), lines, name="Notes", space=2)
    return _BOTTOM - height - 8


def _body(slide: Any, section: Section, pack: Pack, tables: list[Table]) -> None:
    if section.statement is not None:
        _statement_body(slide, section)
        return
    bottom = _notes(slide, section.notes, LEFT, INNER)
    height = bottom - _TOP
    if section.plate and not section.charts:
        width = INNER * 0.5
        add_plate(slide, section.plate, box_of(LEFT, _TOP, width, height))
        _table(slide, tables[0], pack, LEFT + width + _GAP, _TOP, INNER - width - _GAP, height)
    elif section.key == "glance":
        used = _table(slide, tables[0], pack, LEFT, _TOP, INNER, height - _LEAST)
        _captioned(slide, section, 0, LEFT, _TOP + used + 8, INNER, height - used - 8, 10.5)
    elif section.key == "gap" and len(section.charts) > 1:
        width = (INNER - _GAP) / 2
        for number in range(2):
            _captioned(slide, section, number, LEFT + number * (width + _GAP), _TOP, width, height, 11)
    elif section.charts and tables:
        width = (INNER - _GAP) * _SPLIT.get(section.key, 0.4)
        _captioned(slide, section, 0, LEFT, _TOP, width, height, 10.5)
        _table(slide, tables[0], pack, LEFT + width + _GAP, _TOP, INNER - _GAP - width, height)
    elif section.charts:
        _captioned(slide, section, 0, LEFT, _TOP, INNER, height, 12)
    elif tables:
        _table(slide, tables[0], pack, LEFT, _TOP, INNER, height)
    else:
        add_text(
            slide,
            box_of(LEFT, _TOP + 20, INNER * 0.75, 120),
            [(section.lead, 18.0, _INK["ink"], False)],
            name="Silence",
        )


def _captioned(
    slide: Any, section: Section, number: int, left: float, top: float, width: float, height: float, size: float
) -> None:
    chart = section.charts[number]
    if chart.kind == "columns" and width / len(chart.categories) < _NARROW:
        size -= 1  # a word of a name must fit under its column
    add_text(slide, box_of(left, top, width, 16), [(chart.title, 11.0, _INK["ink"], True)], name="Chart title")
    add_chart(slide.shapes, chart, box_of(left, top + 17, width, height - 17), size)


def _statement_body(slide: Any, section: Section) -> None:
    """Chart on the left, what is to be said on the right."""
    assert section.statement is not None
    width = INNER * 0.58
    bottom = _notes(slide, section.notes, LEFT, width)
    if section.charts:
        title = say(
            "series.axis", section.statement.language, label=section.charts[0].title, unit=section.charts[0].unit
        )
        add_text(slide, box_of(LEFT, _TOP, width, 16), [(title, 11.0, _INK["ink"], True)], name="Chart title")
        add_chart(slide.shapes, section.charts[0], box_of(LEFT, _TOP + 17, width, bottom - _TOP - 17), 11)
    left = LEFT + width + _GAP * 1.5 if section.charts else LEFT
    room = WIDTH - LEFT - left
    parts = section.statement.parts
    size = fit_text([text for _, text in parts], room, bottom - _TOP - 20 * len(parts), _TEXT)
    lines: list[tuple[str, float, str, bool]] = []
    for label, text in parts:
        lines.append((label, size, _INK["primary"], True))
        lines.append((text, size, _INK["ink"], False))
    add_text(slide, box_of(left, _TOP, room, bottom - _TOP), lines, name="Statement", space=4)


def _table(slide: Any, table: Table, pack: Pack, left: float, top: float, width: float, height: float) -> float:
    """A native table; returns the height it takes. Rows beyond the room are counted in a line below."""
    columns, rows = table.brief()
    heads = [_head(column, pack) for column in columns]
    hidden = len(table.rows) - len(rows)
    size, widths, count = fit_table(columns, heads, rows, width, height - (14 if hidden else 0), _CELL, _PADDING)
    if count < len(rows) and not hidden:
        size, widths, count = fit_table(columns, heads, rows, width, height - 14, _CELL, _PADDING)
    hidden = len(table.rows) - count
    texts = [[text_of(cell) for cell in row] for row in rows]
    heights = [row_height(heads, widths, size, _PADDING, is_head=True)]
    heights += [row_height(cells, widths, size, _PADDING) for cells in texts[:count]]
    frame = slide.shapes.add_table(1, len(columns), *box_of(left, top, width, sum(heights)))
    frame.name = clean(table.title)[:60]
    frame._element.nvGraphicFramePr.cNvPr.set("descr", clean(table.title))
    _plain_style(frame)
    for place, share in enumerate(widths):
        frame.table.columns[place].width = emu(share)
    is_number = [any(isinstance(row[place], Figure) for row in rows) for place in range(len(columns))]
    lines = [
        "".join(
            _cell(str(harmless(head)), size, _INK["ink2"], True, _INK["sunk"], right)
            for head, right in zip(heads, is_number, strict=True)
        )
    ]
    for line, row in enumerate(rows[:count]):
        ground = _INK["paper"] if line % 2 else _INK["panel"]
        lines.append(
            "".join(
                _cell(
                    text_of(cell) if isinstance(cell, Figure) else str(harmless(text_of(cell))),
                    size,
                    cell.colour if isinstance(cell, Marked) else _INK["ink"],
                    isinstance(cell, Marked) or not place,
                    ground,
                    isinstance(cell, Figure),
                )
                for place, cell in enumerate(row)
            )
        )
    _set_rows(frame, lines, heights)
    if hidden:
        text = say("pack.more_rows", pack.language, count=hidden)
        add_text(
            slide, box_of(left, top + sum(heights) + 2, width, 12), [(text, 9.0, _INK["ink3"], False)], name="More rows"
        )
    return sum(heights) + (14 if hidden else 0)


def _head(column: Column, pack: Pack) -> str:
    if not column.unit:
        return column.head
    return say("series.axis", pack.language, label=column.head, unit=column.unit)


def _plain_style(frame: Any) -> None:
    """No table style: colours are set cell by cell from the palette."""
    from pptx.oxml.ns import qn

    properties = frame._element.graphic.graphicData.tbl.tblPr
    style = properties.find(qn("a:tableStyleId"))
    if style is not None:
        style.text = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
    properties.set("bandRow", "0")


def _set_rows(frame: Any, lines: Sequence[str], heights: Sequence[float]) -> None:
    """Rows in one piece: cell by cell they take most of the time of a deck."""
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import qn

    body = "".join(f'<a:tr h="{emu(tall)}">{line}</a:tr>' for line, tall in zip(lines, heights, strict=True))
    made = parse_xml(f'<a:tbl xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">{body}</a:tbl>')
    owner = frame._element.graphic.graphicData.tbl
    for row in owner.findall(qn("a:tr")):
        owner.remove(row)
    owner.extend(list(made))


def _cell(text: str, size: float, colour: str, bold: bool, ground: str, is_right: bool) -> str:
    """A cell as markup; its text is escaped here."""
    side, top = emu(_PADDING), emu(_PADDING / 2)
    spacing = f'<a:lnSpc><a:spcPts val="{round(size * LINE * 100)}"/></a:lnSpc>'
    run = (
        f'<a:r><a:rPr sz="{round(size * 100)}" b="{int(bold)}"><a:solidFill>'
        f'<a:srgbClr val="{colour.removeprefix("#")}"/></a:solidFill></a:rPr>'
        f"<a:t>{escape(clean(text).replace(chr(10), ' '))}</a:t></a:r>"
    )
    return (
        f'<a:tc><a:txBody><a:bodyPr/><a:lstStyle/><a:p><a:pPr algn="{"r" if is_right else "l"}">{spacing}</a:pPr>'
        f'{run if text else ""}</a:p></a:txBody><a:tcPr marL="{side}" marR="{side}" marT="{top}" marB="{top}" '
        f'anchor="ctr"><a:solidFill><a:srgbClr val="{ground.removeprefix("#")}"/></a:solidFill></a:tcPr></a:tc>'
    )
