"""New towns, changed facts and changes of the list: from the template's sheets to a version the pages can show."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from cockpit.briefings import open_desk
from cockpit.datasets.findings import Checked, Upload
from cockpit.datasets.intake.checking import check_uploads
from cockpit.datasets.publishing.releases import publish
from cockpit.datasets.publishing.row_sources import cell_of_row
from cockpit.datasets.publishing.submissions import keep
from cockpit.datasets.store.loading import load
from cockpit.datasets.template.stamp import towns_of
from cockpit.datasets.template.workbook import HEADER_ROWS, template
from cockpit.errors import DatasetError
from cockpit.policy.register import load as design
from tests.acts import by
from tests.datasets.bad_files import RETURNS, TODAY, check, column_of, empty, filled, saved
from tests.datasets.intake.test_intake_tells import sheet

pytestmark = pytest.mark.many

NEW = "D330102E"
TOWN = {
    "小镇编码": NEW, "中文名": "上城戊演示小镇", "英文名": "Shangcheng E Demo Town", "所在县（市、区）": "上城区",
    "产业类型": "数字经济",
}  # fmt: skip
LISTED = {"小镇编码": NEW, "生效日期": "2026-03-01", "清单状态": "创建", "依据": "第十批创建名单"}


def book(*rows: tuple[str, Mapping[str, object]]) -> bytes:
    """An empty template with rows filled in by (sheet, label -> value), one below the other."""
    made = openpyxl.load_workbook(io.BytesIO(empty()))
    for number, (title, values) in enumerate(rows):
        sheet = made[title]
        for label, value in values.items():
            sheet.cell(HEADER_ROWS + 1 + number, column_of(sheet, label)).value = value
    return saved(made)


_EXPECTED = ("date_as_text", "town_renamed")


def rules(checked: Checked) -> list[tuple[str, str]]:
    """Rules and sheets of findings, without those of every rename and every date in a workbook's text."""
    return [(at.rule, at.sheet) for at in checked.findings if at.rule not in _EXPECTED]


@pytest.mark.long
def test_a_new_town_comes_with_its_entry_in_the_list_and_its_first_figures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COCKPIT_DATA_DIR", str(tmp_path))
    figures = {"小镇编码": NEW, "期间": "2026-09", "总产出": 12_000}
    content = book(("小镇", TOWN), ("清单变动", LISTED), (RETURNS, {}))
    made = openpyxl.load_workbook(io.BytesIO(content))
    sheet = made[RETURNS]
    for label, value in figures.items():
        sheet.cell(60, column_of(sheet, label)).value = value
    upload = Upload("新小镇.xlsx", saved(made))
    checked = check(upload.content, upload.name)
    # The template's scope is Hangzhou; the new town is of it, so that nothing is out of scope.
    assert rules(checked) == []
    towns = checked.tables["towns"].iloc[0]
    assert (towns["county_adcode"], towns["prefecture_adcode"]) == ("330102", "330100")
    assert (towns["list_status"], towns["status_as_of"], towns["created_on"]) == (
        "creating",
        "2026-03-01",
        "2026-03-01",
    )
    delivery = keep("demo", [upload], checked, by("张三"), checked_against="v0003")
    publish("demo", delivery.id, by("李四", "新小镇"), "v0003")
    desk = open_desk("demo")
    at = desk.cube.towns.index(NEW)
    assert desk.cube.of("total_output_yuan", "2026-09")[at] == 1.2e8
    assert desk.cube.in_scope("province", "2026-09")[at]
    assert not desk.cube.in_scope("province", "2025")[at], "not before it was listed"
    cell = cell_of_row(desk.dataset, "list_history", (NEW, "2026-03-01", "creating"))
    assert cell is not None
    assert (cell.sheet, cell.submitted_by) == ("清单变动", "张三")


