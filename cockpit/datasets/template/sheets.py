"""The sheets of the template: which tables a workbook may bring, under which headers, in which words and units.

May import the ground floor, `policy` and `schema`. Pure.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Final, Literal, cast

from cockpit.datasets.schema import TABLES
from cockpit.phrases import phrase
from cockpit.policy.elements import STATED, ElementField, ElementKind
from cockpit.policy.register import Register, load
from cockpit.texts import visible
from cockpit.units import WRITTEN_UNITS
from cockpit.vocabulary import INDUSTRY_CLASSES, LAND_TYPES, LIST_STATUSES, Text

FieldKind = Literal[
    "text", "category", "number", "integer", "year", "flag", "date", "period", "town", "town_name", "unit", "note"
]
# Sheet that carries the words of long drop-downs; never read.
WORDS_SHEET: Final = "_lists"
# The one table whose rows may name towns nobody knows yet.
TOWNS: Final = "towns"
COUNTY: Final = "county_adcode"
EVERYBODY: Final = "*"  # checker of the sheet every department gets
LAST: Final = phrase("intake.last")
_NOTHING: Final = Text("", "")


# How the template's units read in English; both are understood in a row of units.
UNITS: Final[Mapping[str, Text]] = {
    "元": Text("元", "yuan"),
    "万元": Text("万元", "10,000 yuan"),
    "亿元": Text("亿元", "100m yuan"),
    "亩": Text("亩", "mu"),
    "平方公里": Text("平方公里", "km2"),
    "吨标准煤": Text("吨标准煤", "tce"),
    "吨": Text("吨", "t"),
    "%": Text("%", "%"),
    "人": Text("人", "people"),
    "家": Text("家", "firms"),
    "项": Text("项", "items"),
    "件": Text("件", "cases"),
    "天": Text("天", "days"),
    "个月": Text("个月", "months"),
}


@dataclass(frozen=True)
class Field:
    """One column a sheet may have.

    `name` is the schema's column, or the indicator (land type) of a wide sheet. `unit` is the base unit, `written` the
    unit of the template. `words` maps what may be written to what is stored. Bounds are in base unit.
    """

    name: str
    label: Text
    kind: FieldKind
    unit: str = ""
    written: str = ""
    is_required: bool = False
    is_value: bool = False  # a wide column: one value of the long table
    words: Mapping[str, str] = field(default_factory=dict)
    options: tuple[Text, ...] = ()
    note: Text = _NOTHING
    minimum: float | None = None
    maximum: float | None = None
    is_whole: bool = False
    counter: Text = _NOTHING

    @property
    def unit_text(self) -> Text:
        """The template's unit in both languages."""
        return UNITS.get(self.written, self.counter if self.counter.zh else Text(self.written, self.written))


@dataclass(frozen=True, eq=False)
class SheetKind:
    """One table as people fill it in. `spread` names the column whose values stand side by side in the wide form."""

    table: str
    title: Text
    fields: tuple[Field, ...]
    spread: str = ""
    value: str = ""
    checker: str = ""  # of elements, the department that checks them; they are known by their title alone

    def field(self, name: str) -> Field:
        return next(field for field in self.fields if field.name == name)


def normal(text: object) -> str:
    """A header or word as it is compared: half-width, lower case, without spaces, stars, colons and what nobody
    sees."""
    return re.sub(r"[\s*:_]+", "", unicodedata.normalize("NFKC", visible(str(text)))).casefold()


def _words(options: Mapping[str, Text]) -> dict[str, str]:
    return {normal(word): name for name, text in options.items() for word in (name, text.zh, text.en)}


def _choice(name: str, options: Mapping[str, Text], *, required: bool = False) -> Field:
    label = phrase(f"intake.column.{name}")
    return Field(name, label, "category", is_required=required, words=_words(options), options=tuple(options.values()))


