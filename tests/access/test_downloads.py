"""A file is made outside of a run, where Streamlit knows no session any more: who takes it is asked all the same."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import pytest

from cockpit.access import accounts, audit, grants
from cockpit.access.house import Access, AccessFault, open_access
from cockpit.access.people import LOCAL, Person
from cockpit.access.sessions import person_of_account
from cockpit.rights import ALL
from cockpit.ui.access import record
from cockpit.ui.frame import person as of_person
from tests.access.scoped import reader


@pytest.fixture
def access(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Access:
    monkeypatch.setenv("COCKPIT_ACCESS", "accounts")
    monkeypatch.setenv("COCKPIT_DATABASE_URL", f"sqlite:///{tmp_path / 'access.sqlite'}")
    made = open_access()
    for account, role in (("li.si", "leader"), ("sun.qi", "audit_admin")):
        accounts.add(made, account, "李四", "", LOCAL)
        grants.give(made, account, role, ALL, LOCAL, "试", {})
    return made


def _drawn(account: str) -> Callable[[], Person | None]:
    """What a run of this account keeps for later; afterwards nobody is known any more."""
    with patch.object(of_person, "st", SimpleNamespace(user={"session": f"account:{account}"})):
        return of_person.finder()


def _later(make: Callable[[], Any]) -> Any:
    with ThreadPoolExecutor(1) as thread, patch.object(of_person, "st", SimpleNamespace(user={})):
        return thread.submit(make).result()


def test_who_may_export_gets_the_file_and_it_is_recorded(access: Access) -> None:
    now_of, leader = _drawn("li.si"), person_of_account(access, "li.si")
    assert leader is not None
    _later(lambda: of_person.again(leader, "export", "export", "a.csv", {"rows": 3}, now_of))
    assert [(line.account, line.outcome) for line in audit.lines(access, event="export")] == [("li.si", "ok")]


def test_a_right_that_ended_since_the_button_was_drawn_gives_none(access: Access) -> None:
    now_of, leader = _drawn("li.si"), replace(reader("leader", ALL), id="li.si")
    accounts.set_active(access, "li.si", False, LOCAL)
    with pytest.raises(AccessFault) as refused:
        _later(lambda: of_person.again(leader, "export", "export", "a.csv", {}, now_of))
    assert refused.value.reason == "no_right"


def test_the_audit_administrator_takes_the_record_along_and_nobody_else(access: Access) -> None:
    asked = {"since": access.today(), "until": access.today(), "account": "", "outcome": ""}
    taken = _later(lambda: record._file(asked, _drawn("sun.qi")))
    assert b"account.add" in taken
    with pytest.raises(AccessFault):
        _later(lambda: record._file(asked, _drawn("li.si")))
