"""Alerts as rows and as a table by rule: what is the matter, since when, and the one way on: its matter, or 交办."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from cockpit.analysis.supervision.machine import Matter
from cockpit.analysis.supervision.statistics import Waiting
from cockpit.briefings.alerting import Raised
from cockpit.marks import mark_of
from cockpit.phrases import say
from cockpit.policy.register import Register
from cockpit.visuals.marks.html import narrows, opens, section
from cockpit.visuals.marks.markup import EMPTY, Markup, html, html_of
from cockpit.vocabulary import Language
from cockpit.wording import alerts as words


def _level(level: str, text: str) -> Markup:
    mark = mark_of("light", level)
    return html('<span class="{}">{} <b>{}</b></span>', mark.style, mark.sign, text)


def _way(item: Raised, language: Language) -> Markup:
    """The open matter, else the button that hands it out: never both, and none of what is set aside."""
    if item.matters:
        return html_of(
            html('<span class="to" {}>{}</span> ', opens("actions", matter=matter.id), matter.id)
            for matter in item.matters
        )
    if item.alert.is_set_aside:
        return html('<small class="note">{}</small>', say("alerts.aside", language))
    label = say("alerts.hand_out", language)
    return html('<span class="mgo" {}>{}</span>', opens("actions", alert=item.alert.sighting.key), label)


def _since(item: Raised, language: Language) -> str:
    standing = item.alert.standing
    if item.alert.is_set_aside and standing.until is not None:
        return say("alerts.set_aside_until", language, day=standing.until.isoformat(), note=standing.note)
    return say("alerts.since", language, day=standing.since.isoformat()) if standing.since else ""


def rows(
    found: Sequence[Raised], register: Register, names: Mapping[str, str], language: Language, most: int = 8
) -> Markup:
    """Alerts one below the other, each with its way on."""
    if not found:
        return html('<p class="note">{}</p>', say("alerts.none_here", language))
    shown = html_of(
        html(
            '<li>{}<span class="mwhat">{}</span><small>[{}] {}</small><span class="mway">{}</span></li>',
            _level(item.rule.level, item.rule.label.say(language)),
            words.told(item.alert.sighting, register, names, language),
            item.rule.clause,
            _since(item, language),
            _way(item, language),
        )
        for item in found[:most]
    )
    rest = len(found) - most
    more = html('<p class="note">{}</p>', say("alerts.more", language, count=rest)) if rest > 0 else EMPTY
    return html('<ul class="malerts">{}</ul>{}', shown, more)


def by_rule(found: Sequence[Raised], language: Language) -> Markup:
    """A row a rule: level, how many, how many in hand, clause; the name opens its alerts."""
    lines = []
    for _, group in groupby(found, key=lambda item: item.rule.id):
        items = list(group)
        rule = items[0].rule
        in_hand, aside = sum(bool(item.matters) for item in items), sum(item.alert.is_set_aside for item in items)
        lines.append(
            html(
                '<tr><td>{}</td><th scope="row"><span class="to" {}>{}</span><small>{}</small></th>'
                "<td>{}</td><td>{}</td><td>{}</td><td>[{}]</td></tr>",
                _level(rule.level, say(f"alerts.level_{rule.level}", language)),
                narrows("alert", rule.id, say("alerts.hand_out_of", language, label=rule.label.say(language))),
                rule.label.say(language),
                rule.reading.say(language),
                len(items),
                in_hand,
                aside,
                rule.clause,
            )
        )
    heads = html_of(
        html('<th scope="col">{}</th>', say(f"alerts.{name}", language))
        for name in ("count", "in_hand", "aside", "clause")
    )
    return html(
        '<table class="mrules"><thead><tr><td></td><th scope="col">{}</th>{}</tr></thead><tbody>{}</tbody></table>',
        say("alerts.kind", language),
        heads,
        html_of(lines),
    )


def way_of_decision(keys: Sequence[str], matters: Sequence[Matter], free: Sequence[str], language: Language) -> Markup:
    """Beside a decision: its matters, else 交办 for the alerts nobody has in hand; that all were set aside.

    Args:
        keys: of the alerts behind the decision, of one rule. free: those no matter answers and nobody set aside.
    """
    where = keys[0] if len(keys) == 1 else keys[0].partition("|")[0]
    if free:
        return html('<span class="mgo" {}>{}</span>', opens("actions", alert=where), say("alerts.hand_out", language))
    if not matters:
        return html('<span class="to" {}>{}</span>', opens("actions", alert=where), say("alerts.aside", language))
    if len(matters) == 1:
        name = matters[0].id
        return html('<span class="to" {}>{}</span>', opens("actions", matter=name), name[-4:])
    told = say("alerts.count_in_hand", language, count=len(matters))
    return html('<span class="to" {}>{}</span>', opens("actions", alert=where), told)


def rail(
    waiting: Waiting,
    standing: int | None,
    new: int | None,
    language: Language,
    *,
    is_part: bool = False,
    region: str = "",
) -> Markup:
    """What waits for somebody, in five numbers that each lead to it; `new` alerts nobody has in hand. Of alerts None
    where nobody has looked yet: that is not none.

    Args:
        is_part: of the towns selected only.
        region: the prefecture the selection is, for the page of matters to open with.
    """
    narrowed = {"mregion": region} if region else {}
    numbers = (
        ("verify", waiting.to_verify),
        ("extension", waiting.extensions),
        ("late", waiting.late),
        ("back", waiting.fell_back),
    )
    cells = html_of(
        html(
            '<div><b class="to" {}>{}</b><span>{}</span></div>',
            opens("actions", **narrowed),
            count,
            say(f"alerts.rail_{name}", language),
        )
        for name, count in numbers
    )
    last = html(
        '<div><b class="to" {}>{}</b><span>{}</span></div>',
        opens("actions", alert="all"),
        "—" if new is None else new,
        say("alerts.rail_new", language),
    )
    lead = say("alerts.rail_unchecked", language, open=waiting.open)
    if standing is not None:
        lead = say("alerts.rail_lead", language, open=waiting.open, alerts=standing)
    aside = html('<span class="cnt">{}{}</span>', say("alerts.rail_part", language) if is_part else "", lead)
    return section(say("alerts.rail", language), aside, html('<div class="mrail">{}</div>', cells + last))
