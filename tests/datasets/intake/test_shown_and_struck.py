"""What a cell shows beside or instead of its figure: other units, words, hidden figures, raised and struck signs."""

from __future__ import annotations

import pytest

from cockpit.datasets.findings import Checked
from cockpit.datasets.intake.styles import looks_of
from tests.datasets.bad_files import rules
from tests.datasets.intake.test_looks import figures, read

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
