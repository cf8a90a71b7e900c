"""The small trend in a target card, as an SVG picture.

Pure. A true time axis; solid points are published or derived, hollow ones simulated; no line crosses a scope break.
An <img> with a data address, because the page's HTML block drops inline SVG.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from itertools import pairwise

from cockpit.analysis.published import Point
from cockpit.units import Period
from cockpit.visuals.marks.markup import EMPTY, Markup, html, html_of
from cockpit.visuals.marks.palette import TOKENS, Theme
from cockpit.vocabulary import Provenance


def _time(when: Period) -> float:
    return when.year + (when.month / 12 if not when.is_full_year else 1.0)


def sparkline(
    points: Sequence[Point],
    target: float | None,
    band: float,
    theme: Theme,
    width: int,
    height: int,
    target_word: str = "",
) -> str:
    """Return a data address of the picture; "" with fewer than one point.

    Args:
        points: in time order, values in base unit.
        target: the target in base unit; None leaves its line out (a part of the province has no target).
        band: tolerance of 左右 as a share of the target, 0 for other operators.
        target_word: label of the dashed line, "" on small cards.
    """
    if not points:
        return ""
    colour = TOKENS[theme]
    left, right, top, foot = 5.0, width - 5.0, 8.0 if not target_word else 21.0, height - 15.0
    times = [_time(point.period) for point in points]
    first, last = min(times), max(times)
    ceiling = max([target or 0.0, *(point.value for point in points)]) or 1.0

    def x(time: float) -> float:
        return (left + right) / 2 if last == first else left + (time - first) / (last - first) * (right - left)

    def y(value: float) -> float:
        return foot - 2 - max(value, 0) / ceiling * (foot - 2 - top)

    parts: list[Markup] = []
    if target is not None:
        level = y(target)
        if band:
            depth = y(target * (1 - band)) - level
            parts.append(
                html(
                    '<rect x="2" y="{:.1f}" width="{}" height="{:.1f}" fill="{}" opacity=".45"/>',
                    level,
                    width - 4,
                    depth,
                    colour["band"],
                )
            )
        if target_word:
            parts.append(html('<text x="2" y="{:.1f}" fill="{}">{}</text>', level - 5, colour["ink2"], target_word))
        parts.append(
            html('<path d="M2 {:.1f}H{}" stroke="{}" stroke-dasharray="3 2"/>', level, width - 2, colour["ink2"])
        )
    parts.append(html('<path d="M2 {}H{}" stroke="{}"/>', foot, width - 2, colour["rule-strong"]))
    spots = [(point, x(time), y(point.value)) for point, time in zip(points, times, strict=True)]
    for (_, ax, ay), (after, bx, by) in pairwise(spots):
        if after.breaks:
            middle = (ax + bx) / 2
            parts.append(
                html(
                    '<path d="M{:.1f} {}l3-7M{:.1f} {}l3-7" stroke="{}" stroke-width="1.2"/>',
                    middle - 2,
                    foot + 3.5,
                    middle + 1.6,
                    foot + 3.5,
                    colour["ink3"],
                )
            )
            continue
        dash = html(' stroke-dasharray="3 1.6"') if after.provenance is Provenance.SIMULATED else EMPTY
        parts.append(
            html(
                '<path d="M{:.1f} {:.1f}L{:.1f} {:.1f}" stroke="{}" stroke-width="1.6"{}/>',
                ax,
                ay,
                bx,
                by,
                colour["ink2"],
                dash,
            )
        )
    for index, (point, across, up) in enumerate(spots):
        is_last = index == len(points) - 1
        fill = colour["panel"] if point.provenance is Provenance.SIMULATED else colour["ink2"]
        stroke, radius = (colour["ink"], 3.3) if is_last else (colour["ink2"], 2.1)
        parts.append(
            html(
                '<circle cx="{:.1f}" cy="{:.1f}" r="{}" fill="{}" stroke="{}" stroke-width="{}"/>',
                across,
                up,
                radius,
                fill,
                stroke,
                1.8 if is_last else 1.2,
            )
        )
    labels = [(points[0], "start", 2)] + ([(points[-1], "end", width - 2)] if len(points) > 1 else [])
    for point, anchor, position in labels:
        parts.append(
            html(
                '<text x="{}" y="{}" text-anchor="{}" fill="{}">{}</text>',
                position,
                height - 1,
                anchor,
                colour["ink3"],
                point.period.year,
            )
        )
    svg = html(
        '<svg xmlns="http://www.w3.org/2000/svg" width="{}" height="{}" viewBox="0 0 {} {}" '
        'font-family="Noto Sans CJK SC,Microsoft YaHei,PingFang SC,sans-serif" font-size="11" '
        'fill="none">{}</svg>',
        width,
        height,
        width,
        height,
        html_of(parts),
    )
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()
