"""Keeps watch over a page: console errors, what its policy refused, script errors, requests to any other host."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request

# Whatever the page's policy refuses (a script, a style, a picture, a frame), also where the console is not told.
REPORT_REFUSALS = """
document.addEventListener("securitypolicyviolation", (event) => console.error(
  `content security policy: ${event.violatedDirective} refused ${event.blockedURI} ${event.sample}`));
"""
HOME_HOSTS = frozenset({"127.0.0.1", "localhost"})
# On a deep link such as /chain, Streamlit's page probes /chain/_stcore/... for its base path before /_stcore/...
BASE_PATH_PROBES = ("/_stcore/health", "/_stcore/host-config")


@dataclass
class Watch:
    """What a page did that it must not."""

    console_errors: list[str] = field(default_factory=list)
    page_errors: list[str] = field(default_factory=list)
    outside_requests: list[str] = field(default_factory=list)


_WATCHES: dict[Page, Watch] = {}


def assert_quiet(page: Page) -> None:
    """Fail unless `page` has logged no error and asked no outside host so far."""
    watch = _WATCHES[page]
    assert not watch.outside_requests, f"requests to other hosts: {watch.outside_requests}"
    assert not watch.page_errors, f"script errors: {watch.page_errors}"
    assert not watch.console_errors, f"console errors: {watch.console_errors}"


def watch_page(page: Page) -> None:
    """Start to record what `page` must not do; before its first address."""
    watch = _WATCHES[page] = Watch()

    def on_console(message: ConsoleMessage) -> None:
        if message.type != "error" or _is_base_path_probe(message.location.get("url", "")):
            return
        watch.console_errors.append(f"{message.text} ({message.location.get('url', '')})")

    def on_request(request: Request) -> None:
        if not is_home(request.url):
            watch.outside_requests.append(request.url)

    page.add_init_script(REPORT_REFUSALS)
    page.on("console", on_console)
    page.on("pageerror", lambda error: watch.page_errors.append(str(error)))
    page.on("request", on_request)
    page.on("websocket", lambda socket: None if is_home(socket.url) else watch.outside_requests.append(socket.url))


def unwatch_page(page: Page) -> None:
    """Forget `page`; after its test."""
    _WATCHES.pop(page, None)


def is_home(url: str) -> bool:
    """Return whether `url` stays on this machine."""
    parts = urlsplit(url)
    return parts.scheme in ("data", "blob", "about") or parts.hostname in HOME_HOSTS


def _is_base_path_probe(url: str) -> bool:
    path = urlsplit(url).path
    return any(path.endswith(probe) and path != probe for probe in BASE_PATH_PROBES)
