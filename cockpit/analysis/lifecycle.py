"""The five-year clock of list management: when a town being created falls due for assessment, clause [3.4].

Pure; `as_of` is an argument. A date known to the month or the year only gives a span: what is certain is told, what is
not is marked, and no day is guessed.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from cockpit.days import parse_span
from cockpit.vocabulary import Stage

Section = Literal["overdue", "near", "next", "extended", "later", "unknown"]
SECTIONS: Final[tuple[Section, ...]] = ("overdue", "near", "next", "extended", "later", "unknown")
_MONTHS: Final = 12


def months_after(day: date, months: int) -> date:
    """The same day `months` later, or the last day of a month that is too short (29 February falls on the 28th)."""
    index = day.year * _MONTHS + day.month - 1 + months
    year, month = divmod(index, _MONTHS)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def years_after(day: date, years: float) -> date:
    """The same calendar day `years` later (4.5 is 54 months); 29 February falls on 28 February of a common year."""
    return months_after(day, round(years * _MONTHS))


def age_in_years(day: date, as_of: date) -> float:
    """Full years and the part of the running one, so that the anniversary itself is a whole number."""
    years = as_of.year - day.year
    if years_after(day, years) > as_of:
        years -= 1
    last, following = years_after(day, years), years_after(day, years + 1)
    return years + (as_of - last).days / (following - last).days


@dataclass(frozen=True)
class Windows:
    """The lengths the clock is read with: years of full term and of early watch, days of notice before an end."""

    full_years: float
    watch_years: float
    notice_days: int


@dataclass(frozen=True)
class Horizons:
    """Days ahead by which the queue is cut into sections."""

    near: int
    next: int


@dataclass(frozen=True)
class Clock:
    """Where one town stands.

    `due_from` and `due_to` are the first and last day on which the full term can end (the same when the day of
    creation is known). `days` counts from the line in force: negative is past, None where it cannot be told. `age` is
    in years; for a span, from its first day. `is_certain` is False while the span lets the term be over or not.
    """

    stage: Stage
    due_from: date | None = None
    due_to: date | None = None
    extension_end: date | None = None
    days: int | None = None
    age: float | None = None
    is_certain: bool = True

    @property
    def deadline(self) -> date | None:
        """The line in force: the end of an approved extension that reaches beyond the full term, else the term's last
        possible day; None where the creation date is unknown."""
        if self.due_to is None:
            return None
        return max(self.due_to, self.extension_end) if self.extension_end else self.due_to

    @property
    def is_reached(self) -> bool:
        """Whether the full term is certainly over, so that the town has to be assessed."""
        return self.stage in (Stage.DUE, Stage.EXTENDED, Stage.ENDING, Stage.OVER)


def read_clock(created: object, extension_end: date | None, windows: Windows, as_of: date) -> Clock:
    """Read the clock of one town being created.

    The full term is over on its last day itself (满5年 counts that day); an extension is over on the day after its
    end. An extension counts once the full term is over: before that it changes nothing.
    """
    span = parse_span(created)
    if span is None:
        return Clock(Stage.UNKNOWN_DATE, extension_end=extension_end)
    first, last = span
    due_from, due_to = years_after(first, windows.full_years), years_after(last, windows.full_years)
    age = age_in_years(first, as_of) if first <= as_of else None
    if as_of < due_to:
        watched = as_of >= years_after(first, windows.watch_years)
        return Clock(
            Stage.WATCH if watched else Stage.NOT_DUE,
            due_from,
            due_to,
            extension_end,
            (due_to - as_of).days,
            age,
            is_certain=as_of < due_from,
        )
    if extension_end is None:
        return Clock(Stage.DUE, due_from, due_to, None, (due_to - as_of).days, age)
    left = (extension_end - as_of).days
    stage = Stage.OVER if left < 0 else Stage.ENDING if left <= windows.notice_days else Stage.EXTENDED
    return Clock(stage, due_from, due_to, extension_end, left, age)


def section_of(clock: Clock, horizons: Horizons, as_of: date) -> Section | None:
    """Where the queue shows a town: by its line in force, an approved extension counted; None when not yet watched.

    Past the line is overdue, the line's own day is not. Beyond the horizons an extended town is `extended`, one whose
    full term only comes near is `later`.
    """
    if clock.stage is Stage.NOT_DUE:
        return None
    deadline = clock.deadline
    if deadline is None:
        return "unknown"
    left = (deadline - as_of).days
    if left < 0:
        return "overdue"
    if left <= horizons.near:
        return "near"
    if left <= horizons.next:
        return "next"
    return "extended" if clock.due_to != deadline else "later"
