"""The briefing on the shipped data: what the cards say, that parts sum, that filters add up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from cockpit.analysis.briefing import town_table
from cockpit.analysis.lifecycle import SECTIONS
from cockpit.analysis.selection import Selection
from cockpit.briefings import brief, gap_parts, open_desk, town_lists, waiting
from cockpit.rights import ALL
from cockpit.vocabulary import PREFECTURES, Language, Provenance, Status
from cockpit.wording.gap import gap_table, town_rows

DAY = date(2026, 11, 23)
DEMO, PUBLIC = open_desk("demo"), open_desk("public")
TARGETS = list(DEMO.register.targets)


def test_on_public_the_cards_read_the_published_series() -> None:
    briefing = brief(PUBLIC, Selection("2022", scope=ALL), DAY)
    shares = {
        card.indicator.id: round((card.attainment.share or 0) * 100, 1)
        for card in briefing.cards
        if card.value is not None
    }
    assert shares == {
        "named_town_count": 60.0,
        "total_output_yuan": 79.2,
        "tax_revenue_yuan": 86.1,
        "effective_investment_yuan": 90.4,
        "high_tech_firm_count": 79.7,
    }
    silent = {card.indicator.id for card in briefing.cards if card.value is None}
    assert silent == {
        "listed_firm_count",
        "incubated_firm_count",
        "specialty_output_share",
        "specialty_investment_share",
    }


def test_on_public_nothing_is_called_missed_because_2025_was_not_published() -> None:
    briefing = brief(PUBLIC, Selection("2022", scope=ALL), DAY)
    assert {card.status for card in briefing.cards} == {Status.NO_DATA}
    assert briefing.missing == ()


def test_on_demo_all_nine_have_figures_and_every_one_is_simulated() -> None:
    briefing = brief(DEMO, Selection("2025", scope=ALL), DAY)
    assert all(card.value is not None for card in briefing.cards)
    assert {card.provenance for card in briefing.cards} == {Provenance.SIMULATED}
    assert {Status.ACHIEVED, Status.MISSED, Status.CANNOT_JUDGE} <= set(briefing.tally())


@pytest.mark.parametrize("target", TARGETS)
def test_the_four_parts_and_every_split_of_a_gap_sum_to_the_headline(target: str) -> None:
    parts = gap_parts(DEMO, Selection("2025", scope=ALL), DAY, target)
    assert parts is not None
    gap = parts.card.attainment.gap
    assert gap is not None
    assert sum(part.value or 0.0 for part in parts.parts) == pytest.approx(gap, rel=1e-9, abs=1e-9)
    for frame in (parts.by_prefecture, parts.by_class):
        assert frame["value"].sum() == pytest.approx(gap, rel=1e-9, abs=1e-9)
        for part in parts.parts:
            assert frame[part.movement].sum() == pytest.approx(part.value or 0.0, rel=1e-9, abs=1e-9)
    assert parts.towns["value"].sum() == pytest.approx(gap, rel=1e-9, abs=1e-9)


def test_who_makes_the_gap_of_the_demonstration() -> None:
    """−820亿 = same towns −1557, entrants +1454, exits −473, not reported −244; 杭州's same towns weigh most."""
    parts = gap_parts(DEMO, Selection("2025", scope=ALL), DAY, "total_output_2025")
    assert parts is not None
    table = gap_table(parts, "zh")
    assert [(part.name, part.text) for part in table.parts] == [
        ("同口径", "−1557"), ("新进", "+1454"), ("淘汰", "−473"), ("未报送", "−244"),
    ]  # fmt: skip
    assert table.total.number == "−820"
    assert (table.areas[0].name, table.areas[0].text("same")) == ("杭州", "−941")
    assert next(row for row in table.areas if row.name == "温州").text("exit") == "−318"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "selection",
    [Selection("2025", scope=ALL), Selection("2025", prefectures=("330100",), scope=ALL), Selection("2024", scope=ALL)],
)
@pytest.mark.parametrize("target", TARGETS)
def test_rounded_rows_and_columns_of_the_gap_add_up(target: str, selection: Selection, language: Language) -> None:
    parts = gap_parts(DEMO, selection, DAY, target)
    assert parts is not None
    table = gap_table(parts, language)

    def number(text: str) -> Decimal:
        return Decimal(text.replace("−", "-").replace("+", "")) if text and text != "—" else Decimal(0)

    assert sum(number(part.text) for part in table.parts) == number(table.total.number)
    for rows in (table.areas, table.classes):
        for part in table.parts:
            assert sum(number(row.text(part.movement)) for row in rows) == number(part.text)
        for row in rows:
            assert sum(number(row.text(part.movement)) for part in table.parts) == number(row.text("value"))
    for part in table.parts:
        towns = town_rows(parts, part.movement, language)
        if towns:
            assert sum(number(row.text) for row in towns) == number(part.text)


