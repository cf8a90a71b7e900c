"""From a clerk's workbook to every screen and back: template, findings, publish, the other session, roll back."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from benchmarks.serving import Server
from tests.browser.clerking import take_workbook, type_into, upload
from tests.browser.waiting import wait_until_settled

Open = Callable[..., Page]
TOWN = "D330102A"
CELL = "F4"
# A session is told within this many seconds, seen from the moment the publisher's page says it is done.
LIVE_S = 5.0


@pytest.fixture
def desk(fresh_server: Callable[..., Server], tmp_path: Path) -> Server:
    return fresh_server(COCKPIT_DATA_DIR=str(tmp_path))


def total_output(page: Page) -> str:
    return page.locator(".heroes .hero .val").first.inner_text()


@pytest.mark.long
def test_the_whole_path_from_template_to_cockpit_and_back(open_page: Open, desk: Server) -> None:
    watcher = open_page("/?lang=zh&prefecture=330100", at=desk)
    before = total_output(watcher)
    page = open_page("/data?lang=zh&for=2025&area=330100", at=desk)
    book = take_workbook(page)
    sheet = book["指标"]
    assert (sheet["A4"].value, sheet["F1"].value) == (TOWN, "总产出")
    sheet["F4"] = "约一千三百亿"
    upload(page, book)
    row = page.locator(".dfind tbody tr", has_text="约一千三百亿")
    expect(row).to_contain_text("错误")
    expect(row).to_contain_text(CELL)
    expect(page.get_by_role("button", name="送交审核")).to_have_count(0)
    assert take_workbook(page, "下载带批注的工作簿")["指标"][CELL].comment is not None

    page.reload()
    wait_until_settled(page)
    sheet["F4"] = sheet["G4"].value * 1.3
    upload(page, book)
    page.get_by_role("button", name="送交审核").click()
    expect(page.locator(".dsaid")).to_contain_text("“报送人”没有填写")
    type_into(page, "报送人", "张三")
    page.get_by_role("button", name="送交审核").click()
    expect(page.locator(".dsaid.success")).to_contain_text("已收到")
    wait_until_settled(page)
    expect(page.locator(".st-key-dreview")).to_contain_text(CELL)
    expect(page.locator(".st-key-dreview")).to_contain_text("总产出")

    type_into(page, "审核人", "李四")
    page.get_by_role("button", name="发布为新版本").click()
    expect(page.locator(".dsaid.warning")).to_contain_text("“版本说明，或退回原因”没有填写")
    wait_until_settled(page)
    expect(page.get_by_label("审核人")).to_have_value("李四")
    type_into(page, "版本说明", "上城区2025年更正")
    page.get_by_role("button", name="发布为新版本").click()
    expect(page.locator(".dsaid.success")).to_contain_text("第4版已发布", timeout=30_000)

    # The other session follows by itself, with its filter.
    published = time.monotonic()
    expect(watcher.locator(".st-key-badge_demo")).to_contain_text("第4版", timeout=LIVE_S * 1000)
    assert time.monotonic() - published < LIVE_S
    expect(watcher.get_by_test_id("stToast")).to_contain_text("第4版")
    wait_until_settled(watcher)
    assert "prefecture=330100" in watcher.url
    assert total_output(watcher) != before

    trace = open_page(f"/data?lang=zh&part=trace&town={TOWN}&figure=total_output_yuan", at=desk)
    for text in ("上城区2025.xlsx", "指标", CELL, "张三"):
        expect(trace.locator(".dtrace")).to_contain_text(text)

    wait_until_settled(page)
    page.get_by_text("版本", exact=True).click()
    page.get_by_role("button", name="回到此版").first.click()  # the one before
    wait_until_settled(page)
    type_into(page, "操作人", "李四")
    type_into(page, "原因", "数字有误")
    page.get_by_role("button", name=re.compile("确认回到第3版")).click()
    expect(page.locator(".dsaid.success")).to_contain_text("现行版本已回到第3版")
    expect(page.locator("ol.dlog li")).to_have_count(2)
    expect(watcher.locator(".st-key-badge_demo")).to_contain_text("第3版", timeout=LIVE_S * 1000)
    wait_until_settled(watcher)
    assert total_output(watcher) == before


@pytest.mark.long
def test_a_pinned_page_keeps_its_figures_and_says_at_once_that_they_are_old(open_page: Open, desk: Server) -> None:
    pinned = open_page("/?lang=zh&version=v0003", at=desk)
    page = open_page("/data?lang=zh&for=2025&area=330100", at=desk)
    book = take_workbook(page)
    book["指标"]["F4"] = book["指标"]["G4"].value * 1.3
    upload(page, book)
    type_into(page, "报送人", "张三")
    page.get_by_role("button", name="送交审核").click()
    expect(page.locator(".dsaid.success")).to_contain_text("已收到")
    wait_until_settled(page)
    type_into(page, "审核人", "李四")
    type_into(page, "版本说明", "更正")
    page.get_by_role("button", name="发布为新版本").click()
    expect(page.locator(".st-key-badge_demo")).to_contain_text("第4版")
    expect(pinned.get_by_test_id("stAlert")).to_contain_text("旧版本", timeout=LIVE_S * 1000)
    expect(pinned.locator(".st-key-badge_demo")).to_contain_text("第3版")
    wait_until_settled(pinned)
    # One click from a figure to where it comes from: of this version, not of the newer one.
    pinned.locator(".hero .src").first.click()
    drawer = pinned.get_by_role("dialog")
    expect(drawer).to_contain_text("第3版")
    expect(drawer).to_contain_text("随版本提供")
    assert "source=target" in pinned.url
    pinned.keyboard.press("Escape")
    expect(drawer).to_have_count(0)
    expect(pinned).not_to_have_url(re.compile("source="))
