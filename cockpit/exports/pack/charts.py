"""Native charts of the slides: data in a workbook of their own, so that a reader may go on editing them.

Pure. Labels carry the format of the text on screen, point by point, so that figures read alike and still follow the
data when those are edited.
"""

from __future__ import annotations

from html import escape
from typing import Any, Final

from cockpit.exports.pack.model import Chart, Series, number_format, sheet_value
from cockpit.exports.tables import clean, harmless
from cockpit.visuals.marks.palette import TOKENS

FACE: Final = "Microsoft YaHei"  # on every Windows and Mac with Office; the theme names Noto Sans CJK SC besides
_INK: Final = TOKENS["light"]
_LINE_WIDTH: Final = 28575  # 2.25 pt in EMU
_DASH_WIDTH: Final = 15875
_MARKER: Final = 6
_OVERLAP: Final = 100
_GAPS: Final = {"bars": 45, "columns": 70, "stacked": 45}
_LABEL_ROOM: Final = 0.18  # of the span, free beyond the longest bar


def add_chart(shapes: Any, chart: Chart, box: tuple[int, int, int, int], size: float) -> Any:
    """Add a chart to a slide.

    Args:
        box: left, top, width, height in EMU. size: of its text, points.
    """
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE

    kinds = {
        "bars": XL_CHART_TYPE.BAR_CLUSTERED,
        "columns": XL_CHART_TYPE.COLUMN_CLUSTERED,
        "stacked": XL_CHART_TYPE.BAR_STACKED,
        "lines": XL_CHART_TYPE.LINE_MARKERS,
    }
    data: Any = CategoryChartData()  # type: ignore[no-untyped-call]
    # Its workbook would run a text as a formula.
    data.categories = [str(harmless(name)) for name in chart.categories]
    for series in chart.series:
        data.add_series(
            str(harmless(series.name)),
            [None if value is None else sheet_value(value) for value in series.values],
            number_format=_common_format(series),
        )
    frame = shapes.add_chart(kinds[chart.kind], *box, data)
    frame.name = clean(chart.title)[:60]
    frame._element.nvGraphicFramePr.cNvPr.set("descr", clean(chart.alt))
    _dress(frame.chart, chart, size)
    return frame


def _common_format(series: Series) -> str:
    formats = [number_format(value) for value in series.values if value is not None]
    return max(formats, key=formats.count) if formats else "General"


def _dress(made: Any, chart: Chart, size: float) -> None:
    from pptx.enum.chart import XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
    from pptx.util import Pt

    made.font.size = Pt(size)
    made.font.color.rgb = _rgb(_INK["ink2"])
    _faces(made._chartSpace)
    made.has_title = False
    made.has_legend = len(chart.series) > 1
    if made.has_legend:
        made.legend.position = XL_LEGEND_POSITION.BOTTOM
        made.legend.include_in_layout = False
    across, along = made.category_axis, made.value_axis
    across.format.line.color.rgb = _rgb(_INK["rule-strong"])
    across.major_tick_mark = XL_TICK_MARK.NONE
    across.has_major_gridlines = False
    across.tick_labels.font.size = Pt(size)
    # Names are set level and wrapped, never turned.
    across._element.get_or_add_txPr().bodyPr.set("rot", "0")
    across._element.txPr.bodyPr.set("vert", "horz")
    along.major_tick_mark = XL_TICK_MARK.NONE
    along.has_major_gridlines = chart.kind == "lines"
    if chart.kind == "lines":
        along.major_gridlines.format.line.color.rgb = _rgb(_INK["rule"])
        along.tick_labels.number_format, along.tick_labels.number_format_is_linked = "General", False
    else:
        along.visible = False
    along.format.line.fill.background()
    if chart.kind in ("bars", "stacked"):
        across.reverse_order = True  # the first on top, as in the table beside it
    if chart.kind == "bars":
        across.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    _scale(along, chart)
    plot = made.plots[0]
    if chart.kind != "lines":
        plot.gap_width = _GAPS[chart.kind]
    if chart.kind == "stacked":
        plot.overlap = _OVERLAP
    for number, series in enumerate(chart.series):
        _series(plot.series[number], series, chart, size)


