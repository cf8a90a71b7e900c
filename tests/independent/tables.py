"""The demonstration's Parquet files and records as plain frames, read without any function of the product."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

ROOT = Path(__file__).resolve().parents[2]
DEMO = ROOT / "data" / "demo"


@cache
def table(name: str) -> pd.DataFrame:
    """One file of the current demonstration version, text columns as text."""
    version = (DEMO / "CURRENT").read_text(encoding="utf-8").strip()
    frame = pd.read_parquet(DEMO / "versions" / version / f"{name}.parquet")
    for column in frame.columns:
        if not pd.api.types.is_numeric_dtype(frame[column]):
            frame[column] = frame[column].astype("object")
    return frame


@cache
def records(name: str) -> dict[str, Any]:
    """A file of `data/policy`, as written."""
    return tomllib.loads((ROOT / "data" / "policy" / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def returns(period: str) -> pd.DataFrame:
    """Town by indicator for one period, in base units, NaN where not reported; effective investment and land added."""
    rows = table("returns")
    wide = rows[rows["period"] == period].pivot(index="town_code", columns="indicator", values="value").astype(float)
    wide = wide.reindex(table("towns")["town_code"])
    parts = ["fixed_asset_investment_yuan", "housing_investment_yuan", "complex_investment_yuan"]
    total, housing, complexes = (wide[part] for part in parts)
    wide["effective_investment_yuan"] = total - housing - complexes
    wide["specialty_output_share"] = wide["specialty_output_yuan"] / wide["total_output_yuan"]
    wide["specialty_investment_share"] = wide["specialty_investment_yuan"] / wide["effective_investment_yuan"]
    wide["land_in_use_mu"] = land("in_use", period)
    return wide


def land(kind: str, period: str) -> pd.Series:
    rows = table("land")
    rows = rows[(rows["period"] == period) & (rows["land_type"] == kind)]
    return rows.set_index("town_code")["area_mu"].astype(float)


@cache
def status(day: str) -> pd.Series:
    """List status of every town on a day; all dates of the demonstration are known to the day."""
    rows = table("list_history")
    rows = rows[rows["effective_on"] <= day].sort_values("effective_on")
    return rows.groupby("town_code")["list_status"].last()


def members(day: str, *kinds: str) -> list[str]:
    found = status(day)
    return [code for code in table("towns")["town_code"] if found.get(code) in kinds]
