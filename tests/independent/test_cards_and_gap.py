"""The nine cards and the four-part gap of the demonstration, added up again from the Parquet files.

Nothing of the product computes here; the product's answers are only compared with.
"""

from __future__ import annotations

import math
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from cockpit.analysis.selection import Selection
from cockpit.briefings import brief, gap_parts, open_desk
from cockpit.rights import ALL
from tests.independent.tables import records, returns, status, table

DESK, DAY = open_desk("demo"), date(2026, 11, 29)
LISTED = ("named", "creating", "cultivating")
TARGETS: dict[str, dict[str, Any]] = {
    name: record for name, record in records("targets").items() if isinstance(record, dict) and "indicator" in record
}
FACTOR = {"亿元": 1e8, "万亿元": 1e12, "%": 0.01, "家": 1.0, "个": 1.0}
RATIOS = {
    "specialty_output_share": ("specialty_output_yuan", "total_output_yuan"),
    "specialty_investment_share": ("specialty_investment_yuan", "effective_investment_yuan"),
}


def scope_at(year: int, scope: str) -> pd.Series:
    """Whether every town is counted at the end of a year."""
    then = status(f"{year}-12-31").reindex(table("towns")["town_code"])
    return then.isin(LISTED if scope == "province" else (scope,))


def figures(indicator: str, year: int) -> pd.DataFrame:
    """above, below (1 for sums) by town; NaN where not reported."""
    codes = table("towns")["town_code"]
    if indicator == "named_town_count":
        then = status(f"{year}-12-31").reindex(codes)
        above = pd.Series(np.where(then.isna(), np.nan, (then == "named").astype(float)), index=codes)
        return pd.DataFrame({"above": above, "below": 1.0})
    wide = returns(str(year))
    if indicator in RATIOS:
        top, bottom = RATIOS[indicator]
        return pd.DataFrame({"above": wide[top], "below": wide[bottom]})
    return pd.DataFrame({"above": wide[indicator], "below": 1.0})


def aim_of(record: dict[str, Any]) -> float:
    return float(record["value"]) * FACTOR[record["unit"]]


@pytest.mark.parametrize("year", [2023, 2024, 2025])
@pytest.mark.parametrize("name", TARGETS)
def test_the_card(name: str, year: int) -> None:
    record = TARGETS[name]
    inside, told = scope_at(year, record.get("scope", "province")), figures(record["indicator"], year)
    known = inside & told.notna().all(axis=1)
    is_ratio = record["indicator"] in RATIOS
    value = told.loc[known, "above"].sum() / (told.loc[known, "below"].sum() if is_ratio else 1.0)
    card = brief(DESK, Selection(str(year), scope=ALL), DAY).card(name)
    assert (card.reported, card.expected) == (int(known.sum()), int(inside.sum()))
    assert card.value == pytest.approx(value, rel=1e-12)
    assert card.attainment.gap == pytest.approx(value - aim_of(record), rel=1e-9, abs=1e-9)

    # Growth on the year before, over the towns in scope at both times that reported both; of the list, over all.
    before = figures(record["indicator"], year - 1)
    was_inside = scope_at(year - 1, record.get("scope", "province"))
    if record["indicator"] == "named_town_count":
        growth = told.loc[inside, "above"].sum() / before.loc[was_inside, "above"].sum() - 1
    else:
        same = known & was_inside & before.notna().all(axis=1)
        now, then = told[same].sum(), before[same].sum()
        growth = (
            now["above"] / now["below"] - then["above"] / then["below"]
            if is_ratio
            else now["above"] / then["above"] - 1
        )
    assert card.growth == pytest.approx(growth, rel=1e-9, abs=1e-12)


def four_parts(name: str, year: int) -> pd.DataFrame:
    """Town by part and contribution, by hand: actual less the target times the town's share of 2022."""
    record = TARGETS[name]
    scope, aim, is_ratio = record.get("scope", "province"), aim_of(record), record["indicator"] in RATIOS
    told, base = figures(record["indicator"], year), figures(record["indicator"], 2022)
    now, then = scope_at(year, scope), scope_at(2022, scope)
    has, had = now & told.notna().all(axis=1), then & base.notna().all(axis=1)
    was = then if is_ratio else had  # a ratio expects nothing of one town: the base year tells who was counted
    part = pd.Series("", index=told.index)
    part[now & ~has] = "reporting"
    part[has & ~was] = "entrant"
    part[was & ~now] = "exit"
    part[has & was] = "same"
    if is_ratio:
        below = told.loc[has, "below"].sum()
        value = ((told["above"] - aim * told["below"]) / below).where(has)
    else:
        weight = base["above"].where(had, 0.0) / base.loc[had, "above"].sum()
        value = (told["above"].where(has, 0.0) - aim * weight).where(has | had)
    return pd.DataFrame({"part": part, "value": value})


@pytest.mark.many
@pytest.mark.parametrize("year", [2024, 2025])
@pytest.mark.parametrize("name", TARGETS)
def test_the_four_parts_by_prefecture_class_and_town(name: str, year: int) -> None:
    hand = four_parts(name, year)
    towns = table("towns").set_index("town_code")
    found = gap_parts(DESK, Selection(str(year), scope=ALL), DAY, name)
    assert found is not None
    for part in found.parts:
        own = hand[hand["part"] == part.movement]
        assert part.towns == len(own)
        if own["value"].notna().any():
            assert part.value == pytest.approx(own["value"].sum(), rel=1e-9, abs=1e-9)
        else:
            assert part.value is None
    for frame, column in ((found.by_prefecture, "prefecture_adcode"), (found.by_class, "industry_class")):
        groups = towns[column].reindex(hand.index).astype(str)
        for row in frame.to_dict("records"):
            for movement in ("same", "entrant", "exit", "reporting"):
                own = hand.loc[(groups == row["key"]) & (hand["part"] == movement), "value"]
                if math.isnan(row[movement]):
                    assert not own.notna().any()
                else:
                    assert row[movement] == pytest.approx(own.sum(), rel=1e-9, abs=1e-9)
    for code, town in found.towns.iterrows():
        expected = hand.loc[str(code), "value"]
        assert (math.isnan(town["value"]) and math.isnan(expected)) or town["value"] == pytest.approx(
            expected, rel=1e-9, abs=1e-12
        )
