"""Dates as registers write them: known to the day, the month or the year, and read alike wherever one is met.

Ground floor. Dates are `2028-06-30`, `2028-06`, `2028`, `2028年6月`, `2028年6月底`, `2028.6`, `20280630`; stored
they are ISO text of the exactness given (`2028-06`). What such a text says of a day hangs on the question: an end
lies on the last day it can mean, an event on file has happened from its first day on. Of two events the one with the
later last day is newer.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

Days = npt.NDArray[np.datetime64]
Span = tuple[date, date]

_WRITTEN: Final = re.compile(r"(\d{4})(?:年[底末]?|[-/.年](\d{1,2})(?:月[底末]?|[-/.月](\d{1,2})日?)?)?", re.ASCII)
_COMPACT: Final = re.compile(r"(\d{4})(\d{2})(\d{2})?(?:\.0)?", re.ASCII)
# Full-width signs and the wide blank are read; a raised or circled figure is none of a date's.
_NARROW: Final = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_MIDNIGHT: Final = re.compile(r"[ T]00:00(:00(\.0+)?)?$")


def parse_span(written: object) -> Span | None:
    """First and last day a written date can mean, None for what is no date.

    Args:
        written: text in any spelling above, or a date. Full-width digits are read; a time of midnight is dropped.
    """
    if isinstance(written, datetime):
        written = written.date()
    if isinstance(written, date):
        return (written, written) if written == written else None  # NaT is a date that equals nothing
    return _span_of(written) if isinstance(written, str) else None


@lru_cache(maxsize=16_384)  # registers repeat a few hundred dates
def _span_of(written: str) -> Span | None:
    text = "".join(_MIDNIGHT.sub("", written.translate(_NARROW).strip()).split())
    found = _WRITTEN.fullmatch(text) or _COMPACT.fullmatch(text)
    if not found:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    if not year:
        return None
    try:
        first = date(year, month or 1, day or 1)
    except ValueError:
        return None
    if day:
        return first, first
    end = month or 12
    return first, date(year, end, monthrange(year, end)[1])


def first_day(written: object) -> date | None:
    span = parse_span(written)
    return span[0] if span else None


def last_day(written: object) -> date | None:
    span = parse_span(written)
    return span[1] if span else None


def iso(span: Span) -> str:
    """A span as it is stored: ISO text as exact as the span is."""
    first, last = span
    if first == last:
        return first.isoformat()
    return first.isoformat()[:7] if (first.year, first.month) == (last.year, last.month) else first.isoformat()[:4]


def first_days(written: Iterable[object]) -> Days:
    """First day of each written date as datetime64[D]; NaT, which is neither before nor after any day, for no date."""
    return _days(written, first_day)


def last_days(written: Iterable[object]) -> Days:
    """Last day of each written date, as `first_days`."""
    return _days(written, last_day)


def _days(written: Iterable[object], day: Callable[[object], date | None]) -> Days:
    """Each spelling is read once: a register of thousands of towns holds a few hundred dates."""
    texts = written if isinstance(written, pd.Series) else pd.Series(list(written), dtype=object)
    places, known = pd.factorize(texts, use_na_sentinel=False)
    return np.array([day(text) for text in known], dtype="datetime64[D]")[places]
