"""The side blocks of the cockpit as HTML: what waits for a decision, the current year, who is silent, sources.

Pure: values in, markup out; may import analysis and the ground floor. Every text from data is escaped here.
"""

from __future__ import annotations

from html import escape

from cockpit.analysis.attainment import Limits
from cockpit.analysis.briefing import Briefing, Running
from cockpit.analysis.decisions import Decision, Silent
from cockpit.phrases import say
from cockpit.units import Period, percent
from cockpit.visuals.marks.html import badge, section, status_chip
from cockpit.vocabulary import Language, Provenance, Status
from cockpit.wording import targets as wording


def _note(text: str) -> str:
    return f'<p class="note">{escape(text)}</p>'


def _decision(decision: Decision, briefing: Briefing, limits: Limits, language: Language) -> str:
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
    return (
        f'<li>{mark}<div class="dt"><b>{escape(say(f"decision.{decision.kind}", language, **values))}</b>'
        f"<p>{escape(say(f'decision.{decision.kind}_do', language, **values))}</p></div>"
        f"{_place(decision, briefing, language)}</li>"
    )


def _place(decision: Decision, briefing: Briefing, language: Language) -> str:
    """The clause; of a clock also the way to its queue, with what the address must carry to open the same data."""
    clause = f"[{escape(decision.clause)}]" if decision.clause else ""
    if not decision.kind.startswith("clock_"):
        return f'<span class="go">{clause}</span>'
    query = escape(f"lists?dataset={briefing.dataset.name}&lang={language}")
    return f'<a class="go" href="{query}" target="_self" title="{escape(say("page.lists", language))}">{clause} →</a>'


def decisions(briefing: Briefing, limits: Limits, language: Language) -> str:
    """The list of what waits for a decision."""
    items = "".join(_decision(decision, briefing, limits, language) for decision in briefing.decisions)
    count = say("decisions.count", language, count=len(briefing.decisions)) if briefing.decisions else ""
    note = "" if briefing.is_simulated() else _note(say("decisions.public", language))
    body = f'<ul class="dec">{items}</ul>' if items else _note(say("decisions.none", language))
    return section(say("decisions.title", language), f'<span class="cnt">{count}</span>', body + note)


def running(briefing: Briefing, language: Language) -> str:
    """The current year, figures and growth only."""
    title = say("running.title", language)
    if not briefing.running:
        key = "running.uncovered" if briefing.is_simulated() else "running.none"
        return section(title, "", _note(say(key, language)), "now")
    first = briefing.running[0]
    period = say("running.period", language, period=Period.parse(first.period).say(language))
    provenance = Provenance.SIMULATED if briefing.is_simulated() else Provenance.SUBMITTED
    coverage = say("card.coverage", language, reported=first.reported, expected=first.expected)

    def item(part: Running) -> str:
        text = wording.value_figure(part.value, part.indicator, language)
        change = percent(part.growth, signed=True)
        return (
            f"<div><span>{escape(part.indicator.label.say(language))}</span>"
            f"<b>{text.number}<small>{escape(text.unit)}</small></b><em>{change}</em></div>"
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
    aside = f'<span class="cnt">{period}</span><span class="cnt r">{badge(provenance, language)} {coverage}</span>'
    figures = f'<div class="n3">{"".join(item(part) for part in briefing.running)}</div>'
    notes = (_note(arriving) if arriving else "") + _note(say("running.note", language))
    return section(title, aside, figures + notes, "now")


def missing(briefing: Briefing, language: Language, most: int) -> str:
    """Towns that have not reported headline indicators of the period, the quietest first."""
    silent = briefing.missing
    period = say("missing.period", language, period=Period.parse(briefing.selection.period).say(language))

    def item(town: Silent) -> str:
        name = town.name_zh if language == "zh" else town.name_en
        extent = say("missing.all", language) if town.is_all else say("missing.some", language, count=town.count)
        return f"<li><span>{escape(name)}</span><em>{escape(extent)}</em></li>"

    rows = "".join(item(town) for town in silent[:most])
    rest = _note(say("missing.more", language, count=len(silent) - most)) if len(silent) > most else ""
    body = f'<ul class="quiet">{rows}</ul>{rest}' if silent else _note(say("missing.none", language))
    count = f'<span class="cnt r">{say("missing.count", language, count=len(silent))}</span>' if silent else ""
    return section(say("missing.title", language), f'<span class="cnt">{escape(period)}</span>{count}', body)


def text_of(value: object) -> str:
    """Text of an optional cell; what is not there reads as nothing, never as nan."""
    return value if isinstance(value, str) else ""


def sources(briefing: Briefing, language: Language) -> str:
    """Who published the figures on the cards."""
    table = briefing.dataset.table("sources").set_index("source_id")
    cited: dict[str, list[str]] = {}
    for card in briefing.cards:
        for source_id in card.source_ids:
            cited.setdefault(source_id, []).append(card.indicator.label.say(language))
    joint = "、" if language == "zh" else ", "

    def item(source_id: str, labels: list[str]) -> str:
        publisher, dated = str(table.loc[source_id, "publisher"]), text_of(table.loc[source_id, "dated"])
        lead = f"<b>{escape(publisher)} {escape(dated)}</b>"
        return f"<li>{lead}<p>[{escape(source_id)}] {escape(joint.join(labels))}</p></li>"

    rows = "".join(item(source_id, labels) for source_id, labels in cited.items())
    return section(say("sources.title", language), "", f'<ul class="src">{rows}</ul>')


def changes(briefing: Briefing, language: Language) -> str:
    """What the current version brought."""
    manifest = briefing.dataset.manifest
    told = {"number": manifest.number, "date": manifest.published_at[:10]}
    if manifest.parent is None:
        text = say("changes.first", language, **told)
    else:
        text = say("changes.next", language, **told, who=manifest.published_by, note=manifest.note)
    return section(say("changes.title", language), "", _note(text))
