"""Accounts and their passwords: what may be one, how often a wrong one is tried, what a change ends."""

from __future__ import annotations

from itertools import pairwise
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest

from cockpit.access import accounts, passwords, signing_in
from cockpit.access.house import Access, AccessFault
from cockpit.access.people import Person
from cockpit.access.sessions import hash_of, person_of
from cockpit.access.signing_in import SignInRefused, sign_in
from tests.access.conftest import ADDRESS, AGENT, GOOD, ROOT, Clock, make

FAILURES = 5  # limits of access.toml, written again: whoever changes them meets these tests
LOCK_MINUTES, ADDRESS_FAILURES, FIRST_DAYS = 15, 30, 7


def _try(access: Access, account: str, password: str, address: str = ADDRESS) -> str:
    """Why somebody is not let in, "" where he is."""
    try:
        sign_in(access, account, password, address, AGENT)
    except SignInRefused as refused:
        return refused.reason
    return ""


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        ("Aa-45678x", "short"),
        ("Aa-4" * 33, "long"),
        ("lowercase1234", "kinds"),
        ("My-Zhang3-2026", "account"),
        ("ZHANG3-zh-26", "account"),
        ("Password123!", "common"),
        ("#Zhejiang2026", "common"),
        ("Aa1Aa1Aa1Aa1Aa1", "common"),
        (GOOD, None),
        ("浙江-Lan-482", None),
    ],
)
def test_a_password_is_long_mixed_uncommon_and_not_the_account(
    one_access: Access, password: str, fault: str | None
) -> None:
    found = passwords.faults(one_access.design, "zhang3", password)
    assert fault in found if fault else found == ()


def test_a_password_made_for_somebody_may_be_taken_and_no_two_are_alike(one_access: Access) -> None:
    made = [passwords.make(one_access.design) for _ in range(200)]
    assert len(set(made)) == len(made)
    assert not [item for item in made if passwords.faults(one_access.design, "zhang3", item)]


@pytest.mark.parametrize("name", ["", "a", "Ä", "zhang san", "-a", "a" * 61, "张三", "a;b"])
def test_the_name_of_an_account_is_plain(one_access: Access, name: str) -> None:
    with pytest.raises(AccessFault, match="60"):
        accounts.add(one_access, name, "张三", "", ROOT)


def test_an_account_is_made_once_and_has_a_name(access: Access) -> None:
    accounts.add(access, " Zhang3 ", "张\u200b三\n", "", ROOT)
    found = accounts.find(access, "zhang3")
    assert found is not None
    assert (found.name, found.must_change, found.is_active) == ("张三", True, True)
    with pytest.raises(AccessFault, match="exists already"):
        accounts.add(access, "zhang3", "张四", "", ROOT)
    with pytest.raises(AccessFault, match="person's name"):
        accounts.add(access, "zhang4", "\u200b", "", ROOT)


def test_the_first_password_opens_half_a_session_until_it_is_changed(access: Access) -> None:
    first = accounts.add(access, "zhang3", "张三", "", ROOT)
    half = sign_in(access, "zhang3", first, ADDRESS, AGENT)
    assert half.step == "change"
    assert person_of(access, hash_of(half.token)) is None
    accounts.change_password(access, "zhang3", first, GOOD, Person("zhang3", "", session=hash_of(half.token)[:12]))
    whole = signing_in.renewed(access, half.token, ADDRESS, AGENT)
    found = person_of(access, hash_of(whole.token))
    assert found is not None
    assert found.id == "zhang3"
    assert _try(access, "zhang3", first) == "wrong"


def test_a_first_password_nobody_used_within_a_week_opens_nothing(access: Access, clock: Clock) -> None:
    first = accounts.add(access, "zhang3", "张三", "", ROOT)
    clock.move(days=FIRST_DAYS)
    assert sign_in(access, "zhang3", first, ADDRESS, AGENT).step == "change"
    clock.move(minutes=1)
    assert _try(access, "zhang3", first) == "first_over"
    assert _try(access, "zhang3", accounts.reset_password(access, "zhang3", ROOT)) == ""


def test_a_half_session_that_asks_for_a_new_password_is_not_renewed_without_one(one_access: Access) -> None:
    first = accounts.add(one_access, "zhang3", "张三", "", ROOT)
    half = sign_in(one_access, "zhang3", first, ADDRESS, AGENT)
    with pytest.raises(SignInRefused):
        signing_in.renewed(one_access, half.token, ADDRESS, AGENT)


