"""What every record must keep; each check runs over all records and names every offender."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from cockpit.analysis.attainment import Base, judge
from cockpit.analysis.briefing import read_limits
from cockpit.errors import RecordError
from cockpit.policy import records
from cockpit.policy.records import Clause, Target
from cockpit.policy.register import FOLDER, Register, load
from cockpit.units import Period, to_base
from cockpit.vocabulary import Status
from tests.policy.more_targets import SET
from tests.policy.phrases import PHRASES

REGISTER = load()
CLAUSES: list[Clause] = [*REGISTER.targets.values(), *REGISTER.rules.values()]
QUOTED = [clause for clause in CLAUSES if clause.quote]
LIMITS = read_limits(REGISTER)


def names(clause: Clause) -> str:
    return clause.id


def test_the_nine_targets_of_clause_1_are_all_there() -> None:
    assert len(REGISTER.targets) == 9, "the set of 2025 is the document's: a target of ours goes into another set"
    assert {target.clause for target in REGISTER.targets.values()} == {"1"}
    assert {target.due.year for target in REGISTER.targets.values()} == {2025}


def test_the_seventy_percent_is_two_targets_of_two_scopes() -> None:
    shares = {target.scope: target for target in REGISTER.targets.values() if target.unit == "%"}
    assert set(shares) == {"named", "creating"}
    assert shares["named"].indicator != shares["creating"].indicator


@pytest.mark.parametrize("clause", QUOTED, ids=names)
def test_the_quote_is_verbatim_in_its_clause(clause: Clause) -> None:
    assert clause.quote in PHRASES[clause.clause], f"{clause.quote!r} does not stand in clause [{clause.clause}]"


@pytest.mark.parametrize("clause", QUOTED, ids=names)
def test_the_quote_is_a_phrase_not_a_sentence(clause: Clause) -> None:
    assert len(clause.quote) <= 25
    assert "。" not in clause.quote


@pytest.mark.parametrize("clause", [item for item in QUOTED if item.value is not None], ids=names)
def test_value_and_unit_occur_in_the_quote(clause: Clause) -> None:
    assert clause.written in clause.quote


@pytest.mark.parametrize("clause", [item for item in CLAUSES if item.origin == "own"], ids=names)
def test_our_own_choices_do_not_pretend_to_be_policy(clause: Clause) -> None:
    assert not clause.clause
    assert not clause.quote


@pytest.mark.parametrize("target", list(REGISTER.targets.values()), ids=names)
def test_below_at_and_above_give_the_verdict_of_the_operator(target: Target) -> None:
    aim, due = target.base_value, Period(target.due.year)
    expected = {
        "above": (Status.MISSED, Status.MISSED, Status.ACHIEVED),
        "at_least": (Status.MISSED, Status.ACHIEVED, Status.ACHIEVED),
        "about": (Status.ACHIEVED, Status.ACHIEVED, Status.ACHIEVED),
    }[target.sense]
    values = (aim * 0.999, aim, aim * 1.001)
    assert tuple(judge(value, 1.0, target, due, Base(), LIMITS).status for value in values) == expected


@pytest.mark.parametrize("target", [item for item in REGISTER.targets.values() if item.sense == "about"], ids=names)
def test_about_ends_at_the_tolerance(target: Target) -> None:
    due = Period(target.due.year)
    assert judge(target.base_value * 0.95, 1.0, target, due, Base(), LIMITS).status is Status.ACHIEVED
    assert judge(target.base_value * 0.9499, 1.0, target, due, Base(), LIMITS).status is Status.MISSED


@pytest.mark.parametrize("target", list(REGISTER.targets.values()), ids=names)
def test_nothing_reported_is_no_data_and_never_a_miss(target: Target) -> None:
    assert judge(None, 0.0, target, Period(target.due.year), Base(), LIMITS).status is Status.NO_DATA


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "policy"
    shutil.copytree(FOLDER, copy)
    return copy


def spoil(folder: Path, file: str, before: str, after: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert before in text, f"{before!r} is gone from {file}; mend the test"
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


@pytest.mark.many
@pytest.mark.parametrize(
    ("file", "before", "after", "told"),
    [
        (
            "targets.toml",
            'sense     = "above"',
            'sense     = "abve"',
            ("[total_output_2025] sense", "'abve'", "did you mean 'above'?"),
        ),
        ("targets.toml", 'clause    = "1"', 'claus     = "1"', ("[named_towns_2025] claus", "did you mean 'clause'?")),
        (
            "targets.toml",
            'indicator = "tax_revenue_yuan"',
            'indicator = "tax_revenu_yuan"',
            ("[tax_revenue_2025] indicator", "did you mean 'tax_revenue_yuan'?"),
        ),
        (
            "targets.toml",
            'unit      = "亿元"',
            'unit      = "家"',
            ("[tax_revenue_2025] unit", "家 is not a unit of yuan"),
        ),
        ("targets.toml", "due       = 2025-12-31", "", ("[named_towns_2025] due", "missing")),
        (
            "rules.toml",
            'origin    = "policy"',
            'origin    = "polcy"',
            ("[green_cover_minimum] origin", "did you mean 'policy'?"),
        ),
        (
            "rules.toml",
            'quote     = "绿化覆盖率原则上不低于30%"',
            "",
            ("[green_cover_minimum] quote", "needs clause and quote, and quote is missing. copy it from the document"),
        ),
        (
            "indicators.toml",
            'numerator = "specialty_output_yuan"',
            'numerator = "speciality_output_yuan"',
            ("[specialty_output_share] numerator", "did you mean"),
        ),
        ("targets.toml", "[total_output_2025]", "[total_output_2025", ("targets.toml", "TOML")),
    ],
)
def test_a_bad_record_stops_the_start_and_says_where(
    folder: Path, file: str, before: str, after: str, told: tuple[str, ...]
) -> None:
    spoil(folder, file, before, after)
    with pytest.raises(RecordError) as caught:
        load(folder)
    for words in (file, *told):
        assert words in str(caught.value)


def test_a_missing_file_is_told_by_name(folder: Path) -> None:
    (folder / "rules.toml").unlink()
    with pytest.raises(RecordError, match=r"rules\.toml"):
        load(folder)


def test_a_next_set_of_targets_is_one_more_record(folder: Path) -> None:
    path = folder / "targets.toml"
    text = path.read_text(encoding="utf-8")
    block = text[text.index("[total_output_2025]") : text.index("[tax_revenue_2025]")]
    later = (
        block.replace("total_output_2025", "total_output_next")
        .replace('set       = "2025"', 'set = "2040"')
        .replace("2025-12-31", "2040-12-31")
        .replace('"policy"', '"own"')
    )
    later = re.sub(r"(?m)^(clause|quote).*\n", "", later)
    path.write_text(text + "\n" + later, encoding="utf-8")
    (folder / "target_sets.toml").write_text(
        (folder / "target_sets.toml").read_text(encoding="utf-8") + SET, encoding="utf-8"
    )
    register: Register = load(folder).of_set("2040")
    assert register.targets["total_output_next"].due.year == 2040


def test_unknown_names_are_answered_with_a_suggestion() -> None:
    with pytest.raises(RecordError, match="did you mean 'tolerance_about'"):
        REGISTER.rule("tolerance_abut")
    with pytest.raises(RecordError, match="did you mean 'tax_revenue_yuan'"):
        REGISTER.indicator("tax_revenue_yan")


def test_a_records_value_is_converted_once_and_a_copy_has_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[float, str]] = []

    def counting(value: float, unit: str) -> tuple[float, str]:
        asked.append((value, unit))
        return to_base(value, unit)

    monkeypatch.setattr(records, "to_base", counting)
    target = next(iter(REGISTER.targets.values())).model_copy(update={"value": 1.2345678, "unit": "万亿元"})
    assert [target.base_value for _ in range(3)] == [1.2345678e12] * 3
    assert asked == [(1.2345678, "万亿元")]
    assert target.model_copy(update={"value": 2.2345678}).base_value == 2.2345678e12
