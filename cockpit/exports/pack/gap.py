"""The gap of one target in the briefing pack: by prefecture, class and town, or what stands in its place.

Pure; see `pack`.
"""

from __future__ import annotations

import pandas as pd

from cockpit.analysis.briefing import GapParts
from cockpit.briefings import gap_parts, growth_parts
from cockpit.exports.pack.ask import INK, THEME, Ask, alt_of, drawn, label
from cockpit.exports.pack.model import Cell, Chart, Column, Num, Section, Series, Table, num, num_of_text
from cockpit.visuals import gap_drawing, wording


def attribution(ask: Ask) -> Section:
    """Who opens and who closes the gap of one target.

    Growth where the period has no target, the mix of the known list where figures are published.
    """
    card = ask.briefing.card(ask.target)
    parts = gap_parts(*ask.key, ask.target)
    period = wording.period_words(card.period, card.indicator, ask.language)
    if parts is not None:
        return _gap(parts, period, ask)
    growth = growth_parts(*ask.key, ask.target) if ask.has_returns else None
    title = f"{ask.say('growth.title')} · {label(card, ask.language)}"
    if growth is not None:
        drawing = gap_drawing.draw_growth(growth, ask.language, THEME)
        head = ask.say("growth.title")
        charts = tuple(_bars(head, column.title, column.table, drawing.unit, ask) for column in drawing.columns)
        return Section(
            "gap", title, drawing.finding, ask.foot(period), charts=charts,
            tables=tuple(_two_columns(column.title, column.table, drawing.unit) for column in drawing.columns),
            figures=tuple(drawn(column.spec, column.title, column.alt) for column in drawing.columns),
            notes=(drawing.method,),
        )  # fmt: skip
    if ask.has_returns:
        key = "gap.none_target" if card.attainment.reason in ("within_year", "after_target") else "gap.none_period"
        return Section("gap", f"{ask.say('gap.title')} · {label(card, ask.language)}", ask.say(key), ask.foot(period))
    mix = gap_drawing.class_mix(ask.briefing, ask.language)
    names = [str(name) for name in mix["name"]]
    counts = tuple(Num(float(value), f"{value:.0f}") for value in mix["value"])
    chart = Chart(
        "bars", ask.say("series.known"), ask.say("map.count"), tuple(names),
        (Series(ask.say("map.count"), counts, INK["fill"]),), alt_of(ask.say("series.known"), names, list(counts), ask),
    )  # fmt: skip
    return Section(
        "gap",
        ask.say("series.known"),
        ask.say("gap.none"),
        ask.foot(ask.say("pack.list_dates")),
        charts=(chart,),
        tables=(
            Table(
                ask.say("series.known"),
                (Column(ask.say("towns.class")), Column(ask.say("map.count"))),
                tuple(zip(names, counts, strict=True)),
            ),
        ),
        notes=(ask.say("series.known_note"),),
    )


def _gap(parts: GapParts, period: str, ask: Ask) -> Section:
    drawing = gap_drawing.draw_gap(parts, ask.language, THEME)
    divisor = gap_drawing.gap_scale(parts, ask.language)[0]
    frames = {"prefecture": parts.by_prefecture, "class": parts.by_class, "town": parts.by_town}
    tables = []
    for column in drawing.columns:
        values = [float(value) for value in frames[column.name]["value"]]
        texts = list(column.table.iloc[:, 1])
        rows: list[tuple[Cell, ...]] = [
            (str(name), num(value, text))
            for name, value, text in zip(column.table.iloc[:, 0], values, texts, strict=True)
        ]
        rows.append((ask.say("gap.total"), num(parts.total, gap_drawing.signed(parts.total, divisor))))
        heads = (Column(ask.say("gap.column_name"), width=1.6), Column(ask.say("pack.effect"), drawing.unit))
        tables.append(Table(column.title, heads, tuple(rows), brief_rows=40))
    total = f"{gap_drawing.signed(parts.total, divisor)} {drawing.unit}"
    return Section(
        key="gap",
        title=f"{ask.say('gap.title')} · {label(parts.card, ask.language)}",
        lead=f"{ask.say('gap.total')} {total} · {drawing.finding}",
        foot=ask.foot(period),
        charts=tuple(
            _bars(ask.say("pack.effect"), column.title, column.table, drawing.unit, ask)
            # One prefecture alone says what the total says: classes and towns stand in for it.
            for column in [column for column in drawing.columns if len(column.table) > 1][:2] or drawing.columns[:1]
        ),
        tables=tuple(tables),
        figures=tuple(
            drawn(column.spec, ask.say("series.axis", label=column.title, unit=drawing.unit), column.alt)
            for column in drawing.columns
        ),
        notes=(drawing.method,),
    )


def _bars(head: str, title: str, frame: pd.DataFrame, unit: str, ask: Ask) -> Chart:
    names = [str(name) for name in frame.iloc[:, 0]]
    values = [num_of_text(str(text)) for text in frame.iloc[:, 1]]
    colours = tuple(INK["down"] if value and value.value < 0 else INK["up"] for value in values)
    return Chart(
        kind="bars",
        title=ask.say("series.axis", label=title, unit=unit),
        unit=unit,
        categories=tuple(names),
        series=(Series(head, tuple(values), INK["up"], colours),),
        alt=alt_of(title, names, list(values), ask),
    )


def _two_columns(title: str, frame: pd.DataFrame, unit: str) -> Table:
    rows = tuple((str(name), num_of_text(str(text))) for name, text in frame.itertuples(index=False))
    head = str(frame.columns[1]).split("（")[0].split(" (")[0]
    return Table(title, (Column(str(frame.columns[0]), width=1.6), Column(head, unit)), rows, brief_rows=40)
