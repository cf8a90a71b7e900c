"""The intake tells all it does: nothing is guessed, lost or changed without a finding at its cell."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.datasets.findings import Checked, Shown
from cockpit.datasets.intake.cells import TAKEN_BACK, fold, number, text, whole
from cockpit.datasets.intake.headings import read_heading
from cockpit.datasets.intake.rows import is_total
from cockpit.datasets.intake.when import day, period, year
from cockpit.datasets.store.loading import load
from cockpit.datasets.template.sheets import header_names, sheet_kinds
from cockpit.texts import TURNING
from cockpit.town_codes import printed
from cockpit.units import WRITTEN_UNITS
from cockpit.vocabulary import LANGUAGES
from tests.datasets.bad_files import RETURNS, check, csv_bytes, rules, saved, with_parts

pytestmark = pytest.mark.many

FIELDS = {field.name: field for kind in sheet_kinds() for field in kind.fields}
OUTPUT, GREEN = FIELDS["total_output_yuan"], FIELDS["green_cover_share"]
NAME, PERIOD = "上城甲芯云小镇", "2026-10"  # 889.6 亿元 of output through September


def sheet(rows: list[list[Any]], title: str = RETURNS, *, formats: dict[str, str] | None = None) -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    page.title = title
    for row in rows:
        page.append(row)
    for cell, form in (formats or {}).items():
        page[cell].number_format = form
    return saved(book)


def value_of(checked: Checked, indicator: str = "total_output_yuan") -> float:
    frame = checked.tables["returns"]
    return float(frame.loc[frame["indicator"] == indicator, "value"].iloc[0])


def found(checked: Checked, rule: str) -> list[str]:
    return [finding.cell for finding in checked.findings if finding.rule == rule]


# Folding changes no value


@given(st.characters(categories=("Nd", "No", "Nl")), st.integers(1, 10**6))
def test_no_sign_but_a_full_width_digit_becomes_a_digit(sign: str, figure: int) -> None:
    """①, ², ½, Roman and Arabic figures are digits to Unicode; behind 9052000 they would multiply it by ten."""
    read, rule, _ = number(f"{figure}{sign}", OUTPUT, "万元")
    if "０" <= sign <= "９" or sign in "0123456789":
        assert read == float(f"{figure}{ord(sign) - (0xFF10 if sign > '9' else 0x30)}") * 1e4
    else:
        assert read is None
        assert rule in ("footnote_mark", "not_number")


@pytest.mark.parametrize("written", ["9052000①", "1200000²", "55*", "88.5[1]", "12（注1）", "7⑩", "3㈠", "5½", "6⁽¹⁾"])
def test_a_figure_with_a_mark_is_no_other_figure(written: str) -> None:
    assert number(written, OUTPUT, "万元")[0] is None


def test_the_footnote_is_told_at_its_cell() -> None:
    checked = check(sheet([["小镇名称", "期间", "总产出（万元）"], [NAME, PERIOD, "9052000①"]]))
    assert rules(checked) == [("footnote_mark", "C2")]
    assert "①" in checked.findings[0].what("zh")


@given(st.text(alphabet=st.characters(min_codepoint=0x20, max_codepoint=0xFFFF, exclude_categories=("Cs",))))
def test_half_width_is_all_that_folding_does(written: str) -> None:
    folded = fold(written)
    assert fold(folded) == folded
    assert len(folded) <= len(written)


@pytest.mark.parametrize(("written", "read"), [(0.389, 0.389), (1.0, 1.0), (0.3899999, 0.3899999)])
def test_a_percentage_is_what_the_screen_shows(written: float, read: float) -> None:
    """0.389 in a cell formatted 0.0% shows 38.9%: that is what its clerk reported."""
    content = sheet([["小镇名称", "期间", "绿化覆盖率"], [NAME, PERIOD, written]], formats={"C2": "0.0%"})
    assert value_of(check(content), "green_cover_share") == pytest.approx(read)
    plain = sheet([["小镇名称", "期间", "绿化覆盖率"], [NAME, PERIOD, 38.9]])
    assert value_of(check(plain), "green_cover_share") == pytest.approx(0.389)


def test_percent_signs_in_the_words_of_a_format_are_no_percentage() -> None:
    content = sheet([["小镇名称", "期间", "绿化覆盖率"], [NAME, PERIOD, 38.9]], formats={"C2": '0.0"%"'})
    assert value_of(check(content), "green_cover_share") == pytest.approx(0.389)


def test_a_percentage_in_a_column_of_money_is_told() -> None:
    content = sheet([["小镇名称", "期间", "总产出（万元）"], [NAME, PERIOD, 5]], formats={"C2": "0%"})
    checked = check(content)
    assert rules(checked) == [("percent_format", "C2")]
    assert checked.findings[0].value == "500%"


def test_a_percentage_counts_in_a_long_table_too() -> None:
    rows = [["小镇名称", "期间", "指标", "数值"], [NAME, PERIOD, "绿化覆盖率", 0.389]]
    assert value_of(check(sheet(rows, formats={"D2": "0.0%"})), "green_cover_share") == pytest.approx(0.389)


@pytest.mark.parametrize("written", [2026.1, "2026.1", "２０２６.１"])
def test_a_period_that_lost_its_zero_is_not_guessed(written: object) -> None:
    assert period(written)[:2] == (None, "lost_zero")
    assert day(written, is_text=True)[:2] == (None, "lost_zero")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (2026.11, "2026-11"),
        ("2026.10", "2026-10"),
        (2026.9, "2026-09"),
        ("2026.01", "2026-01"),
        (202610, "2026-10"),
        ("2026年1-10月", "2026-10"),
        ("2026年10月", "2026-10"),
        ("2026", "2026"),
        ("2026-1-9", None),
        ("20261", None),
    ],
)
def test_periods_that_say_one_thing_are_read(written: object, read: str | None) -> None:
    assert period(written)[0] == read


@given(st.integers(2015, 2030), st.integers(1, 12))
def test_a_period_typed_as_a_number_is_read_rightly_or_told(year: int, month: int) -> None:
    """Typed 2026.10, kept as 2026.1: the only month whose number says another one."""
    read, rule, _ = period(float(f"{year}.{month:02d}"))
    assert read == f"{year}-{month:02d}".removesuffix("-12") or (month == 10 and rule == "lost_zero")


@pytest.mark.parametrize("written", ["1905-07-18", "1905", "0225", "1900年1月"])
def test_years_before_there_were_towns_are_told(written: str) -> None:
    """2026 in a cell formatted as a date shows as 1905-07-18."""
    assert "too_early" in (period(written)[1], day(written, is_text=True)[1], year(written)[1])


@pytest.mark.parametrize("written", [0, -1, 999, 99999, 12345678, 2025.5, "2_020", "२०२५", "2E3", True, "去年"])
def test_what_is_no_year_is_told(written: object) -> None:
    assert year(written)[:2] == (None, "not_year")


@pytest.mark.parametrize(
    ("title", "start", "end", "found"),
    [
        ("三年计划", "2026-01-01", "2028-12-31", []),
        ("三年计划", "2026-01-01", "2056-12-31", ["span_too_long"]),
        ("三年计划", "2056-01-01", "2058-12-31", ["far_ahead"]),
        ("延期", "2026-08-01", "2028-12-31", []),
        ("延期", "2026-08-01", "2099-08-01", ["span_too_long"]),
        ("延期", "2026-08-01", "2025-08-01", ["dates_reversed"]),
    ],
)
def test_a_span_is_no_longer_than_its_rule(title: str, start: str, end: str, found: list[str]) -> None:
    kind = next(kind for kind in sheet_kinds() if kind.title.zh == title)
    dates = [field.label.zh for field in kind.fields if field.kind == "date"]
    rows = [["小镇编码", *dates], ["D330102C", start, end]]
    assert [rule for rule, _ in rules(check(csv_bytes(rows), f"{title}.csv"))] == found


@pytest.mark.parametrize(
    ("period", "value", "found"),
    [("2025", 2032.7, ["restated"]), ("2025", 1230, []), ("2025", 9000, ["jump"]), ("2026-09", 1400, [])],
)
def test_a_full_year_that_is_corrected_by_much_is_told_beside_what_is_published(
    period: str, value: float, found: list[str]
) -> None:
    checked = check(csv_bytes([["小镇编码", "期间", "总产出（亿元）"], ["D330102A", period, value]]), "报送.csv")
    assert [rule for rule, _ in rules(checked)] == found
    if found == ["restated"]:
        assert "2025年全年 已发布的是 1213 亿元，这里是 2033 亿元" in checked.findings[0].what("zh")


@pytest.mark.parametrize("written", [0, 99999, "12345678"])
def test_a_year_of_an_assessment_is_one(written: object) -> None:
    rows = [["小镇编码", "年度", "考核等次"], ["D330102A", written, "优秀"]]
    assert ("not_year", "B2") in rules(check(sheet(rows, "年度考核")))
    assert ("not_year", "B2") in rules(check(csv_bytes(rows), "年度考核.csv"))


@pytest.mark.parametrize(
    ("written", "read", "rule"),
    [
        (1500, 1500, ""),
        ("1500", 1500, ""),  # no year, though it looks like one
        ("１２", 12, "full_width"),
        ("1 000", 1000, "thousands"),
        ("12\u00a0000", 12000, "thousands"),
        ("12,000", 12000, "thousands"),
        ("1E3", 1000, "power_of_ten"),
        ("٣", None, "not_number"),
        ("१२", None, "not_number"),
        ("1_0", None, "not_number"),
        ("12.5", None, "not_whole"),
        (10**22, None, "out_of_bounds"),
        (2**63, None, "out_of_bounds"),
        (1e300, None, "out_of_bounds"),
        ("1" + "0" * 400, None, "not_number"),
        ("9223372036854775808", None, "out_of_bounds"),
        (-5, None, "negative"),
    ],
)
def test_digits_are_read_one_way_in_whole_numbers_and_figures(written: object, read: int | None, rule: str) -> None:
    fields = next(kind for kind in sheet_kinds() if kind.table == "element_returns")
    assert whole(written, fields.field("stated"))[:2] == (read, rule)
    if rule in ("full_width", "thousands", "power_of_ten") or (rule == "not_number" and len(str(written)) < 9):
        assert number(written, replace(fields.field("stated"), kind="number"), "")[:2] == (read, rule)


@pytest.mark.parametrize("written", [9.13301001234568e17, 913301001234567.0 * 10, "9.13301E+17", "9.1E+017"])
def test_long_codes_kept_as_numbers_have_lost_digits(written: object) -> None:
    assert text(written, 99)[:2] == (None, "digits_lost")


def test_short_codes_and_exact_ones_stay() -> None:
    assert text(123.0, 99)[0] == "123"
    assert text("91330100MA2ABCDE1X", 99)[0] == "91330100MA2ABCDE1X"
    assert text(913301001234567812, 99, is_text=True)[0] == "913301001234567812"


def test_firms_whose_codes_are_numbers_are_told_each_and_not_merged() -> None:
    head = ["企业编码", "企业名称", "小镇名称", "期间", "营业收入（万元）"]
    rows = [[9.13301001234568e17, f"企业{at}", NAME, "2025", 5] for at in range(2)]
    assert set(rules(check(sheet([head, *rows], "企业")))) == {("digits_lost", "A2"), ("digits_lost", "A3")}


# Units: read where they stand, told where two places disagree


@pytest.mark.parametrize(
    ("header", "factor"),
    [
        ("总产出（亿元）", 1e8),
        ("总产出（百万元）", 1e6),
        ("总产出（千元）", 1e3),
        ("总产出（亿元，当年价）", 1e8),
        ("总产出（单位：亿元）", 1e8),
        ("总产出(单位:万元)", 1e4),
        ("总产出 亿元", 1e8),
        ("总产出/亿元", 1e8),
        ("总产出【亿元】", 1e8),
        ("总产出\n（亿元）", 1e8),
        ("总产出：亿元", 1e8),
        ("Total output (100m yuan)", 1e8),
    ],
)
def test_the_unit_of_a_header_is_read_however_it_is_written(header: str, factor: float) -> None:
    checked = check(sheet([["小镇名称", "期间", header], [NAME, PERIOD, 9.052e10 / factor]]))
    assert value_of(checked) == pytest.approx(9.052e10)
    assert checked.findings == ()


@pytest.mark.parametrize(
    "header",
    [
        "总产出（百万美元）",
        "总产出（亿元，可比价）",
        "总产出（万吨）",
        "总产出（上年同期）",
        "总产出（亿元、万元）",
        "总产出（平方公里）",
    ],
)
def test_a_header_not_understood_is_an_error_and_never_a_column_lost(header: str) -> None:
    checked = check(sheet([["小镇名称", "期间", header, "就业人数"], [NAME, PERIOD, 5, 25000]]))
    (finding,) = [at for at in checked.findings if at.cell == "C1"]
    assert (finding.severity, finding.rule in ("unknown_unit", "other_figure")) == ("error", True)
    assert not checked.is_acceptable


@given(
    st.sampled_from(sorted(unit for unit, (base, _) in WRITTEN_UNITS.items() if base == "yuan")),
    st.sampled_from(["（{}）", "({})", "【{}】", "（单位：{}）", "（{}，当年价）", " {}", "/{}", "（ {} ）"]),
)
def test_every_unit_of_money_is_read_in_every_bracket(unit: str, form: str) -> None:
    kind = next(kind for kind in sheet_kinds() if kind.table == "returns")
    heading = read_heading("总产出" + form.format(unit), header_names(kind))
    assert (heading.key, heading.unit, heading.strange) == ("总产出", unit, "")


@pytest.mark.parametrize(
    "line",
    [
        "单位：亿元",
        "单位:亿元",
        "（单位：亿元）",
        "金额单位：亿元",
        "单位 亿元",
        "计量单位：亿元",
        "单位：亿元、人",
        "2026年1-10月主要指标（亿元）",
        "表1 主要指标 单位：亿元",
        "Unit: 100m yuan",
        "单　位：亿元",
    ],
)
def test_a_unit_above_the_table_holds_for_its_columns(line: str) -> None:
    checked = check(sheet([[line], ["小镇名称", "期间", "总产出"], [NAME, PERIOD, 905.2]]))
    assert value_of(checked) == pytest.approx(905.2e8)


def test_a_unit_beside_its_word_and_below_the_table_holds_too() -> None:
    rows = [["小镇名称", "期间", "总产出"], [NAME, PERIOD, 905.2]]
    assert value_of(check(sheet([[None, "单位：", "亿元"], *rows]))) == pytest.approx(905.2e8)
    assert value_of(check(sheet([*rows, ["单位：亿元"]]))) == pytest.approx(905.2e8)


@pytest.mark.parametrize("line", ["填报单位：杭州市发改委", "单位负责人：张某", "报送单位（盖章）："])
def test_who_reports_is_no_unit(line: str) -> None:
    checked = check(sheet([[line], ["小镇名称", "期间", "总产出（万元）"], [NAME, PERIOD, 9052000]]))
    assert value_of(checked) == pytest.approx(905.2e8)
    assert checked.findings == ()


@pytest.mark.parametrize(
    "rows",
    [
        [["小镇名称", "期间", "总产出（亿元）"], ["单位", None, "万元"], [NAME, PERIOD, 905.2]],
        [["单位：亿元"], ["小镇名称", "期间", "总产出（万元）"], [NAME, PERIOD, 905.2]],
        [["单位：亿元"], ["小镇编码", "期间", "总产出"], ["单位", None, "万元"], ["D330102A", PERIOD, 905.2]],
    ],
)
def test_two_places_that_state_different_units_are_told(rows: list[list[Any]]) -> None:
    checked = check(sheet(rows))
    assert found(checked, "units_disagree")
    assert not checked.is_acceptable


@pytest.mark.parametrize("line", ["单位：百万美元", "单位：万元、亿元"])
def test_a_unit_line_not_understood_is_an_error(line: str) -> None:
    checked = check(sheet([[line], ["小镇名称", "期间", "总产出"], [NAME, PERIOD, 905.2]]))
    assert found(checked, "unknown_unit_line") == ["A1"]


def test_long_and_wide_tables_without_unit_are_read_alike() -> None:
    """9,052,000 万元 both ways; the schema's own names keep meaning base units."""
    wide = check(sheet([["小镇名称", "期间", "总产出"], [NAME, PERIOD, 9052000]]))
    long = check(sheet([["小镇名称", "期间", "指标", "数值"], [NAME, PERIOD, "总产出", 9052000]]))
    base = check(
        csv_bytes(
            [["town_code", "period", "indicator", "value"], ["D330102A", PERIOD, "total_output_yuan", "90520000000"]]
        ),
        "returns.csv",
    )
    assert value_of(wide) == value_of(long) == value_of(base) == 9.052e10
    tagged = check(sheet([["小镇名称", "期间", "指标", "数值（亿元）"], [NAME, PERIOD, "总产出", 905.2]]))
    assert value_of(tagged) == pytest.approx(905.2e8)


