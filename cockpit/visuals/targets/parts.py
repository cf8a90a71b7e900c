"""How the parts of a target are drawn: the waterfall, the ranked table, and their words.

Pure: values in, specifications and frames out; may import analysis and the ground floor.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from typing import Any, Final

import pandas as pd
import pyarrow as pa

from cockpit.analysis.briefing import Card, Parts
from cockpit.phrases import say
from cockpit.units import Scale, scaled
from cockpit.visuals.marks import charts
from cockpit.visuals.marks.palette import Theme
from cockpit.visuals.targets import charts as target_charts
from cockpit.visuals.targets.trend import Drawing, short_value
from cockpit.vocabulary import INDUSTRY_CLASSES, PREFECTURES, Language
from cockpit.wording import gap as gap_words
from cockpit.wording import targets as wording

TABLE_FRAME: Final = 420
FEW: Final = 10
_LABELS: Final[dict[Language, dict[str, int]]] = {
    "zh": {"prefecture": 92, "county": 92, "class": 108, "town": 138},
    "en": {"prefecture": 132, "county": 150, "class": 138, "town": 176},
}


def group_names(parts: Parts, language: Language) -> dict[str, str]:
    """Key of a bar or a row -> its label."""
    if parts.by == "prefecture":
        names = {code: text.say(language) for code, text in PREFECTURES.items()}
    elif parts.by == "class":
        names = {code: text.say(language) for code, text in INDUSTRY_CLASSES.items()}
    else:
        names = dict(parts.names_zh if language == "zh" else parts.names_en)
    return names


def move_name(parts: Parts, movement: str, towns: int, language: Language) -> str:
    """What a part is called; those that left are 淘汰 only where all `towns` of them were struck off the list."""
    if movement == "exit" and towns and towns == len(parts.struck_off):
        return say("gap.part_removed", language)
    if movement == "reporting" and parts.what == "change":
        return say("target.move_reporting", language)
    return say(f"gap.part_{movement}", language)


def _town_move(parts: Parts, code: str, movement: str, language: Language) -> str:
    if not movement or (movement == "same" and parts.what == "level"):
        return ""
    if movement == "silent":
        return say("target.move_silent", language)
    return move_name(parts, movement, len(parts.struck_off) if code in parts.struck_off else 0, language)


def level_text(value: float, parts: Parts, language: Language) -> str:
    """A figure people know (a sum, a share), not a difference."""
    return short_value(value, parts.card, language)


def _span(parts: Parts) -> str:
    """Which words the two ends of the waterfall carry."""
    if parts.card.is_part and parts.card.indicator.is_ratio:
        return "effect"
    if parts.what == "level":
        return "level"
    return "gap_part" if parts.what == "gap" and parts.card.is_part else parts.what


def part_text(value: float, card: Card, language: Language) -> str:
    """A part of a figure with its sign; points with two decimals, because parts of a share are small."""
    return part_scale([value], card, language).figure(value).number


def part_scale(values: Iterable[float], card: Card, language: Language) -> Scale:
    """In what the parts of one figure are written: the largest decides the decimals, counts are whole."""
    scale = gap_words.scale_of(card, language)
    largest = max((abs(scaled(value, scale.divisor)) for value in values), default=0.0)
    decimals = 2 if card.indicator.unit == "share" else 0 if largest >= 1000 or card.indicator.unit == "count" else 1
    return replace(scale, decimals=decimals, is_signed=True)


def span_words(parts: Parts, language: Language) -> str:
    """From what to what the bars lead, in figures."""
    span = _span(parts)
    if span == "effect":
        unit = gap_words.scale_of(parts.card, language).unit
        return say("target.bars_effect", language, end=f"{part_text(parts.end, parts.card, language)} {unit}")
    return say(
        f"target.bars_{span}",
        language,
        start=level_text(parts.start, parts, language),
        end=level_text(parts.end, parts, language),
        since=wording.period_words(parts.since, parts.card.indicator, language, short=True) if parts.since else "",
        now=wording.period_words(parts.card.period, parts.card.indicator, language, short=True),
    )


@lru_cache(maxsize=256)
def draw_waterfall(parts: Parts, language: Language, theme: Theme) -> Drawing:
    """Steps from the start to the end, one bar a group; entrants, exits and single reports have their own."""
    scale = part_scale((bar.value for bar in parts.bars), parts.card, language)
    divisor, unit = scale.divisor, scale.unit
    names, span = group_names(parts, language), _span(parts)
    now = wording.period_words(parts.card.period, parts.card.indicator, language, short=True)
    since = wording.period_words(parts.since, parts.card.indicator, language, short=True) if parts.since else ""
    rows: list[dict[str, Any]] = []

    def add(name: str, low: float, high: float, kind: str, text: str) -> None:
        rows.append(
            {"name": name, "order": len(rows), "low": low / divisor, "high": high / divisor, "kind": kind, "text": text}
        )

    place = parts.start
    if span in ("change", "gap", "gap_part"):
        text = level_text(place, parts, language)
        add(say(f"target.start_{span}", language, since=since), place, place, "end", text)
    for bar in parts.bars:
        if bar.kind == "rest":
            key = "target.rest_towns" if parts.by == "town" else "target.rest"
            count = (
                bar.towns if parts.by == "town" else len(parts.table) - sum(item.kind == "part" for item in parts.bars)
            )
            name = say(key, language, count=count)
        else:
            name = (
                names.get(bar.key, bar.key) if bar.kind == "part" else move_name(parts, bar.kind, bar.towns, language)
            )
        kind = bar.kind if bar.kind != "part" else "up" if bar.value >= 0 else "down"
        text = replace(scale, is_signed=parts.what != "level").figure(bar.value).number
        add(name, place, place + bar.value, kind, text)
        place += bar.value
    total = part_text(parts.end, parts.card, language) if span == "effect" else level_text(parts.end, parts, language)
    add(
        say(f"target.end_{'gap' if span == 'gap_part' else span}", language, now=now),
        parts.end,
        parts.end,
        "end",
        total,
    )
    edges = [row[side] for row in rows for side in ("low", "high")]
    low, high = min(edges), max(edges)
    # Near to zero the axis starts there; far from it the steps would shrink to threads.
    zoomed = low > 0.5 * (high - low)
    axis = say("target.axis_zoomed" if zoomed else "target.axis", language, unit=unit)
    width = _LABELS[language][parts.by]
    spec = target_charts.waterfall(theme, len(rows), low if zoomed or low < 0 else 0.0, max(high, 0.0), axis, width)
    title = f"{say(f'target.what_{parts.what}', language)}: {span_words(parts, language)}"
    table = pd.DataFrame(
        {
            say("target.column_name", language): [row["name"] for row in rows],
            say("target.column_value", language, what=say(f"target.what_{parts.what}", language), unit=unit): [
                row["text"] for row in rows
            ],
        }
    )
    said = "; ".join(f"{row['name']} {row['text']}" for row in rows)
    return Drawing(charts.with_rows(spec, pa.Table.from_pylist(rows)), table, f"{title}. {said}")


@lru_cache(maxsize=256)
def ranked_table(parts: Parts, language: Language) -> tuple[pd.DataFrame, dict[str, str]]:
    """Every group from most to least with its coverage; frame and number formats. Silent groups stay empty."""
    scale = gap_words.scale_of(parts.card, language)
    divisor, unit = scale.divisor, scale.unit
    names, what = group_names(parts, language), say(f"target.what_{parts.what}", language)
    source = parts.table
    head = say("target.column_value", language, what=what, unit=unit)
    frame = pd.DataFrame({say("target.column_name", language): [names.get(key, key) for key in source["key"]]})
    frame[head] = source["value"] / divisor
    unit_kind = parts.card.indicator.unit
    digits = 2 if unit_kind == "share" else 0 if unit_kind == "count" and parts.what != "gap" else 1
    formats = {head: f"%.{digits}f"}
    share_head = say("target.column_share", language)
    if parts.what == "level" and parts.total:
        frame[share_head] = source["value"] / parts.total * 100
        formats[share_head] = "%.1f"
    if parts.what != "level" and parts.by != "town":
        for movement in ("same", "entrant", "exit", "reporting"):
            exits = next((bar.towns for bar in parts.bars if bar.kind == "exit"), 0)
            column = move_name(parts, movement, exits, language)
            frame[column] = source[movement] / divisor
            formats[column] = formats[head]
    if parts.by == "town":
        if parts.what != "level" or (source["movement"] == "silent").any():
            frame[say("target.column_movement", language)] = [
                _town_move(parts, str(code), str(word), language)
                for code, word in zip(source["key"], source["movement"], strict=True)
            ]
    else:
        frame[say("target.column_reported", language)] = [
            f"{reported}/{expected}" for reported, expected in zip(source["reported"], source["expected"], strict=True)
        ]
    for column in formats:
        # Rounded here, and no zero with a sign.
        frame[column] = frame[column].astype(float).round(digits if column != share_head else 1) + 0.0
    return frame, formats
