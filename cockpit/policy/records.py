"""Record types of the register: one frozen record per thing the document names.

Imports only the ground floor.
"""

from __future__ import annotations

import math
from datetime import date, datetime
from functools import cache
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from cockpit.errors import RecordError, suggest
from cockpit.units import WRITTEN_UNITS, to_base
from cockpit.vocabulary import Text

Sense = Literal["above", "at_least", "about", "at_most"]
Scope = Literal["province", "named", "creating"]
Origin = Literal["policy", "national", "local", "own", "proposed"]
Force = Literal["headline", "in_principle"]
POLICY: Final = "zzbf_2022_73"  # the document the records cite where they name no other
BaseUnit = Literal["yuan", "yuan_per_mu", "share", "count", "mu", "km2", "tce", "tonne"]

SENSES: dict[Sense, Text] = {
    "above": Text("突破", "above"),
    "at_least": Text("以上", "at least"),
    "about": Text("左右", "about"),
    "at_most": Text("不超过", "at most"),
}
SENSE_SIGNS: dict[Sense, str] = {"above": ">", "at_least": "≥", "about": "≈", "at_most": "≤"}


MOST_DAYS: Final = 36_525  # a century: no term is longer, and a day counted from it still exists
DATED: Final = ("from", "value")  # what an entry of a dated field says


def is_dated(field: object) -> bool:
    """Whether a field gives its values by date: `[{ value = 5 }, { from = 2026-01-01, value = 3 }]`."""
    return isinstance(field, list) and any(isinstance(part, dict) and "value" in part for part in field)


def value_in_year(field: list[Any], year: int, where: str) -> object:
    """The value of a dated field in a year: that of the last entry begun by then, before the first that of the first.

    Raises:
        RecordError: an entry is not `from` and `value`, does not begin on a 1 January, or is not in order.
    """
    found, last = None, 0
    for place, entry in enumerate(field):
        begins = _begins(entry, place, where)
        if begins.year == last:
            remedy = "strike one of them out, or give it its own day"
            raise RecordError(f"two values begin on the same day, {begins}", where=where, remedy=remedy)
        if begins.year < last:
            raise RecordError("dated values are not in order", where=where, remedy="put the earliest first")
        last = begins.year
        if place == 0 or begins.year <= year:
            found = entry["value"]
    return found


def _begins(entry: Any, place: int, where: str) -> date:
    """The day one entry of a dated field begins; the first needs none.

    Raises:
        RecordError: another field than `from` and `value`, one of them missing, or no 1 January.
    """
    if not isinstance(entry, dict):
        remedy = "write { from = 2026-01-01, value = 5 }"
        raise RecordError(f"a dated value has `from` and `value` only, not {entry!r} alone", where=where, remedy=remedy)
    if unknown := [name for name in entry if name not in DATED]:
        what = f"unknown field {unknown[0]!r}: a dated value has `from` and `value` only"
        raise RecordError(what, where=where, remedy=suggest(unknown[0], DATED))
    if "value" not in entry:
        raise RecordError("a dated value has no `value`", where=where, remedy="add it, or strike the entry out")
    begins = entry.get("from", date.min if place == 0 else None)
    if begins is None:
        raise RecordError(
            "a later value does not say when it begins", where=where, remedy="add from = 2026-01-01, a 1 January"
        )
    if type(begins) is not date:
        what, remedy = "`from` is no date", "write it without quotes and without a time of day: from = 2026-01-01"
        if isinstance(begins, str):
            what = f"`from` is written as text, {begins!r}"
        elif isinstance(begins, datetime):
            what = "`from` has a time of day"
        raise RecordError(what, where=where, remedy=remedy)
    if (begins.month, begins.day) != (1, 1):
        # Years are judged whole: a value that changes within one would judge it by two.
        raise RecordError("a dated value begins on a 1 January", where=where, remedy="write from = 2026-01-01")
    return begins


