"""The side blocks of the cockpit as HTML: what waits for a decision, the current year, who is silent, sources.

Pure: values in, markup out; may import analysis and the ground floor.
"""

from __future__ import annotations

from cockpit.analysis.attainment import Limits
from cockpit.analysis.briefing import Briefing, Running
from cockpit.analysis.decisions import Decision, Silent
from cockpit.phrases import say
from cockpit.units import Period, percent
from cockpit.visuals.marks.html import badge, section, status_chip
from cockpit.visuals.marks.markup import EMPTY, Markup, html, html_of
from cockpit.vocabulary import Language, Provenance, Status
from cockpit.wording import targets as wording


def _note(text: str) -> Markup:
    return html('<p class="note">{}</p>', text)


def _decision(decision: Decision, briefing: Briefing, limits: Limits, language: Language) -> Markup:
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
        '<li>{}<div class="dt"><b>{}</b><p>{}</p></div>{}</li>',
        mark,
        say(f"decision.{decision.kind}", language, **values),
        say(f"decision.{decision.kind}_do", language, **values),
        _place(decision, briefing, language),
    )


def _place(decision: Decision, briefing: Briefing, language: Language) -> Markup:
    """The clause; of a clock also the way to its queue, with what the address must carry to open the same data."""
    clause = f"[{decision.clause}]" if decision.clause else ""
    if not decision.kind.startswith("clock_"):
        return html('<span class="go">{}</span>', clause)
    query = f"lists?dataset={briefing.dataset.name}&lang={language}"
    return html(
        '<a class="go" href="{}" target="_self" title="{}">{} →</a>', query, say("page.lists", language), clause
    )


def decisions(briefing: Briefing, limits: Limits, language: Language) -> Markup:
    """The list of what waits for a decision."""
    items = html_of(_decision(decision, briefing, limits, language) for decision in briefing.decisions)
    count = say("decisions.count", language, count=len(briefing.decisions)) if briefing.decisions else ""
    note = EMPTY if briefing.is_simulated() else _note(say("decisions.public", language))
    body = html('<ul class="dec">{}</ul>', items) if items else _note(say("decisions.none", language))
    return section(say("decisions.title", language), html('<span class="cnt">{}</span>', count), body + note)


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
            "<div><span>{}</span><b>{}<small>{}</small></b><em>{}</em></div>",
            part.indicator.label.say(language),
            text.number,
            text.unit,
            change,
        )

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
        return html("<li><span>{}</span><em>{}</em></li>", name, extent)

    rows = html_of(item(town) for town in silent[:most])
    rest = _note(say("missing.more", language, count=len(silent) - most)) if len(silent) > most else EMPTY
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
    return section(say("sources.title", language), "", html('<ul class="src">{}</ul>', rows))


def changes(briefing: Briefing, language: Language) -> Markup:
    """What the current version brought."""
    manifest = briefing.dataset.manifest
    told = {"number": manifest.number, "date": manifest.published_at[:10]}
    if manifest.parent is None:
        text = say("changes.first", language, **told)
    else:
        text = say("changes.next", language, **told, who=manifest.published_by, note=manifest.note)
    return section(say("changes.title", language), "", _note(text))