def _scale(axis: Any, chart: Chart) -> None:
    """Room for the labels; a line far from zero keeps its own scale, as on screen."""
    values = chart.values()
    if not values:
        return
    low, high = min(*values, 0.0), max(*values, 0.0)
    span = (high - low) or 1.0
    if chart.kind == "lines":
        if chart.starts_at_zero:
            axis.minimum_scale = 0 if low >= 0 else None
        else:
            low, high = min(values), max(values)
            span = (high - low) or abs(high) or 1.0
            axis.minimum_scale, axis.maximum_scale = round(low - 0.3 * span, 1), round(high + 0.3 * span, 1)
    elif chart.kind in ("bars", "columns"):
        axis.maximum_scale = high + _LABEL_ROOM * span
        if low < 0:
            axis.minimum_scale = low - _LABEL_ROOM * span
        else:
            axis.minimum_scale = 0


def _series(made: Any, series: Series, chart: Chart, size: float) -> None:
    from pptx.enum.chart import XL_MARKER_STYLE
    from pptx.enum.dml import MSO_LINE

    if chart.kind == "lines":
        made.smooth = False
        line = made.format.line
        if series.line == "none":
            line.fill.background()
        else:
            line.color.rgb = _rgb(series.colour)
            line.width = _DASH_WIDTH if series.line == "dashed" else _LINE_WIDTH
            if series.line == "dashed":
                line.dash_style = MSO_LINE.DASH
        made.marker.style = XL_MARKER_STYLE.CIRCLE if series.has_markers else XL_MARKER_STYLE.NONE
        if series.has_markers:
            made.marker.size = _MARKER
            made.marker.format.fill.solid()
            made.marker.format.fill.fore_color.rgb = _rgb(series.colour)
            made.marker.format.line.color.rgb = _rgb(series.colour)
        for place in series.hollow:
            marker = made.points[place].marker
            marker.style, marker.size = XL_MARKER_STYLE.CIRCLE, _MARKER
            marker.format.fill.solid()
            marker.format.fill.fore_color.rgb = _rgb(_INK["panel"])
            marker.format.line.color.rgb = _rgb(series.colour)
    else:
        made.invert_if_negative = False
        made.format.fill.solid()
        made.format.fill.fore_color.rgb = _rgb(series.colour)
        for place, colour in enumerate(series.colours):
            if colour != series.colour and series.values[place] is not None:
                fill = made.points[place].format.fill
                fill.solid()
                fill.fore_color.rgb = _rgb(colour)
    if series.has_labels:
        _labels(made, series, chart, size)


def _labels(made: Any, series: Series, chart: Chart, size: float) -> None:
    """Figures at the points. A point whose text has other decimals than most has a label of its own."""
    from pptx.oxml import parse_xml
    from pptx.util import Pt

    labels = made.data_labels
    labels.show_value = True
    labels.font.size = Pt(size)
    common = _common_format(series)
    labels.number_format, labels.number_format_is_linked = common, False
    place = {"lines": "t", "stacked": "ctr"}.get(chart.kind, "outEnd")
    colour = "FFFFFF" if chart.kind == "stacked" else _INK["ink"].removeprefix("#")
    labels.font.color.rgb = _rgb(f"#{colour}")
    element = labels._element
    element.get_or_add_dLblPos().set("val", place)
    exceptions = [
        (at, value) for at, value in enumerate(series.values) if value is not None and number_format(value) != common
    ]
    for number, (at, value) in enumerate(exceptions):
        code = escape(number_format(value), quote=True)
        own = parse_xml(
            '<c:dLbl xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
            'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
            f'<c:idx val="{at}"/><c:numFmt formatCode="{code}" sourceLinked="0"/><c:spPr/><c:txPr><a:bodyPr/><a:p>'
            f'<a:pPr><a:defRPr sz="{int(size * 100)}"><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'
            f"</a:defRPr></a:pPr><a:endParaRPr/></a:p></c:txPr>"
            f'<c:dLblPos val="{place}"/><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/>'
            '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbl>'
        )
        element.insert(number, own)  # these come first, in the order of their points


def _faces(space: Any) -> None:
    """Latin and East Asian face of all text of the chart."""
    from pptx.oxml.ns import qn

    for properties in space.iter(qn("a:defRPr")):
        for tag in ("a:latin", "a:ea"):
            old = properties.find(qn(tag))
            if old is not None:
                properties.remove(old)
            face = properties.makeelement(qn(tag), {"typeface": FACE})
            properties.append(face)


def _rgb(colour: str) -> Any:
    from pptx.dml.color import RGBColor

    make: Any = RGBColor.from_string
    return make(colour.removeprefix("#"))