def test_money_without_a_unit_is_told_where_no_earlier_figure_guards_it() -> None:
    town = str(load("public").table("towns")["name_zh"].iloc[5])
    for rows in (
        [["小镇名称", "期间", "总产出"], [town, "2025", 9]],
        [["小镇名称", "期间", "指标", "数值"], [town, "2025", "总产出", 9]],
    ):
        checked = check(sheet(rows), dataset="public")
        assert [finding.rule for finding in checked.findings] == ["unit_assumed"]
        assert checked.is_acceptable
    assert check(sheet([["小镇名称", "期间", "总产出"], [NAME, PERIOD, 9052000]])).findings == ()


# The same fact in two places


def test_a_period_that_is_not_the_titles_is_told() -> None:
    rows = [["2026年1-9月特色小镇统计表"], ["小镇名称", "期间", "总产出（万元）"], [NAME, "2026-10", 9052000]]
    assert rules(check(sheet(rows))) == [("period_differs", "B3")]
    rows[2][1] = "2026-09"
    assert ("period_differs", "B3") not in rules(check(sheet(rows)))


def test_a_title_stands_in_for_a_column_of_periods() -> None:
    rows = [["特色小镇统计表（2026年1-10月）"], ["小镇名称", "总产出（万元）"], [NAME, 9052000]]
    checked = check(sheet(rows), period="2025")
    assert set(checked.tables["returns"]["period"]) == {"2026-10"}, "what the file says, not what the caller assumed"