def test_none_of_the_last_five_passwords_comes_back_and_the_sixth_does(access: Access) -> None:
    make(access, "zhang3")
    given = [GOOD, *(f"Lan-Tian-48{number}" for number in range(22, 27))]
    for old, new in pairwise(given):
        accounts.change_password(access, "zhang3", old, new, Person("zhang3", ""))
    for former in given[1:]:
        with pytest.raises(AccessFault, match="last 5"):
            accounts.change_password(access, "zhang3", given[-1], former, Person("zhang3", ""))
    accounts.change_password(access, "zhang3", given[-1], GOOD, Person("zhang3", ""))


def test_who_does_not_know_the_old_password_sets_no_new_one(access: Access) -> None:
    make(access, "zhang3")
    with pytest.raises(AccessFault, match="old password"):
        accounts.change_password(access, "zhang3", "Falsch-4821x", "Lan-Tian-9999", Person("zhang3", ""))
    assert _try(access, "zhang3", GOOD) == ""


def test_a_password_that_is_older_than_ninety_days_is_changed_first(access: Access, clock: Clock) -> None:
    make(access, "zhang3")
    clock.move(days=90)
    assert sign_in(access, "zhang3", GOOD, ADDRESS, AGENT).step == ""
    clock.move(minutes=1)
    assert sign_in(access, "zhang3", GOOD, ADDRESS, AGENT).step == "change"


def test_a_change_of_password_ends_the_other_sessions_and_not_this_one(access: Access, clock: Clock) -> None:
    make(access, "zhang3")
    here, there = (sign_in(access, "zhang3", GOOD, ADDRESS, AGENT).token for _ in range(2))
    holder = person_of(access, hash_of(here))
    assert holder is not None
    accounts.change_password(access, "zhang3", GOOD, "Lan-Tian-9999", holder)
    clock.settle()
    assert person_of(access, hash_of(here)) is not None
    assert person_of(access, hash_of(there)) is None


@pytest.mark.parametrize("account", ["zhang3", "nobody-here"])
def test_five_wrong_passwords_lock_an_account_that_exists_and_one_that_does_not(access: Access, account: str) -> None:
    make(access, "zhang3")
    said = []
    for _ in range(FAILURES + 1):
        with pytest.raises(SignInRefused) as refused:
            sign_in(access, account, "Falsch-4821x", ADDRESS, AGENT)
        said.append(str(refused.value))
    assert [text.count("Tries left") for text in said] == [1] * (FAILURES - 1) + [0, 0]
    assert not any(account in text for text in said)
    assert said == _said_to("zhang3", access), "existing and unknown accounts hear the same words"


def _said_to(account: str, access: Access) -> list[str]:
    """What somebody who fails hears, from the limits alone."""
    del account
    most = access.design.limit("failures")
    told = {"most": most, "minutes": access.design.limit("lock_minutes")}
    tries = [str(SignInRefused("wrong", left=most - done, **told)) for done in range(1, most)]
    return [*tries, *[str(SignInRefused("locked", minutes=told["minutes"]))] * 2]


def test_a_lock_refuses_the_right_password_and_ends_after_its_time(access: Access, clock: Clock) -> None:
    make(access, "zhang3")
    for _ in range(FAILURES):
        _try(access, "zhang3", "Falsch-4821x")
    assert _try(access, "zhang3", GOOD) == "locked"
    assert _try(access, "ZHANG3 ", GOOD) == "locked", "another spelling is the same account"
    clock.move(minutes=LOCK_MINUTES, seconds=1)
    assert _try(access, "zhang3", GOOD) == ""


def test_a_sign_in_that_succeeds_begins_the_count_anew(access: Access) -> None:
    make(access, "zhang3")
    for _ in range(3):
        for _ in range(FAILURES - 1):
            _try(access, "zhang3", "Falsch-4821x")
        assert _try(access, "zhang3", GOOD) == ""


def test_an_address_that_fails_thirty_times_is_not_served_and_others_are(access: Access) -> None:
    make(access, "zhang3")
    for number in range(ADDRESS_FAILURES):
        _try(access, f"guess-{number}", "Falsch-4821x")
    assert _try(access, "zhang3", GOOD) == "address"
    assert _try(access, "zhang3", GOOD, "10.0.0.9") == ""


