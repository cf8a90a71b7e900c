"""How far a set is: every unit's own line from its base to its target, and where its towns stand by the newest period.

Pure; part of `briefing`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import pandas as pd

from cockpit.analysis.attainment import Attainment, Base, Limits, judge
from cockpit.analysis.briefing.plan_lines import Level, Line
from cockpit.analysis.measures import Cube, Mask, Values, reported
from cockpit.policy.records import Indicator, Target
from cockpit.rights import PROVINCE
from cockpit.units import Period, reaches

Path = Literal["constant", "linear"]
PATHS: Final[tuple[Path, ...]] = ("constant", "linear")
_MONTHS: Final = 12
_COLUMNS: Final[Mapping[Level, str]] = {
    "prefecture": "prefecture_adcode", "county": "county_adcode", "town": "town_code",
}  # fmt: skip


@dataclass(frozen=True)
class Standing:
    """One unit. `milestones` by year and `due_now` in base unit; `now` is of the towns that reported, `due_now` of the
    same; both None where too few did, or no season is known. `attainment` is of the newest full year since the base."""

    line: Line
    target: float
    milestones: Mapping[int, float]
    due_now: float | None
    now: float | None
    reported: int
    attainment: Attainment | None

    @property
    def against(self) -> float | None:
        """How far ahead of its line, as a share of it."""
        if self.now is None or not self.due_now:
            return None
        return self.now / self.due_now - 1


def milestone(base: float, target: float, start: int, end: int, year: int, path: Path) -> float:
    """Where a line from `base` in `start` to `target` in `end` is in a year: by equal steps, or at a constant rate."""
    share = (year - start) / (end - start)
    if path == "linear" or base <= 0 or target <= 0:
        return base + (target - base) * share
    return float(base * (target / base) ** share)


def track(
    cube: Cube,
    towns: pd.DataFrame,
    indicator: Indicator,
    target: Target,
    by_town: Mapping[str, float],
    lines: Sequence[Line],
    start: int,
    path: Path,
    limits: Limits,
) -> tuple[Standing, ...]:
    """Every line of a breakdown with its milestones and where it stands.

    Args:
        by_town: what each town carries. start: the base year. target: of the province, whose operator holds for all.
    """
    end = target.due.year
    newest = cube.periods[-1]
    codes = np.array(cube.towns)
    assigned = np.array([by_town.get(code, np.nan) for code in cube.towns])
    base = cube.of(indicator.id, str(start))
    full = max((int(at) for at in cube.periods if len(at) == 4 and start < int(at) <= end), default=None)
    columns = {level: towns[name].astype(str).to_numpy() for level, name in _COLUMNS.items()}

    def one(line: Line) -> Standing:
        own = np.ones(len(codes), dtype=bool) if line.code == PROVINCE else columns[line.level] == line.code
        own = own & ~np.isnan(assigned) & (base > 0)
        whole = line.assigned
        years = range(start + 1, end + 1)
        marks = {year: milestone(line.base, whole, start, end, year, path) for year in years}
        due, now, count = _now(cube, indicator, own, base, assigned, newest, (start, end), path, limits)
        judged = None
        if full is not None:
            judged = _judged(cube, indicator, target, own, whole, line.base, full, limits)
        return Standing(line, whole, marks, due, now, count, judged)

    return tuple(one(line) for line in lines)


def judged_areas(
    cube: Cube, towns: pd.DataFrame, indicator: Indicator, target: Target, own: Mapping[str, float], start: int,
    year: int, limits: Limits,
) -> dict[str, tuple[float, float | None, Attainment]]:  # fmt: skip
    """Every prefecture by its own target in a full year since the base, as its line on the page is judged.

    Args:
        own: what each town carries. Returns (own target, figure of the towns that reported, attainment) by code.
    """
    base, places = cube.of(indicator.id, str(start)), towns[_COLUMNS["prefecture"]].astype(str).to_numpy()
    assigned = np.array([own.get(code, np.nan) for code in cube.towns])
    found = {}
    for code in sorted(set(places)):
        members = (places == code) & ~np.isnan(assigned) & (base > 0)
        if members.any():
            whole = float(assigned[members].sum())
            told = members & reported(cube, indicator, str(year))
            value = float(cube.of(indicator.id, str(year))[told].sum()) if told.any() else None
            at = _judged(cube, indicator, target, members, whole, float(base[members].sum()), year, limits)
            found[code] = whole, value, at
    return found


def _now(
    cube: Cube, indicator: Indicator, own: Mask, base: Values, assigned: Values, newest: str, span: tuple[int, int],
    path: Path, limits: Limits,
) -> tuple[float | None, float | None, int]:  # fmt: skip
    """(what the reporting towns should have, what they have, how many) by the newest period."""
    period, (start, end) = Period.parse(newest), span
    told = own & reported(cube, indicator, newest)
    count = int(told.sum())
    if period.year <= start or not count or not reaches(count / int(own.sum()), limits.coverage):
        return None, None, count
    whole = (float(base[told].sum()), float(assigned[told].sum()))
    due = milestone(*whole, start, end, period.year, path)
    if not period.is_full_year:
        before = milestone(*whole, start, end, period.year - 1, path)
        if indicator.kind == "stock":
            due = before + (due - before) * (period.month or _MONTHS) / _MONTHS
        else:
            season = _season(cube, indicator, told, period)
            if season is None:
                return None, None, count
            due *= season
    return due, float(cube.of(indicator.id, newest)[told].sum()), count


def _season(cube: Cube, indicator: Indicator, told: Mask, period: Period) -> float | None:
    """The share of a year the same towns had by this month a year before."""
    part = cube.of(indicator.id, str(period.year_before()))
    full = cube.of(indicator.id, str(period.year - 1))
    both = told & ~np.isnan(part) & (full > 0)
    return float(part[both].sum() / full[both].sum()) if both.any() else None


def _judged(
    cube: Cube, indicator: Indicator, target: Target, own: Mask, whole: float, base: float, year: int, limits: Limits
) -> Attainment:
    """A unit by its own target, as the province is judged by its."""
    told = own & reported(cube, indicator, str(year))
    value = float(cube.of(indicator.id, str(year))[told].sum()) if told.any() else None
    coverage = int(told.sum()) / int(own.sum()) if own.any() else None
    factor = target.base_value / target.value if target.value else 1.0
    of_unit = target.model_copy(update={"value": whole / factor})
    return judge(value, coverage, of_unit, Period.parse(str(year)), Base(base, 1.0), limits,
                 is_stock=indicator.kind == "stock")  # fmt: skip
