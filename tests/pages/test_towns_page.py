"""The towns page: the order and the ticked towns stand in the address, and downloads follow them."""

from __future__ import annotations

import re

from cockpit.analysis.selection import Selection
from cockpit.briefings import brief, open_desk, today
from cockpit.exports.towns import compare_sheet, sorted_towns, towns_sheet
from cockpit.rights import ALL
from tests.pages.opening import open_page, words

CHOSEN = ("D330110A", "D330102A")


def order(text: str) -> list[str]:
    return re.findall(r'<th scope="row"><button type="button" data-town-open="([^"]+)"', text)


def test_the_order_of_the_address_is_that_of_table_and_download() -> None:
    shown = order(words(open_page("towns", {"lang": "zh", "tsort": "-tax_revenue_yuan", "prefecture": "330100"})))
    desk = open_desk("demo")
    briefing = brief(desk, Selection(period=desk.choices.default_period, prefectures=("330100",), scope=ALL), today())
    sheet = towns_sheet(briefing, desk, ("tax_revenue_yuan",), "zh", "-tax_revenue_yuan")
    code, tax = sheet.headers.index("编码"), sheet.headers.index("税收收入")
    assert [row[code] for row in sheet.rows] == shown
    known = [row[tax] for row in sheet.rows if row[tax] is not None]
    assert known == sorted(known, reverse=True)  # type: ignore[type-var]
    assert sheet.rows[-1][tax] is None, "who did not report comes last"


def test_the_head_says_the_period_and_that_figures_are_simulated() -> None:
    head = words(open_page("towns", {"lang": "zh", "period": "2024"})).partition("<table")[0]
    assert "2024年全年" in head.partition("<h1>")[2]
    assert "b-simulated" in head


def test_every_way_to_sort_keeps_every_town() -> None:
    desk = open_desk("demo")
    briefing = brief(desk, Selection(period=desk.choices.default_period, scope=ALL), today())
    codes = set(sorted_towns(briefing, desk)["town_code"])
    for sort in ("name", "-name", "place", "class", "-status", "total_output_yuan", "nonsense"):
        assert set(sorted_towns(briefing, desk, sort)["town_code"]) == codes, sort


def test_an_order_that_is_none_is_told() -> None:
    app = open_page("towns", {"lang": "zh", "tsort": "zzz", "compare": "nobody"})
    assert "tsort=zzz" in app.warning[0].value
    assert "compare=nobody" in app.warning[0].value


def test_ticked_towns_are_compared_with_the_median_of_their_class() -> None:
    text = words(open_page("towns", {"lang": "zh", "compare": list(CHOSEN)}))
    assert text.count(" checked") == 2
    assert "同类中位数" in text
    assert 'class="best"' in text


def test_five_ticks_are_the_most() -> None:
    codes = ["D330102A", "D330102B", "D330102C", "D330102D", "D330105A"]
    text = words(open_page("towns", {"lang": "zh", "compare": codes}))
    assert text.count(" disabled") == 137 - 5


def test_the_comparison_leaves_with_units_medians_and_the_mark() -> None:
    desk = open_desk("demo")
    briefing = brief(desk, Selection(period=desk.choices.default_period, scope=ALL), today())
    sheet = compare_sheet(briefing, desk, CHOSEN, "zh")
    assert sheet.headers[:4] == ("指标", "单位", "余杭甲医药小镇", "上城甲芯云小镇")
    assert sheet.headers[4:] == ("同类中位数 健康", "同类中位数 数字经济")
    tax = next(row for row in sheet.rows if row[0] == "税收收入")
    assert tax[1] == "亿元"
    assert tax[2:4] == (16.6309, 97.6782) or all(isinstance(value, float) for value in tax[2:])
    assert any("虚构" in text for _, text in sheet.notes)
