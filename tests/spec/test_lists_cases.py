"""Runs the policy cases written as sentences in lists.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from cockpit.analysis.briefing.lists import read_borders, read_windows
from cockpit.analysis.lifecycle import read_clock
from cockpit.analysis.risk import grade, suggest
from cockpit.analysis.star_rating import rate, stand
from cockpit.phrases import say
from cockpit.policy.list_records import RiskRule, Signal, StarRule
from cockpit.policy.register import load
from cockpit.units import WRITTEN_UNITS, to_base
from cockpit.vocabulary import RISKS, STAGES, Stage

CASES = tomllib.loads(Path(__file__).with_name("lists.toml").read_text(encoding="utf-8"))
REGISTER = load()
# What every norm accepts, in base units.
KEPT: dict[Signal, float | None] = {
    "specialty_investment_share": 0.8,
    "specialty_output_share": 0.8,
    "green_cover_share": 0.35,
    "area_km2": 3.0,
    "residential_share": 0.1,
    "line_breach_count": 0,
    "estate_breach_count": 0,
    "investment_per_mu_yuan": 3e6,
    "tax_per_mu_yuan": 2e5,
    "poor_assessment_years": 0,
    "plan_pace_share": 0.9,
    "plan_cover_count": 1,
}


def figures(case: dict[str, Any]) -> dict[Signal, float | None]:
    """All kept, but for what the case breaks (as written) or leaves unknown."""
    rules: list[RiskRule | StarRule] = [*REGISTER.risk.values(), *REGISTER.stars.values()]
    units = {rule.signal: rule.unit for rule in rules}
    found = dict(KEPT)
    for signal, written in case["broken"].items():
        unit = units[signal]
        found[signal] = to_base(written, unit)[0] if unit in WRITTEN_UNITS else float(written)
    for signal in case.get("unknown", ()):
        found[signal] = None
    return found


def names(case: dict[str, Any]) -> str:
    return str(case["sentence"])


@pytest.mark.parametrize("case", CASES["clock"], ids=names)
def test_clock(case: dict[str, Any]) -> None:
    clock = read_clock(case["created"], case.get("extended_to"), read_windows(REGISTER), case["as_of"])
    assert STAGES[clock.stage].zh == case["verdict"]


@pytest.mark.parametrize("case", CASES["grade"], ids=names)
def test_grade(case: dict[str, Any]) -> None:
    found = grade(figures(case), REGISTER.risk.values(), read_borders(REGISTER))
    assert [found.least, found.most] == case["points"]
    assert RISKS[found.grade].zh == case["verdict"]
    suggestion = suggest(Stage(case.get("stage", "due")), found.grade)
    assert say(f"lists.suggest.{suggestion}", "zh") == case["suggestion"]


@pytest.mark.parametrize("case", CASES["star"], ids=names)
def test_star(case: dict[str, Any]) -> None:
    rules = tuple(REGISTER.stars.values())
    levels = [rule for rule in rules if rule.kind == "level"]
    standing = stand(2025, case["index"], np.array([]), levels, 0.8) if "index" in case else None
    rating = rate(standing, figures(case), rules)
    words = "未评" if rating.stars is None else f"{rating.stars}星"
    assert words == case["verdict"]
    assert rating.is_for_elimination == case.get("elimination", False)
