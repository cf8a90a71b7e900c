"""Writes ask for the right, the scope and the second pair of eyes themselves, and a refusal is on record; what was
drawn before a right ended does nothing after it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import pytest

from cockpit.access import audit
from cockpit.access.house import Access, AccessFault
from cockpit.access.people import Person
from cockpit.acting import REVIEW, Act, ActRefused
from cockpit.briefings import open_desk, today
from cockpit.briefings.listing import record
from cockpit.datasets.decisions.log import Draft, open_log
from cockpit.datasets.publishing.releases import publish, reject, roll_back
from cockpit.datasets.publishing.submissions import all_submissions
from cockpit.datasets.store.loading import current_marker
from cockpit.rights import ALL, NO_RIGHTS, Scope
from cockpit.ui.frame import acting, downloads
from cockpit.ui.frame.person import again
from tests.access.writing import CLERK, IN_A, IN_B, PUBLISHER, act_of, hand_in, house, person_of, small, told

__all__ = ["house", "small"]


@pytest.mark.parametrize(
    ("person", "why"),
    [
        (person_of("viewer-1", ("viewer", ALL)), "no_right"),
        (person_of("pub-1", ("publisher", ALL)), "no_right"),
        (person_of("clerk-b", ("clerk", IN_B)), "out_of_scope"),
        (person_of("both-1", ("clerk", IN_B), ("viewer", ALL)), "out_of_scope"),
        (person_of("nobody-1"), "no_right"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.id,
)
def test_who_may_not_hand_in_is_refused_and_nothing_is_kept(house: Access, person: Person, why: str) -> None:
    with pytest.raises(ActRefused) as refused:
        hand_in(person)
    assert [fault.problem for fault in refused.value.faults] == [why]
    assert all_submissions("demo") == ()
    assert told(house) == ("submit", "refused", person.id, why)


def test_who_may_hand_in_is_on_record_with_what_he_handed_in(house: Access) -> None:
    kept = hand_in(CLERK)
    line = audit.lines(house)[0]
    assert (line.event, line.outcome, line.account, line.object) == ("submit", "ok", "clerk-a", kept.id)
    assert (line.detail["rows"], line.detail["files"]) == (1, 1)


REVIEWS: dict[str, Callable[[str, Act], object]] = {
    "publish": lambda submission, act: publish("demo", submission, act, "v0001"),
    "reject": lambda submission, act: reject("demo", submission, act),
}


@pytest.mark.many
@pytest.mark.parametrize("name", REVIEWS)
@pytest.mark.parametrize(
    ("person", "why"),
    [
        (person_of("viewer-1", ("viewer", ALL)), "no_right"),
        (person_of("leader-1", ("leader", ALL)), "no_right"),
        (person_of("pub-b", ("publisher", IN_B)), "out_of_scope"),
        (person_of("clerk-a", ("clerk", IN_A), ("publisher", ALL)), "four_eyes"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.id,
)
def test_who_may_not_review_is_refused(house: Access, name: str, person: Person, why: str) -> None:
    kept = hand_in(CLERK)
    with pytest.raises(ActRefused) as refused:
        REVIEWS[name](kept.id, act_of(person))
    assert [fault.problem for fault in refused.value.faults] == [why]
    assert (current_marker("demo"), all_submissions("demo")[0].state) == ("v0001", "received")
    assert told(house) == ("publish", "refused", person.id, why)


@pytest.mark.parametrize("person", [PUBLISHER, person_of("pub-a", ("publisher", IN_A))], ids=lambda item: item.id)
def test_a_second_person_within_whose_scope_it_lies_publishes(house: Access, person: Person) -> None:
    kept = hand_in(CLERK)
    publish("demo", kept.id, act_of(person), "v0001")
    assert current_marker("demo") == "v0002"
    assert told(house)[:3] == ("publish", "ok", person.id)


def test_the_second_pair_of_eyes_is_the_accounts_and_not_the_names(house: Access) -> None:
    """Two people of one name are two; one person with another name is one."""
    kept = hand_in(replace(CLERK, name="王五"))
    with pytest.raises(ActRefused):
        publish("demo", kept.id, act_of(replace(PUBLISHER, id="clerk-a", name="王五")), "v0001")
    publish("demo", kept.id, act_of(replace(PUBLISHER, name="王五")), "v0001")
    assert current_marker("demo") == "v0002"


@pytest.mark.parametrize(
    ("person", "why"),
    [
        (person_of("clerk-1", ("clerk", ALL)), "no_right"),
        (person_of("pub-hz", ("publisher", Scope(frozenset({"330100"})))), "out_of_scope"),
        (person_of("pub-ab", ("publisher", IN_A | IN_B)), "out_of_scope"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.id,
)
def test_a_version_is_rolled_back_by_who_has_the_whole_province(house: Access, person: Person, why: str) -> None:
    publish("demo", hand_in(CLERK).id, act_of(PUBLISHER), "v0001")
    with pytest.raises(ActRefused):
        roll_back("demo", "v0001", act_of(person))
    assert current_marker("demo") == "v0002"
    assert told(house) == ("roll_back", "refused", person.id, why)
    roll_back("demo", "v0001", act_of(PUBLISHER))
    assert told(house)[:3] == ("roll_back", "ok", "pub-1")


def _draft(**changed: Any) -> Draft:
    usual = Draft(
        dataset="demo", town_code="A", action="note", until=None, clauses=(), risk_grade="", data_version="v1"
    )
    return replace(usual, **changed)


@pytest.mark.parametrize(
    ("person", "why"),
    [
        (person_of("viewer-1", ("viewer", ALL)), "no_right"),
        (person_of("pub-1", ("publisher", ALL)), "no_right"),
        (person_of("leader-b", ("leader", IN_B)), "out_of_scope"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.id,
)
def test_who_may_not_decide_on_a_town_is_refused(house: Access, person: Person, why: str) -> None:
    before = open_log().count("demo")
    with pytest.raises(ActRefused) as refused:
        open_log().append(_draft(), act_of(person), 0)
    assert refused.value.faults[0].problem == why
    assert open_log().count("demo") == before
    assert told(house) == ("decide", "refused", person.id, why)


def test_a_refusal_does_not_tell_the_dates_of_a_town_outside(house: Access) -> None:
    """An end before the one in force is told with the one in force: to who may decide on the town only."""
    desk, person = open_desk("demo"), person_of("leader-b", ("leader", IN_B))
    from cockpit.analysis.selection import Selection

    draft = _draft(action="extend", until=date(2020, 1, 1))
    with pytest.raises(ActRefused) as refused:
        record(desk, Selection("2025", scope=person.sees), today(), draft, act_of(person), 0)
    assert {fault.problem for fault in refused.value.faults} >= {"out_of_scope"}
    assert "date_over" not in {fault.problem for fault in refused.value.faults}


# What stands on a page while a right ends ----------------------------------------------------------------------------


def _view(person: Person) -> Any:
    desk = open_desk("demo")
    from cockpit.analysis.selection import Selection

    return SimpleNamespace(person=person, desk=desk, briefing=SimpleNamespace(selection=Selection("2025", scope=ALL)))


ANALYST = person_of("fx-1", ("analyst", ALL))


@pytest.mark.many
@pytest.mark.parametrize(
    "now",
    [None, replace(ANALYST, rights=NO_RIGHTS), person_of("fx-1", ("viewer", ALL)), person_of("fx-2", ("analyst", ALL))],
    ids=["session ended", "grant revoked", "another role", "another person"],
)
def test_a_button_drawn_before_gives_no_file_after_a_right_has_ended(house: Access, now: Person | None) -> None:
    with pytest.raises(AccessFault):
        downloads._taken(_view(ANALYST), lambda: (b"figures", 3), "towns.xlsx", "export", lambda: now)
    assert told(house) == ("export", "refused", "fx-1", "no_right")


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
    assert told(house) == ("export", "refused", "fx-1", "no_right")


@pytest.mark.parametrize("now", [None, person_of("pub-1"), person_of("pub-1", ("viewer", ALL))])
def test_a_form_drawn_before_publishes_nothing_after_a_right_has_ended(house: Access, now: Person | None) -> None:
    """A callback runs before the page does: it acts as the person of now."""
    kept = hand_in(CLERK)
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