@pytest.mark.long
def test_an_entry_of_the_list_moves_the_status_of_its_town_and_an_older_one_does_not() -> None:
    """上城丙财富小镇 is being created since 2021-12-10: named now, it is named; cultivated in 2019, it stays."""
    code = "D330102C"
    named = check(book(("清单变动", {"小镇编码": code, "生效日期": "2026-11-01", "清单状态": "命名"})))
    (row,) = named.tables["towns"].to_dict("records")
    assert (row["list_status"], row["named_on"]) == ("named", "2026-11-01")
    assert pd.isna(row["created_on"]), "its day of creation stays"
    older = check(book(("清单变动", {"小镇编码": code, "生效日期": "2019-06-01", "清单状态": "培育"})))
    assert "towns" not in older.tables
    assert len(older.tables["list_history"]) == 1


def test_a_changed_fact_leaves_all_others_as_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COCKPIT_DATA_DIR", str(tmp_path))
    content = book(("小镇", {"小镇编码": "D330102A", "面积": 3.01, "特色产业名称": "集成电路设计"}))
    checked = check(content)
    assert rules(checked) == []
    before = load("demo").towns.set_index("town_code").loc["D330102A"]
    delivery = keep("demo", [Upload("更正.xlsx", content)], checked, by("张三"), checked_against="v0003")
    publish("demo", delivery.id, by("李四", "更正"), "v0003")
    after = load("demo").towns.set_index("town_code").loc["D330102A"]
    differs = {name for name in before.index if str(before[name]) != str(after[name])}
    assert differs == {"area_km2", "specialty_industry"}
    assert after["area_km2"] == 3.01


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([("小镇", {**TOWN, "小镇编码": "新镇1"}), ("清单变动", LISTED)], {"bad_code", "unknown_town"}),
        ([("小镇", TOWN)], {"new_town_no_status"}),
        ([("小镇", {**TOWN, "英文名": None}), ("清单变动", LISTED)], {"new_town_lacks"}),
        ([("小镇", {**TOWN, "所在县（市、区）": "上成区"}), ("清单变动", LISTED)], {"unknown_county"}),
        ([("小镇", {**TOWN, "中文名": "上城甲芯云小镇"}), ("清单变动", LISTED)], {"town_exists"}),
        ([("小镇", TOWN), ("清单变动", {**LISTED, "生效日期": "2027-01-01"})], {"date_ahead", "new_town_no_status"}),
        ([("小镇", {**TOWN, "小镇编码": "330102-09"}), ("清单变动", LISTED)], {"bad_code", "unknown_town"}),
    ],
)
def test_what_keeps_a_town_from_being_taken_in(rows: list[tuple[str, dict[str, object]]], found: set[str]) -> None:
    checked = check(book(*rows))
    assert {rule for rule, _ in rules(checked)} == found
    assert not checked.is_acceptable
    for finding in checked.findings:
        assert finding.what("zh")
        assert finding.remedy("en")


def test_a_return_without_registers_touches_no_town() -> None:
    assert not {"towns", "list_history"} & check(filled()).tables.keys()


B = "D330102B"  # created 2015-06-05, named 2020-10-30


@pytest.mark.parametrize(
    ("rows", "found", "is_acceptable"),
    [
        ([("2026-09-01", "命名"), ("2026-09-01", "淘汰")], ["list_two_statuses", "list_step_back"], False),
        ([("2026-09-01", "淘汰"), ("2026-09-01", "命名")], ["list_two_statuses"], False),
        ([("2026-09", "淘汰"), ("2026-09-30", "创建")], ["list_two_statuses"], False),
        ([("2026-09-15", "淘汰"), ("2026-09", "创建")], ["list_two_statuses"], False),
        ([("2014-01-01", "命名")], ["named_before_created"], False),
        ([("2021-01-01", "培育")], ["list_step_back"], True),
        ([("2016-01-01", "培育")], ["list_step_back"], True),
        ([("2020-10-30", "淘汰")], ["list_restated"], True),
        ([("2026-08-01", "淘汰"), ("2026-09-01", "命名")], ["list_step_back"], True),
        ([("2026-08-01", "淘汰")], [], True),
        ([("2020-10-30", "命名")], [], True),
    ],
)
def test_changes_of_the_list_that_contradict_each_other(
    rows: list[tuple[str, str]], found: list[str], is_acceptable: bool
) -> None:
    changes = [("清单变动", {"小镇编码": B, "生效日期": day, "清单状态": status}) for day, status in rows]
    checked = check(book(*changes))
    assert sorted(rule for rule, _ in rules(checked)) == sorted(found)
    assert checked.is_acceptable == is_acceptable


