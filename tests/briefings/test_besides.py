"""What the log of matters never holds: what cannot be judged, a second matter for one alert, half of what was meant."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from cockpit.acting import ActRefused
from cockpit.analysis.supervision.events import Goal
from cockpit.analysis.supervision.machine import Matter
from cockpit.briefings import open_desk
from cockpit.briefings.alerting import Raised, alerts, set_aside
from cockpit.briefings.desks import today
from cockpit.briefings.handing import Order, due_for, goal_for, hand_out
from cockpit.briefings.supervising import all_matters, carry_on, course_of, design, figure_standing
from cockpit.policy.register import load
from cockpit.rights import ALL
from cockpit.vocabulary import Text
from cockpit.wording.matters import wanted
from tests.acts import by

ISSUER, LEAD = "省特镇办", "富阳区特镇办"


@pytest.fixture(autouse=True)
def _database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COCKPIT_DATABASE_URL", f"sqlite:///{tmp_path / 'matters.sqlite'}")


def filed(**more: Any) -> Matter:
    detail = {"title": "整改", "subject": "D330111A", "dataset": "demo", "version": "v0003"}
    return carry_on(None, "filed", by("督办员"), {**detail, **more}, ISSUER)


def raised(rule: str) -> list[Raised]:
    found = alerts("demo", today(), ALL, all_matters().matters, kinds=frozenset({"figure"}))
    return [item for item in found if item.rule.id == rule]


def order(item: Raised, due: date, lead: str = LEAD) -> Order:
    return Order(item, Text("整改", "Put right"), Text(lead, lead), today() + timedelta(days=1), due)


def weekend() -> date:
    day = today() + timedelta(days=20)
    return day + timedelta(days=5 - day.weekday() + (7 if day.weekday() > 5 else 0))


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"subject": "999999"}, "matter_place_unknown"),
        ({"subject": ""}, "matter_place_unknown"),
        ({"title": "长" * 121}, "matter_title_long"),
        ({"clause": "9.9.9"}, "matter_clause_unknown"),
        (
            {
                "goal": {
                    "kind": "figure",
                    "indicator": "joy",
                    "operator": "at_least",
                    "value": 1,
                    "period": "2026",
                }
            },
            "matter_indicator_unknown",
        ),
    ],
)
def test_a_matter_about_nothing_there_is_is_not_filed(more: dict[str, Any], why: str) -> None:
    with pytest.raises(ActRefused) as refused:
        filed(**more)
    assert [fault.problem for fault in refused.value.faults] == [why]
    assert all(fault.say(language) for fault in refused.value.faults for language in ("zh", "en"))
    assert all_matters().matters == ()


@pytest.mark.parametrize("into", ["DB-2026-9999", "itself", ""])
def test_a_matter_is_merged_into_another_open_one_only(into: str) -> None:
    name = filed().id
    carry_on(name, "assigned", by("督办员"), {"lead": LEAD, **days()}, ISSUER)
    with pytest.raises(ActRefused):
        carry_on(name, "closed", by("督办员"), {"as": "merged", "into": name if into == "itself" else into}, ISSUER)
    other = filed().id
    after = carry_on(name, "closed", by("督办员"), {"as": "merged", "into": other}, ISSUER)
    assert (after.closed_as, after.into) == ("merged", other)


def days() -> dict[str, str]:
    rules = design()
    accept, due = (rules.workday_after(today(), count) for count in (2, 15))
    return {"accept_by": accept.isoformat(), "due": due.isoformat()}


def test_two_people_at_one_alert_make_one_matter() -> None:
    found, desk = raised("investment_share_low")[:1], open_desk("demo")
    due = design().workday_after(today(), 15)
    hand_out(desk, [order(found[0], due)], by("甲"), ISSUER)
    with pytest.raises(ActRefused) as refused:  # the second still sees it free
        hand_out(desk, [order(found[0], due)], by("乙"), ISSUER)
    assert [fault.problem for fault in refused.value.faults] == ["alert_in_hand"]
    assert len(all_matters().matters) == 1


@pytest.mark.parametrize(("lead", "why"), [(LEAD, "matter_due_holiday"), ("", "matter_lead_missing")])
def test_what_cannot_be_assigned_is_not_filed_either(lead: str, why: str) -> None:
    found = raised("investment_share_low")[:3]
    due = weekend() if lead else design().workday_after(today(), 15)
    with pytest.raises(ActRefused) as refused:
        hand_out(open_desk("demo"), [order(item, due, lead) for item in found], by("甲"), ISSUER)
    assert [fault.problem for fault in refused.value.faults] == [why]
    assert all_matters().matters == ()


def test_the_due_day_proposed_for_a_figure_lies_after_the_returns_of_its_period() -> None:
    register, day = load(), date(2026, 12, 1)
    goal = goal_for(raised("investment_share_low")[0].alert.sighting, register, open_desk("demo").dataset.towns)
    assert goal["period"] == "2026"
    # Yearly returns of 2026 are due on 31 March 2027 (90 days); 15 working days after that.
    longest = max(duty.due_days for duty in register.calendar.values() if 12 in duty.months)
    asked = date(2026, 12, 31) + timedelta(days=longest)
    assert due_for(goal, register, day) == design().workday_after(asked, 15)
    assert due_for({"kind": "evidence"}, register, day) == date(2026, 12, 22)
    assert due_for({**goal, "period": "2025"}, register, day) == date(2026, 12, 22)


def test_an_alert_is_set_aside_for_half_a_year_at_most() -> None:
    item, day = raised("investment_share_low")[0], today()
    key, most = item.alert.sighting.key, design().limit("aside_days")
    with pytest.raises(ActRefused) as refused:
        set_aside("demo", key, day + timedelta(days=most + 1), by("甲", "核实中"), day)
    assert [fault.problem for fault in refused.value.faults] == ["aside_long"]
    set_aside("demo", key, day + timedelta(days=most), by("甲", "核实中"), day)
    assert raised("investment_share_low")[0].alert.is_set_aside


def test_a_goal_an_older_program_kept_is_drawn_without_a_figure() -> None:
    goal = Goal("figure", "total_output_yuan", "at_least", 1e9, "2026-13")
    matter = Matter("DB-2026-0001", "working", 3, subject="330111", dataset="demo", version="v0001", goal=goal)
    assert figure_standing(matter) is None
    assert course_of(matter) is None
    told = wanted(matter, load().indicator("total_output_yuan"), "zh")
    assert told.startswith("总产出")
