"""The gap of a target as one table: four parts across, areas or classes down, towns of one part; rounded to add up.

Pure: parts in, figures out. Cockpit, wall and pack show the same figures from here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, Literal

import numpy as np
import pandas as pd

from cockpit import units
from cockpit.analysis import attribution
from cockpit.analysis.briefing import Card, GapParts
from cockpit.analysis.briefing.gaps import MOVEMENTS, Movement
from cockpit.phrases import say
from cockpit.units import Figure, Scale, percent_figure
from cockpit.vocabulary import INDUSTRY_CLASSES, PREFECTURES, Language
from cockpit.wholes import rounded_to_sum

Column = Movement | Literal["value"]
_WHOLE_FROM: Final = 30.0  # a total of this many display units is written without decimals


@dataclass(frozen=True)
class PartWords:
    """One of the four parts: its name, how many towns, its amount."""

    movement: Movement
    name: str
    towns: int
    figure: Figure
    note: str

    @property
    def text(self) -> str:
        return self.figure.number


@dataclass(frozen=True)
class Row:
    """A group: its amounts by part and in all, None where it has none of the part."""

    key: str
    name: str
    figures: Mapping[Column, Figure | None]

    def value(self, column: Column) -> float:
        """In base units, zero where there is none."""
        figure = self.figures[column]
        return (figure.value or 0.0) if figure else 0.0

    def text(self, column: Column) -> str:
        figure = self.figures[column]
        return figure.number if figure else ""


@dataclass(frozen=True)
class TownRow:
    """A town of the part shown, or all others at one end (`key` ""): amount and how much of its expected value."""

    key: str
    name: str
    figure: Figure
    done: Figure | None = None

    @property
    def text(self) -> str:
        return self.figure.number

    @property
    def value(self) -> float:
        return self.figure.value or 0.0


@dataclass(frozen=True)
class GapTable:
    """What is told of one gap. `areas` are counties where one prefecture is left (`by_county`), else prefectures."""

    unit: str
    total: Figure
    parts: tuple[PartWords, ...]
    by_county: bool
    areas: tuple[Row, ...]
    classes: tuple[Row, ...]
    sums: Mapping[Column, Figure]
    finding: str
    method: str

    def part(self, movement: str) -> PartWords:
        return next(part for part in self.parts if part.movement == movement)


def part_name(parts: GapParts, movement: Movement, language: Language) -> str:
    """What a part is called; towns that left are 淘汰 only where all of them were struck off."""
    if movement == "exit":
        own = parts.towns[parts.towns["part"] == "exit"]
        if len(own) and bool((own["status"] == "removed").all()):
            return say("gap.part_removed", language)
    return say(f"gap.part_{movement}", language)


def town_tag(part: str, status: str, was_listed: bool, language: Language) -> str:
    """The tag at a town's name, "" for one of the same towns."""
    if part == "same":
        return ""
    if part == "entrant" and was_listed:
        return say("gap.tag_base", language)
    return say("gap.tag_removed" if part == "exit" and status == "removed" else f"gap.tag_{part}", language)


@dataclass(frozen=True)
class _Steps:
    """In what the parts of one gap are written: whole numbers of `step` (base units), one scale for the table."""

    step: float
    scale: Scale

    def figure(self, count: int) -> Figure:
        return self.scale.figure(count * self.step)

    def maybe(self, count: int | None) -> Figure | None:
        return None if count is None else self.figure(count)


def _steps(parts: GapParts, language: Language) -> _Steps:
    """The total decides the unit, the largest part the decimals."""
    scale = scale_of(parts.card, language)
    if parts.card.indicator.unit == "share":
        digits = 2
    elif parts.card.indicator.unit == "count":
        digits = 0
    else:
        largest = max(abs(part.value or 0.0) for part in parts.parts) / scale.divisor
        digits = 0 if largest >= _WHOLE_FROM else 1
    return _Steps(scale.divisor * 10.0**-digits, replace(scale, decimals=digits, is_signed=True))


@lru_cache(maxsize=256)
def gap_table(parts: GapParts, language: Language) -> GapTable:
    """Round the four parts to the total, every column to its part; what stands at a row's end is the sum of the row."""
    steps = _steps(parts, language)
    step, unit = steps.step, steps.scale.unit
    whole = rounded_to_sum([part.value for part in parts.parts], parts.total, step)
    totals: dict[Movement, int | None] = dict(zip(MOVEMENTS, whole, strict=True))
    words = tuple(
        PartWords(
            movement=part.movement,
            name=part_name(parts, part.movement, language),
            towns=part.towns,
            figure=steps.maybe(totals[part.movement]) or Figure(None),
            note=say(f"gap.note_{part.movement}", language, year=parts.base_year),
        )
        for part in parts.parts
    )
    by_county = len(parts.by_county) > 0
    prefectures = {code: name.say(language) for code, name in PREFECTURES.items()}
    towns = parts.names_zh if language == "zh" else parts.names_en
    areas = _rows(
        parts.by_county if by_county else parts.by_prefecture, totals, towns if by_county else prefectures, steps
    )
    classes = _rows(
        parts.by_class, totals, {code: name.say(language) for code, name in INDUSTRY_CLASSES.items()}, steps
    )
    sums: dict[Column, Figure] = {movement: steps.maybe(count) or Figure(None) for movement, count in totals.items()}
    sums["value"] = steps.figure(sum(count or 0 for count in whole))
    key = "gap.method_ratio" if parts.card.indicator.is_ratio else "gap.method_sum"
    return GapTable(
        unit=unit,
        total=sums["value"],
        parts=words,
        by_county=by_county,
        areas=areas,
        classes=classes,
        sums=sums,
        finding=_finding(parts, areas, unit, language),
        method=say(key, language, year=parts.base_year),
    )


