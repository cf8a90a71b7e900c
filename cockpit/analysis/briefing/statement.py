"""What is to be said of one target: how much against what, who opens and who closes the gap, what is due next.

Pure; part of `briefing`. Facts only, no words: `visuals.statement_words` sets them as 汇报口径 in either language.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal

import numpy as np
import pandas as pd

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

By = Literal["prefecture", "class"]
MOST: Final = 3  # groups and towns named in a sentence


@dataclass(frozen=True)
class Side:
    """Groups that pull one way: how many, their sum, the largest of them as (key, value); base unit."""

    count: int
    total: float
    largest: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Split:
    """The effect of groups on the gap, those that open it apart from those that close it."""

    by: By
    opens: Side
    closes: Side


@dataclass(frozen=True)
class Owed:
    """A return that was due for the period: by when, and whether that day is over."""

    duty: Duty
    due_on: date
    is_over: bool


@dataclass(frozen=True, eq=False)
class Statement:
    """The facts behind one target's paragraph.

    `total` is the gap that `splits` add up to (base unit, a ratio in share points), `growth` stands in for it where the
    period has no target. `silent` are the selected towns in scope without the figure as (code, name), `silent_value`
    what their silence adds to the gap (None for ratios). `owed` is their return, `upcoming` the next one that carries
    the figure.
    """

    card: Card
    depth: Depth
    as_of: date
    has_returns: bool
    total: float | None
    splits: tuple[Split, ...]
    growth: GrowthParts | None
    silent: tuple[tuple[str, Text], ...]
    silent_value: float | None
    owed: Owed | None
    upcoming: tuple[Duty, Due] | None
    decisions: tuple[Decision, ...]


def statement(
    briefing: Briefing,
    register: Register,
    target_id: str,
    depth: Depth,
    gap: GapParts | None,
    growth: GrowthParts | None,
) -> Statement:
    """Gather what is known of one target.

    Args:
        depth, gap, growth: of the same briefing and target.
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
        total=gap.total if gap else None,
        splits=_splits(gap) if gap else (),
        growth=growth if gap is None else None,
        silent=silent,
        silent_value=_value_of(gap, silent) if gap and not card.indicator.is_ratio else None,
        owed=_owed(duties, period, briefing.as_of) if silent else None,
        upcoming=_upcoming(duties, briefing.as_of) if has_returns else None,
        decisions=_decisions(briefing, card),
    )


def _splits(gap: GapParts) -> tuple[Split, ...]:
    """By prefecture and by class; a single group says nothing the total does not say."""
    frames: tuple[tuple[By, pd.DataFrame], ...] = (("prefecture", gap.by_prefecture), ("class", gap.by_class))
    return tuple(Split(by, _side(frame, -1), _side(frame, 1)) for by, frame in frames if len(frame) > 1)


def _side(frame: pd.DataFrame, sign: int) -> Side:
    own = frame[frame["value"] * sign > 0]
    own = own.reindex((own["value"] * sign).sort_values(ascending=False, kind="stable").index)
    largest = tuple((str(key), float(value)) for key, value in zip(own["key"], own["value"], strict=True))[:MOST]
    return Side(len(own), float(own["value"].sum()), largest)


def _silent(briefing: Briefing, card: Card) -> tuple[tuple[str, Text], ...]:
    """Selected towns the target counts at the period's end that did not report its figure."""
    cube, period = briefing.cube, briefing.selection.period
    if card.indicator.origin_of_value == "list":
        return ()  # nobody reports the list
    absent = cube.in_scope(card.target.scope, period) & np.isnan(cube.of(card.indicator.id, period)) & briefing.keep
    towns = briefing.dataset.towns[absent]
    names = zip(towns["town_code"], towns["name_zh"], towns["name_en"], strict=True)
    return tuple((str(code), Text(str(chinese), str(english))) for code, chinese, english in names)


def _value_of(gap: GapParts, silent: tuple[tuple[str, Text], ...]) -> float | None:
    own = gap.per_town.reindex([code for code, _ in silent if code in gap.per_town.index])
    return float(own.sum()) if len(own) else None


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
