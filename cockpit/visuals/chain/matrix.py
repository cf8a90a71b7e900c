"""Which town holds which node of a chain: a table of firm counts in the diagram's order, shaded by output.

Pure. A table and not a chart: every cell can be read, selected and spoken.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from itertools import groupby, pairwise

import numpy as np
import pandas as pd

from cockpit.analysis.briefing.chain import ChainBriefing
from cockpit.analysis.briefing.chain_facts import ChainTown
from cockpit.analysis.briefing.chains import GradedNode
from cockpit.phrases import say
from cockpit.policy.chain_design import ChainDesign
from cockpit.visuals.marks import html as marks
from cockpit.vocabulary import CHAIN_STAGES, Language
from cockpit.wording import chain as words

BINS = ("output_low", "output_middle", "output_high")


def limits(design: ChainDesign) -> tuple[float, ...]:
    """Bounds of the shades, in yuan."""
    return tuple(design.value(name) for name in BINS)


def key(design: ChainDesign, language: Language, candidate: str) -> str:
    """What shades and signs mean."""
    unit = "亿元" if language == "zh" else "billion yuan"
    bounds = [f"{limit / words.YI[language]:g}" for limit in limits(design)]
    steps = [say("chain.under", language, value=bounds[0])]
    steps += [f"{low}–{high}" for low, high in pairwise(bounds)]
    steps.append(say("chain.from", language, value=bounds[-1]))
    shades = "".join(f'<span><i class="b{number}"></i>{escape(step)}</span>' for number, step in enumerate(steps))
    mend = f"<b>{escape(say('chain.candidates', language, node=candidate))}</b>" if candidate else ""
    return (
        f'<div class="cleg"><span>{escape(say("chain.coverage_key", language, unit=unit))}</span>{shades}'
        f'<span>{escape(say("chain.blank", language))}</span><span class="t-no-data"><i class="g g-ring"></i>'
        f"{escape(say('chain.ring', language))}</span>{mend}<span>{escape(say('chain.mountain_key', language))}</span>"
        "</div>"
    )


def matrix(
    found: ChainBriefing,
    design: ChainDesign,
    language: Language,
    *,
    node: str = "",
    town: str = "",
    mends: Mapping[str, int] | None = None,
) -> str:
    """The table.

    Args:
        node, town: what is selected. mends: place of each town among those that could mend the selected node.
    """
    ranked, bounds = mends or {}, limits(design)
    body = "".join(
        _row(found, at, item, bounds, language, node=node, is_picked=item.code == town, ranked=ranked)
        for at, item in enumerate(found.towns)
    )
    label = escape(say("chain.coverage", language))
    return (
        f'<div class="cmx" role="region" aria-label="{label}" tabindex="0"><table class="cm cm-{language}">'
        f"<thead>{_stages(found, language)}{_names(found, node, language)}</thead><tbody>{body}</tbody></table></div>"
    )


def _stages(found: ChainBriefing, language: Language) -> str:
    cells = "".join(
        f'<th colspan="{len(list(nodes))}" scope="colgroup">{escape(CHAIN_STAGES[stage].say(language))}</th>'
        for stage, nodes in groupby(found.nodes, key=lambda item: item.node.stage)
    )
    return f'<tr class="cst"><td colspan="2"></td>{cells}<td></td></tr>'


def _names(found: ChainBriefing, node: str, language: Language) -> str:
    cells = "".join(
        f'<th scope="col" class="{_column(item, node)}"><div data-pick="node:{escape(item.id)}" role="button" '
        f'tabindex="-1" title="{escape(words.label(item, language))}"><span>'
        f"{escape(words.short(item.node.label, language))}</span>{marks.grade(item.grade)}</div></th>"
        for item in found.nodes
    )
    return (
        f'<tr class="cnm"><th scope="col">{escape(say("chain.town", language))}</th>'
        f'<th scope="col" class="pf">{escape(say("chain.prefecture", language))}</th>{cells}'
        f'<th scope="col" class="hl">{escape(say("chain.held", language))}</th></tr>'
    )


def _column(item: GradedNode, node: str) -> str:
    return " ".join(
        part for part in ("cx", "sel" if item.id == node else "", "gone" if item.grade == "missing" else "") if part
    )


def _row(
    found: ChainBriefing,
    at: int,
    town: ChainTown,
    bounds: tuple[float, ...],
    language: Language,
    *,
    node: str,
    is_picked: bool,
    ranked: Mapping[str, int],
) -> str:
    cells = []
    for column, item in enumerate(found.nodes):
        count, amount = found.firms[at, column], found.revenue[at, column]
        classes, text, told = [_column(item, node)], "", ""
        if np.isnan(count):
            text = '<i class="g g-ring"></i>'
            told = say("chain.ring", language)
        elif count > 0:
            # An amount that was not given has no shade; the count stands all the same.
            shade = "bn" if np.isnan(amount) else f"b{sum(amount >= limit for limit in bounds)}"
            classes.append(shade)
            text = words.grouped(count)
            money = say("chain.no_amount", language) if np.isnan(amount) else words.money(float(amount), language)
            told = f"{words.label(item, language)} · {words.firms(int(count), language)} · {money}"
        elif item.id == node and town.code in ranked:
            classes.append("mend")
            text = escape(say("chain.mend_mark", language, place=ranked[town.code]))
        title = f' title="{escape(told)}"' if told else ""
        cells.append(f'<td class="{" ".join(classes)}"{title}>{text}</td>')
    mountain = ""
    if town.is_mountain:
        title = escape(say("chain.mountain_key", language))
        mountain = f'<small title="{title}">{escape(say("chain.mountain", language))}</small>'
    held = "—" if town.node_count is None else str(town.node_count)
    share = (town.node_count or 0) / max(len(found.nodes), 1)
    return (
        f'<tr class="{"sel" if is_picked else ""}"><th scope="row"><div data-pick="town:{escape(town.code)}" '
        f'role="button" tabindex="0" aria-pressed="{str(is_picked).lower()}">{escape(town.name.say(language))}'
        f'{mountain}</div></th><td class="pf">{escape(words.prefecture(town.prefecture, language))}</td>'
        f'{"".join(cells)}<td class="hl"><i style="width:{share * 46:.0f}px"></i>{held}</td></tr>'
    )


def table(found: ChainBriefing, language: Language) -> pd.DataFrame:
    """The matrix as figures: firms by town and node, blank where not reported."""
    columns: dict[str, object] = {
        say("chain.town", language): [town.name.say(language) for town in found.towns],
        say("chain.prefecture", language): [words.prefecture(town.prefecture, language) for town in found.towns],
        say("chain.held", language): [town.node_count for town in found.towns],
        say("chain.col_firms", language): [town.firm_count for town in found.towns],
        say("chain.col_output", language, unit="亿元" if language == "zh" else "billion yuan"): [
            None if town.revenue_yuan is None else round(town.revenue_yuan / words.YI[language], 2)
            for town in found.towns
        ],
    }
    for at, item in enumerate(found.nodes):
        columns[words.label(item, language)] = pd.array(
            [None if np.isnan(value) else int(value) for value in found.firms[:, at]], dtype="Int64"
        )
    return pd.DataFrame(columns)
