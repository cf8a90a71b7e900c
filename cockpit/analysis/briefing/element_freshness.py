"""How fresh what towns told of each kind of elements is, against the duty its record names.

Pure; part of `briefing`. Nobody writes down when he looked: a town's word is as new as its statement of how many it
has, the end of the newest year or period of its entries, or the newest day an entry began or was held on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from cockpit.analysis.freshness import LATE, MISSING, REPORTED, Due, newest_due, states
from cockpit.days import first_days
from cockpit.policy.elements import STATED, ElementDesign, ElementKind
from cockpit.units import Period


@dataclass(frozen=True)
class KindFreshness:
    """A kind over some towns: the newest day any of them spoke of, None where none did; towns in time, late and
    missing for the period that was due (`due`, None for kinds nobody is to report by a day)."""

    kind: str
    last: date | None
    due: Due | None
    reported: int = 0
    late: int = 0
    missing: int = 0

    @property
    def is_stale(self) -> bool:
        """Whether nothing that was told reaches the end of the period that was due."""
        if self.due is None:
            return False
        return self.last is None or self.last < Period.parse(self.due.period).last_day()


def told_until(tables: Mapping[str, pd.DataFrame], kind: ElementKind) -> pd.Series:
    """The newest day (datetime64) each town spoke of a kind, by town code."""
    stated, frame = tables[STATED], tables[kind.table]
    own = stated[(stated["kind"] == kind.id).to_numpy()] if len(stated) else stated
    parts = [(own["town_code"], first_days(own["as_of"].astype(str)))]
    if len(frame) and kind.time in ("year", "period"):
        written = frame[kind.time].astype(str)
        ends = {text: np.datetime64(Period.parse(text).last_day()) for text in written.unique()}
        parts.append((frame["town_code"], written.map(ends).to_numpy()))
    elif len(frame):
        began = first_days(frame["since" if kind.time == "span" else "on"].astype(str))
        parts.append((frame["town_code"], began))
    codes = np.concatenate([column.to_numpy(dtype=object) for column, _ in parts])
    days = np.concatenate([np.asarray(found, dtype="datetime64[D]") for _, found in parts])
    return pd.Series(days.astype("datetime64[s]")).groupby(codes).max()


def freshness(
    told: Mapping[str, pd.Series],
    design: ElementDesign,
    towns: Sequence[str],
    as_of: date,
    *,
    is_owed: bool = True,
) -> dict[str, KindFreshness]:
    """Every kind over these towns, all of which owe a word where `is_owed`: towns of published data owe none.

    Args:
        told: by kind, until when each town spoke (`told_until`).
    """
    answers = {}
    for kind in design.kinds.values():
        own = told[kind.id].reindex(list(towns))
        newest, duty = own.max(), design.duties.get(kind.every)
        last = None if pd.isna(newest) else newest.date()
        if not is_owed or duty is None or kind.entries:  # what has no list yet is asked of nobody
            answers[kind.id] = KindFreshness(kind.id, last, None)
            continue
        due = newest_due(duty.months, duty.due_days, duty.late_days, as_of)
        end = np.datetime64(Period.parse(due.period).last_day())
        there = (own >= end).to_numpy(dtype=bool)
        found = states(there, np.ones(len(towns), dtype=bool), due, as_of)
        counts = [int((found == word).sum()) for word in (REPORTED, LATE, MISSING)]
        answers[kind.id] = KindFreshness(kind.id, last, due, *counts)
    return answers
