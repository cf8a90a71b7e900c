"""What outsiders found: a unit in a format, a table beside the table, another measure in brackets, no reason given."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest

from cockpit.briefings import open_desk
from cockpit.datasets.findings import Finding, Upload
from cockpit.datasets.intake.cells import is_reason
from cockpit.datasets.intake.checking import check_uploads
from cockpit.datasets.intake.styles import looks_of

pytestmark = pytest.mark.many

TOWN = "上城甲芯云小镇"


def rules(upload: Upload) -> list[Finding]:
    return list(check_uploads([upload], open_desk("demo").dataset, as_of=date(2026, 11, 23)).findings)


def book(rows: list[list[object]], formats: dict[str, str] | None = None) -> Upload:
    made = openpyxl.Workbook()
    page = made.active
    assert page is not None
    for row in rows:
        page.append(row)
    for address, code in (formats or {}).items():
        page[address].number_format = code
    out = io.BytesIO()
    made.save(out)
    return Upload("报表.xlsx", out.getvalue())


@pytest.mark.parametrize(
    ("code", "text", "scale"),
    [
        ('0.00"(亿元)"', "亿元", 1.0),
        ("[$亿元]0.00", "亿元", 1.0),
        ("[$亿元-804] #,##0.00", "亿元", 1.0),
        ('0.00\\ "million"', "million", 1.0),
        ('0.0"M"', "M", 1.0),
        ("[$¥-804]#,##0.00", "", 1.0),
        ("0.00", "", 1.0),
        ("0.0%", "%", 0.01),
    ],
)
def test_a_format_says_its_unit_wherever_it_stands(code: str, text: str, scale: float) -> None:
    assert [(look.text, look.scale) for look in looks_of(code)] == [(text, scale)]


@pytest.mark.parametrize(
    "code", ['0.00"(亿元)"', "[$亿元]0.00", '#,##0.00\\ "million"', '0.00" mn"', '0.0"M"', '0"bn"']
)
def test_another_unit_shown_than_the_columns_is_told(code: str) -> None:
    sent = book([["小镇名称", "期间", "总产出（万元）"], [TOWN, "2026-09", 9052000.0]], {"C2": code})
    assert [(item.rule, item.cell) for item in rules(sent)] == [("shown_unit", "C2")]


def test_a_table_beside_the_table_is_another_table() -> None:
    found = rules(
        book(
            [
                ["小镇名称", "期间", "总产出（万元）", None, "小镇名称", "期间", "税收收入（万元）"],
                [TOWN, "2026-09", 9052000.0, None, "上城乙创投小镇", "2026-09", 731000.0],
            ]
        )
    )
    beside = [(item.rule, item.cell) for item in found if item.rule == "second_table"]
    assert beside == [("second_table", "E1"), ("second_table", "F1"), ("second_table", "G1")]
    assert not [item for item in found if item.rule == "column_twice"]


@pytest.mark.parametrize(
    "head", ["总产出（不变价）（万元）", "营业收入（同比%）", "税收收入（增幅，%）", "民间投资（万元）（快报）"]
)
def test_another_measure_in_brackets_is_never_relabelled(head: str) -> None:
    found = rules(Upload("报表.csv", f"小镇名称,期间,{head.replace('，', ' ')}\n{TOWN},2026-09,5\n".encode()))
    assert "other_figure" in {item.rule for item in found}
    assert "unknown_unit" not in {item.rule for item in found}
    assert all(")(" not in item.value for item in found)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        *((text, True) for text in ("误报", "错", "统计口径有误")),
        *((text, False) for text in ("-", "无", "—", "0", "。", "撤回")),
    ],
)
def test_a_reason_is_words(text: str, says: bool) -> None:
    assert is_reason(text) is says


def test_a_figure_is_not_taken_back_without_a_reason() -> None:
    sent = Upload("报表.csv", f"小镇名称,期间,总产出（万元）,备注\n{TOWN},2026-09,撤回,-\n".encode())
    assert "no_reason" in {item.rule for item in rules(sent)}
