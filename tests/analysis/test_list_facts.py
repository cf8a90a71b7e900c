"""What is on file of a town: a last inspection counts, silence is no clean record, a sum with holes is only a floor."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from cockpit.analysis import list_facts as facts

DAY = date(2026, 11, 23)
LINES = facts.CONTROL_LINES


def inspections(*rows: tuple[str, str, str, bool]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["town_code", "inspected_on", "subject", "is_breach"])


def test_the_last_inspection_counts_and_later_ones_are_not_known_yet() -> None:
    table = inspections(
        ("A", "2025-01-01", "ecology_line", True),
        ("A", "2026-01-01", "ecology_line", False),
        ("A", "2026-01-01", "farmland_line", False),
        ("A", "2026-01-01", "urban_boundary", False),
        ("B", "2026-01-01", "farmland_line", True),
        ("C", "2026-01-01", "farmland_line", False),
        ("D", "2027-01-01", "ecology_line", True),
    )
    # A was mended; B is in breach whatever the rest; of C two lines were never looked at; D lies in the future.
    assert facts.breach_counts(table, LINES, DAY) == {"A": 0, "B": 1}


def test_a_plan_must_cover_the_day() -> None:
    plans = pd.DataFrame(
        {"town_code": ["A", "B"], "starts_on": ["2025-01-01", "2022-01-01"], "ends_on": ["2027-12-31", "2024-12-31"]}
    )
    assert facts.plan_covers(plans, ["A", "B", "C"], DAY) == {"A": 1, "B": 0, "C": 0}
    assert facts.plan_covers(plans.iloc[:0], ["A"], DAY) == {}, "where no plans are kept nothing can be said"


def test_poor_assessments_are_counted_back_from_the_newest() -> None:
    table = pd.DataFrame(
        [("A", 2023, "warning"), ("A", 2024, "warning"), ("A", 2025, "demoted"), ("B", 2024, "warning"),
         ("B", 2025, "good"), ("C", 2025, "warning"), ("D", 2025, "warning"), ("D", 2024, "good")],
        columns=["town_code", "year", "grade"],
    )  # fmt: skip
    assert facts.poor_years(table, 2025) == {"A": 3, "B": 0, "D": 1}, "of C nothing but one poor year is on file"
    assert facts.poor_years(table, 2024) == {"A": 2, "D": 0}


@pytest.mark.parametrize(
    ("grades", "expected"),
    [
        ({2023: "warning", 2025: "warning"}, None),  # 2024 is missing: nothing runs across it, nothing is told
        ({2023: "warning", 2025: "good"}, 0),
        ({2022: "good", 2023: "warning", 2025: "warning"}, None),
        ({2021: "warning", 2023: "warning", 2024: "demoted"}, 2),  # two in a row, whatever 2022 was
        ({2020: "warning", 2021: "demoted", 2022: "good", 2023: "warning", 2024: "warning", 2025: "warning"}, 3),
        ({2024: "good", 2025: "demoted"}, 1),
    ],
)
def test_consecutive_means_consecutive_years(grades: dict[int, str], expected: int | None) -> None:
    table = pd.DataFrame([("A", year, grade) for year, grade in grades.items()], columns=["town_code", "year", "grade"])
    assert facts.poor_years(table, 2025).get("A") == expected


def test_investment_since_creation_tells_which_sums_lack_a_year() -> None:
    yearly = {
        2023: np.array([1.0, 2.0, np.nan]),
        2024: np.array([1.0, np.nan, np.nan]),
        2025: np.array([3.0, 4.0, np.nan]),
    }
    sums, partial = facts.invested(yearly, ("A", "B", "C"), {"A": 2023, "B": 2023, "C": 2023}, 2025)
    assert sums == {"A": 5.0, "B": 6.0}
    assert partial == {"B", "C"}


def test_pace_is_measured_against_the_part_of_the_plan_due() -> None:
    plans = pd.DataFrame(
        {
            "town_code": ["A", "B"],
            "starts_on": ["2024-01-01"] * 2,
            "ends_on": ["2026-12-31"] * 2,
            "planned_investment_yuan": [9.0, np.nan],
        }
    )
    yearly = {2024: np.array([1.0, 1.0]), 2025: np.array([2.0, 1.0])}
    # Two of three years: 6 of 9 were due, 3 were made.
    assert facts.plan_pace(plans, yearly, ("A", "B"), 2025) == {"A": 0.5}


def test_nothing_is_divided_by_land_that_is_not_there() -> None:
    assert facts.ratios({"A": 6.0, "B": 1.0, "C": 1.0}, {"A": 3.0, "B": 0.0}) == {"A": 2.0}
