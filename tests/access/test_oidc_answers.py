"""What a provider of identities answers, made wrong in one thing at a time: only the whole of it lets anybody in."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet, OctKey, RSAKey

from cockpit.access.house import AccessFault
from cockpit.access.oidc import Asked, Provider, claims

ASKED = Asked("the-state", "the-nonce", "v" * 64, "/lists")
SECRET = "s" * 32
KEY, OTHER = (RSAKey.generate_key(2048, {"kid": "one", "use": "sig"}) for _ in range(2))


class Answers(ThreadingHTTPServer):
    """A provider with keys of its own that says whatever a test wants."""

    def __init__(self) -> None:
        self.token, self.issuer = "", ""
        self.sent: list[str] = []
        super().__init__(("127.0.0.1", 0), _Handler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: Answers

    def do_GET(self) -> None:
        home = self.server.url
        said: Mapping[str, Any] = {
            "/.well-known/openid-configuration": {
                "issuer": self.server.issuer or home,
                "token_endpoint": f"{home}/token",
                "jwks_uri": f"{home}/keys",
            },
            "/keys": KeySet([KEY]).as_dict(private=False),
        }[self.path]
        self._say(said)

    def do_POST(self) -> None:
        self.server.sent.append(self.rfile.read(int(self.headers["content-length"])).decode())
        self._say({"access_token": "a", "token_type": "Bearer", "id_token": self.server.token})

    def _say(self, said: Mapping[str, Any]) -> None:
        body = json.dumps(said).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: a test's output is its own."""


@pytest.fixture
def provider() -> Iterator[Answers]:
    with Answers() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def good(home: str) -> dict[str, Any]:
    now = int(time.time())
    return {"iss": home, "aud": "cockpit", "sub": "u-1", "exp": now + 300, "iat": now, "nonce": ASKED.nonce}


def asked(server: Answers, state: str = ASKED.state, code: str = "c") -> Mapping[str, Any]:
    return asyncio.run(claims(Provider(server.url, "cockpit", SECRET), "http://x/signin/back", ASKED, state, code))


def test_the_right_answer_is_taken_and_was_asked_with_the_proof(provider: Answers) -> None:
    provider.token = jwt.encode({"alg": "RS256", "kid": "one"}, good(provider.url), KEY)
    assert asked(provider)["sub"] == "u-1"
    assert f"code_verifier={ASKED.verifier}" in provider.sent[0]


WRONG = {
    "nonce of another question": {"nonce": "another"},
    "no nonce": {"nonce": None},
    "for another application": {"aud": "another"},
    "for others": {"aud": ["another", "third"]},
    "no audience": {"aud": None},
    "of another provider": {"iss": "http://127.0.0.1:1"},
    "long over": {"exp": int(time.time()) - 120},
    "without an end": {"exp": None},
    "of nobody": {"sub": None},
}


@pytest.mark.many
@pytest.mark.parametrize("what", WRONG)
def test_a_claim_that_is_wrong(provider: Answers, what: str) -> None:
    said = {name: value for name, value in {**good(provider.url), **WRONG[what]}.items() if value is not None}
    provider.token = jwt.encode({"alg": "RS256", "kid": "one"}, said, KEY)
    with pytest.raises(AccessFault) as caught:
        asked(provider)
    assert caught.value.reason == "provider"


def test_a_signature_that_is_wrong(provider: Answers) -> None:
    said = good(provider.url)
    of_secret = OctKey.import_key(SECRET)
    unsigned = jwt.encode({"alg": "RS256", "kid": "one"}, said, KEY).rsplit(".", 1)[0] + "."
    for token in (
        jwt.encode({"alg": "RS256", "kid": "one"}, said, OTHER),
        jwt.encode({"alg": "HS256", "kid": "one"}, said, of_secret),
        unsigned,
        "",
    ):
        provider.token = token
        with pytest.raises(AccessFault):
            asked(provider)


def test_another_state_no_code_or_another_provider_is_not_even_asked(provider: Answers) -> None:
    provider.token = jwt.encode({"alg": "RS256", "kid": "one"}, good(provider.url), KEY)
    for state, code in (("another", "c"), ("", "c"), (ASKED.state, "")):
        with pytest.raises(AccessFault):
            asked(provider, state, code)
    provider.issuer = "http://127.0.0.1:1"
    with pytest.raises(AccessFault):
        asked(provider)
    assert provider.sent == []
