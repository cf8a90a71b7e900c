"""Thousands without quotes in a comma-separated text: a figure that fell apart is told, whatever takes its parts."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cockpit.datasets.findings import Checked
from cockpit.datasets.store.loading import load
from tests.datasets.bad_files import check, csv_bytes, rules

pytestmark = pytest.mark.many

FIGURES = ["总产出（万元）", "税收收入（万元）", "就业人数", "高层次人才", "营业收入（万元）"]


def town(at: int = 5) -> str:
    return str(load("public").table("towns")["name_zh"].iloc[at])


def read(head: str, *lines: str, comma: str = ",") -> Checked:
    rows = [head.split(","), *([town(5 + at), "2025", *line.split(",")] for at, line in enumerate(lines))]
    return check(csv_bytes(rows, delimiter=comma), "a.csv", dataset="public")


@pytest.mark.parametrize(
    ("head", "line", "cells"),
    [
        ("小镇名称,期间,总产出（万元）,税收收入（万元）", "9,052", "C2:D2"),
        ("小镇名称,期间,总产出（万元）,税收收入（万元）,就业人数,高层次人才,备注", "9,052,000,731,000", "C2:G2"),
        ("小镇名称,期间,总产出（万元）,税收收入（万元）,备注", "1,234,567", "C2:E2"),
        ("小镇名称,期间,总产出（万元）,备注", "1,234", "C2:D2"),
        ("小镇名称,期间,总产出（万元）,税收收入（万元）,备注", "25,1,234", "D2:E2"),
        ("小镇名称,期间,总产出（万元）,税收收入（万元）", "9,052.30", "C2:D2"),
        ("小镇名称,期间,总产出,税收收入（万元）", "9,052万元", "C2:D2"),
        ("小镇名称,期间,总产出（万元）,税收收入（万元）", "９,０５２", "C2:D2"),
        ("小镇名称,期间,总产出（万元）,税收收入（万元）", "9, 052", "C2:D2"),
        ("小镇名称,期间,总产出（万元）,税收收入（万元）", "-9,052", "C2:D2"),
        ("小镇名称,期间,资产总额,总产出（万元）,税收收入（万元）", "1,052,12", "C2:D2"),
        ("小镇名称,期间,指标,数值,备注", "总产出,1,234", "D2:E2"),
    ],
)
def test_what_can_only_be_one_figure_refuses_its_row(head: str, line: str, cells: str) -> None:
    checked = read(head, line)
    assert ("split_figure", cells) in rules(checked)
    assert not checked.tables
    assert not checked.is_acceptable


def test_rows_beside_it_are_read() -> None:
    checked = read("小镇名称,期间,总产出（万元）,就业人数", "9052000,1200", "9,052", "3440000,900")
    assert [cell for rule, cell in rules(checked) if rule == "split_figure"] == ["C3:D3"]
    assert set(checked.tables["returns"]["town_code"]) == set(load("public").table("towns")["town_code"].iloc[[5, 7]])


def test_a_short_figure_among_long_ones_is_no_figure() -> None:
    checked = read("小镇名称,期间,总产出（万元）,税收收入（万元）", "90520,1200", "1,234", "34400,900")
    assert [cell for rule, cell in rules(checked) if rule == "split_figure"] == ["C3:D3"]


@pytest.mark.parametrize("comma", [",", "，"])
def test_what_may_be_one_figure_is_asked_about(comma: str) -> None:
    checked = read("小镇名称,期间,总产出（万元）,税收收入（万元）", "1,234", comma=comma)
    assert ("maybe_split", "C2:D2") in rules(checked)


@pytest.mark.parametrize(
    ("head", "lines"),
    [
        ("小镇名称,期间,高新技术企业,入驻企业", ["12,345", "15,410", "9,98", "11,260"]),
        ("小镇名称,期间,总产出（亿元）,营业收入（亿元）", ["905,880"]),  # 905,880 亿元 no town has
        ("序号,小镇名称,期间,就业人数", []),
    ],
)
def test_figures_side_by_side_are_left_alone(head: str, lines: list[str]) -> None:
    checked = (
        read(head, *lines)
        if lines
        else check(csv_bytes([head.split(","), ["1", town(), "2025", "905"]]), "a.csv", dataset="public")
    )
    assert not [rule for rule, _ in rules(checked) if rule.endswith("split") or rule.startswith("split")]


def test_other_delimiters_part_no_figures() -> None:
    rows = [["小镇名称", "期间", "总产出（万元）", "税收收入（万元）"], [town(), "2025", "9", "052"]]
    assert not [
        rule for rule, _ in rules(check(csv_bytes(rows, delimiter=";"), "a.csv", dataset="public")) if "split" in rule
    ]


@pytest.mark.long
@settings(deadline=None)
@given(
    st.lists(st.one_of(st.none(), st.integers(0, 10**7)), min_size=1, max_size=len(FIGURES)),
    st.booleans(),
    st.integers(0, 3),
)
def test_no_figure_that_fell_apart_is_read_without_a_word(
    figures: list[int | None], has_remark: bool, spare: int
) -> None:
    """Written with thousands separators and without quotes, blanks at the end left out: read rightly, or told."""
    head = ["小镇名称", "期间", *FIGURES[: len(figures) + spare], *(["备注"] if has_remark else [])]
    line = ",".join("" if at is None else f"{at:,}" for at in figures).rstrip(",")
    checked = check(csv_bytes([head, [town(), "2025", line]]), "a.csv", dataset="public")
    if any(rule != "unit_assumed" for rule, _ in rules(checked)):
        return
    written = {f"{chr(67 + at)}2": value for at, value in enumerate(figures) if value is not None}
    frame = checked.tables.get("returns")
    got = {} if frame is None else dict(zip(frame["cell"], frame["value"], strict=True))
    factor = {cell: 1e4 if "万元" in head[ord(cell[0]) - 65] else 1 for cell in written}
    assert got == {cell: value * factor[cell] for cell, value in written.items()}
