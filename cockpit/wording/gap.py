"""The gap of a target as one table: four parts across, areas or classes down, towns of one part; rounded to add up.

Pure: parts in, texts and whole numbers out. Cockpit, wall and pack show the same figures from here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

import numpy as np
import pandas as pd

from cockpit.analysis import attribution
from cockpit.analysis.briefing import Card, GapParts, Parts
from cockpit.analysis.briefing.gaps import MOVEMENTS, Movement
from cockpit.phrases import say
from cockpit.units import figure, minus, money_step, percent, rounded_to_sum
from cockpit.vocabulary import INDUSTRY_CLASSES, PREFECTURES, Language

Column = Movement | Literal["value"]
_WHOLE_FROM: Final = 30.0  # a total of this many display units is written without decimals


@dataclass(frozen=True)
class PartWords:
    """One of the four parts: its name, how many towns, its amount in words and as a number of display units."""

    movement: Movement
    name: str
    towns: int
    text: str
    value: float | None
    note: str


@dataclass(frozen=True)
class Row:
    """A group: its amounts by part and in all, in words ("" where it has none of the part) and in display units."""

    key: str
    name: str
    texts: Mapping[Column, str]
    values: Mapping[Column, float | None]
    tag: str = ""

    def value(self, column: Column) -> float:
        return self.values[column] or 0.0


@dataclass(frozen=True)
class TownRow:
    """A town of the part shown, or all others at one end (`key` ""): amount and how much of its expected value."""

    key: str
    name: str
    text: str
    value: float
    done: str = ""


@dataclass(frozen=True)
class GapTable:
    """What is told of one gap. `areas` are counties where one prefecture is left (`by_county`), else prefectures."""

    unit: str
    total: str
    total_value: float
    parts: tuple[PartWords, ...]
    by_county: bool
    areas: tuple[Row, ...]
    classes: tuple[Row, ...]
    sums: Mapping[Column, str]
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


def _step(parts: GapParts, language: Language) -> tuple[float, float, int]:
    """(display unit, smallest step written, decimals): one for the whole table, the total decides."""
    divisor, _ = scale_of(parts.card, language)
    if parts.card.indicator.unit == "share":
        return divisor, divisor * 0.01, 2
    if parts.card.indicator.unit == "count":
        return divisor, divisor, 0
    largest = max(abs(part.value or 0.0) for part in parts.parts) / divisor
    digits = 0 if largest >= _WHOLE_FROM else 1
    return divisor, divisor * 10.0**-digits, digits


def _text(count: int | None, digits: int) -> str:
    if count is None:
        return ""
    value = count / 10**digits
    return minus("0" if count == 0 else f"{value:+,.{digits}f}".replace(",", ""))


@lru_cache(maxsize=256)
def gap_table(parts: GapParts, language: Language) -> GapTable:
    """Round the four parts to the total, every column to its part; what stands at a row's end is the sum of the row."""
    divisor, step, digits = _step(parts, language)
    unit = scale_of(parts.card, language)[1]
    whole = rounded_to_sum([part.value for part in parts.parts], parts.total, step)
    totals: dict[Movement, int | None] = dict(zip(MOVEMENTS, whole, strict=True))
    scale = step / divisor
    words = tuple(
        PartWords(
            movement=part.movement,
            name=part_name(parts, part.movement, language),
            towns=part.towns,
            text=_text(totals[part.movement], digits) or "—",
            value=None if totals[part.movement] is None else (totals[part.movement] or 0) * scale,
            note=say(f"gap.note_{part.movement}", language, year=parts.base_year),
        )
        for part in parts.parts
    )
    by_county = len(parts.by_county) > 0
    prefectures = {code: name.say(language) for code, name in PREFECTURES.items()}
    towns = parts.names_zh if language == "zh" else parts.names_en
    areas = _rows(parts.by_county if by_county else parts.by_prefecture, totals, towns if by_county else prefectures,
                  step, scale, digits)  # fmt: skip
    classes = _rows(
        parts.by_class, totals, {code: name.say(language) for code, name in INDUSTRY_CLASSES.items()},
        step, scale, digits,
    )  # fmt: skip
    sums: dict[Column, str] = {movement: _text(count, digits) or "—" for movement, count in totals.items()}
    total = sum(count or 0 for count in whole)
    sums["value"] = _text(total, digits)
    key = "gap.method_ratio" if parts.card.indicator.is_ratio else "gap.method_sum"
    return GapTable(
        unit=unit,
        total=sums["value"],
        total_value=total * scale,
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
    step: float,
    scale: float,
    digits: int,
) -> tuple[Row, ...]:
    columns: dict[Movement, list[int | None]] = {}
    for movement in MOVEMENTS:
        values = [None if value != value else value for value in frame[movement].tolist()]
        columns[movement] = rounded_to_sum(values, (totals[movement] or 0) * step, step)
    rows = []
    for place, key in enumerate(frame["key"]):
        counts: dict[Column, int | None] = {movement: columns[movement][place] for movement in MOVEMENTS}
        counts["value"] = sum(count or 0 for count in counts.values())
        rows.append(
            Row(
                str(key),
                names.get(str(key), str(key)),
                {column: _text(count, digits) for column, count in counts.items()},
                {column: None if count is None else count * scale for column, count in counts.items()},
            )
        )
    return tuple(rows)


