"""Runs the cases of the town status written as sentences in town_code.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from cockpit.analysis.town_status import Situation, judge_town
from cockpit.policy.register import load
from cockpit.policy.town_code_design import STATUS_NAMES
from cockpit.vocabulary import Risk, Stage
from tests.spec.test_lists_cases import figures

CASES = tomllib.loads(Path(__file__).with_name("town_code.toml").read_text(encoding="utf-8"))["case"]
DESIGN = load().town_code


def situation(case: dict[str, Any]) -> Situation:
    return Situation(
        list_status=case["status"],
        is_current=not case.get("public", False),
        figures=figures({"broken": {}, **case}),
        stage=Stage(case["stage"]) if "stage" in case else None,
        risk=Risk(case["risk"]) if "risk" in case else None,
        missing_share=case.get("missing", 0.0),
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["sentence"]))
def test_status(case: dict[str, Any]) -> None:
    found = judge_town(situation(case), DESIGN)
    assert DESIGN.statuses[found.name].label.zh == case["verdict"]
    assert [issue.matter.id for issue in found.issues] == case.get("matters", [])
    if "silent" in case:
        assert [matter.id for matter in found.unknown] == case["silent"]
    assert bool(found.silence) == (found.name == "none")


def test_every_status_is_reached_by_a_case() -> None:
    words = {DESIGN.statuses[name].label.zh for name in STATUS_NAMES}
    assert {case["verdict"] for case in CASES} == words


def test_inner_matters_count_and_are_not_told_in_public() -> None:
    case = next(case for case in CASES if case.get("matters") == ["high_risk", "term_due"])
    shown = judge_town(situation(case), DESIGN).for_public()
    assert [issue.matter.id for issue in shown.issues] == ["term_due"]
    assert (shown.name, shown.count, shown.hidden) == ("mend", 2, 1)
