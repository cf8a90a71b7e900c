"""The map page: ratios in classes, sums as circles, what is missing told, and the way from province to town."""

from __future__ import annotations

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.opening import led, open_page, words


def stage(app: AppTest) -> dict[str, Any]:
    """What the browser part was given."""
    found = [part.proto for part in app.get("bidi_component") if part.proto.component_name.endswith("map_stage")]
    data: dict[str, Any] = json.loads(found[0].json)
    return data


def test_the_map_opens_on_tax_per_mu_in_fixed_classes() -> None:
    app = open_page("map", {"lang": "zh"})
    assert "亩均税收：杭州 138.1 万元/亩，丽水 32.1 万元/亩" in words(app)
    data = stage(app)
    assert 'class="m-area f4" data-area="330100"' in data["picture"], "the highest class"
    assert 'class="m-area f0" data-area="331100"' in data["picture"], "the lowest"
    assert "≥ 120" in data["side"]
    assert "自定" in data["side"]
    tip = data["tips"]["330200"]
    for told in ("宁波", "111.8 万元/亩", "2025年全年", "11/11 个小镇", "模拟"):
        assert told in tip


def test_a_sum_is_told_by_circles_and_colours_nothing() -> None:
    data = stage(open_page("map", {"lang": "zh", "mapview": "sum"}))
    assert data["picture"].count("k-sum") == 11
    assert "m-area f" not in data["picture"]


def test_growth_has_classes_of_its_own() -> None:
    data = stage(open_page("map", {"lang": "en", "mapview": "growth"}))
    assert "m-area g" in data["picture"]
    assert "5%–10%" in data["side"]


def test_a_filter_zooms_the_map_and_tells_counties() -> None:
    whole, near = (stage(open_page("map", {"lang": "zh", **more})) for more in ({}, {"prefecture": "330100"}))
    assert near["view"] != near["whole"] == whole["view"]
    assert 'data-area="330106"' in near["picture"]
    assert 'class="m-area out" data-area="330203"' in near["picture"], "another prefecture's county"
    assert 'data-up=""' in near["crumbs"], "the way back"


def test_a_county_without_a_town_is_hatched_and_one_without_a_figure_dotted() -> None:
    data = stage(open_page("map", {"lang": "zh", "area": "county"}))
    assert 'm-area bare"' in data["picture"]
    assert 'm-area mute"' in data["picture"]
    assert "斜线" in data["side"]
    assert "点纹" in data["side"]


def test_a_picked_prefecture_is_told_with_its_counties_and_towns() -> None:
    data = stage(open_page("map", {"lang": "zh", "pick": "330300"}))
    panel = data["panel"]
    for told in ("选中：温州", "60.8", "8/8", "只看温州", "鹿城甲财富小镇", "永嘉县"):
        assert told in panel
    assert panel.count("data-open=") == 9, "every town, the one that left the list as well"


def test_a_picked_town_is_told_with_the_way_to_its_cells() -> None:
    data = stage(open_page("map", {"lang": "zh", "pick": "D330110A"}))
    assert "D330110A" in data["panel"]
    assert 'data-source="town:D330110A:total_output_yuan:2025"' in data["panel"]


def test_public_towns_are_counted_and_placed_but_not_coloured() -> None:
    data = stage(open_page("map", {"lang": "zh", "dataset": "public"}))
    assert "m-area f" not in data["picture"]
    assert "k-sum" in data["picture"]
    assert "data-town=" in data["picture"]


@pytest.mark.parametrize("renderer", ["table", "deck"])
def test_the_same_figures_in_another_drawing(renderer: str) -> None:
    app = open_page("map", {"lang": "zh", "draw": renderer})
    assert not app.exception
    if renderer == "table":
        frame = led(app)
        assert list(frame.iloc[0]) == ["杭州", "138.1", "+1.1%", "33/35"]
    else:
        assert len(app.get("deck_gl_json_chart")) == 1
