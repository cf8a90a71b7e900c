"""The town code page: chosen by code, key or name; a mistyped code is told and helped, never an exception."""

from __future__ import annotations

import pytest

from tests.pages.opening import open_page, words


@pytest.mark.many
@pytest.mark.parametrize("code", ["DM-330102-B-6", "D330102B", "dm330102b6", "上城乙创投"])
def test_a_town_is_found_by_code_key_and_name(code: str) -> None:
    app = open_page("town", {"code": code, "lang": "zh"})
    text = words(app)
    assert not app.warning
    assert "<h1>上城乙创投小镇</h1>" in text
    assert "DM-330102-B-6" in text
    assert "特色产业产出占比 68.6%" in text, "the open matter with its figure"
    assert "有未结事项，未触红线" in text, "and the rule it follows"


def test_a_wrong_check_sign_is_told_and_one_click_mends_it() -> None:
    app = open_page("town", {"code": "DM-330102-B-7", "lang": "zh"})
    assert not app.exception
    assert "应以 6 结尾" in app.warning[0].value
    app.button(key="hit|D330102B").click().run()
    assert not app.warning
    assert "<h1>上城乙创投小镇</h1>" in words(app)
    assert "DM-330102-B-6" in app.query_params["code"]


def test_a_name_of_several_towns_offers_them() -> None:
    app = open_page("town", {"code": "上城", "lang": "zh"})
    assert "个小镇符合" in app.info[0].value
    assert len([button for button in app.button if str(button.key).startswith("hit|")]) > 1


def test_a_code_of_the_other_dataset_is_opened_there() -> None:
    app = open_page("town", {"code": "ZJ-330681-01-P", "lang": "zh"})
    assert "没有这个小镇" in app.warning[0].value
    app.button(key="other_dataset").click().run()
    text = words(app)
    assert "<h1>诸暨袜艺小镇</h1>" in text
    assert "只有公开数据" in text, "no verdict on a real town"
    assert 'class="bdg b-simulated"' not in text


def test_markup_in_the_address_stays_text() -> None:
    app = open_page("town", {"code": "![x](http://evil/x.png)`<b>", "lang": "zh"})
    assert not app.exception
    assert "`![x](http://evil/x.png)<b>`" in app.warning[0].value, "as code, with the sign that would end it taken out"
    assert "evil" not in words(app)


def test_another_town_is_picked_from_the_list() -> None:
    app = open_page("town", {"lang": "en"})
    first = words(app)
    assert "Shangcheng A Chip Cloud Town" in first
    box = next(item for item in app.selectbox if str(item.key).startswith("towncode|"))
    box.select("D330102B").run()
    assert "DM-330102-B-6" in app.query_params["code"]
    assert "Shangcheng B Venture Town</h1>" in words(app)


def test_a_town_on_another_page_leads_to_its_profile_and_the_filters_stay() -> None:
    app = open_page("lists", {"town": "D330102B", "prefecture": "330100", "lang": "zh"})
    app.button(key="open_town|zh").click().run()
    assert not app.exception
    assert "<h1>上城乙创投小镇</h1>" in words(app)
    assert "330100" in app.query_params["prefecture"]
