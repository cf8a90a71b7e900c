"""What is to be said of one target: how much against what, who opens and who closes the gap, what is due next.

Pure; part of `briefing`. Facts only, no words: `visuals.statement_words` sets them as 汇报口径 in either language.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from cockpit.analysis.briefing.cards import Card, speaks_published
from cockpit.analysis.briefing.gaps import GapParts, GrowthParts
from cockpit.analysis.briefing.overview import Briefing
from cockpit.analysis.briefing.targets import Depth
from cockpit.analysis.decisions import Decision
from cockpit.analysis.freshness import Due, next_due
from cockpit.policy.calendar_records import Duty
from cockpit.policy.records import Indicator
from cockpit.policy.register import Register
from cockpit.units import Period
from cockpit.vocabulary import Text


@dataclass(frozen=True)
class Owed:
    """A return that was due for the period: by when, and whether that day is over."""

    duty: Duty
    due_on: date
    is_over: bool


@dataclass(frozen=True)
class Raised:
    """An alert of the target that stands: which, since when, and the open matters that answer it with their days."""

    label: Text
    since: date | None
    matters: tuple[tuple[str, date | None], ...]


@dataclass(frozen=True, eq=False)
class Statement:
    """The facts behind one target's paragraph.

    `gap` tells who makes the gap, `growth` stands in for it where the period has no target. `silent` are the selected
    towns in scope without the figure as (code, name). `owed` is their return, `upcoming` the next one that carries it.
    """

    card: Card
    depth: Depth
    as_of: date
    has_returns: bool
    gap: GapParts | None
    growth: GrowthParts | None
    silent: tuple[tuple[str, Text], ...]
    owed: Owed | None
    upcoming: tuple[Duty, Due] | None
    decisions: tuple[Decision, ...]
    alerts: tuple[Raised, ...] = ()


def statement(
    briefing: Briefing,
    register: Register,
    target_id: str,
    depth: Depth,
    gap: GapParts | None,
    growth: GrowthParts | None,
    alerts: tuple[Raised, ...] = (),
) -> Statement:
    """Gather what is known of one target.

    Args:
        depth, gap, growth: of the same briefing and target. alerts: those of the target on record.
    """
    card, period = briefing.card(target_id), briefing.selection.period
    has_returns = not speaks_published(briefing.dataset) and period in briefing.cube.periods
    silent = _silent(briefing, card) if has_returns else ()
    duties = _duties(card.indicator, register)
    return Statement(
        card=card,
        depth=depth,
        as_of=briefing.as_of,
        has_returns=has_returns,
        gap=gap,
        growth=growth if gap is None else None,
        silent=silent,
        owed=_owed(duties, period, briefing.as_of) if silent else None,
        upcoming=_upcoming(duties, briefing.as_of) if has_returns else None,
        decisions=_decisions(briefing, card),
        alerts=alerts,
    )


def _silent(briefing: Briefing, card: Card) -> tuple[tuple[str, Text], ...]:
    """Selected towns the target counts at the period's end that did not report its figure."""
    cube, period = briefing.cube, briefing.selection.period
    if card.indicator.origin_of_value == "list":
        return ()  # nobody reports the list
    absent = cube.in_scope(card.target.scope, period) & np.isnan(cube.of(card.indicator.id, period)) & briefing.keep
    towns = briefing.dataset.towns[absent]
    names = zip(towns["town_code"], towns["name_zh"], towns["name_en"], strict=True)
    return tuple((str(code), Text(str(chinese), str(english))) for code, chinese, english in names)


def _duties(indicator: Indicator, register: Register) -> tuple[Duty, ...]:
    """Returns that carry an indicator, by itself or by its parts."""
    names = {indicator.id, indicator.numerator, indicator.denominator, *indicator.plus, *indicator.minus}
    parts = [register.indicators[name] for name in names if name in register.indicators]
    parts += [register.indicators[name] for part in parts for name in (*part.plus, *part.minus)]
    return tuple(duty for duty in register.calendar.values() if any(duty.covers(part) for part in parts))


def _owed(duties: tuple[Duty, ...], period: str, as_of: date) -> Owed | None:
    when = Period.parse(period)
    for duty in duties:
        if when.month in duty.months:
            due_on = when.last_day() + timedelta(days=duty.due_days)
            return Owed(duty, due_on, due_on < as_of)
    return None


def _upcoming(duties: tuple[Duty, ...], as_of: date) -> tuple[Duty, Due] | None:
    found = [(duty, next_due(duty.months, duty.due_days, duty.late_days, as_of)) for duty in duties]
    return min(found, key=lambda item: item[1].due_on) if found else None


def _decisions(briefing: Briefing, card: Card) -> tuple[Decision, ...]:
    """Decisions on the target itself; the clock of the creation list bears on the count of named towns."""
    is_list = card.indicator.origin_of_value == "list"
    return tuple(
        item
        for item in briefing.decisions
        if item.subject == card.target.id or (is_list and item.kind.startswith("clock_"))
    )