@pytest.mark.parametrize(
    ("county", "is_told"),
    [
        ("上城区", False),
        ("上城", False),
        ("杭州市上城区", False),
        ("江干区", False),
        ("330104", False),
        ("余杭区", True),
        ("西湖区", True),
    ],
)
def test_a_county_beside_a_town_is_held_against_it(county: str, is_told: bool) -> None:
    rows = [["县（市、区）", "小镇名称", "期间", "总产出（万元）"], [county, NAME, PERIOD, 9052000]]
    assert bool(found(check(sheet(rows)), "county_differs")) == is_told


# Codes


@pytest.mark.parametrize("form", ["{}", "{printed}", "{lower}", "{bare}", "{dash}", "{wide}"])
def test_a_town_is_found_by_its_code_however_it_is_written(form: str) -> None:
    code = str(load("public").table("towns")["town_code"].iloc[0])
    written = form.format(
        code,
        printed=printed(code),
        lower=printed(code).lower(),
        bare=code.replace("-", ""),
        dash=printed(code).replace("-", "—"),
        wide=code.replace("-", "－"),
    )
    checked = check(sheet([["小镇编码", "期间", "就业人数"], [written, "2025", 9000]]), dataset="public")
    assert checked.tables["returns"]["town_code"].tolist() == [code]


