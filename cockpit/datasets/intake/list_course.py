"""Changes of the list held against each other and against those on file: a town has one status a day, and rises.

May import the ground floor, `findings` and the other intake modules. Pure: frames in, findings out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

import pandas as pd

from cockpit.datasets.intake.leaps import Row, Told
from cockpit.days import first_day, parse_span
from cockpit.texts import written
from cockpit.vocabulary import LIST_STATUSES, Text

# The way a town goes; whoever left the list and stands on it again has come back.
_RISING: Final = ("cultivating", "creating", "named", "removed")


@dataclass(frozen=True)
class _Entry:
    """One change: first and last day it can mean, as it is written, its status, and its row where it was sent."""

    first: date
    day: date
    on: str
    status: str
    row: Row | None

    @property
    def label(self) -> Text:
        return LIST_STATUSES[self.status]


def tell_course(history: pd.DataFrame, old: pd.DataFrame, created: Mapping[str, str], told: Told, names: Names) -> None:
    """Tell two statuses of one day, a naming before the creation, and steps back, which are to be confirmed.

    Args:
        history: changes sent. old: those on file.
        created: day of creation by town, as sent or else on file.
    """
    old = old[old["town_code"].astype(str).isin(history["town_code"].astype(str))]
    every: dict[str, list[_Entry]] = {}
    for code, entry in (*_entries(old, is_sent=False), *_entries(history, is_sent=True)):
        every.setdefault(code, []).append(entry)
    for code, entries in every.items():
        entries.sort(key=lambda entry: entry.day)  # of one day those on file come first
        begun = created.get(code) or min((at.on for at in entries if at.status == "creating"), default="")
        early = [entry for entry in entries if entry.row is not None and _is_early(entry, begun)]
        for entry in early:
            told.add("named_before_created", entry.row, entry.on, town=names(code), created=begun)
        for before, after in pairwise(entry for entry in entries if entry not in early):
            _tell_pair(before, after, names(code), told)


class Names:
    """What towns are called, by code."""

    def __init__(self, *frames: pd.DataFrame) -> None:
        self._called: dict[str, str] = {}
        for frame in frames:
            if {"town_code", "name_zh"} <= set(frame.columns):
                for code, name in zip(frame["town_code"].astype(str), frame["name_zh"], strict=True):
                    self._called[code] = written(name) or self._called.get(code, code)

    def __call__(self, code: str) -> str:
        return self._called.get(code, code)


def _entries(frame: pd.DataFrame, *, is_sent: bool) -> Iterator[tuple[str, _Entry]]:
    for row in frame.itertuples():
        at: Row = row
        if span := parse_span(str(at.effective_on)):
            yield str(at.town_code), _Entry(*span, str(at.effective_on), str(at.list_status), at if is_sent else None)


def _is_early(entry: _Entry, created: str) -> bool:
    start = first_day(created) if created else None
    return entry.status == "named" and start is not None and entry.day < start


def _tell_pair(before: _Entry, after: _Entry, town: str, told: Told) -> None:
    sent = after if after.row is not None else before
    is_one_day = before.day >= after.first  # or may be: one is known to the month
    if sent.row is None or (is_one_day and before.status == after.status):
        return  # both on file, or the same said again
    values = {"town": town, "before": before.label, "before_on": before.on, "now": after.label, "on": after.on}
    if is_one_day:
        is_both = before.row is not None and after.row is not None
        told.add("list_two_statuses" if is_both else "list_restated", sent.row, sent.on, **values)
    elif _RISING.index(after.status) <= _RISING.index(before.status):
        told.add("list_step_back", sent.row, sent.on, **values)
