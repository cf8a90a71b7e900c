"""What a day and a version bring by themselves, once each: whoever runs, twice at once, killed at any moment."""

from __future__ import annotations

import os
import random
import signal
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from cockpit.acting import ActRefused
from cockpit.analysis.supervision.machine import Matter
from cockpit.briefings import open_desk
from cockpit.briefings.alerting import alerts, known_alerts, seen_now, set_aside
from cockpit.briefings.demonstrating import place_story
from cockpit.briefings.supervising import all_matters, carry_on, evidence_of
from cockpit.briefings.ticking import notices, tick
from cockpit.datasets.database.address import database_address
from cockpit.datasets.matters.log import matter_log
from cockpit.datasets.publishing.releases import publish, roll_back
from cockpit.errors import DatasetError
from cockpit.notices.channels import SETTING
from cockpit.rights import ALL, Scope
from tests.acts import by
from tests.datasets import publishing_small

AT = datetime(2026, 11, 30, 4, tzinfo=UTC)
DAY = AT.date()
ISSUER, LEAD = "省特镇办", "甲县特镇办"
CHANNELS = """
[notices]
link = "https://cockpit.example"
hosts = ["h.example"]
[channel.robot]
kind = "wecom"
address = "https://h.example/x"
offices = { "*" = [] }
"""


@pytest.fixture(autouse=True)
def _apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COCKPIT_DATABASE_URL", f"sqlite:///{tmp_path / 'matters.sqlite'}")
    monkeypatch.setenv("COCKPIT_DATA_DIR", str(tmp_path / "data"))
    (tmp_path / "notices.toml").write_text(CHANNELS, encoding="utf-8")
    monkeypatch.setenv(SETTING, str(tmp_path / "notices.toml"))


def handed_out(value: float, town: str | None = None, *, due: str = "2026-12-21", **more: Any) -> Matter:
    """A matter in hand whose goal is a town's output of 2025, in yuan."""
    desk = open_desk("demo")
    town = town or str(desk.dataset.towns["town_code"].iloc[0])
    aim = {"indicator": "total_output_yuan", "operator": "at_least", "value": value, "period": "2025"}
    detail = {"title": "补足产出", "subject": town, "dataset": "demo", "version": desk.dataset.manifest.version,
              "clause": "1", "goal": {"kind": "figure", **aim}, **more}  # fmt: skip
    name = carry_on(None, "filed", by("督办员"), detail, ISSUER, AT).id
    days = {"lead": LEAD, "accept_by": "2026-12-02", "due": due}
    carry_on(name, "assigned", by("督办员"), days, ISSUER, AT)
    return carry_on(name, "accepted", by("承办"), {}, LEAD, AT)


def published(town: str, yi: float) -> str:
    """A new version in which a town's output of 2025 is so many 亿元."""
    sent = publishing_small.submit({(town, "2025", "total_output_yuan"): yi})
    current = open_desk("demo").dataset.manifest.version
    return publish("demo", sent.id, by("审核", "更正"), current).version


def kinds(name: str) -> list[str]:
    return [event.kind for event in all_matters().events[name]]


def test_a_version_that_reaches_the_goal_proposes_closing_and_a_roll_back_takes_it_back() -> None:
    now = open_desk("demo").cube.of("total_output_yuan", "2025")[0]
    matter, first = handed_out(now + 50e8), open_desk("demo").dataset.manifest.version
    tick("demo", AT)
    assert kinds(matter.id)[-1] == "accepted", "the figure is not reached, nothing is proposed"
    second = published(matter.subject, now / 1e8 + 60)
    tick("demo", AT)
    assert kinds(matter.id)[-1] == "met"
    assert all_matters().of(matter.id).state == "asked"
    tick("demo", AT)
    assert kinds(matter.id).count("met") == 1
    roll_back("demo", first, by("审核", "误报"), second)
    tick("demo", AT)
    assert (kinds(matter.id)[-1], all_matters().of(matter.id).state) == ("lost", "working")


@pytest.mark.long
def test_a_closed_matter_whose_figure_falls_back_is_told_and_opened_by_a_person() -> None:
    now = open_desk("demo").cube.of("total_output_yuan", "2025")[0]
    matter, first = handed_out(now + 50e8), open_desk("demo").dataset.manifest.version
    second = published(matter.subject, now / 1e8 + 60)
    tick("demo", AT)
    with pytest.raises(ActRefused):
        carry_on(matter.id, "verified", by("承办"), {}, LEAD, AT)
    assert carry_on(matter.id, "verified", by("核验"), {}, ISSUER, AT).closed_by_figure
    roll_back("demo", first, by("审核", "误报"), second)
    tick("demo", AT)
    tick("demo", AT)
    assert kinds(matter.id).count("fell_back") == 1
    assert all_matters().of(matter.id).state == "closed", "a person opens it again"
    assert carry_on(matter.id, "reopened", by("核验", "反弹"), {}, ISSUER, AT).state == "working"


