"""The briefing pack as Excel: a sheet a view, figures as numbers in the digits of the screen, native charts.

Pure: pack in, bytes out. Every text passes through `harmless`, and none is ever written as a formula.
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Callable
from copy import copy
from typing import Any, Final
from weakref import WeakKeyDictionary

from cockpit.exports.pack.fitting import lines_of, text_of, width_of
from cockpit.exports.pack.model import (
    Cell,
    Chart,
    Column,
    Marked,
    Pack,
    Picture,
    Section,
    Series,
    Table,
    number_format,
    sheet_value,
)
from cockpit.exports.tables import clean, harmless
from cockpit.phrases import say
from cockpit.units import Figure
from cockpit.visuals.marks.palette import TOKENS

_INK: Final = TOKENS["light"]
_FACE: Final = "Microsoft YaHei"
_HEAD_ROW: Final = 5  # title, finding, footnote, a free line
_NARROWEST, _WIDEST = 9.0, 48.0
_CHART_WIDTH, _CHART_HEIGHT = 18.0, 9.5  # centimetres
_ROW: Final = 0.48  # least height of a row, centimetres
_CM: Final = 2.54 / 96  # centimetres to a pixel of a picture
_EM: Final = 4.6  # points to a unit of a column's width, which counts digits
_LINE: Final = 13.5  # points to a line of 10 points
_NOTE_COLUMNS: Final = 4  # notes run over as many at least
_NAME: Final = 31  # signs Excel allows in a sheet's name


def write_workbook(pack: Pack, draw: Callable[[Picture], bytes] | None = None) -> bytes:
    """The pack as an .xlsx file.

    Args:
        draw: pictures of what Excel has no chart for, maps and chains; without it they are left out.
    """
    from openpyxl import Workbook

    book = Workbook()
    cover = book.active
    cover.title = _name(say("pack.cover", pack.language), book)
    contents: list[tuple[str, str]] = []
    statements = [section for section in pack.sections if section.statement]
    for number, section in enumerate((*pack.sections, *pack.annex)):
        if number == 1 and statements:
            contents.append((_statements(book, statements, pack), say("pack.statements", pack.language)))
        for place, table in enumerate(section.tables or (None,)):
            title = section.title if not place or table is None else f"{section.title} · {table.title}"
            name = section.title if len(section.tables) < 2 or table is None else table.title
            page = book.create_sheet(_name(name, book))
            charts = section.charts if not place else ()
            free = _sheet(page, section, table, charts, pack)
            if draw is not None and section.plate is not None and not place:
                for make in section.pictures:
                    free = _picture(page, make(), draw, _beside(table), free, pack)
            contents.append((page.title, title))
    _cover(cover, pack, contents)
    properties = book.properties
    properties.title, properties.subject = clean(f"{pack.title} {pack.subtitle}"), clean(pack.simulated_note)
    properties.creator, properties.language = say("app.title", pack.language), pack.language
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _name(text: str, book: Any) -> str:
    """A sheet's name Excel accepts, each once."""
    plain = re.sub(r"[\[\]:*?/\\'\s]+", " ", clean(text)).strip()[:_NAME] or "-"
    taken, number, name = {title.lower() for title in book.sheetnames}, 2, plain
    while name.lower() in taken:
        name, number = f"{plain[: _NAME - 3]} {number}", number + 1
    return name


def _write(
    page: Any, row: int, column: int, value: Cell, *, size: float = 10, bold: bool = False, colour: str = "ink"
) -> Any:
    """Write one cell: figures as numbers in the format of their text, texts as texts."""
    made = page.cell(row, column)
    ink, code = _INK[colour], ""
    if isinstance(value, Figure):
        made.value, code = sheet_value(value), number_format(value)
    elif value is not None:
        if isinstance(value, Marked):
            ink, bold = value.colour, True
        made.value = harmless(value.text if isinstance(value, Marked) else value)
        made.data_type = "s"  # never a formula, whatever it begins with
    made._style = copy(_style(page.parent, (size, bold, ink, code)))
    return made


# Styles by what they say, one table a workbook: set property by property they take most of the time of a large sheet.
_styles: WeakKeyDictionary[Any, dict[tuple[float, bool, str, str], Any]] = WeakKeyDictionary()


