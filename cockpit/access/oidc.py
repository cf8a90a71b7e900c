"""Signing in by a provider of identities: code flow with PKCE, and the grants its groups stand for.

Authlib asks, joserfc checks what was answered; both are imported on first use. A provider is named by
`COCKPIT_OIDC_ISSUER`, `COCKPIT_OIDC_CLIENT_ID` and `COCKPIT_OIDC_CLIENT_SECRET`.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from cockpit.access import accounts, audit, grants
from cockpit.access.house import Access, AccessFault
from cockpit.access.people import Person
from cockpit.rights import ALL, joined, read_scope

ISSUER: Final = "COCKPIT_OIDC_ISSUER"
CLIENT: Final = "COCKPIT_OIDC_CLIENT_ID"
SECRET: Final = "COCKPIT_OIDC_CLIENT_SECRET"
CLAIM: Final = "COCKPIT_OIDC_GROUPS"  # name of the claim that lists groups
_SECONDS: Final = 10.0
_SLACK_SECONDS: Final = 60
# Who gives the grants that groups stand for.
_PROVIDER: Final = Person("oidc", "统一身份认证", rights=joined([(("grant", "administer"), ALL)]), sees=ALL)


@dataclass(frozen=True)
class Provider:
    """A provider as the deployment names it; what it can do is read from its own discovery document."""

    issuer: str
    client_id: str
    client_secret: str
    groups_claim: str = "groups"


@dataclass(frozen=True)
class Asked:
    """What is kept of a question until its answer comes back, signed, in the asker's own browser."""

    state: str
    nonce: str
    verifier: str
    after: str


def read_provider(environment: Mapping[str, str] | None = None) -> Provider:
    """The provider of the deployment.

    Raises:
        AccessFault: a setting is missing.
    """
    given = os.environ if environment is None else environment
    for setting in (ISSUER, CLIENT, SECRET):
        if not given.get(setting):
            raise AccessFault("setting_missing", setting=setting)
    return Provider(given[ISSUER].rstrip("/"), given[CLIENT], given[SECRET], given.get(CLAIM, "groups"))


async def _discovered(provider: Provider) -> dict[str, Any]:
    import httpx

    async with httpx.AsyncClient(timeout=_SECONDS) as client:
        answer = await client.get(f"{provider.issuer}/.well-known/openid-configuration")
        answer.raise_for_status()
        found: dict[str, Any] = answer.json()
    if str(found.get("issuer", "")).rstrip("/") != provider.issuer:
        raise AccessFault("provider")
    return found


async def ask(provider: Provider, back: str, after: str) -> tuple[str, Asked]:
    """The address to send the reader to, and what to keep until he is back.

    Args:
        back: our own address he comes back to. after: where he wanted to go.

    Raises:
        AccessFault: the provider does not answer, or is another one.
    """
    import httpx
    from authlib.integrations.httpx_client import AsyncOAuth2Client

    asked = Asked(secrets.token_urlsafe(24), secrets.token_urlsafe(24), secrets.token_urlsafe(48), after)
    try:
        found = await _discovered(provider)
    except (httpx.HTTPError, ValueError) as error:
        raise AccessFault("provider") from error
    async with AsyncOAuth2Client(
        provider.client_id, redirect_uri=back, scope="openid profile", code_challenge_method="S256"
    ) as client:
        url, _ = client.create_authorization_url(
            found["authorization_endpoint"], state=asked.state, nonce=asked.nonce, code_verifier=asked.verifier
        )
    return str(url), asked


async def claims(provider: Provider, back: str, asked: Asked, state: str, code: str) -> Mapping[str, Any]:
    """What the provider says of who came back, checked: signature, issuer, audience, time, nonce.

    Raises:
        AccessFault: it is not the answer to this question, was answered before, or is not the provider's.
    """
    import httpx
    from authlib.common.errors import AuthlibBaseError
    from authlib.integrations.httpx_client import AsyncOAuth2Client
    from joserfc import jwt
    from joserfc.errors import JoseError
    from joserfc.jwk import KeySet

    if not code or not secrets.compare_digest(state, asked.state):
        raise AccessFault("provider")
    try:
        found = await _discovered(provider)
        async with AsyncOAuth2Client(
            provider.client_id, provider.client_secret, redirect_uri=back, timeout=_SECONDS
        ) as client:
            answer = await client.fetch_token(
                found["token_endpoint"], code=code, code_verifier=asked.verifier, grant_type="authorization_code"
            )
            written = await client.request("GET", found["jwks_uri"], withhold_token=True)
        token = jwt.decode(answer["id_token"], KeySet.import_key_set(written.json()), algorithms=_ALGORITHMS)
        jwt.JWTClaimsRegistry(
            leeway=_SLACK_SECONDS,
            iss={"essential": True, "value": found["issuer"]},
            aud={"essential": True, "value": provider.client_id},
            exp={"essential": True},
            sub={"essential": True},
            nonce={"essential": True, "value": asked.nonce},
        ).validate(token.claims)
    except (httpx.HTTPError, AuthlibBaseError, JoseError, ValueError, KeyError) as error:
        raise AccessFault("provider") from error
    said: Mapping[str, Any] = token.claims
    return said


_ALGORITHMS: Final = ["RS256", "RS384", "RS512", "PS256", "ES256", "ES384"]


def admit(access: Access, provider: Provider, said: Mapping[str, Any]) -> str:
    """The account of who came back: made when one of his groups stands for a grant, and brought in line with them.

    Returns the account, which may still be unknown here: `signing_in.vouched` refuses it then.
    """
    account = _name_of(said)
    wanted = {
        (group.role, group.scope)
        for group in access.design.groups.values()
        if group.name in _groups(said.get(provider.groups_claim))
    }
    known = accounts.find(access, account)
    if known is None and wanted:
        accounts.add(access, account, str(said.get("name") or account), "", _PROVIDER, source="oidc")
    elif known is None or known.source != "oidc":
        return account
    today, held = access.today(), {}
    for grant in grants.of_account(access, account):
        if grant.by == _PROVIDER.id and grant.state(today) == "valid":
            held[grant.role, str(grant.scope)] = grant.number
    for role, scope in sorted(wanted - set(held)):
        try:
            grants.give(access, account, role, read_scope(scope), _PROVIDER, "组映射 group", {})
        except AccessFault as fault:  # two of the roles that stand apart: the others hold
            audit.note(access, "grant.give", "refused", person=_PROVIDER, about=account, why=fault.reason)
    for gone in sorted(set(held) - wanted):
        grants.revoke(access, held[gone], _PROVIDER, "组映射 group", {})
    return account


def _name_of(said: Mapping[str, Any]) -> str:
    """The account a provider's answer is of: the name it prefers, else its own number for him."""
    for claim in ("preferred_username", "sub"):
        try:
            return accounts.account_id(str(said.get(claim) or ""))
        except AccessFault:
            continue
    raise AccessFault("no_account")


def _groups(given: Any) -> frozenset[str]:
    if isinstance(given, str):
        return frozenset(given.split())
    return frozenset(str(item) for item in given) if isinstance(given, list) else frozenset()
