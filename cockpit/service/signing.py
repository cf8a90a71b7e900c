"""The way in and out: `/signin` and what belongs to it. Plain HTML without script, in both languages.

Imports starlette and `access`; jinja2 lazily, by the page's template. No streamlit.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from functools import lru_cache
from http import HTTPStatus
from typing import Any, Final, TypeVar
from urllib.parse import parse_qs, urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from cockpit.access import accounts, audit, keys, oidc, sessions, signing_in
from cockpit.access.house import AccessFault, open_access
from cockpit.access.modes import mode
from cockpit.access.people import Person
from cockpit.datasets.store.loading import default_dataset, load
from cockpit.errors import CockpitError
from cockpit.phrases import say
from cockpit.service.entrance import COOKIE, DEVICE, SECURE_COOKIE, SIGN_IN, safe_next, token_in
from cockpit.service.origins import PUBLIC
from cockpit.service.scan_page import SECURITY, language_of, render
from cockpit.vocabulary import Language

T = TypeVar("T")
_ASKED: Final = "cockpit_asked"
_ASKED_SECONDS: Final = 600
_DEVICE_SECONDS: Final = 400 * 86400  # browsers keep none longer; the key's own day is what counts
# Forms tell where they were sent from only when the page lets them.
_HEADERS: Final = {**SECURITY, "Referrer-Policy": "same-origin", "Cache-Control": "no-store", "Vary": "Accept-Language"}
# Passwords are checked by threads of their own: a burst of sign-ins must not take those that others wait for.
_checking = ThreadPoolExecutor(max_workers=4, thread_name_prefix="sign-in")


# What a reader is told who did not come by himself.
_TOLD: Final = {"out": "signin.out_done", "ended": "signin.ended"}


async def _apart(work: Callable[..., T], *given: Any) -> T:
    return await asyncio.get_running_loop().run_in_executor(_checking, work, *given)


async def sign_in(request: Request) -> Response:
    """`GET /signin?next=` asks for account and password; POST opens a session."""
    if mode() == "local":
        return RedirectResponse("/", status_code=HTTPStatus.SEE_OTHER)
    after = safe_next(request.query_params.get("next", "/"))
    if request.method == "GET":
        told = next((words for name, words in _TOLD.items() if name in request.query_params), "")
        return _page(request, "password", after, told=told)
    form = await _form(request)
    after = safe_next(form.get("next", "/"))
    account = form.get("account", "")
    try:
        opened = await _apart(
            signing_in.sign_in, open_access(), account, form.get("password", ""), _address(request), _agent(request)
        )
    except AccessFault as fault:
        return _page(request, "password", after, fault=fault, account=account)
    await _leave(request)
    return _go_on(request, opened, after)


async def code(request: Request) -> Response:
    """The second step: a code of the second factor."""
    form = await _form(request) if request.method == "POST" else {}
    after = safe_next(form.get("next") or request.query_params.get("next", "/"))
    token = _token(request)
    if request.method == "GET":
        return _page(request, "code", after) if sessions.step_of(open_access(), token) == "code" else _back(after)
    given = (token, form.get("code", ""), _address(request), _agent(request))
    try:
        opened = await _apart(signing_in.enter_code, open_access(), *given)
    except AccessFault as fault:
        step = "code" if fault.reason == "code" else "password"
        return _page(request, step, after, fault=fault)
    return _go_on(request, opened, after)


async def password(request: Request) -> Response:
    """A new password, at the first sign-in, when the old one is too old, or when its holder wants one."""
    access, token = open_access(), _token(request)
    form = await _form(request) if request.method == "POST" else {}
    after = safe_next(form.get("next") or request.query_params.get("next", "/"))
    account, step = sessions.account_of(access, token), sessions.step_of(access, token)
    if not account or step == "code":
        return _back(after)
    if request.method == "GET":
        return _page(request, "change", after)
    holder = Person(account, account, session=sessions.hash_of(token)[:12])
    try:
        if form.get("new") != form.get("again"):
            raise AccessFault("passwords_differ")
        given = (account, form.get("password", ""), form.get("new", ""), holder)
        await _apart(accounts.change_password, access, *given)
        opened = await _apart(signing_in.renewed, access, token, _address(request), _agent(request))
    except AccessFault as fault:
        return _page(request, "change", after, fault=fault)
    return _go_on(request, opened, after)


async def out(request: Request) -> Response:
    """End this session; POST only, for a link of another page could send one here."""
    await _leave(request)
    # A page of its own, which may be loaded anew.
    answer = RedirectResponse(f"{SIGN_IN}?out=1", status_code=HTTPStatus.SEE_OTHER, headers=_HEADERS)
    for name in (SECURE_COOKIE, COOKIE):
        answer.delete_cookie(name, path="/", secure=name == SECURE_COOKIE, httponly=True, samesite="lax")
    return answer


async def _leave(request: Request) -> None:
    """End the session a browser came with: nobody could end it once another has taken its place there."""
    token = _token(request)
    if account := sessions.account_of(open_access(), token):
        await _apart(sessions.end, open_access(), sessions.hash_of(token), account)


async def device(request: Request) -> Response:
    """A wall's key, typed in once at the wall itself; it opens `/wall` and nothing else."""
    if request.method == "GET":
        return _page(request, "device", _wall_only(request.query_params.get("next", "")))
    form = await _form(request)
    after = _wall_only(form.get("next", ""))
    written = form.get("key", "").strip()
    try:
        await _apart(keys.enter, open_access(), written, "device", _address(request))
    except AccessFault as fault:
        return _page(request, "device", after, fault=fault)
    answer = RedirectResponse(after, status_code=HTTPStatus.SEE_OTHER, headers=_HEADERS)
    answer.set_cookie(
        DEVICE, written, max_age=_DEVICE_SECONDS, path="/", secure=_is_secure(request), httponly=True, samesite="lax"
    )
    return answer


