"""Who makes the gap, on the cockpit: four parts, areas or classes, towns; every mark of it can be clicked."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, cast

from cockpit.analysis.briefing import Briefing, GapParts, GrowthParts, speaks_published
from cockpit.analysis.briefing.gaps import MOVEMENTS, Movement
from cockpit.briefings import gap_parts, growth_parts
from cockpit.phrases import say
from cockpit.ui.frame import address
from cockpit.ui.frame.shell import View
from cockpit.visuals.marks.html import badge, narrows
from cockpit.visuals.marks.markup import EMPTY, Markup, html
from cockpit.visuals.marks.palette import Theme
from cockpit.visuals.targets import gap_blocks, gap_drawing
from cockpit.visuals.targets.gap_blocks import Bar
from cockpit.vocabulary import Language, Status
from cockpit.wording import gap as gap_words
from cockpit.wording import targets as wording
from cockpit.wording.gap import gap_table, town_rows, town_tag

PART: Final = "gappart"
TARGET: Final = "gaptarget"
GROUPING: Final = "gapby"
VERDICT: Final = "verdict"


def selected_target(view: View) -> str:
    """Target whose gap is attributed: the one in the address, else the first money target."""
    return address.asked_one("target", tuple(view.desk.register.targets), default_target(view))


def default_target(view: View) -> str:
    return next(name for name, target in view.desk.register.targets.items() if target.rank == "money")


def shown_verdict(view: View) -> str:
    """The verdict whose cards stand out, "" for all; a selection has none."""
    asked = address.get(VERDICT)[:1]
    if asked and (asked[0] not in {status.value for status in Status} or view.briefing.selection.is_filtered):
        address.set_aside(VERDICT, [value for value in asked if value not in {status.value for status in Status}])
        address.put(VERDICT, [])
        return ""
    return asked[0] if asked else ""


def attribution(view: View, target: str) -> Markup:
    """Who makes the gap, in four parts that sum to it; growth or the published series where no gap can be split."""
    desk, briefing, language = view.desk, view.briefing, view.language
    # Asked for in every case: what the address names wrongly is told whichever of the three is drawn.
    by = cast(gap_blocks.By, address.asked_one(GROUPING, gap_blocks.BYS, gap_blocks.BYS[0]))
    part = cast(Movement, address.asked_one(PART, MOVEMENTS, MOVEMENTS[0]))
    parts = gap_parts(desk, briefing.selection, briefing.as_of, target)
    unit: Markup | str
    if parts is not None:
        title, finding, unit, body = (
            view.say("gap.title"),
            "",
            _aside(parts, language),
            _four(parts, by, part, language),
        )
    elif speaks_published(desk.dataset):
        title, finding, unit = view.say("series.title"), view.say("series.note"), EMPTY
        body = _published(briefing, target, language)
    else:
        title, finding, unit, body = view.say("growth.title"), view.say("gap.none_period"), EMPTY, EMPTY
        running = growth_parts(desk, briefing.selection, briefing.as_of, target)
        if running is not None:
            lead = gap_drawing.draw_growth(running, language, view.theme)
            finding, body = lead.finding, _growth(running, language, view.theme)
    names = {
        name: desk.register.indicator(record.indicator).label.say(language)
        for name, record in desk.register.targets.items()
    }
    return gap_blocks.head(title, names, target, finding, unit, by if parts else None, language) + body


def _aside(parts: GapParts, language: Language) -> Markup:
    """Unit, period and provenance, once for all figures of the section."""
    period = wording.period_words(parts.card.period, parts.card.indicator, language, short=True)
    text = say("gap.unit", language, unit=gap_table(parts, language).unit, period=period)
    return html("{} {}", text, badge(parts.card.provenance, language))


@lru_cache(maxsize=256)
def _four(parts: GapParts, by: gap_blocks.By, shown: Movement, language: Language) -> Markup:
    table = gap_table(parts, language)
    filters = "class" if by == "class" else "county" if table.by_county else "prefecture"
    period = wording.period_words(parts.card.period, parts.card.indicator, language, short=True)
    rows = town_rows(parts, shown, language)
    named = parts.towns.loc[[row.key for row in rows if row.key]]
    tags = {
        str(code): town_tag(shown, str(status), bool(was), language)
        for code, status, was in zip(named.index, named["status"], named["listed_then"], strict=True)
    }
    return gap_blocks.section(
        gap_blocks.groups(table, by, shown, filters, language),
        gap_blocks.towns(table, rows, shown, tags, language),
        gap_blocks.strip(table, shown, period, language),
        table.finding,
        table.method,
    )


@lru_cache(maxsize=256)
def _growth(parts: GrowthParts, language: Language, theme: Theme) -> Markup:
    """Growth by prefecture and class on one scale; a click on a name filters."""
    lead = gap_drawing.draw_growth(parts, language, theme)
    values = [0.0, *(figure.shown or 0.0 for column in lead.columns for _, figure in column.bars)]
    tables = []
    for column, frame in zip(lead.columns, (parts.by_prefecture, parts.by_class), strict=True):
        opened = [narrows(column.name, str(key), say("gap.filter_to", language)) for key in frame["key"]]
        rows = [
            Bar(name, figure.shown or 0.0, figure.number, opens=opens)
            for (name, figure), opens in zip(column.bars, opened, strict=True)
        ]
        tables.append(gap_blocks.bars((column.title, column.note, lead.unit), rows, (min(values), max(values))))
    return gap_blocks.section(tables[0], tables[1], EMPTY, "", lead.method)


@lru_cache(maxsize=256)
def _published(briefing: Briefing, target: str, language: Language) -> Markup:
    """What was published for the target, scope by scope, and the mix of the known list."""
    card = briefing.card(target)
    scale = gap_words.display_scale(card, language)
    rows, aim = gap_drawing.series_rows(card, language), card.target.base_value / scale.divisor
    label = say("series.axis", language, label=card.indicator.label.say(language), unit=scale.unit)
    series = html('<p class="note">{}</p>', say("card.not_published", language))
    if len(rows):
        found = zip(rows["period"], rows["scope"], rows["value"], rows["number"], strict=True)
        points = [Bar(str(period), value, number, scope) for period, scope, value, number in found]
        goal = f"{say('card.target', language)} {aim:g}"
        most = max(aim, *(point.value for point in points))
        series = gap_blocks.bars((say("basis.period", language), goal, label), points, (0.0, most), aim)
    mix = gap_drawing.class_mix(briefing, language)
    known = [Bar(str(name), float(count), str(count)) for name, count in zip(mix["name"], mix["value"], strict=True)]
    heads = (say("series.known", language), "", say("map.count", language))
    classes = gap_blocks.bars(heads, known, (0.0, max(bar.value for bar in known)))
    note = html('<p class="note gmethod">{}</p>', say("series.known_note", language))
    return gap_blocks.section(series, html("<div>{}{}</div>", classes, note), EMPTY, "", "")


def picked(view: View, what: str) -> None:
    """A choice in the section's head: the target, areas or classes. What else is clicked leads on (`leading.py`)."""
    kind, _, value = what.partition(":")
    if kind == GROUPING and value in gap_blocks.BYS:
        address.put(GROUPING, [] if value == gap_blocks.BYS[0] else [value])
    elif kind == TARGET and value in view.desk.register.targets:
        address.put("target", [] if value == default_target(view) else [value])
