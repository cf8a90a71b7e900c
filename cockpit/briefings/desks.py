"""One loaded dataset version and the briefing of a selection of it; where every other module here begins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from cockpit.analysis import briefing as compute
from cockpit.analysis.attainment import Limits
from cockpit.analysis.briefing import Briefing
from cockpit.analysis.measures import Cube
from cockpit.analysis.selection import Choices, Selection, towns_in
from cockpit.briefings.plan_book import register_with_sets
from cockpit.datasets.store.loading import Dataset, load
from cockpit.policy.register import Register
from cockpit.policy.register import load as load_register
from cockpit.rights import Scope
from cockpit.units import Period
from cockpit.vocabulary import PREFECTURES, Language

SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, eq=False)
class Desk:
    """One loaded dataset version with everything computed from it alone."""

    dataset: Dataset
    register: Register
    cube: Cube
    choices: Choices
    limits: Limits

    def at(self, period: str) -> Desk:
        """The desk that judges a period, with the register's values of its year; itself where none is dated."""
        return _judging_by(self, self.register.at(Period.parse(period).year))

    def of(self, selection: Selection) -> Desk:
        """The desk that judges a selection: the values of its period's year, the targets of its set."""
        register = self.register.of_set(selection.target_set or self.choices.default_set)
        return _judging_by(self, register.at(Period.parse(selection.period).year))


@lru_cache(maxsize=64)
def _derived(desk: Desk, register: Register) -> Desk:
    return replace(desk, register=register, limits=compute.read_limits(register))


def _judging_by(desk: Desk, register: Register) -> Desk:
    return desk if register is desk.register else _derived(desk, register)


def today() -> date:
    """The day in Shanghai, the clock every page uses."""
    return datetime.now(SHANGHAI).date()


@lru_cache(maxsize=8)
def _desk(dataset: Dataset, register: Register) -> Desk:
    # By identity: `load` gives one object a version, and another one when it stands in for a damaged version; the
    # register is another one when a set of targets was made or moved on.
    cube = _cube(dataset)
    return Desk(dataset, register, cube, compute.choices_of(dataset, cube, register), compute.read_limits(register))


@lru_cache(maxsize=8)
def _cube(dataset: Dataset) -> Cube:
    return compute.cube_of(dataset, load_register())


def open_desk(name: str, version: str | None = None) -> Desk:
    """Return the desk of the current (or the named) version of a dataset.

    Raises:
        DatasetError, RecordError: see `load`.
    """
    dataset = load(name, version)
    return _desk(dataset, register_with_sets(dataset))


@lru_cache(maxsize=256)
def brief(desk: Desk, selection: Selection, as_of: date) -> Briefing:
    """The briefing of one selection; `desk` is compared by identity, which is one per version."""
    return compute.brief(desk.dataset, cube_seen(desk, selection.scope), desk.of(selection).register, selection, as_of)


@lru_cache(maxsize=64)
def cube_seen(desk: Desk, scope: Scope) -> Cube:
    """One a scope, so that what is computed from it is kept."""
    return seen_by(desk.cube, desk.dataset, scope, desk.register)


def seen_by(cube: Cube, dataset: Dataset, scope: Scope, register: Register) -> Cube:
    """The cube of a dataset as a reader with a scope is told of it; itself for one who sees all."""
    if scope.is_all:
        return cube
    return replace(cube, seen=towns_in(dataset.towns, scope), least=register.access.limit("small_group"))


@lru_cache(maxsize=16)
def place_names(desk: Desk, language: Language) -> Mapping[str, str]:
    """Names of towns, counties, prefectures and the province by code."""
    towns, province = desk.dataset.towns, {"330000": "浙江省" if language == "zh" else "Zhejiang"}
    names = province | {code: text.say(language) for code, text in PREFECTURES.items()}
    for code, name in (("county_adcode", "county"), ("town_code", "name")):
        said = towns[f"{name}_{language}"].astype("str")
        names |= dict(zip(towns[code].astype("str"), said, strict=True))
    return names
