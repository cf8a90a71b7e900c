"""What the targets page draws: trend, yearly growth, waterfall and their tables, ready for charts.

Pure: values in, specifications and frames out; may import analysis and the ground floor.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import pandas as pd
import pyarrow as pa

from cockpit.analysis.briefing import Card, Depth
from cockpit.phrases import say
from cockpit.units import Figure, Period, Scale, percent
from cockpit.visuals.marks import charts
from cockpit.visuals.marks.palette import Theme
from cockpit.visuals.marks.walking import Walk
from cockpit.visuals.targets import charts as target_charts
from cockpit.visuals.targets import gap_drawing
from cockpit.vocabulary import Language
from cockpit.wording import gap as gap_words
from cockpit.wording import targets as wording

_LINE: Final = 16  # a line of text, px
_TREND_FIELDS: Final = ("kind", "name", "text", "run", "side", "period")


_NOWHERE: Final = Walk("", ())


@dataclass(frozen=True, eq=False)
class Drawing:
    """A chart with the table that says the same and a sentence for those who see neither."""

    spec: charts.Spec
    table: pd.DataFrame
    alt: str
    walk: Walk = _NOWHERE


def short_figure(value: float, card: Card, language: Language) -> Figure:
    """A figure in running text; projected counts are whole."""
    whole = float(round(value)) if card.indicator.unit == "count" else value
    return wording.value_figure(whole, card.indicator, language)


def short_value(value: float, card: Card, language: Language) -> str:
    return str(short_figure(value, card, language))


def axis_scale(depth: Depth, language: Language) -> Scale:
    """In what every figure of the line over the years is written: unit of the axis, decimals of the largest."""
    ahead = [edge for step in depth.forecast.steps for edge in (step.low, step.middle, step.high)]
    values = [*(point.value for point in depth.points), depth.card.target.base_value, depth.outturn, *ahead]
    return gap_words.axis_scale(values, depth.card, language)


def axis_figure(value: float, card: Card, scale: Scale) -> Figure:
    """A figure in the axis' unit."""
    return scale.figure(float(round(value)) if card.indicator.unit == "count" else value)


def _goal_words(card: Card, language: Language) -> str:
    return wording.target_words(card.target, card.indicator, language)


