"""The demo as it was known at earlier days: what was published in April and in July 2026, from what is known at last.

The newest version is everything; an earlier one lacks what came later (periods, list decisions, inspections, the grades
of 2025, plans filed late), lacks returns that came in late, and holds first figures that were corrected since. Luck is
drawn from streams of its own, so that the newest version stays as it was before there were earlier ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from cockpit.datasets.store.versions import Manifest
from cockpit.units import Period
from tools.demo import calibration as cal
from tools.demo.towns import Town, history_table, towns_table

ACTOR: Final = "演示发布员"


@dataclass(frozen=True)
class Release:
    """One publication: `last_day` is that of the newest period in it."""

    number: int
    published_at: str
    last_day: str
    note: str

    @property
    def version(self) -> str:
        return f"v{self.number:04d}"

    @property
    def day(self) -> str:
        return self.published_at[:10]

    @property
    def is_newest(self) -> bool:
        return self.last_day == cal.LAST_DAY_OF_DATA

    def manifest(self, dataset: str) -> Manifest:
        return Manifest(
            dataset=dataset,
            version=self.version,
            number=self.number,
            parent=f"v{self.number - 1:04d}" if self.number > 1 else None,
            published_at=self.published_at,
            published_by=ACTOR,
            note=self.note,
            is_simulated=True,
            default_period=str(cal.LAST_FULL_YEAR),
        )


# Fixed days: the same bytes on every run. All three are Fridays on which people worked.
RELEASES: Final = (
    Release(1, "2026-04-24T16:40:00+08:00", "2026-03-31", "虚构小镇，全部数据为模拟：2025年年报、2026年一季度报表"),
    Release(2, "2026-07-24T16:40:00+08:00", "2026-06-30", "虚构小镇，全部数据为模拟：2026年上半年报表，补报和更正"),
    Release(
        3,
        "2026-11-20T16:40:00+08:00",
        cal.LAST_DAY_OF_DATA,
        "2026年前三季度报表，补报和更正",
    ),
)
# Of the returns of a period: share that came in after its own version, and of these share that came after the next one.
_LATE: Final = 0.045
_VERY_LATE: Final = 0.3
_FIRST_FIGURES: Final = 0.03  # returns whose money was preliminary
_MISCLASSED: Final = 0.08  # returns that counted too much, or too little, as the town's own industry
_PLAN_LATE: Final = 0.25
_REVISED: Final = ("2025", "2026-03", "2026-06")
_STEP: Final = 10_000.0
_OWN: Final = {"specialty_output_yuan": "total_output_yuan", "specialty_investment_yuan": ""}


def known_at(release: Release, last: dict[str, pd.DataFrame], towns: list[Town]) -> dict[str, pd.DataFrame]:
    """Return every table as published by a release.

    Args:
        last: the tables of the newest one.
    """
    sources = last["sources"].assign(dated=release.day)
    if release.is_newest:
        return {**last, "sources": sources}
    returns, missing = _returns(release, last["returns"])
    land = last["land"]
    is_late = pd.MultiIndex.from_frame(land[["town_code", "period"]]).isin(missing)
    history = history_table(towns)
    return {
        **last,
        "towns": towns_table(towns, release.last_day),
        "returns": returns,
        "land": land[~is_late].reset_index(drop=True),
        "list_history": history[history["effective_on"] <= release.last_day].reset_index(drop=True),
        "assessments": _before(last["assessments"], "year", cal.LAST_FULL_YEAR if release.number == 1 else 9999),
        "inspections": _before(last["inspections"], "inspected_on", release.day),
        "plans": _plans(release, last["plans"]),
        "sources": sources,
    }


def _before(table: pd.DataFrame, column: str, end: str | int) -> pd.DataFrame:
    return table[table[column] < end].reset_index(drop=True)


def _arrivals(returns: pd.DataFrame, period: str) -> pd.Series:
    """Number of the release a town's return of a period came with, by town; drawn once, the same for all releases."""
    rng = cal.stream(f"arrivals {period}")
    codes = sorted(returns.loc[returns["period"] == period, "town_code"].unique())
    own = next(
        release.number for release in RELEASES if Period.parse(period).last_day().isoformat() <= release.last_day
    )
    late = rng.uniform(size=len(codes)) < _LATE
    very_late = rng.uniform(size=len(codes)) < _VERY_LATE
    return pd.Series(np.minimum(own + late + (late & very_late), len(RELEASES)), index=codes)


