"""The strip of all chains, the head of one, and the list that stands for the diagram on a phone; as HTML.

Pure. `data-pick` names what a click means (`chain:…`, `node:…`); everything picked can be reached by keyboard.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Final

from cockpit.analysis.briefing.chain import ChainBriefing
from cockpit.analysis.briefing.chains import ChainGlance, Chains, GradedNode
from cockpit.analysis.chain.grading import GRADES, Grade
from cockpit.marks import mark_of
from cockpit.phrases import say
from cockpit.visuals.marks import html as marks
from cockpit.vocabulary import CHAIN_GRADES, CHAIN_STAGES, Language
from cockpit.wording import chain as words

_FOOT: Final[tuple[Grade, ...]] = ("missing", "weak", "unknown")


def strip(every: Chains, chain_id: str, language: Language) -> str:
    """Nine tiles in one row: what every chain lacks, stage by stage."""
    tiles = "".join(_tile(glance, glance.chain.id == chain_id, language) for glance in every.chains)
    return f'<div class="cstrip">{tiles}</div>'


def _tile(glance: ChainGlance, is_picked: bool, language: Language) -> str:
    label = glance.chain.label.say(language)
    rows = "".join(
        f'<div class="cs"><em>{escape(say(f"chain.short_{stage}", language))}</em>'
        f"<span>{''.join(marks.grade(node.grade) for node in nodes)}</span></div>"
        for stage, nodes in glance.stages.items()
    )
    foot = "".join(
        f'<span class="{mark_of("chain_grade", grade).style}">'
        f"{escape(CHAIN_GRADES[grade].say(language))} <b>{glance.counts[grade]}</b></span>"
        for grade in _FOOT
        if glance.counts[grade]
    )
    told = f"{label}: {words.counted(glance, language)}"
    return (
        f'<div class="ct ct-{language}{" sel" if is_picked else ""}" data-pick="chain:{escape(glance.chain.id)}" '
        f'role="button" tabindex="0" aria-pressed="{str(is_picked).lower()}" aria-label="{escape(told)}">'
        f"<header><b>{escape(label)}</b><small>"
        f"{escape(say('chain.tile_nodes', language, count=len(glance.nodes)))}</small></header>"
        f"{rows}<footer>{foot or escape(say('chain.no_gap', language))}</footer></div>"
    )


def head(found: ChainBriefing, is_simulated: bool, language: Language) -> str:
    """Name and sums of the chain."""
    glance = found.glance
    broken, weak = glance.counts["missing"], glance.counts["weak"]
    parts = []
    if glance.firm_count is not None:
        if glance.revenue_yuan is not None:
            value = words.money(glance.revenue_yuan, language)
            parts.append(f"<b>{escape(say('chain.output', language, value=value))}</b>")
        parts.append(escape(say("chain.firms", language, count=words.grouped(glance.firm_count))))
    parts.append(escape(say("chain.nodes", language, count=len(glance.nodes))))
    if glance.firm_count is not None:
        expected = glance.town_count
        parts.append(escape(say("chain.reported", language, reported=glance.reported, expected=expected)))
        if broken:
            parts.append(f'<b class="t-missed">{escape(say("chain.breaks", language, count=broken))}</b>')
        if weak:
            parts.append(f'<b class="t-behind">{escape(say("chain.weak", language, count=weak))}</b>')
        paths = say("chain.paths", language, intact=glance.paths.intact, total=glance.paths.total)
        parts.append(escape(paths))
    return (
        f'<div class="chd"><h2>{escape(glance.chain.label.say(language))}</h2>{marks.simulated(is_simulated, language)}'
        f"<p>{' · '.join(parts)}</p></div>"
    )


def phone_summary(found: ChainBriefing, is_simulated: bool, language: Language) -> str:
    """What the phone shows of the chain before its nodes: sums, grades, and where it breaks."""
    glance = found.glance
    counts = "".join(
        f"<span>{marks.grade_chip(grade, language)} <b>{glance.counts[grade]}</b></span>" for grade in GRADES
    )
    output = ""
    if glance.revenue_yuan is not None:
        value = words.money(glance.revenue_yuan, language)
        output = f"<b>{escape(say('chain.output', language, value=value))}</b> · "
    sums = words.dotted(
        [
            say("chain.nodes", language, count=len(glance.nodes)),
            say("chain.towns_long", language, count=glance.town_count),
        ]
    )
    gone = [words.label(node, language) for node in found.nodes if node.grade == "missing"]
    alert = ""
    if gone:
        text = say("chain.alert", language, count=len(gone), names=words.joined(gone, language))
        paths = say("chain.alert_paths", language, intact=glance.paths.intact, total=glance.paths.total)
        alert = f'<p class="calert"><b>{escape(text)}</b>{"；" if language == "zh" else "; "}{escape(paths)}</p>'
    return (
        f'<div class="csum"><p>{output}{escape(sums)} {marks.simulated(is_simulated, language)}</p>'
        f'<div class="cgr">{counts}</div>{alert}</div>'
    )


def phone_list(found: ChainBriefing, node: str, opened: Callable[[], str], language: Language, *, stated: bool) -> str:
    """The chain as a list in its own order, gaps as dashed rows; the open row holds its details.

    Args:
        opened: makes the details of the selected node.
    """
    largest = max((item.figures.revenue_yuan or 0.0 for item in found.nodes), default=0.0)
    groups = []
    for stage in dict.fromkeys(item.node.stage for item in found.nodes):
        nodes = [item for item in found.nodes if item.node.stage == stage]
        counts = "".join(
            f"<span>{marks.grade_chip(grade, language)} {count}</span>"
            for grade in GRADES
            if (count := sum(item.grade == grade for item in nodes))
        )
        rows = "".join(
            _row(item, largest, item.id == node, opened() if item.id == node else "", language, stated=stated)
            for item in nodes
        )
        groups.append(
            f"<section><header><h3>{escape(CHAIN_STAGES[stage].say(language))}</h3>"
            f'<div class="cgr">{counts}</div></header>{rows}</section>'
        )
    note = say("chain.list_note", language, value=words.money(largest, language)) if largest else ""
    return f'<div class="clist clist-{language}">{"".join(groups)}<p class="note">{escape(note)}</p></div>'


def _row(item: GradedNode, largest: float, is_open: bool, detail: str, language: Language, *, stated: bool) -> str:
    known = item.figures
    ring = '<small class="dg">°</small>' if item.node.basis == "ours" else ""
    facts = words.stated(item, language) if stated else words.facts(item, language)
    if not stated and item.grade not in ("missing", "unknown") and not known.leader_count:
        facts = words.dotted([facts, say("chain.no_leader", language)])
    value, bar = "", ""
    if known.revenue_yuan is not None:
        value = words.output(known.revenue_yuan, language)
        share = known.revenue_yuan / largest if largest else 0.0
        bar = f'<i class="cb"><u style="width:{share:.1%}"></u></i>'
    elif item.grade == "missing":
        value = f'<span class="t-missed">{escape(say("chain.line_broken", language))}</span>'
    elif item.grade == "unknown":
        value = f"<span>{escape(say('chain.no_data', language))}</span>"
    return (
        f'<div class="cr cr-{item.grade}{" sel" if is_open else ""}">'
        f'<div class="crh" data-pick="node:{escape(item.id)}" role="button" tabindex="0" '
        f'aria-expanded="{str(is_open).lower()}">{marks.grade_chip(item.grade, language)}'
        f"<div><header><b>{escape(words.label(item, language))}{ring}</b><em>{value}</em></header>{bar}"
        f"<small>{escape(facts)}</small></div></div>{detail}</div>"
    )
