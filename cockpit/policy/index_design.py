"""An index written as records: one `[index]`, `[group.<id>]` and `[item.<id>]`, joined to a tree by `parent`.

Imports the ground floor and `policy.records`. The form is general: any depth, any table; `data/policy/vitality.toml` is
one index written in it. Weights and goalposts are the author's: `basis` says where a figure comes from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, Literal

from pydantic import Field, field_validator, model_validator

from cockpit.errors import RecordError, suggest
from cockpit.policy.reading import validate
from cockpit.policy.records import Origin, Record, check_cited, refusal
from cockpit.vocabulary import Language, Text

# Columns an index may name that are computed from several periods and so are no indicators of the register.
DERIVED: Final = ("output_growth",)


def _read_share(written: object) -> object:
    """A share of 1: a number, or a fraction as text ("2/3"), which no decimal says exactly."""
    if isinstance(written, str):
        above, _, below = written.partition("/")
        if above.isdecimal() and below.isdecimal() and int(below):
            return int(above) / int(below)
    return written


_AGGREGATION = Literal["arithmetic", "geometric", "harmonic"]
_NORMALISATION = Literal["goalposts", "minmax", "zscore", "percentile"]


class _Written(Record):
    """A record with labels, origin and the basis of its figures."""

    label_zh: str = ""
    label_en: str = ""
    origin: Origin = "own"
    clause: str = ""
    quote: str = ""
    source: str = ""
    basis_zh: str = ""
    basis_en: str = ""

    @model_validator(mode="after")
    def _policy_is_cited(self) -> _Written:
        check_cited(self.origin, self.clause, self.quote)
        return self

    @property
    def label(self) -> Text:
        return Text(self.label_zh or self.id, self.label_en or self.id)

    @property
    def basis(self) -> Text:
        return Text(self.basis_zh, self.basis_en)


class IndexRecord(_Written):
    """`[index]`: the whole and its rules. `present` is the root's own threshold, `present_in_group` the others'."""

    aggregation: _AGGREGATION = "arithmetic"
    normalisation: _NORMALISATION = "goalposts"
    scale_low: float = 0.0
    scale_high: float = 100.0
    target_mean: float = 0.0
    target_sd: float = Field(default=1.0, gt=0)
    ddof: Literal[0, 1] = 1
    group: str = ""
    imputation: Literal["none", "group_mean", "mean", "low"] = "none"
    imputation_fallback: Literal["mean", "none"] = "mean"
    treat: bool = False
    treat_skewness: float = 2.0
    treat_kurtosis: float = 3.5
    treat_most: int = Field(default=5, ge=0)
    treat_fallback: Literal["none", "log"] = "none"
    present: float | None = Field(default=None, ge=0, le=1)
    present_in_group: float = Field(default=0.0, ge=0, le=1)
    present_overall: float = Field(default=0.0, ge=0, le=1)
    floor: float | None = Field(default=None, gt=0)
    draws: int = Field(default=1000, ge=1)
    draw_seed: int = 1
    draw_spread: float = Field(default=0.25, ge=0, lt=1)
    draw_normalisations: tuple[_NORMALISATION, ...] = Field(default=("goalposts", "minmax", "percentile"), strict=False)
    draw_aggregations: tuple[_AGGREGATION, ...] = Field(default=("geometric", "arithmetic"), strict=False)
    draw_inner_aggregations: tuple[_AGGREGATION, ...] = Field(default=(), strict=False)
    interval: float = Field(default=0.9, gt=0, lt=1)
    apart: float = Field(default=0.9, gt=0.5, le=1)
    population: tuple[str, ...] = Field(default=(), strict=False)
    smallest_class: int = Field(default=3, ge=1)
    growth_years: int = Field(default=3, ge=1)
    base_year: int = Field(default=0, ge=0, le=2100)
    base_low: float = Field(default=0.05, ge=0, le=1)
    base_high: float = Field(default=0.95, ge=0, le=1)
    version: str = ""

    @model_validator(mode="after")
    def _bounds_rise(self) -> IndexRecord:
        for low, high in (("scale_low", "scale_high"), ("base_low", "base_high")):
            if getattr(self, low) >= getattr(self, high):
                raise refusal(high, f"is not above {low}, {getattr(self, low):g}", "put the two in order")
        return self

    _fractions = field_validator("present", "present_in_group", "present_overall", "apart", mode="before")(_read_share)


class GroupRecord(_Written):
    """`[group.<id>]`: a dimension or any inner node; `parent` "" hangs it under the index."""

    parent: str = ""
    weight: float = Field(default=1.0, ge=0)
    aggregation: _AGGREGATION = "arithmetic"
    present: float | None = Field(default=None, ge=0, le=1)
    short_zh: str = ""
    short_en: str = ""

    _fractions = field_validator("present", mode="before")(_read_share)

    @property
    def short(self) -> Text:
        return Text(self.short_zh or self.label.zh, self.short_en or self.label.en)


class ItemRecord(_Written):
    """`[item.<id>]`: an indicator; fields as in `analysis.vitality.Indicator`.

    `is_idle_at_zero`: a denominator reported as zero (no energy used) leaves the ratio without meaning; the item does
    not apply then and is not missing.
    """

    parent: str = ""
    weight: float = Field(default=1.0, ge=0)
    column: str = ""
    direction: Literal["higher", "lower"] = "higher"
    denominator: str = ""
    factor: float = Field(default=1.0, gt=0)
    floor: float | None = None
    cap: float | None = None
    transform: Literal["none", "log"] = "none"
    offset: float = 0.0
    low: float | None = None
    high: float | None = None
    clip: Literal["both", "low", "high", "none"] = "both"
    normalisation: _NORMALISATION | None = None
    only: tuple[str, ...] = Field(default=(), strict=False)
    is_idle_at_zero: bool = False
    unit_zh: str = ""
    unit_en: str = ""
    times_en: float = 1.0  # English writes money per something in thousands, Chinese in ten thousands
    low_from: Literal["base_year", "given"] = "given"
    high_from: Literal["base_year", "given"] = "given"

    @model_validator(mode="after")
    def _is_in_order(self) -> ItemRecord:
        if self.low is not None and self.high is not None and self.low >= self.high:
            remedy = "low below high, for either direction"
            raise refusal("high", f"{self.high:g} is not above low, {self.low:g}", remedy)
        if self.floor is not None and self.cap is not None and self.floor > self.cap:
            raise refusal("cap", f"{self.cap:g} is below the floor, {self.floor:g}", "put the two in order")
        if self.transform == "log" and self.low is not None and self.low + self.offset <= 0:
            raise refusal("low", f"{self.low:g} has no logarithm", "a figure above 0, or an offset")
        return self

    @property
    def unit(self) -> Text:
        return Text(self.unit_zh, self.unit_en)

    def goalposts(self, language: Language) -> str:
        """Both with their unit, empty without any."""
        if self.low is None or self.high is None:
            return ""
        times = self.times_en if language == "en" else 1.0
        return f"{self.low * times:,.10g}–{self.high * times:,.10g} {self.unit.say(language)}"


@dataclass(frozen=True)
class IndexDesign:
    """One index as records, checked to be a tree."""

    index: IndexRecord
    groups: dict[str, GroupRecord]
    items: dict[str, ItemRecord]

    @cached_property
    def _children(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for name, group in self.groups.items():
            found.setdefault(group.parent, []).append(name)
        for name, item in self.items.items():
            found.setdefault(item.parent, []).append(name)
        return {parent: tuple(names) for parent, names in found.items()}

    def parts_of(self, parent: str) -> tuple[str, ...]:
        """Ids right under a node ("" for the index), groups first, in the order written."""
        return self._children.get(parent, ())

    @property
    def dimensions(self) -> dict[str, GroupRecord]:
        """The groups right under the index."""
        return {name: self.groups[name] for name in self.parts_of("") if name in self.groups}


def read_index(tables: Mapping[str, Any], file: str = "index") -> IndexDesign:
    """Validate the tables of an index file (or the same as a dict).

    Raises:
        RecordError: unknown section, bad record, unknown parent, a circle, a group without parts.
    """
    unknown = [name for name in tables if name not in ("index", "group", "item")]
    if unknown:
        raise RecordError(
            f"unknown section {unknown[0]!r}", where=file, remedy=suggest(unknown[0], ("index", "group", "item"))
        )
    top = validate(IndexRecord, "index", dict(tables.get("index", {})), file)
    groups = {
        name: validate(GroupRecord, name, fields, f"{file} group") for name, fields in tables.get("group", {}).items()
    }
    items = {
        name: validate(ItemRecord, name, fields, f"{file} item") for name, fields in tables.get("item", {}).items()
    }
    design = IndexDesign(top, groups, items)
    parents = [(f"[group.{name}]", group.parent) for name, group in groups.items()]
    parents += [(f"[item.{name}]", item.parent) for name, item in items.items()]
    for where, parent in parents:
        if parent and parent not in groups:
            raise RecordError(
                f"unknown parent {parent!r}", where=f"{file} {where} parent", remedy=suggest(parent, groups)
            )
    for name in groups:
        parts = [(groups.get(part) or items[part]).weight for part in design.parts_of(name)]
        if parts and not any(parts):
            where, remedy = f"{file} [group.{name}]", "give one of them a weight above 0"
            raise RecordError("no part carries weight", where=where, remedy=remedy)
        if not parts:
            raise RecordError(
                "group has no parts", where=f"{file} [group.{name}]", remedy="give it items, or take it out"
            )
        if name in items:
            raise RecordError("a group and an item share this id", where=f"{file} [item.{name}]")
    for name in groups:
        seen, parent = {name}, groups[name].parent
        while parent:
            if parent in seen:
                raise RecordError("group is its own ancestor", where=f"{file} [group.{name}] parent")
            seen.add(parent)
            parent = groups[parent].parent
    if not design.parts_of(""):
        raise RecordError("index has no parts", where=file, remedy='hang groups or items under parent = ""')
    return design
