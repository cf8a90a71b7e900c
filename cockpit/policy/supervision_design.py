"""Supervision: working days by the State Council's notices, and the limits of matters handed out: `supervision.toml`.

Imports the ground floor, `intake_design`, `reading` and `records`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import accumulate
from typing import Any, Final, Literal

from pydantic import Field

from cockpit.errors import RecordError, suggest
from cockpit.policy.intake_design import IntakeFigure, check_whole
from cockpit.policy.reading import same_names, validate
from cockpit.policy.records import Labelled, Record

_FILE: Final = "supervision.toml"
_LIMITS: Final = (
    "accept_days", "due_days", "aside_days", "fewest_for_a_rate", "reminders_a_level", "evidence_mib", "evidence_files"
)  # fmt: skip
_SECTIONS: Final = ("days", "limit", "step")
_SATURDAY: Final = 5


class DaysOff(Record):
    """`[days.<year>]`: what a year's notice makes of single days. `off` are free whatever their weekday, `worked` are
    days of the weekend on which people work."""

    notice: str = Field(min_length=1)
    issued: date
    off: list[date]
    worked: list[date]


class LadderStep(Labelled):
    """`[step.<id>]`: who is told how many working days after the due day (before it: negative)."""

    workdays: int
    to: Literal["lead", "issuer"]
    level: Literal["yellow", "red"]


@dataclass(frozen=True)
class SupervisionDesign:
    """The whole file, checked; `days` by year, `steps` in the order of their days."""

    days: dict[int, DaysOff]
    limits: dict[str, IntakeFigure]
    steps: dict[str, LadderStep]

    def limit(self, name: str) -> int:
        return int(self.limits[name].value)

    @cached_property
    def _single(self) -> dict[date, bool]:
        """Days a notice names, and whether people work on them."""
        found = {day: False for record in self.days.values() for day in record.off}
        return found | {day: True for record in self.days.values() for day in record.worked}

    def is_known(self, day: date) -> bool:
        """Whether the day's year has its notice; else Monday to Friday counts for the time being (暂按周一至周五)."""
        return day.year in self.days

    def is_workday(self, day: date) -> bool:
        return self._single.get(day, day.weekday() < _SATURDAY)

    def workday_after(self, day: date, count: int) -> date:
        """The working day that many working days after a day: 1 is the next one."""
        while count > 0:
            day += timedelta(days=1)
            count -= self.is_workday(day)
        return day

    def step_on(self, due: date, name: str) -> date:
        """The first day a step of the ladder is reached, told from a due day."""
        count, day = self.steps[name].workdays, due
        if count > 0:
            return self.workday_after(due, count)
        while self.workdays_between(due, day - timedelta(days=1)) >= count:
            day -= timedelta(days=1)
        return day

    @cached_property
    def _differing(self) -> tuple[list[date], list[int]]:
        """Days a notice makes other than their weekday, in order, and the sum of what they change up to each."""
        changes = {
            day: int(is_worked) - int(day.weekday() < _SATURDAY) for day, is_worked in sorted(self._single.items())
        }
        return list(changes), list(accumulate(changes.values()))

    def _worked_until(self, day: date) -> int:
        """Working days from the first day there is up to and with a day; whole weeks are not counted one by one."""
        weeks, rest = divmod(day.toordinal(), 7)  # day 1 was a Monday
        days, sums = self._differing
        known = bisect_right(days, day)
        return 5 * weeks + min(rest, 5) + (sums[known - 1] if known else 0)

    def workdays_between(self, first: date, last: date) -> int:
        """Working days after `first` up to and with `last`; negative where `last` lies before."""
        return self._worked_until(last) - self._worked_until(first)


def read_supervision(tables: Mapping[str, Any]) -> SupervisionDesign:
    """Validate the tables of the file.

    Raises:
        RecordError: unknown section, bad record, a day outside its year, or both off and worked, a limit missing.
    """
    for section in tables:
        if section not in _SECTIONS:
            raise RecordError(f"unknown section {section!r}", where=_FILE, remedy=suggest(section, _SECTIONS))
    if not tables.get("step"):
        raise RecordError("no step of the ladder", where=_FILE, remedy="add [step.<name>]")
    days: dict[int, DaysOff] = {}
    for name, fields in tables.get("days", {}).items():
        record, where = validate(DaysOff, name, fields, f"{_FILE} days"), f"{_FILE} [days.{name}]"
        if not name.isdecimal() or any(str(day.year) != name for day in (*record.off, *record.worked)):
            raise RecordError("a day of another year", where=where, remedy="put it under its own year")
        if set(record.off) & set(record.worked):
            raise RecordError("a day is both off and worked", where=where, remedy="see the notice")
        days[int(name)] = record
    given = tables.get("limit", {})
    same_names("limit", given, _LIMITS, _FILE)
    limits = {name: validate(IntakeFigure, name, given[name], f"{_FILE} limit") for name in _LIMITS}
    check_whole("limit", limits, _FILE)
    steps = {name: validate(LadderStep, name, fields, f"{_FILE} step") for name, fields in tables["step"].items()}
    order = [step.workdays for step in steps.values()]
    if order != sorted(set(order)):
        raise RecordError("steps are not in the order of their days", where=_FILE, remedy="put the earliest first")
    return SupervisionDesign(days, limits, steps)
