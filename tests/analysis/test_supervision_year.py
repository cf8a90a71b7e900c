"""A year of matters, played through: versions published by quarter, holidays, a roll-back, a figure that falls back.

Sixty matters of ten counties take eight courses. Every day is a working day of the notices of 2026; what the statistics
say at the end is added up here by hand.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from cockpit.analysis.supervision.events import Event, Kind
from cockpit.analysis.supervision.machine import Matter, faults, fold, light
from cockpit.analysis.supervision.statistics import statistics
from cockpit.analysis.supervision.views import lit, tally
from cockpit.policy.register import load

RULES = load().supervision
SHANGHAI = ZoneInfo("Asia/Shanghai")
ISSUER = "省特镇办"
# Versions by the day they were published, and the figure all goals are about (share, goal 0.70). v0004 was wrong and is
# rolled back the day after: what is current then is v0003 again. v0005 corrects: the figure falls back.
PUBLISHED = ((date(2026, 1, 23), "v0001"), (date(2026, 4, 24), "v0002"), (date(2026, 7, 24), "v0003"),
             (date(2026, 10, 23), "v0004"), (date(2026, 10, 26), "v0003"), (date(2026, 11, 20), "v0005"))  # fmt: skip
FIGURES = {"v0001": 0.66, "v0002": 0.68, "v0003": 0.71, "v0004": 0.75, "v0005": 0.69}
GOAL = {
    "kind": "figure",
    "indicator": "specialty_output_share",
    "operator": "at_least",
    "value": 0.7,
    "period": "2026-06",
}
END = date(2026, 12, 31)


def current(day: date) -> str:
    return [version for published, version in PUBLISHED if published < day][-1]


def verdict(version: str) -> dict[str, Any]:
    value = FIGURES[version]
    return {"version": version, "value": value, "verdict": "achieved" if value >= 0.7 else "missed"}


class Course:
    """One matter: every event is asked of the machine first."""

    def __init__(self, number: int, filed: date, goal: dict[str, Any]) -> None:
        self.name, self.lead = f"DB-2026-{number:04d}", f"县{number % 10}发改局"
        self.events: list[Event] = []
        self.do(
            "filed", filed, title=f"第{number}件", subject="330111", dataset="demo", version=current(filed), goal=goal
        )

    @property
    def matter(self) -> Matter:
        return fold(self.events, RULES) if self.events else Matter(self.name)

    def would(self, kind: Kind, day: date, office: str, **detail: Any) -> tuple[str, ...]:
        return faults(self.matter, self._event(kind, day, office, detail), RULES)

    def _event(self, kind: Kind, day: date, office: str, detail: dict[str, Any]) -> Event:
        at = datetime.combine(day, time(10), SHANGHAI)
        return Event(self.name, len(self.events) + 1, at, kind, "演示甲", office, "n", detail)

    def do(self, kind: Kind, day: date, office: str = ISSUER, **detail: Any) -> None:
        assert RULES.is_workday(day), (kind, day)
        event = self._event(kind, day, office, detail)
        assert faults(self.matter, event, RULES) == (), (self.name, kind, day)
        self.events.append(event)

    def begin(self, day: date, due: date) -> None:
        self.do("assigned", day, lead=self.lead, due=due.isoformat(), accept_by=RULES.workday_after(day, 2).isoformat())
        self.do("accepted", RULES.workday_after(day, 1), self.lead)


def in_time(number: int) -> Course:
    """Assigned on Wednesday 4 March, closed on Friday 13 March: 5, 6, 9, 10, 11, 12, 13 are seven working days."""
    course = Course(number, date(2026, 3, 4), {"kind": "evidence"})
    course.begin(date(2026, 3, 4), date(2026, 3, 25))
    course.do("closing_asked", date(2026, 3, 12), course.lead)
    course.do("verified", date(2026, 3, 13))
    return course


def over_the_holidays(number: int) -> Course:
    """Assigned on Wednesday 29 April, closed on Thursday 7 May: 30 April, 6 and 7 May; 1 to 5 May are off."""
    course = Course(number, date(2026, 4, 29), {"kind": "evidence"})
    course.begin(date(2026, 4, 29), date(2026, 5, 20))
    course.do("closing_asked", date(2026, 5, 6), course.lead)
    course.do("verified", date(2026, 5, 7))
    return course


def extended(number: int) -> Course:
    """First due 10 June, granted to 30 June, closed on the 24th: in time by the present day, not by the first.

    Assigned on Wednesday 20 May: 21, 22, 25 to 29 May (7), 1 to 5 June (12), 8 to 12 (17), 15 to 18 (21; Friday 19 is
    off), 22, 23, 24 (24).
    """
    course = Course(number, date(2026, 5, 20), {"kind": "evidence"})
    course.begin(date(2026, 5, 20), date(2026, 6, 10))
    course.do("extension_asked", date(2026, 6, 9), course.lead, until="2026-06-30")
    course.do("extension_granted", date(2026, 6, 10), until="2026-06-30")
    course.do("closing_asked", date(2026, 6, 23), course.lead)
    course.do("verified", date(2026, 6, 24))
    return course


def late(number: int) -> Course:
    """Due 31 August, reminded twice and not once more, still open."""
    course = Course(number, date(2026, 8, 3), {"kind": "evidence"})
    course.begin(date(2026, 8, 3), date(2026, 8, 31))
    course.do("reminded", date(2026, 9, 1))
    course.do("reminded", date(2026, 9, 7))
    assert course.would("reminded", date(2026, 9, 14), ISSUER) == ("reminded_enough",)
    assert course.would("extension_asked", date(2026, 9, 14), course.lead, until="2026-10-30") == ("too_late",)
    return course


def falls_back(number: int) -> Course:
    """Missed by v0002, reached by v0003, opened again when v0005 says 0.69."""
    course = Course(number, date(2026, 3, 2), GOAL)
    course.begin(date(2026, 3, 2), date(2026, 8, 14))
    course.do("closing_asked", date(2026, 5, 8), course.lead)
    assert course.would("verified", date(2026, 5, 11), ISSUER, **verdict(current(date(2026, 5, 11)))) == (
        "not_reached",
    )
    course.do("returned", date(2026, 5, 11))
    course.do("closing_asked", date(2026, 7, 27), course.lead)
    assert course.would("verified", date(2026, 7, 28), course.lead, **verdict("v0003")) == ("same_office",)
    course.do("verified", date(2026, 7, 28), **verdict(current(date(2026, 7, 28))))
    assert verdict(current(date(2026, 11, 23)))["verdict"] == "missed"
    course.do("reopened", date(2026, 11, 23))
    return course


def by_figure_after_a_roll_back(number: int) -> Course:
    """Filed on v0003 after the wrong v0004 was rolled back: v0003 is no newer version, and v0005 says missed."""
    course = Course(number, date(2026, 10, 27), GOAL)
    assert course.matter.version == "v0003"
    course.begin(date(2026, 10, 27), date(2026, 12, 25))
    course.do("closing_asked", date(2026, 11, 3), course.lead)
    assert course.would("verified", date(2026, 11, 4), ISSUER, **verdict("v0003")) == ("version_older",)
    assert course.would("verified", date(2026, 11, 4), ISSUER, verdict="no_data", version="v0005") == ("no_data",)
    assert course.would("verified", date(2026, 11, 24), ISSUER, **verdict("v0005")) == ("not_reached",)
    course.do("closed", date(2026, 12, 24), **{"as": "not_done"})
    return course


def by_figure(number: int) -> Course:
    """Filed on v0002 on Monday 18 May, reached by v0003, verified on Monday 27 July.

    19 to 22 May (4), 25 to 29 (9), 1 to 5 June (14), 8 to 12 (19), 15 to 18 (23), 22 to 26 (28),
    29 June to 3 July (33), 6 to 10 (38), 13 to 17 (43), 20 to 24 (48), 27 July (49).
    """
    course = Course(number, date(2026, 5, 18), GOAL)
    course.begin(date(2026, 5, 18), date(2026, 7, 31))
    course.do("closing_asked", date(2026, 7, 27), course.lead)
    course.do("verified", date(2026, 7, 27), **verdict("v0003"))
    return course


def paused(number: int) -> Course:
    """Paused on 28 September, resumed on 12 October: six working days.

    29 and 30 September, 8, 9, 10 (a Saturday worked) and 12 October. Due 15 October: 16, 19, 20, 21, 22, 23 October
    are six working days more.
    """
    course = Course(number, date(2026, 9, 21), {"kind": "evidence"})
    course.begin(date(2026, 9, 21), date(2026, 10, 15))
    course.do("paused", date(2026, 9, 28))
    assert light(course.matter, date(2026, 10, 20), RULES) == "green"
    course.do("resumed", date(2026, 10, 12))
    assert course.matter.due == date(2026, 10, 23)
    course.do("closed", date(2026, 10, 22), **{"as": "moot"})
    return course


COURSES = (
    (in_time, 14), (over_the_holidays, 10), (extended, 8), (late, 6), (falls_back, 4), (by_figure_after_a_roll_back, 3),
    (by_figure, 9), (paused, 6),
)  # fmt: skip


def played() -> list[Matter]:
    made, number = [], 0
    for make, count in COURSES:
        for _ in range(count):
            number += 1
            made.append(make(number).matter)
    return made


def test_the_year_s_numbers_are_what_one_adds_up_by_hand() -> None:
    matters = played()
    assert len(matters) == 14 + 10 + 8 + 6 + 4 + 3 + 9 + 6 == 60
    found = statistics(matters, END, RULES)
    assert found.assigned == 60
    assert found.open == 6 + 4 == 10  # late ones and those that fell back
    assert found.closed == 60 - 10
    assert found.overdue == 6 + 4
    assert found.due == 60  # all first due days lie before the end of the year
    # Done by the present due day: in time, over the holidays, extended, by figure. What was opened again is not done;
    # neither is what was closed as not done or moot.
    assert found.in_time == 14 + 10 + 8 + 9 == 41
    assert found.in_time_first == 14 + 10 + 9 == 33
    assert found.returned == 4
    assert found.reopened == 4
    assert found.by_figure == 9
    # Spans of the done ones: 14 times 7 days, 10 times 3, 8 times 24, 9 times 49; the 21st of 41 in order is a 7.
    assert Counter({3: 10, 7: 14, 24: 8, 49: 9}).total() == 41
    assert found.median_days == 7
    fewest = RULES.limit("fewest_for_a_rate")
    assert found.rate(found.in_time, fewest) == float(Fraction(41, 60))
    assert found.rate(found.in_time_first, fewest) == float(Fraction(33, 60))


def test_the_spans_are_those_counted_in_the_courses() -> None:
    spans = {}
    for make, _ in COURSES:
        matter = make(1).matter
        if matter.closed_as == "done" and matter.assigned_on and matter.closed_on:
            spans[make.__name__] = RULES.workdays_between(matter.assigned_on, matter.closed_on)
    assert spans == {"in_time": 7, "over_the_holidays": 3, "extended": 24, "by_figure": 49}


def test_at_mid_year_only_what_was_assigned_and_due_by_then_is_counted() -> None:
    # On 30 June: in time 14, holidays 10, extended 8 are due; those that fall back and by figure are assigned only.
    found = statistics([item for item in played() if item.assigned_on and item.assigned_on <= date(2026, 6, 30)],
                       date(2026, 6, 30), RULES)  # fmt: skip
    assert found.assigned == 14 + 10 + 8 + 4 + 9 == 45
    assert found.due == 14 + 10 + 8 == 32


def test_the_lights_of_the_board_are_those_of_the_numbers() -> None:
    matters = played()
    found = tally(lit(matters, END, RULES, {}))
    assert found.lights == Counter({"done": 50, "red": 10})
    assert found.regions == {"330100": (10, 10)}


def test_below_five_no_rate() -> None:
    found = statistics([in_time(1).matter] * 4, END, RULES)
    assert (found.due, found.rate(found.in_time, 5)) == (4, None)
