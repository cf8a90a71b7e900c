"""How chains are read, as records: `[criterion.*]`, `[parameter.*]`, `[pattern.*]`, `[developed]`, `[tier.*]`,
`[rung.*]`.

Imports the ground floor, `records` and `reading`. Numbers are ours; patterns, tiers and rungs are named by the
document.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeVar

from pydantic import Field, model_validator

from cockpit.errors import RecordError, suggest
from cockpit.policy.reading import same_names, validate
from cockpit.policy.records import Force, Origin, Record, Rule, Scope, Sense
from cockpit.units import WRITTEN_UNITS
from cockpit.vocabulary import INDUSTRY_CLASSES, PREFECTURES, Text

PARAMETERS: Final = (
    "strong_from", "adequate_from", "dependence_share", "mend_count", "pair_count", "pair_repeat", "link_points",
    "shared_points", "output_low", "output_middle", "output_high",
)  # fmt: skip
Measure = Literal["firm_count", "leader_count", "revenue_yuan", "town_count", "prefecture_count", "chain_share"]
# Figures of a firm table's cubes that a tier or a rung may be named after.
TIER_FIGURES: Final = (
    "chain_leader_count", "single_champion_count", "hidden_champion_count", "little_giant_count", "high_tech_count",
    "listed_count",
)  # fmt: skip
RUNG_FIGURES: Final = ("maker_space_count", "incubator_count", "accelerator_count", "park_count")
_UNITS: Final[dict[str, str]] = {"revenue_yuan": "yuan", "chain_share": "share"}  # the others count
R = TypeVar("R", bound=Record)


class _ChainRule(Rule):
    """A rule about chains: what every one of them shares need not be written each time."""

    subject: str = "chain"
    scope: Scope = "province"
    force: Force = "headline"
    origin: Origin = "own"


class GradeCriterion(_ChainRule):
    """`[criterion.<id>]`: a node meets it when `measure` is at least `value`."""

    measure: Measure
    value: float = Field(gt=0)
    sense: Sense = "at_least"

    @model_validator(mode="after")
    def _unit_fits(self) -> GradeCriterion:
        wanted = _UNITS.get(self.measure, "count")
        if WRITTEN_UNITS.get(self.unit, ("", 0.0))[0] != wanted:
            raise ValueError(f"{self.unit!r} is not a unit of {self.measure}, whose base unit is {wanted}")
        return self


class ChainParameter(_ChainRule):
    """`[parameter.<id>]`: a number of ours."""

    value: float = Field(gt=0)


class CooperationPattern(_ChainRule):
    """`[pattern.<id>]`: who may stand on either side (role of a node, class of a town, place) and what joins them.

    `evidence` nodes: shared nodes and joining links; growth: firms of the tiers on the second's nodes.
    """

    origin: Origin = "policy"
    first_role: Literal["", "research", "making", "service"] = ""
    first_class: str = ""
    first_place: Literal["", "developed", "mountain"] = ""
    second_role: Literal["", "research", "making", "service"] = ""
    second_class: str = ""
    second_place: Literal["", "developed", "mountain"] = ""
    evidence: Literal["nodes", "growth"]

    @model_validator(mode="after")
    def _sides_differ(self) -> CooperationPattern:
        first = (self.first_role, self.first_class, self.first_place)
        if first == (self.second_role, self.second_class, self.second_place):
            raise ValueError("the two sides are the same")
        for name in (self.first_class, self.second_class):
            if name and name not in INDUSTRY_CLASSES:
                raise ValueError(f"unknown class {name!r}: {suggest(name, INDUSTRY_CLASSES)}")
        return self


class Developed(Record):
    """`[developed]`: prefectures whose counties count as developed, unless they are mountain counties."""

    prefectures: tuple[str, ...] = Field(strict=False)
    origin: Origin
    reading_zh: str
    reading_en: str

    @model_validator(mode="after")
    def _known(self) -> Developed:
        for code in self.prefectures:
            if code not in PREFECTURES:
                raise ValueError(f"unknown prefecture {code!r}: {suggest(code, PREFECTURES)}")
        return self

    @property
    def reading(self) -> Text:
        return Text(self.reading_zh, self.reading_en)


class FirmMark(_ChainRule):
    """`[tier.<figure>]`, `[rung.<figure>]`: a mark of firms the document names; the id is the figure that counts
    them.
    """

    origin: Origin = "policy"
    effect_zh: str = ""
    effect_en: str = ""


@dataclass(frozen=True)
class ChainDesign:
    """The whole file, checked. Tiers from the top, rungs of the incubation ladder from the bottom."""

    criteria: dict[str, GradeCriterion]
    parameters: dict[str, ChainParameter]
    patterns: dict[str, CooperationPattern]
    developed: Developed
    tiers: dict[str, FirmMark]
    ladder: dict[str, FirmMark]

    def value(self, name: str) -> float:
        """A parameter in base unit."""
        return self.parameters[name].base_value

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Every record that carries a clause or a choice of ours, in the order of the file."""
        parts = (self.criteria, self.parameters, self.patterns, self.tiers, self.ladder)
        return tuple(rule for part in parts for rule in part.values())


def read_chain_rules(tables: Mapping[str, Any], file: str = "chain_rules.toml") -> ChainDesign:
    """Validate the tables of the file.

    Raises:
        RecordError: unknown section, bad record, a parameter missing or out of order, unknown figure.
    """
    sections = ("criterion", "parameter", "pattern", "developed", "tier", "rung")
    for name in tables:
        if name not in sections:
            raise RecordError(f"unknown section {name!r}", where=file, remedy=suggest(name, sections))

    def read(section: str, kind: type[R]) -> dict[str, R]:
        return {
            name: validate(kind, name, fields, f"{file} {section}") for name, fields in tables.get(section, {}).items()
        }

    design = ChainDesign(
        criteria=read("criterion", GradeCriterion),
        parameters=read("parameter", ChainParameter),
        patterns=read("pattern", CooperationPattern),
        developed=validate(Developed, "developed", tables.get("developed", {}), file),
        tiers=read("tier", FirmMark),
        ladder=read("rung", FirmMark),
    )
    _check(design, file)
    return design


def _check(design: ChainDesign, file: str) -> None:
    same_names("parameter", design.parameters, PARAMETERS, file)
    if not 0 < design.value("adequate_from") < design.value("strong_from") <= len(design.criteria):
        raise RecordError(
            "adequate must ask for fewer criteria than strong, strong for no more than there are",
            where=f"{file} [parameter.strong_from]",
            remedy="put the counts in order",
        )
    for low, high in (("output_low", "output_middle"), ("output_middle", "output_high")):
        if design.value(low) >= design.value(high):
            where = f"{file} [parameter.{high}] value"
            raise RecordError(f"is not above [parameter.{low}]", where=where, remedy="put the steps in order")
    if design.value("dependence_share") > 1:
        raise RecordError(
            "a share above the whole", where=f"{file} [parameter.dependence_share]", remedy="100 % at most"
        )
    for section, marks, figures in (("tier", design.tiers, TIER_FIGURES), ("rung", design.ladder, RUNG_FIGURES)):
        for name in marks:
            if name not in figures:
                where = f"{file} [{section}.{name}]"
                raise RecordError(f"unknown figure {name!r}", where=where, remedy=suggest(name, figures))
