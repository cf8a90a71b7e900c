"""The scan page `/t/{code}`: what a QR code opens, and `/t`, where a code or a name is looked up.

Plain HTML made by a template, no script, nothing fetched from elsewhere: a passer-by on a phone must not load the app.
Public facts only. Made once for each (dataset version, day, code, language, address), answered from memory after that.

Imports starlette; jinja2 lazily, when the first page is made. No streamlit.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import brotli
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from cockpit import town_codes
from cockpit.analysis.selection import Selection, select_towns
from cockpit.briefings import Desk, day_of, decided, open_desk, town_profile
from cockpit.datasets.decisions.log import LogUnavailable
from cockpit.datasets.store.loading import NAMES, default_dataset
from cockpit.errors import CockpitError
from cockpit.phrases import say
from cockpit.rights import ALL
from cockpit.service.compression import choose_coding, etag_matches
from cockpit.visuals.marks.markup import EMPTY, Markup, html_of
from cockpit.visuals.marks.palette import css_variables
from cockpit.visuals.styles import style_sheet
from cockpit.visuals.town import blocks as profile_blocks
from cockpit.visuals.town import qr
from cockpit.visuals.town import trend as profile_drawing
from cockpit.vocabulary import PREFECTURES, Language
from cockpit.wording.profile import face as face_of

if TYPE_CHECKING:
    import jinja2

_TEMPLATES: Final = Path(__file__).with_name("templates")
_QUALITY: Final = 5  # of the compression: a better one costs more than making the page
_MOST: Final = 12  # towns a search lists
_FRESH: Final = 300  # seconds a phone or a proxy may keep a page
_LOG_SECONDS: Final = 10.0  # a log that is away must not cost every scan a time-out
SECURITY: Final[Mapping[str, str]] = {
    # No script at all; style attributes place the bars.
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
_making = threading.Lock()  # two hundred scans of a cold page make it once
_logged: dict[str, tuple[float, tuple[tuple[str, date], ...]]] = {}


@dataclass(frozen=True)
class Made:
    """A page ready to send."""

    etag: str
    body: bytes
    squeezed: bytes


def language_of(request: Request) -> Language:
    """`?lang=`, else the better of Chinese and English in Accept-Language, else Chinese."""
    asked = request.query_params.get("lang")
    if asked in ("zh", "en"):
        return "en" if asked == "en" else "zh"
    best: dict[str, float] = {}
    for part in request.headers.get("accept-language", "").lower().split(","):
        name, _, weight = part.strip().partition(";q=")
        try:
            best.setdefault(name[:2], float(weight) if weight else 1.0)
        except ValueError:
            continue
    return "en" if best.get("en", 0.0) > best.get("zh", 0.0) else "zh"


@lru_cache(maxsize=1)
def _environment() -> jinja2.Environment:
    import jinja2

    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render(template: str, language: Language, here: str, **values: Any) -> bytes:
    """A page of one of our templates; `here` is its own path, for the other language."""
    text = (
        _environment()
        .get_template(template)
        .render(
            language=language,
            here=here,
            say=lambda key: say(key, language),
            style=lambda name: Markup(style_sheet(name)),
            light=Markup(css_variables("light")),
            dark=Markup(css_variables("dark")),
            **values,
        )
    )
    return text.encode("utf-8")


def _extensions(dataset: str) -> tuple[tuple[str, date], ...]:
    """Extensions in the decision log, looked up at most every few seconds; none while the log is away."""
    known = _logged.get(dataset)
    if known and time.monotonic() - known[0] < _LOG_SECONDS:
        return known[1]
    try:
        found = decided(dataset).extensions
    except LogUnavailable:
        found = known[1] if known else ()
    _logged[dataset] = (time.monotonic(), found)
    return found


@lru_cache(maxsize=512)
def _page(
    desk: Desk, town_code: str, language: Language, url: str, as_of: date, logged: tuple[tuple[str, date], ...]
) -> Made:
    profile = town_profile(desk, town_code, as_of, logged).for_public()
    face = face_of(profile, language, url)
    code = qr.svg(url, say("town.qr", language, code=face.code, url=url))
    blocks = profile_blocks
    picture = profile_drawing.trend(face.trend, profile_drawing.INLINE) if face.trend else EMPTY
    first = blocks.head(face) + blocks.status_card(face, code) + blocks.reasons(face) + blocks.facts(face)
    second = html_of(
        (
            blocks.standing(face),
            blocks.trend(face, picture),
            blocks.reports(face),
            blocks.chain(face),
            blocks.rating(face),
            blocks.history(face),
            blocks.rules(face),
            blocks.sources(face),
        )
    )
    body = render("scan.html", language, f"/t/{face.code}", face=face, first=first, second=second)
    return Made(f'W/"{hashlib.sha256(body).hexdigest()[:24]}"', body, brotli.compress(body, quality=_QUALITY))


def _answer(request: Request, made: Made) -> Response:
    headers = {
        **SECURITY,
        "ETag": made.etag,
        "Cache-Control": f"public, max-age={_FRESH}",
        "Vary": "Accept-Language, Accept-Encoding",
    }
    if etag_matches(request.headers.get("if-none-match", ""), made.etag):
        return Response(status_code=304, headers=headers)
    body = made.body
    if choose_coding(request.headers.get("accept-encoding", "")) == "br":
        body, headers["Content-Encoding"] = made.squeezed, "br"
    return Response(body, media_type="text/html", headers=headers)


def _desks() -> list[Desk]:
    """Both datasets, the deployment's own first; one that cannot be read is left out."""
    found = []
    for name in dict.fromkeys((default_dataset(), *NAMES)):
        try:
            found.append(open_desk(name))
        except CockpitError:
            continue
    return found


