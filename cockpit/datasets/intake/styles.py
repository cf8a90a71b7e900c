"""Number formats of a workbook: cells that show another figure than they hold, or a unit beside it.

A cell with 0.389 in the format `0.0%` shows 38.9%, one with 905.2 in `0.0"亿元"` shows 905.2亿元, and 9052000 in
`0!.0,"万"` shows 905.2万: whoever typed it read that. Imports the ground floor and other intake modules. Pure.
"""

from __future__ import annotations

import operator
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from cockpit.datasets.intake.headings import MULTIPLES, UNIT_ENDS, is_foreign
from cockpit.datasets.intake.parts import UnreadableSheet

_BUILT_IN: Final = {"9": "0%", "10": "0.00%"}
_TOKEN: Final = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<literal>.)|[_*].|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<digit>[0#?@]|General|G/通用格式|[Ee][+-])|(?P<rest>.)",
    re.DOTALL,
)
_CONDITION: Final = re.compile(r"(<=|>=|<>|=|<|>)\s*(-?\d+(?:\.\d+)?)", re.ASCII)
_COMPARED: Final[Mapping[str, Callable[[float, float], bool]]] = {
    "<": operator.lt, ">": operator.gt, "<=": operator.le, ">=": operator.ge, "=": operator.eq, "<>": operator.ne,
}  # fmt: skip
_ENCLOSED: Final = re.compile(r"[(\[（【]\s*([^()\[\]（）【】]*?)\s*[)\]）】]")
_COLOUR: Final = re.compile(
    r"black|blue|cyan|green|magenta|red|white|yellow|color\s*\d+|[黑蓝青绿洋红白黄]+色?", re.IGNORECASE
)
_DATE: Final = frozenset("ymdhsYMDHS")
_SIGNS: Final = frozenset("$-()+~<>")  # of the signs that stand in a format without marks: those that say something
_MINUS: Final = ("-", "−", "–")
_YUAN: Final = re.compile(r"CN[¥￥]|[¥￥]|RMB|CNY|人民币")
_YEN: Final = "411"  # a locale's number: there ¥ is another country's money
# Which figures the sections of a format are for that state no condition, by their number.
_DEFAULTS: Final = {1: ((">=", 0.0),), 2: ((">=", 0.0), ("<", 0.0)), 3: ((">", 0.0), ("<", 0.0), ("=", 0.0))}