def _rows(
    frame: pd.DataFrame,
    totals: Mapping[Movement, int | None],
    names: Mapping[str, str],
    steps: _Steps,
) -> tuple[Row, ...]:
    columns: dict[Movement, list[int | None]] = {}
    for movement in MOVEMENTS:
        values = [None if value != value else value for value in frame[movement].tolist()]
        columns[movement] = rounded_to_sum(values, (totals[movement] or 0) * steps.step, steps.step)
    rows = []
    for place, key in enumerate(frame["key"]):
        counts: dict[Column, int | None] = {movement: columns[movement][place] for movement in MOVEMENTS}
        counts["value"] = sum(count or 0 for count in counts.values())
        rows.append(
            Row(
                str(key),
                names.get(str(key), str(key)),
                {column: steps.maybe(count) for column, count in counts.items()},
            )
        )
    return tuple(rows)


def summed(rows: Sequence[Row], column: Column) -> Figure | None:
    """Sum of rounded figures of one column, written as the others of the table are; None where there is none."""
    known = [figure for row in rows if (figure := row.figures[column])]
    return replace(known[0], value=sum(figure.value or 0.0 for figure in known)) if known else None


def _finding(parts: GapParts, areas: tuple[Row, ...], unit: str, language: Language) -> str:
    """Whose same towns weigh most, and what hides it."""
    if len(areas) < 2:
        return ""
    lead = areas[0]
    same = lead.value("same")
    if same >= 0:
        return say("gap.finding_none", language)
    sentence = say("gap.finding", language, name=lead.name, value=_amount(lead, "same"), unit=unit)
    entrant = lead.value("entrant")
    if entrant > -same / 2:
        sentence += say("gap.finding_hidden", language, value=_amount(lead, "entrant"), unit=unit)
    return sentence


def _amount(row: Row, column: Column) -> str:
    """The number alone, where the words say the direction."""
    figure = row.figures[column]
    return replace(figure, value=abs(row.value(column)), is_signed=False).number if figure else ""


@lru_cache(maxsize=512)
def town_rows(
    parts: GapParts, movement: Movement, language: Language, lows: int = 6, highs: int = 3
) -> tuple[TownRow, ...]:
    """Towns of one part: those that pull down most, all others that do as one row; the same of those that pull up."""
    steps = _steps(parts, language)
    step = steps.step
    table = parts.towns
    own = np.flatnonzero((table["part"].to_numpy() == movement) & table["value"].notna().to_numpy())
    if not len(own):
        return ()
    # The part as the strip writes it, so that the list sums to it.
    whole = rounded_to_sum([part.value for part in parts.parts], parts.total, step)
    total = dict(zip(MOVEMENTS, whole, strict=True))[movement] or 0
    codes, values = table.index.to_numpy()[own], table["value"].to_numpy()[own]
    actual, expected = table["actual"].to_numpy()[own], table["expected"].to_numpy()[own]
    low, high, between = attribution.ends(values, lows, highs)
    names = parts.names_zh if language == "zh" else parts.names_en
    listed: list[tuple[str, str, float, Figure | None]] = []
    for end, key, rest in (
        (low, "gap.rest_widens", between[values[between] < 0]),
        (high, "gap.rest_closes", between[values[between] >= 0]),
    ):
        listed += [
            (str(codes[at]), names[str(codes[at])], float(values[at]), _done(float(actual[at]), float(expected[at])))
            for at in end
        ]
        if len(rest):
            listed.append(("", say(key, language, count=len(rest)), float(values[rest].sum()), None))
    counts = rounded_to_sum([value for _, _, value, _ in listed], total * step, step)
    return tuple(
        TownRow(code, name, steps.figure(count or 0), done)
        for (code, name, _, done), count in zip(listed, counts, strict=True)
    )


def _done(actual: float, expected: float) -> Figure | None:
    """Actual as a share of what was expected of the town; of a ratio, which expects nothing of one town, its own."""
    if actual != actual:
        return None
    if expected != expected:
        return percent_figure(actual)
    return percent_figure(actual / expected) if expected > 0 else None


def scale_of(card: Card, language: Language) -> Scale:
    """In what differences and parts of one target's figure are written."""
    if card.indicator.unit == "share":
        return Scale(0.01, say("gap.points", language))
    if card.indicator.unit == "yuan":
        # One step finer than the target: a gap of 81.4 billion yuan reads as 814 亿元.
        step = 1e8 if language == "zh" else 1e9
        return units.scale_of(step, "yuan", language, step=step)
    return Scale(1.0, card.indicator.counter.say(language))


def axis_scale(values: Iterable[float | None], card: Card, language: Language) -> Scale:
    """The same with one number of decimals for all `values`; counts are whole."""
    scale = display_scale(card, language)
    if card.indicator.unit == "count":
        return replace(scale, decimals=0)
    return scale.fixed(values, 3 if card.indicator.unit == "share" else 4)


def display_scale(card: Card, language: Language) -> Scale:
    """In what the axis of one target is written."""
    indicator = card.indicator
    return units.scale_of(card.target.base_value, indicator.unit, language, counter=indicator.counter)
