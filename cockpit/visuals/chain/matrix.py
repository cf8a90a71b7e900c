"""Which town holds which node of a chain: a table of firm counts in the diagram's order, shaded by output.

Pure. A table and not a chart: every cell can be read, selected and spoken.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby, pairwise

import numpy as np
import pandas as pd

from cockpit.analysis.briefing.chain import ChainBriefing
from cockpit.analysis.briefing.chain_facts import ChainTown
from cockpit.analysis.briefing.chains import GradedNode
from cockpit.phrases import say
from cockpit.policy.chain_design import ChainDesign
from cockpit.visuals.marks import html as marks
from cockpit.visuals.marks.markup import EMPTY, Markup, html, html_of
from cockpit.vocabulary import CHAIN_STAGES, Language
from cockpit.wording import chain as words

BINS = ("output_low", "output_middle", "output_high")


def limits(design: ChainDesign) -> tuple[float, ...]:
    """Bounds of the shades, in yuan."""
    return tuple(design.value(name) for name in BINS)


def key(design: ChainDesign, language: Language, candidate: str) -> Markup:
    """What shades and signs mean."""
    unit = "亿元" if language == "zh" else "billion yuan"
    bounds = [f"{limit / words.YI[language]:g}" for limit in limits(design)]
    steps = [say("chain.under", language, value=bounds[0])]
    steps += [f"{low}–{high}" for low, high in pairwise(bounds)]
    steps.append(say("chain.from", language, value=bounds[-1]))
    shades = html_of(html('<span><i class="b{}"></i>{}</span>', number, step) for number, step in enumerate(steps))
    mend = html("<b>{}</b>", say("chain.candidates", language, node=candidate)) if candidate else EMPTY
    return html(
        '<div class="cleg"><span>{}</span>{}<span>{}</span><span class="t-no-data">'
        '<i class="g g-ring"></i>{}</span>{}<span>{}</span></div>',
        say("chain.coverage_key", language, unit=unit),
        shades,
        say("chain.blank", language),
        say("chain.ring", language),
        mend,
        say("chain.mountain_key", language),
    )


def matrix(
    found: ChainBriefing,
    design: ChainDesign,
    language: Language,
    *,
    node: str = "",
    town: str = "",
    mends: Mapping[str, int] | None = None,
) -> Markup:
    """The table.

    Args:
        node, town: what is selected. mends: place of each town among those that could mend the selected node.
    """
    ranked, bounds = mends or {}, limits(design)
    body = html_of(
        _row(found, at, item, bounds, language, node=node, is_picked=item.code == town, ranked=ranked)
        for at, item in enumerate(found.towns)
    )
    label = say("chain.coverage", language)
    return html(
        '<div class="cmx" role="region" aria-label="{}" tabindex="0"><table class="cm cm-{}">'
        "<thead>{}{}</thead><tbody>{}</tbody></table></div>",
        label,
        language,
        _stages(found, language),
        _names(found, node, language),
        body,
    )


def _stages(found: ChainBriefing, language: Language) -> Markup:
    cells = html_of(
        html('<th colspan="{}" scope="colgroup">{}</th>', len(list(nodes)), CHAIN_STAGES[stage].say(language))
        for stage, nodes in groupby(found.nodes, key=lambda item: item.node.stage)
    )
    return html('<tr class="cst"><td colspan="2"></td>{}<td></td></tr>', cells)


def _names(found: ChainBriefing, node: str, language: Language) -> Markup:
    cells = html_of(
        html(
            '<th scope="col" class="{}"><div data-pick="node:{}" role="button" tabindex="-1" title="{}">'
            "<span>{}</span>{}</div></th>",
            _column(item, node),
            item.id,
            words.label(item, language),
            words.short(item.node.label, language),
            marks.grade(item.grade),
        )
        for item in found.nodes
    )
    return html(
        '<tr class="cnm"><th scope="col">{}</th><th scope="col" class="pf">{}</th>{}'
        '<th scope="col" class="hl">{}</th></tr>',
        say("chain.town", language),
        say("chain.prefecture", language),
        cells,
        say("chain.held", language),
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
) -> Markup:
    cells = []
    for column, item in enumerate(found.nodes):
        count, amount = found.firms[at, column], found.revenue[at, column]
        classes, text, told, leads = [_column(item, node)], "", "", EMPTY
        if np.isnan(count):
            text = html('<i class="g g-ring"></i>')
            told = say("chain.ring", language)
        elif count > 0:
            # An amount that was not given has no shade; the count stands all the same.
            shade = "bn" if np.isnan(amount) else f"b{sum(amount >= limit for limit in bounds)}"
            classes.append(shade)
            text = words.grouped(count)
            money = say("chain.no_amount", language) if np.isnan(amount) else words.money(float(amount), language)
            told = f"{words.label(item, language)} · {words.firms(int(count), language)} · {money}"
            leads = html(' data-pick="cell:{}~{}"', item.id, town.code)
        elif item.id == node and town.code in ranked:
            classes.append("mend")
            text = say("chain.mend_mark", language, place=ranked[town.code])
        hint = html(' title="{}"', told) if told else EMPTY
        cells.append(html('<td class="{}"{}{}>{}</td>', " ".join(classes), leads, hint, text))
    mountain = EMPTY
    if town.is_mountain:
        title = say("chain.mountain_key", language)
        mountain = html('<small title="{}">{}</small>', title, say("chain.mountain", language))
    held = "—" if town.node_count is None else str(town.node_count)
    share = (town.node_count or 0) / max(len(found.nodes), 1)
    return html(
        '<tr class="{}"><th scope="row">'
        '<div data-pick="town:{}" role="button" tabindex="0" aria-pressed="{}">{}{}</div></th>'
        '<td class="pf">{}</td>{}<td class="hl"><i style="width:{:.0f}px"></i>{}</td></tr>',
        "sel" if is_picked else "",
        town.code,
        str(is_picked).lower(),
        town.name.say(language),
        mountain,
        marks.narrowing("prefecture", town.prefecture, words.prefecture(town.prefecture, language), language),
        html_of(cells),
        share * 46,
        held,
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
