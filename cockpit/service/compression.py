"""Serves text assets squeezed once, not once a visitor: Streamlit's own bundle and the map boundaries.

Streamlit sends its JavaScript uncompressed (5 MB on a first visit) because squeezing it anew for every visitor would
cost more than it saves. Here each file is squeezed once, kept on disk under its content's hash and in memory.

Imports starlette; streamlit only lazily, to find its static folder. No streamlit UI.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import tempfile
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

import brotli
from anyio import to_thread
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

Coding = Literal["br", "gzip"]
_Stamp = tuple[int, int]  # (modified ns, size): tells that a file on disk is still the one squeezed before

MEDIA_TYPES: Final[Mapping[str, str]] = {
    ".css": "text/css; charset=utf-8",
    ".geojson": "application/geo+json",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".wasm": "application/wasm",
}
IMMUTABLE: Final = "public, immutable, max-age=31536000"
REVALIDATE: Final = "no-cache"
# index.DormvYxC.js: the bundler puts the content's hash before the extension, so such a name never changes content.
_HASHED_NAME: Final = re.compile(r"\.[A-Za-z0-9_-]{8}\.[a-z0-9]+$")
_GEO_NAME: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
# A first visit's scripts are 775 kB in 0.3 s; the best quality makes 712 kB in 8 s, which nobody should wait for.
_BROTLI_QUALITY: Final = 8
_GZIP_LEVEL: Final = 9
_SMALLEST_WORTHWHILE: Final = 256
_PROJECT: Final = Path(__file__).resolve().parents[2]


def choose_coding(accept_encoding: str) -> Coding | None:
    """Return the best coding an Accept-Encoding header allows, or None for the plain file."""
    weights: dict[str, float] = {}
    for part in accept_encoding.lower().split(","):
        name, _, parameters = part.strip().partition(";")
        try:
            weights[name.strip()] = float(parameters.partition("q=")[2] or 1.0)
        except ValueError:
            weights[name.strip()] = 0.0
    codings: tuple[Coding, ...] = ("br", "gzip")
    for coding in codings:
        if weights.get(coding, weights.get("*", 0.0)) > 0:
            return coding
    return None


def etag_matches(if_none_match: str, etag: str) -> bool:
    """Return whether an If-None-Match header names `etag`; compared weakly, as RFC 9110 asks for GET and HEAD."""
    bare = etag.removeprefix("W/")
    return any(tag.strip() == "*" or tag.strip().removeprefix("W/") == bare for tag in if_none_match.split(","))


def default_cache_dir() -> Path:
    """Return where squeezed files are kept: $XDG_CACHE_HOME/town-cockpit, else .cache in the project."""
    base = os.environ.get("XDG_CACHE_HOME")
    return Path(base) / "town-cockpit" if base else _PROJECT / ".cache"


@dataclass(frozen=True)
class Squeezed:
    """One file in one coding, ready to send. `body` is None where squeezing would not make it smaller."""

    etag: str
    body: bytes | None


class CompressedFiles:
    """Squeezes files on first demand and remembers them, on disk under their content's hash and in memory.

    Safe to call from many threads. The disk cache is only a shortcut: an entry that is missing, cut short or does not
    unpack to the very file asked for is made again, and a cache folder that cannot be written costs speed only.
    """

    def __init__(self, cache_dir: Path) -> None:
        self._cache_dir = cache_dir
        self._memory: dict[tuple[Path, Coding], tuple[_Stamp, Squeezed]] = {}
        self._locks: dict[tuple[Path, Coding], threading.Lock] = {}
        self._guard = threading.Lock()

    def get(self, path: Path, coding: Coding) -> Squeezed:
        """Return `path` in `coding`. Raises OSError when the file cannot be read. Blocks; call it in a thread."""
        stat = path.stat()
        stamp = (stat.st_mtime_ns, stat.st_size)
        if (known := self.peek(path, coding, stamp)) is not None:
            return known
        with self._guard:
            lock = self._locks.setdefault((path, coding), threading.Lock())
        with lock:  # A browser asks six at a time, a crowd asks the same file at once: squeeze it for the first only.
            if (known := self.peek(path, coding, stamp)) is not None:
                return known
            squeezed = self._make(path, coding)
            self._memory[path, coding] = (stamp, squeezed)
            return squeezed

    def peek(self, path: Path, coding: Coding, stamp: _Stamp | None = None) -> Squeezed | None:
        """Return what memory holds, without touching the disk; with `stamp`, only if it is of that very file."""
        known = self._memory.get((path, coding))
        return known[1] if known is not None and stamp in (None, known[0]) else None

    def _make(self, path: Path, coding: Coding) -> Squeezed:
        plain = path.read_bytes()
        digest = _digest(plain)
        # Weak: of the content and not of how well it was squeezed, so that a copy of an earlier quality is current.
        etag = f'W/"{digest}-{coding}"'
        if len(plain) < _SMALLEST_WORTHWHILE:
            return Squeezed(etag, None)
        body = self._load(digest, coding, plain)
        if body is None:
            gzipped = coding == "gzip"
            body = (
                gzip.compress(plain, _GZIP_LEVEL, mtime=0)
                if gzipped
                else brotli.compress(plain, quality=_BROTLI_QUALITY)
            )
            self._store(digest, coding, body)
        return Squeezed(etag, body if len(body) < len(plain) else None)

    def _file(self, digest: str, coding: Coding) -> Path:
        return self._cache_dir / f"{digest}.{coding}"

    def _load(self, digest: str, coding: Coding, plain: bytes) -> bytes | None:
        try:
            body = self._file(digest, coding).read_bytes()
            unpacked = gzip.decompress(body) if coding == "gzip" else brotli.decompress(body)
        except (OSError, EOFError, ValueError, brotli.error):
            return None
        return body if unpacked == plain else None

    def _store(self, digest: str, coding: Coding, body: bytes) -> None:
        temporary = ""
        try:
            self._cache_dir.mkdir(parents=True, exist_ok=True)
            descriptor, temporary = tempfile.mkstemp(dir=self._cache_dir, prefix=".part-")
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(body)
            os.replace(temporary, self._file(digest, coding))
        except OSError:  # A read-only or full disk: the body in memory serves just as well until the next start.
            if temporary:
                Path(temporary).unlink(missing_ok=True)


class PrecompressedStatic:
    """ASGI middleware: answers GET and HEAD for Streamlit's `/` and `/static/**` text files in brotli or gzip.

    Only a path found in the list of files made at start is ever opened, so no request can reach outside the folder.
    All else passes through: other routes, other methods, ranges, clients that take no compression, and page paths
    such as `/chain`, whose 8 KB of HTML Streamlit squeezes itself.

    Args:
        static_dir: Streamlit's static folder; found through streamlit when None.
        cache_dir: where squeezed files are kept; see `default_cache_dir`.
        base_url: the server's baseUrlPath, if one is set.
    """

    def __init__(
        self, app: ASGIApp, static_dir: Path | None = None, cache_dir: Path | None = None, base_url: str = ""
    ) -> None:
        self.app = app
        if static_dir is None:
            static_dir, version = _streamlit_static()
            cache_dir = cache_dir or default_cache_dir() / f"static-{version}"
        self.files = CompressedFiles(cache_dir or default_cache_dir() / "static")
        self._prefix = f"/{base_url.strip('/')}" if base_url.strip("/") else ""
        self._paths = _list_assets(static_dir)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = self._asset(scope)
        if path is None:
            await self.app(scope, receive, send)
            return
        ask = _Wanted.of(Headers(scope=scope), scope["method"])
        squeezed = None
        if ask.coding is not None:
            # Installed files do not change under a running server, so memory answers without a look at the disk.
            squeezed = self.files.peek(path, ask.coding) or await to_thread.run_sync(self.files.get, path, ask.coding)
        if squeezed is None or squeezed.body is None:
            await self.app(scope, receive, _with_vary(send))
            return
        cache_control = IMMUTABLE if _HASHED_NAME.search(path.name) else REVALIDATE
        response = _answer(path, squeezed.body, squeezed.etag, ask, cache_control, ask.coding)
        await response(scope, receive, send)

    def _asset(self, scope: Scope) -> Path | None:
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            return None
        route = scope["path"].removeprefix(scope.get("root_path", ""))
        if self._prefix:
            if not route.startswith(f"{self._prefix}/"):
                return None
            route = route.removeprefix(self._prefix)
        return self._paths.get(route)


def geo_route(folder: Path | None = None, cache_dir: Path | None = None) -> Route:
    """Return the route `/geo/{name}.geojson`: boundary files from `folder`, compressed, revalidated on every use.

    The browser keeps its copy and asks each time whether it still holds (304), because a file may be made anew under
    the same name. `folder` defaults to $COCKPIT_GEO_DIR, else data/geo.
    """
    geo_dir = folder or Path(os.environ.get("COCKPIT_GEO_DIR") or _PROJECT / "data" / "geo")
    files = CompressedFiles(cache_dir or default_cache_dir() / "geo")

    async def serve_geo(request: Request) -> Response:
        name = request.path_params["name"]
        if not _GEO_NAME.fullmatch(name):
            return Response(status_code=404)
        path = geo_dir / f"{name}.geojson"
        ask = _Wanted.of(request.headers, request.method)
        try:
            if ask.coding is not None:
                squeezed = await to_thread.run_sync(files.get, path, ask.coding)
                if squeezed.body is not None:
                    return _answer(path, squeezed.body, squeezed.etag, ask, REVALIDATE, ask.coding)
            plain = await to_thread.run_sync(path.read_bytes)
        except (FileNotFoundError, IsADirectoryError):
            return Response(status_code=404)
        return _answer(path, plain, f'W/"{_digest(plain)}"', ask, REVALIDATE, None)

    return Route("/geo/{name}.geojson", serve_geo, methods=["GET", "HEAD"], name="geo")


@dataclass(frozen=True)
class _Wanted:
    """What a request says about the form of its answer."""

    coding: Coding | None
    if_none_match: str
    is_head: bool

    @classmethod
    def of(cls, headers: Headers, method: str) -> _Wanted:
        # A range counts bytes of the plain file, so it is answered from that.
        coding = None if "range" in headers else choose_coding(headers.get("accept-encoding", ""))
        return cls(coding, headers.get("if-none-match", ""), method == "HEAD")


def _answer(path: Path, body: bytes, etag: str, ask: _Wanted, cache_control: str, coding: Coding | None) -> Response:
    headers = {"etag": etag, "cache-control": cache_control, "vary": "Accept-Encoding"}
    if ask.if_none_match and etag_matches(ask.if_none_match, etag):
        return Response(status_code=304, headers=headers)
    if coding is not None:
        headers["content-encoding"] = coding
    headers["content-length"] = str(len(body))
    # As a header, not media_type, which would add a charset to types that have none.
    headers["content-type"] = MEDIA_TYPES[path.suffix]
    return Response(b"" if ask.is_head else body, headers=headers)


def _list_assets(static_dir: Path) -> dict[str, Path]:
    """Return URL path -> file for the index page and every text file under static/; nothing else is ever served."""
    found = {
        "/" + path.relative_to(static_dir).as_posix(): path
        for path in (static_dir / "static").rglob("*")
        if path.suffix in MEDIA_TYPES and path.is_file()
    }
    index = static_dir / "index.html"
    if index.is_file():
        found["/"] = found["/index.html"] = index
    return found


def streamlit_page() -> Path:
    """The page Streamlit answers every visitor with."""
    return _streamlit_static()[0] / "index.html"


def _streamlit_static() -> tuple[Path, str]:
    import streamlit
    from streamlit import file_util

    return Path(file_util.get_static_dir()), streamlit.__version__


def _digest(plain: bytes) -> str:
    return hashlib.sha256(plain).hexdigest()[:32]


def _with_vary(send: Send) -> Send:
    """Mark a plain answer as one of several, so that a shared cache does not hand it to everybody."""

    async def send_with_vary(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message["headers"], (b"vary", b"Accept-Encoding")]}
        await send(message)

    return send_with_vary
