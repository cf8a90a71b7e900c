"""预警 and 交办: from the rail to a matter in three clicks, nothing handed out twice, set aside with a reason."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote

import pytest

from cockpit.briefings import day_of, open_desk, today
from cockpit.briefings.alerting import aside, recorded, set_aside
from cockpit.briefings.demonstrating import place_story
from cockpit.briefings.supervising import all_matters
from cockpit.briefings.ticking import tick
from cockpit.rights import ALL, Scope
from tests.access.scoped import reader, signed_in
from tests.acts import by
from tests.pages.opening import open_page, words

RULE = "investment_share_low"
GO, ASIDE = "al_go|zh", "al_aside|zh"


@pytest.fixture(autouse=True)
def _database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COCKPIT_DATABASE_URL", f"sqlite:///{tmp_path / 'matters.sqlite'}")


@pytest.mark.long
def test_the_rail_leads_to_the_alerts_and_these_to_handing_out() -> None:
    tick("demo")
    rail = words(open_page("cockpit", {"lang": "zh"}))
    assert 'data-lead="/actions?alert=all"' in rail
    every = words(open_page("actions", {"lang": "zh", "alert": "all"}))
    assert f'data-lead="alert:{RULE}"' in every
    assert "模拟" in every.partition("<h1>预警</h1>")[2][:200]
    app = open_page("actions", {"lang": "zh", "alert": RULE})
    free = [box for box in app.checkbox if not box.disabled]
    assert len(free) > 5
    assert all(box.value for box in free)
    app.text_input(key="act_name|file_task").set_value("督办员")
    app.text_input(key="matter_office").set_value("省特镇办")
    app.button(key=GO).click().run()
    assert f"已交办{len(free)}项" in app.success[0].value
    made = all_matters().matters
    assert len(made) == len(free)
    assert {item.state for item in made} == {"assigned"}
    assert {item.goal.indicator for item in made} == {"specialty_investment_share"}
    assert {item.goal.period for item in made} == {"2026"}
    assert all(item.lead.endswith("特镇办") and item.lead != "特镇办" for item in made)
    assert all(box.disabled for box in app.checkbox), "what is in hand is not handed out twice"
    assert app.button(key=GO).disabled
    assert app.button(key=GO).label == "先勾选对象"
    assert not any(box.value for box in app.checkbox), "and is chosen no more"
    rest = open_page("actions", {"lang": "zh", "alert": "all"})
    assert f"{len(free)}条在办" in words(rest)


def test_one_alert_of_the_address_is_chosen_alone() -> None:
    every = open_page("actions", {"lang": "zh", "alert": RULE})
    key = every.checkbox[2].key.rpartition("al_box|")[2].partition("|")[2]
    app = open_page("actions", {"lang": "zh", "alert": key})
    assert [box.key.endswith(key) for box in app.checkbox if box.value] == [True]


def test_without_a_name_nothing_is_handed_out_and_nothing_typed_is_lost() -> None:
    app = open_page("actions", {"lang": "zh", "alert": RULE})
    app.text_input(key="matter_office").set_value("省特镇办")
    app.button(key=GO).click().run()
    assert "没有填写" in app.warning[0].value
    assert app.text_input(key="matter_office").value == "省特镇办"
    assert all_matters().matters == ()


@pytest.mark.long
def test_a_town_shows_its_alerts_and_after_handing_out_its_matter() -> None:
    every = open_page("actions", {"lang": "zh", "alert": RULE})
    key = every.checkbox[0].key.rpartition("al_box|")[2].partition("|")[2]
    town = key.split("|")[1]
    assert 'data-lead="/actions?alert=' in words(open_page("town", {"lang": "zh", "code": town}))
    app = open_page("actions", {"lang": "zh", "alert": key})
    app.text_input(key="act_name|file_task").set_value("督办员")
    app.text_input(key="matter_office").set_value("省特镇办")
    app.button(key=GO).click().run()
    (made,) = all_matters().matters
    assert f"/actions?matter={made.id}" in words(open_page("town", {"lang": "zh", "code": town}))


def test_what_is_handed_out_on_the_english_page_has_its_chinese_office_and_both_titles() -> None:
    app = open_page("actions", {"lang": "en", "alert": RULE})
    for box in app.checkbox[1:]:
        box.set_value(False)
    app.text_input(key="act_name|file_task").set_value("督办员")
    app.text_input(key="matter_office").set_value("省特镇办")
    app.run()
    app.button(key="al_go|en").click().run()
    (made,) = all_matters().matters
    assert made.lead.endswith("特镇办")
    assert made.lead_en.startswith("Town office of ")
    assert "特色产业投资占比" in made.title
    assert "specialty investment share" in made.title_en.lower()


def test_who_may_not_hand_out_sees_and_is_offered_nothing() -> None:
    with signed_in(reader("viewer", Scope(frozenset({"330000"})))):
        app = open_page("actions", {"lang": "zh", "alert": RULE})
        assert not app.exception
        assert not [item for item in app.button if item.key == GO]


def test_an_unknown_alert_is_told_and_all_are_shown() -> None:
    app = open_page("actions", {"lang": "zh", "alert": "nope"})
    assert any("nope" in item.value for item in app.warning)


@pytest.mark.long
@pytest.mark.parametrize("dataset", ["public", "demo"])
def test_every_page_with_alerts_opens_on_both_datasets(dataset: str) -> None:
    for page in ("cockpit", "targets", "lists", "town", "data", "actions"):
        asked = {"dataset": dataset, "lang": "en", **({"part": "freshness"} if page == "data" else {})}
        assert not open_page(page, asked).exception, page


@pytest.mark.long
def test_a_decision_and_a_statement_say_who_has_it_in_hand_or_that_nobody_has() -> None:
    assert place_story()
    tick("demo")
    told = words(open_page("cockpit", {"lang": "zh"}))
    rows = told.partition('<ul class="dec">')[2].partition("</ul>")[0].split("<li>")[1:]

    def row(words: str) -> str:
        return next(line for line in rows if words in line)

    over = next(item for item in all_matters().matters if item.alert.startswith("clock_over"))
    assert f"/actions?matter={over.id}" in row("延长期已满")
    assert re.search(r"/actions\?alert=clock_due.*6件在办", row("满5年未命名"))
    assert re.search(r"mgo.*alert=target_unjudged.*交办", row("年孵化企业缺"))
    assert "mgo" not in row("满5年未命名")
    target = {"lang": "zh", "target": "listed_firms_2025"}
    assert re.search("预警“目标未达成”自20..-..-..起，尚未交办", words(open_page("targets", target)))
    assert "预警“" not in words(open_page("targets", target | {"period": "2024"})), "it is of the newest year"
    app = open_page("actions", {"lang": "zh", "alert": "target_missed|330000|listed_firms_2025"})
    app.text_input(key="act_name|file_task").set_value("督办员")
    app.text_input(key="matter_office").set_value("省特镇办")
    app.button(key=GO).click().run()
    made = all_matters().matters[0]
    assert f"已交办{made.id}（期限{made.due}）" in words(open_page("targets", target))


def test_the_towns_behind_a_figure_stand_with_then_now_and_what_is_lacking_the_worst_first() -> None:
    app = open_page("actions", {"lang": "zh", "alert": RULE})
    told = words(app)
    lines = re.findall(r'<div class="mline"><span>([\d.]+)%</span><span>(.*?)</span>.*?left:([\d.]+)%', told)
    assert len(lines) == len(app.checkbox) > 10
    shares = [float(share) for share, _, _ in lines]
    assert shares == sorted(shares)
    assert [float(at) for _, _, at in lines] == sorted(float(at) for _, _, at in lines), "one scale for all"
    assert "未报" in {now for _, now, _ in lines}, "missing is said and no zero"
    desk = open_desk("demo")
    keys = [box.key.rpartition("al_box|")[2].partition("|")[2] for box in app.checkbox if box.value]
    at = {code: place for place, code in enumerate(desk.cube.towns)}
    pairs = [
        [float(desk.cube.of(name, "2025")[at[key.split("|")[1]]]) for key in keys]
        for name in ("specialty_investment_yuan", "effective_investment_yuan")
    ]
    short = sum(0.7 * base - top for top, base in zip(*pairs, strict=True))
    assert f"选中 {len(keys)} 个合计 {short / 1e8:.2f} 亿元" in told


def test_what_is_set_aside_is_offered_to_nobody() -> None:
    """Neither on the cockpit and the statement nor on the pages of towns and lists; back when its time is over."""
    tick("demo")
    standing = sorted(key for key in recorded("demo", ALL) if key.startswith("clock_"))
    rail = re.compile(r'data-lead="/actions\?alert=all"[^>]*>(\d+)<')

    def counted() -> int:
        found = rail.search(words(open_page("cockpit", {"lang": "zh"})))
        assert found
        return int(found[1])

    def offered() -> set[str]:
        """What of the clock is offered to be handed out, one or a rule, on any page that does so."""
        pages = (("town", {"town": town}), ("lists", {"town": town}), ("cockpit", {}), ("targets", {}))
        told = unquote("".join(words(open_page(page, {"lang": "zh", **asked})) for page, asked in pages))
        return set(re.findall(r'class="mgo" data-lead="/actions\?alert=(clock_[^"]*)"', told))

    before, town = counted(), standing[0].split("|")[1]
    assert offered()
    for key in standing:
        set_aside("demo", key, today() + timedelta(days=9), by("督办员", "等省里统一研究"), day_of("demo"))
    assert counted() == before - len(standing)
    assert offered() == set()
    assert "暂缓" in words(open_page("town", {"lang": "zh", "town": town}))
    assert aside("demo", today() + timedelta(days=9)) == set(standing)
    assert aside("demo", today() + timedelta(days=10)) == frozenset()


@pytest.mark.long
def test_what_is_set_aside_on_the_page_is_chosen_no_more() -> None:
    app = open_page("actions", {"lang": "zh", "alert": RULE})
    count = sum(box.value for box in app.checkbox)
    for box in app.checkbox[2:]:
        box.uncheck()
    app.text_input(key="act_name|file_task").set_value("督办员")
    app.text_area(key=f"act_note|file_task|alert|{RULE}").set_value("等省里统一研究")
    app.text_input(key="matter_office").set_value("省特镇办").run()
    assert app.button(key=GO).label == "交办2项"
    app.button(key=ASIDE).click().run()
    assert not app.exception
    assert "2" in app.success[0].value
    assert app.button(key=GO).disabled
    assert sum(box.value for box in app.checkbox) == 0
    assert sum(box.value for box in open_page("actions", {"lang": "zh", "alert": RULE}).checkbox) == count - 2


@pytest.mark.long
def test_the_rail_does_not_call_it_none_before_anybody_looked() -> None:
    place_story()
    rail = words(open_page("cockpit", {"lang": "zh"})).partition('<div class="mrail">')
    assert "预警尚未检查" in rail[0]
    assert "—" in rail[2][:1200]
    tick("demo")
    assert "预警尚未检查" not in words(open_page("cockpit", {"lang": "zh"}))


@pytest.mark.long
def test_what_is_set_aside_tells_until_when_and_why() -> None:
    app = open_page("actions", {"lang": "zh", "alert": RULE})
    key = app.checkbox[0].key.rpartition("al_box|")[2].partition("|")[2]
    until = day_of("demo") + timedelta(days=9)
    set_aside("demo", key, until, by("督办员", "*核实*中"), day_of("demo"))
    app = open_page("actions", {"lang": "zh", "alert": RULE})
    told = next(box.label for box in app.checkbox if box.key.endswith(key))
    assert f"暂缓至{until}：\\*核实\\*中" in told
