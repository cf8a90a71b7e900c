"""Alerts: raised once, cleared once, never flapping, set aside until a day; what the rules find."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from cockpit.analysis.briefing.alerts import _keeps
from cockpit.analysis.supervision.alerts import AlertEvent, Sighting, moves, stand, standing_alerts
from cockpit.briefings import open_desk
from cockpit.briefings.alerting import sightings
from cockpit.errors import RecordError
from cockpit.policy.alert_records import AlertRule
from cockpit.policy.reading import validate
from cockpit.policy.register import load

DAY = date(2026, 11, 30)
LOW = Sighting("investment_share_low", "D1", "specialty_investment_share", "broken", 0.68, "2025")
ABOUT = {"looks_at": "target", "words": ["missed"], "level": "red", "goal": "figure", "origin": "own", "clause": "1",
         "label_zh": "甲", "label_en": "a", "reading_zh": "乙", "reading_en": "b"}  # fmt: skip


def test_an_alert_is_raised_once_and_cleared_once() -> None:
    (raised,) = moves([LOW], {}, "v0001", DAY)
    assert (raised.kind, raised.number) == ("raised", 1)
    known = {LOW.key: stand([raised])}
    assert moves([LOW], known, "v0002", DAY) == ()
    (cleared,) = moves([], known, "v0003", DAY)
    assert (cleared.kind, cleared.number, cleared.version) == ("cleared", 2, "v0003")
    known = {LOW.key: stand([raised, cleared])}
    assert moves([], known, "v0004", DAY) == ()
    assert moves([LOW], known, "v0005", DAY)[0].number == 3, "and raised again, as a third event"


def test_within_the_margin_nothing_is_raised_and_nothing_cleared() -> None:
    near = replace(LOW, value=0.705, is_raised=False)  # 70 % kept, 71 % not yet
    assert moves([near], {}, "v0001", DAY) == ()
    assert standing_alerts([near], {}, DAY) == ()
    known = {LOW.key: stand(moves([LOW], {}, "v0001", DAY))}
    assert moves([near], known, "v0002", DAY) == ()
    assert [item.sighting for item in standing_alerts([near], known, DAY)] == [near]


@pytest.mark.parametrize(
    ("operator", "value", "margin", "kept"),
    [
        ("at_least", 0.70, 0.0, True),
        ("at_least", 0.70, 0.01, False),
        ("at_least", 0.71, 0.01, True),
        ("at_most", 0.70, 0.0, True),
        ("at_most", 0.695, 0.01, False),
        ("at_most", 0.69, 0.01, True),
        ("above", 0.70, 0.0, False),
        ("above", 0.71, 0.0, True),
    ],
)
def test_a_figure_against_its_line_and_its_margin(operator: str, value: float, margin: float, kept: bool) -> None:
    rule = load().alerts["investment_share_low"].model_copy(update={"operator": operator})
    assert _keeps(rule, value, margin) is kept


def test_set_aside_until_a_day_and_no_longer() -> None:
    aside = AlertEvent(LOW.key, 2, DAY, "set_aside", "v0001", "甲", "核实中", date(2026, 12, 3))
    state = stand([*moves([LOW], {}, "v0001", DAY), aside])
    assert (state.is_open, state.is_set_aside(date(2026, 12, 3)), state.is_set_aside(date(2026, 12, 4))) == (
        True,
        True,
        False,
    )
    again = AlertEvent(LOW.key, 4, DAY, "raised", "v0003")
    cleared = AlertEvent(LOW.key, 3, DAY, "cleared", "v0002")
    assert stand([aside, cleared, again]).until is None, "raised anew it is not set aside any more"


def test_what_the_rules_find_is_what_the_pages_say() -> None:
    desk = open_desk("demo")
    found = sightings(desk, date(2026, 11, 23))
    assert len({item.key for item in found}) == len(found), "one alert a key"
    assert {item.rule for item in found} <= set(desk.register.alerts)
    missed = {item.about for item in found if item.rule == "target_missed"}
    from cockpit.analysis.selection import Selection
    from cockpit.briefings import brief
    from cockpit.rights import ALL

    cards = brief(desk, Selection(desk.choices.default_period, scope=ALL), date(2026, 11, 23)).cards
    assert missed == {card.target.id for card in cards if card.status.value == "missed"} != set()
    low = {item.subject: item.value for item in found if item.rule == "investment_share_low" and item.is_raised}
    codes, values = desk.cube.towns, desk.cube.of("specialty_investment_share", "2025")
    share = dict(zip(codes, values, strict=True))
    assert low
    assert all(share[code] == value < 0.7 for code, value in low.items())


def test_published_figures_of_the_past_ask_nobody_by_the_clock() -> None:
    found = sightings(open_desk("public"), date(2026, 11, 23))
    assert {item.rule for item in found} <= {"target_missed", "target_behind", "target_unjudged"}


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"words": ["mised"]}, "words of 'target'"),
        ({"words": []}, "words of 'target'"),
        ({"value": 1.0}, "only a figure"),
        ({"looks_at": "figure", "words": []}, "a figure takes indicator"),
        ({"level": "orange"}, "level"),
    ],
)
def test_a_rule_that_says_too_little_or_too_much_is_refused(changed: dict[str, object], why: str) -> None:
    with pytest.raises(RecordError, match=why):
        validate(AlertRule, "x", {**ABOUT, **changed}, "alerts.toml")


def test_what_is_set_aside_before_it_is_recorded_stays_so_and_clearing_ends_it() -> None:
    until = date(2026, 12, 31)
    put = AlertEvent("k", 1, date(2026, 11, 1), "set_aside", "v1", "甲", "复查中", until)
    raised = AlertEvent("k", 2, date(2026, 11, 2), "raised", "v1")
    found = stand([put, raised])
    assert (found.is_open, found.until, found.note) == (True, until, "复查中")
    cleared = AlertEvent("k", 3, date(2026, 11, 3), "cleared", "v2")
    assert stand([put, raised, cleared]).until is None
    assert stand([put, raised, cleared, AlertEvent("k", 4, date(2026, 11, 4), "raised", "v3")]).until is None
