"""Writes ask for the right, the scope and the second pair of eyes themselves, and a refusal is on record; what was
drawn before a right ended does nothing after it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import pytest

from cockpit.access import audit
from cockpit.access.house import Access, AccessFault, open_access
from cockpit.access.people import Person, rights_of
from cockpit.access.recording import recorder
from cockpit.acting import REVIEW, Act, ActRefused
from cockpit.briefings import open_desk, today
from cockpit.briefings.listing import record
from cockpit.datasets.decisions.log import Draft, open_log
from cockpit.datasets.findings import Upload
from cockpit.datasets.publishing.releases import publish, reject, roll_back
from cockpit.datasets.publishing.submissions import Submission, all_submissions, keep
from cockpit.datasets.store import loading
from cockpit.datasets.store.loading import current_marker
from cockpit.policy.register import load
from cockpit.rights import ALL, NO_RIGHTS, Scope
from cockpit.ui.frame import acting, downloads
from cockpit.ui.frame.person import again
from tests.datasets.publishing_small import checked, ship

IN_A, IN_B = Scope(towns=frozenset({"A"})), Scope(towns=frozenset({"B"}))
FIGURES = {("A", "2025", "total_output_yuan"): 13.0}


@pytest.fixture(autouse=True)
def _small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ship(tmp_path / "shipped")
    monkeypatch.setattr(loading, "SHIPPED", tmp_path / "shipped")
    monkeypatch.setattr("cockpit.datasets.publishing.releases.SHIPPED", tmp_path / "shipped")
    monkeypatch.setenv("COCKPIT_DATA_DIR", str(tmp_path / "written"))
    monkeypatch.setenv("COCKPIT_DATABASE_URL", f"sqlite:///{tmp_path}/access.sqlite")


@pytest.fixture
def house() -> Access:
    return open_access()


def _person(account: str, *held: tuple[str, Scope]) -> Person:
    rights, sees = rights_of(load().access, held)
    return Person(account, account, roles=tuple(role for role, _ in held), rights=rights, sees=sees, way="password")


def _act(person: Person, note: str = "核对无误") -> Act:
    return Act(person.actor(recorder(open_access(), person)), note)


def _submit(person: Person) -> Submission:
    upload = Upload("上报 2025.xlsx", b"the bytes")
    return keep("demo", [upload], checked(FIGURES), _act(person), checked_against="v0001")


CLERK = _person("clerk-a", ("clerk", IN_A))
PUBLISHER = _person("pub-1", ("publisher", ALL))


def _told(access: Access) -> tuple[str, str, str, str]:
    line = audit.lines(access)[0]
    return line.event, line.outcome, line.account, str(line.detail.get("why", ""))


@pytest.mark.parametrize(
    ("person", "why"),
    [
        (_person("viewer-1", ("viewer", ALL)), "no_right"),
        (_person("pub-1", ("publisher", ALL)), "no_right"),
        (_person("clerk-b", ("clerk", IN_B)), "out_of_scope"),
        (_person("both-1", ("clerk", IN_B), ("viewer", ALL)), "out_of_scope"),
        (_person("nobody-1"), "no_right"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.id,
)
def test_who_may_not_hand_in_is_refused_and_nothing_is_kept(house: Access, person: Person, why: str) -> None:
    with pytest.raises(ActRefused) as refused:
        _submit(person)
    assert [fault.problem for fault in refused.value.faults] == [why]
    assert all_submissions("demo") == ()
    assert _told(house) == ("submit", "refused", person.id, why)


def test_who_may_hand_in_is_on_record_with_what_he_handed_in(house: Access) -> None:
    kept = _submit(CLERK)
    line = audit.lines(house)[0]
    assert (line.event, line.outcome, line.account, line.object) == ("submit", "ok", "clerk-a", kept.id)
    assert (line.detail["rows"], line.detail["files"]) == (1, 1)


REVIEWS: dict[str, Callable[[str, Act], object]] = {
    "publish": lambda submission, act: publish("demo", submission, act, "v0001"),
    "reject": lambda submission, act: reject("demo", submission, act),
}


@pytest.mark.parametrize("name", REVIEWS)
@pytest.mark.parametrize(
    ("person", "why"),
    [
        (_person("viewer-1", ("viewer", ALL)), "no_right"),
        (_person("leader-1", ("leader", ALL)), "no_right"),
        (_person("pub-b", ("publisher", IN_B)), "out_of_scope"),
        (_person("clerk-a", ("clerk", IN_A), ("publisher", ALL)), "four_eyes"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.id,
)
def test_who_may_not_review_is_refused(house: Access, name: str, person: Person, why: str) -> None:
    kept = _submit(CLERK)
    with pytest.raises(ActRefused) as refused:
        REVIEWS[name](kept.id, _act(person))
    assert [fault.problem for fault in refused.value.faults] == [why]
    assert (current_marker("demo"), all_submissions("demo")[0].state) == ("v0001", "received")
    assert _told(house) == ("publish", "refused", person.id, why)


@pytest.mark.parametrize("person", [PUBLISHER, _person("pub-a", ("publisher", IN_A))], ids=lambda item: item.id)
def test_a_second_person_within_whose_scope_it_lies_publishes(house: Access, person: Person) -> None:
    kept = _submit(CLERK)
    publish("demo", kept.id, _act(person), "v0001")
    assert current_marker("demo") == "v0002"
    assert _told(house)[:3] == ("publish", "ok", person.id)


def test_the_second_pair_of_eyes_is_the_accounts_and_not_the_names(house: Access) -> None:
    """Two people of one name are two; one person with another name is one."""
    kept = _submit(replace(CLERK, name="王五"))
    with pytest.raises(ActRefused):
        publish("demo", kept.id, _act(replace(PUBLISHER, id="clerk-a", name="王五")), "v0001")
    publish("demo", kept.id, _act(replace(PUBLISHER, name="王五")), "v0001")
    assert current_marker("demo") == "v0002"


@pytest.mark.parametrize(
    ("person", "why"),
    [
        (_person("clerk-1", ("clerk", ALL)), "no_right"),
        (_person("pub-hz", ("publisher", Scope(frozenset({"330100"})))), "out_of_scope"),
        (_person("pub-ab", ("publisher", IN_A | IN_B)), "out_of_scope"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.id,
)
def test_a_version_is_rolled_back_by_who_has_the_whole_province(house: Access, person: Person, why: str) -> None:
    publish("demo", _submit(CLERK).id, _act(PUBLISHER), "v0001")
    with pytest.raises(ActRefused):
        roll_back("demo", "v0001", _act(person))
    assert current_marker("demo") == "v0002"
    assert _told(house) == ("roll_back", "refused", person.id, why)
    roll_back("demo", "v0001", _act(PUBLISHER))
    assert _told(house)[:3] == ("roll_back", "ok", "pub-1")


def _draft(**changed: Any) -> Draft:
    usual = Draft(
        dataset="demo", town_code="A", action="note", until=None, clauses=(), risk_grade="", data_version="v1"
    )
    return replace(usual, **changed)


@pytest.mark.parametrize(
    ("person", "why"),
    [
        (_person("viewer-1", ("viewer", ALL)), "no_right"),
        (_person("pub-1", ("publisher", ALL)), "no_right"),
        (_person("leader-b", ("leader", IN_B)), "out_of_scope"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.id,
)
def test_who_may_not_decide_on_a_town_is_refused(house: Access, person: Person, why: str) -> None:
    before = open_log().count("demo")
    with pytest.raises(ActRefused) as refused:
        open_log().append(_draft(), _act(person), 0)
    assert refused.value.faults[0].problem == why
    assert open_log().count("demo") == before
    assert _told(house) == ("decide", "refused", person.id, why)


def test_a_refusal_does_not_tell_the_dates_of_a_town_outside(house: Access) -> None:
    """An end before the one in force is told with the one in force: to who may decide on the town only."""
    desk, person = open_desk("demo"), _person("leader-b", ("leader", IN_B))
    from cockpit.analysis.selection import Selection

    draft = _draft(action="extend", until=date(2020, 1, 1))
    with pytest.raises(ActRefused) as refused:
        record(desk, Selection("2025", scope=person.sees), today(), draft, _act(person), 0)
    assert {fault.problem for fault in refused.value.faults} >= {"out_of_scope"}
    assert "date_over" not in {fault.problem for fault in refused.value.faults}


# What stands on a page while a right ends ----------------------------------------------------------------------------


def _view(person: Person) -> Any:
    desk = open_desk("demo")
    from cockpit.analysis.selection import Selection

    return SimpleNamespace(person=person, desk=desk, briefing=SimpleNamespace(selection=Selection("2025", scope=ALL)))


ANALYST = _person("fx-1", ("analyst", ALL))


@pytest.mark.parametrize(
    "now",
    [None, replace(ANALYST, rights=NO_RIGHTS), _person("fx-1", ("viewer", ALL)), _person("fx-2", ("analyst", ALL))],
    ids=["session ended", "grant revoked", "another role", "another person"],
)
def test_a_button_drawn_before_gives_no_file_after_a_right_has_ended(house: Access, now: Person | None) -> None:
    with pytest.raises(AccessFault):
        downloads._taken(_view(ANALYST), lambda: (b"figures", 3), "towns.xlsx", "export", lambda: now)
    assert _told(house) == ("export", "refused", "fx-1", "no_right")


def test_a_file_that_is_given_is_on_record_with_filters_rows_and_format(house: Access) -> None:
    assert (
        downloads._taken(_view(ANALYST), lambda: (b"figures", 3), "towns.xlsx", "export", lambda: ANALYST) == b"figures"
    )
    line = audit.lines(house)[0]
    assert (line.event, line.outcome, line.object) == ("export", "ok", "towns.xlsx")
    assert (line.detail["rows"], line.detail["format"], line.detail["filters"]) == (3, "xlsx", {"period": "2025"})


def test_a_pack_asked_for_after_a_right_has_ended_is_not_made(house: Access) -> None:
    with pytest.raises(AccessFault):
        again(ANALYST, "export", "export", "pack", {})
    assert _told(house) == ("export", "refused", "fx-1", "no_right")


@pytest.mark.parametrize("now", [None, _person("pub-1"), _person("pub-1", ("viewer", ALL))])
def test_a_form_drawn_before_publishes_nothing_after_a_right_has_ended(house: Access, now: Person | None) -> None:
    """A callback runs before the page does: it acts as the person of now."""
    kept = _submit(CLERK)
    with patch("cockpit.ui.frame.acting.current", lambda: now):
        act = acting.act(REVIEW, kept.id)
    with pytest.raises(ActRefused):
        publish("demo", kept.id, act, "v0001")
    assert current_marker("demo") == "v0001"


def test_nothing_is_done_while_it_cannot_be_recorded(house: Access, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*given: Any, **more: Any) -> None:
        raise AccessFault("unavailable", place="x", why="y")

    monkeypatch.setattr(audit, "note", away)
    with pytest.raises(AccessFault):
        downloads._taken(_view(ANALYST), lambda: b"figures", "towns.xlsx", "export", lambda: ANALYST)
