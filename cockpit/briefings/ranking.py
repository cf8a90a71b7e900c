"""Towns and prefectures in order: the vitality index, the per-mu evaluation, the tour of prefectures; and elements."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache

import pandas as pd

from cockpit.analysis import briefing as compute
from cockpit.analysis.boundary_changes import TABLE, boundary_changes
from cockpit.analysis.briefing import Briefing, Case, Elements, PerMu, Stock, Stop, Trial, Vitality
from cockpit.analysis.briefing.cases import KIND as CASES
from cockpit.analysis.selection import Selection, towns_in
from cockpit.briefings.desks import Desk, brief, cube_seen
from cockpit.briefings.outside import outside
from cockpit.policy.elements import ElementKind
from cockpit.rights import Scope
from cockpit.vocabulary import Language


def vitality(desk: Desk, period: str, scope: Scope) -> Vitality | None:
    """The vitality index of a period's year; for a part of a year that of the newest full year before it.

    Args:
        scope: what its reader may see; medians of classes that would tell of too few others are kept back.

    None where there are no returns of a full year. `.index` by town code, `.draws` aligned with it, `.period` the year.
    """
    year = compute.full_year(desk.cube.periods, period)
    return None if year is None else _vitality_told(desk, year, scope)


@lru_cache(maxsize=64)
def _vitality_told(desk: Desk, year: str, scope: Scope) -> Vitality | None:
    found = _vitality(desk, year)
    if found is None or scope.is_all:
        return found
    return found.told(cube_seen(desk, scope))


@lru_cache(maxsize=16)
def _vitality(desk: Desk, year: str) -> Vitality | None:
    return compute.vitality(desk.dataset, desk.cube, desk.at(year).register, year)


@lru_cache(maxsize=256)
def vitality_trial(found: Vitality, weights: tuple[tuple[str, float], ...]) -> Trial:
    """Ranks under other weights of the dimensions, given as (dimension, weight)."""
    return compute.try_weights(found, dict(weights))


def elements(desk: Desk, selection: Selection, as_of: date, language: Language) -> Elements:
    """What the towns of a selection have (要素), counted once a version and selection; what people wrote of towns
    outside the reader's scope (the partner of a pairing) is not told."""
    found = _elements(desk, selection, brief(desk, selection, as_of))
    return found if selection.scope.is_all else _elements_told(desk, found, selection.scope, language)


@lru_cache(maxsize=64)
def _elements_told(desk: Desk, found: Elements, scope: Scope, language: Language) -> Elements:
    told = {
        name: _written(desk, found.design.kinds[name], frame, scope, language) for name, frame in found.entries.items()
    }
    return replace(found, entries=told)


def _written(desk: Desk, kind: ElementKind, frame: pd.DataFrame, scope: Scope, language: Language) -> pd.DataFrame:
    """Entries with the texts that a reader with this scope may meet."""
    others = outside(desk, scope)
    tell = {"text": others.free, "towns": others.codes}
    texts = {
        name: [tell[at.type](text, language) if isinstance(text, str) else text for text in frame[name]]
        for name, at in kind.columns.items()
        if at.type in tell
    }
    return frame.assign(**texts)


@lru_cache(maxsize=64)
def _elements(desk: Desk, selection: Selection, briefing: Briefing) -> Elements:
    judging, is_all = desk.of(selection), selection.scope.is_all
    found, keep, as_of = _stock(judging, selection.period), briefing.keep, briefing.as_of
    return compute.elements(found, desk.dataset, desk.cube, judging.register, keep, as_of, is_all=is_all)


@lru_cache(maxsize=16)
def _stock(desk: Desk, period: str) -> Stock:
    """What stands of elements whoever asks: a filter or a scope takes out of it and counts nothing anew."""
    return compute.stock(desk.dataset, desk.cube, desk.register, period)


@lru_cache(maxsize=64)
def cases(desk: Desk, selection: Selection, as_of: date, language: Language) -> tuple[Case, ...]:
    """The published cases of a selection's towns, the newest first; nothing in them is of a town outside the scope."""
    briefing, kind = brief(desk, selection, as_of), desk.register.elements.kinds[CASES]
    codes = frozenset(briefing.towns["town_code"].astype("str"))
    # Who follows is told by code and looked up below: what may be said of it is decided there.
    entries = desk.dataset.table(kind.table)
    told = _written(desk, kind, entries, selection.scope, language).assign(followers=entries["followers"])
    cube, towns = cube_seen(desk, selection.scope), desk.dataset.towns
    changes = boundary_changes(desk.dataset.table(TABLE))
    return compute.cases(told, towns, cube, desk.of(selection).register, codes, briefing.seen, changes)


def per_mu(desk: Desk, period: str, land_type: str, scope: Scope) -> PerMu:
    """The per-mu evaluation of a period's year (of the newest full year before it) by one land type.

    Args:
        scope: what its reader may see; medians of peer groups that would tell of too few others are kept back, with the
            points and scores they could be had from.
    """
    return _per_mu_told(desk, compute.full_year(desk.cube.periods, period) or period, land_type, scope)


@lru_cache(maxsize=64)
def _per_mu_told(desk: Desk, year: str, land_type: str, scope: Scope) -> PerMu:
    found = _per_mu(desk, year, land_type)
    return found if scope.is_all else found.told(cube_seen(desk, scope))


@lru_cache(maxsize=32)
def _per_mu(desk: Desk, year: str, land_type: str) -> PerMu:
    return compute.per_mu(desk.dataset, desk.cube, desk.at(year).register, year, land_type)


@lru_cache(maxsize=16)
def tour(desk: Desk, selection: Selection, as_of: date, targets: tuple[str, ...]) -> tuple[Stop, ...]:
    """Every prefecture of the selection by itself, those without towns as well."""
    wanted = selection.prefectures or desk.choices.prefectures
    if not selection.scope.is_all:
        towns = desk.dataset.towns
        seen = set(towns.loc[towns_in(towns, selection.scope), "prefecture_adcode"].astype("str"))
        wanted = tuple(code for code in wanted if code in seen)
    briefings = {code: brief(desk, replace(selection, prefectures=(code,)), as_of) for code in wanted}
    index = vitality(desk, selection.period, selection.scope)
    return tuple(
        compute.tour_stop(own, briefings, code, targets, index.index if index else None)
        for code, own in briefings.items()
    )