@lru_cache(maxsize=256)
def draw_trend(depth: Depth, language: Language, theme: Theme, level: float, tolerance: float) -> Drawing | None:
    """Full years, target and fan; None when no full year is known."""
    if not depth.points:
        return None
    card, ahead = depth.card, depth.forecast
    scale = axis_scale(depth, language)
    divisor, unit = scale.divisor, scale.unit
    rows: list[dict[str, Any]] = []

    def add(kind: str, year: float, value: float, **more: Any) -> None:
        blank = dict.fromkeys(_TREND_FIELDS, "") | {"low": None, "high": None}
        rows.append(blank | {"kind": kind, "year": float(year), "value": value / divisor} | more)

    table: list[_Year] = []
    rates, run, before = dict(depth.growth), 0, 0
    newest = depth.points[-1].period.year
    side = "right" if ahead.steps or depth.outturn is not None else "center"
    for point in depth.points:
        year = point.period.year
        run, before = run + (year != before + 1), year
        kind = "now" if year == newest else "thin" if point.period in depth.thin else "full"
        shown = scale.figure(point.value)
        text = str(shown) if kind == "now" else shown.bare
        label = say("target.thin" if point.period in depth.thin else "target.reported", language)
        add(kind, year, point.value, run=str(run), side=side, text=text, name=f"{year} {label}", period=str(year))
        if kind == "now" and point.period in depth.thin:
            add("thin", year, point.value, run=str(run))
        table.append(_Year(str(year), label, shown, growth=percent(rates.get(year), signed=True)))
    aim = card.target.base_value
    if card.target.sense == "about":
        add("tolerance", newest, aim, low=aim * (1 - tolerance) / divisor, high=aim * (1 + tolerance) / divisor)
    lowest, highest = [aim], [aim]
    for step in ahead.steps:
        ends = {
            "low": None if step.low is None else step.low / divisor,
            "high": None if step.high is None else step.high / divisor,
        }
        add("ahead", step.year, step.middle, **ends)
        lowest.append(step.low or step.middle)
        highest.append(step.high or step.middle)
        if step.year > ahead.last:
            edges_told = (scale.figure(step.low).number, scale.figure(step.high).number)
            told = axis_figure(step.middle, card, scale)
            table.append(_Year(str(step.year), say("target.projected", language), told, *edges_told))
    labels: list[tuple[float, str, str]] = []
    if ahead.steps:
        end = ahead.steps[-1]
        name = f"{end.year} {say('target.projected', language)}"
        text = str(axis_figure(end.middle, card, scale))
        edges = [edge for edge in (end.low, end.high) if edge is not None]
        low, high = (edges or [end.middle])[0] / divisor, (edges or [end.middle])[-1] / divisor
        add("end", end.year, end.middle, text=text, low=low, high=high, name=name)
        labels.append((end.middle / divisor, axis_figure(end.middle, card, scale).number, "bold"))
        labels += [(edge / divisor, axis_figure(edge, card, scale).number, "word") for edge in edges]
    if depth.outturn is not None:
        later = say("target.outturn", language, value=axis_figure(depth.outturn, card, scale).number)
        add("outturn", card.target.due.year, depth.outturn, text=later, name=later)
        labels.append((depth.outturn / divisor, later, "word"))
    values = [point.value for point in depth.points] + lowest + highest + ([depth.outturn] if depth.outturn else [])
    ends_of_axis = _value_axis(values, divisor, card.indicator.unit == "share")
    above = (depth.points[0].value - aim) / divisor / (ends_of_axis[1] - ends_of_axis[0])
    near = -0.03 < above < 0.12
    add("target", newest, aim, side="below" if near else "above", text=_goal_words(card, language))
    for place, text, kind in _spread(labels, ends_of_axis):
        add(kind, card.target.due.year, place * divisor, text=text)
    first = depth.points[0].period.year
    ticks = tuple(range(first, max(newest, card.target.due.year) + 1))
    years = (first - 0.4, max(newest, card.target.due.year) + (1.6 if labels else 0.6))
    spec = target_charts.trend(
        theme, f"{card.indicator.label.say(language)} ({unit})" if unit else card.indicator.label.say(language),
        say("target.year", language), years, ends_of_axis, ticks, language,
    )  # fmt: skip
    said = "; ".join(f"{row.year} {row.kind} {row.value}" for row in table)
    return Drawing(
        charts.with_rows(charts.pickable(spec, "period"), pa.Table.from_pylist(rows)),
        _trend_table(table, unit, language, level if ahead.kind == "interval" else None),
        f"{card.indicator.label.say(language)}: {said}. {_goal_words(card, language)}",
        Walk("period", tuple(_walked(table[: len(depth.points)]))),
    )


@lru_cache(maxsize=256)
def draw_published(card: Card, language: Language, theme: Theme) -> Drawing:
    """The published figures as stems with their scopes; no line joins different sets of towns."""
    scale = gap_words.display_scale(card, language)
    divisor, unit = scale.divisor, scale.unit
    label = card.indicator.label.say(language)
    rows = gap_drawing.series_rows(card, language)
    aim = card.target.base_value / divisor
    axis = f"{label} ({unit})"
    goal = _goal_words(card, language)
    spec = charts.published_series(theme, axis, aim, goal, say("target.year", language), card.target.due.year)
    spec = charts.fit_axes(spec, [float(when) for when in rows["when"]], [float(value) for value in rows["value"]])
    spec["height"] = target_charts.TREND_HEIGHT
    titles = {"period": say("basis.period", language), "number": axis, "scope": say("basis.scope", language)}
    said = "; ".join(f"{when} {text}" for when, text in zip(rows["period"], rows["text"], strict=True))
    return Drawing(charts.with_rows(spec, rows), rows[list(titles)].rename(columns=titles), f"{label}: {said}. {goal}")


def _spread(labels: list[tuple[float, str, str]], ends: tuple[float, float]) -> list[tuple[float, str, str]]:
    """The labels (value, text, kind) moved apart upwards so that no two lines of text touch."""
    line = (ends[1] - ends[0]) * _LINE / target_charts.TREND_HEIGHT
    spread: list[tuple[float, str, str]] = []
    for value, text, kind in sorted(labels):
        lowest = spread[-1][0] + line if spread else ends[0]
        spread.append((max(value, lowest), text, kind))
    return spread


def _value_axis(values: list[float], divisor: float, is_share: bool) -> tuple[float, float]:
    """From zero for sums and counts; a share is zoomed to what moves, its axis says so by its figures."""
    low, high = min(values) / divisor, max(values) / divisor
    room = high - low or abs(high) or 1.0
    return (low - 0.25 * room, high + 0.25 * room) if is_share else (0.0, high * 1.14)


