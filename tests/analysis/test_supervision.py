"""Matters handed out: which event may follow which, whose clock stands where, what is counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.analysis.supervision.events import KINDS, Event, Kind
from cockpit.analysis.supervision.machine import (
    TABLE,
    Matter,
    State,
    days_late,
    faults,
    fold,
    light,
    step_due,
    steps_to_come,
)
from cockpit.analysis.supervision.statistics import statistics
from cockpit.policy.register import load
from cockpit.wording.matters import lamp

DESIGN = load().supervision
MONDAY = datetime(2026, 11, 2, 4, tzinfo=UTC)  # noon in Shanghai
FIGURE = {"kind": "figure", "indicator": "total_output_yuan", "operator": "at_least", "value": 1.0, "period": "2026-09"}
ISSUER, LEAD = "省特镇办", "富阳区特镇办"


def event(kind: Kind, number: int, day: int = 0, office: str = ISSUER, note: str = "n", **detail: Any) -> Event:
    return Event("DB-2026-0001", number, MONDAY + timedelta(days=day), kind, "甲", office, note, detail)


def assigned(number: int = 2, day: int = 0, due: str = "2026-11-20", accept_by: str = "2026-11-04") -> Event:
    return event("assigned", number, day, lead=LEAD, due=due, accept_by=accept_by)


FILED = event("filed", 1, title="补报", subject="330111", dataset="demo", version="v0001", goal=FIGURE)
WORKING = [FILED, assigned(), event("accepted", 3, 1, LEAD)]
ASKED = [*WORKING, event("closing_asked", 4, 5, LEAD)]


def test_a_matter_goes_from_filing_to_closing() -> None:
    done = event("verified", 5, 6, verdict="achieved", version="v0002")
    assert faults(fold(ASKED, DESIGN), done, DESIGN) == ()
    matter = fold([*ASKED, done], DESIGN)
    assert (matter.state, matter.closed_as, matter.closed_by_figure) == ("closed", "done", True)
    assert (matter.lead, matter.first_due, matter.due) == (LEAD, date(2026, 11, 20), date(2026, 11, 20))


@pytest.mark.parametrize("state", get_args(State))
def test_every_pair_of_state_and_event_is_allowed_by_the_table_or_refused(state: State) -> None:
    for kind in KINDS:
        matter = Matter("DB-2026-0001", state=state, number=3, lead=LEAD, due=date(2026, 11, 20))
        found = faults(matter, event(kind, 4, until="2026-11-24", lead=LEAD), DESIGN)
        # Nobody asked for an extension here, and no figure asked to close.
        unasked = ("extension_granted", "extension_denied", "lost")
        assert ("state" in found) == ((state, kind) not in TABLE or kind in unasked)
        if (state, kind) not in TABLE:
            with pytest.raises(ValueError, match="cannot follow"):
                fold([*WORKING, event(kind, 9)], DESIGN)


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"verdict": "achieved", "version": "v0001"}, "version_older"),
        ({"verdict": "missed", "version": "v0002"}, "not_reached"),
        ({"verdict": "no_data", "version": "v0002"}, "no_data"),
        ({"verdict": "cannot_judge", "version": "v0002"}, "no_data"),
        ({}, "no_data"),
    ],
)
def test_a_figure_closes_only_where_a_newer_version_says_it_is_reached(told: dict[str, str], why: str) -> None:
    assert faults(fold(ASKED, DESIGN), event("verified", 5, 6, **told), DESIGN) == (why,)


def test_who_carried_it_out_does_not_verify_and_nobody_closes_as_done_by_hand() -> None:
    matter = fold(ASKED, DESIGN)
    assert "same_office" in faults(matter, event("verified", 5, 6, LEAD, verdict="achieved", version="v0002"), DESIGN)
    assert "same_office" in faults(matter, event("returned", 5, 6, LEAD), DESIGN)
    assert faults(matter, event("closed", 5, 6, **{"as": "done"}), DESIGN) == ("as_done",)
    assert faults(matter, event("closed", 5, 6, **{"as": "merged"}), DESIGN) == ("into_missing",)
    assert faults(matter, event("closed", 5, 6, **{"as": "moot"}), DESIGN) == ()


def test_an_office_that_answered_for_the_lead_does_not_verify_either() -> None:
    other = "余杭区特镇办"
    matter = fold([*WORKING, event("closing_asked", 4, 5, other)], DESIGN)
    assert "same_office" in faults(matter, event("verified", 5, 6, other, verdict="achieved", version="v9"), DESIGN)
    assert "not_by_lead" in faults(matter, event("closed", 5, 6, other, **{"as": "moot"}), DESIGN)
    again = fold([FILED, assigned(), event("declined", 3, 1, LEAD), assigned(4, 1)], DESIGN)
    assert again.doers == (), "who sent it back carried nothing out"


def test_a_clock_that_stands_before_the_last_step_is_told() -> None:
    matter = fold(WORKING, DESIGN)
    assert faults(matter, event("reported", 4, -1, LEAD), DESIGN) == ("clock_back",)
    assert faults(matter, event("reported", 4, 0, LEAD), DESIGN) == (), "servers differ by hours, not by days"


@pytest.mark.parametrize(
    ("due", "accept_by", "why"),
    [
        ("2026-11-02", "2026-11-02", ("due_past",)),
        ("2026-11-21", "2026-11-04", ("due_holiday",)),  # a Saturday
        ("2026-11-20", "2026-11-01", ("accept_late",)),
        ("2026-11-20", "2026-11-23", ("accept_late",)),
        ("", "", ("due_past", "accept_late")),
    ],
)
def test_days_that_cannot_be_held_are_refused(due: str, accept_by: str, why: tuple[str, ...]) -> None:
    assert faults(fold([FILED], DESIGN), assigned(due=due, accept_by=accept_by), DESIGN) == why


def test_an_extension_is_asked_before_the_due_day_and_the_first_one_stays_visible() -> None:
    matter = fold(WORKING, DESIGN)
    asked = event("extension_asked", 4, 17, LEAD, until="2026-11-27")  # 19 November
    late = event("extension_asked", 4, 19, LEAD, until="2026-11-27")  # 21 November
    assert faults(matter, asked, DESIGN) == ()
    assert faults(matter, late, DESIGN) == ("too_late",)
    granted = fold([*WORKING, asked, event("extension_granted", 5, 18, until="2026-11-27")], DESIGN)
    assert (granted.first_due, granted.due, granted.asked_until) == (date(2026, 11, 20), date(2026, 11, 27), None)
    assert faults(matter, event("extension_granted", 4, 18, until="2026-11-27"), DESIGN) == ("state",)  # nobody asked


def test_a_pause_is_added_in_working_days() -> None:
    # Paused on Monday 9, resumed on Thursday 12 November: three working days; due Friday 20 becomes Wednesday 25.
    events = [*WORKING, event("paused", 4, 7), event("resumed", 5, 10)]
    assert fold(events, DESIGN).due == date(2026, 11, 25)


def test_working_days_follow_the_notice_and_monday_to_friday_beyond_it() -> None:
    assert DESIGN.workday_after(date(2026, 9, 30), 1) == date(2026, 10, 8)  # 1 to 7 October are off
    assert DESIGN.is_workday(date(2026, 10, 10))  # a Saturday on which people work
    assert DESIGN.workdays_between(date(2026, 9, 30), date(2026, 10, 12)) == 4  # 8, 9, 10, 12
    assert DESIGN.workdays_between(date(2026, 10, 12), date(2026, 9, 30)) == -4
    assert not DESIGN.is_known(date(2027, 1, 4))
    assert DESIGN.is_workday(date(2027, 1, 4))


def test_the_light_hangs_on_the_day_and_the_events_alone() -> None:
    matter = fold(WORKING, DESIGN)
    assert light(matter, date(2026, 11, 13), DESIGN) == "green"
    assert light(matter, date(2026, 11, 17), DESIGN) == "yellow"  # three working days left
    assert light(matter, date(2026, 11, 20), DESIGN) == "yellow"
    assert light(matter, date(2026, 11, 21), DESIGN) == "red"
    assert days_late(matter, date(2026, 11, 25)) == 5
    assert light(fold([FILED, assigned()], DESIGN), date(2026, 11, 5), DESIGN) == "yellow"  # not accepted in time
    assert light(fold([FILED], DESIGN), date(2026, 11, 5), DESIGN) == "none"


def test_the_reminders_to_come_are_those_the_ladder_will_tell_and_on_their_days() -> None:
    matter = fold(WORKING, DESIGN)
    told, told_on, day = matter, [], date(2026, 11, 4)
    to_come = steps_to_come(matter, day, DESIGN)
    assert [name for _, name in to_come] == list(DESIGN.steps)
    for _ in range(45):
        day += timedelta(days=1)
        if step := step_due(told, day, DESIGN):
            told, told_on = replace(told, step=step), [*told_on, (day, step)]
    assert tuple(told_on) == to_come
    assert steps_to_come(told, day, DESIGN) == ()
    assert steps_to_come(fold([FILED], DESIGN), day, DESIGN) == ()


def test_reminders_have_an_end() -> None:
    reminded = [*WORKING, event("reminded", 4, 2), event("reminded", 5, 3)]
    assert faults(fold(reminded, DESIGN), event("reminded", 6, 4), DESIGN) == ("reminded_enough",)


def test_what_is_counted() -> None:
    in_time = fold([*ASKED, event("verified", 5, 6, verdict="achieved", version="v0002")], DESIGN)
    open_ = fold(WORKING, DESIGN)
    found = statistics([in_time, open_], date(2026, 12, 1), DESIGN)
    assert (found.assigned, found.open, found.closed, found.due, found.overdue) == (2, 1, 1, 2, 1)
    assert (found.in_time_first, found.in_time, found.by_figure) == (1, 1, 1)
    assert found.median_days == 4  # assigned on Monday 2, closed on Sunday 8: 3, 4, 5, 6 November
    assert found.rate(found.in_time_first, 5) is None
    assert found.rate(found.in_time_first, 2) == 0.5


@given(st.lists(st.sampled_from(KINDS), max_size=14))
def test_the_fold_of_what_may_follow_is_the_same_twice_and_its_state_is_the_table_s(kinds: list[Kind]) -> None:
    events: list[Event] = []
    matter = Matter("DB-2026-0001")
    for kind in ("filed", *kinds):
        detail = {"lead": LEAD, "due": "2026-12-25", "accept_by": "2026-11-30", "until": "2026-12-31", "as": "moot"}
        made = event(
            kind, len(events) + 1, len(events), title="t", goal=FIGURE, verdict="achieved", version="v9", **detail
        )
        if faults(matter, made, DESIGN):
            continue
        events.append(made)
        after = fold(events, DESIGN)
        assert after == fold(list(events), DESIGN)
        assert after.state == TABLE[matter.state, kind]
        assert after.first_due is None or after.due is None or after.due >= after.first_due or after.times_reopened >= 0
        matter = after


@pytest.mark.parametrize(
    "goal",
    [
        {"value": float("nan")},
        {"value": float("inf")},
        {"period": "2026-13"},
        {"period": "明年"},
        {"operator": "sometimes"},
    ],
)
def test_a_goal_that_cannot_be_judged_is_not_filed_and_one_kept_by_an_older_program_harms_nothing(
    goal: dict[str, Any],
) -> None:
    filed = event("filed", 1, title="补报", subject="330111", dataset="demo", goal={**FIGURE, **goal})
    assert faults(Matter(""), filed, DESIGN) == ("goal_incomplete",)
    assert not fold([filed], DESIGN).goal.is_complete
    assert fold([filed], DESIGN).goal.value in (None, 1.0), "a value that is no number is none"


def test_who_carries_it_out_neither_ends_it_otherwise_nor_gives_himself_more_time() -> None:
    matter = fold(WORKING, DESIGN)
    assert faults(matter, event("closed", 4, 2, LEAD, **{"as": "moot"}), DESIGN) == ("not_by_lead",)
    asked = event("extension_asked", 4, 2, LEAD, until="2026-11-27")
    granted = event("extension_granted", 5, 3, LEAD, until="2026-11-27")
    assert faults(fold([*WORKING, asked], DESIGN), granted, DESIGN) == ("not_by_lead",)


def test_opened_again_it_has_a_due_day_anew_that_can_be_held_and_extended() -> None:
    done = [*ASKED, event("verified", 5, 6, verdict="achieved", version="v0002")]
    closed = fold(done, DESIGN)
    assert faults(closed, event("reopened", 6, 30, due="2026-12-01"), DESIGN) == ("due_past",)
    assert faults(closed, event("reopened", 6, 30, due="2026-12-12"), DESIGN) == ("due_holiday",)
    again = event("reopened", 6, 30, due="2026-12-18")  # on 2 December
    assert faults(closed, again, DESIGN) == ()
    matter = fold([*done, again], DESIGN)
    assert (matter.due, matter.first_due) == (date(2026, 12, 18), date(2026, 11, 20))
    assert days_late(matter, date(2026, 12, 2)) == 0
    assert faults(matter, event("extension_asked", 7, 31, LEAD, until="2026-12-25"), DESIGN) == ()
    # As it was kept before there was a new day: still told, on the day it had.
    assert fold([*done, event("reopened", 6, 30)], DESIGN).due == date(2026, 11, 20)


def test_what_is_expected_to_be_done_lies_ahead() -> None:
    matter = fold(WORKING, DESIGN)
    assert faults(matter, event("reported", 4, 2, LEAD, eta="2026-11-03"), DESIGN) == ("eta_past",)
    assert faults(matter, event("reported", 4, 2, LEAD, eta="2026-11-04"), DESIGN) == ()


def test_a_yellow_light_says_why() -> None:
    late, day = fold([FILED, assigned()], DESIGN), date(2026, 11, 6)
    assert light(late, day, DESIGN) == "yellow"
    assert lamp(late, "yellow", day, "zh") == "签收超期2日"
    working = fold(WORKING, DESIGN)
    assert lamp(working, "yellow", date(2026, 11, 20), "zh") == "今日到期"
    assert lamp(working, "green", day, "zh") == "剩14日"
