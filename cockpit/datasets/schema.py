"""Tables and columns of a dataset version, declared once.

Imports the ground floor, the figures of firms and the records of elements, whose kinds are tables by being on record.
Values are in base units; the unit of a column is the suffix of its name, of an element's field its record's. A `period`
is `2025` (full year) or `2026-09` (year to date); flows are year-to-date sums, stocks as at the period's end. Dates are
ISO text because some are known to the month only (`2020-10`).

Versions are kept for good, so the schema only grows: a new column, or a new table, is optional, and `SCHEMA` goes up by
one. A version written before it is read with that column filled by missing values (`fitted`) and that table empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, Literal

from cockpit.datasets.firm_figures import AMOUNTS, FIGURES
from cockpit.policy.elements import PREFIX, STATED, TIMES, ElementDesign, ElementField, FieldType, shipped
from cockpit.vocabulary import INDUSTRY_CLASSES, LAND_TYPES, LIST_STATUSES, PREFECTURES, QUALIFIERS, SCOPES, Provenance

# What manifests carry as `schema`. 1: versions whose manifest carries none. 2: figures taken back (`withdrawals`).
# 3: elements, a table a kind; kinds that come or go later change nothing, their tables are optional.
SCHEMA: Final = 3

Kind = Literal["text", "category", "number", "integer", "flag", "date", "period"]


@dataclass(frozen=True)
class Column:
    """One column: how it is stored and what may stand in it.

    `may_be_new`: a field that a kind of element may have got after some version was written.
    """

    name: str
    kind: Kind = "text"
    required: bool = False
    allowed: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    may_be_new: bool = False

    @property
    def must_be_there(self) -> bool:
        """Whether no version can do without."""
        return self.required and not self.may_be_new


@dataclass(frozen=True)
class Table:
    """One table: its key and columns."""

    name: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    optional: bool = field(default=False)

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)


def _required(name: str, kind: Kind = "text", allowed: tuple[str, ...] = ()) -> Column:
    return Column(name, kind, required=True, allowed=allowed)


_PROVENANCE: Final = _required("provenance", "category", tuple(Provenance))
_TOWN: Final = _required("town_code")
_PERIOD: Final = _required("period", "period")

_STORED: Final[dict[FieldType, Kind]] = {
    "text": "text", "number": "number", "integer": "integer", "flag": "flag", "date": "date", "period": "period",
    "word": "category", "level": "category", "node": "category",
    "measure": "category", "towns": "text",
}  # fmt: skip


def is_element(table: str) -> bool:
    """Whether a table's name is that of elements, of a kind still on record or not."""
    return table.startswith(PREFIX)


def _elements(design: ElementDesign) -> Iterator[Table]:
    def column(name: str, at: ElementField, may_be_new: bool) -> Column:
        words = tuple(design.words(at))
        return Column(name, _STORED[at.type], required=at.required, allowed=words, may_be_new=may_be_new)

    for kind in design.kinds.values():
        always = (*kind.key, *TIMES[kind.time])
        said = tuple(column(name, at, name not in always) for name, at in kind.columns.items())
        own = (_TOWN, *said, _PROVENANCE, Column("source_ids"), Column("note"))
        yield Table(kind.table, ("town_code", *kind.key), own, optional=True)
    kinds = tuple(design.kinds)
    stated = (_TOWN, _required("kind", "category", kinds), _required("as_of", "date"), _required("stated", "integer"))
    yield Table(STATED, ("town_code", "kind"), (*stated, _PROVENANCE), optional=True)


