"""The wall's maps as SVG: the province with its prefectures, and one prefecture with its towns by name.

One unit is a twentieth of a rem on an ordinary screen. The outlines stand once in the page (`outlines`) and are used by
every map, so that twelve maps cost hardly more than one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from cockpit.visuals.map.label_places import Board, Placed, Point, place_names
from cockpit.visuals.map.shapes import Area, Box, View, areas, fit, join, place
from cockpit.visuals.marks.markup import EMPTY, Markup, html, html_of
from cockpit.visuals.marks.widths import text_width
from cockpit.vocabulary import Shape

WIDTH: Final = 728.0  # of the province, units; what its column has on an ordinary screen
HEIGHT: Final = 742.0
NAME: Final = 22.0
VALUE: Final = 20.0
_LINE: Final = 25.0
_PULLS: Final = 80


@dataclass(frozen=True, eq=False)
class Shapes:
    """Outlines of prefectures and counties on one plane."""

    prefectures: tuple[Area, ...]
    counties: tuple[Area, ...]

    def prefecture(self, code: str) -> Area:
        return next(area for area in self.prefectures if area.code == code)


def shapes_of(prefectures: Mapping[str, Any], counties: Mapping[str, Any]) -> Shapes:
    return Shapes(areas(prefectures), areas(counties))


def outlines(shapes: Shapes) -> Markup:
    """All outlines, once for the whole page."""
    paths = html_of(html('<path id="wp{}" d="{}"/>', area.code, area.path) for area in shapes.prefectures)
    paths += html_of(html('<path id="wc{}" d="{}"/>', area.code, area.path) for area in shapes.counties)
    return html('<svg width="0" height="0" aria-hidden="true"><defs>{}</defs></svg>', paths)


@dataclass(frozen=True)
class AreaMark:
    """How a prefecture shows: class of its fill, name with a figure, and the line under them."""

    code: str
    kind: str
    name: str
    value: str
    number: str = ""


@dataclass(frozen=True)
class Spot:
    """A town on the province map."""

    lon: float
    lat: float
    is_named: bool


def province(shapes: Shapes, marks: Sequence[AreaMark], spots: Sequence[Spot], legend: str, label: str) -> Markup:
    """The whole province.

    Args:
        legend: markup of the key, drawn by `key`.
        label: what is said of the picture.
    """
    view = fit(join(area.box for area in shapes.prefectures), (8.0, 8.0, WIDTH - 8, HEIGHT - 8))
    kinds = {mark.code: mark.kind for mark in marks}
    fills = html_of(
        html('<use href="#wp{}" class="w-area {}"/>', area.code, kinds.get(area.code, "plain"))
        for area in shapes.prefectures
    )
    lines = html_of(html('<use href="#wc{}"/>', area.code) for area in shapes.counties)
    borders = html_of(html('<use href="#wp{}"/>', area.code) for area in shapes.prefectures)
    towns = html_of(_spot(*view.at(place(spot.lon, spot.lat)), 4.4, spot.is_named) for spot in spots)
    by_code = {area.code: area for area in shapes.prefectures}
    places = _spread([(mark, view.at(by_code[mark.code].label)) for mark in marks])
    names = html_of(_area_name(mark, *at) for mark, at in places)
    return html(
        '<svg class="w-map" viewBox="0 0 {:g} {:g}" role="img" aria-label="{}"><g transform="{}">'
        '<g class="w-areas">{}</g><g class="w-counties">{}</g><g class="w-borders">{}</g></g>{}{}{}</svg>',
        WIDTH,
        HEIGHT,
        label,
        view.transform,
        fills,
        lines,
        borders,
        towns,
        names,
        legend,
    )


def _spot(x: float, y: float, radius: float, is_named: bool, kind: str = "") -> Markup:
    style = kind or ("named" if is_named else "ring")
    return html('<circle class="w-spot {}" cx="{:.1f}" cy="{:.1f}" r="{:.1f}"/>', style, x, y, radius)


def _size(mark: AreaMark) -> tuple[float, float]:
    wide = max(text_width(f"{mark.name} {mark.number}".strip(), NAME, bold=True), text_width(mark.value, VALUE))
    return wide, _LINE * (2 if mark.value else 1)


def _spread(found: list[tuple[AreaMark, tuple[float, float]]]) -> list[tuple[AreaMark, tuple[float, float]]]:
    """Names moved apart from their places, along the way that parts them soonest, and kept inside the frame."""
    spots = [list(at) for _, at in found]
    sizes = [_size(mark) for mark, _ in found]
    for _ in range(_PULLS):
        moved = False
        for one in range(len(spots)):
            for two in range(one + 1, len(spots)):
                dx, dy = spots[two][0] - spots[one][0], spots[two][1] - spots[one][1]
                over_x = (sizes[one][0] + sizes[two][0]) / 2 + 6 - abs(dx)
                over_y = (sizes[one][1] + sizes[two][1]) / 2 + 2 - abs(dy)
                if over_x <= 0 or over_y <= 0:
                    continue
                moved = True
                axis, over, way = (0, over_x, dx) if over_x < over_y else (1, over_y, dy)
                step = over / 2 * (1 if way >= 0 else -1)
                spots[one][axis] -= step
                spots[two][axis] += step
        for at, (wide, tall) in zip(spots, sizes, strict=True):
            at[0] = min(max(at[0], wide / 2), WIDTH - wide / 2)
            at[1] = min(max(at[1], tall / 2), HEIGHT - tall / 2)
        if not moved:
            break
    return [(mark, (at[0], at[1])) for (mark, _), at in zip(found, spots, strict=True)]


def _area_name(mark: AreaMark, x: float, y: float) -> Markup:
    tall = _size(mark)[1]
    number = html("<tspan> {}</tspan>", mark.number) if mark.number else EMPTY
    lines = html('<text class="w-name" x="{:.1f}" y="{:.1f}">{}{}</text>', x, y - tall / 2 + 19, mark.name, number)
    if mark.value:
        lines += html('<text class="w-value" x="{:.1f}" y="{:.1f}">{}</text>', x, y - tall / 2 + 19 + _LINE, mark.value)
    return lines


def key(title: str, steps: Sequence[tuple[str, str]], spots: Sequence[tuple[bool, str]]) -> Markup:
    """The key in the sea: steps as (class, words), kinds of points as (is named, words)."""
    words = [title, *(text for _, text in steps), *(text for _, text in spots)]
    wide = max(text_width(text, VALUE) for text in words) + 44
    x, y = WIDTH - max(wide, 150), HEIGHT - 34 * (len(steps) + len(spots)) - (34 if title else 0) - 8
    parts = []
    if title:
        parts.append(html('<text class="w-key" x="{:.1f}" y="{:.1f}">{}</text>', x, y + 20, title))
        y += 34
    for kind, text in steps:
        parts.append(
            html(
                '<rect class="w-area {} w-swatch" x="{:.1f}" y="{:.1f}" width="32" height="22"/>'
                '<text class="w-key b" x="{:.1f}" y="{:.1f}">{}</text>',
                kind,
                x,
                y + 2,
                x + 44,
                y + 20,
                text,
            )
        )
        y += 34
    for is_named, text in spots:
        parts.append(_spot(x + 16, y + 13, 6, is_named))
        parts.append(html('<text class="w-key b" x="{:.1f}" y="{:.1f}">{}</text>', x + 44, y + 20, text))
        y += 34
    return html_of(parts)


# One prefecture.
TOUR_WIDTH: Final = 770.0
TOUR_HEIGHT: Final = 742.0
_BLOCK: Final = 54.0
_INSET: Final = 3.0  # letters reach a little beyond their place
_STEP: Final = 66.0
_LARGEST: Final = 17.0
_LEAST: Final = 6.5
_EVEN: Final = 8.5
_AROUND: Final = 16.0  # units of the plane kept around a town
# Room kept beside the shape for names, tried from the least.
_SIDES: Final = (50.0, 90.0, 130.0, 190.0)
_WORTH: Final = 9.0  # what a unit of that room may spoil: the shape gets smaller with it


@dataclass(frozen=True)
class Mark:
    """A status as shape, colour (class) and word."""

    shape: Shape
    tone: str
    word: str


@dataclass(frozen=True)
class TownName:
    """A town as it is named beside the map; area of its circle by `weight` (None: a dashed ring).

    Under the name stand shape and word of its status and a figure; `mark` is None where there is no status to show.
    """

    lon: float
    lat: float
    is_named: bool
    weight: float | None
    name: str = ""
    mark: Mark | None = None
    value: str = ""

    @property
    def under_width(self) -> float:
        word = 24 + text_width(self.mark.word, VALUE, bold=True) + 16 if self.mark else 0.0
        return word + text_width(self.value, VALUE)


def prefecture(
    shapes: Shapes,
    code: str,
    towns: Sequence[TownName],
    counties: Mapping[str, str],
    label: str,
    legend: str,
    code_suffix: str = "",
) -> Markup:
    """One prefecture with its towns by name, its neighbours as hairlines.

    Args:
        towns: those with a name first, the others are points only.
        counties: adcode -> name to be written into the county where there is room.
        code_suffix: keeps the names of its parts apart from those of another map of the prefecture.
    """
    area, own = shapes.prefecture(code), f"{code}{code_suffix}"
    named = [town for town in towns if town.name]
    widths = [max(text_width(town.name, NAME, bold=True), town.under_width) for town in named]
    view, points, placed = _laid_out(area, towns, widths)
    names = html_of(_town_name(town, at) for town, at in zip(named, placed, strict=True))
    leaders = html_of(
        html('<polyline points="{}"/>', " ".join(f"{x:.1f},{y:.1f}" for x, y in at.leader)) for at in placed
    )
    circles = html_of(
        _spot(point.x, point.y, point.radius, town.is_named, "unknown" if town.weight is None else "")
        for town, point in zip(towns, points, strict=True)
    )
    around = html_of(html('<use href="#wp{}"/>', other.code) for other in shapes.prefectures if other.code != code)
    inner = html_of(html('<use href="#wc{}"/>', county.code) for county in shapes.counties if county.prefecture == code)
    taken = _boxes(widths, placed) + [
        (point.x - point.radius, point.y - point.radius, point.x + point.radius, point.y + point.radius)
        for point in points
    ]
    # Leaders as small boxes along their way, for county names to keep clear of.
    taken += [
        (
            x0 + (x1 - x0) * step / 12 - 3,
            y0 + (y1 - y0) * step / 12 - 3,
            x0 + (x1 - x0) * step / 12 + 3,
            y0 + (y1 - y0) * step / 12 + 3,
        )
        for at in placed
        for _, (x0, y0), (x1, y1) in [at.leader]
        for step in range(13)
    ]
    words = _county_names(shapes, code, counties, view, taken)
    return html(
        '<svg class="w-map w-pref" viewBox="0 0 {:g} {:g}" role="img" aria-label="{}"><defs>'
        '<radialGradient id="wfade{}"><stop offset=".45" stop-color="#fff"/>'
        '<stop offset=".98" stop-color="#000"/></radialGradient>'
        '<mask id="wm{}" maskUnits="userSpaceOnUse" x="0" y="0" width="{:g}" height="{:g}">'
        '<rect width="{:g}" height="{:g}" fill="url(#wfade{})"/></mask></defs><g mask="url(#wm{})">'
        '<g class="w-around" transform="{}">{}</g></g><g transform="{}"><use class="w-here" href="#wp{}"/>'
        '<g class="w-inner">{}</g></g>{}<g class="w-leaders">{}</g>{}{}{}</svg>',
        TOUR_WIDTH,
        TOUR_HEIGHT,
        label,
        own,
        own,
        TOUR_WIDTH,
        TOUR_HEIGHT,
        TOUR_WIDTH,
        TOUR_HEIGHT,
        own,
        own,
        view.transform,
        around,
        view.transform,
        code,
        inner,
        words,
        leaders,
        circles,
        names,
        legend,
    )


def _laid_out(
    area: Area, towns: Sequence[TownName], widths: Sequence[float]
) -> tuple[View, list[Point], tuple[Placed, ...]]:
    """The largest view in which no name hides a town; where there is none, the one that spoils least."""
    largest = max((town.weight or 0.0 for town in towns), default=0.0) or 1.0
    # Where nothing is known to tell them apart, circles are of one middling size.
    is_even = len({town.weight for town in towns}) < 2
    radii = [_EVEN if is_even else max(_LEAST, _LARGEST * ((town.weight or 0.0) / largest) ** 0.5) for town in towns]
    board = Board(TOUR_WIDTH, TOUR_HEIGHT - 56, _BLOCK, _STEP)
    spots = [place(town.lon, town.lat) for town in towns]
    # The largest island, and whatever of the others has a town.
    box = join([area.main, *((x - _AROUND, y - _AROUND, x + _AROUND, y + _AROUND) for x, y in spots)])
    best: tuple[float, View, list[Point], tuple[Placed, ...]] | None = None
    for side in _SIDES if widths else _SIDES[:1]:
        view = fit(box, (side, 34.0, TOUR_WIDTH - side, TOUR_HEIGHT - 60))
        points = [Point(*view.at(spot), radius) for spot, radius in zip(spots, radii, strict=True)]
        placed, spoilt = place_names(points, widths, board)
        price = spoilt + _WORTH * side
        if best is None or price < best[0]:
            best = price, view, points, placed
        if not spoilt:
            break
    assert best is not None
    return best[1:]


def _boxes(widths: Sequence[float], placed: Sequence[Placed]) -> list[Box]:
    half = _BLOCK / 2
    return [
        (0.0, at.y - half, wide, at.y + half)
        if at.side == "left"
        else (TOUR_WIDTH - wide, at.y - half, TOUR_WIDTH, at.y + half)
        for wide, at in zip(widths, placed, strict=True)
    ]


def _town_name(town: TownName, at: Placed) -> Markup:
    is_left, y = at.side == "left", at.y + 21
    anchor = "start" if is_left else "end"
    x = _INSET if is_left else TOUR_WIDTH - _INSET
    found = html('<text class="w-town" x="{:g}" y="{:.1f}" text-anchor="{}">{}</text>', x, at.y - 6, anchor, town.name)
    after = x
    if town.mark is not None:
        wide = text_width(town.mark.word, VALUE, bold=True)
        # Written from the edge inwards: widths are estimates, and what they are wrong by falls into the gaps.
        end = x - (text_width(town.value, VALUE) + 16 if town.value else 0)
        shape_x, word_x = (x + 8.0, x + 24.0) if is_left else (end - wide - 16, end)
        after = x + 24 + wide + 16 if is_left else x
        found += html(
            '<g class="{}">{}<text class="w-mark" x="{:.1f}" y="{:.1f}" text-anchor="{}">{}</text></g>',
            town.mark.tone,
            draw_shape(town.mark.shape, shape_x, y - 7),
            word_x,
            y,
            anchor,
            town.mark.word,
        )
    if town.value:
        found += html(
            '<text class="w-under" x="{:.1f}" y="{:.1f}" text-anchor="{}">{}</text>', after, y, anchor, town.value
        )
    return found


def draw_shape(shape: Shape, x: float, y: float, size: float = 7.5) -> Markup:
    """A status shape in the colour of its group; drawn, because fonts differ."""
    at = html('transform="translate({:.1f} {:.1f})"', x, y)
    forms = {
        Shape.CIRCLE: html('<circle r="{}" {}/>', size, at),
        Shape.SQUARE: html('<path d="M{} {}H{}V{}H{}Z" {}/>', -size, -size, size, size, -size, at),
        Shape.TRIANGLE: html('<path d="M0 {}L{} {}H{}Z" {}/>', -size, size, size * 0.85, -size, at),
        Shape.DIAMOND: html(
            '<path d="M0 {}L{} 0L0 {}L{} 0Z" {}/>', -size * 1.1, size * 1.1, size * 1.1, -size * 1.1, at
        ),
        Shape.RING: html('<circle class="o" r="{}" {}/>', size - 1, at),
        Shape.HALF: html(
            '<circle class="o" r="{}" {}/><path d="M0 {}A{} {} 0 0 0 0 {}Z" {}/>',
            size - 1,
            at,
            -size,
            size,
            size,
            size,
            at,
        ),
    }
    return html('<g class="w-shape">{}</g>', forms[shape])


def _county_names(shapes: Shapes, code: str, names: Mapping[str, str], view: View, taken: Sequence[Box]) -> Markup:
    """Names of the counties that stand clear of towns and town names; the others are left out."""
    blocked = list(taken)
    parts = []
    for county in shapes.counties:
        if county.prefecture != code or county.code not in names:
            continue
        text = names[county.code]
        wide = text_width(text, VALUE)
        x, y = view.at(county.label)
        for shift in (0.0, 26.0, -26.0, 48.0, -48.0):
            box = (x - wide / 2 - 4, y + shift - 14, x + wide / 2 + 4, y + shift + 14)
            if box[0] < 0 or box[2] > TOUR_WIDTH or any(_overlap(box, other) for other in blocked):
                continue
            blocked.append(box)
            parts.append(html('<text class="w-county" x="{:.1f}" y="{:.1f}">{}</text>', x, y + shift + 7, text))
            break
    return html_of(parts)


def _overlap(one: Box, two: Box) -> bool:
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]


def town_key(spots: Sequence[tuple[str, str]], note: str) -> Markup:
    """The key under a prefecture's map: kinds of points as (class, words) in a row, and what their size means."""
    x, y, parts = 0.0, TOUR_HEIGHT - 14, []
    for kind, text in spots:
        parts.append(_spot(x + 8, y - 7, 7, kind == "named", kind))
        parts.append(html('<text class="w-key" x="{:.1f}" y="{:.1f}">{}</text>', x + 24, y, text))
        x += 24 + text_width(text, VALUE) + 20
    parts.append(html('<text class="w-key" x="{:.1f}" y="{:.1f}">{}</text>', x, y, note))
    return html_of(parts)