@pytest.mark.parametrize("target", TARGETS)
def test_the_prefectures_contributions_to_the_gap_add_up_to_the_provinces(target: str) -> None:
    whole = brief(DEMO, Selection("2025", scope=ALL), DAY).card(target).attainment.gap
    effects = [
        brief(DEMO, Selection("2025", prefectures=(code,), scope=ALL), DAY).card(target).gap_effect or 0.0
        for code in PREFECTURES
    ]
    assert sum(effects) == pytest.approx(whole, rel=1e-9, abs=1e-9)


def test_a_filter_changes_the_contribution_and_never_the_provinces_figure() -> None:
    whole = brief(DEMO, Selection("2025", scope=ALL), DAY)
    part = brief(DEMO, Selection("2025", prefectures=("330100",), scope=ALL), DAY)
    for before, after in zip(whole.cards, part.cards, strict=True):
        assert before.value == after.value
        assert before.contribution is None
        assert after.contribution is not None


def test_the_money_contributions_of_all_prefectures_are_the_province() -> None:
    whole = brief(DEMO, Selection("2025", scope=ALL), DAY).card("total_output_2025").value
    parts = [
        brief(DEMO, Selection("2025", prefectures=(code,), scope=ALL), DAY).card("total_output_2025").contribution or 0
        for code in PREFECTURES
    ]
    assert sum(parts) == pytest.approx(whole)


def test_an_empty_selection_has_no_towns_and_no_exception() -> None:
    briefing = brief(DEMO, Selection("2025", search="没有这个小镇", scope=ALL), DAY)
    assert len(briefing.towns) == 0
    assert all(card.contribution is None for card in briefing.cards)


def test_decisions_count_the_clock_on_the_day_given() -> None:
    early = waiting(DEMO, Selection("2025", scope=ALL), date(2020, 1, 1), ())
    late = waiting(DEMO, Selection("2025", scope=ALL), DAY, ())
    assert not [decision for decision in early.decisions if decision.kind == "clock_over"]
    found = {decision.kind: decision for decision in late.decisions}
    assert found["clock_over"].is_overdue
    assert found["clock_due"].is_overdue
    assert not found["clock_ending"].is_overdue
    assert found["clock_due"].clause == "3.4"


def test_overdue_counts_after_extension_and_falls_when_one_is_approved() -> None:
    selection = Selection("2025", scope=ALL)
    lists = town_lists(DEMO, selection, DAY)
    stages = [town.clock.stage.value for town in lists.creating]
    before = {item.kind: item for item in waiting(DEMO, selection, DAY, ()).decisions}
    for kind, stage in (("clock_over", "over"), ("clock_due", "due"), ("clock_ending", "ending")):
        assert before[kind].count == stages.count(stage), "the groups of the wall"
    assert "extended" in stages, "a town within its extension is no decision"
    due = next(town for town in lists.queue if town.clock.stage.value == "due")
    logged = ((due.place.code, date(2028, 6, 30)),)
    after = {item.kind: item for item in waiting(DEMO, selection, DAY, logged).decisions}
    assert after["clock_due"].count == before["clock_due"].count - 1
    assert after["clock_over"].count == before["clock_over"].count


def test_the_queue_is_cut_into_sections_by_the_line_in_force() -> None:
    lists = town_lists(DEMO, Selection("2025", scope=ALL), DAY)
    order = [SECTIONS.index(town.section) for town in lists.queue if town.section]
    assert order == sorted(order)
    assert {town.place.code for town in lists.queue} > {town.place.code for town in lists.waiting}
    assert {"watch"} == {town.clock.stage.value for town in lists.queue} - {
        town.clock.stage.value for town in lists.waiting
    }, "the towns that come near are in"
    for town in lists.queue:
        line = town.clock.deadline
        assert line is not None
        left = (line - DAY).days
        expected = "overdue" if left < 0 else "near" if left <= 30 else "next" if left <= 90 else None
        assert expected in (town.section, None)
        assert expected or town.section == ("later" if town.clock.extension_end is None else "extended")


def test_the_silent_town_is_named_and_not_counted_as_zero() -> None:
    briefing = brief(DEMO, Selection("2025", scope=ALL), DAY)
    assert any(item.is_all for item in briefing.missing)
    table = town_table(briefing, DEMO.register).set_index("town_code")
    silent = [item.town_code for item in briefing.missing if item.is_all]
    assert np.isnan(table.loc[silent, "total_output_yuan"].to_numpy(dtype=float)).all()


def test_a_briefing_is_computed_once() -> None:
    assert brief(DEMO, Selection("2025", scope=ALL), DAY) is brief(DEMO, Selection("2025", scope=ALL), DAY)