def test_a_wrong_check_sign_is_told_with_the_right_one() -> None:
    checked = check(sheet([["小镇编码", "期间", "就业人数"], ["DM-330102-A-9", "2025", 9000]]))
    assert [(at.rule, at.cell, at.values["expected"]) for at in checked.findings] == [("code_check", "A2", "8")]


LONE = {
    "330104-02": "unknown_town", "330102-99": "unknown_town", "D330102Z": "unknown_town",
    "dm-330102-z-1": "code_check", "无名小镇": "unknown_town", "以上数据不含云栖小镇": "stray_note",
    "待补充": "stray_note", "0571-88012345": "stray_note", "20261105": "stray_note",
}  # fmt: skip


@pytest.mark.parametrize("written", LONE)
def test_a_town_nobody_knows_is_told_as_such_though_its_row_says_nothing_else(written: str) -> None:
    rows = [["小镇编码", "期间", "总产出（万元）"], ["D330102A", PERIOD, 9052000], [written, PERIOD, None]]
    assert rules(check(sheet(rows))) == [(LONE[written], "A3")]


# Changes to zero


@pytest.mark.parametrize("label", ["高新技术企业", "上市企业", "绿化覆盖率"])
def test_a_figure_that_falls_to_zero_is_asked_for(label: str) -> None:
    assert found(check(sheet([["小镇名称", "期间", label], [NAME, PERIOD, 0]])), "to_zero") == ["C2"]


