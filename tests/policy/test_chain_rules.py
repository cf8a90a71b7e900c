"""Records of how chains are read: what the document names is quoted, what is ours says so, a bad record stops."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from cockpit.datasets.schema import TABLES as SCHEMA
from cockpit.errors import RecordError
from cockpit.policy.chain_design import RUNG_FIGURES, TIER_FIGURES, read_chain_rules
from cockpit.policy.records import Rule
from cockpit.policy.register import FOLDER, load
from tests.policy.altering import altered
from tests.policy.phrases import PHRASES

TABLES = tomllib.loads((FOLDER / "chain_rules.toml").read_text(encoding="utf-8"))
DESIGN = load().chain_rules


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        ("criteria", {}, "did you mean 'criterion'"),
        ("criterion/firms/measure", "firm_cuont", "did you mean 'firm_count'"),
        ("criterion/firms/unit", "亿元", "not a unit of firm_count"),
        ("criterion/output/unit", "双", "not a unit of revenue_yuan"),
        ("criterion/firms/vlaue", 3, "did you mean 'value'"),
        ("parameter/mend_count", None, "'mend_count' is missing"),
        ("parameter/strong_from/value", 3, "fewer criteria than strong"),
        ("parameter/strong_from/value", 7, "no more than there are"),
        ("parameter/dependence_share/value", 120, "above the whole"),
        ("parameter/pair_count/value", 0, "must be above 0"),
        ("pattern/finance_real/first_class", "finances", "did you mean 'finance'"),
        ("pattern/finance_real/clause", "", "needs clause and quote"),
        ("pattern/developed_mountain/second_place", "developed", "two sides are the same"),
        ("developed/prefectures", ["330101"], "unknown prefecture"),
        (
            "tier/little_gaint_count",
            {"label_zh": "x", "label_en": "x", "clause": "1", "quote": "x"},
            "little_giant_count",
        ),
    ],
)
def test_a_bad_record_is_told(path: str, value: Any, told: str) -> None:
    with pytest.raises(RecordError, match=told) as error:
        read_chain_rules(altered("chain_rules.toml", path, value))
    assert "chain_rules.toml" in str(error.value)


QUOTED: list[Rule] = [rule for rule in DESIGN.rules if rule.origin == "policy"]


@pytest.mark.parametrize("rule", QUOTED, ids=lambda rule: rule.id)
def test_the_quote_is_verbatim_in_its_clause(rule: Rule) -> None:
    assert rule.quote in PHRASES[rule.clause]
    assert len(rule.quote) <= 25


def test_every_number_is_ours_and_cites_nothing() -> None:
    numbers: list[Rule] = [*DESIGN.criteria.values(), *DESIGN.parameters.values()]
    assert all(rule.origin == "own" and not rule.clause and not rule.quote for rule in numbers)
    assert {rule.origin for rule in DESIGN.patterns.values()} == {"policy"}


def test_tiers_and_rungs_are_figures_of_the_cubes() -> None:
    columns = {column.name for column in SCHEMA["firm_cubes"].columns}
    assert columns >= {*TIER_FIGURES, *RUNG_FIGURES}
    assert tuple(DESIGN.ladder) == RUNG_FIGURES
