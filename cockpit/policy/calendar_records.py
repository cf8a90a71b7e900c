"""Record type of the reporting calendar: who has to report what by when.

Imports only the ground floor, `records` and `reading`.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pydantic import Field, model_validator

from cockpit.errors import RecordError, suggest
from cockpit.policy.reading import read_records
from cockpit.policy.records import Explained, Indicator, Origin

MONTHS = range(1, 13)


class Duty(Explained):
    """One return. `due_days` count from the period's last day, `late_days` from the day it was due."""

    months: tuple[int, ...] = Field(strict=False)
    due_days: int = Field(gt=0)
    late_days: int = Field(gt=0)
    indicators: tuple[str, ...] = Field(default=(), strict=False)
    origin: Origin

    @model_validator(mode="after")
    def _months_exist(self) -> Duty:
        if (
            not self.months
            or any(month not in MONTHS for month in self.months)
            or len(set(self.months)) < len(self.months)
        ):
            raise ValueError("months are numbers from 1 to 12, each once")
        return self

    def covers(self, indicator: Indicator) -> bool:
        """Whether an indicator is reported by this return."""
        return indicator.id in self.indicators if self.indicators else indicator.is_reported


def read_calendar(path: Path, indicators: Mapping[str, Indicator], year: int) -> dict[str, Duty]:
    """Read the calendar and check it against the indicators.

    Raises:
        RecordError: an unknown or computed indicator, or one asked for twice for the same month.
    """
    duties = read_records(path, Duty, year)
    asked: dict[tuple[str, int], str] = {}
    for duty in duties.values():
        where = f"{path.name} [{duty.id}] indicators"
        for name in duty.indicators:
            if name not in indicators:
                raise RecordError(f"unknown indicator {name!r}", where=where, remedy=suggest(name, indicators))
            if not indicators[name].is_reported and indicators[name].origin_of_value != "land":
                raise RecordError(f"{name} is computed, nobody reports it", where=where, remedy="name its parts")
        for indicator in indicators.values():
            for month in duty.months if duty.covers(indicator) else ():
                if other := asked.get((indicator.id, month)):
                    raise RecordError(
                        f"{indicator.id} is due for month {month} in [{other}] as well",
                        where=where,
                        remedy="leave it to one of them",
                    )
                asked[indicator.id, month] = duty.id
    return duties
