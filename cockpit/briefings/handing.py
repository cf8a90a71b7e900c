"""Alerts handed out: a matter filed and assigned for each, its goal taken from the rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pandas as pd

from cockpit.acting import FILE_TASK, Act, ActRefused, Fault
from cockpit.analysis.selection import towns_in
from cockpit.analysis.supervision.alerts import Sighting
from cockpit.analysis.supervision.events import Event
from cockpit.analysis.supervision.machine import Matter, faults
from cockpit.briefings.alerting import Raised
from cockpit.briefings.desks import Desk
from cockpit.briefings.supervising import carry_on, design
from cockpit.policy.records import Indicator
from cockpit.policy.register import Register
from cockpit.rights import PROVINCE, read_scope
from cockpit.units import Period
from cockpit.vocabulary import Text


@dataclass(frozen=True)
class Order:
    """What is handed out with an alert: title of the matter, office in the lead, the two days.

    The office goes by its Chinese name, whatever language it was handed out in: accounts know it by that.
    """

    raised: Raised
    title: Text
    lead: Text
    accept_by: date
    due: date


def goal_for(seen: Sighting, register: Register, towns: pd.DataFrame) -> dict[str, Any]:
    """The goal an alert proposes. A figure's is for the year after that of the alert: the past stays; of an area with a
    target of its own it is that one."""
    rule = register.alerts[seen.rule]
    if rule.goal != "figure":
        return {"kind": rule.goal}
    period = str(Period.parse(seen.period).year + 1)
    if rule.looks_at == "target":
        target = register.every_target[seen.about]
        value = target.base_value
        if seen.subject != PROVINCE:
            own, codes = register.own.get(target.id, {}), towns["town_code"].astype(str)
            value = sum(own.get(code, 0.0) for code in codes[towns_in(towns, read_scope(seen.subject))])
        return {
            "kind": "figure", "indicator": target.indicator, "operator": target.sense, "value": value,
            "period": period,
        }  # fmt: skip
    return {
        "kind": "figure", "indicator": rule.indicator, "operator": rule.operator, "value": rule.value, "period": period,
    }  # fmt: skip


@dataclass(frozen=True)
class Lacking:
    """The figure behind an alert of a town: in its year, by the newest returns since (None: none came in), and by how
    much its numerator falls short of the rule's line in that year (None: it is no ratio)."""

    then: float
    now: float | None
    short: float | None


@dataclass(frozen=True)
class Behind:
    """The figures behind the alerts of one rule, by the alert's key; `part` is what is short where the figure is a
    ratio, `now` is "" where no newer period is in."""

    indicator: Indicator
    part: Indicator | None
    line: float
    then: str
    now: str
    figures: Mapping[str, Lacking]

    def short_of(self, keys: Iterable[str]) -> float:
        """What some of them are short of, together."""
        return sum(self.figures[key].short or 0.0 for key in keys if key in self.figures)


def behind(desk: Desk, found: Sequence[Raised]) -> Behind | None:
    """The figures behind one rule's alerts; None where the rule looks at no figure of towns."""
    rule = found[0].rule
    if rule.looks_at != "figure" or rule.value is None:
        return None
    cube, indicator, then = desk.cube, desk.register.indicator(rule.indicator), found[0].alert.sighting.period
    newest = cube.periods[-1]
    now = newest if Period.parse(newest).year > Period.parse(then).year else ""
    at = {code: place for place, code in enumerate(cube.towns)}

    def value(name: str, period: str, town: str) -> float | None:
        got = float(cube.of(name, period)[at[town]])
        return None if got != got else got

    figures = {}
    for item in found:
        seen, town = item.alert.sighting, item.alert.sighting.subject
        top, base = (value(name, then, town) if name else None for name in (indicator.numerator, indicator.denominator))
        short = max(base * rule.value - top, 0.0) if top is not None and base is not None else None
        figures[seen.key] = Lacking(seen.value or 0.0, value(indicator.id, now, town) if now else None, short)
    part = desk.register.indicator(indicator.numerator) if indicator.numerator else None
    return Behind(indicator, part, rule.value, then, now, figures)


def hand_out(desk: Desk, orders: Sequence[Order], act: Act, office: str) -> tuple[Matter, ...]:
    """File and assign a matter for each; an alert that is in hand already is refused before anything is written.

    Raises:
        ActRefused: nothing chosen, one in hand already, a day that cannot be held, or as `carry_on`; nothing is
            written then, but where somebody was quicker in between: what was written before stays.
        LogUnavailable: the database cannot be used.
    """
    if not orders or any(item.raised.matters for item in orders):
        raise ActRefused((Fault("alert", "alert_in_hand" if orders else "alert_none"),))
    if found := _unheld(orders):
        raise ActRefused(found)
    return tuple(_one(desk, item, act, office) for item in orders)


def _unheld(orders: Sequence[Order]) -> tuple[Fault, ...]:
    """What is wrong with days and offices, asked of the machine before any matter is filed."""
    now, found = datetime.now(UTC), dict[str, Fault]()
    for order in orders:
        event = Event("", 2, now, "assigned", "", "", "", _told(order))
        for why in faults(Matter("", "filed", 1), event, design()):
            found[why] = Fault(f"name.{FILE_TASK.id}", f"matter_{why}")
    return tuple(found.values())


def _told(order: Order) -> dict[str, Any]:
    days = {"accept_by": order.accept_by.isoformat(), "due": order.due.isoformat()}
    return {"lead": order.lead.zh, "lead_en": order.lead.en, **days}


def due_for(goal: Mapping[str, Any], register: Register, day: date) -> date:
    """The due day proposed for a goal handed out on a day: so many working days after it, of a figure's goal after the
    returns of its period are due: nobody can be in time for what is not counted yet."""
    rules, first = design(), day
    if goal.get("kind") == "figure":
        period = Period.parse(goal["period"])
        month = period.month or 12
        asked = [duty.due_days for duty in register.calendar.values() if month in duty.months]
        first = max(day, period.last_day() + timedelta(days=max(asked, default=0)))
    return rules.workday_after(first, rules.limit("due_days"))


def _one(desk: Desk, order: Order, act: Act, office: str) -> Matter:
    seen, manifest = order.raised.alert.sighting, desk.dataset.manifest
    detail = {
        "title": order.title.zh, "title_en": order.title.en, "subject": seen.subject, "dataset": manifest.dataset,
        "version": manifest.version, "clause": order.raised.rule.clause,
        "goal": goal_for(seen, desk.register, desk.dataset.towns),
        "alert": seen.key,
    }  # fmt: skip
    filed = carry_on(None, "filed", act, detail, office)
    return carry_on(filed.id, "assigned", act, _told(order), office)


def offices(found: Iterable[Raised], counties: Mapping[str, str]) -> dict[str, str]:
    """Key of each alert -> code of the county whose office is asked; "" where none is: the province."""
    return {
        item.alert.sighting.key: counties.get(item.alert.sighting.subject, "") or _own(item.alert.sighting.subject)
        for item in found
    }


def _own(subject: str) -> str:
    return subject if subject.isdecimal() and not subject.endswith("00") else ""
