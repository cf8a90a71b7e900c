"""The side blocks of the cockpit as HTML: what waits for a decision, the current year, who is silent, sources.

Pure: values in, markup out; may import analysis and the ground floor.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

from cockpit.analysis.attainment import Limits
from cockpit.analysis.briefing import Briefing, Moved, Running, Update
from cockpit.analysis.decisions import Decision, Silent
from cockpit.phrases import say
from cockpit.units import Period, figure, percent
from cockpit.visuals.marks.html import badge, marked, opens, section, status_chip
from cockpit.visuals.marks.html import town as town_name
from cockpit.visuals.marks.markup import EMPTY, Markup, html, html_of
from cockpit.vocabulary import Language, Provenance, Stage, Status
from cockpit.wording import data as data_words
from cockpit.wording import targets as wording

_NAMED: Final = 3  # towns of an update that are named
_MOVED: Final = 1  # figures of it that are shown; the others stand with the versions


def _note(text: str) -> Markup:
    return html('<p class="note">{}</p>', text)


# Where a decision is taken or looked into: page, and what its address shall hold.
_FRESHNESS: Final = ("data", {"part": "freshness"})
_LEADS: Final[dict[str, tuple[str, dict[str, str]]]] = {
    "low_coverage": _FRESHNESS,
    "silence": _FRESHNESS,
    "no_data": _FRESHNESS,
    "clock_over": ("lists", {"check": Stage.OVER.value}),
    "clock_due": ("lists", {"check": Stage.DUE.value}),
    "clock_ending": ("lists", {"check": Stage.ENDING.value}),
    "clock_soon": ("lists", {"check": Stage.WATCH.value}),
}


def _decision(decision: Decision, way: Markup, briefing: Briefing, limits: Limits, language: Language) -> Markup:
    subject = ""
    coverage = ""
    if decision.subject:
        card = briefing.card(decision.subject)
        subject = card.indicator.label.say(language)
        coverage = percent(card.reported / card.expected, decimals=0) if card.expected else ""
    values = {
        "count": decision.count,
        "days": decision.days,
        "total": decision.total,
        "year": briefing.due_year,
        "subject": subject,
        "coverage": coverage,
        "width": wording.tolerance_words(limits),
    }
    if decision.is_overdue:
        mark = status_chip(Status.MISSED, say("decision.overdue", language))
    elif decision.kind in ("clock_soon", "clock_ending"):
        mark = status_chip(Status.BEHIND, say("decision.in_days", language, days=decision.days))
    elif decision.kind == "own_tolerance":
        mark = status_chip(Status.CANNOT_JUDGE, say("decision.own", language))
    else:
        mark = status_chip(Status.BEHIND, say("decision.open", language))
    return html(
        '<li>{}<div class="dt"><b><span class="to" {}>{}</span></b><p>{}</p></div>{}</li>',
        mark,
        _opens(decision, language),
        say(f"decision.{decision.kind}", language, **values),
        say(f"decision.{decision.kind}_do", language, **values),
        html('<span class="go">{} {}</span>', way, f"[{decision.clause}]" if decision.clause else "")
        if decision.clause or way
        else EMPTY,
    )


def _opens(decision: Decision, language: Language) -> Markup:
    """The way to where it is decided or looked into."""
    clause = f"[{decision.clause}]" if decision.clause else ""
    page, holds = _LEADS.get(decision.kind, ("targets", {"target": decision.subject}))
    return opens(page, say("decision.go", language, page=say(f"page.{page}", language), clause=clause), **holds)


def decisions(briefing: Briefing, limits: Limits, language: Language, ways: Mapping[tuple[str, str], Markup]) -> Markup:
    """The list of what waits for a decision.

    Args:
        ways: by kind and subject ("" for those of no target): the matter that has it in hand, or how it is handed out.
    """
    items = html_of(
        _decision(item, ways.get((item.kind, item.subject), EMPTY), briefing, limits, language)
        for item in briefing.decisions
    )
    count = say("decisions.count", language, count=len(briefing.decisions)) if briefing.decisions else ""
    note = EMPTY if briefing.is_simulated() else _note(say("decisions.public", language))
    body = html('<ul class="dec">{}</ul>', items) if items else _note(say("decisions.none", language))
    title = say("decisions.title", language)
    return html('<div id="decisions">{}</div>', section(title, html('<span class="cnt">{}</span>', count), body + note))


def running(briefing: Briefing, language: Language) -> Markup:
    """The current year, figures and growth only."""
    title = say("running.title", language)
    if not briefing.running:
        key = "running.uncovered" if briefing.is_simulated() else "running.none"
        return section(title, "", _note(say(key, language)), "now")
    first = briefing.running[0]
    period = say("running.period", language, period=Period.parse(first.period).say(language))
    provenance = Provenance.SIMULATED if briefing.is_simulated() else Provenance.SUBMITTED
    coverage = say("card.coverage", language, reported=first.reported, expected=first.expected)

    def item(part: Running) -> Markup:
        text = wording.value_figure(part.value, part.indicator, language)
        change = percent(part.growth, signed=True)
        return html(
            '<div><span><span class="to" {}>{}</span></span><b>{}<small>{}</small></b><em>{}</em></div>',
            opens("targets", target=aimed[part.indicator.id], period=part.period),
            part.indicator.label.say(language),
            text.number,
            text.unit,
            change,
        )

    aimed = {card.indicator.id: card.target.id for card in briefing.cards}
    arriving = ""
    if first.arriving:
        arriving = say(
            "running.arriving",
            language,
            period=Period.parse(first.arriving).say(language),
            reported=first.arrived,
            expected=first.awaited,
        )
    aside = html(
        '<span class="cnt">{}</span><span class="cnt r">{} {}</span>', period, badge(provenance, language), coverage
    )
    figures = html('<div class="n3">{}</div>', html_of(item(part) for part in briefing.running))
    notes = (_note(arriving) if arriving else "") + _note(say("running.note", language))
    return section(title, aside, figures + notes, "now")


def missing(briefing: Briefing, language: Language, most: int) -> Markup:
    """Towns that have not reported headline indicators of the period, the quietest first."""
    silent = briefing.missing
    period = say("missing.period", language, period=Period.parse(briefing.selection.period).say(language))

    def item(town: Silent) -> Markup:
        name = town.name_zh if language == "zh" else town.name_en
        extent = say("missing.all", language) if town.is_all else say("missing.some", language, count=town.count)
        return html("<li>{}<em>{}</em></li>", town_name(town.town_code, name, language), extent)

    rows = html_of(item(town) for town in silent[:most])
    rest = EMPTY
    if len(silent) > most:
        more = say("missing.more" if most else "missing.who", language, count=len(silent) - most)
        rest = html('<p class="note"><span class="to" {}>{}</span></p>', opens("data", part="freshness"), more)
    body = html('<ul class="quiet">{}</ul>{}', rows, rest) if silent else _note(say("missing.none", language))
    count = (
        html('<span class="cnt r">{}</span>', say("missing.count", language, count=len(silent))) if silent else EMPTY
    )
    return section(say("missing.title", language), html('<span class="cnt">{}</span>{}', period, count), body)


def text_of(value: object) -> str:
    """Text of an optional cell; what is not there reads as nothing, never as nan."""
    return value if isinstance(value, str) else ""


def sources(briefing: Briefing, language: Language) -> Markup:
    """Who published the figures on the cards."""
    table = briefing.dataset.table("sources").set_index("source_id")
    cited: dict[str, list[str]] = {}
    for card in briefing.cards:
        for source_id in card.source_ids:
            cited.setdefault(source_id, []).append(card.indicator.label.say(language))
    joint = "、" if language == "zh" else ", "

    def item(source_id: str, labels: list[str]) -> Markup:
        publisher, dated = str(table.loc[source_id, "publisher"]), text_of(table.loc[source_id, "dated"])
        lead = html("<b>{} {}</b>", publisher, dated)
        return html("<li>{}<p>[{}] {}</p></li>", lead, source_id, joint.join(labels))

    rows = html_of(item(source_id, labels) for source_id, labels in cited.items())
    return section(say("sources.title", language), "", html('<ul class="pubsrc">{}</ul>', rows))


def changes(briefing: Briefing, update: Update | None, note: str, language: Language) -> Markup:
    """What the current version brought: who and why, how many figures of which towns, and the figures they move.

    Args:
        note: what its publisher wrote, as the reader may meet it.
    """
    manifest = briefing.dataset.manifest
    told = {"number": manifest.number, "date": manifest.published_at[:10]}
    if manifest.parent is None:
        return section(say("changes.title", language), "", _note(say("changes.first", language, **told)))
    first = say("changes.next", language, **told, who=data_words.told_of(manifest, language)[0], note=note)
    body = _update(first, briefing, update, language) if update is not None else _note(first)
    more = html('<span class="to cnt r" {}>{} →</span>', opens("data", part="versions"), say("changes.all", language))
    return section(say("changes.title", language), more, body)


def _update(first: str, briefing: Briefing, update: Update, language: Language) -> Markup:
    if not update.count:
        return _note(f"{first} {say('changes.none', language)}")
    towns = briefing.dataset.towns
    column = towns["name_zh" if language == "zh" else "name_en"].astype(str)
    names = dict(zip(towns["town_code"].astype(str), column, strict=True))
    shown = [town_name(code, names[code], language) for code in update.towns if code in briefing.seen][:_NAMED]
    counts = {name: getattr(update, name) for name in ("count", "new", "changed", "withdrawn")}
    text = marked(
        "changes.figures" if len(update.towns) <= _NAMED else "changes.figures_more",
        language,
        **counts,
        towns=len(update.towns),
        names=html_of(shown, "、" if language == "zh" else ", "),
    )
    # What was nothing before is not moved but new.
    moved = [item for item in update.moved if not (_is_none(item.before) or _is_none(item.after))]
    rows = html_of(
        html(
            '<li><span class="to" {}>{}</span><em>{} → <b>{}</b>{}</em></li>',
            opens("targets", target=item.target.id, period=item.period),
            f"{item.indicator.label.say(language)} {Period.parse(item.period).say(language)}",
            *_before_after(item, language),
        )
        # Before and after of the whole province tell what the few towns brought that were changed.
        for item in (moved[:_MOVED] if briefing.selection.scope.is_all else ())
    )
    return html('<p class="note">{} {}</p><ul class="quiet moved">{}</ul>', first, text, rows)


def _is_none(value: float | None) -> bool:
    return value is None or math.isnan(value)


def _before_after(item: Moved, language: Language) -> tuple[str, str, str]:
    """Both figures with as many digits as tell them apart, up to seven, and their unit where it is one."""
    for digits in range(4, 8):
        old, new = (
            figure(value, item.indicator.unit, language, counter=item.indicator.counter, digits=digits)
            for value in (item.before, item.after)
        )
        if str(old) != str(new):
            break
    if old.unit == new.unit:
        return old.number, new.number, f" {new.unit}"
    return str(old), str(new), ""
