"""Figures of a plan as people read them: money in one step, so that a column can be added up by eye.

Plain text, no markup.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from cockpit.analysis.briefing.levers import Lever
from cockpit.analysis.planning.sets import Plan
from cockpit.phrases import say
from cockpit.policy.records import SENSES, Indicator, Sense
from cockpit.policy.register import Register
from cockpit.units import Figure, figure, percent, scale_of
from cockpit.vocabulary import INDUSTRY_CLASSES, PREFECTURES, Language

_LARGE: Final = {"zh": 100.0, "en": 10_000.0}  # from here on decimals say nothing
_YI: Final = {"zh": 1e8, "en": 1e9}


def money_step(indicator: Indicator) -> bool:
    """Whether figures of it stand in the step of a plan: 亿元 (billion) instead of what each reads best in."""
    return indicator.unit == "yuan"


def amount(
    value: float | None, indicator: Indicator, language: Language, is_stepped: bool = True, *, is_bare: bool = False
) -> str:
    """A figure with its unit (`is_bare`: without), money in 亿元 or billion."""
    found = figure_of(value, indicator, language, is_stepped)
    return found.number if is_bare else str(found)


def figure_of(value: float | None, indicator: Indicator, language: Language, is_stepped: bool = True) -> Figure:
    """As `amount`; in one step and in groups, whole from a hundred on, so that a column reads as one."""
    if indicator.unit == "count":  # methods and shares of a sum give broken numbers of firms
        value = None if value is None else float(round(value))
    if not is_stepped or indicator.unit != "yuan":
        return replace(figure(value, indicator.unit, language, counter=indicator.counter), is_grouped=True)
    scale = scale_of(value or 0.0, indicator.unit, language, step=_YI[language])
    shown = (value or 0.0) / scale.divisor
    is_whole = abs(shown) >= _LARGE[language] or float(f"{shown:.6f}").is_integer()
    return replace(scale, is_grouped=True, decimals=0 if is_whole else 1).figure(value)


def unit_of(indicator: Indicator, language: Language) -> str:
    """In what figures of it are typed."""
    return figure_of(1e12 if indicator.unit == "yuan" else 1.0, indicator, language).unit


def divisor_of(indicator: Indicator, language: Language) -> float:
    """What a typed figure is multiplied by: 亿元, billion, per cent."""
    if indicator.unit == "yuan":
        return _YI[language]
    return 0.01 if indicator.unit == "share" else 1.0


def decimals_of(indicator: Indicator, language: Language) -> int:
    """Decimals a figure is typed with: a whole 亿元 is a tenth of a billion; of shares all are kept."""
    return 1 if indicator.unit == "yuan" and language == "en" else 0


def kept(typed: float | None, indicator: Indicator, language: Language) -> float | None:
    """What was typed, in base unit and as it is shown: no digit is kept that the field does not show."""
    if typed is None:
        return None
    shown = typed if indicator.unit == "share" else round(float(typed), decimals_of(indicator, language))
    return float(f"{shown * divisor_of(indicator, language):.12g}")


def aim(value: float | None, sense: Sense | None, indicator: Indicator, language: Language) -> str:
    """`3.3 万亿元以上`, `at least 3,300 bn yuan`."""
    said = amount(value, indicator, language)
    if sense is None:
        return said
    word = SENSES[sense].say(language)
    if language == "en":
        return f"{word} {said}"
    return f"{word} {said}" if sense in ("above", "at_most") else f"{said}{word}"


def state(plan: Plan, language: Language) -> str:
    """`征求意见`, `施行 第2次修订`."""
    word = say(f"plan.state.{plan.state}", language)
    if plan.state == "in_force" and plan.revision > 1:
        return f"{word} {say('plan.revision_no', language, number=plan.revision - 1)}"
    return word


def where(lever: Lever, names: Mapping[str, str], language: Language) -> str:
    """The towns a lever is on."""
    if lever.where == "prefecture" and lever.code in PREFECTURES:
        return PREFECTURES[lever.code].say(language)
    if lever.where == "class" and lever.code in INDUSTRY_CLASSES:
        return INDUSTRY_CLASSES[lever.code].say(language)
    if lever.where == "town":
        return names.get(lever.code, lever.code)
    return say(f"plan.where.{lever.where}", language)


def lever_value(lever: Lever, indicator: Indicator, language: Language) -> str:
    """How far a lever is pulled: `6%`, `10 家`."""
    return percent(lever.value) if lever.kind in ("growth", "share") else amount(lever.value, indicator, language)


def size(lever: Lever, register: Register, language: Language) -> str:
    """What a lever does: `增幅 6%`, `增加 10 家`."""
    word, indicator = say(f"plan.kind.{lever.kind}", language), register.indicator(lever.indicator)
    if lever.kind == "fill":
        return word
    return f"{word} {lever_value(lever, indicator, language)}"
