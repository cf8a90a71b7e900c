"""The wall's maps as SVG: the province with its prefectures, and one prefecture with its towns by name.

One unit is a twentieth of a rem on an ordinary screen. The outlines stand once in the page (`outlines`) and are used by
every map, so that twelve maps cost hardly more than one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any, Final

from cockpit.visuals.map.label_places import Board, Placed, Point, place_names
from cockpit.visuals.map.shapes import Area, Box, View, areas, fit, join, place
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


def outlines(shapes: Shapes) -> str:
    """All outlines, once for the whole page."""
    paths = "".join(f'<path id="wp{area.code}" d="{area.path}"/>' for area in shapes.prefectures)
    paths += "".join(f'<path id="wc{area.code}" d="{area.path}"/>' for area in shapes.counties)
    return f'<svg width="0" height="0" aria-hidden="true"><defs>{paths}</defs></svg>'


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


def province(shapes: Shapes, marks: Sequence[AreaMark], spots: Sequence[Spot], legend: str, label: str) -> str:
    """The whole province.

    Args:
        legend: markup of the key, drawn by `key`.
        label: what is said of the picture.
    """
    view = fit(join(area.box for area in shapes.prefectures), (8.0, 8.0, WIDTH - 8, HEIGHT - 8))
    kinds = {mark.code: mark.kind for mark in marks}
    fills = "".join(
        f'<use href="#wp{area.code}" class="w-area {kinds.get(area.code, "plain")}"/>' for area in shapes.prefectures
    )
    lines = "".join(f'<use href="#wc{area.code}"/>' for area in shapes.counties)
    borders = "".join(f'<use href="#wp{area.code}"/>' for area in shapes.prefectures)
    towns = "".join(_spot(*view.at(place(spot.lon, spot.lat)), 4.4, spot.is_named) for spot in spots)
    by_code = {area.code: area for area in shapes.prefectures}
    places = _spread([(mark, view.at(by_code[mark.code].label)) for mark in marks])
    names = "".join(_area_name(mark, *at) for mark, at in places)
    return (
        f'<svg class="w-map" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" role="img" aria-label="{escape(label)}">'
        f'<g transform="{view.transform}"><g class="w-areas">{fills}</g><g class="w-counties">{lines}</g>'
        f'<g class="w-borders">{borders}</g></g>{towns}{names}{legend}</svg>'
    )


def _spot(x: float, y: float, radius: float, is_named: bool, kind: str = "") -> str:
    style = kind or ("named" if is_named else "ring")
    return f'<circle class="w-spot {style}" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"/>'


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


def _area_name(mark: AreaMark, x: float, y: float) -> str:
    tall = _size(mark)[1]
    number = f"<tspan> {escape(mark.number)}</tspan>" if mark.number else ""
    lines = f'<text class="w-name" x="{x:.1f}" y="{y - tall / 2 + 19:.1f}">{escape(mark.name)}{number}</text>'
    if mark.value:
        lines += f'<text class="w-value" x="{x:.1f}" y="{y - tall / 2 + 19 + _LINE:.1f}">{escape(mark.value)}</text>'
    return lines


def key(title: str, steps: Sequence[tuple[str, str]], spots: Sequence[tuple[bool, str]]) -> str:
    """The key in the sea: steps as (class, words), kinds of points as (is named, words)."""
    words = [title, *(text for _, text in steps), *(text for _, text in spots)]
    wide = max(text_width(text, VALUE) for text in words) + 44
    x, y = WIDTH - max(wide, 150), HEIGHT - 34 * (len(steps) + len(spots)) - (34 if title else 0) - 8
    parts = []
    if title:
        parts.append(f'<text class="w-key" x="{x:.1f}" y="{y + 20:.1f}">{escape(title)}</text>')
        y += 34
    for kind, text in steps:
        parts.append(
            f'<rect class="w-area {kind} w-swatch" x="{x:.1f}" y="{y + 2:.1f}" width="32" height="22"/>'
            f'<text class="w-key b" x="{x + 44:.1f}" y="{y + 20:.1f}">{escape(text)}</text>'
        )
        y += 34
    for is_named, text in spots:
        parts.append(_spot(x + 16, y + 13, 6, is_named))
        parts.append(f'<text class="w-key b" x="{x + 44:.1f}" y="{y + 20:.1f}">{escape(text)}</text>')
        y += 34
    return "".join(parts)


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
_SIDES: Final = (50.0, 90.0, 130.0)
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
) -> str:
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
    names = "".join(_town_name(town, at) for town, at in zip(named, placed, strict=True))
    leaders = "".join(f'<polyline points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in at.leader)}"/>' for at in placed)
    circles = "".join(
        _spot(point.x, point.y, point.radius, town.is_named, "unknown" if town.weight is None else "")
        for town, point in zip(towns, points, strict=True)
    )
    around = "".join(f'<use href="#wp{other.code}"/>' for other in shapes.prefectures if other.code != code)
    inner = "".join(f'<use href="#wc{county.code}"/>' for county in shapes.counties if county.prefecture == code)
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
    return (
        f'<svg class="w-map w-pref" viewBox="0 0 {TOUR_WIDTH:g} {TOUR_HEIGHT:g}" role="img" '
        f'aria-label="{escape(label)}"><defs><radialGradient id="wfade{own}"><stop offset=".45" stop-color="#fff"/>'
        f'<stop offset=".98" stop-color="#000"/></radialGradient><mask id="wm{own}" maskUnits="userSpaceOnUse" x="0" '
        f'y="0" width="{TOUR_WIDTH:g}" height="{TOUR_HEIGHT:g}"><rect width="{TOUR_WIDTH:g}" height="{TOUR_HEIGHT:g}" '
        f'fill="url(#wfade{own})"/></mask></defs><g mask="url(#wm{own})"><g class="w-around" '
        f'transform="{view.transform}">{around}</g></g><g transform="{view.transform}"><use class="w-here" '
        f'href="#wp{code}"/><g class="w-inner">{inner}</g></g>{words}<g class="w-leaders">{leaders}</g>{circles}'
        f"{names}{legend}</svg>"
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


def _town_name(town: TownName, at: Placed) -> str:
    is_left, y = at.side == "left", at.y + 21
    anchor = "start" if is_left else "end"
    x = _INSET if is_left else TOUR_WIDTH - _INSET
    found = f'<text class="w-town" x="{x:g}" y="{at.y - 6:.1f}" text-anchor="{anchor}">{escape(town.name)}</text>'
    after = x
    if town.mark is not None:
        wide = text_width(town.mark.word, VALUE, bold=True)
        # Written from the edge inwards: widths are estimates, and what they are wrong by falls into the gaps.
        end = x - (text_width(town.value, VALUE) + 16 if town.value else 0)
        shape_x, word_x = (x + 8.0, x + 24.0) if is_left else (end - wide - 16, end)
        after = x + 24 + wide + 16 if is_left else x
        found += (
            f'<g class="{town.mark.tone}">{draw_shape(town.mark.shape, shape_x, y - 7)}<text class="w-mark" '
            f'x="{word_x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(town.mark.word)}</text></g>'
        )
    if town.value:
        found += f'<text class="w-under" x="{after:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(town.value)}</text>'
    return found


def draw_shape(shape: Shape, x: float, y: float, size: float = 7.5) -> str:
    """A status shape in the colour of its group; drawn, because fonts differ."""
    at = f'transform="translate({x:.1f} {y:.1f})"'
    forms = {
        Shape.CIRCLE: f'<circle r="{size}" {at}/>',
        Shape.SQUARE: f'<path d="M{-size} {-size}H{size}V{size}H{-size}Z" {at}/>',
        Shape.TRIANGLE: f'<path d="M0 {-size}L{size} {size * 0.85}H{-size}Z" {at}/>',
        Shape.DIAMOND: f'<path d="M0 {-size * 1.1}L{size * 1.1} 0L0 {size * 1.1}L{-size * 1.1} 0Z" {at}/>',
        Shape.RING: f'<circle class="o" r="{size - 1}" {at}/>',
        Shape.HALF: f'<circle class="o" r="{size - 1}" {at}/><path d="M0 {-size}A{size} {size} 0 0 0 0 {size}Z" {at}/>',
    }
    return f'<g class="w-shape">{forms[shape]}</g>'


def _county_names(shapes: Shapes, code: str, names: Mapping[str, str], view: View, taken: Sequence[Box]) -> str:
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
            parts.append(f'<text class="w-county" x="{x:.1f}" y="{y + shift + 7:.1f}">{escape(text)}</text>')
            break
    return "".join(parts)


def _overlap(one: Box, two: Box) -> bool:
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]


def town_key(spots: Sequence[tuple[str, str]], note: str) -> str:
    """The key under a prefecture's map: kinds of points as (class, words) in a row, and what their size means."""
    x, y, parts = 0.0, TOUR_HEIGHT - 14, []
    for kind, text in spots:
        parts.append(_spot(x + 8, y - 7, 7, kind == "named", kind))
        parts.append(f'<text class="w-key" x="{x + 24:.1f}" y="{y:.1f}">{escape(text)}</text>')
        x += 24 + text_width(text, VALUE) + 20
    parts.append(f'<text class="w-key" x="{x:.1f}" y="{y:.1f}">{escape(note)}</text>')
    return "".join(parts)
