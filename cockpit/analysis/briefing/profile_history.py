"""What happened to a town and what public reports say of it.

Pure; part of `briefing`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cockpit.analysis.boundary_changes import TABLE
from cockpit.analysis.briefing.profile_province import Province
from cockpit.analysis.briefing.profile_record import Entry, Report
from cockpit.days import first_day
from cockpit.policy.town_code_design import HistoryKind
from cockpit.vocabulary import Provenance


def text_of(value: object) -> str:
    return value if isinstance(value, str) else ""


def ids_of(value: object) -> tuple[str, ...]:
    return tuple(text_of(value).split())


def history_of(shared: Province, code: str, row: Mapping[str, Any]) -> tuple[Entry, ...]:
    """Lists, assessments, plans, extensions and breaches up to the day, oldest first."""

    def made(kind: HistoryKind, day: object, word: object, line: Mapping[str, Any], **more: Any) -> Entry:
        return Entry(str(day), kind, str(word), Provenance(line["provenance"]), ids_of(line.get("source_ids")), **more)

    batches = {"creating": text_of(row["creation_batch"]), "named": text_of(row["naming_batch"])}
    found = [
        made("list", line["effective_on"], line["list_status"], line, batch=batches.get(str(line["list_status"]), ""))
        for line in shared.rows_of("list_history", code)
    ]
    found += [made("assessment", line["year"], line["grade"], line) for line in shared.rows_of("assessments", code)]
    found += [
        made(
            "plan", line["starts_on"], "", line, until=str(line["ends_on"]), amount_yuan=line["planned_investment_yuan"]
        )
        for line in shared.rows_of("plans", code)
    ]
    found += [
        made("extension", line["approved_on"], "", line, until=str(line["ends_on"]))
        for line in shared.rows_of("extensions", code)
    ]
    found += [
        made("boundary", line["on"], "", line, areas=(line["before"], line["after"]))
        for line in shared.rows_of(TABLE, code)
    ]
    found += [
        made("breach", line["inspected_on"], line["subject"], line)
        for line in shared.rows_of("inspections", code)
        if line["is_breach"]
    ]
    found = [entry for entry in found if (begun := first_day(entry.day)) is not None and begun <= shared.as_of]
    kinds = list(shared.register.town_code.history)

    def when(entry: Entry) -> tuple[str, int]:
        # An assessment is of a whole year and comes at its end; a listing known to the month counts from its start.
        return f"{entry.day}-12-31" if entry.kind == "assessment" else entry.day, kinds.index(entry.kind)

    return tuple(sorted(found, key=when))


def reports_of(shared: Province, code: str) -> tuple[Report, ...]:
    """Figures of public reports, as written there."""
    return tuple(
        Report(
            indicator=str(line["indicator_written"]),
            period=text_of(line["period_written"]),
            value=None if line["value_written"] is None else float(line["value_written"]),
            unit=text_of(line["unit_written"]),
            qualifier=text_of(line["qualifier"]),
            scope=text_of(line["subject_scope"]),
            quote=text_of(line["quote"]),
            source_ids=ids_of(line["source_ids"]),
        )
        for line in shared.rows_of("facts", code)
    )
