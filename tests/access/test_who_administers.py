"""Accounts, keys, sessions and the record itself: asked of the service, and refused to whoever has not the right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from cockpit.access import accounts, audit, grants, keys, sessions, signing_in
from cockpit.access.house import Access, AccessFault
from cockpit.access.people import Person, rights_of
from cockpit.policy.register import load
from cockpit.rights import ALL, read_scope
from tests.access.conftest import GOOD, ROOT, make

DEEDS: dict[str, tuple[str, Callable[[Access, Person], object]]] = {
    "account.add": ("administer", lambda access, who: accounts.add(access, "wang5", "王五", "", who)),
    "account.disable": ("administer", lambda access, who: accounts.set_active(access, "zhang3", False, who)),
    "account.enable": ("administer", lambda access, who: accounts.set_active(access, "zhang3", True, who)),
    "account.reset": ("administer", lambda access, who: accounts.reset_password(access, "zhang3", who)),
    "account.totp": ("administer", lambda access, who: accounts.reset_totp(access, "zhang3", who, is_wanted=True)),
    "key.make": ("grant", lambda access, who: keys.make(access, "device", "x", "presenter", ALL, None, who)),
    "key.revoke": ("grant", lambda access, who: keys.revoke(access, "k12345678", who)),
    "audit.purge": ("audit", lambda access, who: audit.purge(access, date(2020, 1, 1), who)),
}


def _person(role: str) -> Person:
    rights, sees = rights_of(load().access, [(role, ALL)])
    return Person(f"a-{role}".replace("_", "-"), role, roles=(role,), rights=rights, sees=sees, way="password")


@pytest.mark.parametrize("event", DEEDS)
@pytest.mark.parametrize("role", load().access.roles)
def test_only_who_may_does_it_and_a_refusal_is_on_record(one_access: Access, role: str, event: str) -> None:
    make(one_access, "zhang3")
    verb, deed = DEEDS[event]
    person = _person(role)
    if person.rights.may(verb):
        if event == "key.revoke":
            with pytest.raises(AccessFault, match="no such key"):
                deed(one_access, person)
        else:
            deed(one_access, person)
        return
    before = accounts.every(one_access)
    with pytest.raises(AccessFault, match="may not do this"):
        deed(one_access, person)
    last = audit.lines(one_access)[0]
    assert (last.event, last.outcome, last.account) == (event, "refused", person.id)
    assert (accounts.every(one_access), keys.every(one_access)) == (before, ())


def test_the_three_administrators_have_one_verb_each_and_share_none() -> None:
    held = [set(_person(role).rights.by_verb) for role in ("system_admin", "security_admin", "audit_admin")]
    assert held == [{"administer"}, {"grant"}, {"audit"}]


def test_a_key_is_made_within_the_makers_scope(one_access: Access) -> None:
    rights, sees = rights_of(one_access.design, [("security_admin", read_scope("330100"))])
    person = Person("hz-admin", "", rights=rights, sees=sees)
    for scope in ("330000", "330200", "330100,330200"):
        with pytest.raises(AccessFault, match="your own scope"):
            keys.make(one_access, "api", "x", "analyst", read_scope(scope), None, person)
    assert keys.make(one_access, "api", "x", "analyst", read_scope("330111"), None, person)


def test_who_ends_another_mans_session_administers(one_access: Access) -> None:
    make(one_access, "zhang3")
    token = signing_in.sign_in(one_access, "zhang3", GOOD, "a", "b").token
    short = sessions.hash_of(token)[:12]
    for role in one_access.design.roles:
        if role != "system_admin":
            with pytest.raises(AccessFault):
                sessions.end_named(one_access, short, _person(role))
    assert sessions.person_of(one_access, sessions.hash_of(token)) is not None
    sessions.end_named(one_access, short, _person("system_admin"))
    assert sessions.person_of(one_access, sessions.hash_of(token)) is None


@pytest.mark.parametrize("held", ["system_admin", "security_admin", "audit_admin"])
@pytest.mark.parametrize("deed", ["account.reset", "account.totp"])
def test_one_administrator_does_not_become_another(one_access: Access, held: str, deed: str) -> None:
    """Nor the one he is to be tomorrow; who commands the machine itself may help, and so may he himself."""
    make(one_access, "zhang3", held)
    other = _person("system_admin")
    with pytest.raises(AccessFault, match="another administrator"):
        DEEDS[deed][1](one_access, other)
    last = audit.lines(one_access)[0]
    assert (last.event, last.outcome, last.detail["why"]) == (deed, "refused", "administrator")
    assert signing_in.sign_in(one_access, "zhang3", GOOD, "a", "b").step == ""
    DEEDS[deed][1](one_access, ROOT)
    grant = grants.of_account(one_access, "zhang3")[0]
    grants.revoke(one_access, grant.number, ROOT, "r", {})
    DEEDS[deed][1](one_access, other)
    tomorrow = one_access.today() + timedelta(days=1)
    grants.give(one_access, "zhang3", held, ALL, ROOT, "r", {}, first_day=tomorrow)
    with pytest.raises(AccessFault, match="another administrator"):
        DEEDS[deed][1](one_access, other)


def test_the_password_of_anybody_else_is_reset_as_ever(one_access: Access) -> None:
    make(one_access, "zhang3", "leader")
    assert accounts.reset_password(one_access, "zhang3", _person("system_admin"))
