"""The gap of one target in the briefing pack: by prefecture, class and town, or what stands in its place.

Pure; see `pack`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import pandas as pd

from cockpit.analysis.briefing import GapParts
from cockpit.analysis.briefing.gaps import Movement
from cockpit.briefings import gap_parts, growth_parts
from cockpit.exports.pack.ask import INK, THEME, Ask, alt_of, drawn, label, whole_num
from cockpit.exports.pack.model import Chart, Column, Num, Section, Series, Table, num_of_text
from cockpit.visuals.targets import gap_drawing
from cockpit.wording import targets as wording
from cockpit.wording.gap import GapTable, Row, gap_table, town_rows


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
    """The four parts, then areas and classes ranked by the same towns, then the towns of each part."""
    table = gap_table(parts, ask.language)
    columns: list[tuple[Movement | Literal["value"], str]] = [(part.movement, part.name) for part in table.parts]
    columns.append(("value", ask.say("gap.total")))
    groups = (("gap.county" if table.by_county else "gap.prefecture", table.areas), ("gap.by_class", table.classes))
    same = table.part("same").name
    told = ask.joined([f"{part.name} {part.text}" for part in table.parts])
    charts = [_ranking(ask.say("gap.title"), [(part.name, part.text) for part in table.parts], table.unit, ask)]
    # One group alone says what the parts say.
    charts += [
        _ranking(f"{same} · {ask.say(key)}", [(row.name, row.texts["same"]) for row in rows], table.unit, ask)
        for key, rows in groups
        if len(rows) > 1
    ]
    return Section(
        key="gap",
        title=f"{ask.say('gap.title')} · {label(parts.card, ask.language)}",
        lead=" · ".join(
            text for text in (f"{ask.say('gap.total')} {table.total} {table.unit}", told, table.finding) if text
        ),
        foot=ask.foot(period),
        charts=tuple(charts[:2]),
        tables=(
            _parts(table, ask),
            *(_across(ask.say(key), rows, table, columns, ask) for key, rows in groups),
            *_towns(parts, table, ask),
        ),
        notes=(table.method,),
    )


def _parts(table: GapTable, ask: Ask) -> Table:
    heads = (
        Column(ask.say("gap.column_name"), width=1.6),
        Column(ask.say("pack.towns")),
        Column(ask.say("pack.effect"), table.unit),
    )
    rows = [(part.name, whole_num(part.towns), _num(part.text)) for part in table.parts]
    rows.append((ask.say("gap.total"), whole_num(sum(part.towns for part in table.parts)), _num(table.total)))
    return Table(ask.say("gap.title"), heads, tuple(rows), brief_rows=5)


def _across(
    title: str,
    rows: Sequence[Row],
    table: GapTable,
    columns: Sequence[tuple[Movement | Literal["value"], str]],
    ask: Ask,
) -> Table:
    body = [(row.name, *(_num(row.texts[column]) for column, _ in columns)) for row in rows]
    body.append((ask.say("gap.total"), *(_num(table.sums[column]) for column, _ in columns)))
    heads = [Column(title, width=1.6), *(Column(name, table.unit) for _, name in columns)]
    return Table(title, tuple(heads), tuple(body), brief_rows=40)


def _towns(parts: GapParts, table: GapTable, ask: Ask) -> list[Table]:
    tables = []
    for part in table.parts:
        rows = town_rows(parts, part.movement, ask.language, lows=10, highs=10)
        if rows:
            heads = (
                Column(ask.say("towns.name"), width=2.0),
                Column(part.name, table.unit),
                Column(ask.say("gap.done"), "%", is_brief=False),
            )
            body = tuple(
                (row.name, _num(row.text), num_of_text(row.done.removesuffix("%")) if row.done else None)
                for row in rows
            )
            brief = 12 if part.movement == "same" else 0
            tables.append(Table(ask.say("gap.towns_of", part=part.name), heads, body, brief_rows=brief))
    return tables


def _num(text: str) -> Num | None:
    return num_of_text(text) if text and text != "—" else None


def _ranking(title: str, rows: Sequence[tuple[str, str]], unit: str, ask: Ask) -> Chart:
    told = [(name, text) for name, text in rows if text and text != "—"]
    return _bars(ask.say("pack.effect"), title, pd.DataFrame(told, columns=["name", "text"]), unit, ask)


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
