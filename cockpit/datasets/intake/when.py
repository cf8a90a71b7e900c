"""Years, days and periods as people write them.

Imports the ground floor, `policy` and `cells`. Pure. Outcomes are those of `cells`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Final

from cockpit.datasets.findings import shown
from cockpit.datasets.intake.cells import EMPTY, NOTHING, Outcome, fold, is_blank
from cockpit.days import iso, parse_span
from cockpit.errors import CockpitError
from cockpit.policy.register import load
from cockpit.units import Period
from cockpit.vocabulary import Text

_YEAR: Final = re.compile(r"(\d{4})(?:\.0)?(?:年度?|全年|年全年)?", re.ASCII)
_TO: Final = r"\s*[-–—~至到]\s*"
_YEAR_TO_DATE: Final = re.compile(
    rf"(\d{{4}})(?:(?:年|年?[-/.])(?:(?:1\s*月?|年初){_TO})?(\d{{1,2}})|(\d{{2}}))(?:月?|月(?:份|末|底|止|累计)+)",
    re.ASCII,
)
_QUARTER: Final = re.compile(r"(\d{4})年?-?(?:q([1-4])|第?([一二三四1-4])季度?)|q([1-4])[-/]?(\d{4})年?", re.ASCII)
# Several quarters or months of a year, the first among them: 上半年, 前三季度, 一至三季度, Q1-Q3, 前9个月.
_FROM_JANUARY: Final = re.compile(
    r"(?P<year>\d{4})年?-?(?:"
    r"(?P<half>上半年|前半年|h1)"
    rf"|(?:前|第?[一1](?:季度?)?{_TO}第?)(?P<quarter>[二三四2-4])个?季度?"
    rf"|q1{_TO}q?(?P<short>[2-4])"
    r"|前(?P<months>\d{1,2}|十[一二]?|[一二三四五六七八九])个?月)(?:累计)?",
    re.ASCII,
)
_NUMERALS: Final = {
    word: place
    for place, word in enumerate(["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"], start=1)
}
# 2026.10 typed as a number is kept as 2026.1: January or October. 2026-1-9: a day, or January to September.
_SPOKEN_DAY: Final = re.compile(r"(?<=\d)号$")  # 2024年3月1号, as people say it
_LOST_ZERO: Final = re.compile(r"\d{4}\.1", re.ASCII)
_DAY_OR_MONTHS: Final = re.compile(r"\d{4}-1-\d{1,2}", re.ASCII)
_ENGLISH_PERIOD: Final = re.compile(
    r"(?:full year|jan\s*[-–—]\s*([a-z]{3})[a-z]*)\s+(\d{4})", re.ASCII
)  # as our own tables say
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@lru_cache(maxsize=1)
def first_year() -> int:
    """Earlier years are slips of a cell's format, not dates of a town."""
    return load().intake.limit("first_year")


def year(value: object) -> Outcome:
    """A year of four digits; 2025年 is read as one."""
    if is_blank(value):
        return EMPTY
    if isinstance(value, date) and value.year < first_year():
        return _not_before(value.year, None)  # what a date's format makes of a bare year
    match = None if isinstance(value, bool) else _YEAR.fullmatch(fold(shown(value)))
    return _not_before(int(match[1]), int(match[1])) if match else (None, "not_year", NOTHING)


def day(value: object, *, is_text: bool) -> Outcome:
    """ISO date; `2020-10` where only the month is known, `2020` for 2020年. `is_text`: the file has no dates (CSV)."""
    if is_blank(value):
        return EMPTY
    if isinstance(value, datetime):
        return _not_before(value.year, value.date().isoformat())
    if isinstance(value, date):
        return _not_before(value.year, value.isoformat())
    if isinstance(value, bool):
        return None, "not_date", NOTHING
    text = _SPOKEN_DAY.sub("日", fold(shown(value)))
    if _LOST_ZERO.fullmatch(text):
        return None, "lost_zero", _lost_zero(text)
    span = None if text.isdecimal() and len(text) != len("20280630") else parse_span(text)
    if span is None:  # bare digits are a date in full only: 2028 may be a year, a count, a code
        return None, "not_date", NOTHING
    written = iso(span)
    if span[0].year < first_year():
        return _not_before(span[0].year, written)
    return written, ("" if is_text else "date_as_text"), {"read": written}


def _not_before(year: int, read: object) -> Outcome:
    """What was read, or the fault that it lies before there were such towns."""
    first = first_year()
    return (read, "", NOTHING) if year >= first else (None, "too_early", {"first": first})


def _lost_zero(text: str) -> Mapping[str, object]:
    year = text[:4]
    return {"one": f"{year}-01", "ten": f"{year}-10"}


def period(value: object) -> Outcome:
    """`2025` or `2026-09`; also 2026年1-9月, 2026年前三季度, 2026年三季度, 2026Q3 and a date, for its
    month.

    Figures are cumulative within the year; a quarter may be meant alone, so how it was read is told.
    """
    if is_blank(value):
        return EMPTY
    if isinstance(value, (datetime, date)):
        return _of_day(value)
    text = fold(shown(value)).casefold()
    if _LOST_ZERO.fullmatch(text):
        return None, "lost_zero", _lost_zero(text)
    if _DAY_OR_MONTHS.fullmatch(text):
        return None, "not_period", NOTHING
    if match := _YEAR.fullmatch(text):
        return _not_before(int(match[1]), match[1])
    close = text.replace(" ", "")
    if match := _QUARTER.fullmatch(close):
        return _of_quarter(int(match[1] or match[5]), _number(match[2] or match[3] or match[4]))
    if match := _FROM_JANUARY.fullmatch(close):
        quarter = match["quarter"] or match["short"] or ("2" if match["half"] else "")
        month = 3 * _number(quarter) if quarter else _number(match["months"])
        return _of_months(int(match["year"]), month)
    if match := _YEAR_TO_DATE.fullmatch(text):
        return _of_months(int(match[1]), int(match[2] or match[3]))
    if (match := _ENGLISH_PERIOD.fullmatch(text)) and (match[1] or "dec") in _MONTHS:
        return _of_months(int(match[2]), 1 + _MONTHS.index(match[1] or "dec"))
    try:
        read = Period.parse(text)
    except CockpitError:
        return None, "not_period", NOTHING
    return _not_before(read.year, str(read))


def _of_day(day: date) -> Outcome:
    """A date, which stands for its month. In January it may be what a spreadsheet made of 1-9, or of a bare year."""
    january = Period(day.year, 1)
    if day.month == 1 and day.day <= 12:
        other = Period(day.year, day.day) if day.day > 1 else Period(day.year)
        said = {"one": january, "other": other}
        return None, "unclear_date", {name: Text(at.say("zh"), at.say("en")) for name, at in said.items()}
    return _not_before(day.year, str(Period(day.year, day.month)))


def _number(word: str) -> int:
    return _NUMERALS[word] if word in _NUMERALS else int(word)


def _of_months(year: int, month: int) -> Outcome:
    if not 1 <= month <= 12:
        return None, "not_period", NOTHING
    return _not_before(year, str(Period(year, month)))


def _of_quarter(year: int, quarter: int) -> Outcome:
    """A quarter, which stands for the year up to its end; the first is the same either way."""
    read, rule, values = _not_before(year, str(at := Period(year, 3 * quarter)))
    if rule or quarter == 1:
        return read, rule, values
    return read, "as_cumulative", {"read": Text(at.say("zh"), at.say("en"))}
