"""What was said of a target before, and what it stands on: the look back and the basis, as HTML.

Pure: values in, markup out; may import analysis, policy and the ground floor.
"""

from __future__ import annotations

from typing import Final

from cockpit.analysis.briefing import Card, Depth
from cockpit.analysis.forecast import Rules
from cockpit.phrases import say
from cockpit.policy.records import Rule
from cockpit.policy.register import Register
from cockpit.units import Period, percent
from cockpit.visuals.marks.html import section
from cockpit.visuals.marks.markup import EMPTY, Markup, html, html_of
from cockpit.visuals.targets.trend import short_figure
from cockpit.visuals.targets.verdict import plain_value, small_note
from cockpit.vocabulary import ORIGINS, PACES, Language
from cockpit.wording import targets as wording

_PARAMETERS: Final = (
    "coverage_minimum", "tolerance_about", "pace_base_year", "on_track_ratio", "accelerate_ratio", "limited_ratio",
    "forecast_points_line", "forecast_points_interval", "forecast_points_most", "forecast_interval", "forecast_likely",
    "forecast_unlikely", "forecast_panel_minimum", "attribution_base_year",
)  # fmt: skip


def looks(depth: Depth, rules: Rules, language: Language) -> Markup:
    """What could be said at the end of each year since the base year, and how it came out."""
    if not depth.looks:
        return EMPTY
    card, due = depth.card, depth.card.target.due.year
    level = percent(rules.level, decimals=0)
    heads = [
        say("target.looks_year", language),
        say("target.looks_needed", language),
        say("target.looks_pace", language),
        say("target.looks_forecast", language, due=due, level=level),
        say("target.looks_band", language),
    ]
    rows = []
    for look in depth.looks:
        then, found = look.card.attainment.pace, look.forecast
        told = "—" if then is None or then.ratio is None or then.word is None else (
            f"{PACES[then.word].say(language)} {then.ratio:.2f}"
        )  # fmt: skip
        if then is not None and then.reason == "already_met":
            told = say("pace.short_already_met", language)
        rate = look.card.attainment.needed_growth
        reach, band = "—", "—"
        if found.steps:
            end = found.steps[-1]
            reach = plain_value(end.middle, card, language)
            if end.low is not None and end.high is not None:
                ends = [short_figure(edge, card, language).number for edge in (end.low, end.high)]
                reach += f" ({ends[0]}–{ends[1]})"
        if found.band:
            band = say(f"target.band_{found.band}", language)
        cells = (look.card.period, "—" if rate is None else percent(rate, signed=True), told, reach, band)
        rows.append(html("<tr>") + html_of(html("<td>{}</td>", cell) for cell in cells) + html("</tr>"))
    value = depth.outturn
    if value is None and depth.anchor is not None and Period.parse(depth.anchor.period).year == due:
        value = depth.anchor.value
    is_kept_back = depth.anchor is not None and depth.anchor.attainment.reason == "small_group"
    tail = say("card.small_group", language) if is_kept_back else say("target.looks_open", language, due=due)
    if value is not None:
        tail = say("target.looks_outturn", language, due=due, value=plain_value(value, card, language))
    head = html_of(html('<th scope="col">{}</th>', text) for text in heads)
    table = html(
        '<div class="scroll" tabindex="0"><table class="looks"><thead><tr>{}</tr></thead>'
        "<tbody>{}</tbody></table></div>",
        head,
        html_of(rows),
    )
    return section(
        say("target.looks", language), "", table + small_note(say("target.looks_note", language, outturn=tail))
    )


def basis(register: Register, card: Card, rules: Rules, language: Language) -> Markup:
    """The clause quoted, our reading, the method, and every parameter with its origin."""
    target = card.target
    document = register.documents[target.document]
    number = f"{document.number} [{target.clause}]"
    quoted = ((say("basis.quote", language), f"“{target.quote}”", number),) if target.quote else ()
    facts = (
        *quoted,
        (say("basis.reading", language), target.reading.say(language) or "—", ORIGINS["own"].say(language)),
        (say("basis.how", language), card.indicator.how_zh if language == "zh" else card.indicator.how_en, ""),
        (say("target.method", language), say("target.method_text", language, most=rules.most), ""),
    )
    blocks = html_of(
        html("<dt>{}</dt><dd>{}{}</dd>", name, text, html("<small>{}</small>", aside) if aside else "")
        for name, text, aside in facts
    )
    names = [name for name in _PARAMETERS if name != "tolerance_about" or target.sense == "about"]
    heads = [say(f"basis.{key}", language) for key in ("name", "value", "effect", "reading", "origin")]
    rows = html_of(_parameter(register.rule(name), heads, language) for name in names)
    head = html_of(html('<th scope="col">{}</th>', text) for text in heads)
    return html(
        '<div class="tbasis"><dl class="why">{}</dl><div class="scroll" tabindex="0"><table class="doc">'
        "<thead><tr>{}</tr></thead><tbody>{}</tbody></table></div></div>",
        blocks,
        head,
        rows,
    )


def _parameter(rule: Rule, heads: list[str], language: Language) -> Markup:
    cells = (
        rule.label.say(language),
        wording.clause_words(rule, language),
        rule.effect.say(language),
        rule.reading.say(language) or "—",
        ORIGINS[rule.origin].say(language),
    )
    return (
        html("<tr>")
        + html_of(html('<td data-label="{}">{}</td>', name, text) for name, text in zip(heads, cells, strict=True))
        + html("</tr>")
    )
