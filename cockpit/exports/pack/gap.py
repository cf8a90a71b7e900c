"""The gap of one target in the briefing pack: by prefecture, class and town, or what stands in its place.

Pure; see `pack`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from cockpit.analysis.briefing import GapParts
from cockpit.analysis.briefing.gaps import Movement
from cockpit.briefings import gap_parts, growth_parts
from cockpit.exports.pack.material import INK, THEME, Material, alt_of, drawn, known, label, number_of
from cockpit.exports.pack.model import Chart, Column, Section, Series, Table
from cockpit.units import Figure
from cockpit.visuals.targets import gap_drawing
from cockpit.visuals.targets.gap_drawing import GapColumn
from cockpit.wording import targets as wording
from cockpit.wording.gap import GapTable, Row, gap_table, town_rows


def attribution(ask: Material) -> Section:
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
        charts = tuple(_bars(head, column.title, column.bars, drawing.unit, ask) for column in drawing.columns)
        return Section(
            "gap", title, drawing.finding, ask.foot(period), charts=charts,
            tables=tuple(_two_columns(column, drawing.unit, ask) for column in drawing.columns),
            pictures=tuple(drawn(column.spec, column.title, column.alt) for column in drawing.columns),
            notes=(drawing.method,),
        )  # fmt: skip
    if ask.has_returns:
        key = "gap.none_target" if card.attainment.reason in ("within_year", "after_target") else "gap.none_period"
        return Section("gap", f"{ask.say('gap.title')} · {label(card, ask.language)}", ask.say(key), ask.foot(period))
    mix = gap_drawing.class_mix(ask.briefing, ask.language)
    names = [str(name) for name in mix["name"]]
    counts = tuple(number_of(value) for value in mix["value"])
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


def _gap(parts: GapParts, period: str, ask: Material) -> Section:
    """The four parts, then areas and classes ranked by the same towns, then the towns of each part."""
    table = gap_table(parts, ask.language)
    columns: list[tuple[Movement | Literal["value"], str]] = [(part.movement, part.name) for part in table.parts]
    columns.append(("value", ask.say("gap.total")))
    groups = (("gap.county" if table.by_county else "gap.prefecture", table.areas), ("gap.by_class", table.classes))
    same = table.part("same").name
    told = ask.joined([f"{part.name} {part.text}" for part in table.parts])
    charts = [_ranking(ask.say("gap.title"), [(part.name, part.figure) for part in table.parts], table.unit, ask)]
    # One group alone says what the parts say.
    charts += [
        _ranking(f"{same} · {ask.say(key)}", [(row.name, row.figures["same"]) for row in rows], table.unit, ask)
        for key, rows in groups
        if len(rows) > 1
    ]
    return Section(
        key="gap",
        title=f"{ask.say('gap.title')} · {label(parts.card, ask.language)}",
        lead=" · ".join(text for text in (f"{ask.say('gap.total')} {table.total}", told) if text),
        finding=table.finding,
        foot=ask.foot(period),
        charts=tuple(charts[:2]),
        tables=(
            _parts(table, ask),
            *(_across(ask.say(key), rows, table, columns, ask) for key, rows in groups),
            *_towns(parts, table, ask),
        ),
        notes=(table.method,),
    )


def _parts(table: GapTable, ask: Material) -> Table:
    heads = (
        Column(ask.say("gap.column_name"), width=1.6),
        Column(ask.say("pack.towns")),
        Column(ask.say("pack.effect"), table.unit),
    )
    rows = [(part.name, number_of(part.towns), known(part.figure)) for part in table.parts]
    rows.append((ask.say("gap.total"), number_of(sum(part.towns for part in table.parts)), table.total))
    return Table(ask.say("gap.title"), heads, tuple(rows), brief_rows=5)


def _across(
    title: str,
    rows: Sequence[Row],
    table: GapTable,
    columns: Sequence[tuple[Movement | Literal["value"], str]],
    ask: Material,
) -> Table:
    body = [(row.name, *(row.figures[column] for column, _ in columns)) for row in rows]
    body.append((ask.say("gap.total"), *(known(table.sums[column]) for column, _ in columns)))
    heads = [Column(title, width=1.6), *(Column(name, table.unit) for _, name in columns)]
    return Table(title, tuple(heads), tuple(body), brief_rows=40)


def _towns(parts: GapParts, table: GapTable, ask: Material) -> list[Table]:
    tables = []
    for part in table.parts:
        rows = town_rows(parts, part.movement, ask.language, lows=10, highs=10)
        if rows:
            heads = (
                Column(ask.say("towns.name"), width=2.0),
                Column(part.name, table.unit),
                Column(ask.say("gap.done"), "%", is_brief=False),
            )
            body = tuple((row.name, row.figure, row.done) for row in rows)
            brief = 12 if part.movement == "same" else 0
            tables.append(Table(ask.say("gap.towns_of", part=part.name), heads, body, brief_rows=brief))
    return tables


def _ranking(title: str, rows: Sequence[tuple[str, Figure | None]], unit: str, ask: Material) -> Chart:
    told = [(name, figure) for name, figure in rows if figure and figure.value is not None]
    return _bars(ask.say("pack.effect"), title, told, unit, ask)


def _bars(head: str, title: str, rows: Sequence[tuple[str, Figure]], unit: str, ask: Material) -> Chart:
    names, figures = [name for name, _ in rows], tuple(figure for _, figure in rows)
    colours = tuple(INK["down"] if (figure.value or 0.0) < 0 else INK["up"] for figure in figures)
    return Chart(
        kind="bars",
        title=ask.say("series.axis", label=title, unit=unit),
        unit=unit,
        categories=tuple(names),
        series=(Series(head, figures, INK["up"], colours),),
        alt=alt_of(title, names, figures, ask),
    )


def _two_columns(column: GapColumn, unit: str, ask: Material) -> Table:
    heads = (Column(ask.say("gap.column_name"), width=1.6), Column(ask.say("growth.rate"), unit))
    return Table(column.title, heads, column.bars, brief_rows=40)
