"""Why a target is missed and what waits: the right half of the province's scene."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Final

from cockpit.analysis.attainment import Limits
from cockpit.analysis.briefing import AreaValue, Briefing, Card, GapParts, VerdictChange
from cockpit.analysis.decisions import Decision
from cockpit.phrases import say
from cockpit.policy.wall_design import SceneRecord, WallRecord
from cockpit.visuals.wall.maps import Shapes
from cockpit.visuals.wall.scene import BarRow, Setting, bar_list, counted, h2
from cockpit.vocabulary import STATUSES
from cockpit.wording import targets as wording
from cockpit.wording.gap import GapTable, gap_table, town_rows

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


def right(found: Overview, setting: Setting) -> str:
    return f"{_attribution(found, setting)}{_more_parts(found, setting)}{_decisions(found, setting)}"


def _attribution(found: Overview, setting: Setting) -> str:
    language, parts, briefing = setting.language, found.parts, found.briefing
    if parts is None:
        key_ = "gap.none" if not briefing.is_simulated() else "gap.none_target"
        reason = f"<p>{escape(say(key_, language))}</p>"
        sources = counted_sources(found.sources, setting)
        return f'<section class="w-D">{h2(say("gap.title", language))}{reason}{sources}</section>'
    table = gap_table(parts, language)
    label = parts.card.indicator.label.say(language)
    rows = [BarRow(row.name, row.value("same"), row.text("same") or "0") for row in table.areas]
    rows.sort(key=lambda row: -row.value)
    amount = replace(table.total, value=abs(table.total.value or 0.0), is_signed=False).short(language)
    title = setting.say("wall.gap" if parts.total < 0 else "wall.surplus", label=label, value=amount)
    year = parts.card.target.due.year
    note = setting.say("wall.gap_note", year=year, unit=table.total.short_unit) + setting.mark
    heading = h2(title, note, setting.say("wall.expected", year=parts.base_year))
    same = table.part("same")
    total = (setting.say("wall.same_total", count=same.towns), same.text)
    bars = bar_list(rows, title, total, "gap" if parts.total < 0 else "")
    return f'<section class="w-D">{heading}{_four(table, setting)}{bars}</section>'


def _four(table: GapTable, setting: Setting) -> str:
    """The four parts in one line; they sum to the gap in the heading."""
    cells = ""
    for part in table.parts:
        # English names are long for a quarter of the column.
        name = part.name if setting.language == "zh" else setting.say(f"wall.part_{part.movement}")
        count = setting.say("wall.towns_short", count=part.towns)
        cells += f"<span><i>{escape(name)}<small>{escape(count)}</small></i><b>{escape(part.text)}</b></span>"
    return f'<div class="w-four">{cells}</div>'


def counted_sources(sources: Sequence[tuple[str, str]], setting: Setting) -> str:
    rows = "".join(f"<li><b>{escape(who)}</b><span>{escape(what)}</span></li>" for who, what in sources[:_SOURCES])
    heading = h2(say("sources.title", setting.language))
    return f'<div class="w-sources">{heading}<ul>{rows}</ul></div>' if rows else ""


def _more_parts(found: Overview, setting: Setting) -> str:
    """The same gap by industry class, and the towns that move it most."""
    language, parts = setting.language, found.parts
    if parts is None:
        return ""
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
    return (
        f'<section class="w-E w-wide2">{h2(title, note)}{bar_list(classes, title, total, "long")}'
        f"<div class='w-gap'></div>{h2(movers, unit + setting.mark)}{bar_list(towns, movers, kind='long')}</section>"
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


def _decisions(found: Overview, setting: Setting) -> str:
    briefing = found.briefing
    lines = decision_lines(briefing.decisions, briefing, found.limits, setting)
    body = counted(lines[:_DECISIONS]) if lines else f"<p>{escape(say('decisions.none', setting.language))}</p>"
    note = (
        "" if briefing.is_simulated() else f'<p class="w-sub">{escape(say("decisions.public", setting.language))}</p>'
    )
    rest = counted(lines[_DECISIONS:])
    more = f'<div class="w-wide3">{rest}</div>' if lines[_DECISIONS:] else ""
    return (
        f'<section class="w-F"><div>{h2(say("decisions.title", setting.language))}{body}{more}{note}</div>'
        f'<div class="w-wide3">{_changes(found, setting)}</div></section>'
    )


def _changes(found: Overview, setting: Setting) -> str:
    manifest, language = found.briefing.dataset.manifest, setting.language
    if found.changes is None:
        text = say("changes.first", language, number=manifest.number, date=manifest.published_at[:10])
        return f'{h2(say("changes.title", language))}<p class="w-sub">{escape(text)}</p>'
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
