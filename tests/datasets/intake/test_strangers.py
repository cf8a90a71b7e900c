"""What strangers tried: quarters, 累计, signs nobody sees, comments, codes in the column of names, endings."""

from __future__ import annotations

import io
import zipfile

import pytest
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from cockpit.briefings import open_desk
from cockpit.datasets.findings import Finding, Upload
from cockpit.datasets.intake.when import period
from cockpit.datasets.store.firm_codes import fault, folded
from cockpit.datasets.template.workbook import template
from cockpit.texts import INVISIBLE
from cockpit.town_codes import printed
from cockpit.vocabulary import LANGUAGES
from tests.datasets.intake.papers import TODAY, TOWN, book, check, figures, table, told

pytestmark = pytest.mark.many

# Quarters and months


@pytest.mark.parametrize("written", ["2026年第三季度", "2026年三季度", "2026Q3", "2026年Q3", "Q3 2026", "2026年3季度"])
def test_a_quarter_is_read_as_what_adds_up_since_january_and_told(written: str) -> None:
    checked = check(table("小镇名称,期间,总产出（万元）", f"{TOWN},{written},9052000"))
    assert told(checked) == {"as_cumulative": "B2"}
    assert figures(checked) == [("2026-09", "total_output_yuan", 9.052e10)]
    assert checked.is_acceptable


@pytest.mark.parametrize(
    "written",
    [
        "2026年前三季度", "2026年前3季度", "2026年前三个季度", "2026年一至三季度", "2026年1-3季度",
        "2026Q1-Q3", "2026年前九个月", "2026年前9个月", "2026年1-9月", "2026年1月-9月", "2026年1—9月累计",
        "2026年第一至第三季度", "2026年9月末", "2026年9月底", "2026年年初至9月",
    ],
)  # fmt: skip
def test_months_since_january_are_read_without_a_word(written: str) -> None:
    assert period(written) == ("2026-09", "", {})


@pytest.mark.parametrize(
    ("written", "read"), [("2026年上半年", "2026-06"), ("2026H1", "2026-06"), ("2026Q1", "2026-03")]
)
def test_the_first_half_and_the_first_quarter_begin_in_january(written: str, read: str) -> None:
    assert period(written) == (read, "", {})


@pytest.mark.parametrize("written", ["2026年下半年", "2026年前13个月", "2026年二至三季度", "2026Q5", "2026年4-9月"])
def test_what_does_not_begin_in_january_is_no_period(written: str) -> None:
    assert period(written)[:2] == (None, "not_period")


def test_a_quarter_above_the_table_is_told_as_well() -> None:
    made = book([["各小镇2026年第三季度报表"], ["小镇名称", "总产出（万元）", "就业人数"], [TOWN, 9052000.0, None]])
    checked = check(made)
    assert told(checked) == {"as_cumulative": "A1"}
    assert [row[0] for row in figures(checked)] == ["2026-09"]


def test_three_quarters_above_the_table_are_its_period() -> None:
    checked = check(
        book([["各小镇2026年前三季度报表"], ["小镇名称", "总产出（万元）", "就业人数"], [TOWN, 9052000.0, None]])
    )
    assert told(checked) == {}
    assert [row[0] for row in figures(checked)] == ["2026-09"]


# 累计


@pytest.mark.parametrize(
    "head",
    ["总产出累计（万元）", "总产出（累计，万元）", "总产出（累计）", "总产出累计数（万元）", "总产出 累计（万元）"],
)
def test_what_adds_up_since_a_day_nobody_names_has_one_answer(head: str) -> None:
    checked = check(table("小镇名称,期间," + head.replace("，", " "), f"{TOWN},2026-09,9052000"))
    assert told(checked) == {"as_cumulative": "C1"}
    assert len(figures(checked)) == 1


@pytest.mark.parametrize(
    "head", ["总产出本年累计（万元）", "本年累计总产出（万元）", "总产出（当年累计）", "年初至今总产出（万元）"]
)
def test_what_adds_up_within_the_year_is_what_is_asked_for(head: str) -> None:
    checked = check(table("小镇名称,期间," + head, f"{TOWN},2026-09,9052000"))
    assert told(checked) == {}
    assert len(figures(checked)) == 1


def test_in_front_of_a_name_it_is_everything_so_far() -> None:
    checked = check(table("小镇名称,期间,就业人数,累计固定资产投资（万元）", f"{TOWN},2026-09,25000,9052000"))
    assert told(checked) == {"other_measure": "D1"}


@pytest.mark.parametrize("head", ["总产出增量（万元）", "总产出比上年增减（万元）"])
def test_a_change_is_called_a_change(head: str) -> None:
    checked = check(table("小镇名称,期间,就业人数," + head, f"{TOWN},2026-09,25000,9052000"))
    found = next(item for item in checked.findings if item.rule == "other_measure")
    assert "增减量" in found.what("zh")
    assert "change" in found.what("en")


