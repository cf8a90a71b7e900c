"""The trend of a profile as an SVG picture: years across, from zero, every point with its number.

Pure. Colours are given as they are to stand there: CSS variables inline, the theme's own in an image.
"""

from __future__ import annotations

import base64
from html import escape
from itertools import pairwise
from typing import Final

from cockpit.visuals.marks.palette import FONT, TOKENS, Theme
from cockpit.wording.profile_face import TrendFace

_WIDTH, _HEIGHT = 350.0, 140.0
_LEFT, _TOP, _FOOT = 26.0, 26.0, 112.0
INLINE: Final = {"line": "var(--primary)", "ink": "var(--ink)", "soft": "var(--ink2)", "axis": "var(--rule-strong)"}


def colours(theme: Theme) -> dict[str, str]:
    token = TOKENS[theme]
    return {"line": token["primary"], "ink": token["ink"], "soft": token["ink2"], "axis": token["rule-strong"]}


def trend(face: TrendFace, colour: dict[str, str]) -> str:
    """The picture; a year without a figure leaves a gap that no line crosses."""
    count = len(face.points)
    step = (_WIDTH - 2 * _LEFT) / (count - 1) if count > 1 else 0.0
    places: list[tuple[float, float] | None] = []
    parts = [f'<path d="M0 {_FOOT}H{_WIDTH:g}" stroke="{colour["axis"]}"/>']
    for at, (_, _, place) in enumerate(face.points):
        x = _LEFT + at * step if count > 1 else _WIDTH / 2
        places.append(None if place is None else (x, _FOOT - place * (_FOOT - _TOP)))
    for before, after in pairwise(places):
        if before and after:
            parts.append(
                f'<path d="M{before[0]:.1f} {before[1]:.1f}L{after[0]:.1f} {after[1]:.1f}" '
                f'stroke="{colour["line"]}" stroke-width="2.5"/>'
            )
    for at, (year, number, _) in enumerate(face.points):
        x = _LEFT + at * step if count > 1 else _WIDTH / 2
        parts.append(f'<text x="{x:.1f}" y="{_FOOT + 19:g}" fill="{colour["soft"]}">{escape(year)}</text>')
        spot = places[at]
        if spot is None:
            parts.append(f'<text x="{x:.1f}" y="{_FOOT - 6:g}" fill="{colour["soft"]}">—</text>')
            continue
        is_end = at in (0, count - 1)
        weight = ' font-weight="700"' if is_end else ""
        parts.append(
            f'<circle cx="{spot[0]:.1f}" cy="{spot[1]:.1f}" r="{4.2 if is_end else 3}" fill="{colour["line"]}"/>'
            f'<text x="{spot[0]:.1f}" y="{spot[1] - 9:.1f}" fill="{colour["ink"]}"{weight}>{escape(number)}</text>'
        )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH:g} {_HEIGHT:g}" role="img" '
        f'aria-label="{escape(face.alt)}" font-family="{FONT}" font-size="13" text-anchor="middle" fill="none">'
        f"{''.join(parts)}</svg>"
    )


def image(svg: str, alt: str, name: str = "") -> str:
    """An SVG as an image element, where the page's HTML block drops inline SVG."""
    data = base64.b64encode(svg.encode()).decode()
    return f'<img class="{name}" src="data:image/svg+xml;base64,{data}" alt="{escape(alt)}">'
