"""The frame: help, the wall's link, words of the framework, the page's clauses."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from cockpit.phrases import keys, phrase
from cockpit.policy.register import load
from cockpit.ui.frame.aids import clauses, spoken
from cockpit.ui.frame.shell import PAGES
from cockpit.ui.frame.wall_link import wall_link
from tests.pages.opening import open_page, words

WALL = load().wall
PATHS = tuple((script, path) for script, path, _ in PAGES)


def test_every_page_with_bars_has_its_help() -> None:
    wanted = {f"help.{script}{part}" for script, _, _ in PAGES if script != "wall" for part in ("", ".1", ".2", ".3")}
    missing = sorted(wanted - set(keys()))
    assert not missing, f"write in cockpit/phrases/help.py what the page answers and three tasks: {missing}"


def test_the_framework_speaks_chinese_to_chinese_readers_only() -> None:
    assert spoken("en") == {}
    words = spoken("zh")["words"]
    assert words["Select all"] == "全选"
    assert words["App pages"] == phrase("frame.word.pages").zh
    assert not any(word.isascii() for word in words.values() if word != "CSV")


def test_a_clause_is_told_by_its_summary_its_quotes_and_its_pages() -> None:
    told = clauses(load(), "zh", PATHS)["3.4"]
    assert told["text"]
    assert "创建已满5年而未命名的进行评估" in [quote for quote, _ in told["quotes"]]
    assert ["清单管理", "lists"] in told["pages"]
    assert len({quote for quote, _ in told["quotes"]}) == len(told["quotes"]), "each phrase once"


def test_the_pages_a_clause_names_are_pages() -> None:
    scripts = {script for script, _, _ in PAGES}
    for number, passage in load().passages.items():
        strange = set(passage.pages) - scripts
        assert not strange, f"data/policy: the passage of clause {number} names pages there are not: {sorted(strange)}"


def test_a_wall_as_recorded_has_the_bare_address() -> None:
    assert wall_link(WALL, tuple(WALL.scenes), WALL.wall.dwell_seconds, "", "dark", {"lang": []}) == "/wall"


def test_what_differs_stands_in_the_walls_address() -> None:
    link = wall_link(WALL, ("lists", "overview"), 45, "overview", "light", {"prefecture": ["330100"], "lang": ["en"]})
    assert parse_qs(urlsplit(link).query) == {
        "scenes": ["lists,overview"], "dwell": ["45"], "scene": ["overview"], "theme": ["light"],
        "prefecture": ["330100"], "lang": ["en"],
    }  # fmt: skip


def test_the_basis_opens_at_a_clause_and_leaves_what_is_looked_for() -> None:
    asked = words(open_page("basis", {"lang": "zh", "clause": "3.4"}))
    assert 'id="clause-3-4" data-here="clause-3.4"' in asked
    found = words(open_page("basis", {"lang": "zh", "find": "绿化覆盖率下限"}))
    assert "绿化覆盖率原则上不低于30%" in found
    assert "特色小镇总产出突破2.5万亿元" not in found


def test_an_unknown_clause_and_a_word_nobody_has_are_told() -> None:
    app = open_page("basis", {"lang": "zh", "clause": "9.9", "find": "没有这样的词"})
    assert "clause=9.9" in app.warning[0].value
    assert any("没有含" in info.value for info in app.info)
