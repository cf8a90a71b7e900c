"""The way in and out, in a browser: refused, let in step by step, locked out, signed out; with a mouse, by keyboard
alone and without script. Where the reader wanted to go is kept through every step."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from unittest.mock import patch
from urllib.parse import parse_qs, quote, urlsplit

import pyotp
import pytest
import sqlalchemy as sa
from playwright.sync_api import Page, expect

from cockpit.access import accounts
from cockpit.access.recording import shell_person
from cockpit.access.tables import ACCOUNTS, SESSIONS
from cockpit.service.entrance import COOKIE
from tests.browser.office import PASSWORD, Office, settings
from tests.browser.waiting import find_accessibility_faults, wait_until_settled

Open = Callable[..., Page]
DEEP = "/lists?lang=zh&prefecture=330100&class=finance"
NEW = "Moganshan-1250-zx"
MOST_BYTES = 20_000
ALERT = '[role="alert"]'


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id"))


def give(page: Page, **fields: str) -> None:
    """Fill a form by its fields' names and send it."""
    for name, text in fields.items():
        page.fill(f"#{name}", text)
    page.click("main button[type=submit]")


def asked_for(page: Page) -> tuple[str, dict[str, list[str]]]:
    parts = urlsplit(page.url)
    return parts.path, {name: parse_qs(parts.query).get(name, []) for name in ("lang", "prefecture", "class")}


WANTED = ("/lists", {"lang": ["zh"], "prefecture": ["330100"], "class": ["finance"]})


@pytest.mark.long
def test_a_wrong_password_is_told_beside_its_field_and_costs_no_link(open_page: Open, office: Office) -> None:
    office.hire("xiaoshan-07", "viewer")
    page = open_page("", width=1366, height=768, quiet=False)
    page.goto(office.server.url + DEEP)
    assert focused(page) == "account"
    told = {}
    for account in ("xiaoshan-07", "nobody-here"):
        give(page, account=account, password="wrong")
        told[account] = page.inner_text(ALERT)
        field = page.locator("#password")
        expect(field).to_have_attribute("aria-invalid", "true")
        expect(field).to_have_attribute("aria-describedby", page.locator(ALERT).get_attribute("id") or "")
        assert (focused(page), field.input_value()) == ("password", "")
        assert page.input_value("#account") == account
        assert page.get_by_text("登录后打开").inner_text() == "登录后打开：清单管理"
    # Nobody learns from it which accounts there are.
    assert told["xiaoshan-07"] == told["nobody-here"] == "账号或密码不对。还可试4次，连错5次锁15分钟。"
    give(page, account="xiaoshan-07", password=PASSWORD)
    wait_until_settled(page)
    assert asked_for(page) == WANTED
    expect(page.locator(".st-key-filters")).to_contain_text("杭州")


@pytest.fixture
def newcomer(office: Office) -> Iterator[tuple[str, pyotp.TOTP]]:
    """An account with a first password and a second factor: (first password, its codes)."""
    name = "lanxi-01"
    first = office.hire(name, "viewer", first=True)
    with patch.dict(os.environ, settings(office.folder)):  # sealed with the key the app opens it with
        uri = accounts.reset_totp(office.access, name, shell_person(), is_wanted=True)
    yield first, pyotp.TOTP(parse_qs(urlsplit(uri).query)["secret"][0])
    with office.access.database.connection(writes=True) as connection:
        connection.execute(sa.delete(ACCOUNTS).where(ACCOUNTS.c.id == name))


