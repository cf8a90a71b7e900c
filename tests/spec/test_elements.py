"""Elements (要素) as the policy's clauses want them: sentences a civil servant can check by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from cockpit.analysis.elements import by_level, counting, coverage, figures
from cockpit.analysis.measures import build_cube, measure
from cockpit.datasets.schema import TABLES
from cockpit.datasets.store.columns import empty
from cockpit.policy.elements import ElementKind
from cockpit.policy.register import answers
from cockpit.units import Period
from tests.spec.entries import KINDS, REGISTER, tables

TOWNS = ("甲", "乙", "丙")


def value(found: pd.DataFrame, town: str, period: str, indicator: str) -> float | None:
    rows = found[(found["town_code"] == town) & (found["period"] == period) & (found["indicator"] == indicator)]
    return float(rows["value"].iloc[0]) if len(rows) else None


def test_every_clause_is_answered_or_says_why_not() -> None:
    found = answers(REGISTER)
    assert len(found) == 22
    assert [number for number, item in found.items() if not (item.is_answered or item.passage.lacks_zh)] == []
    assert sum(item.is_answered for item in found.values()) == 22


def test_a_platform_counts_from_its_first_day_to_its_last() -> None:
    rows = [
        {"town_code": "甲", "name": "一", "level": "provincial_lab", "since": "2023-05-01", "until": "2024-12-31"},
        {"town_code": "甲", "name": "二", "level": "firm_institute", "since": "2024-07-01", "until": None},
        {"town_code": "甲", "name": "三", "level": "firm_institute", "since": "2024-12-31", "until": "2024-12-30"},
    ]
    found = figures(tables(platform=rows), REGISTER, ("2022", "2023", "2024", "2025"))
    # One at the end of 2023, two at that of 2024 (the last day counts), one after it; in 2022 nothing was known.
    assert [value(found, "甲", year, "platform_count") for year in ("2022", "2023", "2024", "2025")] == [None, 1, 2, 1]


def test_a_town_without_a_word_has_not_reported_and_one_that_says_none_has_none() -> None:
    rows = [{"town_code": "甲", "name": "园", "level": "park", "since": "2024-01-01"}]
    said = [{"town_code": "乙", "kind": "incubation", "as_of": "2024-06-30", "stated": 0}]
    found = tables(incubation=rows, stated=said)
    cover = coverage(found, REGISTER.elements, TOWNS, Period.parse("2024"))
    at = cover.kinds.index("incubation")
    assert cover.counts[:2, at].tolist() == [1.0, 0.0]
    assert pd.isna(cover.counts[2, at])
    assert cover.have("incubation") == (1, 2)
    counted = figures(found, REGISTER, ("2023", "2024"))
    assert value(counted, "乙", "2024", "incubation_platform_count") == 0
    assert value(counted, "乙", "2023", "incubation_platform_count") is None
    assert value(counted, "丙", "2024", "incubation_platform_count") is None


def test_the_land_award_is_quota_used_times_the_rate() -> None:
    # 金华 2019 by the rule of 2015: towns of information, environment and equipment get 60 %, others 50 %.
    rows = [
        {"town_code": "甲", "year": 2025, "used": 186.0, "rate": 0.6, "due": 111.6, "received": 100.0},
        {"town_code": "乙", "year": 2025, "used": 64.0, "rate": 0.5, "due": 32.0, "received": None},
    ]
    found = figures(tables(land_award=rows), REGISTER, ("2025", "2026-06"))
    assert value(found, "甲", "2025", "land_award_due_mu") == pytest.approx(111.6)
    assert value(found, "乙", "2025", "land_award_due_mu") == pytest.approx(32.0)
    assert value(found, "乙", "2025", "land_award_received_mu") is None  # missing is not zero
    assert value(found, "甲", "2026-06", "land_award_due_mu") is None  # awards are of whole years


def test_services_are_counted_by_kind_and_not_by_house() -> None:
    rows = [
        {"town_code": "甲", "name": name, "service": service, "place": "inside", "since": "2020-01-01"}
        for name, service in (("一", "education"), ("二", "education"), ("三", "health"))
    ]
    assert value(figures(tables(public_service=rows), REGISTER, ("2025",)), "甲", "2025", "public_service_kinds") == 2


def test_a_reform_that_was_only_applied_for_or_has_ended_is_no_pilot() -> None:
    rows = [
        {"town_code": "甲", "topic": topic, "level": level, "since": "2024-01-01"}
        for topic, level in (("qdlp", "applied"), ("data", "pilot"), ("leave", "spread"), ("stations", "ended"))
    ]
    assert value(figures(tables(reform_pilot=rows), REGISTER, ("2025",)), "甲", "2025", "reform_pilot_count") == 2


def test_events_count_from_the_first_of_the_year() -> None:
    rows = [
        {"town_code": "甲", "name": str(at), "topic": "training", "on": day}
        for at, day in enumerate(("2025-12-31", "2026-01-01", "2026-06-30", "2026-07-01"))
    ]
    found = figures(tables(parlour_event=rows), REGISTER, ("2025", "2026-06"))
    assert [value(found, "甲", period, "parlour_event_count") for period in ("2025", "2026-06")] == [1, 2]


def test_the_share_of_talent_hired_is_a_ratio_of_sums() -> None:
    rows = [
        {"town_code": town, "period": "2026-06", "node": "n", "post": "craft", "wanted": wanted, "filled": filled}
        for town, wanted, filled in (("甲", 120, 46), ("乙", 64, 38))
    ]
    towns = pd.DataFrame({"town_code": list(TOWNS)})
    returns = pd.DataFrame({"town_code": ["甲"], "period": ["2026-06"], "indicator": ["staff_count"], "value": [1.0]})
    history = pd.DataFrame({"town_code": list(TOWNS), "effective_on": "2020-01-01", "list_status": "named"})
    counted = figures(tables(talent_demand=rows), REGISTER, ("2026-06",))
    cube = build_cube(towns, returns, pd.DataFrame(), history, REGISTER, counted)
    found = measure(cube, REGISTER.indicator("talent_filled_share"), "2026-06", "province")
    assert found.value == pytest.approx(84 / 184)  # not the mean of 38 % and 59 %
    assert (found.reported, found.expected) == (2, 3)


def test_levels_without_any_are_shown_as_none() -> None:
    steps = list(REGISTER.elements.ladders["digital_factory"].levels)
    assert by_level(pd.Series(["workshop", "workshop", "future"]), steps) == {"workshop": 2, "smart": 0, "future": 1}


def test_provincial_and_national_ladders_are_two() -> None:
    kind = KINDS["digital_factory"]
    ladders = {kind.columns[name].ladder for name in ("level", "national")}
    assert len(ladders) == 2
    assert not {*REGISTER.elements.ladders["digital_factory"].levels} & {
        *REGISTER.elements.ladders["digital_national"].levels
    }


def test_what_is_not_public_is_an_empty_slot() -> None:
    """No name of the eight features stands anywhere in the records."""
    kind = KINDS["eight_ones"]
    assert (kind.entries, kind.columns["name"].required) == (8, False)
    assert kind.awaits_zh
    assert {name for name, at in KINDS.items() if at.entries} == {"eight_ones"}


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_a_kind_without_entries_counts_nothing(kind: ElementKind) -> None:
    assert not len(counting(empty(TABLES[kind.table]).to_pandas(), kind, Period.parse("2025")))
