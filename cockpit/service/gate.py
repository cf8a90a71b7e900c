"""The outermost middleware: who may ask, from where, how much; what every answer carries. HTTP and websocket alike.

Nothing behind it sees a request under a foreign name or a socket opened by a foreign page. Streamlit would look its own
outside address up for each of the latter, on the event loop, and hold everybody up meanwhile. Later the home of logins.

Imports starlette and the policy; what Streamlit knows (its page, files held) is handed in.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cockpit.policy.limit_design import LimitDesign
from cockpit.service.origins import SETTING, Names

Held = Callable[[str], tuple[int, int]]  # session -> bytes of its uploads, bytes of all
_READS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
# The agent interface drives the app without a page; the others tell strangers about the server.
_CLOSED: Final = ("/_stcore/agent", "/_stcore/metrics", "/_stcore/script-health-check")
_UPLOAD: Final = "/_stcore/upload_file/"
_POLICY_VIOLATION: Final = 1008


class Gate:
    """Wraps the whole app. `held` tells what uploads take; without it they are counted while they come in only."""

    def __init__(
        self, app: ASGIApp, names: Names, headers: Mapping[str, str], limits: LimitDesign, held: Held | None = None
    ) -> None:
        self._app, self._names, self._limits = app, names, limits
        self._headers = dict(headers)
        self._held = held or (lambda session: (0, 0))
        self._coming: dict[str, int] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        send = self._marked(send) if scope["type"] == "http" else send
        if refused := self._refusal(scope):
            await _refuse(scope, receive, send, *refused)
        elif scope["type"] == "http" and _UPLOAD in scope["path"] and scope["method"] == "PUT":
            await self._upload(scope, receive, send)
        else:
            await self._app(_as_asked(scope), receive, send)

    def _refusal(self, scope: Scope) -> tuple[HTTPStatus, str] | None:
        headers, port = Headers(scope=scope), (scope.get("server") or ("", None))[1]
        hosts, origins = headers.getlist("host"), headers.getlist("origin")
        if len(hosts) != 1 or not self._names.knows(hosts[0], port):
            return HTTPStatus.MISDIRECTED_REQUEST, f"unknown host; its operator names it in {SETTING}"
        is_socket = scope["type"] == "websocket"
        is_safe = not is_socket and scope["method"] in _READS
        scheme = "https" if scope.get("scheme") in ("https", "wss") else "http"
        # No Origin: not a page in a browser, which always tells.
        if not is_safe and origins and (len(origins) > 1 or not self._names.may_act(origins[0], scheme, port)):
            return HTTPStatus.FORBIDDEN, "foreign origin"
        if any(closed in scope["path"] for closed in _CLOSED):
            return HTTPStatus.NOT_FOUND, "not found"
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
        session = _session(scope)
        mine, all_of_them = self._held(session)
        mine += self._coming.get(session, 0) + size
        all_of_them += sum(self._coming.values()) + size
        if mine > self._limits.limit("session_upload_mib") << 20:
            return HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "remove some of the files chosen before"
        if all_of_them > self._limits.limit("all_uploads_mib") << 20:
            return HTTPStatus.SERVICE_UNAVAILABLE, "many files are being checked: try again in a minute"
        return None

    async def _upload(self, scope: Scope, receive: Receive, send: Send) -> None:
        session, size = _session(scope), int(Headers(scope=scope)["content-length"])
        self._coming[session] = self._coming.get(session, 0) + size
        try:
            await self._app(scope, receive, send)
        finally:
            self._coming[session] -= size
            if not self._coming[session]:
                del self._coming[session]

    def _marked(self, send: Send) -> Send:
        """Add our headers to an answer; a page with a policy of its own keeps it. Nobody else's page reads ours."""

        async def send_marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=list(message.get("headers", [])))
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
                for name in [name for name in headers if name.startswith("access-control-")]:
                    del headers[name]
                message = {**message, "headers": headers.raw}
            await send(message)

        return send_marked


def _session(scope: Scope) -> str:
    return str(scope["path"]).partition(_UPLOAD)[2].partition("/")[0]


def _as_asked(scope: Scope) -> Scope:
    """Behind a proxy that rewrites Host, a socket is shown with the host its page was asked for under."""
    origin = Headers(scope=scope).get("origin")
    if scope["type"] != "websocket" or origin is None:
        return scope
    headers = [(name, value) for name, value in scope["headers"] if name != b"host"]
    return {**scope, "headers": [*headers, (b"host", urlsplit(origin).netloc.encode("latin-1"))]}


async def _refuse(scope: Scope, receive: Receive, send: Send, status: HTTPStatus, words: str) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": _POLICY_VIOLATION, "reason": words})  # before accept: a 403
        return
    body = json.dumps({"error": words}).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    if status is HTTPStatus.SERVICE_UNAVAILABLE:
        headers.append((b"retry-after", b"60"))
    await send({"type": "http.response.start", "status": int(status), "headers": headers})
    await send({"type": "http.response.body", "body": body if scope["method"] != "HEAD" else b""})
