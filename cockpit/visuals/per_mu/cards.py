"""The per-mu page's HTML: tally of the classes, leaders, one town against its peers.

Pure: evaluation in, HTML out; may import analysis and the ground floor.
"""

from __future__ import annotations

import numpy as np

from cockpit.analysis.briefing import PerMu
from cockpit.analysis.measures import Mask
from cockpit.phrases import say
from cockpit.policy.per_mu_design import PerMuDesign
from cockpit.units import significant
from cockpit.visuals.marks.html import class_mark, narrows
from cockpit.visuals.marks.html import town as town_name
from cockpit.visuals.marks.markup import EMPTY, Markup, html, html_of
from cockpit.visuals.marks.walking import walk
from cockpit.vocabulary import PER_MU_CLASSES, Language
from cockpit.wording.per_mu import group_words, number, scale, town_names


def tally(found: PerMu, shown: Mask, picked: str, language: Language) -> Markup:
    """How many of the towns shown stand in each class: shape, word, number; `picked` is the class the lists are of."""
    letters = found.evaluation.letter[shown]
    parts = [
        html(
            '<span {} aria-pressed="{}">{} <b>{}</b></span>',
            narrows("permu_class", letter, say("gap.filter_to" if letter != picked else "filter.take_out", language)),
            "true" if letter == picked else "false",
            class_mark(letter, language),
            count,
        )
        for letter in PER_MU_CLASSES
        if (count := int((letters == letter).sum())) or letter in "ABCD"
    ]
    label = say("permu.tally_label", language)
    return html(
        '<div class="tally" role="group" aria-label="{}">{}</div>',
        label,
        html_of(parts),
    )


def leaders(found: PerMu, shown: Mask, language: Language, badge: str, note: Markup) -> Markup:
    """The leaders among the towns shown under what the figures are: place, name, peer group, tax per mu with a bar."""
    evaluation = found.evaluation
    best = [int(at) for at in np.argsort(evaluation.leader) if evaluation.leader[at] and shown[at]]
    everyone = int((evaluation.leader > 0).sum())
    part = "" if len(best) == everyone else say("permu.leaders_part", language, shown=len(best), all=everyone)
    head = html(
        '<div class="sect"><h2>{}</h2>{}<span class="cnt">{}</span></div>', say("permu.leaders", language), badge, part
    )
    head = html('{}<p class="note">{}</p>', head, note)
    if not best:
        return html("{}<p>{}</p>", head, say("permu.leaders_none", language))
    tax = found.values[:, found.parameters.tax]
    # Of those shown: a bar against another's figure would tell it.
    most = max(float(tax[at]) for at in best)
    called, codes = town_names(found, language), found.towns["town_code"].astype("str").tolist()
    rows = html_of(
        html(
            '<li data-lead="per_mu_town:{}" tabindex="-1"><b>{}</b><span>{}<small>{}</small></span>'
            '<i><u style="width:{:.1f}%"></u></i><em>{}</em></li>',
            codes[at],
            evaluation.leader[at],
            town_name(codes[at], called[at], language),
            group_words(str(evaluation.group[at]), language),
            tax[at] / most * 100,
            number(float(tax[at]), "yuan_per_mu", language),
        )
        for at in best
    )
    return html('{}<ol class="lead" {}>{}</ol>', head, walk(say("permu.leaders", language)), rows)


def town_items(found: PerMu, design: PerMuDesign, row: int, language: Language) -> Markup:
    """A town's six items against the base of its group: value, multiple, points, with what was imputed or capped."""
    evaluation, cap = found.evaluation, found.parameters.cap
    lines = []
    for column, item in enumerate(design.items.values()):
        value, base, points = found.values[row, column], evaluation.bases[row, column], evaluation.points[row, column]
        shown, against = (number(float(figure), item.unit, language) for figure in (value, base))
        ratio = float(value / base) if base > 0 and not np.isnan(value) else None
        tags = EMPTY
        if evaluation.is_missing[row, column]:
            tags = html('<small class="bdg">{}</small>', say("permu.missing", language))
        elif evaluation.is_imputed[row, column]:
            tags = html('<small class="bdg">{}</small>', say("permu.imputed", language))
        elif evaluation.is_capped[row, column]:
            tags = html('<small class="bdg">{}</small>', say("permu.capped", language))
        width = 0.0 if ratio is None else min(max(ratio, 0.0), cap) / cap * 100
        times = "—" if ratio is None else say("permu.times", language, ratio=significant(ratio, 3))
        scored = (
            ""
            if np.isnan(points)
            else say("permu.points", language, points=f"{points:.1f}", most=f"{item.weight * cap:g}")
        )
        bar = html('<b class="fill" style="width:{:.1f}%"></b>', width) if ratio is not None else EMPTY
        lines.append(
            html(
                '<li><div><span>{}{}</span><em>{} <small>{}</small></em></div><div class="bar">{}'
                '<u style="left:{:.1f}%"></u></div><p><span>{} {} · {}</span><span>{}</span></p></li>',
                item.label.say(language),
                tags,
                shown,
                scale(item.unit, language).unit,
                bar,
                100 / cap,
                say("permu.base", language),
                against,
                times,
                scored,
            )
        )
    return html('<ul class="six">{}</ul>', html_of(lines))
