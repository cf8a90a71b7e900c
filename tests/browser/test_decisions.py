"""Two people at two desks: one decides, the log shows it; the other, who saw the older page, is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from benchmarks.serving import Server
from tests.browser.clerking import DECISION
from tests.browser.waiting import find_accessibility_faults, wait_until_settled

TOWN = "D330881A"
RED = "D331125C"  # a control line in breach: the suggestion is to end the creation


def decide(page: Page, action: str, name: str) -> None:
    form = page.locator(".st-key-lform")
    form.get_by_label(DECISION).click()
    page.get_by_role("option", name=action).click()
    form.get_by_label("姓名（必填）").fill(name)
    form.get_by_label("职务（必填）").fill("处长")
    form.get_by_role("button", name="写入记录").click()
    wait_until_settled(page)


@pytest.mark.long
def test_a_decision_is_logged_and_the_second_person_is_told(
    open_page: Callable[..., Page], fresh_server: Callable[..., Server], tmp_path: Path
) -> None:
    home = fresh_server(COCKPIT_DECISIONS_URL=f"sqlite:///{tmp_path}/log.sqlite")
    first = open_page(f"/lists?lang=zh&town={TOWN}", at=home)
    second = open_page(f"/lists?lang=zh&town={TOWN}", at=home)
    decide(first, "验收命名", "甲")
    expect(first.locator(".lsaid.success")).to_contain_text("已写入第1号")
    expect(first.locator(".llog li")).to_have_count(1)
    expect(first.locator(".llog li")).to_contain_text("模拟")
    assert find_accessibility_faults(first) == []
    expect(first.locator(".qrow.sel .done")).to_contain_text("已记录 #1 验收命名")

    decide(second, "备注", "乙")
    expect(second.locator(".lsaid.error")).to_contain_text("处长 甲")
    expect(second.locator(".lsaid.error")).to_contain_text("验收命名")
    expect(second.locator(".st-key-lform").get_by_label("姓名（必填）")).to_have_value("乙")
    expect(second.locator(".llog li.no")).to_contain_text("同一小镇已有新决定#1")

    third = open_page(f"/lists?lang=zh&town={TOWN}", at=home)
    expect(third.locator(".llog li")).to_have_count(2)


@pytest.mark.long
def test_against_the_suggestion_the_form_asks_once_more_and_clears_after_writing(
    open_page: Callable[..., Page], fresh_server: Callable[..., Server], tmp_path: Path
) -> None:
    home = fresh_server(COCKPIT_DECISIONS_URL=f"sqlite:///{tmp_path}/log.sqlite")
    page = open_page(f"/lists?lang=zh&town={RED}", at=home)
    form = page.locator(".st-key-lform")
    decide(page, "验收命名", "甲")
    expect(page.locator(".lsaid.warning")).to_contain_text("尚未写入。系统建议“终止创建”")
    expect(page.locator(".llog li")).to_have_count(0)
    form.get_by_label("不采纳建议的理由（必填）").fill("省级部门批准整改方案")
    form.get_by_role("button", name="确认写入").click()
    wait_until_settled(page)
    expect(page.locator(".lsaid.success")).to_contain_text("已写入第1号")
    expect(page.locator(".llog .against")).to_contain_text("省级部门批准整改方案")
    expect(page.locator(".qrow.sel .against")).to_contain_text("不采纳建议 #1")
    for label, kept in (("姓名（必填）", "甲"), ("职务（必填）", "处长")):
        expect(form.get_by_label(label)).to_have_value(kept)
    expect(form.get_by_label("不采纳建议的理由（必填）")).to_have_count(0)
    expect(form.get_by_label(DECISION)).to_have_value("")


@pytest.mark.long
def test_the_button_of_a_row_brings_its_town_into_the_form_and_the_address(open_page: Callable[..., Page]) -> None:
    page = open_page("/lists?lang=zh")
    page.locator(f".st-key-q_{TOWN}").get_by_role("button", name="记录决定").click()
    wait_until_settled(page)
    assert f"town={TOWN}" in page.url
    expect(page.locator(".st-key-lform h2")).to_contain_text("江山甲茶香小镇")
    expect(page.locator(".qrow.sel")).to_contain_text("江山甲茶香小镇")


@pytest.mark.long
def test_a_phone_shows_cards_and_counts_instead_of_the_chart(open_page: Callable[..., Page]) -> None:
    page = open_page("/lists?lang=zh", width=390, height=844)
    expect(page.locator(".lyears")).to_be_visible()
    expect(page.locator(".st-key-lclockchart")).to_be_hidden()
    button = page.locator(f".st-key-q_{TOWN}").get_by_role("button", name="记录决定").bounding_box()
    assert button is not None
    assert button["height"] >= 44
