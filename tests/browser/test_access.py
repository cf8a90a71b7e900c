"""Who gets in and who is put out: by a proxy's word, by a key, by a session that ends while its page stands."""

from __future__ import annotations

import contextlib
import re
import select
import socket
import socketserver
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import Page, expect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from benchmarks.serving import Server, free_port
from cockpit.access import accounts, audit, keys, sessions
from cockpit.access.recording import shell_person
from cockpit.service.entrance import COOKIE, DEVICE, ENDED
from tests.browser.office import ROLES, Office, customized, put_ahead, settings, staffed
from tests.browser.speaking import Run, ask, line
from tests.browser.waiting import wait_until_settled

pytestmark = pytest.mark.long  # a server with accounts each

Open = Callable[..., Page]
OUT_WITHIN_S = 5.0
SECRET = "between-proxy-and-app"
VIEWER, LEADER = ROLES["viewer"], ROLES["leader"]
TOWN = "D330102A"


def cookie(token: str) -> str:
    return f"{COOKIE}={token}"


# ---- a proxy that has asked people who they are


class _Line(socketserver.BaseRequestHandler):
    """One connection: a request's head with what the proxy adds, then both ends as they come."""

    server: AddingProxy

    def handle(self) -> None:
        head = b""
        while b"\r\n\r\n" not in head:
            piece = self.request.recv(65536)
            if not piece:
                return
            head += piece
        first, _, rest = head.partition(b"\r\n")
        # One request a connection, so that each gets its head; a socket stays one.
        if b"\r\nupgrade: websocket" not in rest.lower():
            rest = re.sub(rb"(?i)\r\nconnection: [^\r]*", b"", b"\r\n" + rest)[2:]
            rest = b"Connection: close\r\n" + rest
        added = "".join(f"{name}: {value}\r\n" for name, value in self.server.added.items()).encode()
        with socket.create_connection(("127.0.0.1", self.server.behind)) as onward:
            onward.sendall(first + b"\r\n" + added + rest)
            ends = {self.request: onward, onward: self.request}
            while True:
                for end in select.select(list(ends), [], [], 60)[0]:
                    data = end.recv(65536)
                    if not data:
                        return
                    ends[end].sendall(data)


class AddingProxy(socketserver.ThreadingTCPServer):
    """Puts headers before what a browser sends, as the proxy of an office would for who has signed in there."""

    daemon_threads, allow_reuse_address = True, True

    def __init__(self, port: int, behind: int, added: dict[str, str]) -> None:
        self.behind, self.added = behind, added
        super().__init__(("127.0.0.1", port), _Line)


@contextlib.contextmanager
def proxy(port: int, behind: int, added: dict[str, str]) -> Iterator[str]:
    with AddingProxy(port, behind, added) as running:
        thread = threading.Thread(target=running.serve_forever, args=(0.05,))
        thread.start()
        yield f"http://127.0.0.1:{port}"
        running.shutdown()
        thread.join()


def test_a_proxy_is_believed_from_its_address_with_its_secret_and_nobody_else(
    open_page: Open, fresh_server: Callable[..., Server], tmp_path: Path
) -> None:
    port, access = free_port(), staffed(tmp_path)
    server = fresh_server(
        **settings(
            tmp_path, "proxy", COCKPIT_PROXY_FROM="127.0.0.1", COCKPIT_PROXY_SECRET=SECRET,
            COCKPIT_HOSTS=f"http://127.0.0.1:{port}",
        )
    )  # fmt: skip
    office = Office(server, access, tmp_path)
    office.hire("hz-01", "viewer", "330100", name="示例周", source="proxy")
    office.hire("gone-01", "viewer", source="proxy")
    accounts.set_active(office.access, "gone-01", False, shell_person())
    good = {"X-Forwarded-User": "hz-01", "X-Proxy-Secret": SECRET}

    def answer(sent: list[tuple[str, str]], source: str = "127.0.0.1") -> int:
        with httpx.Client(transport=httpx.HTTPTransport(local_address=source), headers=sent) as client:
            return client.get(f"{server.url}/chain").status_code

    assert answer(list(good.items())) == 200
    for sent, source in (
        ([], "127.0.0.1"),
        ([("X-Forwarded-User", "hz-01")], "127.0.0.1"),
        ([("X-Forwarded-User", "hz-01"), ("X-Proxy-Secret", "guessed")], "127.0.0.1"),
        (list(good.items()), "127.0.0.2"),
        ([*good.items(), ("X-Forwarded-User", "os:root")], "127.0.0.1"),
        ([("X-Forwarded-User", "nobody"), ("X-Proxy-Secret", SECRET)], "127.0.0.1"),
        ([("X-Forwarded-User", "gone-01"), ("X-Proxy-Secret", SECRET)], "127.0.0.1"),
        ([("X-Cockpit-Session", "account:hz-01")], "127.0.0.1"),
    ):
        assert answer(sent, source) == 303, sent
    with pytest.raises(InvalidStatus):
        ask(server.url, headers={"X-Forwarded-User": "hz-01", "X-Cockpit-Session": "account:hz-01"})
    with pytest.raises(InvalidStatus):
        ask(server.url, headers=good, source="127.0.0.2")
    # What a client says of itself under our own name changes nothing of what the proxy says.
    office.hire("sheng-01", "leader", name="示例吴", source="proxy")
    spoofed = ask(server.url, headers={**good, "X-Cockpit-Session": "account:sheng-01"})
    assert (spoofed.says("示例周"), spoofed.says("示例吴")) == (True, False)

    with proxy(port, urlsplit(server.url).port or 0, good) as outside:
        page = open_page("")
        page.goto(f"{outside}/?lang=zh")
        wait_until_settled(page)
        page.get_by_role("button", name="示例周").click()
        expect(page.locator(".mewho")).to_contain_text("hz-01")
        expect(page.locator(".mewho")).to_contain_text("授权范围：杭州")


