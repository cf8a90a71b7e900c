"""How headers and units are written: what a header says beside its unit, and which word is which unit.

May import the ground floor, `policy` and the template's sheets. Pure.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from cockpit.datasets.template.sheets import LAST, UNITS, Field, SheetKind, header_names, long_kind, normal, sheet_kinds
from cockpit.phrases import phrase
from cockpit.policy.register import load
from cockpit.texts import visible
from cockpit.units import WRITTEN_UNITS
from cockpit.vocabulary import PROVENANCES, Provenance

# What may part a header from the unit behind it: 总产出（亿元）, 总产出/亿元, 总产出 亿元, 总产出：亿元.
_BEHIND: Final = re.compile(r"[\s(\[【,;、/|:_\-]+")
_TOKENS: Final = re.compile(r"[\s()\[\]【】,;、|:_\-]+")
_SAYS_UNIT: Final = frozenset({"单位", "计量单位", "金额单位", "unit", "in"})
# What a header may say beside its unit without meaning another figure.
_SAME_FIGURE: Final = frozenset(
    {
        "当年价", "当年价格", "现价", "现行价", "现行价格", "当年", "本年", "本期", "本期数", "期末", "期末数", "年末",
        "年末数", "必填", "选填", "金额", "required", "optional",
    }
)  # fmt: skip
# Since January, which is what the template asks for; since a day nobody names.
_IN_YEAR: Final = ("本年累计", "当年累计", "年内累计", "年初累计", "年初至今累计", "年初至今", "yeartodate", "ytd")
_SINCE_SOME_DAY: Final = ("累计完成", "累计数", "累计值", "累计额", "累计", "累积", "cumulative")


# How words end that are meant as units.
UNIT_ENDS: Final = (
    *"元亩人个家件项名户吨煤里米顷币%％",
    "yuan",
    "rmb",
    "cny",
    "usd",
    "eur",
    "hkd",
    "jpy",
    "mu",
    "km2",
    "people",
)

# What may stand for a unit of a thousand and more of whatever a column counts: 905.2万.
MULTIPLES: Final[Mapping[str, float]] = {
    **dict.fromkeys(("K", "k", "thousand", "Thousand"), 1e3),
    **dict.fromkeys(("M", "m", "mn", "Mn", "MN", "mm", "million", "Million", "millions"), 1e6),
    **dict.fromkeys(("B", "bn", "Bn", "BN", "billion", "Billion", "billions"), 1e9),
    **dict.fromkeys(("tn", "Tn", "trillion", "Trillion"), 1e12),
    "千": 1e3, "万": 1e4, "十万": 1e5, "百万": 1e6, "千万": 1e7, "亿": 1e8, "十亿": 1e9, "百亿": 1e10, "万亿": 1e12,
}  # fmt: skip
# Money of other countries, rates that are no percentages, and measures no column of figures is in.
_FOREIGN: Final = re.compile(
    r"[$€£₩₹₽฿₫₺]|(?<![a-z])(?:usd|eur|gbp|hkd|jpy|twd|ntd|mop|krw|sgd|aud|cad|chf|inr|rub|dollars?|euros?|pounds?|yen)"
    r"(?![a-z])|美元|美金|欧元|港元|港币|港幣|日元|日圆|英镑|澳元|加元|韩元|台币|新台币|卢布|外币|外汇"
    r"|[‰‱]|千分之|万分之|百分点|基点|^(?:pp|ppt|ppts|pct|bp|bps|percentage\s*points?)s?$|^[成折倍天年月分秒度]$"
)
# Measure words that count the same things.
_ALIKE: Final = ({"个", "家", "户"}, {"个", "人", "名"}, {"个", "项", "件"})


@dataclass(frozen=True)
class Heading:
    """A header as written: the known name it is or begins with, its unit, and what stands there beside both.

    `key` is normalised, and that of the whole header where nothing in it is known. With `strange` the column is known
    but what it holds is not: another unit, last year's figure, a price of another year.
    """

    key: str
    unit: str = ""
    strange: str = ""
    is_cumulative: bool = False  # it says that figures add up and not since when


def read_heading(text: object, names: Mapping[str, Field]) -> Heading:
    """Header apart from its unit, by the names a table knows: 总产出（亿元，当年价） -> 总产出, 亿元."""
    folded = unicodedata.normalize("NFKC", visible(str(text))).strip()
    whole = named(folded, names)
    if whole.key in names:
        return whole
    for match in reversed(list(_BEHIND.finditer(folded))):
        head = named(folded[: match.start()], names)
        if head.key not in names:
            continue
        rest = folded[match.start() :].strip(" ()[]【】,;、/|:_-\t\r\n")
        units, strange = units_in(rest)
        is_one_word = not _BEHIND.search(rest)
        if strange and match[0].isspace() and not (is_one_word and rest.endswith(UNIT_ENDS)):
            continue  # another name that begins like this one
        if strange or len(units) > 1:
            return replace(head, strange=rest)
        is_cumulative = head.is_cumulative or any(normal(word) in _SINCE_SOME_DAY for word in _TOKENS.split(rest))
        return replace(head, unit=units[0] if units else "", is_cumulative=is_cumulative)
    return whole


def named(text: str, names: Container[str]) -> Heading:
    """A name as a table knows it, without words beside it that say since when its figures add up: 累计总产出."""
    key = normal(text)
    if key in names:
        return Heading(key)
    for word in _IN_YEAR:
        for bare in (key.removesuffix(word), key.removeprefix(word)):
            if bare in names:
                return Heading(bare)
    # Behind a name it is the column beside 本月; in front of one, 累计投资, it is mostly everything so far.
    bare = next((bare for word in _SINCE_SOME_DAY if (bare := key.removesuffix(word)) in names), "")
    return Heading(bare, is_cumulative=True) if bare else Heading(key)


def units_in(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(known units, words that are neither units nor harmless) of what stands behind a header or after 单位."""
    if unit_word(text) in WRITTEN_UNITS:
        return (unit_word(text),), ()
    words = [word for word in _TOKENS.split(text) if word]
    units = dict.fromkeys(unit_word(word) for word in words if unit_word(word) in WRITTEN_UNITS)
    strange = [
        word
        for word in words
        if unit_word(word) not in units
        and word.casefold() not in _SAYS_UNIT
        and word not in _SAME_FIGURE
        and normal(word) not in (*_IN_YEAR, *_SINCE_SOME_DAY)
    ]
    return tuple(units), tuple(strange)


