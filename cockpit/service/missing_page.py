"""The page of an address that has none: what was asked, and every page there is, in the reader's language.

Plain HTML like the scan page. Imports starlette; no streamlit.
"""

from __future__ import annotations

from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from cockpit.phrases import keys, say
from cockpit.service.doors import page_addresses
from cockpit.service.origins import SETTING
from cockpit.service.scan_page import SECURITY, language_of, render
from cockpit.vocabulary import Language

_FIRST: Final = "cockpit"  # the page at `/`; its name is no address, but a near one
_LONGEST: Final = 60  # signs of an address shown


def refused_page(request: Request, status: int, kind: str) -> Response:
    """Why a request of a foreign page, or under a foreign name, is not answered; leads nowhere."""
    language = language_of(request)
    heading, sentence = say(f"refused.{kind}", language), say(f"refused.{kind}_text", language, setting=SETTING)
    body = render("nowhere.html", language, request.url.path, heading=heading, sentence=sentence, links=[])
    headers = {**SECURITY, "Cache-Control": "no-store", "Vary": "Accept-Language"}
    return Response(body, status_code=int(status), media_type="text/html", headers=headers)


class MissingPage:
    """Answers what no door leads to; `base` is the path before the app's addresses."""

    def __init__(self, base: str = "") -> None:
        self._base = f"/{base.strip('/')}".rstrip("/")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        asked = request.url.path.removeprefix(self._base).strip("/")
        if asked == _FIRST:
            query = f"?{request.url.query}" if request.url.query else ""
            answer: Response = RedirectResponse(f"{self._base}/{query}", status_code=307, headers=dict(SECURITY))
        else:
            body = await run_in_threadpool(self._page, f"/{asked}", language_of(request))
            headers = {**SECURITY, "Cache-Control": "no-store", "Vary": "Accept-Language"}
            answer = Response(body, status_code=404, media_type="text/html", headers=headers)
        await answer(scope, receive, send)

    def _page(self, asked: str, language: Language) -> bytes:
        known = page_addresses()
        query = "?lang=en" if language == "en" else ""
        scripts = [key.removeprefix("page.") for key in keys() if key.startswith("page.")]
        addresses = {name: "/" if name == _FIRST else f"/{name.replace('_', '-')}" for name in scripts}
        links = [
            {"path": f"{self._base}{path}{query}", "name": say(f"page.{name}", language)}
            for name, path in addresses.items()
            if path in known
        ]
        shown = "".join(sign for sign in asked if sign.isprintable())[:_LONGEST]
        return render(
            "nowhere.html",
            language,
            self._base + asked,
            heading=say("missing_page.title", language),
            sentence=say("missing_page.text", language, address=shown),
            pages_heading=say("missing_page.pages", language),
            links=links,
        )
