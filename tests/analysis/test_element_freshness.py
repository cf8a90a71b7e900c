"""How fresh the kinds of elements are: by statement, by the period of entries, by days; late and missing."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from cockpit.analysis.briefing.element_freshness import KindFreshness, freshness, told_until
from tests.pages.opening import open_page, words
from tests.spec.entries import KINDS, REGISTER, tables

TOWNS = ("甲", "乙", "丙")
FUND = {"name": "一", "level": "province"}


def fresh(found: dict[str, pd.DataFrame], day: date) -> dict[str, KindFreshness]:
    told = {kind.id: told_until(found, kind) for kind in REGISTER.elements.kinds.values()}
    return freshness(told, REGISTER.elements, TOWNS, day)


def test_a_towns_word_is_as_new_as_its_statement_or_its_newest_entry() -> None:
    rows = [{"town_code": "甲", "period": period, **FUND} for period in ("2025", "2025-06")]
    said = [{"town_code": "乙", "kind": "fund", "as_of": "2026-06-30", "stated": 0}]
    told = told_until(tables(fund=rows, stated=said), KINDS["fund"])
    assert {code: day.date() for code, day in told.items()} == {"甲": date(2025, 12, 31), "乙": date(2026, 6, 30)}
    began = [{"town_code": "甲", "name": "园", "level": "park", "since": "2024-01-01"}]
    told = told_until(tables(incubation=began, stated=said), KINDS["incubation"])
    assert {code: day.date() for code, day in told.items()} == {"甲": date(2024, 1, 1)}


def test_half_yearly_kinds_are_late_and_then_missing_and_events_never() -> None:
    rows = [{"town_code": "甲", "period": "2026-06", **FUND}, {"town_code": "乙", "period": "2025", **FUND}]
    found = tables(fund=rows)
    at = {day: fresh(found, day)["fund"] for day in
          (date(2026, 8, 14), date(2026, 8, 15), date(2026, 9, 29))}  # fmt: skip
    counts = [(item.due.period, item.reported, item.late, item.missing) for item in at.values() if item.due]
    # On the 45th day after June the half-year is not due yet; then it is late, after 45 more missing.
    assert counts == [("2025", 2, 0, 1), ("2026-06", 1, 2, 0), ("2026-06", 1, 0, 2)]
    assert fresh(found, date(2030, 1, 1))["boundary_change"].due is None
    assert fresh(found, date(2030, 1, 1))["eight_ones"].due is None


@pytest.mark.parametrize(("day", "is_stale"), [(date(2026, 12, 1), False), (date(2027, 3, 1), True)])
def test_a_kind_is_stale_when_nothing_told_reaches_what_was_due(day: date, is_stale: bool) -> None:
    rows = [{"town_code": "甲", "period": "2026-06", **FUND}]
    assert fresh(tables(fund=rows), day)["fund"].is_stale is is_stale
    assert fresh(tables(), day)["fund"].is_stale


def test_the_page_tells_it_by_kind() -> None:
    told = words(open_page("elements", {"lang": "zh", "ekind": "fund", "q": "D330110A"}))
    assert "按期报送 %" in told
    assert "最近报到2026-09-30；2026年1–6月应报：按期1，迟报0，缺报0" in told
