"""The strip of all chains, the head of one, and the list that stands for the diagram on a phone; as HTML.

Pure. `data-pick` names what a click means (`chain:…`, `node:…`); everything picked can be reached by keyboard.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from cockpit.analysis.briefing.chain import ChainBriefing
from cockpit.analysis.briefing.chains import ChainGlance, Chains, GradedNode
from cockpit.analysis.chain.grading import GRADES, Grade
from cockpit.marks import mark_of
from cockpit.phrases import say
from cockpit.visuals.marks import html as marks
from cockpit.visuals.marks.markup import EMPTY, Markup, escape, html, html_of
from cockpit.vocabulary import CHAIN_GRADES, CHAIN_STAGES, Language
from cockpit.wording import chain as words

_FOOT: Final[tuple[Grade, ...]] = ("missing", "weak", "unknown")


def strip(every: Chains, chain_id: str, language: Language) -> Markup:
    """Nine tiles in one row: what every chain lacks, stage by stage."""
    tiles = html_of(_tile(glance, glance.chain.id == chain_id, language) for glance in every.chains)
    return html('<div class="cstrip">{}</div>', tiles)


def _tile(glance: ChainGlance, is_picked: bool, language: Language) -> Markup:
    label = glance.chain.label.say(language)
    rows = html_of(
        html(
            '<div class="cs"><em>{}</em><span>{}</span></div>',
            say(f"chain.short_{stage}", language),
            html_of(marks.grade(node.grade) for node in nodes),
        )
        for stage, nodes in glance.stages.items()
    )
    foot = html_of(
        html(
            '<span class="{}">{} <b>{}</b></span>',
            mark_of("chain_grade", grade).style,
            CHAIN_GRADES[grade].say(language),
            glance.counts[grade],
        )
        for grade in _FOOT
        if glance.counts[grade]
    )
    told = f"{label}: {words.counted(glance, language)}"
    return html(
        '<div class="ct ct-{}{}" data-pick="chain:{}" role="button" tabindex="0" aria-pressed="{}" '
        'aria-label="{}"><header><b>{}</b><small>{}</small></header>{}<footer>{}</footer></div>',
        language,
        " sel" if is_picked else "",
        glance.chain.id,
        str(is_picked).lower(),
        told,
        label,
        say("chain.tile_nodes", language, count=len(glance.nodes)),
        rows,
        foot or escape(say("chain.no_gap", language)),
    )


def head(found: ChainBriefing, is_simulated: bool, language: Language) -> Markup:
    """Name and sums of the chain."""
    glance = found.glance
    broken, weak = glance.counts["missing"], glance.counts["weak"]
    parts = []
    if glance.firm_count is not None:
        if glance.revenue_yuan is not None:
            value = words.money(glance.revenue_yuan, language)
            parts.append(html("<b>{}</b>", say("chain.output", language, value=value)))
        parts.append(escape(say("chain.firms", language, count=words.grouped(glance.firm_count))))
    parts.append(escape(say("chain.nodes", language, count=len(glance.nodes))))
    if glance.firm_count is not None:
        expected = glance.town_count
        parts.append(escape(say("chain.reported", language, reported=glance.reported, expected=expected)))
        if broken:
            parts.append(html('<b class="t-missed">{}</b>', say("chain.breaks", language, count=broken)))
        if weak:
            parts.append(html('<b class="t-behind">{}</b>', say("chain.weak", language, count=weak)))
        paths = say("chain.paths", language, intact=glance.paths.intact, total=glance.paths.total)
        parts.append(escape(paths))
    return html(
        '<div class="chd"><h2>{}</h2>{}<p>{}</p></div>',
        glance.chain.label.say(language),
        marks.simulated(is_simulated, language),
        html_of(parts, " · "),
    )


def phone_summary(found: ChainBriefing, is_simulated: bool, language: Language) -> Markup:
    """What the phone shows of the chain before its nodes: sums, grades, and where it breaks."""
    glance = found.glance
    counts = html_of(
        html("<span>{} <b>{}</b></span>", marks.grade_chip(grade, language), glance.counts[grade]) for grade in GRADES
    )
    output = EMPTY
    if glance.revenue_yuan is not None:
        value = words.money(glance.revenue_yuan, language)
        output = html("<b>{}</b> · ", say("chain.output", language, value=value))
    sums = words.dotted(
        [
            say("chain.nodes", language, count=len(glance.nodes)),
            say("chain.towns_long", language, count=glance.town_count),
        ]
    )
    gone = [words.label(node, language) for node in found.nodes if node.grade == "missing"]
    alert = EMPTY
    if gone:
        text = say("chain.alert", language, count=len(gone), names=words.joined(gone, language))
        paths = say("chain.alert_paths", language, intact=glance.paths.intact, total=glance.paths.total)
        alert = html('<p class="calert"><b>{}</b>{}{}</p>', text, "；" if language == "zh" else "; ", paths)
    return html(
        '<div class="csum"><p>{}{} {}</p><div class="cgr">{}</div>{}</div>',
        output,
        sums,
        marks.simulated(is_simulated, language),
        counts,
        alert,
    )


def phone_list(
    found: ChainBriefing, node: str, opened: Callable[[], str], language: Language, *, stated: bool
) -> Markup:
    """The chain as a list in its own order, gaps as dashed rows; the open row holds its details.

    Args:
        opened: makes the details of the selected node.
    """
    largest = max((item.figures.revenue_yuan or 0.0 for item in found.nodes), default=0.0)
    groups = []
    for stage in dict.fromkeys(item.node.stage for item in found.nodes):
        nodes = [item for item in found.nodes if item.node.stage == stage]
        counts = html_of(
            html("<span>{} {}</span>", marks.grade_chip(grade, language), count)
            for grade in GRADES
            if (count := sum(item.grade == grade for item in nodes))
        )
        rows = html_of(
            _row(item, largest, item.id == node, opened() if item.id == node else "", language, stated=stated)
            for item in nodes
        )
        groups.append(
            html(
                '<section><header><h3>{}</h3><div class="cgr">{}</div></header>{}</section>',
                CHAIN_STAGES[stage].say(language),
                counts,
                rows,
            )
        )
    note = say("chain.list_note", language, value=words.money(largest, language)) if largest else ""
    return html('<div class="clist clist-{}">{}<p class="note">{}</p></div>', language, html_of(groups), note)


def _row(item: GradedNode, largest: float, is_open: bool, detail: str, language: Language, *, stated: bool) -> Markup:
    known = item.figures
    ring = html('<small class="dg">°</small>') if item.node.basis == "ours" else EMPTY
    facts = words.stated(item, language) if stated else words.facts(item, language)
    if not stated and item.grade not in ("missing", "unknown") and not known.leader_count:
        facts = words.dotted([facts, say("chain.no_leader", language)])
    value, bar = "", ""
    if known.revenue_yuan is not None:
        value = words.output(known.revenue_yuan, language)
        share = known.revenue_yuan / largest if largest else 0.0
        bar = html('<i class="cb"><u style="width:{:.1%}"></u></i>', share)
    elif item.grade == "missing":
        value = html('<span class="t-missed">{}</span>', say("chain.line_broken", language))
    elif item.grade == "unknown":
        value = html("<span>{}</span>", say("chain.no_data", language))
    return html(
        '<div class="cr cr-{}{}">'
        '<div class="crh" data-pick="node:{}" role="button" tabindex="0" aria-expanded="{}">{}<div><header>'
        "<b>{}{}</b><em>{}</em></header>{}<small>{}</small></div></div>{}</div>",
        item.grade,
        " sel" if is_open else "",
        item.id,
        str(is_open).lower(),
        marks.grade_chip(item.grade, language),
        words.label(item, language),
        ring,
        value,
        bar,
        facts,
        detail,
    )
