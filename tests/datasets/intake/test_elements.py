"""Elements handed in: the workbook of a department filled, checked, merged and read again; what is wrong is told."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

import openpyxl
import pytest

from cockpit.datasets.findings import Checked, Upload, shown
from cockpit.datasets.intake.checking import check_uploads
from cockpit.datasets.intake.spellings import same_name
from cockpit.datasets.store.loading import load
from cockpit.datasets.template.workbook import HEADER_ROWS, template
from cockpit.errors import DatasetError
from cockpit.phrases import say
from cockpit.policy import register
from cockpit.rights import ALL, Scope, read_scope

AS_OF = date(2026, 11, 20)
TOWN = "D330110A"
DEMO = load("demo")
DESIGN = register.load().elements


@cache
def workbook(checker: str) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(template(DEMO, "2026-09", as_of=AS_OF, checker=checker)))


def filled(checker: str, *rows: tuple[str, Mapping[str, Any]], seen: Scope = ALL) -> Checked:
    """The workbook of a department with (sheet, values by header) in it, as the intake reads it; empty again after."""
    book, written = workbook(checker), []
    for title, values in rows:
        sheet = book[title]
        places = {str(cell.value).rstrip("*"): cell.column for cell in sheet[1] if cell.value}
        line = HEADER_ROWS + 1
        while sheet.cell(line, places["小镇编码"]).value:
            line += 1
        for name, value in {"小镇编码": TOWN, **values}.items():
            cell = sheet.cell(line, places[name])
            written.append((cell, cell.number_format))
            cell.value = value
    stream = io.BytesIO()
    book.save(stream)
    for cell, number_format in written:
        cell.value, cell.number_format = None, number_format
    return check_uploads([Upload("要素.xlsx", stream.getvalue())], DEMO, as_of=AS_OF, seen=seen)


def told(found: Checked) -> list[tuple[str, str, str]]:
    """(rule, sheet, sentence) of every finding."""
    return [(f.rule, f.sheet, _sentence(f.rule, f.value, f.values)) for f in found.findings]


def _sentence(rule: str, value: str, values: Mapping[str, Any]) -> str:
    words = {name: at.zh if hasattr(at, "zh") else at for name, at in values.items()}
    return say(f"intake.{rule}", "zh", value=value, **words)


PAIR = {"对方小镇": "黄岩甲芯造小镇", "合作模式": "金融+实体", "签约日期": date(2025, 3, 1)}
PLATFORM = {"平台名称": "甲研究院", "类别": "省实验室", "认定日期": date(2024, 3, 1)}
AWARD = {"年度": 2025, "已用指标": 100, "奖励比例": 50, "比例依据": "2015年规则", "应奖": 50, "已兑现": 40}
FEATURE = {"已完成": "是", "完成日期": date(2025, 3, 1)}
CHANGE = {"生效日期": date(2026, 3, 1), "调整前面积": 3, "调整后面积": 4, "三条控制线核查": "未触碰"}
OTHER = {**CHANGE, "小镇编码": "D330110B"}  # on file: from 2.39 to 2.79 on 2025-05-01
LEFT = {**CHANGE, "生效日期": date(2025, 9, 1), "调整前面积": 2.02, "调整后面积": 2.5}
STATEMENT = {"要素类别": "双创平台", "截至日期": date(2026, 6, 30), "项数": 0}
CASE = {
    "案例名称": "甲", "领域": "重大改革", "做法": "乙", "成效指标": "总产出", "前期": "2023", "后期": "2025",
    "实施日期": date(2023, 5, 1), "推广小镇编码": "DM-330102-A-8、D330111A",
}  # fmt: skip
WANTED = {"期间": "2026-06", "产业链环节": "数字安防·监控摄像头制造", "岗位类别": "研发", "需求": 9, "到岗": 5}


@pytest.mark.many
@pytest.mark.parametrize(
    ("checker", "sheet", "row", "stored"),
    [
        ("science", "科创平台", PLATFORM, {"name": "甲研究院", "level": "provincial_lab", "since": "2024-03-01"}),
        ("land", "用地奖励", AWARD, {"year": 2025, "used": 100.0, "rate": 0.5, "due": 50.0, "received": 40.0}),
        ("development", "最佳实践", CASE, {"indicator": "total_output_yuan", "followers": "D330102A,D330111A"}),
        ("development", "八个一", {"序号": 1, "已完成": "否"}, {"slot": 1, "done": False}),
        ("talent", "人才需求", WANTED, {"node": "digital_security.cameras", "wanted": 9, "filled": 5}),
    ],
)
def test_what_a_department_fills_in_is_stored_by_field(
    checker: str, sheet: str, row: Mapping[str, Any], stored: Mapping[str, Any]
) -> None:
    found = filled(checker, (sheet, row))
    assert [finding for finding in found.findings if finding.severity == "error"] == []
    kind = next(kind for kind in DESIGN.kinds.values() if kind.label_zh == sheet)
    line = found.tables[kind.table].iloc[0]
    assert {name: line[name] for name in stored} == stored
    assert (line["town_code"], line["provenance"]) == (TOWN, "simulated")


@pytest.mark.many
@pytest.mark.parametrize("checker", list(DESIGN.departments))
def test_one_department_gets_its_own_kinds_and_the_sheet_of_how_many(checker: str) -> None:
    titles = workbook(checker).sheetnames
    kinds = [kind.label_zh for kind in DESIGN.of_department(checker)]
    assert titles == ["说明", *kinds, "要素确认", "_lists"]


def test_the_returns_have_no_sheet_of_elements() -> None:
    assert not {kind.label_zh for kind in DESIGN.kinds.values()} & set(workbook("").sheetnames)


@pytest.mark.many
@pytest.mark.parametrize("checker", list(DESIGN.departments))
def test_an_untouched_workbook_is_told_to_be_empty_and_nothing_else(checker: str) -> None:
    """Its own units and notes are no findings."""
    assert {rule for rule, *_ in told(filled(checker))} <= {"empty_sheet", "empty_template"}


def test_there_is_no_such_department() -> None:
    with pytest.raises(DatasetError, match="unknown department 'scince'"):
        template(DEMO, "2026-09", as_of=AS_OF, checker="scince")


@pytest.mark.many
@pytest.mark.parametrize(
    ("checker", "rows", "rule", "said"),
    [
        ("science", [("科创平台", {**PLATFORM, "类别": "超级实验室"})], "not_allowed", "“类别”没有“超级实验室”这一项"),
        ("science", [("科创平台", {**PLATFORM, "有效期至": date(2025, 1, 1)})], "element_expired", "已过，本项不计入"),
        (
            "science",
            [("科创平台", PLATFORM), ("科创平台", {**PLATFORM, "平台名称": "浙江省 甲研究院（有限公司）"})],
            "element_twin",
            "像是同一项的两种写法",
        ),
        (
            "science",
            [("科创平台", PLATFORM), ("科创平台", {**PLATFORM, "平台名称": "甲 研究院"})],
            "element_same",
            "已写作“甲研究院”报过",
        ),
        ("science", [("科创平台", {**PLATFORM, "认定日期": date(2027, 1, 1)})], "date_ahead", "还没有到"),
        (
            "science",
            [("要素确认", {"要素类别": "双创平台", "截至日期": date(2026, 9, 30), "项数": 0})],
            "element_stated",
            "双创平台确认为 0 项",
        ),
        ("land", [("用地奖励", {**AWARD, "应奖": 60})], "element_product", "应奖60亩，按已用指标 × 奖励比例应为50亩"),
        ("land", [("用地奖励", {**AWARD, "比例依据": "后来规则"})], "element_rules", "不同规则的数不能相加"),
        (
            "land",
            [("用地奖励", {**AWARD, "奖励比例": 55, "应奖": 55})],
            "element_fixed",
            "奖励比例55%，2015年规则只有50%、60%",
        ),
        (
            "land",
            [("要素确认", {"要素类别": "双创平台", "截至日期": date(2026, 9, 30), "项数": 0})],
            "element_not_yours",
            "“双创平台”由科技部门核对，本表是自然资源部门的",
        ),
        ("land", [("用地奖励", {**AWARD, "年度": 2026})], "date_ahead", "还没有到"),
        ("land", [("用地奖励", {**AWARD, "已兑现": 60})], "element_within", "已兑现60亩，超过应奖50亩"),
        ("land", [("四至调整", {**CHANGE, "三条控制线核查": "触碰"})], "element_alarm", "三条控制线核查写的是“触碰”"),
        (
            "land",
            [("四至调整", {**CHANGE, "调整后面积": 6})],
            "element_above",
            "调整后面积6平方公里，原则上不超过5平方公里",
        ),
        ("land", [("四至调整", {**CHANGE, "调整后面积": 0})], "element_zero", "调整后面积不能是0平方公里"),
        ("development", [("八个一", {**FEATURE, "序号": 0})], "element_zero", "序号不能是0"),
        ("development", [("八个一", {**FEATURE, "序号": 9})], "element_number", "一共只有8项"),
        ("talent", [("人才需求", {**WANTED, "到岗": 12})], "element_within", "到岗12人，超过需求9人"),
        ("finance", [("产业基金", {"基金名称": "甲", "层级": "省级", "期间": "2026-12"})], "date_ahead", "还没有到"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_in_its_sheet(
    checker: str, rows: list[tuple[str, Mapping[str, Any]]], rule: str, said: str
) -> None:
    found = [item for item in told(filled(checker, *rows)) if item[0] == rule]
    assert found
    assert found[0][1] == rows[0][0]
    assert said in found[0][2]


@pytest.mark.many
@pytest.mark.parametrize(
    ("checker", "sheet", "rows", "rule", "cells"),
    [
        ("development", "结对协作", [PAIR, {**PAIR, "对方小镇": "D331003A"}], "element_same", ["E5"]),
        ("development", "结对协作", [{**PAIR, "对方小镇": "D331003A"}, PAIR], "element_same", ["E5"]),
        ("development", "结对协作", [PAIR, {**PAIR, "对方小镇": "江山甲茶香小镇"}], "element_same", []),
        ("land", "四至调整", [LEFT, {**CHANGE, "调整前面积": 99}], "element_area", ["F5"]),
        ("land", "四至调整", [{**CHANGE, "调整前面积": 99}, LEFT], "element_area", ["F4"]),
        ("land", "四至调整", [LEFT, {**CHANGE, "调整前面积": 2.5}], "element_area", []),
        ("land", "四至调整", [{**OTHER, "调整前面积": 2.9}], "element_area", ["F4"]),
        ("land", "四至调整", [{**OTHER, "调整前面积": 2.79}], "element_area", []),
        ("land", "四至调整", [{**OTHER, "生效日期": date(2025, 5, 1), "调整前面积": 2.4}], "element_area", []),
        ("land", "四至调整", [{**OTHER, "生效日期": date(2024, 5, 1), "调整后面积": 2.2}], "element_area", ["G4"]),
    ],
)
def test_entries_are_held_against_each_other(
    checker: str, sheet: str, rows: list[dict[str, Any]], rule: str, cells: list[str]
) -> None:
    found = filled(checker, *((sheet, row) for row in rows))
    assert [item.cell for item in found.findings if item.rule == rule] == cells


@pytest.mark.many
@pytest.mark.parametrize(("rate", "basis"), [(50, "2015年规则"), (60, "2015年规则"), (55, "后来规则"), (55, None)])
def test_rates_of_the_rule_and_rates_of_another_pass(rate: int, basis: str | None) -> None:
    row = {**AWARD, "奖励比例": rate, "应奖": rate, "比例依据": basis, "已兑现": 10}
    assert "element_fixed" not in [rule for rule, *_ in told(filled("land", ("用地奖励", row)))]


def test_a_department_states_its_own_kinds_and_is_offered_no_others() -> None:
    row = {"要素类别": "用地奖励", "截至日期": date(2026, 9, 30), "项数": 0}
    found = filled("land", ("要素确认", row))
    assert "element_not_yours" not in [finding.rule for finding in found.findings]
    assert len(found.tables["element_returns"]) == 1
    book = workbook("land")
    (rule,) = [rule for rule in book["要素确认"].data_validations.dataValidation if "用地奖励" in str(rule.formula1)]
    assert "科创平台" not in rule.formula1


@pytest.mark.many
@pytest.mark.parametrize(
    ("checker", "row", "rule", "cell", "said"),
    [
        (
            "science",
            ("双创平台", {"平台名称": "己园", "类别": "孵化器", "启用日期": date(2024, 3, 1), "在孵企业": -5}),
            "negative",
            "J4",
            "“在孵企业”不能为负，现为 -5",
        ),
        (
            "science",
            ("双创平台", {"平台名称": "己园", "类别": "孵化器", "启用日期": date(2024, 3, 1), "在孵企业": 1e300}),
            "out_of_range",
            "J4",
            "超出范围（0 至 10,000,000，单位家）",
        ),
        ("science", ("要素确认", {**STATEMENT, "项数": 1e25}), "out_of_bounds", "G4", "（0 至 10,000,000）"),
        ("land", ("用地奖励", {**AWARD, "年度": 0}), "not_year", "E4", "“年度”应为四位年份，现为“0”"),
        ("land", ("存量用地盘活", {"年度": 99999, "地块名称": "甲", "盘活面积": 3}), "not_year", "E4", "现为“99999”"),
        ("land", ("四至调整", {**CHANGE, "三条控制线核查": "触碰"}), "element_alarm", "H4", "写的是“触碰”"),
        (
            "science",
            ("要素确认", {**STATEMENT, "截至日期": date(2028, 6, 30)}),
            "date_ahead",
            "F4",
            "还没有到",
        ),
        ("science", ("要素确认", {**STATEMENT, "项数": -1}), "negative", "G4", "不能为负"),
        ("land", ("用地奖励", {**AWARD, "应奖": 60}), "element_product", "I4", "应为50亩"),
        ("land", ("用地奖励", {**AWARD, "奖励比例": 55, "应奖": 55}), "element_fixed", "G4", "只有50%、60%"),
        ("land", ("要素确认", STATEMENT), "element_not_yours", "E4", "由科技部门核对"),
        ("talent", ("人才需求", {**WANTED, "到岗": 9, "空缺时长": 4}), "element_none_open", "J4", "空缺时长却有4"),
        ("talent", ("人才需求", {**WANTED, "到岗": 12}), "element_within", "I4", "超过需求9人"),
        ("development", ("结对协作", {**PAIR, "对方小镇": TOWN}), "element_itself", "E4", "写的是本镇"),
        ("development", ("结对协作", {**PAIR, "对方小镇": "余杭甲医药小镇"}), "element_itself", "E4", "写的是本镇"),
        ("development", ("结对协作", {**PAIR, "对方小镇": "火星小镇"}), "element_partner", "E4", "不在小镇名录中"),
        (
            "development",
            ("结对协作", {**PAIR, "合作模式": "发达地区小镇+山区26县小镇"}),
            "element_mountain",
            "F4",
            "并非一方在山区",
        ),
        ("land", ("四至调整", {**CHANGE, "调整前面积": 99}), "element_area", "F4", "调整前面积99平方公里"),
        ("development", ("八个一", {"序号": 1, "已完成": "是"}), "element_begun", "I4", "“完成日期”必填，现为空"),
        ("development", ("八个一", {**FEATURE, "序号": 1, "已完成": "否"}), "element_not_begun", "I4", "却写了"),
        ("development", ("最佳实践", {**CASE, "成效指标": "快乐程度"}), "not_allowed", "H4", "没有“快乐程度”这一项"),
        ("development", ("最佳实践", {**CASE, "前期": "2025", "后期": "2023"}), "element_course", "J4", "须晚于前期"),
        ("development", ("最佳实践", {**CASE, "后期": "2026-03"}), "element_course", "J4", "月份相同"),
        ("development", ("最佳实践", {**CASE, "后期": "2027"}), "date_ahead", "J4", "还没有到"),
        ("development", ("最佳实践", {**CASE, "实施日期": date(2026, 8, 1)}), "element_not_yet", "K4", "与此无关"),
        ("development", ("最佳实践", {**CASE, "推广小镇编码": "D330111A,D9"}), "element_no_town", "L4", "“D9”"),
        ("development", ("最佳实践", {**CASE, "推广小镇编码": TOWN}), "element_itself", "L4", "写的是本镇"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_at_its_cell(
    checker: str, row: tuple[str, Mapping[str, Any]], rule: str, cell: str, said: str
) -> None:
    found = [item for item in filled(checker, row).findings if item.rule == rule]
    assert [item.cell for item in found] == [cell]
    assert said in _sentence(rule, found[0].value, found[0].values)
    assert row[1].get("已完成") == "是" or found[0].value in {shown(value) for value in row[1].values()} | {
        str(value) for value in row[1].values()
    }


def test_a_day_as_people_say_it_is_read() -> None:
    found = filled("science", ("科创平台", {**PLATFORM, "认定日期": "2024年3月1号"}))
    assert [item.rule for item in found.findings if item.severity == "error"] == []
    assert found.tables["element_platform"].iloc[0]["since"] == "2024-03-01"


@pytest.mark.long
def test_one_platform_in_two_towns_is_asked_about_and_a_fund_is_not() -> None:
    known = DEMO.table("element_platform").iloc[0]
    name, home = str(known["name"]), str(known["town_code"])
    assert home != TOWN
    called = str(DEMO.towns.set_index("town_code")["name_zh"][home])
    again = {**PLATFORM, "平台名称": f"{name}（有限公司）"}
    found = [item for item in told(filled("science", ("科创平台", again))) if item[0] == "element_elsewhere"]
    assert found
    assert f"可能重复，{called}也有同一名称" in found[0][2]
    both = [("科创平台", PLATFORM), ("科创平台", {**PLATFORM, "小镇编码": home})]
    assert sum(rule == "element_elsewhere" for rule, *_ in told(filled("science", *both))) == 2
    moved = [("科创平台", PLATFORM), ("科创平台", {**PLATFORM, "小镇编码": home, "有效期至": date(2025, 1, 1)})]
    assert "element_elsewhere" not in [rule for rule, *_ in told(filled("science", *moved))]
    fund = {"基金名称": str(DEMO.table("element_fund").iloc[0]["name"]), "层级": "省级", "期间": "2026-06"}
    assert "element_elsewhere" not in [rule for rule, *_ in told(filled("finance", ("产业基金", fund)))]


def test_who_has_a_scope_is_told_of_a_duplicate_and_of_no_other_town() -> None:
    known = DEMO.table("element_platform").iloc[0]
    row = {**PLATFORM, "平台名称": str(known["name"])}
    (finding,) = [
        item
        for item in filled("science", ("科创平台", row), seen=read_scope("330110")).findings
        if item.rule == "element_elsewhere"
    ]
    said = _sentence(finding.rule, finding.value, finding.values)
    assert "本次报送范围外的小镇" in said
    assert str(DEMO.towns.set_index("town_code")["name_zh"][str(known["town_code"])]) not in said


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("甲研究院", "浙江甲研究院有限公司"),
        ("省级甲 研究院", "甲研究院"),
        ("ＡＢ中心", "ab 中心"),
        ("甲院（杭州）", "甲院杭州"),
    ],
)
def test_two_spellings_of_a_name(one: str, other: str) -> None:
    assert same_name(one) == same_name(other)
    assert same_name("甲研究院") != same_name("乙研究院")
    assert same_name("有限公司")
