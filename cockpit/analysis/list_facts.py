"""What the registers say of each town on the day of judgement: breaches, plans, assessments, land, investment to date.

Pure: tables in, one figure a town out. A town on which nothing is on file has no entry: that is not a clean record.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from cockpit.days import first_day, first_days, last_day, last_days

CONTROL_LINES: Final = ("ecology_line", "farmland_line", "urban_boundary")
REAL_ESTATE: Final = ("real_estate",)
_POOR: Final = frozenset({"warning", "demoted"})
_TELLING: Final = 2  # poor years in a row that are told whatever the years before them were


def breach_counts(inspections: pd.DataFrame, subjects: Collection[str], as_of: date) -> dict[str, int]:
    """Subjects in breach at their last inspection up to `as_of`.

    A town has an entry when a breach is known or every subject was inspected; otherwise nothing can be said.
    """
    rows = inspections[inspections["subject"].isin(subjects)]
    rows = rows[first_days(rows["inspected_on"]) <= np.datetime64(as_of)]
    ordered = rows.iloc[np.argsort(last_days(rows["inspected_on"]), kind="stable")]
    last = ordered.groupby(["town_code", "subject"], observed=True)["is_breach"].last().astype(bool)
    of_town = last.groupby(level="town_code", observed=True).agg(["sum", "size"])
    return {
        str(code): int(breaches)
        for code, breaches, inspected in of_town.itertuples()
        if breaches or inspected == len(set(subjects))
    }


def plan_covers(plans: pd.DataFrame, codes: Collection[str], as_of: date) -> dict[str, int]:
    """How many plans of each town cover the day; 0 for a town without one, nothing where no plans are kept."""
    if not len(plans):
        return {}
    counts = plans_on(plans, as_of)["town_code"].astype("str").value_counts()
    return {code: int(counts.get(code, 0)) for code in codes}


def plans_on(plans: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """The plans that cover the day: from the first day the start can mean to the last day the end can mean."""
    day = np.datetime64(as_of)
    return plans[(first_days(plans["starts_on"]) <= day) & (last_days(plans["ends_on"]) >= day)]


def plan_ends(plans: pd.DataFrame, as_of: date) -> dict[str, str]:
    """Last day of the longest plan of each town that covers the day, as it is written."""
    covering = plans_on(plans, as_of)
    covering = covering.iloc[np.argsort(last_days(covering["ends_on"]), kind="stable")]
    return dict(zip(covering["town_code"].astype("str"), covering["ends_on"].astype("str"), strict=True))


def extension_ends(extensions: pd.DataFrame, as_of: date) -> dict[str, date]:
    """Last day of each town's newest extension approved by `as_of`; one that cannot be read hides no older one."""
    rows = extensions.assign(approved=last_days(extensions["approved_on"]), until=last_days(extensions["ends_on"]))
    rows = rows[(first_days(extensions["approved_on"]) <= np.datetime64(as_of)) & rows["until"].notna()]
    rows = rows.sort_values(["approved", "until"], kind="stable")
    return {str(code): day.date() for code, day in zip(rows["town_code"], rows["until"], strict=True)}


def poor_years(assessments: pd.DataFrame, year: int) -> dict[str, int]:
    """In how many consecutive years up to the newest assessment (not after `year`) it was warning or worse.

    A year without an assessment is neither poor nor good: nothing runs across it. Where it follows on one poor year,
    whether that was the second in a row cannot be told: no entry.
    """
    rows = assessments[assessments["year"] <= year]
    towns: dict[str, dict[int, str]] = {}
    for code, when, grade in zip(
        rows["town_code"].astype("str"), rows["year"], rows["grade"].astype("str"), strict=True
    ):
        towns.setdefault(code, {})[int(when)] = grade
    found: dict[str, int] = {}
    for code, grades in towns.items():
        run, when = 0, max(grades)
        while grades.get(when) in _POOR:
            run, when = run + 1, when - 1
        if when in grades or run >= _TELLING:
            found[code] = run
    return found


def land_of(land: pd.DataFrame, land_type: str, year: str) -> dict[str, float]:
    """Land of one type in mu at the end of `year`."""
    rows = land[(land["land_type"] == land_type) & (land["period"].astype("str") == year)]
    return {str(code): float(area) for code, area in zip(rows["town_code"], rows["area_mu"], strict=True)}


def ratios(above: Mapping[str, float], below: Mapping[str, float]) -> dict[str, float]:
    """Quotients of what both know; nothing is divided by zero land."""
    return {code: value / below[code] for code, value in above.items() if below.get(code, 0) > 0}


def invested(
    yearly: Mapping[int, npt.NDArray[np.float64]], codes: tuple[str, ...], since: Mapping[str, int], year: int
) -> tuple[dict[str, float], frozenset[str]]:
    """Investment of each town from the year `since` to `year`, in yuan, and the towns of which a year is missing.

    Args:
        yearly: year -> value of every town in the order of `codes`, NaN where not reported.
    """
    sums: dict[str, float] = {}
    partial: set[str] = set()
    for index, code in enumerate(codes):
        if code not in since or since[code] > year:
            continue
        wanted = [yearly[y][index] if y in yearly else np.nan for y in range(since[code], year + 1)]
        known = [float(value) for value in wanted if not np.isnan(value)]
        if known:
            sums[code] = sum(known)
        if len(known) < len(wanted):
            partial.add(code)
    return sums, frozenset(partial)


def plan_pace(
    plans: pd.DataFrame, yearly: Mapping[int, npt.NDArray[np.float64]], codes: tuple[str, ...], year: int
) -> dict[str, float]:
    """Investment made in the years of the running plan up to `year`, over the part of the plan due by then."""
    places = {code: index for index, code in enumerate(codes)}
    found: dict[str, float] = {}
    amounts = plans["planned_investment_yuan"].to_numpy(dtype=float)
    for code, starts_on, ends_on, amount in zip(
        plans["town_code"].astype("str"), plans["starts_on"], plans["ends_on"], amounts, strict=True
    ):
        begun, over = first_day(starts_on), last_day(ends_on)
        if begun is None or over is None or not begun.year <= year <= over.year or code not in places:
            continue
        first, last = begun.year, over.year
        values = [float(yearly[y][places[code]]) if y in yearly else np.nan for y in range(first, year + 1)]
        due = amount * len(values) / (last - first + 1)
        if due > 0 and not np.isnan(values).any():  # an amount that is not known is not above 0 either
            found[code] = sum(values) / due
    return found
