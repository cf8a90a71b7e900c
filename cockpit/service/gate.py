"""The outermost middleware: who may ask, from where, how much; what every answer carries. HTTP and websocket alike.

Nothing behind it sees a request under a foreign name or a socket opened by a foreign page. Streamlit would look its own
outside address up for each of the latter, on the event loop, and hold everybody up meanwhile. Later the home of logins.

Imports starlette and the policy; what Streamlit knows (its page, files held) is handed in.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Final, Protocol
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cockpit.policy.limit_design import LimitDesign
from cockpit.service.doors import Door, Doors
from cockpit.service.missing_page import refused_page
from cockpit.service.origins import SETTING, Names
from cockpit.service.sockets import bounded
from cockpit.service.strangers import Kind, Strangers

_READS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_UPLOAD: Final = "/_stcore/upload_file/"
_ENVELOPE: Final = 1 << 20  # bytes a body may have beside its file
_POLICY_VIOLATION: Final = 1008
_STRICT: Final = {"strict-transport-security": "max-age=31536000"}
_UNKNOWN_HOST: Final = f"unknown host; its operator names it in {SETTING}"
_FOREIGN_ORIGIN: Final = "foreign origin"
_FOREIGN: Final[Mapping[str, Kind]] = {_UNKNOWN_HOST: "host", _FOREIGN_ORIGIN: "origin"}


class Store(Protocol):
    """Where uploads stay."""

    def held(self, session: str) -> tuple[int, int]:
        """Bytes of one session's files, and of all."""

    def sent_back(self, session: str, file: str, most: int) -> bool:
        """Take a file of more bytes than `most` out again; whether it was one."""