def _hit(desk: Desk, town_code: str, language: Language) -> dict[str, str]:
    towns = desk.dataset.towns
    row = towns.iloc[desk.cube.towns.index(town_code)]
    code = town_codes.printed(town_code)
    prefecture = PREFECTURES[str(row["prefecture_adcode"])].say(language)
    place = f"{prefecture} {row['county_zh' if language == 'zh' else 'county_en']}"
    query = "?lang=en" if language == "en" else ""
    return {
        "path": f"/t/{code}{query}",
        "name": str(row["name_zh" if language == "zh" else "name_en"]),
        "code": code,
        "place": place,
        "kind": say(f"dataset.short_{desk.dataset.name}", language),
        "style": "" if desk.dataset.manifest.is_simulated else " public",
    }


def _missing(
    language: Language,
    here: str,
    heading: str,
    sentence: str,
    typed: str = "",
    hits: list[dict[str, str]] | None = None,
    hits_heading: str = "",
    is_searchable: bool = True,
    status: int = 404,
) -> Response:
    body = render(
        "missing.html",
        language,
        here,
        heading=heading,
        sentence=sentence,
        typed=typed,
        hits=hits or [],
        hits_heading=hits_heading,
        searchable=is_searchable,
        search_path="/t",
    )
    headers = {**SECURITY, "Cache-Control": "no-store", "Vary": "Accept-Language"}
    return Response(body, status_code=status, media_type="text/html", headers=headers)


def _off(language: Language) -> Response:
    heading, text = say("scan.off", language), say("scan.off_text", language)
    return _missing(language, "/t", heading, text, is_searchable=False)


def _near(typed: str, desks: list[Desk], language: Language) -> list[dict[str, str]]:
    owner = {code: desk for desk in desks for code in desk.cube.towns}
    return [_hit(owner[code], code, language) for code in town_codes.near(typed, owner)]


def _found(typed: str, desks: list[Desk], language: Language) -> list[dict[str, str]]:
    """Towns whose name, alias, code or industry holds the words."""
    hits = []
    for desk in desks:
        keep = select_towns(desk.dataset.towns, Selection(desk.choices.default_period, search=typed, scope=ALL))
        hits += [_hit(desk, code, language) for code, kept in zip(desk.cube.towns, keep, strict=True) if kept]
    return hits[:_MOST]


def _work(request: Request, typed: str) -> Response:
    language = language_of(request)
    if not town_codes.has_scan_pages():
        return _off(language)
    reading, desks = town_codes.read(typed), _desks()
    if not desks:
        heading = say("scan.not_found", language)
        return _missing(language, "/t", heading, say("scan.unready", language), is_searchable=False, status=503)
    desk = next((desk for desk in desks if reading.town_code in desk.cube.towns), None)
    if desk is not None and reading.town_code is not None:
        code = town_codes.printed(reading.town_code)
        if code != typed:
            query = f"?lang={language}" if "lang" in request.query_params else ""
            return RedirectResponse(f"/t/{code}{query}", status_code=302, headers=dict(SECURITY))
        url = town_codes.public_url(code, str(request.base_url))
        with _making:
            made = _page(
                desk, reading.town_code, language, url, day_of(desk.dataset.name), _extensions(desk.dataset.name)
            )
        return _answer(request, made)
    shown = "".join(sign for sign in typed if sign.isprintable())[: town_codes.LONGEST]
    values = {
        "typed": shown,
        "expected": reading.expected,
        "dataset": say(f"dataset.{desks[0].dataset.name}", language),
    }
    sentence = say(reading.problem or "code.unknown", language, **values)
    near = _near(typed, desks, language)
    heading = say("scan.not_found", language)
    return _missing(language, "/t", heading, sentence, shown, near, say("code.near", language))


async def scan(request: Request) -> Response:
    """The page of one town, 404 with help for a code that is none."""
    return await run_in_threadpool(_work, request, request.path_params["code"])


def _look_up(request: Request) -> Response:
    language = language_of(request)
    if not town_codes.has_scan_pages():
        return _off(language)
    typed = request.query_params.get("q", "").strip()[: town_codes.LONGEST]
    desks = _desks()
    if town_codes.read(typed).town_code in {code for desk in desks for code in desk.cube.towns}:
        return _work(request, typed)
    hits = _found(typed, desks, language) if typed else []
    heading = say("scan.results" if hits else "town.title", language)
    sentence = say("scan.search", language)
    if typed:
        sentence = say("town.found" if hits else "town.found_none", language, count=len(hits), typed=typed)
    near = [] if hits or not typed else _near(typed, desks, language)
    listed = "" if hits else say("code.near", language)  # what is found already has the page's heading
    return _missing(language, "/t", heading, sentence, typed, hits or near, listed, status=200)


async def look_up(request: Request) -> Response:
    """The search page."""
    return await run_in_threadpool(_look_up, request)
