"""Drawings of a briefing pack that stay editable on a slide: the map by prefecture, the diagram of one chain.

Pure; see `pack`. Outlines, places and colours are those of the screen.
"""

from __future__ import annotations

from typing import Any, Final

from cockpit.analysis.chain.grading import GRADES
from cockpit.analysis.chain_layout import Frame
from cockpit.briefings import chain, chain_layout
from cockpit.datasets.boundaries import read_boundaries
from cockpit.exports.pack.figures import AXIS
from cockpit.exports.pack.fitting import width_of
from cockpit.exports.pack.material import FIGURE_WIDTH, INK, THEME, Material, known, number_of
from cockpit.exports.pack.model import Cell, Column, Form, Picture, Plate, Section, Sign, Table
from cockpit.marks import mark_of
from cockpit.units import percent_figure
from cockpit.visuals.map import drawing as maps
from cockpit.visuals.map import shapes
from cockpit.visuals.marks.palette import FONT, MARK_COLOURS, TOKENS, UNKNOWN
from cockpit.vocabulary import CHAIN_GRADES, CHAIN_STAGES

_MEASURE: Final = "tax_per_mu_yuan"
_LIGHT: Final = 3  # from this class on letters on the area are those of the page
_NAME, _KEY = 13.0, 12.0  # pixels: names on the drawing, words of the legend
_FILL: Final = 0.94  # of its box a name takes at most
_TWO_LINES: Final = 48.0  # height of a box that holds two lines
_FRAME: Final = Frame(width=1000, height=420, card=150, lowest=34, gap=9)


def area_map(ask: Material) -> Section:
    """Prefectures by tax per mu; by the number of known towns where figures by town are not published."""
    measure = _MEASURE if ask.has_returns else maps.COUNT
    options = maps.Options(measure, "ratio", maps.SAME, "status", "prefecture", (), "plain")
    drawing = maps.drawing_of(ask.briefing, ask.desk.register, ask.language, THEME, options)
    boundaries = read_boundaries("prefectures_light")
    names = maps.area_names(ask.briefing, boundaries, ask.language)
    told = [at for at in drawing.figures if drawing.value_of(at) is not None]
    unit = drawing.scale.unit
    finding = ""
    if len(told) > 1:
        first, last = told[0], told[-1]
        finding = ask.say(
            "map.finding",
            label=drawing.label,
            first=names[first.code],
            high=drawing.told(first.value),
            last=names[last.code],
            low=drawing.told(last.value),
        )
    columns = (
        Column(ask.say("gap.prefecture"), width=1.4),
        Column(drawing.label, unit, 1.3),
        Column(ask.say("map.growth"), "%", 1.2),
        Column(ask.say("map.reported"), width=1.0),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            names[at.code],
            known(drawing.told(at.value)) if ask.has_returns else number_of(at.value),
            None if at.growth is None else percent_figure(at.growth, signed=True),
            f"{at.reported}/{at.expected}",
        )
        for at in drawing.figures
        if at.expected
    ]
    title = f"{ask.say('page.map')} · {drawing.label}"
    plate = _map_plate(title, drawing, boundaries, names)
    return Section(
        key="map",
        title=title,
        lead=ask.say("map.high_to_low", unit=unit) if unit else ask.say("map.ranking"),
        foot=ask.foot(ask.period(ask.selection.period)),
        finding=finding,
        plate=plate,
        tables=(Table(title, columns, tuple(rows)),),
        pictures=(lambda: picture_of(plate),),
        notes=(ask.say("map.notice"),),
    )


def _map_plate(title: str, drawing: maps.Drawing, boundaries: maps.Boundaries, names: dict[str, str]) -> Plate:
    areas = shapes.areas(boundaries)
    frame = shapes.join(area.box for area in areas)
    view = shapes.fit(frame, (0.0, 0.0, 1000.0, 1000.0 * (frame[3] - frame[1]) / (frame[2] - frame[0])))
    figures = {at.code: at for at in drawing.figures}
    forms, signs, spoken = [], [], []
    for area in areas:
        at = figures.get(area.code)
        rings = tuple(tuple(view.at(point) for point in ring) for ring in area.rings)
        forms.append(Form(rings, INK["panel"], maps.fill_colour(drawing, area.code)))
        shown = drawing.shown(at) if at is not None and drawing.value_of(at) is not None else ""
        x, y = view.at(area.label)
        is_dark = at is not None and drawing.class_of(at) >= _LIGHT
        colour = INK["panel"] if is_dark else INK["ink"]
        name = names.get(area.code, area.name)
        signs.append(Sign(x, y, f"{name}\n{shown}" if shown else name, colour, is_bold=True))
        spoken.append(f"{name} {shown or drawing.say('map.no_value')}")
    keys = (
        [(TOKENS[THEME][f"map{step}"], words) for step, words in enumerate(drawing.class_words)]
        if drawing.borders
        else []
    )
    if any(drawing.value_of(at) is None for at in drawing.figures):
        keys.append((UNKNOWN[THEME], drawing.say("map.no_value")))
    return Plate(title, "; ".join(spoken), 1000.0, view.box(frame)[3], tuple(forms), tuple(signs), tuple(keys))


