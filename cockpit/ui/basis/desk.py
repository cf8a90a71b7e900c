"""The basis page's part on the data desk: the reporting calendar, and what a file is held to; all of it our choice."""

from __future__ import annotations

from typing import Final

from cockpit.ui.basis.rows import read_rows
from cockpit.ui.frame.shell import View
from cockpit.units import CALENDAR_UNITS
from cockpit.vocabulary import ORIGINS

_SPOKEN: Final = {
    "行": "rows", "个": "parts", "条": "findings", "数量级": "magnitudes", "秒": "seconds", "字": "signs",
    "列": "columns",
}  # fmt: skip


def _written(view: View, value: float, unit: str) -> str:
    if unit == "比例":
        return f"{value:.10g}" if value > 1 else f"{100 * value:.10g}%"
    if unit in CALENDAR_UNITS:
        unit = CALENDAR_UNITS[unit].say(view.language)
    elif unit in _SPOKEN:
        unit = view.say(f"basis.unit_{_SPOKEN[unit]}")
    return f"{value:,.10g} {unit}"


def desk(view: View) -> None:
    """Duties of the calendar first, then limits of the intake and of the service, then how the wall plays."""
    register, language = view.desk.register, view.language
    titles = {"name": "basis.name", "value": "basis.value", "reading": "basis.reading", "origin": "basis.origin"}
    days = CALENDAR_UNITS["天"].say(language)
    duties = [
        {
            "name": duty.label.say(language),
            "value": f"{duty.due_days} + {duty.late_days} {days}",
            "reading": duty.reading.say(language),
            "origin": ORIGINS[duty.origin].say(language),
        }
        for duty in register.calendar.values()
    ]
    figures = [
        {
            "name": figure.label.say(language),
            "value": _written(view, figure.value, figure.unit),
            "reading": figure.reading.say(language),
            "origin": ORIGINS[figure.origin].say(language),
        }
        for figure in (
            *register.intake.thresholds.values(),
            *register.intake.limits.values(),
            *register.limits.limits.values(),
            *register.limits.lengths.values(),
        )
    ]
    wall = register.wall.wall
    shown = {
        "name": view.say("page.wall"),
        "value": view.say("wall.basis", seconds=wall.dwell_seconds, days=wall.stale_days),
        "reading": wall.reading.say(language),
        "origin": ORIGINS[wall.origin].say(language),
    }
    read_rows(view, titles, [*duties, *figures, shown])
