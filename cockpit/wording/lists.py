"""How list management reads: time limits, grades, broken norms and suggestions as short texts in one language.

Pure. The page, its download and the JSON interface use the same words.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from cockpit.analysis.briefing.lists import CreatingTown, Place
from cockpit.analysis.lifecycle import Horizons, Section, Windows
from cockpit.analysis.risk import Grade
from cockpit.analysis.star_rating import Rating
from cockpit.datasets.decisions.log import Entry
from cockpit.phrases import say
from cockpit.policy.list_records import SIGNAL_UNITS, RiskRule, Signal, StarRule
from cockpit.policy.register import Register
from cockpit.units import figure, percent, significant
from cockpit.vocabulary import ORIGINS, RISKS, Language, Risk, Stage

_FEW: Final = 2  # so many missing items are named, more are counted


def joined(parts: list[str], language: Language) -> str:
    return ("、" if language == "zh" else ", ").join(parts)


def name(place: Place, language: Language) -> str:
    return place.name.say(language)


def short_name(place: Place, language: Language) -> str:
    """The name without the word town, where many stand side by side."""
    return place.name.zh.removesuffix("小镇") if language == "zh" else place.name.en.removesuffix(" Town")


def value(signal: Signal, number: float, language: Language, norm: float | None = None) -> str:
    """A figure behind a norm in people's units.

    Args:
        norm: the limit it breaks, so that 29.96 % is not rounded onto the 30 % it falls short of.
    """
    unit = SIGNAL_UNITS[signal]
    if unit == "years":
        return say("lists.years_in_a_row", language, count=f"{number:.0f}")
    if signal == "plan_cover_count":
        return say("lists.no_plan", language)
    if unit == "count":
        return say("lists.breaches", language, count=f"{number:.0f}")
    if unit == "share":
        short = significant(round(number * 100, 1), 4)
        return f"{significant(number * 100, 4) if norm is not None and short == f'{norm * 100:g}' else short}%"
    return str(figure(number, unit, language, digits=3))


def limit(rule: RiskRule | StarRule, language: Language) -> str:
    """The limit of a norm, without its operator."""
    if rule.signal is None or SIGNAL_UNITS[rule.signal] in ("years", "count"):
        return rule.written
    return str(figure(rule.base_value, SIGNAL_UNITS[rule.signal], language))


def tag(rule: RiskRule | StarRule, language: Language) -> str:
    """Where a norm comes from: its clause, and who set the number when that is not the policy."""
    parts = [f"[{rule.clause}]"] if rule.clause else []
    if rule.origin != "policy":
        parts.append(ORIGINS[rule.origin].say(language))
    return " ".join(parts)


def origin_words(rule: RiskRule | StarRule, register: Register, language: Language) -> str:
    """Who set the number, with the number of the document it stands in when that is not the policy itself."""
    text = ORIGINS[rule.origin].say(language)
    return f"{text} {register.documents[rule.source].number}" if rule.source else text


def labels(signals: tuple[Signal, ...], register: Register, language: Language) -> list[str]:
    """Labels of signals, as their rules call them."""
    rules: list[RiskRule | StarRule] = [*register.stars.values(), *register.risk.values()]
    known = {rule.signal: rule.label.say(language) for rule in rules if rule.signal}
    return [known[signal] for signal in signals]


def unknown(signals: tuple[Signal, ...], register: Register, language: Language) -> str:
    if len(signals) > _FEW:
        return say("lists.unknown_many", language, count=len(signals))
    return say("lists.unknown", language, items=joined(labels(signals, register, language), language))


def points(grade: Grade, language: Language) -> str:
    if grade.least != grade.most:
        return say("lists.points_range", language, least=grade.least, most=grade.most)
    return say("lists.points_one" if grade.least == 1 else "lists.points", language, points=grade.least)


def grade_note(grade: Grade, language: Language) -> str:
    """What stands under the grade: the points, or the red line that makes them idle."""
    return say("lists.red_line", language) if grade.is_veto else points(grade, language)


def day(when: date | None) -> str:
    return when.isoformat() if when else ""


def years(number: float) -> str:
    return f"{number:g}"


def time_limit(town: CreatingTown, windows: Windows, language: Language) -> str:
    """Where the clock stands, as a time limit."""
    clock, full = town.clock, years(windows.full_years)
    if clock.stage is Stage.UNKNOWN_DATE:
        return say("lists.time.unknown_date", language)
    if not clock.is_certain:
        return say("lists.time.uncertain", language, years=full, first=day(clock.due_from), last=day(clock.due_to))
    if clock.stage is Stage.DUE and clock.days == 0:
        return say("lists.time.due_today", language, years=full)
    days = abs(clock.days or 0)
    return say(f"lists.time.{clock.stage.value}", language, days=days, years=full, until=day(clock.extension_end))


def against(entry: Entry, language: Language) -> str:
    """What was suggested and why it was not followed; "" for an entry that went along."""
    if not entry.is_against:
        return ""
    # At high risk the clause itself suggests the end, told or not.
    told = say(f"lists.suggest.{entry.suggestion or 'terminate'}", language)
    return say("lists.against_told", language, suggestion=told, reason=entry.objection)


def section(name: Section, horizons: Horizons, language: Language) -> str:
    """Heading of a section of the queue."""
    return say(f"lists.section.{name}", language, near=horizons.near, next=horizons.next)


def suggestion(town: CreatingTown, language: Language) -> str:
    return say(f"lists.suggest.{town.suggestion}", language)


def reason(town: CreatingTown, language: Language) -> str:
    """Why the suggestion is what it is."""
    if town.clock.stage is Stage.OVER:
        return say("lists.why.over", language)
    if town.suggestion == "find_date":
        return say("lists.why.find_date", language)
    if town.grade is None:
        return ""
    if town.grade.grade is Risk.PENDING:
        best, worst = (RISKS[risk].say(language) for risk in (town.grade.best, town.grade.worst))
        return say("lists.why.range", language, best=best, worst=worst)
    kind = {"accept_or_end": "ending", "stay": "stay"}.get(town.suggestion, "grade")
    return say(f"lists.why.{kind}", language, risk=RISKS[town.grade.grade].say(language))


def rule_words(rule: RiskRule | StarRule, number: float, language: Language) -> str:
    """A broken norm in running text: label and figure."""
    assert rule.signal is not None
    return f"{rule.label.say(language)} {value(rule.signal, number, language, rule.base_value)}"


def grounds(grade: Grade, register: Register, language: Language) -> list[str]:
    """Why a town is graded as it is: the broken norms with their figures, then what is not known."""
    found = [rule_words(item.rule, item.value, language) for item in grade.findings]
    if grade.unknown:
        found.append(unknown(grade.unknown, register, language))
    return found or [say("lists.no_rule", language)]


def finding_texts(grade: Grade, language: Language) -> list[str]:
    """Each triggered rule with value, points and clause or origin, in running text."""
    found = []
    for item in grade.findings:
        weight = (
            say("lists.veto", language)
            if item.rule.is_veto
            else say("lists.points_one" if item.rule.points == 1 else "lists.points", language, points=item.rule.points)
        )
        joint = "，" if language == "zh" else ", "
        found.append(f"{rule_words(item.rule, item.value, language)}{joint}{weight} {tag(item.rule, language)}")
    return found


def basis(town: CreatingTown, clause: str, language: Language) -> str:
    """The basis of a decision as the triggered rules give it; the person may rewrite it."""
    parts = []
    if town.clock.stage is Stage.OVER:
        parts.append(say("lists.basis.over", language, clause=clause))
    if town.grade is not None:
        if town.grade.grade is Risk.PENDING:
            best, worst = (RISKS[risk].say(language) for risk in (town.grade.best, town.grade.worst))
            parts.append(say("lists.basis.pending", language, best=best, worst=worst))
        else:
            parts.append(say("lists.basis.grade", language, risk=RISKS[town.grade.grade].say(language)))
        parts += finding_texts(town.grade, language)
    return ("；" if language == "zh" else "; ").join(parts)


def clauses(town: CreatingTown, clause: str) -> tuple[str, ...]:
    """Clauses a decision on the town rests on, that of the clock first."""
    cited = [item.rule.clause for item in town.grade.findings if item.rule.clause] if town.grade else []
    return tuple(dict.fromkeys([clause, *cited]))


def star_basis(rating: Rating, language: Language) -> str:
    """The stars of one town with every reason."""
    parts = []
    if rating.index is None:
        parts.append(say("lists.star_no_index", language))
    else:
        key, counted = "lists.star_count", {"stars": rating.stars}
        if rating.stars is None:
            key, counted = "lists.star_range", {"lowest": rating.lowest, "highest": rating.highest}
        parts.append(say(key, language, **counted))
        parts.append(say("lists.star_base", language, stars=rating.base, index=f"{rating.index:.1f}"))
    for cap in rating.caps:
        told = f"{rule_words(cap.rule, cap.value, language)} {tag(cap.rule, language)}"
        parts.append(say("lists.star_cap", language, stars=cap.rule.stars, told=told))
    if rating.kept is not None:
        parts.append(say("lists.star_kept", language, stars=rating.kept))
    if rating.stability is not None:
        parts.append(say("lists.star_stability", language, share=percent(rating.stability, decimals=0)))
    return ("；" if language == "zh" else "; ").join(parts)
