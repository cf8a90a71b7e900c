"""The secret of a second factor does not stand in the database: a copy of it alone gives no codes."""

from __future__ import annotations

import base64
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest
import sqlalchemy as sa

from cockpit.access import accounts, audit, signing_in
from cockpit.access.house import SETTING as DATABASE
from cockpit.access.house import Access, AccessUnavailable
from cockpit.access.tables import ACCOUNTS
from cockpit.datasets.database.engine import Database
from cockpit.datasets.database.sealing import SETTING, SealBroken, is_sealed, seal, unseal
from tests.access.conftest import ADDRESS, AGENT, GOOD, ROOT, Clock, make

PLAIN = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COCKPIT_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delenv(SETTING, raising=False)
    return tmp_path / "data"


def _other_key() -> str:
    return base64.b64encode(os.urandom(32)).decode()


def _kept(access: Access, account: str) -> str:
    with access.database.connection() as connection:
        return str(connection.execute(sa.select(ACCOUNTS.c.totp).where(ACCOUNTS.c.id == account)).scalar_one())


def _write(access: Access, account: str, totp: str) -> None:
    with access.database.connection(writes=True) as connection:
        connection.execute(sa.update(ACCOUNTS).where(ACCOUNTS.c.id == account).values(totp=totp))


def _with_factor(access: Access, account: str) -> str:
    make(access, account)
    uri = accounts.reset_totp(access, account, ROOT, is_wanted=True)
    return parse_qs(urlsplit(uri).query)["secret"][0]


def _enter(access: Access, account: str, secret: str) -> str:
    half = signing_in.sign_in(access, account, GOOD, ADDRESS, AGENT)
    assert half.step == "code"
    code = pyotp.TOTP(secret).at(access.now())
    return signing_in.enter_code(access, half.token, code, ADDRESS, AGENT).step


def test_the_secret_is_sealed_and_its_codes_still_count(access: Access) -> None:
    secret = _with_factor(access, "zhang3")
    kept = _kept(access, "zhang3")
    assert secret not in kept
    assert is_sealed(kept)
    assert unseal(kept, accounts.sealed_for("zhang3")) == secret
    assert _enter(access, "zhang3", secret) == ""
    accounts.reset_totp(access, "zhang3", ROOT, is_wanted=False)
    assert _kept(access, "zhang3") == ""


def test_a_secret_put_under_another_account_opens_nothing(access: Access) -> None:
    secret = _with_factor(access, "zhang3")
    _with_factor(access, "li4")
    _write(access, "li4", _kept(access, "zhang3"))
    with pytest.raises(signing_in.SignInRefused) as refused:
        _enter(access, "li4", secret)
    assert refused.value.reason == "sealed"
    assert audit.lines(access)[0].detail["why"] == "sealed"


@pytest.mark.parametrize("written", [PLAIN, "s1:", "s1:AAAA", "s1:%%%"])
def test_what_was_not_sealed_by_us_is_no_factor_and_lets_nobody_in(one_access: Access, written: str) -> None:
    make(one_access, "zhang3")
    _write(one_access, "zhang3", written)
    with pytest.raises(signing_in.SignInRefused) as refused:
        _enter(one_access, "zhang3", PLAIN)
    assert refused.value.reason == "sealed"


def test_without_the_key_nobody_comes_in_and_a_new_factor_mends_it(
    one_access: Access, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = _with_factor(one_access, "zhang3")
    monkeypatch.setenv(SETTING, _other_key())
    with pytest.raises(signing_in.SignInRefused) as refused:
        _enter(one_access, "zhang3", secret)
    assert refused.value.reason == "sealed"
    uri = accounts.reset_totp(one_access, "zhang3", ROOT, is_wanted=True)
    assert _enter(one_access, "zhang3", parse_qs(urlsplit(uri).query)["secret"][0]) == ""


def test_plain_secrets_of_an_older_database_are_sealed_by_its_step(access: Access, url: str, clock: Clock) -> None:
    for account in ("zhang3", "li4"):
        make(access, account)
    _write(access, "zhang3", PLAIN)
    with access.database.connection(writes=True) as connection:
        connection.execute(sa.text("DROP TABLE plan_events"))  # of a later step
        connection.execute(sa.text("UPDATE cockpit_schema SET version_num = '0004'"))
    later = Access(Database(url, AccessUnavailable, DATABASE), access.design, clock)
    kept = _kept(later, "zhang3")
    assert PLAIN not in kept
    assert unseal(kept, accounts.sealed_for("zhang3")) == PLAIN
    assert _kept(later, "li4") == ""
    assert _enter(later, "zhang3", PLAIN) == ""


def test_the_key_is_made_once_for_this_account_alone(place: Path) -> None:
    with ThreadPoolExecutor(8) as many:
        sealed = list(many.map(lambda at: seal(f"secret{at}", "x"), range(32)))
    assert [unseal(text, "x") for text in sealed] == [f"secret{at}" for at in range(32)]
    assert [path.name for path in place.iterdir()] == ["secret.key"]
    assert stat.S_IMODE((place / "secret.key").stat().st_mode) == 0o600


def test_the_key_of_the_environment_goes_before_the_file(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SETTING, _other_key())
    sealed = seal("secret", "x")
    assert not place.exists()
    assert unseal(sealed, "x") == "secret"
    monkeypatch.setenv(SETTING, _other_key())
    with pytest.raises(SealBroken):
        unseal(sealed, "x")


@pytest.mark.parametrize("given", ["short", "A" * 43, base64.b64encode(b"x" * 16).decode(), "钥匙"])
def test_a_key_that_is_none_is_refused(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SETTING, given)
    with pytest.raises(SealBroken, match="no key"):
        seal("secret", "x")
