"""The targets in the briefing pack: all nine at a glance, and each with its years, its target and what is to be said.

Pure; see `pack`.
"""

from __future__ import annotations

from typing import Any

from cockpit.analysis.briefing import Card, Depth
from cockpit.briefings import statement, target_depth
from cockpit.exports.pack.material import FIGURE_WIDTH, INK, THEME, Material, alt_of, figure_of, label, mark
from cockpit.exports.pack.model import Chart, Column, Marked, Picture, Section, Series, Table
from cockpit.marks import mark_of
from cockpit.units import Figure, Period, percent, percent_figure, short_of_all
from cockpit.visuals.marks.palette import MARK_COLOURS
from cockpit.visuals.targets import gap_drawing
from cockpit.visuals.targets import trend as target_drawing
from cockpit.vocabulary import PROVENANCES, SCOPES, STATUSES, Language, Status
from cockpit.wholes import count_word
from cockpit.wording import gap as gap_words
from cockpit.wording import targets as wording
from cockpit.wording.statement import statement_text


def glance(ask: Material) -> Section:
    """The nine targets in one table, and how far each is done."""
    language, limits = ask.language, ask.desk.limits
    cards = ask.briefing.cards
    parts = any(card.is_part for card in cards)
    columns = [
        Column(ask.say("pack.target"), width=2.1),
        Column(ask.say("pack.figure"), width=1.0),
        Column(ask.say("export.units"), width=1.2),
        Column(ask.say("pack.goal"), width=2.3),
        Column(ask.say("pack.gap"), width=1.9),
        Column(ask.say("pack.share"), "%", width=0.9, is_narrow=False),
        Column(ask.say("pack.status"), width=1.5),
        *(
            [Column(ask.say("pack.selected"), width=1.2), Column(ask.say("pack.of_province"), "%", 1.0)]
            if parts
            else []
        ),
        # Stocks and flows of one year need no column of their own on a slide.
        Column(ask.say("export.period"), width=1.4, is_brief=len({card.period for card in cards}) > 1),
        Column(ask.say("pack.coverage"), width=1.5, is_narrow=False),
        Column(ask.say("towns.provenance"), width=0.9, is_brief=False),
    ]
    rows = []
    for card in cards:
        figure, unit = figure_of(card.value, card, language)
        share = card.attainment.share
        own = [*_own(card, ask)] if parts else []
        rows.append(
            (
                label(card, language),
                figure or ask.say("chain.no_data"),
                unit,
                wording.target_words(card.target, card.indicator, language, short=True),
                wording.gap_words(card, language, limits),
                _percent(short_of_all(share)),
                _state(card, ask),
                *own,
                wording.period_words(card.period, card.indicator, language, short=True),
                wording.coverage_words(card, language, short=True),
                PROVENANCES[card.provenance].say(language) if card.value is not None else None,
            )
        )
    short = [card.indicator.short_label.say(language) for card in cards]
    shares = [_percent(short_of_all(card.attainment.share)) for card in cards]
    colours = tuple(MARK_COLOURS[THEME][card.status][0] for card in cards)
    chart = Chart(
        kind="columns",
        title=ask.say("pack.share_chart"),
        unit="%",
        categories=tuple(short),
        series=(Series(ask.say("pack.share"), tuple(shares), INK["fill"], () if parts else colours),),
        alt=alt_of(ask.say("pack.share_chart"), short, shares, ask, "%"),
    )
    return Section(
        key="glance",
        title=wording.title_words(ask.briefing, language),
        lead=_tally(ask) if not parts else ask.say("cards.headline_share"),
        finding="" if parts else ask.say("pack.found_glance", told=ask.joined(_counted(ask))),
        foot=ask.foot(ask.period(ask.selection.period)),
        charts=(chart,),
        tables=(Table(ask.say("pack.glance", count=count_word(len(cards), language)), tuple(columns), tuple(rows)),),
        notes=(ask.say("pack.share_note"),),
    )


def _counted(ask: Material) -> list[str]:
    counts = ask.briefing.tally().items()
    return [
        ask.say("pack.found_count", count=n, status=STATUSES[status].say(ask.language)) for status, n in counts if n
    ]


