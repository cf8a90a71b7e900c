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

    parts: list[str] = []
    if target is not None:
        level = y(target)
        if band:
            depth = y(target * (1 - band)) - level
            parts.append(
                f'<rect x="2" y="{level:.1f}" width="{width - 4}" height="{depth:.1f}" '
                f'fill="{colour["band"]}" opacity=".45"/>'
            )
        if target_word:
            parts.append(f'<text x="2" y="{level - 5:.1f}" fill="{colour["ink2"]}">{target_word}</text>')
        parts.append(f'<path d="M2 {level:.1f}H{width - 2}" stroke="{colour["ink2"]}" stroke-dasharray="3 2"/>')
    parts.append(f'<path d="M2 {foot}H{width - 2}" stroke="{colour["rule-strong"]}"/>')
    for before, after in pairwise(points):
        ax, bx = x(_time(before.period)), x(_time(after.period))
        if after.breaks:
            middle = (ax + bx) / 2
            parts.append(
                f'<path d="M{middle - 2:.1f} {foot + 3.5}l3-7M{middle + 1.6:.1f} {foot + 3.5}l3-7" '
                f'stroke="{colour["ink3"]}" stroke-width="1.2"/>'
            )
            continue
        dash = ' stroke-dasharray="3 1.6"' if after.provenance is Provenance.SIMULATED else ""
        parts.append(
            f'<path d="M{ax:.1f} {y(before.value):.1f}L{bx:.1f} {y(after.value):.1f}" '
            f'stroke="{colour["ink2"]}" stroke-width="1.6"{dash}/>'
        )
    for index, point in enumerate(points):
        is_last = index == len(points) - 1
        fill = colour["panel"] if point.provenance is Provenance.SIMULATED else colour["ink2"]
        stroke, radius = (colour["ink"], 3.3) if is_last else (colour["ink2"], 2.1)
        parts.append(
            f'<circle cx="{x(times[index]):.1f}" cy="{y(point.value):.1f}" r="{radius}" fill="{fill}" '
            f'stroke="{stroke}" stroke-width="{1.8 if is_last else 1.2}"/>'
        )
    labels = [(points[0], "start", 2)] + ([(points[-1], "end", width - 2)] if len(points) > 1 else [])
    for point, anchor, position in labels:
        parts.append(
            f'<text x="{position}" y="{height - 1}" text-anchor="{anchor}" '
            f'fill="{colour["ink3"]}">{point.period.year}</text>'
        )
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'font-family="Noto Sans CJK SC,Microsoft YaHei,PingFang SC,sans-serif" font-size="11" fill="none">'
        f"{''.join(parts)}</svg>"
    )
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()
