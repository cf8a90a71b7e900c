"""Returns: who reports what and when, and the panel cut into full years and quarters to date.

A town reports from the first period that ends after it entered the list until it is removed. About 3 % of the returns
are missing, whole or cell by cell, more of them in towns whose class and place make them small: large towns have a
statistician. One town has never returned anything. Flows grow within a year by one profile for a
whole group, so year-to-date figures never fall and parts stay within their whole.
"""

from __future__ import annotations

from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from cockpit.units import Period
from tools.demo import calibration as cal
from tools.demo.calibration import Flags, Floats
from tools.demo.panel import Panel, make_panel, place_factor
from tools.demo.towns import Town

PERIODS: Final = (*(str(year) for year in cal.YEARS if year <= cal.LAST_FULL_YEAR), *cal.QUARTERS)
_WHOLE_RETURN_MISSING: Final = 0.022
_CELL_MISSING: Final = 0.007
INCUBATED: Final = "incubated_firm_count"
_INCUBATED_COVERAGE: Final = 0.86  # of the towns on the list at the end of 2025
_INVESTMENT: Final = {
    "fixed_asset_investment_yuan", "housing_investment_yuan", "complex_investment_yuan", "specialty_investment_yuan",
    "private_investment_yuan",
}  # fmt: skip
# Cumulated share of the year's flow by month; investment starts slowly after the spring festival.
_THROUGH_YEAR: Final = {"output": {3: 0.215, 6: 0.462, 9: 0.712}, "investment": {3: 0.165, 6: 0.430, 9: 0.702}}


class Calendar:
    """Which town owes a return for which period, and which of these came in."""

    def __init__(self, towns: list[Town], indicators: list[str]) -> None:
        rng = cal.stream("gaps")
        self.owed = np.array([[_owes(town, period) for period in PERIODS] for town in towns])
        carelessness = _carelessness(towns)
        came_in = self.owed & (rng.uniform(size=self.owed.shape) >= _WHOLE_RETURN_MISSING * carelessness)
        streams = dict.fromkeys(cal.FIRST, rng) | {
            name: cal.stream(f"gaps {name}") for name in indicators if name not in cal.FIRST
        }
        cells = {
            name: own.uniform(size=self.owed.shape) >= _CELL_MISSING * carelessness for name, own in streams.items()
        }
        for year in cal.GAPLESS_YEARS:
            column = PERIODS.index(str(year))
            came_in[:, column] = self.owed[:, column]
            for flags in cells.values():
                flags[:, column] = True
        self._came_in = {name: came_in & flags for name, flags in cells.items()}
        self._thin_out(rng, towns)

    def _thin_out(self, rng: np.random.Generator, towns: list[Town]) -> None:
        """Drop incubated firms of 2025 until only the wanted share of the towns on the list has returned them."""
        year_end = f"{cal.LAST_FULL_YEAR}-12-31"
        on_list = sum(town.career.status_on(year_end) not in (None, "removed") for town in towns)
        flags = self._came_in[INCUBATED]
        column = PERIODS.index(str(cal.LAST_FULL_YEAR))
        reporting = np.flatnonzero(flags[:, column])
        surplus = len(reporting) - int(_INCUBATED_COVERAGE * on_list)
        silent = rng.choice(reporting, surplus, replace=False)
        for index, period in enumerate(PERIODS):
            if period.startswith(str(cal.LAST_FULL_YEAR)):
                flags[silent, index] = False

    def came_in(self, indicator: str, period: str) -> Flags:
        return np.asarray(self._came_in[indicator][:, PERIODS.index(period)])

    def counted_by_year(self, indicator: str) -> Flags:
        """Return flags town x year of `YEARS`; 2026 has no full year, its last quarter stands in."""
        names = [str(year) if str(year) in PERIODS else PERIODS[-1] for year in cal.YEARS]
        flags = self._came_in.get(indicator)
        source = self.owed if flags is None else flags
        return np.asarray(source[:, [PERIODS.index(name) for name in names]])


def _carelessness(towns: list[Town]) -> Floats:
    """Return a multiplier of the chance of a gap, by town: about 0 for the largest, 2 for the smallest."""
    expected = [cal.PROFILES[town.industry_class].output * place_factor(town) for town in towns]
    rank = np.argsort(np.argsort(expected, kind="stable"), kind="stable")
    return np.asarray(2.0 - 2.0 * rank / len(towns))[:, None]


def _owes(town: Town, period: str) -> bool:
    last_day = Period.parse(period).last_day().isoformat()
    return not town.career.is_silent and town.career.status_on(last_day) not in (None, "removed")


def make_returns(towns: list[Town], kinds: dict[str, str]) -> tuple[pd.DataFrame, Panel, Calendar]:
    """Return the `returns` table, with the panel and the calendar it was cut from.

    Args:
        towns: all towns.
        kinds: reported indicator -> "stock" or "flow", as the register has them.
    """
    calendar = Calendar(towns, list(kinds))
    panel = make_panel(towns, calendar.counted_by_year)
    missing = set(kinds) ^ set(panel.values)
    if missing:
        raise ValueError(f"the register and the generator disagree on reported indicators: {sorted(missing)}")
    profiles = {group: _through_year(len(towns), group) for group in _THROUGH_YEAR}
    codes = np.array([town.code for town in towns])
    frames = []
    for indicator, kind in kinds.items():
        group = "investment" if indicator in _INVESTMENT else "output"
        for period in PERIODS:
            values = _at_period(panel.values[indicator], kind, Period.parse(period), profiles[group], towns, indicator)
            here = calendar.came_in(indicator, period)
            frames.append(
                pd.DataFrame(
                    {"town_code": codes[here], "period": period, "indicator": indicator, "value": values[here]}
                )
            )
    table = pd.concat(frames, ignore_index=True).sort_values(["town_code", "period", "indicator"], ignore_index=True)
    return table.assign(provenance="simulated", source_id=cal.SOURCE_ID), panel, calendar


def _through_year(count: int, group: str) -> dict[Period, Floats]:
    """Draw each town's cumulated share of the year by quarter: the town's own rhythm, and a little luck."""
    rng = cal.stream(f"through year {group}")
    rhythm = rng.normal(0, 0.012, count)
    profile = {}
    for text in cal.QUARTERS:
        period = Period.parse(text)
        centre = _THROUGH_YEAR[group][period.month]
        profile[period] = np.clip(centre + rhythm + rng.normal(0, 0.006, count), centre - 0.05, centre + 0.05)
    return profile


def _at_period(
    values: Floats, kind: str, period: Period, profile: dict[Period, Floats], towns: list[Town], indicator: str
) -> Floats:
    """Cut one period out of the yearly values: flows to date, stocks on the way from one year's end to the next."""
    column = cal.YEARS.index(period.year)
    whole_year = values[:, column]
    if period.is_full_year:
        return whole_year
    step = 10_000.0 if indicator.endswith("_yuan") else 0.1 if indicator == "emission_tonne" else 1.0
    if kind == "flow":
        return np.asarray(np.round(np.floor(whole_year * profile[period] / step) * step, 1))
    year_start = date(period.year, 1, 1).isoformat()
    is_new = np.array([town.career.entered_on >= year_start for town in towns])
    before = np.where(is_new, whole_year, values[:, column - 1])
    between = before + (whole_year - before) * (period.month / 12)
    return np.round(between, 3) if indicator.endswith("_share") else np.asarray(np.floor(between))
