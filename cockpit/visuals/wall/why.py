"""Why a target is missed and what waits: the right half of the province's scene."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from cockpit.analysis.attainment import Limits
from cockpit.analysis.briefing import AreaValue, Briefing, Card, GapParts, VerdictChange
from cockpit.analysis.decisions import Decision
from cockpit.phrases import say
from cockpit.policy.wall_design import SceneRecord, WallRecord
from cockpit.visuals.marks.markup import EMPTY, Markup, html, html_of
from cockpit.visuals.wall.maps import Shapes
from cockpit.visuals.wall.scene import BarRow, Setting, bar_list, counted, h2, plain_area
from cockpit.vocabulary import STATUSES
from cockpit.wording import targets as wording
from cockpit.wording.gap import GapTable, gap_table, town_rows

_SHORT: Final = 9  # letters of a prefecture's English name
_AREAS: Final = 11  # as many as there are prefectures
_MOVERS: Final = 7
_DECISIONS: Final = 3
_SOURCES: Final = 6
_CHANGES: Final = 4


@dataclass(frozen=True, eq=False)
class Overview:
    """What the scene shows. `published` is target -> card of the published figure, for the notch in a bar; `changes`
    are verdicts that this version turned, None for a first version; `sources` names who published what."""

    briefing: Briefing
    limits: Limits
    record: SceneRecord
    wall: WallRecord
    shapes: Shapes
    parts: GapParts | None
    areas: tuple[AreaValue, ...]
    published: Mapping[str, Card]
    changes: tuple[VerdictChange, ...] | None
    sources: Sequence[tuple[str, str]]


def right(found: Overview, setting: Setting) -> Markup:
    return _attribution(found, setting) + _more_parts(found, setting) + _decisions(found, setting)


def _attribution(found: Overview, setting: Setting) -> Markup:
    language, parts, briefing = setting.language, found.parts, found.briefing
    if parts is None:
        key_ = "gap.none" if not briefing.is_simulated() else "gap.none_target"
        reason = html("<p>{}</p>", say(key_, language))
        sources = counted_sources(found.sources, setting)
        return html('<section class="w-D">{}{}{}</section>', h2(say("gap.title", language)), reason, sources)
    table = gap_table(parts, language)
    label = parts.card.indicator.label.say(language)
    rows = _at_most(
        [BarRow(plain_area(row.name), row.value("same"), row.text("same") or "·") for row in table.areas],
        table,
        setting,
    )
    amount = replace(table.total, value=abs(table.total.value or 0.0), is_signed=False).short(language)
    # A part of the province has no target: it lies above or below what its share of the target would be.
    kind = ("gap" if parts.total < 0 else "surplus") + ("_part" if parts.card.is_part else "")
    title = setting.say(f"wall.{kind}", label=label, value=amount)
    year, where = parts.card.target.due.year, setting.say(f"wall.by_{'county' if table.by_county else 'prefecture'}")
    note = setting.say("wall.gap_note", where=where, year=year, unit=table.total.short_unit) + setting.mark
    heading = h2(title, note, setting.say("wall.expected", year=parts.base_year))
    same = table.part("same")
    total = (setting.say("wall.same_total", count=same.towns), same.text)
    # Counties have longer names than prefectures.
    is_long = setting.language == "en" and any(len(row.label) > _SHORT for row in rows)
    bars = bar_list(rows, title, total, f"{'gap' if parts.total < 0 else ''}{' long' if is_long else ''}")
    return html('<section class="w-D">{}{}{}</section>', heading, _four(table, setting), bars)


def _at_most(rows: list[BarRow], table: GapTable, setting: Setting) -> list[BarRow]:
    """The rows a column holds, the highest first; the smallest of more are one row, so that all still add up."""
    if len(rows) > _AREAS:
        rows = sorted(rows, key=lambda row: -abs(row.value))
        rest = sum(row.value for row in rows[_AREAS - 1 :])
        count = len(rows) - _AREAS + 1
        told = replace(table.total, value=rest, is_signed=True).number
        rows = [*rows[: _AREAS - 1], BarRow(setting.say("wall.other_areas", count=count), rest, told)]
    return sorted(rows, key=lambda row: -row.value)


def _four(table: GapTable, setting: Setting) -> Markup:
    """The four parts in one line; they sum to the gap in the heading."""
    cells = EMPTY
    for part in table.parts:
        # English names are long for a quarter of the column.
        name = part.name if setting.language == "zh" else setting.say(f"wall.part_{part.movement}")
        count = setting.say("wall.towns_short", count=part.towns)
        cells += html("<span><i>{}<small>{}</small></i><b>{}</b></span>", name, count, part.text)
    return html('<div class="w-four">{}</div>', cells)


def counted_sources(sources: Sequence[tuple[str, str]], setting: Setting) -> Markup:
    rows = html_of(html("<li><b>{}</b><span>{}</span></li>", who, what) for who, what in sources[:_SOURCES])
    heading = h2(say("sources.title", setting.language))
    return html('<div class="w-sources">{}<ul>{}</ul></div>', heading, rows) if rows else EMPTY


def _more_parts(found: Overview, setting: Setting) -> Markup:
    """The same gap by industry class, and the towns that move it most."""
    language, parts = setting.language, found.parts
    if parts is None:
        return EMPTY
    table = gap_table(parts, language)
    classes = [BarRow(row.name, row.value("same"), row.text("same") or "0") for row in table.classes]
    classes.sort(key=lambda row: -row.value)
    towns = [
        BarRow(row.name.removesuffix(" Town"), row.value, row.text)
        for row in town_rows(parts, "same", language, _MOVERS, _MOVERS)
        if row.key
    ]
    towns = sorted(towns, key=lambda row: -abs(row.value))[:_MOVERS]
    towns.sort(key=lambda row: -row.value)
    same = table.part("same")
    total = (setting.say("wall.same_total", count=same.towns), same.text)
    unit = table.unit
    note = setting.dotted(unit + setting.mark, setting.say("wall.classes_sum", count=len(classes), value=same.text))
    title = setting.say("wall.by_class")
    movers = setting.say("wall.movers")
    return html(
        "<section class=\"w-E w-wide2\">{}{}<div class='w-gap'></div>{}{}</section>",
        h2(title, note),
        bar_list(classes, title, total, "long"),
        h2(movers, unit + setting.mark),
        bar_list(towns, movers, kind="long"),
    )


def decision_lines(
    found: Sequence[Decision], briefing: Briefing, limits: Limits, setting: Setting
) -> list[tuple[str, str, str]]:
    """What waits for a decision, as the wall sets it: count, sentence, what to do and the clause."""
    lines = []
    for item in found:
        subject = briefing.card(item.subject).indicator.label.say(setting.language) if item.subject else ""
        values = {
            "days": item.days,
            "total": item.total,
            "year": briefing.due_year,
            "subject": subject,
            "width": wording.tolerance_words(limits),
        }
        count = str(item.count) if item.count else "1"
        cited = setting.say("wall.clause", clause=item.clause) if item.clause else ""
        under = setting.dotted(setting.say(f"wall.decide_{item.kind}_do", **values), cited)
        lines.append((count, setting.say(f"wall.decide_{item.kind}", **values), under))
    return lines


def _decisions(found: Overview, setting: Setting) -> Markup:
    briefing = found.briefing
    lines = decision_lines(briefing.decisions, briefing, found.limits, setting)
    body = counted(lines[:_DECISIONS]) if lines else html("<p>{}</p>", say("decisions.none", setting.language))
    note = (
        EMPTY if briefing.is_simulated() else html('<p class="w-sub">{}</p>', say("decisions.public", setting.language))
    )
    rest = counted(lines[_DECISIONS:])
    more = html('<div class="w-wide3">{}</div>', rest) if lines[_DECISIONS:] else EMPTY
    return html(
        '<section class="w-F"><div>{}{}{}{}</div><div class="w-wide3">{}</div></section>',
        h2(say("decisions.title", setting.language)),
        body,
        more,
        note,
        _changes(found, setting),
    )


def _changes(found: Overview, setting: Setting) -> Markup:
    manifest, language = found.briefing.dataset.manifest, setting.language
    if found.changes is None:
        text = say("changes.first", language, number=manifest.number, date=manifest.published_at[:10])
        return html('{}<p class="w-sub">{}</p>', h2(say("changes.title", language)), text)
    if not found.briefing.selection.scope.is_all:  # before and after tell what few towns brought
        return EMPTY
    heading = setting.say("wall.changes", number=manifest.number)
    if not found.changes:
        return h2(heading, setting.say("wall.changes_none"))
    lines = []
    for change in found.changes[:_CHANGES]:
        before, after = (
            wording.value_figure(value, change.indicator, language).number
            for value in (change.before_value, change.after_value)
        )
        turned = f"{STATUSES[change.before].say(language)} → {STATUSES[change.after].say(language)}"
        lines.append(
            (
                "1",
                setting.say("wall.change", label=change.indicator.label.say(language), period=change.period),
                setting.dotted(turned if change.is_turned else "", f"{before} → {after}"),
            )
        )
    return h2(heading) + counted(lines)
