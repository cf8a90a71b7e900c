"""The outermost middleware: exact names and origins, closed doors, one body at a time, headers on every answer."""

from __future__ import annotations

import asyncio
import contextlib
import re
import socket
import threading
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from cockpit.errors import CockpitError
from cockpit.service.compression import streamlit_page
from cockpit.service.doors import Doors, page_addresses
from cockpit.service.gate import Gate
from cockpit.service.headers import inline_hashes, security_headers
from cockpit.service.origins import Names, read_names
from cockpit.service.routes import ROUTES
from tests.service import gates
from tests.service.gates import HOME, LIMITS, STREAM, Files

pytestmark = pytest.mark.many

MIB = 1 << 20


async def _seen(request: Request) -> Response:
    return PlainTextResponse(request.headers["host"], headers={"access-control-allow-origin": "*"})


async def _socket(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.send_text(websocket.headers["host"])
    await websocket.close()


OURS = [*ROUTES, Route("/x", _seen, methods=["GET", "POST", "PUT", "DELETE"])]


def gate_of(app: Any, **given: Any) -> Gate:
    return gates.gate_of(app, **{"doors": Doors(OURS, streamlit_page().parent), **given})


def client(base: str = HOME, **given: Any) -> TestClient:
    """The gate before our routes and before what Streamlit answers: its page for whatever it does not know."""
    routes = [
        *OURS,
        WebSocketRoute("/_stcore/stream", _socket),
        Route("/_stcore/upload_file/{session}/{file}", _seen, methods=["PUT", "DELETE"]),
        Route("/{path:path}", _seen, methods=["GET", "POST", "PUT", "DELETE"]),
    ]
    return TestClient(gate_of(Starlette(routes=routes), **given), base_url=base)


@pytest.mark.parametrize("host", ["127.0.0.1:8501", "localhost:8501", "LOCALHOST:8501", "[::1]:8501"])
def test_this_machine_is_known_by_its_loopback_names(host: str) -> None:
    assert client().get("/x", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:8501", "127.0.0.1", "127.0.0.1:9999", "localhost:8502",
     "127.0.0.1:8501.evil.example",
     "localhost.evil.example:8501", "user@localhost:8501", "localhost:8501/", "10.0.0.7:8501", "", " ", "localhost:",
     "127.1:8501", "0.0.0.0:8501", "2130706433:8501", "[::ffff:127.0.0.1]:8501"],
)  # fmt: skip
def test_any_other_name_is_answered_by_nobody(host: str) -> None:
    for path in ("/", "/api/v1/towns", "/healthz", "/t"):
        assert client().get(path, headers={"host": host}).status_code == HTTPStatus.MISDIRECTED_REQUEST
    with pytest.raises(WebSocketDisconnect), client().websocket_connect(STREAM, headers={"host": host}):
        pass


def test_two_host_headers_are_none() -> None:
    sent = [("host", "127.0.0.1:8501"), ("host", "evil.example")]
    assert client().get("/x", headers=sent).status_code == HTTPStatus.MISDIRECTED_REQUEST


ORIGINS = {
    HOME: True, "http://localhost:8501": True, "http://evil.example": False, "null": False, "": False,
    "https://127.0.0.1:8501": False, "http://127.0.0.1": False, "http://127.0.0.1:8502": False, "file://": False,
    "http://127.0.0.1:8501.evil.example": False, "http://127.0.0.1:8501@evil.example": False,
    "http://127.0.0.1:8501/": False,
}  # fmt: skip


@pytest.mark.parametrize("origin", sorted(ORIGINS))
def test_only_our_own_pages_may_open_a_socket_or_change_anything(origin: str) -> None:
    told = {"origin": origin}
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        answer = client().request(method, "/x", headers={**told, "content-length": "0"})
        assert (answer.status_code != HTTPStatus.FORBIDDEN) is ORIGINS[origin]
    assert client().get("/x", headers=told).status_code == 200, "reading is safe: no other page can see the answer"
    if ORIGINS[origin]:
        with client().websocket_connect(STREAM, headers=told) as opened:
            opened.receive_text()
    else:
        with pytest.raises(WebSocketDisconnect), client().websocket_connect(STREAM, headers=told):
            pass


def test_a_program_without_an_origin_may_open_a_socket() -> None:
    with client().websocket_connect(STREAM) as opened:
        assert opened.receive_text() == "127.0.0.1:8501"