class Gate:
    """Wraps the whole app; `file_mib` is the largest file that is read, `missing` answers for pages there are not."""

    def __init__(
        self,
        app: ASGIApp,
        names: Names,
        doors: Doors,
        headers: Mapping[str, str],
        limits: LimitDesign,
        file_mib: int,
        store: Store,
        missing: ASGIApp,
        strangers: Strangers | None = None,
    ) -> None:
        self._app, self._names, self._doors, self._limits = app, names, doors, limits
        self._missing, self._strangers = missing, strangers
        self._headers = dict(headers)
        self._most, self._store = file_mib << 20, store
        self._coming: dict[str, int] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        send = self._marked(send, scope.get("scheme") == "https") if scope["type"] == "http" else send
        door = self._doors.at(scope)
        if refused := self._refusal(scope, door):
            await self._refused(scope, receive, send, *refused)
        elif scope["type"] == "websocket":
            await self._app(_as_asked(scope), *bounded(receive, send, self._limits))
        elif _UPLOAD in scope["path"]:
            await self._upload(scope, receive, send)
        else:
            await (self._app if door == "known" else self._missing)(scope, receive, send)

    async def _refused(
        self, scope: Scope, receive: Receive, send: Send, status: HTTPStatus, words: str, remedy: str = ""
    ) -> None:
        """Who reads pages is told in his language; what no page of ours sends is put on record."""
        kind = _FOREIGN.get(words)
        if kind and self._strangers is not None:
            await self._strangers.note(kind, scope)
        is_reader = scope["type"] == "http" and "text/html" in Headers(scope=scope).get("accept", "")
        if kind and is_reader:
            await refused_page(Request(scope), status, kind)(scope, receive, send)
        else:
            await _refuse(scope, receive, send, status, words, remedy)

    def _refusal(self, scope: Scope, door: Door) -> tuple[HTTPStatus, str] | tuple[HTTPStatus, str, str] | None:
        headers, port = Headers(scope=scope), (scope.get("server") or ("", None))[1]
        hosts, origins = headers.getlist("host"), headers.getlist("origin")
        if len(hosts) != 1 or not self._names.knows(hosts[0], port):
            return HTTPStatus.MISDIRECTED_REQUEST, _UNKNOWN_HOST
        is_socket = scope["type"] == "websocket"
        is_safe = not is_socket and scope["method"] in _READS
        scheme = "https" if scope.get("scheme") in ("https", "wss") else "http"
        # No Origin: not a page in a browser, which always tells.
        if not is_safe and origins and (len(origins) > 1 or not self._names.may_act(origins[0], scheme, port)):
            return HTTPStatus.FORBIDDEN, _FOREIGN_ORIGIN
        if door == "no interface":
            return HTTPStatus.NOT_FOUND, "no such address", "see /api/v1/openapi.json"
        if door == "none" or (door == "no page" and not is_safe):
            return HTTPStatus.NOT_FOUND, "no such address"
        if not is_socket and not is_safe and scope["method"] != "DELETE":
            return self._too_much(scope, headers)
        return None

    def _too_much(self, scope: Scope, headers: Headers) -> tuple[HTTPStatus, str] | None:
        """A body is announced and fits its place; Streamlit itself holds an upload to its size while it comes in."""
        length = headers.get("content-length", "")
        if not length.isdecimal():
            return HTTPStatus.LENGTH_REQUIRED, "say how long the body is"
        size = int(length) if len(length) < 16 else 1 << 60
        if _UPLOAD not in scope["path"]:
            most = self._limits.limit("body_kib") << 10
            return (HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too large") if size > most else None
        if size > self._most + _ENVELOPE:
            return HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "the file is too large"
        session, _ = _uploaded(scope)
        mine, all_of_them = self._store.held(session)
        mine += self._coming.get(session, 0) + size
        all_of_them += sum(self._coming.values()) + size
        if mine > self._limits.limit("session_upload_mib") << 20:
            return HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "remove some of the files chosen before"
        if all_of_them > self._limits.limit("all_uploads_mib") << 20:
            return HTTPStatus.SERVICE_UNAVAILABLE, "many files are being checked: try again in a minute"
        return None

    async def _upload(self, scope: Scope, receive: Receive, send: Send) -> None:
        (session, file), is_out = _uploaded(scope), False
        size = int(Headers(scope=scope).get("content-length", "0"))

        async def send_kept(message: Message) -> None:
            """Only when it is in is its size known to the byte; the body holds more than the file."""
            nonlocal is_out
            is_in = message["type"] == "http.response.start" and message["status"] < HTTPStatus.BAD_REQUEST
            if is_in and self._store.sent_back(session, file, self._most):
                is_out = True
                await _refuse(scope, receive, send, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "the file is too large")
            elif not is_out:
                await send(message)

        self._coming[session] = self._coming.get(session, 0) + size
        try:
            await self._app(scope, receive, send_kept)
        finally:
            self._coming[session] -= size
            if not self._coming[session]:
                del self._coming[session]

    def _marked(self, send: Send, is_secure: bool) -> Send:
        """Add our headers to an answer; a page with a policy of its own keeps it. Nobody else's page reads ours.

        Who was asked over TLS is to be asked so from then on.
        """
        given = {**self._headers, **(_STRICT if is_secure else {})}

        async def send_marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=list(message.get("headers", [])))
                for name, value in given.items():
                    headers.setdefault(name, value)
                for name in [name for name in headers if name.startswith("access-control-")]:
                    del headers[name]
                message = {**message, "headers": headers.raw}
            await send(message)

        return send_marked


def _uploaded(scope: Scope) -> tuple[str, str]:
    """Session and file an upload is of."""
    session, _, file = str(scope["path"]).partition(_UPLOAD)[2].partition("/")
    return session, file


def _as_asked(scope: Scope) -> Scope:
    """Behind a proxy that rewrites Host, a socket is shown with the host its page was asked for under."""
    origin = Headers(scope=scope).get("origin")
    if scope["type"] != "websocket" or origin is None:
        return scope
    headers = [(name, value) for name, value in scope["headers"] if name != b"host"]
    return {**scope, "headers": [*headers, (b"host", urlsplit(origin).netloc.encode("latin-1"))]}


async def _refuse(scope: Scope, receive: Receive, send: Send, status: HTTPStatus, words: str, remedy: str = "") -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": _POLICY_VIOLATION, "reason": words})  # before accept: a 403
        return
    body = json.dumps({"error": words, **({"remedy": remedy} if remedy else {})}).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    if status is HTTPStatus.SERVICE_UNAVAILABLE:
        headers.append((b"retry-after", b"60"))
    await send({"type": "http.response.start", "status": int(status), "headers": headers})
    await send({"type": "http.response.body", "body": body if scope["method"] != "HEAD" else b""})
