"""Every page on full, sparse, one-town and empty data, in both languages: no exception, and the words one expects."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.pages.opening import PAGES, ROOT, led, open_page, words

pytestmark = pytest.mark.many

CASES = {
    "demo": {},
    "public": {"dataset": "public"},
    "prefecture": {"prefecture": "330100"},
    "one town": {"q": "D330110A"},
    "within the year": {"period": "2026-09"},
    "running year": {"period": "2024"},
    "older public": {"dataset": "public", "period": "2017"},
    "public, one class": {"dataset": "public", "class": "finance"},
    "silent town": {"q": "D330111"},
}


# In English these differ from the Chinese ones by their words alone; the three others show those.
_MORE_OF_THE_SAME = tuple(case for case in CASES if case not in ("demo", "public", "silent town"))


@pytest.mark.parametrize(
    ("case", "language"),
    [
        pytest.param(
            case, language, marks=pytest.mark.long if language == "en" and case in _MORE_OF_THE_SAME else (),
            id=f"{case}-{language}",
        )
        for case in CASES
        for language in ("zh", "en")
    ],
)  # fmt: skip
@pytest.mark.parametrize("page", PAGES)
def test_no_page_fails(page: str, case: str, language: str) -> None:
    app = open_page(page, {**CASES[case], "lang": language})
    assert not app.exception, app.exception[0].message
    assert not app.error


def test_the_cockpit_shows_nine_cards_with_their_marks() -> None:
    text = words(open_page("cockpit", {"lang": "zh"}))
    assert "2025年九项目标" in text
    assert text.count("<article") == 3 + 6 + 1, "three heroes, six compact cards, one lead card for the phone"
    assert 'class="bdg b-simulated"' in text


def test_public_cards_read_the_published_figures() -> None:
    text = words(open_page("cockpit", {"lang": "zh", "dataset": "public"}))
    for figure in ("1.98", "1291.5", "1356.5", "3188", "79.2%", "86.1%", "90.4%", "79.7%", "75.9%", "2025年暂无数据"):
        assert figure in text, figure
    assert 'class="bdg b-simulated"' not in text


def test_a_filter_takes_the_verdicts_away_and_says_contribution() -> None:
    text = words(open_page("cockpit", {"lang": "zh", "prefecture": "330100"}))
    assert "筛选贡献" in text
    assert 'class="tally"' not in text


@pytest.mark.parametrize("page", [page for page in PAGES if page not in ("actions", "plan", "data", "basis", "wall")])
def test_an_empty_result_says_so_and_offers_to_clear(page: str) -> None:
    app = open_page(page, {"q": "没有这个小镇", "lang": "zh"})
    assert not app.exception
    assert [item.value for item in app.subheader] == ["筛选后没有小镇。"]
    app.button(key="clear_empty").click().run()
    assert not app.exception
    assert not app.subheader


@pytest.mark.parametrize("page", PAGES)
def test_junk_in_the_address_is_a_notice_and_not_an_exception(page: str) -> None:
    junk = {
        "prefecture": "<script>",
        "period": "9999",
        "class": ["finance", "gold"],
        "dataset": "nope",
        "lang": "fr",
        "mountain": "x",
        "target": "zzz",
        "pick": "zzz",
        "columns": "zzz",
        "measure": "zzz",
        "land": "zzz",
        "chain": "zzz",
    }
    app = open_page("cockpit", junk)
    assert not app.exception
    notice = app.warning[0].value
    for told in ("period=9999", "class=gold", "dataset=nope", "lang=fr"):
        assert told in notice
    if page != "cockpit":
        app.switch_page(str(ROOT / "pages" / f"{page}.py")).run()
        assert not app.exception
    told = {
        "cockpit": "target=zzz",
        "map": "measure=zzz",
        "per_mu": "land=zzz",
        "chain": "chain=zzz",
        "towns": "columns=zzz",
    }.get(page)
    assert told is None or told in app.warning[0].value, "a page's own choices are told as well"


def test_english_pages_hold_no_chinese_labels() -> None:
    app = open_page("cockpit", {"lang": "en"})
    labels = [widget.label for kind in (app.selectbox, app.multiselect, app.text_input, app.button) for widget in kind]
    labels += [option for widget in app.multiselect for option in widget.options]
    assert not [label for label in labels if any("一" <= sign <= "鿿" for sign in label)]


def test_towns_table_keeps_missing_values_blank() -> None:
    text = words(open_page("towns", {"lang": "zh"}))
    assert text.count('data-town-open="') == 137
    assert '<td class="n none" data-label="总产出 亿元">—</td>' in text


def test_two_towns_side_by_side() -> None:
    text = words(open_page("towns", {"lang": "zh", "compare": ["D330110A", "D330102A"]}))
    assert 'class="tcmp"' in text


def test_basis_shows_every_target_with_clause_quote_and_reading() -> None:
    from cockpit.policy.register import load

    text = words(open_page("basis", {"lang": "zh"}))
    for target in load().targets.values():
        assert target.quote in text
        assert target.reading_zh in text


def test_a_missing_dataset_is_said_in_words(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("COCKPIT_DATA_DIR", str(tmp_path))
    monkeypatch.setattr("cockpit.datasets.store.loading.SHIPPED", tmp_path)
    app = open_page("cockpit", {"lang": "zh"})
    assert not app.exception
    assert "数据集 `demo` 没有可用的版本" in app.error[0].value
    assert "current" not in app.error[0].value, "no words of the log"


def test_a_period_without_a_target_is_not_attributed() -> None:
    text = words(open_page("cockpit", {"lang": "zh", "period": "2026-09"}))
    assert "不作归因" in text
    assert "只看与上年同期的变化" in text
    assert "完成 " not in text, "nine months are not measured against a full year"


def test_a_compared_town_stays_when_a_filter_hides_it() -> None:
    text = words(open_page("towns", {"lang": "zh", "prefecture": "330200", "compare": ["D330110A", "D330102A"]}))
    assert 'class="tcmp"' in text


def test_a_town_outside_a_targets_scope_gets_no_figure_and_no_verdict() -> None:
    # A named town has no part in the target for towns being created.
    text = words(open_page("cockpit", {"lang": "zh", "q": "D330110A"}))
    assert "所选小镇不在此范围" in text
    assert "未达成</span>" not in text


def test_junk_cannot_break_out_of_its_quotes() -> None:
    app = open_page("cockpit", {"class": "`![x](http://example.org/x.png)`\n# loud", "lang": "zh"})
    notice = app.warning[0].value
    assert notice.count("`") == 2
    assert "\n" not in notice


def test_per_mu_counts_every_town_once_and_says_its_land_type() -> None:
    text = words(open_page("per_mu", {"lang": "zh"}))
    assert "2025年亩均效益" in text
    assert "用地口径：已用地" in text
    assert [int(count) for count in re.findall(r"</span> <b>(\d+)</b>", text)] == [19, 43, 42, 3, 4, 6]
    assert "用地口径：规划面积" in words(open_page("per_mu", {"lang": "zh", "land": "planned"}))


def test_per_mu_classes_stay_when_a_filter_narrows_the_towns() -> None:
    whole = led(open_page("per_mu", {"lang": "zh"})).set_index("编码")
    part = led(open_page("per_mu", {"lang": "zh", "prefecture": "330100"})).set_index("编码")
    assert 0 < len(part) < len(whole)
    assert part["分档"].to_dict() == whole.loc[part.index, "分档"].to_dict()
    assert part["得分"].dropna().to_dict() == whole.loc[part.index, "得分"].dropna().to_dict()


def test_per_mu_gives_no_real_town_a_class() -> None:
    app = open_page("per_mu", {"lang": "zh", "dataset": "public"})
    text = words(app)
    assert "77.9" in text
    assert 'class="led"' not in text
    assert not re.search(r"[ABCD]类</span>", text)


def test_a_class_of_the_tally_narrows_chart_and_ranking() -> None:
    app = open_page("per_mu", {"lang": "zh", "permu_class": "D", "per_mu_view": "table"})
    chart, ranking = led(app, 0), led(app, 1)
    assert set(ranking["分档"]) == {"■ D"}
    assert len(ranking) == len(chart) == 3
    assert words(app).count("只看D类 ×") == 2
    junk = open_page("per_mu", {"lang": "zh", "permu_class": "Z"})
    assert "permu_class=Z" in junk.warning[0].value
    assert len(led(junk)) > 100


def test_per_mu_within_the_year_says_which_year_it_shows() -> None:
    assert "最近的全年：2025年" in words(open_page("per_mu", {"lang": "zh", "period": "2026-09"}))


@pytest.mark.parametrize(("asked", "told"), [("2031", True), ("2025", False)])
def test_a_set_of_targets_that_is_not_there_is_told_also_where_there_is_but_one(asked: str, told: bool) -> None:
    warnings = [warning.value for warning in open_page("cockpit", {"lang": "zh", "set": asked}).warning]
    assert any("set=2031" in text for text in warnings) is told