def test_behind_a_proxy_the_public_name_counts_and_streamlit_sees_it() -> None:
    names = read_names({"COCKPIT_HOSTS": "https://towns.example.cn, desk.example.cn:8443", "COCKPIT_PUBLIC_URL": ""})
    behind = client(names=names)
    origin = {"origin": "https://towns.example.cn"}
    # The proxy passes the name on, or asks for the machine's own: both are ours.
    for host in ("towns.example.cn", "127.0.0.1:8501"):
        with behind.websocket_connect(STREAM, headers={**origin, "host": host}) as opened:
            assert opened.receive_text() == "towns.example.cn", "equal to its origin, so nothing is looked up"
    assert behind.get("/x", headers={"host": "desk.example.cn:8443"}).status_code == 200
    with (
        pytest.raises(WebSocketDisconnect),
        behind.websocket_connect(STREAM, headers={"origin": "http://towns.example.cn"}),
    ):
        pass


@pytest.mark.parametrize(
    ("setting", "hosts", "origins"),
    [
        ("a.cn", {"a.cn"}, {"http://a.cn", "https://a.cn"}),
        ("https://a.cn:443/", {"a.cn"}, {"https://a.cn"}),
        ("http://A.cn:8080", {"a.cn:8080"}, {"http://a.cn:8080"}),
        ("10.1.2.3:8501", {"10.1.2.3:8501"}, {"http://10.1.2.3:8501", "https://10.1.2.3:8501"}),
        ("http://[fd00::1]:8501", {"[fd00::1]:8501"}, {"http://[fd00::1]:8501"}),
        (" , ", set(), set()),
    ],
)
def test_names_of_a_deployment(setting: str, hosts: set[str], origins: set[str]) -> None:
    assert read_names({"COCKPIT_HOSTS": setting}) == Names(frozenset(hosts), frozenset(origins))


@pytest.mark.parametrize(
    "setting", ["*", "*.example.cn", "ftp://a.cn", "a.cn/path", "http://u:p@a.cn", "a:b", "https://"]
)
def test_a_setting_that_is_no_name_stops_the_start(setting: str) -> None:
    with pytest.raises(CockpitError, match="COCKPIT_HOSTS"):
        read_names({"COCKPIT_HOSTS": setting})


def test_the_public_address_of_the_codes_is_a_name_of_ours() -> None:
    public = {"COCKPIT_PUBLIC_URL": "https://towns.example.cn/desk/"}
    assert read_names(public) == Names(frozenset({"towns.example.cn"}), frozenset({"https://towns.example.cn"}))


@given(st.text(max_size=30))
def test_no_text_is_taken_for_our_name_by_accident(host: str) -> None:
    known = {f"{name}:8501" for name in ("127.0.0.1", "localhost", "[::1]")}
    assert Names().knows(host, 8501) is (host.lower() in known)


CLOSED = [
    "/_stcore/agent/interact", "/_stcore/agent/mcp", "/_stcore/agent/openapi.json", "/_stcore/metrics",
    "/_stcore/script-health-check", "/base/_stcore/metrics", "/_STCORE/metrics", "/_stcore/metrics/", "/_stcore/none",
    "/_stcore/bidi-components/x/y.js", "/component/x/y", "/app/static/x", "/manifest.json", "/index.html",
    "/robots.txt", "/favicon.ico", "/.env", "/static/js/none.js", "/static/none.css", "/static/js/../../x.js",
    "/static//js/x.js",
    "/auth/login", "/auth/logout", "/auth/login/", "/AUTH/login", "/_stcore/stream", "/_stcore/upload_file/a/b",
    "/towns/D330102A", "/T/D330102A", "/geo/x", "//x", "/chain/static/js/none.js",
]  # fmt: skip


@pytest.mark.parametrize("path", CLOSED)
def test_doors_that_are_closed(path: str) -> None:
    for method in ("GET", "POST", "OPTIONS"):
        answer = client().request(method, f"{HOME}{path}", headers={"content-length": "0"})
        assert (answer.status_code, answer.headers["content-type"]) == (404, "application/json"), method


@pytest.mark.parametrize(
    "path", ["/api", "/api/", "/api/v1", "/api/v1/nonexist", "/api/v2/towns", "/api/v1/towns/x/y", "/API/v1/towns",
             "/Api", "/aPi/V1/targets", "/api/v1/Towns", "/api/v1/towns.json", "/api%2Fv1%2Fnone"],
)  # fmt: skip
def test_no_address_below_api_is_answered_with_a_page(path: str) -> None:
    for method in ("GET", "HEAD", "POST", "PUT", "DELETE"):
        answer = client().request(method, path, headers={"content-length": "0"})
        assert (answer.status_code, answer.headers["content-type"]) == (404, "application/json")
        assert method == "HEAD" or answer.json() == {"error": "no such address", "remedy": "see /api/v1/openapi.json"}


