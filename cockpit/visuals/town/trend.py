"""The trend of a profile as an SVG picture: years across, from zero, every point with its number.

Pure. Colours are given as they are to stand there: CSS variables inline, the theme's own in an image.
"""

from __future__ import annotations

import base64
from itertools import pairwise
from typing import Final

from cockpit.visuals.marks.markup import EMPTY, Markup, html, html_of
from cockpit.visuals.marks.palette import FONT, TOKENS, Theme
from cockpit.wording.profile_face import TrendFace

_WIDTH, _HEIGHT = 350.0, 140.0
_LEFT, _TOP, _FOOT = 26.0, 26.0, 112.0
INLINE: Final = {"line": "var(--primary)", "ink": "var(--ink)", "soft": "var(--ink2)", "axis": "var(--rule-strong)"}


def colours(theme: Theme) -> dict[str, str]:
    token = TOKENS[theme]
    return {"line": token["primary"], "ink": token["ink"], "soft": token["ink2"], "axis": token["rule-strong"]}


def trend(face: TrendFace, colour: dict[str, str]) -> Markup:
    """The picture; a year without a figure leaves a gap that no line crosses."""
    count = len(face.points)
    step = (_WIDTH - 2 * _LEFT) / (count - 1) if count > 1 else 0.0
    places: list[tuple[float, float] | None] = []
    parts = [html('<path d="M0 {}H{:g}" stroke="{}"/>', _FOOT, _WIDTH, colour["axis"])]
    for at, (_, _, place) in enumerate(face.points):
        x = _LEFT + at * step if count > 1 else _WIDTH / 2
        places.append(None if place is None else (x, _FOOT - place * (_FOOT - _TOP)))
    for before, after in pairwise(places):
        if before and after:
            parts.append(
                html(
                    '<path d="M{:.1f} {:.1f}L{:.1f} {:.1f}" stroke="{}" stroke-width="2.5"/>',
                    before[0],
                    before[1],
                    after[0],
                    after[1],
                    colour["line"],
                )
            )
    for at, (year, number, _) in enumerate(face.points):
        x = _LEFT + at * step if count > 1 else _WIDTH / 2
        parts.append(html('<text x="{:.1f}" y="{:g}" fill="{}">{}</text>', x, _FOOT + 19, colour["soft"], year))
        spot = places[at]
        if spot is None:
            parts.append(html('<text x="{:.1f}" y="{:g}" fill="{}">—</text>', x, _FOOT - 6, colour["soft"]))
            continue
        is_end = at in (0, count - 1)
        weight = html(' font-weight="700"') if is_end else EMPTY
        parts.append(
            html(
                '<circle cx="{:.1f}" cy="{:.1f}" r="{}" fill="{}"/><text x="{:.1f}" y="{:.1f}" fill="{}"{}>{}</text>',
                spot[0],
                spot[1],
                4.2 if is_end else 3,
                colour["line"],
                spot[0],
                spot[1] - 9,
                colour["ink"],
                weight,
                number,
            )
        )
    return html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {:g} {:g}" role="img" aria-label="{}" '
        'font-family="{}" font-size="13" text-anchor="middle" fill="none">{}</svg>',
        _WIDTH,
        _HEIGHT,
        face.alt,
        FONT,
        html_of(parts),
    )


def image(svg: str, alt: str, name: str = "") -> Markup:
    """An SVG as an image element, where the page's HTML block drops inline SVG."""
    data = base64.b64encode(svg.encode()).decode()
    return html('<img class="{}" src="data:image/svg+xml;base64,{}" alt="{}">', name, data, alt)
