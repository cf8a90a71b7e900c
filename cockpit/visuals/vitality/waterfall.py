"""From the class's median town to one town, dimension by dimension: bars that sum exactly.

The stylesheet is visuals/styles/vitality.css. The axis does not start at zero, so median and
town are points and only the parts are bars.
"""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from cockpit.analysis.briefing import Vitality
from cockpit.phrases import say
from cockpit.units import percent
from cockpit.visuals.marks.markup import Markup, html, html_of
from cockpit.visuals.vitality.ranking import class_name, points
from cockpit.vocabulary import Language

_LEFT: Final = 0.12  # of the span, free on the left
_RIGHT: Final = 0.34  # and on the right, where the figures stand


def waterfall(found: Vitality, town: str, parts: pd.DataFrame, language: Language) -> Markup:
    """The bars of one town.

    Args:
        parts: of `Vitality.explain`.
    """
    design = found.design
    row: Any = found.ranking.loc[town]
    start, end = float(parts["reference"].iloc[0]), float(parts["score"].iloc[0])
    bars = parts.loc[list(design.dimensions)].sort_values("contribution", ascending=False, kind="stable")
    steps = start + bars["contribution"].cumsum().to_numpy(dtype=float)
    low, high = min(start, float(steps.min())), max(start, float(steps.max()))
    span = (high - low) or 1.0
    low, span = low - _LEFT * span, span * (1 + _LEFT + _RIGHT)

    def at(value: float) -> float:
        return 100 * (value - low) / span

    kind, count = str(row["industry_class"]), int(row["class_size"])
    rows = [
        _point(
            say("vitality.class_median", language, name=class_name(kind, language)),
            at(start),
            points(start),
            say("vitality.class_count", language, count=count),
            "mid",
        )
    ]
    before = start
    for name, bar in bars.iterrows():
        after = before + float(bar["contribution"])
        rows.append(_bar(found, str(name), bar, parts, at(before), at(after), language))
        before = after
    change = points(end - start, signed=True)
    rows.append(
        _point(
            say("vitality.this_town", language),
            at(end),
            points(end),
            say("vitality.sums", language, change=change),
            "end",
        )
    )
    heads = html_of(
        html('<th scope="col" class="{}">{}</th>', css, say(key, language) if key else "")
        for css, key in (("lb", ""), ("fg", "vitality.town_median"), ("tr", ""), ("sr", "vitality.main_source"))
    )
    lacking = found.lacking(town)
    items = sum(1 for item in design.items.values() if not item.only or kind in item.only)
    share = percent(float(row["coverage"]), decimals=0)
    legend = [
        html('<span><i class="above"></i>{}</span>', say("vitality.above", language)),
        html('<span><i class="below"></i>{}</span>', say("vitality.below", language)),
    ]
    complete = say("vitality.complete", language, share=share, count=items - len(lacking), all=items)
    legend.append(html("<span>{}</span>", complete))
    if lacking:
        legend.append(html("<span>{}</span>", say("vitality.estimated", language)))
    return html(
        '<table class="vfall"><thead><tr>{}</tr></thead><tbody>{}</tbody></table><div class="legend">{}</div>',
        heads,
        html_of(rows),
        html_of(legend),
    )


def _point(label: str, left: float, figure: str, aside: str, kind: str) -> Markup:
    return html(
        '<tr class="{}"><th scope="row" class="lb">{}</th><td class="fg"></td><td class="tr"><div>'
        '<u style="width:{:.2f}%"></u><i class="dot" style="left:{:.2f}%"></i>'
        '<em style="left:{:.2f}%">{}</em></div></td><td class="sr">{}</td></tr>',
        kind,
        label,
        left,
        left,
        left,
        figure,
        aside,
    )


def _bar(
    found: Vitality, name: str, bar: pd.Series, parts: pd.DataFrame, before: float, after: float, language: Language
) -> Markup:
    value = float(bar["contribution"])
    left, width = min(before, after), abs(after - before)
    below = parts[parts["parent"] == name]
    # Its largest part of the same sign names the reason.
    amounts = below["contribution"].to_numpy(dtype=float)
    largest = int(amounts.argmax() if value >= 0 else amounts.argmin())
    item = found.design.items[str(below.index[largest])]
    reason = f"{item.label.say(language)} {points(float(amounts[largest]), signed=True)}"
    kind = ("above" if value >= 0 else "below") + (" guess" if bool(below["estimated"].all()) else "")
    label = found.design.dimensions[name].label.say(language)
    drawn = f"left:{left:.2f}%;width:{max(width, 0.4):.2f}%"
    return html(
        '<tr><th scope="row" class="lb">{}</th><td class="fg">{:.0f} / {:.0f}</td><td class="tr"><div>'
        '<s style="left:{:.2f}%"></s><i class="{}" style="{}"></i><em style="left:{:.2f}%">{}</em></div></td>'
        '<td class="sr" title="{}">{}</td></tr>',
        label,
        bar["score"],
        bar["reference"],
        before,
        kind,
        drawn,
        max(before, after),
        points(value, signed=True),
        reason,
        reason,
    )