# Signs nobody sees


@pytest.mark.parametrize("sign", ["\u2060", "\u3164", "\u2800", "\u200b", "\ufeff", "\u00ad"])
@pytest.mark.parametrize("column", [1, 2])
def test_a_sign_nobody_sees_in_a_figure_or_a_period_is_taken_out_and_told(sign: str, column: int) -> None:
    cells = [TOWN, "2026-09", "9052000"]
    cells[column] = cells[column][:2] + sign + cells[column][2:]
    checked = check(table("小镇名称,期间,总产出（万元）", ",".join(cells)))
    assert told(checked) == {"invisible_signs": "ABC"[column] + "2"}
    assert figures(checked) == [("2026-09", "total_output_yuan", 9.052e10)]


@pytest.mark.parametrize("sign", ["\u202e", "\u202d", "\u2067", "\u200f"])
def test_a_sign_that_turns_the_direction_makes_no_figure_of_it(sign: str) -> None:
    checked = check(table("小镇名称,期间,总产出（万元）", f"{TOWN},2026-09,{sign}9052000"))
    assert told(checked)["turned_round"] == "C2"
    assert figures(checked) == []


@pytest.mark.parametrize(
    "row",
    [
        f"{TOWN},2026-09,\u202e9052",
        f"{TOWN},2026\u202e-09x,9052",
        "\u202e没有的小镇,2026-09,9052",
        f"{TOWN},2026-09,九\u2060万",
    ],
)
def test_no_sentence_holds_what_nobody_sees(row: str) -> None:
    checked = check(table("小镇名称,期间,总产出（万元）", row))
    assert checked.findings
    for item in checked.findings:
        for language in LANGUAGES:
            assert not INVISIBLE.search(item.sentences(language) + item.value)


def test_a_hyphen_that_does_not_break_is_a_hyphen() -> None:
    assert period("2026\u201109") == ("2026-09", "", {})


# Beside the cells


ROWS: list[list[object]] = [["小镇名称", "期间", "总产出（万元）"], [TOWN, "2026-09", 9052000.0]]


def test_a_comment_on_a_cell_is_told() -> None:
    def work(page: Worksheet) -> None:
        page["C2"].comment = Comment("含新并入企业", "张三")

    checked = check(book(ROWS, work))
    assert [(item.rule, item.cell, item.value) for item in checked.findings if item.rule == "comment"] == [
        ("comment", "C2", "含新并入企业")
    ]
    assert checked.is_acceptable


@pytest.mark.long
def test_the_comments_of_our_own_template_are_no_news() -> None:
    sent = Upload("模板.xlsx", template(open_desk("demo").dataset, "2026-10", as_of=TODAY))
    assert "comment" not in {item.rule for item in check(sent).findings}


def test_words_in_the_head_of_a_page_are_told_and_page_numbers_are_not() -> None:
    def numbered(page: Worksheet) -> None:
        page.oddFooter.center.text = "第 &P 页 共 &N 页"

    def said(page: Worksheet) -> None:
        page.oddHeader.right.text = "单位：亿元"

    assert "beside_cells" not in told(check(book(ROWS, numbered)))
    assert "beside_cells" in told(check(book(ROWS, said)))


def with_part(upload: Upload, name: str, content: bytes) -> Upload:
    stream = io.BytesIO(upload.content)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr(name, content)
    return Upload(upload.name, stream.getvalue())


def test_a_text_box_is_told() -> None:
    sent = book(ROWS)
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r9" Type="{kind}/drawing" Target="../drawings/drawing1.xml"/></Relationships>'
    )
    box = (
        "<xdr:wsDr xmlns:xdr='x' xmlns:a='a'><xdr:sp><xdr:txBody><a:p><a:r><a:t>单位：亿元</a:t></a:r></a:p>"
        "</xdr:txBody></xdr:sp><xdr:sp/><xdr:pic></xdr:pic></xdr:wsDr>"
    )
    sent = with_part(sent, "xl/worksheets/_rels/sheet1.xml.rels", relations.encode())
    sent = with_part(sent, "xl/drawings/drawing1.xml", box.encode())
    found = next(item for item in check(sent).findings if item.rule == "beside_cells")
    assert "文本框 1 个、图片 1 张" in found.what("zh")
    assert "1 text boxes, 1 pictures" in found.what("en")


def test_a_file_inside_the_file_is_refused() -> None:
    checked = check(with_part(book(ROWS), "xl/embeddings/oleObject1.bin", b"\0" * 4096))
    assert [(item.rule, item.severity) for item in checked.findings] == [("embedded", "refusal")]


