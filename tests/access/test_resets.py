"""A reset by somebody else is on record, forces a new password, and is told to the account's owner and in the audit."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from cockpit.access import accounts, audit, sessions, signing_in
from cockpit.access.house import Access, open_access
from cockpit.access.people import Person, rights_of
from cockpit.access.resets import resets
from cockpit.phrases import say
from cockpit.policy.register import load
from cockpit.rights import ALL, NOWHERE
from cockpit.vocabulary import LANGUAGES, Language
from tests.access.conftest import AGENT, GOOD, ROOT, Clock, make
from tests.access.scoped import reader, sent, signed_in
from tests.pages.opening import open_page

DESK, ELSEWHERE = "10.0.0.8", "10.0.0.9"


def _admin(access: Access) -> Person:
    """A system administrator who signed in from his desk."""
    make(access, "admin", "system_admin")
    signing_in.sign_in(access, "admin", GOOD, DESK, AGENT)
    rights, sees = rights_of(access.design, [("system_admin", ALL)])
    return Person("admin", "系统管理员", rights=rights, sees=sees, way="password")


def test_a_reset_forces_a_new_password_before_anything_is_read(access: Access) -> None:
    admin = _admin(access)
    make(access, "zhang3", "leader")
    old = signing_in.sign_in(access, "zhang3", GOOD, ELSEWHERE, AGENT).token
    first = accounts.reset_password(access, "zhang3", admin)
    assert sessions.person_of(access, sessions.hash_of(old)) is None
    with pytest.raises(signing_in.SignInRefused):
        signing_in.sign_in(access, "zhang3", GOOD, ELSEWHERE, AGENT)
    opened = signing_in.sign_in(access, "zhang3", first, ELSEWHERE, AGENT)
    assert opened.step == "change"
    assert sessions.person_of(access, sessions.hash_of(opened.token)) is None, "nothing is read with a first password"
    line = audit.lines(access, event="account.reset")[0]
    assert (line.outcome, line.account, line.object) == ("ok", "admin", "zhang3")


@pytest.mark.parametrize(("address", "is_same"), [(DESK, True), (ELSEWHERE, False)])
def test_who_came_after_a_reset_is_told_and_whether_from_the_administrators_desk(
    access: Access, clock: Clock, address: str, is_same: bool
) -> None:
    admin = _admin(access)
    make(access, "zhang3", "leader")
    clock.move(hours=1)
    first = accounts.reset_password(access, "zhang3", admin)
    (found,) = resets(access, "zhang3")
    assert (found.by, found.event, found.used_at, found.is_same_place) == ("admin", "account.reset", None, False)
    clock.move(minutes=5)
    signing_in.sign_in(access, "zhang3", first, address, AGENT)
    (found,) = resets(access)
    assert (found.used_at, found.used_from, found.is_same_place) == (access.now(), address, is_same)
    clock.move(days=access.design.limit("reset_notice_days") + 1)
    assert resets(access) == ()


def test_ones_own_and_refused_resets_are_no_notice(one_access: Access) -> None:
    admin = _admin(one_access)
    make(one_access, "other", "audit_admin")
    accounts.reset_totp(one_access, "admin", admin, is_wanted=True)
    with pytest.raises(accounts.AccessFault):
        accounts.reset_password(one_access, "other", admin)
    assert resets(one_access) == ()
    accounts.reset_totp(one_access, "other", ROOT, is_wanted=False)
    assert [(item.account, item.by) for item in resets(one_access)] == [("other", "os:root")]


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Access:
    monkeypatch.setenv("COCKPIT_DATABASE_URL", f"sqlite:///{tmp_path}/a.sqlite")
    return open_access()


def _owners_page(language: Language) -> AppTest:
    with signed_in(replace(reader("leader", ALL), id="zhang3")):
        page = open_page("basis", {"dataset": "demo", "lang": language})
    assert not page.exception
    return page


@pytest.mark.long
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_owner_is_told_on_any_page_until_he_has_seen_it(house: Access, language: Language) -> None:
    admin = _admin(house)
    make(house, "zhang3", "leader")
    told = say("person.reset_account.reset", language)
    assert all(told not in str(item.value) for item in _owners_page(language).warning)
    first = accounts.reset_password(house, "zhang3", admin)
    signing_in.sign_in(house, "zhang3", first, ELSEWHERE, AGENT)
    page = _owners_page(language)
    (warning,) = [item for item in page.warning if told in str(item.value)]
    assert "admin" in str(warning.value)
    assert ELSEWHERE in str(warning.value).replace("\\", "")
    with signed_in(replace(reader("leader", ALL), id="zhang3")):
        page.button(key="resets_seen").click().run()
        assert all(told not in str(item.value) for item in page.warning)
    again = _owners_page(language)
    assert any(told in str(item.value) for item in again.warning), "the next time he signs in he is told again"
    with signed_in(replace(reader("leader", ALL), id="li4")):
        other = open_page("basis", {"dataset": "demo", "lang": language})
    assert all(told not in str(item.value) for item in other.warning)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_audit_lists_resets_with_who_came_after(house: Access, language: Language) -> None:
    admin = _admin(house)
    make(house, "zhang3", "leader")
    first = accounts.reset_password(house, "zhang3", admin)
    signing_in.sign_in(house, "zhang3", first, DESK, AGENT)
    rights, _ = rights_of(load().access, [("audit_admin", ALL)])
    auditor = Person("shen", "审计", "", ("audit_admin",), rights, NOWHERE, "password", "0" * 12)
    with signed_in(auditor):
        page = open_page("audit", {"lang": language})
    assert not page.exception
    told = sent(page)
    assert say("audit.resets", language) in told
    assert say("audit.reset_same", language) in told