def chain_plate(ask: Material, chain_id: str) -> Plate:
    """One chain from its sources to its uses: cards by grade, links as lines."""
    found, layout = chain(ask.desk, ask.selection, chain_id), chain_layout(ask.desk, ask.selection, chain_id, _FRAME)
    graded = {item.id: item for item in found.nodes}
    forms = [Form((curve.points,), INK["rule-strong"], width=1.0) for curve in layout.curves]
    signs, spoken = [], []
    for left, stage in layout.columns:
        signs.append(
            Sign(left + _FRAME.card / 2, -16.0, CHAIN_STAGES[stage].say(ask.language), INK["ink2"], _FRAME.card)
        )
    for box in layout.boxes:
        item = graded[box.node]
        mark = mark_of("chain_grade", item.grade)
        corners = (
            (box.x, box.y),
            (box.x + box.width, box.y),
            (box.x + box.width, box.y + box.height),
            (box.x, box.y + box.height),
        )
        forms.append(Form((corners,), MARK_COLOURS[THEME][mark.colour][0], INK["panel"], 1.5))
        name = f"{mark.sign} {item.node.label.say(ask.language)}"
        if box.height >= _TWO_LINES and width_of(name, bold=True) * _NAME > box.width:
            name = name.replace("（", "\n（").replace(" (", "\n(")
        signs.append(Sign(box.x + box.width / 2, box.y + box.height / 2, name, INK["ink"], box.width - 6, is_bold=True))
        spoken.append(f"{item.node.label.say(ask.language)} {CHAIN_GRADES[item.grade].say(ask.language)}")
    keys = tuple(
        (MARK_COLOURS[THEME][mark_of("chain_grade", grade).colour][0], CHAIN_GRADES[grade].say(ask.language))
        for grade in GRADES
        if any(item.grade == grade for item in found.nodes)
    )
    label = found.glance.chain.label.say(ask.language)
    missing = [item.node.label.say(ask.language) for item in found.nodes if item.grade == "missing"]
    finding = ask.say("pack.found_missing", chain=label, nodes=ask.joined(missing)) if missing else ""
    alt = f"{label}: {'; '.join(spoken)}"
    return Plate(label, alt, layout.width, layout.height, tuple(forms), tuple(signs), keys, finding)


def _feature(form: Form) -> dict[str, Any]:
    """A form in the plane, upwards; what has no fill is a line."""
    rings = [[[x, -y] for x, y in ring] for ring in form.rings]
    geometry: dict[str, Any] = {"type": "MultiLineString", "coordinates": rings}
    if form.fill:
        geometry = {"type": "MultiPolygon", "coordinates": [[[*ring, ring[0]]] for ring in rings]}
    return {"type": "Feature", "properties": {"fill": form.fill or None, "line": form.line}, "geometry": geometry}


def _keys(plate: Plate, scale: float) -> tuple[list[tuple[Form, Sign]], float]:
    """The legend as boxes with words in rows below the drawing, and the height it takes; in units of the plate."""
    made, x, y = [], 0.0, plate.height + 26 / scale
    for colour, words in plate.keys:
        wide = (width_of(words) * _KEY + 40) / scale
        if x and x + wide > plate.width:
            x, y = 0.0, y + 20 / scale
        box, half = 14 / scale, 5 / scale
        ring = ((x, y - half), (x + box, y - half), (x + box, y + half), (x, y + half))
        middle = x + box + (8 + width_of(words) * _KEY / 2) / scale
        made.append((Form((ring,), INK["rule-strong"], colour, 0.5), Sign(middle, y, words, INK["ink2"])))
        x += wide
    return made, y + 10 / scale - plate.height if made else 0.0


def picture_of(plate: Plate) -> Picture:
    """The plate for paper: outlines as GeoJSON in the plane, names over them, the legend below."""
    scale = (FIGURE_WIDTH - AXIS) / plate.width
    keys, foot = _keys(plate, scale)
    features = [_feature(form) for form in (*plate.forms, *(form for form, _ in keys))]
    names = [
        {
            "x": sign.x,
            "y": -sign.y,
            "text": sign.text.split("\n"),
            "colour": sign.colour,
            "size": _NAME
            if sign.room is None
            else min(
                _NAME, _FILL * sign.room * scale / max(width_of(line, bold=True) for line in sign.text.split("\n"))
            ),
        }
        for sign in plate.signs
    ]
    names += [{"x": sign.x, "y": -sign.y, "text": [sign.text], "colour": sign.colour, "size": _KEY} for _, sign in keys]
    own = {"scale": None, "type": "nominal"}
    spec = {
        "datasets": {},
        "height": round(scale * (plate.height + foot)),
        "projection": {"type": "identity", "reflectY": True},
        "layer": [
            {
                "data": {"values": features},
                "mark": {"type": "geoshape"},
                "encoding": {
                    "fill": {"field": "properties.fill", **own},
                    "stroke": {"field": "properties.line", **own},
                },
            },
            {
                "data": {"values": names},
                "mark": {"type": "text", "fontWeight": 700},
                "encoding": {
                    "longitude": {"field": "x", "type": "quantitative"},
                    "latitude": {"field": "y", "type": "quantitative"},
                    "text": {"field": "text"},
                    "color": {"field": "colour", **own},
                    "size": {"field": "size", "scale": None, "type": "quantitative"},
                },
            },
        ],
        "config": {"view": {"stroke": None}, "text": {"font": FONT}},
    }
    return Picture(spec, plate.title, plate.alt, FIGURE_WIDTH)
