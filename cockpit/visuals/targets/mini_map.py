"""The small map of the cockpit: what each prefecture's same towns do to the gap, towns as dots.

Pure: briefing and parts in, SVG out. An area filters to itself, as the rows of the table do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import compress
from typing import Final

import numpy as np

from cockpit.analysis.briefing import Briefing, GapParts
from cockpit.analysis.measures import reported
from cockpit.datasets.store.loading import Dataset
from cockpit.phrases import say
from cockpit.visuals.map.shapes import Area, fit, join, place
from cockpit.visuals.marks.html import narrows
from cockpit.visuals.marks.markup import EMPTY, Markup, html, html_of
from cockpit.vocabulary import PREFECTURES, Language
from cockpit.wording.gap import gap_table, scale_of

_WIDTH: Final = 414.0
_HEIGHT: Final = 320.0
_LINE: Final = 15.0
_DIGITS: Final = 2  # significant ones of the legend
# Where the five classes of the map part, as shares of the largest value.
CUTS: Final = (-0.6, -0.25, 0.0, 0.4)


def step_of(value: float, largest: float) -> str:
    """One of five classes a..e: strong widening, widening, slight widening, closing, strong closing."""
    strong, widening, _, closing = CUTS
    share = value / largest if largest else 0.0
    if value < 0:
        return "a" if share < strong else "b" if share < widening else "c"
    return "e" if share > closing else "d"


def outlines(areas: Sequence[Area]) -> Markup:
    """The prefectures once for the page; every drawing uses them by name."""
    paths = html_of(
        html('<path id="z{}" d="{}" vector-effect="non-scaling-stroke"/>', at.code, at.path) for at in areas
    )
    return html('<svg class="zstore" width="0" height="0" aria-hidden="true"><defs>{}</defs></svg>', paths)


@lru_cache(maxsize=256)
def draw_mini(
    briefing: Briefing, parts: GapParts | None, areas: tuple[Area, ...], subtitle: str, language: Language
) -> Markup:
    """The map as SVG: areas by class, their names with the figure, a dot a town."""
    table = gap_table(parts, language) if parts else None
    values = _areas(parts, language) if parts else {}
    largest = _largest(values)
    view = fit(join(at.box for at in areas), (2.0, 2.0, _WIDTH - 2, _HEIGHT - 2))
    grounds, names = EMPTY, EMPTY
    for at in areas:
        name = PREFECTURES[at.code].say(language)
        value, text = values.get(at.code, (0.0, ""))
        told, step = name, "none"
        if parts and table and text:
            told = _hint(briefing, parts, at.code, name, f"{text} {table.unit}", language)
            step = step_of(value, largest)
        grounds += html(
            '<g class="z{}" {} aria-label="{}"><title>{}</title><use href="#z{}"/></g>',
            step,
            narrows("prefecture", at.code),
            told,
            told,
            at.code,
        )
        x, y = view.at(at.label)
        second = html('<tspan x="{:.0f}" dy="{:.0f}">{}</tspan>', x, _LINE, text) if text else EMPTY
        names += html('<text x="{:.0f}" y="{:.0f}">{}{}</text>', x, y, name, second)
    return html(
        '<svg class="zmap" viewBox="0 0 {:.0f} {:.0f}" role="group" aria-label="{}"><g transform="{}">{}'
        '<path class="zdots" d="{}" vector-effect="non-scaling-stroke"/></g><g class="znames" aria-hidden="true">{}</g>'
        "</svg>",
        _WIDTH,
        _HEIGHT,
        subtitle,
        view.transform,
        grounds,
        _dots(briefing),
        names,
    )


def _dots(briefing: Briefing) -> str:
    """All towns as one path of points: what it costs the browser does not grow with them."""
    return "".join(sorted(set(compress(_spots(briefing.dataset), briefing.keep))))


@lru_cache(maxsize=8)
def _spots(dataset: Dataset) -> tuple[str, ...]:
    """The point of every town, "" of one whose place is not known; made once, as selections have them in common."""
    lon, lat = (dataset.towns[name].to_numpy(dtype=float) for name in ("lon", "lat"))
    placed = [place(x, y) if x == x and y == y else None for x, y in zip(lon, lat, strict=True)]
    return tuple(f"M{round(at[0])} {round(at[1])}h.01" if at else "" for at in placed)


def _areas(parts: GapParts, language: Language) -> dict[str, tuple[float, str]]:
    """Amount and words of each prefecture's same towns."""
    table = gap_table(parts, language)
    if table.by_county:  # one prefecture is told by county; on the map it has the part of all
        same = table.part("same")
        return {str(parts.by_prefecture["key"].iloc[0]): (same.figure.value or 0.0, same.text)}
    return {row.key: (row.value("same"), row.text("same")) for row in table.areas}


def _largest(areas: dict[str, tuple[float, str]]) -> float:
    return max((abs(value) for value, _ in areas.values()), default=0.0)


def cuts(parts: GapParts, language: Language) -> tuple[str, ...]:
    """Where the colours of the map part, in the unit of the gap."""
    largest = _largest(_areas(parts, language))
    places = [share * largest for share in CUTS]
    scale = replace(scale_of(parts.card, language).fixed(places, _DIGITS), is_signed=True)
    return tuple(scale.figure(place).number for place in places)


def _hint(briefing: Briefing, parts: GapParts, code: str, name: str, amount: str, language: Language) -> str:
    """What the pointer tells of a prefecture: its same towns' part, and how many of its towns reported."""
    card, period = parts.card, briefing.selection.period
    here = briefing.keep & (briefing.dataset.towns["prefecture_adcode"].astype("str").to_numpy() == code)
    expected = here & briefing.cube.in_scope(card.target.scope, period)
    known = int(np.count_nonzero(expected & reported(briefing.cube, card.indicator, period)))
    return say("mini.hint", language, name=name, value=amount, reported=known, expected=int(expected.sum()))
