"""A small dataset that can be published to in a few milliseconds: two towns, two years, figures in 亿元."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from cockpit.datasets.findings import Checked, Finding, Upload
from cockpit.datasets.publishing import submissions
from cockpit.datasets.schema import TABLES
from cockpit.datasets.store.loading import load
from cockpit.datasets.store.versions import Manifest, write_version
from tests.acts import by

YI = 1e8
MANIFEST = Manifest("demo", "v0001", 1, None, "2026-11-20T09:00:00+08:00", "test", "a small version", True, "2025")


def returns(figures: dict[tuple[str, str, str], float]) -> pd.DataFrame:
    """Returns from (town, period, indicator) -> 亿元."""
    rows = [(*key, value * YI, "simulated", "demo") for key, value in figures.items()]
    return pd.DataFrame(rows, columns=["town_code", "period", "indicator", "value", "provenance", "source_id"])


FIGURES = {
    ("A", "2024", "total_output_yuan"): 10.0,
    ("A", "2025", "total_output_yuan"): 12.0,
    ("B", "2025", "total_output_yuan"): 8.0,
    ("A", "2025", "fixed_asset_investment_yuan"): 5.0,
    ("A", "2025", "housing_investment_yuan"): 1.0,
}


def ship(folder: Path, **more: pd.DataFrame) -> None:
    """Write the small version as the shipped one."""
    demo = load("demo")
    frames = {name: demo.table(name).head(2) for name, table in TABLES.items() if not table.optional}
    frames["towns"] = frames["towns"].assign(town_code=["A", "B"])
    frames["list_history"] = frames["list_history"].assign(town_code=["A", "B"])
    write_version(folder, MANIFEST, {**frames, "returns": returns(FIGURES), **more})


def checked(figures: dict[tuple[str, str, str], float], *findings: Finding) -> Checked:
    """What the intake would make of a sheet with these figures, one below the other in column D from row 5."""
    frame = returns(figures).drop(columns="source_id")
    cells = [f"D{row}" for row in range(5, 5 + len(frame))]
    frame = frame.assign(file="上报 2025.xlsx", sheet="年报", cell=cells)
    return Checked(("上报 2025.xlsx",), {"returns": frame}, findings)


def submit(figures: dict[tuple[str, str, str], float], *findings: Finding, who: str = "张三") -> submissions.Submission:
    upload = Upload("上报 2025.xlsx", b"the bytes as they were sent")
    return submissions.keep("demo", [upload], checked(figures, *findings), by(who), checked_against="v0001")
