"""A goal's figure when a matter was filed and now, side by side; small in a card, with its versions on its page."""

from __future__ import annotations

from cockpit.analysis.supervision.machine import Matter
from cockpit.briefings.supervising import Standing, Then
from cockpit.marks import mark_of
from cockpit.phrases import say
from cockpit.policy.records import Indicator
from cockpit.units import Period, figure
from cockpit.visuals.marks.html import clause, simulated
from cockpit.visuals.marks.markup import EMPTY, Markup, html
from cockpit.vocabulary import STATUSES, Language
from cockpit.wording import matters as words

_END: float = 1.25  # where a track ends, as a multiple of its goal
_NEAR: float = 0.75  # and where it begins, so that what differs by little can be seen


def track(matter: Matter, indicator: Indicator | None, found: Standing | None, language: Language) -> Markup:
    """Then (hollow), now (full) and the goal (bar) on one line, with the numbers beside it."""
    if indicator is None or found is None or not matter.goal.value:
        return EMPTY
    then = found.value_then(is_ratio=indicator.is_ratio or indicator.unit == "share")
    now, aim = found.now.figure.value, matter.goal.value
    told = f"{figure(then, indicator.unit, language)} → {figure(now, indicator.unit, language)}"
    marks = [
        html('<i class="{}" style="left:{:.1f}%"></i>', kind, place(value, aim))
        for kind, value in (("then", then), ("now", now))
        if value is not None
    ]
    style = mark_of("status", found.now.figure.status.value).style
    return html(
        '<span class="mtrack {}"><span class="bar">{}{}<b style="left:{:.1f}%"></b></span>{} <em>{} {}</em></span>',
        style,
        marks[0] if marks else EMPTY,
        marks[1] if len(marks) > 1 else EMPTY,
        place(aim, aim),
        told,
        say("actions.goal", language),
        str(figure(aim, indicator.unit, language)),
    )


def place(value: float, aim: float) -> float:
    """Where a value lies on a track, in percent of its length."""
    share = (value / aim - _NEAR) / (_END - _NEAR) if aim else 0.0
    return min(max(share, 0.0), 1.0) * 100


def goal(
    matter: Matter, indicator: Indicator | None, found: Standing | None, is_simulated: bool, language: Language
) -> Markup:
    """What is to be reached, what the data said when it was filed, and what they say now."""
    basis = html("{} ", clause(matter.clause)) if matter.clause else EMPTY
    if indicator is None or found is None:
        kind, lead = (say(f"actions.{name}_{matter.goal.kind}", language) for name in ("goal", "goal_lead"))
        return html(
            "<section><h2>{}</h2><p>{}{}</p><p>{}</p></section>", say("actions.goal", language), basis, kind, lead
        )
    then = _side("actions.then", matter, found.then, indicator, language) if found.then else _lost(language)
    newer = found.then is None or found.now.number > found.then.number
    return html(
        '<section class="mgoal"><h2>{} {}</h2><div class="mthen">{}<span class="arrow">→</span>{}</div>'
        "<p>{}{} {}</p><p>{}</p></section>",
        say("actions.figure", language),
        simulated(is_simulated, language),
        then,
        _side("actions.now", matter, found.now, indicator, language),
        basis,
        say("actions.goal", language),
        words.wanted(matter, indicator, language),
        say("actions.is_newer" if newer else "actions.is_not_newer", language),
    )


def _side(head: str, matter: Matter, at: Then, indicator: Indicator, language: Language) -> Markup:
    """One side: value, period, version, how many reported, and the verdict where it is of the goal's period."""
    mark = mark_of("status", at.figure.status.value)
    is_same = at.period == matter.goal.period
    verdict = html('<span class="{}">{} {}</span>', mark.style, mark.sign, STATUSES[at.figure.status].say(language))
    if not is_same:
        verdict = html("<span>{}</span>", say("actions.other_period", language))
    return html(
        "<div><small>{}</small><b>{}</b>{}<small>{} · {}</small><small>{}</small></div>",
        say(head, language),
        str(figure(at.figure.value, indicator.unit, language)),
        verdict,
        Period.parse(at.period).say(language),
        say("actions.version_of", language, number=at.number, day=at.published_on),
        say("actions.reported", language, reported=at.figure.reported, expected=at.figure.expected),
    )


def _lost(language: Language) -> Markup:
    return html("<div><small>{}</small><b>—</b></div>", say("actions.then_lost", language))
