"""Whether the figures of records make sense: units that exist, shares within the whole, bounds in their order.

Imports the ground floor, `records` and `asked`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from itertools import pairwise
from typing import Final

from cockpit.errors import RecordError, suggest
from cockpit.policy.asked import FIGURES
from cockpit.policy.records import MOST_DAYS, Clause, Indicator, Rule, Target, TargetSet
from cockpit.units import CALENDAR_UNITS, WRITTEN_UNITS

FIRST_YEAR: Final = 1990  # no figure of a town, and no target, is older
LAST_YEAR: Final = 2100
# What a rule may be about beside an indicator.
SUBJECTS: Final = (
    "area_km2", "attribution", "chain", "created_on", "decisions", "extensions", "forecast", "per_mu", "plans",
    "returns", "risk_grade", "star_rating", "targets",
)  # fmt: skip
_OTHER_UNITS: Final = {"area_km2": "km2"}  # of subjects that have one and are no indicator
# Rules whose figures rise in this order; those of the second list may be the same.
_RISING: Final = (
    ("limited_ratio", "accelerate_ratio", "on_track_ratio"), ("forecast_unlikely", "forecast_likely"),
    ("queue_near", "queue_next"), ("early_watch", "creation_clock"), ("risk_medium_from", "risk_high_from"),
)  # fmt: skip
_NOT_FALLING: Final = (("forecast_points_line", "forecast_points_interval", "forecast_points_most"),)
_ABOVE_ZERO: Final = (
    "early_watch", "creation_clock", "queue_near", "forecast_points_line", "forecast_interval", "risk_medium_from",
)  # fmt: skip
_YEARS: Final = ("pace_base_year", "attribution_base_year")


def unit_of(written: str, where: str, wanted: str = "") -> str:
    """The base unit of a unit as written; years, days, points and times stay as they are.

    Args:
        wanted: the base unit it is to have, where that is known: its units are what is offered.

    Raises:
        RecordError: no such unit.
    """
    if written in CALENDAR_UNITS:
        return written
    if written not in WRITTEN_UNITS:
        fitting = [name for name, (base, _) in WRITTEN_UNITS.items() if base == wanted]
        known = fitting or [*WRITTEN_UNITS, *CALENDAR_UNITS]
        what = f"unknown unit {written!r}" if written else "a value needs a unit"
        raise RecordError(what, where=f"{where} unit", remedy=suggest(written, known))
    return WRITTEN_UNITS[written][0]


def check_share(value: float, base_unit: str, where: str) -> None:
    """Refuse a figure below nothing, and a share above the whole.

    Raises:
        RecordError: names the bounds.
    """
    if value < 0:
        raise RecordError(f"{value:g} is below 0", where=where, remedy="write a figure of 0 or more")
    if base_unit == "share" and value > 1:
        raise RecordError(f"{value * 100:g} % is above the whole", where=where, remedy="write a share from 0 to 100 %")


def check_clauses(files: Mapping[str, Mapping[str, Clause]]) -> None:
    """Units exist, figures are 0 or more, shares 100 % at most, targets above 0, counts whole.

    Raises:
        RecordError: the first fault.
    """
    for file, clauses in files.items():
        for name, clause in clauses.items():
            if clause.value is None:
                continue
            where = f"{file} [{name}]"
            base = unit_of(clause.unit, where)
            check_share(clause.base_value, base, f"{where} value")
            if isinstance(clause, Target) and clause.value == 0:
                raise RecordError("a target of 0 is none", where=f"{where} value", remedy="write a figure above 0")
            if clause.base_value > {"天": MOST_DAYS, "年": LAST_YEAR}.get(base, math.inf):
                what = f"{clause.value:.15g}{clause.unit} is more than a century"
                raise RecordError(what, where=f"{where} value", remedy="mend the figure")
            if base in ("count", "天") and not clause.base_value.is_integer():
                what = f"{clause.written} is no whole number"
                raise RecordError(what, where=f"{where} value", remedy="write a whole number")


def check_subjects(rules: Mapping[str, Rule], indicators: Mapping[str, Indicator]) -> None:
    """Subjects exist and take the unit.

    Raises:
        RecordError: the first fault.
    """
    for name, rule in rules.items():
        where = f"rules.toml [{name}]"
        if rule.subject not in indicators and rule.subject not in SUBJECTS:
            remedy = suggest(rule.subject, (*SUBJECTS, *indicators))
            raise RecordError(f"unknown subject {rule.subject!r}", where=f"{where} subject", remedy=remedy)
        wanted = indicators[rule.subject].unit if rule.subject in indicators else _OTHER_UNITS.get(rule.subject)
        if wanted and rule.value is not None and unit_of(rule.unit, where, wanted) != wanted:
            what = f"{rule.unit} is not a unit of {rule.subject}, whose base unit is {wanted}"
            raise RecordError(what, where=f"{where} unit", remedy="use the unit as written in the quote")


def check_rules(rules: Mapping[str, Rule]) -> None:
    """Figures of rules that belong together are in order, and none is one nothing can be reckoned with.

    Raises:
        RecordError: the first fault.
    """
    figures = {name: rules[name].base_value for name in FIGURES}
    for name in _ABOVE_ZERO:
        if figures[name] <= 0:
            raise RecordError("must be above 0", where=f"rules.toml [{name}] value", remedy="write a figure above 0")
    for name in _YEARS:
        if not (figures[name].is_integer() and FIRST_YEAR <= figures[name] <= LAST_YEAR):
            what = f"{figures[name]:g} is no year from {FIRST_YEAR} to {LAST_YEAR}"
            raise RecordError(what, where=f"rules.toml [{name}] value", remedy="write the year, as 2022")
    if figures["forecast_interval"] == 1:
        where = "rules.toml [forecast_interval] value"
        raise RecordError("an interval of 100 % has no end", where=where, remedy="write a share below 100 %")
    for order in (*_RISING, *_NOT_FALLING):
        for low, high in pairwise(order):
            if figures[low] > figures[high] or (order in _RISING and figures[low] == figures[high]):
                what = f"{rules[high].written} is not above the {rules[low].written} of [{low}]"
                raise RecordError(what, where=f"rules.toml [{high}] value", remedy="put the two in order")


def check_sets(sets: Mapping[str, TargetSet], targets: Mapping[str, Target]) -> None:
    """Sets begin before they are due, in years there may be; targets are due with their set, an indicator once.

    Raises:
        RecordError: the first fault.
    """
    for name, record in sets.items():
        where = f"target_sets.toml [{name}]"
        for field, year in (("since", record.since), ("due", record.due.year)):
            if not FIRST_YEAR <= year <= LAST_YEAR:
                what = f"{year} is no year from {FIRST_YEAR} to {LAST_YEAR}"
                raise RecordError(what, where=f"{where} {field}", remedy="mend the year")
        if date(record.since, 1, 1) > record.due:
            what = f"counts from {record.since}, after it is due on {record.due}"
            raise RecordError(what, where=f"{where} since", remedy="put since before due, or mend due")
    seen: dict[tuple[str, str, str], str] = {}
    for name, target in targets.items():
        where = f"targets.toml [{name}]"
        due = sets[target.set].due
        if target.due.year != due.year:
            what = f"is due in {target.due.year}, its set {target.set!r} in {due.year}"
            raise RecordError(what, where=f"{where} due", remedy="mend the year, or name the set of that year")
        other = seen.setdefault((target.set, target.indicator, target.scope), name)
        if other != name:
            what = (
                f"{target.indicator!r} of scope {target.scope!r} stands in set {target.set!r} twice, first in [{other}]"
            )
            raise RecordError(what, where=f"{where} indicator", remedy="strike one of the two out")
