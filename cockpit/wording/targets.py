"""How a card reads: value, gap, target and meta as short texts in one language.

Pure. Exports and routes use the same words, so that no two places say a figure differently.
"""

from __future__ import annotations

import re
from typing import Final

from cockpit.analysis.attainment import Limits
from cockpit.analysis.briefing import Briefing, Card
from cockpit.phrases import say
from cockpit.policy.records import SENSE_SIGNS, Clause, Indicator, Target
from cockpit.units import CALENDAR_UNITS, WRITTEN_UNITS, Figure, Period, figure, percent, points_figure, significant
from cockpit.vocabulary import ORIGINS, PACES, PROVENANCES, QUALIFIERS, SCOPES, STATUSES, Language, Provenance, Status
from cockpit.wholes import count_word

PUBLISHED_DIGITS = 5  # published figures keep the digits they were published with: 1291.5 亿元
DIGITS = 4
FIRST_DATE = 1900  # a number of years from here on is a calendar year


def value_figure(
    value: float | None, indicator: Indicator, language: Language, provenance: Provenance | None = None
) -> Figure:
    digits = PUBLISHED_DIGITS if provenance in (Provenance.PUBLISHED, Provenance.DERIVED) else DIGITS
    return figure(value, indicator.unit, language, counter=indicator.counter, digits=digits)


def amount(value: float, indicator: Indicator, language: Language, *, short: bool = False) -> str:
    """A gap or part in running text, without sign; shares in points. `short` has short units."""
    if indicator.unit == "share":
        return significant(abs(value) * 100, 2)
    if indicator.unit == "count":
        # Expected values are fractions of a firm, and nobody counts in those.
        if 0 < abs(value) < 0.5:
            return say("card.under_one", language, counter=indicator.counter.say(language)).strip()
        value = float(round(value))
    found = figure(abs(value), indicator.unit, language, counter=indicator.counter)
    return found.short(language) if short else str(found)


def target_figure(target: Target, indicator: Indicator, language: Language) -> Figure:
    return figure(target.base_value, indicator.unit, language, counter=indicator.counter)


def target_words(target: Target, indicator: Indicator, language: Language, *, short: bool = False) -> str:
    """Target with its operator: 目标 突破 2.5 万亿元; in English `Target ≥ 4,000` where space is short."""
    if language == "en" and (short or indicator.unit == "yuan"):
        goal = figure(target.base_value, indicator.unit, language)
        return say("card.target_sign", language, sign=SENSE_SIGNS[target.sense], value=goal)
    return say(f"card.target_{target.sense}", language, value=target_figure(target, indicator, language))


def stands_on(clause: Clause, language: Language) -> str:
    """What a target or rule stands on: its clause, else whose it is (自定, 建议)."""
    return clause.clause or ORIGINS[clause.origin].say(language)


def origin_word(target: Target, language: Language) -> str:
    """自定 or 建议 on a target that is not of the policy, else ""."""
    return ORIGINS[target.origin].say(language) if target.origin in ("own", "proposed") else ""


def label_of(card: Card, language: Language) -> str:
    """A card's indicator; a target that is not of the policy says so: 总产出（建议）."""
    label, origin = card.indicator.label.say(language), origin_word(card.target, language)
    return label if not origin else say("card.label_origin", language, label=label, origin=origin)


def clause_words(clause: Clause, language: Language) -> str:
    """Value of a target or rule with its operator: as written in Chinese, in English units in English."""
    if clause.value is None:
        return "—"
    if language == "zh":
        text = clause.written
    elif clause.unit in WRITTEN_UNITS:
        text = str(figure(clause.base_value, WRITTEN_UNITS[clause.unit][0], language))
    else:
        # A calendar year reads as itself, a length of time with its unit.
        is_date = clause.unit == "年" and clause.value >= FIRST_DATE
        text = f"{clause.value:g}" if is_date else f"{clause.value:g} {CALENDAR_UNITS[clause.unit].say(language)}"
    return say(f"sense.{clause.sense}", language, value=text) if clause.sense else text


def status_words(card: Card, language: Language) -> str:
    if card.attainment.reason == "target_year_missing":
        return say("card.unpublished_year", language, year=card.target.due.year)
    return light_words(card, language)


def light_words(card: Card, language: Language) -> str:
    """The status in one word; a target that still runs says its pace: 需加快, 进展有限, 倒退."""
    pace = card.attainment.pace
    if card.status is Status.BEHIND and pace is not None and pace.word:
        return PACES[pace.word].say(language)
    return STATUSES[card.status].say(language)


def tolerance_words(limits: Limits) -> str:
    return percent(limits.tolerance, decimals=0)


