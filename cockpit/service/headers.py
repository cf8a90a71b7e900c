"""What every answer tells the browser not to do: run foreign scripts, ask other hosts, stand in foreign frames.

Imports nothing of the package but the folder of Streamlit's page; called once at the start.
"""

from __future__ import annotations

import base64
import hashlib
import signal
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Final

# `blob:` for components, whose script the app itself brings; wasm for protobuf and deck.gl; Vega needs no eval here.
_POLICY: Final = (
    "default-src 'self'; script-src 'self' blob: 'wasm-unsafe-eval' {hashes}; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_OTHERS: Final[Mapping[str, str]] = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


class _Inline(HTMLParser):
    """Collects the bodies of scripts that stand in the page itself."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.bodies: list[str] = []
        self._is_inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._is_inside = tag == "script" and "src" not in dict(attrs)
        if self._is_inside:
            self.bodies.append("")

    def handle_data(self, data: str) -> None:
        if self._is_inside:
            self.bodies[-1] += data

    def handle_endtag(self, tag: str) -> None:
        self._is_inside = False


def inline_hashes(page: str) -> tuple[str, ...]:
    """Sources of a policy that allow exactly the scripts written into a page."""
    reader = _Inline()
    reader.feed(page)
    digests = (hashlib.sha256(body.encode()).digest() for body in reader.bodies if body)
    return tuple(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


def leave_out_the_server() -> bool:
    """Let no answer name the program that serves; whether it was found. Called from the launcher's lifespan.

    uvicorn adds the name behind every middleware, and Streamlit starts it without a setting for that. What ends the
    process is a method of it.
    """
    config: Any = getattr(getattr(signal.getsignal(signal.SIGTERM), "__self__", None), "config", None)
    if not isinstance(getattr(config, "encoded_headers", None), list):
        return False
    config.encoded_headers = [(name, value) for name, value in config.encoded_headers if name != b"server"]
    return True


def security_headers(index: Path) -> dict[str, str]:
    """Headers by name; `index` is the page whose own scripts may run, so that an upgrade of it changes nothing here."""
    hashes = " ".join(inline_hashes(index.read_text(encoding="utf-8")))
    return {"content-security-policy": _POLICY.format(hashes=hashes), **_OTHERS}