def is_unit_of(text: str, scale: float, field: Field, unit: str) -> bool:
    """Whether a figure that is shown divided by `scale` and followed by `text` is one of a column in `unit`, which is
    the written unit, empty for base units. A text that is no unit says nothing of it."""
    own = WRITTEN_UNITS[unit][1] if unit in WRITTEN_UNITS else 1.0
    word = unit_word(text)
    if text in MULTIPLES:
        factor = MULTIPLES[text]
    elif word in WRITTEN_UNITS:
        base, factor = WRITTEN_UNITS[word]
        column = unit or field.written
        alike = word == column or base != "count" or any({word, column} <= words for words in _ALIKE)
        if base != field.unit or (factor == own and not alike):
            return False
    elif (text.endswith(UNIT_ENDS) or is_foreign(text)) and text != field.written:
        return False
    else:
        factor = own
    return math.isclose(factor / scale, own)


def is_foreign(text: str) -> bool:
    """Whether a text is, or holds, a unit that none of our figures is written in: USD, €, ‰, 百分点, 成."""
    return bool(text) and bool(_FOREIGN.search(unicodedata.normalize("NFKC", text).strip().casefold()))


_UNIT_WORDS: Final[Mapping[str, str]] = {
    **{text.en.replace(" ", ""): written for written, text in UNITS.items()},
    "万": "万元",
    "亿": "亿元",
    "人民币元": "元",
    "吨标煤": "吨标准煤",
    "万吨标煤": "万吨标准煤",
    "hectares": "公顷",
    "人民币亿元": "亿元",
    "人民币万元": "万元",
    "百分比": "%",
    "km²": "平方公里",
}


