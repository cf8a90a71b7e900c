"""The audit record: nothing is changed, taken out or put in unseen, and no secret ever stands in it."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import date

import pyotp
import pytest
import sqlalchemy as sa

from cockpit.access import accounts, audit, keys, sessions, signing_in
from cockpit.access.house import Access, AccessFault
from cockpit.access.people import Person
from cockpit.access.tables import AUDIT
from cockpit.datasets.database.laws import lifted
from cockpit.rights import ALL
from tests.access.conftest import ADDRESS, AGENT, GOOD, ROOT, Clock, is_refused, make

DAYS = 180


def _written(access: Access, count: int = 5) -> None:
    for number in range(count):
        audit.note(access, "export", person=ROOT, about=f"file-{number}.xlsx", rows=number)


def _by_hand(access: Access, *statements: sa.Executable) -> None:
    """As somebody who owns the database: the triggers dropped first."""
    with access.database.connection(writes=True) as connection:
        for statement in lifted("audit", is_sqlite=access.database.is_sqlite):
            connection.exec_driver_sql(statement)
        for statement in statements:
            connection.execute(statement)


def _row(access: Access, number: int) -> dict[str, object]:
    with access.database.connection() as connection:
        row = connection.execute(sa.select(AUDIT).where(AUDIT.c.number == number)).mappings().one()
    return {str(name): value for name, value in row.items()}


def test_a_chain_nobody_touched_holds(access: Access) -> None:
    assert audit.verify(access) == audit.Verified(0, 0)
    _written(access)
    assert audit.verify(access) == audit.Verified(5, 0)


@pytest.mark.many
@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("event", "sign_in"), ("outcome", "refused"), ("account", "li4"), ("label", "李四"), ("role", "x"),
        ("session", "x"), ("address", "x"), ("object", "x"), ("detail", "{}"), ("previous", "0" * 64),
        ("hash", "f" * 64),
    ],
)  # fmt: skip
def test_a_line_changed_by_hand_is_found(access: Access, column: str, value: str) -> None:
    _written(access)
    _by_hand(access, sa.update(AUDIT).where(AUDIT.c.number == 3).values({column: value}))
    assert audit.verify(access).broken_at == 3


def test_a_time_changed_by_hand_is_found(access: Access, clock: Clock) -> None:
    _written(access)
    clock.move(hours=1)
    _by_hand(access, sa.update(AUDIT).where(AUDIT.c.number == 2).values(at=clock()))
    assert audit.verify(access).broken_at == 2


@pytest.mark.parametrize(("gone", "found"), [((1,), 2), ((3,), 4), ((2, 3), 4), ((1, 2, 3, 4), 5)])
def test_lines_taken_out_by_hand_are_found(access: Access, gone: tuple[int, ...], found: int) -> None:
    _written(access)
    _by_hand(access, sa.delete(AUDIT).where(AUDIT.c.number.in_(gone)))
    assert audit.verify(access).broken_at == found


def test_a_line_put_in_by_hand_is_found(access: Access) -> None:
    _written(access)
    copy = {**_row(access, 2), "number": 6}
    _by_hand(access, sa.insert(AUDIT).values(copy))
    assert audit.verify(access).broken_at == 6


def test_the_database_itself_refuses_to_change_or_delete_a_line(access: Access) -> None:
    _written(access)
    assert is_refused(access, sa.update(AUDIT).values(account="li4"))
    assert is_refused(access, sa.delete(AUDIT))
    if access.database.is_sqlite:
        assert is_refused(access, sa.text("INSERT OR REPLACE INTO audit SELECT * FROM audit WHERE number = 1"))
    else:
        assert is_refused(access, sa.text("TRUNCATE audit"))
    assert audit.verify(access) == audit.Verified(5, 0)


def test_whole_months_are_purged_and_what_is_left_is_a_chain(access: Access, clock: Clock) -> None:
    for _ in range(5):
        _written(access, 2)
        clock.move(days=31)
    clock.move(days=DAYS)
    assert audit.purge(access, date(2026, 4, 1), ROOT) == 2
    assert audit.purge(access, date(2026, 4, 1), ROOT) == 0
    assert audit.purge(access, date(2026, 5, 1), ROOT) == 2
    assert audit.verify(access).broken_at == 0
    told = audit.lines(access, event="audit.purge")
    assert [(line.account, line.detail["lines"]) for line in told] == [("os:root", 2), ("os:root", 2)]
    assert is_refused(access, sa.delete(AUDIT)), "the law stands again"
    _by_hand(access, sa.delete(AUDIT).where(AUDIT.c.number == 5))
    assert audit.verify(access).broken_at == 6, "a purge by hand is none"


@pytest.mark.parametrize("day", [date(2026, 3, 2), date(2026, 4, 1), date(2026, 3, 1)])
def test_neither_half_a_month_nor_what_must_be_kept_is_purged(access: Access, clock: Clock, day: date) -> None:
    _written(access)
    clock.move(days=DAYS - 3)  # the first of March is not yet so long ago
    with pytest.raises(AccessFault, match="180 days"):
        audit.purge(access, day, ROOT)
    assert audit.verify(access) == audit.Verified(5, 0)


def test_no_line_is_written_of_what_was_not_done(access: Access) -> None:
    make(access, "zhang3")
    before = len(audit.lines(access))
    with pytest.raises(AccessFault):
        accounts.add(access, "zhang3", "张三", "", ROOT)
    assert len(audit.lines(access)) == before


def test_what_happens_to_accounts_and_at_the_door_is_on_record(one_access: Access) -> None:
    make(one_access, "zhang3", "viewer")
    for password in ("Falsch-4821x", GOOD):
        with suppress(AccessFault):
            token = signing_in.sign_in(one_access, "zhang3", password, ADDRESS, AGENT).token
    sessions.end(one_access, sessions.hash_of(token), "zhang3")
    accounts.set_active(one_access, "zhang3", False, ROOT)
    keys.revoke(one_access, keys.make(one_access, "device", "大厅", "presenter", ALL, None, ROOT)[:9], ROOT)
    told = [(line.event, line.outcome) for line in reversed(audit.lines(one_access))]
    assert told == [
        ("account.add", "ok"), ("password.change", "ok"), ("grant.give", "ok"), ("sign_in", "failed"),
        ("sign_in", "ok"), ("sign_out", "ok"), ("account.disable", "ok"),
        ("key.make", "ok"), ("key.revoke", "ok"),
    ]  # fmt: skip


def test_lines_are_found_by_day_account_event_and_outcome(access: Access, clock: Clock) -> None:
    audit.note(access, "export", person=ROOT)
    clock.move(hours=15)  # midnight in Shanghai
    audit.note(access, "sign_in", "failed", account="li4")
    assert len(audit.lines(access)) == 2
    assert [line.event for line in audit.lines(access, since=date(2026, 3, 3))] == ["sign_in"]
    assert [line.event for line in audit.lines(access, until=date(2026, 3, 2))] == ["export"]
    for asked in ({"account": "li4"}, {"event": "sign_in"}, {"outcome": "failed"}):
        assert [line.account for line in audit.lines(access, **asked)] == ["li4"]


def test_no_password_token_code_or_key_stands_in_any_table(access: Access, clock: Clock) -> None:
    secret = [GOOD, "Lan-Tian-9999", "Falsch-4821x"]
    secret.append(accounts.add(access, "zhang3", "张三", "", ROOT))
    accounts.change_password(access, "zhang3", secret[-1], GOOD, Person("zhang3", ""))
    for password in (secret[2], GOOD):
        with suppress(AccessFault):
            secret.append(signing_in.sign_in(access, "zhang3", password, ADDRESS, AGENT).token)
    accounts.change_password(access, "zhang3", GOOD, secret[1], Person("zhang3", ""))
    secret.append(accounts.reset_password(access, "zhang3", ROOT))
    uri = accounts.reset_totp(access, "zhang3", ROOT, is_wanted=True)
    made = pyotp.parse_uri(uri)
    secret += [half := signing_in.sign_in(access, "zhang3", secret[-1], ADDRESS, AGENT).token, code := made.at(clock())]
    secret.append(signing_in.enter_code(access, half, code, ADDRESS, AGENT).token)
    secret.append(keys.make(access, "api", "程序", "analyst", ALL, None, ROOT).partition(".")[2])
    dumped = _dump(access)
    assert "zhang3" in dumped
    assert "api" in dumped
    assert [item for item in secret if item in dumped] == []


def _dump(access: Access) -> str:
    """Every row of every table."""
    with access.database.connection() as connection:
        names = sa.inspect(connection).get_table_names()
        assert {"accounts", "sessions", "keys", "audit", "grants", "failures"} <= set(names)
        rows = {name: [list(row) for row in connection.exec_driver_sql(f"SELECT * FROM {name}")] for name in names}
    return json.dumps(rows, default=str, ensure_ascii=False)


def test_a_clock_that_was_set_back_is_a_line_of_its_own(access: Access, clock: Clock) -> None:
    _written(access, 1)
    clock.move(minutes=-1)
    _written(access, 1)
    assert [line.event for line in audit.lines(access)] == ["export", "export"], "two machines are never of one time"
    clock.move(days=-3)
    _written(access, 2)
    assert [line.event for line in audit.lines(access)] == ["export", "export", "clock.back", "export", "export"]
    told = audit.lines(access)[2]
    assert (told.outcome, told.detail["seconds"]) == ("failed", 3 * 86400)
    assert audit.verify(access) == audit.Verified(5, 0)


def test_what_somebody_does_is_told_with_his_session_and_where_it_was_opened(access: Access) -> None:
    make(access, "zhang3")
    token = signing_in.sign_in(access, "zhang3", GOOD, ADDRESS, AGENT).token
    person = sessions.person_of(access, sessions.hash_of(token))
    assert person is not None
    audit.note(access, "export", person=person, about="a.xlsx")
    sessions.end(access, sessions.hash_of(token), "zhang3")
    out, export, came = audit.lines(access, most=3)
    assert (out.event, out.address) == ("sign_out", ADDRESS)
    assert [(line.session, line.address) for line in (export, came)] == [(person.session, ADDRESS)] * 2
