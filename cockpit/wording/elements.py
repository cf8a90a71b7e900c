"""How elements (要素) read: what an entry says, field by field, and the heads it stands under.

Pure; may import analysis and the ground floor.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import pandas as pd

from cockpit.analysis.briefing.element_freshness import KindFreshness
from cockpit.datasets.template.sheets import UNITS
from cockpit.days import last_day
from cockpit.phrases import say
from cockpit.policy.elements import ElementDesign, ElementField, ElementKind
from cockpit.policy.register import Register, load
from cockpit.texts import written
from cockpit.units import WRITTEN_UNITS, Period, Scale, column_scale
from cockpit.vocabulary import Language, Text


@dataclass(frozen=True)
class Told:
    """A column of entries: its head with unit, and the text of each."""

    head: str
    texts: tuple[str, ...]


@lru_cache(maxsize=4)
def node_names(register: Register) -> Mapping[str, Text]:
    """Node of a chain -> chain and node as people say them."""
    return {
        chain.full_id(node.id): Text(f"{chain.label.zh}·{node.zh}", f"{chain.label.en} · {node.en}")
        for chain in register.chains.values()
        for node in chain.nodes
    }


def words_of(field: ElementField, design: ElementDesign) -> Mapping[str, Text]:
    """What a word, a level, a node or an indicator is called."""
    if field.type == "measure":
        return {name: item.label for name, item in load().indicators.items()}
    return node_names(load()) if field.type == "node" else design.words(field)


def amounts(values: list[float | None], field: ElementField, language: Language) -> Scale:
    """In what a column of amounts is written: money by its size, counts in the record's own word."""
    counter = UNITS.get(field.unit, Text(field.unit, ""))
    unit, _ = WRITTEN_UNITS.get(field.unit, ("count", 1.0))
    return column_scale(values, unit, language, counter=counter if unit == "count" else None)


def together(kind: ElementKind, name: str) -> tuple[str, ...]:
    """Amounts that stand in one unit with another: all of its kind that are written in the same."""
    unit = kind.columns[name].unit
    return tuple(other for other, at in kind.columns.items() if at.type == kind.columns[name].type and at.unit == unit)


def column(kind: ElementKind, name: str, frame: pd.DataFrame, design: ElementDesign, language: Language) -> Told:
    """A field of entries as a column; amounts of one unit stand in one scale, so that they can be compared."""
    field = kind.columns[name]
    label = field.label.say(language)
    if field.type in ("number", "integer"):
        values = [None if pd.isna(value) else float(value) for value in frame[name]]
        if name == "year":
            return Told(label, tuple("" if value is None else f"{value:.0f}" for value in values))
        every = [None if pd.isna(value) else float(value) for other in together(kind, name) for value in frame[other]]
        scale = amounts(every, field, language)
        head = f"{label}（{scale.unit}）" if language == "zh" else f"{label} ({scale.unit})"
        return Told(head if scale.unit else label, tuple(scale.figure(value).number for value in values))
    return Told(label, tuple(text(field, value, design, language) for value in frame[name]))


def text(field: ElementField, value: Any, design: ElementDesign, language: Language) -> str:
    """One value of a field that is no amount; "" for what was not said."""
    if pd.isna(value):
        return ""
    if field.type == "flag":
        return say("intake.yes" if value else "intake.no", language)
    if field.type == "period":
        return Period.parse(str(value)).say(language)
    words = words_of(field, design)
    return words[str(value)].say(language) if str(value) in words else str(value)


def freshness(fresh: KindFreshness, language: Language) -> str:
    """When a kind was last told, and who told it in time for the period that was due."""
    last = say("elements.last_told", language, day=fresh.last) if fresh.last else say("elements.never_told", language)
    if fresh.due is None:
        return f"{last}{say('elements.no_duty', language)}"
    counts = {"reported": fresh.reported, "late": fresh.late, "missing": fresh.missing}
    due = say("elements.due", language, period=Period.parse(fresh.due.period).say(language), **counts)
    return f"{last}{due}{say('elements.stale', language) if fresh.is_stale else ''}"


def called(kind: ElementKind, row: Mapping[str, Any], design: ElementDesign, language: Language) -> str:
    """What an entry is called: the fields that tell it from another, but for its day."""
    parts = [
        text(kind.columns[name], row[name], design, language)
        for name in kind.key
        if kind.columns[name].type not in ("date", "period", "integer")
    ]
    return " · ".join(part for part in parts if part)


def when(kind: ElementKind, row: Mapping[str, Any], language: Language) -> str:
    """The day, year or period an entry is of."""
    if kind.time in ("year", "period"):
        return Period.parse(str(row[kind.time])).say(language)
    return written(row["since" if kind.time == "span" else "on"]) or "—"  # what is not done yet has no day


def ends(kind: ElementKind, row: Mapping[str, Any], as_of: date, language: Language) -> str:
    """Until when an entry counts; "" for one that has no end."""
    until = row.get("until")
    if kind.time != "span" or until is None or pd.isna(until):
        return ""
    day = last_day(until)
    over = day is not None and day < as_of
    return say("elements.ended" if over else "elements.until", language, day=str(until))