def test_a_reset_lifts_the_lock_ends_sessions_and_asks_for_a_change(access: Access, clock: Clock) -> None:
    make(access, "zhang3")
    token = sign_in(access, "zhang3", GOOD, ADDRESS, AGENT).token
    for _ in range(FAILURES):
        _try(access, "zhang3", "Falsch-4821x")
    first = accounts.reset_password(access, "zhang3", ROOT)
    clock.settle()
    assert person_of(access, hash_of(token)) is None
    assert sign_in(access, "zhang3", first, ADDRESS, AGENT).step == "change"


def test_a_disabled_account_is_thrown_out_and_hears_the_same_as_a_wrong_password(access: Access, clock: Clock) -> None:
    make(access, "zhang3")
    token = sign_in(access, "zhang3", GOOD, ADDRESS, AGENT).token
    accounts.set_active(access, "zhang3", False, ROOT)
    clock.settle()
    assert person_of(access, hash_of(token)) is None
    assert _try(access, "zhang3", GOOD) == "wrong"
    with pytest.raises(SignInRefused):
        signing_in.vouched(access, "zhang3", "oidc", ADDRESS, AGENT)
    accounts.set_active(access, "zhang3", True, ROOT)
    assert _try(access, "zhang3", GOOD) == ""
    assert person_of(access, hash_of(token)) is None, "what was ended stays so"


def test_nobody_disables_himself(one_access: Access) -> None:
    make(one_access, "admin-1", "system_admin")
    me = Person("admin-1", "", rights=ROOT.rights)
    with pytest.raises(AccessFault, match="his own"):
        accounts.set_active(one_access, "admin-1", False, me)


def test_the_second_factor_opens_the_session_and_a_code_counts_once(access: Access, clock: Clock) -> None:
    make(access, "zhang3")
    uri = accounts.reset_totp(access, "zhang3", ROOT, is_wanted=True)
    made = pyotp.TOTP(parse_qs(urlsplit(uri).query)["secret"][0])
    half = sign_in(access, "zhang3", GOOD, ADDRESS, AGENT)
    assert half.step == "code"
    assert person_of(access, hash_of(half.token)) is None
    with pytest.raises(SignInRefused):
        signing_in.enter_code(access, half.token, "000000", ADDRESS, AGENT)
    code = made.at(clock())
    whole = signing_in.enter_code(access, half.token, f"{code[:3]} {code[3:]}", ADDRESS, AGENT)
    assert person_of(access, hash_of(whole.token)) is not None
    with pytest.raises(SignInRefused, match="too long"):
        signing_in.enter_code(access, half.token, made.at(clock()), ADDRESS, AGENT)
    again = sign_in(access, "zhang3", GOOD, ADDRESS, AGENT)
    with pytest.raises(SignInRefused, match="was used"):
        signing_in.enter_code(access, again.token, code, ADDRESS, AGENT)
    clock.move(seconds=30)
    assert signing_in.enter_code(access, again.token, made.at(clock()), ADDRESS, AGENT).step == ""


def test_wrong_codes_lock_as_wrong_passwords_do(access: Access, clock: Clock) -> None:
    make(access, "zhang3")
    uri = accounts.reset_totp(access, "zhang3", ROOT, is_wanted=True)
    made = pyotp.TOTP(parse_qs(urlsplit(uri).query)["secret"][0])
    half = sign_in(access, "zhang3", GOOD, ADDRESS, AGENT)
    for _ in range(FAILURES):
        with pytest.raises(SignInRefused):
            signing_in.enter_code(access, half.token, "abcdef", ADDRESS, AGENT)
    with pytest.raises(SignInRefused, match="Locked"):
        signing_in.enter_code(access, half.token, made.at(clock()), ADDRESS, AGENT)
    assert _try(access, "zhang3", GOOD) == "locked"


def test_a_code_that_is_no_ascii_is_a_wrong_code(one_access: Access) -> None:
    make(one_access, "zhang3")
    accounts.reset_totp(one_access, "zhang3", ROOT, is_wanted=True)
    half = sign_in(one_access, "zhang3", GOOD, ADDRESS, AGENT)
    with pytest.raises(SignInRefused, match="code is wrong"):
        signing_in.enter_code(one_access, half.token, "１２３４５６", ADDRESS, AGENT)


@pytest.mark.many
@pytest.mark.parametrize("account", ["zhang\x003", "\x00", "\ud800", "'; DROP TABLE accounts; --", "张" * 500])
def test_no_name_a_stranger_types_makes_the_database_seem_away(access: Access, account: str) -> None:
    make(access, "zhang4")
    assert _try(access, account, "Falsch\x00-4821x") == "wrong"
    assert _try(access, "zhang4", GOOD) == ""