@dataclass(frozen=True)
class Look:
    """How a section of a format shows a figure: divided by `scale`, with `text` behind it. `condition`: of which.

    `word` is what stands beside it and is no unit. `is_other`: the figure is not shown, or with another sign.
    """

    text: str = ""
    scale: float = 1.0
    condition: tuple[str, float] | None = None
    word: str = ""
    is_other: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether the figure is shown as it is, without anything that could be its unit."""
        return self.scale == 1.0 and not self.text and not self.word and not self.is_other


@dataclass
class _Section:
    """What stands in a section of a format: texts before the figure and behind it, commas, a percent sign, a colour."""

    before: str = ""
    behind: str = ""  # what stands after the last digit
    commas: int = 0
    decimals: int = -1  # digits after a point that only stands there
    is_percent: bool = False
    has_figure: bool = False
    is_date: bool = False
    is_coloured: bool = False
    condition: tuple[str, float] | None = None

    def take(self, token: re.Match[str]) -> None:
        literal = token["quoted"] if token["quoted"] is not None else token["literal"]
        if token["digit"]:
            self.before = self.before if self.has_figure else self.behind
            self.decimals += self.decimals >= 0
            self.has_figure, self.behind, self.commas = True, "", 0
        elif token["bracket"] is not None:
            self._bracket(token["bracket"].strip())
        elif literal is not None:
            self.decimals = 0 if literal == "." and self.decimals < 0 else self.decimals
            self.behind += literal
        elif sign := token["rest"]:
            self.commas += sign == ","
            self.is_percent |= sign == "%"
            self.is_date |= sign in _DATE
            self.behind += sign if sign in _SIGNS or not sign.isascii() else ""

    def _bracket(self, said: str) -> None:
        if match := _CONDITION.fullmatch(said):
            self.condition = (match[1], float(match[2]))
        elif said.startswith("$"):  # [$亿元-804]: a text, and the language it is in
            text, _, place = said[1:].partition("-")
            self.behind += "JPY" if text in ("¥", "￥") and place.endswith(_YEN) else text
        self.is_coloured |= bool(_COLOUR.fullmatch(said))
        self.is_date |= not said.strip("hmsHMS")

    def look(self, condition: tuple[str, float], *, is_sign: bool) -> Look:
        """The look of the section; `condition`: of the figures it is for where it states none itself. `is_sign`: the
        format parts figures by their sign, so that this section writes its own."""
        condition = self.condition or condition
        if not self.has_figure:
            # A dash for zero is how accounts write it.
            is_dash = condition[0] == "=" and self.behind.strip() in (*_MINUS, "—", "--")
            return Look(condition=condition, is_other=not self.is_date and not is_dash)
        before, behind = self.before.strip(), self.behind.strip()
        has_brackets = before.endswith(("(", "（")) and behind.startswith((")", "）"))
        has_brackets |= before[:1] in ("(", "（") and behind[-1:] in (")", "）") and not _ENCLOSED.search(before)
        if has_brackets:
            before, behind = before.replace("(", "").replace("（", ""), behind.replace(")", "").replace("）", "")
        has_minus = before.endswith(_MINUS) or before.startswith(_MINUS)
        before = before.strip("-−–+ ")
        is_other = False
        if condition[0] in (">", ">=") and condition[1] >= 0:
            is_other = has_minus or has_brackets
        elif condition == ("<", 0.0) and is_sign:
            is_other = not (has_minus or has_brackets or before or self.is_coloured)
        # A unit before the figure is one as well: [$亿元]0.00. Brackets around it change nothing.
        before, behind = (_YUAN.sub("", _ENCLOSED.sub(r"\1", text)).strip(" :：") for text in (before, behind))
        scale = 1000.0**self.commas * 10.0 ** max(self.decimals, 0)
        if self.is_percent:
            return Look("%", scale / 100, condition, before + behind, is_other)
        if is_foreign(before):
            return Look(before + behind, scale, condition, "", is_other)
        texts = [text for text in (behind, before) if _may_be_unit(text)]
        words = [text for text in (before, behind) if text and text not in texts[:1]]
        return Look(texts[0] if texts else "", scale, condition, "".join(words), is_other)


def _may_be_unit(text: str) -> bool:
    return text.endswith((*UNIT_ENDS, *MULTIPLES)) or is_foreign(text)


def looks_of(code: str) -> tuple[Look, ...]:
    """The sections of a number format, each with its condition."""
    if not code:
        return (Look(),)
    parts = list(_sections(code))
    defaults = _DEFAULTS[min(len(parts), 3)]
    sections = []
    for tokens in parts[: len(defaults)]:
        section = _Section()
        for token in tokens:
            section.take(token)
        sections.append(section)
    is_sign = all(section.condition is None for section in sections)
    return tuple(at.look(condition, is_sign=is_sign) for at, condition in zip(sections, defaults, strict=True))


def _sections(code: str) -> Iterator[list[re.Match[str]]]:
    section: list[re.Match[str]] = []
    for token in _TOKEN.finditer(code):
        if token["rest"] == ";":
            yield section
            section = []
        else:
            section.append(token)
    yield section


def look_at(looks: tuple[Look, ...], figure: float) -> Look:
    """The look a format has for a figure."""
    for look in looks:
        if look.condition is None or _COMPARED[look.condition[0]](figure, look.condition[1]):
            return look
    return looks[-1]


@dataclass(frozen=True)
class Styles:
    """Styles whose cells show more, or another figure, than they hold, by number, and those that strike it through."""

    looks: Mapping[str, tuple[Look, ...]]
    struck: frozenset[str]

    def find(self, piece: bytes) -> Iterator[tuple[str, tuple[Look, ...]]]:
        """(address, looks) of the cells of a piece of a sheet that hold something."""
        for match in _cells_in(tuple(self.looks)).finditer(piece) if self.looks else ():
            yield match[2].decode(), self.looks[match[1].decode()]

    def find_struck(self, piece: bytes) -> Iterator[tuple[str, str]]:
        """(address, rule) of the cells of a piece of a sheet that hold something and strike it through."""
        for match in _cells_in(tuple(sorted(self.struck))).finditer(piece) if self.struck else ():
            yield match[2].decode(), "struck_out"


@lru_cache(maxsize=8)
def _cells_in(styles: tuple[str, ...]) -> re.Pattern[bytes]:
    """Finds the cells that hold something in one of some styles."""
    wanted = "|".join(styles).encode()
    return re.compile(
        rb"<(?:\w+:)?c(?=\s[^<>]*?\bs\s*=\s*[\"'](" + wanted + rb")[\"'])[^<>]*?\sr\s*=\s*[\"']([A-Z]{1,3}\d{1,7})[\"']"
        rb"[^<>]*(?<!/)>"
    )


def styles_of(archive: zipfile.ZipFile) -> Styles | None:
    """The styles of a workbook that change what a cell shows; None where it has none.

    Raises:
        UnreadableSheet: the part that lists them is no XML.
    """
    part = next((name for name in archive.namelist() if name.casefold().endswith("styles.xml")), None)
    if part is None:
        return None
    try:
        book: Element = fromstring(archive.read(part))
    except Exception as error:  # whatever the parser finds wrong, it is the file that is damaged
        raise UnreadableSheet(str(error)) from error
    codes = dict(_BUILT_IN)
    fonts: set[str] = set()
    found: dict[str, tuple[Look, ...]] = {}
    struck: set[str] = set()
    for at in book:
        tag = at.tag.rpartition("}")[2]
        if tag == "numFmts":
            codes |= {item.get("numFmtId", ""): item.get("formatCode", "") for item in at}
        elif tag == "fonts":
            fonts = {str(number) for number, font in enumerate(at) if any(map(_strikes, font))}
        elif tag == "cellXfs":
            styles = {str(number): looks_of(codes.get(item.get("numFmtId", ""), "")) for number, item in enumerate(at)}
            found = {number: looks for number, looks in styles.items() if not all(look.is_plain for look in looks)}
            struck = {str(number) for number, item in enumerate(at) if item.get("fontId") in fonts}
    return Styles(found, frozenset(struck)) if found or struck else None


def _strikes(at: Element) -> bool:
    return at.tag.rpartition("}")[2] == "strike" and at.get("val", "1") in ("1", "true")
