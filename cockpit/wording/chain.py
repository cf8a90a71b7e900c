"""How a chain reads: grades, facts of a node, mends and pairs as short texts in one language.

Pure. Diagram, matrix, panel, list and tables say a figure with these words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from cockpit.analysis.briefing.chain import ChainBriefing
from cockpit.analysis.briefing.chain_facts import ChainTown
from cockpit.analysis.briefing.chains import ChainGlance, GradedNode
from cockpit.analysis.chain.grading import GRADES, Grade
from cockpit.analysis.chain.mending import Mend
from cockpit.phrases import say
from cockpit.policy.chain_design import GradeCriterion
from cockpit.units import Figure, figure, minus, percent, significant
from cockpit.vocabulary import (
    CHAIN_GRADES,
    PREFECTURES,
    Language,
    Text,
)

# Grades take the colours of the statuses.
YI: Final[dict[Language, float]] = {"zh": 1e8, "en": 1e9}
_COUNTERS: Final[dict[str, Text]] = {
    "firm_count": Text("家", ""),
    "leader_count": Text("家", ""),
    "town_count": Text("个", ""),
    "prefecture_count": Text("个", ""),
}


def short(text: Text, language: Language) -> str:
    """A node's name without what stands in brackets, where it must be short."""
    return text.say(language).split("（")[0].split(" (")[0]


def label(node: GradedNode, language: Language) -> str:
    return node.node.label.say(language)


def town_short(town: ChainTown, language: Language) -> str:
    """The name without the word town, where many stand side by side."""
    return town.name.zh.removesuffix("小镇") if language == "zh" else town.name.en.removesuffix(" Town")


def prefecture(code: str, language: Language) -> str:
    return PREFECTURES[code].say(language) if code in PREFECTURES else code


def counted(glance: ChainGlance, language: Language, grades: Iterable[Grade] = GRADES) -> str:
    """Grades with their number of nodes, those with none left out."""
    parts = [
        f"{CHAIN_GRADES[grade].say(language)}{'' if language == 'zh' else ' '}{glance.counts[grade]}"
        for grade in grades
        if glance.counts[grade]
    ]
    return joined(parts, language)


def joined(parts: Sequence[str], language: Language) -> str:
    return ("、" if language == "zh" else ", ").join(parts)


def sentence(parts: Sequence[str], language: Language) -> str:
    return ("；" if language == "zh" else "; ").join(part for part in parts if part)


def dotted(parts: Iterable[str]) -> str:
    return " · ".join(part for part in parts if part)


def firms(count: int, language: Language) -> str:
    return say("chain.one_firm" if count == 1 else "chain.firm", language, count=grouped(count))


def towns(count: int, language: Language) -> str:
    return say("chain.one_town" if count == 1 else "chain.towns", language, count=count)


def grouped(count: float) -> str:
    return f"{count:,.0f}"


def output(value: float | None, language: Language) -> str:
    """Money on a card: 22.2亿, 2.2 bn. One unit for all cards, written out in the legend."""
    if value is None:
        return ""
    if language == "zh":
        return f"{minus(_tenth(value / 1e8))}亿" if value < 1e12 else f"{significant(value / 1e12, 4)}万亿"
    return f"{minus(_tenth(value / 1e9))} bn"


def _tenth(value: float) -> str:
    return f"{value:,.1f}" if abs(value) >= 0.95 else significant(value, 2)


def money(value: float | None, language: Language) -> str:
    """Money in running text, with its unit."""
    if value is None:
        return say("chain.no_data", language)
    return str(money_figure(value, language))


def money_figure(value: float, language: Language) -> Figure:
    return figure(value, "yuan", language)


def facts(node: GradedNode, language: Language) -> str:
    """What stands on a node: firms, towns, leaders; for a gap what proves it."""
    known = node.figures
    if node.grade == "missing":
        return say("chain.evidence", language, count=known.expected)
    if node.grade == "unknown":
        return unreported(node, language)
    parts = [firms(known.firm_count, language), towns(known.town_count, language)]
    if known.leader_count:
        parts.append(say("chain.leaders", language, count=known.leader_count))
    return dotted(parts)


def unreported(node: GradedNode, language: Language) -> str:
    known = node.figures
    if not known.expected:
        return say("chain.no_data", language)
    return say("chain.unreported", language, expected=known.expected, count=known.expected - known.reported)


def stated(node: GradedNode, language: Language) -> str:
    """Where a node stands written, or that it is ours."""
    if node.node.basis == "ours":
        return say("chain.ours", language)
    return say("chain.stated_in", language, sources=" ".join(node.node.source_ids))


def criterion_value(record: GradeCriterion, value: float | None, language: Language) -> str:
    """A figure of the grade rule in people's units."""
    if record.measure == "revenue_yuan":
        return money(value, language)
    if value is None:
        return say("chain.no_data", language)
    if record.measure == "chain_share":
        return percent(value)
    return str(figure(value, "count", language, counter=_COUNTERS[record.measure]))


def effect(mend: Mend, language: Language) -> str:
    """What one more town on the node would change; that the grade may stay is said as well."""

    def step(before: int, after: int) -> str:
        return f"{before}→{after}" if before != after else say("chain.stays", language, count=before)

    before, after = (CHAIN_GRADES[grade].say(language) for grade in (mend.grade_before, mend.grade_after))
    if mend.grade_before == mend.grade_after:
        moved = say("chain.grade_stays", language, grade=after.lower(), before=mend.met_before, after=mend.met_after)
    else:
        moved = say("chain.grade_moves", language, before=before.lower(), after=after.lower())
    text = say(
        "chain.mend_effect",
        language,
        towns=step(mend.towns_before, mend.towns_after),
        prefectures=step(mend.prefectures_before, mend.prefectures_after),
        grade=moved,
    )
    more = say("chain.mend_paths", language, count=mend.paths_restored) if mend.paths_restored else ""
    return ("，" if language == "zh" else ", ").join(part for part in (text, more) if part)


def holds(mend: Mend, found: ChainBriefing, language: Language) -> str:
    names = joined([short(found.node(node).node.label, language) for node in mend.held], language)
    return say("chain.mend_holds", language, nodes=names, count=mend.held_firms)