@pytest.mark.parametrize(
    ("dates", "is_wrong"),
    [
        ({"创建日期": "2025-01-01", "命名日期": "2010-01-01"}, True),
        ({"命名日期": "2010-01-01"}, True),
        ({"创建日期": "2021年"}, True),
        ({"命名日期": "2020-11-01"}, False),
    ],
)
def test_a_town_is_created_before_it_is_named(dates: dict[str, object], is_wrong: bool) -> None:
    checked = check(book(("小镇", {"小镇编码": B, **dates})))
    assert [rule for rule, _ in rules(checked)] == ["named_before_created"] * is_wrong


COUNTIES = {
    "江干区": ("330102 上城区", "330114 钱塘区"),
    "330104": ("330102 上城区", "330114 钱塘区"),
    "江干": ("330102 上城区",),
    "杭州市下城区": ("330105 拱墅区",),
    "330103": ("330105 拱墅区",),
    "临安市": ("330112 临安区",),
    "富阳市": ("330111 富阳区",),
    "330183": ("330111 富阳区",),
    "奉化市": ("330213 奉化区",),
    "330204": ("330212 鄞州区",),
    "余杭市": ("330110 余杭区", "330113"),
    "绍兴县": ("330603 柯桥区",),
    "玉环县": ("331083 玉环市",),
}


@pytest.mark.long
@pytest.mark.parametrize("written", COUNTIES)
def test_a_county_of_earlier_years_is_answered_with_those_of_today(written: str) -> None:
    checked = check(book(("小镇", {**TOWN, "所在县（市、区）": written}), ("清单变动", LISTED)))
    (finding,) = [finding for finding in checked.findings if finding.rule == "unknown_county"]
    assert all(today in finding.what("zh") for today in COUNTIES[written])
    assert "是否为" not in finding.what("zh"), "no county of another city is suggested"


@pytest.mark.parametrize(
    "written", ["上城区", "上城", "杭州市上城区", "杭州上城区", "浙江省杭州市上城区", "330102", "Shangcheng"]
)
def test_a_county_is_read_however_it_is_written(written: str) -> None:
    checked = check(book(("小镇", {**TOWN, "所在县（市、区）": written}), ("清单变动", LISTED)))
    assert rules(checked) == []
    assert checked.tables["towns"]["county_adcode"].tolist() == ["330102"]


WRONG_COUNTIES = {
    **dict.fromkeys(
        ("杭州市", "杭州", "Hangzhou", "330100", "浙江省杭州市", "杭州经济技术开发区", "330199"), "上城区、拱墅区"
    ),
    "杭州市上成区": "上城区",
    "临平县": "临平区",
    "钱塘新区": "钱塘区",
    "宁波市": "海曙区",
}


@pytest.mark.long
@pytest.mark.parametrize("written", WRONG_COUNTIES)
def test_what_is_no_county_is_answered_with_those_of_its_own_prefecture(written: str) -> None:
    checked = check(book(("小镇", {**TOWN, "所在县（市、区）": written}), ("清单变动", LISTED)))
    (finding,) = [finding for finding in checked.findings if finding.rule == "unknown_county"]
    assert WRONG_COUNTIES[written] in finding.what("zh")
    assert "嵊州" not in finding.what("zh")
    assert "{" not in finding.sentences("en")


def test_a_change_without_a_county_may_stand_beside_a_new_town() -> None:
    content = book(("小镇", {"小镇编码": "D330102A", "面积": 3.01}), ("小镇", TOWN), ("清单变动", LISTED))
    assert rules(check(content)) == []


