"""The ranking of the vitality index as one HTML table: bands, rank intervals, dimension strips, trial ranks.

Pure: values in, markup out; the stylesheet is visuals/styles/vitality.css. A rank is never
written without its interval.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from cockpit.analysis.briefing import Trial, Vitality
from cockpit.phrases import say
from cockpit.units import Figure
from cockpit.visuals.marks.markup import EMPTY, Markup, html, html_of
from cockpit.visuals.marks.walking import walk
from cockpit.vocabulary import INDUSTRY_CLASSES, PROVENANCES, Language, Provenance

HALF_CELL: Final = 25.0  # points of difference that fill half a strip
_AXIS_STEP: Final = 10


@dataclass(frozen=True)
class Columns:
    """Which columns of `Vitality.ranking` the table reads: overall ranks, or those within a class."""

    rank: str
    low: str
    high: str
    band: str


OVERALL: Final = Columns("rank", "low", "high", "band")
WITHIN: Final = Columns("class_rank", "class_low", "class_high", "class_band")


def badge(language: Language) -> Markup:
    return html('<span class="bdg b-simulated">{}</span>', PROVENANCES[Provenance.SIMULATED].say(language))


def points(value: float, *, signed: bool = False) -> str:
    """A score or a difference of scores; one decimal, a real minus, a dash where there is none."""
    if math.isnan(value):
        return "—"
    return Figure(value, decimals=1, is_signed=signed).number


def town_name(row: Any, language: Language) -> str:
    return str(row.name_zh if language == "zh" else row.name_en)


def class_name(code: str, language: Language) -> str:
    return INDUSTRY_CLASSES[code].say(language) if code in INDUSTRY_CLASSES else code


def axis_end(rows: pd.DataFrame, columns: Columns) -> int:
    """Largest rank of the axis: the page's largest bound, rounded up; it changes with the page and is labelled."""
    return max(_AXIS_STEP, math.ceil(float(rows[columns.high].max()) / _AXIS_STEP) * _AXIS_STEP)


def _ticks(end: int) -> list[int]:
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100) if end / step <= 6)
    return [1, *range(step if step > 1 else 2, end + 1, step)]


def _at(rank: float, end: int) -> float:
    """Per cent of the track."""
    return 100 * (min(max(rank, 1), end) - 1) / (end - 1)


def _interval(rank: float, low: float, high: float, end: int) -> Markup:
    left, right = _at(low, end), _at(high, end)
    return html(
        '<div class="ivl"><i class="span" style="left:{:.2f}%;width:{:.2f}%"></i>'
        '<i class="dot" style="left:{:.2f}%"></i><em style="left:{:.2f}%">{:.0f}–{:.0f}</em></div>',
        left,
        max(right - left, 0.6),
        _at(rank, end),
        max(right, _at(rank, end)),
        low,
        high,
    )


def _strip(name: str, score: float, change: float, language: Language) -> Markup:
    """One dimension of one town: a bar from the centre, right above the class's median, left below."""
    if math.isnan(score):
        title = say("vitality.dimension_missing", language, name=name)
        return html('<td class="dim" title="{}"><i class="gone">{}</i></td>', title, say("vitality.missing", language))
    if math.isnan(change):
        title = say("vitality.dimension_alone", language, name=name, score=points(score))
        return html('<td class="dim" title="{}"></td>', title)
    width = 50 * min(abs(change) / HALF_CELL, 1)
    title = say(
        "vitality.dimension_title",
        language,
        name=name,
        score=points(score),
        median=points(score - change),
        change=points(change, signed=True),
    )
    side = f"left:50%;width:{width:.1f}%" if change >= 0 else f"left:{50 - width:.1f}%;width:{width:.1f}%"
    kind = "above" if change >= 0 else "below"
    return html('<td class="dim" title="{}"><i class="{}" style="{}"></i></td>', title, kind, side)


