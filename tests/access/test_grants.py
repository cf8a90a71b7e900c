"""Grants: who may give what where, from when until when, and what a grant is worth."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from cockpit.access import audit, grants
from cockpit.access.house import Access, AccessFault
from cockpit.access.people import Person, rights_of
from cockpit.access.tables import GRANTS
from cockpit.rights import ALL, NOWHERE, Scope, read_scope
from tests.access.conftest import COUNTY_OF, ROOT, Clock, make

TODAY = date(2026, 3, 2)


def _security(access: Access, scope: str = "330100") -> Person:
    rights, sees = rights_of(access.design, [("security_admin", read_scope(scope))])
    return Person("boss", "boss", roles=("security_admin",), rights=rights, sees=sees, way="password")


def _give(access: Access, person: Person, scope: str, account: str = "zhang3", role: str = "viewer") -> int:
    return grants.give(access, account, role, read_scope(scope), person, "test", COUNTY_OF)


@pytest.mark.parametrize(
    ("own", "given", "may"),
    [
        ("330100", "330111", True),
        ("330100", "330111-01", True),
        ("330100", "330100", True),
        ("330100", "330000", False),
        ("330100", "330200", False),
        ("330100", "330111,330212", False),
        ("330100", "330111,330212-01", False),
        ("330111", "330102-01", False),
        ("330111-01", "330111-01", True),
        ("330111-01", "330111", False),
        ("330000", "330000", True),
    ],
)
def test_a_grantor_gives_within_his_own_scope_only(one_access: Access, own: str, given: str, may: bool) -> None:
    make(one_access, "zhang3")
    if may:
        _give(one_access, _security(one_access, own), given)
        return
    with pytest.raises(AccessFault, match="within your own scope"):
        _give(one_access, _security(one_access, own), given)
    last = audit.lines(one_access)[0]
    assert (last.event, last.outcome, last.account) == ("grant.give", "refused", "boss")
    assert grants.of_account(one_access, "zhang3") == ()


@pytest.mark.parametrize("role", ["leader", "system_admin", "audit_admin", "viewer"])
def test_whoever_may_not_grant_gives_nothing(one_access: Access, role: str) -> None:
    make(one_access, "zhang3")
    rights, sees = rights_of(one_access.design, [(role, ALL)])
    with pytest.raises(AccessFault, match="may not do this"):
        _give(one_access, Person("li4", "", rights=rights, sees=sees), "330111")


def test_nobody_gives_to_himself_nor_revokes_his_own(access: Access) -> None:
    make(access, "boss", "security_admin", read_scope("330100"))
    me = _security(access)
    with pytest.raises(AccessFault, match="his own grants"):
        _give(access, me, "330111", account="boss")
    with pytest.raises(AccessFault, match="his own grants"):
        grants.revoke(access, 1, me, "why", COUNTY_OF)


@pytest.mark.parametrize("held", ["system_admin", "security_admin", "audit_admin"])
@pytest.mark.parametrize("other", ["system_admin", "security_admin", "audit_admin"])
def test_the_three_administrators_are_three_people(one_access: Access, held: str, other: str) -> None:
    make(one_access, "zhang3", held)
    if held == other:
        _give(one_access, ROOT, "330000", role=other)
        return
    with pytest.raises(AccessFault, match="nothing else"):
        _give(one_access, ROOT, "330000", role=other)
    grants.revoke(one_access, 1, ROOT, "moved", COUNTY_OF)
    _give(one_access, ROOT, "330000", role=other)


def test_a_grant_to_come_keeps_the_administrators_apart_as_well(one_access: Access) -> None:
    make(one_access, "zhang3")
    later = TODAY + timedelta(days=30)
    grants.give(one_access, "zhang3", "system_admin", ALL, ROOT, "later", COUNTY_OF, first_day=later)
    with pytest.raises(AccessFault, match="nothing else"):
        _give(one_access, ROOT, "330000", role="audit_admin")


def test_a_grant_holds_from_its_first_day_to_its_last_in_shanghai(access: Access, clock: Clock) -> None:
    make(access, "zhang3")
    first, last = TODAY + timedelta(days=1), TODAY + timedelta(days=2)
    grants.give(access, "zhang3", "viewer", ALL, ROOT, "two days", COUNTY_OF, first_day=first, last_day=last)
    found = grants.of_account(access, "zhang3")[0]
    states = []
    for _ in range(4):
        states.append(found.state(access.today()))
        clock.move(days=1)
    assert states == ["to_come", "valid", "valid", "over"]
    clock.move(days=-2, hours=-9)  # 16:00 UTC the day before: midnight in Shanghai
    assert access.today() == last
    clock.move(milliseconds=-1)
    assert access.today() == first


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"account": "nobody"}, "no account"),
        ({"role": "king"}, "no role"),
        ({"scope": NOWHERE}, "Choose a scope"),
        ({"scope": read_scope("330111-99")}, "no"),
        ({"scope": read_scope("999999")}, "no"),
        ({"reason": " \u200b"}, "Give a reason"),
        ({"last_day": TODAY - timedelta(days=1)}, "over"),
        ({"first_day": TODAY + timedelta(days=3), "last_day": TODAY}, "before it begins"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_is_wrong_with_a_grant_is_said(one_access: Access, change: Mapping[str, object], said: str) -> None:
    make(one_access, "zhang3")
    asked: dict[str, object] = {"account": "zhang3", "role": "viewer", "scope": ALL, "reason": "why", **change}
    days = {name: asked.pop(name) for name in ("first_day", "last_day") if name in asked}
    with pytest.raises(AccessFault, match=said):
        grants.give(
            one_access, asked["account"], asked["role"], asked["scope"], ROOT, asked["reason"], COUNTY_OF, **days
        )  # type: ignore[arg-type]  # fmt: skip
    assert grants.every(one_access) == ()


def test_a_revocation_stays_on_record_and_is_made_once_within_scope(access: Access) -> None:
    make(access, "zhang3")
    number = _give(access, ROOT, "330212")
    with pytest.raises(AccessFault, match="within your own scope"):
        grants.revoke(access, number, _security(access), "not mine", COUNTY_OF)
    grants.revoke(access, number, ROOT, "left", COUNTY_OF)
    with pytest.raises(AccessFault, match="revoked"):
        grants.revoke(access, number, ROOT, "again", COUNTY_OF)
    found = grants.of_account(access, "zhang3")
    assert [(item.number, item.state(TODAY)) for item in found] == [(number, "revoked")]


def test_the_database_changes_and_deletes_no_grant(access: Access) -> None:
    make(access, "zhang3", "viewer")
    for statement in (sa.update(GRANTS).values(role="leader"), sa.delete(GRANTS)):
        with (
            pytest.raises(Exception, match=r"append-only|cannot be used"),
            access.database.connection(writes=True) as c,
        ):
            c.execute(statement)
    assert grants.of_account(access, "zhang3")[0].role == "viewer"


def test_a_role_the_records_do_not_know_gives_nothing(access: Access) -> None:
    make(access, "zhang3")
    with access.database.connection(writes=True) as connection:
        values = {"at": access.now(), "account": "zhang3", "role": "king", "scope": "330000", "by": "x", "reason": "x"}
        connection.execute(sa.insert(GRANTS), {**values, "first_day": None, "last_day": None, "revokes": 0})
    held = [(grant.role, grant.scope) for grant in grants.of_account(access, "zhang3")]
    rights, sees = rights_of(access.design, held)
    assert held == [("king", ALL)]
    assert (dict(rights.by_verb), sees) == ({}, NOWHERE)


def test_grants_add_up_verb_by_verb_and_not_place_by_verb(one_access: Access) -> None:
    rights, sees = rights_of(one_access.design, [("viewer", ALL), ("publisher", read_scope("330111"))])
    assert rights.scope("read").is_all
    assert rights.scope("publish") == read_scope("330111")
    assert not rights.may_at("publish", [("330102-01", "330102")])
    assert sees.is_all


def test_administrators_see_no_towns(one_access: Access) -> None:
    for role in ("system_admin", "security_admin", "audit_admin"):
        rights, sees = rights_of(one_access.design, [(role, ALL)])
        assert sees == NOWHERE, role
        assert not rights.may("read")


@pytest.mark.parametrize("text", ["", " , ", "33", "3300", "330000x", "330000\n", "３３００００"])
def test_no_odd_code_is_the_province(text: str) -> None:
    found: Scope = read_scope(text)
    assert not found.holds("330111-01", "330111") or found == read_scope("330000")
    assert not found.is_all or text.strip() == "330000"


def test_an_old_grant_is_due_for_review(access: Access, clock: Clock) -> None:
    make(access, "zhang3", "viewer")
    clock.move(days=180)
    assert not grants.is_due(access, grants.every(access)[0])
    clock.move(days=1)
    assert grants.is_due(access, grants.every(access)[0])


@pytest.mark.many
@pytest.mark.parametrize("apart", ["system_admin", "security_admin", "audit_admin"])
@pytest.mark.parametrize("role", ["viewer", "leader", "clerk", "publisher"])
def test_an_administrator_is_nothing_else(one_access: Access, apart: str, role: str) -> None:
    """In either order; and where both are held from before this was asked for, the other gives nothing."""
    for first, second in ((apart, role), (role, apart)):
        account = f"a-{first[:4]}-{second[:4]}".replace("_", "-")
        make(one_access, account, first)
        with pytest.raises(AccessFault, match="nothing else"):
            grants.give(one_access, account, second, ALL, ROOT, "r", COUNTY_OF)
    rights, sees = rights_of(one_access.design, [(apart, ALL), (role, ALL)])
    assert (set(rights.by_verb), sees) == (set(one_access.design.roles[apart].verbs), NOWHERE)