def walk_in(page: Page, office: Office, first: str, codes: pyotp.TOTP, send: Callable[..., None]) -> None:
    """First sign-in with a second factor: password, a wrong code, the code, two passwords that will not do, a new one.

    `send` fills a form and sends it.
    """

    def at(path: str) -> None:
        assert urlsplit(page.url).path == f"/signin{path}"
        expect(page.locator(".going")).to_contain_text("登录后打开：清单管理")

    page.goto(office.server.url + DEEP)
    at("")
    send(page, account="lanxi-01", password=first)
    at("/code")
    expect(page.locator(".going")).to_contain_text("lanxi-01")
    assert focused(page) == "code"
    good = codes.now()
    send(page, code=f"{(int(good) + 1) % 1_000_000:06d}")
    expect(page.locator(ALERT)).to_contain_text("动态码")
    at("/code")
    send(page, code=codes.now())
    at("/password")
    send(page, password=first, new=NEW, again=NEW + "x")
    expect(page.locator(ALERT)).to_have_text("两次输入的新密码不一致。")
    assert focused(page) == "again"
    at("/password")
    send(page, password=first, new="short", again="short")
    expect(page.locator(ALERT)).to_have_text("密码至少10位。")
    assert focused(page) == "new"
    at("/password")
    send(page, password=first, new=NEW, again=NEW)


def by_keyboard(page: Page, **fields: str) -> None:
    """As a reader without a mouse: from where the page put him, by Tab alone, sent by Enter."""
    for name, text in fields.items():
        while focused(page) != name:  # a fault put him at the field it is about
            page.keyboard.press("Shift+Tab" if name == next(iter(fields)) else "Tab")
            assert focused(page) in fields
        page.keyboard.type(text)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_the_whole_way_in_by_keyboard_keeps_the_link(
    open_page: Open, office: Office, newcomer: tuple[str, pyotp.TOTP]
) -> None:
    page = open_page("", quiet=False)
    walk_in(page, office, *newcomer, by_keyboard)
    wait_until_settled(page)
    assert asked_for(page) == WANTED
    expect(page.get_by_role("button", name="示例甲")).to_be_visible()
    # The half session of the way in, and the one that asked for a new password, are over.
    query = sa.select(sa.func.count()).where(SESSIONS.c.account == "lanxi-01", SESSIONS.c.ended_at.is_(None))
    with office.access.database.connection() as connection:
        assert connection.execute(query).scalar_one() == 1


@pytest.mark.long
def test_the_whole_way_in_needs_no_script(open_page: Open, office: Office, newcomer: tuple[str, pyotp.TOTP]) -> None:
    page = open_page("", quiet=False, java_script_enabled=False)
    # Where the focus is cannot be asked of a page without script; that it is set, the other walks see.
    page.goto(office.server.url + DEEP)
    first, codes = newcomer
    give(page, account="lanxi-01", password="wrong")
    assert "不对" in page.inner_text(ALERT)
    give(page, account="lanxi-01", password=first)
    give(page, code=codes.now())
    give(page, password=first, new=NEW, again=NEW)
    assert asked_for(page) == WANTED
    assert page.context.cookies()[0]["httpOnly"]


@pytest.mark.long
def test_five_wrong_passwords_lock_the_account_also_one_there_is_not(open_page: Open, office: Office) -> None:
    office.hire("jiashan-02", "viewer")
    page = open_page("", quiet=False)
    for account in ("jiashan-02", "nobody-at-all"):
        page.goto(f"{office.server.url}/signin?next={quote(DEEP)}")
        for left in (4, 3, 2, 1):
            give(page, account=account, password="wrong")
            expect(page.locator(ALERT)).to_contain_text(f"还可试{left}次")
        give(page, account=account, password="wrong")
        expect(page.locator(ALERT)).to_contain_text("已锁定")
    page.goto(f"{office.server.url}/signin?next={quote(DEEP)}")
    give(page, account="jiashan-02", password=PASSWORD)
    expect(page.locator(ALERT)).to_have_text("连续输错，已锁定。请15分钟后再试，或请管理员重置密码。")
    assert not page.context.cookies()
    # The administrator's reset lifts it.
    first = accounts.reset_password(office.access, "jiashan-02", shell_person())
    give(page, account="jiashan-02", password=first)
    assert urlsplit(page.url).path == "/signin/password"


