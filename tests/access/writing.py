"""People who act on a small dataset of their own, with the audit record beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from cockpit.access import audit
from cockpit.access.house import Access, open_access
from cockpit.access.people import Person, rights_of
from cockpit.access.recording import recorder
from cockpit.acting import Act
from cockpit.datasets.findings import Upload
from cockpit.datasets.publishing.submissions import Submission, keep
from cockpit.datasets.store import loading
from cockpit.policy.register import load
from cockpit.rights import ALL, Scope
from tests.datasets.publishing_small import checked, ship

IN_A, IN_B = Scope(towns=frozenset({"A"})), Scope(towns=frozenset({"B"}))
FIGURES = {("A", "2025", "total_output_yuan"): 13.0}


@pytest.fixture(autouse=True)
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ship(tmp_path / "shipped")
    monkeypatch.setattr(loading, "SHIPPED", tmp_path / "shipped")
    monkeypatch.setattr("cockpit.datasets.publishing.releases.SHIPPED", tmp_path / "shipped")
    monkeypatch.setenv("COCKPIT_DATA_DIR", str(tmp_path / "written"))
    monkeypatch.setenv("COCKPIT_DATABASE_URL", f"sqlite:///{tmp_path}/access.sqlite")


@pytest.fixture
def house() -> Access:
    return open_access()


def person_of(account: str, *held: tuple[str, Scope]) -> Person:
    rights, sees = rights_of(load().access, held)
    return Person(account, account, roles=tuple(role for role, _ in held), rights=rights, sees=sees, way="password")


def act_of(person: Person, note: str = "核对无误") -> Act:
    return Act(person.actor(recorder(open_access(), person)), note)


def hand_in(person: Person) -> Submission:
    upload = Upload("上报 2025.xlsx", b"the bytes")
    return keep("demo", [upload], checked(FIGURES), act_of(person), checked_against="v0001")


CLERK = person_of("clerk-a", ("clerk", IN_A))
PUBLISHER = person_of("pub-1", ("publisher", ALL))


def told(access: Access) -> tuple[str, str, str, str]:
    line = audit.lines(access)[0]
    return line.event, line.outcome, line.account, str(line.detail.get("why", ""))
