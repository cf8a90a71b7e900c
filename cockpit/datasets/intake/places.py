"""What elements say of other towns and of a town's own area, held against the registers: pairings, boundary changes.

A kind's record says what its fields are, not what the registers say of them: these two kinds are known here by name.
May import the ground floor, `findings` and the other intake modules. Pure: frames in, findings out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final

import pandas as pd

from cockpit.datasets.intake.leaps import Row
from cockpit.datasets.intake.spellings import same_name
from cockpit.datasets.store.loading import Dataset
from cockpit.datasets.template.sheets import normal
from cockpit.days import first_day
from cockpit.town_codes import read
from cockpit.units import MU_PER_KM2

Say = Callable[..., None]
_MOUNTAIN: Final = ("is_mountain_county", "is_mountain_island_county_2024")


@dataclass(frozen=True)
class Places:
    """What the registers say of towns, by code. `codes` by normalised name or alias, "" where two towns share it."""

    codes: Mapping[str, str] = field(default_factory=dict)
    mountain: Mapping[str, bool] = field(default_factory=dict)
    areas: Mapping[str, frozenset[float]] = field(default_factory=dict)  # km2, of towns the sender sees

    @classmethod
    def of(cls, full: Dataset, seen: Dataset, codes: Mapping[str, str], shared: Mapping[str, Any]) -> Places:
        """Of all towns but for areas; `codes` and `shared` are the names that stand for one town and for several."""
        towns, counties = full.table("towns"), full.table("counties")
        is_mountain = {
            str(row["county_adcode"]): any(bool(row[name]) for name in _MOUNTAIN if pd.notna(row[name]))
            for row in counties.to_dict("records")
        }
        pairs = zip(towns["town_code"].astype(str), towns["county_adcode"].astype(str), strict=True)
        mountain = {code: is_mountain.get(county, False) for code, county in pairs}
        areas: dict[str, set[float]] = {}
        for code, area in zip(seen.table("towns")["town_code"], seen.table("towns")["area_km2"], strict=True):
            areas.setdefault(str(code), set()).update([float(area)] if pd.notna(area) else ())
        land = seen.table("land")
        for row in land[land["land_type"] == "planned"].itertuples():
            areas.setdefault(str(row.town_code), set()).add(float(row.area_mu) / MU_PER_KM2)  # type: ignore[arg-type]
        known = {code: code for code in mountain}
        names = {normal(code): code for code in known} | dict.fromkeys(shared, "") | dict(codes)
        return cls(names, mountain, {code: frozenset(found) for code, found in areas.items()})

    def find(self, said: str) -> str | None:
        """The code of the town a text names, "" for one of several; None for none."""
        code = read(said).town_code
        return code if code in self.mountain else self.codes.get(normal(said))


def tell_pairings(frame: pd.DataFrame, published: pd.DataFrame, places: Places, slack: float, say: Say) -> None:
    """A partner is another town of the register, named once, and of the kind the pattern says."""
    seen: dict[tuple[str, str], str] = {}
    for row in _rows(published):
        seen.setdefault((str(row.town_code), places.find(str(row.partner)) or ""), str(row.partner))
    for row in _rows(frame):
        partner, own = str(row.partner), str(row.town_code)
        code = places.find(partner)
        if code is None:
            say("element_partner", row, "partner")
        elif code == own:
            say("element_itself", row, "partner")
        elif code:
            known = seen.setdefault((own, code), partner)
            if same_name(known) != same_name(partner):
                say("element_same", row, "partner", known=known)
            if row.pattern == "coast_mountain" and places.mountain.get(own) == places.mountain.get(code):
                say("element_mountain", row, "pattern")


def tell_areas(frame: pd.DataFrame, published: pd.DataFrame, places: Places, slack: float, say: Say) -> None:
    """A change begins with the area the one before left, the first with that of the town."""
    for town in frame["town_code"].unique():
        old, sent = ([row for row in _rows(part) if row.town_code == town] for part in (published, frame))
        # A correction stands for what is published of its day.
        by_day = {
            first_day(str(row.on)): (row, is_sent) for rows, is_sent in ((old, False), (sent, True)) for row in rows
        }
        own = [by_day[day] for day in sorted(filter(None, by_day))]
        if not old and own and (areas := places.areas.get(str(town))):
            first = own[0][0]  # the register's area is the one before it
            _tell_gap(first, "before", min(areas, key=lambda area: abs(area - float(first.before))), slack, say)
        for (earlier, was_sent), (later, is_sent) in pairwise(own):
            if is_sent:
                _tell_gap(later, "before", float(earlier.after), slack, say)
            elif was_sent:
                _tell_gap(earlier, "after", float(later.before), slack, say)


def _tell_gap(row: Row, column: str, due: float, slack: float, say: Say) -> None:
    area = float(getattr(row, column))
    if abs(area - due) > max(due * slack, 0.005 + 1e-9):  # areas are told to a hundredth
        say("element_area", row, column, shown=f"{area:,.6g}", due=f"{due:,.6g}")


def _rows(frame: pd.DataFrame) -> Iterator[Row]:
    yield from frame.itertuples()


CHECKS: Final[Mapping[str, Callable[[pd.DataFrame, pd.DataFrame, Places, float, Say], None]]] = {
    "pairing": tell_pairings, "boundary_change": tell_areas,
}  # fmt: skip
