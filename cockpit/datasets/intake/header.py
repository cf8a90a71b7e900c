"""What is known of a sheet while it is read: its findings, its columns and where they stand.

May import the ground floor, `findings` and the other intake modules. Pure.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

from cockpit.datasets import findings as findings
from cockpit.datasets.findings import Finding, Remark, Severity
from cockpit.datasets.intake.parts import column_letters
from cockpit.datasets.intake.reading import Grid
from cockpit.datasets.template.sheets import Field, SheetKind
from cockpit.texts import revealed

WARNINGS: Final = frozenset(
    {
        "blank_word", "full_width", "thousands", "unit_in_cell", "date_as_text", "stray_note", "total_row",
        "hidden_sheet", "hidden_rows", "hidden_columns", "unknown_sheet", "unknown_column", "town_name_differs",
        "jump", "invisible_signs", "old_template", "outside_scope", "empty_sheet", "more", "unit_assumed", "to_zero",
        "reference_changed", "county_differs", "far_from_county", "no_header", "computed_column", "period_differs",
        "firm_code_read", "firm_name_differs", "name_passed_on", "maybe_split", "other_measure", "header_again",
        "above_table", "as_cumulative", "beside_cells", "comment", "firm_moved", "firm_twice", "other_ending",
        "shown_with_word", "town_renamed", "element_expired", "element_twin", "element_above", "element_stated",
        "element_alarm", "element_elsewhere", "element_fixed", "element_none_open", "firm_new",
        "power_of_ten", "list_restated", "list_step_back", "restated", "firm_part_year",
        "span_too_long", "far_ahead", "element_partner", "element_mountain", "element_area",
    }
)  # fmt: skip


def severity(rule: str) -> Severity:
    return "warning" if rule in WARNINGS else "error"


@dataclass
class Notes:
    """Findings of one sheet, cut off where a rule repeats too often, and the remarks that stand beside its figures."""

    grid: Grid
    limit: int
    remarks: list[Remark] = field(default_factory=list)
    assumed: dict[str, tuple[Field, str]] = field(default_factory=dict)  # name -> field and cell of its header
    found: list[Finding] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def assume(self, column: Placed, field: Field, row: int) -> None:
        """Note money whose unit nothing states: the template's is taken, and told where no earlier figure guards it."""
        if field.unit == "yuan" and not column.stated and not column.is_base:
            self.assumed.setdefault(field.name, (field, f"{column.letters}{row + 1}"))

    def add(self, rule: str, cell: str = "", value: object = "", **values: object) -> None:
        self.counts[rule] += 1
        if self.counts[rule] <= self.limit:
            shown = revealed(findings.shown(value))
            self.found.append(Finding(self.grid.file, self.grid.sheet, cell, shown, rule, severity(rule), values))

    def close(self) -> list[Finding]:
        for rule, count in self.counts.items():
            if count > self.limit:
                first = next(finding for finding in self.found if finding.rule == rule)
                rest = {"count": count - self.limit, "cell": first.cell, "more": count}
                self.found.append(replace(first, rule="more", cell="", value="", values=rest, town_code=""))
        return self.found


@dataclass(frozen=True)
class Placed:
    """A column of the grid that is understood: where it stands, what it holds, the unit it is written in.

    `stated` is the cell that states the unit, "" while nothing does and the template's is taken; `is_base`: the header
    is the schema's name, which states the base unit.
    """

    at: int
    field: Field
    unit: str
    stated: str = ""
    is_base: bool = False

    @cached_property
    def letters(self) -> str:
        return column_letters(self.at + 1)


@dataclass(frozen=True)
class Header:
    """Where the columns stand. `row` is the index of the last row of names, `top` of the first, `first` that of the
    first row of data; `heads` are the columns that have a name. `is_long`: one value a row."""

    kind: SheetKind
    columns: tuple[Placed, ...]
    row: int
    first: int
    is_long: bool
    top: int
    heads: frozenset[int]
    references: tuple[Placed, ...] = ()  # columns that repeat the last period's figures

    @cached_property
    def naming(self) -> tuple[int, ...]:
        """Columns that say which town a row is about, or which area: where totals are named."""
        kinds = ("town", "town_name")
        return tuple(
            at.at for at in self.columns if at.field.kind in kinds or at.field.name in ("prefecture", "county")
        )

    def of_kind(self, *kinds: str) -> frozenset[int]:
        """Places of the columns of some kinds."""
        return frozenset(at.at for at in self.columns if at.field.kind in kinds)

    def get(self, name: str) -> Placed | None:
        return next((column for column in self.columns if column.field.name == name), None)
