"""The per-mu page's HTML: tally of the classes, leaders, one town against its peers.

Pure: evaluation in, HTML out; may import analysis and the ground floor.
"""

from __future__ import annotations

from html import escape

import numpy as np

from cockpit.analysis.briefing import PerMu
from cockpit.analysis.measures import Mask
from cockpit.phrases import say
from cockpit.policy.per_mu_design import PerMuDesign
from cockpit.units import significant
from cockpit.visuals.marks.html import class_mark
from cockpit.vocabulary import PER_MU_CLASSES, Language
from cockpit.wording.per_mu import group_words, number, scale, town_names


def tally(found: PerMu, shown: Mask, language: Language) -> str:
    """How many of the towns shown stand in each class: shape, word, number."""
    letters = found.evaluation.letter[shown]
    parts = [
        f"{class_mark(letter, language)} <b>{count}</b>"
        for letter in PER_MU_CLASSES
        if (count := int((letters == letter).sum())) or letter in "ABCD"
    ]
    label = escape(say("permu.tally_label", language))
    return f'<div class="tally" role="group" aria-label="{label}">{"".join(f"<span>{p}</span>" for p in parts)}</div>'


def leaders(found: PerMu, shown: Mask, language: Language, badge: str) -> str:
    """The leaders among the towns shown: place, name, peer group, tax per mu with a bar."""
    evaluation = found.evaluation
    best = [int(at) for at in np.argsort(evaluation.leader) if evaluation.leader[at] and shown[at]]
    everyone = int((evaluation.leader > 0).sum())
    part = "" if len(best) == everyone else say("permu.leaders_part", language, shown=len(best), all=everyone)
    head = (
        f'<div class="sect"><h2>{escape(say("permu.leaders", language))}</h2>{badge}'
        f'<span class="cnt">{escape(part)}</span></div>'
    )
    if not best:
        return f'{head}<p class="note">{escape(say("permu.leaders_none", language))}</p>'
    tax = found.values[:, found.parameters.tax]
    most = max(float(tax[at]) for at in range(len(tax)) if evaluation.leader[at])
    called = town_names(found, language)
    rows = "".join(
        f"<li><b>{evaluation.leader[at]}</b>"
        f"<span>{escape(called[at])}"
        f"<small>{escape(group_words(str(evaluation.group[at]), language))}</small></span>"
        f'<i><u style="width:{tax[at] / most * 100:.1f}%"></u></i>'
        f"<em>{number(float(tax[at]), 'yuan_per_mu', language)}</em></li>"
        for at in best
    )
    return f'{head}<ol class="lead">{rows}</ol>'


def town_items(found: PerMu, design: PerMuDesign, row: int, language: Language) -> str:
    """A town's six items against the base of its group: value, multiple, points, with what was imputed or capped."""
    evaluation, cap = found.evaluation, found.parameters.cap
    lines = []
    for column, item in enumerate(design.items.values()):
        value, base, points = found.values[row, column], evaluation.bases[row, column], evaluation.points[row, column]
        shown, against = (number(float(figure), item.unit, language) for figure in (value, base))
        ratio = float(value / base) if base > 0 and not np.isnan(value) else None
        tags = ""
        if evaluation.is_missing[row, column]:
            tags = f'<small class="bdg">{escape(say("permu.missing", language))}</small>'
        elif evaluation.is_imputed[row, column]:
            tags = f'<small class="bdg">{escape(say("permu.imputed", language))}</small>'
        elif evaluation.is_capped[row, column]:
            tags = f'<small class="bdg">{escape(say("permu.capped", language))}</small>'
        width = 0.0 if ratio is None else min(max(ratio, 0.0), cap) / cap * 100
        times = "—" if ratio is None else say("permu.times", language, ratio=significant(ratio, 3))
        scored = (
            ""
            if np.isnan(points)
            else say("permu.points", language, points=f"{points:.1f}", most=f"{item.weight * cap:g}")
        )
        bar = f'<b class="fill" style="width:{width:.1f}%"></b>' if ratio is not None else ""
        lines.append(
            f"<li><div><span>{escape(item.label.say(language))}{tags}</span>"
            f"<em>{shown} <small>{escape(scale(item.unit, language).unit)}</small></em></div>"
            f'<div class="bar">{bar}<u style="left:{100 / cap:.1f}%"></u></div>'
            f"<p><span>{escape(say('permu.base', language))} {against} · {times}</span>"
            f"<span>{escape(scored)}</span></p></li>"
        )
    return f'<ul class="six">{"".join(lines)}</ul>'