def _style(book: Any, key: tuple[float, bool, str, str]) -> Any:
    """The style of a size, weight, colour and number format ("" for a text, which wraps)."""
    known = _styles.setdefault(book, {})
    if key not in known:
        from openpyxl.cell import Cell as SheetCell
        from openpyxl.styles import Alignment, Font

        size, bold, ink, code = key
        pattern = SheetCell(book.worksheets[0])
        pattern.font = Font(name=_FACE, size=size, bold=bold, color=ink.removeprefix("#"))
        pattern.alignment = Alignment(wrap_text=not code, vertical="top")
        pattern.number_format = code or "General"
        known[key] = pattern._style
    return known[key]


def _plain(made: Any) -> Any:
    """A line of text that runs on over empty cells."""
    from openpyxl.styles import Alignment

    made.alignment = Alignment(wrap_text=False, vertical="center")
    return made


def _head(page: Any, title: str, lead: str, foot: str, pack: Pack) -> None:
    _plain(
        _write(
            page, 1, 1, f"{title} · {pack.simulated}" if pack.simulated else title, size=15, bold=True, colour="primary"
        )
    )
    _plain(_write(page, 2, 1, lead or None, size=11))
    _plain(_write(page, 3, 1, f"{pack.simulated} · {foot}" if pack.simulated else foot, size=9, colour="ink3"))
    page.sheet_view.showGridLines = False
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = f"{_HEAD_ROW}:{_HEAD_ROW}"
    # The codes of Excel's own footer; a sign it would read as one is doubled.
    page.oddFooter.left.text = clean(f"{pack.title} {pack.subtitle}").replace("&", "&&")
    page.oddFooter.right.text = "&P / &N"


def _columns(page: Any, columns: tuple[Column, ...], pack: Pack, row: int = _HEAD_ROW) -> None:
    from openpyxl.styles import Alignment, PatternFill

    ground = PatternFill("solid", fgColor=_INK["sunk"].removeprefix("#"))
    for place, column in enumerate(columns, start=1):
        text = say("series.axis", pack.language, label=column.head, unit=column.unit) if column.unit else column.head
        made = _write(page, row, place, text, bold=True, colour="ink2")
        made.fill, made.alignment = ground, Alignment(wrap_text=True, vertical="center")


def _widths(page: Any, columns: tuple[Column, ...], rows: tuple[tuple[Cell, ...], ...]) -> None:
    from openpyxl.utils import get_column_letter

    for place, column in enumerate(columns):
        texts = [column.head + column.unit, *(text_of(row[place]) for row in rows)]
        width = max(width_of(text) for text in texts) * 1.9 + 2
        page.column_dimensions[get_column_letter(place + 1)].width = min(max(width, _NARROWEST), _WIDEST)


def _height(page: Any, line: int, texts: list[str]) -> None:
    """Room for the longest cell of a row: not every program makes it by itself."""
    from openpyxl.utils import get_column_letter

    widths = [page.column_dimensions[get_column_letter(place)].width for place in range(1, len(texts) + 1)]
    most = max(lines_of(text, width * _EM, 10) for text, width in zip(texts, widths, strict=True))
    page.row_dimensions[line].height = _LINE * most + 1


def _beside(table: Table | None) -> int:
    """The first column to the right of a table and its notes."""
    return max(len(table.columns) if table else 0, _NOTE_COLUMNS) + 2


def _picture(page: Any, figure: Picture, draw: Callable[[Picture], bytes], column: int, row: int, pack: Pack) -> int:
    """A picture with its caption above; returns the next free row."""
    from openpyxl.drawing.image import Image
    from openpyxl.utils import get_column_letter

    caption = f"{figure.caption} · {pack.simulated}" if pack.simulated else figure.caption
    _plain(_write(page, row, column, caption, bold=True))
    made = Image(io.BytesIO(draw(figure)))
    width = _CHART_WIDTH / _CM
    made.width, made.height = width, made.height * width / made.width
    page.add_image(made, f"{get_column_letter(column)}{row + 1}")
    return row + 3 + math.ceil(float(made.height) * _CM / _ROW)


