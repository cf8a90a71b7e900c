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
from typing import Final
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from cockpit.datasets.intake.headings import MULTIPLES, UNIT_ENDS
from cockpit.datasets.intake.parts import UnreadableSheet

_BUILT_IN: Final = {"9": "0%", "10": "0.00%"}
_TOKEN: Final = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<literal>.)|[_*].|\[(?P<bracket>[^\]]*)\]|(?P<digit>[0#?]|General|G/通用格式)|(?P<rest>.)',
    re.DOTALL,
)
_CONDITION: Final = re.compile(r"(<=|>=|<>|=|<|>)\s*(-?\d+(?:\.\d+)?)", re.ASCII)
_COMPARED: Final[Mapping[str, Callable[[float, float], bool]]] = {
    "<": operator.lt, ">": operator.gt, "<=": operator.le, ">=": operator.ge, "=": operator.eq, "<>": operator.ne,
}  # fmt: skip
_ENCLOSED: Final = re.compile(r"[(\[（【]\s*([^()\[\]（）【】]*?)\s*[)\]）】]")
# Which figures the sections of a format are for that state no condition, by their number.
_DEFAULTS: Final = {1: ((">=", 0.0),), 2: ((">=", 0.0), ("<", 0.0)), 3: ((">", 0.0), ("<", 0.0), ("=", 0.0))}


@dataclass(frozen=True)
class Look:
    """How a section of a format shows a figure: divided by `scale`, with `text` behind it. `condition`: of which."""

    text: str = ""
    scale: float = 1.0
    condition: tuple[str, float] | None = None

    @property
    def is_plain(self) -> bool:
        """Whether the figure is shown as it is, without anything that could be its unit."""
        return self.scale == 1.0 and not self.text.endswith((*UNIT_ENDS, *MULTIPLES))


def looks_of(code: str) -> tuple[Look, ...]:
    """The sections of a number format, each with its condition."""
    found: list[Look] = []
    parts = list(_sections(code))
    defaults = _DEFAULTS.get(min(len(parts), 3), ())
    for place, part in enumerate(parts[:3]):
        text, lead, commas, behind, is_percent = (
            "",
            "",
            0,
            -1,
            False,
        )  # `behind`: digits after a point that only stands there
        condition = defaults[place]
        for token in part:
            literal = token["quoted"] if token["quoted"] is not None else token["literal"]
            if token["digit"]:
                lead, behind, text, commas = lead or text, behind + (behind >= 0), "", 0
            elif token["bracket"] is not None:
                if match := _CONDITION.fullmatch(token["bracket"].strip()):
                    condition = (match[1], float(match[2]))
                elif token["bracket"].startswith("$"):  # [$亿元-804]: a text, and the language it is in
                    text += token["bracket"][1:].partition("-")[0]
            elif literal is not None:
                behind = 0 if literal == "." and behind < 0 else behind
                text += literal
            elif (sign := token["rest"]) == ",":
                commas += 1
            elif sign == "%":
                is_percent = True
            elif sign and not sign.isascii():
                text += sign
        scale = 1000.0**commas * 10.0 ** max(behind, 0)
        # A unit before the figure is one as well: [$亿元]0.00. Brackets around it change nothing.
        behind_it, before = (_ENCLOSED.sub(r"\1", part.strip()) for part in (text, lead))
        told = behind_it or (before if before.endswith((*UNIT_ENDS, *MULTIPLES)) else "")
        found.append(Look("%", scale / 100, condition) if is_percent else Look(told, scale, condition))
    return tuple(found)


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
    """Styles whose cells show more, or another figure, than they hold, by number, and what finds those cells."""

    looks: Mapping[str, tuple[Look, ...]]
    cells: re.Pattern[bytes]

    def find(self, piece: bytes) -> Iterator[tuple[str, tuple[Look, ...]]]:
        """(address, looks) of the cells of a piece of a sheet that hold something."""
        for match in self.cells.finditer(piece):
            yield match[2].decode(), self.looks[match[1].decode()]


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
    found: dict[str, tuple[Look, ...]] = {}
    for at in book:
        tag = at.tag.rpartition("}")[2]
        if tag == "numFmts":
            codes |= {item.get("numFmtId", ""): item.get("formatCode", "") for item in at}
        elif tag == "cellXfs":
            styles = {str(number): looks_of(codes.get(item.get("numFmtId", ""), "")) for number, item in enumerate(at)}
            found = {number: looks for number, looks in styles.items() if not all(look.is_plain for look in looks)}
    if not found:
        return None
    wanted = "|".join(found).encode()
    cells = re.compile(
        rb"<(?:\w+:)?c(?=\s[^<>]*?\bs\s*=\s*[\"'](" + wanted + rb")[\"'])[^<>]*?\sr\s*=\s*[\"']([A-Z]{1,3}\d{1,7})[\"']"
        rb"[^<>]*(?<!/)>"
    )
    return Styles(found, cells)
