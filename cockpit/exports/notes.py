"""What stands under every table that leaves the house: period, filters, how many, which version, simulated or not.

Pure. Written once, so that no download forgets the mark.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from cockpit.briefings import Desk
from cockpit.exports.tables import Cell, Head, Note, Sheet
from cockpit.phrases import say
from cockpit.units import Period
from cockpit.vocabulary import PROVENANCES, Language, Provenance


def standing_notes(
    desk: Desk,
    language: Language,
    *,
    period: str,
    count: str,
    filters: str | None = None,
    special: Iterable[Note] = (),
    remarks: Iterable[str] = (),
) -> tuple[Note, ...]:
    """The notes of a table, as (label, text).

    `period` is a period's code, or words where there is none; `special` are the table's own labelled notes, which stand
    after the period; `remarks` are sentences without a label, at the end. The simulated mark comes first.
    """
    manifest = desk.dataset.manifest
    notes: list[Note] = []
    if manifest.is_simulated:
        notes.append((PROVENANCES[Provenance.SIMULATED].say(language), say("export.simulated", language)))
    notes.append((say("export.period", language), period))
    notes += special
    if filters is not None:
        notes.append((say("export.filters", language), filters))
    notes.append((say("export.count", language), count))
    notes.append(
        (
            say("export.dataset", language),
            f"{say(f'dataset.{manifest.dataset}', language)} {manifest.version} {manifest.published_at[:10]}",
        )
    )
    return (*notes, *(("", remark) for remark in remarks))


def period_words(code: str, language: Language) -> str:
    """`2025` -> 2025年, `2026-09` -> 2026年1–9月."""
    return Period.parse(code).say(language)


def sheet_of(
    frame: pd.DataFrame, heads: Mapping[str, Head], title: str, notes: tuple[Note, ...], language: Language
) -> Sheet:
    """A frame as shown, as a sheet: the unit has a line of its own instead of a place in the header.

    `heads` are those of the columns of figures, by the header the frame has.
    """
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        tuple(None if pd.isna(cell) else cell for cell in row) for row in frame.itertuples(index=False)
    )
    return Sheet(
        title=title,
        headers=tuple(heads[header].label if header in heads else header for header in frame.columns),
        units=tuple(heads[header].unit if header in heads else "" for header in frame.columns),
        rows=rows,
        notes=notes,
        notes_title=say("export.notes", language),
    )
