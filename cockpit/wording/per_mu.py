"""How the per-mu evaluation reads: units, peer groups, marks of the classes and remarks, the same on page and download.

Pure; may import analysis and the ground floor.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from cockpit.analysis.briefing import PerMu
from cockpit.analysis.per_mu import smallest_with_d
from cockpit.marks import mark_of
from cockpit.phrases import say
from cockpit.policy.per_mu_design import PerMuDesign
from cockpit.units import Scale, figure, percent, scale_of
from cockpit.vocabulary import INDUSTRY_CLASSES, LAND_TYPES, PER_MU_CLASSES, Language

# Decimals of every figure of a unit, so that a column is read down; amounts per energy and shares are small numbers.
_DECIMALS: Final = {"yuan_per_tce": 2, "share": 2}


def town_names(found: PerMu, language: Language) -> list[str]:
    return found.towns["name_zh" if language == "zh" else "name_en"].astype("str").tolist()


def scale(unit: str, language: Language) -> Scale:
    """In what a column of one unit is written."""
    return replace(scale_of(0.0, unit, language), decimals=_DECIMALS.get(unit, 1), is_grouped=True)


def number(value: float, unit: str, language: Language) -> str:
    """A base-unit value as a number under the unit of its scale; a dash when missing."""
    return scale(unit, language).figure(value).number


def land_words(land_type: str, language: Language) -> str:
    text = LAND_TYPES[land_type].say(language)
    return text if language == "zh" else text.lower()


def group_words(group: str, language: Language) -> str:
    """`finance+health` as its classes' names."""
    names = [INDUSTRY_CLASSES[name].say(language) for name in group.split("+")]
    return ("＋" if language == "zh" else " + ").join(names)


def class_sign(letter: str, language: Language) -> str:
    """Shape and word of a class as plain text, for tables."""
    return (
        f"{mark_of('per_mu_class', letter).sign} {letter if letter in 'ABCD' else PER_MU_CLASSES[letter].say(language)}"
    )


def item_names(found: PerMu, design: PerMuDesign, row: int, language: Language, which: str) -> str:
    """Labels of a town's items without a figure (`missing`), without meaning (`imputed`) or at the cap (`capped`)."""
    made = found.evaluation
    mask = {"missing": made.is_missing, "imputed": made.is_imputed, "capped": made.is_capped}[which][row]
    names = [item.label.say(language) for item, is_in in zip(design.items.values(), mask, strict=True) if is_in]
    return ("、" if language == "zh" else ", ").join(names)


def remark(found: PerMu, design: PerMuDesign, row: int, language: Language) -> str:
    """Why a town stands where its score alone would not put it."""
    letter = str(found.evaluation.letter[row])
    if letter == "T":
        return say("permu.town_T", language, years=int(design.value("young_years")))
    if letter == "N":
        return say("permu.town_N", language)
    if found.evaluation.is_held[row]:
        return say("permu.held", language, floor=floor_words(design, language))
    return ""


def no_d_words(found: PerMu, language: Language) -> str:
    """The peer groups too small for a D, with how many ranked towns each has; "" when there are none."""
    made = found.evaluation
    ranked = made.place > 0
    small = dict(
        zip(made.group[ranked & ~made.has_d].tolist(), made.group_size[ranked & ~made.has_d].tolist(), strict=True)
    )
    if not small:
        return ""
    groups = [f"{group_words(name, language)} {count}" for name, count in sorted(small.items(), key=lambda one: one[1])]
    shares = found.parameters.class_shares
    return say(
        "permu.no_d",
        language,
        share=percent(1 - shares[2], decimals=0),
        least=smallest_with_d(shares),
        groups=("、" if language == "zh" else ", ").join(groups),
    )


def kept_back_words(found: PerMu, language: Language) -> str:
    """The peer groups whose scores are kept back from the reader; "" when there are none."""
    if not found.kept_back:
        return ""
    groups = ("、" if language == "zh" else ", ").join(group_words(name, language) for name in sorted(found.kept_back))
    return say("permu.kept_back", language, groups=groups)


def no_d_here(found: PerMu, row: int, language: Language) -> str:
    """That a town's own group has no D; "" where it can."""
    if found.evaluation.has_d[row]:
        return ""
    return say("permu.no_d_here", language, least=smallest_with_d(found.parameters.class_shares))


def floor_words(design: PerMuDesign, language: Language) -> str:
    return str(figure(design.value("tax_floor"), "yuan_per_mu", language))