def summed(rows: Sequence[Row], column: Column) -> str:
    """Sum of rounded figures of one column, written as the others of the table are; "" where there is none."""
    values = [row.values[column] for row in rows if row.values[column] is not None]
    if not values:
        return ""
    digits = max((len(row.texts[column].partition(".")[2]) for row in rows if row.texts[column]), default=0)
    total = round(sum(value for value in values if value is not None), digits)
    return minus("0" if total == 0 else f"{total:+.{digits}f}")


def _finding(parts: GapParts, areas: tuple[Row, ...], unit: str, language: Language) -> str:
    """Whose same towns weigh most, and what hides it."""
    if len(areas) < 2:
        return ""
    lead = areas[0]
    same = lead.value("same")
    if same >= 0:
        return say("gap.finding_none", language)
    amount = lead.texts["same"].lstrip("−+")
    sentence = say("gap.finding", language, name=lead.name, value=amount, unit=unit)
    entrant = lead.value("entrant")
    if entrant > -same / 2:
        sentence += say("gap.finding_hidden", language, value=lead.texts["entrant"].lstrip("−+"), unit=unit)
    return sentence


@lru_cache(maxsize=512)
def town_rows(
    parts: GapParts, movement: Movement, language: Language, lows: int = 6, highs: int = 3
) -> tuple[TownRow, ...]:
    """Towns of one part: those that pull down most, all others that do as one row; the same of those that pull up."""
    _, step, digits = _step(parts, language)
    divisor = scale_of(parts.card, language)[0]
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
    listed: list[tuple[str, str, float, str]] = []
    for end, key, rest in (
        (low, "gap.rest_widens", between[values[between] < 0]),
        (high, "gap.rest_closes", between[values[between] >= 0]),
    ):
        listed += [
            (str(codes[at]), names[str(codes[at])], float(values[at]), _done(float(actual[at]), float(expected[at])))
            for at in end
        ]
        if len(rest):
            listed.append(("", say(key, language, count=len(rest)), float(values[rest].sum()), ""))
    counts = rounded_to_sum([value for _, _, value, _ in listed], total * step, step)
    return tuple(
        TownRow(code, name, _text(count, digits), (count or 0) * step / divisor, done)
        for (code, name, _, done), count in zip(listed, counts, strict=True)
    )


def _done(actual: float, expected: float) -> str:
    """Actual as a share of what was expected of the town; of a ratio, which expects nothing of one town, its own."""
    if actual != actual:
        return ""
    if expected != expected:
        return percent(actual)
    return percent(actual / expected) if expected > 0 else ""


def scale_of(card: Card, language: Language) -> tuple[float, str]:
    """(divisor, unit) of differences and parts of one target's figure."""
    if card.indicator.unit == "share":
        return 0.01, say("gap.points", language)
    if card.indicator.unit == "yuan":
        # One step finer than the target: a gap of 81.4 billion yuan reads as 814 亿元.
        step = 1e8 if language == "zh" else 1e9
        return step, figure(step, "yuan", language, scale=step).unit
    return 1.0, card.indicator.counter.say(language)


def gap_scale(parts: GapParts | Parts, language: Language) -> tuple[float, str]:
    """(divisor, unit) in which the parts of a gap are written; one for all, set by the headline target."""
    return scale_of(parts.card, language)


def display_scale(card: Card, language: Language) -> tuple[float, str]:
    """(divisor, unit) for the axis of one target."""
    indicator = card.indicator
    if indicator.unit == "share":
        return 0.01, "%"
    if indicator.unit == "yuan":
        step = money_step(card.target.base_value, language) or 1.0
        return step, figure(step, "yuan", language, scale=step).unit
    return 1.0, indicator.counter.say(language)