@dataclass(frozen=True)
class _Year:
    """A row of the table beside the line."""

    year: str
    kind: str
    value: Figure
    low: str = ""
    high: str = ""
    growth: str = ""


def _walked(known: list[_Year]) -> Iterator[tuple[str, str]]:
    """Full years in order; a year that is projected leads nowhere."""
    for year in known:
        yield year.year, " · ".join(text for text in (year.year, year.kind, str(year.value), year.growth) if text)


def _trend_table(rows: list[_Year], unit: str, language: Language, level: float | None) -> pd.DataFrame:
    frame = pd.DataFrame(
        {
            say("target.year", language): [row.year for row in rows],
            say("basis.kind", language): [row.kind for row in rows],
            f"{say('target.value', language)} ({unit})": [row.value.number for row in rows],
            say("target.growth", language): [row.growth for row in rows],
        }
    )
    if level is not None:
        frame[say("target.low", language)] = [row.low for row in rows]
        frame[say("target.high", language)] = [row.high for row in rows]
    return frame


@lru_cache(maxsize=256)
def draw_strip(depth: Depth, language: Language, theme: Theme) -> Drawing | None:
    """Growth of every year as a dot beside what is needed; None when no two years compare."""
    if not depth.growth:
        return None
    due = depth.card.target.due.year
    needed = depth.needed if depth.needed is not None and depth.needed > 0 else None
    if needed is None and depth.anchor is not None and Period.parse(depth.anchor.period).year >= due and depth.looks:
        needed = depth.looks[0].card.attainment.needed_growth
    rates = [rate * 100 for _, rate in depth.growth]
    ends = [*rates, 0.0, *([needed * 100] if needed is not None else [])]
    room = max(max(ends) - min(ends), 1.0)
    blank = {"high": None, "name": "", "text": "", "lane": 0, "side": ""}
    rows: list[dict[str, Any]] = [blank | {"kind": "range", "value": min(rates), "high": max(rates)}]
    for number, group in enumerate(_near(depth.growth, 0.045 * room / 100)):
        # Beside the stroke of what is needed a label stands below, where the stroke does not reach.
        beside = needed is not None and abs(needed - group[0][1]) < 0.14 * room / 100
        lane = 1 if beside else number % 2
        for place, (year, rate) in enumerate(group):
            names = "" if place else _years([item[0] for item in group], language)
            text = f"{year} {percent(rate, signed=True)}"
            rows.append(blank | {"kind": "year", "value": rate * 100, "name": names, "text": text, "lane": lane})
    if needed is not None:
        side = "left" if needed * 100 < (max(ends) + min(ends)) / 2 else "right"
        text = say("target.needed_value", language, rate=percent(needed, signed=True))
        rows.append(blank | {"kind": "needed", "value": needed * 100, "text": text, "side": side})
    spec = target_charts.strip(
        theme, say("target.growth_axis", language), (min(ends) - 0.08 * room, max(ends) + 0.08 * room)
    )
    said = "; ".join(f"{year} {percent(rate, signed=True)}" for year, rate in depth.growth)
    table = pd.DataFrame(
        {
            say("target.year", language): [str(year) for year, _ in depth.growth],
            say("target.growth", language): [percent(rate, signed=True) for _, rate in depth.growth],
        }
    )
    tail = "" if needed is None else " " + say("target.needed_value", language, rate=percent(needed, signed=True))
    return Drawing(charts.with_rows(spec, pa.Table.from_pylist(rows)), table, said + tail)


def _years(years: list[int], language: Language) -> str:
    """Years as people write them: 2019–2022 for a run, else one by one."""
    if len(years) > 2 and years[-1] - years[0] == len(years) - 1:
        return f"{years[0]}–{years[-1]}"
    return ("、" if language == "zh" else ", ").join(map(str, years))


def _near(growth: tuple[tuple[int, float], ...], width: float) -> list[list[tuple[int, float]]]:
    """Years whose growth lies within `width` of each other, low to high: they share one label."""
    groups: list[list[tuple[int, float]]] = []
    for item in sorted(growth, key=lambda pair: pair[1]):
        if groups and item[1] - groups[-1][0][1] < width:
            groups[-1].append(item)
        else:
            groups.append([item])
    return [sorted(group) for group in groups]
