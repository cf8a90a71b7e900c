"""What an administrator cannot give himself: figures, or more of the house than his part of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from cockpit.access import accounts, grants, keys, sessions
from cockpit.access.house import Access, AccessFault, AccessUnavailable
from cockpit.access.people import LOCAL, Person
from cockpit.datasets.database.engine import Database
from cockpit.policy.register import load
from cockpit.rights import ALL, Scope, read_scope
from cockpit.service import signing
from cockpit.service.entrance import COOKIE
from tests.access.conftest import GOOD
from tests.access.scoped import reader

_COUNTY = read_scope("330111")
_COUNTY_OF = {"D330111A": "330111", "D330102A": "330102"}


@pytest.fixture
def access(tmp_path: Path) -> Access:
    return Access(Database(f"sqlite:///{tmp_path / 'access.sqlite'}", AccessUnavailable, "X"), load().access)


def _refusal(access: Access, kind: keys.Kind, role: str, scope: Scope, person: Person) -> str:
    with pytest.raises(AccessFault) as refused:
        keys.make(access, kind, "大厅", role, scope, None, person, _COUNTY_OF)
    return refused.value.reason


def test_who_administers_accounts_makes_no_key_for_he_could_read_with_it(access: Access) -> None:
    system = reader("system_admin", ALL)
    assert _refusal(access, "api", "leader", ALL, system) == "no_right"
    assert _refusal(access, "device", "presenter", ALL, system) == "no_right"
    assert keys.every(access) == ()


def test_a_key_is_made_within_the_makers_scope(access: Access) -> None:
    security = reader("security_admin", _COUNTY)
    for wider in ("330000", "330100", "330102", "D330102A"):
        assert _refusal(access, "api", "viewer", read_scope(wider), security) == "scope_wider"
    assert _refusal(access, "api", "viewer", read_scope("999999"), security) == "scope_unknown"
    written = keys.make(access, "api", "省平台", "viewer", _COUNTY, None, security, _COUNTY_OF)
    assert keys.person_of(access, written, "api") is not None


@pytest.mark.parametrize("role", ["system_admin", "audit_admin"])
def test_a_role_over_the_whole_house_is_given_for_the_whole_province_only(access: Access, role: str) -> None:
    accounts.add(access, "li.si", "李四", "", LOCAL)
    for giver in (reader("security_admin", _COUNTY), LOCAL):
        with pytest.raises(AccessFault) as refused:
            grants.give(access, "li.si", role, _COUNTY, giver, "试", _COUNTY_OF)
        assert refused.value.reason == "scope_whole"
    assert grants.give(access, "li.si", role, ALL, LOCAL, "试", _COUNTY_OF) == 1


def test_who_signs_in_anew_leaves_no_session_behind(access: Access, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its token is gone from the browser: nobody but a thief could use it any more, and nobody would end it."""
    monkeypatch.setenv("COCKPIT_ACCESS", "accounts")
    monkeypatch.setattr(signing, "open_access", lambda: access)
    first = accounts.add(access, "li.si", "李四", "", LOCAL)
    accounts.change_password(access, "li.si", first, GOOD, LOCAL)
    browser = TestClient(Starlette(routes=signing.sign_routes()), follow_redirects=False)
    tokens = []
    for _ in range(2):
        answer = browser.post("/signin", data={"account": "li.si", "password": GOOD, "next": "/"})
        assert answer.headers["location"] == "/"
        tokens.append(answer.cookies[COOKIE])
    assert [sessions.account_of(access, token) for token in tokens] == ["", "li.si"]