@pytest.mark.parametrize(("language", "heading"), [("zh-CN", "没有这个页面"), ("en-US", "There is no such page")])
def test_a_mistyped_page_is_answered_with_the_pages_there_are(language: str, heading: str) -> None:
    for path in ("/none", "/none/", "/Chain", "/小镇", "/oauth2callback", "/apix"):
        answer = client().get(path, headers={"accept-language": language})
        assert answer.status_code == 404, path
        assert heading in answer.text
        assert all(f'href="{address}' in answer.text for address in page_addresses())
        assert client().post(path, headers={"content-length": "0"}).json() == {"error": "no such address"}
    assert "&lt;b&gt;" in client().get("/<b>").text, "what was typed is shown as text"


def test_the_first_page_by_its_name_leads_to_its_address() -> None:
    answer = client().get("/cockpit?lang=en", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (307, "/?lang=en")


def test_what_the_page_asks_for_is_there() -> None:
    script = next(path.name for path in (streamlit_page().parent / "static" / "js").glob("index.*.js"))
    asked = [*page_addresses(), "/chain/", f"/static/js/{script}", "/favicon.png", "/_stcore/health",
             "/_stcore/host-config", "/media/0f.png"]  # fmt: skip
    for path in asked:
        assert client().get(path).status_code == 200, path
        assert client().head(path).status_code == 200, path


def test_the_addresses_of_the_pages_are_those_of_the_navigation() -> None:
    from cockpit.ui.frame.shell import PAGES

    told = "the files in pages/ and PAGES of cockpit/ui/frame/shell.py belong together"
    assert page_addresses() == {f"/{path}" for _, path, _ in PAGES}, told


def test_logins_have_doors_where_they_are_configured() -> None:
    doors = Doors(OURS, streamlit_page().parent, has_login=True)
    for path in ("/auth/login", "/auth/logout", "/oauth2callback"):
        assert client(doors=doors).get(path).status_code == 200


def test_below_a_base_path_the_same_doors_stand() -> None:
    doors = Doors(OURS, streamlit_page().parent, base="desk")
    for path, status in (("/desk", 200), ("/desk/chain", 200), ("/desk/_stcore/metrics", 404), ("/desk/none", 404)):
        answer = client(doors=doors, base_path="desk").get(path)
        assert answer.status_code == status
    assert 'href="/desk/chain"' in answer.text


def test_a_socket_has_one_address() -> None:
    for path in ("/", "/chain", "/_stcore/health", "/_stcore/stream/x", "/api/v1/towns"):
        with pytest.raises(WebSocketDisconnect), client().websocket_connect(f"ws://127.0.0.1:8501{path}"):
            pass


def test_every_answer_carries_the_headers_and_opens_itself_to_nobody() -> None:
    for path, status in (("/x", 200), ("/none", 404), ("/api/none", 404), ("/_stcore/metrics", 404), ("/healthz", 200)):
        answer = client().get(path)
        assert (answer.status_code, answer.headers["x-ours"]) == (status, "1")
        assert not [name for name in answer.headers if name.startswith("access-control-")]
    assert client().get("/x", headers={"host": "evil.example"}).headers["x-ours"] == "1"


def test_the_scan_page_keeps_its_own_stricter_policy() -> None:
    policy = client().get("/t").headers.get_list("content-security-policy")
    assert len(policy) == 1
    assert "default-src 'none'" in policy[0]


def test_the_policy_allows_the_pages_own_script_and_no_other(tmp_path: Path) -> None:
    page = tmp_path / "index.html"
    page.write_text("<script src='./a.js'></script><script>let a = '&amp;'</script><noscript>x</noscript>")
    # echo -n "let a = '&amp;'" | openssl sha256 -binary | base64
    known = "'sha256-JR5tGGLSyt5DU+Up5BcPSWzKe+AF6ukhkrTHSuNU88Q='"
    assert inline_hashes(page.read_text()) == (known,)
    policy = security_headers(page)["content-security-policy"]
    assert known in policy
    scripts = re.search(r"script-src ([^;]*)", policy)
    assert scripts is not None
    assert "unsafe-inline" not in scripts[1]
    assert "'unsafe-eval'" not in scripts[1]


def upload(to: TestClient, session: str, size: int, file: str = "f") -> int:
    headers = {"content-length": str(size)}
    return to.put(f"/_stcore/upload_file/{session}/{file}", headers=headers, content=b"").status_code


def test_a_session_may_leave_so_much_and_all_together_so_much() -> None:
    mine, everybody = LIMITS.limit("session_upload_mib") * MIB, LIMITS.limit("all_uploads_mib") * MIB
    taken = {"a": mine - MIB, "b": 0}
    some = client(store=Files(lambda session: (taken.get(session, 0), sum(taken.values()))))
    assert upload(some, "a", MIB) == 200
    assert upload(some, "a", MIB + 1) == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    assert upload(some, "b", MIB + 1) == 200
    taken["c"] = everybody - taken["a"]
    assert upload(some, "d", 1) == HTTPStatus.SERVICE_UNAVAILABLE
    assert some.put("/_stcore/upload_file/a/f", content=iter([b"x"])).status_code == HTTPStatus.LENGTH_REQUIRED


def test_uploads_still_coming_in_count() -> None:
    inside: list[int] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if not inside:
            inside.append(0)
            inside[0] = await _status(gate, MIB)  # the second comes while the first is under way
        await PlainTextResponse("ok")(scope, receive, send)

    gate = gate_of(app, store=Files(lambda session: (LIMITS.limit("session_upload_mib") * MIB - MIB, 0)))
    assert asyncio.run(_status(gate, MIB)) == 200
    assert inside == [HTTPStatus.REQUEST_ENTITY_TOO_LARGE]
    assert gate._coming == {}, "given back"


async def _status(gate: Gate, size: int) -> int:
    answers: list[Any] = []

    async def send(message: Any) -> None:
        answers.append(message)

    headers = [(b"host", b"localhost:8501"), (b"content-length", str(size).encode())]
    scope = {"type": "http", "method": "PUT", "path": "/_stcore/upload_file/a/f", "headers": headers, "scheme": "http",
             "server": ("127.0.0.1", 8501), "query_string": b""}  # fmt: skip
    await gate(scope, lambda: None, send)  # type: ignore[arg-type, return-value]
    return int(answers[0]["status"])


def test_a_file_is_refused_at_exactly_the_limit_though_its_body_holds_more() -> None:
    store = Files(sizes={"fits": 64 * MIB, "not": 64 * MIB + 1})
    some = client(store=store)
    assert upload(some, "a", 64 * MIB + 200, "fits") == 200
    assert upload(some, "a", 64 * MIB + 201, "not") == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    assert store.sizes == {"fits": 64 * MIB}, "not kept either"
    assert upload(some, "a", 65 * MIB + 1, "far") == HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "not even read"
    assert upload(some, "a", 70_000_000, "not") == HTTPStatus.REQUEST_ENTITY_TOO_LARGE


def test_other_requests_bring_no_bodies() -> None:
    most = LIMITS.limit("body_kib") << 10
    assert client().post("/x", content=b"x" * most).status_code == 200
    assert client().post("/x", content=b"x" * (most + 1)).status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    assert client().post("/x", headers={"content-length": "9" * 40}).status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE


@contextlib.contextmanager
def outside() -> Iterator[tuple[str, list[bytes]]]:
    """A proxy that only notes who asks for anything outside: (its address, what it was asked)."""
    asked: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def note() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                with connection:
                    asked.append(connection.recv(200))

        threading.Thread(target=note, daemon=True).start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", asked


@pytest.fixture
def app_server() -> Iterator[tuple[Any, list[bytes]]]:
    from benchmarks.serving import running_server

    with outside() as (proxy, asked):
        named = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), proxy)
        with running_server(environment={**named, "no_proxy": "", "NO_PROXY": ""}) as running:
            yield running, asked


