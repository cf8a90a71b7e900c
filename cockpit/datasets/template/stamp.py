"""What a template says of itself on its first sheet: version, period, scope.

May import the ground floor, `loading` and `intake_fields`. Pure.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import pandas as pd

from cockpit.datasets.findings import shown
from cockpit.datasets.store.loading import Dataset
from cockpit.datasets.template.counties import counties_of
from cockpit.datasets.template.sheets import normal, sheet_kinds
from cockpit.errors import DatasetError, suggest
from cockpit.phrases import phrase
from cockpit.rights import ALL, Scope
from cockpit.vocabulary import PREFECTURES

# Who writes the comments of templates and of files that are returned. Older ones have none; people's programs write a
# name.
AUTHOR: Final = "cockpit"


@dataclass(frozen=True)
class Stamp:
    """As written; empty where the file has no stamp. `scope`: code of a prefecture or county, empty for all. `checker`:
    the department of a workbook of elements."""

    version: str = ""
    period: str = ""
    scope: str = ""
    checker: str = ""


@lru_cache(maxsize=1)
def template_version() -> str:
    """Changes when a sheet, a column or a unit of the template does."""
    parts = [
        (kind.table, field.name, field.label.zh, field.written, field.kind)
        for kind in sheet_kinds()
        if not kind.checker  # a new kind of elements makes nobody's template old
        for field in kind.fields
    ]
    return "T-" + hashlib.sha256(repr(parts).encode()).hexdigest()[:8]


def is_stamp_sheet(title: str) -> bool:
    return normal(title) in {
        normal(word)
        for word in (*phrase("intake.sheet.about"), *phrase("intake.sheet.summary"), *phrase("export.notes"))
    }


def is_ours(rows: Sequence[Sequence[Any]]) -> bool:
    """Whether a sheet of such a title was made here: the template's first sheet, our list of findings, the notes of a
    table downloaded here."""
    heads = {normal(cell) for cell in (rows[0] if rows else ())}
    labels = {normal(row[0]) for row in rows[:40] if row}
    if any(normal(word) in labels for word in phrase("export.dataset")):
        return True  # the notes of a table downloaded here
    listed = any({normal(word) for word in words} <= heads for words in zip(*map(phrase, _LISTED), strict=True))
    return listed or bool(read_stamp(rows).version)


_LISTED: Final = ("intake.severity", "intake.file", "intake.cell", "intake.what")


def read_stamp(rows: Sequence[Sequence[Any]]) -> Stamp:
    """The stamp of a first sheet: labels in column A, values in column B."""
    said = {normal(row[0]): shown(row[1]) for row in rows[:40] if len(row) > 1}

    def get(key: str) -> str:
        return next((said[normal(word)] for word in phrase(key) if normal(word) in said), "")

    scope = get("intake.about.scope").split(" ")[0]
    return Stamp(
        get("intake.about.stamp"),
        get("intake.about.period") or get("export.period"),
        scope if scope.isdigit() else "",
        get("intake.about.checker").split(" ")[0],
    )


def towns_of(dataset: Dataset, scope: str, seen: Scope = ALL) -> pd.DataFrame:
    """Towns of a prefecture or county (six digits, or its name), of all without a scope; by code; of those `seen`.

    Raises:
        DatasetError: no town stands there.
    """
    towns = dataset.towns
    if not seen.is_all:
        places = zip(towns["town_code"].astype(str), towns["county_adcode"].astype(str), strict=True)
        towns = towns[[seen.holds(*place) for place in places]]
    if not scope:
        return towns
    place = counties_of(dataset).find(scope)
    cities = {word: code for code, name in PREFECTURES.items() for word in (name.zh, f"{name.zh}市", name.en)}
    scope = place[0] if place else cities.get(scope, scope)
    inside = (towns["prefecture_adcode"].astype(str) == scope) | (towns["county_adcode"].astype(str) == scope)
    if not inside.any():
        if became := counties_of(dataset).today(scope):
            raise DatasetError(f"no town in {scope!r}", where="scope", remedy=f"{became.en} {became.zh}")
        known = [*towns["prefecture_adcode"].astype(str).unique(), *towns["county_adcode"].astype(str).unique()]
        raise DatasetError(f"no town in {scope!r}", where="scope", remedy=suggest(scope, known))
    return towns[inside]