def _sheet(page: Any, section: Section, table: Table | None, charts: tuple[Chart, ...], pack: Pack) -> int:
    """One table under its head, charts and their data to the right, notes below; returns the next free row there."""
    from openpyxl.utils import get_column_letter

    _head(page, section.title if table is None else _title(section, table), section.lead, section.foot, pack)
    columns, rows = (table.columns, table.rows) if table else ((), ())
    if table:
        _columns(page, columns, pack)
        for line, row in enumerate(rows, start=_HEAD_ROW + 1):
            for place, cell in enumerate(row, start=1):
                _write(page, line, place, cell)
        _widths(page, columns, rows)
        for line, row in enumerate(rows, start=_HEAD_ROW + 1):
            _height(page, line, [text_of(cell) for cell in row])
        page.freeze_panes = page.cell(_HEAD_ROW + 1, 2)
        page.auto_filter.ref = f"A{_HEAD_ROW}:{get_column_letter(len(columns))}{_HEAD_ROW + len(rows)}"
    else:
        page.freeze_panes = page.cell(_HEAD_ROW, 1)
    _notes(
        page,
        (*section.notes, say("export.blank", pack.language)),
        _HEAD_ROW + len(rows) + 2,
        max(len(columns), _NOTE_COLUMNS),
    )
    free = _HEAD_ROW
    for chart in charts:
        free = _chart(page, chart, _beside(table), free)
    return free


def _notes(page: Any, notes: tuple[str, ...], line: int, columns: int) -> None:
    """Notes below the table, each over its whole width and no further: charts stand beside it."""
    from openpyxl.styles import Alignment
    from openpyxl.utils import get_column_letter

    width = sum(page.column_dimensions[get_column_letter(place)].width for place in range(1, columns + 1))
    for text in notes:
        made = _write(page, line, 1, text, size=9, colour="ink2")
        made.alignment = Alignment(wrap_text=True, vertical="top")
        page.merge_cells(start_row=line, start_column=1, end_row=line, end_column=columns)
        page.row_dimensions[line].height = _LINE * lines_of(text, width * _EM, 9)
        line += 1


def _title(section: Section, table: Table) -> str:
    return (
        section.title
        if table.title.startswith(section.title) or len(section.tables) < 2
        else f"{section.title} · {table.title}"
    )


def _chart(page: Any, chart: Chart, column: int, row: int) -> int:
    """The figures of a chart as a small table, and the chart below, drawn from it; returns the next free row."""
    from openpyxl.chart import BarChart, LineChart, Reference
    from openpyxl.utils import get_column_letter

    _write(page, row, column, chart.title, bold=True)
    for place, series in enumerate(chart.series, start=1):
        _write(page, row, column + place, series.name, bold=True)
    for line, name in enumerate(chart.categories, start=1):
        _write(page, row + line, column, name)
        for place, series in enumerate(chart.series, start=1):
            _write(page, row + line, column + place, series.values[line - 1])
    page.column_dimensions[get_column_letter(column)].width = min(
        max(width_of(name) for name in (*chart.categories, "　" * 5)) * 1.9 + 2, _WIDEST
    )
    made: Any = LineChart() if chart.kind == "lines" else BarChart()
    last = row + len(chart.categories)
    for place in range(1, len(chart.series) + 1):
        made.add_data(Reference(page, min_col=column + place, min_row=row, max_row=last), titles_from_data=True)
    made.set_categories(Reference(page, min_col=column, min_row=row + 1, max_row=last))
    made.title = None
    made.width, made.height = (
        _CHART_WIDTH,
        max(_CHART_HEIGHT, 0.75 * len(chart.categories) if chart.kind in ("bars", "stacked") else 0),
    )
    _dress(made, chart)
    page.add_chart(made, f"{get_column_letter(column)}{last + 2}")
    return last + 4 + math.ceil(float(made.height) / _ROW)


def _dress(made: Any, chart: Chart) -> None:
    if chart.kind != "lines":
        made.type = "bar" if chart.kind in ("bars", "stacked") else "col"
        made.gapWidth = 45
    if chart.kind == "stacked":
        made.grouping, made.overlap = "stacked", 100
    if chart.kind in ("bars", "stacked"):
        made.x_axis.scaling.orientation = "maxMin"
    made.x_axis.delete, made.y_axis.delete = False, chart.kind != "lines"
    made.x_axis.tickLblPos = "low"
    made.y_axis.majorGridlines = made.y_axis.majorGridlines if chart.kind == "lines" else None
    made.y_axis.number_format = "General"
    if len(chart.series) > 1:
        made.legend.position = "b"
    else:
        made.legend = None
    if chart.kind == "lines" and not chart.starts_at_zero:
        values = chart.values()
        span = (max(values) - min(values)) or 1.0
        made.y_axis.scaling.min, made.y_axis.scaling.max = (
            round(min(values) - 0.3 * span, 1),
            round(max(values) + 0.3 * span, 1),
        )
    elif chart.kind == "lines":
        made.y_axis.scaling.min = 0
    for series, source in zip(made.series, chart.series, strict=True):
        _series(series, source, chart)