# Towns and codes


def test_a_code_in_the_column_of_names_is_the_town() -> None:
    for written in ("D330102A", printed("D330102A"), "d330102a"):
        checked = check(table("小镇名称,期间,总产出（万元）", f"{written},2026-09,9052000"))
        assert told(checked) == {}
        assert checked.tables["returns"]["town_code"].tolist() == ["D330102A"]


def test_a_wrong_code_in_the_column_of_names_is_a_wrong_code() -> None:
    wrong = printed("D330102A")[:-1] + "0"
    assert wrong != printed("D330102A")
    assert told(check(table("小镇名称,期间,总产出（万元）", f"{wrong},2026-09,9052000"))) == {"code_check": "A2"}


def test_an_old_county_is_told_before_the_check_character() -> None:
    found = [
        item
        for item in check(table("小镇编码,期间,总产出（万元）", "ZJ-330104-01-4,2026-09,9052000")).findings
        if item.rule == "unknown_town"
    ]
    assert len(found) == 1
    assert "江干区" in found[0].sentences("zh")
    assert "上城区" in found[0].sentences("zh")


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("9133-0100-MA27-XXXX-0R", "9133-0100-MA27-XXXX-0R"),  # no unified social credit code: stays as it is
        ("9111-0000-1000-0000-5M", "9111-0000-1000-0000-5M"),
        ("91110000-6000-37341-L", "91110000600037341L"),
        ("9111 0000 6000 3734 1L", "91110000600037341L"),
        ("91110000.600037341L", "91110000600037341L"),
        ("F-001", "F-001"),
    ],
)
def test_a_credit_code_is_one_however_it_is_parted(written: str, code: str) -> None:
    assert folded(written) == code


@pytest.mark.parametrize("written", ["①", "F0351②", "F³"])
def test_a_figure_in_a_circle_is_no_digit_of_a_code(written: str) -> None:
    assert fault(folded(written)) == "bad_firm_code"


# Names of files


@pytest.mark.parametrize("name", ["报表.csv", "报表.xls", "报表.txt", "报表.parquet"])
def test_a_workbook_under_another_ending_is_read_and_told(name: str) -> None:
    checked = check(book(ROWS, name=name))
    assert told(checked) == {"other_ending": ""}
    assert len(figures(checked)) == 1


@pytest.mark.parametrize("name", ["报表.csv", "报表.txt", "报表.CSV", "报表", "报表.tsv"])
def test_a_text_table_is_read_under_any_name_of_one(name: str) -> None:
    checked = check(table("小镇名称,期间,总产出（万元）", f"{TOWN},2026-09,9052000", name=name))
    assert told(checked) == {}
    assert len(figures(checked)) == 1


def test_text_under_a_workbooks_name_is_refused() -> None:
    checked = check(table("小镇名称,期间,总产出（万元）", f"{TOWN},2026-09,9052000", name="报表.xlsx"))
    assert [item.rule for item in checked.findings] == ["text_as_workbook"]


# Units


@pytest.mark.parametrize("unit", ["CNY bn", "RMB bn", "bn CNY", "billion yuan", "CNY billion"])
def test_yuan_in_english_is_read_with_its_multiple(unit: str) -> None:
    checked = check(table("Town,Period," + f"Total output ({unit})", f"{TOWN},2026-09,90.52"))
    assert told(checked) == {}
    assert figures(checked) == [("2026-09", "total_output_yuan", 9.052e10)]


@pytest.mark.parametrize("unit", ["thousand", "USD m", "EUR", "million", "美元", "HKD bn"])
def test_a_unit_that_is_none_of_yuan_is_a_unit_not_known(unit: str) -> None:
    checked = check(table("小镇名称,期间," + f"总产出（{unit}）", f"{TOWN},2026-09,90.52"))
    assert told(checked) == {"unknown_unit": "C1"}
    assert figures(checked) == []


def test_percentage_points_are_no_unit_to_be_replaced() -> None:
    checked = check(table("小镇名称,期间,指标,数值,单位", f"{TOWN},2026-09,总产出,5.2,百分点"))
    assert told(checked) == {"other_figure": "E2"}


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("小镇编码,名称,命名日期", "D330102A,上城甲芯云小镇,撤回"),
        ("小镇名称,期间,总产出（万元）", f"{TOWN},撤回,9052000"),
    ],
)
def test_taking_back_something_else_than_a_figure_is_told_as_such(head: str, row: str) -> None:
    found: list[Finding] = [item for item in check(table(head, row, name="towns.csv")).findings if item.value == "撤回"]
    assert [item.rule for item in found] == ["cannot_withdraw"]
