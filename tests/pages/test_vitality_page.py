"""The vitality page: no rank without its interval, weights on trial leave the ranking, silence where none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from cockpit.briefings import open_desk, vitality
from cockpit.rights import ALL
from tests.pages.opening import led

pytestmark = pytest.mark.many

ROOT = Path(__file__).resolve().parents[2]


def open_page(parameters: dict[str, str | list[str]]) -> AppTest:
    app = AppTest.from_file(str(ROOT / "cockpit" / "main.py"), default_timeout=60)
    for name, value in parameters.items():
        app.query_params[name] = value
    app.run()
    return app.switch_page(str(ROOT / "pages" / "vitality.py")).run()


def words(app: AppTest) -> str:
    return "\n".join(element.proto.body for element in app.get("html"))


def ranks(text: str) -> list[str]:
    return re.findall(r'class="rk">(\d+)<', text)


def test_every_ranked_row_has_its_interval() -> None:
    text = words(open_page({"lang": "zh"}))
    assert ranks(text)[:3] == ["1", "2", "3"]
    assert len(re.findall(r"<em[^>]*>\d+–\d+</em>", text)) == len(ranks(text)) == text.count('data-lead="town:')
    assert "不可区分" in text
    assert "自定 第2版" in text
    assert "数据不足，不排名" in text


def test_weights_on_trial_fill_their_column_and_leave_the_ranking() -> None:
    plain, tried = words(open_page({"lang": "zh"})), words(open_page({"lang": "zh", "w": ["innovation.40"]}))
    assert ranks(plain) == ranks(tried)
    assert re.findall(r'data-lead="town:(\w+)"', plain) == re.findall(r'data-lead="town:(\w+)"', tried)
    assert '<td class="try"></td>' in plain
    assert '<td class="try"></td>' not in tried
    assert "拖动后合计 120" in tried
    assert "变动落在区间内=换权重也分不出先后" in tried


def test_a_slider_writes_the_link_and_reset_empties_it() -> None:
    app = open_page({"lang": "zh"})
    app.slider[0].set_value(30).run()
    assert not app.exception
    assert "拖动后合计 108" in words(app)
    app.button(key="vreset|zh").click().run()
    assert not app.exception
    assert "现为登记权重" in words(app)
    assert app.slider[0].value == 22


@pytest.mark.parametrize("weights", [["gold.3"], ["innovation.x"], ["industry.9999"], ["<script>"]])
def test_junk_weights_are_told_and_change_nothing(weights: list[str]) -> None:
    app = open_page({"lang": "zh", "w": weights})
    assert not app.exception
    assert "w=" in app.warning[0].value
    assert "现为登记权重" in words(app)


def test_all_weights_zero_is_said() -> None:
    names = ("industry", "innovation", "investment", "benefit", "enterprise", "function")
    text = words(open_page({"lang": "zh", "w": [f"{name}.0" for name in names]}))
    assert "权重不能全为零" in text


def test_pages_follow_one_another_and_junk_falls_back() -> None:
    app = open_page({"lang": "zh", "page": "2"})
    second = ranks(words(app))
    assert int(second[0]) == 27
    assert ranks(words(open_page({"lang": "zh", "page": "99"})))[0] == "1"
    app.button(key="vprevious|zh").click().run()
    assert ranks(words(app))[0] == "1"


def test_a_filter_hides_towns_and_keeps_their_ranks() -> None:
    found = vitality(open_desk("demo"), "2025", ALL)
    assert found is not None
    text = words(open_page({"lang": "zh", "prefecture": "330200"}))
    for code, rank in zip(re.findall(r'data-lead="town:(\w+)"', text), ranks(text), strict=True):
        assert found.ranking.at[code, "rank"] == int(rank)
    assert "名次仍是 102 个小镇中的名次" in text


def test_within_a_class_the_ranks_start_at_one() -> None:
    text = words(open_page({"lang": "zh", "scope": "class", "within": "finance"}))
    assert ranks(text) == [str(rank) for rank in range(1, len(ranks(text)) + 1)]


def test_one_town_gets_scores_and_no_rank() -> None:
    app = open_page({"lang": "zh", "q": "D330110A"})
    text = words(app)
    assert "不作排名" in text
    assert not ranks(text)
    assert "第 <b>" not in text
    assert "各项相加恰等" in text


def test_the_picked_town_is_explained_and_junk_is_told() -> None:
    text = words(open_page({"lang": "zh", "town": "D330203A"}))
    assert '<tr class="tint on" data-lead="town:D330203A"' in text or 'on" data-lead="town:D330203A"' in text
    app = open_page({"lang": "zh", "town": "zzz"})
    assert not app.exception
    assert "town=zzz" in app.warning[0].value


def test_a_town_without_an_index_says_what_it_lacks() -> None:
    found = vitality(open_desk("demo"), "2025", ALL)
    assert found is not None
    text = words(open_page({"lang": "zh", "town": str(found.unranked.index[0])}))
    assert "数据不足，没有指数：缺" in text


def test_part_of_a_year_shows_the_full_year_and_says_so() -> None:
    assert "指数只按有报送的全年计算" in words(open_page({"lang": "zh", "period": "2026-09"}))


def test_real_towns_get_no_index_and_the_design_is_shown() -> None:
    app = open_page({"lang": "zh", "dataset": "public"})
    assert "没有可计算活力指数的小镇报送" in app.info[0].value
    text = words(app)
    assert not ranks(text)
    assert "亩均税收" in text


def test_the_table_holds_the_same_ranks_and_intervals() -> None:
    frame = led(open_page({"lang": "zh", "vitview": "table"}))
    found = vitality(open_desk("demo"), "2025", ALL)
    assert found is not None
    assert len(frame) == len(found.ranked)
    assert frame["区间低"].notna().all()
    assert frame["区间高"].notna().all()
