"""Units, periods and how people read them: base units inside, 亿元 and 万亿元 (billion, trillion) outside.

Ground floor: imports only `errors` and `vocabulary`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from cockpit.errors import CockpitError, suggest
from cockpit.vocabulary import Language, Text

# As written in documents and workbooks -> (base unit, factor to base).
WRITTEN_UNITS: Final[dict[str, tuple[str, float]]] = {
    "元": ("yuan", 1.0),
    "千元": ("yuan", 1e3),
    "万元": ("yuan", 1e4),
    "百万元": ("yuan", 1e6),
    "千万元": ("yuan", 1e7),
    "十亿元": ("yuan", 1e9),
    "亿元": ("yuan", 1e8),
    "万亿元": ("yuan", 1e12),
    "万元/亩": ("yuan_per_mu", 1e4),
    "万元/人": ("yuan_per_person", 1e4),
    "万元/吨标准煤": ("yuan_per_tce", 1e4),
    "万元/吨": ("yuan_per_tonne", 1e4),
    "亩": ("mu", 1.0),
    "万亩": ("mu", 1e4),
    "公顷": ("mu", 15.0),
    "平方公里": ("km2", 1.0),
    "%": ("share", 0.01),
    "个": ("count", 1.0),
    "户": ("count", 1.0),
    "家": ("count", 1.0),
    "项": ("count", 1.0),
    "件": ("count", 1.0),
    "万件": ("count", 1e4),
    "名": ("count", 1.0),
    "人": ("count", 1.0),
    "万人": ("count", 1e4),
    "万人次": ("count", 1e4),
    "亿双": ("count", 1e8),
    "吨标准煤": ("tce", 1.0),
    "万吨标准煤": ("tce", 1e4),
    "吨": ("tonne", 1.0),
    "万吨": ("tonne", 1e4),
}
CALENDAR_UNITS: Final[dict[str, Text]] = {
    "年": Text("年", "years"),
    "天": Text("天", "days"),
    "分": Text("分", "points"),
    "倍": Text("倍", "times"),
}
MU_PER_KM2: Final = 1500.0


def reaches(value: float, limit: float) -> bool:
    """Whether a value is at least the limit. A quotient that is the limit but for binary noise (90.3 of 301 mu is 30 %)
    reaches it; anything a reader could tell apart does not."""
    return value >= limit or math.isclose(value, limit, rel_tol=1e-9)


def to_base(value: float, written_unit: str) -> tuple[float, str]:
    """Return (value in base unit, base unit) for a value as written, e.g. (1.2, 万亿元) -> (1.2e12, yuan)."""
    if written_unit not in WRITTEN_UNITS:
        raise CockpitError(f"unknown unit {written_unit!r}", remedy=suggest(written_unit, WRITTEN_UNITS))
    base, factor = WRITTEN_UNITS[written_unit]
    # Rounded at the 12th significant digit: 1291.5 * 1e8 must not leave a trail of binary noise.
    return float(f"{value * factor:.12g}"), base


@dataclass(frozen=True)
class Figure:
    """A value as people read it: number and unit apart, because the screen sets them in different sizes."""

    number: str
    unit: str

    def __str__(self) -> str:
        return f"{self.number} {self.unit}".strip() if self.unit != "%" else f"{self.number}%"


_DASH: Final = "—"
_STEPS: Final[dict[Language, tuple[tuple[float, str], ...]]] = {
    "zh": ((1e12, "万亿"), (1e8, "亿"), (1e4, "万")),
    "en": ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")),
}
_MONEY: Final[dict[str, Text]] = {
    "yuan": Text("元", "yuan"),
    "yuan_per_mu": Text("元/亩", "yuan per mu"),
    "yuan_per_person": Text("元/人", "yuan per person"),
    "yuan_per_tce": Text("元/吨标准煤", "yuan per tce"),
    "yuan_per_tonne": Text("元/吨", "yuan per t"),
}
_PLAIN: Final[dict[str, Text]] = {
    "mu": Text("亩", "mu"),
    "km2": Text("平方公里", "km²"),
    "tce": Text("吨标准煤", "tce"),
    "tonne": Text("吨", "t"),
    "count": Text("", ""),
}
# Base units a ratio may come in.
DERIVED_UNITS: Final = (*_MONEY, "share")


def significant(value: float, digits: int = 4) -> str:
    """Round to `digits` significant digits, no exponent, no trailing zeros: 1291.5 -> 1291.5, 0.0312 -> 0.0312."""
    if value == 0:
        return "0"
    whole = len(str(int(abs(value)))) if abs(value) >= 1 else 0
    if whole:
        decimals = max(0, digits - whole)
        text = f"{value:.{decimals}f}"
    else:
        text = f"{value:.{digits}g}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text


def figure(
    value: float | None,
    unit: str,
    language: Language,
    *,
    counter: Text | None = None,
    digits: int = 4,
    scale: float | None = None,
) -> Figure:
    """Set a base-unit value in people's units.

    Args:
        value: in base unit; None reads as a dash.
        unit: base unit (`yuan`, `share`, `count`, ...).
        counter: the measure word of a count (家 / firms); unused for other units.
        digits: significant digits; published figures keep theirs (1291.5 needs 5).
        scale: force the step (1e8 for 亿) so that a value and its target read in one unit.
    """
    if value is None:
        return Figure(_DASH, "")
    if unit == "share":
        return Figure(significant(value * 100, 3), "%")
    if unit in _MONEY:
        steps = _STEPS[language]
        word = _MONEY[unit].say(language)
        for step, name in steps:
            if (scale == step) or (scale is None and abs(value) >= step * (1 - 1e-12)):
                joint = "" if language == "zh" else " "
                return Figure(significant(value / step, digits), f"{name}{joint}{word}")
        return Figure(significant(value, digits), word)
    if unit == "count":
        word = counter.say(language) if counter else ""
        if abs(value) >= 1e6:
            for step, name in _STEPS[language][1:]:
                if abs(value) >= step:
                    joint = "" if language == "zh" else " "
                    return Figure(significant(value / step, digits), f"{name}{joint}{word}")
        text = f"{value:.0f}" if float(value).is_integer() else significant(value, digits)
        if language == "en" and abs(value) >= 1000:
            text = f"{float(text):,.0f}"
        return Figure(text, word)
    if unit not in _PLAIN:
        raise CockpitError(f"unknown base unit {unit!r}", remedy=suggest(unit, [*_PLAIN, *_MONEY, "share"]))
    return Figure(significant(value, digits), _PLAIN[unit].say(language))


def money_step(value: float, language: Language) -> float | None:
    """Return the step (1e12, 1e8, ...) in which `value` reads naturally, to set a whole column in one unit."""
    return next((step for step, _ in _STEPS[language] if abs(value) >= step * (1 - 1e-12)), None)


_DIGITS: Final = "零一二三四五六七八九"
_COUNTS: Final = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip


def count_word(count: int, language: Language) -> str:
    """A small number as a heading writes it: 九, 十八; nine, eighteen. Figures from a hundred, in English from 21."""
    if language == "en":
        return _COUNTS[count] if count < len(_COUNTS) else str(count)
    tens, ones = divmod(count, 10)
    if tens > 9:
        return str(count)
    lead = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return lead + (_DIGITS[ones] if ones or not tens else "")


def percent(share: float | None, *, signed: bool = False, decimals: int = 1) -> str:
    """Set a share (0-1) as a percentage, `0.967 -> 96.7%`; None is a dash. The minus is a real minus."""
    if share is None:
        return _DASH
    text = f"{share * 100:{'+' if signed else ''}.{decimals}f}%"
    return text.replace("-", "−")


def minus(text: str) -> str:
    """Typographic minus for figures on screen."""
    return text.replace("-", "−")


_PERIOD: Final = re.compile(r"^(\d{4})(?:-(0[1-9]|1[0-2]))?$")


@dataclass(frozen=True, order=True)
class Period:
    """A full year (`month == 12`, written `2025`) or year to date through a month (written `2026-09`)."""

    year: int
    month: int = 12

    @classmethod
    def parse(cls, text: str) -> Period:
        match = _PERIOD.match(str(text))
        if not match:
            raise CockpitError(f"{text!r} is not a period", remedy="write 2025 or 2026-09")
        return cls(int(match[1]), int(match[2] or 12))

    @property
    def is_full_year(self) -> bool:
        return self.month == 12

    def __str__(self) -> str:
        return f"{self.year}" if self.is_full_year else f"{self.year}-{self.month:02d}"

    def year_before(self) -> Period:
        """The same stretch of the previous year, for 同比."""
        return Period(self.year - 1, self.month)

    def last_day(self) -> date:
        following = date(self.year + self.month // 12, self.month % 12 + 1, 1)
        return date.fromordinal(following.toordinal() - 1)

    def say(self, language: Language) -> str:
        if self.is_full_year:
            return f"{self.year}年全年" if language == "zh" else f"Full year {self.year}"
        if language == "zh":
            return f"{self.year}年1–{self.month}月"
        months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
        return f"Jan–{months[self.month - 1]} {self.year}"


def rounded_to_sum(values: Sequence[float | None], total: float, step: float) -> list[int | None]:
    """Round parts to whole numbers of `step` so that they add up to the rounded total (largest remainder).

    Args:
        values: the parts; None stays None and takes no share. They should sum to `total`.
        step: what one unit of the answer stands for, above zero.

    Returns:
        Counts of `step`. Ties go to the earlier part; a part of exactly zero stays zero where others can take the rest.
    """
    known = [place for place, value in enumerate(values) if value is not None]
    if not known:
        return [None] * len(values)
    exact = {place: (values[place] or 0.0) / step for place in known}
    floors = {place: math.floor(exact[place]) for place in known}
    missing = math.floor(total / step + 0.5) - sum(floors.values())
    order = sorted(known, key=lambda place: (values[place] == 0, -(exact[place] - floors[place]), place))
    found: list[int | None] = [None] * len(values)
    for place in known:
        found[place] = floors[place]
    # Parts that do not quite sum to the total may leave more to hand out than there are parts.
    turn = 0
    while missing and turn < 4 * len(order):
        place = order[turn % len(order)] if missing > 0 else order[-1 - turn % len(order)]
        found[place] = (found[place] or 0) + (1 if missing > 0 else -1)
        missing += -1 if missing > 0 else 1
        turn += 1
    return found
