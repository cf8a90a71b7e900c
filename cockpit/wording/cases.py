"""Figures of cases in words: both ends in one unit, and how much they changed. Pure."""

from __future__ import annotations

from cockpit.analysis.briefing import Change
from cockpit.units import Figure, column_scale, percent_figure
from cockpit.vocabulary import Language


def ends(change: Change, language: Language) -> tuple[Figure, Figure]:
    """Both ends of a change in one unit with the same decimals."""
    scale = column_scale(
        [change.before, change.after], change.indicator.unit, language, counter=change.indicator.counter
    )
    return scale.figure(change.before), scale.figure(change.after)


def grown(change: Change, growth: float | None, language: Language) -> str:
    """A growth in per cent, of a share in points; a dash where it is not known."""
    if growth is None:
        return "—"
    number = percent_figure(growth, signed=True)
    if change.indicator.unit != "share":
        return number.bare
    return f"{number.number}{'个百分点' if language == 'zh' else ' points'}"
