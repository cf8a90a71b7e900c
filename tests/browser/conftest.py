"""One server and one Chromium for all browser tests; each test gets its own page, which keeps watch over itself.

A page made here records what must never happen: console errors, script errors and requests to any host but this one.
Requests outside are cut off as well, so that a test machine with a network proves the same as one without.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from benchmarks.browser import CHROMIUM_FLAGS, CHROMIUM_NAMES, find_chromium
from benchmarks.serving import Server, running_server
from tests.browser.office import Office, settings, staffed
from tests.browser.waiting import SETTLED_WITHIN_MS, wait_until_settled
from tests.browser.watching import assert_quiet, unwatch_page, watch_page

HERE = Path(__file__).parent

# What a click brings may wait for other tests on the same two cores; how long a click takes is measured by benchmarks.
expect.set_options(timeout=SETTLED_WITHIN_MS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives a browser; `-m "not browser"` leaves it out."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """The app, started once for all tests that do not care who came before."""
    with running_server() as running:
        yield running


@pytest.fixture(scope="session")
def signing_office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The app with accounts, one a role, started once."""
    folder = tmp_path_factory.mktemp("office")
    access = staffed(folder)
    with running_server(environment=settings(folder)) as running:
        yield Office(running, access, folder)


@pytest.fixture
def office(signing_office: Office) -> Office:
    """The same, with no failed sign-in on its books."""
    signing_office.forgive()
    return signing_office


@pytest.fixture
def fresh_server() -> Iterator[Callable[..., Server]]:
    """Start a server nobody has visited, e.g. to make a deep link its very first request: `fresh_server()`.

    Keyword arguments become environment variables. It ends with the test.
    """
    with contextlib.ExitStack() as stack:

        def start(**environment: str) -> Server:
            return stack.enter_context(running_server(environment=environment))

        yield start


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The one Chromium. On CI its absence is a failure: a skipped browser test proves nothing there."""
    chromium = find_chromium()
    if chromium is None:
        reason = f"none of {', '.join(CHROMIUM_NAMES)} found; run tools/ensure_browser.sh"
        if os.environ.get("CI") == "true":
            pytest.fail(reason, pytrace=False)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        # Outside names lead nowhere, so that a machine with a network proves the same as one without. Not by routing
        # requests: that would switch the browser's cache off.
        args = [*CHROMIUM_FLAGS, "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"]
        started = playwright.chromium.launch(executable_path=chromium, args=args)
        yield started
        started.close()


@pytest.fixture(scope="session")
def visitors(browser: Browser) -> Iterator[dict[tuple[str, str], BrowserContext]]:
    """Visitors who come again, by language and scheme: their cache saves the app's own files a hundred loads."""
    known: dict[tuple[str, str], BrowserContext] = {}
    yield known
    for context in known.values():
        context.close()


@pytest.fixture
def open_page(
    browser: Browser, visitors: dict[tuple[str, str], BrowserContext], request: pytest.FixtureRequest
) -> Iterator[Callable[..., Page]]:
    """Make pages: `open_page("/chain", width=390, height=844, locale="en-US", color_scheme="dark")`.

    With a path the page is opened and settled; with "" it stays blank. The app is the shared `server` unless
    `at=` names another. Every page made must be quiet at the end of the test, unless `quiet=False`. With
    `returning=True` the visitor has been here before: the browser's cache is warm, and so is its memory of choices.
    """
    with contextlib.ExitStack() as stack:
        to_be_quiet: list[Page] = []

        def make(
            path: str = "",
            *,
            width: int = 1920,
            height: int = 1080,
            locale: str = "zh-CN",
            color_scheme: Literal["light", "dark"] = "light",
            at: Server | None = None,
            quiet: bool = True,
            returning: bool = False,
            greeted: bool = False,
            **options: Any,
        ) -> Page:
            def meet() -> BrowserContext:
                met = browser.new_context(
                    viewport={"width": width, "height": height},
                    locale=locale,
                    color_scheme=color_scheme,
                    timezone_id="Asia/Shanghai",
                    **options,
                )
                # The hint for a first visit is shown to the test that asks for it, and lies over nobody else's page.
                if not greeted:
                    met.add_init_script("try { localStorage.setItem('cockpit-hint-closed', '1') } catch (error) {}")
                return met

            if returning:
                context = visitors.setdefault((locale, color_scheme), visitors.get((locale, color_scheme)) or meet())
                page = context.new_page()
                page.set_viewport_size({"width": width, "height": height})  # not that of who came first
                stack.callback(page.close)
            else:
                context = meet()
                stack.callback(context.close)
                page = context.new_page()
            watch_page(page)
            stack.callback(unwatch_page, page)
            if quiet:
                to_be_quiet.append(page)
            if path:
                home = at or request.getfixturevalue("server")
                page.goto(home.url + path)
                wait_until_settled(page)
            return page

        yield make
        for page in to_be_quiet:
            assert_quiet(page)


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """A blank desktop page in Chinese, light."""
    return open_page()
