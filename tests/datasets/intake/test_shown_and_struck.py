"""What a cell shows beside or instead of its figure: other units, words, hidden figures, raised and struck signs."""

from __future__ import annotations

import re
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from cockpit.datasets.findings import Checked
from cockpit.datasets.intake.styles import looks_of
from cockpit.datasets.store.loading import load
from tests.datasets.bad_files import RETURNS, check, part, rules, saved, with_parts
from tests.datasets.intake.formatted import figures, read

pytestmark = pytest.mark.many

MONEY, SHARE = "总产出（万元）", "绿化覆盖率（%）"


def told_well(checked: Checked) -> bool:
    return all("{" not in at.sentences(language) for at in checked.findings for language in ("zh", "en"))  # type: ignore[arg-type]


# Formats


RATES = ('0.0"‰"', '0"百分点"', '0"个百分点"', '0" pp"', '0"成"', '0.0"（‰）"', '0"bp"')
MONIES = ('"USD "0', '0" USD"', '"$"0', "$#,##0", "[$€-2]0", "[$HK$-C04] #,##0", "[$USD] 0", '"US$"#,##0')
MORE_MONIES = ('"$"0"万"', '"USD "0.0"万元"', '0"美金"', '"港币"0', "[$¥-411]0", '0"倍"')


@pytest.mark.parametrize(
    ("head", "form"),
    [
        *((SHARE, form) for form in RATES),
        *((MONEY, form) for form in MONIES + MORE_MONIES),
        ("绿化覆盖率", '0"个百分点"'),
        ("就业人数", '"HK$"0'),
    ],
)
def test_another_unit_in_the_format_is_an_error(head: str, form: str) -> None:
    checked = read(head, 38, form)
    assert [rule for rule, cell in rules(checked) if cell == "C2"] == ["shown_unit"]
    assert figures(checked) == []
    assert told_well(checked)


YUAN = ("[$¥-804]#,##0.00", '"¥"#,##0', "¥#,##0;¥-#,##0", "[$-804]0", "[$￥-804]0", '"RMB "0')
USUAL = ("0_);(0)", "0_);[Red](0)", "0;[Red]0", "0.00E+00", "# ?/?", "@", "[DBNum1]0", "0;-0;;@")
ACCOUNTS = '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ '


@pytest.mark.parametrize(
    ("value", "form"),
    [*((9052000, form) for form in YUAN + USUAL), (0, '#,##0;-#,##0;"-"'), (0, ACCOUNTS)],
)
def test_money_of_the_country_and_usual_formats_are_read(value: int, form: str) -> None:
    checked = read(MONEY, value, form)
    assert rules(checked) == []
    assert figures(checked) == [value * 1e4]


NO_FIGURE = ('"撤回"', '"撤回";"撤回"', ";;;", '""')
TURNED = ("[Red]-0", "-0", "(0)", '"-"0', "[红色](0.0)", '"（"0"）"')


@pytest.mark.parametrize(
    ("value", "form"),
    [*((9052000, form) for form in NO_FIGURE + TURNED), (0, "0;-0;;@"), (0, '0;-0;"无"')],
)
def test_a_figure_that_is_hidden_or_turned_is_not_read(value: int, form: str) -> None:
    checked = read(MONEY, value, form)
    assert [rule for rule, cell in rules(checked) if cell == "C2"] == ["shown_otherwise"]
    assert figures(checked) == []
    assert not checked.is_acceptable
    assert told_well(checked)


def test_a_minus_that_is_not_shown_is_told() -> None:
    assert [at.is_other for at in looks_of("0;0")] == [False, True]
    assert [at.is_other for at in looks_of("0;-0")] == [False, False]
    assert [at.is_other for at in looks_of("[<=1]0.0%;0.0")] == [False, False]
    assert [at.is_other for at in looks_of("yyyy-mm-dd")] == [False]


@pytest.mark.parametrize(
    ("form", "word"),
    [
        ('"约"0', "约"),
        ('#,##0"以上"', "以上"),
        ('"约"0"万元"', "约"),
        ('0.00"（快报）"', "快报"),
        ('"不足"0"万元"', "不足"),
    ],
)
def test_a_word_beside_a_figure_is_told_and_the_figure_read(form: str, word: str) -> None:
    checked = read(MONEY, 9052000, form)
    assert rules(checked) == [("shown_with_word", "C2")]
    assert word in checked.findings[0].what("zh")
    assert checked.is_acceptable
    assert figures(checked) == [9.052e10]
    assert told_well(checked)


def test_a_word_and_a_hidden_figure_are_told_in_a_long_table() -> None:
    assert rules(read("指标,数值（万元）", 905, '"约"0', "总产出")) == [("shown_with_word", "D2")]
    assert rules(read("指标,数值（万元）", 905, ";;;", "总产出")) == [("shown_otherwise", "D2")]
    assert ("shown_with_word", "C2") in rules(read("绿化覆盖率", 0.389, '"约"0.0%'))


# Raised and struck signs

RAISED, LOWERED, STRUCK = (
    InlineFont(vertAlign="superscript"),
    InlineFont(vertAlign="subscript"),
    InlineFont(strike=True),
)