# Rows and cells of no data


@pytest.mark.parametrize(
    "word",
    [
        "合计",
        "小计",
        "总计",
        "合 计",
        "杭州市合计",
        "全市总计",
        "上城区小计",
        "其中：数字经济类",
        "  其中：",
        "全省平均",
        "合计数",
        "小计：",
        "Total",
        "Subtotal",
    ],
)
@pytest.mark.parametrize("column", [0, 1, 2])
def test_rows_that_add_others_up_are_told_and_left_out(word: str, column: int) -> None:
    assert is_total(word)
    row: list[Any] = [9, "上城区", None, PERIOD, 12492000]
    row[column] = word
    checked = check(
        sheet(
            [["序号", "县（市、区）", "小镇名称", "期间", "总产出（万元）"], [1, "上城区", NAME, PERIOD, 9052000], row]
        )
    )
    assert [finding.rule for finding in checked.findings if finding.cell.endswith("3")] == ["total_row"]
    assert checked.is_acceptable
    assert len(checked.tables["returns"]) == 1


@pytest.mark.parametrize("word", [NAME, "总部小镇", "平湖国际小镇", "其实小镇", "合欢小镇", "数字小镇", "小计划小镇镇"])
def test_names_of_towns_are_no_totals(word: str) -> None:
    assert not is_total(word)


@pytest.mark.parametrize(
    "row",
    [
        ["单位负责人：张某", None, "填表人：李某", "联系电话：0571-8888"],
        ["审核人：王某", "2026年11月5日"],
        ["注：快报数"],
        ["报送单位（盖章）：", "杭州市发改委", "日期：2026年11月"],
    ],
)
def test_signatures_and_notes_are_told_and_left_out(row: list[Any]) -> None:
    checked = check(sheet([["小镇名称", "期间", "总产出（万元）", "就业人数"], [NAME, PERIOD, 9052000, None], row]))
    assert [finding.rule for finding in checked.findings] == ["stray_note"]
    assert checked.is_acceptable