def _band_cell(number: int, size: int, shown: int, rows: int, language: Language) -> Markup:
    """The bracket left of a run: number, whether alike, how many; one line where only one row is there."""
    title = say("vitality.group", language, number=number)
    word = say("vitality.apart" if size == 1 else "vitality.alike", language)
    count = (
        say("vitality.group_size", language, count=size)
        if shown == size
        else say("vitality.group_shown", language, count=size, shown=shown)
    )
    lines = [html("<b>{}</b>", title), html("<span>{}</span>", word), html("<span>{}</span>", count)][
        : max(1, min(3, rows))
    ]
    kind = "grp apart" if size == 1 else "grp"
    return html('<td class="{}" rowspan="{}" title="{}">{}</td>', kind, rows, f"{title} {word} {count}", html_of(lines))


def _trial_cell(before: float, after: float | None) -> Markup:
    if after is None or math.isnan(after):
        return html('<td class="try"></td>')
    change = int(before - after)
    arrow = (
        EMPTY
        if not change
        else html('<i class="{}">{}{}</i>', "rise" if change > 0 else "fall", "▲▼"[change < 0], abs(change))
    )
    return html('<td class="try">{}{:.0f}</td>', arrow, after)


def ranking_table(
    found: Vitality,
    rows: pd.DataFrame,
    columns: Columns,
    trial: Trial | None,
    picked: str,
    language: Language,
    *,
    shown_of_band: Mapping[int, int],
) -> Markup:
    """The rows of one page of the ranking.

    Args:
        rows: part of `found.ranked`, in the order of `columns.rank`.
        trial: ranks under other weights; None leaves the column empty.
        picked: town_code of the row set off.
        shown_of_band: band -> how many of its towns the filters leave, over all pages.
    """
    end = axis_end(rows, columns)
    dimensions = found.design.dimensions
    changes: Any = found.differences()
    scores: Any = found.result.scores
    whole = found.ranked
    if columns is WITHIN:
        whole = whole[whole["industry_class"] == rows["industry_class"].iloc[0]]
    sizes = whole[columns.band].value_counts()
    tried = None if trial is None else (trial.class_rank if columns is WITHIN else trial.rank)
    body, last = [], 0
    on_page = rows[columns.band].value_counts()
    # A tuple's own `index` is a method.
    row: Any
    for row in rows.rename(columns={"index": "score"}).itertuples():
        code, number = str(row.Index), int(getattr(row, columns.band))
        cells = []
        if number != last:
            cells.append(
                _band_cell(number, int(sizes[number]), shown_of_band.get(number, 0), int(on_page[number]), language)
            )
        rank, low, high = (float(getattr(row, name)) for name in (columns.rank, columns.low, columns.high))
        name, kind = town_name(row, language), class_name(str(row.industry_class), language)
        within = say(
            "vitality.class_rank_title",
            language,
            name=kind,
            rank=f"{row.class_rank:.0f}",
            low=f"{row.class_low:.0f}",
            high=f"{row.class_high:.0f}",
            count=row.class_size,
        )
        strips = html_of(
            _strip(
                group.short.say(language),
                float(scores.at[code, dimension]),
                float(changes.at[code, dimension]),
                language,
            )
            for dimension, group in dimensions.items()
        )
        cells += [
            html('<td class="rk">{:.0f}</td>', rank),
            html('<td class="nm" title="{}">{}</td>', name, name),
            html(
                '<td class="kd" title="{}">{} <small>{:.0f}/{}</small></td>',
                within,
                kind,
                row.class_rank,
                row.class_size,
            ),
            html('<td class="ix">{}</td>', points(float(row.score))),
            html('<td class="iv">{}</td>', _interval(rank, low, high, end)),
            strips,
            _trial_cell(rank, None if tried is None else float(tried[code])),
        ]
        classes = " ".join(
            word
            for word, holds in (
                ("first", number != last),
                ("tint", sizes[number] > 1 and number % 2 == 1),
                ("on", code == picked),
            )
            if holds
        )
        body.append(html('<tr class="{}" data-lead="town:{}" tabindex="-1">{}</tr>', classes, code, html_of(cells)))
        last = number
    # Without a trial its column stands empty: the names get the room.
    kind = "vrank untried" if tried is None else "vrank"
    label = walk(say("vitality.ranking", language))
    return html(
        '<table class="{}" {}>{}<tbody>{}</tbody></table>', kind, label, _head(found, end, language), html_of(body)
    )


