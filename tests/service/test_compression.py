"""Text assets are squeezed once and served in the coding the client takes; no request reaches outside the folder."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import brotli
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.types import ASGIApp

from cockpit.service import compression
from cockpit.service.compression import CompressedFiles, PrecompressedStatic, choose_coding, etag_matches, geo_route

SCRIPT = "/static/js/index.DormvYxC.js"
CODE = b"export const town = 'fashion';\n" * 400
PAGE = b"<!DOCTYPE html><html><body>" + b"<p>town</p>" * 60 + b"</body></html>"


@pytest.fixture
def static_dir(tmp_path: Path) -> Path:
    folder = tmp_path / "package"
    (folder / "static" / "js").mkdir(parents=True)
    (folder / "static" / "media").mkdir()
    (folder / "index.html").write_bytes(PAGE)
    (folder / "secret.js").write_bytes(CODE)
    (folder / SCRIPT[1:]).write_bytes(CODE)
    (folder / "static" / "js" / "plain.js").write_bytes(CODE)
    (folder / "static" / "js" / "tiny.DormvYxC.js").write_bytes(b"1")
    (folder / "static" / "media" / "font.BsWL4Kly.woff2").write_bytes(b"\0" * 900)
    return folder


async def beneath(request) -> PlainTextResponse:
    """Stand-in for Streamlit: says which path got through."""
    return PlainTextResponse(f"beneath {request.url.path}")


@pytest.fixture
def client(static_dir: Path, tmp_path: Path) -> ASGIApp:
    return make_client(static_dir, tmp_path / "cache")


def make_client(static_dir: Path, cache_dir: Path, base_url: str = "") -> ASGIApp:
    layer = Middleware(PrecompressedStatic, static_dir=static_dir, cache_dir=cache_dir, base_url=base_url)
    every_path = Route("/{path:path}", beneath, methods=["GET", "HEAD", "POST"])
    return Starlette(routes=[every_path], middleware=[layer])


@dataclass
class Answer:
    status_code: int
    headers: dict[str, str]


def fetch(app: ASGIApp, path: str, accept: str = "gzip, deflate, br", method: str = "GET", **headers: str):
    """Ask `app` for exactly `path`, which an HTTP client would tidy up first; return (answer, body as sent)."""
    asked = {"accept-encoding": accept} | {name.replace("_", "-"): value for name, value in headers.items()}
    scope: dict[str, Any] = {
        "type": "http",
        "http_version": "1.1",
        "method": method,
        "path": path,
        "root_path": "",
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in asked.items()],
    }
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(app(scope, receive, send))  # type: ignore[arg-type]
    start = sent[0]
    got = {name.decode(): value.decode() for name, value in start["headers"]}
    return Answer(start["status"], got), b"".join(message.get("body", b"") for message in sent[1:])


@pytest.mark.parametrize(
    ("header", "coding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("br; q=0.1", "br"),
        ("*", "br"),
        ("br;q=0, *", "gzip"),
        ("identity", None),
        ("", None),
        ("gzip;q=nonsense", None),
        ("BR", "br"),
    ],
)
def test_picks_the_best_coding_the_client_takes(header: str, coding: str | None) -> None:
    assert choose_coding(header) == coding


@pytest.mark.parametrize(
    ("header", "same"), [('W/"a-br"', True), ('"a-br"', True), ('"x", W/"a-br"', True), ("*", True), ('"a"', False)]
)
def test_etags_compare_weakly(header: str, same: bool) -> None:
    assert etag_matches(header, 'W/"a-br"') is same


@pytest.mark.parametrize(
    ("accept", "coding", "unpack"), [("br", "br", brotli.decompress), ("gzip", "gzip", gzip.decompress)]
)
def test_sends_a_hashed_script_squeezed_and_cacheable_for_ever(
    client: ASGIApp, accept: str, coding: str, unpack: Callable[[bytes], bytes]
) -> None:
    response, body = fetch(client, SCRIPT, accept)
    assert response.status_code == 200
    assert unpack(body) == CODE
    assert response.headers["content-encoding"] == coding
    assert response.headers["content-length"] == str(len(body))
    assert response.headers["content-type"] == "text/javascript; charset=utf-8"
    assert response.headers["vary"] == "Accept-Encoding"
    assert "immutable" in response.headers["cache-control"]


@pytest.mark.parametrize("path", ["/", "/index.html", "/static/js/plain.js"])
def test_what_may_change_under_its_name_is_revalidated(client: ASGIApp, path: str) -> None:
    response, _ = fetch(client, path)
    assert response.headers["cache-control"] == "no-cache"
    again, body = fetch(client, path, if_none_match=response.headers["etag"])
    assert (again.status_code, body) == (304, b"")
    assert again.headers["etag"] == response.headers["etag"]
    other_coding, _ = fetch(client, path, "gzip", if_none_match=response.headers["etag"])
    assert other_coding.status_code == 200


def test_head_tells_the_length_and_sends_no_body(client: ASGIApp) -> None:
    full, squeezed = fetch(client, SCRIPT, "gzip")
    response, body = fetch(client, SCRIPT, "gzip", method="HEAD")
    assert body == b""
    assert response.headers["content-length"] == str(len(squeezed))
    assert response.headers["etag"] == full.headers["etag"]


@pytest.mark.parametrize(
    "path",
    [
        "/chain",
        "/_stcore/health",
        "/static/media/font.BsWL4Kly.woff2",
        "/static/js/missing.js",
        "/static/js",
        "/secret.js",
        "/static/../secret.js",
        "/static/js/../../secret.js",
        "/static/js/..\\..\\secret.js",
        "/../secret.js",
        "//static/js/plain.js",
        "/static//js/plain.js",
    ],
)
def test_passes_everything_else_through(client: ASGIApp, path: str) -> None:
    response, body = fetch(client, path)
    assert body.startswith(b"beneath ")
    assert "content-encoding" not in response.headers


def test_passes_through_what_cannot_be_squeezed_for_this_client(client: ASGIApp) -> None:
    plain, body = fetch(client, SCRIPT, "identity")
    assert body.startswith(b"beneath ")
    assert plain.headers["vary"] == "Accept-Encoding"
    assert fetch(client, SCRIPT, range="bytes=0-9")[1].startswith(b"beneath ")
    assert fetch(client, SCRIPT, method="POST")[1].startswith(b"beneath ")
    assert fetch(client, "/static/js/tiny.DormvYxC.js")[1].startswith(b"beneath ")


def test_keeps_to_its_base_url(static_dir: Path, tmp_path: Path) -> None:
    client = make_client(static_dir, tmp_path / "cache", base_url="/towns/")
    assert fetch(client, f"/towns{SCRIPT}")[0].headers["content-encoding"] == "br"
    assert fetch(client, SCRIPT)[1].startswith(b"beneath ")


def test_squeezes_once_then_serves_from_disk_across_restarts(
    static_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, calls = static_dir / SCRIPT[1:], []
    real = brotli.compress

    def compress(body: bytes, quality: int) -> bytes:
        calls.append(quality)
        return real(body, quality=quality)

    monkeypatch.setattr(compression.brotli, "compress", compress)
    files = CompressedFiles(tmp_path / "cache")
    first = files.get(path, "br")
    assert brotli.decompress(first.body) == CODE
    assert files.get(path, "br") == first == CompressedFiles(tmp_path / "cache").get(path, "br")
    assert len(calls) == 1


def test_a_damaged_cache_entry_is_made_again(static_dir: Path, tmp_path: Path) -> None:
    path, cache = static_dir / SCRIPT[1:], tmp_path / "cache"
    files = CompressedFiles(cache)
    good = files.get(path, "gzip")
    entry = next(cache.glob("*.gzip"))
    for damage in (b"", good.body[:20], gzip.compress(b"something else")):
        entry.write_bytes(damage)
        assert CompressedFiles(cache).get(path, "gzip") == good
        assert entry.read_bytes() == good.body
    assert not list(cache.glob(".part-*"))


def test_an_unwritable_cache_costs_speed_only(static_dir: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("a file where the folder should be")
    files = CompressedFiles(blocked / "cache")
    assert brotli.decompress(files.get(static_dir / SCRIPT[1:], "br").body) == CODE


def test_works_on_the_installed_streamlit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    client = PrecompressedStatic(Starlette(routes=[Route("/{path:path}", beneath)]))
    response, body = fetch(client, "/", "gzip")
    assert b"<title>Streamlit</title>" in gzip.decompress(body)
    assert response.headers["cache-control"] == "no-cache"


@pytest.fixture
def geo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ASGIApp:
    folder = tmp_path / "geo"
    folder.mkdir()
    (folder / "zhejiang_counties.geojson").write_bytes(b'{"type": "FeatureCollection"}' * 40)
    (folder / "small.geojson").write_bytes(b"{}")
    (tmp_path / "private.geojson").write_bytes(b"{}")
    monkeypatch.setenv("COCKPIT_GEO_DIR", str(folder))
    return Starlette(routes=[geo_route(cache_dir=tmp_path / "cache")])


def test_serves_boundaries_squeezed_and_revalidated(geo: ASGIApp, tmp_path: Path) -> None:
    url = "/geo/zhejiang_counties.geojson"
    response, body = fetch(geo, url)
    assert response.headers["content-type"] == "application/geo+json"
    assert response.headers["cache-control"] == "no-cache"
    assert brotli.decompress(body).startswith(b'{"type"')
    assert fetch(geo, url, if_none_match=response.headers["etag"])[0].status_code == 304
    (tmp_path / "geo" / "zhejiang_counties.geojson").write_bytes(b'{"type": "made anew"}' * 40)
    renewed, body = fetch(geo, url, if_none_match=response.headers["etag"])
    assert renewed.status_code == 200
    assert b"made anew" in brotli.decompress(body)


@pytest.mark.parametrize(("name", "accept"), [("zhejiang_counties", "identity"), ("small", "br")])
def test_serves_boundaries_plain_where_squeezing_does_not_help(geo: ASGIApp, name: str, accept: str) -> None:
    response, body = fetch(geo, f"/geo/{name}.geojson", accept)
    assert body.startswith(b"{")
    assert "content-encoding" not in response.headers
    assert fetch(geo, f"/geo/{name}.geojson", accept, if_none_match=response.headers["etag"])[0].status_code == 304


@pytest.mark.parametrize(
    "name",
    ["missing", "../private", "/private", "..\\private", "%2e%2e%2fprivate", "a.b", "ZHEJIANG", "small\n", "x" * 90],
)
def test_boundaries_outside_the_folder_are_not_found(geo: ASGIApp, name: str) -> None:
    assert fetch(geo, f"/geo/{name}.geojson")[0].status_code == 404
