"""The pages of the three administrators: each form used once as its administrator would, and every size looked at."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from cockpit.access import accounts, audit, keys, sessions, signing_in
from tests.browser.office import ROLES, Office
from tests.browser.waiting import find_accessibility_faults, in_themes, wait_until_settled

pytestmark = pytest.mark.long  # a server with accounts each

Open = Callable[..., Page]
SYSTEM, SECURITY, AUDIT = ROLES["system_admin"], ROLES["security_admin"], ROLES["audit_admin"]


def popover(page: Page, name: str) -> Locator:
    """Open a form by its button, and return it."""
    page.get_by_role("button", name=name, exact=True).click()
    wait_until_settled(page)
    return page.get_by_test_id("stPopoverBody")


def choose(form: Locator, label: str, option: str) -> None:
    field = form.get_by_role("combobox", name=label)
    field.click()
    field.fill(option)
    form.page.get_by_role("option", name=option).first.click()


def press(form: Locator, name: str) -> None:
    form.get_by_role("button", name=name, exact=True).last.click()
    wait_until_settled(form.page)


def row(page: Page, table: str, text: str) -> Locator:
    return page.locator(f".{table} tbody tr", has_text=text)


def said(page: Page | Locator, words: str) -> None:
    expect(page.get_by_test_id("stAlert").filter(has_text=words)).to_be_visible()


def test_grants_are_given_and_taken_back(open_page: Open, office: Office) -> None:
    office.hire("deqing-01", name="示例德清")
    page = office.open(open_page, SECURITY, "/access?lang=zh", width=1366, height=768)
    assert page.locator(".aaccounts, .asessions").count() == 0
    before = page.locator(".agrants tbody tr").count()
    form = popover(page, "新授权")
    form.get_by_label("理由").fill("到岗")
    press(form, "授予")
    said(form, "请选定账号。")
    # What was filled in stays; each refusal is told in the form.
    for account, role, words in (
        ("deqing-01", "数据员", "请选定范围。"),
        (SECURITY, "查看", "请选定范围。"),
    ):
        choose(form, "账号", account)
        choose(form, "角色", role)
        press(form, "授予")
        said(form, words)
    choose(form, "范围", "湖州")
    for account, role, words in (
        (SECURITY, "查看", "不能给自己授权，也不能收回自己的授权。"),
        (AUDIT, "系统管理员", "系统管理员和审计管理员只能以全省为范围授予。"),
    ):
        choose(form, "账号", account)
        choose(form, "角色", role)
        press(form, "授予")
        said(form, words)
    assert page.locator(".agrants tbody tr").count() == before
    choose(form, "账号", "deqing-01")
    choose(form, "角色", "数据员")
    press(form, "授予")
    said(page, "已授予。")
    expect(form).to_have_count(0)
    given = row(page, "agrants", "deqing-01")
    for text in ("数据员", "湖州", "无期限", SECURITY, "有效"):
        expect(given).to_contain_text(text)
    form = popover(page, "收回")
    choose(form, "授权", "deqing-01")
    press(form, "收回")
    said(form, "请写明理由。")
    form.get_by_label("理由").fill("调离")
    press(form, "收回")
    said(page, "已收回，几秒内生效。")
    expect(row(page, "agrants", "deqing-01")).to_contain_text("已收回")
    told = [line.event for line in audit.lines(office.access, account=SECURITY)]
    assert told.count("grant.give") >= 1
    assert told.count("grant.revoke") == 1
    with page.expect_download() as taken:
        page.get_by_role("button", name="导出权限表").click()
    assert taken.value.suggested_filename == "permissions.xlsx"
    told = [line for line in audit.lines(office.access, account=SECURITY) if line.event == "export"]
    assert [(line.object, line.detail["format"]) for line in told] == [("permissions.xlsx", "xlsx")]


def test_accounts_and_sessions(open_page: Open, office: Office) -> None:
    page = office.open(open_page, SYSTEM, "/access?lang=zh", width=1366, height=768)
    assert page.locator(".agrants").count() == 0
    secret = page.get_by_test_id("stCode")

    form = popover(page, "新账号")
    form.get_by_label("账号").fill("anji-01")
    press(form, "新账号")
    said(form, "请写明姓名。")
    form.get_by_label("姓名").fill("示例安吉")
    form.get_by_label("单位").fill("安吉县特镇办")
    press(form, "新账号")
    said(page, "账号anji-01已建立。")
    first = secret.inner_text().strip()
    assert signing_in.sign_in(office.access, "anji-01", first, "127.0.0.1", "test").step == "change"
    expect(row(page, "aaccounts", "anji-01")).to_contain_text("待首次修改")

    def change(button: str) -> None:
        form = popover(page, "改账号")
        choose(form, "账号", "anji-01")
        wait_until_settled(page)
        press(form, button)
        said(page, "账号anji-01已更改，其会话已结束。")

    change("重置密码")
    assert secret.inner_text().strip() not in ("", first)
    change("启用动态码")
    assert secret.inner_text().startswith("otpauth://totp/")
    expect(row(page, "aaccounts", "anji-01")).to_contain_text("已启用")
    change("停用动态码")
    # A secret is shown once: with the next act it is gone, and nothing brings it back.
    expect(secret).to_have_count(0)
    change("停用账号")
    expect(row(page, "aaccounts", "anji-01")).to_contain_text("已停用")
    change("恢复账号")
    found = accounts.find(office.access, "anji-01")
    assert found is not None
    assert found.is_active

    office.session("anji-01")
    page.reload()
    wait_until_settled(page)
    assert secret.count() == 0
    form = popover(page, "结束会话")
    choose(form, "会话", "anji-01")
    wait_until_settled(page)
    press(form, "结束会话")
    said(page, "会话已结束。")
    assert sessions.of_account(office.access, "anji-01") == ()
    expect(row(page, "asessions", SYSTEM).filter(has_text="当前")).to_have_count(1)
    # What gives a role is the security administrator's.
    assert page.get_by_role("button", name="新密钥").count() == 0
    assert first not in repr(audit.lines(office.access, most=10_000))


def test_keys_are_given_like_roles_and_their_secret_is_shown_once(open_page: Open, office: Office) -> None:
    page = office.open(open_page, SECURITY, "/access?lang=zh", width=1366, height=768)
    secret = page.get_by_test_id("stCode")
    form = popover(page, "新密钥")
    press(form, "新密钥")
    said(form, "请写明密钥用在哪里。")
    form.get_by_label("用在").fill("安吉大厅")
    press(form, "新密钥")
    said(page, "密钥已签发。")
    written = secret.inner_text().strip()
    person = keys.person_of(office.access, written, "device")
    assert person is not None
    name = written.partition(".")[0]
    expect(row(page, "akeys", name)).to_contain_text("安吉大厅")
    form = popover(page, "收回密钥")
    choose(form, "密钥", name)
    wait_until_settled(page)
    press(form, "收回密钥")
    said(page, "密钥已收回。")
    assert keys.person_of(office.access, written, "device") is None
    # Nowhere on the page, and on no line of the record, does the secret stand again.
    assert written.partition(".")[2] not in page.content()
    assert written.partition(".")[2] not in repr(audit.lines(office.access, most=10_000))


def test_the_record_is_filtered_verified_and_taken_along(open_page: Open, office: Office) -> None:
    office.hire("linan-01", "viewer")
    with pytest.raises(signing_in.SignInRefused):
        signing_in.sign_in(office.access, "linan-01", "wrong", "127.0.0.1", "test")
    page = office.open(open_page, AUDIT, "/audit?lang=zh", width=1366, height=768)
    page.get_by_label("账号").fill("linan-01")
    page.get_by_label("账号").press("Enter")
    wait_until_settled(page)
    choose(page.locator(".stMain"), "结果", "失败")
    wait_until_settled(page)
    found = page.locator(".alines tbody tr")
    expect(found).to_have_count(1)
    expect(found).to_contain_text("密码错误")
    page.get_by_role("button", name="校验链").click()
    wait_until_settled(page)
    said(page, "链完整。")
    with page.expect_download() as taken:
        page.get_by_role("button", name="导出 CSV").click()
    text = taken.value.path().read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(item["account"], item["outcome"]) for item in rows] == [("linan-01", "failed")]
    told = [line for line in audit.lines(office.access, account=AUDIT) if line.event == "audit.export"]
    assert (told[0].detail["rows"], told[0].detail["format"]) == (1, "csv")
    assert {line.event for line in audit.lines(office.access, account=AUDIT)} >= {"audit.read", "audit.verify"}


@pytest.mark.parametrize("role", ["viewer", "leader", "clerk", "publisher", "system_admin", "audit_admin"])
def test_a_page_that_is_not_his_is_told_in_words(open_page: Open, office: Office, role: str) -> None:
    other = "/audit" if role == "system_admin" else "/access"
    page = office.open(open_page, ROLES[role], f"{other}?lang=zh")
    expect(page.get_by_text("您的角色不能打开这一页")).to_be_visible()
    assert page.locator(".atab, .amatrix").count() == 0
    if role in ("system_admin", "audit_admin"):  # no figures for who administers
        page.goto(f"{office.server.url}/towns?lang=zh")
        wait_until_settled(page)
        expect(page.get_by_text("您的角色不能打开这一页")).to_be_visible()


LOOKS = [
    pytest.param(account, path, language, marks=() if (account, language) == (SYSTEM, "zh") else pytest.mark.long)
    for account, path in ((SYSTEM, "/access"), (SECURITY, "/access"), (AUDIT, "/audit"))
    for language in ("zh", "en")
]
SIZES = ((1366, 768), (1920, 1080), (390, 844))
FORMS = {"zh": ("新授权", "新账号", "新密钥"), "en": ("New grant", "New account", "New key")}


@pytest.mark.parametrize(("account", "path", "language"), LOOKS)
def test_the_pages_are_quiet_and_accessible(
    open_page: Open, office: Office, account: str, path: str, language: str
) -> None:
    page = office.open(open_page, account, f"{path}?lang={language}")
    found: dict[str, object] = {}
    for place in in_themes(page, SIZES):
        found[place] = find_accessibility_faults(page)
        width = page.viewport_size["width"] if page.viewport_size else 0
        assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= width
        if path == "/access":  # every role is in view, also on a phone
            held = page.locator(".ascroll:has(.amatrix)")
            assert held.evaluate("(box) => box.scrollWidth - box.clientWidth") <= 1
        for name in FORMS[language] if width != SIZES[1][0] else ():
            if page.get_by_role("button", name=name, exact=True).count():
                popover(page, name)
                found[f"{place} {name}"] = find_accessibility_faults(page)
                page.keyboard.press("Escape")
                wait_until_settled(page)
    assert {place: faults for place, faults in found.items() if faults} == {}
