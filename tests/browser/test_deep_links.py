"""Every page's path as the very first request of a server nobody has visited: the whole shell must be there."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from benchmarks.serving import Server

PATHS = {"/": "驾驶舱", "/map": "一图", "/towns": "小镇", "/basis": "依据"}


@pytest.mark.parametrize("path", PATHS)
def test_the_first_request_of_a_fresh_server_gets_the_whole_shell(
    path: str, fresh_server: Callable[..., Server], open_page: Callable[..., Page]
) -> None:
    page = open_page(path, at=fresh_server())
    expect(page).to_have_title(f"{PATHS[path]} · 特色小镇驾驶舱")
    expect(page.get_by_test_id("stTopNav")).to_contain_text("依据")
    expect(page.locator(".st-key-filters")).to_be_visible()
    expect(page.locator(".st-key-topbar")).to_contain_text("演示数据")
    expect(page.locator(".stHtml h1")).to_contain_text("2025年九项目标" if path == "/" else PATHS[path])


def test_a_deployment_can_start_on_the_public_data(
    fresh_server: Callable[..., Server], open_page: Callable[..., Page]
) -> None:
    page = open_page("/", at=fresh_server(COCKPIT_DATASET="public"))
    expect(page.locator(".st-key-topbar")).to_contain_text("公开数据")
    expect(page.locator(".heroes")).to_contain_text("1.98")
