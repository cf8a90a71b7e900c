"""Behind the gate's refusals: who is asking, and whether he may have what he asks for. HTTP and websocket alike.

What is public is answered to anybody: the scan pages, the files of the app, sign-in, the health of the process. For
everything else a person is looked up: by a session, a device's key, a program's key, or what a proxy says. Only the
name of the session goes inward; what its holder may do is looked up there at every act. A socket whose session ends,
or whose holder's rights change, is closed within seconds.

Imports starlette and `access`.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from http.cookies import CookieError, SimpleCookie
from typing import Any, Final
from urllib.parse import quote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cockpit.access import audit, keys, sessions
from cockpit.access.house import Access, AccessFault
from cockpit.access.modes import Mode
from cockpit.access.people import LOCAL, Person
from cockpit.access.proxy import Proxy
from cockpit.service.holders import MEDIA, UPLOAD, Holders
from cockpit.service.strangers import Strangers

HEADER: Final = "x-cockpit-session"
PERSON: Final = "cockpit.person"  # where routes find who asks, in the scope
SECURE_COOKIE: Final = "__Host-cockpit"
COOKIE: Final = "cockpit_session"
DEVICE: Final = "cockpit_device"
SIGN_IN: Final = "/signin"
_OURS: Final = b"x-cockpit-"
_EVERY_SECONDS: Final = 1.0  # what was looked up holds for two: an end is felt within three
_POLICY_VIOLATION: Final = 1008
ENDED: Final = 4401
# The scan pages, the health of the process, sign-in itself, and what the app's empty page is made of.
_PUBLIC: Final = ("/healthz", "/readyz", "/t", SIGN_IN, "/favicon.png", "/_stcore/health", "/_stcore/host-config")
_DESCRIPTION: Final = "/api/v1/openapi.json"  # holds no figures
_PUBLIC_BELOW: Final = ("/t/", f"{SIGN_IN}/", "/static/")
# All a device's key opens; the last are what any page of the app is made of.
_WALL: Final = ("/wall", "/currentz", "/_stcore/stream")
_WALL_BELOW: Final = (MEDIA, "/geo/")


def token_in(headers: Headers, *names: str) -> str:
    """The value of the first of some cookies that is there."""
    jar: SimpleCookie = SimpleCookie()
    for text in headers.getlist("cookie"):
        with contextlib.suppress(CookieError):
            jar.load(text)
    return next((jar[name].value for name in names if name in jar), "")


def is_public(path: str) -> bool:
    """Whether an address is answered to anybody."""
    return path in _PUBLIC or path.startswith(_PUBLIC_BELOW)


@dataclass(eq=False)
class _Socket:
    """An open socket: who it was opened for, and what ends it."""

    person: Person
    name: str
    end: asyncio.Event = field(default_factory=asyncio.Event)


class Entrance:
    """Wraps the app behind the gate. In `local` mode everybody is the person at this machine."""

    def __init__(
        self,
        app: ASGIApp,
        mode: Mode,
        access: Access | None = None,
        proxy: Proxy | None = None,
        base: str = "",
        holders: Holders | None = None,
        strangers: Strangers | None = None,
    ) -> None:
        self._app, self._mode, self._access, self._proxy = app, mode, access, proxy
        self._holders, self._strangers = holders or Holders(), strangers
        self._base = f"/{base.strip('/')}".rstrip("/")
        self._sockets: set[_Socket] = set()
        self._watching: asyncio.Task[None] | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        # What a client says of itself under our names is taken away, whoever it is.
        headers = [(name, value) for name, value in scope["headers"] if not name.lower().startswith(_OURS)]
        if self._mode == "local":
            await self._app({**scope, "headers": headers, PERSON: LOCAL}, receive, send)
            return
        if self._strangers is not None and len(headers) < len(scope["headers"]):
            await self._strangers.note("header", scope)
        path = str(scope["path"]).removeprefix(self._base) or "/"
        try:
            person, name = await self._caller(scope, Headers(raw=headers), path)
            why = await run_in_threadpool(self._refusal, scope, person, path) if person else ""
            why = why or ("" if person is None or self._holders.may(name, path) else "not yours")
        except AccessFault as fault:
            await _refuse(scope, receive, send, HTTPStatus.SERVICE_UNAVAILABLE, str(fault))
            return
        if person is None:
            if is_public(path):
                await self._app({**scope, "headers": headers, PERSON: None}, receive, send)
            else:
                await self._to_sign_in(scope, receive, send, path, Headers(raw=headers))
            return
        if why:
            await _refuse(scope, receive, send, HTTPStatus.FORBIDDEN, why)
            return
        if name:
            headers = [*headers, (HEADER.encode(), name.encode("ascii", "replace"))]
        inward = {**scope, "headers": headers, PERSON: person}
        if scope["type"] == "websocket":
            self._holders.watch()
            await self._watched(inward, receive, send, _Socket(person, name))
            return
        if name and scope["method"] not in ("GET", "HEAD") and not path.startswith("/_stcore/"):
            await run_in_threadpool(self._touch, name)
        answering = _unkept(send) if path.startswith(("/api/", MEDIA)) else send
        if _is_recorded(person, path):
            answering = self._recording(scope, answering, person, path)
        await self._app(inward, receive, answering)

    async def _caller(self, scope: Scope, headers: Headers, path: str) -> tuple[Person | None, str]:
        """Who asks, and the name under which he is looked up again; (None, "") for nobody."""
        access = self._access
        assert access is not None
        client = _client(scope)
        bearer = headers.get("authorization", "")
        if bearer.lower().startswith("bearer ") and path.startswith("/api/"):
            person = await run_in_threadpool(keys.shown, access, bearer[7:].strip(), "api", client)
            return person, ""
        if self._mode == "proxy" and self._proxy is not None:
            account = self._proxy.account(scope, headers)
            if account:
                return await self._looked_up(f"account:{account}")
        token = token_in(headers, SECURE_COOKIE, COOKIE)
        if token:
            found = await self._looked_up(sessions.hash_of(token))
            if found[0] is not None:
                return found
        device = token_in(headers, DEVICE)
        if device and (path in _WALL or path.startswith(_WALL_BELOW)):
            person = await run_in_threadpool(keys.shown, access, device, "device", client)
            return person, f"key:{person.id}" if person else ""
        return None, ""

    async def _looked_up(self, name: str) -> tuple[Person | None, str]:
        assert self._access is not None
        person = await run_in_threadpool(look_up, self._access, name)
        return person, name if person else ""

    def _refusal(self, scope: Scope, person: Person, path: str) -> str:
        """Why a person may not ask for this, "" when he may; pages and acts look for themselves. A refusal
        is recorded where the answer would be."""
        if path.startswith(UPLOAD):
            return "" if person.rights.may("submit") else "no right"
        if not path.startswith("/api/"):
            return ""
        # A key is made for the interface; who signed in asks it beside the pages, and takes along what it answers.
        is_read = path == _DESCRIPTION or (person.way == "api" and not path.endswith(".csv"))
        may = person.rights.may("read" if is_read else "export")
        if not may and _is_recorded(person, path):
            self._record(scope, person, path, "refused")
        return "" if may else "no right"

    def _record(self, scope: Scope, person: Person, path: str, outcome: audit.Outcome, **told: Any) -> None:
        assert self._access is not None
        query = scope.get("query_string", b"").decode("latin-1")[:500]
        event = "export" if path.endswith(".csv") else "api"
        audit.note(
            self._access, event, outcome, person=person, address=_client(scope), about=path, filters=query, **told
        )

    def _recording(self, scope: Scope, send: Send, person: Person, path: str) -> Send:
        """Put an answer on record before its first byte, with what became of the question; one that cannot be recorded
        is not given."""
        is_out = False

        async def send_recorded(message: Message) -> None:
            nonlocal is_out
            if is_out:
                return
            if message["type"] == "http.response.start":
                status = int(message["status"])
                outcome: audit.Outcome = "ok" if status < HTTPStatus.BAD_REQUEST else "failed"
                try:
                    await run_in_threadpool(self._record, scope, person, path, outcome, status=status)
                except AccessFault as fault:
                    is_out = True
                    await _refuse(scope, _nothing, send, HTTPStatus.SERVICE_UNAVAILABLE, str(fault))
                    return
            await send(message)

        return send_recorded

    def _is_due(self, name: str) -> bool:
        assert self._access is not None
        return ":" not in name and not sessions.is_touched(self._access, name)

    def _touch(self, name: str) -> None:
        assert self._access is not None
        if ":" not in name:
            sessions.touch(self._access, name)

    async def _to_sign_in(self, scope: Scope, receive: Receive, send: Send, path: str, headers: Headers) -> None:
        """Nobody is asking: a reader is shown the way in, and comes back to where he wanted; a program is told. A wall
        whose key has ended asks for another key."""
        is_page = scope["type"] == "http" and scope["method"] in ("GET", "HEAD") and "." not in path
        if not is_page or path.startswith(("/api/", "/_stcore/", MEDIA, "/currentz", "/geo/")):
            await _refuse(scope, receive, send, HTTPStatus.UNAUTHORIZED, "sign in first")
            return
        query = scope.get("query_string", b"").decode("latin-1")
        asked = f"{self._base}{path}{f'?{query}' if query else ''}"
        way = f"{SIGN_IN}/device" if path == "/wall" and token_in(headers, DEVICE) else SIGN_IN
        # Whoever shows a session that is none any more is told that it has ended, not why.
        had_one = way == SIGN_IN and token_in(headers, SECURE_COOKIE, COOKIE)
        here = f"{self._base}{way}?next={quote(asked, safe='')}{'&ended=1' if had_one else ''}"
        given = [(b"location", here.encode()), (b"cache-control", b"no-store"), (b"content-length", b"0")]
        await send({"type": "http.response.start", "status": int(HTTPStatus.SEE_OTHER), "headers": given})
        await send({"type": "http.response.body", "body": b""})

    async def _watched(self, scope: Scope, receive: Receive, send: Send, socket: _Socket) -> None:
        """Hand a socket on until it ends by itself or its session does."""
        self._sockets.add(socket)
        if self._watching is None or self._watching.done():
            self._watching = asyncio.create_task(self._watch())
        ending = asyncio.ensure_future(socket.end.wait())

        async def receive_watched() -> Message:
            coming = asyncio.ensure_future(receive())
            await asyncio.wait({coming, ending}, return_when=asyncio.FIRST_COMPLETED)
            if ending.done():
                coming.cancel()
                with contextlib.suppress(Exception):
                    await send({"type": "websocket.close", "code": ENDED, "reason": "signed out"})
                return {"type": "websocket.disconnect", "code": ENDED}
            message: Message = coming.result()
            # The page's question whether it is alive is short; a run that somebody asked for is not.
            is_asked = message["type"] == "websocket.receive" and len(message.get("bytes") or b"") > _HEARTBEAT
            if is_asked and self._is_due(socket.name):
                await run_in_threadpool(self._touch, socket.name)
            return message

        try:
            await self._app(scope, receive_watched, send)
        finally:
            ending.cancel()
            self._sockets.discard(socket)

    async def _watch(self) -> None:
        """Look every second whether the sockets' people are still who they were; ends with the last socket."""
        assert self._access is not None
        while self._sockets:
            await asyncio.sleep(_EVERY_SECONDS)
            for name in {socket.name for socket in self._sockets}:
                try:
                    person = await run_in_threadpool(look_up, self._access, name)
                except AccessFault:
                    continue  # a database that is away for a moment throws nobody out; nothing can be done meanwhile
                for socket in [item for item in self._sockets if item.name == name]:
                    if person is None or (person.rights, person.sees) != (socket.person.rights, socket.person.sees):
                        socket.end.set()