@pytest.mark.parametrize("dataset", ["demo", "public"])
@pytest.mark.parametrize("written", ["330102-999", "9", "新镇", "330104-05x", "D33010"])
def test_the_example_of_a_code_is_one_that_would_be_taken(dataset: str, written: str) -> None:
    rows = [["小镇编码", "中文名"], [written, "上城戊演示小镇"]]
    (finding,) = [at for at in check(sheet(rows, "小镇"), dataset=dataset).findings if at.rule == "bad_code"]
    example = str(finding.values["example"])
    assert example in finding.remedy("zh")
    assert example not in set(load(dataset).towns["town_code"])
    again = check(sheet([rows[0], [example, "上城戊演示小镇"]], "小镇"), dataset=dataset)
    assert "bad_code" not in [at.rule for at in again.findings]
    if written.startswith("330102"):
        assert "330102" in example


@pytest.mark.long
def test_the_template_shows_a_code_of_its_own_dataset() -> None:
    for dataset, form in (("demo", "D330102E"), ("public", "330102-0")):
        made = openpyxl.load_workbook(io.BytesIO(template(load(dataset), "2026-09", as_of=TODAY)))
        said = made["小镇"].cell(1, column_of(made["小镇"], "小镇编码")).comment.text
        assert form in said
        assert "{" not in said


OLD_COUNTIES = {
    "330104-02": "330102 上城区",
    "330183-01": "330111 富阳区",
    "33010402": "330114 钱塘区",
    "330103-1": "330105 拱墅区",
}


@pytest.mark.parametrize("code", OLD_COUNTIES)
@pytest.mark.parametrize("figure", [9000, None])
def test_a_code_of_an_old_county_is_answered_with_todays(code: str, figure: int | None) -> None:
    rows = [["小镇编码", "期间", "就业人数"], [code, "2025", figure], ["330102-01", "2025", 900]]
    (finding,) = check(sheet(rows, RETURNS), dataset="public").findings
    assert (finding.rule, finding.cell) == ("unknown_town", "A2")
    assert OLD_COUNTIES[code] in finding.what("zh")
    assert "是否为" not in finding.what("zh"), "no town of another city is suggested"


def test_a_code_of_no_town_is_answered_with_one_of_its_county_or_its_name() -> None:
    for code in ("330102-77", "331099-01", "330300-01"):
        (finding,) = check(
            sheet([["小镇编码", "期间", "就业人数"], [code, "2025", 9]], RETURNS), dataset="public"
        ).findings
        near = "".join(filter(str.isdigit, str(finding.values["hint"])))
        assert not near or near.startswith(code[:4])
    rows = [["小镇编码", "小镇名称", "期间", "就业人数"], ["330104-02", "江干丁兰智慧小镇", "2025", 9]]
    (finding,) = check(sheet(rows, RETURNS), dataset="public").findings
    assert "“江干丁兰智慧小镇”的编码是 330102-02" in finding.what("zh")


OLD_NAME, NEW_NAME = "上城甲芯云小镇", "上城芯谷小镇"
RENAMED = ("小镇", {"小镇编码": "D330102A", "中文名": NEW_NAME})
TAKES_OVER = ("小镇", {**TOWN, "中文名": OLD_NAME})


def with_returns(registers: list[tuple[str, dict[str, object]]], *named: tuple[str, str]) -> Checked:
    made = openpyxl.load_workbook(io.BytesIO(book(*registers)))
    page = made[RETURNS]
    for number, (code, name) in enumerate(named):
        values = {"小镇编码": code or None, "小镇名称": name, "期间": "2026-09", "就业人数": 25_000 + number}
        for label, value in values.items():
            page.cell(60 + number, column_of(page, label)).value = value
    return check(saved(made))


@pytest.mark.long
@pytest.mark.parametrize("registers", [[RENAMED, TAKES_OVER], [TAKES_OVER, RENAMED]])
def test_a_name_that_passes_to_a_new_town_is_told_and_stands_for_neither(
    registers: list[tuple[str, dict[str, object]]],
) -> None:
    registers = [*registers, ("清单变动", LISTED)]
    coded = with_returns(registers, ("D330102A", NEW_NAME), (NEW, OLD_NAME))
    assert rules(coded) == [("name_passed_on", "小镇")]
    assert coded.is_acceptable
    found = coded.tables["returns"].set_index("town_code")["value"]
    assert (found["D330102A"], found[NEW]) == (25_000, 25_001)
    alone = with_returns(registers, ("", OLD_NAME), ("", NEW_NAME))
    assert rules(alone) == [("name_passed_on", "小镇"), ("name_of_two", RETURNS)]
    assert alone.tables["returns"]["town_code"].tolist() == ["D330102A"]


