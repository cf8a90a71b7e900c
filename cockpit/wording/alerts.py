"""How an alert reads: one line that says of whom it is, what is the matter, with its figure and period."""

from __future__ import annotations

from collections.abc import Mapping

from cockpit.analysis.supervision.alerts import Sighting
from cockpit.phrases import say
from cockpit.policy.records import SENSES
from cockpit.policy.register import Register
from cockpit.units import Period, figure
from cockpit.vocabulary import PER_MU_CLASSES, STATUSES, Language, Status


def told(seen: Sighting, register: Register, names: Mapping[str, str], language: Language) -> str:
    """The alert in one line.

    Args:
        names: place code -> name in the language.
    """
    place = names.get(seen.subject, seen.subject)
    return say("alerts.told", language, place=place, what=matter(seen, register, language))


def matter(seen: Sighting, register: Register, language: Language) -> str:
    """What is the matter, without whose it is."""
    rule = register.alerts[seen.rule]
    match rule.looks_at:
        case "target":
            target = register.every_target[seen.about]
            label = register.indicator(target.indicator).label.say(language)
            return say("alerts.target", language, label=label, status=STATUSES[Status(seen.word)].say(language))
        case "check":
            return say("alerts.check", language, check=say(f"lists.check.{seen.about}", language))
        case "return":
            return say("alerts.return", language, count=seen.count, period=_period(seen, language))
        case "per_mu":
            was, now = (PER_MU_CLASSES[letter].say(language) for letter in seen.word)
            return say("alerts.per_mu", language, was=was, now=now, period=_period(seen, language))
        case "node":
            chain, _, node = seen.about.partition(".")
            record = register.chains[chain]
            label = next(item.label.say(language) for item in record.nodes if item.id == node)
            return say("alerts.node", language, chain=record.label.say(language), node=label)
        case "figure":
            indicator = register.indicator(seen.about)
            value, line = (str(figure(number, indicator.unit, language)) for number in (seen.value, rule.value))
            sense = SENSES[rule.operator].say(language)  # type: ignore[index]
            label = indicator.label.say(language)
            return say(
                "alerts.figure", language, label=label, value=value, line=line, sense=sense,
                period=_period(seen, language),
            )  # fmt: skip
    day = f" {seen.line.isoformat()}" if seen.line else ""
    return rule.label.say(language) + day


def _period(seen: Sighting, language: Language) -> str:
    return Period.parse(seen.period).say(language) if seen.period else ""
