"""Elements (要素): what a town has beside figures (platforms, funds, land awards, cases), in `elements.toml`.

A kind is one record and no Python: its fields make the table, the sheet of the template, the checks of the intake, the
interface and the page. Imports the ground floor, `calendar_records`, `reading` and `records`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Final, Literal, TypeVar

from pydantic import Field, model_validator

from cockpit.errors import RecordError, suggest
from cockpit.policy.calendar_records import Duty
from cockpit.policy.reading import read_tables, validate
from cockpit.policy.records import Explained, Labelled, Origin, Record
from cockpit.vocabulary import Text

FILE: Final = "elements.toml"
_FOLDER: Final = Path(__file__).resolve().parents[2] / "data" / "policy"
R = TypeVar("R", bound=Record)
PREFIX: Final = "element_"  # of the names of their tables
STATED: Final = "element_returns"  # the table of what a town says it has: none is not the same as not reported
FieldType = Literal["text", "number", "integer", "flag", "date", "period", "word", "level", "node", "measure", "towns"]
# When an entry counts: from `since` to `until`, in its `year` or `period`, or from its day `on`.
TIMES: Final[dict[str, tuple[str, ...]]] = {
    "span": ("since",), "year": ("year",), "period": ("period",), "day": ("on",),
}  # fmt: skip
_SECTIONS: Final = ("group", "department", "duty", "ladder", "kind")


class Group(Labelled):
    """`[group.<id>]`: kinds shown together."""


class Department(Labelled):
    """`[department.<id>]`: who checks a kind; the template brings one workbook a department."""


class Step(Record):
    """One step of a ladder."""

    zh: str
    en: str
    needs_zh: str = ""
    needs_en: str = ""

    @property
    def label(self) -> Text:
        return Text(self.zh, self.en)

    @property
    def needs(self) -> Text:
        return Text(self.needs_zh, self.needs_en)


class Ladder(Explained):
    """`[ladder.<id>]`: levels from the lowest up, by one standard. Two standards are two ladders and never added up."""

    source: str = ""  # publisher and number of the document
    steps: dict[str, dict[str, str]]

    @cached_property
    def levels(self) -> dict[str, Step]:
        return {
            name: validate(Step, name, written, f"{FILE} ladder.{self.id}.steps")
            for name, written in self.steps.items()
        }


class ElementField(Record):
    """One thing said of an entry. `rule`: an amount above that rule's value is told. `words`: what a word may be.
    `positive`: nothing is no such amount (a town of 0 square kilometres).

    A `measure` is one of our indicators, `towns` are codes of other towns, a `node` is one of a chain.
    """

    type: FieldType
    zh: str
    en: str
    required: bool = False
    unit: str = ""
    ladder: str = ""
    words: dict[str, list[str]] = Field(default_factory=dict)  # word -> [Chinese, English]
    rule: str = ""
    positive: bool = False

    @property
    def label(self) -> Text:
        return Text(self.zh, self.en)


class ElementPanel(Record):
    """`[kind.<id>.panel]`: what the page draws of a kind beside the matrix: its ladders, or amounts by town or word.

    `by`: "town", or the field whose words make the rows. `amounts`: fields added up. `gap`: [whole, part], told as what
    is lacking. `ratio`: [above, below], a ratio of sums over entries that have both. `most`: a field of which the
    largest is told. `lead`: shown before a group is picked.
    """

    lead: bool = False
    ladders: tuple[str, ...] = Field(default=(), strict=False)
    by: str = ""
    amounts: tuple[str, ...] = Field(default=(), strict=False)
    gap: tuple[str, ...] = Field(default=(), strict=False)
    gap_zh: str = ""
    gap_en: str = ""
    ratio: tuple[str, ...] = Field(default=(), strict=False)
    ratio_zh: str = ""
    ratio_en: str = ""
    most: str = ""
    note_zh: str = ""
    note_en: str = ""

    @property
    def gap_label(self) -> Text:
        return Text(self.gap_zh, self.gap_en)

    @property
    def ratio_label(self) -> Text:
        return Text(self.ratio_zh, self.ratio_en)

    @property
    def note(self) -> Text:
        return Text(self.note_zh, self.note_en)


class ElementKind(Explained):
    """`[kind.<id>]`.

    `key`: the fields that tell one entry of a town from another. `product`: [result, factor, factor], an amount that
    must be the product of two others. `one_rule`: a word that must be the same for all entries of a year, for they are
    added up. `fixed`: amount -> word of `one_rule` -> what it may be by that rule, base unit.
    `course`: [before, after], like periods of a figure that is told by its change, the earlier first.
    `alarm`: field and the word of it that is asked about. `within`: amounts that cannot be more than another.
    `entries`: how many a town is to have at all (八个一). `for_all`: the document wants one in every town.
    `one_town`: an entry stands in one town; in a second it is asked about.
    `awaits`: what is not public, and who has it.
    """

    group: str
    clause: str
    also: tuple[str, ...] = Field(default=(), strict=False)  # further clauses it answers to
    quote: str
    origin: Origin
    checker: str
    every: Literal["half_year", "year", "event"]
    time: Literal["span", "year", "period", "day"]
    key: tuple[str, ...] = Field(strict=False, min_length=1)
    fields: dict[str, dict[str, Any]]
    product: tuple[str, ...] = Field(default=(), strict=False)
    one_rule: str = ""
    fixed: dict[str, dict[str, list[float]]] = Field(default_factory=dict)
    within: dict[str, str] = Field(default_factory=dict)
    course: tuple[str, ...] = Field(default=(), strict=False)
    alarm: dict[str, str] = Field(default_factory=dict)
    entries: int = 0
    for_all: bool = False
    one_town: bool = False
    panel: ElementPanel | None = None
    awaits_zh: str = ""
    awaits_en: str = ""

    @property
    def table(self) -> str:
        return f"{PREFIX}{self.id}"

    @property
    def clauses(self) -> tuple[str, ...]:
        return (self.clause, *self.also)

    @property
    def awaits(self) -> Text:
        return Text(self.awaits_zh, self.awaits_en)

    @cached_property
    def columns(self) -> dict[str, ElementField]:
        """The fields as records, in their order."""
        return {
            name: validate(ElementField, name, written, f"{FILE} kind.{self.id}.fields")
            for name, written in self.fields.items()
        }

    @model_validator(mode="before")
    @classmethod
    def _panel_has_a_name(cls, data: object) -> object:
        if isinstance(data, dict) and isinstance(data.get("panel"), dict):
            return {**data, "panel": {"id": f"{data.get('id')}.panel", **data["panel"]}}
        return data

    @model_validator(mode="after")
    def _fields_are_there(self) -> ElementKind:
        drawn = self.panel
        named = {"key": self.key, "product": self.product, "time": TIMES[self.time]}
        if self.one_rule:
            named["one_rule"] = (self.one_rule, "year")
        named["fixed"] = tuple(self.fixed)
        if any(
            word not in self.fields.get(self.one_rule, {}).get("words", {}) for by in self.fixed.values() for word in by
        ):
            raise ValueError("fixed names a word that its one_rule does not have")
        named["within"] = (*self.within, *self.within.values())
        named["alarm"] = tuple(self.alarm)
        named["course"] = self.course
        if drawn is not None:
            by = () if drawn.by in ("", "town") else (drawn.by,)
            named["panel"] = (
                *drawn.ladders,
                *by,
                *drawn.amounts,
                *drawn.gap,
                *drawn.ratio,
                *filter(None, (drawn.most,)),
            )
        for what, names in named.items():
            if missing := [name for name in names if name not in self.fields]:
                raise ValueError(f"{what} names {missing[0]!r}, which is no field")
        if self.product and len(self.product) != 3:
            raise ValueError("a product is [result, factor, factor]")
        if self.course and [self.fields[name].get("type") for name in self.course] != ["period", "period"]:
            raise ValueError("a course is [before, after], two periods")
        return self


@dataclass(frozen=True, eq=False)
class ElementDesign:
    """The whole file, checked; everything in its order there."""

    groups: dict[str, Group]
    departments: dict[str, Department]
    duties: dict[str, Duty]  # by what kinds call their frequency; what comes as it happens has none
    ladders: dict[str, Ladder]
    kinds: dict[str, ElementKind]

    def of_group(self, name: str) -> tuple[ElementKind, ...]:
        return tuple(kind for kind in self.kinds.values() if kind.group == name)

    def of_department(self, name: str) -> tuple[ElementKind, ...]:
        return tuple(kind for kind in self.kinds.values() if kind.checker == name)

    def words(self, field: ElementField) -> dict[str, Text]:
        """What a word or a level may be, in order."""
        if field.ladder:
            return {name: step.label for name, step in self.ladders[field.ladder].levels.items()}
        return {name: Text(*pair) for name, pair in field.words.items()}


def _read(kind: type[R], section: str, tables: Mapping[str, Any]) -> dict[str, R]:
    return {name: validate(kind, name, at, f"{FILE} {section}") for name, at in tables.get(section, {}).items()}


def read_elements(tables: Mapping[str, Any]) -> ElementDesign:
    """Read and check the file's tables.

    Raises:
        RecordError: the first fault.
    """
    for section in tables:
        if section not in _SECTIONS:
            raise RecordError(f"unknown section {section!r}", where=FILE, remedy=suggest(section, _SECTIONS))
    design = ElementDesign(
        _read(Group, "group", tables),
        _read(Department, "department", tables),
        _read(Duty, "duty", tables),
        _read(Ladder, "ladder", tables),
        _read(ElementKind, "kind", tables),
    )
    for name, ladder in design.ladders.items():
        if not ladder.levels:
            raise RecordError("has no step", where=f"{FILE} [ladder.{name}] steps", remedy="write its levels")
    for kind in design.kinds.values():
        for what, name, known in _named(kind, design):
            if name not in known:
                where = f"{FILE} [kind.{kind.id}] {what}"
                raise RecordError(f"unknown {what} {name!r}", where=where, remedy=suggest(name, known))
        for name, field in kind.columns.items():
            if (field.type == "level") != bool(field.ladder) or (field.type == "word") != bool(field.words):
                where = f"{FILE} [kind.{kind.id}.fields] {name}"
                raise RecordError("a level has a ladder, a word has words", where=where, remedy="mend the type")
    return design


def _named(kind: ElementKind, design: ElementDesign) -> Iterator[tuple[str, str, Mapping[str, object]]]:
    yield "group", kind.group, design.groups
    yield "checker", kind.checker, design.departments
    for field in kind.columns.values():
        if field.ladder:
            yield "ladder", field.ladder, design.ladders


@lru_cache(maxsize=1)
def shipped() -> ElementDesign:
    """The design the project brings: what the tables of a version are made from."""
    return read_elements(read_tables(_FOLDER / FILE, 0))
