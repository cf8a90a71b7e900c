"""Keys of walls and programs: what each opens, and when it opens nothing any more."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from cockpit.access import audit, keys, signing_in
from cockpit.access.guesses import GuessRefused
from cockpit.access.house import Access, AccessFault
from cockpit.access.keys import Kind
from cockpit.access.tables import KEYS
from cockpit.policy.register import load
from cockpit.rights import ALL, NOWHERE, read_scope
from tests.access.conftest import ADDRESS, AGENT, GOOD, ROOT, Clock, make
from tests.access.scoped import reader, signed_in
from tests.pages.opening import open_page

TODAY = date(2026, 3, 2)


def _made(access: Access, kind: Kind = "device", scope: str = "330100", last_day: date | None = None) -> str:
    role = "presenter" if kind == "device" else "analyst"
    return keys.make(access, kind, "大厅", role, read_scope(scope), last_day, ROOT)


@pytest.mark.parametrize(("kind", "other"), [("device", "api"), ("api", "device")])
def test_a_key_of_one_kind_opens_nothing_of_the_other(access: Access, kind: Kind, other: Kind) -> None:
    written = _made(access, kind)
    found = keys.person_of(access, written, kind)
    assert found is not None
    assert (found.sees, found.way) == (read_scope("330100"), kind)
    assert keys.person_of(access, written, other) is None
    assert keys.person_by_name(access, written.partition(".")[0], other) is None


def test_a_device_may_look_at_the_wall_and_neither_export_nor_write(one_access: Access) -> None:
    found = keys.person_of(one_access, _made(one_access), "device")
    assert found is not None
    assert set(found.rights.by_verb) == {"read", "see_wall"}


def test_a_revoked_key_opens_nothing_and_is_revoked_once(access: Access) -> None:
    written = _made(access)
    name = written.partition(".")[0]
    keys.revoke(access, name, ROOT)
    assert keys.person_of(access, written, "device") is None
    assert keys.person_by_name(access, name, "device") is None
    with pytest.raises(AccessFault, match="revoked"):
        keys.revoke(access, name, ROOT)


def test_a_key_opens_until_its_last_day_is_over_in_shanghai(access: Access, clock: Clock) -> None:
    written = _made(access, last_day=TODAY)
    clock.move(hours=14, minutes=59)
    assert keys.person_of(access, written, "device") is not None
    clock.move(minutes=2)
    assert keys.person_of(access, written, "device") is None


@pytest.mark.many
@pytest.mark.parametrize("change", ["", "x", "k.x", ".", "k\x00", "k12345678", "%", "k" * 500])
def test_a_key_that_is_not_the_one_made_opens_nothing(access: Access, change: str) -> None:
    name, _, secret = _made(access).partition(".")
    for written in (change, f"{change}.{secret}", f"{name}.{change}", f"{name}.{secret}{change or 'x'}"):
        assert keys.person_of(access, written, "device") is None
    assert keys.person_of(access, f"{name}.{secret}", "device") is not None, "and the database is still there"


def test_the_secret_of_a_key_stands_nowhere(access: Access) -> None:
    written = _made(access)
    with access.database.connection() as connection:
        kept = str(connection.execute(sa.select(KEYS)).mappings().all())
    assert written.partition(".")[2] not in kept
    assert written.partition(".")[2] not in str(audit.lines(access))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"label": " "}, "where the key is used"),
        ({"role": "publisher"}, "cannot have the role"),
        ({"role": "analyst"}, "cannot have the role"),
        ({"scope": NOWHERE}, "Choose a scope"),
        ({"last_day": TODAY - timedelta(days=1)}, "over"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_is_wrong_with_a_key_is_said(one_access: Access, change: Mapping[str, object], said: str) -> None:
    asked = {"label": "大厅", "role": "presenter", "scope": ALL, "last_day": None, **change}
    with pytest.raises(AccessFault, match=said):
        keys.make(one_access, "device", person=ROOT, **asked)  # type: ignore[arg-type]
    assert keys.every(one_access) == ()


def test_the_last_use_of_a_key_is_known(access: Access, clock: Clock) -> None:
    written = _made(access)
    assert keys.every(access)[0].used_at is None
    clock.move(hours=1)
    keys.person_of(access, written, "device")
    assert keys.every(access)[0].used_at == clock()


# Guesses -------------------------------------------------------------------------------------------------------------


def test_keys_are_guessed_no_faster_than_passwords(access: Access, clock: Clock) -> None:
    """By the name guessed at, and by the address whatever is guessed at; for keys there are and are not alike."""
    written, limit = _made(access), access.design.limit
    name = written.partition(".")[0]
    for guessed in (name, "k00000000"):
        for _ in range(limit("failures")):
            with pytest.raises(GuessRefused) as refused:
                keys.enter(access, f"{guessed}.x", "device", "10.0.0.1")
            assert refused.value.reason == "key_unknown"
        with pytest.raises(GuessRefused) as refused:
            keys.enter(access, written if guessed == name else f"{guessed}.x", "device", "10.0.0.2")
        assert refused.value.reason == "address"
    assert {(line.event, line.outcome) for line in audit.lines(access, event="key.use")} == {
        ("key.use", "failed"), ("key.use", "refused"),
    }  # fmt: skip
    clock.move(minutes=limit("lock_minutes") + 1)
    assert keys.enter(access, written, "device", "10.0.0.2").way == "device"
    for at in range(limit("address_failures")):
        with pytest.raises(GuessRefused):
            keys.enter(access, f"k{at:08x}.x", "device", "10.0.0.3")
    with pytest.raises(GuessRefused) as refused:
        keys.enter(access, written, "device", "10.0.0.3")
    assert refused.value.reason == "address"
    assert keys.enter(access, written, "device", "10.0.0.4").way == "device"


def test_a_wall_that_runs_is_not_locked_and_wrong_keys_shown_are_recorded_up_to_the_limit(access: Access) -> None:
    written, most = _made(access), access.design.limit("address_failures")
    for at in range(most + 5):
        assert keys.shown(access, f"k{at:08x}.x", "device", ADDRESS) is None
    assert len(audit.lines(access, event="key.use", most=500)) == most
    assert keys.shown(access, written, "device", ADDRESS) is not None


def test_an_old_key_is_no_guess_and_wrong_keys_lock_no_password(access: Access) -> None:
    written = _made(access)
    keys.revoke(access, written.partition(".")[0], ROOT)
    assert keys.shown(access, written, "device", ADDRESS) is None
    assert audit.lines(access, event="key.use") == ()
    make(access, "zhang3")
    for at in range(access.design.limit("address_failures")):
        keys.shown(access, f"k{at:08x}.x", "device", ADDRESS)
    assert signing_in.sign_in(access, "zhang3", GOOD, ADDRESS, AGENT)


# The form ------------------------------------------------------------------------------------------------------------


@pytest.mark.long
def test_the_form_offers_the_roles_of_the_kind_that_is_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COCKPIT_DATABASE_URL", f"sqlite:///{tmp_path}/a.sqlite")
    roles = load().access.roles
    with signed_in(reader("security_admin", ALL)):
        app = open_page("access", {"lang": "zh"})
        for kind, value in (("device", "device"), ("api", "api"), ("device", "device")):
            app.button_group(key="key_kind|0").set_value(value).run()
            assert not app.exception
            box = next(item for item in app.selectbox if str(item.key).startswith("key_role_"))
            assert set(box.options) == {roles[name].label.zh for name in keys.ROLES[kind]}
            assert box.value in keys.ROLES[kind]
