"""The map as records: `[map]` and `[borders.<indicator, share or growth>]` of map.toml.

Imports the ground floor, `records` and `reading`. All of it is our choice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from pydantic import Field, model_validator

from cockpit.errors import RecordError, suggest
from cockpit.policy.reading import validate
from cockpit.policy.records import Indicator, Origin, Record
from cockpit.units import WRITTEN_UNITS, to_base
from cockpit.vocabulary import Text

GROWTH: Final = "growth"
SHARE: Final = "share"
CLASSES: Final = 5  # steps of lightness that can be told apart on a map


class MapRecord(Record):
    """`[map]`: `parting_px` is how far a circle may be moved from a neighbour, `largest_px` the largest radius."""

    parting_px: float = Field(ge=0, le=40)
    largest_px: float = Field(gt=4, le=60)
    origin: Origin
    reading_zh: str
    reading_en: str

    @property
    def reading(self) -> Text:
        return Text(self.reading_zh, self.reading_en)


class BordersRecord(Record):
    """`[borders.<id>]`: the four borders between five classes, in `unit`; a value on a border is of the upper class."""

    borders: tuple[float, ...] = Field(strict=False, min_length=CLASSES - 1, max_length=CLASSES - 1)
    unit: str

    @model_validator(mode="after")
    def _in_order(self) -> BordersRecord:
        if any(low >= high for low, high in pairwise(self.borders)):
            raise ValueError("borders must rise")
        if self.unit not in WRITTEN_UNITS:
            raise ValueError(f"unknown unit {self.unit!r}: {suggest(self.unit, WRITTEN_UNITS)}")
        return self

    @property
    def in_base(self) -> tuple[float, ...]:
        return tuple(to_base(border, self.unit)[0] for border in self.borders)


@dataclass(frozen=True)
class MapDesign:
    """The whole file, checked."""

    map: MapRecord
    borders: dict[str, BordersRecord]

    def borders_of(self, indicator: Indicator) -> tuple[float, ...]:
        """Borders of a ratio's classes in base unit; none where no record fits it."""
        found = self.borders.get(indicator.id) or (self.borders[SHARE] if indicator.unit == SHARE else None)
        return found.in_base if found else ()

    @property
    def growth_borders(self) -> tuple[float, ...]:
        return self.borders[GROWTH].in_base


def read_map(tables: Mapping[str, Any], indicators: Mapping[str, Indicator], file: str = "map.toml") -> MapDesign:
    """Validate the tables of the file.

    Raises:
        RecordError: unknown section, bad record, borders of nothing or in a unit that is not the indicator's.
    """
    sections = ("map", "borders")
    for name in tables:
        if name not in sections:
            raise RecordError(f"unknown section {name!r}", where=file, remedy=suggest(name, sections))
    given: Mapping[str, Any] = tables.get("borders", {})
    borders = {name: validate(BordersRecord, name, at, f"{file} borders") for name, at in given.items()}
    for name, record in borders.items():
        where = f"{file} [borders.{name}]"
        if name not in (SHARE, GROWTH) and name not in indicators:
            raise RecordError(f"unknown indicator {name!r}", where=where, remedy=suggest(name, indicators))
        unit = indicators[name].unit if name in indicators else SHARE
        if to_base(0, record.unit)[1] != unit:
            raise RecordError(f"{record.unit} is not a unit of {unit}", where=f"{where} unit", remedy="use one that is")
    for name in (SHARE, GROWTH):
        if name not in borders:
            raise RecordError(f"borders of {name} are missing", where=file, remedy="add the record")
    return MapDesign(map=validate(MapRecord, "map", tables.get("map", {}), file), borders=borders)
