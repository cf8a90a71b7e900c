"""What the reader looks at: period and filters, read from and written to URL parameters.

Pure. A value the data do not know is left out and reported, never raised: links get old and people mistype.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from cockpit.rights import ALL, Scope
from cockpit.town_codes import plain, signs_of
from cockpit.vocabulary import INDUSTRY_CLASSES, LIST_STATUSES, PREFECTURES

# URL parameter -> field of Selection; the URL keeps codes, so a link reads the same in both languages.
PARAMETERS: Final[dict[str, str]] = {
    "prefecture": "prefectures",
    "county": "counties",
    "class": "classes",
    "status": "statuses",
    "industry": "industries",
}
MOUNTAIN: Final = {"yes": True, "no": False}
LONGEST_SEARCH: Final = 60
_SHORTEST_CODE: Final = 4


@dataclass(frozen=True)
class Selection:
    """Period, set of targets and filters. Empty tuples, None and "" mean all, no set the default one.

    `scope` is what the reader may see of towns at all, and has no default: who forgets it shows nothing. Hashable: it
    is half of every cache key, so that nobody is answered with what was computed for another.
    """

    period: str
    scope: Scope = field(kw_only=True)
    prefectures: tuple[str, ...] = ()
    counties: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    mountain: bool | None = None
    search: str = ""
    target_set: str = ""

    @property
    def is_filtered(self) -> bool:
        """Whether any town may be left out."""
        return replace(self, period="", target_set="") != Selection(period="", scope=ALL)


@dataclass(frozen=True)
class Choices:
    """What the loaded data offer for each filter, in the order shown."""

    periods: tuple[str, ...]
    default_period: str
    sets: tuple[str, ...] = ()
    default_set: str = ""
    prefectures: tuple[str, ...] = tuple(PREFECTURES)
    counties: tuple[str, ...] = ()
    classes: tuple[str, ...] = tuple(INDUSTRY_CLASSES)
    statuses: tuple[str, ...] = tuple(LIST_STATUSES)
    industries: tuple[str, ...] = ()
    county_prefecture: Mapping[str, str] = field(default_factory=dict, hash=False, compare=False)


def offer(
    towns: pd.DataFrame,
    periods: tuple[str, ...],
    default_period: str,
    sets: tuple[str, ...] = (),
    default_set: str = "",
) -> Choices:
    """Choices for a towns table: its counties by code, its specialty industries by name."""
    counties = (
        towns[["prefecture_adcode", "county_adcode"]].astype("str").drop_duplicates().sort_values("county_adcode")
    )
    return Choices(
        periods=periods,
        default_period=default_period,
        sets=sets,
        default_set=default_set,
        counties=tuple(counties["county_adcode"]),
        industries=tuple(sorted(towns["specialty_industry"].dropna().astype("str").unique())),
        county_prefecture=dict(zip(counties["county_adcode"], counties["prefecture_adcode"], strict=True)),
    )


@dataclass(frozen=True)
class Junk:
    """A URL value that was set aside."""

    parameter: str
    value: str


def read_parameters(
    parameters: Mapping[str, Sequence[str]], choices: Choices, *, scope: Scope
) -> tuple[Selection, tuple[Junk, ...]]:
    """Read a selection from URL parameters (name -> values); unknown values come back as `Junk`."""
    junk: list[Junk] = []

    def known(name: str, options: Iterable[str]) -> tuple[str, ...]:
        allowed = set(options)
        values = tuple(dict.fromkeys(parameters.get(name, ())))
        junk.extend(Junk(name, value) for value in values if value not in allowed)
        return tuple(value for value in values if value in allowed)

    period = known("period", choices.periods)
    target_set = known("set", choices.sets)
    mountain = known("mountain", MOUNTAIN)
    chosen = {attribute: known(name, getattr(choices, attribute)) for name, attribute in PARAMETERS.items()}
    search = " ".join(parameters.get("q", ())).strip()[:LONGEST_SEARCH]
    selection = Selection(
        period=period[0] if period else choices.default_period,
        scope=scope,
        mountain=MOUNTAIN[mountain[0]] if mountain else None,
        search=search,
        target_set=target_set[0] if target_set and target_set[0] != choices.default_set else "",
        **{name: _ordered(values, getattr(choices, name)) for name, values in chosen.items()},
    )
    return selection, tuple(junk)


def _ordered(values: tuple[str, ...], options: tuple[str, ...]) -> tuple[str, ...]:
    """Order of the options, so that the same choice made in another order is the same selection."""
    picked = set(values)
    return tuple(option for option in options if option in picked)


def write_parameters(selection: Selection, choices: Choices) -> dict[str, list[str]]:
    """URL parameters of a selection; defaults are left out so that the plain page has a plain address."""
    written = {name: list(getattr(selection, attribute)) for name, attribute in PARAMETERS.items()}
    if selection.period != choices.default_period:
        written["period"] = [selection.period]
    if selection.target_set:
        written["set"] = [selection.target_set]
    if selection.mountain is not None:
        written["mountain"] = ["yes" if selection.mountain else "no"]
    if selection.search:
        written["q"] = [selection.search]
    return {name: values for name, values in written.items() if values}


def normalise(selection: Selection, choices: Choices) -> Selection:
    """Put every field in the order of the options, as `read_parameters` does."""
    ordered: dict[str, Any] = {
        attribute: _ordered(getattr(selection, attribute), getattr(choices, attribute))
        for attribute in PARAMETERS.values()
    }
    target_set = "" if selection.target_set == choices.default_set else selection.target_set
    return replace(selection, target_set=target_set, search=selection.search.strip()[:LONGEST_SEARCH], **ordered)


def towns_in(towns: pd.DataFrame, scope: Scope) -> npt.NDArray[np.bool_]:
    """Which rows of `towns` lie in a scope; the only place where a scope meets the towns."""
    if scope.is_all:
        return np.ones(len(towns), dtype=bool)
    counties = towns["county_adcode"].astype("str")
    areas = {county for county in counties.unique() if scope.holds_area(county)}
    named = towns["town_code"].astype("str").isin(scope.towns)
    return np.array(counties.isin(areas) | named, dtype=bool)


def select_towns(towns: pd.DataFrame, selection: Selection) -> npt.NDArray[np.bool_]:
    """Return which rows of `towns` the filters keep (the period plays no part).

    The search looks into names, aliases, codes as stored and as printed, and the specialty industry, without regard to
    case.
    """
    keep = towns_in(towns, selection.scope)
    for attribute, column in (
        ("prefectures", "prefecture_adcode"),
        ("counties", "county_adcode"),
        ("classes", "industry_class"),
        ("statuses", "list_status"),
        ("industries", "specialty_industry"),
    ):
        wanted = getattr(selection, attribute)
        if wanted:
            keep &= towns[column].isin(wanted).to_numpy()
    if selection.mountain is not None:
        keep &= towns["is_mountain_county"].to_numpy() == selection.mountain
    if selection.search:
        needle = selection.search.casefold()
        searched = [
            towns[column].astype("str").fillna("")
            for column in ("town_code", "name_zh", "name_en", "alias", "specialty_industry")
        ]
        hit = np.zeros(len(towns), dtype=bool)
        for texts in searched:
            hit |= texts.str.casefold().str.contains(needle, regex=False).to_numpy(dtype=bool)
        # A sign or two stand in many a code by chance.
        if len(signs := plain(selection.search)) >= _SHORTEST_CODE:
            hit |= np.array([signs in signs_of(code) for code in towns["town_code"].astype("str")], dtype=bool)
        keep &= hit
    return keep