@pytest.mark.parametrize(
    "rows",
    [
        [["小镇名称", "期间", "总产出", None], [None, None, "本期", "上年同期"], [NAME, PERIOD, 9052000, 8890000]],
        [
            ["小镇名称", "期间", "总产出", None, None],
            [None, None, "本月", "累计", "增速（%）"],
            [NAME, PERIOD, 9, 9052000, 1.8],
        ],
        [
            [None, None, "本期", None, "上年同期"],
            ["小镇名称", "期间", "总产出", "税收收入", "就业人数"],
            [NAME, PERIOD, 9, 9, 9],
        ],
    ],
)
def test_a_header_of_two_rows_is_told_as_such_and_nothing_is_read(rows: list[list[Any]]) -> None:
    checked = check(sheet(rows))
    assert [at.rule for at in checked.findings if at.severity == "error"] == ["two_headers"]
    assert "returns" not in checked.tables


def test_merged_counties_harm_nobody() -> None:
    book = openpyxl.Workbook()
    page = book.active
    page.title = RETURNS
    for row in (
        ["县（市、区）", "小镇名称", "期间", "总产出（万元）"],
        ["上城区", NAME, PERIOD, 9052000],
        [None, "上城乙创投小镇", PERIOD, 3440000],
    ):
        page.append(row)
    page.merge_cells("A2:A3")
    assert check(saved(book)).findings == ()


# Text files


HEAD = "小镇名称,期间,总产出（万元）,备注\n"
LINES = f"{NAME},2026-10,9052000,{{}}\n上城乙创投小镇,2026-10,3440000,{{}}\n上城丙财富小镇,2026-10,990000,\n"


@pytest.mark.parametrize(("first", "second"), [('"快报', ""), ('"快报', '"待核"'), ('"快报', '"'), ("快报", '"x"y')])
def test_a_quotation_mark_without_its_partner_swallows_no_row(first: str, second: str) -> None:
    checked = check((HEAD + LINES.format(first, second)).encode("utf-8"), "a.csv")
    assert [finding.rule for finding in checked.findings] == ["open_quote"]
    assert checked.is_refused


def test_a_remark_of_several_lines_is_read() -> None:
    checked = check((HEAD + LINES.format('"快报\n另说明，待核"', "")).encode("utf-8"), "a.csv")
    assert checked.findings == ()
    assert len(checked.tables["returns"]) == 3
    assert checked.remarks[0].text == "快报 另说明，待核"


def test_a_row_with_more_cells_than_the_header_is_told_and_not_read() -> None:
    content = f"小镇名称,期间,总产出（万元）,营业收入（万元）\n{NAME},2026-10,9,052,000,731,000\n"
    checked = check(content.encode(), "a.csv")
    assert ("row_too_long", "A2:G2") in rules(checked)
    assert not checked.tables


@pytest.mark.long
@given(st.integers(1, 40), st.sampled_from("，；、"))
def test_remarks_full_of_wide_commas_do_not_part_the_cells(count: int, comma: str) -> None:
    content = HEAD + LINES.format(f"一{comma}" * count, f"二{comma}" * count)
    assert len(check(content.encode(), "a.csv").tables["returns"]) == 3


def test_cells_under_no_header_are_told() -> None:
    checked = check(sheet([["小镇名称", "期间", "总产出（万元）"], [NAME, PERIOD, 9052000, None, "待核"]]))
    assert rules(checked) == [("no_header", "E2")]


# Files that are something else


NOT_XLSX = {
    "a web page": ("a.xls", b"<html><body><table><tr><td>x</td></tr></table></body></html>", "other_file"),
    "a web page in capitals": ("a.xlsx", b"\r\n <!DOCTYPE HTML><TABLE><TR>", "other_file"),
    "a web page called csv": ("a.csv", b"<table><tr><td>1</td></tr></table>", "other_file"),
    "a saved page": ("a.xls", b"MIME-Version: 1.0\nContent-Type: multipart/related", "other_file"),
    "XML Spreadsheet 2003": (
        "a.xls",
        b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
        "other_file",
    ),
    "tab separated text": ("a.xls", "小镇\t期间\t总产出\n".encode("gbk"), "text_as_workbook"),
    "UTF-16 text": ("a.xls", "小镇\t期间\n".encode("utf-16"), "text_as_workbook"),
    "PDF": ("a.xlsx", b"%PDF-1.7 ...", "other_file"),
    "Excel 4": ("a.xls", b"\x09\x04\x06\x00\x00\x00\x10\x00", "old_workbook"),
}


@pytest.mark.parametrize("case", NOT_XLSX)
def test_a_file_is_named_as_what_it_is_with_what_to_do(case: str) -> None:
    name, content, rule = NOT_XLSX[case]
    checked = check(content, name)
    assert [finding.rule for finding in checked.findings] == [rule]
    for language in LANGUAGES:
        assert "{" not in checked.findings[0].sentences(language)