def _wall_only(asked: str) -> str:
    return asked if safe_next(asked) == asked and asked.partition("?")[0] == "/wall" else "/wall"


async def provider(request: Request) -> Response:
    """Off to the provider of identities."""
    after = safe_next(request.query_params.get("next", "/"))
    if mode() != "oidc":
        return _back(after)
    try:
        found = oidc.read_provider()
        url, asked = await oidc.ask(found, _here(request, "/signin/back"), after)
    except AccessFault as fault:
        return _page(request, "password", after, fault=fault)
    answer = RedirectResponse(url, status_code=HTTPStatus.SEE_OTHER, headers=_HEADERS)
    answer.set_cookie(
        _ASKED, _signer(found.client_secret).dumps(asdict(asked)), max_age=_ASKED_SECONDS, path=SIGN_IN,
        secure=_is_secure(request), httponly=True, samesite="lax",
    )  # fmt: skip
    return answer


async def back(request: Request) -> Response:
    """Back from the provider, with a code that counts once."""
    after = "/"
    try:
        if mode() != "oidc":
            raise AccessFault("provider")
        found = oidc.read_provider()
        asked = _kept(found, token_in(request.headers, _ASKED))
        after = safe_next(asked.after)
        asking = (_here(request, "/signin/back"), asked, request.query_params.get("state", ""))
        said = await oidc.claims(found, *asking, request.query_params.get("code", ""))
        account = await _apart(oidc.admit, open_access(), found, said)
        given = (account, "oidc", _address(request), _agent(request))
        opened = await _apart(signing_in.vouched, open_access(), *given)
    except AccessFault as fault:
        if fault.reason == "provider":
            await _apart(_note_provider, _address(request))
        answer = _page(request, "password", after, fault=fault)
    else:
        await _leave(request)
        answer = _go_on(request, opened, after)
    answer.delete_cookie(_ASKED, path=SIGN_IN)
    return answer


def _note_provider(address: str) -> None:
    audit.note(open_access(), "sign_in", "failed", address=address, why="provider")


def _kept(found: oidc.Provider, written: str) -> oidc.Asked:
    from itsdangerous import BadData

    try:
        return oidc.Asked(**_signer(found.client_secret).loads(written, max_age=_ASKED_SECONDS))
    except (BadData, TypeError) as error:
        raise AccessFault("provider") from error


def _signer(secret: str) -> Any:
    from itsdangerous import URLSafeTimedSerializer

    return URLSafeTimedSerializer(secret, salt="cockpit-oidc")


