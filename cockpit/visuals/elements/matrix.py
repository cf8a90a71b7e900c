"""The matrix of towns and kinds: who has how many of what, who has none, who has not reported it.

Pure: elements in, HTML out.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import numpy as np

from cockpit.analysis.briefing import Elements
from cockpit.marks import SIGNS
from cockpit.phrases import say
from cockpit.policy.elements import ElementKind
from cockpit.visuals.marks.html import clause, narrows
from cockpit.visuals.marks.html import town as town_name
from cockpit.visuals.marks.markup import EMPTY, Markup, html, html_of
from cockpit.visuals.marks.walking import walk, walked
from cockpit.vocabulary import Language, Shape
from cockpit.wording import elements as words

CELL = "ecell"  # the parameter a cell sets: town and kind
KIND = "ekind"


def legend(language: Language) -> Markup:
    """What the three forms of a cell mean."""
    forms = (("has", SIGNS[Shape.CIRCLE]), ("none", "–"), ("unsaid", SIGNS[Shape.RING]))
    return html(
        '<p class="elegend">{}</p>',
        html_of(
            html('<span><i class="ec {}">{}</i> {}</span>', name, sign, say(f"elements.{name}", language))
            for name, sign in forms
        ),
    )


def matrix(found: Elements, rows: Sequence[int], picked: str, language: Language) -> Markup:
    """The table of some rows of the coverage.

    Args:
        picked: the kind looked at, "" for none.
    """
    kinds = found.asked
    label = say("elements.matrix", language)
    body = html_of(_row(found, kinds, at, language) for at in rows)
    return html(
        '<div class="ebox"><table class="ematrix" {}><thead>{}{}</thead><tbody>{}</tbody><tfoot>{}</tfoot></table>'
        "</div>",
        walk(label), _groups(found, kinds, language), _heads(kinds, picked, language), body,
        _foot(found, kinds, language),
    )  # fmt: skip


def _groups(found: Elements, kinds: Sequence[ElementKind], language: Language) -> Markup:
    cells = [html("<td></td>")]
    for name, own in groupby(kinds, key=lambda kind: kind.group):
        part = list(own)
        clauses = dict.fromkeys(kind.clause for kind in part)
        cells.append(
            html(
                '<th scope="colgroup" colspan="{}">{}<small>{}</small></th>',
                len(part),
                found.design.groups[name].label.say(language),
                html_of(clause(number) for number in clauses),
            )
        )
    return html('<tr class="eg">{}</tr>', html_of(cells))


def _heads(kinds: Sequence[ElementKind], picked: str, language: Language) -> Markup:
    heads = html_of(
        html(
            '<th scope="col"><span {} aria-pressed="{}">{}</span></th>',
            narrows(KIND, kind.id, say("elements.list_kind", language, kind=kind.label.say(language)), is_walked=True),
            "true" if kind.id == picked else "false",
            kind.label.say(language),
        )
        for kind in kinds
    )
    return html('<tr class="ek"><th scope="col">{}</th>{}</tr>', say("elements.town", language), heads)


def _row(found: Elements, kinds: Sequence[ElementKind], at: int, language: Language) -> Markup:
    code = found.coverage.towns[at]
    name = found.names[code][language == "en"]
    cells = []
    for kind in kinds:
        count = float(found.coverage.counts[at, found.coverage.kinds.index(kind.id)])
        form, sign, told = _cell(count, language)
        title = f"{name} · {kind.label.say(language)} · {told}"
        cells.append(
            html('<td><span class="ec {}" {}>{}</span></td>', form, walked(CELL, f"{code}.{kind.id}", title), sign)
        )
    return html('<tr><th scope="row">{}</th>{}</tr>', town_name(code, name, language, is_walked=True), html_of(cells))


def _cell(count: float, language: Language) -> tuple[str, str, str]:
    """Style, sign and words of a cell."""
    if np.isnan(count):
        return "unsaid", SIGNS[Shape.RING], say("elements.unsaid", language)
    if count == 0:
        return "none", "–", say("elements.none", language)
    return (
        "has",
        SIGNS[Shape.CIRCLE] if count == 1 else f"{count:.0f}",
        say("elements.number", language, count=f"{count:.0f}"),
    )


def _foot(found: Elements, kinds: Sequence[ElementKind], language: Language) -> Markup:
    have = html_of(_sum(found, kind) for kind in kinds)
    lines = html('<tr><th scope="row">{}</th>{}</tr>', say("elements.have", language), have)
    fresh = html_of(_fresh(found, kind, language) for kind in kinds)
    lines += html('<tr class="all"><th scope="row">{}</th>{}</tr>', say("elements.fresh", language), fresh)
    if found.province is None:
        return lines
    shares = []
    for kind in kinds:
        some, reported = found.province.have(kind.id)
        shares.append(html("<td>{}</td>", f"{100 * some / reported:.0f}" if reported else "—"))
    label = say("elements.province", language, count=len(found.province.towns))
    return lines + html('<tr class="all"><th scope="row">{}</th>{}</tr>', label, html_of(shares))


def _fresh(found: Elements, kind: ElementKind, language: Language) -> Markup:
    """The share of towns that told a kind in time; where what was due is with nobody, marked."""
    fresh = found.freshness[kind.id]
    asked = fresh.reported + fresh.late + fresh.missing
    share = f"{100 * fresh.reported / asked:.0f}" if asked else "—"
    style = html(' class="short"') if fresh.is_stale else EMPTY
    return html('<td{} title="{}">{}</td>', style, words.freshness(fresh, language), share)


def _sum(found: Elements, kind: ElementKind) -> Markup:
    some, reported = found.coverage.have(kind.id)
    is_short = kind.for_all and some < reported
    return html("<td{}>{}/{}</td>", html(' class="short"') if is_short else EMPTY, some, reported)
