"""The small trend in a target card, as inline SVG in the colours of the page.

Pure. A true time axis; solid points are published or derived, hollow ones simulated; no line crosses a scope break.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from cockpit.analysis.published import Point
from cockpit.units import Period
from cockpit.visuals.marks.markup import EMPTY, Markup, html, html_of
from cockpit.vocabulary import Provenance


def _time(when: Period) -> float:
    return when.year + (when.month / 12 if not when.is_full_year else 1.0)


def sparkline(
    points: Sequence[Point],
    target: float | None,
    band: float,
    width: int,
    height: int,
    label: str,
    target_word: str = "",
) -> Markup:
    """The picture.

    Args:
        points: in time order, values in base unit; at least one.
        target: the target in base unit; None leaves its line out (a part of the province has no target).
        band: tolerance of 左右 as a share of the target, 0 for other operators.
        label: what a screen reader says of it.
        target_word: label of the dashed line, "" on small cards.
    """
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
                html('<rect class="sb" x="2" y="{:.1f}" width="{}" height="{:.1f}"/>', level, width - 4, depth)
            )
        if target_word:
            parts.append(html('<text class="sw" x="2" y="{:.1f}">{}</text>', level - 5, target_word))
        parts.append(html('<path class="st" d="M2 {:.1f}H{}"/>', level, width - 2))
    parts.append(html('<path class="sa" d="M2 {}H{}"/>', foot, width - 2))
    spots = [(point, x(time), y(point.value)) for point, time in zip(points, times, strict=True)]
    lines = {"sx": "", "sl": "", "sd": ""}  # breaks of the axis, lines, and lines between simulated points
    for (_, ax, ay), (after, bx, by) in pairwise(spots):
        if after.breaks:
            middle = (ax + bx) / 2
            lines["sx"] += f"M{middle - 2:.1f} {foot + 3.5}l3-7M{middle + 1.6:.1f} {foot + 3.5}l3-7"
        else:
            dashed = after.provenance is Provenance.SIMULATED
            lines["sd" if dashed else "sl"] += f"M{ax:.1f} {ay:.1f}L{bx:.1f} {by:.1f}"
    parts += [html('<path class="{}" d="{}"/>', name, drawn) for name, drawn in lines.items() if drawn]
    for index, (point, across, up) in enumerate(spots):
        kind = html(" sl") if index == len(points) - 1 else EMPTY
        hollow = html(" sh") if point.provenance is Provenance.SIMULATED else EMPTY
        radius = 3.3 if kind else 2.1
        parts.append(html('<circle class="sp{}{}" cx="{:.1f}" cy="{:.1f}" r="{}"/>', kind, hollow, across, up, radius))
    labels = [(points[0], "start", 2)] + ([(points[-1], "end", width - 2)] if len(points) > 1 else [])
    for point, anchor, position in labels:
        parts.append(
            html('<text x="{}" y="{}" text-anchor="{}">{}</text>', position, height - 1, anchor, point.period.year)
        )
    return html(
        '<svg class="spk" width="{}" height="{}" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>',
        width,
        height,
        width,
        height,
        label,
        html_of(parts),
    )