def _go_on(request: Request, opened: sessions.Opened, after: str) -> Response:
    """On to the next step, or to where the reader wanted; the new token takes the place of any old one."""
    step = {"code": f"{SIGN_IN}/code", "change": f"{SIGN_IN}/password"}.get(opened.step)
    to = f"{step}?{urlencode({'next': after})}" if step else after
    answer = RedirectResponse(to, status_code=HTTPStatus.SEE_OTHER, headers=_HEADERS)
    is_secure = _is_secure(request)
    answer.set_cookie(
        SECURE_COOKIE if is_secure else COOKIE, opened.token, path="/", secure=is_secure, httponly=True, samesite="lax"
    )
    return answer


def _back(after: str) -> Response:
    to = f"{SIGN_IN}?{urlencode({'next': after})}"
    return RedirectResponse(to, status_code=HTTPStatus.SEE_OTHER, headers=_HEADERS)


def _page(
    request: Request,
    step: str,
    after: str,
    *,
    fault: AccessFault | None = None,
    account: str = "",
    told: str = "",
) -> Response:
    language = language_of(request)
    asked = f"{request.url.path}?{urlencode({'next': after})}"
    limits = open_access().design.limit
    known = sessions.account_of(open_access(), _token(request)) if step in ("code", "change") else account
    body = render(
        "signin.html",
        language,
        asked,
        step=step,
        base=SIGN_IN,
        after=after,
        going_to=_named(after, language),
        account=known,
        fault=fault.say(language) if fault else "",
        at=_at_fault(step, fault) if fault else "",
        told=say(told, language) if told else "",
        has_provider=mode() == "oidc",
        is_simulated=_is_simulated(),
        limits=say("signin.limits", language, idle=limits("idle_minutes"), hours=limits("session_hours")),
        rules=say("signin.rules", language, length=limits("password_length"), kept=limits("passwords_kept")),
    )
    status = HTTPStatus.OK if fault is None else HTTPStatus.FORBIDDEN
    return Response(body, status, _HEADERS, "text/html")


_BY_REASON: Final = {"wrong": "password", "code": "code", "key_unknown": "key"}
_OF_CHANGE: Final = {"old_password": "password", "passwords_differ": "again"}


def _at_fault(step: str, fault: AccessFault) -> str:
    """The field a fault is about, where the reader goes on; "" when it is about none."""
    if step == "change":
        return _OF_CHANGE.get(fault.reason, "new")
    return _BY_REASON.get(fault.reason, "")


def _named(after: str, language: Language) -> str:
    """The page a deep link leads to, by its name."""
    path = after.partition("?")[0].strip("/").replace("-", "_") or "cockpit"
    try:
        return say(f"page.{path}", language)
    except KeyError:
        return after[:60]


@lru_cache(maxsize=1)
def _is_simulated() -> bool:
    try:
        return load(default_dataset()).manifest.is_simulated
    except CockpitError:
        return False


async def _form(request: Request) -> dict[str, str]:
    body = (await request.body()).decode("utf-8", "replace")
    try:
        fields = parse_qs(body, keep_blank_values=True, max_num_fields=10)
    except ValueError:
        return {}
    return {name: values[0] for name, values in fields.items()}


def _token(request: Request) -> str:
    return token_in(request.headers, SECURE_COOKIE, COOKIE)


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def _agent(request: Request) -> str:
    return request.headers.get("user-agent", "")


def _is_secure(request: Request) -> bool:
    return request.url.scheme == "https" or os.environ.get(PUBLIC, "").startswith("https://")


def _here(request: Request, path: str) -> str:
    """An address of ours as the outside knows it."""
    outside = os.environ.get(PUBLIC, "").rstrip("/")
    return f"{outside or str(request.base_url).rstrip('/')}{path}"


def sign_routes() -> list[BaseRoute]:
    """Routes of the way in; they answer in every mode, and lead away in `local`."""
    ways: Mapping[str, tuple[Any, list[str]]] = {
        SIGN_IN: (sign_in, ["GET", "POST"]),
        f"{SIGN_IN}/code": (code, ["GET", "POST"]),
        f"{SIGN_IN}/password": (password, ["GET", "POST"]),
        f"{SIGN_IN}/out": (out, ["POST"]),
        f"{SIGN_IN}/device": (device, ["GET", "POST"]),
        f"{SIGN_IN}/provider": (provider, ["GET"]),
        f"{SIGN_IN}/back": (back, ["GET"]),
    }
    return [Route(path, answer, methods=methods) for path, (answer, methods) in ways.items()]
