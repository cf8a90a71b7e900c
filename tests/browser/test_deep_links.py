"""Every page's path as the very first request of a server nobody has visited: the whole shell must be there."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from benchmarks.serving import Server

PATHS = {
    "/": "驾驶舱", "/targets": "目标", "/chain": "产业链全景", "/map": "一图", "/vitality": "活力指数",
    "/per-mu": "亩均效益", "/lists": "清单管理", "/actions": "督办", "/towns": "小镇", "/town": "小镇码",
    "/plan": "规划", "/elements": "要素", "/cases": "案例", "/data": "数据", "/basis": "依据",
}  # fmt: skip
# In `local` mode there are no accounts: these pages have an address, say why they are empty, and stand in no menu.
FOR_ADMINISTRATORS = {"/access": "账户与授权", "/audit": "审计"}
UNRULED = ("/data", "/basis", "/actions", "/plan")  # filters have no say there


@pytest.mark.long
@pytest.mark.parametrize("path", PATHS)
def test_the_first_request_of_a_fresh_server_gets_the_whole_shell(
    path: str, fresh_server: Callable[..., Server], open_page: Callable[..., Page]
) -> None:
    page = open_page(path, at=fresh_server())
    expect(page).to_have_title(f"{PATHS[path]} · 特色小镇驾驶舱")
    expect(page.get_by_test_id("stTopNav")).to_contain_text("依据")
    expect(page.locator(".st-key-filters")).to_have_count(0 if path in UNRULED else 1)
    expect(page.locator(".st-key-topbar")).to_contain_text("演示数据")
    expect(page.locator(".stHtml h1").first).to_be_visible()


@pytest.mark.long
@pytest.mark.parametrize("path", FOR_ADMINISTRATORS)
def test_a_page_of_the_administrators_says_that_there_are_none(
    path: str, fresh_server: Callable[..., Server], open_page: Callable[..., Page]
) -> None:
    page = open_page(path, at=fresh_server())
    expect(page).to_have_title(f"{FOR_ADMINISTRATORS[path]} · 特色小镇驾驶舱")
    expect(page.get_by_text("本机使用没有账号")).to_be_visible()
    expect(page.get_by_test_id("stTopNav")).not_to_contain_text(FOR_ADMINISTRATORS[path])


@pytest.mark.long
def test_the_wall_may_be_the_first_request(fresh_server: Callable[..., Server], open_page: Callable[..., Page]) -> None:
    page = open_page("/wall", at=fresh_server())
    expect(page.locator(".wall h1").first).to_be_visible()


@pytest.mark.long
def test_a_deployment_can_start_on_the_public_data(
    fresh_server: Callable[..., Server], open_page: Callable[..., Page]
) -> None:
    page = open_page("/", at=fresh_server(COCKPIT_DATASET="public"))
    expect(page.locator(".st-key-topbar")).to_contain_text("公开数据")
    expect(page.locator(".heroes")).to_contain_text("1.98")