# ---- whose socket it is


def test_no_header_of_a_client_and_no_session_of_another_makes_him_somebody_else(office: Office) -> None:
    mine, other = office.session(VIEWER), office.session(LEADER)
    hashed = sessions.hash_of(other)
    with pytest.raises(InvalidStatus):
        ask(office.server.url, headers={"X-Cockpit-Session": hashed})

    def run(**more: object) -> Run:
        return ask(office.server.url, cookie=cookie(mine), **more)  # type: ignore[arg-type]

    spoofed = run(headers={"X-Cockpit-Session": hashed, "X_Cockpit_Session": hashed})
    assert (spoofed.says("示例查看"), spoofed.says("示例领导")) == (True, False)
    # The app's own name of a run: its owner comes back to it, anybody else gets a fresh one.
    leaders = ask(office.server.url, cookie=cookie(other))
    assert leaders.says("示例领导")
    taken = run(session=leaders.session)
    assert taken.session != leaders.session
    assert (taken.says("示例查看"), taken.says("示例领导")) == (True, False)
    assert run(session=taken.session).session == taken.session


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://127.0.0.1", "http://127.0.0.1:1"])
def test_no_socket_for_a_foreign_page(office: Office, origin: str) -> None:
    """Not with the reader's own cookie either, which his browser would send along."""
    with pytest.raises(InvalidStatus) as caught:
        ask(office.server.url, cookie=cookie(office.session(VIEWER)), origin=origin)
    assert caught.value.response.status_code == 403


