"""The per-mu evaluation as records: `[land]`, `[item.<id>]`, `[parameter.<id>]`, `[published.<id>]` of per_mu.toml.

Imports the ground floor, `records` and `reading`. Indicators and weights come from a local source, most else is our
choice; every record says which.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from pydantic import Field, model_validator

from cockpit.errors import RecordError, suggest
from cockpit.policy.reading import same_names, validate
from cockpit.policy.records import Force, Labelled, Origin, Record, Rule, Scope, refusal
from cockpit.units import DERIVED_UNITS, WRITTEN_UNITS
from cockpit.vocabulary import LAND_TYPES, Text

LAND: Final = "land"
_PARAMETERS: Final = (
    "cap", "floor", "weight_present", "peer_group_minimum", "young_years", "tax_floor", "class_a", "class_b", "class_c",
    "leaders",
)  # fmt: skip


class _Sourced(Record):
    """A record that says where it comes from; figures of others carry their source."""

    origin: Origin = "local"
    source_zh: str = ""
    source_en: str = ""
    link: str = ""

    @model_validator(mode="after")
    def _others_are_cited(self) -> _Sourced:
        if self.origin in ("national", "local") and not (self.source_zh and self.source_en):
            raise ValueError("a figure of origin national or local needs source_zh and source_en")
        return self

    @property
    def source(self) -> Text:
        return Text(self.source_zh, self.source_en)


class LandChoice(Record):
    """`[land]`: the land types a reader may divide by, and the one shown first."""

    default: str
    offered: tuple[str, ...] = Field(strict=False)
    origin: Origin
    reading_zh: str
    reading_en: str

    @model_validator(mode="after")
    def _known(self) -> LandChoice:
        for name in (*self.offered, self.default):
            if name not in LAND_TYPES:
                raise ValueError(f"unknown land type {name!r}: {suggest(name, LAND_TYPES)}")
        if self.default not in self.offered:
            raise ValueError("the default must be one of those offered")
        return self


class PerMuItem(Labelled, _Sourced):
    """`[item.<id>]`: a ratio of two indicators, or of one and the land; `weight` in points of the score.

    `is_idle_at_zero`: a denominator reported as zero leaves the ratio without meaning, which is not missing.
    """

    numerator: str
    denominator: str
    unit: str
    weight: float = Field(gt=0)
    is_required: bool = False
    is_idle_at_zero: bool = False


class PerMuParameter(_Sourced, Rule):
    """`[parameter.<id>]`: a rule of the evaluation that always has a value."""

    value: float
    subject: str = "per_mu"
    scope: Scope = "province"
    force: Force = "headline"


class PublishedFormula(Labelled, _Sourced):
    """`[published.<id>]`: bases a source computes with, in its own units; the weights are those of the items."""

    bases: dict[str, float]
    units: dict[str, str]

    @model_validator(mode="after")
    def _can_be_divided_by(self) -> PublishedFormula:
        for name, base in self.bases.items():
            if base <= 0:
                raise refusal(f"bases.{name}", f"{base:g} is no base", "write a figure above 0")
        for name, unit in self.units.items():
            if unit and unit not in WRITTEN_UNITS:
                raise refusal(f"units.{name}", f"unknown unit {unit!r}", suggest(unit, WRITTEN_UNITS))
        return self


@dataclass(frozen=True)
class PerMuDesign:
    """The whole file, checked."""

    land: LandChoice
    items: dict[str, PerMuItem]
    parameters: dict[str, PerMuParameter]
    published: dict[str, PublishedFormula]

    def value(self, name: str) -> float:
        """A parameter in base unit."""
        return self.parameters[name].base_value


def read_per_mu(tables: Mapping[str, Any], indicators: Mapping[str, object], file: str = "per_mu.toml") -> PerMuDesign:
    """Validate the tables of the file.

    Args:
        indicators: ids that numerators and denominators may name.

    Raises:
        RecordError: unknown section, bad record, unknown indicator, a parameter missing or out of order.
    """
    sections = ("land", "item", "parameter", "published")
    for name in tables:
        if name not in sections:
            raise RecordError(f"unknown section {name!r}", where=file, remedy=suggest(name, sections))
    design = PerMuDesign(
        land=validate(LandChoice, "land", tables.get("land", {}), file),
        items={name: validate(PerMuItem, name, at, f"{file} item") for name, at in tables.get("item", {}).items()},
        parameters={
            name: validate(PerMuParameter, name, at, f"{file} parameter")
            for name, at in tables.get("parameter", {}).items()
        },
        published={
            name: validate(PublishedFormula, name, at, f"{file} published")
            for name, at in tables.get("published", {}).items()
        },
    )
    _check(design, indicators, file)
    return design


def _check(design: PerMuDesign, indicators: Mapping[str, object], file: str) -> None:
    same_names("parameter", design.parameters, _PARAMETERS, file)
    for name, item in design.items.items():
        where = f"{file} [item.{name}]"
        for field, reference in (("numerator", item.numerator), ("denominator", item.denominator)):
            if reference not in indicators and (field, reference) != ("denominator", LAND):
                remedy = suggest(reference, (*indicators, LAND))
                raise RecordError(f"unknown indicator {reference!r}", where=f"{where} {field}", remedy=remedy)
        if item.unit not in DERIVED_UNITS:
            remedy = suggest(item.unit, DERIVED_UNITS)
            raise RecordError(f"unknown unit {item.unit!r}", where=f"{where} unit", remedy=remedy)
    if not any(item.is_required for item in design.items.values()):
        raise RecordError("no item is required", where=file, remedy="mark tax per mu with is_required = true")
    if design.value("floor") >= design.value("cap"):
        where = f"{file} [parameter.cap] value"
        raise RecordError("is not above [parameter.floor]", where=where, remedy="put the two in order")
    for name in ("peer_group_minimum", "leaders"):
        if design.value(name) < 1:
            where = f"{file} [parameter.{name}] value"
            raise RecordError("must be 1 or more", where=where, remedy="write a whole number above 0")
    shares = [design.value(f"class_{letter}") for letter in "abc"]
    if not 0 < shares[0] < shares[1] < shares[2] <= 1:
        raise RecordError("class shares must rise", where=file, remedy="A below B below C, at most 100 %")
    for name, formula in design.published.items():
        if set(formula.bases) != set(design.items) or set(formula.units) != set(design.items):
            raise RecordError(
                "bases and units must name every item", where=f"{file} [published.{name}]", remedy="one line an item"
            )
