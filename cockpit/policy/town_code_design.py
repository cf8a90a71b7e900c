"""The town code as records: `[status.<id>]`, `[parameter.<id>]`, `[matter.<id>]`, `[fact.<id>]`, `[standing.<id>]`,
`[trend.<id>]` and `[history.<id>]` of town_code.toml.

Imports the ground floor, `records`, `list_records` and `reading`. To sum a town up in a status is our choice; every
matter names the norm whose threshold, clause and quote it takes.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, get_args

from pydantic import Field, model_validator

from cockpit.errors import RecordError, suggest
from cockpit.marks import Mark
from cockpit.policy.list_records import SIGNAL_UNITS, RiskRule, Standard, StarRule
from cockpit.policy.reading import same_names, validate
from cockpit.policy.records import Clause, Explained, Indicator, Labelled, Origin, Record, Rule, refusal
from cockpit.units import CALENDAR_UNITS, WRITTEN_UNITS, to_base
from cockpit.vocabulary import LIST_STATUSES, Risk, Shape, Stage, Text

StatusName = Literal["normal", "course", "watch", "mend", "none"]
HistoryKind = Literal["list", "assessment", "plan", "extension", "boundary", "breach"]
STATUS_NAMES: Final[tuple[StatusName, ...]] = get_args(StatusName)
HISTORY_KINDS: Final[tuple[HistoryKind, ...]] = get_args(HistoryKind)
# Figures of the towns table, with their base unit.
ATTRIBUTES: Final[dict[str, str]] = {"area_km2": "km2"}
PARAMETERS: Final = ("open_to_mend", "unknown_most", "missing_returns", "class_least", "middle", "trend_years")


class TownStatusRecord(Explained):
    """`[status.<id>]`: word, shape and colour (`tone`: a status of the vocabulary whose colours it takes)."""

    origin: Origin = "own"
    shape: Literal["circle", "triangle", "diamond", "square", "ring"]
    tone: Literal["achieved", "on_track", "behind", "missed", "no_data"]

    @property
    def mark(self) -> Mark:
        return Mark(self.tone, Shape(self.shape))


class TownParameter(Explained):
    """`[parameter.<id>]`: a figure of ours."""

    origin: Origin = "own"
    value: float = Field(gt=0)
    unit: str

    @model_validator(mode="after")
    def _has_a_unit(self) -> TownParameter:
        if self.unit not in WRITTEN_UNITS and self.unit not in CALENDAR_UNITS:
            raise ValueError(f"unknown unit {self.unit!r}: {suggest(self.unit, (*WRITTEN_UNITS, *CALENDAR_UNITS))}")
        if self.unit == "%" and self.value > 100:
            raise refusal("value", f"{self.value:g} % is above the whole", "write a share of 100 % at most")
        return self

    @property
    def base_value(self) -> float:
        return to_base(self.value, self.unit)[0] if self.unit in WRITTEN_UNITS else self.value

    @property
    def written(self) -> str:
        return f"{self.value:g}{self.unit}"


class MatterRecord(Labelled):
    """`[matter.<id>]`: what may be open about a town. `norms`: list status it binds -> record it takes its figure from
    (`stars.<id>`, `risk.<id>`, `rules.<id>`; "" for the reporting calendar)."""

    origin: Origin = "own"
    kind: Literal["norm", "clock", "risk", "returns"]
    norms: dict[str, str]
    weight: Literal["red", "open"]
    is_public: bool
    stages: tuple[str, ...] = Field(default=(), strict=False)
    grades: tuple[str, ...] = Field(default=(), strict=False)

    @model_validator(mode="after")
    def _fits_its_kind(self) -> MatterRecord:
        if (self.kind == "clock") != bool(self.stages) or (self.kind == "risk") != bool(self.grades):
            raise ValueError("a clock names stages, a risk names grades, no other kind does")
        for known, words in ((Stage, self.stages), (Risk, self.grades), (LIST_STATUSES, self.norms)):
            for word in words:
                if word not in set(known):
                    raise ValueError(f"unknown word {word!r}: {suggest(word, map(str, known))}")
        if not self.norms:
            raise ValueError("a matter binds at least one list status")
        return self

    @property
    def is_red(self) -> bool:
        return self.weight == "red"


class FactRecord(Record):
    """`[fact.<id>]`: a figure on the profile: an indicator of the register, a signal of list management, or what the
    towns table holds (`attribute`)."""

    of: str
    kind: Literal["indicator", "signal", "attribute"]
    is_public: bool
    label_zh: str = ""  # an indicator brings its own
    label_en: str = ""
    origin: Origin = "own"

    @model_validator(mode="after")
    def _has_a_label(self) -> FactRecord:
        if self.kind != "indicator" and not (self.label_zh and self.label_en):
            raise ValueError("a fact that is no indicator needs label_zh and label_en")
        return self

    @property
    def label(self) -> Text:
        return Text(self.label_zh, self.label_en)


class StandingRecord(Record):
    """`[standing.<id>]`: an indicator compared with class and province; `required`: list status -> norm to keep."""

    of: str
    required: dict[str, str] = Field(default_factory=dict)
    origin: Origin = "own"


class TrendRecord(Record):
    """`[trend.<id>]`: the indicator whose years are drawn."""

    of: str


class HistoryRecord(Labelled):
    """`[history.<id>]`: one kind of entry."""

    is_public: bool
    origin: Origin = "own"


@dataclass(frozen=True)
class TownCodeDesign:
    """The whole file, checked. `norms` holds every record a matter or a standing names, by its written name."""

    statuses: dict[str, TownStatusRecord]
    parameters: dict[str, TownParameter]
    matters: dict[str, MatterRecord]
    facts: dict[str, FactRecord]
    standings: dict[str, StandingRecord]
    trend: TrendRecord
    history: dict[str, HistoryRecord]
    norms: dict[str, Clause]

    def value(self, name: str) -> float:
        """A parameter in base unit."""
        return self.parameters[name].base_value

    def rule_of(self, name: StatusName) -> Text:
        """When a status holds, in words, with its figures."""
        record = self.statuses[name]
        filled = {"open": f"{self.value('open_to_mend'):g}", "unknown": self.parameters["unknown_most"].written}
        return Text(record.reading_zh.format(**filled), record.reading_en.format(**filled))


_SECTIONS: Final[dict[str, type[Record]]] = {
    "status": TownStatusRecord,
    "parameter": TownParameter,
    "matter": MatterRecord,
    "fact": FactRecord,
    "standing": StandingRecord,
    "trend": TrendRecord,
    "history": HistoryRecord,
}


def read_town_code(
    tables: Mapping[str, Any],
    indicators: Mapping[str, Indicator],
    risk: Mapping[str, RiskRule],
    stars: Mapping[str, StarRule],
    rules: Mapping[str, Rule],
    file: str = "town_code.toml",
) -> TownCodeDesign:
    """Validate the tables of the file against the records they name.

    Raises:
        RecordError: unknown section, bad record, unknown indicator or norm, a status, parameter or kind missing.
    """
    for name in tables:
        if name not in _SECTIONS:
            raise RecordError(f"unknown section {name!r}", where=file, remedy=suggest(name, _SECTIONS))
    read: dict[str, dict[str, Any]] = {
        section: {
            name: validate(kind, name, fields, f"{file} {section}") for name, fields in tables.get(section, {}).items()
        }
        for section, kind in _SECTIONS.items()
    }
    for section, wanted in (("status", STATUS_NAMES), ("parameter", PARAMETERS), ("history", HISTORY_KINDS)):
        same_names(section, read[section], wanted, file)
    if len(read["trend"]) != 1:
        raise RecordError("one trend is drawn", where=file, remedy="write one [trend.<id>]")
    known: dict[str, Clause] = {f"risk.{name}": rule for name, rule in risk.items()}
    known |= {f"stars.{name}": rule for name, rule in stars.items()}
    known |= {f"rules.{name}": rule for name, rule in rules.items()}
    for section in ("fact", "standing", "trend"):
        for name, record in read[section].items():
            kinds: dict[str, Collection[str]] = {"signal": SIGNAL_UNITS, "attribute": ATTRIBUTES}
            offered = kinds.get(getattr(record, "kind", ""), indicators)
            if record.of not in offered:
                where = f"{file} [{section}.{name}] of"
                raise RecordError(f"unknown figure {record.of!r}", where=where, remedy=suggest(record.of, offered))
    used: dict[str, Clause] = {}
    for name, record in read["matter"].items():
        for norm in record.norms.values():
            _take(norm, known, used, f"{file} [matter.{name}] norms", record.kind)
    for name, record in read["standing"].items():
        for norm in record.required.values():
            _take(norm, known, used, f"{file} [standing.{name}] required", "norm")
    return TownCodeDesign(
        statuses=read["status"],
        parameters=read["parameter"],
        matters=read["matter"],
        facts=read["fact"],
        standings=read["standing"],
        trend=next(iter(read["trend"].values())),
        history=read["history"],
        norms=used,
    )


def _take(name: str, known: Mapping[str, Clause], used: dict[str, Clause], where: str, kind: str) -> None:
    """Note a norm a record names; a returns matter names none, a norm must be one a figure can keep or break."""
    if kind == "returns" and not name:
        return
    if name not in known:
        raise RecordError(f"unknown norm {name!r}", where=where, remedy=suggest(name, known))
    norm = known[name]
    if kind == "norm" and (not isinstance(norm, Standard) or getattr(norm, "signal", None) is None):
        raise RecordError(f"{name!r} is no norm of a figure", where=where, remedy="name a step of risk or a star cap")
    used[name] = norm