def test_workbooks_with_odd_names_of_parts_are_read() -> None:
    content = sheet([["小镇名称", "期间", "总产出（万元）"], [NAME, PERIOD, 9052000]])
    for form in ("backslashes", "root"):
        stream = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
            for name in old.namelist():
                part = old.read(name)
                if form == "backslashes":
                    new.writestr(name.replace("/", "\\"), part)
                else:
                    part = part.replace(b'Target="/xl/', b'Target="/').replace(b'"xl/workbook.xml"', b'"workbook.xml"')
                    new.writestr(name.removeprefix("xl/"), part.replace(b'PartName="/xl/', b'PartName="/'))
        checked = check(stream.getvalue())
        assert checked.findings == (), form
        assert value_of(checked) == pytest.approx(905.2e8), form


def test_a_sheet_called_instructions_is_read_when_it_holds_a_table() -> None:
    checked = check(sheet([["小镇名称", "期间", "总产出（万元）"], [NAME, PERIOD, 9052000]], "说明"))
    assert value_of(checked) == pytest.approx(905.2e8)


def test_a_percent_and_a_withdrawal_are_themselves() -> None:
    assert str(Shown(0.389, "%", 0.01)) == "38.9%"
    assert number("撤回", OUTPUT, "万元")[0] is TAKEN_BACK
    assert number("撤回", FIELDS["lat"], "")[1] == "not_number"
    assert with_parts(sheet([["a"]]), {})[:2] == b"PK"


@pytest.mark.parametrize(
    "sign", ["\u200b", "\u200e", "\ufeff", "\u202e", "\ufe0f", "\ufe00", "\U000e0100", "\x7f", "\x80"]
)
def test_signs_nobody_sees_do_not_hide_a_town(sign: str) -> None:
    checked = check(
        sheet([["小镇名称", "期间", "总产出（万元）" + sign], [NAME[:3] + sign + NAME[3:], PERIOD, 9052000]])
    )
    if TURNING.search(sign):  # what was seen as the name is not what is read: the column is not
        assert rules(checked) == [("turned_round", "C1")]
        return
    assert rules(checked) == [("invisible_signs", "C1"), ("invisible_signs", "A2")]
    assert checked.tables["returns"]["town_code"].tolist() == ["D330102A"]


def test_the_last_row_of_a_sheet_may_be_formatted() -> None:
    book = openpyxl.Workbook()
    page = book.active
    page.title = RETURNS
    for row in (["小镇名称", "期间", "总产出（万元）"], [NAME, PERIOD, 9052000]):
        page.append(row)
    page["A1048576"].font = openpyxl.styles.Font(bold=True)
    checked = check(saved(book))
    assert checked.findings == ()
    assert value_of(checked) == pytest.approx(905.2e8)


@pytest.mark.parametrize(
    "text",
    [
        f'期间,小镇名称,备注,总产出（万元）\n2026-10,{NAME},"a\n2026-10,上城乙创投小镇,",3440000\n',
        f'期间,备注,小镇名称,总产出（万元）\n2026-10,"a\n2026-10",{NAME},3440000\n',
        f'备注,期间,小镇名称,总产出（万元）\n"a,2026-10,{NAME},1\nb",2026-10,上城乙创投小镇,3440000\n',
        f'备注,小镇名称,期间,总产出（万元）\n"a\n{NAME}",上城乙创投小镇,2026-10,3440000\n',
    ],
)
def test_a_row_inside_a_quoted_cell_is_no_remark(text: str) -> None:
    """The quotation mark opened in one row is closed in the next: a town's row would be lost without a word."""
    checked = check(text.encode("utf-8"), "a.csv")
    assert [(finding.rule, finding.cell) for finding in checked.findings] == [("open_quote", "2")]


def test_a_remark_of_two_lines_stays_a_remark() -> None:
    checked = check((HEAD + f'{NAME},2026-10,9052000,"一期已完工\n二期，在建"\n').encode(), "a.csv")
    assert checked.findings == ()
    assert value_of(checked) == 9.052e10


def test_a_line_too_long_is_no_open_quotation_mark() -> None:
    long = (HEAD + f"{NAME},2026-10,9052000,{'长' * (1 << 21)}\n").encode()
    assert rules(check(long, "a.csv")) == [("line_too_long", "2")]
    many = "小镇,2026-10,1,\n" * (1 << 17)
    assert rules(check((HEAD + f'{NAME},2026-10,9052000,"快报\n{many}').encode(), "a.csv")) == [("open_quote", "2")]


# Captions above the columns

CAPTIONS = [
    "2025年",
    "2025年1-10月",
    "2026年9月",
    "1-9月",
    2025,
    "本月",
    "当月数",
    "计划数",
    "预算",
    "预计",
    "全年目标",
]
RATES = ["上年同期", "同比增速（%）", "人均", "户均水平", "Budget", "Last year", "Monthly"]


