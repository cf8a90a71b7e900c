"""The industry chain page: what the address picks, what is said of gaps, what real data may not say."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from cockpit.analysis.selection import Selection
from cockpit.briefings import chains, firm_page, open_desk
from cockpit.datasets.store.firms import FirmQuery
from cockpit.policy.register import load
from cockpit.rights import ALL
from tests.pages.opening import led, open_page, words

pytestmark = pytest.mark.many

NODE = "digital_security.optics"


def shown(**parameters: str | list[str]) -> str:
    app = open_page("chain", {"lang": "zh", **parameters})
    assert not app.exception
    return words(app)


def panel(text: str) -> str:
    """The heading of the panel."""
    found = re.search(r'class="cph".*?<h2[^>]*>(.*?)</h2>', text, re.S)
    assert found is not None
    return re.sub(r"<[^>]+>", "", found[1])


def firms(text: str) -> list[str]:
    """Names of the firms on the page."""
    return re.findall(r"<tr title=[^>]*><td>([^<]+)</td>", text)


def test_nine_tiles_most_missing_first_and_the_first_is_picked() -> None:
    text = shown()
    tiles = re.findall(r'class="ct ct-zh( sel)?" data-pick="chain:([a-z_]+)"', text)
    assert {chain for _, chain in tiles} == set(load().chains)
    assert [bool(is_picked) for is_picked, _ in tiles] == [True] + [False] * 8
    desk = open_desk("demo")
    every = chains(desk, Selection(period=desk.choices.default_period, scope=ALL))
    assert [chain for _, chain in tiles] == [glance.chain.id for glance in every.chains]


def test_a_node_in_the_address_is_opened_with_its_chain() -> None:
    node = load().chains["knitwear"].nodes[0]
    text = shown(node=f"knitwear.{node.id}")
    assert panel(text) == node.zh
    assert 'class="ct ct-zh sel" data-pick="chain:knitwear"' in text


def test_the_rule_is_told_line_by_line_and_marked_as_ours() -> None:
    text = shown(node=NODE)
    assert panel(text) == "光学镜头"
    rule = re.search(r'<table class="crt">.*?</table>', text, re.S)
    assert rule is not None
    assert rule[0].count("<tr>") == len(load().chain_rules.criteria)
    assert 'class="own"' in text


@pytest.mark.parametrize(
    ("parameters", "told"),
    [
        ({"chain": "steam_engines"}, "chain=steam_engines"),
        ({"node": "digital_security.zzz"}, "node=digital_security.zzz"),
        ({"node": "<script>alert(1)</script>"}, "node=<script>"),
        ({"chain": "hosiery", "node": NODE}, f"node={NODE}"),
        ({"link": "a~b"}, "link=a~b"),
        ({"town": "X"}, "town=X"),
        ({"fpage": "9999"}, "fpage=9999"),
        ({"fpage": "-1"}, "fpage=-1"),
        ({"fsort": "drop table"}, "fsort=drop table"),
    ],
)
def test_what_the_address_asks_in_vain_is_told(parameters: dict[str, str], told: str) -> None:
    app = open_page("chain", {"lang": "zh", **parameters})
    assert not app.exception
    assert told[:40] in app.warning[0].value
    assert "<script>alert" not in words(app)


def test_firms_come_a_page_at_a_time_and_are_those_of_the_node() -> None:
    desk = open_desk("demo")
    period = chains(desk, Selection(period=desk.choices.default_period, scope=ALL)).period
    node = "digital_security.cameras"
    query = FirmQuery(period=period or "", chains=("digital_security",), nodes=(node,))
    rows, count = firm_page(desk, query, 20, 20)
    text = shown(node=node, fpage="2")
    assert firms(text) == rows["name_zh"].tolist()
    assert f"第21–40家，共{count}家" in text
    assert f"node={node}" in text


def test_search_and_sort_reach_the_whole_table() -> None:
    last = firms(shown(node="digital_security.cameras", fsort="name_zh"))
    assert last == sorted(last)
    wanted = firms(shown(node="digital_security.cameras", fpage="3"))[0]
    assert firms(shown(node="digital_security.cameras", fq=wanted)) == [wanted]
    assert "没有符合条件的企业" in shown(node="digital_security.cameras", fq="没有这家")


def test_a_filter_narrows_towns_and_the_page_says_so() -> None:
    text = shown(prefecture="330100")
    assert "评级按筛选后的" in text
    assert "评级按筛选后的" not in shown()


def test_one_town_and_a_year_under_way() -> None:
    assert "企业数据最近的全年" in shown(period="2026-09")
    text = shown(q="D330111C", chain="digital_security")
    assert text.count('scope="row"><div data-pick="town:') == 1


def test_real_data_grade_nothing_and_name_their_sources() -> None:
    app = open_page("chain", {"lang": "zh", "dataset": "public"})
    text = words(app)
    assert "所以各环节均为不明" in app.info[0].value
    assert "来源 s63" in text
    assert "滨江物联网小镇" in text
    assert 'class="bdg b-simulated"' not in text
    for word in ("评级规则", "企业梯队", "补链建议", "小镇覆盖", "亿"):
        assert word not in text, word


def test_english_page_holds_no_chinese_but_names() -> None:
    app = open_page("chain", {"lang": "en", "node": NODE})
    text = re.sub(r"<tr title=.*?</tr>", "", words(app), flags=re.S)
    text = text.split('<section class="chead">')[1]
    assert not re.findall(r"[一-鿿]+", text.replace("演示", "")), re.findall(r"[一-鿿]+", text)


def test_tables_keep_what_is_not_reported_blank() -> None:
    app = open_page("chain", {"lang": "zh", "chainview": "table", "coverview": "table"})
    nodes, cover = led(app, 0), led(app, 1)
    unknown = nodes[nodes["评级"] == "○ 不明"]
    assert len(unknown) == 1
    assert unknown["企业（家）"].isna().all()
    assert cover.isna().to_numpy().sum() > 0


def test_a_second_click_takes_a_choice_out_again() -> None:
    def page() -> None:
        import streamlit as st

        from cockpit.ui.chain.page import pick
        from cockpit.ui.frame import address

        for what in (
            "chain:hosiery",
            "node:digital_security.optics",
            "town:X",
            "node:digital_security.optics",
            "zzz:1",
        ):
            pick(what)
            st.text(str(address.parameters()))

    app = AppTest.from_function(page).run()
    assert [item.value for item in app.text] == [
        "{'chain': ['hosiery']}",
        "{'chain': ['digital_security'], 'node': ['digital_security.optics']}",
        "{'chain': ['digital_security'], 'node': ['digital_security.optics'], 'town': ['X']}",
        "{'chain': ['digital_security'], 'town': ['X']}",
        "{'chain': ['digital_security'], 'town': ['X']}",
    ]
