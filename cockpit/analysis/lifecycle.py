"""The five-year clock of list management: when a town being created falls due for assessment, clause [3.4].

Pure; `as_of` is an argument. Only dates known to the day start a clock.
"""

from __future__ import annotations

from datetime import date

import pandas as pd


def years_after(day: date, years: int) -> date:
    """The same calendar day `years` later; 29 February falls on 28 February of a common year."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def parse_day(text: object) -> date | None:
    """Read an ISO date known to the day; anything less exact is None."""
    try:
        return date.fromisoformat(str(text)) if len(str(text)) == 10 else None
    except ValueError:
        return None


def creation_clock(towns: pd.DataFrame, years: int, as_of: date) -> pd.DataFrame:
    """Towns with status creating and a known day of creation: `town_code`, `due_on`, `days_left` (negative: past due).

    A clock reaches its end on `due_on` itself: 满5年 counts that day. Sorted by `due_on`.
    """
    rows = [
        (code, due, (due - as_of).days)
        for code, status, created in zip(towns["town_code"], towns["list_status"], towns["created_on"], strict=True)
        if status == "creating" and (day := parse_day(created)) is not None
        for due in [years_after(day, years)]
    ]
    frame = pd.DataFrame(rows, columns=["town_code", "due_on", "days_left"])
    return frame.sort_values(["due_on", "town_code"], ignore_index=True)