def _series(made: Any, series: Series, chart: Chart) -> None:
    from openpyxl.chart.label import DataLabel, DataLabelList
    from openpyxl.chart.marker import DataPoint

    if chart.kind == "lines":
        made.smooth = False
        line = made.graphicalProperties.line
        if series.line == "none":
            line.noFill = True
        else:
            line.solidFill = series.colour.removeprefix("#")
            line.width = 15875 if series.line == "dashed" else 28575
            line.dashStyle = "dash" if series.line == "dashed" else None
        made.marker.symbol = "circle" if series.has_markers else "none"
        if series.has_markers:
            made.marker.size = 6
            made.marker.graphicalProperties.solidFill = series.colour.removeprefix("#")
            made.marker.graphicalProperties.line.solidFill = series.colour.removeprefix("#")
    else:
        made.invertIfNegative = False
        made.graphicalProperties.solidFill = series.colour.removeprefix("#")
        for place, colour in enumerate(series.colours):
            if colour != series.colour:
                point = DataPoint(idx=place, invertIfNegative=False)
                point.graphicalProperties.solidFill = colour.removeprefix("#")
                made.dPt.append(point)
    if not series.has_labels:
        return
    shown = [(at, value) for at, value in enumerate(series.values) if value is not None]
    formats = [number_format(value) for _, value in shown]
    common = max(formats, key=formats.count) if formats else "General"
    where = {"lines": "t", "stacked": "ctr"}.get(chart.kind, "outEnd")

    def flags() -> dict[str, bool]:
        return {
            "showVal": True,
            "showSerName": False,
            "showCatName": False,
            "showLegendKey": False,
            "showPercent": False,
        }

    made.dLbls = DataLabelList(numFmt=common, dLblPos=where, **flags())
    made.dLbls.dLbl = [
        DataLabel(idx=at, numFmt=number_format(value), dLblPos=where, **flags())
        for at, value in shown
        if number_format(value) != common
    ]


def _statements(book: Any, sections: list[Section], pack: Pack) -> str:
    """What is to be said of every target, one row each."""
    language = pack.language
    page = book.create_sheet(_name(say("pack.statements", language), book))
    _head(page, say("pack.statements", language), pack.subtitle, sections[0].foot, pack)
    parts = ("verdict", "why", "next")
    columns = (Column(say("pack.target", language)), *(Column(say(f"statement.{part}", language)) for part in parts))
    _columns(page, columns, pack)
    for line, section in enumerate(sections, start=_HEAD_ROW + 1):
        assert section.statement is not None
        _write(page, line, 1, section.title, bold=True)
        for place, part in enumerate(parts, start=2):
            _write(page, line, place, getattr(section.statement, part) or None)
    for letter, width in zip("ABCD", (20, 62, 72, 62), strict=True):
        page.column_dimensions[letter].width = width
    for line, section in enumerate(sections, start=_HEAD_ROW + 1):
        _height(page, line, [section.title, *(getattr(section.statement, part) for part in parts)])
    page.freeze_panes = page.cell(_HEAD_ROW + 1, 2)
    return str(page.title)


def _cover(page: Any, pack: Pack, contents: list[tuple[str, str]]) -> None:
    """What this is, and where what stands."""
    from openpyxl.worksheet.hyperlink import Hyperlink

    _plain(
        _write(
            page,
            1,
            1,
            f"{pack.title} · {pack.simulated}" if pack.simulated else pack.title,
            size=18,
            bold=True,
            colour="primary",
        )
    )
    _plain(_write(page, 2, 1, pack.subtitle, size=12))
    _plain(_write(page, 3, 1, pack.simulated_note, size=10, colour="ink2"))
    line: int = 5
    for label, text in (*pack.facts, ("", say("export.blank", pack.language))):
        _write(page, line, 1, label or None, bold=True, colour="ink2")
        _plain(_write(page, line, 2, text))
        line += 1
    line += 1
    _write(page, line, 1, say("pack.contents", pack.language), bold=True, colour="primary")
    for name, title in contents:
        line += 1
        made = _plain(_write(page, line, 2, title))
        made.hyperlink = Hyperlink(ref=made.coordinate, location=f"'{name}'!A1", display=str(made.value))
    page.column_dimensions["A"].width, page.column_dimensions["B"].width = 18, 60
    page.page_setup.paperSize, page.page_setup.fitToWidth, page.page_setup.fitToHeight = page.PAPERSIZE_A4, 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.sheet_view.showGridLines = False
