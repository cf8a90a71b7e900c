"""What the targets page says: verdict, pace, forecast, parts; every target on every kind of data."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from cockpit.policy.register import load
from tests.pages.opening import ROOT, open_page, words

TARGETS = list(load().targets)


def page(**parameters: str) -> AppTest:
    app = open_page("targets", {"lang": "zh", **parameters})
    assert not app.exception, app.exception[0].message
    return app


@pytest.mark.many
@pytest.mark.parametrize("query", [{}, {"period": "2024"}, {"dataset": "public"}, {"period": "2026-09"}])
@pytest.mark.parametrize("target", TARGETS)
def test_every_target_reads_on_all_kinds_of_data(target: str, query: dict[str, str]) -> None:
    record = load().targets[target]
    text = words(page(target=target, **query))
    assert record.quote in text
    assert record.reading_zh in text
    assert load().indicator(record.indicator).label_zh in text
    assert ('class="bdg b-simulated"' in text) == ("dataset" not in query)


def test_a_closed_year_has_the_verdict_and_what_was_said_before() -> None:
    text = words(page())
    for piece in ("未达成", "差 820 亿元", "完成 96.7%", "历年年末研判", "124/131 个小镇"):
        assert piece in text, piece
    assert "<h2>达标把握</h2>" not in text


def test_a_running_year_has_pace_with_formula_and_a_band_without_a_number() -> None:
    text = words(page(period="2024"))
    for piece in ("需加快", "R = 0.85", "实际年均 +6.9% ÷ 所需年均 +8.1%", "未定", "80%区间", "基于 6 个点", "自定"):
        assert piece in text, piece


def test_published_data_give_history_and_no_forecast() -> None:
    text = words(page(dataset="public"))
    for piece in ("2025年暂无数据", "当时每年需增 8.1%", "这只是历史", "不作预测", "统计的小镇范围不同", "不能分解"):
        assert piece in text, piece


def test_silent_towns_are_named_and_the_level_is_not_padded() -> None:
    assert "个应报小镇未报送" in words(page(parts="level", by="town"))


def test_the_choice_of_the_cockpit_is_kept() -> None:
    app = open_page("cockpit", {"lang": "zh", "target": "tax_revenue_2025"})
    app.switch_page("../pages/targets.py").run()
    assert not app.exception
    assert "<h1>税收收入</h1>" in words(app)


@pytest.mark.parametrize("parameter", ["target", "parts", "by", "trendview", "partsview"])
def test_junk_is_a_notice_and_the_default_stands(parameter: str) -> None:
    app = AppTest.from_file(str(ROOT / "cockpit" / "main.py"), default_timeout=60)
    app.switch_page(str(ROOT / "pages" / "targets.py"))
    app.query_params["lang"], app.query_params[parameter] = "zh", "zzz"
    app.run()
    assert not app.exception
    assert "zzz" in app.warning[0].value
    assert "<h1>总产出</h1>" in words(app)


def test_tables_stand_where_the_charts_stood() -> None:
    app = page(trendview="table", partsview="table", period="2024")
    assert words(app).count('class="led"') == 3, "trend, waterfall and the ranked table"
    assert 'data-lead="period:2023"' in words(app)
    assert words(app).count('data-lead="prefecture:330100"') == 2


def test_a_town_outside_the_scope_is_told_so() -> None:
    text = words(page(target="specialty_investment_share_2025", q="D330110A"))
    assert "所选小镇不在此范围" in text
    assert "所选小镇不在该目标的范围内" in text