def _is_recorded(person: Person, path: str) -> bool:
    """Whether an answer is put on the audit record: all that leaves, with what was asked for."""
    return path.startswith("/api/") and (person.way == "api" or path != _DESCRIPTION)


def _client(scope: Scope) -> str:
    return str((scope.get("client") or ("",))[0])


async def _nothing() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}


_HEARTBEAT: Final = 16  # bytes


def _unkept(send: Send) -> Send:
    """Answers for one person are kept by no browser and no proxy."""

    async def send_unkept(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=list(message.get("headers", [])))
            headers["cache-control"] = "no-store"
            message = {**message, "headers": headers.raw}
        await send(message)

    return send_unkept


def look_up(access: Access, name: str) -> Person | None:
    """The person behind a name as it goes inward: of a session, a device, or an account a proxy vouches for."""
    kind, _, rest = name.partition(":")
    if kind == "key":
        return keys.person_by_name(access, rest, "device")
    if kind == "account":
        return sessions.person_of_account(access, rest)
    return sessions.person_of(access, name)


def person_in(scope: Mapping[str, object]) -> Person | None:
    """Who asks, for a route; the person at this machine where the entrance does not stand before it (in tests)."""
    found = scope.get(PERSON, LOCAL)
    assert found is None or isinstance(found, Person)
    return found


def safe_next(asked: str) -> str:
    """Where to after sign-in: an address of our own, else the first page."""
    parts = urlsplit(asked)
    is_ours = asked.startswith("/") and not asked.startswith(("//", "/\\")) and not parts.netloc and not parts.scheme
    printable = all(sign.isprintable() and sign != "\\" for sign in asked)
    return asked if is_ours and printable and not parts.path.startswith(SIGN_IN) and len(asked) < 2000 else "/"


async def _refuse(scope: Scope, receive: Receive, send: Send, status: HTTPStatus, words: str) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": _POLICY_VIOLATION, "reason": words[:100]})
        return
    body = json.dumps({"error": words}, ensure_ascii=False).encode()
    headers = [
        (b"content-type", b"application/json; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
    ]
    if status is HTTPStatus.UNAUTHORIZED:
        headers.append((b"www-authenticate", b"Bearer"))
    await send({"type": "http.response.start", "status": int(status), "headers": headers})
    await send({"type": "http.response.body", "body": body if scope["method"] != "HEAD" else b""})
