"""Firms and areas sent again: one firm under two codes, figures that leap, a firm in another town."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from cockpit.datasets.findings import Checked, Finding, Upload
from cockpit.datasets.intake.checking import check_uploads
from cockpit.datasets.store.firm_codes import folded, joined, published
from cockpit.datasets.store.loading import Dataset, load
from tests.datasets.bad_files import TODAY, check
from tests.datasets.intake.test_intake_tells import sheet

pytestmark = pytest.mark.many

HEAD = ["企业编码", "企业名称", "小镇编码", "期间", "营业收入（万元）", "税收（万元）", "从业人数"]
CODE, NAME, TOWN, YEAR = "F03516", "演示企业03516", "D330110A", "2025"  # 20,292 万元, 4,077 万元, 148 people


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COCKPIT_DATA_DIR", str(tmp_path))


def firm(
    code: object = CODE, name: str = NAME, town: str = TOWN, period: object = YEAR, revenue: object = 20292,
    tax: object = 4077, staff: object = 148,
) -> list[Any]:  # fmt: skip
    return [code, name, town, period, revenue, tax, staff]


def of(*rows: list[Any]) -> Checked:
    """What is found, but that firms of a part of a year stand nowhere yet."""
    found = check(sheet([HEAD, *rows], "企业"), "企业.xlsx")
    return replace(found, findings=tuple(at for at in found.findings if at.rule != "firm_part_year"))


def told(checked: Checked) -> list[tuple[str, str]]:
    return [(finding.rule, finding.cell) for finding in checked.findings]


def test_firms_of_a_part_of_a_year_are_told_to_stand_nowhere_yet() -> None:
    assert told(check(sheet([HEAD, firm(period="2026-09"), firm("Z90001", "甲", period="2026-09")], "企业"))) == [
        ("firm_part_year", "A2:G2")
    ]


def only(checked: Checked) -> Finding:
    assert len(checked.findings) == 1, told(checked)
    assert checked.findings[0].severity == "warning"
    for language in ("zh", "en"):
        assert "{" not in checked.findings[0].sentences(language)
    return checked.findings[0]


def test_a_firm_sent_as_it_is_published_is_told_nothing_of() -> None:
    assert told(of(firm())) == []


# One firm, two codes


@pytest.mark.parametrize("code", ["F-03516", "F03-516", "F.03516", "F/03516", "f_0351-6", "F - 03516"])
def test_a_code_that_is_parted_otherwise_is_read_as_the_published_one_and_told(code: str) -> None:
    checked = of(firm(code))
    assert {finding.rule for finding in checked.findings} == {"firm_code_read"}
    assert {finding.cell for finding in checked.findings} == {"A2"}
    assert checked.findings[-1].values["read"] == CODE
    assert checked.tables["firms"]["firm_id"].tolist() == [CODE]


@pytest.mark.parametrize("code", ["F3516", "3516", 3516, "FO3516"])
@pytest.mark.parametrize("name", [NAME, " 演示 企业０3516"])
def test_a_firm_of_the_same_name_town_and_period_under_another_code_is_told(code: object, name: str) -> None:
    checked = of(firm(code, name))
    twice = [finding for finding in checked.findings if finding.rule == "firm_twice"]
    assert [(finding.cell, finding.value, finding.values["code"]) for finding in twice] == [("A2", str(code), CODE)]
    assert "已以编码 F03516 报过" in twice[0].what("zh")
    assert checked.is_acceptable


def test_two_codes_of_one_new_firm_in_a_file_name_each_other() -> None:
    checked = of(firm("N1", "新企业"), firm("N-1", "新企业"), firm("N2", "别的企业"))
    assert told(checked) == [("firm_twice", "A2"), ("firm_twice", "A3")]
    assert [finding.values["code"] for finding in checked.findings] == ["N-1", "N1"]


def test_the_published_code_and_the_same_parted_otherwise_are_one_row_twice() -> None:
    checked = of(firm(), firm("F-03516"))
    assert {"firm_code_read", "duplicate_row"} == {finding.rule for finding in checked.findings}
    assert len(checked.tables["firms"]) == 1


@pytest.mark.parametrize("other", [{"town": "D330602B"}, {"name": "演示企业O3516"}, {"period": "2024"}])
def test_another_name_town_or_period_is_another_firm(other: dict[str, str]) -> None:
    assert told(of(firm("N1", **other))) == []


def test_a_code_two_published_firms_may_be_read_from_is_left_as_it_is() -> None:
    known = pd.DataFrame({"firm_id": ["1-23", "12-3", "A-1"]}).assign(folded=lambda frame: frame["firm_id"])
    assert joined(pd.Series(["123", "12-3", "A1", "B1"]), known).tolist() == ["123", "12-3", "A-1", "B1"]


def test_published_firms_are_found_however_they_are_parted() -> None:
    dataset = with_firms({"firm_id": "A-1"}, {"firm_id": "B1"}, {"firm_id": "C-1"})
    assert published(dataset, {"A1", "B.1", folded("d-1")})["firm_id"].tolist() == ["A-1", "B1"]


# Figures


def with_firms(*changes: dict[str, object]) -> Dataset:
    """The demonstration with these firms alone: its first one, changed."""
    dataset = load("demo")
    first = dataset.table("firms").head(1).astype(object).to_dict("records")[0]
    return replace(
        dataset, frames={**dataset.frames, "firms": pd.DataFrame([{**first, **change} for change in changes])}
    )


@pytest.mark.parametrize(
    ("given", "rule", "cell"),
    [
        ({"revenue": 0}, "to_zero", "E2"),
        ({"tax": 0}, "to_zero", "F2"),
        ({"staff": 0}, "to_zero", "G2"),
        ({"revenue": 202_920_000}, "unit_mix_up", "E2"),
        ({"revenue": 2.0292}, "unit_mix_up", "E2"),
        ({"tax": 40_770_000}, "unit_mix_up", "F2"),
        ({"staff": 1480}, "jump", "G2"),
        ({"tax": 40}, "jump", "F2"),
        ({"period": "2026-09", "revenue": 0}, "to_zero", "E2"),
        ({"period": "2026-09", "staff": 20}, "jump", "G2"),
        ({"period": "2026-09", "revenue": 152_000_000}, "unit_mix_up", "E2"),
    ],
)
def test_a_firms_figure_that_leaps_is_told_at_its_cell(given: dict[str, Any], rule: str, cell: str) -> None:
    found = only(of(firm(**given)))
    assert (found.rule, found.cell) == (rule, cell)
    assert "演示企业03516（F03516）" in found.what("zh")
    assert "2025年全年" in found.what("zh")
    assert found.value == str(given[{"E": "revenue", "F": "tax", "G": "staff"}[cell[0]]])


@pytest.mark.parametrize(
    "given",
    [
        {"revenue": 60_000},
        {"revenue": None, "staff": None},
        {"period": "2026-01", "revenue": 1700, "tax": 340},  # a month's worth of a year
        {"period": "2024", "revenue": 0},  # nothing earlier is published
    ],
)
def test_what_may_well_be_passes(given: dict[str, Any]) -> None:
    assert told(of(firm(**given))) == []


def test_the_figure_of_the_period_itself_else_the_newest_before_it_is_compared() -> None:
    dataset = with_firms(
        {"period": "2023", "staff_count": 1000.0}, {"period": "2024", "staff_count": None},
        {"period": "2025", "staff_count": 100.0},
    )  # fmt: skip
    for period, staff, before in (("2025", 1000, "的 100"), ("2024", 100, "的 1000"), ("2022", 1, "")):
        rows = [HEAD, firm(period=period, revenue=None, tax=None, staff=staff)]
        checked = check_uploads([Upload("企业.xlsx", sheet(rows, "企业"))], dataset, as_of=TODAY)
        assert [(finding.rule, before in finding.what("zh")) for finding in checked.findings] == (
            [("jump", True)] if before else []
        )


def test_findings_of_a_sheet_are_cut_off() -> None:
    firms = load("demo").table("firms").query("staff_count > 100").head(2100)
    rows = [
        firm(*at, None, None, 0) for at in firms[["firm_id", "name_zh", "town_code", "period"]].itertuples(False, None)
    ]
    found = of(*rows).findings
    assert {finding.rule for finding in found} == {"to_zero", "more"}
    assert len(found) < 2100
    assert (
        sum(finding.rule == "to_zero" for finding in found)
        + next(at for at in found if at.rule == "more").values["count"]
        == 2100
    )


def test_a_firm_of_another_town_is_told() -> None:
    found = only(of(firm(town="D330602B")))
    assert (found.rule, found.value) == ("firm_moved", "D330602B")
    town = load("demo").towns.set_index("town_code")["name_zh"]
    assert f"编码 F03516 已发布在{town[TOWN]}，这里写{town['D330602B']}" in found.what("zh")


# Land


@pytest.mark.parametrize(("period", "now", "rule"), [
    (YEAR, 1, "jump"), (YEAR, 0, "to_zero"), ("2026-09", 0, "to_zero"), ("2026-09", 1, "jump"), ("2016", 1, ""),
])  # fmt: skip
def test_an_area_is_held_against_the_published_one(period: str, now: float, rule: str) -> None:
    rows = [["小镇编码", "期间", "住宅用地（亩）"], ["D330102A", period, now]]
    checked = check(sheet(rows, "用地"), "用地.xlsx")
    assert told(checked) == ([(rule, "C2")] if rule else [])
