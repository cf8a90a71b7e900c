"""Units, periods and how people read them: base units inside, 亿元 and 万亿元 (billion, trillion) outside.

Ground floor: imports only `errors` and `vocabulary`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
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


_DASH: Final = "—"


@dataclass(frozen=True)
class Figure:
    """A value as people read it, with what its text is made from: nobody needs to read the text back.

    Number and unit stand apart, because the screen sets them in different sizes.

    Attributes:
        value: in base unit; None reads as a dash.
        unit: as people read it; `short_unit` where space is short.
        divisor: what one of `unit` is in base units.
        decimals: of the number as shown.
    """

    value: float | None
    unit: str = ""
    divisor: float = 1.0
    decimals: int = 0
    is_signed: bool = False
    is_grouped: bool = False
    short_unit: str = ""

    @property
    def shown(self) -> float | None:
        """The value in `unit`, with all its digits."""
        return None if self.value is None else scaled(self.value, self.divisor)

    @property
    def number(self) -> str:
        """The value in `unit` as shown: a real minus, and no sign before a zero."""
        shown = self.shown
        if shown is None:
            return _DASH
        is_zero = round(shown, self.decimals) == 0
        form = f"{'+' if self.is_signed and not is_zero else ''}{',' if self.is_grouped else ''}.{self.decimals}f"
        return minus(f"{abs(shown) if is_zero else shown:{form}}")

    @property
    def bare(self) -> str:
        """The number where its unit is known; a percentage keeps its sign."""
        return f"{self.number}%" if self.unit == "%" else self.number

    def __str__(self) -> str:
        return f"{self.number} {self.unit}".strip() if self.unit != "%" else f"{self.number}%"

    def short(self, language: Language) -> str:
        """Where space is short: in Chinese without the space before the unit, in English with the short unit."""
        if language == "zh" or self.unit == "%":
            return f"{self.number}{self.unit}"
        return f"{self.number} {self.short_unit or self.unit}".strip()


def scaled(value: float, divisor: float) -> float:
    """A base-unit value in units of `divisor`. Where that is part of one, multiplied: 0.07 / 0.01 is not 7."""
    return value / divisor if divisor >= 1 else value * round(1 / divisor)


@dataclass(frozen=True)
class Scale:
    """In what the figures of one column, axis or series are written: one unit, and decimals for all or (None) each."""

    divisor: float = 1.0
    unit: str = ""
    short_unit: str = ""
    decimals: int | None = None
    is_signed: bool = False
    is_grouped: bool = False

    def figure(self, value: float | None, digits: int = 4) -> Figure:
        """A base-unit value in this unit, with `digits` significant digits where the scale has no decimals of its own.

        None and NaN read as a dash.
        """
        if value is None or math.isnan(value):
            return Figure(None)
        decimals = places(scaled(value, self.divisor), digits) if self.decimals is None else self.decimals
        return Figure(
            value, self.unit, self.divisor, decimals, self.is_signed, self.is_grouped, self.short_unit or self.unit
        )

    def coarsest(self, values: Iterable[float], digits: int) -> Scale:
        """The same unit with the decimals of that value which has the fewest: a column of published figures in which
        none claims digits it was not published with."""
        return replace(self, decimals=min((places(scaled(value, self.divisor), digits) for value in values), default=0))

    def fixed(self, values: Iterable[float | None], digits: int) -> Scale:
        """The same unit with one number of decimals for all of `values`: those the largest leaves of `digits`, and no
        more than one of them has."""
        known = [scaled(value, self.divisor) for value in values if value is not None and not math.isnan(value)]
        most = places(max(map(abs, known), default=0.0), digits, is_padded=True)
        return replace(self, decimals=min(most, max((places(value, digits) for value in known), default=0)))


_STEPS: Final[dict[Language, tuple[tuple[float, str, str], ...]]] = {
    "zh": ((1e12, "万亿", "万亿"), (1e8, "亿", "亿"), (1e4, "万", "万")),
    "en": ((1e12, "trillion", "tn"), (1e9, "billion", "bn"), (1e6, "million", "m")),
}
_MONEY: Final[dict[str, Text]] = {
    "yuan": Text("元", "yuan"),
}
# Money per something keeps one unit, so that every place says an indicator alike.
_PER: Final[dict[str, Text]] = {
    "yuan_per_mu": Text("亩", "mu"),
    "yuan_per_person": Text("人", "person"),
    "yuan_per_tce": Text("吨标准煤", "tce"),
    "yuan_per_tonne": Text("吨", "t"),
}
_PER_STEP: Final[dict[Language, tuple[float, str, str]]] = {
    "zh": (1e4, "万元", "万元"),
    "en": (1e3, "thousand yuan", "k yuan"),
}
_PLAIN: Final[dict[str, Text]] = {
    "mu": Text("亩", "mu"),
    "km2": Text("平方公里", "km²"),
    "tce": Text("吨标准煤", "tce"),
    "tonne": Text("吨", "t"),
    "count": Text("", ""),
}
# Base units a ratio may come in.
DERIVED_UNITS: Final = (*_MONEY, *_PER, "share")


def places(value: float, digits: int = 4, *, is_padded: bool = False) -> int:
    """Decimals of a number set with `digits` significant digits; trailing zeros count where `is_padded`: 2.50 -> 1."""
    if value == 0:
        return 0
    if abs(value) < 1:
        text = f"{value:.{digits}g}"
        if is_padded:
            return digits - 1 - math.floor(math.log10(abs(value)))
    else:
        decimals = max(0, digits - len(str(int(abs(value)))))
        if is_padded:
            return decimals
        text = f"{value:.{decimals}f}"
    exponent = Decimal(text).normalize().as_tuple().exponent
    assert isinstance(exponent, int)  # a number, no NaN
    return max(0, -exponent)


def significant(value: float, digits: int = 4) -> str:
    """Round to `digits` significant digits, no exponent, no trailing zeros: 1291.5 -> 1291.5, 0.0312 -> 0.0312."""
    return f"{value:.{places(value, digits)}f}"


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
        return Figure(None)
    found = scale_of(value, unit, language, counter=counter, step=scale)
    if unit == "count" and found.divisor == 1 and float(value).is_integer():
        return replace(found, decimals=0).figure(value)
    return found.figure(value, _SHARE_DIGITS if unit == "share" else digits)


def scale_of(
    value: float, unit: str, language: Language, *, counter: Text | None = None, step: float | None = None
) -> Scale:
    """In what a base-unit value reads naturally; `step` forces the step of money."""
    if unit == "share":
        return Scale(0.01, "%")
    if unit in _PER:
        (step_of, name, short), per = _PER_STEP[language], _PER[unit].say(language)
        return Scale(step_of, f"{name}/{per}", f"{short}/{per}", is_grouped=language == "en")
    if unit in _MONEY:
        word = _MONEY[unit].say(language)
        for at, name, short in _STEPS[language]:
            if (step == at) or (step is None and abs(value) >= at * (1 - 1e-12)):
                return _stepped(at, name, short, word, language)
        return Scale(1.0, word, word, is_grouped=language == "en" or abs(value) >= _LONG)
    if unit == "count":
        word = counter.say(language) if counter else ""
        if abs(value) >= 1e6:
            for at, name, short in _STEPS[language][1:]:
                if abs(value) >= at:
                    return _stepped(at, name, short, word, language)
        return Scale(1.0, word, word, is_grouped=language == "en" or abs(value) >= _LONG)
    if unit not in _PLAIN:
        raise CockpitError(f"unknown base unit {unit!r}", remedy=suggest(unit, [*_PLAIN, *_MONEY, *_PER, "share"]))
    return Scale(1.0, _PLAIN[unit].say(language), is_grouped=language == "en" or abs(value) >= _LONG)


def column_scale(
    values: Iterable[float | None], unit: str, language: Language, *, counter: Text | None = None
) -> Scale:
    """In what base-unit values that stand together are written, a column or a ranking: the middle one decides the unit,
    so that most read well, the largest decides the decimals. Counts are whole."""
    known = [value for value in values if value is not None and not math.isnan(value)]
    sizes = sorted(abs(value) for value in known) or [0.0]
    found = scale_of(sizes[len(sizes) // 2], unit, language, counter=counter)
    found = replace(found, is_grouped=found.is_grouped or sizes[-1] / found.divisor >= _LONG)
    if unit == "count" and found.divisor == 1:
        return replace(found, decimals=0)
    return found.fixed(known, _SHARE_DIGITS if unit == "share" else _DIGITS)


_DIGITS: Final = 4
_SHARE_DIGITS: Final = 3
_LONG: Final = 10_000  # a Chinese number this large is set in groups too


def _stepped(step: float, name: str, short: str, word: str, language: Language) -> Scale:
    joint = "" if language == "zh" else " "
    return Scale(step, f"{name}{joint}{word}".strip(), f"{short}{joint}{word}".strip(), is_grouped=language == "en")


def percent_figure(share: float | None, *, signed: bool = False, decimals: int = 1) -> Figure:
    """A share (0-1) in per cent."""
    if share is None:
        return Figure(None)
    return Figure(share, "%", 0.01, decimals, is_signed=signed)


def points_figure(share: float | None) -> Figure:
    """A difference of shares in percentage points; the unit stands beside it."""
    return Scale(0.01, decimals=1, is_signed=True).figure(share)


def percent(share: float | None, *, signed: bool = False, decimals: int = 1) -> str:
    """Set a share (0-1) as a percentage, `0.967 -> 96.7%`; None is a dash. The minus is a real minus."""
    return str(percent_figure(share, signed=signed, decimals=decimals))


def short_of_all(share: float | None) -> float | None:
    """How much of a target is reached, as it may be shown with one decimal: what falls short never reads 100.0 %."""
    return 0.999 if share is not None and share < 1 and round(share * 100, 1) >= 100 else share


def minus(text: str) -> str:
    """Typographic minus for figures on screen."""
    return text.replace("-", "−")


@lru_cache(maxsize=1024)
def _parsed(text: str) -> Period:
    """A period from how it is written. Tables hold periods as text and name the same few a thousand times."""
    match = _PERIOD.match(text)
    if not match:
        raise CockpitError(f"{text!r} is not a period", remedy="write 2025 or 2026-09")
    return Period(int(match[1]), int(match[2] or 12))


_PERIOD: Final = re.compile(r"^(\d{4})(?:-(0[1-9]|1[0-2]))?$")


@dataclass(frozen=True, order=True)
class Period:
    """A full year (`month == 12`, written `2025`) or year to date through a month (written `2026-09`)."""

    year: int
    month: int = 12

    @classmethod
    def parse(cls, text: str) -> Period:
        return _parsed(str(text))

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
            return f"{self.year}年1–{self.month}月" if self.month > 1 else f"{self.year}年1月"
        months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
        return f"Jan–{months[self.month - 1]} {self.year}" if self.month > 1 else f"Jan {self.year}"