def written(cell: object, *, font: Font | None = None, head: str = MONEY, is_shared: bool = False) -> Checked:
    """A sheet with one figure, as a text in several looks or in one font."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = RETURNS
    town = str(load("public").table("towns")["name_zh"].iloc[5])
    page.append(["小镇名称", "期间", head])
    page.append([town, "2025"])
    page["C2"] = cell
    if font:
        page["C2"].font = font
    content = saved(book)
    if is_shared:
        sheet = part(content, "xl/worksheets/sheet1.xml")
        texts = re.findall(rb"<is>(.*?)</is>", sheet)
        numbers = iter(range(len(texts)))
        sheet = re.sub(rb"<is>.*?</is>", lambda match: b"<v>%d</v>" % next(numbers), sheet)
        shared = b"".join(b"<si>%s</si>" % text for text in texts)
        shared = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">%s</sst>' % shared
        sheet = sheet.replace(b't="inlineStr"', b't="s"')
        content = with_parts(content, {"xl/worksheets/sheet1.xml": sheet, "xl/sharedStrings.xml": shared})
    return check(content, dataset="public")


@pytest.mark.parametrize("is_shared", [False, True])
@pytest.mark.parametrize(
    ("parts", "rule"),
    [
        (["1", TextBlock(RAISED, "9")], "footnote_mark"),
        (["905.2", TextBlock(LOWERED, "1")], "footnote_mark"),
        ([TextBlock(RAISED, "1"), "905.2"], "footnote_mark"),
        ([TextBlock(STRUCK, "1"), "7"], "struck_out"),
        (["9", TextBlock(STRUCK, "05"), "2"], "struck_out"),
    ],
)
def test_raised_and_struck_signs_do_not_run_into_a_figure(parts: list[Any], rule: str, is_shared: bool) -> None:
    checked = written(CellRichText(*parts), is_shared=is_shared)
    assert rules(checked) == [(rule, "C2")]
    assert figures(checked) == []
    assert told_well(checked)


@pytest.mark.parametrize(
    "parts",
    [
        [TextBlock(InlineFont(b=True), "9"), "052"],
        [TextBlock(InlineFont(strike=False), "9"), "052"],
        [TextBlock(RAISED, "9052")],
        ["9052", TextBlock(STRUCK, " ")],
    ],
)
def test_other_looks_change_no_figure(parts: list[Any]) -> None:
    assert figures(written(CellRichText(*parts))) == [9.052e7]


def test_a_raised_sign_of_a_unit_is_no_footnote() -> None:
    checked = written(CellRichText("3 km", TextBlock(RAISED, "2")), head="规划面积")
    assert ("footnote_mark", "C2") not in rules(checked)


@pytest.mark.parametrize("cell", [9052, "9052"])
def test_a_cell_that_is_struck_through_is_not_read(cell: object) -> None:
    checked = written(cell, font=Font(strike=True))
    assert rules(checked) == [("struck_out", "C2")]
    assert figures(checked) == []
    assert figures(written(cell, font=Font(bold=True))) == [9.052e7]


# Signs nobody sees, around the figures


def grid(*rows: list[Any]) -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    page.title = RETURNS
    for row in rows:
        page.append(row)
    return saved(book)


def town() -> str:
    return str(load("public").table("towns")["name_zh"].iloc[5])


@pytest.mark.parametrize(
    ("rows", "cell"),
    [
        ([["小镇名称", "期间", "总产出（\u202e元万\u202c）"], [town, "2025", 9]], "C1"),
        ([["小镇名称", "期间", "\u200f总产出（万元）"], [town, "2025", 9]], "C1"),
        ([["小镇名称", "期间\u2067", "总产出（万元）"], [town, "2025", 9]], "B1"),
        ([["小镇名称", "期间", "总产出"], ["", "单位", "\u202e万元"], [town, "2025", 9]], "C2"),
        ([["单位：\u202e亿元"], ["小镇名称", "期间", "总产出"], [town, "2025", 9]], "A1"),
        ([["单位：", "\u202e亿元"], ["小镇名称", "期间", "总产出"], [town, "2025", 9]], "A1"),
    ],
)
def test_signs_that_turn_a_name_or_a_unit_are_an_error(rows: list[list[Any]], cell: str) -> None:
    rows = [[town() if value is town else value for value in row] for row in rows]
    checked = check(grid(*rows), dataset="public")
    assert ("turned_round", cell) in rules(checked)
    assert not checked.is_acceptable
    assert told_well(checked)


def test_other_unseen_signs_in_names_and_titles_are_told() -> None:
    checked = check(grid(["小镇名称", "期间", "总产\u200b出（万元）"], [town(), "2025", 9052]), dataset="public")
    assert rules(checked) == [("invisible_signs", "C1")]
    assert figures(checked) == [9.052e7]
    titled = grid(["\u202e2025年报表"], ["小镇名称", "期间", "总产出（万元）"], [town(), "2025", 9052])
    checked = check(titled, dataset="public")
    assert rules(checked) == [("invisible_signs", "A1")]
    assert told_well(checked)


# Formulas without a value


def test_a_formula_without_a_value_is_told_among_remarks_and_names() -> None:
    heads = ["小镇名称", "期间", "总产出（万元）", "备注"]
    assert rules(check(grid(heads, [town(), "2025", 9052, "=1&2"]), dataset="public")) == [
        ("formula_without_value", "D2")
    ]
    checked = check(grid(heads, ["=F1&F2", "2025", 9052, "说明"]), dataset="public")
    assert rules(checked) == [("formula_without_value", "A2")]
    assert figures(checked) == []


def test_a_town_named_beside_a_formula_without_a_value_keeps_its_figures() -> None:
    heads = ["小镇编码", "小镇名称", "期间", "总产出（万元）"]
    checked = check(grid(heads, ["=F1", town(), "2025", 9052]), dataset="public")
    assert rules(checked) == [("formula_without_value", "A2")]
    assert figures(checked) == [9.052e7]
    assert not checked.is_acceptable
