"""How a matter that was handed out reads: how it stands in time, what it wants."""

from __future__ import annotations

from datetime import date

from cockpit.analysis.supervision.machine import Light, Matter, days_late
from cockpit.phrases import say
from cockpit.policy.records import SENSE_SIGNS, Indicator
from cockpit.units import Period, figure
from cockpit.vocabulary import Language


def lamp(matter: Matter, light: Light, as_of: date, language: Language) -> str:
    """How it stands in time, in words: its end, or the days that are left."""
    if matter.state == "closed":
        return say(f"actions.closed_{matter.closed_as}", language)
    if light == "red":
        return say("actions.late", language, days=days_late(matter, as_of))
    if matter.state == "paused":
        return say("actions.state_paused", language)
    if matter.due is None:
        return say("actions.not_assigned", language)
    if matter.state == "assigned" and matter.accept_by is not None and as_of > matter.accept_by:
        return say("actions.not_accepted", language, days=(as_of - matter.accept_by).days)
    if matter.due == as_of:
        return say("actions.due_today", language)
    return say("actions.left", language, days=(matter.due - as_of).days)


def wanted(matter: Matter, indicator: Indicator, language: Language) -> str:
    """A figure's goal: 2026年1–6月 特色产业产出占比 ≥ 70.0%."""
    if not matter.goal.has_period:  # an older program kept those
        return f"{indicator.label.say(language)} {aim(matter, indicator, language)}"
    period = Period.parse(matter.goal.period).say(language)
    return f"{period} {indicator.label.say(language)} {aim(matter, indicator, language)}"


def aim(matter: Matter, indicator: Indicator, language: Language) -> str:
    """How much of it is wanted: ≥ 70.0%."""
    sign = SENSE_SIGNS.get(matter.goal.operator, "")  # type: ignore[call-overload]
    return f"{sign} {figure(matter.goal.value, indicator.unit, language)}"