def _plain(name: str, kind: FieldKind, *, required: bool = False) -> Field:
    return Field(name, phrase(f"intake.column.{name}"), kind, is_required=required)


_GRADES: Final = {name: phrase(f"intake.grade.{name}") for name in TABLES["assessments"].column("grade").allowed}
_SUBJECTS: Final = {name: phrase(f"intake.subject.{name}") for name in TABLES["inspections"].column("subject").allowed}
_CARRIERS: Final = {
    name: phrase(f"intake.carrier.{name}") for name in TABLES["firms"].column("carrier").allowed if name
}
_FLAGS: Final = (
    "is_high_tech", "is_listed", "is_chain_leader", "is_single_champion", "is_hidden_champion", "is_little_giant",
)  # fmt: skip


def _amount(register: Register, name: str, unit: str, *, label: Text | None = None, written: str = "") -> Field:
    rule = register.intake.units[unit]
    return Field(
        name,
        label or phrase(f"intake.column.{name}"),
        "number",
        unit=unit,
        written=written or rule.written,
        minimum=rule.minimum,
        maximum=rule.maximum,
        is_whole=rule.is_whole,
    )


def _whole(register: Register, at: Field) -> Field:
    """A column of whole numbers with the bounds of counted things."""
    rule = register.intake.units["item"]
    return replace(at, minimum=rule.minimum, maximum=rule.maximum, is_whole=rule.is_whole)


def _indicators(register: Register) -> tuple[Field, ...]:
    fields = []
    for name in register.reported:
        at = register.indicators[name]
        rule = register.intake.units[at.unit]
        clauses = "、".join(
            sorted({t.clause for t in register.every_target.values() if t.indicator == name and t.clause})
        )
        kind = phrase(f"intake.kind.{at.kind}")
        note = Text(
            f"{at.how_zh}。{at.why_zh}。{kind.zh}" + (f"。条款 {clauses}" if clauses else ""),
            f"{at.how_en}. {at.why_en}. {kind.en}" + (f". Clause {clauses}" if clauses else ""),
        )
        fields.append(
            Field(
                name,
                at.label,
                "number",
                unit=at.unit,
                written=rule.written or at.counter_zh,
                is_value=True,
                counter=at.counter,
                note=note,
                minimum=rule.minimum,
                maximum=rule.maximum,
                is_whole=rule.is_whole,
            )
        )
    return tuple(fields)


def _said(register: Register, name: str, at: ElementField, nodes: Mapping[str, Text]) -> Field:
    """A field of an element as a column of its sheet."""
    kinds: dict[str, FieldKind] = {
        "word": "category", "level": "category", "node": "category", "measure": "category", "towns": "text",
    }  # fmt: skip
    measures = {item.id: item.label for item in register.indicators.values()}
    options = {"node": nodes, "measure": measures}.get(at.type) or register.elements.words(at)
    unit = WRITTEN_UNITS.get(at.unit, ("", 1.0))[0] if at.type == "number" else ""
    rule = register.intake.units.get(unit)
    is_year = at.type == "integer" and name == "year"
    said = Field(
        name,
        at.label,
        "year" if is_year else kinds.get(at.type, cast(FieldKind, at.type)),
        is_required=at.required,
        unit=unit,
        written=at.unit if unit else "",
        counter=UNITS.get(at.unit, Text(at.unit, "")) if at.type == "integer" else _NOTHING,
        words=_words(options),
        options=tuple(options.values()),
        minimum=rule.minimum if rule else None,
        maximum=rule.maximum if rule else None,
    )
    return _whole(register, said) if at.type == "integer" and not is_year else said


