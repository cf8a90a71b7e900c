"""The page of elements: on all data, narrowed, empty, for one town, for a reader with a scope, and with junk."""

from __future__ import annotations

import pytest

from cockpit.rights import read_scope
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
    assert told.count("未定") == 8
    # Published of the province, derived marked as such, and two papers that disagree side by side.
    assert "3,264 亩" in told
    assert "推算" in told
    assert told.count("另有不同数") == 2


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