@pytest.mark.long
def test_a_renamed_town_is_found_by_either_name() -> None:
    for name in (OLD_NAME, NEW_NAME):
        checked = with_returns([RENAMED], ("", name))
        assert rules(checked) == []
        assert checked.tables["returns"]["town_code"].tolist() == ["D330102A"]


@pytest.mark.long
def test_a_file_may_speak_of_towns_that_come_in_one_after_it() -> None:
    figures = sheet([["小镇名称", "期间", "就业人数"], [OLD_NAME, "2026-09", 25_000]], RETURNS)
    new = sheet([["小镇名称", "期间", "就业人数"], [TOWN["中文名"], "2026-09", 25_000]], RETURNS)
    passed = Upload("登记.xlsx", book(RENAMED, TAKES_OVER, ("清单变动", LISTED)))
    listed = Upload("登记.xlsx", book(("小镇", TOWN), ("清单变动", LISTED)))
    for uploads, expected in (
        ([Upload("指标.xlsx", figures), passed], ["name_of_two", "name_passed_on"]),
        ([Upload("指标.xlsx", new), listed], []),
    ):
        checked = check_uploads(uploads, load("demo"), as_of=TODAY)
        assert [at.rule for at in checked.findings if at.rule not in _EXPECTED] == expected


def test_the_scope_of_a_template_is_answered_with_todays_counties_too() -> None:
    for written in ("上城区", "杭州市上城区", "330102"):
        assert set(towns_of(load("demo"), written)["county_adcode"]) == {"330102"}
    assert len(towns_of(load("demo"), "杭州")) == len(towns_of(load("demo"), "330100"))
    for written in ("330104", "江干区"):
        with pytest.raises(DatasetError, match="上城区"):
            towns_of(load("demo"), written)


def test_every_county_of_earlier_years_has_successors_of_today() -> None:
    today = set(load("demo").table("counties")["county_adcode"].astype(str))
    for record in design().intake.former_counties.values():
        assert set(record.now) <= today
        assert record.id not in today or record.id in record.now, "one that is still there kept its name"
        assert record.source


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        ({**TOWN, "小镇编码": "D330113Z"}, "code_of_other_county"),
        ({**TOWN, "纬度": 28.0, "经度": 118.5}, "far_from_county"),
        ({**TOWN, "纬度": 30.3086, "经度": 120.2327}, ""),
        ({**TOWN, "英文名": "Shangcheng B Venture Town"}, "town_exists"),
    ],
)
def test_the_facts_of_a_town_are_held_against_each_other(row: dict[str, object], rule: str) -> None:
    listed = {**LISTED, "小镇编码": row["小镇编码"]}
    assert [found for found, _ in rules(check(book(("小镇", row), ("清单变动", listed))))] == ([rule] if rule else [])


@pytest.mark.long
@pytest.mark.parametrize("column", ["中文名", "别名"])
def test_a_town_cannot_be_renamed_to_a_name_another_bears(column: str) -> None:
    checked = check(book(("小镇", {"小镇编码": "D330102B", column: "上城甲芯云小镇"})))
    assert rules(checked) == [("town_exists", "小镇")]


@pytest.mark.long
def test_two_rows_cannot_give_two_towns_one_name_and_two_towns_may_exchange_theirs() -> None:
    twice = book(
        ("小镇", {"小镇编码": "D330102A", "中文名": "同名小镇"}),
        ("小镇", {"小镇编码": "D330102B", "中文名": "同名小镇"}),
    )
    assert rules(check(twice)) == [("town_exists", "小镇")] * 2
    names = load("demo").towns.set_index("town_code")["name_zh"]
    swapped = book(
        ("小镇", {"小镇编码": "D330102A", "中文名": names["D330102B"]}),
        ("小镇", {"小镇编码": "D330102B", "中文名": names["D330102A"]}),
    )
    assert rules(check(swapped)) == []
