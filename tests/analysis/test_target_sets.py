"""Sets of targets: one is looked at, headings count it, cards, wall and pack hold 3 to 20 of them."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from cockpit.analysis.selection import Selection, read_parameters, write_parameters
from cockpit.briefings import Desk, brief, open_desk
from cockpit.errors import RecordError
from cockpit.exports.pack.building import build
from cockpit.policy import register
from cockpit.rights import ALL
from cockpit.ui.wall import scenes
from cockpit.visuals.targets import cards
from cockpit.visuals.wall.scene import Setting
from cockpit.wholes import count_word
from cockpit.wording.targets import title_words
from tests.policy.more_targets import more_targets

DAY = date(2026, 11, 23)
LATER = Selection("2025", target_set="2040", scope=ALL)


@pytest.fixture(scope="module")
def desk() -> Desk:
    plain = open_desk("demo")
    choices = replace(plain.choices, sets=tuple(more_targets().sets))
    return replace(plain, register=more_targets(), choices=choices)


def test_one_set_is_looked_at_and_the_newest_judged_one_first(desk: Desk) -> None:
    assert (len(desk.register.targets), len(desk.of(LATER).register.targets)) == (10, 18)
    assert (len(brief(desk, Selection("2025", scope=ALL), DAY).cards), len(brief(desk, LATER, DAY).cards)) == (10, 18)
    assert desk.of(Selection("2025", scope=ALL)) is desk.of(Selection("2025", target_set="2025", scope=ALL))
    assert not LATER.is_filtered, "a set leaves no town out"


def test_the_heading_counts_itself(desk: Desk) -> None:
    assert title_words(brief(open_desk("demo"), Selection("2025", scope=ALL), DAY), "zh") == "2025年九项目标"
    assert title_words(brief(desk, Selection("2025", scope=ALL), DAY), "zh") == "2025年十项目标"
    assert title_words(brief(desk, LATER, DAY), "en") == "The eighteen targets of 2040"
    assert [count_word(count, "zh") for count in (3, 10, 11, 20, 21)] == ["三", "十", "十一", "二十", "二十一"]
    assert [count_word(count, "en") for count in (3, 20, 21)] == ["three", "twenty", "21"]


def test_the_address_keeps_the_set(desk: Desk) -> None:
    found, junk = read_parameters({"period": ["2025"], "set": ["2040"]}, desk.choices, scope=ALL)
    assert (found.target_set, junk) == ("2040", ())
    assert write_parameters(found, desk.choices)["set"] == ["2040"]
    assert read_parameters({"set": ["2025"]}, desk.choices, scope=ALL)[0].target_set == "", (
        "the default set is left out"
    )
    assert [
        (item.parameter, item.value) for item in read_parameters({"set": ["2041"]}, desk.choices, scope=ALL)[1]
    ] == [("set", "2041")]


@pytest.mark.parametrize(("selection", "count"), [(Selection("2025", scope=ALL), 10), (LATER, 18)])
def test_every_target_has_its_card_and_says_whose_it_is(desk: Desk, selection: Selection, count: int) -> None:
    html = cards.board(brief(desk, selection, DAY), desk.limits, "total_output_2025", 0, "zh")
    wide, phone = html.split('<div class="phone">')
    assert wide.count("<article") == count
    assert phone.count("<article") + phone.count("<li>") == count
    marks = {10: ("自定", "建议"), 18: ("建议", "自定")}[count]
    heads = " ".join(re.findall(r"<header>.*?</header>", wide))
    assert heads.count(f">{marks[0]}<") == (1 if count == 10 else 18)
    assert f">{marks[1]}<" not in heads


@pytest.mark.parametrize(("selection", "screens"), [(Selection("2025", scope=ALL), 2), (LATER, 3)])
def test_the_wall_shows_every_target_once(desk: Desk, selection: Selection, screens: int) -> None:
    judging = desk.of(selection)
    record = judging.register.wall.scenes["overview"]
    setting = Setting("zh", "", is_simulated=True)
    briefing = brief(desk, selection, DAY)
    made = scenes.make(judging, briefing, (), record, setting, "")
    assert len(made) == screens
    rows = [re.findall(r'class="n">([^<]+)<', scene.body) for scene in made]
    shown = [name for screen in rows for name in screen]
    assert len(shown) == len(set(shown)) == len(briefing.cards) - 3, "three stand large on each screen"
    assert max(map(len, rows)) <= 6


@pytest.mark.long
def test_the_pack_lists_every_target(desk: Desk) -> None:
    pack = build(desk.of(LATER), LATER, DAY, "zh")
    text = repr(pack)
    for target in desk.of(LATER).register.targets.values():
        assert desk.register.indicator(target.indicator).label_zh in text
    assert "2040年十八项目标" in text
    assert "总产出（建议）" in text


def test_a_target_of_another_set_gives_way_to_its_like(desk: Desk) -> None:
    later = desk.of(LATER).register
    assert later.in_set("tax_revenue_2025") == "tax_revenue_yuan_2040"
    assert later.in_set("rd_expense_2025") == "total_output_yuan_2040", "nothing like it: the first in money"


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("targets.toml", 'set       = "2025"', 'set       = "2052"', "unknown set '2052'"),
        ("target_sets.toml", "zzbf_2022_73", "zzbf_2022_37", "unknown document"),
        ("target_sets.toml", "[2025]", "[2024]", "a set needs targets"),
    ],
)
def test_a_set_that_does_not_fit_stops_the_start(tmp_path: Path, file: str, old: str, new: str, told: str) -> None:
    shutil.copytree(register.FOLDER, tmp_path, dirs_exist_ok=True)
    path = tmp_path / file
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(RecordError, match=told):
        register.load(tmp_path)
