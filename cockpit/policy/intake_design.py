"""What the data desk accepts, as records of intake.toml.

Imports the ground floor, `records` and `reading`. All of it is our choice but the former counties.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from pydantic import Field, model_validator

from cockpit.errors import RecordError, suggest
from cockpit.policy.reading import same_names, validate
from cockpit.policy.records import MOST_DAYS, Explained, Origin, Record, refusal
from cockpit.units import WRITTEN_UNITS
from cockpit.vocabulary import LAND_TYPES, Text

_LIMITS: Final = (
    "file_mib", "unpacked_mib", "ratio", "parts", "rows", "columns", "cells", "text_mib", "findings", "annotated_cells",
    "first_year",
)  # fmt: skip
_ROWS: Final = ("total", "area", "signature", "signed")
_THRESHOLDS: Final = ("jump", "unit_mix_up", "small_count", "rounding", "outside_county")


class IntakeFigure(Explained):
    """`[limit.<id>]` and `[threshold.<id>]`: a figure of ours, with why."""

    value: float = Field(gt=0)
    unit: str
    origin: Origin = "own"

    @model_validator(mode="after")
    def _is_within_reach(self) -> IntakeFigure:
        if self.unit in ("天", "个工作日") and self.value > MOST_DAYS:
            raise refusal("value", f"{self.value:g} days are more than a century", "mend the figure")
        return self


def check_whole(section: str, figures: Mapping[str, IntakeFigure], file: str) -> None:
    """Refuse parts of a unit where the program counts whole ones.

    Raises:
        RecordError: names the figure.
    """
    for name, figure in figures.items():
        if not figure.value.is_integer():
            where = f"{file} [{section}.{name}] value"
            raise RecordError(
                f"{figure.value:g} is no whole number", where=where, remedy="write a whole number of units"
            )


class WrittenUnit(Record):
    """`[unit.<base unit>]`: how the template writes it, and what a figure may be, in base unit."""

    written: str = ""  # empty: the indicator's own measure word
    minimum: float
    maximum: float
    is_whole: bool
    origin: Origin = "own"

    @model_validator(mode="after")
    def _leaves_room(self) -> WrittenUnit:
        if self.minimum >= self.maximum:
            raise refusal("maximum", f"is not above the minimum, {self.minimum:g}", "put the larger figure here")
        return self


class PartOfWhole(Record):
    """`[part.<id>]`: indicators (or land types) whose sum may not exceed another one."""

    table: Literal["returns", "land"]
    whole: str
    parts: tuple[str, ...] = Field(strict=False, min_length=1)
    origin: Origin = "own"


class FormerCounty(Record):
    """`[former_county.<six digits>]`: a county of earlier years and those of today that took it over."""

    name_zh: str
    name_en: str
    until: int = Field(ge=1949, le=2100)
    now: tuple[str, ...] = Field(strict=False, min_length=1)
    source: str
    origin: Origin = "national"


class OtherFigure(Record):
    """`[other_figure.<id>]`: what captions say above figures that are not those the template asks for."""

    label_zh: str
    label_en: str
    words: tuple[str, ...] = Field(strict=False)
    header_words: tuple[str, ...] = Field(default=(), strict=False)  # that say so in the name of a column only
    unless: tuple[str, ...] = Field(strict=False)  # what a caption says beside them without meaning another figure
    is_told_in_title: bool
    tables: tuple[str, ...] = Field(strict=False, min_length=1)
    origin: Origin = "own"

    @property
    def label(self) -> Text:
        return Text(self.label_zh, self.label_en)

    def is_said_by(self, text: str) -> bool:
        """Whether a caption says one of the words; English ones stand by themselves."""
        folded = text.casefold()
        return not any(word in folded for word in self.unless) and any(_says(folded, word) for word in self.words)

    def is_said_by_header(self, text: str, label: str) -> bool:
        """Whether the name of a column says one of the words, other than those of the label it is nearest to."""
        folded, near = text.casefold(), label.casefold()
        return not any(word in folded for word in self.unless) and any(
            _says(folded, word) and not _says(near, word) for word in (*self.words, *self.header_words)
        )


class RowWords(Record):
    """`[row.<id>]`: what the first words of a row say that is no data: a total, an area, a signature."""

    words: tuple[str, ...] = Field(strict=False, min_length=1)
    origin: Origin = "own"


def _says(folded: str, word: str) -> bool:
    return bool(re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])", folded)) if word.isascii() else word in folded


@dataclass(frozen=True)
class IntakeDesign:
    """The whole file, checked."""

    limits: dict[str, IntakeFigure]
    thresholds: dict[str, IntakeFigure]
    units: dict[str, WrittenUnit]
    parts: dict[str, PartOfWhole]
    former_counties: dict[str, FormerCounty]
    other_figures: dict[str, OtherFigure]
    rows: dict[str, RowWords]

    def other_measure(self, text: str, label: str) -> OtherFigure | None:
        """The kind of figure that the name of a column, or of an indicator, says it is other than what its nearest
        label asks for; None for none."""
        return next((kind for kind in self.other_figures.values() if kind.is_said_by_header(text, label)), None)

    def limit(self, name: str) -> int:
        return int(self.limits[name].value)

    def threshold(self, name: str) -> float:
        return self.thresholds[name].value


def read_intake(
    tables: Mapping[str, Any], indicators: Mapping[str, Any], reported: tuple[str, ...], file: str = "intake.toml"
) -> IntakeDesign:
    """Validate the tables of the file.

    Args:
        indicators: records of indicators by id.
        reported: ids of those that towns report.

    Raises:
        RecordError: unknown section, bad record, a figure missing, an indicator or a unit unknown.
    """
    kinds: dict[str, type[Record]] = {
        "limit": IntakeFigure, "threshold": IntakeFigure, "unit": WrittenUnit, "part": PartOfWhole,
        "former_county": FormerCounty, "other_figure": OtherFigure, "row": RowWords,
    }  # fmt: skip
    for name in tables:
        if name not in kinds:
            raise RecordError(f"unknown section {name!r}", where=file, remedy=suggest(name, kinds))
    read: dict[str, dict[str, Any]] = {
        section: {name: validate(kind, name, at, f"{file} {section}") for name, at in tables.get(section, {}).items()}
        for section, kind in kinds.items()
    }
    design = IntakeDesign(*(read[section] for section in kinds))
    for section, expected in (("limit", _LIMITS), ("threshold", _THRESHOLDS), ("row", _ROWS)):
        same_names(section, read[section], expected, file)
    check_whole("limit", design.limits, file)
    for name in {indicators[indicator].unit for indicator in reported} | {"mu", "yuan"}:
        if name not in design.units:
            raise RecordError(f"unit {name!r} is missing", where=file, remedy=f"add [unit.{name}]")
    for name, unit in design.units.items():
        if unit.written and WRITTEN_UNITS.get(unit.written, ("",))[0] != name:
            words = [word for word, (base, _) in WRITTEN_UNITS.items() if base == name]
            where = f"{file} [unit.{name}] written"
            raise RecordError(
                f"{unit.written!r} is not a unit of {name}", where=where, remedy=suggest(unit.written, words)
            )
    for name, part in design.parts.items():
        known = reported if part.table == "returns" else tuple(LAND_TYPES)
        for word in (part.whole, *part.parts):
            if word not in known:
                where = f"{file} [part.{name}]"
                raise RecordError(f"unknown indicator {word!r}", where=where, remedy=suggest(word, known))
    return design
