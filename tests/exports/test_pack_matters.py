"""督办 in the briefing pack: the counts of the page, what is late, what ended, of the towns selected."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from cockpit.analysis.selection import Selection
from cockpit.briefings import brief, open_desk
from cockpit.briefings.supervising import all_matters, count_matters, lit_matters
from cockpit.exports.pack.material import Material
from cockpit.exports.pack.matters import supervision
from cockpit.exports.pack.model import Section
from cockpit.rights import ALL, Scope
from cockpit.units import Figure
from tests.exports.packs import told

LAST = date(2026, 11, 26)


def made(dataset: str = "demo", **narrowed: object) -> list[Section]:
    desk = open_desk(dataset)
    selection = replace(Selection(desk.choices.default_period, scope=ALL), **narrowed)  # type: ignore[arg-type]
    return supervision(Material(desk, brief(desk, selection, LAST), "zh", "total_output_2025"))


def test_the_sections_hold_the_counts_of_the_page_what_is_late_and_what_ended() -> None:
    with told():
        found, (standing, ended) = all_matters(), made()
    counts, every = count_matters(found, LAST), lit_matters(found, LAST)
    assert standing.finding == f"在办{counts.open}件，逾期{counts.overdue}件"
    late, numbers, kinds = standing.tables
    assert {row[0] for row in late.rows} == {item.matter.id for item in every if item.light == "red"}
    (values,) = (series.values for series in standing.charts[0].series)
    assert sum(int(figure.value or 0) for figure in values if figure) == len(found.matters)
    rates = {str(row[0]): row for row in numbers.rows}
    rate = rates["按期办结 · 按首次期限"][2]
    assert isinstance(rate, Figure)
    assert rate.value == pytest.approx(100 * counts.in_time_first / counts.due)
    assert sum(int(row[1].value) for row in kinds.rows if isinstance(row[1], Figure)) == counts.assigned
    for row in kinds.rows:
        assert (row[3].value < 5) == (row[-1] is None), "few give no rate"  # type: ignore[union-attr, operator]
    closed = {item.matter.id for item in every if item.matter.closed_on and item.matter.closed_on > date(2026, 11, 20)}
    assert {row[0] for row in ended.tables[0].rows} == closed
    people = {event.by for events in found.events.values() for event in events}
    cells = {str(cell) for table in (*standing.tables, *ended.tables) for row in table.rows for cell in row}
    assert not people & cells


def test_they_are_of_the_towns_selected_and_seen_and_there_are_none_without_matters() -> None:
    hangzhou = Scope(frozenset({"330100"}))
    with told():
        count = count_matters(all_matters().seen(hangzhou), LAST).open
        for sections in (made(prefectures=("330100",)), made(scope=hangzhou)):
            assert sections[0].finding.startswith(f"在办{count}件")
        assert made("public") == []


def test_a_log_that_is_away_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COCKPIT_DATABASE_URL", "postgresql+psycopg://a:b@127.0.0.1:1/x")
    (section,) = made()
    assert section.lead == "督办记录现在读不到"
