"""The page of elements: on all data, narrowed, empty, for one town, for a reader with a scope, and with junk."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from cockpit.briefings import open_desk
from cockpit.rights import read_scope
from cockpit.visuals.marks.html import web
from cockpit.vocabulary import LANGUAGES, Language
from tests.access.scoped import reader, sent, signed_in
from tests.pages.opening import open_page, words

TOWN = "D330110A"


def test_the_matrix_the_panels_and_the_eight_open_places() -> None:
    app = open_page("elements", {"lang": "zh", "period": "2026-06"})
    assert not app.exception
    told = words(app)
    assert told.count("未定") == 8
    assert "双创平台要求全覆盖" in told
    for title in ("数字化工厂", "用地奖励", "人才需求", "产业基金"):
        assert f"<h2>{title}</h2>" in told


@pytest.mark.parametrize("parameters", [{"ekind": "fund"}, {"ecell": f"{TOWN}.platform"}, {"egroup": "science"}])
def test_it_is_narrowed_by_a_click(parameters: dict[str, str]) -> None:
    app = open_page("elements", {"lang": "en", **parameters})
    assert not app.exception
    if "ekind" in parameters:
        assert "Leverage" in words(app)
        assert "Committed (" in words(app)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_indicator_is_called_by_its_name(language: Language) -> None:
    desk = open_desk("demo")
    shown = set(desk.dataset.table("element_best_practice")["indicator"].dropna().astype(str))
    assert shown <= set(desk.register.indicators)
    app = open_page("elements", {"lang": language, "ekind": "best_practice"})
    told = words(app)
    assert not [name for name in shown if f">{name}<" in told]
    assert any(f">{desk.register.indicator(name).label.say(language)}<" in told for name in shown)


def test_junk_is_told_and_left_out() -> None:
    app = open_page(
        "elements", {"lang": "zh", "ekind": "zzz", "ecell": "nobody.platform", "egroup": "x", "epage": "99"}
    )
    assert not app.exception
    assert "全部要素，最近" in words(app)


def test_without_any_report_it_says_where_they_come_from() -> None:
    app = open_page("elements", {"lang": "zh", "dataset": "public"})
    assert not app.exception
    assert "还没有报送要素" in app.info[0].value
    told = words(app)
    assert "已过期" not in told, "real towns owe no return"
    assert told.count("未定") == 8
    # Published of the province, derived marked as such, and two papers that disagree side by side.
    assert "3,264 亩" in told
    assert "推算" in told
    assert told.count("另有不同数") == 2


def test_published_figures_say_that_filters_do_not_touch_them() -> None:
    said = "不随筛选改变"
    assert said not in words(open_page("elements", {"lang": "zh", "dataset": "public"}))
    narrowed = words(open_page("elements", {"lang": "zh", "dataset": "public", "prefecture": "330100"}))
    assert "3,264 亩" in narrowed
    assert said in narrowed


def test_a_part_of_another_page_is_not_carried_along() -> None:
    app = open_page("elements", {"lang": "zh", "part": "review", "ekind": "fund"})
    assert not app.exception
    assert "part" not in app.query_params
    assert app.query_params["ekind"] == "fund"
    assert open_page("data", {"lang": "zh", "part": "versions"}).query_params["part"] == "versions"


def test_no_period_is_offered_before_it_is_over() -> None:
    app = open_page("elements", {"lang": "zh"})
    shown = next(box for box in app.selectbox if "2025年全年" in box.options)
    assert shown.options[0] == "2026年1–9月"
    form = open_page("data", {"lang": "zh", "sheets": "talent"})
    periods = next(box for box in form.selectbox if "2026年1–9月" in box.options)
    assert periods.options[0] == "2026年1–9月"  # the form of the returns may be taken before
    form = open_page("data", {"lang": "zh"})
    periods = next(box for box in form.selectbox if "2026年1–9月" in box.options)
    assert periods.options[0] == "2027年1–3月"


def test_addresses_of_the_web_are_links_and_nothing_else_is() -> None:
    assert str(web("https://czt.zj.gov.cn/a?b=1&c=2", "省财政厅")) == (
        '<a href="https://czt.zj.gov.cn/a?b=1&amp;c=2" rel="noopener noreferrer" target="_blank">省财政厅</a>'
    )
    for bad in (
        "javascript:alert(1)",
        "data:text/html,x",
        "https://a b",
        'https://a"onx=1',
        "//x.cn",
        "见https://x.cn",
    ):
        assert "<a" not in str(web(bad))


def test_an_entry_whose_text_or_source_is_an_address_links_there(monkeypatch: pytest.MonkeyPatch) -> None:
    desk = open_desk("demo")
    table = "element_reform_pilot"
    rows, known = desk.dataset.table(table), desk.dataset.table("sources")
    rows = rows.assign(result="https://example.gov.cn/pilot", source_ids="lists")
    about = {"source_id": ["lists"], "publisher": ["省发展改革委"], "dated": ["2026-01-01"], "kind": ["published"]}
    about["link"] = ["https://example.gov.cn/list"]
    sources = pd.concat([known, pd.DataFrame(about)], ignore_index=True)
    frames = {**desk.dataset.frames, table: rows, "sources": sources}
    changed = replace(desk, dataset=replace(desk.dataset, frames=frames))
    monkeypatch.setattr("cockpit.ui.frame.shell.open_desk", lambda *_: changed)
    told = words(open_page("elements", {"lang": "zh", "ekind": "reform_pilot"}))
    assert '<a href="https://example.gov.cn/pilot" rel="noopener noreferrer"' in told
    assert '<a href="https://example.gov.cn/list" rel="noopener noreferrer" target="_blank">省发展改革委</a>' in told


def test_one_town_stands_alone_and_no_town_is_told() -> None:
    assert 'class="ematrix"' in words(open_page("elements", {"lang": "zh", "q": TOWN}))
    assert 'class="ematrix"' not in words(open_page("elements", {"lang": "zh", "q": "zzzz"}))


def test_a_reader_with_a_scope_is_told_of_no_other_town() -> None:
    with signed_in(reader("viewer", read_scope("330110"))):
        told = sent(open_page("elements", {"lang": "zh", "period": "2026-06"}))
    assert "余杭甲医药小镇" in told
    assert "上城甲芯云小镇" not in told
    assert "全省" not in told.split('class="ematrix"')[1].split("</table>")[0]


def test_the_town_code_shows_what_the_town_has() -> None:
    told = words(open_page("town", {"lang": "zh", "code": TOWN, "period": "2026-06"}))
    assert "未报" in told.split("eown")[1]
    assert f"ecell={TOWN}.platform" in told
