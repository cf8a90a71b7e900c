"""A boundary that changes breaks figures per area: no growth across it, and the places that show them say so."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from cockpit.analysis.boundary_changes import TABLE, BoundaryChange, between, boundary_changes, is_per_area
from cockpit.analysis.briefing import cases
from cockpit.analysis.measures import build_cube
from cockpit.briefings import open_desk
from cockpit.policy.register import load
from cockpit.units import Period
from tests.pages.opening import open_page, words

REGISTER = load()
CHANGE = BoundaryChange(date(2024, 5, 1), 2.0, 4.0)


def case(changes: dict[str, tuple[BoundaryChange, ...]], indicator: str = "tax_per_mu_yuan") -> object:
    """A case of tax per mu 2023 to 2025: 甲 doubles, four others of its class grow by 0 to 30 %."""
    codes = list("甲乙丙丁戊")
    towns = pd.DataFrame({"town_code": codes, "industry_class": "equipment"})
    history = pd.DataFrame({"town_code": codes, "effective_on": "2020-01-01", "list_status": "named"})
    values = [("2023", code, 100.0) for code in codes]
    values += [("2025", code, value) for code, value in zip(codes, (200.0, 100.0, 110.0, 120.0, 130.0), strict=True)]
    returns = pd.DataFrame(values, columns=["period", "town_code", "value"]).assign(indicator="tax_revenue_yuan")
    land = pd.DataFrame([(year, code, "in_use", 10.0) for year in ("2023", "2025") for code in codes],
                        columns=["period", "town_code", "land_type", "area_mu"])  # fmt: skip
    cube = build_cube(towns, returns, land, history, REGISTER)
    row = {"town_code": "甲", "name": "先租后让", "field": "project", "done": "做法", "indicator": indicator,
           "from": "2023", "to": "2025", "since": "2023-03-01", "followers": None}  # fmt: skip
    (found,) = cases(pd.DataFrame([row]), towns, cube, REGISTER, frozenset(codes), frozenset(codes), changes)
    return found


def test_a_change_lies_between_two_periods_by_its_day() -> None:
    first, last = Period.parse("2023"), Period.parse("2024-06")
    assert between([CHANGE], first, last) == (CHANGE,)
    assert between([CHANGE], Period.parse("2024"), Period.parse("2025")) == ()
    assert between([BoundaryChange(date(2023, 12, 31), None, 1.0)], first, last) == ()


def test_no_growth_per_area_is_told_across_a_change_and_the_ends_are() -> None:
    plain, broken = case({}), case({"甲": (CHANGE,)})
    assert plain.own.growth == pytest.approx(1.0)
    assert (broken.own.growth, broken.broken_on) == (None, date(2024, 5, 1))
    assert (broken.own.before, broken.own.after) == (10.0, 20.0)


def test_a_town_whose_boundary_changed_is_no_measure_for_others_of_figures_per_area() -> None:
    assert case({}).peers == pytest.approx(0.15)
    assert case({"戊": (CHANGE,)}).peers == pytest.approx(0.1)
    assert "戊" not in [item.code for item in case({"戊": (CHANGE,)}).learners]
    assert case({"戊": (CHANGE,)}, "tax_revenue_yuan").peers == pytest.approx(0.15)
    assert is_per_area(REGISTER.indicator("output_per_mu_yuan"))
    assert not is_per_area(REGISTER.indicator("land_in_use_mu"))


@pytest.mark.long
def test_the_town_code_and_the_page_of_land_tell_the_break() -> None:
    changes = boundary_changes(open_desk("demo").dataset.table(TABLE))
    code, change = next((code, at[0]) for code, at in changes.items() if at[0].day.year == 2025 and at[0].before)
    said = f"四至调整：{change.before:g} 平方公里 → {change.after:g} 平方公里，单位面积数前后不可比"
    assert said in words(open_page("town", {"lang": "zh", "code": code}))
    told = words(open_page("per_mu", {"lang": "zh", "period": "2025", "per_mu_town": code}))
    assert f"{change.day} {said}" in told
    assert said not in words(open_page("per_mu", {"lang": "zh", "period": "2024", "per_mu_town": code}))
