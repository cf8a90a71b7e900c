"""What the norms of the risk grade and the stars must keep, and how a bad one stops the start."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cockpit.errors import RecordError
from cockpit.phrases import keys
from cockpit.policy.cases import read_cases
from cockpit.policy.list_records import RiskRule, StarRule
from cockpit.policy.register import FOLDER, load
from tests.policy.phrases import PHRASES

REGISTER = load()
RULES: list[RiskRule | StarRule] = [*REGISTER.risk.values(), *REGISTER.stars.values()]
QUOTED = [rule for rule in RULES if rule.quote]


def names(rule: RiskRule | StarRule) -> str:
    return rule.id


@pytest.mark.parametrize("rule", QUOTED, ids=names)
def test_the_quote_is_verbatim_in_its_clause(rule: RiskRule | StarRule) -> None:
    assert rule.quote in PHRASES[rule.clause]
    assert len(rule.quote) <= 25


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.origin == "policy" and rule.unit != "项"], ids=names)
def test_a_number_of_the_policy_stands_in_its_quote(rule: RiskRule | StarRule) -> None:
    assert rule.written in rule.quote


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.origin == "own"], ids=names)
def test_our_own_choices_do_not_pretend_to_be_policy(rule: RiskRule | StarRule) -> None:
    assert not rule.clause
    assert not rule.quote
    assert not rule.source


@pytest.mark.many
@pytest.mark.parametrize(
    ("file", "before", "after", "told"),
    [
        (
            "risk.toml",
            'signal    = "area_km2"',
            'signal    = "area_km"',
            ("[area_5] signal", "did you mean 'area_km2'"),
        ),
        (
            "risk.toml",
            'source    = "fgw_2021_1383"',
            'source    = "fgw_21"',
            ("source", "did you mean 'fgw_2021_1383'"),
        ),
        ("risk.toml", 'source    = "fgw_2021_1383"', "", ("[specialty_investment_60]", "names its source")),
        ("risk.toml", "points    = 1", "points    = 1\nis_veto   = true", ("[green_cover_30]", "never a veto")),
        ("risk.toml", "points    = 1", "points    = 9", ("risk.toml", "in principle would make a high risk")),
        ("risk.toml", 'unit      = "万元/亩"', 'unit      = "亩"', ("[investment_per_mu_200] unit", "not a unit of")),
        ("stars.toml", "stars     = 4", "stars     = 7", ("[four_stars]", "from 1 to 5")),
        ("stars.toml", "value     = 65", "value     = 85", ("stars.toml", "higher index")),
        ("stars.toml", "value     = 0\n", "value     = 10\n", ("stars.toml", "one star from 0")),
        ("rules.toml", 'value     = 6\nunit      = "分"', 'value     = 2\nunit      = "分"', ("rules.toml", "medium")),
    ],
)
def test_a_bad_norm_stops_the_start_and_says_where(
    tmp_path: Path, file: str, before: str, after: str, told: tuple[str, ...]
) -> None:
    folder = tmp_path / "policy"
    shutil.copytree(FOLDER, folder)
    text = (folder / file).read_text(encoding="utf-8")
    assert before in text, f"{before!r} is gone from {file}; mend the test"
    (folder / file).write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(RecordError) as caught:
        load(folder)
    for words in told:
        assert words in str(caught.value)


def test_every_file_of_cases_has_a_name_on_the_basis_page() -> None:
    cases = read_cases()
    missing = {f"basis.case_{case.topic}" for case in cases} - set(keys())
    assert not missing, f"write them in cockpit/phrases/basis.py: {sorted(missing)}"
    assert {"attainment", "lists"} <= {case.topic for case in cases}


def test_no_cases_at_hand_is_no_fault(tmp_path: Path) -> None:
    assert read_cases(tmp_path / "none") == ()
    (tmp_path / "x.toml").write_text("[[case]]\nverdict = 'x'\n", encoding="utf-8")
    with pytest.raises(RecordError, match=r"x\.toml"):
        read_cases(tmp_path)
