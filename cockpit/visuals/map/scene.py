"""The map as SVG on the plane of `shapes`: areas, circles and names, and where the latter stand at every scale.

Pure: a `Drawing` and boundaries in, markup and places out. Circles and letters keep their size in pixels while the map
is magnified, so overlaps are solved here for a ladder of scales and the browser takes the rung it is on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final

import numpy as np

from cockpit.analysis.briefing import AreaFigure
from cockpit.visuals.map.circles import Values, part, radius
from cockpit.visuals.map.drawing import Boundaries, Drawing, Spot, spots
from cockpit.visuals.map.names import Ground, Name, around, beside, ground_of, place
from cockpit.visuals.map.shapes import Area, Box, areas, fit, join
from cockpit.visuals.map.shapes import place as on_plane
from cockpit.visuals.marks.markup import EMPTY, Markup, html, html_of
from cockpit.visuals.marks.palette import class_colours
from cockpit.visuals.marks.widths import text_width

# Pixels a unit of the plane: a phone shows the province at 0.2, a desk at 0.45, a county fills it at 2.5.
_RUNG: Final = 2 ** (1 / 3)  # from one rung to the next
RUNGS: Final = tuple(round(0.16 * _RUNG**step, 4) for step in range(13))
_SMALL_BELOW: Final = 0.32  # scale
_COUNTIES_FROM: Final = 0.7
_TOWNS_FROM: Final = 1.2
_MARGIN: Final = 26.0  # units round the province


@dataclass(frozen=True, eq=False)
class Shapes:
    """Prefectures and counties on the plane."""

    prefectures: tuple[Area, ...]
    counties: tuple[Area, ...]

    def of(self, level: str) -> tuple[Area, ...]:
        return self.prefectures if level == "prefecture" else self.counties


_shapes: dict[tuple[int, int], Shapes] = {}


def shapes_of(prefectures: Boundaries, counties: Boundaries) -> Shapes:
    """Shapes of parsed boundaries, worked out once: those are read once and shared."""
    key = id(prefectures), id(counties)
    if key not in _shapes:
        _shapes.clear()
        _shapes[key] = Shapes(areas(prefectures), areas(counties))
    return _shapes[key]


def prepare(prefectures: Boundaries, counties: Boundaries) -> None:
    """Work out what all maps share, which the first visitor would else wait for."""
    shapes = shapes_of(prefectures, counties)
    for area in (*shapes.prefectures, *shapes.counties):
        _ground(area)


def outlines(shapes: Shapes) -> Markup:
    """All outlines once for the page; every drawing uses them by name."""
    paths = html_of(
        html('<path id="m{}" d="{}" vector-effect="non-scaling-stroke"/>', area.code, area.path)
        for area in (*shapes.prefectures, *shapes.counties)
    )
    return html('<svg class="m-store" width="0" height="0" aria-hidden="true"><defs>{}</defs></svg>', paths)


def whole_box(shapes: Shapes) -> Box:
    left, top, right, bottom = join(area.box for area in shapes.prefectures)
    return left - _MARGIN, top - _MARGIN, right + _MARGIN, bottom + _MARGIN


def view_box(drawing: Drawing, shapes: Shapes) -> Box:
    """What the map shows at first: the counties or prefectures of the filter, else all."""
    selection = drawing.briefing.selection
    chosen = [area.main for area in shapes.counties if area.code in selection.counties] or [
        area.box for area in shapes.prefectures if area.code in selection.prefectures
    ]
    if not chosen:
        return whole_box(shapes)
    left, top, right, bottom = join(chosen)
    edge = 0.06 * max(right - left, bottom - top)
    return left - edge, top - edge, right + edge, bottom + edge


def in_filter(drawing: Drawing, area: Area) -> bool:
    """Whether an area is left in by the geographic filters."""
    selection = drawing.briefing.selection
    if selection.counties and not area.prefecture:
        return any(code[:4] == area.code[:4] for code in selection.counties)
    if selection.counties and area.code[4:] != "00":
        return area.code in selection.counties
    return not selection.prefectures or any(code[:4] == area.code[:4] for code in selection.prefectures)


def fill_class(drawing: Drawing, at: AreaFigure | None, area: Area) -> str:
    """Style of an area: its class, hatched without a town, dotted where nobody reported, faint outside the filter."""
    if not in_filter(drawing, area):
        return "out"
    if at is None:
        return "bare"
    if drawing.value_of(at) is None:
        return "mute"
    if "areas" not in drawing.options.layers or not drawing.borders:
        return "plain"
    return f"{'g' if drawing.reading == 'growth' else 'f'}{drawing.class_of(at)}"


@dataclass(frozen=True, eq=False)
class Scene:
    """The drawing and what the browser needs to keep it in shape.

    Attributes:
        picture: the SVG's content.
        shifts: per rung, x and y of every circle's shift in px, in the order of the circles.
        spots: per rung, [x, y] of every name's shift in px or None, in the order of the names.
        factors: per rung, what radii are multiplied by.
    """

    picture: Markup
    shifts: list[list[float]]
    spots: list[list[list[float] | None]]
    factors: list[float]
    has_bare: bool
    has_mute: bool


def factor(scale: float) -> float:
    """Circles are smaller on a small map and a little larger on a magnified one."""
    return round(float(np.clip((scale / 0.45) ** 0.5, 0.6, 1.35)), 3)


@lru_cache(maxsize=48)
def scene_of(drawing: Drawing, shapes: Shapes, names: tuple[tuple[str, str], ...]) -> Scene:
    """The scene of a drawing. `names`: adcode and name of every area."""
    named = dict(names)
    level = drawing.options.area
    figures = {at.code: at for at in drawing.figures}
    circles = _circles(drawing, shapes, figures)
    labels = _labels(drawing, shapes, figures, named, circles)
    kinds = {area.code: fill_class(drawing, figures.get(area.code), area) for area in shapes.of(level)}
    shown = html_of(
        html(
            '<g class="m-area {}" data-area="{}" role="button" tabindex="-1" aria-label="{}"><use href="#m{}"/></g>',
            kinds[area.code],
            area.code,
            _spoken(drawing, figures.get(area.code), named[area.code]),
            area.code,
        )
        for area in shapes.of(level)
    )
    coast = html_of(html('<use href="#m{}"/>', area.code) for area in shapes.prefectures)
    others = shapes.counties if level == "prefecture" else shapes.prefectures
    lines = html_of(html('<use href="#m{}"/>', area.code) for area in others)
    picture = html(
        '<g class="m-coast">{}</g><g class="m-areas">{}</g><g class="m-lines {}">{}</g><g class="m-over"></g>'
        '<line class="m-true" visibility="hidden"/><g class="m-spots">{}</g>'
        '<g class="m-names" aria-hidden="true">{}</g>',
        coast,
        shown,
        level,
        lines,
        html_of(circle.markup for circle in circles),
        html_of(label.markup for label in labels),
    )
    shifts, places = _ladder(drawing, circles, labels)
    return Scene(
        picture,
        shifts,
        places,
        [factor(scale) for scale in RUNGS],
        "bare" in kinds.values(),
        "mute" in kinds.values(),
    )


def _spoken(drawing: Drawing, at: AreaFigure | None, name: str) -> str:
    if at is None:
        return f"{name}: {drawing.say('map.bare')}"
    if drawing.reading == "growth":
        return f"{name}: {drawing.label} {drawing.say('map.growth')} {drawing.growth_told(at.growth)}"
    told = drawing.say("map.no_value") if at.value is None else str(drawing.told(at.value))
    return f"{name}: {drawing.label} {told}"


_SAME: Final = 4.5  # px, where all circles are the same
_DOT: Final = 2.8  # px, of a town under the circle of its area


@dataclass(frozen=True, eq=False)
class _Circle:
    x: float
    y: float
    radius: float
    markup: Markup
    spot: Spot | None = None


def _circles(drawing: Drawing, shapes: Shapes, figures: dict[str, AreaFigure]) -> tuple[_Circle, ...]:
    """Towns as circles; where areas tell a sum, one circle an area instead."""
    most = drawing.register.map.map.largest_px
    is_sum = drawing.reading == "sum"
    sums = _sums(drawing, shapes, figures, 1.9 * most) if is_sum and "areas" in drawing.options.layers else ()
    if "towns" not in drawing.options.layers:
        return sums
    found = spots(drawing)
    largest = max((spot.size or 0.0 for spot in found), default=0.0)
    circles = [*sums]
    for spot in found:
        x, y = on_plane(spot.lon, spot.lat)
        size = _DOT if is_sum else radius(spot.size, largest, most) if drawing.sized_by else _SAME
        markup = html(
            '<g class="m-spot" data-town="{}" data-x="{:.1f}" data-y="{:.1f}" data-r="{:.1f}">'
            '<circle class="hit" r="{:.1f}"/><circle class="k-{}" r="{:.1f}"{}/></g>',
            spot.code,
            x,
            y,
            size,
            max(size, 7.0),
            _kind(drawing, spot),
            size,
            tint(drawing, spot.kind),
        )
        circles.append(_Circle(x, y, size, markup, spot))
    return tuple(circles)


def _sums(drawing: Drawing, shapes: Shapes, figures: dict[str, AreaFigure], most: float) -> tuple[_Circle, ...]:
    largest = max((at.value or 0.0 for at in figures.values()), default=0.0)
    circles = []
    for area in shapes.of(drawing.options.area):
        at = figures.get(area.code)
        if at is None or at.value is None:
            continue
        size = radius(at.value, largest, most if drawing.options.area == "prefecture" else most * 0.7)
        x, y = area.label
        markup = html(
            '<g class="m-spot" data-area="{}" data-x="{:.1f}" data-y="{:.1f}" data-r="{:.1f}">'
            '<circle class="k-sum" r="{:.1f}"/></g>',
            area.code,
            x,
            y,
            size,
            size,
        )
        circles.append(_Circle(x, y, size, markup))
    return tuple(sorted(circles, key=lambda circle: -circle.radius))


@dataclass(frozen=True, eq=False)
class _Label:
    """A name with what it needs to be placed: from which scale on, how wide at 1 px, the circle it belongs to."""

    kind: str  # prefecture, county, town
    x: float
    y: float
    lines: tuple[str, ...]
    since: float
    until: float
    markup: Markup
    area: Area | None = None
    circle: _Circle | None = None


_PX: Final = {"prefecture": (15.0, 12.5), "county": (13.0, 12.0), "town": (13.0, 12.0)}  # desk, small


def _labels(
    drawing: Drawing,
    shapes: Shapes,
    figures: dict[str, AreaFigure],
    named: dict[str, str],
    circles: Sequence[_Circle],
) -> tuple[_Label, ...]:
    if "labels" not in drawing.options.layers:
        return ()
    by_county = drawing.options.area == "county"
    found = []
    for area in shapes.prefectures:
        at = figures.get(area.code)
        if not in_filter(drawing, area):
            lines: tuple[str, ...] = (named[area.code],)
        else:
            lines = (named[area.code],) if by_county or at is None else (named[area.code], drawing.shown(at))
        until = _COUNTIES_FROM if by_county and in_filter(drawing, area) else 99.0
        found.append(_label("prefecture", area, lines, 0.0, until, in_filter(drawing, area)))
    for area in shapes.counties:
        at = figures.get(area.code)
        if not in_filter(drawing, area):
            continue
        lines = (named[area.code], drawing.shown(at)) if at is not None else (named[area.code],)
        found.append(_label("county", area, lines, _COUNTIES_FROM if not by_county else 0.45, 99.0, at is not None))
    for circle in circles:
        if circle.spot is not None:
            text = circle.spot.name.removesuffix("小镇") or circle.spot.name
            markup = _text("town", circle.x, circle.y, (text,), True)
            found.append(_Label("town", circle.x, circle.y, (text,), _TOWNS_FROM, 99.0, markup, circle=circle))
    return tuple(found)


def _label(kind: str, area: Area, lines: tuple[str, ...], since: float, until: float, is_strong: bool) -> _Label:
    x, y = area.label
    return _Label(kind, x, y, lines, since, until, _text(kind, x, y, lines, is_strong), area=area)


def _text(kind: str, x: float, y: float, lines: tuple[str, ...], is_strong: bool) -> Markup:
    second = html('<tspan class="v" x="0" dy="1.2em">{}</tspan>', lines[1]) if len(lines) > 1 else EMPTY
    return html(
        '<g class="m-name n-{}{}" data-x="{:.1f}" data-y="{:.1f}"><text y="{}">{}{}</text></g>',
        kind,
        "" if is_strong else " faint",
        x,
        y,
        "-0.25em" if len(lines) > 1 else "0.36em",
        lines[0],
        second,
    )


def _ladder(
    drawing: Drawing, circles: Sequence[_Circle], labels: Sequence[_Label]
) -> tuple[list[list[float]], list[list[list[float] | None]]]:
    """Shifts of circles and places of names at every rung."""
    parting = drawing.register.map.map.parting_px
    centres = np.array([(circle.x, circle.y) for circle in circles]).reshape(-1, 2)
    radii = np.array([circle.radius for circle in circles])
    at = {id(circle): number for number, circle in enumerate(circles)}
    is_town = np.array([circle.spot is not None for circle in circles], dtype=bool)
    all_shifts, all_places = [], []
    for scale in RUNGS:
        sized = radii * factor(scale)
        shifts = np.zeros_like(centres)
        shifts[is_town] = part(centres[is_town] * scale, sized[is_town], parting)
        # Names keep their shifts up to the next rung: they are placed as things stand half way there.
        seen = scale * _RUNG**0.5
        away = centres * seen + shifts
        drawn = np.column_stack([away, sized]) if len(circles) else np.zeros((0, 3))
        all_shifts.append([round(float(value), 1) for value in shifts.reshape(-1)])
        wanted = [
            (number, _name(label, scale, seen, away[at[id(label.circle)]] if label.circle else None))
            for number, label in enumerate(labels)
            if label.since <= scale < label.until
        ]
        found: list[list[float] | None] = [None] * len(labels)
        for (number, name), spot in zip(wanted, place([name for _, name in wanted], drawn), strict=True):
            if spot is not None:
                label = labels[number]
                found[number] = [
                    round(name.x + spot[0] - label.x * seen, 1),
                    round(name.y + spot[1] - label.y * seen, 1),
                ]
        all_places.append(found)
    return all_shifts, all_places


def _name(label: _Label, scale: float, seen: float, centre: Values | None) -> Name:
    """The name at a rung, where it is wanted while a unit of the plane is `seen` pixels."""
    size = _PX[label.kind][scale < _SMALL_BELOW]
    width = (
        max(text_width(line, size + (1 if number else 0), bold=number > 0) for number, line in enumerate(label.lines))
        + 4
    )
    height = size * 1.22 * len(label.lines) + 2
    if label.circle is not None and centre is not None:
        reach = label.circle.radius * factor(scale)
        return Name(float(centre[0]), float(centre[1]), width, height, beside(reach, width, height))
    assert label.area is not None
    ground, at = _ground(label.area), (label.x * seen, label.y * seen)
    if label.kind == "prefecture":
        return Name(*at, width, height, around(64 if scale >= _SMALL_BELOW else 48, 8), ground, seen, is_needed=True)
    if _room(label.area, scale) < 0.8 * width:
        return Name(*at, width, height, np.zeros((0, 2)))
    return Name(*at, width, height, around(30, 10), ground, seen)


@lru_cache(maxsize=256)
def _ground(area: Area) -> Ground:
    return ground_of([np.array(ring, dtype=float) for ring in area.rings])


def _room(area: Area, scale: float) -> float:
    left, _, right, _ = area.main
    return (right - left) * scale


_WIDE: Final = 430.0  # px of the enlarged map; the panel shows it a little smaller or larger
_TALL: Final = (200.0, 400.0)
_EDGE: Final = 26.0


@lru_cache(maxsize=128)
def enlarged(drawing: Drawing, shapes: Shapes, names: tuple[tuple[str, str], ...], code: str) -> Markup:
    """One prefecture or county by itself, with the names of its counties and towns, at a fixed scale."""
    by_county = replace(drawing.options, area="county")
    near = replace(drawing, options=by_county)
    named, figures = dict(names), {at.code: at for at in near.figures}
    inside = [area for area in shapes.counties if area.code == code or area.prefecture == code]
    if not inside:
        return EMPTY
    left, top, right, bottom = join(area.main for area in inside)
    scale = min((_WIDE - 2 * _EDGE) / (right - left), (_TALL[1] - 2 * _EDGE) / (bottom - top))
    tall = max(_TALL[0], (bottom - top) * scale + 2 * _EDGE)
    view = fit((left, top, right, bottom), (_EDGE, _EDGE, _WIDE - _EDGE, tall - _EDGE))
    circles = [
        circle
        for circle in (_circles(near, shapes, figures) if near.reading != "sum" else ())
        if circle.spot and circle.spot.county in {area.code for area in inside}
    ]
    centres = np.array([view.at((circle.x, circle.y)) for circle in circles]).reshape(-1, 2)
    radii = np.array([circle.radius * factor(view.scale) for circle in circles])
    moved = centres + part(centres, radii, drawing.register.map.map.parting_px)
    texts, wanted = [], []
    for circle, spot in zip(circles, moved, strict=True):
        assert circle.spot is not None
        texts.append((circle.spot.name.removesuffix("小镇") or circle.spot.name, "town"))
        width = text_width(texts[-1][0], 12.5) + 4
        reach = circle.radius * factor(view.scale)
        wanted.append(Name(float(spot[0]), float(spot[1]), width, 16.0, beside(reach, width, 16.0)))
    for area in inside:
        x, y = view.at(area.label)
        at = figures.get(area.code)
        texts.append((named[area.code], "county" if at is not None else "county faint"))
        wanted.append(Name(x, y, text_width(named[area.code], 12.5) + 4, 17.0, around(30, 10)))
    places = place(wanted, np.column_stack([moved, radii]), (0.0, 0.0, _WIDE, tall))
    lettered = html_of(
        html('<text class="l-{}" x="{:.1f}" y="{:.1f}">{}</text>', kind, name.x + at[0], name.y + at[1] + 4.5, text)
        for (text, kind), name, at in zip(texts, wanted, places, strict=True)
        if at is not None
    )
    shown = html_of(
        html('<use class="{}" href="#m{}"/>', fill_class(near, figures.get(area.code), area), area.code)
        for area in inside
    )
    edge = html_of(html('<use href="#m{}"/>', area.code) for area in inside)
    dots = html_of(
        html(
            '<g class="m-spot" data-town="{}"><title>{}</title>'
            '<circle class="k-{}" cx="{:.1f}" cy="{:.1f}" r="{:.1f}"{}/></g>',
            circle.spot.code if circle.spot else "",
            circle.spot.name if circle.spot else "",
            _kind(near, circle.spot) if circle.spot else "",
            spot[0],
            spot[1],
            size,
            tint(near, circle.spot.kind) if circle.spot else EMPTY,
        )
        for circle, spot, size in zip(circles, moved, radii, strict=True)
    )
    return html(
        '<svg class="mp-large" viewBox="0 0 {:.0f} {:.0f}" role="img" aria-label="{}"><g transform="{}">'
        '<g class="m-coast">{}</g><g class="m-area">{}</g></g>{}<g class="l-names">{}</g></svg>',
        _WIDE,
        tall,
        named[code],
        view.transform,
        edge,
        shown,
        dots,
        lettered,
    )


def tint(drawing: Drawing, kind: str) -> Markup:
    """Colour of a circle by class; list statuses have their marks in the style sheet."""
    if drawing.options.colour != "class":
        return EMPTY
    colour = class_colours(drawing.theme)[kind]
    return html(' style="fill:{};background:{}"', colour, colour)


def _kind(drawing: Drawing, spot: Spot) -> str:
    """Style of a town's circle: its group, dotted where its size is not reported."""
    return spot.kind if spot.size is not None or not drawing.sized_by else f"{spot.kind} silent"


def anchors(shapes: Shapes, level: str) -> dict[str, list[float]]:
    """Where an area is thought to be when arrows walk, and the box it is zoomed to: x, y, left, top, right, bottom."""
    return {area.code: [round(value, 1) for value in (*area.label, *area.main)] for area in shapes.of(level)}


def largest_of(drawing: Drawing) -> float:
    """The value of the largest circle."""
    if drawing.reading == "sum":
        return max((at.value or 0.0 for at in drawing.figures), default=0.0)
    return max((spot.size or 0.0 for spot in spots(drawing)), default=0.0)


def as_data(scene: Scene, shapes: Shapes, drawing: Drawing) -> dict[str, Any]:
    """What the browser part takes of a scene."""
    return {
        "picture": scene.picture,
        "rungs": list(RUNGS),
        "shifts": scene.shifts,
        "places": scene.spots,
        "factors": scene.factors,
        "small": _SMALL_BELOW,
        "anchors": anchors(shapes, drawing.options.area),
        "view": [round(value, 1) for value in view_box(drawing, shapes)],
        "whole": [round(value, 1) for value in whole_box(shapes)],
    }
