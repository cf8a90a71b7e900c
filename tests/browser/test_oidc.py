"""Signing in by a real provider of identities on this machine, started and ended here: the code flow in a browser.

Its page asks an outside host for a style sheet, which leads nowhere; ours is looked at for refusals of its own policy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from playwright.sync_api import Page, expect

from benchmarks.serving import Server
from cockpit.access import accounts, audit, grants
from cockpit.access.recording import shell_person
from cockpit.service.entrance import COOKIE
from tests.browser.office import Office, customized, settings, staffed
from tests.browser.waiting import find_accessibility_faults, wait_until_settled

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:authlib.*")

Open = Callable[..., Page]
DEEP = "/lists?lang=zh&prefecture=330100"
GROUPS = """
[group.fuyang]
name = "fy-tsxz"
role = "clerk"
scope = "330111"

[group.province]
name = "sheng-tsxz"
role = "viewer"
scope = "330000"
"""


@pytest.fixture
def issuer() -> Iterator[str]:
    """The provider's address; its name must be this one, for its tokens say so."""
    mock = pytest.importorskip("oidc_provider_mock")
    with mock.run_server_in_thread(require_nonce=True) as provider:
        yield f"http://localhost:{provider.server_port}"


@pytest.fixture
def served(fresh_server: Callable[..., Server], issuer: str, tmp_path: Path) -> Office:
    environment = settings(
        tmp_path,
        "oidc",
        COCKPIT_OIDC_ISSUER=issuer,
        COCKPIT_OIDC_CLIENT_ID="cockpit",
        COCKPIT_OIDC_CLIENT_SECRET="s" * 32,
    )
    access = staffed(tmp_path)
    return Office(fresh_server(**environment, **customized(tmp_path, GROUPS)), access, tmp_path)


def register(issuer: str, subject: str, **claims: Any) -> None:
    """Make the provider know somebody, with what it says of him."""
    httpx.put(f"{issuer}/users/{subject}", json=claims).raise_for_status()


def come_in(page: Page, office: Office, subject: str) -> list[str]:
    """From a deep link to the provider and back; returns the addresses the browser asked for."""
    seen: list[str] = []
    page.on("request", lambda asked: seen.append(asked.url) if asked.is_navigation_request() else None)
    page.goto(office.server.url + DEEP)
    page.get_by_role("link", name="统一身份认证登录").click()
    page.fill("input[name=sub]", subject)
    page.get_by_role("button", name="Authorize").click()
    page.wait_for_url(f"{office.server.url}/**")
    return seen


def roles(office: Office, account: str) -> set[tuple[str, str]]:
    today = office.access.today()
    return {
        (grant.role, str(grant.scope))
        for grant in grants.of_account(office.access, account)
        if grant.state(today) == "valid"
    }


def refused(page: Page, words: str) -> None:
    expect(page.get_by_role("alert")).to_contain_text(words)
    assert COOKIE not in {cookie["name"] for cookie in page.context.cookies()}


@pytest.mark.long
def test_in_by_the_provider_and_out_again(open_page: Open, served: Office, issuer: str) -> None:
    register(issuer, "u-1001", preferred_username="fy-zhang", name="张三", groups=["fy-tsxz", "others"])
    page = open_page("", quiet=False)
    refusals: list[str] = []
    page.on("console", lambda said: refusals.append(said.text) if "Security Policy" in said.text else None)
    page.goto(f"{served.server.url}/signin?next=%2Flists")
    assert find_accessibility_faults(page) == []
    seen = come_in(page, served, "u-1001")
    wait_until_settled(page)
    assert refusals == []
    # Back at the link, with its filter; the provider was asked with a proof that only this browser's answer will do.
    parts = urlsplit(page.url)
    assert (parts.path, parse_qs(parts.query)["prefecture"]) == ("/lists", ["330100"])
    asked = parse_qs(urlsplit(next(url for url in seen if url.startswith(f"{issuer}/oauth2/authorize"))).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert {"state", "nonce", "code_challenge"} <= set(asked)
    # The group stands for a grant, and no other group for any.
    found = accounts.find(served.access, "fy-zhang")
    assert found is not None
    assert (found.name, found.source) == ("张三", "oidc")
    assert roles(served, "fy-zhang") == {("clerk", "330111")}
    page.get_by_role("button", name="张三").click()
    expect(page.locator(".mewho")).to_contain_text("数据员")
    expect(page.locator(".mewho")).to_contain_text("富阳区")

    # The answer counts once: again in the same browser, in another one, and its code with a question of another's.
    back = next(url for url in seen if "/signin/back" in url)
    with page.expect_navigation(url="**/signin?out=1"):
        page.locator("[data-leave]").click()
    page.goto(back)
    refused(page, "统一身份认证没有完成")
    thief = open_page("", quiet=False)
    thief.goto(back)
    refused(thief, "统一身份认证没有完成")
    thief.goto(f"{served.server.url}/signin/provider?next=%2Flists")
    state = parse_qs(urlsplit(thief.url).query)["state"][0]
    code = parse_qs(urlsplit(back).query)["code"][0]
    thief.goto(f"{served.server.url}/signin/back?code={code}&state={state}")
    refused(thief, "统一身份认证没有完成")
    thief.goto(f"{served.server.url}/chain")
    assert urlsplit(thief.url).path == "/signin"

    # Another group next time: the grants follow.
    register(issuer, "u-1001", preferred_username="fy-zhang", name="张三", groups="sheng-tsxz")
    come_in(page, served, "u-1001")
    wait_until_settled(page)
    assert roles(served, "fy-zhang") == {("viewer", "330000")}
    told = [line for line in audit.lines(served.access, account="fy-zhang") if line.event == "sign_in"]
    assert {line.outcome for line in told} == {"ok"}
    assert audit.verify(served.access).broken_at == 0


@pytest.mark.long
def test_who_has_no_account_and_who_says_no(open_page: Open, served: Office, issuer: str) -> None:
    register(issuer, "u-2002", preferred_username="stranger", name="李四", groups=["others"])
    page = open_page("", quiet=False)
    come_in(page, served, "u-2002")
    refused(page, "这个账号在本系统没有开通，请联系管理员。")
    assert find_accessibility_faults(page) == []
    assert accounts.find(served.access, "stranger") is None
    # An account of ours by the same name is not the provider's to give rights to; disabled, it is shut for him as well.
    served.hire("wang-wu", "leader", source="oidc")
    accounts.set_active(served.access, "wang-wu", False, shell_person())
    register(issuer, "u-3003", preferred_username="wang-wu", name="王五", groups=["sheng-tsxz"])
    come_in(page, served, "u-3003")
    refused(page, "这个账号在本系统没有开通，请联系管理员。")
    page.goto(f"{served.server.url}/signin/provider?next=%2Flists")
    page.get_by_role("button", name="Deny").click()
    refused(page, "统一身份认证没有完成")