def gap_words(card: Card, language: Language, limits: Limits, *, short: bool = False) -> str:
    """The gap line under the bar; `short` has short units."""
    reached = card.attainment
    if reached.reason in ("within_year", "after_target"):
        return say(f"card.{reached.reason}", language)
    if reached.reason == "small_group":
        return say("card.small_group", language)
    if card.value is None or reached.gap is None:
        return say("card.not_published" if card.expected == 0 else "card.not_reported", language)
    if reached.reason in ("low_coverage", "silence"):
        key = "card.missing" if reached.reason == "low_coverage" else "card.silence"
        return say(key, language, count=card.expected - card.reported)
    if card.status is Status.ACHIEVED and card.target.sense == "about" and reached.gap < 0:
        return say("card.within", language, width=tolerance_words(limits))
    if card.indicator.unit == "share":
        key = "card.points_over" if reached.gap >= 0 else "card.points_short"
        return say(key, language, points=amount(reached.gap, card.indicator, language))
    if reached.gap == 0:
        return say("card.exact", language)
    key = "card.over" if reached.gap > 0 else ("card.short" if card.status is Status.MISSED else "card.to_go")
    return say(key, language, gap=amount(reached.gap, card.indicator, language, short=short))


def coverage_words(card: Card, language: Language, *, selection: bool = False, short: bool = False) -> str:
    """n/N towns, or that the figure is the province's own."""
    reported = card.contribution_reported if selection else card.reported
    expected = card.contribution_expected if selection else card.expected
    if not expected:
        return say("card.province_total", language) if card.value is not None and not selection else ""
    if short and language == "en":
        return f"{reported}/{expected}"
    return say("card.coverage", language, reported=reported, expected=expected)


def growth_words(card: Card, language: Language) -> str:
    """Growth on the year before; while the target still runs, both rates of its pace."""
    pace = card.attainment.pace
    if pace is not None and pace.required is not None and pace.observed is not None:
        return say(
            "card.pace",
            language,
            year=pace.base_year,
            needed=percent(pace.required, signed=True),
            observed=percent(pace.observed, signed=True),
        )
    if card.status is Status.CANNOT_JUDGE and pace is not None and pace.reason:
        return say(f"pace.short_{pace.reason}", language, year=pace.base_year)
    if card.growth is None:
        return ""
    if card.indicator.unit == "share":
        return say("card.growth_points", language, growth=points_figure(card.growth).number)
    key = "card.growth_list" if card.indicator.origin_of_value == "list" else "card.growth"
    return say(key, language, growth=percent(card.growth, signed=True))


def period_words(period: str, indicator: Indicator, language: Language, *, short: bool = False) -> str:
    """`2025年全年` for flows, `2025年末` for stocks at a year's end; `2025年` where space is short."""
    when = Period.parse(period)
    if short and when.is_full_year:
        return f"{when.year}年" if language == "zh" else f"{when.year}"
    if indicator.kind == "stock":
        if when.is_full_year:
            return f"{when.year}年末" if language == "zh" else f"End of {when.year}"
        return f"{when.year}年{when.month}月末" if language == "zh" else f"End of {when.year}-{when.month:02d}"
    return when.say(language)


def context_words(card: Card, language: Language) -> str:
    """The published figure of another scope, said as what it is."""
    if card.context is None:
        return ""
    near = card.context
    value = figure(near.value, near.unit, language, counter=card.indicator.counter, digits=PUBLISHED_DIGITS)
    text = f"{QUALIFIERS[near.qualifier].say(language)}{value}"
    if near.provenance is Provenance.DERIVED:
        text += f" [{PROVENANCES[Provenance.DERIVED].say(language)}]"
    scope = near.scope_written if language == "zh" else SCOPES[near.scope].en
    return say("card.context", language, scope=scope, value=text, period=near.period)


# As written in the lists a status was taken from.
_AS_OF_NOTES: Final = (
    (re.compile(r"(\d{4})年度考核"), "town.as_of.assessed_for"),
    (re.compile(r"考核"), "town.as_of.assessed"),
    (re.compile(r"reported"), "town.as_of.reported"),
    (re.compile(r"by end (\d{4})"), "town.as_of.by_end"),
)


def as_of_words(written: str, language: Language) -> str:
    """The day or period a town's status is known of, with what the source adds to it in the reader's language."""
    for pattern, key in _AS_OF_NOTES:
        if found := pattern.search(written):
            words = say(key, language, year=found.group(1)) if found.groups() else say(key, language)
            written = written[: found.start()] + words + written[found.end() :]
            break
    return written.replace(" (", "（").replace(")", "）") if language == "zh" else written


def title_words(briefing: Briefing, language: Language) -> str:
    """How many targets of which year: 2025年九项目标."""
    return say("cards.title", language, year=briefing.due_year, count=count_word(len(briefing.cards), language))