def _elements(
    register: Register, town: tuple[Field, ...], remark: Field, nodes: Mapping[str, Text]
) -> Iterator[SheetKind]:
    for kind in register.elements.kinds.values():
        said = (_said(register, name, at, nodes) for name, at in kind.columns.items())
        note = _note(register, kind)
        first, *rest = said
        yield SheetKind(kind.table, kind.label, (*town, replace(first, note=note), *rest, remark), checker=kind.checker)
    kinds = {name: kind.label for name, kind in register.elements.kinds.items()}
    stated = (
        _choice("kind", kinds, required=True),
        _plain("as_of", "date", required=True),
        replace(_whole(register, _plain("stated", "integer", required=True)), note=phrase("intake.stated_note")),
    )
    yield SheetKind(STATED, phrase("intake.sheet.element_returns"), (*town, *stated, remark), checker=EVERYBODY)


def _note(register: Register, kind: ElementKind) -> Text:
    """What stands under the first header of a kind's sheet: its reading, clauses and who checks."""
    office = register.elements.departments[kind.checker].label
    return Text(
        f"{kind.reading_zh}。条款 {'、'.join(kind.clauses)}；核对：{office.zh}",
        f"{kind.reading_en}. Clause {', '.join(kind.clauses)}; checked by: {office.en}",
    )


@lru_cache(maxsize=4)
def sheet_kinds(register: Register | None = None) -> tuple[SheetKind, ...]:
    """The sheets, in the order of the template."""
    register = register or load()
    town = (
        Field("town_code", phrase("intake.column.town_code"), "town", is_required=True),
        Field("town_name", phrase("intake.column.town_name"), "town_name"),
        _plain("prefecture", "note"),
        _plain("county", "note"),
    )
    period = _plain("period", "period", required=True)
    remark = _plain("note", "note")
    chains = {chain.id: chain.label for chain in register.chains.values()}
    nodes: dict[str, Text] = {}
    for chain in register.chains.values():
        for node in chain.nodes:
            label = Text(f"{chain.label.zh}·{node.zh}", f"{chain.label.en} · {node.en}")
            nodes[chain.full_id(node.id)] = label
    land = tuple(
        Field(
            name,
            text,
            "number",
            unit="mu",
            written=register.intake.units["mu"].written,
            is_value=True,
            note=phrase(f"intake.land.{name}"),
            minimum=register.intake.units["mu"].minimum,
            maximum=register.intake.units["mu"].maximum,
        )
        for name, text in LAND_TYPES.items()
    )
    firm = (
        _plain("firm_id", "text", required=True),
        _plain("name_zh", "text", required=True),
        *town,
        period,
        _choice("chain_id", chains),
        _choice("node_id", nodes),
        *(_plain(name, "flag") for name in _FLAGS),
        _choice("carrier", _CARRIERS),
        _amount(register, "revenue_yuan", "yuan"),
        _amount(register, "tax_yuan", "yuan"),
        _amount(register, "staff_count", "count", written="人"),
        remark,
    )
    bounds = {name: TABLES["towns"].column(name) for name in ("lat", "lon", "position_uncertainty_km")}
    facts = (
        # A code of its own kind: here, and here alone, it may be a new one.
        replace(town[0], note=phrase("intake.towns_code")),
        Field("name_zh", phrase("intake.column.town_zh"), "text", note=phrase("intake.towns_new")),
        Field("name_en", phrase("intake.column.town_en"), "text", note=phrase("intake.towns_new")),
        _plain("alias", "text"),
        Field(COUNTY, phrase("intake.column.county_adcode"), "text", note=phrase("intake.towns_new")),
        replace(_choice("industry_class", INDUSTRY_CLASSES), note=phrase("intake.towns_new")),
        _plain("specialty_industry", "text"),
        _plain("specialty_industry_en", "text"),
        *(_plain(name, "date") for name in ("created_on", "named_on")),
        *(_plain(name, "text") for name in ("creation_batch", "naming_batch")),
        *(
            Field(name, phrase(f"intake.column.{name}"), "number", minimum=column.minimum, maximum=column.maximum)
            for name, column in bounds.items()
        ),
        _amount(register, "area_km2", "km2"),
        _choice("area_land_type", LAND_TYPES),
        remark,
    )
    changes = (
        *town,
        _plain("effective_on", "date", required=True),
        _choice("list_status", LIST_STATUSES, required=True),
        _plain("basis", "text"),
        remark,
    )
    return (
        SheetKind(
            "returns",
            phrase("intake.sheet.returns"),
            (*town, period, *_indicators(register), remark),
            "indicator",
            "value",
        ),
        SheetKind("land", phrase("intake.sheet.land"), (*town, period, *land, remark), "land_type", "area_mu"),
        SheetKind(
            "assessments",
            phrase("intake.sheet.assessments"),
            (*town, _plain("year", "year", required=True), _choice("grade", _GRADES, required=True), remark),
        ),
        SheetKind(
            "plans",
            phrase("intake.sheet.plans"),
            (
                *town,
                _plain("starts_on", "date", required=True),
                _plain("ends_on", "date", required=True),
                _amount(register, "planned_investment_yuan", "yuan"),
                remark,
            ),
        ),
        SheetKind(
            "extensions",
            phrase("intake.sheet.extensions"),
            (
                *town,
                _plain("approved_on", "date", required=True),
                _plain("ends_on", "date", required=True),
                _plain("basis", "text"),
                remark,
            ),
        ),
        SheetKind(
            "inspections",
            phrase("intake.sheet.inspections"),
            (
                *town,
                _plain("inspected_on", "date", required=True),
                _choice("subject", _SUBJECTS, required=True),
                _plain("is_breach", "flag", required=True),
                _plain("remark", "text"),
            ),
        ),
        SheetKind("firms", phrase("intake.sheet.firms"), firm),
        SheetKind("list_history", phrase("intake.sheet.list_history"), changes),
        SheetKind(TOWNS, phrase("intake.sheet.towns"), facts),
        *_elements(register, town, remark, nodes),
    )