def _head(found: Vitality, end: int, language: Language) -> Markup:
    ticks = html_of(html('<i style="left:{:.2f}%">{}</i>', _at(tick, end), tick) for tick in _ticks(end))
    names = html_of(
        html('<th class="dim" scope="col" title="{}">{}</th>', long, short)
        for long, short in (
            (group.label.say(language), group.short.say(language)) for group in found.design.dimensions.values()
        )
    )
    share = f"{100 * found.design.index.interval:.0f}"
    strip = say("vitality.strip", language, half=f"{HALF_CELL:.0f}")

    def head(kind: str, key: str, **values: object) -> Markup:
        return html('<th class="{}" scope="col">{}</th>', kind, say(key, language, **values))

    return (
        html('<thead><tr><th class="grp"></th>')
        + head("rk", "vitality.rank")
        + head("nm", "vitality.town")
        + head("kd", "vitality.kind")
        + head("ix", "vitality.index")
        + head("iv", "vitality.interval", share=share)
        + names
        + head("try", "vitality.trial")
        + html('</tr><tr class="axis"><td colspan="5"></td>')
        + html('<td class="iv"><div class="ivl">{}</div></td>', ticks)
        + html('<td class="note" colspan="{}">{}</td><td></td></tr></thead>', len(found.design.dimensions), strip)
    )


def movers(found: Vitality, trial: Trial, language: Language, most: int) -> Markup:
    """Who moves most under the trial weights, up and down, and whether the move means anything."""
    moved = trial.moved
    if not len(moved):
        return html('<p class="note">{}</p>', say("vitality.no_effect", language))
    halves = []
    for key, part in (("risers", moved[moved["change"] > 0]), ("fallers", moved[moved["change"] < 0])):
        lines = []
        row: Any
        for row in part.head(most).itertuples():
            town: Any = found.ranking.loc[row.Index]
            name = str(town["name_zh" if language == "zh" else "name_en"])
            inside = say("vitality.inside" if row.within else "vitality.outside", language)
            arrow = (
                html('<i class="rise">▲{:.0f}</i>', row.change)
                if row.change > 0
                else html('<i class="fall">▼{:.0f}</i>', -row.change)
            )
            lines.append(
                html(
                    '<tr><th scope="row" title="{}">{}</th><td>{:.0f} → {:.0f}</td><td>{}</td>'
                    '<td class="{}">{} {:.0f}–{:.0f}</td></tr>',
                    name,
                    name,
                    row.before,
                    row.after,
                    arrow,
                    "in" if row.within else "out",
                    inside,
                    town["low"],
                    town["high"],
                )
            )
        title = say(f"vitality.{key}", language)
        halves.append(
            html(
                '<div><p class="note">{}</p><table class="vmove"><tbody>{}</tbody></table></div>', title, html_of(lines)
            )
        )
    return html('<div class="vmoves">{}</div>', html_of(halves))


def weights_words(weights: Mapping[str, float], found: Vitality, language: Language) -> str:
    """The rescaled weights, largest first."""
    ordered = sorted(weights.items(), key=lambda pair: -pair[1])
    parts = [f"{found.design.dimensions[name].label.say(language)} {value:.1f}" for name, value in ordered]
    return ("、" if language == "zh" else ", ").join(parts)


def item_names(found: Vitality, items: Sequence[str], language: Language) -> str:
    return ("、" if language == "zh" else ", ").join(found.design.items[name].label.say(language) for name in items)