@pytest.mark.long
def test_signing_out_ends_the_session_and_what_was_copied_of_it(open_page: Open, office: Office) -> None:
    page = open_page("")
    token = office.enter(page, "sheng-kan-01")
    page.goto(f"{office.server.url}/?lang=zh")
    wait_until_settled(page)
    page.get_by_role("button", name="示例查看").click()
    wait_until_settled(page)
    expect(page.locator(".mewho")).to_contain_text("sheng-kan-01")
    expect(page.locator(".mewho")).to_contain_text("授权范围：全省")
    with page.expect_navigation(url="**/signin*"):
        page.locator("[data-leave]").click()
    expect(page.get_by_role("status")).to_have_text("已退出。")
    assert COOKIE not in {cookie["name"] for cookie in page.context.cookies()}
    page.reload()
    expect(page.get_by_role("status")).to_have_text("已退出。")
    thief = open_page("")
    thief.context.add_cookies([{"name": COOKIE, "value": token, "url": office.server.url}])
    thief.goto(f"{office.server.url}/chain?lang=zh")
    assert urlsplit(thief.url).path == "/signin"


def steps(office: Office) -> dict[str, Callable[[Page], None]]:
    """How each face of the way in is reached."""
    home = office.server.url

    def half(page: Page, way: str) -> None:
        token = office.session("sheng-kan-01", way)  # type: ignore[arg-type]
        page.context.add_cookies([{"name": COOKIE, "value": token, "url": home}])

    def goto(page: Page, path: str, language: str) -> None:
        page.goto(f"{home}/signin{path}?next={quote(DEEP)}&lang={language}")

    def step(path: str, way: str = "", **wrong: str) -> Callable[..., None]:
        def reach(page: Page, language: str) -> None:
            if way:
                half(page, way)
            goto(page, path, language)
            if wrong:
                give(page, **wrong)
                page.wait_for_selector(ALERT)

        return reach

    return {
        "password": step("", account="who-01", password="wrong"),
        "code": step("/code", "half"),
        "change": step("/password", "change", password="a", new="b", again="c"),
        "device": step("/device", key="k0.wrong"),
    }


FACES = [
    pytest.param(step, language, marks=() if (step, language) == ("password", "zh") else pytest.mark.long)
    for step in ("password", "code", "change", "device")
    for language in ("zh", "en")
]
GROUND = {"light": "rgb(247, 248, 245)", "dark": "rgb(14, 26, 31)"}


@pytest.mark.parametrize(("step", "language"), FACES)
def test_every_face_of_the_way_in_is_light_and_accessible(
    open_page: Open, office: Office, step: str, language: str
) -> None:
    sizes: list[int] = []
    page = open_page("", quiet=False)
    page.on("response", lambda answer: sizes.append(len(answer.body())) if answer.status != 303 else None)
    steps(office)[step](page, language)
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN" if language == "zh" else "en")
    for theme, ground in GROUND.items():
        page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
        for width, height in ((1366, 768), (390, 844)):
            page.set_viewport_size({"width": width, "height": height})
            assert find_accessibility_faults(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert page.evaluate("getComputedStyle(document.body).backgroundColor") == ground
            # The foot stands at the foot, however short the page.
            foot = page.locator("footer").evaluate("(foot) => foot.getBoundingClientRect().bottom + scrollY")
            assert foot > height - 60
    assert page.locator("script").count() == 0
    assert sizes
    assert max(sizes) < MOST_BYTES
    if language == "en":
        assert not any("一" <= sign <= "鿿" for sign in page.inner_text("main"))


def test_sign_in_answers_at_once(open_page: Open, office: Office) -> None:
    """The page of the way in waits for nothing: it is one answer, and the next is not a second away."""
    page = open_page("")
    page.goto(f"{office.server.url}/signin")
    began = time.monotonic()
    page.goto(f"{office.server.url}/signin?lang=en")
    assert time.monotonic() - began < 2
    assert page.evaluate("performance.getEntriesByType('resource').length") == 0