def sheet_title(table: str) -> Text:
    """What a table is called, in the template and wherever its rows are told."""
    return next(kind.title for kind in sheet_kinds() if kind.table == table)


@lru_cache(maxsize=16)
def long_kind(kind: SheetKind) -> SheetKind:
    """The same table with one value a row, as exports and databases hold it."""
    spread = {field.name: field.label for field in kind.fields if field.is_value}
    shared = tuple(field for field in kind.fields if not field.is_value)
    extra = (
        Field(kind.spread, phrase(f"intake.column.{kind.spread}"), "category", is_required=True, words=_words(spread)),
        Field(kind.value, phrase(f"intake.column.{kind.value}"), "number", is_required=True, is_value=True),
        Field("unit", phrase("intake.column.unit"), "unit"),
    )
    return SheetKind(kind.table, kind.title, (*shared, *extra), kind.spread, kind.value)


# What our own downloads call a column that the template names otherwise.
_EXPORTED: Final[Mapping[str, str]] = {
    "town_name": "towns.name", "town_code": "towns.code", "firm_id": "firms.id", "revenue_yuan": "firms.revenue",
    "tax_yuan": "firms.tax", "staff_count": "firms.staff", "carrier": "firms.carrier", "is_listed": "firms.listed",
    "node_id": "firms.node_id",
}  # fmt: skip


@lru_cache(maxsize=64)
def header_names(kind: SheetKind) -> Mapping[str, Field]:
    """Normalised header -> field: both languages, the name in the schema, and what our own downloads write."""
    names = {
        normal(word): field
        for field in kind.fields
        if field.name in _EXPORTED
        for word in phrase(_EXPORTED[field.name])
    }
    if kind.table == "firms":
        marks = load().chain_rules.tiers.values()
        flags = {at.name: at for at in kind.fields if at.kind == "flag"}
        for mark in marks:
            if flag := flags.get(f"is_{mark.id.removesuffix('_count')}"):
                names |= {normal(word): flag for word in mark.label}
    for at in kind.fields:
        names |= {normal(word): at for word in (at.name, at.label.zh, at.label.en)}
    return names