def in_year(tables: Any, year: int, file: str = "", place: tuple[str, ...] = ()) -> Any:
    """TOML tables with each dated field replaced by its value in a year; the only place that reads dates of values.

    Raises:
        RecordError: as `value_in_year`.
    """
    if isinstance(tables, dict):
        return {name: in_year(part, year, file, (*place, name)) for name, part in tables.items()}
    if not is_dated(tables):
        return tables
    *record, field = place or ("",)
    return value_in_year(tables, year, f"{file} [{'.'.join(record)}] {field}".strip())


def years_of_change(tables: object) -> set[int]:
    """First years of the dated values in TOML tables; entries without a date have none."""
    if isinstance(tables, dict):
        return {year for part in tables.values() for year in years_of_change(part)}
    if not is_dated(tables):
        return set()
    assert isinstance(tables, list)
    return {entry["from"].year for entry in tables if isinstance(entry, dict) and type(entry.get("from")) is date}


def refusal(field: str, what: str, remedy: str) -> PydanticCustomError:
    """A fault of one field, for a check that looks at several: told with the field's place (`policy.reading`)."""
    return PydanticCustomError("refused", "{what}", {"field": field, "what": what, "remedy": remedy})


def check_cited(origin: str, clause: str, quote: str) -> None:
    """Refuse a record of the policy that does not say where it stands.

    Raises:
        PydanticCustomError: names what is missing.
    """
    missing = [name for name, text in (("clause", clause), ("quote", quote)) if not text.strip()]
    if origin == "policy" and missing:
        what = f"a record of origin policy needs clause and quote, and {' and '.join(missing)} is missing"
        raise refusal(missing[0], what, "copy it from the document, or name another origin")


def _as_float(value: int) -> float:
    try:
        return float(value)
    except OverflowError:  # refused with the other figures that are not finite
        return math.inf


