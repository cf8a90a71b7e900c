"""What the rules of the alerts find in one dataset version on a day, each by the judgement the pages make as well.

Pure; part of `briefing`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np

from cockpit.analysis.briefing.cards import read_limits
from cockpit.analysis.briefing.chains import Chains
from cockpit.analysis.briefing.freshness import Freshness
from cockpit.analysis.briefing.lists import Lists
from cockpit.analysis.briefing.overview import Briefing
from cockpit.analysis.briefing.per_mu import PerMu
from cockpit.analysis.briefing.plan_track import judged_areas
from cockpit.analysis.briefing.vitality import Vitality
from cockpit.analysis.measures import Cube, status_at
from cockpit.analysis.supervision.alerts import Sighting
from cockpit.policy.alert_records import AlertRule, LooksAt
from cockpit.policy.register import Register
from cockpit.units import reaches

PROVINCE = "330000"
CLOCK = "clock"  # what of a town the alerts of its clock are about
_LETTERS = "ABCD"


@dataclass(frozen=True, eq=False)
class Judged:
    """What was judged already: the province's cards, lists with clocks and checks, freshness (None for published data);
    where it is asked for, the per-mu classes, the index and the chains of a year and of the year before."""

    briefing: Briefing
    lists: Lists
    fresh: Freshness | None
    per_mu: tuple[PerMu, PerMu] | None
    vitality: tuple[Vitality, Vitality] | None
    chains: tuple[Chains, Chains] | None


def sightings(judged: Judged, cube: Cube, register: Register, kinds: Collection[LooksAt]) -> tuple[Sighting, ...]:
    """What the rules of these kinds find, rule by rule in the order of the records."""
    found: list[Sighting] = []
    for rule in register.alerts.values():
        if rule.looks_at not in kinds:
            continue
        match rule.looks_at:
            case "target":
                found += _targets(rule, judged.briefing, cube, register)
            case "clock":
                found += _clocks(rule, judged.lists)
            case "check":
                found += _checks(rule, judged.lists)
            case "return":
                found += _returns(rule, judged)
            case "per_mu":
                found += _classes(rule, judged.per_mu)
            case "vitality":
                found += _ranks(rule, judged.vitality)
            case "node":
                found += _nodes(rule, judged.chains)
            case "figure":
                found += _figures(rule, judged, cube)
    return tuple(found)


def _targets(rule: AlertRule, briefing: Briefing, cube: Cube, register: Register) -> Iterator[Sighting]:
    """The province's targets, and of those handed down each prefecture's own, once a full year since the base is in."""
    for card in briefing.cards:
        if card.status.value in rule.words:
            yield Sighting(rule.id, PROVINCE, card.target.id, card.status.value, card.value, card.period)
        own, start = register.own.get(card.target.id), register.sets[card.target.set].since
        if not own or not card.period.isdecimal() or int(card.period) <= start:
            continue
        args = (cube, briefing.dataset.towns, card.indicator, card.target, own, start, int(card.period))
        for code, (_, value, found) in judged_areas(*args, read_limits(register)).items():
            if found.status.value in rule.words:
                yield Sighting(rule.id, code, card.target.id, found.status.value, value, card.period)


def _clocks(rule: AlertRule, lists: Lists) -> Iterator[Sighting]:
    for town in lists.creating:
        if town.clock.stage.value in rule.words:
            yield Sighting(rule.id, town.place.code, CLOCK, town.clock.stage.value, line=town.clock.deadline)


def _checks(rule: AlertRule, lists: Lists) -> Iterator[Sighting]:
    for check in lists.checks:
        if check.name in rule.words:
            yield from (Sighting(rule.id, code, check.name, "broken", period=lists.year) for code in check.broken)


def _returns(rule: AlertRule, judged: Judged) -> Iterator[Sighting]:
    """One a county and period, all its silent towns in it: nobody is asked twice for one return."""
    if judged.fresh is None:
        return
    towns = judged.briefing.dataset.towns
    counties = dict(zip(towns["town_code"].astype("str"), towns["county_adcode"].astype("str"), strict=True))
    silent: dict[tuple[str, str], set[str]] = {}
    words = np.isin(judged.fresh.states, rule.words) & judged.fresh.expected
    for at, item in enumerate(judged.fresh.indicators.values()):
        for row in np.flatnonzero(words[:, at]):
            code = judged.fresh.towns[row]
            silent.setdefault((counties[code], item.due.period), set()).add(code)
    for (county, period), codes in sorted(silent.items()):
        yield Sighting(rule.id, county, period, rule.words[0], period=period, count=len(codes))


def _classes(rule: AlertRule, pair: tuple[PerMu, PerMu] | None) -> Iterator[Sighting]:
    if pair is None:
        return
    now, before = pair
    earlier = _letters(before)
    for code, letter in _letters(now).items():
        was = earlier.get(code, "")
        is_fallen = was in _LETTERS and letter in _LETTERS and was != "" and letter > was
        if is_fallen and letter in rule.words:
            yield Sighting(rule.id, code, now.land_type, f"{was}{letter}", period=now.period)


def _letters(found: PerMu) -> dict[str, str]:
    codes = found.towns["town_code"].astype("str")
    return dict(zip(codes, (str(letter) for letter in found.evaluation.letter), strict=True))


def _ranks(rule: AlertRule, pair: tuple[Vitality, Vitality] | None) -> Iterator[Sighting]:
    if pair is None:
        return
    now, before = (item.ranked for item in pair)
    worst = before["high"].to_dict()
    for code, best, rank in zip(now.index, now["low"], now["rank"], strict=True):
        if code in worst and best > worst[code]:
            yield Sighting(rule.id, str(code), "vitality", "fallen", float(rank), pair[0].period)


def _nodes(rule: AlertRule, pair: tuple[Chains, Chains] | None) -> Iterator[Sighting]:
    """Only where towns of the chain reported in both years: silence is no loss."""
    if pair is None:
        return
    now, before = pair
    for glance in now.chains:
        earlier = {item.id: item.firm_count for item in before.of(glance.chain.id).nodes}
        for item in glance.nodes:
            if earlier.get(item.id) and item.firm_count == 0:
                node = f"{glance.chain.id}.{item.id}"
                yield Sighting(rule.id, PROVINCE, node, "lost", float(earlier[item.id] or 0), now.period or "")


def _figures(rule: AlertRule, judged: Judged, cube: Cube) -> Iterator[Sighting]:
    year = judged.lists.year
    if not year or not judged.lists.is_current or rule.value is None:
        return
    values = cube.of(rule.indicator, year)
    listed = status_at(judged.briefing.dataset.table("list_history"), cube.towns, (year,))[0]
    for code, value, status in zip(cube.towns, values, listed, strict=True):
        if np.isnan(value) or (rule.list_status and status != rule.list_status):
            continue
        amount = float(value)
        if not _keeps(rule, amount, rule.margin):
            is_raised = not _keeps(rule, amount, 0.0)
            yield Sighting(rule.id, code, rule.indicator, "broken", amount, year, is_raised=is_raised)


def _keeps(rule: AlertRule, value: float, margin: float) -> bool:
    assert rule.value is not None
    if rule.operator == "at_most":
        return reaches(rule.value - margin, value)
    if rule.operator == "above" and margin == 0:
        return not reaches(rule.value, value)
    return reaches(value, rule.value + margin)