# Yuan in English, in front of a multiple or behind it: CNY bn, million yuan, RMB 100m.
_YUAN: Final = re.compile(r"(?:cny|rmb|yuan|[¥￥])(?P<before>.*)|(?P<behind>.+?)(?:cny|rmb|yuan|renminbi|[¥￥])")
_YUAN_MULTIPLES: Final[Mapping[str, str]] = {
    "": "元",
    **dict.fromkeys(("k", "thousand", "'000", "000"), "千元"),
    **dict.fromkeys(("10k", "10000", "10,000", "10thousand", "tenthousand"), "万元"),
    **dict.fromkeys(("m", "mn", "mln", "mm", "million", "millions"), "百万元"),
    **dict.fromkeys(("10m", "10mn", "10million", "tenmillion"), "千万元"),
    **dict.fromkeys(("100m", "100mn", "100million", "hundredmillion", "100,000,000"), "亿元"),
    **dict.fromkeys(("b", "bn", "bln", "billion", "billions"), "十亿元"),
    **dict.fromkeys(("tn", "trn", "trillion", "trillions"), "万亿元"),
}


def unit_word(text: object) -> str:
    """A unit as written in a cell, in the spelling of `units`."""
    folded = re.sub(r"\s+", "", unicodedata.normalize("NFKC", visible(str(text))))
    key = folded.casefold()
    if (yuan := _YUAN.fullmatch(key)) and (word := _YUAN_MULTIPLES.get(yuan["before"] or yuan["behind"] or "")):
        return word
    return _UNIT_WORDS.get(key) or _counters().get(key, folded)


def is_unit_like(word: str) -> bool:
    """Whether a word that is no known unit is meant as one all the same: 美元, USD, thousand.

    同比% says what the figure is, and 百分点 is a rate: no unit that a figure of another kind could be written in.
    """
    is_end = word.casefold().endswith(UNIT_ENDS) and not word.endswith(("%", "％"))
    return is_end or word in MULTIPLES or word.isdigit()


@lru_cache(maxsize=1)
def _counters() -> Mapping[str, str]:
    """Measure words in English to those in Chinese: firms -> 家."""
    counters = [at.counter for at in load().indicators.values()]
    return {at.en.replace(" ", "").casefold(): at.zh for at in counters if at.en and at.zh in WRITTEN_UNITS}


def is_last_period(header: object) -> bool:
    """Whether a column only shows the last period's figures."""
    text = normal(header)
    return any(normal(word) in text for word in ("·" + LAST.zh, "·" + LAST.en))


def without_last(header: object) -> str:
    """The normalised header that a column of last figures repeats."""
    text = normal(header)
    for word in ("·" + LAST.zh, "·" + LAST.en):
        text = text.replace(normal(word), "")
    return text


@lru_cache(maxsize=1)
def _computed() -> frozenset[str]:
    register = load()
    reported = {*register.reported}
    derived = [word for name, at in register.indicators.items() if name not in reported for word in (name, *at.label)]
    told = [
        word
        for key in ("county", "prefecture", "class", "specialty", "status", "status_as_of", "created", "named", "area",
                    "land_type", "provenance")
        for word in phrase(f"towns.{key}")
    ]  # fmt: skip
    told += [word for key in ("filters", "count", "dataset") for word in phrase(f"export.{key}")]
    told += [*PROVENANCES[Provenance.SIMULATED]]
    told += [word for key in ("town", "chain", "node", "name", "town_code") for word in phrase(f"firms.{key}")]
    return frozenset(normal(word) for word in (*derived, *told))


def is_computed(key: str, kind: SheetKind) -> bool:
    """Whether a header is one of our own downloads' whose figures are computed, or are facts of the register."""
    return kind.table in ("returns", "firms") and (
        key in _computed() or any(key.startswith(word + "(") for word in _computed())
    )


@lru_cache(maxsize=1)
def _all_names() -> Mapping[str, Field]:
    forms = [
        form
        for kind in sheet_kinds()
        if not kind.checker
        for form in ((kind, long_kind(kind)) if kind.spread else (kind,))
    ]
    return {key: field for form in forms for key, field in header_names(form).items()}


def is_header(text: object, *, exactly: bool = False) -> bool:
    """Whether a text is a header of any table; `exactly`: and nothing stands behind it that is no unit."""
    heading = read_heading(text, _all_names())
    return heading.key in _all_names() and not (exactly and heading.strange)