def test_a_name_pointed_at_this_machine_is_not_answered(office: Office) -> None:
    token, port = office.session(VIEWER), urlsplit(office.server.url).port
    for path in ("/", "/signin", "/api/v1/towns", "/healthz"):
        answer = httpx.get(office.server.url + path, headers={"Host": f"evil.example:{port}", "Cookie": cookie(token)})
        assert answer.status_code == 421
        assert TOWN not in answer.text
    head = (
        f"GET /_stcore/stream HTTP/1.1\r\nHost: evil.example:{port}\r\nOrigin: http://evil.example:{port}\r\n"
        f"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nCookie: {cookie(token)}\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.sendall(head.encode())
        assert line.recv(64).startswith(b"HTTP/1.1 403")


# ---- put out while the page stands


def watched(make: Open, office: Office, account: str, path: str) -> tuple[Page, str]:
    """An open page of somebody, and the token of his session. What it is refused at the end stands in its console."""
    page = make("", quiet=False)
    token = office.enter(page, account)
    page.goto(office.server.url + path)
    wait_until_settled(page)
    return page, token


def out_after(page: Page, began: float) -> float:
    page.wait_for_url("**/signin?**", timeout=15_000)
    return time.monotonic() - began


ENDINGS: dict[str, Callable[[Office, str, str], None]] = {
    "session ended": lambda office, account, token: sessions.end_named(
        office.access, sessions.hash_of(token)[:12], shell_person()
    ),
    "account disabled": lambda office, account, token: accounts.set_active(
        office.access, account, False, shell_person()
    ),
    "password reset": lambda office, account, token: (
        accounts.reset_password(office.access, account, shell_person()),
        None,
    )[1],
}


@pytest.mark.parametrize(
    "how", [pytest.param(how, marks=() if how == "session ended" else pytest.mark.long) for how in ENDINGS]
)
def test_who_is_put_out_is_out_within_seconds(open_page: Open, office: Office, how: str) -> None:
    account = f"out-{list(ENDINGS).index(how)}"
    office.hire(account, "viewer")
    page, token = watched(open_page, office, account, "/lists?lang=zh&prefecture=330100")
    began = time.monotonic()
    ENDINGS[how](office, account, token)
    took = out_after(page, began)
    print(f"{how}: page gone after {took:.1f} s")
    assert took < OUT_WITHIN_S
    # Nothing of what stood there is left, and the way in leads back to it.
    assert page.locator("[data-testid=stApp]").count() == 0
    expect(page.locator(".going")).to_contain_text("清单管理")
    with pytest.raises(InvalidStatus):
        ask(office.server.url, cookie=cookie(token))


@pytest.mark.parametrize("how", [*ENDINGS, "grant"])
def test_a_socket_is_closed_by_the_server_itself(office: Office, how: str) -> None:
    """Whatever its page does: one that asks nothing any more is cut off as well."""
    account = f"cut-{[*ENDINGS, 'grant'].index(how)}"
    office.hire(account)
    number, token = office.grant(account, "viewer"), office.session(account)
    with line(office.server.url, cookie=cookie(token)) as held:
        began = time.monotonic()
        if how == "grant":
            office.revoke(number)
        else:
            ENDINGS[how](office, account, token)
        with pytest.raises(ConnectionClosed) as caught:
            deque(held, maxlen=0)  # all that still comes
        took = time.monotonic() - began
    print(f"{how}: socket closed after {took:.1f} s")
    assert caught.value.rcvd is not None
    assert caught.value.rcvd.code == ENDED
    assert took < OUT_WITHIN_S


def test_a_grant_taken_back_takes_the_page(open_page: Open, office: Office) -> None:
    office.hire("grant-01")
    number = office.grant("grant-01", "viewer")
    page, _ = watched(open_page, office, "grant-01", "/targets?lang=zh")
    assert page.locator(".stMain").inner_text().count("亿元") > 0
    began = time.monotonic()
    office.revoke(number)
    expect(page.get_by_text("还没有授权，请联系安全管理员。")).to_be_visible(timeout=15_000)
    took = time.monotonic() - began
    print(f"grant revoked: page without it after {took:.1f} s")
    assert took < OUT_WITHIN_S
    wait_until_settled(page)
    assert page.locator(".stMain").inner_text().count("亿元") == 0


# ---- a wall on a key of its own


def test_a_device_key_opens_the_wall_and_nothing_else(open_page: Open, office: Office) -> None:
    key = office.device_key("330100")
    page = open_page("", width=1920, height=1080)
    page.goto(f"{office.server.url}/signin/device?lang=zh")
    page.fill("#key", key)
    page.get_by_role("button", name="打开大屏").click()
    page.wait_for_url("**/wall")
    expect(page.locator(".wall")).to_be_visible(timeout=30_000)
    for path in ("/", "/chain", "/data", "/access", "/signin/password"):
        page.goto(office.server.url + path)
        assert urlsplit(page.url).path == "/signin", path
    held = f"{DEVICE}={key}"
    for path in ("/api/v1/towns", "/api/v1/firms.csv"):
        assert httpx.get(office.server.url + path, headers={"Cookie": held}).status_code == 401
    # Its socket could ask for any page; it is shown none, and no name of a town.
    for name in ("", "cockpit", "towns", "lists", "data", "access", "audit"):
        run = ask(office.server.url, cookie=held, page=name)
        assert run.says("您的角色不能打开这一页")
        assert not run.says(TOWN)
    assert ask(office.server.url, cookie=held, page="wall").says("wall")


def test_a_wall_stands_through_the_night_until_its_key_is_revoked(
    open_page: Open, fresh_server: Callable[..., Server], tmp_path: Path
) -> None:
    access = staffed(tmp_path)
    server = fresh_server(**settings(tmp_path), **customized(tmp_path))
    office = Office(server, access, tmp_path)
    office.hire("late-01", "viewer")
    key = office.device_key()
    wall = open_page("", quiet=False)
    closed: list[str] = []
    wall.on("websocket", lambda found: found.on("close", lambda gone: closed.append(gone.url)))
    wall.context.add_cookies([{"name": DEVICE, "value": key, "url": server.url}])
    wall.goto(f"{server.url}/wall?lang=zh&dwell=5")
    expect(wall.locator(".wall")).to_be_visible(timeout=30_000)
    person, _ = watched(open_page, office, "late-01", "/?lang=zh")
    # A night: whoever sat there is out, the wall is not.
    put_ahead(tmp_path, 12)
    person.wait_for_url("**/signin?**", timeout=15_000)
    for _ in range(3):  # it asks on, and is answered
        with wall.expect_response(lambda answer: "/currentz" in answer.url and answer.ok):
            pass
    assert urlsplit(wall.url).path == "/wall"
    assert closed == []
    expect(wall.locator(".wall")).to_be_visible()
    wall.reload()
    expect(wall.locator(".wall")).to_be_visible(timeout=30_000)
    closed.clear()
    began = time.monotonic()
    keys.revoke(office.access, key.partition(".")[0], shell_person())
    wall.wait_for_url("**/signin/device**", timeout=15_000)
    took = time.monotonic() - began
    print(f"key revoked: page {took:.1f} s")
    assert took < 2 * OUT_WITHIN_S
    expect(wall.get_by_label("设备密钥")).to_be_focused()
    # A new key leads back to the same wall.
    wall.fill("#key", office.device_key())
    wall.get_by_role("button", name="打开大屏").click()
    wall.wait_for_url("**/wall?**dwell=5**")
    expect(wall.locator(".wall")).to_be_visible(timeout=30_000)
    assert audit.verify(office.access).broken_at == 0
