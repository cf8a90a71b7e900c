"""The risk of ten towns being created, recomputed from the Parquet files with pandas alone."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cockpit.analysis.selection import Selection
from cockpit.briefings import open_desk, town_lists
from cockpit.rights import ALL
from tests.independent.tables import land, records, returns, table

DAY = pd.Timestamp("2026-11-29")
LINES = ("ecology_line", "farmland_line", "urban_boundary")
UNITS = {"%": 0.01, "万元/亩": 1e4, "平方公里": 1.0, "项": 1.0, "年": 1.0}


def figures(code: str) -> dict[str, float | None]:
    """Signal -> figure in base unit, None where it cannot be known."""
    town = table("towns").set_index("town_code").loc[code]
    row = returns("2025").loc[code]
    built = land("construction", "2025").get(code, np.nan)
    seen = table("inspections")
    seen = seen[(seen["town_code"] == code) & (seen["inspected_on"] <= str(DAY.date()))].sort_values("inspected_on")
    last = seen.groupby("subject")["is_breach"].last()

    def breaches(subjects: tuple[str, ...]) -> float:
        flags = last.reindex(list(subjects))
        if flags.isna().any() and not flags.fillna(False).astype(bool).any():
            return np.nan
        return float(flags.fillna(False).astype(bool).sum())

    created = int(str(town["created_on"])[:4])
    money = [returns(str(year)).loc[code].get("fixed_asset_investment_yuan") for year in range(created, 2026)
             if year >= 2017]  # fmt: skip
    known = [one for one in money if not np.isnan(one)]
    per_mu = sum(known) / built if known else np.nan
    is_partial = len(known) < 2026 - created
    if is_partial and not per_mu >= 2e6:
        per_mu = np.nan
    marks = table("assessments")
    marks = marks[(marks["town_code"] == code) & (marks["year"] <= 2025)].set_index("year")["grade"]
    poor = np.nan
    if len(marks):
        year, run = int(marks.index.max()), 0
        while marks.get(year) in ("warning", "demoted"):
            year, run = year - 1, run + 1
        poor = float(run) if run >= 2 or year in marks.index else np.nan
    pace = np.nan
    plans = table("plans")
    for plan in plans[plans["town_code"] == code].itertuples():
        first, end = int(str(plan.starts_on)[:4]), int(str(plan.ends_on)[:4])
        if first <= 2025 <= end:
            years = [returns(str(year)).loc[code]["fixed_asset_investment_yuan"] for year in range(first, 2026)]
            pace = sum(years) / (plan.planned_investment_yuan * len(years) / (end - first + 1))
    found = {
        "specialty_investment_share": row["specialty_investment_share"],
        "green_cover_share": row["green_cover_share"],
        "area_km2": float(town["area_km2"]),
        "residential_share": land("residential", "2025").get(code, np.nan) / built,
        "line_breach_count": breaches(LINES),
        "estate_breach_count": breaches(("real_estate",)),
        "investment_per_mu_yuan": per_mu,
        "tax_per_mu_yuan": row["tax_revenue_yuan"] / row["land_in_use_mu"],
        "poor_assessment_years": poor,
        "plan_pace_share": pace,
    }
    return {name: None if np.isnan(value) else float(value) for name, value in found.items()}


def test_the_risk_of_every_town_past_its_five_years_and_the_line_of_ten() -> None:
    towns = table("towns")
    creating = towns[towns["list_status"] == "creating"].sort_values("created_on")
    lists = town_lists(open_desk("demo"), Selection("2025", scope=ALL), DAY.date())
    said = {town.place.code: town for town in lists.creating}
    assert set(said) == set(creating["town_code"])
    rules = records("risk").values()
    graded = 0
    for row in list(creating.itertuples())[:10]:
        code, town = str(row.town_code), said[str(row.town_code)]
        due = pd.Timestamp(row.created_on) + pd.DateOffset(years=5)
        ends = table("extensions")
        ends = ends[(ends["town_code"] == code) & (ends["approved_on"] <= str(DAY.date()))]["ends_on"]
        line = max(due, pd.Timestamp(ends.max())) if len(ends) else due
        assert town.clock.deadline == line.date()
        left = (line - DAY).days
        wanted = "overdue" if left < 0 else "near" if left <= 30 else "next" if left <= 90 else "extended"
        assert town.section == (wanted if wanted != "extended" or len(ends) else "later")
        if due > DAY:
            assert town.grade is None
            continue
        graded += 1
        known, least, most, veto = figures(code), 0, 0, False
        for signal in dict.fromkeys(rule["signal"] for rule in rules):
            steps = [rule for rule in rules if rule["signal"] == signal]
            if known[signal] is None:
                most += max(rule["points"] for rule in steps)
                continue
            broken = [
                rule for rule in steps
                if (known[signal] > rule["value"] * UNITS[rule["unit"]] if rule["sense"] == "at_most"
                    else known[signal] < rule["value"] * UNITS[rule["unit"]])
            ]  # fmt: skip
            points = max((rule["points"] for rule in broken), default=0)
            veto = veto or any(rule.get("is_veto") for rule in broken)
            least, most = least + points, most + points
        assert town.grade is not None
        assert (town.grade.least, town.grade.most, town.grade.is_veto) == (least, most, veto), code
        word = "high" if veto or least >= 6 else "medium" if least >= 3 else "low"
        worst = "high" if veto or most >= 6 else "medium" if most >= 3 else "low"
        if known["line_breach_count"] is not None:
            assert town.grade.grade.value == (word if word == worst else "pending"), code
    assert graded == 9
