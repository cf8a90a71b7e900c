"""A breakdown as a tree: province, prefectures, counties, towns, each the exact sum of what stands below it.

Pure; part of `briefing`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

import pandas as pd

from cockpit.analysis.briefing.plan import Breakdown
from cockpit.analysis.planning.methods import yearly_growth
from cockpit.analysis.planning.sets import Answer, Held, Item
from cockpit.rights import PROVINCE, Scope

Level = Literal["province", "prefecture", "county", "town"]
_COLUMNS: Final[tuple[tuple[Level, str], ...]] = (
    ("prefecture", "prefecture_adcode"), ("county", "county_adcode"), ("town", "town_code"),
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One unit. `stated` is what it answered itself, else the sum of all its towns' answers, None where one lacks;
    `low` and `high` are shares under swayed weights, None where none were drawn. What the province is assigned
    holds the reserve. `shift` is its share of the target less its share of the base: above zero it carries more than it
    has. Values in base unit."""

    code: str
    level: Level
    base: float
    share: float
    stated: float | None
    suggested: float
    assigned: float
    low: float | None
    high: float | None
    yearly: float | None
    shift: float
    at_floor: int
    at_ceiling: int
    at_whole: int
    towns: int
    held: Held | None
    answer: Answer | None
    is_open: bool = False


def lines(
    item: Item, suggested: Breakdown, by_town: Mapping[str, float], towns: pd.DataFrame, opened: frozenset[str]
) -> tuple[Line, ...]:
    """The tree with the units of `opened` unfolded; of each level the largest base first."""
    codes = list(suggested.bases)
    frame = towns.assign(code=towns["town_code"].astype(str)).set_index("code").loc[codes]
    held_in = {level: frame[column].astype(str).to_numpy() for level, column in _COLUMNS}
    whole = (sum(suggested.bases.values()), sum(by_town.get(code, 0.0) for code in codes))

    def line(code: str, level: Level, own: list[str]) -> Line:
        return _line(item, suggested, by_town, code, level, own, whole, is_open=code in opened)

    found = [line(PROVINCE, "province", codes)]

    def below(depth: int, own: list[str]) -> Iterable[Line]:
        level, _ = _COLUMNS[depth]
        groups: dict[str, list[str]] = {}
        place = dict(zip(codes, held_in[level], strict=True))
        for code in own:
            groups.setdefault(place[code], []).append(code)
        for code in sorted(groups, key=lambda at: (-sum(suggested.bases[town] for town in groups[at]), at)):
            yield line(code, level, groups[code])
            if code in opened and depth + 1 < len(_COLUMNS):
                yield from below(depth + 1, groups[code])

    return (*found, *below(0, codes))


def lines_seen(
    item: Item,
    suggested: Breakdown,
    by_town: Mapping[str, float],
    towns: pd.DataFrame,
    opened: frozenset[str],
    scope: Scope,
) -> tuple[Line, ...]:
    """The tree as a reader with a scope is told of it: areas and towns within, and no sum that holds others."""
    if scope.is_all:
        return lines(item, suggested, by_town, towns, opened)
    counties = dict(zip(towns["town_code"].astype(str), towns["county_adcode"].astype(str), strict=True))
    # What lies within an area that does not is found by unfolding that.
    foreign = frozenset(code for code in areas_of(towns) if not scope.holds_area(code))
    return tuple(
        line
        for line in lines(item, suggested, by_town, towns, opened | foreign)
        if scope.holds_area(line.code) or scope.holds(line.code, counties.get(line.code, ""))
    )


def areas_of(towns: pd.DataFrame) -> frozenset[str]:
    """Codes of all prefectures and counties with towns."""
    return frozenset(towns["prefecture_adcode"].astype(str)) | frozenset(towns["county_adcode"].astype(str))


def _line(
    item: Item, suggested: Breakdown, by_town: Mapping[str, float], code: str, level: Level, own: list[str],
    whole: tuple[float, float], *, is_open: bool,
) -> Line:  # fmt: skip
    base, assigned = (sum(of.get(town, 0.0) for town in own) for of in (suggested.bases, by_town))
    kept = item.reserve if level == "province" else 0.0  # the province answers for what no town carries yet
    answers = [item.answers[town].value for town in own if town in item.answers]
    answer = item.answers.get(code)
    summed = sum(answers) if own and len(answers) == len(own) else None
    share = base / whole[0] if whole[0] else 0.0
    return Line(
        code=code, level=level, base=base, share=share, stated=answer.value if answer else summed,
        suggested=sum(suggested.shares[town] for town in own) + kept, assigned=assigned + kept,
        low=suggested.low.get(code), high=suggested.high.get(code),
        yearly=yearly_growth(base, assigned + kept, suggested.year - suggested.base_year),
        shift=(assigned / whole[1] if whole[1] else 0.0) - share,
        at_floor=sum(suggested.at_bound.get(town) == "floor" for town in own),
        at_ceiling=sum(suggested.at_bound.get(town) == "ceiling" for town in own),
        at_whole=sum(suggested.at_bound.get(town) == "whole" for town in own),
        towns=len(own), held=item.held.get(code), answer=answer, is_open=is_open,
    )  # fmt: skip


def disagreeing(found: Iterable[Line], within: float) -> int:
    """How many units state a figure that differs from what is assigned by more than a share of it."""
    return sum(line.stated is not None and abs(line.stated - line.assigned) > within * line.assigned for line in found)