@pytest.mark.long
def test_the_ladder_tells_each_step_once_and_after_a_silence_only_the_latest() -> None:
    matter = handed_out(1e18, due="2026-12-21")  # a Monday
    told = []
    for days in range(36):
        tick("demo", AT + timedelta(days=days))
        told = [event for event in all_matters().events[matter.id] if event.kind == "escalated"]
    assert [event.detail["step"] for event in told] == ["soon", "near", "late", "overdue", "raised"]
    # 7 working days before Monday 21 December is Thursday the 10th; 1 day late is the 22nd, 5 days the 28th.
    days_of = {str(event.detail["step"]): event.at.date() for event in told}
    assert days_of["soon"] == date(2026, 12, 10)
    assert days_of["late"] == date(2026, 12, 22)
    assert days_of["overdue"] == date(2026, 12, 28)
    other = handed_out(1e18, due="2026-12-21")
    tick("demo", AT + timedelta(days=30))
    steps = [event.detail["step"] for event in all_matters().events[other.id] if event.kind == "escalated"]
    assert steps == ["overdue"]


def test_nobody_does_what_follows_by_itself() -> None:
    matter = handed_out(1.0)
    for kind in ("met", "lost", "fell_back", "escalated"):
        with pytest.raises(ActRefused):
            carry_on(matter.id, kind, by("甲"), {"version": "v0009", "step": "late"}, ISSUER, AT)


def test_an_alert_is_recorded_shows_its_matter_and_can_be_set_aside() -> None:
    done = tick("demo", AT)
    assert done.raised > 0
    assert tick("demo", AT).is_idle
    found = alerts("demo", DAY, ALL, ())
    first = next(item for item in found if item.rule.id == "investment_share_low")
    key = first.alert.sighting.key
    assert known_alerts("demo")[key].since == DAY
    matter = handed_out(1.0, first.alert.sighting.subject, alert=key)
    again = {item.alert.sighting.key: item for item in alerts("demo", DAY, ALL, all_matters().matters)}
    assert [item.id for item in again[key].matters] == [matter.id]
    with pytest.raises(ActRefused, match="须晚于今天"):
        set_aside("demo", key, DAY, by("督办员", "核实中"), DAY)
    with pytest.raises(ActRefused, match="没有填写"):
        set_aside("demo", key, DAY + timedelta(days=3), by("督办员", ""), DAY)
    set_aside("demo", key, DAY + timedelta(days=3), by("督办员", "核实中"), DAY)
    aside = {item.alert.sighting.key: item.alert.is_set_aside for item in alerts("demo", DAY, ALL, ())}
    assert [name for name, is_aside in aside.items() if is_aside] == [key]


def test_a_reader_with_a_scope_sees_alerts_of_his_places_alone() -> None:
    county = Scope(frozenset({"330111"}))
    towns = open_desk("demo").dataset.towns
    own = set(towns.loc[towns["county_adcode"].astype(str) == "330111", "town_code"].astype(str)) | {"330111"}
    found = alerts("demo", DAY, county, ())
    assert found
    assert {item.alert.sighting.subject for item in found} <= own


# Twice at once and killed ---------------------------------------------------------------------------------------------


def _fork(seconds: float) -> int:
    """A process that ticks and is killed after so many seconds if it still runs."""
    child = os.fork()
    if child == 0:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, seconds)
        try:
            tick("demo", AT + timedelta(days=28))
            os._exit(0)
        except BaseException:
            os._exit(1)
    return child


