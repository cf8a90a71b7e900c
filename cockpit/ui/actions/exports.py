"""The matters as people take them away: the rows of the table as it is narrowed, in the words of the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from cockpit.analysis.supervision.machine import Matter, days_late
from cockpit.analysis.supervision.views import TURNS, Lit
from cockpit.briefings.supervising import Standing
from cockpit.exports.notes import standing_notes
from cockpit.exports.tables import Cell, Sheet
from cockpit.ui.frame.shell import View
from cockpit.vocabulary import PREFECTURES, PROVENANCES, STATUSES, Provenance

# What a row tells; of people nothing.
_COLUMNS = (
    "number", "title", "kind", "place", "region", "lead", "state", "light", "late", "accepted", "first_due", "clock",
    "closed", "as", "returned", "reopened", "reminded", "indicator", "goal_value", "then_value", "now_value", "verdict",
    "mark",
)  # fmt: skip


def matters_sheet(
    view: View,
    items: Sequence[Lit],
    names: Mapping[str, str],
    figures: Callable[[Matter], Standing | None],
    as_of: date,
    filters: str,
) -> Sheet:
    """The matters narrowed to; figures in base units, days as ISO."""
    rows = tuple(_row(view, item, names, figures(item.matter), as_of) for item in items)
    return Sheet(
        title=view.say("page.actions"),
        headers=tuple(view.say(f"actions.column.{name}") for name in _COLUMNS),
        units=("",) * len(_COLUMNS),
        rows=rows,
        notes=standing_notes(
            view.desk,
            view.language,
            period=view.say("actions.on_day", day=as_of.isoformat()),
            count=str(len(rows)),
            filters=filters,
            remarks=(view.say("actions.lighter"), view.say("actions.base_unit")),
        ),
        notes_title=view.say("export.notes"),
    )


def _row(view: View, item: Lit, names: Mapping[str, str], found: Standing | None, as_of: date) -> tuple[Cell, ...]:
    matter, language = item.matter, view.language
    indicator = view.desk.register.indicators.get(matter.goal.indicator)
    then = found.value_then(is_ratio=False) if found else None  # one period stands in the row
    simulated = (
        PROVENANCES[Provenance.SIMULATED].say(language) if matter.is_simulated or view.briefing.is_simulated() else ""
    )
    return (
        matter.id,
        matter.name.say(language),
        view.say(f"actions.goal_{matter.goal.kind}"),
        names.get(matter.subject, matter.subject),
        PREFECTURES[item.region].say(language) if item.region in PREFECTURES else "",
        matter.office.say(language),
        view.say(f"actions.turn_{TURNS[matter.state]}"),
        view.say(f"actions.light_{item.light}"),
        days_late(matter, as_of),
        _day(matter.accepted_on),
        _day(matter.first_due),
        _day(matter.due),
        _day(matter.closed_on),
        view.say(f"actions.closed_{matter.closed_as}") if matter.closed_as else "",
        matter.times_returned,
        matter.times_reopened,
        matter.times_reminded,
        f"{matter.goal.period} {indicator.label.say(language)}" if indicator else "",
        matter.goal.value,
        then,
        found.now.figure.value if found else None,
        STATUSES[found.now.figure.status].say(language) if found else "",
        simulated,
    )


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
