"""The forms of the app for who signed in: nobody types a name, nobody publishes his own, and what one may not do is
closed and says why."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from benchmarks.serving import Server
from cockpit.access import audit
from tests.browser.clerking import DECISION, take_workbook, type_into, upload
from tests.browser.office import ROLES, Office, settings, staffed
from tests.browser.waiting import find_accessibility_faults, wait_until_settled

pytestmark = pytest.mark.long  # a server with accounts each

Open = Callable[..., Page]
TOWN = "D330881A"


@pytest.fixture
def desk(fresh_server: Callable[..., Server], tmp_path: Path) -> Office:
    """An office of its own: what is published here is nobody else's."""
    access = staffed(tmp_path)
    return Office(fresh_server(**settings(tmp_path)), access, tmp_path)


def test_who_handed_in_does_not_publish_and_another_does(open_page: Open, desk: Office) -> None:
    desk.hire("both-01", "clerk", name="示例双职")
    desk.grant("both-01", "publisher")
    page = desk.open(open_page, "both-01", "/data?lang=zh&for=2025&area=330100", width=1366, height=768)
    book = take_workbook(page)
    sheet = book["指标"]
    sheet["F4"] = sheet["G4"].value * 1.3
    upload(page, book)
    expect(page.locator(".st-key-dsubmit .actas")).to_contain_text("报送人 示例双职（both-01） 省特镇办")
    assert page.get_by_label("报送人").count() == 0
    page.get_by_role("button", name="送交审核").click()
    expect(page.locator(".dsaid.success")).to_contain_text("已收到")
    wait_until_settled(page)
    assert page.get_by_label("审核人").count() == 0
    type_into(page, "版本说明", "自己发布")
    page.get_by_role("button", name="发布为新版本").click()
    expect(page.locator(".dsaid").first).to_contain_text("自己报送的不能由自己发布或退回，请另一位审核人处理。")
    wait_until_settled(page)
    assert find_accessibility_faults(page) == []

    other = desk.open(open_page, ROLES["publisher"], "/data?lang=zh&part=review", width=1366, height=768)
    expect(other.locator(".actas")).to_contain_text("审核人 示例审核（sheng-fb-01）")
    type_into(other, "版本说明", "上城区更正")
    other.get_by_role("button", name="发布为新版本").click()
    expect(other.locator(".dsaid.success")).to_contain_text("第4版已发布")
    told = {(line.account, line.event, line.outcome) for line in audit.lines(desk.access)}
    assert {
        ("both-01", "submit", "ok"),
        ("both-01", "publish", "refused"),
        ("sheng-fb-01", "publish", "ok"),
    } <= told


def test_a_leader_decides_as_himself(open_page: Open, desk: Office) -> None:
    page = desk.open(open_page, ROLES["leader"], f"/lists?lang=zh&town={TOWN}")
    form = page.locator(".st-key-lform")
    expect(form.locator(".actas")).to_contain_text("姓名 示例领导（sheng-ld-01） 省特镇办")
    assert form.get_by_label("姓名").count() + form.get_by_label("职务").count() == 0
    form.get_by_label(DECISION).click()
    page.get_by_role("option", name="验收命名").click()
    form.get_by_role("button", name="写入记录").click()
    expect(page.locator(".lsaid.success")).to_contain_text("已写入第1号")
    expect(page.locator(".llog li")).to_contain_text("示例领导（sheng-ld-01）")


def closed(page: Page, name: str) -> None:
    """Every button of that name is there and cannot be pressed."""
    buttons = page.get_by_role("button", name=name)
    assert buttons.count() > 0, name
    for button in buttons.all():
        expect(button).to_be_disabled()


def test_a_viewer_finds_every_way_out_and_in_closed(open_page: Open, office: Office) -> None:
    page = office.open(open_page, ROLES["viewer"], "/towns?lang=zh", width=1366, height=768)
    for name in ("Excel", "CSV", "汇报包"):
        closed(page, name)
    page.goto(f"{office.server.url}/lists?lang=zh&town={TOWN}")
    wait_until_settled(page)
    form = page.locator(".st-key-lform")
    expect(form).to_contain_text("您没有这项权限，请联系安全管理员。")
    for name in ("写入记录", "下载"):
        closed(page, name)
    page.goto(f"{office.server.url}/data?lang=zh&for=2025&area=330100")
    wait_until_settled(page)
    closed(page, "下载模板")
    # What is closed can still be read.
    label = page.get_by_role("button", name="下载模板").locator("p")
    ink, ground = label.evaluate(
        "(text) => [getComputedStyle(text).color, getComputedStyle(text.closest('button')).backgroundColor]"
    )
    assert ink != ground
    assert ink != "rgb(255, 255, 255)"
    expect(page.locator('input[type="file"]')).to_be_disabled()
    expect(page.locator(".st-key-dupload")).to_contain_text("您没有这项权限")
    assert page.get_by_role("button", name="送交审核").count() == 0
    page.goto(f"{office.server.url}/data?lang=zh&part=review")
    wait_until_settled(page)
    assert page.get_by_role("button", name="发布为新版本").count() == 0
    assert find_accessibility_faults(page) == []


def test_what_a_clerk_hands_in_as_evidence_is_there_for_who_verifies(open_page: Open, desk: Office) -> None:
    """Handed out by one, answered with a file by another, verified with the file in hand by the first."""
    asked = "/actions?lang=zh&alert=norms|D330111D|area"
    page = desk.open(open_page, ROLES["supervisor"], asked, width=1366, height=768)
    expect(page.get_by_role("button", name="交办1项")).to_be_enabled()
    page.get_by_role("button", name="交办1项").click()
    expect(page.get_by_role("button", name="先勾选对象")).to_be_disabled()
    expect(page.get_by_text("已交办1项：DB-")).to_be_visible()
    name = page.get_by_text("已交办1项：DB-").inner_text().partition("：")[2].strip()
    assert page.locator(".st-key-mobjects input:checked").count() == 0, "what is in hand is chosen no more"

    clerk = desk.open(open_page, ROLES["clerk"], f"/actions?lang=zh&matter={name}", width=1366, height=768)
    expect(clerk.locator(".mhead")).to_contain_text("模拟")
    clerk.get_by_role("button", name="签收").click()
    expect(clerk.get_by_text("已记录“签收”")).to_be_visible()
    wait_until_settled(clerk)
    content = b"%PDF-1.4 evidence"
    sent = {"name": "整改.pdf", "mimeType": "application/pdf", "buffer": content}
    clerk.set_input_files('input[type="file"]', [sent])
    expect(clerk.get_by_text("整改.pdf")).to_be_visible()
    wait_until_settled(clerk)
    type_into(clerk, "进展或理由（可不填）", "已整改")
    clerk.get_by_role("button", name="申请销号").click()
    expect(clerk.get_by_text("已记录“申请销号”")).to_be_visible()
    expect(clerk.get_by_role("button", name="整改.pdf")).to_be_visible()

    page = desk.open(open_page, ROLES["supervisor"], f"/actions?lang=zh&matter={name}", width=1366, height=768)
    with page.expect_download() as download:
        page.get_by_role("button", name="整改.pdf").click()
    assert download.value.path().read_bytes() == content
    page.get_by_role("button", name="核验通过并销号").click()
    expect(page.get_by_text("已记录“核验销号”")).to_be_visible()