@pytest.mark.long
def test_the_app_itself_refuses_foreign_pages_at_once_and_asks_nobody(app_server: tuple[Any, list[bytes]]) -> None:
    import time
    from urllib.parse import urlsplit

    running, asked = app_server
    port = urlsplit(running.url).port

    def handshake(origin: str, host: str = "") -> bytes:
        with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
            lines = [
                "GET /_stcore/stream HTTP/1.1", f"Host: {host or f'127.0.0.1:{port}'}", f"Origin: {origin}",
                "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Protocol: streamlit", "", "",
            ]  # fmt: skip
            connection.sendall("\r\n".join(lines).encode())
            return connection.recv(64)

    began = time.monotonic()
    for number in range(10):
        assert b" 403 " in handshake(f"http://evil{number}.example")
        assert b" 403 " in handshake("http://evil.example", "evil.example")
    assert time.monotonic() - began < 5, "Streamlit alone looks its address up for two seconds each"
    assert asked == [], "nobody outside was asked"
    assert b" 101 " in handshake(f"http://127.0.0.1:{port}")
    assert b"server:" not in handshake(f"http://127.0.0.1:{port}").lower()
    for path in ("/healthz", "/", "/none", "/api/v1/towns", "/_stcore/health"):
        answer = httpx.get(f"{running.url}{path}")
        assert "server" not in answer.headers, "what serves is nobody's business"
        assert answer.status_code == (404 if path == "/none" else 200)
    assert httpx.post(f"{running.url}/api/v1/towns", content=b"").status_code == 405
    assert b" 101 " in handshake(f"http://localhost:{port}", f"localhost:{port}")