class Record(BaseModel):
    """A TOML table with known fields only; `id` is the table's name.

    `checked_by` and `next_review`: who read the record against its source, and when somebody must look again.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)
    id: str
    checked_by: str = ""
    next_review: date | None = None

    @model_validator(mode="before")
    @classmethod
    def _whole_numbers_are_numbers(cls, data: object) -> object:
        # Records are strict, and TOML writes 5 for five.
        if not isinstance(data, dict):
            return data
        whole = {name for name, info in cls.model_fields.items() if info.annotation in (float, float | None)}
        return {key: _as_float(value) if key in whole and type(value) is int else value for key, value in data.items()}


class Labelled(Record):
    """A record people read by name."""

    label_zh: str
    label_en: str

    @property
    def label(self) -> Text:
        return Text(self.label_zh, self.label_en)


class Explained(Labelled):
    """A record with a sentence that says how it is meant."""

    reading_zh: str
    reading_en: str

    @property
    def reading(self) -> Text:
        return Text(self.reading_zh, self.reading_en)


class Indicator(Labelled):
    """What a figure is, its unit and which way is better.

    A reported indicator comes from returns; `plus`/`minus` add and subtract reported ones; `numerator`/`denominator`
    make a ratio of sums; `origin_of_value` names another table (list history, land, a kind of elements).
    """

    short_en: str = ""
    unit: BaseUnit
    kind: Literal["flow", "stock", "ratio"]
    polarity: Literal["higher", "lower", "neutral"]
    counter_zh: str = ""
    counter_en: str = ""
    plus: tuple[str, ...] = Field(default=(), strict=False)
    minus: tuple[str, ...] = Field(default=(), strict=False)
    numerator: str | None = None
    denominator: str | None = None
    origin_of_value: Literal["returns", "list", "land", "elements"] = "returns"
    element: str = ""  # the kind whose entries are counted, or whose `amount` is added up, `times` another field
    amount: str = ""
    times: str = ""
    levels: tuple[str, ...] = Field(default=(), strict=False)  # only entries of these levels or words
    is_additive: bool = True
    why_zh: str
    why_en: str
    how_zh: str
    how_en: str

    @model_validator(mode="after")
    def _ratio_is_whole(self) -> Indicator:
        if (self.numerator is None) != (self.denominator is None):
            raise ValueError("numerator and denominator come together")
        if bool(self.element) != (self.origin_of_value == "elements" and not self.is_ratio):
            raise ValueError("an indicator of elements names its kind, and no other does")
        return self

    @property
    def short_label(self) -> Text:
        """The label where space is short; the same when no shorter one is given."""
        return Text(self.label_zh, self.short_en or self.label_en)

    @property
    def counter(self) -> Text:
        return Text(self.counter_zh, self.counter_en)

    @property
    def is_ratio(self) -> bool:
        return self.numerator is not None

    @property
    def is_reported(self) -> bool:
        """Whether towns report it themselves."""
        return self.origin_of_value == "returns" and not self.plus and not self.is_ratio


@cache
def _in_base(value: float, unit: str) -> float:
    """A record's value in base unit, worked out once: cards and charts ask for it thousands of times. Not kept in the
    record, whose copies of another year have another value."""
    return to_base(value, unit)[0] if unit in WRITTEN_UNITS else value


class Clause(Record):
    """What every target and rule carries: where it stands, how we read it, who decided."""

    force: Force
    origin: Origin
    clause: str = ""
    quote: str = ""
    document: str = POLICY
    reading_zh: str = ""
    reading_en: str = ""
    value: float | None = None
    unit: str = ""
    sense: Sense | None = None
    scope: Scope

    @model_validator(mode="after")
    def _policy_is_cited(self) -> Clause:
        check_cited(self.origin, self.clause, self.quote)
        return self

    @property
    def reading(self) -> Text:
        return Text(self.reading_zh, self.reading_en)

    @property
    def base_value(self) -> float:
        """The value in base unit; years and days stay as they are."""
        if self.value is None:
            raise ValueError(f"{self.id} states a procedure and has no value")
        return _in_base(self.value, self.unit)

    @property
    def written(self) -> str:
        return "" if self.value is None else f"{self.value:g}{self.unit}"


SetState = Literal["draft", "comment", "fixed", "in_force", "closed"]


class TargetSet(Labelled):
    """Targets set together, shown one set at a time; figures count from the year `since`.

    `origin` says whose set it is: of the policy, our own, or only proposed.
    """

    since: int
    due: date
    state: SetState
    origin: Origin
    document: str = ""


class Target(Clause):
    """A figure to be reached by a date, one of a set. `rank` groups the cards: money, counts, shares."""

    set: str
    indicator: str
    value: float
    unit: str
    sense: Sense
    due: date
    rank: Literal["money", "count", "share"]


class Rule(Labelled, Clause):
    """A threshold, a procedure or a parameter of ours."""

    subject: str
    effect_zh: str
    effect_en: str

    @property
    def effect(self) -> Text:
        return Text(self.effect_zh, self.effect_en)


class Document(Record):
    """A cited document."""

    number: str
    title_zh: str
    title_en: str
    issuer_zh: str
    issuer_en: str
    dated: date | None = None  # left out where no source we read gives the day


class Term(Record):
    """A glossary entry."""

    term_zh: str
    term_en: str
    text_zh: str
    text_en: str

    @property
    def term(self) -> Text:
        return Text(self.term_zh, self.term_en)

    @property
    def text(self) -> Text:
        return Text(self.text_zh, self.text_en)


class Passage(Record):
    """A clause of the policy in our own words. `pages`: the scripts of the pages that work by it. `lacks`: what of it
    nothing here can answer, and why."""

    title_zh: str
    title_en: str
    text_zh: str
    text_en: str
    pages: tuple[str, ...] = Field(default=(), strict=False)
    lacks_zh: str = ""
    lacks_en: str = ""

    @property
    def lacks(self) -> Text:
        return Text(self.lacks_zh, self.lacks_en)

    @property
    def title(self) -> Text:
        return Text(self.title_zh, self.title_en)

    @property
    def text(self) -> Text:
        return Text(self.text_zh, self.text_en)
