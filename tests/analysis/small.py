"""A small made-up province whose sums a reader can check in the head: five towns, two years, figures in 亿元."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cockpit.analysis.measures import Cube, build_cube
from cockpit.policy.register import load

REGISTER = load()
YI = 1e8

TOWNS = pd.DataFrame(
    {
        "town_code": ["A", "B", "C", "D", "E"],
        "name_zh": ["甲镇", "乙镇", "丙镇", "丁镇", "戊镇"],
        "name_en": ["Jia", "Yi", "Bing", "Ding", "Wu"],
        "alias": ["", "旧乙", "", "", ""],
        "prefecture_adcode": ["330100", "330100", "330200", "330200", "330300"],
        "county_adcode": ["330110", "330106", "330205", "330212", "330304"],
        "industry_class": ["finance", "tourism", "finance", "health", "heritage"],
        "list_status": ["named", "creating", "named", "removed", "creating"],
        "specialty_industry": ["私募", "温泉", "银行", "医药", "青瓷"],
        "is_mountain_county": [False, False, False, False, True],
    }
)

HISTORY = pd.DataFrame(
    [
        ("A", "2018-05-01", "creating"),
        ("A", "2021-10-01", "named"),
        ("B", "2019-01-01", "creating"),
        ("C", "2018-05-01", "creating"),
        ("C", "2023", "named"),
        ("D", "2018-05-01", "creating"),
        ("D", "2024-06-30", "removed"),
        ("E", "2025-03-01", "creating"),
    ],
    columns=["town_code", "effective_on", "list_status"],
)

_OUTPUT = {
    "2022": {"A": 40, "B": 30, "C": 20, "D": 10},
    "2024": {"A": 50, "B": 30, "C": 25},
    "2025": {"A": 60, "B": 33, "C": 27},
}
_SPECIALTY = {"2025": {"A": 48, "B": 10, "C": 21}}
_INVESTED = {"2025": {"A": (20, 3, 2), "B": (10, 0, 0)}}


def returns() -> pd.DataFrame:
    rows: list[tuple[str, str, str, float]] = []
    for period, towns in _OUTPUT.items():
        rows += [(town, period, "total_output_yuan", value * YI) for town, value in towns.items()]
    for period, towns in _SPECIALTY.items():
        rows += [(town, period, "specialty_output_yuan", value * YI) for town, value in towns.items()]
    for period, parts in _INVESTED.items():
        for town, (fixed, housing, mall) in parts.items():
            rows += [
                (town, period, "fixed_asset_investment_yuan", fixed * YI),
                (town, period, "housing_investment_yuan", housing * YI),
                (town, period, "complex_investment_yuan", mall * YI),
            ]
    return pd.DataFrame(rows, columns=["town_code", "period", "indicator", "value"])


LAND = pd.DataFrame(
    {
        "town_code": ["A", "A"],
        "period": ["2025", "2025"],
        "land_type": ["in_use", "planned"],
        "area_mu": [1000.0, 4000.0],
    }
)


def cube() -> Cube:
    return build_cube(TOWNS, returns(), LAND, HISTORY, REGISTER)


def close(value: float | None, expected: float) -> bool:
    return value is not None and bool(np.isclose(value, expected, rtol=1e-12))
