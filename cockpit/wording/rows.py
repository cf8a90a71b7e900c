"""Rows of any table of the template in words: a value as its sheet writes it, an entry by its key.

Pure; may import datasets and the ground floor.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final

import pandas as pd

from cockpit.datasets.publishing.merging import RowChange
from cockpit.datasets.template.sheets import Field, normal, sheet_kinds
from cockpit.phrases import say
from cockpit.units import Period, figure
from cockpit.vocabulary import Language

_DIGITS: Final = 8  # a reviewer compares with a file: nothing is rounded away


@lru_cache(maxsize=64)
def _fields(table: str) -> dict[str, Field]:
    return {at.name: at for kind in sheet_kinds() if kind.table == table for at in kind.fields}


def value(at: Field, written: Any, language: Language) -> str:
    """A stored value as the sheet of its table would write it, with its unit; "—" for none."""
    if written is None or pd.isna(written):
        return "—"
    if at.kind == "flag":
        return say("intake.yes" if written else "intake.no", language)
    if at.kind == "period":
        return Period.parse(str(written)).say(language)
    if at.kind == "number" and at.unit:
        return str(figure(float(written), at.unit, language, counter=at.counter, digits=_DIGITS))
    if at.kind in ("number", "integer", "year"):  # a year or a place in a row has no measure word
        return f"{float(written):.{_DIGITS}g} {at.counter.say(language)}".strip()
    return next((text.say(language) for text in at.options if at.words[normal(text.zh)] == written), str(written))


def entry(row: RowChange, language: Language) -> str:
    """What tells the row from others of its table and town."""
    fields = _fields(row.table)
    return " · ".join(value(fields[name], at, language) for name, at in row.key.items() if name in fields)


def lines(row: RowChange, language: Language) -> Iterator[str]:
    """Its fields, a line each: before and after, of a new row what it says. Columns nobody fills in are left out."""
    fields = _fields(row.table)
    for name, before, after in row.fields:
        if (at := fields.get(name)) is not None:
            told = {"label": at.label.say(language), "before": value(at, before, language)}
            told["after"] = told["value"] = value(at, after, language)
            yield say("data.row_field" if row.is_new else "data.row_from", language, **told)
