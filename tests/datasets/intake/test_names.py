"""Names of columns and indicators that are none of the template's: a slip of the pen, or another measure."""

from __future__ import annotations

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.datasets.findings import Checked
from cockpit.datasets.intake.cells import strange_name
from cockpit.datasets.template.sheets import sheet_kinds
from cockpit.policy.register import load
from cockpit.vocabulary import LANGUAGES
from tests.datasets.bad_files import RETURNS, check, rules, saved

pytestmark = pytest.mark.many

TOWN = "上城甲芯云小镇"
LABELS = [text for field in sheet_kinds()[0].fields if field.is_value for text in field.label]


def read(*rows: list[object]) -> Checked:
    book = openpyxl.Workbook()
    page = book.active
    page.title = RETURNS
    for row in rows:
        page.append(row)
    return check(saved(book))


@pytest.mark.parametrize(
    "name",
    [
        "固定资产投资计划", "户均总产出", "总产出增速", "绿化覆盖率目标", "总产出同比", "税收收入占比", "人均税收收入",
        "累计固定资产投资", "上年总产出", "预计总产出", "新增就业人数", "工业增加值", "增加值增速", "总产出排名",
        "规上入驻企业", "总产出 增速", "固定资产投资计划（万元）", "Total output growth", "Planned total output",
    ],
)  # fmt: skip
def test_another_measure_is_told_as_such_and_never_taken_for_a_slip(name: str) -> None:
    checked = read(["小镇名称", "期间", "就业人数", name], [TOWN, "2026-10", 25000, 5])
    assert rules(checked) == [("other_measure", "D1")]
    assert checked.is_acceptable
    for language in LANGUAGES:
        said = checked.findings[0].sentences(language)
        assert "是否为" not in said
        assert "Did you mean" not in said


@pytest.mark.parametrize("name", ["总产值", "总产出数", "绿化覆率", "增加直", "就业人口", "Total outptu"])
def test_a_slip_is_still_answered_with_the_name_meant(name: str) -> None:
    checked = read(["小镇名称", "期间", "专精特新小巨人企业", name], [TOWN, "2026-10", 5, 5])
    assert ("misspelt_column", "D1") in rules(checked)
    assert not checked.is_acceptable


@pytest.mark.parametrize("name", ["总产出增速", "人均税收收入", "固定资产投资计划"])
def test_another_measure_in_a_long_table_is_told_and_its_row_left_out(name: str) -> None:
    checked = read(
        ["小镇名称", "期间", "指标", "数值"], [TOWN, "2026-10", name, 5], [TOWN, "2026-10", "就业人数", 25000]
    )
    assert rules(checked) == [("other_measure", "C2")]
    assert checked.tables["returns"]["indicator"].tolist() == ["staff_count"]


WORDS = sorted({word for kind in load().intake.other_figures.values() for word in (*kind.words, *kind.header_words)})


@given(st.sampled_from(LABELS), st.sampled_from(WORDS), st.booleans(), st.sampled_from(["", " ", "的"]))
def test_no_word_that_qualifies_is_taken_for_a_slip(label: str, word: str, is_before: bool, between: str) -> None:
    between = between or (" " if word.isascii() else "")
    name = f"{word}{between}{label}" if is_before else f"{label}{between}{word}"
    assert strange_name(name, LABELS)[0] == "other_measure" or word in label.casefold()


@given(st.sampled_from(LABELS), st.data())
def test_a_sign_too_few_is_a_slip(label: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(label) - 1))
    name = label[:at] + label[at + 1 :]
    if len(name) > 2 and name not in LABELS:
        assert strange_name(name, LABELS)[0] != "other_measure"