TABLES: Final[dict[str, Table]] = {
    table.name: table
    for table in (
        Table(
            "towns",
            ("town_code",),
            (
                _TOWN,
                _required("name_zh"),
                _required("name_en"),  # our own translation, always shown as unofficial
                Column("alias"),
                _required("prefecture_adcode", "category", tuple(PREFECTURES)),
                _required("county_adcode", "category"),
                _required("industry_class", "category", tuple(INDUSTRY_CLASSES)),
                Column("industry_class_basis"),  # "stated in source" or "assigned by us"
                Column("specialty_industry", "category"),
                Column("specialty_industry_en", "category"),
                _required("list_status", "category", tuple(LIST_STATUSES)),
                Column("list_status_written"),  # the word in the source, e.g. 降格
                Column("status_as_of"),  # when the status was known, as written
                Column("created_on", "date"),
                Column("named_on", "date"),
                Column("creation_batch"),
                Column("naming_batch"),
                Column("lat", "number", minimum=27.0, maximum=31.3),
                Column("lon", "number", minimum=118.0, maximum=123.5),
                Column("position_uncertainty_km", "number", minimum=0),
                Column("area_km2", "number", minimum=0),
                Column("area_land_type", "category", allowed=tuple(LAND_TYPES)),
                _PROVENANCE,
                Column("source_ids"),
                Column("note"),
            ),
        ),
        Table(
            "returns",
            ("town_code", "period", "indicator"),
            (
                Column("town_code", "category", required=True),
                Column("period", "category", required=True),
                _required("indicator", "category"),
                _required("value", "number"),
                _PROVENANCE,
                Column("source_id", "category"),
            ),
        ),
        Table(
            "published",
            ("scope_written", "period", "indicator", "source_ids"),
            (
                _required("indicator", "category"),  # a register id, or a descriptive id for context figures
                _required("indicator_written"),
                _PERIOD,
                _required("period_written"),
                _required("scope", "category", tuple(SCOPES)),
                _required("scope_written"),
                _required("value", "number"),  # base unit
                _required("unit", "category"),  # base unit
                _required("value_written", "number"),
                _required("unit_written"),
                Column("qualifier", "category", allowed=tuple(QUALIFIERS)),
                _PROVENANCE,
                Column("is_target_scope", "flag"),  # like for like with the 2025 target
                Column("quote"),  # the phrase that carries the figure
                Column("source_ids"),
                Column("note"),
            ),
        ),
        Table(
            "facts",
            ("fact_id",),
            (
                _required("fact_id"),
                Column("town_code"),  # empty for a total of a prefecture or the province
                Column("subject_written"),
                _required("indicator_written"),
                Column("period", "period"),  # empty where the source gives none
                Column("period_written"),
                Column(
                    "period_kind",
                    "category",
                    allowed=("year", "year_to_date", "month", "cumulative", "plan", "unknown", "partial"),
                ),
                Column("value", "number"),
                Column("unit", "category"),
                Column("value_written", "number"),
                Column("unit_written"),
                Column("qualifier", "category", allowed=tuple(QUALIFIERS)),
                Column(
                    "reliability", "category", allowed=("published", "derived", "estimate", "secondary", "plan", "weak")
                ),
                Column(
                    "subject_scope",
                    "category",
                    allowed=("town", "part_of_town", "township", "industry", "prefecture", "province"),
                ),
                Column("conflicts_with"),  # fact_ids of figures that disagree
                Column("quote"),
                Column("source_ids"),
                _PROVENANCE,
                Column("note"),  # how a figure was derived, or why it is not the whole town
            ),
            optional=True,
        ),
        Table(
            "counties",
            ("county_adcode",),
            (
                _required("county_adcode"),
                _required("name_zh"),
                _required("name_en"),
                _required("prefecture_adcode", "category", tuple(PREFECTURES)),
                Column("label_lat", "number"),
                Column("label_lon", "number"),
                Column("is_mountain_county", "flag"),  # 山区26县, plan of 2021-2025
                Column("is_mountain_island_county_2024", "flag"),  # 山区海岛25县 since August 2024
            ),
        ),
        Table(
            "land",
            ("town_code", "period", "land_type"),
            (
                _TOWN,
                _PERIOD,
                _required("land_type", "category", tuple(LAND_TYPES)),
                _required("area_mu", "number"),
                _PROVENANCE,
            ),
            optional=True,
        ),
        Table(
            "list_history",
            ("town_code", "effective_on", "list_status"),
            (
                _TOWN,
                _required("effective_on", "date"),
                _required("list_status", "category", tuple(LIST_STATUSES)),
                Column("basis"),
                _PROVENANCE,
                Column("source_ids"),
            ),
        ),
        Table(
            "assessments",
            ("town_code", "year"),
            (
                _TOWN,
                _required("year", "integer"),
                _required("grade", "category", ("excellent", "good", "qualified", "warning", "demoted")),
                _PROVENANCE,
                Column("source_ids"),
            ),
            optional=True,
        ),
        Table(
            "plans",
            ("town_code", "starts_on"),
            (
                _TOWN,
                _required("starts_on", "date"),
                _required("ends_on", "date"),
                Column("planned_investment_yuan", "number"),
                _PROVENANCE,
            ),
            optional=True,
        ),
        Table(
            "extensions",
            ("town_code", "approved_on"),
            (
                _TOWN,
                _required("approved_on", "date"),
                _required("ends_on", "date"),  # last day of the extended creation period
                Column("basis"),
                _PROVENANCE,
            ),
            optional=True,
        ),
        Table(
            "inspections",
            ("town_code", "inspected_on", "subject"),
            (
                _TOWN,
                _required("inspected_on", "date"),
                _required("subject", "category", ("ecology_line", "farmland_line", "urban_boundary", "real_estate")),
                _required("is_breach", "flag"),
                Column("remark"),
                _PROVENANCE,
            ),
            optional=True,
        ),
        Table(
            "firms",
            ("firm_id", "period"),
            (
                _required("firm_id"),
                _PERIOD,
                _required("name_zh"),
                Column("town_code", "category", required=True),
                Column("chain_id", "category"),
                Column("node_id", "category"),
                Column("is_high_tech", "flag"),
                Column("is_listed", "flag"),
                Column("is_chain_leader", "flag"),
                Column("is_single_champion", "flag"),
                Column("is_hidden_champion", "flag"),
                Column("is_little_giant", "flag"),
                Column("carrier", "category", allowed=("", "maker_space", "incubator", "accelerator", "park")),
                Column("revenue_yuan", "number"),
                Column("tax_yuan", "number"),
                Column("staff_count", "number"),
                _PROVENANCE,
            ),
            optional=True,
        ),
        Table(
            "firm_cubes",  # derived: firms added up by (town, node) when the version is written
            ("period", "town_code", "chain_id", "node_id"),
            (
                Column("period", "category", required=True),
                Column("town_code", "category", required=True),
                Column("chain_id", "category"),  # "" for firms outside chains
                Column("node_id", "category"),
                *(Column(name, "integer", required=name not in AMOUNTS, minimum=0) for name in FIGURES),
            ),
            optional=True,
        ),
        Table(
            "node_silences",  # nodes a reporting town has said nothing about; all its others count as reported
            ("town_code", "node_id", "period"),
            (_TOWN, _required("node_id"), _PERIOD, _PROVENANCE),
            optional=True,
        ),
        Table(
            "return_sources",  # where a submitted figure was written: returns, and land in use under its indicator
            ("town_code", "period", "indicator"),
            (
                Column("town_code", "category", required=True),
                Column("period", "category", required=True),
                _required("indicator", "category"),
                _required("submission", "category"),
                _required("file", "category"),
                Column("sheet", "category"),  # empty for files without sheets
                _required("cell"),
                _required("submitted_by", "category"),
                _required("submitted_at", "category"),
            ),
            optional=True,
        ),
        Table(
            "withdrawals",  # figures taken back: missing since, and why
            ("table", "town_code", "period", "indicator"),
            (
                _required("table", "category", ("returns", "land", "firms")),
                _TOWN,
                _PERIOD,
                _required("indicator"),  # of land its type, of firms `<firm_id>.<column>`
                _required("reason"),
                Column("value", "number"),  # what was taken back, base unit
                Column("submission"),
                Column("file"),
                Column("sheet"),
                Column("cell"),
                Column("submitted_by"),
                Column("submitted_at"),
            ),
            optional=True,
        ),
        Table(
            "sources",
            ("source_id",),
            (
                _required("source_id"),
                _required("publisher"),
                Column("dated"),
                _required("kind", "category"),
                Column("link"),
            ),
        ),
        *_elements(shipped()),
    )
}
