"""What a cell shows is what its clerk reported: formats with units, scales and percent signs are read or told."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cockpit.datasets.intake.cells import Shown, number
from cockpit.datasets.intake.styles import look_at, looks_of
from cockpit.datasets.template.sheets import sheet_kinds
from cockpit.units import WRITTEN_UNITS
from tests.datasets.bad_files import rules
from tests.datasets.intake.formatted import figures, read

pytestmark = pytest.mark.many

FIELDS = {field.name: field for kind in sheet_kinds() for field in kind.fields}


@pytest.mark.parametrize(
    ("head", "value", "form"),
    [
        ("总产出（万元）", 905.2, '0.0"亿元"'),
        ("总产出", 905.2, '0.0"亿元"'),
        ("总产出（亿元）", 9052000, '0.00"万元"'),
        ("总产出（万元）", 905.2, "0.0亿元"),
        ("总产出（万元）", 905.2, "0.0\\亿\\元"),
        ("总产出（万元）", 905.2, 'General"亿元"'),
        ("总产出（万元）", 905.2, '0.0"亿元"_);-0.0"亿元"'),
        ("总产出（万元）", 90520000000, '0!.0,"万"'),
        ("总产出（万元）", 90520000000, '[>=100000000]0!.00,,"亿";[>=10000]0!.0,"万";0'),
        ("总产出（万元）", 9052000, "0,"),
        ("总产出（万元）", 905.2, '0.0"百万美元"'),
        ("总产出（万元）", 905.2, '0.0"%"'),
        ("total_output_yuan", 905.2, '0.0"亿元"'),
        ("就业人数", 25000, '#,##0"家"'),
        ("入驻企业", 250, '#,##0"人"'),
        ("就业人数", 2, '0.0"万"'),
        ("绿化覆盖率", 38.9, '0.0"亩"'),
        ("绿化覆盖率（%）", 38.9, '0.0"万"'),
    ],
)
def test_a_shown_unit_that_is_not_the_columns_is_an_error(head: str, value: float, form: str) -> None:
    checked = read(head, value, form)
    assert [rule for rule, cell in rules(checked) if cell == "C2"] == ["shown_unit"]
    assert not checked.is_acceptable
    assert figures(checked) == []
    for language in ("zh", "en"):
        assert "{" not in checked.findings[0].sentences(language)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("head", "value", "form", "read_as"),
    [
        ("总产出（亿元）", 905.2, '0.0"亿元"', 9.052e10),
        ("总产出（亿元）", 905.2, '0.0"亿"', 9.052e10),
        ("总产出（万元）", 9052000, '#,##0.00"万元"', 9.052e10),
        ("总产出（元）", 90520000000, '0!.0,"万"', 9.052e10),
        ("总产出（元）", 90520000000, '[>=100000000]0!.00,,"亿";[>=10000]0!.0,"万";0', 9.052e10),
        ("总产出（万元）", 9052000, '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ', 9.052e10),
        ("就业人数", 25000, '#,##0"人"', 25000),
        ("就业人数", 25000, '0!.0,"万"', 25000),
        ("入驻企业", 250, '0"户"', 250),
        ("有效发明专利", 250, '0"项"', 250),
        ("绿化覆盖率", 38.9, '0.0"%"', 0.389),
        ("绿化覆盖率", 0.389, "[<=1]0.0%;0.0", 0.389),
        ("绿化覆盖率", 38.9, "[<=1]0.0%;0.0", 0.389),
    ],
)
def test_a_shown_unit_that_is_the_columns_is_read(head: str, value: float, form: str, read_as: float) -> None:
    checked = read(head, value, form)
    assert rules(checked) == []
    assert figures(checked) == [pytest.approx(read_as)]


def test_a_shown_unit_counts_in_long_tables_and_tables_of_firms() -> None:
    assert ("shown_unit", "D2") in rules(read("指标,数值", 905.2, '0.0"亿元"', "总产出"))
    assert rules(read("指标,数值（亿元）", 905.2, '0.0"亿元"', "总产出")) == []
    firms = read("企业编码,企业名称,营业收入（万元）", 5, '0"亿元"', "B1", "甲", title="企业")
    assert ("shown_unit", "E2") in rules(firms)


UNITS = sorted({word for word, (base, _) in WRITTEN_UNITS.items() if base == "yuan"})


@given(
    st.sampled_from(UNITS),
    st.sampled_from(UNITS),
    st.sampled_from(["0{}", "#,##0.00{}", "0,{}", "0.0,,{}", "0!.0,{}", "0!.00,,{}", '0"整"{}']),
    st.integers(1, 10**6),
)
def test_what_is_read_is_what_is_shown(column: str, unit: str, form: str, figure: int) -> None:
    """Whatever a format does to a figure: it is read as the amount on the screen, or it is not read."""
    look = look_at(looks_of(form.format(f'"{unit}"')), figure)
    read_as = number(Shown(figure, look.text, look.scale), FIELDS["revenue_yuan"], column)[0]
    if look.text == unit and read_as is not None:
        assert read_as == pytest.approx(figure / look.scale * WRITTEN_UNITS[unit][1])


@settings(deadline=None)
@given(st.text(max_size=30))
def test_no_format_stops_the_reading(code: str) -> None:
    assert look_at(looks_of(code), 1.0).scale > 0


@pytest.mark.parametrize("value", [0.389, 1, 0.005, "0.389"])
@pytest.mark.parametrize("form", ["General", '0.0"%"', "0.00"])
def test_a_fraction_among_percentages_is_asked_about(value: Any, form: str) -> None:
    checked = read("绿化覆盖率（%）", value, form)
    assert rules(checked) == [("fraction", "C2")]
    assert not checked.is_acceptable
    assert figures(checked) == []


@pytest.mark.parametrize(
    ("head", "value", "form", "read_as"),
    [
        ("绿化覆盖率", "0.389%", "General", 0.00389),
        ("绿化覆盖率", 0.389, "0.0%", 0.389),
        ("green_cover_share", 0.389, "General", 0.389),
        ("绿化覆盖率", 0, "General", 0.0),
        ("绿化覆盖率", 1.5, "General", 0.015),
    ],
)
def test_a_share_that_says_what_it_is_is_read(head: str, value: Any, form: str, read_as: float) -> None:
    assert figures(read(head, value, form)) == [pytest.approx(read_as)]


def test_a_fraction_is_asked_about_in_a_long_table() -> None:
    assert rules(read("指标,数值", 0.389, "General", "绿化覆盖率")) == [("fraction", "D2")]
