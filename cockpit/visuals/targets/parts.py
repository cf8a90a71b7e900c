"""How the parts of a target are drawn: the waterfall, the ranked table, and their words.

Pure: values in, markup and frames out; may import analysis and the ground floor.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

import pandas as pd

from cockpit.analysis.briefing import Card, Parts
from cockpit.analysis.briefing.parts import By
from cockpit.phrases import say
from cockpit.units import Scale, scaled
from cockpit.visuals.marks.html import narrowing
from cockpit.visuals.marks.html import town as town_name
from cockpit.visuals.marks.led import led_table
from cockpit.visuals.marks.markup import EMPTY, Markup, html
from cockpit.visuals.targets.trend import short_value
from cockpit.vocabulary import INDUSTRY_CLASSES, PREFECTURES, Language
from cockpit.wording import gap as gap_words
from cockpit.wording import targets as wording


@dataclass(frozen=True, eq=False)
class Waterfall:
    """The steps as markup, and the same as a table."""

    markup: Markup
    table: Markup


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


@dataclass(frozen=True)
class _Step:
    """A line of the waterfall, from `low` to `high` in base units; `key` is the group's, "" for what is no group."""

    name: str
    low: float
    high: float
    kind: str
    text: str
    key: str = ""


def _steps(parts: Parts, language: Language) -> list[_Step]:
    scale = part_scale((bar.value for bar in parts.bars), parts.card, language)
    names, span = group_names(parts, language), _span(parts)
    now = wording.period_words(parts.card.period, parts.card.indicator, language, short=True)
    since = wording.period_words(parts.since, parts.card.indicator, language, short=True) if parts.since else ""
    steps: list[_Step] = []
    place = parts.start
    if span in ("change", "gap", "gap_part"):
        text = level_text(place, parts, language)
        steps.append(_Step(say(f"target.start_{span}", language, since=since), place, place, "end", text))
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
        steps.append(_Step(name, place, place + bar.value, kind, text, bar.key if bar.kind == "part" else ""))
        place += bar.value
    total = part_text(parts.end, parts.card, language) if span == "effect" else level_text(parts.end, parts, language)
    name = say(f"target.end_{'gap' if span == 'gap_part' else span}", language, now=now)
    return [*steps, _Step(name, parts.end, parts.end, "end", total)]


def _named(by: By, key: str, name: str, language: Language, *, is_walked: bool = False) -> Markup:
    """A group's name: an area or a class filters to itself, a town opens its page."""
    if not key:
        return html("<span>{}</span>", name)
    if by == "town":
        return town_name(key, name, language, is_walked=is_walked)
    return narrowing(by, key, name, language, is_walked=is_walked)


@lru_cache(maxsize=256)
def draw_waterfall(parts: Parts, language: Language) -> Waterfall:
    """Steps from the start to the end, one bar a group; entrants, exits and single reports have their own."""
    scale, steps = gap_words.scale_of(parts.card, language), _steps(parts, language)
    edges = [edge for step in steps for edge in (step.low, step.high)]
    low, high = min(edges), max(edges)
    # Near to zero the axis starts there; far from it the steps would shrink to threads.
    zoomed = low > 0.5 * (high - low)
    first = low if zoomed or low < 0 else 0.0
    room = (max(high, 0.0) - first) or 1.0
    body = EMPTY
    for step in steps:
        left, width = (min(step.low, step.high) - first) / room * 100, abs(step.high - step.low) / room * 100
        # A bar of an area or a class narrows as its name does.
        aim = html(' data-lead="{}:{}"', parts.by, step.key) if step.key and parts.by != "town" else EMPTY
        body += html(
            '<li class="w-{}">{}<i{}><b style="left:{:.2f}%;width:{:.2f}%"></b></i><em>{}</em></li>',
            step.kind,
            _named(parts.by, step.key, step.name, language),
            aim,
            left,
            width,
            step.text,
        )
    axis = say("target.axis_zoomed" if zoomed else "target.axis", language, unit=scale.unit)
    what = say(f"target.what_{parts.what}", language)
    name = say("target.column_name", language)
    frame = pd.DataFrame(
        {
            name: [step.name for step in steps],
            say("target.column_value", language, what=what, unit=scale.unit): [step.text for step in steps],
        }
    )
    title = f"{what}: {span_words(parts, language)}"
    drawn = html('<ol class="wfall by-{}" aria-label="{}">{}</ol><p class="note">{}</p>', parts.by, title, body, axis)
    names = {name: [_named(parts.by, step.key, step.name, language, is_walked=True) for step in steps]}
    return Waterfall(drawn, led_table(frame, names, title, language))


@lru_cache(maxsize=256)
def ranked(parts: Parts, language: Language) -> Markup:
    """Every group from most to least with its coverage; names lead on."""
    frame, formats = _ranked_frame(parts, language)
    names = [
        _named(parts.by, str(key), str(name), language, is_walked=True)
        for key, name in zip(parts.table["key"], frame.iloc[:, 0], strict=True)
    ]
    label = f"{say('target.parts', language)} · {say(f'target.by_{parts.by}', language)}"
    return led_table(frame, {str(frame.columns[0]): names}, label, language, formats)


def _ranked_frame(parts: Parts, language: Language) -> tuple[pd.DataFrame, dict[str, str]]:
    """Frame and number formats of `ranked`. Silent groups stay empty."""
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
