"""The towns behind a rule's alerts: the figure of the alert's year and of this one on one scale, what is lacking."""

from __future__ import annotations

from cockpit.briefings.handing import Behind
from cockpit.marks import SIGNS
from cockpit.phrases import say
from cockpit.units import Period, figure
from cockpit.visuals.marks.markup import EMPTY, Markup, html
from cockpit.vocabulary import Language, Shape


def head(found: Behind, language: Language) -> Markup:
    """What the columns hold, each with its sign on the scale."""
    ring, dot = SIGNS[Shape.RING], SIGNS[Shape.CIRCLE]
    return html(
        '<div class="mline mlhead"><span>{}</span><span>{}</span><span>{}</span><span>{}</span></div>',
        f"{ring} {_period(found.then, language)}",
        f"{dot} {_period(found.now, language)}" if found.now else "",
        f"| {figure(found.line, found.indicator.unit, language)}",
        say("alerts.lacking", language, label=found.part.label.say(language)) if found.part else "",
    )


def row(found: Behind, key: str, language: Language) -> Markup:
    """One town's figures; what was not reported is said."""
    own, unit, now, told = found.figures[key], found.indicator.unit, EMPTY, ""
    if own.now is not None:
        now = html('<i class="now" style="left:{:.1f}%"></i>', _at(found, own.now))
        told = str(figure(own.now, unit, language))
    elif found.now:
        told = say("alerts.not_in", language)
    return html(
        '<div class="mline"><span>{}</span><span>{}</span>'
        '<span class="mtrack"><span class="bar"><i class="then" style="left:{:.1f}%"></i>{}'
        '<b style="left:{:.1f}%"></b></span></span><span>{}</span></div>',
        str(figure(own.then, unit, language)),
        told,
        _at(found, own.then),
        now,
        _at(found, found.line),
        str(figure(own.short, found.part.unit, language)) if found.part and own.short is not None else "",
    )


def _at(found: Behind, value: float) -> float:
    """Where a value lies, in percent of one scale for all of them."""
    every = [found.line, *(own.then for own in found.figures.values())]
    every += [own.now for own in found.figures.values() if own.now is not None]
    low, high = min(every), max(every)
    return 4 + 92 * (value - low) / ((high - low) or 1.0)


def _period(period: str, language: Language) -> str:
    return Period.parse(period).say(language)