def _tally(ask: Material) -> str:
    counts = ask.briefing.tally()
    words = [
        f"{mark_of('status', status).sign} {STATUSES[status].say(ask.language)} {n}" for status, n in counts.items()
    ]
    return "   ".join(words)


def _percent(share: float | None, *, signed: bool = False) -> Figure | None:
    """A share as a figure in per cent, one decimal as on the cards."""
    return None if share is None else percent_figure(share, signed=signed)


def _own(card: Card, ask: Material) -> tuple[str | None, Figure | None]:
    """What the selection has of a figure, with its unit, and its part of the province."""
    if card.contribution is None:
        return None, None
    shown = wording.value_figure(card.contribution, card.indicator, ask.language, card.provenance)
    is_part = not card.indicator.is_ratio and bool(card.value)
    return str(shown), _percent(card.contribution / card.value) if is_part and card.value else None


def _state(card: Card, ask: Material) -> Marked:
    if card.is_part:
        return Marked(ask.say("card.filtered"), INK["primary"])
    return mark(mark_of("status", card.status), wording.status_words(card, ask.language))


def target_section(ask: Material, target: str) -> Section:
    """One target: its line over the years with the target, and what is to be said of it."""
    language, desk = ask.language, ask.desk
    card, depth = ask.briefing.card(target), target_depth(*ask.key, target)
    text = statement_text(statement(*ask.key, target), desk.limits, language)
    figure, _ = figure_of(card.value, card, language)
    told = str(figure) if figure else ask.say("chain.no_data")
    lead = " · ".join(
        part
        for part in (
            told,
            wording.target_words(card.target, card.indicator, language),
            wording.gap_words(card, language, desk.limits),
            "" if card.attainment.reason in ("within_year", "after_target") else _state(card, ask).text,
        )
        if part
    )
    is_judged = not card.is_part and card.attainment.reason not in ("within_year", "after_target")
    found = [told, wording.gap_words(card, language, desk.limits) if not card.is_part else ""]
    found.append(wording.status_words(card, language) if is_judged else "")
    chart, table = _trend(depth, ask) if ask.has_returns else _published(card, ask)

    def drawn() -> Picture:
        if ask.has_returns:
            drawing = target_drawing.draw_trend(depth, language, THEME, depth.rules.level, desk.limits.tolerance)
            assert drawing is not None  # there is a chart only where there are points
        else:
            drawing = target_drawing.draw_published(card, language, THEME)
        return Picture(drawing.spec, _chart_title(card, ask), drawing.alt, FIGURE_WIDTH)

    notes = []
    if ask.has_returns and depth.thin:
        notes.append(ask.say("target.trend_note"))
    if ask.has_returns and ask.selection.is_filtered:
        notes.append(ask.say("target.trend_province"))
    if card.trend and not ask.has_returns:
        notes.append(ask.say("series.note" if any(point.breaks for point in depth.points) else "target.points_note"))
    scope = SCOPES[card.target.scope].say(language)
    return Section(
        key=target,
        title=label(card, language),
        lead=lead,
        foot=ask.foot(wording.period_words(card.period, card.indicator, language), scope),
        finding=ask.say(
            "pack.found_target", label=label(card, language), told=ask.listed([*dict.fromkeys(filter(None, found))])
        ),
        statement=text,
        charts=(chart,) if chart else (),
        tables=(table,) if table else (),
        pictures=(drawn,) if chart else (),
        notes=tuple(notes)
        if chart
        else (*notes, ask.say("card.not_reported" if ask.has_returns else "card.not_published")),
    )


def _chart_title(card: Card, ask: Material) -> str:
    return ask.say("target.trend" if ask.has_returns else "target.trend_published")


def _target_line(card: Card, goal: Figure, length: int, language: Language) -> Series:
    """The target as a dashed line over `length` points, `goal` in the chart's unit."""
    words = wording.target_words(card.target, card.indicator, language)
    return Series(words, (goal,) * length, INK["ink2"], line="dashed", has_markers=False, has_labels=False)