def _returns(release: Release, returns: pd.DataFrame) -> tuple[pd.DataFrame, list[tuple[str, str]]]:
    """The returns as they were, and the (town, period) whose return had not come in."""
    ends = {text: Period.parse(text).last_day().isoformat() for text in returns["period"].unique()}
    there = returns["period"].map(ends) <= release.last_day
    missing: list[tuple[str, str]] = []
    for period in _REVISED:
        if ends[period] > release.last_day:
            continue
        arrived = _arrivals(returns, period)
        missing += [(str(code), period) for code in arrived.index[arrived > release.number]]
    keys = pd.MultiIndex.from_frame(returns[["town_code", "period"]])
    kept = returns[there & ~keys.isin(missing)].reset_index(drop=True)
    wide = kept.pivot(index=["period", "town_code"], columns="indicator", values="value")
    for period in _REVISED:
        if ends[period] <= release.last_day:
            _as_it_was(release, wide, period, sorted(returns.loc[returns["period"] == period, "town_code"].unique()))
    values = pd.Series(wide.stack(), name="value")
    index = pd.MultiIndex.from_frame(kept[["period", "town_code", "indicator"]])
    return kept.assign(value=values.reindex(index).to_numpy()), missing


def _as_it_was(release: Release, wide: pd.DataFrame, period: str, codes: list[str]) -> None:
    """Put first figures in the place of those corrected later, in place: parts stay within their whole."""
    rng = cal.stream(f"corrections {period}")
    luck, factor = rng.uniform(size=len(codes)), rng.uniform(0.95, 1.03, len(codes))
    slip = rng.uniform(size=len(codes))
    own = np.where(rng.uniform(size=len(codes)) < 0.6, rng.uniform(1.03, 1.10, len(codes)), rng.uniform(0.88, 0.97))
    mended = rng.integers(2, len(RELEASES) + 1, len(codes))  # the release that brought the right figure
    money = [name for name in wide.columns if name.endswith("_yuan")]
    for place, code in enumerate(codes):
        row = (period, code)
        if row not in wide.index or release.number >= mended[place]:
            continue
        if luck[place] < _FIRST_FIGURES:
            wide.loc[row, money] = np.floor(wide.loc[row, money] * factor[place] / _STEP) * _STEP
        if slip[place] < _MISCLASSED:
            for name in _OWN:
                wide.loc[row, name] = np.floor(_number(wide, row, name) * own[place] / _STEP) * _STEP
        _within(wide, row)


def _within(wide: pd.DataFrame, row: tuple[str, str]) -> None:
    """Bring the town's own industry back within its whole, where there is one."""
    fixed, housing, mixed = (
        _number(wide, row, f"{name}_investment_yuan") for name in ("fixed_asset", "housing", "complex")
    )
    for name, whole in _OWN.items():
        most = _number(wide, row, whole) if whole else fixed - (housing + mixed)
        if _number(wide, row, name) > most:
            wide.loc[row, name] = most


def _number(wide: pd.DataFrame, row: tuple[str, str], name: str) -> float:
    """One figure of a town and period."""
    return float(np.asarray(wide.loc[row, name], dtype=float))


def _plans(release: Release, plans: pd.DataFrame) -> pd.DataFrame:
    """Without the plans from 2026 on that were filed late."""
    rng = cal.stream("plans filed late")
    luck = rng.uniform(size=len(plans))
    filed_with = np.where(luck < _PLAN_LATE / 2, 3, np.where(luck < _PLAN_LATE, 2, 1))
    is_late = (plans["starts_on"] >= "2026-01-01") & (filed_with > release.number)
    return plans[~is_late].reset_index(drop=True)