def _killed_many_times(kills: int, seed: int) -> None:
    chance = random.Random(seed)
    now = open_desk("demo").cube.of("total_output_yuan", "2025")[0]
    town = str(open_desk("demo").dataset.towns["town_code"].iloc[0])
    made = [handed_out(now + 50e8, town).id for _ in range(20)]
    published(town, now / 1e8 + 60)
    log = matter_log(database_address())
    before = log.count()
    seen_now("demo", (AT + timedelta(days=28)).date())  # computed before: it is not what is tried here
    killed = 0
    for _ in range(kills):
        for child in [_fork(chance.uniform(0.001, 0.3)) for _ in range(2)]:
            _, status = os.waitpid(child, 0)
            killed += os.WIFSIGNALED(status)
    assert killed > kills // 2
    tick("demo", AT + timedelta(days=28))
    for name in made:
        assert Counter(kinds(name))["met"] == 1
        assert Counter(kinds(name))["escalated"] == 1, "the latest step, once"
    assert log.count() == before + 2 * len(made)
    told = Counter(item.key for item in notices())
    assert set(told.values()) == {1}
    # A line of the outbox for each event of a matter that tells somebody: assigned, met, a step.
    assert len(told) == 3 * len(made)
    assert all(item.number == 1 for item in known_alerts("demo").values())


@pytest.mark.long
def test_two_at_once_and_killed_ten_times_nothing_is_written_twice() -> None:
    _killed_many_times(10, 20261130)


@pytest.mark.long
def test_two_at_once_and_killed_a_hundred_times_nothing_is_written_twice() -> None:
    _killed_many_times(100, 7)


# Evidence -------------------------------------------------------------------------------------------------------------


def test_evidence_comes_with_a_report_within_the_limits_and_only_there() -> None:
    matter = handed_out(1.0)
    pdf = b"%PDF-1.7 x"
    with pytest.raises(ActRefused, match="最多5份"):
        carry_on(matter.id, "reported", by("承办", "已整改"), {}, LEAD, AT, files=[("a.pdf", pdf)] * 6)
    with pytest.raises(ActRefused, match="不是PDF"):
        carry_on(matter.id, "reported", by("承办", "已整改"), {}, LEAD, AT, files=[("a.pdf", b"MZ")])
    with pytest.raises(ActRefused):
        carry_on(matter.id, "paused", by("督办员", "n"), {}, ISSUER, AT, files=[("a.pdf", pdf)])
    assert all_matters().of(matter.id).number == matter.number, "nothing of them was written"
    after = carry_on(matter.id, "reported", by("承办", "已整改"), {}, LEAD, AT, files=[("整改.pdf", pdf)])
    event = all_matters().events[matter.id][-1]
    (told,) = event.detail["evidence"]
    assert (told["name"], told["kind"]) == ("整改.pdf", "pdf")
    assert evidence_of(after, event, told["sha256"]) == pdf
    with pytest.raises(DatasetError, match="no such file"):
        evidence_of(after, event, "0" * 64)


def test_the_demonstrations_story_stands_still_and_shows_its_matters_beside_their_alerts() -> None:
    assert place_story()
    matters = all_matters().matters
    seen = {item.key for item in seen_now("demo", date(2026, 11, 27))}
    for item in matters:
        stands = item.alert in seen
        assert not item.alert or item.closed_as == "not_done" or stands == (item.closed_as != "done"), item.id
    assert sum(bool(item.alert) and item.is_open for item in matters) > 10
    shown = {item.alert.sighting.key: item.matters for item in alerts("demo", date(2026, 11, 27), ALL, matters)}
    for item in matters:
        if item.is_open and item.alert:
            assert item.id in {matter.id for matter in shown[item.alert]}
    assert not any(shown[key] == () for key in shown if key.startswith("clock_")), "every clock is in hand"
    for at in (AT, AT + timedelta(days=200)):  # alerts of another day move no matter of the story
        assert not tick("demo", at).written


def test_a_clock_that_comes_to_its_next_stage_is_still_in_hand_and_not_met() -> None:
    desk = open_desk("demo")
    town = next(item.subject for item in seen_now("demo", DAY) if item.key.startswith("clock_over"))
    detail = {"title": "作出决定", "subject": town, "dataset": "demo", "version": desk.dataset.manifest.version,
              "clause": "3.4", "goal": {"kind": "decision_made"}, "alert": f"clock_ending|{town}|clock"}  # fmt: skip
    name = carry_on(None, "filed", by("督办员"), detail, ISSUER, AT).id
    days = {"lead": LEAD, "accept_by": "2026-12-02", "due": "2027-02-26"}
    carry_on(name, "assigned", by("督办员"), days, ISSUER, AT)
    carry_on(name, "accepted", by("承办"), {}, LEAD, AT)
    tick("demo", AT)
    assert kinds(name)[-1] == "accepted", "the alert only became another one"
    (over,) = [item for item in alerts("demo", DAY, ALL, all_matters().matters) if item.rule.id == "clock_over"]
    assert [item.id for item in over.matters] == [name]