@pytest.mark.parametrize("caption", CAPTIONS + RATES)
def test_a_caption_of_another_kind_or_period_is_an_error(caption: object) -> None:
    rows = [[None, None, caption], ["小镇名称", "期间", "总产出（万元）"], [NAME, PERIOD, 9052000]]
    checked = check(sheet(rows))
    assert not checked.is_acceptable
    error = next(finding for finding in checked.findings if finding.severity == "error")
    assert error.cell.startswith("C1")
    assert error.rule in ("other_figure_above", "other_period_above", "two_headers")


@pytest.mark.parametrize("caption", ["经济指标", "2026年", "2026年1-10月", "本年累计", "Economy", "规模", "10月末"])
def test_a_caption_that_fits_the_rows_passes(caption: str) -> None:
    rows = [[None, None, caption], ["小镇名称", "期间", "总产出（万元）"], [NAME, PERIOD, 9052000]]
    assert check(sheet(rows)).findings == ()


@pytest.mark.parametrize(
    ("title", "is_told"),
    [
        ("2026年特色小镇总产出计划表", True),
        ("2025年特色小镇主要指标", True),
        ("特色小镇预算表", True),
        ("2026年特色小镇主要指标", False),
        ("特色小镇计划完成情况表", False),
        ("制表日期：2025年12月5日", False),
        ("浙统〔2025〕3号", False),
    ],
)
def test_a_title_that_contradicts_the_rows_is_an_error(title: str, is_told: bool) -> None:
    rows = [[title], ["小镇名称", "期间", "总产出（万元）"], [NAME, PERIOD, 9052000]]
    checked = check(sheet(rows))
    assert [finding.severity for finding in checked.findings] == ["error"] * is_told


# Units stated around the table


@pytest.mark.parametrize(
    "line",
    [
        "Unit: 100 million yuan", "单位（亿元）", "以下金额以亿元计", "本表数据单位均为亿元", "單位：億元",
        "人民币：亿元", "数据单位：亿", "单位为亿元", "金额按亿元计", "单位：亿元",
    ],
)  # fmt: skip
@pytest.mark.parametrize("place", ["above", "below", "beside"])
def test_a_unit_stated_around_the_table_is_read_or_an_error(line: str, place: str) -> None:
    head, row = ["小镇名称", "期间", "总产出"], [NAME, PERIOD, 8896]
    rows = {"above": [[line], head, row], "below": [head, row, [line]], "beside": [[*head, line], row]}[place]
    checked = check(sheet(rows))
    assert not checked.is_acceptable or value_of(checked) == pytest.approx(8896e8)


@pytest.mark.parametrize("line", ["表中数字均系亿元", "注：亿元口径", "figures in billion"])
def test_a_unit_that_is_not_understood_is_an_error(line: str) -> None:
    checked = check(sheet([[line], ["小镇名称", "期间", "总产出"], [NAME, PERIOD, 8896]]))
    assert found(checked, "unknown_unit_line") == ["A1"]
    assert not checked.is_acceptable


def test_the_name_of_the_sheet_may_state_the_unit() -> None:
    rows = [["小镇名称", "期间", "总产出"], [NAME, PERIOD, 905.2]]
    assert value_of(check(sheet(rows, "指标（亿元）"))) == pytest.approx(905.2e8)


def test_amounts_in_remarks_are_no_units() -> None:
    rows = [["小镇名称", "期间", "总产出", "备注"], [NAME, PERIOD, 9052000, "新增投资3亿元"]]
    assert check(sheet(rows)).findings == ()


@pytest.mark.parametrize("again", ["91330100ma1234", "91330100 MA1234", "９１330100MA1234"])
def test_a_firm_is_one_however_its_code_is_typed(again: str) -> None:
    head = ["企业编码", "企业名称", "小镇名称", "期间", "营业收入（万元）"]
    rows = [head, ["91330100MA1234", "甲公司", NAME, "2025", 100], [again, "甲公司", NAME, "2025", 100]]
    checked = check(sheet(rows, "企业"))
    assert [finding.rule for finding in checked.findings if finding.severity == "error"] == ["duplicate_row"]


def test_a_known_town_moves_to_no_county_that_is_not_its_codes() -> None:
    checked = check(sheet([["小镇编码", "所在县（市、区）"], ["D330102A", "临平区"]], "小镇"))
    assert "code_of_other_county" in [finding.rule for finding in checked.findings]
    assert not checked.is_acceptable
    assert check(sheet([["小镇编码", "所在县（市、区）"], ["D330102A", "上城区"]], "小镇")).is_acceptable