def _trend(depth: Depth, ask: Material) -> tuple[Chart | None, Table | None]:
    """Full years, the target as a line, what is projected."""
    card, language = depth.card, ask.language
    if not depth.points:
        return None, None
    scale = target_drawing.axis_scale(depth, language)
    unit = scale.unit
    values = {point.period.year: point.value for point in depth.points}
    ahead = {step.year: step for step in depth.forecast.steps}
    last = max([*values, *ahead, min(card.target.due.year, Period.parse(ask.selection.period).year + 1)])
    years = list(range(min(values), last + 1))
    real = tuple(target_drawing.axis_figure(values[year], card, scale) if year in values else None for year in years)
    goal = target_drawing.axis_figure(card.target.base_value, card, scale)
    series = [
        Series(
            ask.say("target.reported"),
            real,
            INK["primary"],
            hollow=tuple(place for place, year in enumerate(years) if year in values and Period(year) in depth.thin),
        ),
        _target_line(card, goal, len(years), language),
    ]
    if ahead:
        level = percent(depth.rules.level, decimals=0)
        ends = (
            ("middle", ask.say("target.projected")),
            ("low", ask.say("pack.low", level=level)),
            ("high", ask.say("pack.high", level=level)),
        )
        for name, title in ends:
            points = [getattr(ahead[year], name) if year in ahead else None for year in years]
            if any(point is not None for point in points):
                made = tuple(
                    None if point is None else target_drawing.axis_figure(point, card, scale) for point in points
                )
                colour = MARK_COLOURS[THEME][Status.ON_TRACK][0]
                series.append(Series(title, made, colour, line="dashed", has_markers=False, has_labels=False))
    rates = dict(depth.growth)
    columns = [
        Column(ask.say("target.year")),
        Column(ask.say("basis.kind")),
        Column(ask.say("target.value"), unit),
        Column(ask.say("target.growth"), "%"),
    ]
    rows: list[tuple[Any, ...]] = [
        (
            str(year),
            ask.say("target.thin" if Period(year) in depth.thin else "target.reported"),
            target_drawing.axis_figure(value, card, scale),
            _percent(rates.get(year), signed=True),
        )
        for year, value in values.items()
    ]
    rows += [
        (str(step.year), ask.say("target.projected"), target_drawing.axis_figure(step.middle, card, scale), None)
        for step in ahead.values()
        if step.year > depth.forecast.last
    ]
    title = f"{label(card, language)} · {_chart_title(card, ask)}"
    chart = Chart(
        kind="lines",
        title=title,
        unit=unit,
        categories=tuple(str(year) for year in years),
        series=tuple(series),
        alt=alt_of(title, [str(year) for year in years], list(real), ask, unit),
        starts_at_zero=card.indicator.unit != "share",
    )
    return chart, Table(title, tuple(columns), tuple(rows), brief_rows=20)


def _published(card: Card, ask: Material) -> tuple[Chart | None, Table | None]:
    """Published figures as points that no line joins, each with its set of towns."""
    language = ask.language
    scale = gap_words.display_scale(card, language)
    unit = scale.unit
    rows = gap_drawing.series_rows(card, language)
    if not len(rows):
        return None, None
    labelled = gap_drawing.published_scale(card, language)
    labels = tuple(labelled.figure(point.value) for point in card.trend)
    goal = target_drawing.axis_figure(card.target.base_value, card, scale)
    names = [f"{period} {scope}" for period, scope in zip(rows["period"], rows["scope"], strict=True)]
    title = f"{label(card, language)} · {_chart_title(card, ask)}"
    chart = Chart(
        kind="lines",
        title=title,
        unit=unit,
        categories=tuple(names),
        series=(
            Series(ask.say("target.trend_published"), labels, INK["primary"], line="none"),
            _target_line(card, goal, len(names), language),
        ),
        alt=alt_of(title, names, labels, ask, unit),
    )
    table = Table(
        title,
        (
            Column(ask.say("basis.period")),
            Column(ask.say("basis.scope"), width=2),
            Column(ask.say("target.value"), unit),
            Column(ask.say("towns.provenance")),
        ),
        tuple(
            (
                str(point.period),
                scope,
                scale.figure(point.value, wording.PUBLISHED_DIGITS),  # the digits it was published with
                PROVENANCES[point.provenance].say(language),
            )
            for point, scope in zip(card.trend, rows["scope"], strict=True)
        ),
    )
    return chart, table
