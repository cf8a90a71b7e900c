"""Sessions: how long they last, what ends them, and that nobody but the browser knows a token."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from cockpit.access import accounts, grants, sessions, signing_in
from cockpit.access.house import Access, AccessFault
from cockpit.access.people import Person
from cockpit.access.sessions import end_named, end_others, hash_of, person_of, touch
from cockpit.access.signing_in import SignInRefused, sign_in
from cockpit.access.tables import SESSIONS
from cockpit.rights import ALL
from tests.access.conftest import ADDRESS, AGENT, COUNTY_OF, GOOD, ROOT, Clock, make

IDLE_MINUTES, HOURS, STEP_MINUTES = 15, 8, 10


def _signed_in(access: Access, account: str = "zhang3") -> str:
    return sign_in(access, account, GOOD, ADDRESS, AGENT).token


def _is_in(access: Access, token: str) -> bool:
    return person_of(access, hash_of(token)) is not None


def test_a_session_ends_after_fifteen_idle_minutes(access: Access, clock: Clock) -> None:
    make(access, "zhang3")
    token = _signed_in(access)
    clock.move(minutes=IDLE_MINUTES)
    assert _is_in(access, token)
    clock.move(seconds=3)
    assert not _is_in(access, token)
    touch(access, hash_of(token))
    clock.settle()
    assert not _is_in(access, token), "an idle session does not come back by a touch"


def test_what_a_person_does_keeps_a_session_and_looking_it_up_does_not(access: Access, clock: Clock) -> None:
    make(access, "zhang3")
    busy, quiet = _signed_in(access), _signed_in(access)
    for _ in range(3):
        clock.move(minutes=IDLE_MINUTES - 1)
        touch(access, hash_of(busy))
        _is_in(access, quiet)
    assert _is_in(access, busy)
    assert not _is_in(access, quiet)


def test_a_session_ends_after_eight_hours_however_busy(access: Access, clock: Clock) -> None:
    make(access, "zhang3")
    token = _signed_in(access)
    for _ in range(HOURS * 6):
        clock.move(minutes=10)
        assert _is_in(access, token)
        touch(access, hash_of(token))
    clock.move(seconds=5)
    assert not _is_in(access, token)


def test_a_clock_that_is_set_back_ends_sessions(access: Access, clock: Clock) -> None:
    make(access, "zhang3")
    token = _signed_in(access)
    clock.move(minutes=-1)
    assert _is_in(access, token), "a clock that is put right by a little throws nobody out"
    clock.move(hours=-1)
    assert not _is_in(access, token)


def test_whoever_signs_out_is_out_and_the_next_token_is_another(access: Access) -> None:
    make(access, "zhang3")
    token = _signed_in(access)
    assert _is_in(access, token)
    sessions.end(access, hash_of(token), "zhang3")
    assert not _is_in(access, token), "at once in this process"
    assert _signed_in(access) != token


def test_half_a_session_is_nobody_and_lasts_ten_minutes(access: Access, clock: Clock) -> None:
    make(access, "zhang3")
    accounts.reset_totp(access, "zhang3", ROOT, is_wanted=True)
    token = _signed_in(access)
    assert not _is_in(access, token)
    assert sessions.step_of(access, token) == "code"
    with pytest.raises(SignInRefused):
        signing_in.renewed(access, token, ADDRESS, AGENT)
    touch(access, hash_of(token))
    clock.move(minutes=STEP_MINUTES, seconds=1)
    assert sessions.step_of(access, token) is None


def test_every_step_of_a_sign_in_has_a_token_of_its_own(access: Access) -> None:
    first = accounts.add(access, "zhang3", "张三", "", ROOT)
    half = sign_in(access, "zhang3", first, ADDRESS, AGENT).token
    accounts.change_password(access, "zhang3", first, GOOD, Person("zhang3", "", session=hash_of(half)[:12]))
    whole = signing_in.renewed(access, half, ADDRESS, AGENT).token
    assert whole != half
    assert sessions.step_of(access, half) is None, "the token of a step is worth nothing after it"
    assert _is_in(access, whole)


def test_the_database_keeps_the_hash_of_a_token_and_never_the_token(access: Access) -> None:
    make(access, "zhang3")
    token = _signed_in(access)
    with access.database.connection() as connection:
        kept = connection.execute(sa.select(SESSIONS)).mappings().all()
    assert [row["hash"] for row in kept] == [hash_of(token)]
    assert token not in str(kept)
    assert not _is_in(access, hash_of(token)), "the hash itself opens nothing"


def test_rights_are_those_of_now_and_not_those_of_the_sign_in(access: Access, clock: Clock) -> None:
    make(access, "zhang3", "publisher")
    token = _signed_in(access)
    found = person_of(access, hash_of(token))
    assert found is not None
    assert found.rights.may("publish")
    grants.revoke(access, 1, ROOT, "left the office", COUNTY_OF)
    clock.settle()
    found = person_of(access, hash_of(token))
    assert found is not None
    assert not found.rights.may("publish")


def test_a_holder_ends_his_own_sessions_and_only_an_administrator_those_of_others(access: Access, clock: Clock) -> None:
    make(access, "zhang3", "viewer")
    make(access, "li4", "system_admin")
    here, there, others = _signed_in(access), _signed_in(access), _signed_in(access, "li4")
    me, admin = person_of(access, hash_of(here)), person_of(access, hash_of(others))
    assert me is not None
    assert admin is not None
    with pytest.raises(AccessFault, match="no such session"):
        end_named(access, hash_of(others)[:12], me)
    assert end_others(access, me) == 1
    assert not _is_in(access, there)
    assert _is_in(access, here)
    for short in ("", hash_of(here)[:3], "%" * 12, "_" * 12):
        with pytest.raises(AccessFault):
            end_named(access, short, admin)
    end_named(access, hash_of(here)[:12], admin)
    assert not _is_in(access, here)


def test_only_open_sessions_are_listed(access: Access, clock: Clock) -> None:
    make(access, "zhang3")
    token = _signed_in(access)
    assert [(item.id, item.address, item.agent) for item in sessions.of_account(access, "zhang3")] == [
        (hash_of(token)[:12], ADDRESS, AGENT)
    ]
    clock.move(hours=1)
    assert sessions.of_account(access, None) == ()


def test_whom_a_provider_vouches_for_has_an_account_here(access: Access) -> None:
    with pytest.raises(SignInRefused):
        signing_in.vouched(access, "stranger", "oidc", ADDRESS, AGENT)
    accounts.add(access, "wang5", "王五", "", ROOT, source="oidc")
    opened = signing_in.vouched(access, "wang5", "oidc", ADDRESS, AGENT)
    found = person_of(access, hash_of(opened.token))
    assert found is not None
    assert (found.id, found.rights.may("read"), found.sees) == ("wang5", False, found.rights.scope("read"))
    assert found.sees != ALL
    with pytest.raises(SignInRefused):
        sign_in(access, "wang5", "", ADDRESS, AGENT)
